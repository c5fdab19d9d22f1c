"""Time, as an interface."""

from typing import Protocol

from atalaia.core.instants import Instant


class Clock(Protocol):
    """Where `now` comes from."""

    def now(self) -> Instant:
        """The wall clock: what people and logs mean. May jump."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary point; never jumps, for measuring durations."""
        ...
