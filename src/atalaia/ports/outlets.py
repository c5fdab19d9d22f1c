"""Who hears of facts once they are stored: log files, files for other tools, spools."""

from collections.abc import Sequence
from typing import Protocol

from atalaia.core.events import AnyFact
from atalaia.core.objects import ObjectKey
from atalaia.core.runtime import Runtime


class Outlet(Protocol):
    """Hears of every fact in order, stored ones after they are stored. Called in the event loop: it must not
    block for long, and it must not raise."""

    def publish(self, facts: Sequence[AnyFact]) -> None:
        """Takes facts."""
        ...


class PerfdataOutlet(Protocol):
    """Takes the performance data of each result."""

    def take(self, key: ObjectKey, seen: Runtime) -> None:
        """One processed result; `seen` is the object right after it."""
        ...
