"""Who belongs to which contact group and host group.

Here: `members`, `*_members`, and the groups that contacts and hosts name themselves; nesting of groups.
Not here: service groups (service_groups), since services must have been given to hosts first.

Orders follow Nagios' lists, so that what is written out equals what Nagios writes.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from atalaia.config.inherit import Resolved
from atalaia.config.names import Matching, NameSpace, Picked, pick, unknown_name
from atalaia.config.problems import Problems

Member = TypeVar("Member", bound=Hashable)


@dataclass(slots=True)
class Gathering(Generic[Member]):
    """One group while its members are gathered: in the order in which they join."""

    resolved: Resolved
    members: dict[Member, None] = field(default_factory=dict)
    rejected: set[Member] = field(default_factory=set)
    inner: dict[str, None] = field(default_factory=dict)
    """Groups whose members join too."""

    def join(self, member: Member) -> None:
        """Add a member unless the group excludes it."""
        if member not in self.rejected:
            self.members.setdefault(member)


def index(objects: list[Resolved]) -> dict[str, Resolved]:
    """Return the objects that have a name of their own, by name, in the order of reading."""
    return {resolved.key: resolved for resolved in reversed(objects) if resolved.key is not None}


def name_space(kind: str, objects: list[Resolved], *, sticky: bool = False, strict: bool = False) -> NameSpace:
    """Return the names of `objects` as something that lists can pick from."""
    known = index(objects)
    listed = [resolved.key for resolved in reversed(objects) if resolved.key is not None]
    return NameSpace(
        kind, frozenset(known), listed, lambda name: known[name].definition.register, sticky, strict
    )


def gather_contact_groups(
    groups: list[Resolved], contacts: list[Resolved], matching: Matching, problems: Problems
) -> dict[str, dict[str, None]]:
    """Return the members of each contact group in the order in which Nagios adds them."""
    people = name_space("contact", contacts, sticky=True, strict=True)
    gathered = _start(groups, "contactgroup", problems)
    for gathering in _newest_first(gathered):
        _direct_members(gathering, people, matching, problems, empty_is_wrong=False)
    _joining(gathered, contacts, "contactgroup", "contact_groups", groups, matching, problems)
    nest(gathered, "contactgroup", problems)
    return {name: gathering.members for name, gathering in gathered.items()}


def gather_host_groups(
    groups: list[Resolved], hosts: list[Resolved], matching: Matching, problems: Problems
) -> dict[str, dict[str, None]]:
    """Return the members of each host group in the order in which Nagios adds them."""
    machines = name_space("host", hosts, sticky=True, strict=True)
    gathered = _start(groups, "hostgroup", problems)
    for gathering in _newest_first(gathered):
        _direct_members(gathering, machines, matching, problems, empty_is_wrong=True)
    registered = [host for host in hosts if host.definition.register]
    _joining(gathered, registered, "hostgroup", "hostgroups", groups, matching, problems)
    nest(gathered, "hostgroup", problems)
    return {name: gathering.members for name, gathering in gathered.items()}


def _newest_first(gathered: Mapping[str, Gathering[Member]]) -> list[Gathering[Member]]:
    return list(gathered.values())[::-1]


def _start(groups: list[Resolved], kind: str, problems: Problems) -> dict[str, Gathering[str]]:
    return start_gathering(groups, kind, problems)


def start_gathering(groups: list[Resolved], kind: str, problems: Problems) -> dict[str, Gathering[Member]]:
    """Return an empty gathering for each group, with the groups it includes looked up.

    Templates without a name of their own are gathered under a name that cannot be written: as in Nagios, what
    they name must exist as well.
    """
    known = {group.key: group for group in groups if group.key is not None}
    gathered: dict[str, Gathering[Member]] = {}
    for number, resolved in enumerate(groups):
        name = resolved.key if resolved.key is not None else f"\0{number}"
        if known.get(name, resolved) is not resolved:
            continue  # defined twice, which has been told
        gathering: Gathering[Member] = Gathering(resolved)
        gathered[name] = gathering
        inner = resolved.text(f"{kind}_members")
        if inner is None:
            continue
        for written in inner.split(","):
            wanted = written.strip(" \t\r\n")
            if wanted in known:
                gathering.inner.setdefault(wanted)
            else:
                place = resolved.definition.place_of(f"{kind}_members")
                unknown_name(kind, wanted, known, problems, place)
    return gathered


def _direct_members(
    gathering: Gathering[str],
    space: NameSpace,
    matching: Matching,
    problems: Problems,
    *,
    empty_is_wrong: bool,
) -> None:
    text = gathering.resolved.text("members")
    if text is None:
        return
    place = gathering.resolved.definition.place_of("members")
    picked = pick(text, space, matching, problems, place)
    if empty_is_wrong and not (picked.failed or picked.accepted or picked.rejected):
        problems.error(
            place, f"`{f'members {text}'.strip()}` names no {space.kind}; leave the line out for an empty group"
        )
    gathering.rejected.update(picked.rejected)
    for name in reversed(picked.accepted):
        gathering.join(name)


def _joining(
    gathered: Mapping[str, Gathering[str]],
    members: list[Resolved],
    kind: str,
    directive: str,
    groups: list[Resolved],
    matching: Matching,
    problems: Problems,
) -> None:
    """Let contacts or hosts join the groups that they name themselves."""
    space = name_space(kind, groups)
    remembered: dict[str, Picked] = {}
    for resolved in reversed(members):
        text = resolved.text(directive)
        if text is None or resolved.key is None:
            continue
        picked = named_groups(resolved, text, directive, space, remembered, matching, problems)
        for name in picked.accepted:
            if name not in picked.rejected:
                gathered[name].join(resolved.key)


def named_groups(
    resolved: Resolved,
    text: str,
    directive: str,
    space: NameSpace,
    remembered: dict[str, Picked],
    matching: Matching,
    problems: Problems,
) -> Picked:
    """Return the groups that a list in an object names; a list that comes to nothing is an error (Nagios)."""
    picked = remembered.get(text)
    place = resolved.definition.place_of(directive)
    if picked is None or picked.failed:
        picked = pick(text, space, matching, problems, place)
        remembered[text] = picked
    if not picked.failed and not any(name not in picked.rejected for name in picked.accepted):
        problems.error(
            place,
            f"`{f'{directive} {text}'.strip()}` comes to no group at all; leave the line out or write `null`",
            same=("no group", directive, text),
        )
    return picked


def nest(gathered: Mapping[str, Gathering[Member]], kind: str, problems: Problems) -> None:
    """Add the members of included groups, innermost first; circles are errors."""
    done: set[str] = set()
    for start in gathered:
        path: dict[str, list[str]] = {}
        if start not in done:
            path[start] = list(gathered[start].inner)
        while path:
            name, waiting = next(reversed(path.items()))
            if waiting:
                _descend(name, waiting.pop(), gathered, done, path, kind, problems)
                continue
            path.popitem()
            done.add(name)
            for inner in reversed(gathered[name].inner):
                for member in reversed(gathered[inner].members):
                    gathered[name].join(member)


def _descend(
    outer: str,
    inner: str,
    gathered: Mapping[str, Gathering[Member]],
    done: set[str],
    path: dict[str, list[str]],
    kind: str,
    problems: Problems,
) -> None:
    if inner in path:
        problems.error(
            gathered[outer].resolved.definition.place_of(f"{kind}_members"),
            f"{kind}s `{outer}` and `{inner}` include each other in a circle",
            same=("group circle", kind, frozenset(path)),
        )
    elif inner not in done:
        path[inner] = list(gathered[inner].inner)


def memberships(
    groups: Mapping[str, Mapping[Member, None]], wanted: Callable[[str], bool]
) -> dict[Member, list[str]]:
    """Return the groups of each member, sorted by name."""
    found: dict[Member, list[str]] = {}
    for name in sorted(filter(wanted, groups)):
        for member in groups[name]:
            found.setdefault(member, []).append(name)
    return found
