"""Look-ups over a model that follow references: who lives where, who is whose child, who is told.

The model here is the one in force: the configuration with the changes that people made while running. An object
is replaced as a whole (`put`), so that everybody who looks it up sees the change.
"""

import msgspec

from atalaia.core.objects import (
    Checkable,
    Contact,
    Escalation,
    Host,
    MainSettings,
    Model,
    ObjectKey,
    Service,
)


class Topology:
    """The model's references, resolved in both directions.

    Args:
        configured: what the files say; it is left as it is.
    """

    def __init__(self, configured: Model) -> None:
        self.model = msgspec.structs.replace(
            configured,
            hosts=dict(configured.hosts),
            services=dict(configured.services),
            contacts=dict(configured.contacts),
        )
        model = self.model
        self.checkables: dict[ObjectKey, Host | Service] = {}
        self.services_of: dict[str, list[Service]] = {name: [] for name in model.hosts}
        self.children_of: dict[str, list[str]] = {name: [] for name in model.hosts}
        for host in model.hosts.values():
            self.checkables[host.key] = host
            for parent in host.parents:
                self.children_of[parent].append(host.host_name)
        for service in model.services.values():
            self.checkables[service.key] = service
            self.services_of[service.host_name].append(service)
        self._escalations: dict[ObjectKey, list[Escalation]] = {}
        for one in (*model.host_escalations, *model.service_escalations):
            self._escalations.setdefault((one.host_name, one.service_description), []).append(one)
        self._contacts: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Contact, ...]] = {}

    def put(self, changed: Host | Service | Contact) -> None:
        """Puts a changed object in the place of the one with the same name."""
        if isinstance(changed, Contact):
            self.model.contacts[changed.contact_name] = changed
            self._contacts.clear()
            return
        self.checkables[changed.key] = changed
        if isinstance(changed, Host):
            self.model.hosts[changed.host_name] = changed
        else:
            self.model.services[changed.key] = changed
            siblings = self.services_of[changed.host_name]
            place = next(at for at, one in enumerate(siblings) if one.key == changed.key)
            siblings[place] = changed

    def put_settings(self, settings: MainSettings) -> None:
        """Puts changed program-wide settings in force."""
        self.model = msgspec.structs.replace(self.model, settings=settings)

    def escalations_of(self, key: ObjectKey) -> list[Escalation]:
        """An object's escalations, in the order of their definition."""
        return self._escalations.get(key, [])

    def contacts_of(self, checkable: Checkable | Escalation) -> tuple[Contact, ...]:
        """Everybody named by the contacts and contact groups of an object or an escalation, each once.

        In the order in which Nagios tells them: the last of the lists first (it keeps lists of contacts in
        the reverse order of their definition, so that single contacts come out as they were written).
        """
        lists = (checkable.contacts, checkable.contact_groups)
        found = self._contacts.get(lists)
        if found is None:
            names = dict.fromkeys(checkable.contacts)
            for group in checkable.contact_groups:
                names.update(dict.fromkeys(self.model.contact_groups[group].members))
            found = tuple(self.model.contacts[name] for name in reversed(names))
            self._contacts[lists] = found
        return found
