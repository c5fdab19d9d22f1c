"""Commands that switch something on or off: which objects, which field, which bit, and what is seen of it."""

from typing import Any

import pytest

from atalaia.core.effects import Effects
from atalaia.core.events import NotificationSuppressed, ResultStale, SettingChanged
from atalaia.core.instants import Instant
from atalaia.core.records import PROGRAM
from support.builders import START, Story, a_host, a_model, a_service, call
from support.ordering import DB, HTTP, ROUTER, SQL, SSH, WEB, a_story, ordered

NOTIFICATIONS, ACTIVE, PASSIVE = "notifications_enabled", "active_checks_enabled", "passive_checks_enabled"
HANDLER, FLAPPING = "event_handler_enabled", "flap_detection_enabled"

OBJECTS: list[tuple[str, str, int, set[tuple[str, str]]]] = [
    ("ENABLE_HOST_NOTIFICATIONS;web", NOTIFICATIONS, 1, {WEB}),
    ("ENABLE_SVC_NOTIFICATIONS;web;http", NOTIFICATIONS, 1, {HTTP}),
    ("ENABLE_HOST_SVC_NOTIFICATIONS;web", NOTIFICATIONS, 1, {HTTP, SSH}),
    ("ENABLE_HOSTGROUP_HOST_NOTIFICATIONS;racks", NOTIFICATIONS, 1, {ROUTER, WEB}),
    ("ENABLE_HOSTGROUP_SVC_NOTIFICATIONS;racks", NOTIFICATIONS, 1, {HTTP, SSH}),
    ("ENABLE_SERVICEGROUP_HOST_NOTIFICATIONS;front", NOTIFICATIONS, 1, {WEB, DB}),
    ("ENABLE_SERVICEGROUP_SVC_NOTIFICATIONS;front", NOTIFICATIONS, 1, {HTTP, SSH, SQL}),
    ("ENABLE_ALL_NOTIFICATIONS_BEYOND_HOST;router", NOTIFICATIONS, 1, {WEB, DB, HTTP, SSH, SQL}),
    ("ENABLE_ALL_NOTIFICATIONS_BEYOND_HOST;db", NOTIFICATIONS, 1, set()),
    ("ENABLE_HOST_AND_CHILD_NOTIFICATIONS;web", NOTIFICATIONS, 1, {WEB, DB}),
    ("ENABLE_HOST_CHECK;web", ACTIVE, 2, {WEB}),
    ("ENABLE_SVC_CHECK;web;http", ACTIVE, 2, {HTTP}),
    ("ENABLE_HOST_SVC_CHECKS;web", ACTIVE, 2, {HTTP, SSH}),
    ("ENABLE_HOSTGROUP_HOST_CHECKS;racks", ACTIVE, 2, {ROUTER, WEB}),
    ("ENABLE_HOSTGROUP_SVC_CHECKS;racks", ACTIVE, 2, {HTTP, SSH}),
    ("ENABLE_SERVICEGROUP_HOST_CHECKS;front", ACTIVE, 2, {WEB, DB}),
    ("ENABLE_SERVICEGROUP_SVC_CHECKS;front", ACTIVE, 2, {HTTP, SSH, SQL}),
    ("ENABLE_PASSIVE_HOST_CHECKS;web", PASSIVE, 4, {WEB}),
    ("ENABLE_PASSIVE_SVC_CHECKS;web;http", PASSIVE, 4, {HTTP}),
    ("ENABLE_HOSTGROUP_PASSIVE_HOST_CHECKS;racks", PASSIVE, 4, {ROUTER, WEB}),
    ("ENABLE_HOSTGROUP_PASSIVE_SVC_CHECKS;racks", PASSIVE, 4, {HTTP, SSH}),
    ("ENABLE_SERVICEGROUP_PASSIVE_HOST_CHECKS;front", PASSIVE, 4, {WEB, DB}),
    ("ENABLE_SERVICEGROUP_PASSIVE_SVC_CHECKS;front", PASSIVE, 4, {HTTP, SSH, SQL}),
    ("ENABLE_HOST_EVENT_HANDLER;web", HANDLER, 8, {WEB}),
    ("ENABLE_SVC_EVENT_HANDLER;web;http", HANDLER, 8, {HTTP}),
    ("ENABLE_HOST_FLAP_DETECTION;web", FLAPPING, 16, {WEB}),
    ("ENABLE_SVC_FLAP_DETECTION;web;http", FLAPPING, 16, {HTTP}),
    ("START_OBSESSING_OVER_HOST;web", "obsess", 128, {WEB}),
    ("START_OBSESSING_OVER_SVC;web;http", "obsess", 128, {HTTP}),
]


def opposite(order: str) -> str:
    word, _, rest = order.partition("_")
    return f"{ {'ENABLE': 'DISABLE', 'START': 'STOP'}[word] }_{rest}"


def switched_off(story: Story, field: str) -> set[tuple[str, str]]:
    return {key for key, one in story.world.topology.checkables.items() if not getattr(one, field)}


def marked(story: Story) -> dict[tuple[str, str], int]:
    return {(host, service): one.bits for (_, host, service), one in story.world.changes.all().items()}


@pytest.mark.parametrize(("on", "field", "bit", "keys"), OBJECTS, ids=[one[0] for one in OBJECTS])
def test_it_switches_the_objects_concerned_off_and_on_again(
    on: str, field: str, bit: int, keys: set[tuple[str, str]]
) -> None:
    story = ordered(a_story(), opposite(on))

    assert switched_off(story, field) == keys
    assert marked(story) == dict.fromkeys(keys, bit)
    assert {(one.host, one.service, one.setting, one.value) for one in story.happened(SettingChanged)} == {
        (*key, field, "0") for key in keys
    }

    ordered(story, on)
    assert switched_off(story, field) == set()


@pytest.mark.parametrize("on", [one[0] for one in OBJECTS])
def test_what_stands_so_already_is_left_alone(on: str) -> None:
    story = ordered(a_story(), on)

    assert story.happened(SettingChanged) == []
    assert marked(story) == {}


def test_a_group_without_members_changes_nothing() -> None:
    story = ordered(a_story(), "DISABLE_HOSTGROUP_HOST_CHECKS;empty")

    assert story.happened(SettingChanged) == []


def test_a_host_below_two_others_is_reached_through_both() -> None:
    model = a_model(
        a_host("top"),
        a_host("left", parents=("top",)),
        a_host("right", parents=("top",)),
        a_host("low", parents=("left", "right")),
    )

    story = ordered(Story(model), "DISABLE_HOST_AND_CHILD_NOTIFICATIONS;top")

    assert [one.host for one in story.happened(SettingChanged)] == ["top", "low", "left", "right"]


# --- contacts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "field", "host_bits", "service_bits", "names"),
    [
        ("ENABLE_CONTACT_HOST_NOTIFICATIONS;ana", "host_notifications_enabled", 1, 0, {"ana"}),
        ("ENABLE_CONTACT_SVC_NOTIFICATIONS;ana", "service_notifications_enabled", 0, 1, {"ana"}),
        ("ENABLE_CONTACTGROUP_HOST_NOTIFICATIONS;ops", "host_notifications_enabled", 1, 0, {"ana", "bia"}),
        ("ENABLE_CONTACTGROUP_SVC_NOTIFICATIONS;ops", "service_notifications_enabled", 0, 1, {"ana", "bia"}),
    ],
)
def test_it_switches_contacts_off_and_on_again(
    on: str, field: str, host_bits: int, service_bits: int, names: set[str]
) -> None:
    def off(story: Story) -> set[str]:
        return {name for name, one in story.world.model.contacts.items() if not getattr(one, field)}

    story = ordered(a_story(), opposite(on))

    assert off(story) == names
    assert {(one.name, one.setting, one.value) for one in story.happened(SettingChanged)} == {
        (name, field, "0") for name in names
    }
    for name in names:
        kept = story.world.changes.of(("contact", name, ""))
        assert (kept.host_bits, kept.service_bits) == (host_bits, service_bits)

    ordered(story, opposite(on))
    assert story.happened(SettingChanged) == []

    ordered(story, on)
    assert off(story) == set()


# --- the program --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "field", "host_bits", "service_bits"),
    [
        ("ENABLE_NOTIFICATIONS", "enable_notifications", 1, 1),
        ("ENABLE_EVENT_HANDLERS", "enable_event_handlers", 8, 8),
        ("ENABLE_FLAP_DETECTION", "enable_flap_detection", 16, 16),
        ("ENABLE_PERFORMANCE_DATA", "process_performance_data", 64, 64),
        ("ENABLE_SERVICE_FRESHNESS_CHECKS", "check_service_freshness", 0, 8192),
        ("ENABLE_HOST_FRESHNESS_CHECKS", "check_host_freshness", 8192, 0),
        ("START_EXECUTING_HOST_CHECKS", "execute_host_checks", 2, 0),
        ("START_EXECUTING_SVC_CHECKS", "execute_service_checks", 0, 2),
        ("START_ACCEPTING_PASSIVE_HOST_CHECKS", "accept_passive_host_checks", 4, 0),
        ("START_ACCEPTING_PASSIVE_SVC_CHECKS", "accept_passive_service_checks", 0, 4),
        ("START_OBSESSING_OVER_HOST_CHECKS", "obsess_over_hosts", 128, 0),
        ("START_OBSESSING_OVER_SVC_CHECKS", "obsess_over_services", 0, 128),
    ],
)
@pytest.mark.parametrize("is_on", [True, False])
def test_it_switches_the_program(on: str, field: str, host_bits: int, service_bits: int, is_on: bool) -> None:
    story = a_story(**{field: is_on})

    ordered(story, on if is_on else opposite(on))
    assert story.happened(SettingChanged) == []
    assert story.world.changes.all() == {}

    ordered(story, opposite(on) if is_on else on)
    assert getattr(story.world.settings, field) is not is_on
    kept = story.world.changes.of(PROGRAM)
    assert (kept.host_bits, kept.service_bits) == (host_bits, service_bits)


def test_standby_and_active_mode_are_other_names_for_notifications() -> None:
    story = ordered(a_story(), "ENTER_STANDBY_MODE")
    assert not story.world.settings.enable_notifications

    ordered(story, "ENTER_ACTIVE_MODE")
    assert story.world.settings.enable_notifications


# --- what is seen of it -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("DISABLE_SVC_NOTIFICATIONS;web;http", "disabled"),
        ("DISABLE_HOST_SVC_NOTIFICATIONS;web", "disabled"),
        ("DISABLE_NOTIFICATIONS", "disabled_everywhere"),
        ("DISABLE_CONTACT_SVC_NOTIFICATIONS;ana", "contact_disabled"),
    ],
)
def test_people_are_not_told_where_notifications_are_off(order: str, reason: str) -> None:
    story = ordered(a_story(), order).forget()

    story.service(HTTP, 2)

    assert story.told() == []
    assert [one.reason for one in story.happened(NotificationSuppressed)] == [reason]


def test_where_checks_are_off_none_is_planned_and_switching_them_on_plans_one_at_once() -> None:
    story = ordered(a_story(), "DISABLE_SVC_CHECK;web;http")
    assert story.world.queue.get(HTTP) is None

    ordered(story, "ENABLE_SVC_CHECK;web;http")
    due = story.world.queue.get(HTTP)
    assert due is not None
    assert due.at == story.now


def test_a_forced_check_is_made_though_checks_were_switched_off_meanwhile() -> None:
    story = ordered(a_story(), f"SCHEDULE_FORCED_SVC_CHECK;web;http;{START + 50:.0f}")

    ordered(story, "DISABLE_SVC_CHECK;web;http")

    due = story.world.queue.get(HTTP)
    assert due is not None
    assert (due.at, due.forced) == (START + 50, True)


def test_switching_off_what_waits_for_no_check_is_fine_and_without_an_interval_none_is_planned() -> None:
    story = Story(a_model(a_service(check_interval=0.0)))
    assert story.world.queue.get(HTTP) is None

    ordered(story, "DISABLE_SVC_CHECK;web;http")
    ordered(story, "ENABLE_SVC_CHECK;web;http")

    assert story.world.queue.get(HTTP) is None


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("DISABLE_PASSIVE_SVC_CHECKS;web;http", "PROCESS_SERVICE_CHECK_RESULT;web;http;2;x"),
        ("STOP_ACCEPTING_PASSIVE_SVC_CHECKS", "PROCESS_SERVICE_CHECK_RESULT;web;http;2;x"),
        ("DISABLE_PASSIVE_HOST_CHECKS;web", "PROCESS_HOST_CHECK_RESULT;web;1;x"),
        ("STOP_ACCEPTING_PASSIVE_HOST_CHECKS", "PROCESS_HOST_CHECK_RESULT;web;1;x"),
    ],
)
def test_results_from_outside_are_refused_where_they_are_off(order: str, text: str) -> None:
    story = ordered(a_story(), order)

    story.order(text)

    assert story.refusal is not None
    assert (story.world.states[HTTP].state, story.world.states[WEB].state) == (0, 0)


@pytest.mark.parametrize("order", ["DISABLE_SVC_EVENT_HANDLER;web;http", "DISABLE_EVENT_HANDLERS"])
def test_event_handlers_rest_where_they_are_off(order: str) -> None:
    story = Story(a_model(a_service(event_handler=call("own"))))

    ordered(story, order)

    assert story.service(HTTP, 2).handlers == []


@pytest.mark.parametrize(
    ("order", "key"), [("STOP_EXECUTING_SVC_CHECKS", HTTP), ("STOP_EXECUTING_HOST_CHECKS", WEB)]
)
def test_no_check_is_begun_where_they_are_off(order: str, key: tuple[str, str]) -> None:
    story = ordered(a_story(), order)
    started = []

    while request := story.world.take_due(Instant(START + 30), Effects()):
        started.append(request.key)

    assert key not in started
    assert len(started) == 3


def reports(story: Story) -> list[tuple[tuple[str, str], bool, bool]]:
    effects = Effects()
    effects.reports += story.service(HTTP, 0).reports + story.host("web", 0).reports
    return [(one.key, one.obsess, one.perfdata) for one in effects.reports]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("START_OBSESSING_OVER_SVC_CHECKS", [(HTTP, True, False)]),
        ("START_OBSESSING_OVER_HOST_CHECKS", [(WEB, True, False)]),
        ("ENABLE_PERFORMANCE_DATA", [(HTTP, False, True), (WEB, False, True)]),
    ],
)
def test_results_are_handed_on_where_that_is_on(order: str, expected: list[Any]) -> None:
    assert reports(a_story()) == []
    assert reports(ordered(a_story(), order)) == expected


@pytest.mark.parametrize(
    ("order", "left"), [("STOP_OBSESSING_OVER_SVC;web;http", [WEB]), ("STOP_OBSESSING_OVER_HOST;web", [HTTP])]
)
def test_an_object_can_be_left_out_of_that(order: str, left: list[Any]) -> None:
    story = ordered(a_story(obsess_over_hosts=True, obsess_over_services=True), order)

    assert [key for key, _, _ in reports(story)] == left


@pytest.mark.parametrize(
    ("order", "kind"),
    [("DISABLE_SERVICE_FRESHNESS_CHECKS", "http"), ("DISABLE_HOST_FRESHNESS_CHECKS", "")],
)
def test_nothing_is_stale_where_freshness_is_off(order: str, kind: str) -> None:
    fresh: dict[str, Any] = {"check_freshness": True, "freshness_threshold": 30}
    story = Story(a_model(a_host(**fresh), a_service(**fresh), check_host_freshness=True))

    ordered(story, order).wait(200)

    assert {one.service for one in story.happened(ResultStale)} == {"http", ""} - {kind}
