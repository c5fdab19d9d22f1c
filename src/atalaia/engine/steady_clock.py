"""A clock that notices when the wall clock jumps, before anybody uses the new time.

Every part of the engine reads the time here. Wall clock and monotonic clock are compared at each reading, so
that planned checks are moved first and compared with the new time afterwards.
"""

from collections.abc import Callable

from atalaia.core.instants import Instant
from atalaia.ports.clock import Clock

JUMP = 2.0
"""Seconds by which the two clocks may drift apart between two readings; slower drift is followed."""


class SteadyClock:
    """Implements `atalaia.ports.clock.Clock` over another clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset = clock.now() - clock.monotonic()
        self.on_jump: Callable[[float], None] = lambda _seconds: None
        """Called with the seconds of each jump; negative is backwards."""

    def now(self) -> Instant:
        """The wall clock."""
        wall = self._clock.now()
        offset = wall - self._clock.monotonic()
        jump = offset - self._offset
        self._offset = offset
        if abs(jump) >= JUMP:
            self.on_jump(jump)
        return wall

    def monotonic(self) -> float:
        """Seconds from an arbitrary point; never jumps."""
        return self._clock.monotonic()
