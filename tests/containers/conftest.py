"""The fake engine, an observer of it, and a guard: nothing of ours may block the loop."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from atalaia.containers.address import EngineAddress, parse_address
from atalaia.containers.docker import DockerObserver
from support.container_listening import nothing_blocks
from support.fake_engine import FakeEngine
from support.running import RealClock


@pytest.fixture(autouse=True)
def no_blocking_calls() -> Iterator[None]:
    with nothing_blocks():
        yield


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[FakeEngine]:
    async with FakeEngine(tmp_path / "engine.sock") as one:
        yield one


@pytest.fixture
def address(engine: FakeEngine) -> EngineAddress:
    return parse_address(str(engine.socket))


@pytest.fixture
async def observer(address: EngineAddress) -> AsyncIterator[DockerObserver]:
    one = DockerObserver(address, RealClock())
    yield one
    await one.close()
