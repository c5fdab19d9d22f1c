"""The single way to the store: first written, then told.

Steps are collected and written in one transaction at a time by one writer thread. What is to happen because of
them (messages, handlers, live readers) happens after the transaction. When the store fails, nothing is thrown
away: the batch stays in memory and is tried again, an alarm is raised, and after a moment people are told all
the same, because a full disk must not silence a monitor.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from atalaia.core.effects import Effects
from atalaia.core.events import UNSTORED, AnyEvent, AnyFact
from atalaia.engine.feed import Feed
from atalaia.engine.health import Health
from atalaia.ports.clock import Clock
from atalaia.ports.outlets import Outlet
from atalaia.ports.storage import Batch, OutboxItem, StorageError, Store

ROUTINE_DELAY = 1.0
"""Seconds that a result without news may wait to be written together with others."""

PATIENCE = 3.0
"""Seconds that news waits for a failing store before people are told without it."""

_RETRY = 1.0

log = structlog.get_logger(__name__)


class Recorder:
    """Collects what is to be stored and writes it in order."""

    def __init__(self, store: Store, feed: Feed, health: Health, clock: Clock) -> None:
        self._store = store
        self._feed = feed
        self._health = health
        self._clock = clock
        self._batch = Batch()
        self._facts: list[AnyFact] = []
        """Everything that the outlets are to hear of, in order; the stored events are among them."""
        self.outlets: list[Outlet] = []
        self._after: list[Callable[[], None]] = []
        self._news = asyncio.Event()
        self._routine: asyncio.TimerHandle | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="recorder")

    def add(self, effects: Effects, outbox: list[OutboxItem], then: Callable[[], None] | None) -> None:
        """Takes over the facts of a step; `then` is called once they are stored."""
        batch = self._batch
        batch.states.update(effects.changed)
        stored = [event for event in effects.events if not isinstance(event, UNSTORED)]
        batch.events.extend(stored)
        self._facts.extend(effects.events)
        batch.outbox.extend(outbox)
        batch.comments.update(effects.comments)
        batch.downtimes.update(effects.downtimes)
        batch.changes.update(effects.changes)
        batch.contacts.update(effects.contacts)
        if then is not None:
            self._after.append(then)
        self._idle.clear()
        if stored or outbox or then is not None or effects.changes:
            self._news.set()
        elif self._routine is None:
            self._routine = asyncio.get_running_loop().call_later(ROUTINE_DELAY, self._news.set)

    def event(self, event: AnyEvent) -> None:
        """One fact without a state."""
        self.add(Effects(events=[event]), [], None)

    def done(self, key: str, event: AnyEvent) -> None:
        """A message left the outbox."""
        self._batch.sent.append(key)
        self.event(event)

    def postponed(self, item: OutboxItem, event: AnyEvent | None) -> None:
        """A message stays in the outbox for a later try."""
        self.add(Effects(events=[event] if event else []), [item], None)

    def forget(self, keys: list[tuple[str, str]], values: dict[str, str] | None = None) -> None:
        """Objects that are gone, and small facts about the server."""
        self._batch.forget.extend(keys)
        for key in keys:
            self._batch.states.pop(key, None)
        self._batch.values.update(values or {})
        self._idle.clear()
        self._news.set()

    def value(self, name: str, value: str) -> None:
        """A small fact that is written along with the next batch."""
        self._batch.values[name] = value

    async def run(self) -> None:
        """Writes until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            if self._routine is not None:
                self._routine.cancel()
                self._routine = None
            batch, self._batch = self._batch, Batch()
            after, self._after = self._after, []
            facts, self._facts = self._facts, []
            await self._write(batch, facts, after)
            if not self._news.is_set():
                self._idle.set()

    async def flush(self) -> None:
        """Returns when everything added so far is stored."""
        self._idle.clear()
        self._news.set()
        await self._idle.wait()

    def close(self) -> None:
        """Ends the writer thread."""
        self._thread.shutdown(wait=True)

    async def _write(self, batch: Batch, facts: list[AnyFact], after: list[Callable[[], None]]) -> None:
        loop = asyncio.get_running_loop()
        since = self._clock.monotonic()
        failed = False
        while True:
            try:
                stored = await loop.run_in_executor(self._thread, self._store.write, batch)
            except StorageError as error:
                if not failed:
                    log.error("the store does not take new facts", error=str(error))
                    failed = True
                self._health.alarm("storage", str(error))
                if self._clock.monotonic() - since >= PATIENCE:
                    self._tell_outlets(facts)
                    facts = []
                    _call_all(after)
                    after = []
                self._swallow(batch, facts, after)
                await asyncio.sleep(_RETRY)
            else:
                if failed:
                    log.info("the store takes facts again")
                    self._health.all_clear("storage")
                self._feed.publish(stored)
                self._tell_outlets(facts)
                _call_all(after)
                return

    def _tell_outlets(self, facts: list[AnyFact]) -> None:
        for outlet in self.outlets if facts else ():
            try:
                outlet.publish(facts)
            except Exception:  # a log file that fails must not stop the others, nor the recorder
                log.exception("an outlet failed", outlet=type(outlet).__name__)

    def _swallow(self, batch: Batch, facts: list[AnyFact], after: list[Callable[[], None]]) -> None:
        """While the store fails, newer facts join the batch that waits, in order."""
        newer, self._batch = self._batch, Batch()
        facts.extend(self._facts)
        self._facts = []
        batch.states.update(newer.states)
        batch.forget.extend(newer.forget)
        batch.events.extend(newer.events)
        batch.outbox.extend(newer.outbox)
        batch.sent.extend(newer.sent)
        batch.comments.update(newer.comments)
        batch.downtimes.update(newer.downtimes)
        batch.changes.update(newer.changes)
        batch.contacts.update(newer.contacts)
        batch.values.update(newer.values)
        after.extend(self._after)
        self._after = []


def _call_all(after: list[Callable[[], None]]) -> None:
    for call in after:
        try:
            call()
        except Exception:  # a fault in what follows from one step must not stop the writing of all others
            log.exception("what follows from a stored step failed")
