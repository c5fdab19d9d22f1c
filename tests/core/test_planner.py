"""The planner: what is begun, what is put off, what rests, and checks whose results never came."""

from typing import Any

import pytest

from atalaia.core.events import CheckOrphaned
from atalaia.core.instants import Instant
from atalaia.core.objects import HostDependency, Model, ServiceDependency
from support.builders import NEVER_OPEN, START, Story, a_host, a_model, a_service

WEB, HTTP, DB = ("web", ""), ("web", "http"), ("web", "db")


def begun(story: Story, seconds: float) -> list[tuple[str, str]]:
    """What is begun at that second."""
    story.at(seconds)
    found = []
    while request := story.world.take_due(story.now, story.effects):
        found.append(request.key)
    return found


def due(story: Story, key: tuple[str, str]) -> float | None:
    pending = story.world.queue.get(key)
    return None if pending is None else pending.at - START


def force(story: Story, key: tuple[str, str] = HTTP) -> Story:
    story.world.planner.force(key, story.now)
    return story


# --- beginning ----------------------------------------------------------------------------------------------


def test_what_is_begun_says_since_when() -> None:
    story = Story(a_model(a_service()))

    begun(story, 9)

    assert story.world.executing == {HTTP: START + 9, WEB: START + 9}


def test_a_check_of_what_is_being_checked_is_put_off_by_an_interval() -> None:
    story = Story(a_model(a_host(check_command=None), a_service()))
    assert begun(story, 0) == [HTTP]
    story.world.queue.put(HTTP, story.now)

    assert begun(story, 3) == []
    assert due(story, HTTP) == 13


def test_a_forced_check_of_what_is_being_checked_waits_a_second() -> None:
    story = Story(a_model(a_host(check_command=None), a_service()))
    begun(story, 0)
    force(story)

    assert begun(story, 3) == []
    assert due(story, HTTP) == 4
    pending = story.world.queue.get(HTTP)
    assert pending is not None
    assert pending.forced


@pytest.mark.parametrize(
    ("fields", "settings"),
    [
        ({"active_checks_enabled": False}, {}),
        ({"check_period": "never"}, {}),
        ({}, {"execute_service_checks": False}),
    ],
)
def test_a_forced_check_asks_neither_for_switches_nor_for_periods(
    fields: dict[str, Any], settings: dict[str, Any]
) -> None:
    story = Story(a_model(a_host(check_command=None), a_service(**fields), NEVER_OPEN, **settings))
    story.world.queue.put(HTTP, START)
    assert begun(story, 0) == []

    force(story)

    assert begun(story, 1) == [HTTP]


def test_what_has_no_interval_is_tried_again_after_five_minutes() -> None:
    story = Story(
        a_model(a_host(check_command=None), a_service(check_interval=0.0), execute_service_checks=False)
    )
    story.world.queue.put(HTTP, START)

    assert begun(story, 7) == []

    assert due(story, HTTP) == 307


# --- resting ------------------------------------------------------------------------------------------------


def depending(**settings: Any) -> Model:
    """http rests while db is critical."""
    return a_model(
        a_host(check_command=None),
        a_service("db", check_command=None, max_check_attempts=1),
        a_service(),
        ServiceDependency(
            host_name="web",
            service_description="db",
            dependent_host_name="web",
            dependent_service_description="http",
            execution_failure_options="c",
        ),
        **settings,
    )


def test_what_depends_on_something_bad_is_put_off_by_an_interval() -> None:
    story = Story(depending())
    story.service(DB, 2)

    assert begun(story, 5) == []
    assert due(story, HTTP) == 15
    assert story.world.states[HTTP].state == 0


def test_a_forced_check_does_not_ask_what_it_depends_on() -> None:
    story = Story(depending())
    story.service(DB, 2)
    force(story)

    assert begun(story, 5) == [HTTP]


def test_the_configuration_may_say_which_state_it_has_while_it_rests() -> None:
    story = Story(depending(service_skip_check_dependency_status=3))
    story.service(DB, 2)
    story.forget()

    begun(story, 5)

    assert story.world.states[HTTP].state == 3
    assert story.effects.changed[HTTP].state == 3
    assert story.effects.events == []


def test_a_host_too() -> None:
    model = a_model(
        a_host("router", check_command=None),
        a_host("web"),
        HostDependency(host_name="router", dependent_host_name="web", execution_failure_options="d"),
        host_skip_check_dependency_status=2,
    )
    story = Story(model)
    story.host("router", 1)

    assert begun(story, 5) == []
    assert story.world.states[WEB].state == 2


def with_parents(*parents: str, **settings: Any) -> Story:
    """http hangs on some, each on one attempt; db on top."""
    return Story(
        a_model(
            a_host(check_command=None),
            a_service("db", check_command=None, max_check_attempts=1),
            a_service("api", check_command=None, max_check_attempts=1, parents=(DB,)),
            a_service(parents=tuple(("web", name) for name in parents)),
            **settings,
        )
    )


@pytest.mark.parametrize(
    ("state", "rests"),
    [(0, False), (1, False), (2, True), (3, True)],
    ids=["OK", "WARNING", "CRITICAL", "UNKNOWN"],
)
@pytest.mark.parametrize("parent", ["db", "api"])
def test_a_service_rests_while_something_above_it_is_critical_or_unknown(
    parent: str, state: int, rests: bool
) -> None:
    story = with_parents(parent)
    story.service(DB, state)

    assert begun(story, 5) == ([] if rests else [HTTP])


def test_also_when_it_is_forced() -> None:
    story = force(with_parents("db"))
    story.service(DB, 2)

    assert begun(story, 5) == []


def test_of_several_parents_each_counts() -> None:
    story = with_parents("api", "db")
    story.service(("web", "api"), 2)

    assert begun(story, 5) == []


def test_an_unconfirmed_problem_above_it_does_not_count() -> None:
    model = a_model(a_host(check_command=None), a_service("db", check_command=None), a_service(parents=(DB,)))
    story = Story(model)
    story.service(DB, 2)

    assert begun(story, 5) == [HTTP]


def test_circles_of_parents_come_to_an_end() -> None:
    model = a_model(
        a_host(check_command=None),
        a_service("db", parents=(HTTP,), check_command=None),
        a_service(parents=(DB,)),
    )

    assert begun(Story(model), 5) == [HTTP]


@pytest.mark.parametrize(
    ("setting", "status", "kept"),
    [
        ("service_skip_check_parent_status", 3, 3),
        ("service_skip_check_parent_status", -1, 0),
        ("service_skip_check_parent_status", 0, 0),
    ],
)
def test_the_configuration_may_say_which_state_it_has_while_a_parent_is_bad(
    setting: str, status: int, kept: int
) -> None:
    story = with_parents("db", **{setting: status})
    story.service(DB, 2)

    begun(story, 5)

    assert story.world.states[HTTP].state == kept


@pytest.mark.parametrize(("status", "kept"), [(-1, 0), (3, 3)])
def test_and_while_the_host_is_down(status: int, kept: int) -> None:
    story = Story(
        a_model(
            a_host(check_command=None),
            a_service(),
            host_down_disable_service_checks=True,
            service_skip_check_host_down_status=status,
        )
    )
    story.host("web", 1)

    assert begun(story, 5) == []
    assert story.world.states[HTTP].state == kept


# --- checks on demand ---------------------------------------------------------------------------------------


def cached(**fields: Any) -> Story:
    """A service whose bad results ask for a check of its host."""
    story = Story(a_model(a_host(check_interval=1000.0, **fields), a_service()))
    story.world.queue.remove(WEB)
    return story


def test_a_bad_service_asks_for_a_check_of_its_host_at_once() -> None:
    story = cached().at(5)

    story.service(HTTP, 2)

    assert due(story, WEB) == 5
    assert story.world.states[WEB].next_check == START + 5


@pytest.mark.parametrize("fields", [{"active_checks_enabled": False}, {"check_command": None}])
def test_what_cannot_be_checked_is_not_asked_for(fields: dict[str, Any]) -> None:
    story = cached(**fields).at(5)

    story.service(HTTP, 2)

    assert due(story, WEB) is None


def test_what_is_being_checked_is_not_asked_for_again() -> None:
    story = cached()
    story.world.queue.put(WEB, START)
    begun(story, 4)

    story.at(5).service(HTTP, 2)

    assert due(story, WEB) is None


def test_an_earlier_check_stays() -> None:
    story = cached()
    story.world.queue.put(WEB, Instant(START + 3))

    story.at(5).service(HTTP, 2)

    assert due(story, WEB) == 3


@pytest.mark.parametrize(("second", "asked"), [(14, None), (15, 15)])
def test_a_master_whose_result_is_younger_than_the_horizon_is_not_looked_at_again(
    second: float, asked: float | None
) -> None:
    story = Story(
        a_model(
            a_service("db"),
            a_service(max_check_attempts=2),
            ServiceDependency(
                host_name="web",
                service_description="db",
                dependent_host_name="web",
                dependent_service_description="http",
                notification_failure_options="c",
            ),
            cached_service_check_horizon=15,
        )
    )
    story.service(DB, 0)
    story.world.queue.remove(DB)

    story.at(second).service(HTTP, 2)

    assert due(story, DB) == asked


# --- orphans ------------------------------------------------------------------------------------------------


def orphaned(seconds: float, **settings: Any) -> list[tuple[str, str]]:
    """What is begun anew at that second, of a host and a service begun at second 0."""
    story = Story(a_model(a_service(), check_result_reaper_frequency=10, **settings))
    begun(story, 0)
    begun(story, 9)
    assert set(story.world.executing) == {WEB, HTTP}
    for key in (WEB, HTTP):
        story.world.planner.executing[key] = START
        story.world.queue.remove(key)

    story.world.planner.find_orphans(Instant(START + seconds), story.effects)

    found = [(one.host, one.service) for one in story.happened(CheckOrphaned)]
    assert {key for key in (WEB, HTTP) if due(story, key) == seconds} == set(found)
    assert set(story.world.executing) == {WEB, HTTP} - set(found)
    return found


def test_results_are_waited_for_ten_minutes_beyond_their_time_out() -> None:
    timeouts = {"service_check_timeout": 60, "host_check_timeout": 30}

    assert orphaned(640, **timeouts) == []
    assert orphaned(641, **timeouts) == [WEB]
    assert sorted(orphaned(671, **timeouts)) == [WEB, HTTP]


def test_where_nobody_looks_for_orphans_none_is_found() -> None:
    assert orphaned(9999, check_for_orphaned_services=False) == [WEB]
    assert orphaned(9999, check_for_orphaned_hosts=False) == [HTTP]


def test_the_round_for_orphans_is_made_every_minute() -> None:
    story = Story(a_model(a_host(check_command=None), a_service()))
    begun(story, 0)

    story.wait(660)
    assert story.happened(CheckOrphaned) == []

    story.wait(720)
    (event,) = story.happened(CheckOrphaned)
    assert (event.service, event.time, event.next_check) == ("http", START + 720, START)
    assert begun(story, 721) == [HTTP]


def test_an_orphan_that_was_asked_for_meanwhile_is_begun_when_that_was() -> None:
    story = Story(a_model(a_host(check_command=None), a_service()))
    begun(story, 0)
    story.world.queue.put(HTTP, Instant(START + 5), forced=True)

    story.world.planner.find_orphans(Instant(START + 999), story.effects)

    assert due(story, HTTP) == 5


# --- after a result -----------------------------------------------------------------------------------------


def test_a_result_plans_nothing_for_what_is_not_checked() -> None:
    for fields in ({"active_checks_enabled": False}, {"check_command": None}, {"check_interval": 0.0}):
        story = Story(a_model(a_service(**fields)))

        story.at(5).service(HTTP, 0)

        assert due(story, HTTP) is None


def test_without_an_interval_an_unconfirmed_problem_is_looked_at_again() -> None:
    story = Story(a_model(a_service(check_interval=0.0)))

    story.at(5).service(HTTP, 2)

    assert due(story, HTTP) == 7
