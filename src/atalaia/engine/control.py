"""The running server as people see it: snapshots built when they are asked for."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from typing import Any

from atalaia.core.instants import Instant
from atalaia.core.objects import Host, Service
from atalaia.core.runtime import Runtime
from atalaia.core.states import HostState, ServiceState
from atalaia.engine.explain import explain
from atalaia.engine.server import Server
from atalaia.ports.control import EngineView, Explanation, HostView, ServiceView, StatusView
from atalaia.ports.storage import EventFilter, StoredEvent

PENDING = "PENDING"
_EXPLAINED_EVENTS = 20


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
        hosts.update(_state(one, self._world.states[one.key]) for one in model.hosts.values())
        services = Counter(dict.fromkeys((*ServiceState.__members__, PENDING), 0))
        services.update(_state(one, self._world.states[one.key]) for one in model.services.values())
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
        )

    def hosts(self) -> Sequence[HostView]:
        """All hosts, in the order of their names."""
        return [self._host(one) for one in self._world.model.hosts.values()]

    def services(self) -> Sequence[ServiceView]:
        """All services, by host and description."""
        return [self._service(one) for one in self._world.model.services.values()]

    def host(self, name: str) -> HostView | None:
        """One host."""
        found = self._world.model.hosts.get(name)
        return self._host(found) if found else None

    def service(self, host: str, description: str) -> ServiceView | None:
        """One service."""
        found = self._world.model.services.get((host, description))
        return self._service(found) if found else None

    async def explain(self, host: str, service: str, language: str) -> Explanation | None:
        """Why the object is as it is."""
        checkable = self._world.topology.checkables.get((host, service))
        if checkable is None:
            return None
        events = await self.last_events(_EXPLAINED_EVENTS, EventFilter(host=host, service=service))
        reasons = explain(self._world, checkable, self._server.clock.now(), events, language)
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

    def _host(self, host: Host) -> HostView:
        known = self._world.states[host.key]
        return HostView(
            name=host.host_name,
            alias=host.alias,
            display_name=host.display_name,
            address=host.address,
            parents=host.parents,
            groups=host.hostgroups,
            **self._common(host, known),
        )

    def _service(self, service: Service) -> ServiceView:
        host = self._world.model.hosts[service.host_name]
        known = self._world.states[service.key]
        return ServiceView(
            host=service.host_name,
            description=service.service_description,
            display_name=service.display_name,
            host_state=_state(host, self._world.states[host.key]),
            groups=service.servicegroups,
            **self._common(service, known),
        )

    def _common(self, checkable: Host | Service, known: Runtime) -> dict[str, Any]:
        return {
            "state": _state(checkable, known),
            "state_type": known.state_type.name,
            "attempt": known.attempt,
            "max_attempts": checkable.max_check_attempts,
            "output": known.output,
            "long_output": known.long_output,
            "perfdata": known.perfdata,
            "last_check": known.last_check,
            "next_check": self._next_check(checkable),
            "last_state_change": known.last_state_change,
            "last_hard_state_change": known.last_hard_state_change,
            "acknowledged": known.acknowledged,
            "in_downtime": known.downtime_depth > 0,
            "flapping": known.is_flapping,
            "notifications_enabled": checkable.notifications_enabled,
            "active_checks_enabled": checkable.active_checks_enabled,
            "latency": known.latency,
            "execution_time": known.execution_time,
            "notification_number": known.notification_number,
            "last_notification": known.last_notification,
            "next_notification": known.next_notification,
            "check_command": checkable.check_command.name if checkable.check_command else "",
            "contacts": tuple(one.contact_name for one in self._world.topology.contacts_of(checkable)),
            "notes": checkable.notes or "",
            "notes_url": checkable.notes_url or "",
            "action_url": checkable.action_url or "",
        }

    def _next_check(self, checkable: Host | Service) -> Instant:
        pending = self._world.queue.get(checkable.key)
        return pending.at if pending else Instant(0.0)


def _state(checkable: Host | Service, known: Runtime) -> str:
    return checkable.state_name(known.state) if known.has_been_checked else PENDING
