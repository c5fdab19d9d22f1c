"""The server's view of itself: how late, how busy, and what troubles it right now. Never silently blind."""

from collections import deque
from collections.abc import Callable

from atalaia.core.events import EngineAlarm
from atalaia.core.instants import Instant
from atalaia.ports.clock import Clock

WINDOW = 60
"""Seconds over which rates and lateness are taken."""

LATE = 5.0
"""Seconds of lateness from which the server raises an alarm about itself."""


class _Second:
    __slots__ = ("at", "checks", "late_most", "late_sum")

    def __init__(self, at: int) -> None:
        self.at = at
        self.checks = 0
        self.late_most = 0.0
        self.late_sum = 0.0


class Health:
    """Counters of the last minute and the troubles in force."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began = clock.monotonic()
        self._seconds: deque[_Second] = deque()
        self._alarms: dict[str, str] = {}
        self.on_alarm: Callable[[EngineAlarm], None] = lambda _event: None
        """Called with each alarm that begins or ends."""

    def check_started(self, lateness: float) -> None:
        """A check was started so many seconds after it was due."""
        second = self._this_second()
        second.checks += 1
        second.late_sum += lateness
        second.late_most = max(second.late_most, lateness)

    def rate(self) -> float:
        """Checks per second, mean over the last minute (or since the start)."""
        self._forget()
        covered = min(WINDOW, max(1.0, self._clock.monotonic() - self._began))
        return sum(one.checks for one in self._seconds) / covered

    def lateness(self) -> tuple[float, float]:
        """Largest and mean lateness of the checks started in the last minute, in seconds."""
        self._forget()
        checks = sum(one.checks for one in self._seconds)
        if not checks:
            return 0.0, 0.0
        return max(one.late_most for one in self._seconds), sum(one.late_sum for one in self._seconds) / checks

    def review(self, overdue: float) -> None:
        """Raises or ends the alarm about lateness; `overdue`: seconds that the oldest due check has waited."""
        most, _ = self.lateness()
        if overdue >= LATE:
            self.alarm("late", f"checks wait {overdue:.0f} s for a free place")
        elif most < LATE:
            self.all_clear("late")

    def alarm(self, what: str, detail: str) -> None:
        """A trouble begins (or goes on: then only its words change)."""
        fresh = what not in self._alarms
        self._alarms[what] = detail
        if fresh:
            self.on_alarm(EngineAlarm(time=self._now(), what=what, detail=detail))

    def all_clear(self, what: str) -> None:
        """The trouble is over."""
        detail = self._alarms.pop(what, None)
        if detail is not None:
            self.on_alarm(EngineAlarm(time=self._now(), what=what, detail=detail, over=True))

    @property
    def alarms(self) -> tuple[str, ...]:
        """The troubles in force, in words."""
        return tuple(self._alarms.values())

    def _now(self) -> Instant:
        return self._clock.now()

    def _this_second(self) -> _Second:
        at = int(self._clock.monotonic())
        if not self._seconds or self._seconds[-1].at != at:
            self._forget()
            self._seconds.append(_Second(at))
        return self._seconds[-1]

    def _forget(self) -> None:
        oldest = int(self._clock.monotonic()) - WINDOW
        while self._seconds and self._seconds[0].at < oldest:
            self._seconds.popleft()
