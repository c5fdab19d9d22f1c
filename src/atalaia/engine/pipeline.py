"""The way of a step: core, store, people. Everything that follows from the World's steps passes here."""

from collections.abc import Callable
from functools import partial

import msgspec

from atalaia.core.effects import Effects, ResultReport, Wish
from atalaia.core.events import LogLine
from atalaia.core.objects import ObjectKey
from atalaia.core.results import CheckResult
from atalaia.core.world import World
from atalaia.engine.composer import Composer
from atalaia.engine.handlers import HandlerRun, Handlers
from atalaia.engine.notifier import Notifier
from atalaia.engine.recorder import Recorder
from atalaia.ports.clock import Clock
from atalaia.ports.outlets import PerfdataOutlet
from atalaia.ports.runner import Job
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
        self.perfdata: PerfdataOutlet | None = None
        self.on_wishes: Callable[[list[Wish]], None] = lambda _wishes: None
        """Called with what the core asks of the server, once it is stored."""
        self.on_appointment: Callable[[], None] = lambda: None
        """Called when the agenda may have changed."""

    def result(self, key: ObjectKey, result: CheckResult, warning: str = "") -> None:
        """One finished check; `warning` is a line about it for the log."""
        effects = Effects()
        now = self._clock.now()
        if warning:
            effects.events.append(LogLine(time=now, text=warning))
        self._world.apply(key, result, now, effects)
        self.commit(effects)

    def commit(self, effects: Effects, stored: Callable[[], object] | None = None) -> None:
        """Stores what follows from a step and acts on it afterwards.

        Args:
            effects: what follows.
            stored: called when it is stored; makes the store write at once.
        """
        if stored is None and effects.is_empty:
            return
        outbox = [self._composer.message(telling) for telling in effects.tellings]
        runs = [run for call in effects.handlers if (run := self._composer.handler(call)) is not None]
        jobs = self._reports(effects.reports) if effects.reports else []
        if effects.events:
            self._recorder.value(IDS, msgspec.json.encode(self._world.ids).decode())
        acts = outbox or runs or jobs or effects.wishes or stored
        then = partial(self._act, outbox, runs, jobs, effects.wishes, stored) if acts else None
        self._recorder.add(effects, outbox, then)
        if effects.downtimes:
            self.on_appointment()

    def _reports(self, reports: list[ResultReport]) -> list[Job]:
        """Performance data goes out at once; commands that are to be run wait until the step is stored."""
        jobs: list[Job] = []
        for report in reports:
            if report.perfdata and self.perfdata is not None:
                self.perfdata.take(report.key, report.seen)
            jobs += self._composer.report_jobs(report)
        return jobs

    def _act(
        self,
        outbox: list[OutboxItem],
        runs: list[HandlerRun],
        jobs: list[Job],
        wishes: list[Wish],
        stored: Callable[[], object] | None,
    ) -> None:
        self._notifier.put(outbox)
        for run in runs:
            self._handlers.start(run)
        for job in jobs:
            self._handlers.start_silent(job)
        if stored is not None:
            stored()
        if wishes:
            self.on_wishes(wishes)
