"""Whatever an event stream does wrong, nothing is lost, nothing is told twice, and the picture ends up right.

The engine is the fake one, the sockets are real, the stream is in a hurry (`QUICK`).
"""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from atalaia.containers.address import parse_address
from atalaia.containers.docker import DockerObserver
from atalaia.containers.stream import WatchedStream
from atalaia.ports.containers import Action, Health, RunState
from support.container_listening import QUICK, Heard, listening
from support.fake_containers import Container, Document
from support.fake_engine import FakeEngine, Faults
from support.running import RealClock

PERIOD = QUICK.reconcile_every + QUICK.grace + 1.0
"""Seconds in which the picture must have become right; the last part is for a busy machine."""


def actions(*words: str) -> Callable[[Document], bool]:
    """Which events to drop."""
    return lambda event: event["Action"] in words


async def picture_is_right(engine: FakeEngine, stream: WatchedStream, heard: Heard) -> None:
    """Returns when what is believed is what is so."""

    def right() -> bool:
        believed = {(one.id, one.name, one.state) for one in stream.picture}
        return believed == {
            (one.id, one.name, RunState(one.state["Status"])) for one in engine.book.by_id.values()
        }

    await heard.until(right, PERIOD)


def stir(engine: FakeEngine, web: Container, count: int = 10) -> None:
    """Makes much happen: deaths, starts, pauses, containers that come and go."""
    for number in range(count):
        engine.book.die(web, 1)
        engine.book.start(web)
        engine.book.pause(web, paused=True)
        engine.book.pause(web, paused=False)
        other = engine.book.create(f"job-{number}", {"HostConfig": {"AutoRemove": True}})
        engine.book.start(other)
        engine.book.die(other, 0)
    engine.book.die(web, 7)


async def test_what_a_healthy_stream_tells_is_handed_on_once_and_in_order(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    web = engine.add("web")
    async with listening(observer) as (heard, stream):
        engine.book.oom(web)
        await heard.event(Action.DIED, "web")
        await picture_is_right(engine, stream, heard)

    assert heard.told() == [("web", "oom"), ("web", "died"), ("web", "network_disconnected")]
    assert stream.health.repaired == 0


async def test_noise_is_sorted_out_by_the_engine(engine: FakeEngine, observer: DockerObserver) -> None:
    web = engine.add("web", Healthcheck={"Test": ["CMD", "true"]})
    async with listening(observer) as (heard, _):
        engine.book.health(web, "unhealthy")
        event = await heard.event(Action.HEALTH, "web")

    assert event.health is Health.UNHEALTHY
    assert heard.told() == [("web", "health")]
    asked = next(one for one in engine.requests if one.path.endswith("/events"))
    assert "exec_die" not in asked.query["filters"]


def kill_a_removed_one(engine: FakeEngine) -> None:
    engine.book.remove(engine.book.find("web"), force=True)


Act = Callable[[FakeEngine], object]
LOST: list[tuple[str, Act, str, Action]] = [
    ("die", lambda engine: engine.book.die(engine.book.find("web"), 1), "web", Action.DIED),
    ("oom", lambda engine: engine.book.oom(engine.book.find("web")), "web", Action.OOM),
    ("start", lambda engine: engine.book.start(engine.book.find("idle")), "idle", Action.STARTED),
    ("pause", lambda engine: engine.book.pause(engine.book.find("web"), paused=True), "web", Action.PAUSED),
    (
        "unpause",
        lambda engine: engine.book.pause(engine.book.find("frozen"), paused=False),
        "frozen",
        Action.UNPAUSED,
    ),
    ("create", lambda engine: engine.book.create("new", {}), "new", Action.CREATED),
    ("destroy", kill_a_removed_one, "web", Action.DESTROYED),
    ("rename", lambda engine: engine.book.rename(engine.book.find("idle"), "busy"), "busy", Action.RENAMED),
    (
        "health_status: unhealthy",
        lambda engine: engine.book.health(engine.book.find("web"), "unhealthy"),
        "web",
        Action.HEALTH,
    ),
]


@pytest.mark.parametrize(("word", "act", "name", "action"), LOST, ids=[row[0] for row in LOST])
async def test_a_lost_event_is_made_good_by_the_next_listing(
    engine: FakeEngine, observer: DockerObserver, word: str, act: Act, name: str, action: Action
) -> None:
    engine.add("web", Healthcheck={"Test": ["CMD", "true"]})
    engine.add("idle", running=False)
    engine.book.pause(engine.add("frozen"), paused=True)
    # An engine tells of memory and of the death that follows in one breath: they are lost together.
    engine.faults.drop = actions(word, "die") if word == "oom" else actions(word)
    async with listening(observer) as (heard, stream):
        act(engine)
        event = await heard.event(action, name, PERIOD)
        await picture_is_right(engine, stream, heard)

    assert event.synthetic
    assert len(heard.about(name, action)) == 1


async def test_a_death_that_was_not_told_is_dated_by_the_container_s_own_record(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    web = engine.add("web")
    engine.faults.drop = actions("die", "oom")
    async with listening(observer) as (heard, stream):
        engine.book.oom(web)
        died = await heard.event(Action.DIED, "web", PERIOD)

    assert (died.exit_code, died.signal, died.synthetic) == (137, 9, True)
    assert abs(died.time - web.finished) < 0.001
    assert heard.about("web", Action.OOM)[0].synthetic
    assert stream.health.repaired == 2


async def test_a_restart_that_was_not_told_is_noticed_by_its_age(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    web = engine.add("web")
    async with listening(observer) as (heard, _):
        await asyncio.sleep(1.7)  # younger than a listing can tell from a fresh one
        engine.faults.drop = actions("die", "start")
        engine.book.die(web, 1)
        engine.book.start(web)
        await heard.event(Action.STARTED, "web", PERIOD)

    assert [(one.action, one.synthetic) for one in heard.about("web", Action.DIED, Action.STARTED)] == [
        (Action.DIED, True),
        (Action.STARTED, True),
    ]


async def test_an_event_that_comes_after_a_listing_showed_it_is_not_told_again(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    web = engine.add("web")
    engine.faults.drop = actions("die")
    async with listening(observer) as (heard, stream):
        engine.book.die(web, 1)
        await heard.event(Action.DIED, "web", PERIOD)
        # The silence was noticed; the new subscription brings what the engine remembers.
        await heard.until(lambda: stream.health.doubles, PERIOD)

    assert len(heard.about("web", Action.DIED)) == 1
    assert stream.health.reconnects == 1


async def test_doubled_events_are_told_once(engine: FakeEngine, observer: DockerObserver) -> None:
    web = engine.add("web")
    engine.faults.double = True
    async with listening(observer) as (heard, stream):
        stir(engine, web)
        await heard.until(lambda: len(heard.about("web", Action.DIED)) == 11)
        await picture_is_right(engine, stream, heard)

    assert len({event.key for event in heard.events}) == len(heard.events)
    assert stream.health.doubles == len(heard.events)


async def test_events_out_of_order_do_not_turn_the_picture_back(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    web = engine.add("web")
    engine.faults.reorder = True
    async with listening(observer) as (heard, stream):
        engine.faults.drop = lambda event: event["Type"] == "network"
        engine.book.die(web, 1)
        engine.book.start(web)  # told first
        await heard.until(lambda: len(heard.events) == 2)
        state = [one.state for one in stream.picture]

    assert [(one.action, one.late) for one in heard.events] == [(Action.STARTED, False), (Action.DIED, True)]
    assert state == [RunState.RUNNING]


async def test_a_stream_that_is_cut_again_and_again_loses_nothing(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    web = engine.add("web")
    async with listening(observer) as (heard, stream):
        for _ in range(5):
            engine.cut()
            stir(engine, web, 3)
            await asyncio.sleep(0.05)
            engine.book.start(web)
        await heard.until(lambda: len(heard.about("web", Action.DIED)) >= 20)
        await picture_is_right(engine, stream, heard)

    assert len(heard.about("web", Action.DIED)) == 20
    assert not any(event.synthetic or event.late for event in heard.events)
    assert stream.health.reconnects >= 5


async def test_a_gap_larger_than_the_engine_s_memory_is_closed_by_a_listing(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    many = [engine.add(f"web-{number}") for number in range(150)]
    async with listening(observer) as (heard, stream):
        engine.cut()
        for one in many:
            engine.book.die(one, 1)  # 300 events; 256 are remembered
        await picture_is_right(engine, stream, heard)

    died = [event for event in heard.events if event.action is Action.DIED]
    assert sorted(event.name for event in died) == sorted(one.name for one in many)
    assert 0 < stream.health.repaired < 50


async def test_a_silent_stream_is_noticed_and_replaced(engine: FakeEngine, observer: DockerObserver) -> None:
    web = engine.add("web")
    async with listening(observer) as (heard, stream):
        engine.faults.silent = engine.faults.forget = True
        stir(engine, web)
        await picture_is_right(engine, stream, heard)
        await heard.until(lambda: any("did not tell" in health.error for health in heard.healths))
        engine.faults.silent = False
        await heard.until(lambda: stream.health.connected and stream.health.reconnects)
        engine.book.start(web)
        event = await heard.event(Action.STARTED, "web")

    assert not event.synthetic


async def test_an_engine_restart_is_survived_and_its_victims_are_told(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    engine.add("web")
    engine.add("job", HostConfig={"AutoRemove": True})
    async with listening(observer) as (heard, stream):
        await engine.restart(away=0.2)
        await heard.until(lambda: heard.about("web", Action.DIED) and heard.about("job", Action.DESTROYED))
        await picture_is_right(engine, stream, heard)
        await heard.until(lambda: not stream.health.blind)

    blind = [health for health in heard.healths if health.blind]
    assert any("does not answer" in health.error for health in blind)
    assert heard.about("web", Action.DIED)[0].exit_code == 255
    assert heard.about("job", Action.DIED)[0].exit_code is None
    assert stream.health.error == ""


async def test_an_engine_that_hangs_is_told_as_not_answering(
    engine: FakeEngine, observer: DockerObserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atalaia.containers.docker.PING_WITHIN", 0.1)
    engine.add("web")
    async with listening(observer) as (heard, stream):
        engine.faults.deaf = True
        await heard.until(lambda: not stream.health.answering)
        assert stream.health.blind
        assert "no answer within 0.1 s" in stream.health.error
        engine.faults.deaf = False
        await heard.until(lambda: not stream.health.blind)
        engine.book.die(engine.book.find("web"), 1)
        event = await heard.event(Action.DIED, "web")

    assert not event.synthetic


async def test_slow_answers_do_not_delay_events_nor_make_any_up(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    web = engine.add("web")
    async with listening(observer) as (heard, stream):
        engine.faults.slow = 0.2
        stream.reconcile_soon()
        for _ in range(12):
            await asyncio.sleep(0.05)
            engine.book.die(web, 1)
            engine.book.start(web)
        await heard.until(lambda: len(heard.about("web", Action.STARTED)) == 12)
        engine.faults.slow = 0.0

    died = heard.about("web", Action.DIED)
    assert len(died) == 12
    assert not any(event.synthetic for event in heard.events)
    assert max(event.received - event.time for event in died) < 0.2


async def test_what_changed_while_nobody_looked_is_told_from_the_former_picture(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    for name in ("web", "job", "other"):
        engine.add(name)
    async with listening(observer) as (_, stream):
        known = list(stream.picture)
    engine.faults.forget = True
    engine.book.die(engine.book.find("web"), 5)
    engine.book.remove(engine.book.find("job"), force=True)
    engine.add("job")
    async with listening(observer, known=known) as (heard, stream):
        await picture_is_right(engine, stream, heard)

    assert heard.told() == [
        ("job", "died"),
        ("job", "destroyed"),
        ("web", "died"),
        ("job", "created"),
        ("job", "started"),
    ]
    assert heard.about("web")[0].exit_code == 5


async def test_events_since_the_last_handled_one_are_told_by_the_next_run(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    web = engine.add("web")
    async with listening(observer) as (heard, stream):
        engine.book.die(web, 1)
        await heard.event(Action.NETWORK_DISCONNECTED, "web")
        last, known = heard.events[-1].nano, list(stream.picture)
    engine.book.start(web)
    engine.book.die(web, 2)
    async with listening(observer, after_nano=last, known=known) as (heard, _):
        await heard.event(Action.DIED, "web")

    assert [(one.action, one.exit_code) for one in heard.about("web", Action.STARTED, Action.DIED)] == [
        (Action.STARTED, None),
        (Action.DIED, 2),
    ]
    assert not any(event.synthetic for event in heard.events)


async def test_a_thousand_deaths_at_once_are_heard_within_two_seconds(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    names = {f"web-{number}" for number in range(1000)}
    for name in names:
        engine.add(name)
    async with listening(observer) as (heard, stream):
        for container in list(engine.book.by_id.values()):
            engine.book.kill(container, "SIGKILL")
        await heard.until(
            lambda: {one.name for one in heard.events if one.action is Action.DIED} == names, 20.0
        )
        await picture_is_right(engine, stream, heard)

    died = [event for event in heard.events if event.action is Action.DIED]
    assert len(died) == 1000
    assert not any(event.synthetic for event in died)
    assert max(event.received for event in died) - min(event.time for event in died) < 2.0


@pytest.mark.parametrize("seed", range(4))
async def test_all_faults_together(engine: FakeEngine, observer: DockerObserver, seed: int) -> None:
    chance = random.Random(seed)
    web = engine.add("web")
    for number in range(20):
        engine.add(f"other-{number}")
    async with listening(observer) as (heard, stream):
        for _ in range(4):
            engine.faults = Faults(
                drop=lambda _: chance.random() < 0.3,
                double=chance.random() < 0.5,
                reorder=chance.random() < 0.5,
                forget=chance.random() < 0.5,
                slow=chance.choice([0.0, 0.02]),
            )
            stir(engine, web, 3)
            if chance.random() < 0.5:
                engine.cut()
            await asyncio.sleep(0.05)
            engine.book.start(web)
        engine.faults = Faults()
        await picture_is_right(engine, stream, heard)

    assert len({event.key for event in heard.events if not event.synthetic}) == len(
        [event for event in heard.events if not event.synthetic]
    )


async def test_podman_is_asked_by_kind_only_and_its_listing_is_not_asked_for_health(tmp_path: Path) -> None:
    engine = FakeEngine(tmp_path / "podman.sock", product="Podman")
    observer = DockerObserver(parse_address(str(engine.socket)), RealClock())
    async with engine:
        web = engine.add("web", Healthcheck={"Test": ["CMD", "true"]})
        async with listening(observer) as (heard, stream):
            engine.book.health(web, "unhealthy")
            await heard.event(Action.HEALTH, "web")
            await asyncio.sleep(QUICK.reconcile_every * 1.5)
            (believed,) = stream.picture
        await observer.close()

    asked = next(one for one in engine.requests if one.path.endswith("/events"))
    assert asked.query["filters"] == '{"type":["container","network"]}'
    assert heard.told() == [("web", "health")]
    assert believed.health is Health.UNHEALTHY


async def test_a_first_listing_is_believed_without_events(engine: FakeEngine, observer: DockerObserver) -> None:
    engine.add("web")
    engine.add("old", running=False)
    async with listening(observer) as (heard, stream):
        await asyncio.sleep(QUICK.reconcile_every * 1.5)

    assert heard.events == []
    assert {one.name: one.state for one in heard.listings[0]} == {
        "web": RunState.RUNNING,
        "old": RunState.CREATED,
    }
    assert stream.health.containers == 2


async def test_a_receiver_that_fails_ends_the_stream_loudly(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    class Failing(Heard):
        def happened(self, event: object) -> None:
            raise LookupError("receiver")

    web = engine.add("web")
    heard = Failing()
    running = asyncio.ensure_future(WatchedStream(observer, RealClock(), QUICK).run(heard))
    await heard.until(lambda: heard.listings)
    engine.book.die(web, 1)

    with pytest.raises(ExceptionGroup) as caught:
        await running
    assert caught.group_contains(LookupError)
