"""Which hosts and services somebody wants to see, and in which order problems come. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from atalaia.ports.control import CheckableView, HostView, ServiceView

HOST_STATES = ("DOWN", "UNREACHABLE", "PENDING", "UP")
"""Names of host states, the worst first."""

SERVICE_STATES = ("CRITICAL", "UNKNOWN", "WARNING", "PENDING", "OK")
"""Names of service states, the worst first."""

FINE_STATES = frozenset({"UP", "OK", "PENDING"})
"""States that are nobody's problem."""

MARKS = ("acknowledged", "in_downtime", "flapping")
"""Fields of a selection that are on, off, or of no matter."""

_NUMBERS = re.compile(r"(\d+)")

_RANK = {name: rank for states in (HOST_STATES, SERVICE_STATES) for rank, name in enumerate(states)}


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What to show; empty fields restrict nothing."""

    states: tuple[str, ...] = ()
    host: str = ""
    group: str = ""
    problems: bool = False
    text: str = ""
    """Part of a name, an address or the output; case and accents do not matter."""
    acknowledged: bool | None = None
    """Only what is so, or only what is not; None is both. The same holds for the two below."""
    in_downtime: bool | None = None
    flapping: bool | None = None

    @property
    def is_everything(self) -> bool:
        """Nothing is left out."""
        return self == _EVERYTHING

    def hosts(self, views: Iterable[HostView]) -> list[HostView]:
        """The hosts that are wanted, in their own order."""
        needle = fold(self.text)
        return [
            view
            for view in views
            if self._is_wanted(view)
            and self.host in ("", view.name)
            and (not self.group or self.group in view.groups)
            and (
                not needle
                or needle
                in fold(f"{view.name}\n{view.display_name}\n{view.alias}\n{view.address}\n{view.output}")
            )
        ]

    def services(
        self, views: Iterable[ServiceView], host_groups: Mapping[str, Sequence[str]]
    ) -> list[ServiceView]:
        """The services that are wanted, in their own order.

        Args:
            views: all services.
            host_groups: groups of each host by its name: a service is also in its host's groups.
        """
        needle = fold(self.text)
        return [
            view
            for view in views
            if self._is_wanted(view)
            and self.host in ("", view.host)
            and (not self.group or self.group in view.groups or self.group in host_groups.get(view.host, ()))
            and (
                not needle
                or needle in fold(f"{view.host}\n{view.description}\n{view.display_name}\n{view.output}")
            )
        ]

    def _is_wanted(self, view: CheckableView) -> bool:
        """By its state and by what people said about it."""
        if self.problems and view.state in FINE_STATES:
            return False
        return (
            (not self.states or view.state in self.states)
            and self.acknowledged in (None, view.acknowledged)
            and self.in_downtime in (None, rests(view))
            and self.flapping in (None, view.flapping)
        )


_EVERYTHING = Selection()


def rests(view: CheckableView) -> bool:
    """A downtime of it, or of its host, is in effect: nobody is told about it."""
    return view.in_downtime or (isinstance(view, ServiceView) and view.host_in_downtime)


def is_problem(view: CheckableView) -> bool:
    """The object is not as it should be, confirmed or not."""
    return view.state not in FINE_STATES


def needs_somebody(view: CheckableView) -> bool:
    """A problem of its own that nobody has taken and that was not announced: Nagios' "unhandled problem".

    What follows from another problem (an unreachable host, a service on a host that is not up) needs nobody
    until that one is solved.
    """
    if not is_problem(view) or view.acknowledged or rests(view) or view.state == "UNREACHABLE":
        return False
    return not (isinstance(view, ServiceView) and view.host_state in ("DOWN", "UNREACHABLE"))


def by_urgency(view: HostView | ServiceView) -> tuple[int, int, float, str, str]:
    """Sort key: hosts before services, the worst first, the newest on top."""
    if isinstance(view, HostView):
        return (0, _RANK[view.state], -view.last_state_change, view.name, "")
    return (1, _RANK[view.state], -view.last_state_change, view.host, view.description)


def natural(name: str) -> list[tuple[int, str]]:
    """Sort key for names as people count: ``web2`` before ``web10``."""
    parts = _NUMBERS.split(name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def fold(text: str) -> str:
    """Text as people compare it: without case and accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
