"""Commands that ask for a check, and results from outside: when, forced or not, and with which comment."""

import pytest

from atalaia.core.events import PassiveResultTaken
from atalaia.core.instants import Instant
from atalaia.core.orders import Order, carry_out
from atalaia.core.states import CheckType
from support.builders import START, Story, a_host, a_model, a_service
from support.ordering import DB, HTTP, SSH, WEB, a_story, ordered, refused

SOON = START + 13


def due(story: Story, key: tuple[str, str]) -> tuple[float, bool]:
    pending = story.world.queue.get(key)
    assert pending is not None
    return pending.at - START, pending.forced


def at_rest() -> Story:
    """Next checks of everything a thousand seconds later."""
    story = a_story()
    for key in story.world.topology.checkables:
        story.world.queue.put(key, Instant(START + 1000))
    return story


@pytest.mark.parametrize(
    ("command", "keys", "forced"),
    [
        ("SCHEDULE_HOST_CHECK;web", {WEB}, False),
        ("SCHEDULE_FORCED_HOST_CHECK;web", {WEB}, True),
        ("SCHEDULE_SVC_CHECK;web;http", {HTTP}, False),
        ("SCHEDULE_FORCED_SVC_CHECK;web;http", {HTTP}, True),
        ("SCHEDULE_HOST_SVC_CHECKS;web", {HTTP, SSH}, False),
        ("SCHEDULE_FORCED_HOST_SVC_CHECKS;web", {HTTP, SSH}, True),
    ],
)
def test_the_check_is_planned_for_the_moment_that_was_asked_for(
    command: str, keys: set[tuple[str, str]], forced: bool
) -> None:
    story = ordered(at_rest(), f"{command};{SOON:.0f}")

    planned = {key: due(story, key) for key in story.world.topology.checkables}
    assert {key for key, (at, _) in planned.items() if at == 13} == keys
    assert {is_forced for at, is_forced in planned.values() if at == 13} == {forced}
    assert all(story.world.states[key].next_check == SOON for key in keys)


def test_a_moment_that_has_passed_is_now() -> None:
    story = ordered(at_rest(), f"SCHEDULE_SVC_CHECK;web;http;{START - 99:.0f}")

    assert due(story, HTTP) == (10, False)


def test_a_check_that_is_planned_earlier_stays() -> None:
    story = ordered(at_rest(), f"SCHEDULE_SVC_CHECK;web;http;{START + 2000:.0f}")

    assert due(story, HTTP) == (1000, False)


def test_a_forced_check_takes_the_place_of_an_earlier_one() -> None:
    story = ordered(at_rest(), f"SCHEDULE_FORCED_SVC_CHECK;web;http;{START + 2000:.0f}")

    assert due(story, HTTP) == (2000, True)


def resting() -> Story:
    return Story(
        a_model(
            a_host("web", active_checks_enabled=False),
            a_host("db", check_command=None),
            a_service(active_checks_enabled=False),
            a_service("ssh"),
        )
    ).at(10)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SCHEDULE_HOST_CHECK;web", "it has its active checks switched off, so no check can be scheduled"),
        ("SCHEDULE_SVC_CHECK;web;http", "it has its active checks switched off, so no check can be scheduled"),
        ("SCHEDULE_HOST_CHECK;db", "it has no check command, so no check can be scheduled"),
        ("SCHEDULE_FORCED_HOST_CHECK;db", "it has no check command, so no check can be scheduled"),
    ],
)
def test_what_cannot_be_checked_is_refused(text: str, reason: str) -> None:
    assert refused(resting(), f"{text};{SOON:.0f}") == reason


def test_a_forced_check_is_made_though_active_checks_are_off() -> None:
    story = ordered(resting(), f"SCHEDULE_FORCED_SVC_CHECK;web;http;{SOON:.0f}")

    assert due(story, HTTP) == (13, True)


def test_of_many_services_those_that_can_be_checked_are() -> None:
    story = ordered(resting(), f"SCHEDULE_HOST_SVC_CHECKS;web;{START + 9:.0f}")

    assert story.world.queue.get(HTTP) is None
    assert due(story, SSH)[0] <= 10


def test_a_host_without_services_has_none_to_check() -> None:
    ordered(resting(), f"SCHEDULE_HOST_SVC_CHECKS;db;{SOON:.0f}")


def comments(story: Story) -> list[tuple[tuple[str, str], str, str, bool, bool]]:
    return [(one.key, one.author, one.text, one.persistent, one.external) for one in story.world.comments]


@pytest.mark.parametrize(
    ("text", "key"), [("SCHEDULE_HOST_CHECK;web", WEB), ("SCHEDULE_SVC_CHECK;web;http", HTTP)]
)
def test_who_asks_for_a_check_may_say_why(text: str, key: tuple[str, str]) -> None:
    story = ordered(a_story(), f"{text};{SOON:.0f};ana;is it up?;more")

    assert comments(story) == [(key, "ana", "is it up?", False, True)]


def test_who_asks_for_checks_of_all_services_leaves_one_comment_on_the_host() -> None:
    story = ordered(a_story(), f"SCHEDULE_HOST_SVC_CHECKS;web;{SOON:.0f};ana;are they up?")

    assert comments(story) == [(WEB, "ana", "are they up?", False, True)]


@pytest.mark.parametrize("rest", ["", ";", ";ana", ";ana;"])
def test_without_an_author_and_a_comment_nothing_is_left(rest: str) -> None:
    story = ordered(a_story(), f"SCHEDULE_HOST_CHECK;web;{SOON:.0f}{rest}")

    assert comments(story) == []


# --- results from outside -----------------------------------------------------------------------------------


def test_a_result_is_dated_by_the_command_and_late_by_its_way() -> None:
    story = a_story()
    order = Order(text="PROCESS_SERVICE_CHECK_RESULT;web;http;0;fine", entry_time=Instant(START + 3))

    carry_out(story.world, order, story.now, story.effects)

    known = story.world.states[HTTP]
    assert (known.last_check, known.latency, known.check_type) == (START + 3, 7.0, CheckType.PASSIVE)


def test_a_result_from_the_future_is_not_early() -> None:
    story = a_story()
    order = Order(text="PROCESS_SERVICE_CHECK_RESULT;web;http;0;fine", entry_time=Instant(START + 30))

    carry_out(story.world, order, story.now, story.effects)

    assert story.world.states[HTTP].latency == 0.0


def test_a_result_does_not_move_the_next_check_unless_the_state_changes() -> None:
    story = ordered(at_rest(), "PROCESS_SERVICE_CHECK_RESULT;web;http;0;fine")
    assert due(story, HTTP) == (1000, False)

    ordered(story, "PROCESS_SERVICE_CHECK_RESULT;web;http;2;boom")
    assert due(story, HTTP) == (20, False)


def test_the_log_hears_of_what_was_known_before_the_result() -> None:
    story = ordered(a_story(), "PROCESS_SERVICE_CHECK_RESULT;web;http;1;first")
    ordered(story, "PROCESS_SERVICE_CHECK_RESULT;web;http;2;second")

    (taken,) = story.happened(PassiveResultTaken)
    assert (taken.state, taken.output, taken.checked_before) == (1, "first", True)
    assert "PASSIVE SERVICE CHECK: web;http;1;first" in story.log()


@pytest.mark.parametrize(("state", "kept"), [("0", 0), ("1", 1), ("2", 2)])
def test_a_state_of_a_host_is_taken_as_it_comes(state: str, kept: int) -> None:
    story = ordered(a_story(), f"PROCESS_HOST_CHECK_RESULT;db;{state};x")

    assert story.world.states[DB].state == kept


@pytest.mark.parametrize("state", ["3", "-1"])
def test_a_host_has_three_states(state: str) -> None:
    assert "is no state of a host" in refused(a_story(), f"PROCESS_HOST_CHECK_RESULT;db;{state};x")


def test_a_state_from_outside_is_put_right_by_its_parents_where_the_configuration_says_so() -> None:
    down, unreachable = a_story(translate_passive_host_checks=True), a_story(translate_passive_host_checks=True)
    unreachable.host("web", 1)

    ordered(down, "PROCESS_HOST_CHECK_RESULT;db;1;x")
    ordered(unreachable, "PROCESS_HOST_CHECK_RESULT;db;1;x")

    assert (down.world.states[DB].state, unreachable.world.states[DB].state) == (1, 2)


def test_unreachable_from_outside_stays_unreachable() -> None:
    story = ordered(a_story(translate_passive_host_checks=True), "PROCESS_HOST_CHECK_RESULT;db;2;x")

    assert story.world.states[DB].state == 2
