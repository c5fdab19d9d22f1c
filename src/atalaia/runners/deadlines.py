"""Many deadlines on one loop timer. What happens when one passes is the owner's business."""

import asyncio
import heapq
from collections.abc import Callable

_SLACK = 64
"""Dead heap entries that are tolerated on top of the live ones before the heap is rebuilt."""


class Deadlines:
    """Keys with a deadline each; `expired` is called from the loop with every key whose deadline has passed.

    A loop timer per job would cost more than the rest of the bookkeeping. Here a forgotten key only leaves
    the dictionary; its heap entry is dropped when it comes up or when dead entries outnumber live ones.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, expired: Callable[[int], None]) -> None:
        self._loop = loop
        self._expired = expired
        self._when: dict[int, float] = {}
        self._heap: list[tuple[float, int]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._armed_for = 0.0

    def __len__(self) -> int:
        return len(self._when)

    @property
    def entries(self) -> int:
        """Heap entries, dead ones included: what the memory is spent on."""
        return len(self._heap)

    def add(self, key: int, seconds: float) -> None:
        """Sets or replaces the deadline of `key`, `seconds` from now."""
        when = self._loop.time() + seconds
        self._when[key] = when
        heapq.heappush(self._heap, (when, key))
        if self._timer is None or when < self._armed_for:
            self._arm(when)

    def forget(self, key: int) -> None:
        """Drops the deadline of `key`, if it has one."""
        if self._when.pop(key, None) is None:
            return
        if len(self._heap) > 2 * len(self._when) + _SLACK:
            self._heap = [(when, key) for key, when in self._when.items()]
            heapq.heapify(self._heap)

    def close(self) -> None:
        """Forgets everything and stops the timer."""
        self._when.clear()
        self._heap.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self, when: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._armed_for = when
        self._timer = self._loop.call_at(when, self._fire)

    def _fire(self) -> None:
        self._timer = None
        # The loop may fire a timer early by its clock's resolution; what the timer was set for is due.
        now = max(self._loop.time(), self._armed_for)
        due = []
        while self._heap and self._heap[0][0] <= now:
            when, key = heapq.heappop(self._heap)
            if self._when.get(key) == when:
                del self._when[key]
                due.append(key)
        while self._heap and self._when.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        if self._heap:
            self._arm(self._heap[0][0])
        for key in due:
            self._expired(key)
