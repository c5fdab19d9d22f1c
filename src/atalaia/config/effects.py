"""What the main file may ask for and nobody does here, because Atalaia works differently: told in one warning.

Why, and what to do instead, stands in docs/reference/nagios-differences.md; a test compares the two. Not here:
what Nagios itself ignores (those directives are warned about where they are read).
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from atalaia.config.problems import Place

# A value that asks for nothing needs no effect: those are named beside the directive.
_OFF: tuple[object, ...] = (False, 0)
_ANY: tuple[object, ...] = ()

WITHOUT_EFFECT: Mapping[str, tuple[object, ...]] = {
    "auto_reschedule_checks": _OFF,
    "broker_module": _ANY,
    "check_for_updates": _OFF,
    "check_workers": _OFF,
    "daemon_dumps_core": _OFF,
    "debug_level": _OFF,
    "event_broker_options": _OFF,
    "loadctl_options": _ANY,
    "nagios_group": _ANY,
    "nagios_user": _ANY,
    "precached_object_file": _ANY,
    "query_socket": _ANY,
    "temp_file": _ANY,
}
"""Directive to the values that ask for nothing."""

PAGE = "docs/reference/nagios-differences.md"
SECTION = "Main file: directives that do nothing here"


def lacks_effect(directive: str, value: Any) -> bool:
    """Tell whether a line of the main file asks for something that is not done."""
    return directive in WITHOUT_EFFECT and value not in WITHOUT_EFFECT[directive]


def sentence(found: Iterable[tuple[str, Place]]) -> tuple[Place, str] | None:
    """Return the one warning of a run and where to put it: each directive with its first place."""
    names: dict[str, Place] = {}
    for name, place in found:
        names.setdefault(name, place)
    if not names:
        return None
    parts = [f"{name} ({PurePath(place.file).name}:{place.line})" for name, place in names.items()]
    return next(iter(names.values())), f'without effect: {", ".join(parts)}; see {PAGE}, "{SECTION}"'
