"""Events as the lines of Nagios' log: the words and fields that log readers of the last twenty years expect.

Source of the formats: what Nagios Core 4 writes. Which lines are wanted is a matter of the ``log_…`` switches
of the main file.
"""

from collections.abc import Callable
from typing import Any

from atalaia.core.events import (
    AnyFact,
    CheckOrphaned,
    CommandRefused,
    CommandSeen,
    DowntimeEnded,
    DowntimeStarted,
    EngineAlarm,
    Event,
    EventHandlerStarted,
    FlappingChanged,
    LogLine,
    NotificationQueued,
    PassiveResultTaken,
    ResultStale,
    StateChanged,
)
from atalaia.core.objects import Host, MainSettings, Service
from atalaia.core.runtime import Runtime

_PLAIN_KINDS = frozenset({"PROBLEM", "RECOVERY"})
_SHOWN_CONTROLS = {
    number: {"\n": "\\n", "\r": "\\r"}.get(chr(number), f"\\x{number:02x}")
    for number in (*range(0x20), *range(0x7F, 0xA0))
    if chr(number) != "\t"
}
"""How control characters are written down."""

_SIGNED_KINDS = frozenset({"ACKNOWLEDGEMENT", "CUSTOM"})


def log_lines(event: AnyFact, settings: MainSettings) -> list[str]:
    """The lines that an event makes, without their time; none for what Nagios' log does not tell."""
    writer = _WRITERS.get(type(event))
    return [_one_line(line) for line in writer(event, settings)] if writer else []


def _one_line(line: str) -> str:
    """A line that stays one in every reader: what a plugin or a person wrote cannot pretend to be a second one,
    nor speak to somebody's terminal."""
    return line if line.isprintable() else line.translate(_SHOWN_CONTROLS)


def stamped(line: str, time: float) -> str:
    """The line with its time in front, as it stands in the file."""
    return f"[{int(time)}] {line}"


def state_line(kind: str, checkable: Host | Service, known: Runtime) -> str:
    """An ``INITIAL`` or ``CURRENT`` line: how an object stood at the start or when the log was rotated."""
    what = f"{kind} {'SERVICE' if isinstance(checkable, Service) else 'HOST'} STATE"
    output = known.output
    if not known.has_been_checked and isinstance(checkable, Service):
        output = "(null)"  # Nagios' own slip; log readers know it
    name, state_type = _name(checkable.host_name, checkable.key[1]), known.state_type.name
    return f"{what}: {name};{checkable.state_name(known.state)};{state_type};{known.attempt};{output}"


def breakdown(seconds: float) -> str:
    """A duration in Nagios' words: ``0d 0h 5m 3s``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{days}d {hours}h {minutes}m {rest}s"


def time_change_line(seconds: float) -> str:
    """What Nagios says when the clock jumped."""
    way = f"{breakdown(abs(seconds))} {'backwards' if seconds < 0 else 'forwards'} in time"
    return (
        f"Warning: A system time change of {int(seconds)} seconds ({way}) has been detected.  Compensating..."
    )


def _name(host: str, service: str) -> str:
    return f"{host};{service}" if service else host


def _what(event: Event) -> str:
    return "SERVICE" if event.service else "HOST"


def _alert(event: StateChanged, settings: MainSettings) -> list[str]:
    if event.service:
        wanted = event.state_type != "SOFT" or settings.log_service_retries
    else:
        wanted = not event.retry or settings.log_host_retries
    if not wanted:
        return []
    name = _name(event.host, event.service)
    return [f"{_what(event)} ALERT: {name};{event.state};{event.state_type};{event.attempt};{event.output}"]


def _notification(event: NotificationQueued, settings: MainSettings) -> list[str]:
    if not settings.log_notifications:
        return []
    state = event.state if event.kind in _PLAIN_KINDS else f"{event.kind} ({event.state})"
    signed = f";{event.author};{event.comment}" if event.kind in _SIGNED_KINDS else ""
    name = _name(event.host, event.service)
    return [f"{_what(event)} NOTIFICATION: {event.contact};{name};{state};{event.via};{event.output}{signed}"]


def _handler(event: EventHandlerStarted, settings: MainSettings) -> list[str]:
    if not settings.log_event_handlers:
        return []
    what = f"GLOBAL {_what(event)}" if event.is_global else _what(event)
    name = _name(event.host, event.service)
    return [f"{what} EVENT HANDLER: {name};{event.state};{event.state_type};{event.attempt};{event.command}"]


def _downtime_started(event: DowntimeStarted, _: MainSettings) -> list[str]:
    if not event.entered:
        return []
    what, name = _what(event), _name(event.host, event.service)
    return [
        f"{what} DOWNTIME ALERT: {name};STARTED; {what.capitalize()} has entered a period of scheduled downtime"
    ]


def _downtime_ended(event: DowntimeEnded, _: MainSettings) -> list[str]:
    if not event.left:
        return []
    what, name = _what(event), _name(event.host, event.service)
    if event.reason == "cancelled":
        text = f"CANCELLED; Scheduled downtime for {what.lower()} has been cancelled."
    else:
        text = f"STOPPED; {what.capitalize()} has exited from a period of scheduled downtime"
    return [f"{what} DOWNTIME ALERT: {name};{text}"]


def _flapping(event: FlappingChanged, _: MainSettings) -> list[str]:
    what, name = _what(event), _name(event.host, event.service)
    title, percent, threshold = what.capitalize(), f"{event.percent:2.1f}", f"{event.threshold:2.1f}"
    sign = ">=" if event.service else ">"
    below = f"({percent}% change < {threshold}% threshold)"
    match event.what:
        case "started":
            above = f"({percent}% change {sign} {threshold}% threshold)"
            text = f"STARTED; {title} appears to have started flapping {above}"
        case "stopped":
            text = f"STOPPED; {title} appears to have stopped flapping {below}"
        case "cleared":
            text = f"STOPPED; Flapping state cleared for {what.lower()}. {below}"
        case "undetected":
            text = "STOPPED; Disabled flap detection" + (" for service" if event.service else "")
        case _:
            text = "DISABLED; Flap detection has been disabled"
    return [f"{what} FLAPPING ALERT: {name};{text}"]


def _passive(event: PassiveResultTaken, settings: MainSettings) -> list[str]:
    if not settings.log_passive_checks:
        return []
    output = event.output if event.checked_before else "(null)"
    return [f"PASSIVE {_what(event)} CHECK: {_name(event.host, event.service)};{event.state};{output}"]


def _command(event: CommandSeen, settings: MainSettings) -> list[str]:
    wanted = settings.log_passive_checks if event.brings_result else settings.log_external_commands
    return [f"EXTERNAL COMMAND: {event.command};{event.arguments}"] if wanted else []


def _refusal(event: CommandRefused, _: MainSettings) -> list[str]:
    whole = f"{event.command};{event.arguments}"
    result = f"External command {event.line} returned error"
    match event.fault:
        case "unknown":
            lines = [
                f"Warning: Unrecognized external command -> {whole}",
                f"{result} Unknown or unsupported command",
            ]
        case "malformed":
            lines = [f"{result} Malformed command"]
        case "unauthorised":
            return [f"Error: External command refused -> {whole}: {event.reason}"]
        case "pointless":
            return []  # Nagios says nothing; the event history has the reason
        case _:
            lines = [f"Error: External command failed -> {whole}", f"{result} Command failed"]
    return lines if event.line else lines[:-1]


def _stale(event: ResultStale, _: MainSettings) -> list[str]:
    of = f"service '{event.service}' on host '{event.host}'" if event.service else f"host '{event.host}'"
    age, threshold = breakdown(event.age), breakdown(event.threshold)
    what = "service" if event.service else "host"
    stale = f"Warning: The results of {of} are stale by {age} (threshold={threshold})."
    return [f"{stale}  I'm forcing an immediate check of the {what}."]


def _orphan(event: CheckOrphaned, _: MainSettings) -> list[str]:
    what, of, times = "host", f"host '{event.host}'", ""
    if event.service:
        what, of = "service", f"service '{event.service}' on {of}"
        times = f"; last_check={int(event.last_check)}; next_check={int(event.next_check)}"
    lost = f"Warning: The check of {of} looks like it was orphaned (results never came back{times})."
    return [f"{lost}  I'm scheduling an immediate check of the {what}..."]


def _alarm(event: EngineAlarm, _: MainSettings) -> list[str]:
    return [f"Warning: {event.detail}" + (" (over)" if event.over else "")]


def _line(event: LogLine, _: MainSettings) -> list[str]:
    return [event.text]


_WRITERS: dict[type[Event], Callable[[Any, MainSettings], list[str]]] = {
    StateChanged: _alert,
    NotificationQueued: _notification,
    EventHandlerStarted: _handler,
    DowntimeStarted: _downtime_started,
    DowntimeEnded: _downtime_ended,
    FlappingChanged: _flapping,
    PassiveResultTaken: _passive,
    CommandSeen: _command,
    CommandRefused: _refusal,
    ResultStale: _stale,
    CheckOrphaned: _orphan,
    EngineAlarm: _alarm,
    LogLine: _line,
}
