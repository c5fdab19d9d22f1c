"""How many checks and commands there were in the last 1, 5 and 15 minutes, as Nagios' status file tells it."""

from collections.abc import Callable, Sequence

from atalaia.core.events import AnyFact, CommandSeen, PassiveResultTaken
from atalaia.core.objects import ObjectKey

MINUTES = 15
_KEPT = MINUTES + 1
"""Minutes that are counted: the fifteen, and the one before, of which a part still lies within."""


class Counter:
    """Counts one kind of happening, minute by minute."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._began = monotonic()
        self._minute = 0
        self._counts = [0] * _KEPT

    def add(self) -> None:
        """One more."""
        minute = int(self._monotonic() - self._began) // 60
        if minute != self._minute:
            self._move_to(minute)
        self._counts[minute % _KEPT] += 1

    def totals(self) -> tuple[int, int, int]:
        """The numbers of the last 1, 5 and 15 minutes; of the oldest minute, the part that lies within."""
        passed = self._monotonic() - self._began
        minute = int(passed) // 60
        self._move_to(minute)
        share = 1.0 - (passed / 60.0 - minute)
        counts = [self._counts[(minute - ago) % _KEPT] for ago in range(_KEPT)]
        last, five, all_of_them = (sum(counts[:n]) + int(counts[n] * share) for n in (1, 5, MINUTES))
        return last, five, all_of_them

    def _move_to(self, minute: int) -> None:
        for empty in range(max(self._minute + 1, minute - MINUTES), minute + 1):
            self._counts[empty % _KEPT] = 0
        self._minute = minute


class CheckStatistics:
    """All counters. Hears of checks as they are begun, and of the rest as an outlet of facts."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self.active_hosts = Counter(monotonic)
        self.active_services = Counter(monotonic)
        self.passive_hosts = Counter(monotonic)
        self.passive_services = Counter(monotonic)
        self.commands = Counter(monotonic)

    def check_begun(self, key: ObjectKey) -> None:
        """A check of our own was started."""
        (self.active_services if key[1] else self.active_hosts).add()

    def publish(self, facts: Sequence[AnyFact]) -> None:
        """Implements `atalaia.ports.outlets.Outlet`."""
        for fact in facts:
            if isinstance(fact, PassiveResultTaken):
                (self.passive_services if fact.service else self.passive_hosts).add()
            elif isinstance(fact, CommandSeen):
                self.commands.add()
