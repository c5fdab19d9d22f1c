"""What a reload changes: old model, new model → added, changed and removed objects.

Here: comparing. Not here: what the engine does about it.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from atalaia.core.objects import Model, ObjectKey

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Changes(Generic[Key]):
    """The names of the objects of one type that differ, in the order of the model that has them."""

    added: tuple[Key, ...] = ()
    changed: tuple[Key, ...] = ()
    removed: tuple[Key, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that differs between two models. Dependencies and escalations have no names: they differ or not."""

    hosts: Changes[str]
    services: Changes[ObjectKey]
    contacts: Changes[str]
    commands: Changes[str]
    timeperiods: Changes[str]
    host_groups: Changes[str]
    service_groups: Changes[str]
    contact_groups: Changes[str]
    settings: tuple[str, ...]
    """Names of settings whose values differ. Values are not shown: some are secrets."""
    dependencies: bool
    escalations: bool

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return any(
            (
                self.hosts, self.services, self.contacts, self.commands, self.timeperiods, self.host_groups,
                self.service_groups, self.contact_groups, self.settings, self.dependencies, self.escalations,
            )
        )  # fmt: skip


def compare(old: Model, new: Model) -> Difference:
    """Return what differs between `old` and `new`, object by object and field by field."""
    return Difference(
        hosts=_changes(old.hosts, new.hosts),
        services=_changes(old.services, new.services),
        contacts=_changes(old.contacts, new.contacts),
        commands=_changes(old.commands, new.commands),
        timeperiods=_changes(old.timeperiods, new.timeperiods),
        host_groups=_changes(old.host_groups, new.host_groups),
        service_groups=_changes(old.service_groups, new.service_groups),
        contact_groups=_changes(old.contact_groups, new.contact_groups),
        settings=tuple(
            name
            for name in new.settings.__struct_fields__
            if getattr(old.settings, name) != getattr(new.settings, name)
        ),
        dependencies=(
            old.host_dependencies != new.host_dependencies
            or old.service_dependencies != new.service_dependencies
        ),
        escalations=(
            old.host_escalations != new.host_escalations or old.service_escalations != new.service_escalations
        ),
    )


def _changes(old: Mapping[Key, object], new: Mapping[Key, object]) -> Changes[Key]:
    return Changes(
        added=tuple(name for name in new if name not in old),
        changed=tuple(name for name, made in new.items() if name in old and old[name] != made),
        removed=tuple(name for name in old if name not in new),
    )
