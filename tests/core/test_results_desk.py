"""What a result leads to beside its state: stalking, logs, event handlers, reports, and words for a host."""

from typing import Any

import pytest

from atalaia.core.events import EventHandlerStarted, StateChanged
from atalaia.core.objects import ServiceDependency
from support.builders import START, Story, a_host, a_model, a_service, call

HTTP, WEB = ("web", "http"), ("web", "")


def after(story: Story, *results: tuple[int, str]) -> list[str]:
    """Alerts of results of the service ten seconds apart."""
    for number, (state, output) in enumerate(results):
        story.at(10 * number).service(HTTP, state, output)
    return [f"{one.state};{one.state_type};{one.output}" for one in story.happened(StateChanged)]


# --- stalking -----------------------------------------------------------------------------------------------


def test_a_stalked_state_is_logged_whenever_its_output_changes() -> None:
    story = Story(a_model(a_service(stalking_options="o")))

    assert after(story, (0, "a"), (0, "a"), (0, "b")) == ["OK;HARD;a", "OK;HARD;b"]


def test_a_state_that_is_not_stalked_is_not() -> None:
    story = Story(a_model(a_service(stalking_options="c")))

    assert after(story, (0, "a"), (0, "b")) == []


def test_a_stalked_host_too() -> None:
    story = Story(a_model(a_host(stalking_options="o")))

    story.at(1).host("web", 0, "a")

    assert story.log() == ["HOST ALERT: web;UP;HARD;1;a"]


def test_with_N_a_result_is_logged_whenever_people_are_told() -> None:  # noqa: N802 - Nagios' letter
    fields: dict[str, Any] = {"max_check_attempts": 1, "notification_interval": 20.0}
    stalked = Story(a_model(a_service(**fields, stalking_options="N")))
    plain = Story(a_model(a_service(**fields)))
    results = [(2, "x")] * 4

    assert after(stalked, *results) == ["CRITICAL;HARD;x"] * 2
    assert after(plain, *results) == ["CRITICAL;HARD;x"]


# --- retries ------------------------------------------------------------------------------------------------


def test_each_attempt_of_a_host_is_an_event_and_is_marked_as_a_retry_for_the_log() -> None:
    story = Story(a_model(a_host(max_check_attempts=4)))

    for second in (1, 2, 3, 4, 5):
        story.at(second).host("web", 1)

    assert [(one.attempt, one.retry) for one in story.happened(StateChanged)] == [
        (1, False),
        (2, True),
        (3, True),
        (4, False),
    ]


# --- event handlers -----------------------------------------------------------------------------------------


def test_an_event_handler_is_logged_with_its_macros_expanded() -> None:
    story = Story(a_model(a_service(event_handler=call("restart!$HOSTNAME$!$SERVICEDESC$"))))

    story.service(HTTP, 2)

    assert [one.command for one in story.happened(EventHandlerStarted)] == ["restart!web!http"]


def test_the_event_handler_of_a_host_runs_too() -> None:
    story = Story(a_model(a_host(event_handler=call("own")), global_host_event_handler=call("everywhere")))

    handlers = story.at(1).host("web", 1).handlers

    assert [(one.key, one.call.name, one.is_global) for one in handlers] == [
        (WEB, "everywhere", True),
        (WEB, "own", False),
    ]
    assert "GLOBAL HOST EVENT HANDLER: web;DOWN;HARD;1;everywhere" in story.log()


def test_where_an_objects_own_handler_is_off_the_global_one_runs_all_the_same() -> None:
    story = Story(
        a_model(
            a_service(event_handler=call("own"), event_handler_enabled=False),
            global_service_event_handler=call("everywhere"),
        )
    )

    assert [one.call.name for one in story.service(HTTP, 2).handlers] == ["everywhere"]


# --- reports ------------------------------------------------------------------------------------------------


def test_the_obsessive_command_sees_a_result_before_its_state_settles() -> None:
    story = Story(a_model(a_service(), obsess_over_services=True))
    story.service(HTTP, 2)

    (report,) = story.at(2).service(HTTP, 0).reports

    assert (report.obsess, report.seen.state, report.seen.state_type.name) == (True, 0, "SOFT")


def test_performance_data_is_handed_on_after_that() -> None:
    story = Story(a_model(a_service(), process_performance_data=True))
    story.service(HTTP, 2)

    (report,) = story.at(2).service(HTTP, 0).reports

    assert (report.perfdata, report.seen.state, report.seen.state_type.name) == (True, 0, "HARD")


def test_an_object_may_be_left_out_of_both() -> None:
    model = a_model(
        a_service(obsess=False, process_perf_data=False),
        process_performance_data=True,
        obsess_over_services=True,
    )

    assert Story(model).service(HTTP, 2).reports == []


# --- the host of a service ----------------------------------------------------------------------------------


def test_a_bad_service_stands_in_for_a_host_that_was_never_checked() -> None:
    story = Story(a_model(a_host(initial_state=1), a_service()), checked=False)
    story.world.states[WEB].last_check = START

    story.at(5).service(HTTP, 2)
    story.at(7).service(HTTP, 2)

    assert story.world.states[WEB].has_been_checked
    assert story.world.states[WEB].last_check == START + 7


def test_a_soft_problem_of_the_host_is_not_told_by_its_services() -> None:
    story = Story(a_model(a_host(max_check_attempts=3), a_service()))
    story.at(1).host("web", 1)
    story.at(2).service(HTTP, 2)

    story.at(3).service(HTTP, 2)

    assert story.told() == []


@pytest.mark.parametrize(
    ("fields", "looked_at"), [({}, True), ({"enable_predictive_service_dependency_checks": False}, False)]
)
def test_masters_are_looked_at_ahead_unless_that_is_switched_off(
    fields: dict[str, Any], looked_at: bool
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
            cached_service_check_horizon=0,
            **fields,
        )
    )
    story.world.queue.remove(("web", "db"))

    story.at(1).service(HTTP, 2)

    assert (story.world.queue.get(("web", "db")) is not None) == looked_at


def test_masters_of_hosts_can_be_left_alone_too() -> None:
    story = Story(a_model(a_host(max_check_attempts=2), enable_predictive_host_dependency_checks=False))

    story.at(1).host("web", 1)

    assert story.alerts() == ["DOWN;SOFT;1"]
