"""Wakes the World for what is planned besides checks: downtimes, ends of acknowledgements, regular rounds."""

import asyncio

import structlog

from atalaia.core.effects import Effects
from atalaia.core.world import World
from atalaia.engine.checker import Checker
from atalaia.engine.pipeline import Pipeline
from atalaia.ports.clock import Clock

log = structlog.get_logger(__name__)


class Appointments:
    """One timer, set for the next appointment."""

    def __init__(self, world: World, pipeline: Pipeline, checker: Checker, clock: Clock) -> None:
        self._world = world
        self._pipeline = pipeline
        self._checker = checker
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None
        self._stopped = False

    def wake(self) -> None:
        """The agenda may have changed: sets the timer anew."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        following = self._world.agenda.next_at()
        if following is None or self._stopped:
            return
        delay = max(0.0, following - self._clock.now())
        self._timer = asyncio.get_running_loop().call_later(delay, self._tick)

    def stop(self) -> None:
        """Keeps no further appointment."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        effects = Effects()
        try:
            self._world.keep_appointments(self._clock.now(), effects)
        except Exception:  # one appointment that fails must not end all later ones
            log.exception("an appointment could not be kept")
        self._pipeline.commit(effects)
        self._checker.wake()
        self.wake()
