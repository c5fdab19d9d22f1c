"""What is allowed is asked for, what is not never leaves the house, and all of it is written down.

Asserted from the engine's side: it writes down every request.
"""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from atalaia.containers.acting import DockerActor
from atalaia.containers.address import EngineAddress
from atalaia.containers.docker import DockerObserver
from atalaia.ports.container_actions import (
    ActionRecord,
    ContainerActor,
    NotAllowedError,
    Outcome,
    Permission,
    Verb,
)
from atalaia.ports.containers import (
    Blueprint,
    ContainerError,
    EngineAwayError,
    EngineError,
    Inspection,
    NotFoundError,
)
from support.container_listening import Records
from support.fake_engine import FakeEngine
from support.running import RealClock

Act = Callable[[ContainerActor, str, Blueprint], Awaitable[object]]
ACTS: dict[Verb, Act] = {
    Verb.START: lambda actor, name, _: actor.start(name),
    Verb.STOP: lambda actor, name, _: actor.stop(name),
    Verb.RESTART: lambda actor, name, _: actor.restart(name),
    Verb.KILL: lambda actor, name, _: actor.kill(name),
    Verb.PAUSE: lambda actor, name, _: actor.pause(name),
    Verb.UNPAUSE: lambda actor, name, _: actor.unpause(name),
    Verb.REMOVE: lambda actor, name, _: actor.remove(name, force=True),
    Verb.CREATE: lambda actor, _, blueprint: actor.create(blueprint),
    Verb.CONNECT: lambda actor, name, _: actor.connect(name, "shop"),
    Verb.DISCONNECT: lambda actor, name, _: actor.disconnect(name, "bridge"),
}


class Doors:
    """Makes actors."""

    def __init__(self, address: EngineAddress) -> None:
        self.records = Records()
        self.made: list[DockerActor] = []
        self._address = address

    def open(
        self, *permissions: Permission, audit: Callable[[ActionRecord], None] | None = None
    ) -> DockerActor:
        actor = DockerActor(self._address, RealClock(), permissions, audit or self.records)
        self.made.append(actor)
        return actor


@pytest.fixture
async def doors(address: EngineAddress) -> AsyncIterator[Doors]:
    one = Doors(address)
    yield one
    for actor in one.made:
        await actor.close()


@pytest.fixture
async def seen(engine: FakeEngine, observer: DockerObserver) -> Inspection:
    engine.add("web-1")
    engine.networks.add("shop")
    return await observer.inspect("web-1")


def test_every_verb_is_tried_here() -> None:
    assert set(ACTS) == set(Verb)


@pytest.mark.parametrize("verb", Verb)
async def test_without_a_permission_no_request_is_sent(
    engine: FakeEngine, doors: Doors, seen: Inspection, verb: Verb
) -> None:
    asked = len(engine.requests)
    others = [Permission(other, "*") for other in Verb if other is not verb]
    actor = doors.open(*others, Permission(verb, "db-*"), Permission(verb, "web"))
    with pytest.raises(NotAllowedError, match=f"not allowed to {verb} the container 'web-1'"):
        await ACTS[verb](actor, "web-1", seen.blueprint)

    assert len(engine.requests) == asked
    assert not actor.may(verb, "web-1")
    assert doors.records.outcomes() == [Outcome.REFUSED]


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb is not Verb.CREATE])
async def test_with_a_permission_it_is_asked_for_and_written_down(
    engine: FakeEngine, doors: Doors, seen: Inspection, verb: Verb
) -> None:
    if verb is Verb.UNPAUSE:
        engine.book.pause(engine.book.find("web-1"), paused=True)
    actor = doors.open(Permission(verb, "web-*"))
    await ACTS[verb](actor, "web-1", seen.blueprint)

    assert actor.may(verb, "web-1")
    assert len(engine.asked_to_change()) == 1
    assert doors.records.outcomes() == [Outcome.BEGUN, Outcome.DONE]


async def test_creation_is_asked_for_once(engine: FakeEngine, doors: Doors, seen: Inspection) -> None:
    engine.book.remove(engine.book.find("web-1"), force=True)
    actor = doors.open(Permission(Verb.CREATE, "web-?"))
    await actor.create(seen.blueprint)

    assert [one.path for one in engine.asked_to_change()] == ["/v1.41/containers/create"]
    assert doors.records.all[1].arguments["image"] == "tiny"


@pytest.mark.parametrize(
    "name",
    ["", "../../version", "web-1/../db-1", "web-1?force=1", "web 1", "-web", "web-1\r\nX: y", "web-1%2f", "é"],
)
async def test_what_is_no_name_is_refused_whatever_is_allowed(
    engine: FakeEngine, doors: Doors, name: str
) -> None:
    actor = doors.open(*(Permission(verb, "*") for verb in Verb))
    with pytest.raises(EngineError, match="no name of a container"):
        await actor.kill(name)

    assert engine.requests == []


async def test_a_name_like_the_begin_of_an_id_never_means_somebody_else(
    engine: FakeEngine, doors: Doors
) -> None:
    victim = engine.add("database")
    actor = doors.open(Permission(Verb.KILL, "*"))
    with pytest.raises(NotFoundError):
        await actor.kill(victim.id[:12])

    assert engine.asked_to_change() == []
    assert victim.running


async def test_a_container_with_such_a_name_is_found(engine: FakeEngine, doors: Doors) -> None:
    engine.add("other")
    cafe = engine.add("cafe")
    await doors.open(Permission(Verb.KILL, "cafe")).kill("cafe")

    assert not cafe.running


async def test_nothing_is_done_that_cannot_be_written_down(
    engine: FakeEngine, doors: Doors, seen: Inspection
) -> None:
    def full_disk(record: ActionRecord) -> None:
        raise OSError("disk full")

    actor = doors.open(Permission(Verb.KILL, "*"), audit=full_disk)
    with pytest.raises(OSError, match="disk full"):
        await actor.kill("web-1")

    assert engine.asked_to_change() == []


async def test_a_failure_is_written_down_with_its_sentence(engine: FakeEngine, doors: Doors) -> None:
    with pytest.raises(NotFoundError):
        await doors.open(Permission(Verb.START, "*")).start("nobody")

    begun, failed = doors.records.all
    assert (begun.outcome, failed.outcome) == (Outcome.BEGUN, Outcome.FAILED)
    assert "No such container: nobody" in failed.error


async def test_an_action_without_an_answer_is_sent_once_and_told_as_unknown(
    engine: FakeEngine, doors: Doors, seen: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atalaia.containers.acting.ACTED_WITHIN", 0.05)
    engine.faults.slow = 0.0
    actor = doors.open(Permission(Verb.PAUSE, "*"), Permission(Verb.UNPAUSE, "*"))
    await actor.pause("web-1")
    engine.faults.deaf = True
    with pytest.raises(EngineAwayError, match="no answer"):
        await actor._do("web-1", "unpause", within=0.05)

    assert [one.path.rpartition("/")[2] for one in engine.asked_to_change()] == ["pause", "unpause"]


async def test_looking_needs_no_permission_and_changes_nothing(
    engine: FakeEngine, observer: DockerObserver, seen: Inspection
) -> None:
    await observer.ping()
    await observer.containers()
    await observer.stats("web-1")
    await observer.logs("web-1")
    await (await observer.subscribe()).close()

    assert engine.asked_to_change() == []
    assert isinstance(seen.blueprint, Blueprint)


async def test_a_half_made_container_is_taken_away_again(
    engine: FakeEngine, doors: Doors, observer: DockerObserver
) -> None:
    engine.networks.add("shop")
    web = engine.add("web")
    web.join("shop", {"Aliases": ["www"]})
    blueprint = (await observer.inspect("web")).blueprint
    engine.book.remove(web, force=True)
    engine.networks.discard("shop")
    actor = doors.open(Permission(Verb.CREATE, "*"))
    with pytest.raises(NotFoundError, match="network shop not found"):
        await actor.create(blueprint)

    assert engine.book.by_id == {}


async def test_an_image_whose_name_means_another_one_now_is_taken_by_its_id(
    engine: FakeEngine, doors: Doors, observer: DockerObserver
) -> None:
    web = engine.add("web")
    web.document["Image"] = "sha256:of-old"
    engine.images.add("sha256:of-old")
    blueprint = (await observer.inspect("web")).blueprint
    engine.book.remove(web, force=True)
    await doors.open(Permission(Verb.CREATE, "*")).create(blueprint)

    assert engine.asked_to_change()[-1].body["Image"] == "sha256:of-old"


async def test_a_container_that_is_being_removed_is_waited_for(
    engine: FakeEngine, doors: Doors, observer: DockerObserver
) -> None:
    job = engine.add("job", HostConfig={"AutoRemove": True})
    blueprint = (await observer.inspect("job")).blueprint
    job.end(0)  # the engine has not removed it yet
    waited = doors.open(Permission(Verb.CREATE, "*"))
    engine.on_wait = lambda: engine.book.remove(job)
    await waited.create(blueprint)

    assert [one.path.rpartition("/")[2] for one in engine.asked_to_change()] == ["create", "wait", "create"]


async def test_a_name_that_somebody_has_is_a_conflict(
    engine: FakeEngine, doors: Doors, seen: Inspection
) -> None:
    with pytest.raises(ContainerError, match="already in use"):
        await doors.open(Permission(Verb.CREATE, "*")).create(seen.blueprint)

    assert len(engine.asked_to_change()) == 1


async def test_a_signal_of_one_s_own_ends_it_also_on_an_engine_that_cannot(
    engine: FakeEngine, doors: Doors, seen: Inspection
) -> None:
    await doors.open(Permission(Verb.STOP, "*")).stop("web-1", grace=1, signal="SIGINT")

    asked = [(one.path.rpartition("/")[2], one.query) for one in engine.asked_to_change()]
    assert asked == [("kill", {"signal": "SIGINT"}), ("wait", {}), ("stop", {"t": "0"})]
