"""Everything that can happen to a container happens to one in Docker, and is heard as what it is."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from atalaia.containers.stream import StreamSettings, WatchedStream
from atalaia.ports.containers import Action, ContainerEvent, Health, RunState
from support.container_listening import listening
from support.container_worlds import RealEngine, docker, real_engine

pytestmark = pytest.mark.slow

EAT_MEMORY = "sleep 0.2; x=aaaaaaaa; while :; do x=$x$x; done"


@pytest.fixture
async def real() -> AsyncIterator[RealEngine]:
    async with real_engine() as engine:
        yield engine


def facts(event: ContainerEvent) -> tuple[bool, bool, bool]:
    """Heard as it happened, in order, and soon."""
    return event.synthetic, event.late, event.received - event.time < 1.0


AT_ONCE = (False, False, True)


async def picture_equals_listing(real: RealEngine, stream: WatchedStream) -> None:
    """Returns when they do. Docker tells of an end a moment before its own listings show it."""
    async with asyncio.timeout(5.0):
        while True:
            listed = {one.id: (one.name, one.state) for one in await real.observer.containers()}
            if {one.id: (one.name, one.state) for one in stream.picture} == listed:
                return


async def test_from_creation_to_its_own_end(real: RealEngine) -> None:
    async with listening(real.observer, StreamSettings()) as (heard, stream):
        web = await real.run("web", command=["sh", "-c", "exit 7"])
        died = await heard.event(Action.DIED, web)
        await picture_equals_listing(real, stream)

    assert [one.action for one in heard.about(web)][:2] == [Action.CREATED, Action.NETWORK_CONNECTED]
    assert heard.about(web, Action.STARTED)
    assert (died.exit_code, died.signal, facts(died)) == (7, 0, AT_ONCE)
    assert died.attributes["atalaia.tests"] == real.mark


async def test_a_signal_that_it_survives_and_one_that_it_does_not(real: RealEngine) -> None:
    web = await real.run("web", command=["sh", "-c", "trap : USR1; while :; do sleep 0.02; done"])
    async with listening(real.observer, StreamSettings()) as (heard, _):
        await docker("kill", "--signal", "USR1", web)
        survived = await heard.event(Action.KILLED, web)
        assert heard.about(web, Action.DIED) == []
        await docker("kill", web)
        died = await heard.event(Action.DIED, web)

    assert (survived.signal, heard.about(web, Action.KILLED)[1].signal) == (10, 9)
    assert (died.exit_code, died.signal, facts(died)) == (137, 9, AT_ONCE)


async def test_memory_runs_out_before_it_dies(real: RealEngine) -> None:
    async with listening(real.observer, StreamSettings()) as (heard, _):
        limits = ("--memory", "16m", "--memory-swap", "16m")
        web = await real.run("web", *limits, command=["sh", "-c", EAT_MEMORY])
        died = await heard.event(Action.DIED, web, 20.0)
    state = (await real.observer.inspect(web)).state

    assert [one.action for one in heard.about(web, Action.OOM, Action.DIED)] == [Action.OOM, Action.DIED]
    assert facts(heard.about(web, Action.OOM)[0]) == AT_ONCE
    assert (died.exit_code, state.exit_code, state.oom_killed) == (137, 137, True)


async def test_its_health_check_changes_its_mind(real: RealEngine) -> None:
    async with listening(real.observer, StreamSettings()) as (heard, stream):
        check = ("--health-cmd", "test ! -e /tmp/sick", "--health-interval", "200ms", "--health-retries", "1")
        web = await real.run("web", *check)
        await heard.event(Action.HEALTH, web)
        await docker("exec", web, "sh", "-c", "echo > /tmp/sick")
        await heard.until(lambda: len(heard.about(web, Action.HEALTH)) == 2)
        (believed,) = [one for one in stream.picture if one.name == web]
    state = (await real.observer.inspect(web)).state

    assert [one.health for one in heard.about(web, Action.HEALTH)] == [Health.HEALTHY, Health.UNHEALTHY]
    assert believed.health is state.health is Health.UNHEALTHY
    assert state.failing_streak > 0
    known = {Action.CREATED, Action.NETWORK_CONNECTED, Action.STARTED, Action.HEALTH}
    assert {one.action for one in heard.about(web)} == known  # none of the many about the checks themselves


async def test_pause_restart_rename_update(real: RealEngine) -> None:
    web = await real.run("web", command=["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 0.02; done"])
    other = real.name_of("other")
    async with listening(real.observer, StreamSettings()) as (heard, stream):
        await docker("pause", web)
        await docker("unpause", web)
        await docker("update", "--memory", "64m", "--memory-swap", "64m", web)
        await docker("restart", web)
        await docker("rename", web, other)
        renamed = await heard.event(Action.RENAMED, other)
        await picture_equals_listing(real, stream)

    told = [one.action for one in heard.about(web) if not one.network]
    assert told == [
        Action.PAUSED,
        Action.UNPAUSED,
        Action.UPDATED,
        Action.KILLED,
        Action.DIED,
        Action.STOPPED,
        Action.STARTED,
        Action.RESTARTED,
    ]
    assert renamed.old_name == web


async def test_one_that_the_engine_removes_leaves_its_exit_code_behind(real: RealEngine) -> None:
    async with listening(real.observer, StreamSettings()) as (heard, stream):
        job = await real.run("job", "--rm", command=["sh", "-c", "exit 3"])
        destroyed = await heard.event(Action.DESTROYED, job)
        assert job not in {one.name for one in stream.picture}

    assert heard.about(job, Action.DIED)[0].exit_code == 3
    assert facts(destroyed) == AT_ONCE


async def test_networks_are_told_by_name(real: RealEngine) -> None:
    web = await real.run("web")
    shop = await real.network("shop")
    async with listening(real.observer, StreamSettings()) as (heard, _):
        await docker("network", "connect", "--alias", "www", shop, web)
        joined = await heard.event(Action.NETWORK_CONNECTED, web)
        networks = {one.network: one for one in (await real.observer.inspect(web)).state.networks}
        await docker("network", "disconnect", shop, web)
        left = await heard.event(Action.NETWORK_DISCONNECTED, web)

    assert (joined.network, left.network) == (shop, shop)
    assert networks[shop].aliases == ("www",)
    assert networks[shop].address


async def test_a_restart_policy_is_seen_at_work(real: RealEngine) -> None:
    async with listening(real.observer, StreamSettings()) as (heard, stream):
        web = await real.run("web", "--restart", "on-failure:2", command=["sh", "-c", "exit 5"])
        await heard.until(lambda: len(heard.about(web, Action.DIED)) == 3)
        await picture_equals_listing(real, stream)
    state = (await real.observer.inspect(web)).state

    assert [one.action for one in heard.about(web, Action.STARTED, Action.DIED)] == [
        Action.STARTED,
        Action.DIED,
    ] * 3
    assert (state.restart_count, state.restart_policy.name, state.restart_policy.max_retries) == (
        2,
        "on-failure",
        2,
    )
    assert state.state is RunState.EXITED


async def test_stats_know_the_limits(real: RealEngine) -> None:
    limits = ("--memory", "64m", "--cpus", "0.5", "--pids-limit", "50")
    web = await real.run("web", *limits, command=["sh", "-c", "while :; do :; done"])
    stats = await real.observer.stats(web)

    assert (stats.cpu_limit, stats.memory_limit, stats.pids_limit) == (0.5, 64 << 20, 50)
    assert stats.cpu_of_limit is not None
    assert 0.3 < stats.cpu_of_limit < 1.3
    assert stats.pids == 1


async def test_the_log_of_a_container_with_a_terminal(real: RealEngine) -> None:
    web = await real.run("web", "--tty", command=["sh", "-c", "echo one; echo two >&2; sleep 60"])
    async with listening(real.observer, StreamSettings()):
        lines = await real.observer.logs(web)
    while len(lines) < 2:
        lines = await real.observer.logs(web)

    assert [(line.stream, line.text) for line in lines] == [("stdout", "one"), ("stdout", "two")]
    assert lines[0].time > 0
