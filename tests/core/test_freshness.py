"""Freshness: results that are too old have a check forced. Nagios' rules."""

from typing import Any

from atalaia.core.effects import Effects
from atalaia.core.events import ResultStale
from atalaia.core.freshness import expires_at, threshold_of
from atalaia.core.instants import Instant
from atalaia.core.objects import Host, Service, TimePeriod
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, StateType
from support.builders import START, Story, a_host, a_model, a_service

JOB = ("web", "job")
NEVER = TimePeriod(timeperiod_name="never", alias="never")
SETTINGS = a_model().settings


def passive(**fields: Any) -> Service:
    given: dict[str, Any] = {"active_checks_enabled": False, "check_freshness": True, "freshness_threshold": 60}
    return a_service("job", **(given | fields))


def freshened(story: Story, seconds: float) -> list[tuple[str, str]]:
    """Objects whose check is forced at that second."""
    story.at(seconds)
    effects = Effects()
    story.world._freshen(Service, story.now, effects)
    story.world._freshen(Host, story.now, effects)
    return [(one.host, one.service) for one in effects.events if isinstance(one, ResultStale)]


def test_a_passive_service_that_falls_silent_has_its_check_forced_though_active_checks_are_off() -> None:
    story = Story(a_model(passive()))
    story.service(JOB, 0, passive=True)

    assert freshened(story, 60) == []
    assert freshened(story, 61) == [JOB]

    request = story.world.take_due(story.now, Effects())
    while request is not None and request.key != JOB:
        request = story.world.take_due(story.now, Effects())
    assert request is not None
    assert request.forced


def test_it_is_forced_once_until_a_result_comes_and_again_after_that() -> None:
    story = Story(a_model(passive()))
    story.service(JOB, 0, passive=True)

    assert freshened(story, 61) == [JOB]
    assert freshened(story, 70) == []

    story.at(71).service(JOB, 2)
    assert freshened(story, 120) == []
    assert freshened(story, 132) == [JOB]


def test_a_new_result_keeps_it_fresh() -> None:
    story = Story(a_model(passive()))
    for second in (0, 50, 100):
        story.at(second).service(JOB, 0, passive=True)

    assert freshened(story, 150) == []


def test_what_was_never_checked_is_stale_a_threshold_after_the_start() -> None:
    story = Story(a_model(passive()))

    assert freshened(story, 60) == []
    assert freshened(story, 61) == [JOB]


def test_outside_the_check_period_nothing_is_forced() -> None:
    assert freshened(Story(a_model(passive(check_period="never"), NEVER)), 999) == []


def test_objects_that_do_not_ask_for_it_are_left_alone() -> None:
    assert freshened(Story(a_model(a_service("job"))), 10_000) == []


def test_hosts_can_be_watched_for_freshness_too() -> None:
    story = Story(a_model(a_host(check_freshness=True, freshness_threshold=30)))

    assert freshened(story, 31) == [("web", "")]


def test_the_automatic_threshold_follows_the_interval_in_force() -> None:
    service = a_service("job", check_interval=100.0, retry_interval=5.0, check_freshness=True)

    assert threshold_of(service, Runtime(latency=1.5), SETTINGS) == 100 + 1.5 + 15
    soft = Runtime(state=2, state_type=StateType.SOFT)
    assert threshold_of(service, soft, SETTINGS) == 5 + 15


def test_after_a_restart_active_objects_get_the_time_of_the_first_spread() -> None:
    service = a_service("job", check_interval=100.0, check_freshness=True)
    known = Runtime(has_been_checked=True, last_check=Instant(START - 5000))

    assert expires_at(service, known, SETTINGS, START) == START + 115 + SETTINGS.max_service_check_spread


def test_a_passive_result_from_before_a_long_absence_is_given_a_threshold_anew() -> None:
    known = Runtime(has_been_checked=True, last_check=Instant(START - 50), check_type=CheckType.PASSIVE)
    recent = Runtime(has_been_checked=True, last_check=Instant(START - 10), check_type=CheckType.PASSIVE)

    assert expires_at(passive(), known, SETTINGS, START) == START + 60
    assert expires_at(passive(), recent, SETTINGS, START) == START + 50
