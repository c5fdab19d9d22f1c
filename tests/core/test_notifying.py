"""The filters that hold for everybody, asked one by one: what is told, what is not, and why. Nagios' order."""

from typing import Any

import pytest

from atalaia.core.notifying import Decision, Reason
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.core.step import NotificationKind
from atalaia.core.telling import PROBLEM, RECOVERY, Occasion
from support.builders import NEVER_OPEN, START, Story, a_contact, a_host, a_model, a_service

HTTP, WEB = ("web", "http"), ("web", "")
KINDS = NotificationKind
BAD: dict[str, Any] = {"state": 2, "last_hard_state_change": START}


def judged(
    occasion: Occasion,
    *,
    host: dict[str, Any] | None = None,
    service: dict[str, Any] | None = None,
    known: dict[str, Any] | None = None,
    host_known: dict[str, Any] | None = None,
    key: tuple[str, str] = HTTP,
    **settings: Any,
) -> Decision:
    """What the filters say at second 10 of an object of which this is known."""
    story = Story(a_model(a_host(**(host or {})), a_service(**(service or {})), NEVER_OPEN, **settings)).at(10)
    world = story.world
    world.states[HTTP] = Runtime(**(known or {}))
    world.states[WEB] = Runtime(**(host_known or {}))
    return world.judge(world.topology.checkables[key], occasion, story.now)


def of(kind: NotificationKind, **fields: Any) -> Occasion:
    return Occasion(kind=kind, **fields)


# --- problems and recoveries --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"known": BAD}, Reason.FIRST),
        ({"known": BAD, "enable_notifications": False}, Reason.DISABLED_EVERYWHERE),
        ({"known": BAD, "service": {"notification_period": "never"}}, Reason.OUTSIDE_PERIOD),
        ({"known": BAD, "host": {"notification_period": "never"}}, Reason.OUTSIDE_PERIOD),
        ({"known": BAD, "service": {"notifications_enabled": False}}, Reason.DISABLED),
        ({"known": BAD | {"state_type": StateType.SOFT}}, Reason.SOFT),
        ({"known": BAD | {"acknowledged": True}}, Reason.ACKNOWLEDGED),
        ({"known": BAD, "service": {"notification_options": "wur"}}, Reason.OPTIONS),
        ({"known": BAD | {"is_flapping": True}}, Reason.FLAPPING),
        ({"known": BAD | {"downtime_depth": 1}}, Reason.IN_DOWNTIME),
        ({"known": BAD, "host_known": {"downtime_depth": 1}}, Reason.HOST_IN_DOWNTIME),
        ({"known": BAD | {"no_more_notifications": True}}, Reason.ONCE_ONLY),
        ({"known": BAD, "host_known": {"state": 1}}, Reason.HOST_NOT_UP),
        ({"known": BAD, "host_known": {"state": 1, "state_type": StateType.SOFT}}, Reason.FIRST),
        ({"known": BAD | {"next_notification": START + 11}}, Reason.TOO_EARLY),
        ({"known": BAD | {"next_notification": START + 10}}, Reason.FIRST),
        (
            {"known": BAD | {"notification_number": 1, "last_notification": START}},
            Reason.INTERVAL,
        ),
        ({"known": BAD | {"notification_number": 1}}, Reason.STATE_CHANGED),
        (
            {
                "known": BAD
                | {"notification_number": 1, "last_notification": START, "next_notification": START + 99},
                "service": {"is_volatile": True},
            },
            Reason.VOLATILE,
        ),
    ],
)
def test_a_problem(given: dict[str, Any], reason: Reason) -> None:
    decision = judged(PROBLEM, **given)

    assert decision.reason == reason
    told = (Reason.FIRST, Reason.INTERVAL, Reason.STATE_CHANGED, Reason.VOLATILE)
    assert decision.told == (reason in told)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"known": {"notified_on": "c"}}, Reason.RECOVERED),
        ({}, Reason.NOTHING_TOLD),
        ({"known": {"notified_on": "c"}, "service": {"notification_options": "wuc"}}, Reason.OPTIONS),
        ({"known": {"notified_on": "c", "next_notification": START + 99}}, Reason.TOO_EARLY),
        ({"known": {"notified_on": "c"}, "host_known": {"state": 1}}, Reason.HOST_NOT_UP),
    ],
)
def test_a_recovery(given: dict[str, Any], reason: Reason) -> None:
    assert judged(RECOVERY, **given).reason == reason


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"known": BAD}, False),
        ({"known": BAD | {"last_hard_state_change": START - 30}}, True),
        ({"known": {"state": 2}}, False),
        ({"known": BAD | {"notification_number": 1}}, True),
        ({"known": {"notified_on": "c"}}, True),
    ],
    ids=["bad for 10 s", "bad for 40 s", "bad since before the start", "told before", "over"],
)
def test_the_first_message_of_a_problem_may_be_put_off(given: dict[str, Any], told: bool) -> None:
    occasion = RECOVERY if given["known"].get("notified_on") else PROBLEM

    decision = judged(occasion, service={"first_notification_delay": 20.0}, **given)

    assert decision.told == told
    assert (decision.reason == Reason.FIRST_DELAY) == (not told)


def test_outside_its_period_the_next_opening_is_named() -> None:
    decision = judged(PROBLEM, service={"notification_period": "never"}, known=BAD)

    assert decision.not_before == START + 10  # nothing is found: the moment itself, as with Nagios


def test_forced_passes_all_filters() -> None:
    decision = judged(of(KINDS.PROBLEM, forced=True), enable_notifications=False)

    assert (decision.told, decision.reason) == (True, Reason.FORCED)


# --- everything else ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "given", "reason"),
    [
        (KINDS.ACKNOWLEDGEMENT, {"known": BAD}, Reason.ASKED_FOR),
        (KINDS.ACKNOWLEDGEMENT, {}, Reason.NO_PROBLEM),
        (KINDS.ACKNOWLEDGEMENT, {"known": BAD | {"downtime_depth": 1}}, Reason.ASKED_FOR),
        (KINDS.ACKNOWLEDGEMENT, {"known": BAD, "enable_notifications": False}, Reason.DISABLED_EVERYWHERE),
        (KINDS.CUSTOM, {}, Reason.ASKED_FOR),
        (KINDS.CUSTOM, {"known": {"downtime_depth": 1}}, Reason.IN_DOWNTIME),
        (KINDS.CUSTOM, {"host_known": {"downtime_depth": 1}}, Reason.HOST_IN_DOWNTIME),
        (KINDS.CUSTOM, {"service": {"notification_options": ""}}, Reason.ASKED_FOR),
        (KINDS.FLAPPINGSTART, {}, Reason.BEGAN_OR_ENDED),
        (KINDS.FLAPPINGSTOP, {"service": {"notification_options": "wucrs"}}, Reason.OPTIONS),
        (KINDS.FLAPPINGDISABLED, {"known": {"downtime_depth": 1}}, Reason.IN_DOWNTIME),
        (KINDS.FLAPPINGSTART, {"host_known": {"downtime_depth": 1}}, Reason.HOST_IN_DOWNTIME),
        (KINDS.DOWNTIMESTART, {}, Reason.BEGAN_OR_ENDED),
        (KINDS.DOWNTIMEEND, {"service": {"notification_options": "wucrf"}}, Reason.OPTIONS),
        (KINDS.DOWNTIMECANCELLED, {"known": {"downtime_depth": 1}}, Reason.IN_DOWNTIME),
        (KINDS.DOWNTIMEEND, {"host_known": {"downtime_depth": 1}}, Reason.BEGAN_OR_ENDED),
    ],
)
def test_what_is_neither_a_problem_nor_a_recovery(
    kind: NotificationKind, given: dict[str, Any], reason: Reason
) -> None:
    decision = judged(of(kind), **given)

    assert decision.reason == reason
    assert decision.told == (reason in {Reason.ASKED_FOR, Reason.BEGAN_OR_ENDED})


def test_of_a_host_only_its_own_downtime_counts() -> None:
    assert judged(of(KINDS.CUSTOM), key=WEB).told
    assert judged(of(KINDS.CUSTOM), key=WEB, host_known={"downtime_depth": 1}).reason == Reason.IN_DOWNTIME


# --- contacts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("service", "told"), [(1, []), (2, ["ana PROBLEM DOWN"])])
def test_a_host_is_as_important_as_itself_and_its_services_together(service: int, told: list[str]) -> None:
    story = Story(a_model(a_host(importance=1), a_service(importance=service), a_contact(minimum_importance=3)))

    story.at(1).host("web", 1)

    assert story.told() == told


# --- in a story ---------------------------------------------------------------------------------------------


def test_a_recovery_while_its_host_is_down_is_told_when_the_host_is_back() -> None:
    story = Story(a_model(a_host(), a_service(max_check_attempts=1, contacts=("ana",))))
    story.at(1).service(HTTP, 2)
    story.at(2).host("web", 1)
    story.forget()

    story.at(3).service(HTTP, 0)
    assert (story.told(), story.reasons()) == ([], ["host_not_up"])

    story.at(4).host("web", 0)
    story.at(13).service(HTTP, 0)
    assert story.told() == ["ana RECOVERY UP", "ana RECOVERY OK"]


def test_every_bad_result_of_a_volatile_service_is_kept_quiet_while_its_host_is_down() -> None:
    story = Story(a_model(a_host(), a_service(is_volatile=True, max_check_attempts=1)))
    story.at(1).host("web", 1)
    story.forget()

    story.at(2).service(HTTP, 2)

    assert (story.told(), story.reasons()) == ([], ["host_not_up"])
