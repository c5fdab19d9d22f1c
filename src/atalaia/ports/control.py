"""What people may ask of a running server: how the page, the API and the command line see the engine."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

import msgspec

from atalaia.core.instants import NEVER, Instant
from atalaia.ports.storage import EventFilter, StoredEvent


class CheckableView(msgspec.Struct, frozen=True, kw_only=True):
    """One host or service as it is now; states and types are names, instants epoch seconds, 0 is never."""

    state: str
    """PENDING until the first result; then UP, DOWN, UNREACHABLE or OK, WARNING, CRITICAL, UNKNOWN."""
    state_type: str
    attempt: int
    max_attempts: int
    output: str
    long_output: str
    perfdata: str
    last_check: Instant
    next_check: Instant
    last_state_change: Instant
    last_hard_state_change: Instant
    acknowledged: bool
    in_downtime: bool
    flapping: bool
    notifications_enabled: bool
    active_checks_enabled: bool
    latency: float
    execution_time: float
    notification_number: int
    last_notification: Instant
    next_notification: Instant
    check_command: str
    contacts: tuple[str, ...]
    notes: str = ""
    notes_url: str = ""
    action_url: str = ""

    acknowledgement: str = "none"
    """``none``, ``normal`` (until the state changes) or ``sticky`` (until the recovery)."""
    acknowledged_until: Instant = NEVER
    """When the acknowledgement ends by itself; 0 is never."""
    downtime_depth: int = 0
    """How many downtimes of its own are in effect."""
    percent_state_change: float = 0.0
    """How much its state changes: the weighted percentage of its last 21 results."""
    flap_thresholds: tuple[float, float] = (0.0, 0.0)
    """Per cent: it stops flapping at or below the first, and begins at or above the second."""

    passive_checks_enabled: bool = True
    event_handler_enabled: bool = True
    flap_detection_enabled: bool = True
    obsess: bool = True
    process_perf_data: bool = True
    check_interval: float = 0.0
    """Seconds; 0 is never by itself."""
    retry_interval: float = 0.0
    """Seconds."""
    check_period: str = ""
    """Name of a time period; empty is always."""
    notification_period: str = ""
    modified_attributes: tuple[str, ...] = ()
    """Which settings were changed while running, by their directives' names."""


class HostView(CheckableView, frozen=True, kw_only=True):
    """A host as it is now."""

    name: str
    alias: str
    display_name: str
    address: str
    parents: tuple[str, ...]
    groups: tuple[str, ...]


class ServiceView(CheckableView, frozen=True, kw_only=True):
    """A service as it is now, with its host's state beside it."""

    host: str
    description: str
    display_name: str
    host_state: str
    groups: tuple[str, ...]
    host_in_downtime: bool = False
    """Its host is in a downtime, so nobody is told about it either."""


class CommentView(msgspec.Struct, frozen=True, kw_only=True):
    """A remark on a host, or on a service when `service` is not empty."""

    id: int
    host: str
    service: str = ""
    kind: str = "user"
    """``user``, ``downtime``, ``flapping`` or ``acknowledgement``."""
    time: Instant
    author: str
    text: str
    persistent: bool = False
    """Survives a restart."""
    expires: Instant = NEVER
    """When it goes by itself; 0 is never."""


class DowntimeView(msgspec.Struct, frozen=True, kw_only=True):
    """A planned outage of a host, or of a service when `service` is not empty."""

    id: int
    host: str
    service: str = ""
    time: Instant
    """When it was planned."""
    start: Instant
    end: Instant
    """Of a flexible one: the window in which it may begin."""
    fixed: bool = True
    duration: float = 0.0
    """Seconds that a flexible one lasts, once begun."""
    triggered_by: int = 0
    """Number of the downtime that it follows; 0 for none."""
    in_effect: bool = False
    until: Instant = NEVER
    """When it ends, as far as that is known; 0 for a flexible one that has not begun."""
    author: str
    comment: str


class ConfigView(msgspec.Struct, frozen=True, kw_only=True):
    """Which configuration is in force, and what was wrong with the last one that was tried."""

    path: str
    loaded: Instant
    last_error: str = ""
    last_error_time: Instant = Instant(0.0)


class EngineView(msgspec.Struct, frozen=True, kw_only=True):
    """The engine's own health."""

    checks_per_second: float
    """Mean over the last minute."""
    lateness: float
    """Seconds: the largest lateness of a check started in the last minute."""
    mean_lateness: float
    queue: int
    """Checks that are due and wait for a free place."""
    running: int
    """Checks running now."""
    workers: int
    """Places for running checks; 0 is no limit."""
    outbox: int
    """Messages that wait to be sent."""
    alarms: tuple[str, ...] = ()
    """Troubles that the server has with itself right now, in words."""


class ProgramView(msgspec.Struct, frozen=True, kw_only=True):
    """The switches of the whole server, by their directives' names, as they are in force."""

    enable_notifications: bool = True
    execute_service_checks: bool = True
    execute_host_checks: bool = True
    accept_passive_service_checks: bool = True
    accept_passive_host_checks: bool = True
    enable_event_handlers: bool = True
    enable_flap_detection: bool = False
    process_performance_data: bool = False
    obsess_over_services: bool = False
    obsess_over_hosts: bool = False
    check_service_freshness: bool = True
    check_host_freshness: bool = False
    changed: tuple[str, ...] = ()
    """Names of those that were changed while running."""


class StatusView(msgspec.Struct, frozen=True, kw_only=True):
    """The whole in one look."""

    version: str
    started: Instant
    now: Instant
    pid: int
    config: ConfigView
    hosts: dict[str, int]
    """Number of hosts by state name."""
    services: dict[str, int]
    engine: EngineView
    notifications_enabled: bool
    program: ProgramView = ProgramView()


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of an explanation; `topic` is machine-readable."""

    topic: str
    """``state``, ``acknowledgement``, ``downtime``, ``flapping``, ``dependency``, ``setting``, ``schedule``,
    ``notification``, ``escalation``, ``decision`` or ``delivery``."""
    text: str


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why an object is as it is, when it is looked at next, and why somebody was or was not told."""

    host: str
    service: str
    reasons: tuple[Reason, ...]
    events: tuple[StoredEvent, ...]
    """The newest events, newest first."""


class Control(Protocol):
    """The running server. Called from the event loop; snapshots, never live objects."""

    def status(self) -> StatusView: ...

    def hosts(self) -> Sequence[HostView]: ...

    def services(self) -> Sequence[ServiceView]: ...

    def host(self, name: str) -> HostView | None: ...

    def service(self, host: str, description: str) -> ServiceView | None: ...

    def comments(self, host: str | None = None, service: str | None = None) -> Sequence[CommentView]:
        """Comments in the order of their numbers; None is any, an empty service is the host itself."""
        ...

    def downtimes(self, host: str | None = None, service: str | None = None) -> Sequence[DowntimeView]:
        """Downtimes that are planned or in effect, the earliest start first; arguments as for comments."""
        ...

    async def explain(self, host: str, service: str, language: str) -> Explanation | None:
        """None when there is no such object."""
        ...

    async def events_after(self, after: int, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]: ...

    async def last_events(self, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]: ...

    def follow(self, after: int | None) -> AsyncIterator[StoredEvent]:
        """Stored events with a larger number than `after` (None: only new ones), then each new one as it is
        stored, until the caller stops or the server ends."""
        ...

    async def command(self, text: str, *, source: str = "api", user: str = "") -> None:
        """Carries out an external command (without its timestamp); returns when its effect is stored.

        Raises:
            atalaia.core.orders.RefusedError: it changes nothing; the sentence says why.
        """
        ...

    def refuse(self, text: str, reason: str, *, fault: str, source: str = "api", user: str = "") -> None:
        """Writes down a command that was turned away at the door; nothing is carried out.

        Args:
            text: the command, as far as it is known.
            reason: a sentence for people.
            fault: ``unauthorised`` or ``malformed``.
            source: where it came from.
            user: who sent it, where that is known.
        """
        ...
