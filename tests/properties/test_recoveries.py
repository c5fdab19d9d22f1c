"""One problem, one recovery: whoever was told that something is bad is told once that it is well again."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.telling import Recoveries
from support.histories import Player
from support.profiles import PATIENCE, examples
from support.promises import OneRecovery, peace
from support.random_histories import ALL, histories
from support.random_setups import setups
from support.text_store import TextStore

pytestmark = pytest.mark.timeout(PATIENCE)


def _play(
    data: st.DataObject,
    recoveries: Recoveries,
    *,
    about: Sequence[str] = ALL,
    escalated: bool = True,
    checks: bool = False,
) -> None:
    setup = data.draw(setups(escalated=escalated), "setup")
    history = data.draw(histories(setup, about=about), "history")
    player = Player(setup, TextStore(), recoveries=recoveries, checks=checks)
    player.watchers.append(OneRecovery())

    player.play(history).play(peace(setup))


@given(st.data())
@examples(120)
def test_whoever_was_told_of_a_problem_is_told_of_its_end_once_and_nobody_else_is(data: st.DataObject) -> None:
    _play(data, Recoveries.TOLD)


@given(st.data())
@examples(120)
def test_whoever_could_not_be_told_at_once_is_told_as_soon_as_he_can_be(data: st.DataObject) -> None:
    _play(data, Recoveries.TOLD, about=("people",), escalated=False)


@given(st.data())
@examples(60)
def test_the_same_holds_when_checks_follow_their_schedule(data: st.DataObject) -> None:
    _play(data, Recoveries.TOLD, checks=True)


@given(st.data())
@examples(80)
def test_by_default_too_whoever_was_told_is_told_of_the_end_whatever_escalations_say(
    data: st.DataObject,
) -> None:
    _play(data, Recoveries.COMPLETE)


@given(st.data())
@examples(60)
def test_without_escalations_nagios_own_rule_forgets_nobody_either(data: st.DataObject) -> None:
    _play(data, Recoveries.NAGIOS, escalated=False)
