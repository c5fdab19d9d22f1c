"""Look-ups over a model that follow references: who lives where, who is whose child, who is told.

Built once per configuration; never changed afterwards.
"""

from atalaia.core.objects import Checkable, Contact, Host, Model, ObjectKey, Service


class Topology:
    """The model's references, resolved in both directions."""

    def __init__(self, model: Model) -> None:
        self.model = model
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
        self._contacts: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Contact, ...]] = {}

    def contacts_of(self, checkable: Checkable) -> tuple[Contact, ...]:
        """Everybody named by the object's contacts and contact groups, each once.

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
