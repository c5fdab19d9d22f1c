"""The stored events tell the whole story: whoever reads them knows what the server knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.histories import Moment, Player
from support.profiles import PATIENCE, examples
from support.replay import Replay, told_by
from support.watched import watched

pytestmark = pytest.mark.timeout(PATIENCE)


def _follow(data: st.DataObject, *, restarts: bool) -> None:
    replay = Replay()

    def look(player: Player, moment: Moment) -> None:
        if moment.restarted or moment.reloaded or not replay.objects:
            replay.configured(player.world.topology.checkables)
        replay.take(moment.events)
        assert replay.objects == told_by(player.world)

    watched(data, look, restarts=restarts)


@given(st.data())
@examples(100)
def test_state_acknowledgement_flapping_comments_and_downtimes_follow_from_the_events(
    data: st.DataObject,
) -> None:
    _follow(data, restarts=False)


@given(st.data())
@examples(100)
def test_they_follow_from_the_events_over_restarts_too(data: st.DataObject) -> None:
    _follow(data, restarts=True)
