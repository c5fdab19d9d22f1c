"""What this package needs from the running server, as plain functions: it knows no sibling package."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from atalaia.core.effects import Wish
from atalaia.core.instants import Instant
from atalaia.core.objects import MainSettings, Model, ObjectKey
from atalaia.core.orders import Order
from atalaia.core.results import CheckResult
from atalaia.core.runtime import Runtime
from atalaia.core.world import World
from atalaia.ports.clock import Clock
from atalaia.ports.runner import Runner


class Door(Protocol):
    """Where commands and results from outside are handed in."""

    def take_order(self, order: Order) -> object:
        """Carries out one external command; never raises for a bad one."""
        ...

    def refuse(self, text: str, reason: str, *, fault: str, source: str, user: str = "") -> None:
        """Writes down a command that is turned away."""
        ...

    def result(self, key: ObjectKey, result: CheckResult, stored: Callable[[], object] | None = None) -> None:
        """Takes one result; `stored` is called when it is stored."""
        ...


class Alarms(Protocol):
    """The server's view of itself."""

    def alarm(self, what: str, detail: str) -> None:
        """A trouble begins or goes on."""
        ...

    def all_clear(self, what: str) -> None:
        """A trouble is over."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The server around these files."""

    world: World
    clock: Clock
    runner: Runner
    door: Door
    alarms: Alarms
    version: str
    """Of this program."""
    log_line: Callable[[str], None]
    """Writes a line of Nagios' log that is no fact of its own."""
    perfdata_line: Callable[[str, ObjectKey, Runtime], str]
    """A template with its macros expanded for one result."""
    objects_text: Callable[[Model], Iterator[str]]
    """The object cache of a configuration, one object after the other."""

    @property
    def settings(self) -> MainSettings:
        """The main file's settings in force."""
        return self.world.settings

    def now(self) -> Instant:
        """The moment."""
        return self.clock.now()


WishHandler = Callable[[Wish], None]
