"""The deprecated hostextinfo and serviceextinfo objects: they fill what a host or service leaves empty.

Here: who gets what. Not here: hosts and services themselves.
"""

from typing import Any, TypeVar

from atalaia.config.expand_services import HostLists
from atalaia.config.inherit import Resolved
from atalaia.config.problems import Problems
from atalaia.config.service_lists import ServiceLists
from atalaia.core.objects import ObjectKey

_SERVICE_FIELDS = ("notes", "notes_url", "action_url", "icon_image", "icon_image_alt")
_HOST_FIELDS = (*_SERVICE_FIELDS, "vrml_image", "statusmap_image", "2d_coords", "3d_coords")

Key = TypeVar("Key")
Fillings = dict[Key, dict[str, Any]]


def host_fillings(objects: list[Resolved], lists: HostLists, problems: Problems) -> Fillings[str]:
    """Return what hostextinfo objects offer to each host."""
    found: Fillings[str] = {}
    for resolved in reversed(objects):
        if resolved.get("host_name") is None and resolved.get("hostgroup_name") is None:
            continue
        hosts = pick_hosts(resolved, lists)
        if hosts == []:
            problems.error(resolved.definition.place, "hostextinfo comes to no host")
        for host in hosts or ():
            _offer(found.setdefault(host, {}), resolved, _HOST_FIELDS)
    return found


def service_fillings(objects: list[Resolved], lists: ServiceLists) -> Fillings[ObjectKey]:
    """Return what serviceextinfo objects offer to each service."""
    found: Fillings[ObjectKey] = {}
    for resolved in reversed(objects):
        if resolved.get("service_description") is None:
            continue
        if resolved.get("host_name") is None and resolved.get("hostgroup_name") is None:
            continue
        for key in lists.pick(resolved) or ():
            _offer(found.setdefault(key, {}), resolved, _SERVICE_FIELDS)
    return found


def _offer(into: dict[str, Any], resolved: Resolved, fields: tuple[str, ...]) -> None:
    for name in fields:
        value = resolved.get(name)
        if value is not None:
            into.setdefault(name, value)


def pick_hosts(resolved: Resolved, lists: HostLists, prefix: str = "") -> list[str] | None:
    """Return the hosts that the host and host group lists of an object name, in the order of Nagios' list.

    None after an error.
    """
    found: dict[str, None] = {}
    rejected: set[str] = set()
    failed = False
    hosts, groups = resolved.text(f"{prefix}host_name"), resolved.text(f"{prefix}hostgroup_name")
    if hosts is not None:
        picked = lists.pick_hosts(hosts, resolved, f"{prefix}host_name")
        failed, rejected = picked.failed, set(picked.rejected)
        found.update(picked.accepted)
    if groups is not None:
        picked_groups = lists.pick_groups(groups, resolved, f"{prefix}hostgroup_name")
        failed = failed or picked_groups.failed
        rejected |= lists.members_of(picked_groups.rejected)
        for group in reversed(picked_groups.accepted):
            for host in reversed(lists.members[group]):
                if host not in rejected:
                    found.setdefault(host)
    return None if failed else list(reversed(found))
