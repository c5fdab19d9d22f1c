"""Appending from a thread: order, troubles and their end, limits."""

import asyncio
from collections.abc import Callable
from errno import ENOSPC

import pytest

from atalaia.interop import appender as module
from atalaia.interop.appender import Appender
from support.interop_world import until


class Disk:
    """A target that can be full, slow, or take only a few bytes at once."""

    def __init__(self, at_once: int = 1 << 30) -> None:
        self.data = b""
        self.full = False
        self.at_once = at_once
        self.closed = 0

    def write(self, data: bytes) -> int:
        if self.full:
            raise OSError(ENOSPC, "No space left on device")
        self.data += data[: self.at_once]
        return len(data[: self.at_once])

    def close(self) -> None:
        self.closed += 1


class Reports:
    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, text: str) -> None:
        self.said.append(text)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY", 0.01)


def ended(appender: Appender) -> None:
    appender.close()
    assert appender.join(5.0)


async def test_everything_is_written_in_order() -> None:
    disk = Disk(at_once=7)
    appender = Appender(disk, name="test", report=Reports())
    expected = b""
    for number in range(500):
        piece = b"%d\n" % number
        expected += piece
        assert appender.put(piece)

    assert await appender.flush(5.0)
    assert disk.data == expected
    ended(appender)
    assert disk.closed == 1


async def test_a_full_disk_is_told_once_and_what_waited_is_written_when_it_has_space() -> None:
    disk, reports = Disk(), Reports()
    appender = Appender(disk, name="test", report=reports)
    disk.full = True
    for number in range(20):
        appender.put(b"%d\n" % number)
    await until(lambda: bool(reports.said))
    await asyncio.sleep(0.05)
    assert reports.said == ["No space left on device"]

    disk.full = False
    await until(lambda: len(reports.said) == 2)

    assert reports.said[1] == ""
    assert await appender.flush(5.0)
    assert disk.data == b"".join(b"%d\n" % number for number in range(20))
    ended(appender)


async def test_beyond_the_limit_newer_data_is_dropped_and_counted() -> None:
    disk, reports = Disk(), Reports()
    appender = Appender(disk, name="test", report=reports, limit=100)
    disk.full = True

    taken = [appender.put(b"x" * 10) for _ in range(20)]

    assert taken == [True] * 10 + [False] * 10
    assert appender.dropped == 10
    disk.full = False
    assert await appender.flush(5.0)
    assert appender.put(b"again")
    ended(appender)
    assert disk.data == b"x" * 100 + b"again"


async def test_work_is_done_between_what_was_put_before_and_after() -> None:
    disk = Disk()
    seen: list[bytes] = []
    appender = Appender(disk, name="test", report=Reports())
    appender.put(b"before")
    appender.then(lambda: seen.append(disk.data))
    appender.put(b" after")

    ended(appender)

    assert seen == [b"before"]
    assert disk.data == b"before after"


async def test_a_pause_closes_the_file_and_holds_what_comes() -> None:
    disk = Disk()
    paused = asyncio.Event()
    appender = Appender(disk, name="test", report=Reports())
    appender.put(b"before")
    appender.pause(paused.set)
    await asyncio.wait_for(paused.wait(), 5)
    appender.put(b" meanwhile")
    await asyncio.sleep(0.05)
    assert (disk.data, disk.closed) == (b"before", 1)

    appender.resume()

    ended(appender)
    assert disk.data == b"before meanwhile"


async def test_at_the_end_a_disk_that_stays_full_gets_one_more_try_for_each_piece() -> None:
    disk = Disk()
    appender = Appender(disk, name="test", report=Reports())
    disk.full = True
    appender.put(b"lost")

    ended(appender)

    assert disk.data == b""


async def test_a_job_that_fails_does_not_end_the_writing() -> None:
    disk = Disk()
    appender = Appender(disk, name="test", report=Reports())
    fail: Callable[[], object] = lambda: 1 / 0  # noqa: E731
    appender.then(fail)
    appender.put(b"after")

    ended(appender)

    assert disk.data == b"after"
