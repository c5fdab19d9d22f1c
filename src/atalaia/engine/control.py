"""The running server as people see it: snapshots built when they are asked for."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import TypeVar

from atalaia.core.records import Comment, Downtime
from atalaia.core.states import HostState, ServiceState
from atalaia.engine.explain import explain
from atalaia.engine.explain_telling import DECISIONS
from atalaia.engine.server import Server
from atalaia.engine.views import (
    PENDING,
    comment_view,
    downtime_view,
    host_view,
    program_view,
    service_view,
    state_of,
)
from atalaia.ports.control import (
    CommentView,
    DowntimeView,
    EngineView,
    Explanation,
    HostView,
    ServiceView,
    StatusView,
)
from atalaia.ports.storage import EventFilter, StoredEvent

_EXPLAINED_EVENTS = 20
_DECISIONS_READ = 200
"""How many facts about telling are searched for the last one of each kind."""

_Left = TypeVar("_Left", Comment, Downtime)


class ServerControl:
    """Implements `atalaia.ports.control.Control` over a Server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._world = server.world

    def status(self) -> StatusView:
        """Totals and the engine's health."""
        server, model = self._server, self._world.model
        most, mean = server.health.lateness()
        waiting, _ = server.checker.waiting()
        hosts = Counter(dict.fromkeys((*HostState.__members__, PENDING), 0))
        hosts.update(state_of(one, self._world.states[one.key]) for one in model.hosts.values())
        services = Counter(dict.fromkeys((*ServiceState.__members__, PENDING), 0))
        services.update(state_of(one, self._world.states[one.key]) for one in model.services.values())
        return StatusView(
            version=server.version,
            started=server.started,
            now=server.clock.now(),
            pid=os.getpid(),
            config=server.config,
            hosts=dict(hosts),
            services=dict(services),
            engine=EngineView(
                checks_per_second=round(server.health.rate(), 3),
                lateness=round(most, 3),
                mean_lateness=round(mean, 4),
                queue=waiting,
                running=server.checker.running,
                workers=server.checker.limit,
                outbox=len(server.notifier),
                alarms=server.health.alarms,
            ),
            notifications_enabled=model.settings.enable_notifications,
            program=program_view(self._world),
        )

    def hosts(self) -> Sequence[HostView]:
        """All hosts, in the order of their names."""
        return [host_view(self._world, one) for one in self._world.model.hosts.values()]

    def services(self) -> Sequence[ServiceView]:
        """All services, by host and description."""
        return [service_view(self._world, one) for one in self._world.model.services.values()]

    def host(self, name: str) -> HostView | None:
        """One host."""
        found = self._world.model.hosts.get(name)
        return host_view(self._world, found) if found else None

    def service(self, host: str, description: str) -> ServiceView | None:
        """One service."""
        found = self._world.model.services.get((host, description))
        return service_view(self._world, found) if found else None

    def comments(self, host: str | None = None, service: str | None = None) -> Sequence[CommentView]:
        """Comments, oldest first."""
        found = sorted(_of(self._world.comments, host, service), key=lambda one: one.id)
        return [comment_view(one) for one in found]

    def downtimes(self, host: str | None = None, service: str | None = None) -> Sequence[DowntimeView]:
        """Downtimes, the earliest start first."""
        return [downtime_view(one) for one in _of(self._world.downtimes.book, host, service)]

    async def explain(self, host: str, service: str, language: str) -> Explanation | None:
        """Why the object is as it is."""
        checkable = self._world.topology.checkables.get((host, service))
        if checkable is None:
            return None
        events = await self.last_events(_EXPLAINED_EVENTS, EventFilter(host=host, service=service))
        about_telling = EventFilter(host=host, service=service, types=DECISIONS)
        decisions = await self.last_events(_DECISIONS_READ, about_telling)
        reasons = explain(self._world, checkable, self._server.clock.now(), decisions, language)
        return Explanation(host=host, service=service, reasons=tuple(reasons), events=tuple(events))

    async def events_after(self, after: int, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        """Stored events, oldest first."""
        return await asyncio.to_thread(self._server.store.events_after, after, limit, wanted)

    async def last_events(self, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        """Stored events, newest first."""
        return await asyncio.to_thread(self._server.store.last_events, limit, wanted)

    def follow(self, after: int | None) -> AsyncIterator[StoredEvent]:
        """Live events."""
        return self._server.feed.follow(after)

    async def command(self, text: str, *, source: str = "api", user: str = "") -> None:
        """Carries out an external command."""
        await self._server.intake.command(text, source=source, user=user)

    def refuse(self, text: str, reason: str, *, fault: str, source: str = "api", user: str = "") -> None:
        """Writes down a command that was turned away at the door."""
        self._server.intake.refuse(text, reason, fault=fault, source=source, user=user)


def _of(found: Iterable[_Left], host: str | None, service: str | None) -> list[_Left]:
    return [one for one in found if host in (None, one.host) and service in (None, one.service)]
