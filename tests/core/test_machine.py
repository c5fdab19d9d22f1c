"""Services: soft, hard, attempts, volatile, and what the host has to do with it. Observed on Nagios Core 4."""

from typing import Any

import pytest

from atalaia.core.instants import Instant
from atalaia.core.machine import advance_service
from atalaia.core.results import CheckResult
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.core.step import Ids
from support.builders import START, Story, a_host, a_model, a_service

HTTP, WEB = ("web", "http"), ("web", "")


def story(**fields: Any) -> Story:
    return Story(a_model(a_service(**fields)))


def test_a_problem_is_soft_until_its_attempts_are_used_up() -> None:
    told = story()

    for second in (0, 2, 4):
        told.at(second).service(HTTP, 2)

    assert told.alerts() == ["CRITICAL;SOFT;1", "CRITICAL;SOFT;2", "CRITICAL;HARD;3"]
    assert told.told() == ["ana PROBLEM CRITICAL"]


def test_a_confirmed_problem_that_goes_on_is_no_further_alert() -> None:
    told = story()

    for second in range(5):
        told.at(second).service(HTTP, 2)

    assert len(told.alerts()) == 3


def test_another_bad_state_keeps_counting_while_soft() -> None:
    told = story()

    told.service(HTTP, 1)
    told.at(2).service(HTTP, 2)
    told.at(4).service(HTTP, 2)

    assert told.alerts() == ["WARNING;SOFT;1", "CRITICAL;SOFT;2", "CRITICAL;HARD;3"]


def test_another_bad_state_of_a_confirmed_problem_is_hard_at_once_and_told_again() -> None:
    told = story()
    for second in (0, 2, 4):
        told.at(second).service(HTTP, 2)

    told.at(14).service(HTTP, 1)

    assert told.alerts()[-1] == "WARNING;HARD;3"
    assert told.told() == ["ana PROBLEM CRITICAL", "ana PROBLEM WARNING"]


def test_recovery_from_a_soft_problem_counts_one_more_attempt_and_tells_nobody() -> None:
    told = story()
    told.service(HTTP, 2)

    told.at(2).service(HTTP, 0)

    assert told.alerts() == ["CRITICAL;SOFT;1", "OK;SOFT;2"]
    assert told.told() == []
    assert told.world.states[HTTP].state_type is StateType.HARD
    assert told.world.states[HTTP].attempt == 1


def test_recovery_from_a_confirmed_problem_is_hard_with_attempt_1_and_told() -> None:
    told = story()
    for second in (0, 2, 4):
        told.at(second).service(HTTP, 2)

    told.at(14).service(HTTP, 0)

    assert told.alerts()[-1] == "OK;HARD;1"
    assert told.told() == ["ana PROBLEM CRITICAL", "ana RECOVERY OK"]


def test_with_one_attempt_the_first_bad_result_is_hard() -> None:
    told = story(max_check_attempts=1)

    told.service(HTTP, 3)

    assert told.alerts() == ["UNKNOWN;HARD;1"]


def test_good_results_leave_no_trace_in_the_history() -> None:
    told = story()

    effects = [told.at(second).service(HTTP, 0) for second in (0, 10, 20)]

    assert [one.events for one in effects] == [[], [], []]
    assert [list(one.changed) for one in effects] == [[HTTP]] * 3


def test_every_bad_result_of_a_volatile_service_is_told_logged_and_handled() -> None:
    told = story(is_volatile=True, max_check_attempts=1)

    for second in (0, 10, 20):
        told.at(second).service(HTTP, 2)

    assert told.alerts() == ["CRITICAL;HARD;1"] * 3
    assert told.told() == ["ana PROBLEM CRITICAL"] * 3


def test_a_volatile_service_does_not_wait_for_its_notification_interval() -> None:
    told = story(is_volatile=True, max_check_attempts=1, notification_interval=60.0)

    for second in (0, 10, 20):
        told.at(second).service(HTTP, 2)

    assert told.told() == ["ana PROBLEM CRITICAL"] * 3


def test_a_bad_result_on_a_host_that_is_down_is_hard_at_once_and_told_to_nobody() -> None:
    told = story()
    told.at(1).host("web", 1)
    told.effects.events.clear()

    told.at(2).service(HTTP, 2)

    assert told.alerts() == ["CRITICAL;HARD;1"]
    assert told.told() == []


def test_a_problem_that_outlives_its_hosts_outage_is_told_with_the_next_result() -> None:
    told = story()
    told.at(1).host("web", 1)
    told.at(2).service(HTTP, 2)
    told.at(5).host("web", 0)
    told.effects.events.clear()

    told.at(12).service(HTTP, 2)

    assert told.alerts() == []
    assert told.told() == ["ana PROBLEM CRITICAL"]


def test_a_new_bad_state_asks_for_a_check_of_the_host() -> None:
    told = Story(a_model(a_host(check_interval=1000.0), a_service()))
    told.world.queue.remove(("web", ""))

    told.at(100).service(HTTP, 2)

    due = told.world.queue.get(("web", ""))
    assert due is not None
    assert due.at == told.now


def test_a_host_that_was_just_checked_is_not_checked_again() -> None:
    told = Story(a_model(a_host(check_interval=1000.0), a_service(), cached_host_check_horizon=15))
    told.world.queue.remove(("web", ""))

    told.at(10).service(HTTP, 2)

    assert told.world.queue.get(("web", "")) is None


def test_a_soft_problem_is_looked_at_after_the_retry_interval_and_a_hard_one_after_the_usual() -> None:
    told = story()
    told.world.queue.remove(HTTP)

    due = []
    for second in (0, 2, 4):
        told.at(second).service(HTTP, 2)
        pending = told.world.queue.get(HTTP)
        assert pending is not None
        due.append(pending.at - told.now)
        told.world.queue.remove(HTTP)

    assert due == [2.0, 2.0, 10.0]


def test_a_passive_result_goes_through_the_same_machine() -> None:
    told = story()

    for second in (0, 2, 4):
        told.at(second).service(HTTP, 2, passive=True)

    assert told.alerts() == ["CRITICAL;SOFT;1", "CRITICAL;SOFT;2", "CRITICAL;HARD;3"]


def test_each_state_change_has_a_number_and_a_problem_keeps_one() -> None:
    told = story()

    told.service(HTTP, 1)
    first = told.world.states[HTTP]
    told.at(2).service(HTTP, 2)
    second = told.world.states[HTTP]
    told.at(4).service(HTTP, 0)
    third = told.world.states[HTTP]

    assert second.current_event_id == first.current_event_id + 1
    assert second.current_problem_id == first.current_problem_id > 0
    assert (third.current_problem_id, third.last_problem_id) == (0, second.current_problem_id)


def test_a_result_leaves_the_former_runtime_untouched() -> None:
    told = story()
    before = told.world.states[HTTP]
    state = before.state, before.attempt, before.output

    told.service(HTTP, 2, "boom")

    assert (before.state, before.attempt, before.output) == state


@pytest.mark.parametrize(
    ("fields", "asked"),
    [({}, True), ({"check_interval": 0.0}, True), ({"check_interval": 0.0, "initial_state": 1}, True)],
)
def test_a_good_result_asks_for_a_check_of_a_host_that_was_never_checked(
    fields: dict[str, Any], asked: bool
) -> None:
    told = Story(a_model(a_host(**fields), a_service()), checked=False).at(100)
    told.world.queue.remove(WEB)

    told.service(HTTP, 0)

    assert (told.world.queue.get(WEB) is not None) == asked


@pytest.mark.parametrize(("next_check", "asked"), [(100 + 5, True), (100 + 500, False)])
def test_unless_its_first_check_is_far_ahead(next_check: float, asked: bool) -> None:
    told = Story(a_model(a_host(), a_service()), checked=False).at(100)
    told.world.queue.remove(WEB)
    told.world.states[WEB].next_check = Instant(START + next_check)

    told.service(HTTP, 0)

    assert (told.world.queue.get(WEB) is not None) == asked


@pytest.mark.parametrize(
    ("results", "second", "asked"), [((0, 0), 5, False), ((0, 0), 30, True), ((2, 0), 5, True)]
)
def test_a_good_result_on_a_host_that_is_down_asks_for_a_check_of_it(
    results: tuple[int, int], second: float, asked: bool
) -> None:
    told = Story(a_model(a_host(), a_service(), cached_host_check_horizon=15))
    told.service(HTTP, results[0])
    told.at(1).host("web", 1)
    told.world.queue.remove(WEB)
    told.world.states[WEB].last_check = Instant(told.now - 20 if second > 5 or results[0] else told.now)

    told.at(2).service(HTTP, results[1])

    assert (told.world.queue.get(WEB) is not None) == asked


def test_when_its_host_is_back_an_unconfirmed_problem_gets_its_attempts_anew() -> None:
    before = Runtime(
        state=2, last_state=2, state_type=StateType.SOFT, attempt=2, host_problem_at_last_check=True
    )
    host = Runtime(has_been_checked=True, last_check=START)
    result = CheckResult(state=2, started=START, finished=START)

    step = advance_service(
        before, a_service(max_check_attempts=4), a_host(), host, result, a_model().settings, Ids(), START
    )

    assert (step.seen.state_type, step.seen.attempt) == (StateType.SOFT, 2)
    assert not step.seen.host_problem_at_last_check


def test_a_soft_recovery_at_the_last_attempt_does_not_count_further() -> None:
    told = story(max_check_attempts=5)
    for second in (0, 2, 4):
        told.at(second).service(HTTP, 2)
    told.world.replace(a_model(a_service(max_check_attempts=3)), told.now, told.effects)

    told.at(6).service(HTTP, 0)

    assert told.alerts()[-1] == "OK;SOFT;3"
