"""What people may ask of a running server: how the page, the API and the command line see the engine."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

import msgspec

from atalaia.core.instants import Instant
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


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of an explanation; `topic` is machine-readable."""

    topic: str
    """``state``, ``schedule``, ``notification``, ``reachability``, ``event_handler`` …"""
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
