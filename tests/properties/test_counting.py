"""Nothing is skipped: attempts, notification numbers and the numbers that never repeat."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.effects import Telling
from atalaia.core.events import CommentAdded, DowntimeScheduled
from atalaia.core.objects import ObjectKey
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, StateType
from atalaia.core.step import NotificationKind
from support.histories import Moment, Player
from support.profiles import PATIENCE, examples
from support.random_histories import ALL
from support.watched import watched

pytestmark = pytest.mark.timeout(PATIENCE)

SOFT, HARD = StateType.SOFT, StateType.HARD


def _is_soft_problem(known: Runtime) -> bool:
    return known.state != 0 and known.state_type is SOFT


def _is_passive(moment: Moment) -> bool:
    return moment.result is not None and moment.result.check_type is CheckType.PASSIVE


def _stands_in_for_host(player: Player, key: ObjectKey) -> bool:
    """The object's host is not UP, so that a problem of a service needs no confirmation (Nagios' rule)."""
    return bool(key[1]) and player.world.states[(key[0], "")].state != 0


@given(st.data())
@examples(80)
def test_an_attempt_lies_between_one_and_the_most_that_are_made(data: st.DataObject) -> None:
    """A limit that is lowered meanwhile counts from the next problem on."""

    def look(player: Player, _: Moment) -> None:
        for key, known in player.world.states.items():
            assert 1 <= known.attempt <= player.world.topology.checkables[key].max_check_attempts, key

    watched(data, look, about=[name for name in ALL if name != "adapt"], reloads=False)


@given(st.data())
@examples(80)
def test_each_result_of_an_unconfirmed_problem_is_exactly_one_attempt_more(data: st.DataObject) -> None:
    """Known exceptions: a host that came back gives its service all attempts anew, and a limit that somebody
    lowered keeps the attempt where it is."""

    def look(player: Player, moment: Moment) -> None:
        if moment.key is None or moment.before is None or not _is_soft_problem(moment.before):
            return
        before, after = moment.before, player.world.states[moment.key]
        if after.state == 0:
            return
        most = player.world.topology.checkables[moment.key].max_check_attempts
        passive_host = not moment.key[1] and _is_passive(moment)
        expected = {before.attempt + 1, most if before.attempt >= most else 0}
        if before.host_problem_at_last_check and not _stands_in_for_host(player, moment.key):
            expected.add(2)
        if passive_host or _stands_in_for_host(player, moment.key):
            expected |= {1, most, before.attempt}
        assert after.attempt in expected, (moment.key, before.attempt, after.attempt)

    watched(data, look)


@given(st.data())
@examples(80)
def test_a_problem_begins_with_attempt_one(data: st.DataObject) -> None:
    def look(player: Player, moment: Moment) -> None:
        if moment.key is None or moment.before is None or moment.before.state != 0:
            return
        after = player.world.states[moment.key]
        assert after.state == 0 or after.attempt == 1, (moment.key, after.attempt)

    watched(data, look)


@given(st.data())
@examples(80)
def test_a_problem_is_confirmed_only_by_its_last_attempt(data: st.DataObject) -> None:
    """Known exceptions: a service of a host that is not UP, a host's result from outside, and objects that
    begin with a problem."""

    def look(player: Player, moment: Moment) -> None:
        if moment.key is None or moment.before is None or moment.result is None:
            return
        before, after = moment.before, player.world.states[moment.key]
        confirmed = after.state != 0 and after.state_type is HARD
        if not confirmed or (before.state != 0 and before.state_type is HARD):
            return
        checkable = player.world.topology.checkables[moment.key]
        from_outside = not moment.key[1] and _is_passive(moment)
        if _stands_in_for_host(player, moment.key) or from_outside:
            return
        assert after.attempt >= checkable.max_check_attempts, (moment.key, after.attempt)

    watched(data, look)


@given(st.data())
@examples(80)
def test_each_message_about_a_problem_has_the_next_number(data: st.DataObject) -> None:
    """A message by hand may count, too; after a recovery it begins anew."""
    last: dict[ObjectKey, int] = defaultdict(int)
    over: dict[ObjectKey, bool] = defaultdict(bool)

    def look(player: Player, moment: Moment) -> None:
        for telling in _each_once(moment.effects.tellings):
            key = telling.key
            if telling.kind is NotificationKind.RECOVERY:
                last[key] = 0
            elif telling.kind is NotificationKind.PROBLEM:
                assert telling.number == last[key] + 1 or (telling.number == 1 and over[key]), key
                last[key], over[key] = telling.number, False
            elif telling.number != last[key]:
                assert telling.kind is NotificationKind.CUSTOM
                assert telling.number == last[key] + 1 or (over[key] and telling.number <= 1), key
                last[key] = telling.number
        if moment.key is not None and player.world.states[moment.key].state == 0:
            over[moment.key] = True

    watched(data, look, about=[name for name in ALL if name != "number"], reloads=False)


@given(st.data())
@examples(80)
def test_numbers_of_changes_problems_messages_comments_and_downtimes_never_repeat(data: st.DataObject) -> None:
    seen: dict[str, set[int]] = defaultdict(set)

    def take(kind: str, number: int) -> None:
        assert number not in seen[kind], (kind, number)
        seen[kind].add(number)

    def look(player: Player, moment: Moment) -> None:
        for telling in _each_once(moment.effects.tellings):
            take("notification", telling.seen.notification_id)
        for event in moment.events:
            if isinstance(event, CommentAdded):
                take("comment", event.comment_id)
            elif isinstance(event, DowntimeScheduled):
                take("downtime", event.downtime_id)
        if moment.key is not None and moment.before is not None:
            after = player.world.states[moment.key]
            if after.current_event_id != moment.before.current_event_id:
                take("event", after.current_event_id)
            if after.current_problem_id not in (0, moment.before.current_problem_id):
                take("problem", after.current_problem_id)

    watched(data, look)


@given(st.data())
@examples(80)
def test_no_two_messages_have_the_same_key(data: st.DataObject) -> None:
    """A key is how a channel, or a command, recognises a message that it has had already."""
    seen: set[str] = set()

    def look(player: Player, _: Moment) -> None:
        for item in player.recorder.outbox:
            assert item.message.key not in seen, item.message.key
            seen.add(item.message.key)
        player.recorder.outbox.clear()

    watched(data, look)


def _each_once(tellings: list[Telling]) -> list[Telling]:
    """One of the tellings of each notification: all contacts share its number."""
    return list({telling.seen.notification_id: telling for telling in tellings}.values())
