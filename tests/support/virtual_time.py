"""An asyncio loop whose time passes only while everybody sleeps, and the clock that goes with it.

Two hours of schedule take milliseconds and every run sees the same instants. The limit: the loop cannot know
that a real process, socket or thread is about to answer, so it would jump over the wait. Tests in virtual time
use fakes for all of these; `asyncio.to_thread` and `run_in_executor` run their function in place.
"""

import asyncio
import selectors
from collections.abc import Callable
from typing import Any, TypeVarTuple, Unpack

from atalaia.core.instants import Instant

START = Instant(1_700_000_000.0)
"""What the wall clock shows when a virtual loop begins: 2023-11-14 22:13:20 UTC."""

_DEADLOCK_AFTER = 5.0
"""Real seconds without anything to do and without a timer after which a test is given up."""

_Ts = TypeVarTuple("_Ts")


class _JumpingSelector(selectors.DefaultSelector):
    """Never sleeps: when nothing is ready, the time that it was asked to wait has passed."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        if ready:
            return ready
        if timeout is not None:
            self.passed += timeout
            return []
        ready = super().select(_DEADLOCK_AFTER)
        if not ready:
            raise RuntimeError("Everything sleeps, no timer is set and nothing from outside comes.")
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop that starts at second 0 and jumps to its next timer when nothing is ready."""

    def __init__(self) -> None:
        self._virtual = _JumpingSelector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.passed

    def run_in_executor(
        self, executor: Any, func: Callable[[Unpack[_Ts]], Any], *args: *_Ts
    ) -> asyncio.Future[Any]:
        """Runs `func` now and in this thread: a real thread would be jumped over."""
        future: asyncio.Future[Any] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - handed to whoever awaits the future, as a thread would
            future.set_exception(error)
        return future


class VirtualClock:
    """`atalaia.ports.clock.Clock` over a virtual loop; `jump` moves the wall clock as an operator would."""

    def __init__(self, loop: asyncio.AbstractEventLoop, start: float = START) -> None:
        self._loop = loop
        self._offset = start

    def now(self) -> Instant:
        return Instant(self._offset + self._loop.time())

    def monotonic(self) -> float:
        return self._loop.time()

    def jump(self, seconds: float) -> None:
        """Sets the wall clock forwards (or, negative, backwards); nobody's waiting changes."""
        self._offset += seconds
