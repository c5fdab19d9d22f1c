"""When each object is looked at next: a heap of due times with one pending check per object.

Pure data structure; it knows neither clock nor check. A replaced entry stays in the heap and is skipped when
it surfaces, so that every operation costs O(log n).
"""

from heapq import heapify, heappop, heappush

from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey

_REBUILD_AT = 64
"""Stale entries tolerated before it can be worth throwing them out."""


class Due:
    """A pending check. `forced` ignores check periods, disabled checks and caches."""

    __slots__ = ("at", "forced", "key")

    def __init__(self, key: ObjectKey, at: Instant, *, forced: bool = False) -> None:
        self.key = key
        self.at = at
        self.forced = forced


class DueQueue:
    """Pending checks in the order of their due times; equal times keep the order of arrival."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Due]] = []
        self._pending: dict[ObjectKey, Due] = {}
        self._arrivals = 0

    def __len__(self) -> int:
        return len(self._pending)

    def get(self, key: ObjectKey) -> Due | None:
        """The object's pending check, if it has one."""
        return self._pending.get(key)

    def put(self, key: ObjectKey, at: Instant, *, forced: bool = False) -> None:
        """Sets the object's pending check, replacing any other."""
        due = Due(key, at, forced=forced)
        self._pending[key] = due
        self._arrivals += 1
        heappush(self._heap, (at, self._arrivals, due))
        if len(self._heap) > 2 * len(self._pending) + _REBUILD_AT:
            self._rebuild()

    def request(self, key: ObjectKey, at: Instant, *, forced: bool = False) -> bool:
        """Nagios' rule for a second request: the earlier wins, and forced beats unforced.

        Returns:
            True when the request took the place (or there was nothing pending).
        """
        pending = self._pending.get(key)
        if pending is not None:
            if pending.forced and not (forced and at < pending.at):
                return False
            if not pending.forced and not forced and at >= pending.at:
                return False
        self.put(key, at, forced=forced)
        return True

    def remove(self, key: ObjectKey) -> None:
        """Forgets the object's pending check."""
        self._pending.pop(key, None)

    def next_at(self) -> Instant | None:
        """The earliest due time; None when nothing is pending."""
        heap = self._heap
        while heap:
            at, _, due = heap[0]
            if self._pending.get(due.key) is due:
                return Instant(at)
            heappop(heap)
        return None

    def count_due(self, now: Instant) -> int:
        """How many checks are due at `now`; looks at those only, not at the whole queue."""
        count = 0
        stack = [0]
        while stack:
            place = stack.pop()
            if place < len(self._heap) and self._heap[place][0] <= now:
                due = self._heap[place][2]
                count += self._pending.get(due.key) is due
                stack += (2 * place + 1, 2 * place + 2)
        return count

    def pop(self, now: Instant) -> Due | None:
        """Takes the earliest check that is due at `now`; None when none is."""
        at = self.next_at()
        if at is None or at > now:
            return None
        due = heappop(self._heap)[2]
        del self._pending[due.key]
        return due

    def shift(self, seconds: float) -> None:
        """Moves every due time, after the clock jumped."""
        for due in self._pending.values():
            due.at = Instant(due.at + seconds)
        self._rebuild()

    def _rebuild(self) -> None:
        live = sorted(
            (entry for entry in self._heap if self._pending.get(entry[2].key) is entry[2]), key=_arrival
        )
        self._heap = [(due.at, arrival, due) for _, arrival, due in live]
        heapify(self._heap)


def _arrival(entry: tuple[float, int, Due]) -> int:
    return entry[1]
