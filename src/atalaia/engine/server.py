"""The running server: starts the parts in order, reloads, watches itself, and ends in order."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from datetime import tzinfo
from functools import partial
from typing import Any

import msgspec
import structlog

from atalaia.core.effects import Effects, Wish, WishKind
from atalaia.core.events import (
    ConfigurationLoaded,
    ConfigurationRejected,
    EngineAlarm,
    LogLine,
    ServerStarted,
    ServerStopped,
)
from atalaia.core.instants import Instant
from atalaia.core.nagios_log import time_change_line
from atalaia.core.objects import Model
from atalaia.core.step import Ids
from atalaia.core.telling import Recoveries
from atalaia.core.world import Remembered, World
from atalaia.engine.appointments import Appointments
from atalaia.engine.checker import Checker
from atalaia.engine.composer import Composer, Links
from atalaia.engine.feed import Feed
from atalaia.engine.handlers import Handlers
from atalaia.engine.health import Health
from atalaia.engine.intake import Intake
from atalaia.engine.notifier import GIVE_UP_AFTER, Notifier
from atalaia.engine.pipeline import IDS, Pipeline
from atalaia.engine.recorder import Recorder
from atalaia.engine.steady_clock import SteadyClock
from atalaia.ports.channels import Channel
from atalaia.ports.clock import Clock
from atalaia.ports.configuration import LoadConfiguration
from atalaia.ports.control import ConfigView
from atalaia.ports.runner import Runner
from atalaia.ports.storage import EventFilter, Memory, Store, StoredEvent

CLEAN = "clean_shutdown"
"""Name under which an orderly end is stored; taken away again at the start."""

STOPPED = "stopped"
"""Name under which the instant of that end is stored."""

CHECK_GRACE = 3.0
"""Seconds that running checks get to end by themselves when the server stops."""

SEND_GRACE = 3.0
HANDLER_GRACE = 2.0
FLUSH_GRACE = 10.0
WATCH_EVERY = 1.0
ERRORS_KEPT = 20

log = structlog.get_logger(__name__)


def remembered(memory: Memory) -> Remembered:
    """What the run before left, as the core takes it over."""
    return Remembered(
        states=memory.states,
        comments=memory.comments,
        downtimes=memory.downtimes,
        changes=memory.changes,
        contacts=memory.contacts,
        stopped=Instant(float(memory.values.get(STOPPED) or 0.0)),
        orderly=bool(memory.values.get(CLEAN)),
    )


class Server:
    """Everything that runs, wired; one instance per process."""

    def __init__(
        self,
        *,
        model: Model,
        memory: Memory,
        store: Store,
        runner: Runner,
        channels: Mapping[str, Channel],
        clock: Clock,
        tz: tzinfo,
        load: LoadConfiguration,
        config_path: str,
        version: str,
        links: Links,
        recoveries: Recoveries = Recoveries.COMPLETE,
        give_up_after: float = GIVE_UP_AFTER,
    ) -> None:
        clock = self.clock = SteadyClock(clock)
        self.version = version
        self.started = clock.now()
        self.config = ConfigView(path=config_path, loaded=self.started)
        self.store = store
        self.health = Health(clock)
        self.feed = Feed(self._read_after)
        self.recorder = Recorder(store, self.feed, self.health, clock)
        self.notifier = Notifier(channels, self.recorder, self.health, clock, give_up_after)
        ids = msgspec.json.decode(memory.values[IDS], type=Ids) if IDS in memory.values else Ids()
        self.world = World(model, tz=tz, program_start=self.started, ids=ids, recoveries=recoveries)
        composer = self.composer = Composer(self.world, links, clock)
        self.handlers = Handlers(runner, self.recorder, clock)
        self.pipeline = Pipeline(self.world, composer, self.recorder, self.notifier, self.handlers, clock)
        self.checker = Checker(self.world, runner, composer, self.pipeline, self.health, clock)
        self.appointments = Appointments(self.world, self.pipeline, self.checker, clock)
        self.intake = Intake(self.world, self.pipeline, self.checker, self.appointments, clock)
        self.pipeline.on_appointment = self.appointments.wake
        self.pipeline.on_wishes = self._carry_out
        self.on_wish: dict[WishKind, Callable[[Wish], None]] = {
            WishKind.SHUT_DOWN: self._shut_down,
            WishKind.RESTART: self._restart,
        }
        """Who does what the core asks of the server; whoever writes files for other tools adds itself."""
        self.at_start: list[Callable[[], None]] = []
        """Called when the world is there, before the first check."""
        self.alongside: list[Callable[[], Coroutine[Any, Any, None]]] = []
        """Run beside everything else; cancelled when the server begins to end."""
        self.on_reload: list[Callable[[Model], None]] = []
        """Called with the configuration as the files say it, once it is in force."""
        self.at_stop: list[Callable[[], None]] = []
        """Called when the server begins to end."""
        self.at_end: list[Callable[[], Awaitable[None]]] = []
        """Called when everything is stored and the server ends."""
        self._memory = memory
        self._runner = runner
        self._load = load
        self._stop = asyncio.Event()
        self._reload = asyncio.Event()
        self._reason = ""
        self.ready = asyncio.Event()
        """Set once checks are being run."""

    # --- life ---------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Runs until `stop` is called, then ends in order: checks, messages, store."""
        async with asyncio.TaskGroup() as group:
            recorder = group.create_task(self.recorder.run(), name="recorder")
            notifier = group.create_task(self.notifier.run(), name="notifier")
            watch = group.create_task(self._watch(), name="watch")
            reload = group.create_task(self._reload_when_asked(), name="reload")
            self._start()
            beside = [group.create_task(one()) for one in self.alongside]
            await self._stop.wait()
            for task in (reload, watch, *beside):
                task.cancel()
            await self._wind_down()
            notifier.cancel()
            recorder.cancel()
        self.recorder.close()

    def stop(self, reason: str) -> None:
        """Asks the server to end in order; `reason` may be the name of a signal."""
        if reason.startswith("SIG") and not self._stop.is_set():
            self.log_line(f"Caught {reason}, shutting down...")
        self._reason = self._reason or reason
        self._stop.set()

    def reload(self, reason: str = "") -> None:
        """Asks the server to read its configuration again; `reason` may be the name of a signal."""
        if reason.startswith("SIG"):
            self.log_line(f"Caught {reason}, restarting...")
        self._reload.set()

    def _start(self) -> None:
        memory, model = self._memory, self.world.model
        self.health.on_alarm = self._alarm
        self.clock.on_jump = self._clock_jumped
        known = self.world.topology.checkables
        self.recorder.forget([key for key in memory.states if key not in known], {CLEAN: ""})
        effects = Effects()
        self.world.start(remembered(memory), self.clock.now(), effects)
        unclean = bool(memory.states) and not memory.values.get(CLEAN)
        self.recorder.event(
            ServerStarted(
                time=self.started,
                version=self.version,
                pid=os.getpid(),
                config=self.config.path,
                hosts=len(model.hosts),
                services=len(model.services),
                unclean=unclean,
            )
        )
        self.pipeline.commit(effects)
        self.notifier.put(memory.outbox)
        _call_all(self.at_start)
        self.checker.start()
        self.appointments.wake()
        self.ready.set()

    async def _wind_down(self) -> None:
        """Nothing new begins; what runs may end, what can be sent is sent, and all of it is stored."""
        _call_all(self.at_stop)
        self.checker.stop()
        self.appointments.stop()
        await self._until(lambda: not self.checker.running, CHECK_GRACE)
        try:
            async with asyncio.timeout(FLUSH_GRACE):
                await self.recorder.flush()
                await self.notifier.drain(SEND_GRACE)
                await self._until(lambda: not self.handlers.running, HANDLER_GRACE)
                await self._runner.close(0.0)
                pid, now = os.getpid(), self.clock.now()
                self.recorder.event(ServerStopped(time=now, version=self.version, pid=pid, reason=self._reason))
                self.recorder.forget([], {CLEAN: "1", STOPPED: str(now)})
                await self.recorder.flush()
        except TimeoutError:
            log.error("the store did not take the last facts before the end")
            await self._runner.close(0.0)
        self.feed.close()
        for call in self.at_end:
            try:
                await call()
            except Exception:  # one that fails at the end must not keep the others from theirs
                log.exception("the end was not in order")

    @staticmethod
    async def _until(condition: Callable[[], bool], seconds: float) -> None:
        """Waits for a condition that no event tells of, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not condition():  # noqa: ASYNC110 - a few looks at the very end; events would cost all day
                    await asyncio.sleep(0.02)

    # --- reload -------------------------------------------------------------------------------------------

    async def _reload_when_asked(self) -> None:
        while True:
            await self._reload.wait()
            self._reload.clear()
            await self._reload_now()

    async def _reload_now(self) -> None:
        outcome = await asyncio.to_thread(self._load)
        now = self.clock.now()
        path = self.config.path
        if outcome.model is None:
            log.error("the configuration has errors; the one before stays in force", errors=outcome.errors)
            self.config = msgspec.structs.replace(
                self.config, last_error="\n".join(outcome.errors), last_error_time=now
            )
            self.recorder.event(
                ConfigurationRejected(time=now, config=path, errors=outcome.errors[:ERRORS_KEPT])
            )
            return
        before = self.world.topology.checkables
        effects = Effects()
        gone = self.world.replace(outcome.model, now, effects)
        after = self.world.topology.checkables
        added = sum(key not in before for key in after)
        changed = sum(key in before and before[key] != one for key, one in after.items())
        self.config = ConfigView(path=path, loaded=now)
        self.recorder.forget(gone)
        self.pipeline.commit(effects)
        _call_all([partial(call, outcome.model) for call in self.on_reload])
        self.recorder.event(
            ConfigurationLoaded(time=now, config=path, added=added, changed=changed, removed=len(gone))
        )
        log.info("the configuration was read again", added=added, changed=changed, removed=len(gone))
        self.checker.wake()
        self.appointments.wake()

    # --- what the core asks for ---------------------------------------------------------------------------

    def _carry_out(self, wishes: list[Wish]) -> None:
        for wish in wishes:
            carry = self.on_wish.get(wish.kind)
            if carry is not None:
                carry(wish)

    def _shut_down(self, _: Wish) -> None:
        self.log_line("PROGRAM_SHUTDOWN event encountered, shutting down...")
        self.stop("command")

    def _restart(self, _: Wish) -> None:
        self.log_line("PROGRAM_RESTART event encountered, restarting...")
        self.reload()

    def log_line(self, text: str) -> None:
        """Writes a line of Nagios' log that is no fact of its own."""
        self.pipeline.commit(Effects(events=[LogLine(time=self.clock.now(), text=text)]))

    # --- watching itself ----------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH_EVERY)
            self.clock.now()  # a jump is noticed even when nothing else happens
            _, overdue = self.checker.waiting()
            self.health.review(overdue)

    def _clock_jumped(self, seconds: float) -> None:
        """Nagios' rule: a step backwards, or a long one forwards, moves everything that was planned."""
        log.warning("the clock jumped", seconds=round(seconds, 1))
        if seconds < 0 or seconds >= self.world.settings.time_change_threshold:
            self.world.shift(seconds)
            self.log_line(time_change_line(seconds))
        detail = f"the clock jumped by {seconds:+.1f} s"
        self._alarm(EngineAlarm(time=self.clock.now(), what="clock_jump", detail=detail))
        self.checker.wake()
        self.appointments.wake()

    def _alarm(self, event: EngineAlarm) -> None:
        self.recorder.event(event)

    async def _read_after(self, after: int, limit: int) -> "list[StoredEvent]":
        return list(await asyncio.to_thread(self.store.events_after, after, limit, EventFilter()))


def _call_all(calls: Iterable[Callable[[], object]]) -> None:
    for call in calls:
        try:
            call()
        except Exception:  # whoever asked to be called must not keep the server from its work
            log.exception("a part beside the server failed")
