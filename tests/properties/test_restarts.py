"""What is stored is what is known, and a restart changes nothing that it does not say it changes."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from atalaia.core.events import AnyFact, ResultStale, ServerStarted, ServerStopped
from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.records import CommentKind, Downtime
from atalaia.core.runtime import Runtime
from atalaia.core.step import Ids
from atalaia.core.world import World
from atalaia.engine.pipeline import IDS
from atalaia.ports.storage import Memory
from atalaia.storage.sqlite import SqliteStore
from support.builders import START
from support.histories import Keeping, Moment, Player, Restart
from support.profiles import PATIENCE, examples
from support.random_histories import ALL, histories
from support.random_setups import setups
from support.text_store import TextStore

pytestmark = pytest.mark.timeout(PATIENCE)

LASTING = [name for name in ALL if name != "bits"]
"""Without the commands that say which changes are not to outlive a restart."""


def _unplanned(known: Runtime) -> Runtime:
    """Without the next check, which every start plans anew."""
    return msgspec.structs.replace(known, next_check=Instant(0.0))


def _changed(before: World, after: World) -> dict[ObjectKey, dict[str, tuple[object, object]]]:
    """Which fields of which objects a restart changed. A limit of attempts that somebody lowered during an
    unconfirmed problem takes effect with the restart, else with the next result."""
    found: dict[ObjectKey, dict[str, tuple[object, object]]] = {}
    for key, known in before.states.items():
        most = before.topology.checkables[key].max_check_attempts
        one = msgspec.structs.asdict(_unplanned(known)) | {"attempt": min(known.attempt, most)}
        other = msgspec.structs.asdict(_unplanned(after.states[key]))
        fields = {name: (value, other[name]) for name, value in one.items() if value != other[name]}
        if fields:
            found[key] = fields
    return found


def _differences(world: World, memory: Memory) -> dict[str, object]:
    """What the store has otherwise than the World."""
    ids = msgspec.json.decode(memory.values[IDS], type=Ids) if IDS in memory.values else Ids()
    pairs: dict[str, tuple[object, object]] = {
        "states": (
            {key: _unplanned(world.states[key]) for key in memory.states if key in world.states},
            {key: _unplanned(known) for key, known in memory.states.items()},
        ),
        "comments": ({one.id: one for one in world.comments}, {one.id: one for one in memory.comments}),
        "downtimes": (
            {one.id: one for one in world.downtimes.book},
            {one.id: one for one in memory.downtimes},
        ),
        "changes": (world.changes.all(), memory.changes),
        "contacts": (world.contacts, memory.contacts),
        "ids": (world.ids, ids),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _play(data: st.DataObject, store: Keeping, look: Callable[[Player, Moment], None] | None = None) -> Player:
    setup = data.draw(setups(), "setup")
    player = Player(setup, store, checks=data.draw(st.booleans(), "checks follow their schedule"))
    if look is not None:
        player.watchers.append(look)
    return player.play(data.draw(histories(setup, about=LASTING), "history"))


@given(st.data())
@examples(60)
def test_after_every_step_the_store_knows_what_the_world_knows(data: st.DataObject) -> None:
    def look(player: Player, _: Moment) -> None:
        assert _differences(player.world, player.store.load()) == {}

    _play(data, TextStore(), look)


@given(st.data())
@examples(10)
def test_the_database_gives_back_what_the_world_knows(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "atalaia.db", power_loss_safe=False)
        player = _play(data, store)
        store.close()
        store = SqliteStore(Path(folder) / "atalaia.db")
        memory = store.load()
        store.close()

    assert _differences(player.world, memory) == {}


@given(st.data())
@examples(60)
def test_after_a_crash_everything_is_as_before(data: st.DataObject) -> None:
    player = _play(data, TextStore())
    before = player.world
    player.play([Restart(orderly=False)])
    after = player.world

    assert _changed(before, after) == {}
    lost = [one for one in before.comments if after.comments.get(one.id) != one]
    new = [one for one in after.comments if before.comments.get(one.id) is None]
    assert lost == []
    assert {one.kind for one in new} <= {CommentKind.DOWNTIME}  # whose own was deleted
    assert [_resumed(one) for one in after.downtimes.book] == [_resumed(one) for one in before.downtimes.book]
    assert after.changes.all() == before.changes.all()
    assert after.contacts == before.contacts


@given(st.data())
@examples(60)
def test_an_orderly_restart_takes_away_only_comments_that_were_not_meant_to_stay(data: st.DataObject) -> None:
    player = _play(data, TextStore())
    before = player.world
    player.play([Restart(orderly=True)])
    after = player.world
    kept = {one.id for one in after.comments}
    gone = [one for one in before.comments if one.id not in kept]

    assert _changed(before, after) == {}
    assert [_resumed(one) for one in after.downtimes.book] == [_resumed(one) for one in before.downtimes.book]
    assert [one for one in gone if one.persistent] == []
    assert {one.kind for one in gone} <= {CommentKind.USER, CommentKind.ACKNOWLEDGEMENT}
    assert not [
        one for one in gone if one.kind is CommentKind.ACKNOWLEDGEMENT and after.states[one.key].acknowledged
    ]


@given(st.data())
@examples(60)
def test_every_setting_in_force_is_in_force_after_a_restart(data: st.DataObject) -> None:
    player = _play(data, TextStore())
    before = player.world.model
    player.play([Restart(orderly=True)])
    after = player.world.model

    assert after.settings == before.settings
    assert after.hosts == before.hosts
    assert after.services == before.services
    assert after.contacts == before.contacts


@given(st.data())
@examples(100)
def test_a_history_goes_on_after_a_crash_as_if_there_had_been_none(data: st.DataObject) -> None:
    setup = data.draw(setups(), "setup")
    first = data.draw(histories(setup, about=LASTING, restarts=False, longest=20), "before")
    then = data.draw(histories(setup, about=LASTING, restarts=False, longest=20), "after")

    alone, crashed = (Player(setup, TextStore()).play(first) for _ in range(2))
    begun = len(alone.facts)
    assume((alone.now - START) % 60 == 0)  # the rounds of once a minute count from the start
    assume(not _begins_anew(alone))
    alone.play(then)
    crashed.play([Restart(orderly=False)]).play(then)

    assert _told(crashed.facts[begun:]) == _told(alone.facts[begun:])


def _resumed(downtime: Downtime) -> Downtime:
    """A downtime in effect says nothing about its beginning any more; one that waits is looked at anew, and one
    whose comment somebody deleted gets a new one."""
    return msgspec.structs.replace(downtime, start_told=True, flexible_start=Instant(0.0), comment_id=0)


def _begins_anew(player: Player) -> bool:
    """A start of the server itself does something here (Nagios' rules): a flexible downtime whose window opened
    during a problem begins at once, not only with the next change; a lowered limit of attempts takes effect."""
    world = player.world
    waiting = any(
        not (one.fixed or one.in_effect)
        and one.start <= player.now <= one.end
        and world.states[one.key].state != 0
        for one in world.downtimes.book
    )
    return waiting or any(
        world.states[key].attempt > one.max_check_attempts for key, one in world.topology.checkables.items()
    )


def _told(facts: list[AnyFact]) -> list[AnyFact]:
    """Without the restart itself, and without results that are found stale: their waiting begins anew."""
    return [one for one in facts if not isinstance(one, ServerStarted | ServerStopped | ResultStale)]
