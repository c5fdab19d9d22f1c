"""Dependencies: whether an object rests, or people are not told, because of another's state (Nagios' rules).

A master fails when the letter of its state is among the failing ones of the dependency. A SOFT state counts
only with `soft_state_dependencies`; otherwise the master's last hard state does. With `inherits_parent`, the
master's own dependencies of the same kind are asked too. Outside its period a dependency ends the whole
question in favour of the object, as in Nagios. A pending master never fails.
"""

from collections.abc import Mapping
from datetime import tzinfo
from enum import Enum

from atalaia.core.instants import Instant
from atalaia.core.objects import HostDependency, ObjectKey, ServiceDependency
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.core.timeperiods import contains
from atalaia.core.topology import Topology

Dependency = HostDependency | ServiceDependency


class Question(Enum):
    """What a dependency is asked for."""

    EXECUTION = "execution_failure_options"
    """May the object be checked?"""
    NOTIFICATION = "notification_failure_options"
    """May people be told about it?"""


class Dependencies:
    """All dependencies of a model, by dependent object."""

    def __init__(self, topology: Topology, states: Mapping[ObjectKey, Runtime], tz: tzinfo) -> None:
        self._topology = topology
        model = topology.model
        self._states = states
        self._tz = tz
        self._of: dict[ObjectKey, list[tuple[ObjectKey, Dependency]]] = {}
        for one in model.host_dependencies:
            self._of.setdefault((one.dependent_host_name, ""), []).append(((one.host_name, ""), one))
        for two in model.service_dependencies:
            dependent = (two.dependent_host_name, two.dependent_service_description)
            self._of.setdefault(dependent, []).append(((two.host_name, two.service_description), two))

    def masters(self, key: ObjectKey) -> list[ObjectKey]:
        """The objects that this one depends on, each once."""
        return list(dict.fromkeys(master for master, _ in self._of.get(key, ())))

    def failing(self, key: ObjectKey, question: Question, now: Instant) -> ObjectKey | None:
        """The first master because of which the answer is no; None when nothing objects."""
        return self._failing(key, question, now, frozenset()) if key in self._of else None

    def _failing(
        self, key: ObjectKey, question: Question, now: Instant, asked: frozenset[ObjectKey]
    ) -> ObjectKey | None:
        for master, dependency in self._of.get(key, ()):
            letters: str = getattr(dependency, question.value)
            if not letters or letters == "n":
                continue
            if not contains(self._topology.model.timeperiods, dependency.dependency_period, now, self._tz):
                return None
            if self._letter(master) in letters:
                return master
            if dependency.inherits_parent and master not in asked:
                deeper = self._failing(master, question, now, asked | {key})
                if deeper is not None:
                    return deeper
        return None

    def _letter(self, master: ObjectKey) -> str:
        known = self._states[master]
        checkable = self._topology.checkables[master]
        soft_counts = self._topology.model.settings.soft_state_dependencies
        unconfirmed = known.state_type is StateType.SOFT and not soft_counts
        return checkable.state_letter(known.last_hard_state if unconfirmed else known.state)
