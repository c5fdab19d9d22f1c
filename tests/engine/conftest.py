"""Everything in this folder runs in virtual time."""

import asyncio
from collections.abc import Callable, Mapping

import pytest

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
