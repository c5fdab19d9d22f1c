"""Dependencies and escalations: one object per pair of hosts or services, one per host or service.

Here: which objects they tie together, what an escalation takes over from its host or service, the order.
Not here: whether dependencies form circles (cycles).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from atalaia.config.expand_services import HostLists
from atalaia.config.extinfo import pick_hosts
from atalaia.config.inherit import Resolved
from atalaia.config.problems import Overlooked, Problems
from atalaia.config.service_lists import PickedServices, ServiceLists
from atalaia.config.values import HOST_ESCALATIONS, SERVICE_ESCALATIONS
from atalaia.core.objects import Escalation, HostDependency, ObjectKey, ServiceDependency

Reach = Callable[[str, Resolved, str], str]
"""(period name, who names it, directive) → the name; a period that does not exist is noted."""

_KINDS = ("notification", "execution")


@dataclass(frozen=True, slots=True)
class Heir:
    """What an escalation may take over from its host or service."""

    contacts: str | None
    contact_groups: str | None
    notification_interval: float | None
    notification_period: str | None


@dataclass(frozen=True, slots=True)
class Linker:
    """Builds the objects that tie others together."""

    lists: HostLists
    services: ServiceLists
    problems: Problems
    period: Reach
    names: Callable[[str, str, Resolved, str], tuple[str, ...]]
    """(type, list text, who names it, directive) → the names in Nagios' order."""

    # -- dependencies ------------------------------------------------------------------------------------

    def host_dependencies(self, objects: list[Resolved]) -> tuple[HostDependency, ...]:
        """Return the host dependencies in the order in which Nagios writes them."""
        found: dict[tuple[str, str], list[HostDependency]] = {}
        for resolved in reversed(objects):
            if all(resolved.get(name) is None for name in _HOST_SIDES):
                continue
            masters = self._side(resolved, "")
            dependents = self._side(resolved, "dependent_")
            if not resolved.definition.register:
                continue
            for master in masters:
                for dependent in dependents:
                    for kind in reversed(_KINDS):
                        made = self._host_dependency(resolved, master, dependent, kind)
                        _keep(found.setdefault((dependent, kind), []), made)
        return _in_order(found, lambda made: (made.host_name, made.dependent_host_name))

    def _side(self, resolved: Resolved, prefix: str) -> list[str]:
        """Return the hosts of one side.

        Where empty host groups are allowed, Nagios overlooks hosts that do not exist and leaves the
        dependency out.
        """
        if self.lists.allow_empty:
            forgiving = replace(self.lists, problems=Overlooked(self.problems))
            return pick_hosts(resolved, forgiving, prefix) or []
        hosts = pick_hosts(resolved, self.lists, prefix)
        if hosts == [] and not resolved.damaged:
            side = "dependent" if prefix else "master"
            self.problems.error(resolved.definition.place, f"the host dependency comes to no {side} host")
        return hosts or []

    def _host_dependency(
        self, resolved: Resolved, master: str, dependent: str, kind: str
    ) -> HostDependency | None:
        options = resolved.get(f"{kind}_failure_options")
        if options is None:
            return None
        return HostDependency(
            host_name=master,
            dependent_host_name=dependent,
            dependency_period=self.period_of(resolved, "dependency_period"),
            inherits_parent=bool(resolved.get("inherits_parent")),
            **{f"{kind}_failure_options": options or "n"},
        )

    def period_of(self, resolved: Resolved, directive: str) -> str | None:
        """Return the period that an object names; one that does not exist is noted."""
        name = resolved.get(directive)
        return None if name is None else self.period(name, resolved, directive)

    def service_dependencies(self, objects: list[Resolved]) -> tuple[ServiceDependency, ...]:
        """Return the service dependencies in the order in which Nagios writes them."""
        found: dict[tuple[ObjectKey, str], list[ServiceDependency]] = {}
        for resolved in reversed(objects):
            if not resolved.definition.register:
                continue
            pairs = self._service_pairs(resolved)
            if pairs is None:
                continue
            if not any(f"{kind}_failure_options" in resolved for kind in _KINDS):
                self.problems.warning(
                    resolved.definition.place,
                    "service dependency without failure options is ignored; "
                    "add execution_failure_options or notification_failure_options",
                )
                continue
            for master, dependent in pairs:
                for kind in reversed(_KINDS):
                    made = self._service_dependency(resolved, master, dependent, kind)
                    _keep(found.setdefault((dependent, kind), []), made)
        return _in_order(found, _service_order)

    def _service_dependency(
        self, resolved: Resolved, master: ObjectKey, dependent: ObjectKey, kind: str
    ) -> ServiceDependency | None:
        if f"{kind}_failure_options" not in resolved:
            return None
        return ServiceDependency(
            host_name=master[0],
            service_description=master[1],
            dependent_host_name=dependent[0],
            dependent_service_description=dependent[1],
            dependency_period=self.period_of(resolved, "dependency_period"),
            inherits_parent=bool(resolved.get("inherits_parent")),
            **{f"{kind}_failure_options": resolved.get(f"{kind}_failure_options") or "n"},
        )

    def _service_pairs(self, resolved: Resolved) -> list[tuple[ObjectKey, ObjectKey]] | None:
        """Return (master, dependent) pairs; None after an error."""
        masters_given = any(resolved.text(name) is not None for name in _SERVICE_SIDE)
        dependents_given = any(resolved.text(f"dependent_{name}") is not None for name in _SERVICE_SIDE)
        dependent_description = resolved.text("dependent_service_description")
        if not dependents_given and (not masters_given or dependent_description is None):
            if not resolved.damaged:
                self.problems.error(
                    resolved.definition.place,
                    "impossible service dependency: name the hosts of the master or of the dependent side, "
                    "and a dependent_service_description",
                )
            return None
        if not masters_given:
            dependents = self.services.pick(resolved, "dependent_")
            return None if dependents is None else self._masters_on_same_host(resolved, dependents)
        masters = self.services.pick(resolved)
        if dependents_given:
            dependents = self.services.pick(resolved, "dependent_")
            if masters is None or dependents is None:
                return None
            return [(master, dependent) for master in masters for dependent in dependents]
        if masters is None:
            return None
        return self._on_same_host(resolved, masters, "dependent_service_description")

    def _on_same_host(
        self, resolved: Resolved, services: list[ObjectKey], directive: str
    ) -> list[tuple[ObjectKey, ObjectKey]] | None:
        text = resolved.text(directive)
        if text is None:
            return []
        pairs: list[tuple[ObjectKey, ObjectKey]] = []
        failed = False
        for service in services:
            picked = PickedServices()
            self.services.pick_on_host(service[0], text, resolved.definition.place_of(directive), picked)
            failed = failed or picked.failed
            pairs += [(service, x) for x in reversed(picked.accepted) if x not in picked.rejected]
        return None if failed else pairs

    def _masters_on_same_host(
        self, resolved: Resolved, dependents: list[ObjectKey]
    ) -> list[tuple[ObjectKey, ObjectKey]] | None:
        pairs = self._on_same_host(resolved, dependents, "service_description")
        if pairs is None:
            return None
        made: list[tuple[ObjectKey, ObjectKey]] = []
        last: tuple[ObjectKey, ObjectKey] | None = None
        for dependent, master in pairs:
            # Nagios' slip: with several masters each further one is tied to the master before it instead of
            # to the dependent service
            if last is not None and last[0] == dependent:
                made.append((master, made[-1][0]))
                self.problems.warning(
                    resolved.definition.place,
                    "with several master services on the same host Nagios makes each depend on the one before "
                    "it, and so do we; give host_name as well to make all of them masters",
                )
            else:
                made.append((master, dependent))
            last = (dependent, master)
        return made

    # -- escalations -------------------------------------------------------------------------------------

    def host_escalations(
        self, objects: list[Resolved], heirs: Callable[[str], Heir | None]
    ) -> tuple[Escalation, ...]:
        """Return the host escalations in the order in which Nagios writes them."""
        placed: list[tuple[Resolved, list[str]]] = []
        for resolved in reversed(objects):
            if resolved.get("host_name") is None and resolved.get("hostgroup_name") is None:
                if resolved.definition.register and not resolved.damaged:
                    self.problems.error(resolved.definition.place, "hostescalation without host_name")
                continue
            hosts = pick_hosts(resolved, self.lists)
            if hosts == []:
                self.problems.error(resolved.definition.place, "the host escalation comes to no host")
            placed.append((resolved, hosts or []))
        made = [
            self._escalation(resolved, (host, ""), heirs(host))
            for resolved, host in _listed(placed)
            if resolved.definition.register
        ]
        return tuple(sorted(made, key=lambda escalation: escalation.host_name))

    def service_escalations(
        self, objects: list[Resolved], heirs: Callable[[ObjectKey], Heir | None]
    ) -> tuple[Escalation, ...]:
        """Return the service escalations in the order in which Nagios writes them."""
        placed: list[tuple[Resolved, list[ObjectKey]]] = []
        for resolved in reversed(objects):
            if not resolved.definition.register:
                continue
            services = self.services.pick(resolved)
            if services == [] and not resolved.damaged:
                self.problems.error(resolved.definition.place, "the service escalation comes to no service")
            placed.append((resolved, services or []))
        made = [self._escalation(resolved, key, heirs(key)) for resolved, key in _listed(placed)]
        return tuple(sorted(made, key=lambda made: (made.host_name, made.service_description)))

    def _escalation(self, resolved: Resolved, key: ObjectKey, heir: Heir | None) -> Escalation:
        contacts, groups = _escalation_lists(resolved, heir)
        interval = resolved.get("notification_interval")
        if interval is None:
            interval = (heir.notification_interval if heir else None) or 0.0
        period = self.period_of(resolved, "escalation_period")
        if "escalation_period" not in resolved and heir is not None:
            period = heir.notification_period
        everything = (SERVICE_ESCALATIONS if key[1] else HOST_ESCALATIONS).everything
        first, last = resolved.get("first_notification"), resolved.get("last_notification")
        options = resolved.get("escalation_options")
        return Escalation(
            host_name=key[0],
            service_description=key[1],
            first_notification=-2 if first is None else first,
            last_notification=-2 if last is None else last,
            notification_interval=max(interval, 0.0),
            escalation_period=period,
            escalation_options=everything if options is None else options,
            contacts=self.names("contact", contacts, resolved, "contacts") if contacts is not None else (),
            contact_groups=(
                self.names("contactgroup", groups, resolved, "contact_groups") if groups is not None else ()
            ),
        )


_SERVICE_SIDE = ("host_name", "hostgroup_name", "servicegroup_name")
_HOST_SIDES = ("host_name", "hostgroup_name", "dependent_host_name", "dependent_hostgroup_name")


def _service_order(made: ServiceDependency) -> tuple[str, ...]:
    return (
        made.host_name, made.service_description, made.dependent_host_name, made.dependent_service_description
    )  # fmt: skip


def _keep(made: list[Any], new: Any) -> None:
    """Add a dependency; equal ones without a period are kept once (Nagios)."""
    if new is not None and not (new.dependency_period is None and new in made):
        made.append(new)


def _in_order(found: Mapping[tuple[Any, str], list[Any]], order: Callable[[Any], Any]) -> tuple[Any, ...]:
    """Notification before execution dependencies, the last defined first, sorted by master and dependent."""
    sequence: list[Any] = []
    for kind in _KINDS:
        for (_, made_kind), made in found.items():
            if made_kind == kind:
                sequence += reversed(made)
    return tuple(sorted(sequence, key=order))


def _listed(placed: Iterable[tuple[Resolved, list[Any]]]) -> list[tuple[Resolved, Any]]:
    """Return the order of Nagios' list: copies made last come first, then the originals."""
    copies: list[tuple[Resolved, Any]] = []
    originals: list[tuple[Resolved, Any]] = []
    for resolved, keys in placed:
        copies += [(resolved, key) for key in keys[:-1]]
        originals += [(resolved, key) for key in keys[-1:]]
    return copies[::-1] + originals


def _escalation_lists(resolved: Resolved, heir: Heir | None) -> tuple[str | None, str | None]:
    contacts, groups = resolved.get("contacts"), resolved.get("contact_groups")
    if heir is None:
        return resolved.text("contacts"), resolved.text("contact_groups")
    if contacts is not None and contacts[:1] == "+" and heir.contacts is not None:
        contacts = f"{heir.contacts},{contacts[1:]}"
    if groups is not None and groups[:1] == "+" and heir.contact_groups is not None:
        groups = f"{heir.contact_groups},{groups[1:]}"
    if "contacts" not in resolved and "contact_groups" not in resolved:
        contacts, groups = heir.contacts, heir.contact_groups
    return (
        contacts[1:] if contacts is not None and contacts[:1] == "+" else contacts,
        groups[1:] if groups is not None and groups[:1] == "+" else groups,
    )
