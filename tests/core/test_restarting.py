"""Restarts, crashes and clocks that jump: what the World begins with, and what moves."""

from datetime import UTC
from typing import Any

import pytest

from atalaia.core.effects import Effects
from atalaia.core.events import ResultStale
from atalaia.core.instants import NEVER, Instant
from atalaia.core.objects import Model
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.core.telling import PROBLEM
from atalaia.core.world import NOTHING_REMEMBERED, Remembered, World
from support.builders import START, Story, a_contact, a_host, a_model, a_service, an_escalation

HTTP, WEB = ("web", "http"), ("web", "")


def known(story: Story, key: tuple[str, str] = HTTP) -> Runtime:
    return story.world.states[key]


def fallen(**fields: Any) -> Story:
    """A service with a confirmed and told problem of second 0 to 4."""
    story = Story(a_model(a_service(**fields)))
    for second in (0, 2, 4):
        story.at(second).service(HTTP, 2, "boom")
    return story


def due(world: World, key: tuple[str, str] = HTTP) -> float:
    pending = world.queue.get(key)
    assert pending is not None
    return pending.at - START


def begun_anew(story: Story, model: Model, *, reload: bool) -> None:
    """The configuration is read again, or the server started anew with it."""
    if reload:
        story.world.replace(model, story.now, story.effects)
    else:
        story.restart(model)


# --- states -------------------------------------------------------------------------------------------------


def test_a_problem_that_was_told_is_not_told_again_after_a_restart_and_its_end_is() -> None:
    story = fallen().at(10).forget().restart()

    story.at(14).service(HTTP, 2)
    assert story.told() == []

    story.at(24).service(HTTP, 0)
    assert story.told() == ["ana RECOVERY OK"]


@pytest.mark.parametrize("reload", [True, False])
def test_an_interval_that_is_no_longer_0_lets_people_be_told_again(reload: bool) -> None:
    story = fallen(notification_interval=0.0).at(10).forget()

    begun_anew(story, a_model(a_service(notification_interval=10.0)), reload=reload)
    story.at(100).service(HTTP, 2)

    assert story.told() == ["ana PROBLEM CRITICAL"]


@pytest.mark.parametrize("reload", [True, False])
def test_an_interval_that_is_0_now_makes_the_last_message_the_last_word(reload: bool) -> None:
    story = fallen(notification_interval=10.0).at(10).forget()

    begun_anew(story, a_model(a_service(notification_interval=0.0)), reload=reload)
    story.at(100).service(HTTP, 2)

    assert story.told() == []
    assert known(story).no_more_notifications


@pytest.mark.parametrize("reload", [True, False])
def test_another_interval_counts_from_the_last_message(reload: bool) -> None:
    story = fallen(notification_interval=100.0).at(10).forget()

    begun_anew(story, a_model(a_service(notification_interval=10.0, notes="new")), reload=reload)

    assert (known(story).next_notification, known(story).no_more_notifications) == (START + 14, False)


@pytest.mark.parametrize("reload", [True, False])
def test_the_same_holds_for_the_interval_of_an_escalation(reload: bool) -> None:
    people = (a_contact("ana"), a_contact("bia"))
    story = Story(a_model(a_service(), *people, an_escalation(1, notification_interval=0.0)))
    for second in (0, 2, 4):
        story.at(second).service(HTTP, 2)
    story.forget()

    begun_anew(
        story, a_model(a_service(), *people, an_escalation(1, notification_interval=10.0)), reload=reload
    )
    story.at(100).service(HTTP, 2)

    assert story.told() == ["bia PROBLEM CRITICAL"]


def test_an_unconfirmed_problem_goes_on_counting() -> None:
    story = Story(a_model(a_service()))
    story.service(HTTP, 2)
    story.at(1).restart()

    story.at(2).service(HTTP, 2)

    assert story.alerts() == ["CRITICAL;SOFT;1", "CRITICAL;SOFT;2"]


def test_an_object_that_keeps_no_state_begins_anew() -> None:
    story = fallen(retain_status_information=False).at(10).restart()

    assert (known(story).state, known(story).has_been_checked) == (0, False)


@pytest.mark.parametrize(
    ("initial", "expected"), [(0, (0, 0, 0, 1)), (2, (2, 2, 2, 3))], ids=["OK", "CRITICAL"]
)
def test_what_was_never_seen_begins_in_its_initial_state(
    initial: int, expected: tuple[int, int, int, int]
) -> None:
    state = known(Story(a_model(a_service(initial_state=initial))))

    assert (state.state, state.last_state, state.last_hard_state, state.attempt) == expected
    assert state.state_type is StateType.HARD


def test_a_confirmed_problem_has_its_last_attempt_when_the_limit_was_raised_meanwhile() -> None:
    story = fallen()

    story.restart(a_model(a_service(max_check_attempts=7)))

    assert known(story).attempt == 7


def test_numbers_go_on_where_they_were() -> None:
    story = fallen()
    before = known(story).current_problem_id

    story.restart()
    story.at(14).service(HTTP, 0)
    story.at(24).service(HTTP, 2)

    assert known(story).current_problem_id == before + 1


# --- next checks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "away", "expected"),
    [
        ({"use_retained_scheduling_info": True}, 5, -3.0),
        ({"use_retained_scheduling_info": True}, 905, 0.0),
        ({"use_retained_scheduling_info": True, "retention_scheduling_horizon": 1}, 5, 0.0),
        ({}, 5, 0.0),
    ],
    ids=["kept", "away too long", "small horizon", "not wanted"],
)
def test_an_overdue_check_is_made_up_for_within_the_horizon(
    settings: dict[str, Any], away: float, expected: float
) -> None:
    model = a_model(a_host(check_command=None), a_service(), **settings)
    world = World(model, tz=UTC, program_start=START)
    states = {HTTP: Runtime(next_check=Instant(START - 3))}

    world.start(Remembered(states=states, stopped=Instant(START - away)), START, Effects())

    assert due(world) == expected


def test_the_engine_may_ask_what_is_being_checked_and_what_is_due() -> None:
    world = World(a_model(a_host(check_command=None)), tz=UTC, program_start=START)
    assert world.next_due() is None
    assert dict(world.executing) == {}

    world.start(NOTHING_REMEMBERED, START, Effects())
    assert world.next_due() == START + 60  # the rounds


def test_the_engine_may_ask_whether_people_would_be_told() -> None:
    story = fallen()
    service = story.world.model.services[HTTP]

    decision = story.world.judge(service, PROBLEM, story.now)

    assert (decision.told, decision.reason) == (False, "once_only")


# --- the rounds ---------------------------------------------------------------------------------------------


def stale_at(story: Story, until: float) -> list[float]:
    story.wait(until)
    return [one.time - START for one in story.happened(ResultStale)]


def watched(**settings: Any) -> Story:
    return Story(
        a_model(
            a_service(check_freshness=True, freshness_threshold=30, active_checks_enabled=False), **settings
        )
    )


def test_freshness_is_looked_at_so_often() -> None:
    assert stale_at(watched(), 200) == [60]
    assert stale_at(watched(service_freshness_check_interval=40), 200) == [40]


def test_hosts_have_a_round_of_their_own() -> None:
    story = Story(
        a_model(
            a_host(check_freshness=True, freshness_threshold=30),
            check_host_freshness=True,
            host_freshness_check_interval=35,
        )
    )

    assert stale_at(story, 100) == [35]


def test_rounds_that_were_missed_are_not_made_up_for() -> None:
    story = watched()
    story.at(1000)

    story.world.keep_appointments(story.now, story.effects)

    assert len(story.happened(ResultStale)) == 1
    assert story.world.agenda.next_at() == START + 1060


@pytest.mark.parametrize(
    "fields",
    [
        {"active_checks_enabled": False, "passive_checks_enabled": False},
        {"freshness_threshold": 0, "check_interval": 0.0},
        {"check_command": None},
    ],
)
def test_what_takes_no_results_or_has_no_threshold_does_not_go_stale(fields: dict[str, Any]) -> None:
    given = {"check_freshness": True, "freshness_threshold": 30} | fields

    assert stale_at(Story(a_model(a_service(**given))), 500) == []


def test_what_is_being_checked_is_not_stale() -> None:
    story = watched()
    story.world.planner.executing[HTTP] = START

    assert stale_at(story, 100) == []


# --- a clock that jumps -------------------------------------------------------------------------------------


def test_with_the_clock_move_checks_and_what_is_remembered_of_moments() -> None:
    story = fallen(notification_interval=100.0)
    story.world.planner.executing[HTTP] = Instant(START + 4)
    before = known(story)
    expected = {
        name: getattr(before, name) - 3600
        for name in (
            "last_check",
            "next_check",
            "last_state_change",
            "last_hard_state_change",
            "last_notification",
            "next_notification",
        )
    }

    story.world.shift(-3600)

    assert {name: getattr(known(story), name) for name in expected} == expected
    assert story.world.executing == {HTTP: START + 4 - 3600}
    assert story.world.program_start == START - 3600


def test_what_has_not_happened_yet_does_not_move() -> None:
    story = Story(a_model(a_service(check_command=None)))

    story.world.shift(-3600)

    assert (known(story).last_check, known(story).last_notification) == (NEVER, NEVER)


def test_downtimes_and_expiries_keep_the_hours_that_people_gave_them() -> None:
    story = fallen()
    story.order(f"SCHEDULE_SVC_DOWNTIME;web;http;{START + 100:.0f};{START + 200:.0f};1;0;0;ana;work")
    story.order(f"ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web;http;2;0;0;{START + 150:.0f};ana;mine")

    story.world.shift(-50)

    assert story.wait(99).world.states[HTTP].downtime_depth == 0
    assert story.wait(100).world.states[HTTP].downtime_depth == 1
    assert story.wait(149).world.states[HTTP].acknowledged
    assert not story.wait(150).world.states[HTTP].acknowledged


def test_the_rounds_move() -> None:
    story = watched()

    story.world.shift(-50)

    assert story.world.agenda.next_at() == START + 10
