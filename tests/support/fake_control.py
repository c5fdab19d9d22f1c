"""A running server that is not one: the Control port over plain lists, and builders that need few words."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from atalaia.core.events import AnyEvent, StateChanged, type_name
from atalaia.core.instants import NEVER, Instant
from atalaia.core.orders import RefusedError
from atalaia.ports.control import (
    CommentView,
    ConfigView,
    DowntimeView,
    EngineView,
    Explanation,
    HostView,
    ProgramView,
    Reason,
    ServiceView,
    StatusView,
)
from atalaia.ports.storage import EventFilter, StoredEvent

NOW = Instant(1_780_000_000.0)
"""The moment at which every fake server stands unless told otherwise: 2026-05-28 20:26:40 UTC."""

_HEALTHY = EngineView(
    checks_per_second=12.5, lateness=0.04, mean_lateness=0.01, queue=0, running=3, workers=0, outbox=0
)
_CONFIG = ConfigView(path="/etc/nagios/nagios.cfg", loaded=Instant(NOW - 86_400))

_CHECKABLE: dict[str, object] = {
    "state_type": "HARD",
    "attempt": 1,
    "max_attempts": 3,
    "output": "",
    "long_output": "",
    "perfdata": "",
    "last_check": Instant(NOW - 20),
    "next_check": Instant(NOW + 40),
    "last_state_change": Instant(NOW - 7200),
    "last_hard_state_change": Instant(NOW - 7200),
    "acknowledged": False,
    "in_downtime": False,
    "flapping": False,
    "notifications_enabled": True,
    "active_checks_enabled": True,
    "latency": 0.01,
    "execution_time": 0.2,
    "notification_number": 0,
    "last_notification": NEVER,
    "next_notification": NEVER,
    "check_command": "check_ping!100,20%",
    "contacts": ("ana",),
    "groups": (),
}


def a_host(name: str = "web1", state: str = "UP", **fields: object) -> HostView:
    """A host, checked and confirmed; say only what matters."""
    own: dict[str, object] = {
        "name": name,
        "alias": name,
        "display_name": name,
        "address": "127.0.0.1",
        "parents": (),
        "state": state,
        "output": f"PING {state}",
    }
    return HostView(**(_CHECKABLE | own | fields))  # type: ignore[arg-type]


def a_service(
    host: str = "web1", description: str = "http", state: str = "OK", **fields: object
) -> ServiceView:
    """A service, checked and confirmed; say only what matters."""
    own: dict[str, object] = {
        "host": host,
        "description": description,
        "display_name": description,
        "host_state": "UP",
        "state": state,
        "output": f"HTTP {state}: HTTP/1.1 200 OK",
        "check_command": "check_http",
    }
    return ServiceView(**(_CHECKABLE | own | fields))  # type: ignore[arg-type]


def a_change(
    host: str = "web1", service: str = "http", state: str = "CRITICAL", **fields: object
) -> StateChanged:
    """A service that turned into `state` just now."""
    own: dict[str, object] = {
        "time": NOW,
        "host": host,
        "service": service,
        "state": state,
        "state_type": "HARD",
        "attempt": 3,
        "max_attempts": 3,
        "previous_state": "OK",
        "previous_state_type": "HARD",
        "output": "Connection refused",
        "hard_change": True,
    }
    return StateChanged(**(own | fields))  # type: ignore[arg-type]


def a_comment(number: int = 1, host: str = "web1", service: str = "http", **fields: object) -> CommentView:
    """A remark of ana's from just now; say only what matters."""
    own: dict[str, object] = {
        "id": number,
        "host": host,
        "service": service,
        "time": NOW,
        "author": "ana",
        "text": "seen before",
    }
    return CommentView(**(own | fields))  # type: ignore[arg-type]


def a_downtime(number: int = 1, host: str = "web1", service: str = "http", **fields: object) -> DowntimeView:
    """Two hours that ana planned and that have just begun; say only what matters."""
    own: dict[str, object] = {
        "id": number,
        "host": host,
        "service": service,
        "time": NOW,
        "start": NOW,
        "end": Instant(NOW + 7200),
        "duration": 7200.0,
        "in_effect": True,
        "until": Instant(NOW + 7200),
        "author": "ana",
        "comment": "a new disk",
    }
    return DowntimeView(**(own | fields))  # type: ignore[arg-type]


class FakeControl:
    """A server at a standstill: its values change only when a test says so."""

    def __init__(
        self,
        hosts: Sequence[HostView] = (),
        services: Sequence[ServiceView] = (),
        events: Sequence[AnyEvent] = (),
        *,
        engine: EngineView = _HEALTHY,
        config: ConfigView = _CONFIG,
        notifications_enabled: bool = True,
        program: ProgramView = ProgramView(),  # noqa: B008 - frozen
        comments: Sequence[CommentView] = (),
        downtimes: Sequence[DowntimeView] = (),
    ) -> None:
        self.all_hosts = list(hosts)
        self.all_services = list(services)
        self.stored: list[StoredEvent] = []
        self.engine = engine
        self.config = config
        self.notifications_enabled = notifications_enabled
        self.program = program
        self.all_comments = list(comments)
        self.all_downtimes = list(downtimes)
        self.now = NOW
        self.turned_away: list[tuple[str, str, str]] = []
        """Commands that were written down as refused: text, reason, fault."""
        self.commands: list[str] = []
        """Commands that were carried out, oldest first."""
        self.readers = 0
        """Followers that are listening now."""
        self._arrived = asyncio.Event()
        for event in events:
            self.add(event)

    def add(self, event: AnyEvent) -> StoredEvent:
        """Stores an event and lets the followers hear of it."""
        stored = StoredEvent(len(self.stored) + 1, event)
        self.stored.append(stored)
        self._arrived.set()
        self._arrived = asyncio.Event()
        return stored

    def status(self) -> StatusView:
        return StatusView(
            version="0.1.0",
            started=Instant(self.now - 3600),
            now=self.now,
            pid=4711,
            config=self.config,
            hosts=_count([host.state for host in self.all_hosts], "PENDING UP DOWN UNREACHABLE"),
            services=_count(
                [service.state for service in self.all_services], "PENDING OK WARNING CRITICAL UNKNOWN"
            ),
            engine=self.engine,
            notifications_enabled=self.notifications_enabled,
            program=self.program,
        )

    def hosts(self) -> Sequence[HostView]:
        return tuple(self.all_hosts)

    def services(self) -> Sequence[ServiceView]:
        return tuple(self.all_services)

    def host(self, name: str) -> HostView | None:
        return next((host for host in self.all_hosts if host.name == name), None)

    def service(self, host: str, description: str) -> ServiceView | None:
        wanted = (host, description)
        return next((one for one in self.all_services if (one.host, one.description) == wanted), None)

    def comments(self, host: str | None = None, service: str | None = None) -> Sequence[CommentView]:
        return [one for one in self.all_comments if _is_of(one, host, service)]

    def downtimes(self, host: str | None = None, service: str | None = None) -> Sequence[DowntimeView]:
        return [one for one in self.all_downtimes if _is_of(one, host, service)]

    async def explain(self, host: str, service: str, language: str) -> Explanation | None:
        found = self.service(host, service) if service else self.host(host)
        if found is None:
            return None
        wanted = EventFilter(host=host, service=service)
        return Explanation(
            host=host,
            service=service,
            reasons=(Reason(topic="state", text=f"[{language}] It is {found.state} since 2 h."),),
            events=tuple(await self.last_events(10, wanted)),
        )

    async def events_after(self, after: int, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        return [stored for stored in self.stored if stored.id > after and _is_wanted(stored, wanted)][:limit]

    async def last_events(self, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        return [stored for stored in reversed(self.stored) if _is_wanted(stored, wanted)][:limit]

    async def command(self, text: str, *, source: str = "api", user: str = "") -> None:
        if "refuse" in text:
            raise RefusedError("it was told to refuse")
        self.commands.append(text)

    def refuse(self, text: str, reason: str, *, fault: str, source: str = "api", user: str = "") -> None:
        self.turned_away.append((text, reason, fault))

    async def follow(self, after: int | None) -> AsyncIterator[StoredEvent]:
        seen = len(self.stored) if after is None else min(after, len(self.stored))
        self.readers += 1
        try:
            while True:
                arrived = self._arrived
                while seen < len(self.stored):
                    seen += 1
                    yield self.stored[seen - 1]
                await arrived.wait()
        finally:
            self.readers -= 1


def _is_of(left: CommentView | DowntimeView, host: str | None, service: str | None) -> bool:
    return host in (None, left.host) and service in (None, left.service)


def _count(states: Sequence[str], names: str) -> dict[str, int]:
    return {name: states.count(name) for name in names.split()}


def _is_wanted(stored: StoredEvent, wanted: EventFilter) -> bool:
    event = stored.event
    return (
        wanted.host in (None, event.host)
        and wanted.service in (None, event.service)
        and (wanted.types is None or type_name(event) in wanted.types)
    )
