"""Hearing from containers in tests: what was heard, and waiting for it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence

from blockbuster import BlockBuster

from atalaia.containers.stream import StreamSettings, WatchedStream
from atalaia.ports.container_actions import ActionRecord, Outcome
from atalaia.ports.containers import (
    Action,
    ContainerEvent,
    ContainerObserver,
    ContainerSummary,
    StreamHealth,
)
from support.running import RealClock

QUICK = StreamSettings(reconcile_every=0.3, ping_every=0.05, grace=0.05, first_pause=0.02, longest_pause=0.05)
"""A stream in a hurry."""


class Heard:
    """Implements `atalaia.ports.containers.StreamReceiver`."""

    def __init__(self) -> None:
        self.events: list[ContainerEvent] = []
        self.listings: list[Sequence[ContainerSummary]] = []
        self.healths: list[StreamHealth] = []
        self._news = asyncio.Event()

    def happened(self, event: ContainerEvent) -> None:
        self.events.append(event)
        self._news.set()

    def listed(self, containers: Sequence[ContainerSummary]) -> None:
        self.listings.append(containers)
        self._news.set()

    def stream_changed(self, health: StreamHealth) -> None:
        self.healths.append(health)
        self._news.set()

    async def until(self, seen: Callable[[], object], seconds: float = 10.0) -> None:
        """Returns when something is so; looked at after each piece of news."""
        try:
            async with asyncio.timeout(seconds):
                while not seen():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"not seen in {seconds} s; heard: {self.told()}") from None

    async def event(self, action: Action, name: str, seconds: float = 10.0) -> ContainerEvent:
        """The first event of that kind about a container, once it is there."""
        await self.until(lambda: self.about(name, action), seconds)
        return self.about(name, action)[0]

    def about(self, name: str, *actions: Action) -> list[ContainerEvent]:
        """The events about a container, of some kinds or of all."""
        return [one for one in self.events if one.name == name and (not actions or one.action in actions)]

    def told(self) -> list[tuple[str, str]]:
        """Who and what, in order."""
        return [(one.name, str(one.action)) for one in self.events]


@contextlib.asynccontextmanager
async def listening(
    observer: ContainerObserver,
    settings: StreamSettings = QUICK,
    *,
    after_nano: int = 0,
    known: Collection[ContainerSummary] = (),
) -> AsyncIterator[tuple[Heard, WatchedStream]]:
    """A stream that runs, connected and with its first listing."""
    heard = Heard()
    stream = WatchedStream(observer, RealClock(), settings)
    running = asyncio.ensure_future(stream.run(heard, after_nano=after_nano, known=known))
    try:
        await heard.until(lambda: heard.listings and not stream.health.blind)
        yield heard, stream
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


class Records:
    """An audit that keeps what it is told."""

    def __init__(self) -> None:
        self.all: list[ActionRecord] = []

    def __call__(self, record: ActionRecord) -> None:
        self.all.append(record)

    def outcomes(self) -> list[Outcome]:
        return [one.outcome for one in self.all]


@contextlib.contextmanager
def nothing_blocks() -> Iterator[None]:
    """Fails when a coroutine of ours waits for a file or a socket by itself."""
    guard = BlockBuster(scanned_modules=["atalaia"])
    # Where the engine is, and with which certificates, is read once, before anything is watched.
    for function in ("tls_context", "address_from_environment"):
        for call in ("os.stat", "io.BufferedReader.read"):
            guard.functions[call].can_block_in("atalaia/containers/address.py", function)
    guard.activate()
    try:
        yield
    finally:
        guard.deactivate()
