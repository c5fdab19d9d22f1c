"""The loop under the engine's tests: waiting costs nothing, and time stands still while anybody works."""

import asyncio
import time

import pytest

from support.virtual_time import START, VirtualClock, VirtualTimeLoop


async def test_hours_pass_while_everybody_sleeps(clock: VirtualClock) -> None:
    real = time.monotonic()
    await asyncio.sleep(7200)

    assert clock.now() == START + 7200
    assert time.monotonic() - real < 60


async def test_sleepers_wake_in_the_order_of_their_times(clock: VirtualClock) -> None:
    woken: list[tuple[str, float]] = []

    async def sleep(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        woken.append((name, clock.monotonic()))

    async with asyncio.TaskGroup() as group:
        group.create_task(sleep("late", 20))
        group.create_task(sleep("early", 10))

    assert woken == [("early", 10.0), ("late", 20.0)]


async def test_time_stands_still_while_work_is_ready(clock: VirtualClock) -> None:
    for _ in range(1000):
        await asyncio.sleep(0)

    assert clock.monotonic() == 0.0


async def test_a_deadline_fires_in_virtual_time(clock: VirtualClock) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(30):
            await asyncio.Event().wait()

    assert clock.monotonic() == 30.0


async def test_work_for_a_thread_runs_in_place(clock: VirtualClock) -> None:
    assert await asyncio.to_thread(clock.monotonic) == 0.0


async def test_an_error_in_a_thread_reaches_the_one_who_waits() -> None:
    def fail() -> None:
        raise LookupError("in the thread")

    with pytest.raises(LookupError, match="in the thread"):
        await asyncio.to_thread(fail)


async def test_the_wall_clock_may_jump_without_waking_anybody(clock: VirtualClock) -> None:
    clock.jump(-3600)
    await asyncio.sleep(60)

    assert (clock.now(), clock.monotonic()) == (START - 3540, 60.0)


def test_waiting_for_nothing_is_an_error_and_no_endless_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.virtual_time._DEADLOCK_AFTER", 0.01)
    with (
        asyncio.Runner(loop_factory=VirtualTimeLoop) as runner,
        pytest.raises(RuntimeError, match="Everything sleeps"),
    ):
        runner.run(asyncio.Event().wait())
