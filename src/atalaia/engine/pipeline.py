"""The way of a result: core, store, people. The only place where the world is changed by results."""

from collections.abc import Callable
from functools import partial

import msgspec

from atalaia.core.effects import Effects
from atalaia.core.objects import ObjectKey
from atalaia.core.results import CheckResult
from atalaia.core.world import World
from atalaia.engine.composer import Composer
from atalaia.engine.handlers import HandlerRun, Handlers
from atalaia.engine.notifier import Notifier
from atalaia.engine.recorder import Recorder
from atalaia.ports.clock import Clock
from atalaia.ports.storage import OutboxItem

IDS = "ids"
"""Name under which the counters of events, problems and notifications are stored."""


class Pipeline:
    """Applies results and sees to what follows, in the order: stored, then told."""

    def __init__(
        self,
        world: World,
        composer: Composer,
        recorder: Recorder,
        notifier: Notifier,
        handlers: Handlers,
        clock: Clock,
    ) -> None:
        self._world = world
        self._composer = composer
        self._recorder = recorder
        self._notifier = notifier
        self._handlers = handlers
        self._clock = clock

    def result(self, key: ObjectKey, result: CheckResult) -> None:
        """One finished check."""
        effects = Effects()
        self._world.apply(key, result, self._clock.now(), effects)
        self.commit(effects)

    def commit(self, effects: Effects, stored: Callable[[], object] | None = None) -> None:
        """Stores what follows from a step and acts on it afterwards.

        Args:
            effects: what follows.
            stored: called when it is stored; makes the store write at once.
        """
        if not effects.changed and not effects.events and stored is None:
            return
        outbox = [self._composer.message(telling) for telling in effects.tellings]
        runs = [run for call in effects.handlers if (run := self._composer.handler(call)) is not None]
        if effects.events:
            self._recorder.value(IDS, msgspec.json.encode(self._world.ids).decode())
        then = partial(self._act, outbox, runs, stored) if outbox or runs or stored else None
        self._recorder.add(effects, outbox, then)

    def _act(
        self, outbox: list[OutboxItem], runs: list[HandlerRun], stored: Callable[[], object] | None
    ) -> None:
        self._notifier.put(outbox)
        for run in runs:
            self._handlers.start(run)
        if stored is not None:
            stored()
