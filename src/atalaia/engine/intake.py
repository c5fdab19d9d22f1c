"""What comes from outside: external commands, checked at the door, answered when they are stored."""

import asyncio

from atalaia.core.effects import Effects
from atalaia.core.passive import read_command
from atalaia.core.world import World
from atalaia.engine.checker import Checker
from atalaia.engine.pipeline import Pipeline
from atalaia.ports.clock import Clock


class Intake:
    """The door for external commands."""

    def __init__(self, world: World, pipeline: Pipeline, checker: Checker, clock: Clock) -> None:
        self._world = world
        self._pipeline = pipeline
        self._checker = checker
        self._clock = clock

    async def command(self, text: str) -> None:
        """Carries out one external command and returns when what follows from it is stored.

        Raises:
            RefusedError: it changes nothing; the sentence says why.
        """
        now = self._clock.now()
        brought = read_command(text, self._world.model, now)
        stored = asyncio.Event()
        effects = Effects()
        self._world.apply(brought.key, brought.result, now, effects)
        self._pipeline.commit(effects, stored.set)
        self._checker.wake()
        await stored.wait()
