"""What the World writes down stays true: downtimes, acknowledgements, flapping, comments and the agenda."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.agenda import Topic
from atalaia.core.events import (
    AcknowledgementEnded,
    CommentAdded,
    CommentDeleted,
    DowntimeEnded,
    DowntimeScheduled,
    DowntimeStarted,
)
from atalaia.core.records import CommentKind
from atalaia.core.runtime import Acknowledgement
from support.histories import Moment, Player
from support.profiles import PATIENCE, examples
from support.watched import watched

pytestmark = pytest.mark.timeout(PATIENCE)

PEOPLE = ("acknowledge", "downtime", "comment", "switch", "adapt", "people")


@given(st.data())
@examples(60)
def test_an_object_is_as_deep_in_downtime_as_downtimes_of_it_are_in_effect(data: st.DataObject) -> None:
    def look(player: Player, _: Moment) -> None:
        for key, known in player.world.states.items():
            in_effect = [one.id for one in player.world.downtimes.book.of(key) if one.in_effect]
            assert known.downtime_depth == len(in_effect), (key, in_effect)

    watched(data, look, about=PEOPLE)


@given(st.data())
@examples(60)
def test_whatever_is_acknowledged_has_a_problem(data: st.DataObject) -> None:
    def look(player: Player, _: Moment) -> None:
        for key, known in player.world.states.items():
            assert not known.acknowledged or known.state != 0, key
            assert known.acknowledged == (known.acknowledgement is not Acknowledgement.NONE), key

    watched(data, look, about=PEOPLE)


@given(st.data())
@examples(60)
def test_an_object_has_a_flapping_comment_exactly_while_it_flaps_unless_somebody_deletes_it(
    data: st.DataObject,
) -> None:
    def look(player: Player, moment: Moment) -> None:
        for event in moment.events:
            if isinstance(event, CommentDeleted) and event.reason == "by_person":
                deleted.add((event.host, event.service))
        for key, known in player.world.states.items():
            found = [one.id for one in player.world.comments.of(key) if one.kind is CommentKind.FLAPPING]
            if not known.is_flapping:
                deleted.discard(key)
            wanted = int(known.is_flapping)
            assert len(found) == wanted or (key in deleted and len(found) < wanted), (key, found)
            assert not found or found == [known.flapping_comment], (key, found)

    deleted: set[tuple[str, str]] = set()
    watched(data, look, about=("comment", "switch", "adapt", "result"), flappy=True)


@given(st.data())
@examples(60)
def test_every_downtime_in_effect_has_an_appointment_for_its_end(data: st.DataObject) -> None:
    def look(player: Player, _: Moment) -> None:
        ends = {one.number for _, _, one in player.world.agenda._heap if one.topic is Topic.DOWNTIME_END}
        assert {one.id for one in player.world.downtimes.book if one.in_effect} <= ends

    watched(data, look, about=("downtime",))


@given(st.data())
@examples(150)
def test_no_downtime_outlives_its_end(data: st.DataObject) -> None:
    def look(player: Player, _: Moment) -> None:
        for one in player.world.downtimes.book:
            over = max(one.end, one.flexible_start + one.duration) if one.in_effect else one.end
            assert player.now <= over + 1, one

    player = watched(data, about=("downtime",), restarts=False)
    player.pass_time(20_000.0)
    player.watchers.append(look)
    player.pass_time(300.0)


@given(st.data())
@examples(60)
def test_what_is_over_happens_no_second_time(data: st.DataObject) -> None:
    """An appointment whose reason is gone does nothing."""
    planned: set[int] = set()
    begun: set[int] = set()
    written: set[int] = set()

    def look(player: Player, moment: Moment) -> None:
        for event in moment.events:
            match event:
                case DowntimeScheduled():
                    planned.add(event.downtime_id)
                case DowntimeStarted():
                    assert event.downtime_id in planned - begun
                    begun.add(event.downtime_id)
                case DowntimeEnded():
                    assert event.downtime_id in planned
                    planned.remove(event.downtime_id)
                    begun.discard(event.downtime_id)
                case CommentAdded():
                    written.add(event.comment_id)
                case CommentDeleted():
                    assert event.comment_id in written
                    written.remove(event.comment_id)
                case AcknowledgementEnded():
                    assert not player.world.states[(event.host, event.service)].acknowledged

    watched(data, look, about=PEOPLE)


@given(st.data())
@examples(60)
def test_what_has_an_hour_to_go_is_gone_after_it(data: st.DataObject) -> None:
    def look(player: Player, _: Moment) -> None:
        for comment in player.world.comments:
            assert not 0 < comment.expires < player.now, comment
        for key, known in player.world.states.items():
            assert not (known.acknowledged and 0 < known.acknowledged_until < player.now), key

    player = watched(data, about=("acknowledge", "comment"))
    player.watchers.append(look)
    player.pass_time(1.0)


@given(st.data())
@examples(60)
def test_comments_and_downtimes_are_about_objects_that_exist(data: st.DataObject) -> None:
    def look(player: Player, _: Moment) -> None:
        known = player.world.topology.checkables
        assert [one for one in player.world.comments if one.key not in known] == []
        assert [one for one in player.world.downtimes.book if one.key not in known] == []

    watched(data, look, about=PEOPLE)
