"""Commands that change a setting of one object while the server runs, or its notification books."""

from typing import Any

import pytest

from atalaia.core.events import SettingChanged
from atalaia.core.runtime import Runtime
from support.builders import START, Story, a_model, a_service
from support.ordering import HTTP, WEB, a_busy_story, a_story, ordered, refused


def of(story: Story, key: tuple[str, str], field: str) -> Any:
    return getattr(story.world.topology.checkables[key], field)


def bits(story: Story, key: tuple[str, str]) -> int:
    kind = "service" if key[1] else "host"
    return story.world.changes.of((kind, *key)).bits


def known(story: Story, key: tuple[str, str] = HTTP) -> Runtime:
    return story.world.states[key]


# --- numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "field", "bit"),
    [
        ("CHANGE_NORMAL_{}_CHECK_INTERVAL", "check_interval", 1024),
        ("CHANGE_RETRY_{}_CHECK_INTERVAL", "retry_interval", 2048),
        ("CHANGE_MAX_{}_CHECK_ATTEMPTS", "max_check_attempts", 4096),
    ],
)
@pytest.mark.parametrize(("kind", "name", "key"), [("HOST", "web", WEB), ("SVC", "web;http", HTTP)])
def test_a_number_is_changed_and_marked(
    command: str, field: str, bit: int, kind: str, name: str, key: tuple[str, str]
) -> None:
    story = ordered(a_story(), f"{command.format(kind)};{name};7")

    assert (of(story, key, field), bits(story, key)) == (7, bit)
    assert [(one.setting, float(one.value)) for one in story.happened(SettingChanged)] == [(field, 7.0)]


@pytest.mark.parametrize(("text", "value"), [("7.9", 7), (" 7", 7), ("7 minutes", 7), ("", 0), ("+7", 7)])
def test_numbers_are_read_as_in_c(text: str, value: int) -> None:
    story = ordered(a_story(), f"CHANGE_RETRY_SVC_CHECK_INTERVAL;web;http;{text};")

    assert of(story, HTTP, "retry_interval") == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CHANGE_NORMAL_SVC_CHECK_INTERVAL;web;http;-1", "check_interval cannot be -1"),
        ("CHANGE_RETRY_HOST_CHECK_INTERVAL;web;-1", "retry_interval cannot be -1"),
        ("CHANGE_MAX_SVC_CHECK_ATTEMPTS;web;http;0", "max_check_attempts cannot be 0"),
        ("CHANGE_SVC_MODATTR;web;http;-1", "modified attributes cannot be negative"),
        ("CHANGE_CONTACT_MODATTR;ana;-1", "modified attributes cannot be negative"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(text: str, reason: str) -> None:
    assert refused(a_story(), text) == reason


def test_a_new_interval_takes_effect_with_the_next_result() -> None:
    story = ordered(a_story(), "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web;http;77")
    story.world.queue.remove(HTTP)

    story.service(HTTP, 0)

    due = story.world.queue.get(HTTP)
    assert due is not None
    assert due.at == story.now + 77


@pytest.mark.parametrize(
    ("fields", "planned"),
    [({}, True), ({"active_checks_enabled": False}, False), ({"check_command": None}, False)],
)
def test_what_was_never_planned_is_checked_at_once_when_it_gets_an_interval(
    fields: dict[str, Any], planned: bool
) -> None:
    story = Story(a_model(a_service(check_interval=0.0, **fields))).at(10)

    ordered(story, "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web;http;7")

    due = story.world.queue.get(HTTP)
    assert (due.at if due else None) == (story.now if planned else None)


def test_an_interval_of_0_ends_regular_checks_after_the_pending_one() -> None:
    story = ordered(a_story(), "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web;http;0")
    assert story.world.queue.get(HTTP) is not None
    story.world.queue.remove(HTTP)

    story.service(HTTP, 0)

    assert story.world.queue.get(HTTP) is None


def test_fewer_attempts_take_effect_with_the_next_result() -> None:
    story = Story(a_model(a_service(max_check_attempts=5)))
    story.service(HTTP, 2)

    ordered(story.at(1), "CHANGE_MAX_SVC_CHECK_ATTEMPTS;web;http;2")
    assert (known(story).attempt, known(story).state_type.name) == (1, "SOFT")

    story.at(2).service(HTTP, 2)
    assert story.alerts() == ["CRITICAL;HARD;2"]


def test_the_attempt_of_a_confirmed_problem_follows_the_new_limit() -> None:
    story = Story(a_model(a_service()))
    for second in (0, 2, 4):
        story.at(second).service(HTTP, 2)

    ordered(story, "CHANGE_MAX_SVC_CHECK_ATTEMPTS;web;http;7")

    assert known(story).attempt == 7
    assert story.effects.changed[HTTP].attempt == 7


def test_a_confirmed_problem_with_attempt_1_keeps_it() -> None:
    story = Story(a_model(a_service(max_check_attempts=1)))
    story.service(HTTP, 2)

    ordered(story, "CHANGE_MAX_SVC_CHECK_ATTEMPTS;web;http;7")

    assert known(story).attempt == 1


# --- time periods -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "key", "field", "bit"),
    [
        ("CHANGE_HOST_CHECK_TIMEPERIOD;web", WEB, "check_period", 16384),
        ("CHANGE_SVC_CHECK_TIMEPERIOD;web;http", HTTP, "check_period", 16384),
        ("CHANGE_HOST_NOTIFICATION_TIMEPERIOD;web", WEB, "notification_period", 65536),
        ("CHANGE_SVC_NOTIFICATION_TIMEPERIOD;web;http", HTTP, "notification_period", 65536),
        ("CHANGE_HOST_EVENT_HANDLER_TIMEPERIOD;web", WEB, "event_handler_period", 131072),
        ("CHANGE_SVC_EVENT_HANDLER_TIMEPERIOD;web;http", HTTP, "event_handler_period", 131072),
    ],
)
def test_a_period_is_changed_and_marked(command: str, key: tuple[str, str], field: str, bit: int) -> None:
    story = ordered(a_story(), f"{command};never")

    assert (of(story, key, field), bits(story, key)) == ("never", bit)
    assert refused(story, f"{command};nonsense") == "there is no time period 'nonsense'"


@pytest.mark.parametrize(
    ("command", "field", "host_bits", "service_bits"),
    [
        ("CHANGE_CONTACT_HOST_NOTIFICATION_TIMEPERIOD", "host_notification_period", 65536, 0),
        ("CHANGE_CONTACT_SVC_NOTIFICATION_TIMEPERIOD", "service_notification_period", 0, 65536),
    ],
)
def test_a_contact_has_periods_too(command: str, field: str, host_bits: int, service_bits: int) -> None:
    story = ordered(a_story(), f"{command};ana;never")

    kept = story.world.changes.of(("contact", "ana", ""))
    assert getattr(story.world.model.contacts["ana"], field) == "never"
    assert (kept.host_bits, kept.service_bits) == (host_bits, service_bits)
    assert refused(story, f"{command};ana;nonsense") == "there is no time period 'nonsense'"


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("CHANGE_SVC_NOTIFICATION_TIMEPERIOD;web;http;never", "outside_period"),
        ("CHANGE_CONTACT_SVC_NOTIFICATION_TIMEPERIOD;ana;never", "contact_outside_period"),
    ],
)
def test_people_are_told_only_within_the_new_period(order: str, reason: str) -> None:
    story = ordered(a_story(), order)

    story.service(HTTP, 2)

    assert story.told() == []
    assert story.reasons() == [reason]


def test_an_event_handler_runs_only_within_the_new_period() -> None:
    story = ordered(a_story(), "CHANGE_SVC_EVENT_HANDLER_TIMEPERIOD;web;http;never")

    assert story.service(HTTP, 2).handlers == []


# --- custom variables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["COLOUR", "colour", "_COLOUR", "_colour"])
def test_a_custom_variable_is_changed_under_any_spelling(name: str) -> None:
    story = a_story()
    for command in ("HOST_VAR;web", "SVC_VAR;web;http", "CONTACT_VAR;ana"):
        ordered(story, f"CHANGE_CUSTOM_{command};{name};blue")

    assert of(story, WEB, "custom") == {"COLOUR": "blue"}
    assert of(story, HTTP, "custom") == {"COLOUR": "blue"}
    assert story.world.model.contacts["ana"].custom == {"COLOUR": "blue"}


def test_a_variable_whose_own_name_begins_with_an_underscore_is_found() -> None:
    story = Story(a_model(a_service(custom={"_X": "1", "X": "2"})))

    ordered(story, "CHANGE_CUSTOM_SVC_VAR;web;http;_X;3")

    assert of(story, HTTP, "custom") == {"_X": "3", "X": "2"}


@pytest.mark.parametrize("command", ["HOST_VAR;web", "SVC_VAR;web;http", "CONTACT_VAR;ana"])
def test_a_variable_that_was_not_configured_cannot_be_changed(command: str) -> None:
    assert refused(a_story(), f"CHANGE_CUSTOM_{command};_SHAPE;x") == "it has no custom variable _SHAPE"


# --- modified attributes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "key"), [("HOST_MODATTR;web", WEB), ("SVC_MODATTR;web;http", HTTP)])
def test_modified_attributes_are_overwritten_and_what_is_in_force_stays(
    command: str, key: tuple[str, str]
) -> None:
    kind, name = ("SVC", "web;http") if key[1] else ("HOST", "web")
    story = ordered(a_story(), f"CHANGE_NORMAL_{kind}_CHECK_INTERVAL;{name};7")

    ordered(story, f"CHANGE_{command};1")

    assert (bits(story, key), of(story, key, "check_interval")) == (1, 7.0)
    story.restart()
    assert of(story, key, "check_interval") == 10.0


@pytest.mark.parametrize(
    ("command", "expected"), [("MODATTR", (5, 0, 0)), ("MODHATTR", (0, 5, 0)), ("MODSATTR", (0, 0, 5))]
)
def test_a_contact_has_three_sets_of_them(command: str, expected: tuple[int, int, int]) -> None:
    story = ordered(a_story(), f"CHANGE_CONTACT_{command};ana;5")

    kept = story.world.changes.of(("contact", "ana", ""))
    assert (kept.bits, kept.host_bits, kept.service_bits) == expected


# --- notification books -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("0", 0), ("-3", 0)])
def test_the_number_of_messages_can_be_set(text: str, number: int) -> None:
    story = ordered(a_busy_story(), f"SET_SVC_NOTIFICATION_NUMBER;web;http;{text}")
    ordered(story, f"SET_HOST_NOTIFICATION_NUMBER;web;{text}")

    assert (known(story).notification_number, known(story, WEB).notification_number) == (number, number)


def test_a_delayed_problem_is_told_again_only_after_that_moment() -> None:
    story = Story(a_model(a_service(max_check_attempts=1, notification_interval=10.0)))
    story.service(HTTP, 2)

    ordered(story, f"DELAY_SVC_NOTIFICATION;web;http;{START + 35:.0f}")
    for second in (10, 20, 30, 40):
        story.at(second).service(HTTP, 2)

    assert story.told() == ["ana PROBLEM CRITICAL"]
    assert [one.seen.last_check for one in story.effects.tellings] == [START + 40]


@pytest.mark.parametrize(
    ("command", "key"), [("HOST_NOTIFICATION;web", WEB), ("SVC_NOTIFICATION;web;http", HTTP)]
)
def test_who_delays_may_say_why(command: str, key: tuple[str, str]) -> None:
    story = ordered(a_story(), f"DELAY_{command};{START + 99:.0f};ana;later;more")

    (comment,) = story.world.comments.of(key)
    assert (comment.author, comment.text, comment.external) == ("ana", "later", True)
    assert known(story, key).next_notification == START + 99


@pytest.mark.parametrize("rest", ["", ";ana", ";ana;"])
def test_without_author_and_comment_nothing_is_left(rest: str) -> None:
    story = ordered(a_story(), f"DELAY_HOST_NOTIFICATION;web;{START + 99:.0f}{rest}")

    assert list(story.world.comments) == []
