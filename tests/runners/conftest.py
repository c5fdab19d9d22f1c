"""A runner over real processes that must leave nothing behind, whatever a test does with it."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from atalaia.runners.spawn import SpawnRunner
from support.running import RealClock, children, open_descriptors


@pytest.fixture
def clock() -> RealClock:
    return RealClock()


@pytest.fixture
async def runner(clock: RealClock) -> AsyncIterator[SpawnRunner]:
    before = open_descriptors(), children()
    runner = SpawnRunner(clock, asyncio.get_running_loop(), output_cap=65536)
    yield runner
    await runner.close(0)
    after = open_descriptors(), children()

    assert after == before, f"left behind by {os.getpid()}"
