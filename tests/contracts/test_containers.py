"""What every source of containers promises: Docker, the engine that is only a test's, and local processes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from atalaia.ports.container_actions import Outcome, Verb
from atalaia.ports.containers import (
    Action,
    ConflictError,
    ContainerEvent,
    ContainerObserver,
    ContainerState,
    NotFoundError,
    RunState,
)
from support.container_listening import Heard, listening, nothing_blocks
from support.container_worlds import World, docker_world, fake_world, process_world

PRODUCTS = {"docker": "Docker", "fake": "Docker", "processes": "launcher"}


@pytest.fixture(
    params=[
        pytest.param("docker", marks=pytest.mark.slow),
        "fake",
        pytest.param("processes", marks=pytest.mark.slow),
    ]
)
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    if request.param == "docker":
        entered = docker_world()
    elif request.param == "fake":
        entered = fake_world(tmp_path)
    else:
        entered = process_world(tmp_path)
    async with entered as one:
        yield one


@pytest.fixture(autouse=True)
def no_blocking_calls() -> Iterator[None]:
    with nothing_blocks():
        yield


@contextlib.asynccontextmanager
async def hearing(observer: ContainerObserver, after_nano: int = 0) -> AsyncIterator[Heard]:
    """The events of one plain subscription."""
    heard = Heard()
    source = await observer.subscribe(after_nano)

    async def listen() -> None:
        async for event in source:
            heard.happened(event)

    task = asyncio.ensure_future(listen())
    try:
        yield heard
    finally:
        await source.close()
        await task


async def state_of(world: World) -> ContainerState:
    return (await world.observer.inspect(world.name)).state


async def test_it_answers_and_says_who_it_is(world: World, request: pytest.FixtureRequest) -> None:
    await world.observer.ping()

    kind = request.node.callspec.params["world"]
    assert (await world.observer.version()).product == PRODUCTS[kind]


async def test_a_listing_has_what_runs(world: World) -> None:
    found = {one.name: one for one in await world.observer.containers()}

    assert found[world.name].state is RunState.RUNNING


async def test_an_inspection_agrees_with_the_listing_and_knows_more(world: World) -> None:
    listed = next(one for one in await world.observer.containers() if one.name == world.name)
    state = await state_of(world)

    assert (state.id, state.name, state.state) == (listed.id, listed.name, listed.state)
    assert state.pid > 0
    assert state.started > state.finished


async def test_nobody_of_that_name_is_not_found(world: World) -> None:
    with pytest.raises(NotFoundError, match="nobody-of-that-name"):
        await world.observer.inspect("nobody-of-that-name")


async def test_stats_tell_what_is_used(world: World) -> None:
    stats = await world.observer.stats(world.name)

    assert stats.memory is not None
    assert stats.memory > 10_000
    assert stats.cpu is not None
    assert 0 <= stats.cpu < 64


async def test_what_does_not_run_uses_nothing(world: World) -> None:
    await world.actor.kill(world.name)

    async def ended() -> bool:
        return not (await state_of(world)).state.lives

    while not await ended():
        await asyncio.sleep(0.01)
    with pytest.raises(ConflictError, match="does not run"):
        await world.observer.stats(world.name)


async def test_the_log_s_end_comes_in_order(world: World) -> None:
    lines = await world.observer.logs(world.name, 2)

    assert [line.text for line in lines][-1] in ("last", "hello")


async def test_its_own_end_is_told_with_the_exit_code(world: World) -> None:
    async with hearing(world.observer) as heard:
        await world.end_with_3()
        event = await heard.event(Action.DIED, world.name)

    assert (event.exit_code, event.signal, event.synthetic, event.late) == (3, 0, False, False)
    assert event.received - event.time < 1.0
    assert (await state_of(world)).exit_code == 3


async def test_a_kill_is_told_with_its_signal_and_so_is_the_death(world: World) -> None:
    async with hearing(world.observer) as heard:
        await world.actor.kill(world.name)
        killed = await heard.event(Action.KILLED, world.name)
        died = await heard.event(Action.DIED, world.name)

    assert (killed.signal, died.exit_code, died.signal) == (9, 137, 9)


async def test_a_subscription_resumes_from_an_instant(world: World) -> None:
    async with hearing(world.observer) as first:
        await world.actor.kill(world.name)
        killed = await first.event(Action.KILLED, world.name)
        died = await first.event(Action.DIED, world.name)
    async with hearing(world.observer, killed.nano + 1) as second:
        again = await second.event(Action.DIED, world.name)

    assert again.key == died.key
    assert second.about(world.name, Action.KILLED) == []


async def test_stop_ends_it_and_start_brings_it_back(world: World) -> None:
    before = await state_of(world)
    await world.actor.stop(world.name, grace=0.2)
    stopped = await state_of(world)
    await world.actor.start(world.name)
    after = await state_of(world)

    assert (stopped.state, after.state, after.id) == (RunState.EXITED, RunState.RUNNING, before.id)
    assert after.started > stopped.finished >= before.started


async def test_what_is_so_already_is_left_alone(world: World) -> None:
    started = (await state_of(world)).started
    await world.actor.start(world.name)
    await world.actor.stop(world.name, grace=0.2)
    finished = (await state_of(world)).finished
    await world.actor.stop(world.name, grace=0.2)

    after = await state_of(world)
    assert (after.started, after.finished) == (started, finished)


async def test_a_restart_is_a_new_run(world: World) -> None:
    before = await state_of(world)
    async with hearing(world.observer) as heard:
        await world.actor.restart(world.name, grace=0.2)
        await heard.event(Action.RESTARTED, world.name)
        told = [
            event.action for event in heard.about(world.name, Action.DIED, Action.STARTED, Action.RESTARTED)
        ]
    after = await state_of(world)

    assert told == [Action.DIED, Action.STARTED, Action.RESTARTED]
    assert after.state is RunState.RUNNING
    assert after.started > before.started


async def test_pause_and_unpause_are_told_and_seen(world: World) -> None:
    def of(event: ContainerEvent) -> Action:
        return event.action

    async with hearing(world.observer) as heard:
        await world.actor.pause(world.name)
        paused = await state_of(world)
        await world.actor.unpause(world.name)
        await heard.event(Action.UNPAUSED, world.name)

    assert paused.state is RunState.PAUSED
    assert (await state_of(world)).state is RunState.RUNNING
    assert [of(one) for one in heard.about(world.name)] == [Action.PAUSED, Action.UNPAUSED]


async def test_what_cannot_be_is_a_conflict(world: World) -> None:
    with pytest.raises(ConflictError):
        await world.actor.unpause(world.name)
    await world.actor.kill(world.name)
    while (await state_of(world)).state.lives:
        await asyncio.sleep(0.01)
    with pytest.raises(ConflictError):
        await world.actor.kill(world.name)


async def test_nobody_can_be_acted_on(world: World) -> None:
    with pytest.raises(NotFoundError):
        await world.actor.start("nobody-of-that-name")

    assert world.records.outcomes() == [Outcome.BEGUN, Outcome.FAILED]


async def test_each_action_is_written_down_at_its_begin_and_at_its_end(world: World) -> None:
    await world.actor.kill(world.name, why="a test")

    begun, done = world.records.all
    assert (begun.verb, begun.container, begun.why, begun.outcome) == (
        Verb.KILL,
        world.name,
        "a test",
        Outcome.BEGUN,
    )
    assert (done.number, done.outcome) == (begun.number, Outcome.DONE)


async def test_a_watched_stream_ends_up_with_what_the_listing_says(world: World) -> None:
    async with listening(world.observer) as (heard, stream):
        await world.end_with_3()
        await heard.event(Action.DIED, world.name)
        await world.actor.start(world.name)
        await heard.event(Action.STARTED, world.name)
        believed = {one.id: (one.name, one.state) for one in stream.picture}
    listed = {one.id: (one.name, one.state) for one in await world.observer.containers()}

    assert believed == listed
    assert not any(event.synthetic for event in heard.events)
