"""What comes from outside: commands and results, checked at the door, answered when they are stored."""

import asyncio
from collections.abc import Callable

from atalaia.core.effects import Effects
from atalaia.core.events import CommandRefused
from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.orders import Order, RefusedError, carry_out
from atalaia.core.results import CheckResult
from atalaia.core.world import World
from atalaia.engine.appointments import Appointments
from atalaia.engine.checker import Checker
from atalaia.engine.pipeline import Pipeline
from atalaia.ports.clock import Clock


class Intake:
    """The door for external commands and results of others."""

    def __init__(
        self, world: World, pipeline: Pipeline, checker: Checker, appointments: Appointments, clock: Clock
    ) -> None:
        self._world = world
        self._pipeline = pipeline
        self._checker = checker
        self._appointments = appointments
        self._clock = clock

    async def command(self, text: str, *, source: str = "api", user: str = "") -> None:
        """Carries out one external command and returns when what follows from it is stored.

        Raises:
            RefusedError: it changes nothing; the sentence says why. The refusal is stored, too.
        """
        now = self._clock.now()
        stored = asyncio.Event()
        effects = Effects()
        order = Order(text=text, entry_time=now, source=source, user=user)
        refusal = carry_out(self._world, order, now, effects)
        self._commit(effects, stored.set)
        await stored.wait()
        if refusal is not None:
            raise refusal

    def take_order(self, order: Order) -> RefusedError | None:
        """Carries out one external command without waiting; what follows is stored in its turn."""
        effects = Effects()
        refusal = carry_out(self._world, order, self._clock.now(), effects)
        self._commit(effects, None)
        return refusal

    def refuse(self, text: str, reason: str, *, fault: str, source: str, user: str = "") -> None:
        """Writes down a command that is turned away at the door: nobody may give it, or it is none."""
        now = self._clock.now()
        name, _, arguments = text.partition(";")
        event = CommandRefused(
            time=now,
            command=name,
            arguments=arguments,
            source=source,
            user=user,
            reason=reason,
            fault=fault,
            line=text,
        )
        self._commit(Effects(events=[event]), None)

    def result(self, key: ObjectKey, result: CheckResult, stored: Callable[[], object] | None = None) -> None:
        """Takes a result that another program brought (the spool folder).

        Args:
            key: the object.
            result: what was found.
            stored: called when what follows from it is stored.
        """
        effects = Effects()
        self._world.apply(key, result, self._clock.now(), effects)
        self._commit(effects, stored)

    def now(self) -> Instant:
        """The moment, by the server's clock."""
        return self._clock.now()

    def _commit(self, effects: Effects, stored: Callable[[], object] | None) -> None:
        self._pipeline.commit(effects, stored)
        self._checker.wake()
        self._appointments.wake()
