"""An event stream that is never trusted alone.
 Three things run side by side: one listens and connects again when the stream is lost, one compares what was
heard with a listing now and then, one asks whether the engine answers at all. What is believed, and what is
news, is decided in `picture`.
"""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress

import msgspec
import structlog
from msgspec import structs

from atalaia.containers.picture import Picture, Suspect
from atalaia.core.instants import Instant
from atalaia.ports.clock import Clock
from atalaia.ports.containers import (
    ContainerError,
    ContainerEvent,
    ContainerObserver,
    ContainerState,
    ContainerSummary,
    EventSource,
    NotFoundError,
    StreamHealth,
    StreamReceiver,
)

_log = structlog.get_logger(__name__)


class StreamSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds, unless it says otherwise."""

    reconcile_every: float = 10.0
    ping_every: float = 3.0
    grace: float = 0.25
    """How long an event may be on its way while a listing already shows its effect."""
    first_pause: float = 0.1
    """Before connecting again for the second time; the first is at once. Doubles each time."""
    longest_pause: float = 5.0
    overlap: float = 2.0
    """So much of the past is asked for again when the stream is resumed."""
    inspections: int = 8
    """Containers looked at closely at the same time."""


class WatchedStream:
    """Implements `atalaia.ports.containers.ContainerStream` over any observer.

    Args:
        observer: looks; is not closed here.
        clock: for what is ours; an engine on another machine dates its events by its own.
        settings: how often.
    """

    def __init__(
        self, observer: ContainerObserver, clock: Clock, settings: StreamSettings | None = None
    ) -> None:
        self._observer = observer
        self._clock = clock
        self._settings = settings or StreamSettings()
        self._picture = Picture()
        self._health = StreamHealth(address=observer.address)
        self._receiver: StreamReceiver | None = None
        self._source: EventSource | None = None
        self._soon = asyncio.Event()
        self._listed = False
        self._connected_at = 0.0
        self._compared_at = 0.0
        """Both by the monotonic clock; the latter of the last comparison."""
        self._why_again = ""
        self._newest = 0
        """`nano` of the last event that was told; before the first one, what to resume after."""
        self._handled = 0
        """See `after_nano` of `run`."""

    @property
    def health(self) -> StreamHealth:
        """How well it hears."""
        return structs.replace(
            self._health,
            containers=len(self._picture),
            doubles=self._picture.doubles,
            late=self._picture.late,
        )

    @property
    def picture(self) -> Collection[ContainerSummary]:
        """The containers as they are believed to be."""
        return self._picture.summaries()

    def reconcile_soon(self) -> None:
        """Has it compare with a listing now."""
        self._soon.set()

    async def run(
        self, receiver: StreamReceiver, *, after_nano: int = 0, known: Collection[ContainerSummary] = ()
    ) -> None:
        """Runs until it is cancelled, or the receiver fails."""
        self._receiver = receiver
        self._newest = self._handled = after_nano
        self._picture.begin_with(known, self._clock.now(), self._clock.monotonic())
        self._listed = bool(known)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._compare_for_ever())
            tasks.create_task(self._ping_for_ever())

    # --- listening --------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        failures = 0
        while True:
            heard = self._health.last_event
            try:
                self._source = await self._observer.subscribe(self._resume_from())
                self._set_connected()
                try:
                    async for event in self._source:
                        self._take(event)
                finally:
                    await self._source.close()
                    self._source = None
                reason = self._why_again or (
                    f"The container engine at {self._observer.address} ended its stream of events."
                )
            except ContainerError as error:
                reason = str(error)
            lasted = self._health.connected and self._clock.monotonic() - self._connected_at > 1.0
            failures = 0 if lasted or self._health.last_event != heard else failures + 1
            self._why_again = ""
            self._set_lost(reason)
            if failures:
                pause = self._settings.first_pause * 2.0 ** min(failures - 1, 10)
                await asyncio.sleep(min(pause, self._settings.longest_pause))

    def _resume_from(self) -> int:
        """In nanoseconds; 0 for nothing of the past."""
        if not self._newest:
            return 0
        # Never before what a former run handled: its events are not remembered here.
        return max(self._handled + 1, self._newest - int(self._settings.overlap * 1e9))

    def _take(self, event: ContainerEvent) -> None:
        self._newest = event.nano
        self._health = structs.replace(self._health, last_event=event.received)
        if (news := self._picture.take(event, self._clock.monotonic())) is not None:
            self._to().happened(news)

    def _set_connected(self) -> None:
        again = self._connected_at != 0.0
        self._connected_at = self._clock.monotonic()
        self._newest = self._newest or int(self._clock.now() * 1e9)
        if again:
            _log.info("events of the container engine are heard again", engine=self._observer.address)
        self._change(connected=True, error="", reconnects=self._health.reconnects + again)
        self._soon.set()

    def _set_lost(self, reason: str) -> None:
        if self._health.connected or self._health.error != reason:
            _log.warning("events of the container engine are not heard", reason=reason)
        self._change(connected=False, error=reason)

    async def _connect_again(self, reason: str) -> None:
        """Ends the subscription; `_listen` makes another."""
        if self._source is not None:
            self._why_again = reason
            await self._source.close()

    # --- comparing --------------------------------------------------------------------------------------

    async def _compare_for_ever(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._settings.reconcile_every):
                    await self._soon.wait()
            self._soon.clear()
            try:
                await self._compare()
            except ContainerError as error:
                self._change(error=str(error))

    async def _compare(self) -> None:
        asked, turn = self._clock.monotonic(), self._picture.turn
        listing = await self._observer.containers()
        missed: list[ContainerEvent] = []
        if self._listed and (suspects := self._picture.suspects(listing, turn, asked)):
            await asyncio.sleep(self._settings.grace)
            missed = await self._look_closely([one for one in suspects if self._picture.still_suspect(one)])
        self._picture.adopt(listing, turn, self._clock.monotonic(), first=not self._listed)
        self._listed = True
        silent = bool(missed) and self._health.connected and self._connected_at < self._compared_at
        self._compared_at = self._clock.monotonic()
        self._health = structs.replace(
            self._health,
            last_reconcile=self._clock.now(),
            reconcile_seconds=self._compared_at - asked,
            repaired=self._health.repaired + len(missed),
        )
        self._to().listed(self._picture.summaries())
        if silent:
            await self._connect_again(
                f"The container engine at {self._observer.address} did not tell that {missed[0].name}"
                f" {missed[0].action} ({len(missed)} events in all); a listing showed it."
            )
        elif self._health.connected and self._health.answering:
            self._change(error="")

    async def _look_closely(self, suspects: Sequence[Suspect]) -> list[ContainerEvent]:
        """Inspects containers and tells what was missed about them."""
        missed: list[ContainerEvent] = []
        for first in range(0, len(suspects), self._settings.inspections):
            some = suspects[first : first + self._settings.inspections]
            async with asyncio.TaskGroup() as tasks:
                looking = [tasks.create_task(self._look(one.id)) for one in some]
            for suspect, task in zip(some, looking, strict=True):
                found = task.result()
                if isinstance(found, ContainerError):
                    raise found
                if not self._picture.still_suspect(suspect):
                    continue
                now, monotonic = self._clock.now(), self._clock.monotonic()
                for event in self._picture.repair(suspect, found, now, monotonic):
                    missed.append(event)
                    self._to().happened(event)
        return missed

    async def _look(self, identity: str) -> ContainerState | ContainerError | None:
        """None where there is none. An error is returned: a group would wrap it."""
        try:
            return (await self._observer.inspect(identity)).state
        except NotFoundError:
            return None
        except ContainerError as error:
            return error

    # --- the engine itself ------------------------------------------------------------------------------

    async def _ping_for_ever(self) -> None:
        while True:
            try:
                await self._observer.ping()
            except ContainerError as error:
                self._change(answering=False, error=str(error))
            else:
                away = not self._health.answering and self._health.last_ping != 0.0
                self._change(answering=True, last_ping=self._clock.now())
                if away:
                    # Whatever is still open may be a leftover of the time before.
                    self._soon.set()
                    await self._connect_again(
                        f"The container engine at {self._observer.address} answers again;"
                        " its stream of events is renewed."
                    )
            await asyncio.sleep(self._settings.ping_every)

    # --- telling ----------------------------------------------------------------------------------------

    def _to(self) -> StreamReceiver:
        if self._receiver is None:
            raise RuntimeError("The stream does not run.")
        return self._receiver

    def _change(
        self,
        *,
        connected: bool | None = None,
        answering: bool | None = None,
        error: str | None = None,
        last_ping: Instant | None = None,
        reconnects: int | None = None,
    ) -> None:
        before = self._health
        self._health = structs.replace(
            before,
            connected=before.connected if connected is None else connected,
            answering=before.answering if answering is None else answering,
            error=before.error if error is None else error,
            last_ping=before.last_ping if last_ping is None else last_ping,
            reconnects=before.reconnects if reconnects is None else reconnects,
        )
        if connected is not None and (connected is not before.connected or not before.since):
            self._health = structs.replace(self._health, since=self._clock.now())
        told = ("connected", "answering", "error")
        if any(getattr(before, name) != getattr(self._health, name) for name in told):
            self._to().stream_changed(self.health)
