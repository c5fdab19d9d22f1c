"""Builders with only the telling fields; everything else is what a careful operator would write."""

from copy import copy
from datetime import UTC
from typing import Any, TypeVar

from atalaia.core.effects import Effects
from atalaia.core.events import Event, NotificationQueued, NotificationSuppressed, StateChanged
from atalaia.core.instants import Instant
from atalaia.core.nagios_log import log_lines
from atalaia.core.objects import (
    Command,
    CommandCall,
    Contact,
    ContactGroup,
    Escalation,
    Host,
    HostDependency,
    HostGroup,
    MainSettings,
    Model,
    ObjectKey,
    Service,
    ServiceDependency,
    ServiceGroup,
    TimePeriod,
    TimeRange,
)
from atalaia.core.orders import Order, RefusedError, carry_out
from atalaia.core.results import CheckResult
from atalaia.core.states import CheckType
from atalaia.core.telling import Recoveries
from atalaia.core.world import NOTHING_REMEMBERED, Remembered, World

START = Instant(1_800_000_000.0)
"""Second 0 of every story."""

ALL_HOST = "durfs"
ALL_SERVICE = "wucrfs"

NEVER_OPEN = TimePeriod(timeperiod_name="never", alias="never")
"""A time period without an hour."""

Thing = (
    Host
    | Service
    | Contact
    | TimePeriod
    | Command
    | HostGroup
    | ServiceGroup
    | ContactGroup
    | Escalation
    | HostDependency
    | ServiceDependency
)
"""What a model is made of."""

_Kind = TypeVar("_Kind")
_Fact = TypeVar("_Fact", bound=Event)


def call(text: str) -> CommandCall:
    """A command call as written in a configuration."""
    name, *args = text.split("!")
    return CommandCall(name=name, args=tuple(args), raw=text)


def a_host(name: str = "web", **fields: Any) -> Host:
    """A host with one attempt and a check command."""
    given: dict[str, Any] = {
        "host_name": name,
        "display_name": name,
        "alias": name,
        "address": "127.0.0.1",
        "check_command": call("check-host"),
        "check_interval": 10.0,
        "retry_interval": 2.0,
        "max_check_attempts": 1,
        "notification_options": ALL_HOST,
        "contacts": ("ana",),
    }
    return Host(**(given | fields))


def a_service(description: str = "http", host: str = "web", **fields: Any) -> Service:
    """A service with three attempts, checked every 10 s, retried every 2 s."""
    given: dict[str, Any] = {
        "host_name": host,
        "service_description": description,
        "display_name": description,
        "check_command": call("check-service"),
        "check_interval": 10.0,
        "retry_interval": 2.0,
        "max_check_attempts": 3,
        "notification_options": ALL_SERVICE,
        "notification_interval": 0.0,
        "contacts": ("ana",),
    }
    return Service(**(given | fields))


def a_contact(name: str = "ana", **fields: Any) -> Contact:
    """A contact who wants to hear everything, by command."""
    given: dict[str, Any] = {
        "contact_name": name,
        "alias": name,
        "email": f"{name}@example.org",
        "host_notification_options": ALL_HOST,
        "service_notification_options": ALL_SERVICE,
        "host_notification_commands": (call("tell-host"),),
        "service_notification_commands": (call("tell-service"),),
    }
    return Contact(**(given | fields))


def an_escalation(first: int, last: int = 0, **fields: Any) -> Escalation:
    """An escalation of the service http on web to bia; of the host with an empty `service_description`."""
    given: dict[str, Any] = {
        "host_name": "web",
        "service_description": "http",
        "first_notification": first,
        "last_notification": last,
        "notification_interval": 10.0,
        "escalation_options": "wucr",
        "contacts": ("bia",),
    }
    return Escalation(**(given | fields))


def open_between(first: float, last: float, name: str = "hours") -> TimePeriod:
    """A period that is open every day from so many seconds after the start of a story until `last`."""
    start, end = (int(START + second) % 86_400 for second in (first, last))
    return TimePeriod(timeperiod_name=name, alias=name, weekdays=((TimeRange(start, end),),) * 7)


def a_model(*objects: Thing, **settings: Any) -> Model:
    """A model of these objects; seconds as interval units, no host check cache."""
    given: dict[str, Any] = {"interval_length": 1, "cached_host_check_horizon": 0}
    hosts = {one.host_name: one for one in _all(objects, Host)}
    services = {one.key: one for one in _all(objects, Service)}
    for service in services.values():
        if service.host_name not in hosts:
            hosts[service.host_name] = a_host(service.host_name)
    contacts = {one.contact_name: one for one in _all(objects, Contact)} or {"ana": a_contact()}
    named = {one.command_name: one for one in _all(objects, Command)}
    for name in ("check-host", "check-service", "tell-host", "tell-service"):
        named.setdefault(name, Command(command_name=name, command_line=f"/bin/{name} $HOSTNAME$"))
    escalations = _all(objects, Escalation)
    return Model(
        settings=MainSettings(**(given | settings)),
        commands=named,
        timeperiods={one.timeperiod_name: one for one in _all(objects, TimePeriod)},
        contacts=contacts,
        contact_groups={one.contactgroup_name: one for one in _all(objects, ContactGroup)},
        hosts=dict(sorted(hosts.items())),
        host_groups={one.hostgroup_name: one for one in _all(objects, HostGroup)},
        services=dict(sorted(services.items())),
        service_groups={one.servicegroup_name: one for one in _all(objects, ServiceGroup)},
        host_dependencies=tuple(_all(objects, HostDependency)),
        service_dependencies=tuple(_all(objects, ServiceDependency)),
        host_escalations=tuple(one for one in escalations if not one.service_description),
        service_escalations=tuple(one for one in escalations if one.service_description),
    )


def _all(objects: tuple[Thing, ...], kind: type[_Kind]) -> list[_Kind]:
    return [one for one in objects if isinstance(one, kind)]


class Story:
    """A World with a clock in the hand: results go in, effects are kept.

    Args:
        model: the configuration.
        recoveries: who hears that a problem is over.
        checked: every host has been found UP at second 0.
    """

    def __init__(
        self, model: Model, *, recoveries: Recoveries = Recoveries.COMPLETE, checked: bool = True
    ) -> None:
        self.now = START
        self.model = model
        self.refusal: RefusedError | None = None
        self.world = World(model, tz=UTC, program_start=START, recoveries=recoveries)
        self.effects = Effects()
        self.world.start(NOTHING_REMEMBERED, START, Effects())
        for host in model.hosts.values() if checked else ():
            self.host(host.host_name, 0)

    def at(self, seconds: float) -> "Story":
        """Moves the clock to so many seconds after the start."""
        self.now = Instant(START + seconds)
        return self

    def service(self, key: ObjectKey, state: int, output: str = "", *, passive: bool = False) -> Effects:
        """One result of a service; returns what follows from it alone."""
        return self._apply(key, state, output, passive=passive)

    def host(self, name: str, state: int, output: str = "", *, passive: bool = False) -> Effects:
        """One result of a host."""
        return self._apply((name, ""), state, output, passive=passive)

    def _apply(self, key: ObjectKey, state: int, output: str, *, passive: bool) -> Effects:
        kind = CheckType.PASSIVE if passive else CheckType.ACTIVE
        result = CheckResult(state=state, output=output, started=self.now, finished=self.now, check_type=kind)
        effects = Effects()
        self.world.apply(key, result, self.now, effects)
        return self._keep(effects)

    def order(self, text: str) -> Effects:
        """An external command, without its timestamp."""
        effects = Effects()
        self.refusal = carry_out(self.world, Order(text=text, entry_time=self.now), self.now, effects)
        self._keep(effects)
        effects = Effects()
        self.world.keep_appointments(self.now, effects)
        return self._keep(effects)

    def wait(self, seconds: float) -> "Story":
        """Time passes until so many seconds after the start, and what is planned happens at its moment."""
        until = Instant(START + seconds)
        while (due := self.world.agenda.next_at()) is not None and due <= until:
            self.now = max(self.now, due)
            effects = Effects()
            self.world.keep_appointments(self.now, effects)
            self._keep(effects)
        self.now = until
        return self

    def restart(
        self, model: Model | None = None, *, stopped: float | None = None, crash: bool = False
    ) -> "Story":
        """The server ends and starts anew with what was stored.

        Args:
            model: the configuration that it then reads, where that is another one.
            stopped: the second at which it ended; now when left out.
            crash: it did not end in order.
        """
        world = self.world
        self.model = model or self.model
        kept = Remembered(
            states={key: copy(known) for key, known in world.states.items()},
            comments=list(world.comments),
            downtimes=list(world.downtimes.book),
            changes=world.changes.all(),
            contacts=dict(world.contacts),
            stopped=self.now if stopped is None else Instant(START + stopped),
            orderly=not crash,
        )
        self.world = World(
            self.model, tz=UTC, program_start=self.now, ids=world.ids, recoveries=world.recoveries
        )
        effects = Effects()
        self.world.start(kept, self.now, effects)
        self._keep(effects)
        return self

    def _keep(self, effects: Effects) -> Effects:
        for name in ("events", "tellings", "handlers", "reports", "wishes"):
            getattr(self.effects, name).extend(getattr(effects, name))
        for name in ("changed", "comments", "downtimes", "changes", "contacts"):
            getattr(self.effects, name).update(getattr(effects, name))
        return effects

    def log(self) -> list[str]:
        """Everything so far as lines of Nagios' log, without times."""
        return [line for event in self.effects.events for line in log_lines(event, self.world.settings)]

    def happened(self, kind: type[_Fact]) -> list[_Fact]:
        """Every event of a kind so far."""
        return [one for one in self.effects.events if isinstance(one, kind)]

    def forget(self) -> "Story":
        """Lets go of everything so far, so that only what follows is seen."""
        self.effects = Effects()
        return self

    def alerts(self) -> list[str]:
        """Every alert so far as ``STATE;TYPE;attempt``."""
        return [f"{one.state};{one.state_type};{one.attempt}" for one in self.happened(StateChanged)]

    def told(self) -> list[str]:
        """Every message so far as ``contact KIND STATE``."""
        return [f"{one.contact} {one.kind} {one.state}" for one in self.happened(NotificationQueued)]

    def reasons(self) -> list[str]:
        """Every reason kept so far for not telling."""
        return [one.reason for one in self.happened(NotificationSuppressed)]
