"""The one module that reads the real clock."""

import time

from atalaia.core.instants import Instant


class SystemClock:
    """The machine's clocks."""

    def now(self) -> Instant:
        """The wall clock."""
        return Instant(time.time())

    def monotonic(self) -> float:
        """Seconds from an arbitrary point; never jumps."""
        return time.monotonic()
