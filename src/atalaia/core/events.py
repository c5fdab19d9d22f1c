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


class ResultStale(Event, frozen=True, kw_only=True, tag="result_stale"):
    """The last result is older than its freshness threshold; a check was forced."""

    age: float
    """Seconds since the result stopped being fresh."""
    threshold: float
    """Seconds for which a result is fresh."""


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


AnyEvent = (
    StateChanged
    | NotificationQueued
    | NotificationSent
    | NotificationFailed
    | NotificationSuppressed
    | ResultStale
    | EventHandlerRan
    | ServerStarted
    | ServerStopped
    | ConfigurationLoaded
    | ConfigurationRejected
    | EngineAlarm
)
"""The closed set of facts, for decoding stored ones."""

EVENT_TYPES: tuple[type[Event], ...] = (
    StateChanged,
    NotificationQueued,
    NotificationSent,
    NotificationFailed,
    NotificationSuppressed,
    ResultStale,
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
