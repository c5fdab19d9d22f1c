"""Hosts: soft and hard, reachability, and the neighbours that are looked at. Observed on Nagios Core 4."""

import pytest

from atalaia.core.host_machine import reachability
from atalaia.core.states import HostState, StateType
from support.builders import Story, a_host, a_model, a_service


def test_a_host_with_several_attempts_is_soft_first() -> None:
    told = Story(a_model(a_host(max_check_attempts=3)))

    for second in (0, 2, 4):
        told.at(second).host("web", 1)

    assert told.alerts() == ["DOWN;SOFT;1", "DOWN;SOFT;2", "DOWN;HARD;3"]
    assert told.told() == ["ana PROBLEM DOWN"]


def test_a_host_with_one_attempt_is_hard_at_once() -> None:
    told = Story(a_model(a_host()))

    told.host("web", 1)

    assert told.alerts() == ["DOWN;HARD;1"]


def test_a_recovered_host_is_told() -> None:
    told = Story(a_model(a_host(max_check_attempts=3)))
    for second in (0, 2, 4):
        told.at(second).host("web", 1)

    told.at(14).host("web", 0)

    assert told.alerts()[-1] == "UP;HARD;1"
    assert told.told()[-1] == "ana RECOVERY UP"


def test_a_soft_recovery_of_a_host_is_told_to_nobody_and_settles_as_hard() -> None:
    told = Story(a_model(a_host(max_check_attempts=3)))
    told.host("web", 1)

    told.at(2).host("web", 0)

    assert told.alerts() == ["DOWN;SOFT;1", "UP;SOFT;1"]
    assert told.told() == []
    assert told.world.states[("web", "")].state_type is StateType.HARD


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ([], HostState.DOWN),
        ([HostState.UP], HostState.DOWN),
        ([HostState.DOWN], HostState.UNREACHABLE),
        ([HostState.DOWN, HostState.UP], HostState.DOWN),
        ([HostState.UNREACHABLE, HostState.DOWN], HostState.UNREACHABLE),
    ],
)
def test_a_host_is_unreachable_when_it_has_parents_and_none_is_up(
    parents: list[HostState], expected: HostState
) -> None:
    assert reachability(HostState.DOWN, parents) == expected
    assert reachability(HostState.UP, parents) == HostState.UP


def test_a_host_behind_a_dead_router_is_unreachable() -> None:
    told = Story(a_model(a_host("router"), a_host("web", parents=("router",))))

    told.host("router", 1)
    told.at(1).host("web", 1)

    assert told.alerts() == ["DOWN;HARD;1", "UNREACHABLE;HARD;1"]


def test_the_fall_of_a_host_has_its_living_parents_and_its_children_looked_at() -> None:
    model = a_model(
        a_host("router", check_interval=1000.0),
        a_host("web", parents=("router",), check_interval=1000.0),
        a_host("db", parents=("web",), check_interval=1000.0),
    )
    told = Story(model)
    for name in ("router", "web", "db"):
        told.world.queue.remove((name, ""))

    told.at(50).host("web", 1)

    asked = {name for name in ("router", "db") if told.world.queue.get((name, "")) is not None}
    assert asked == {"router", "db"}


def test_a_passive_result_of_a_host_is_hard_at_once() -> None:
    told = Story(a_model(a_host(max_check_attempts=5)))

    told.host("web", 1, passive=True)

    assert told.alerts() == ["DOWN;HARD;1"]
    assert told.told() == ["ana PROBLEM DOWN"]


def test_passive_results_count_attempts_where_they_are_soft() -> None:
    told = Story(a_model(a_host(max_check_attempts=2), passive_host_checks_are_soft=True))

    told.host("web", 1, passive=True)
    told.at(1).host("web", 1, passive=True)

    assert told.alerts() == ["DOWN;SOFT;1", "DOWN;HARD;2"]


def test_a_bad_service_reminds_of_its_dead_host() -> None:
    told = Story(a_model(a_host(notification_interval=5.0), a_service()))
    told.at(1).host("web", 1)
    told.at(2).service(("web", "http"), 2)

    told.at(12).service(("web", "http"), 2)

    assert told.told() == ["ana PROBLEM DOWN", "ana PROBLEM DOWN"]


def test_an_unconfirmed_problem_whose_attempts_a_reload_took_away_is_confirmed_with_the_next_result() -> None:
    told = Story(a_model(a_host(max_check_attempts=5)))
    for second in (1, 2, 3):
        told.at(second).host("web", 1)
    told.world.replace(a_model(a_host(max_check_attempts=2)), told.now, told.effects)

    told.at(4).host("web", 1)

    assert told.alerts()[-1] == "DOWN;HARD;2"


def test_a_host_that_goes_from_down_to_unreachable_has_changed() -> None:
    told = Story(a_model(a_host("router"), a_host("web", parents=("router",))))
    told.at(1).host("web", 1)

    told.at(2).host("router", 1)
    told.at(3).host("web", 1)

    assert told.alerts() == ["DOWN;HARD;1", "DOWN;HARD;1", "UNREACHABLE;HARD;1"]
    assert told.told() == ["ana PROBLEM DOWN", "ana PROBLEM DOWN", "ana PROBLEM UNREACHABLE"]
