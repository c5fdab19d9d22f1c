"""A whole Server over fakes, for stories in virtual time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from typing import TypeVar

from atalaia.core.events import Event
from atalaia.core.objects import Model
from atalaia.engine.composer import Links
from atalaia.engine.control import ServerControl
from atalaia.engine.server import Server
from atalaia.ports.configuration import LoadOutcome
from atalaia.ports.storage import EventFilter, Memory, StorageError, Store
from atalaia.storage.memory import MemoryStore
from support.fake_channel import FakeChannel
from support.fakes import FakeRunner
from support.virtual_time import VirtualClock

_Kind = TypeVar("_Kind", bound=Event)


class Failing:
    """A store that can be made to fail."""

    def __init__(self, behind: Store) -> None:
        self.behind = behind
        self.broken = False

    def __getattr__(self, name: str) -> object:
        return getattr(self.behind, name)

    def write(self, batch: object) -> object:
        if self.broken:
            raise StorageError("no space left on the device")
        return self.behind.write(batch)  # type: ignore[arg-type]


class Bench:
    """The server under test and everything around it that a test wants to touch."""

    def __init__(self, model: Model, *, store: MemoryStore | None = None, memory: Memory | None = None) -> None:
        loop = asyncio.get_running_loop()
        self.clock = VirtualClock(loop)
        self.runner = FakeRunner(self.clock, loop)
        self.mail = FakeChannel()
        self.command = FakeChannel()
        self.kept = store or MemoryStore()
        self.store = Failing(self.kept)
        self.outcome = LoadOutcome(model=model)
        self.server = Server(
            model=model,
            memory=memory or self.kept.load(),
            store=self.store,  # type: ignore[arg-type]
            runner=self.runner,
            channels={"mail": self.mail, "command": self.command},
            clock=self.clock,
            tz=UTC,
            load=lambda: self.outcome,
            config_path="/etc/nagios4/nagios.cfg",
            version="test",
            links=Links(base="http://127.0.0.1:8420"),
        )
        self.control = ServerControl(self.server)

    def events(self, kind: type[_Kind]) -> list[_Kind]:
        """Stored events of one type, oldest first."""
        found = self.kept.events_after(0, 100_000, EventFilter())
        return [one.event for one in found if isinstance(one.event, kind)]


@asynccontextmanager
async def running(bench: Bench) -> AsyncIterator[Server]:
    """Runs the server for the length of the block and ends it in order."""
    async with asyncio.TaskGroup() as group:
        group.create_task(bench.server.run())
        await bench.server.ready.wait()
        yield bench.server
        bench.server.stop("test")


async def crash_after(bench: Bench, seconds: float) -> None:
    """Runs the server and drops it without any ceremony, as kill -9 would."""
    task = asyncio.ensure_future(bench.server.run())
    await asyncio.sleep(seconds)
    bench.server.checker.stop()
    task.cancel()
    await asyncio.wait({task})
