"""Lists of services: host and description lists, pairs, service groups.

Here: what escalations, dependencies, service groups and service parents name. Not here: what they do with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from atalaia.config.expand_services import Expansion, HostLists
from atalaia.config.inherit import Resolved
from atalaia.config.names import NameSpace, compile_posix, pick
from atalaia.config.problems import Place, did_you_mean
from atalaia.core.objects import ObjectKey


@dataclass(slots=True)
class PickedServices:
    """Services accepted and rejected by a list, in the order in which it brings them up."""

    accepted: dict[ObjectKey, None] = field(default_factory=dict)
    rejected: dict[ObjectKey, None] = field(default_factory=dict)
    failed: bool = False


class ServiceLists:
    """Looks up services for lists."""

    def __init__(self, expansion: Expansion, lists: HostLists) -> None:
        self._services = expansion.services
        self._lists = lists
        self._by_host: dict[str, list[str]] = {}
        self.group_names: NameSpace | None = None
        self.group_members: Mapping[str, dict[ObjectKey, None]] = {}

    def on_host(self, host: str) -> list[str]:
        """Return the descriptions of a host's services in the order of Nagios' list."""
        if not self._by_host:
            for placed in sorted(self._services.values(), key=lambda placed: placed.rank[1:]):
                self._by_host.setdefault(placed.host, []).append(placed.description)
        return self._by_host.get(host, [])

    def pick_pairs(self, text: str, place: Place) -> PickedServices:
        """Return the services that ``host,description,host,description`` names."""
        picked = PickedServices()
        parts = text.split(",")
        if len(parts) % 2:
            picked.failed = True
            self._lists.problems.error(
                place, f"`{text}` must be pairs `host,service,host,service`; one of them lacks its other half"
            )
            return picked
        for host, descriptions in zip(parts[::2], parts[1::2], strict=True):
            self.pick_on_host(host.strip(" \t\r\n"), descriptions, place, picked)
        return picked

    def pick_on_host(self, host: str, text: str, place: Place, picked: PickedServices) -> None:
        """Add the services on `host` that a list of descriptions names."""
        for token in text.split(","):
            written = token.strip(" \t\r\n")
            if not token:
                continue
            if self._lists.matching.is_regexp(host) or self._lists.matching.is_regexp(written):
                self._pick_regexp(host, written, place, picked)
            elif written == "*":
                picked.accepted.update(dict.fromkeys((host, name) for name in self.on_host(host)))
            elif written.startswith("!"):
                if (host, written[1:]) in self._services:
                    picked.rejected[host, written[1:]] = None
            elif (host, written) in self._services:
                picked.accepted[host, written] = None
            else:
                picked.failed = True
                self._unknown(host, written, place)

    def _pick_regexp(self, host: str, written: str, place: Place, picked: PickedServices) -> None:
        matching = self._lists.matching
        host_pattern = compile_posix(host) if matching.is_regexp(host) else None
        name_pattern = compile_posix(written) if matching.is_regexp(written) else None
        found = False
        if (host_pattern is None) == matching.is_regexp(host) or (
            (name_pattern is None) == matching.is_regexp(written)
        ):
            self._lists.problems.error(place, f"`{host},{written}` holds an invalid regular expression")
            picked.failed = True
            return
        for key in sorted(self._services, key=lambda key: self._services[key].rank[1:]):
            same_host = host_pattern.search(key[0]) if host_pattern else key[0] == host
            same_name = name_pattern.search(key[1]) if name_pattern else key[1] == written
            if same_host and same_name:
                found = True
                picked.accepted[key] = None
        if not found:
            picked.failed = True
            self._lists.problems.error(place, f"no service matches host `{host}` and description `{written}`")

    def _unknown(self, host: str, description: str, place: Place) -> None:
        hosts = self._lists.hosts.known

        def message() -> str:
            if host not in hosts:
                hint = f": there is no host `{host}`{did_you_mean(host, hosts)}"
            else:
                hint = did_you_mean(description, self.on_host(host))
            return f"service `{description}` on host `{host}` is not defined anywhere{hint}"

        self._lists.problems.error(place, message, same=("unknown service", host, description))

    def pick(self, resolved: Resolved, prefix: str = "") -> list[ObjectKey] | None:
        """Return the services that the host, host group, service group and description lists of an object name.

        The order is that of Nagios' list. None after an error.
        """
        host = resolved.text(f"{prefix}host_name")
        host_group = resolved.text(f"{prefix}hostgroup_name")
        service_group = resolved.text(f"{prefix}servicegroup_name")
        description = resolved.text(f"{prefix}service_description")
        found: dict[ObjectKey, None] = {}
        rejected: dict[ObjectKey, None] = {}
        if not self._complete(resolved, prefix, has_hosts=host is not None or host_group is not None):
            return None
        if service_group is not None and not self._from_groups(
            resolved, prefix, service_group, found, rejected
        ):
            return None
        hosts = self._hosts(resolved, prefix, host, host_group)
        if hosts is None:
            return None
        place = resolved.definition.place_of(f"{prefix}service_description")
        failed = False
        for name in hosts:
            picked = PickedServices(rejected=rejected)
            self.pick_on_host(name, description or "", place, picked)
            failed = failed or picked.failed
            for key in reversed(picked.accepted):
                if key not in rejected:
                    found.setdefault(key)
        return None if failed else list(reversed(found))

    def _complete(self, resolved: Resolved, prefix: str, *, has_hosts: bool) -> bool:
        if (resolved.text(f"{prefix}service_description") is not None) == has_hosts:
            return True
        kind = resolved.definition.kind.name
        missing = "service_description" if has_hosts else "host_name"
        if not resolved.damaged:
            self._lists.problems.error(
                resolved.definition.place, f"{kind} lacks `{prefix}{missing}` beside the other half of the name"
            )
        return False

    def _from_groups(
        self,
        resolved: Resolved,
        prefix: str,
        text: str,
        found: dict[ObjectKey, None],
        rejected: dict[ObjectKey, None],
    ) -> bool:
        assert self.group_names is not None
        lists = self._lists
        place = resolved.definition.place_of(f"{prefix}servicegroup_name")
        picked = pick(text, self.group_names, lists.matching, lists.problems, place)
        if picked.failed:
            return False
        for group in picked.rejected:
            rejected.update(self.group_members[group])
        for group in reversed(picked.accepted):
            for key in reversed(self.group_members[group]):
                if key not in rejected:
                    found.setdefault(key)
        return True

    def _hosts(
        self, resolved: Resolved, prefix: str, host: str | None, host_group: str | None
    ) -> list[str] | None:
        lists = self._lists
        found: list[str] = []
        rejected: set[str] = set()
        failed = False
        if host is not None:
            picked = lists.pick_hosts(host, resolved, f"{prefix}host_name")
            failed, rejected = picked.failed, set(picked.rejected)
            found += reversed(picked.accepted)
        if host_group is not None:
            groups = lists.pick_groups(host_group, resolved, f"{prefix}hostgroup_name")
            failed = failed or groups.failed
            rejected |= lists.members_of(groups.rejected)
            for group in reversed(groups.accepted):
                found += reversed(lists.members[group])
        return None if failed else [name for name in found if name not in rejected]
