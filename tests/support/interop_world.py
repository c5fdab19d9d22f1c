"""A world with the surroundings that the files for other tools need, and what they do to it."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, tzinfo
from pathlib import Path

from atalaia.core.effects import Effects
from atalaia.core.events import AnyFact
from atalaia.core.instants import Instant
from atalaia.core.objects import Model, ObjectKey
from atalaia.core.orders import Order, carry_out
from atalaia.core.results import CheckResult
from atalaia.core.runtime import Runtime
from atalaia.core.world import NOTHING_REMEMBERED, Remembered, World
from atalaia.interop.surroundings import Surroundings
from support.builders import START
from support.fakes import FakeRunner

LONGEST_STALL = 0.5
"""Seconds for which nothing may hold up the loop in a test: far more than is measured, for a busy machine."""


class StandingClock:
    """A wall clock in the hand; durations are real."""

    def __init__(self, now: float = START) -> None:
        self.at = now

    def now(self) -> Instant:
        return Instant(self.at)

    def monotonic(self) -> float:
        return time.monotonic()


class InteropWorld:
    """A world whose door, alarms and log lines are kept for the test to look at."""

    def __init__(
        self, model: Model, *, remembered: Remembered = NOTHING_REMEMBERED, tz: tzinfo = UTC, now: float = START
    ) -> None:
        self.clock = StandingClock(now)
        self.world = World(model, tz=tz, program_start=self.clock.now())
        self.facts: list[AnyFact] = []
        self.alarms: dict[str, str] = {}
        self.lines: list[str] = []
        self.refused: list[tuple[str, str]] = []
        """(fault, text)."""
        self.results: list[tuple[ObjectKey, CheckResult]] = []
        self.orders: list[Order] = []
        self.runner = FakeRunner(self.clock, asyncio.get_event_loop()) if _has_loop() else None
        effects = Effects()
        self.world.start(remembered, self.clock.now(), effects)
        self.around = Surroundings(
            world=self.world,
            clock=self.clock,
            runner=self.runner,  # type: ignore[arg-type]
            door=self,
            alarms=self,
            version="0.0",
            log_line=self.lines.append,
            perfdata_line=self._perfdata_line,
            objects_text=self._objects_text,
        )

    # --- the door -----------------------------------------------------------------------------------------

    def take_order(self, order: Order) -> object:
        self.orders.append(order)
        effects = Effects()
        refusal = carry_out(self.world, order, self.clock.now(), effects)
        self.facts += effects.events
        return refusal

    def refuse(self, text: str, reason: str, *, fault: str, source: str, user: str = "") -> None:
        self.refused.append((fault, text))

    def result(self, key: ObjectKey, result: CheckResult, stored: Callable[[], object] | None = None) -> None:
        self.results.append((key, result))
        effects = Effects()
        self.world.apply(key, result, self.clock.now(), effects)
        self.facts += effects.events
        if stored is not None:
            stored()

    # --- alarms -------------------------------------------------------------------------------------------

    def alarm(self, what: str, detail: str) -> None:
        self.alarms[what] = detail

    def all_clear(self, what: str) -> None:
        self.alarms.pop(what, None)

    # --- texts --------------------------------------------------------------------------------------------

    @staticmethod
    def _perfdata_line(template: str, key: ObjectKey, seen: Runtime) -> str:
        return template.replace("$KEY$", " ".join(key).strip()).replace("$DATA$", seen.perfdata)

    @staticmethod
    def _objects_text(model: Model) -> Iterator[str]:
        yield from (f"define host {{\n\thost_name\t{name}\n\t}}\n\n" for name in model.hosts)


def _has_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Returns when a condition holds, in real time; fails when that takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.005)


def names_in(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {one.name for one in folder.iterdir()}
