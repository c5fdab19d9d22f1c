"""Starts checks when they are due and brings their results to the pipeline.

One timer, set for the next due check. When all places for running checks are taken, due checks simply stay in
the due queue, in order, until a place is free: none is pushed into the future.
"""

import asyncio
from collections.abc import Callable

import structlog

from atalaia.core.effects import Effects
from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.results import RawResult
from atalaia.core.verdict import complaint
from atalaia.core.world import CheckRequest, World
from atalaia.engine.composer import Composer
from atalaia.engine.health import Health
from atalaia.engine.pipeline import Pipeline
from atalaia.ports.clock import Clock
from atalaia.ports.runner import Runner

BURST = 50
"""Checks started in one go before the loop gets its turn: starting processes takes time."""

AGAIN_AFTER_TROUBLE = 1.0
"""Seconds until a check that the server itself could not start is tried again."""

AGAIN_AFTER_FAULT = 60.0
"""Seconds until an object is checked again whose result the server could not take."""

log = structlog.get_logger(__name__)


class Checker:
    """The scheduler and the bookkeeper of running checks."""

    def __init__(
        self,
        world: World,
        runner: Runner,
        composer: Composer,
        pipeline: Pipeline,
        health: Health,
        clock: Clock,
    ) -> None:
        self._world = world
        self._runner = runner
        self._composer = composer
        self._pipeline = pipeline
        self._health = health
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None
        self._stopped = False
        self.running = 0
        self.on_begin: Callable[[ObjectKey], None] = lambda _key: None
        """Called with each object whose check is started."""

    @property
    def limit(self) -> int:
        """Places for running checks; 0 is no limit."""
        return self._world.settings.max_concurrent_checks

    def start(self) -> None:
        """Begins to check."""
        self._stopped = False
        self.wake()

    def stop(self) -> None:
        """Starts no further check; running ones end by themselves."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def wake(self) -> None:
        """Something in the due queue changed from outside."""
        self._arm()

    def waiting(self) -> tuple[int, float]:
        """How many checks are due and wait, and how long the first of them has waited, in seconds."""
        now = self._clock.now()
        due = self._world.planner.queue.count_due(now)
        first = self._world.planner.queue.next_at()
        return due, max(0.0, now - first) if due and first is not None else 0.0

    def _arm(self) -> None:
        """Sets the timer for the next due check, unless it is already set for that or something earlier."""
        following = self._world.planner.queue.next_at()
        if following is None or self._stopped:
            return
        loop = asyncio.get_running_loop()
        at = loop.time() + max(0.0, following - self._clock.now())
        if self._timer is not None:
            if self._timer.when() <= at:
                return
            self._timer.cancel()
        self._timer = loop.call_at(at, self._tick)

    def _tick(self) -> None:
        self._timer = None
        effects = Effects()
        full = self._start_due(effects)
        self._pipeline.commit(effects)
        if not full:
            self._arm()

    def _start_due(self, effects: Effects) -> bool:
        """Starts what is due; True when every place is taken: then the next result sets the timer."""
        for _ in range(BURST):
            if self._stopped or (self.limit and self.running >= self.limit):
                return True
            now = self._clock.now()
            request = self._world.take_due(now, effects)
            if request is None:
                break
            self._begin(request, now)
        return False

    def _begin(self, request: CheckRequest, now: Instant) -> None:
        job = self._composer.check_job(request.key)
        lateness = max(0.0, now - request.due)
        self._health.check_started(lateness)
        self.on_begin(request.key)
        self.running += 1

        def done(raw: RawResult) -> None:
            self._ended(request, lateness, raw)

        self._runner.start(job, done)

    def _ended(self, request: CheckRequest, lateness: float, raw: RawResult) -> None:
        self.running -= 1
        if self._stopped and (raw.signal or raw.timed_out):
            return  # we killed it ourselves on the way out: no statement about the object
        if raw.own_trouble:
            self._put_back(request.key, raw)
        else:
            self._health.all_clear("start")
            self._take(request.key, raw, lateness)
        self._arm()

    def _take(self, key: ObjectKey, raw: RawResult, lateness: float) -> None:
        try:
            result = self._composer.result(key, raw, lateness)
            if result is not None:
                warning = complaint(raw, host_name=key[0], service_description=key[1])
                self._pipeline.result(key, result, warning)
        except Exception as error:  # whatever is wrong with one object, it must not vanish from the schedule
            log.exception("a result could not be taken", host=key[0], service=key[1])
            self._health.alarm("result", f"a result of {key[0]} {key[1]} could not be taken: {error!r}")
            self._world.planner.executing.pop(key, None)
            if key in self._world.topology.checkables:
                self._world.planner.queue.request(key, Instant(self._clock.now() + AGAIN_AFTER_FAULT))

    def _put_back(self, key: ObjectKey, raw: RawResult) -> None:
        reason = raw.stderr.decode("utf-8", "replace").strip()
        self._health.alarm("start", f"a check could not be started: {reason}")
        self._world.planner.executing.pop(key, None)
        if key in self._world.topology.checkables:  # a reload may have taken it away meanwhile
            self._world.planner.queue.request(key, Instant(self._clock.now() + AGAIN_AFTER_TROUBLE))
