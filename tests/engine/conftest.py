"""Everything in this folder runs in virtual time, and nothing of ours may block the loop in it."""

import asyncio
from collections.abc import Callable, Iterator, Mapping

import pytest
from blockbuster import BlockBuster

from atalaia.texts import preload
from support.fakes import FakeRunner
from support.virtual_time import VirtualClock, VirtualTimeLoop


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Gives every async test below this folder a loop whose time jumps."""
    return {"virtual": VirtualTimeLoop}


@pytest.fixture
async def clock() -> VirtualClock:
    """The wall clock of the test's own loop."""
    return VirtualClock(asyncio.get_running_loop())


@pytest.fixture
async def runner(clock: VirtualClock) -> FakeRunner:
    """A runner whose commands are scripted and take no real time."""
    return FakeRunner(clock, asyncio.get_running_loop())


@pytest.fixture(autouse=True)
def no_blocking_calls() -> Iterator[None]:
    """Fails a test in which a coroutine of ours sleeps, opens a file or waits for a socket by itself."""
    preload()  # as the server does before it starts
    guard = BlockBuster(scanned_modules=["atalaia"])
    # A traceback is written with the lines of the files that it names: rare, and worth the moment.
    guard.functions["os.stat"].can_block_in("atalaia/engine/checker.py", "_take")
    guard.functions["io.BufferedReader.read"].can_block_in("atalaia/engine/checker.py", "_take")
    guard.functions["io.TextIOWrapper.read"].can_block_in("atalaia/engine/checker.py", "_take")
    guard.activate()
    try:
        yield
    finally:
        guard.deactivate()
