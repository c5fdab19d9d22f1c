"""One service per host: what `host_name` and `hostgroup_name` of a service definition come to.

Here: exclusions, services defined twice. Not here: what a host hands down to its services (build).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from atalaia.config.definitions import Definition
from atalaia.config.inherit import Resolved, Resolver
from atalaia.config.names import Matching, NameSpace, Picked, pick
from atalaia.config.problems import Problems
from atalaia.core.objects import ObjectKey


class Rank(NamedTuple):
    """Where Nagios' list has a service; of two with the same name the lower rank stays.

    Services from host names come before services from host groups; copies before originals, the copy made
    last and the original defined last first. (Nagios takes the last host of a list for the original, even
    when it comes from a host group.)
    """

    from_group: bool
    original: bool
    order: int


class Placed(NamedTuple):
    """A service definition on one host."""

    host: str
    description: str
    resolved: Resolved
    rank: Rank

    @property
    def key(self) -> ObjectKey:
        """The name of the service."""
        return (self.host, self.description)


@dataclass(frozen=True, slots=True)
class HostLists:
    """What lists of hosts and host groups are matched against."""

    hosts: NameSpace
    groups: NameSpace
    members: Mapping[str, dict[str, None]]
    matching: Matching
    problems: Problems
    allow_empty: bool
    """False: a list that comes to nothing is an error."""
    warn_empty: bool

    def pick_hosts(self, text: str, resolved: Resolved, directive: str = "host_name") -> Picked:
        """Return the hosts a list accepts and rejects."""
        place = resolved.definition.place_of(directive)
        return pick(text, self.hosts, self.matching, self.problems, place)

    def pick_groups(self, text: str, resolved: Resolved, directive: str = "hostgroup_name") -> Picked:
        """Return the host groups a list accepts and rejects."""
        place = resolved.definition.place_of(directive)
        return pick(text, self.groups, self.matching, self.problems, place)

    def members_of(self, groups: Mapping[str, None]) -> set[str]:
        """Return all hosts of some groups."""
        return {host for group in groups for host in self.members[group]}


@dataclass(slots=True)
class Expansion:
    """All services, each with its host, and those that lost against one of the same name."""

    services: dict[ObjectKey, Placed]
    """Sorted by host, then description."""
    losers: list[Placed]


class ServiceExpander:
    """Puts service definitions on their hosts."""

    def __init__(self, lists: HostLists, resolver: Resolver, problems: Problems) -> None:
        self._lists = lists
        self._resolver = resolver
        self._problems = problems
        self._plain = frozenset(filter(lists.hosts.registered, lists.hosts.listed))
        if lists.matching.use_regexp:
            self._plain = frozenset[str]()
        self._plain -= {"*"}
        self._copies = 0

    def expand(self, newest_first: list[Definition]) -> Expansion:
        """Return every service of the configuration."""
        chosen: dict[ObjectKey, Placed] = {}
        losers: list[Placed] = []
        for order, definition in enumerate(newest_first):
            if not definition.register:
                resolved = self._resolver.resolve(definition)  # for the complaints alone
                continue
            resolved = self._resolver.resolve(definition)
            for placed in self._places(resolved, order):
                key = (placed.host, placed.description)
                rival = chosen.setdefault(key, placed)
                if rival is not placed:
                    losers.append(self._duel(chosen, key, rival, placed))
        for loser in losers:
            self._warn_twice(loser, chosen[loser.key])
        return Expansion(dict(sorted(chosen.items())), losers)

    def _duel(self, chosen: dict[ObjectKey, Placed], key: ObjectKey, rival: Placed, placed: Placed) -> Placed:
        if placed.rank < rival.rank:
            chosen[key] = placed
            return rival
        return placed

    def _warn_twice(self, loser: Placed, winner: Placed) -> None:
        definition = loser.resolved.definition
        if definition is winner.resolved.definition:
            return
        self._problems.warning(
            definition.place,
            f"service `{loser.description}` on host `{loser.host}` is defined twice; "
            f"the one at {winner.resolved.definition.place} counts",
            same=("twice", definition, winner.resolved.definition),
        )

    def _places(self, resolved: Resolved, order: int) -> Iterator[Placed]:
        description = resolved.get("service_description")
        hosts, groups = resolved.text("host_name"), resolved.text("hostgroup_name")
        if description is None or (hosts is None and groups is None):
            self._incomplete(resolved, description)
            return
        if groups is None and hosts in self._plain:
            yield Placed(hosts, description, resolved, Rank(False, True, order))
            return
        yield from self._places_of_lists(resolved, order, description, hosts, groups)

    def _incomplete(self, resolved: Resolved, description: str | None) -> None:
        definition = resolved.definition
        if resolved.damaged:
            return
        missing = "`service_description`" if description is None else "`host_name` or `hostgroup_name`"
        hint = "; a template needs `register 0`" if definition.template is not None else ""
        self._problems.error(definition.place, f"service without {missing}{hint}")

    def _places_of_lists(
        self, resolved: Resolved, order: int, description: str, hosts: str | None, groups: str | None
    ) -> Iterator[Placed]:
        lists = self._lists
        rejected: set[str] = set()
        picked_groups = Picked()
        if groups is not None:
            picked_groups = lists.pick_groups(groups, resolved)
            rejected |= lists.members_of(picked_groups.rejected)
            self._complain_empty(resolved, picked_groups, rejected)
        picked_hosts = Picked()
        if hosts is not None:
            picked_hosts = lists.pick_hosts(hosts, resolved)
            rejected |= picked_hosts.rejected.keys()
        sources = [(False, list(reversed(picked_hosts.accepted)))]
        sources += [(True, list(reversed(lists.members[g]))) for g in reversed(picked_groups.accepted)]
        for number, (from_group, names) in enumerate(sources):
            for position, host in enumerate(names):
                if host in rejected:
                    continue
                rejected.add(host)
                if number == len(sources) - 1 and position == len(names) - 1:
                    yield Placed(host, description, resolved, Rank(False, True, order))
                else:
                    self._copies += 1
                    yield Placed(host, description, resolved, Rank(from_group, False, -self._copies))

    def _complain_empty(self, resolved: Resolved, picked: Picked, rejected: set[str]) -> None:
        lists = self._lists
        if picked.accepted or rejected or picked.failed:
            return
        place = resolved.definition.place_of("hostgroup_name")
        message = f"`hostgroup_name {resolved.text('hostgroup_name')}` comes to no host group"
        if not lists.allow_empty:
            self._problems.error(place, f"{message} (allow_empty_hostgroup_assignment=0)")
        elif lists.warn_empty:
            self._problems.warning(place, message)
