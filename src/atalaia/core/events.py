"""Facts, in the past tense. Everything that a person can see of the server's history is one of these.

An event is stored before anybody hears of it; the store gives it its number. States and types are names, so
that a stored event can be read without this code.
"""

import msgspec

from atalaia.core.instants import Instant


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """What all facts share; `service` is empty when the fact is about a host or the server itself."""

    time: Instant
    host: str = ""
    service: str = ""


class StateChanged(Event, frozen=True, kw_only=True, tag="state_changed"):
    """A state, its type or its attempt changed: what Nagios logs as an ALERT."""

    state: str
    state_type: str
    attempt: int
    max_attempts: int
    previous_state: str
    previous_state_type: str
    output: str = ""
    long_output: str = ""
    hard_change: bool = False
    """The confirmed (hard) state is another one than before."""
    retry: bool = False
    """Only one more attempt of an unconfirmed problem: Nagios logs it for hosts only with log_host_retries."""


class NotificationQueued(Event, frozen=True, kw_only=True, tag="notification_queued"):
    """It was decided to tell somebody; the message is in the outbox."""

    contact: str
    kind: str
    """PROBLEM, RECOVERY …: Nagios' notification types."""
    state: str
    via: str
    """The notification command's name, or ``mail``."""
    number: int
    output: str = ""
    reason: str = ""
    """Why now: first, interval elapsed, state changed …"""
    author: str = ""
    """Who acknowledged, planned the downtime or sent the message; empty for problems and recoveries."""
    comment: str = ""


class NotificationSent(Event, frozen=True, kw_only=True, tag="notification_sent"):
    """A channel took the message."""

    contact: str
    kind: str
    state: str
    via: str
    number: int
    tries: int = 1
    delay: float = 0.0
    """Seconds between the decision and the channel's acceptance."""


class NotificationFailed(Event, frozen=True, kw_only=True, tag="notification_failed"):
    """A channel did not take the message; it stays in the outbox unless `final`."""

    contact: str
    kind: str
    state: str
    via: str
    number: int
    tries: int
    error: str
    next_try: Instant
    final: bool = False


class NotificationSuppressed(Event, frozen=True, kw_only=True, tag="notification_suppressed"):
    """Something notable happened and somebody was deliberately not told."""

    kind: str
    state: str
    reason: str
    """Machine-readable, from `atalaia.core.notifying.Reason`."""
    contact: str = ""
    """Empty when the reason holds for everybody."""
    detail: str = ""


class Acknowledged(Event, frozen=True, kw_only=True, tag="acknowledged"):
    """Somebody takes care of a problem: nobody is told about it again until it changes or ends."""

    state: str
    author: str
    comment: str
    sticky: bool
    """Holds until the recovery, not only until the next change of state."""
    persistent: bool
    """Its comment stays."""
    told: bool
    """Others were to be told of it."""
    expires: Instant = Instant(0.0)
    """When it ends by itself; 0 is never."""


class AcknowledgementEnded(Event, frozen=True, kw_only=True, tag="acknowledgement_ended"):
    """An acknowledgement is over."""

    reason: str
    """``removed``, ``state_changed``, ``recovered`` or ``expired``."""


class CommentAdded(Event, frozen=True, kw_only=True, tag="comment_added"):
    """A comment was written."""

    comment_id: int
    kind: str
    """``user``, ``downtime``, ``flapping`` or ``acknowledgement``."""
    author: str
    text: str


class CommentDeleted(Event, frozen=True, kw_only=True, tag="comment_deleted"):
    """A comment is gone."""

    comment_id: int
    kind: str
    reason: str
    """``by_person``, ``reason_ended``, ``expired`` or ``restarted`` (it was not meant to outlive a restart)."""


class DowntimeScheduled(Event, frozen=True, kw_only=True, tag="downtime_scheduled"):
    """A downtime was planned."""

    downtime_id: int
    author: str
    comment: str
    start: Instant
    end: Instant
    fixed: bool
    duration: float
    triggered_by: int


class DowntimeStarted(Event, frozen=True, kw_only=True, tag="downtime_started"):
    """A downtime is in effect."""

    downtime_id: int
    author: str
    comment: str
    until: Instant
    entered: bool
    """The object was in no downtime before: what Nagios logs as a DOWNTIME ALERT."""


class DowntimeEnded(Event, frozen=True, kw_only=True, tag="downtime_ended"):
    """A downtime is over, cancelled, or passed without having begun."""

    downtime_id: int
    reason: str
    """``ended``, ``cancelled``, ``expired`` (a flexible one that never began) or ``missed`` (it passed while no
    server ran)."""
    left: bool
    """The object is in no downtime any more: what Nagios logs as a DOWNTIME ALERT."""


class FlappingChanged(Event, frozen=True, kw_only=True, tag="flapping_changed"):
    """An object began to flap (its state changes too often), or stopped."""

    what: str
    """``started``, ``stopped``, ``cleared`` (by a person), ``disabled`` (detection was switched off) or
    ``undetected`` (the same, noticed with a result)."""
    percent: float = 0.0
    """How much its state changes: the weighted percentage of its last 21 results."""
    threshold: float = 0.0


class SettingChanged(Event, frozen=True, kw_only=True, tag="setting_changed"):
    """A setting of an object, a contact or the server was changed while running."""

    kind: str
    """``host``, ``service``, ``contact`` or ``program``."""
    name: str
    """The contact's name; empty for the others, whose names are `host` and `service`."""
    setting: str
    value: str


class CommandReceived(Event, frozen=True, kw_only=True, tag="command_received"):
    """An external command was taken and carried out."""

    command: str
    arguments: str
    source: str
    """``file``, ``api`` or ``simulation``."""
    user: str = ""
    """Who sent it, where that is known."""


class CommandRefused(Event, frozen=True, kw_only=True, tag="command_refused"):
    """An external command changed nothing."""

    command: str
    arguments: str
    source: str
    user: str = ""
    reason: str
    """A sentence for people."""
    fault: str
    """``malformed``, ``unknown``, ``failed`` or ``unauthorised``."""
    line: str = ""
    """A malformed command as it came."""


class CheckOrphaned(Event, frozen=True, kw_only=True, tag="check_orphaned"):
    """A check was begun and its result never came; it is begun again."""

    last_check: Instant
    next_check: Instant


class ResultStale(Event, frozen=True, kw_only=True, tag="result_stale"):
    """The last result is older than its freshness threshold; a check was forced."""

    age: float
    """Seconds since the result stopped being fresh."""
    threshold: float
    """Seconds for which a result is fresh."""


class EventHandlerStarted(Event, frozen=True, kw_only=True, tag="event_handler_started"):
    """It was decided to run an event handler."""

    command: str
    state: str
    state_type: str
    attempt: int
    is_global: bool


class EventHandlerRan(Event, frozen=True, kw_only=True, tag="event_handler_ran"):
    """An event handler was run because of a state change, and how it ended."""

    command: str
    state: str
    state_type: str
    attempt: int
    is_global: bool
    exit_code: int
    output: str = ""
    seconds: float = 0.0
    timed_out: bool = False


class ServerStarted(Event, frozen=True, kw_only=True, tag="server_started"):
    """The server came up."""

    version: str
    pid: int
    config: str
    hosts: int
    services: int
    unclean: bool = False
    """The run before did not end in order."""


class ServerStopped(Event, frozen=True, kw_only=True, tag="server_stopped"):
    """The server ended in order."""

    version: str
    pid: int
    reason: str = ""


class ConfigurationLoaded(Event, frozen=True, kw_only=True, tag="configuration_loaded"):
    """A reload took effect."""

    config: str
    added: int
    changed: int
    removed: int


class ConfigurationRejected(Event, frozen=True, kw_only=True, tag="configuration_rejected"):
    """A reload found errors; the configuration before it stays in force."""

    config: str
    errors: tuple[str, ...]


class EngineAlarm(Event, frozen=True, kw_only=True, tag="engine_alarm"):
    """The server has trouble with itself: late checks, a clock that jumped, a store that fails."""

    what: str
    """``late``, ``clock_jump``, ``storage``, ``start``, or ``channel`` with the channel's name."""
    detail: str
    over: bool = False
    """The trouble has ended."""


class PassiveResultTaken(Event, frozen=True, kw_only=True, tag="passive_result_taken"):
    """A result from outside was taken. For the log only: there can be thousands a second.

    State and output are those *before* the result, as in Nagios' log.
    """

    state: int
    output: str
    checked_before: bool


class CommandSeen(Event, frozen=True, kw_only=True, tag="command_seen"):
    """An external command that is known came in; whether it is carried out follows. For the log only."""

    command: str
    arguments: str
    brings_result: bool
    """It brings a result from outside; there can be thousands a second."""


class LogLine(Event, frozen=True, kw_only=True, tag="log_line"):
    """A line of Nagios' log that is no fact of its own here. For the log only."""

    text: str


UNSTORED = (PassiveResultTaken, CommandSeen, LogLine)
"""Events that the log hears of and the store does not."""

AnyEvent = (
    StateChanged
    | NotificationQueued
    | NotificationSent
    | NotificationFailed
    | NotificationSuppressed
    | Acknowledged
    | AcknowledgementEnded
    | CommentAdded
    | CommentDeleted
    | DowntimeScheduled
    | DowntimeStarted
    | DowntimeEnded
    | FlappingChanged
    | SettingChanged
    | CommandReceived
    | CommandRefused
    | CheckOrphaned
    | ResultStale
    | EventHandlerStarted
    | EventHandlerRan
    | ServerStarted
    | ServerStopped
    | ConfigurationLoaded
    | ConfigurationRejected
    | EngineAlarm
)
"""The closed set of stored facts."""

AnyFact = AnyEvent | PassiveResultTaken | CommandSeen | LogLine
"""Everything that the log hears of."""

EVENT_TYPES: tuple[type[Event], ...] = (
    StateChanged,
    NotificationQueued,
    NotificationSent,
    NotificationFailed,
    NotificationSuppressed,
    Acknowledged,
    AcknowledgementEnded,
    CommentAdded,
    CommentDeleted,
    DowntimeScheduled,
    DowntimeStarted,
    DowntimeEnded,
    FlappingChanged,
    SettingChanged,
    CommandReceived,
    CommandRefused,
    CheckOrphaned,
    ResultStale,
    EventHandlerStarted,
    EventHandlerRan,
    ServerStarted,
    ServerStopped,
    ConfigurationLoaded,
    ConfigurationRejected,
    EngineAlarm,
)


def type_name(event: Event) -> str:
    """The name under which an event is stored and shown."""
    tag = event.__struct_config__.tag
    return tag if isinstance(tag, str) else type(event).__name__
