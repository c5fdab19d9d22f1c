"""Events as lines of Nagios' log, word for word as Nagios Core writes them."""

from typing import Any

import pytest

from atalaia.core.events import (
    AnyFact,
    CheckOrphaned,
    CommandReceived,
    CommandRefused,
    CommandSeen,
    DowntimeEnded,
    DowntimeStarted,
    EngineAlarm,
    EventHandlerStarted,
    FlappingChanged,
    LogLine,
    NotificationQueued,
    PassiveResultTaken,
    ResultStale,
    StateChanged,
)
from atalaia.core.instants import Instant
from atalaia.core.nagios_log import breakdown, log_lines, stamped, state_line, time_change_line
from atalaia.core.objects import MainSettings
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from support.builders import START, a_host, a_service

WEB: dict[str, Any] = {"time": START, "host": "web"}
HTTP: dict[str, Any] = {"time": START, "host": "web", "service": "http"}


def lines(event: AnyFact, **settings: Any) -> list[str]:
    return log_lines(event, MainSettings(**settings))


def test_most_events_are_not_in_nagios_log() -> None:
    assert lines(CommandReceived(**WEB, command="X", arguments="", source="file")) == []


def test_a_line_has_its_full_second_in_front() -> None:
    assert stamped("SERVICE ALERT: x", 1_800_000_000.9) == "[1800000000] SERVICE ALERT: x"


# --- alerts -------------------------------------------------------------------------------------------------


def alert(whose: dict[str, Any], **fields: Any) -> StateChanged:
    given: dict[str, Any] = {
        "state": "CRITICAL" if "service" in whose else "DOWN",
        "state_type": "HARD",
        "attempt": 3,
        "max_attempts": 3,
        "previous_state": "OK",
        "previous_state_type": "HARD",
        "output": "boom",
        "long_output": "more",
    }
    return StateChanged(**whose, **(given | fields))


def test_an_alert_says_state_type_attempt_and_output() -> None:
    assert lines(alert(HTTP)) == ["SERVICE ALERT: web;http;CRITICAL;HARD;3;boom"]
    assert lines(alert(WEB)) == ["HOST ALERT: web;DOWN;HARD;3;boom"]


@pytest.mark.parametrize(("wanted", "count"), [(True, 1), (False, 0)])
def test_soft_states_of_services_are_logged_on_demand(wanted: bool, count: int) -> None:
    assert len(lines(alert(HTTP, state_type="SOFT"), log_service_retries=wanted)) == count


@pytest.mark.parametrize(("wanted", "count"), [(True, 1), (False, 0)])
def test_retries_of_hosts_are_logged_on_demand_and_their_first_soft_state_always(
    wanted: bool, count: int
) -> None:
    assert len(lines(alert(WEB, state_type="SOFT", retry=True), log_host_retries=wanted)) == count
    assert len(lines(alert(WEB, state_type="SOFT"), log_host_retries=wanted)) == 1


# --- notifications ------------------------------------------------------------------------------------------


def notification(whose: dict[str, Any], kind: str, **fields: Any) -> NotificationQueued:
    given: dict[str, Any] = {
        "contact": "ana",
        "state": "OK",
        "via": "mail",
        "number": 1,
        "output": "out",
    } | fields
    return NotificationQueued(**whose, kind=kind, **given)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("PROBLEM", "OK;mail;out"),
        ("RECOVERY", "OK;mail;out"),
        ("ACKNOWLEDGEMENT", "ACKNOWLEDGEMENT (OK);mail;out;bia;look"),
        ("CUSTOM", "CUSTOM (OK);mail;out;bia;look"),
        ("FLAPPINGSTART", "FLAPPINGSTART (OK);mail;out"),
        ("DOWNTIMESTART", "DOWNTIMESTART (OK);mail;out"),
    ],
)
def test_a_notification_says_who_is_told_of_what_by_which_way(kind: str, expected: str) -> None:
    event = notification(HTTP, kind, author="bia", comment="look")

    assert lines(event) == [f"SERVICE NOTIFICATION: ana;web;http;{expected}"]


def test_a_notification_of_a_host() -> None:
    assert lines(notification(WEB, "PROBLEM", state="DOWN")) == ["HOST NOTIFICATION: ana;web;DOWN;mail;out"]


def test_notifications_can_be_left_out() -> None:
    assert lines(notification(WEB, "PROBLEM"), log_notifications=False) == []


# --- event handlers -----------------------------------------------------------------------------------------


def handler(whose: dict[str, Any], *, is_global: bool) -> EventHandlerStarted:
    return EventHandlerStarted(
        **whose, command="restart!http", state="DOWN", state_type="SOFT", attempt=1, is_global=is_global
    )


def test_event_handlers_are_named_by_what_they_are_for() -> None:
    assert lines(handler(HTTP, is_global=False)) == ["SERVICE EVENT HANDLER: web;http;DOWN;SOFT;1;restart!http"]
    assert lines(handler(HTTP, is_global=True)) == [
        "GLOBAL SERVICE EVENT HANDLER: web;http;DOWN;SOFT;1;restart!http"
    ]
    assert lines(handler(WEB, is_global=False)) == ["HOST EVENT HANDLER: web;DOWN;SOFT;1;restart!http"]


def test_event_handlers_can_be_left_out() -> None:
    assert lines(handler(WEB, is_global=True), log_event_handlers=False) == []


# --- downtimes ----------------------------------------------------------------------------------------------


def started(whose: dict[str, Any], *, entered: bool) -> DowntimeStarted:
    return DowntimeStarted(
        **whose, downtime_id=1, author="ana", comment="work", until=Instant(START + 60), entered=entered
    )


def ended(whose: dict[str, Any], reason: str, *, left: bool) -> DowntimeEnded:
    return DowntimeEnded(**whose, downtime_id=1, reason=reason, left=left)


def test_the_beginning_of_a_downtime() -> None:
    assert lines(started(WEB, entered=True)) == [
        "HOST DOWNTIME ALERT: web;STARTED; Host has entered a period of scheduled downtime"
    ]
    assert lines(started(HTTP, entered=True)) == [
        "SERVICE DOWNTIME ALERT: web;http;STARTED; Service has entered a period of scheduled downtime"
    ]


def test_the_end_of_a_downtime() -> None:
    assert lines(ended(WEB, "ended", left=True)) == [
        "HOST DOWNTIME ALERT: web;STOPPED; Host has exited from a period of scheduled downtime"
    ]
    assert lines(ended(HTTP, "cancelled", left=True)) == [
        "SERVICE DOWNTIME ALERT: web;http;CANCELLED; Scheduled downtime for service has been cancelled."
    ]


def test_a_downtime_within_another_is_not_logged() -> None:
    assert lines(started(WEB, entered=False)) == []
    assert lines(ended(WEB, "ended", left=False)) == []


# --- flapping -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "service", "host"),
    [
        (
            "started",
            "STARTED; Service appears to have started flapping (35.5% change >= 30.0% threshold)",
            "STARTED; Host appears to have started flapping (35.5% change > 30.0% threshold)",
        ),
        (
            "stopped",
            "STOPPED; Service appears to have stopped flapping (35.5% change < 30.0% threshold)",
            "STOPPED; Host appears to have stopped flapping (35.5% change < 30.0% threshold)",
        ),
        (
            "cleared",
            "STOPPED; Flapping state cleared for service. (35.5% change < 30.0% threshold)",
            "STOPPED; Flapping state cleared for host. (35.5% change < 30.0% threshold)",
        ),
        (
            "undetected",
            "STOPPED; Disabled flap detection for service",
            "STOPPED; Disabled flap detection",
        ),
        (
            "disabled",
            "DISABLED; Flap detection has been disabled",
            "DISABLED; Flap detection has been disabled",
        ),
    ],
)
def test_flapping(what: str, service: str, host: str) -> None:
    of_service = FlappingChanged(**HTTP, what=what, percent=35.53, threshold=30.0)
    of_host = FlappingChanged(**WEB, what=what, percent=35.53, threshold=30.0)

    assert lines(of_service) == [f"SERVICE FLAPPING ALERT: web;http;{service}"]
    assert lines(of_host) == [f"HOST FLAPPING ALERT: web;{host}"]


# --- results and commands from outside ----------------------------------------------------------------------


def test_a_result_from_outside_is_logged_with_what_was_known_before() -> None:
    event = PassiveResultTaken(**HTTP, state=1, output="before", checked_before=True)

    assert lines(event) == ["PASSIVE SERVICE CHECK: web;http;1;before"]
    assert lines(event, log_passive_checks=False) == []


def test_before_its_first_result_nagios_writes_null() -> None:
    event = PassiveResultTaken(**WEB, state=0, output="", checked_before=False)

    assert lines(event) == ["PASSIVE HOST CHECK: web;0;(null)"]


@pytest.mark.parametrize(
    ("brings_result", "switch"), [(True, "log_passive_checks"), (False, "log_external_commands")]
)
def test_a_command_is_logged_as_it_came_unless_its_kind_is_left_out(brings_result: bool, switch: str) -> None:
    event = CommandSeen(time=START, command="Name", arguments="a;b", brings_result=brings_result)

    assert lines(event) == ["EXTERNAL COMMAND: Name;a;b"]
    assert lines(event, **{switch: False}) == []


def refusal(fault: str, **fields: Any) -> CommandRefused:
    given: dict[str, Any] = {
        "command": "X",
        "arguments": "a;b",
        "source": "file",
        "reason": "there is no host 'a'",
        "line": "[1] X;a;b",
    }
    return CommandRefused(time=START, fault=fault, **(given | fields))


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            "unknown",
            [
                "Warning: Unrecognized external command -> X;a;b",
                "External command [1] X;a;b returned error Unknown or unsupported command",
            ],
        ),
        ("malformed", ["External command [1] X;a;b returned error Malformed command"]),
        (
            "failed",
            [
                "Error: External command failed -> X;a;b",
                "External command [1] X;a;b returned error Command failed",
            ],
        ),
        ("unauthorised", ["Error: External command refused -> X;a;b: there is no host 'a'"]),
        ("pointless", []),
    ],
)
def test_a_refused_command_is_logged_by_its_fault(fault: str, expected: list[str]) -> None:
    assert lines(refusal(fault)) == expected


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("unknown", ["Warning: Unrecognized external command -> X;a;b"]),
        ("malformed", []),
        ("failed", ["Error: External command failed -> X;a;b"]),
    ],
)
def test_of_a_command_in_a_file_nagios_does_not_quote_the_line(fault: str, expected: list[str]) -> None:
    assert lines(refusal(fault, line="")) == expected


# --- the server's own words ---------------------------------------------------------------------------------


def test_a_stale_result() -> None:
    how: dict[str, Any] = {"age": 5.4, "threshold": 3723.0}

    assert lines(ResultStale(**HTTP, **how)) == [
        (
            "Warning: The results of service 'http' on host 'web' are stale by 0d 0h 0m 5s "
            "(threshold=0d 1h 2m 3s).  I'm forcing an immediate check of the service."
        )
    ]
    assert lines(ResultStale(**WEB, **how)) == [
        (
            "Warning: The results of host 'web' are stale by 0d 0h 0m 5s (threshold=0d 1h 2m 3s)."
            "  I'm forcing an immediate check of the host."
        )
    ]


def test_an_orphaned_check() -> None:
    times: dict[str, Any] = {"last_check": Instant(10.5), "next_check": Instant(20.5)}

    assert lines(CheckOrphaned(**HTTP, **times)) == [
        (
            "Warning: The check of service 'http' on host 'web' looks like it was orphaned (results never "
            "came back; last_check=10; next_check=20).  I'm scheduling an immediate check of the service..."
        )
    ]
    assert lines(CheckOrphaned(**WEB, **times)) == [
        (
            "Warning: The check of host 'web' looks like it was orphaned (results never came back)."
            "  I'm scheduling an immediate check of the host..."
        )
    ]


def test_a_trouble_of_the_server_itself() -> None:
    assert lines(EngineAlarm(time=START, what="late", detail="checks are late")) == ["Warning: checks are late"]
    assert lines(EngineAlarm(time=START, what="late", detail="checks are late", over=True)) == [
        "Warning: checks are late (over)"
    ]


def test_a_line_is_itself() -> None:
    assert lines(LogLine(time=START, text="as it is")) == ["as it is"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0d 0h 0m 0s"),
        (59.9, "0d 0h 0m 59s"),
        (303, "0d 0h 5m 3s"),
        (3600, "0d 1h 0m 0s"),
        (200_000, "2d 7h 33m 20s"),
    ],
)
def test_a_duration(seconds: float, text: str) -> None:
    assert breakdown(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-3600.0, "-3600 seconds (0d 1h 0m 0s backwards"), (1000.0, "1000 seconds (0d 0h 16m 40s forwards")],
)
def test_a_clock_that_jumped(seconds: float, text: str) -> None:
    assert time_change_line(seconds) == (
        f"Warning: A system time change of {text} in time) has been detected.  Compensating..."
    )


def test_how_an_object_stands_at_the_start() -> None:
    bad = Runtime(state=2, state_type=StateType.SOFT, attempt=2, output="boom", has_been_checked=True)

    assert state_line("CURRENT", a_service(), bad) == "CURRENT SERVICE STATE: web;http;CRITICAL;SOFT;2;boom"
    assert state_line("INITIAL", a_host(), Runtime()) == "INITIAL HOST STATE: web;UP;HARD;1;"


def test_the_initial_state_of_a_service_that_was_never_checked_has_null_for_its_output() -> None:
    assert state_line("INITIAL", a_service(), Runtime()) == "INITIAL SERVICE STATE: web;http;OK;HARD;1;(null)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("OK\n[1] FORGED", "OK\\n[1] FORGED"),
        ("OK\rFORGED", "OK\\rFORGED"),
        ("a\0b\x1b[2Jc\x9bd", "a\\x00b\\x1b[2Jc\\x9bd"),
        ("tab\tand não", "tab\tand não"),
    ],
)
def test_what_others_wrote_stays_on_one_line_and_says_nothing_to_a_terminal(text: str, shown: str) -> None:
    assert log_lines(LogLine(time=START, text=text), MainSettings()) == [shown]
