"""The World: first checks, putting off, reloads without a gap, restarts, and a clock that jumps."""

from datetime import UTC

from atalaia.core.effects import Effects
from atalaia.core.instants import Instant
from atalaia.core.objects import Model, TimePeriod
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.core.world import NOTHING_REMEMBERED, Remembered, World
from support.builders import START, Story, a_host, a_model, a_service, call

HTTP = ("web", "http")
NEVER = TimePeriod(timeperiod_name="never", alias="never")


def due_of(world: World, key: tuple[str, str]) -> float:
    pending = world.queue.get(key)
    assert pending is not None
    return pending.at


def replace(story: Story, model: Model, now: Instant) -> None:
    """A reload."""
    story.world.replace(model, now, Effects())


def started(story: Story, seconds: float) -> list[tuple[str, str]]:
    """Keys of the checks that are to be started at that second."""
    found = []
    while request := story.world.take_due(Instant(START + seconds), Effects()):
        found.append(request.key)
    return found


def test_first_checks_are_spread_over_their_interval() -> None:
    model = a_model(*(a_service(f"s{number}") for number in range(10)))
    world = World(model, tz=UTC, program_start=START)

    world.start(NOTHING_REMEMBERED, START, Effects())

    delays = sorted(due_of(world, key) - START for key in model.services)
    assert delays == [float(second) for second in range(10)]


def test_services_of_one_host_are_interleaved_with_those_of_others() -> None:
    model = a_model(*(a_service(f"s{number}", host) for host in ("a", "b") for number in range(2)))
    world = World(model, tz=UTC, program_start=START)

    world.start(NOTHING_REMEMBERED, START, Effects())

    order = sorted(model.services, key=lambda key: due_of(world, key))
    assert [host for host, _ in order] == ["a", "b", "a", "b"]


def test_objects_without_interval_command_or_active_checks_are_not_scheduled() -> None:
    model = a_model(
        a_host(check_command=None),
        a_service("a", check_interval=0.0),
        a_service("b", active_checks_enabled=False),
    )
    world = World(model, tz=UTC, program_start=START)

    world.start(NOTHING_REMEMBERED, START, Effects())

    assert world.queue.next_at() is None


def test_a_check_is_started_once_and_not_again_before_its_result() -> None:
    story = Story(a_model(a_host(check_command=None), a_service()))

    assert started(story, 0) == [HTTP]
    assert started(story, 30) == []

    story.at(30).service(HTTP, 0)
    assert started(story, 40) == [HTTP]


def test_a_late_check_keeps_its_phase() -> None:
    from atalaia.core.effects import Effects
    from atalaia.core.results import CheckResult

    story = Story(a_model(a_host(check_command=None), a_service()))
    started(story, 3)
    result = CheckResult(state=0, started=Instant(START + 3), finished=Instant(START + 3.5), latency=3.0)

    story.world.apply(HTTP, result, Instant(START + 3.5), Effects())

    assert due_of(story.world, HTTP) == START + 10


def test_outside_its_check_period_a_check_is_put_off() -> None:
    story = Story(a_model(a_host(check_command=None), a_service(check_period="never"), NEVER))

    assert started(story, 100) == []
    assert story.world.next_due() is not None


def test_checks_switched_off_for_the_whole_server_are_put_off_by_an_interval() -> None:
    story = Story(a_model(a_host(check_command=None), a_service(), execute_service_checks=False))

    assert started(story, 5) == []
    assert due_of(story.world, HTTP) == START + 15


def test_services_of_a_dead_host_rest_where_the_configuration_says_so() -> None:
    story = Story(a_model(a_host(), a_service(), host_down_disable_service_checks=True))
    story.host("web", 1)

    assert HTTP not in started(story, 5)


def test_an_unchanged_object_keeps_its_state_and_its_next_check_over_a_reload() -> None:
    story = Story(a_model(a_host(check_command=None), a_service(), a_service("ssh")))
    story.at(1).service(HTTP, 2, "boom")
    before, due = story.world.states[HTTP], due_of(story.world, HTTP)

    gone = story.world.replace(
        a_model(a_host(check_command=None), a_service(), a_service("dns")), Instant(START + 2), Effects()
    )

    assert gone == [("web", "ssh")]
    assert story.world.states[HTTP] is before
    assert due_of(story.world, HTTP) == due
    assert story.world.queue.get(("web", "ssh")) is None
    assert story.world.queue.get(("web", "dns")) is not None


def test_a_check_that_runs_during_a_reload_still_counts() -> None:
    story = Story(a_model(a_host(check_command=None), a_service()))
    started(story, 0)

    story.world.replace(
        a_model(a_host(check_command=None), a_service(notes="new")), Instant(START + 1), Effects()
    )

    assert story.world.queue.get(HTTP) is None  # not doubled
    story.at(2).service(HTTP, 2)
    assert story.world.states[HTTP].state == 2
    assert due_of(story.world, HTTP) == START + 4


def test_the_result_of_an_object_that_is_gone_is_dropped() -> None:
    story = Story(a_model(a_host(), a_service()))
    story.world.replace(a_model(a_host()), Instant(START + 1), Effects())

    effects = story.at(2).service(HTTP, 2)

    assert effects.changed == {}


def test_a_shorter_interval_takes_effect_at_a_reload() -> None:
    story = Story(a_model(a_host(check_command=None), a_service(check_interval=1000.0)))
    story.world.queue.put(HTTP, Instant(START + 900))

    story.world.replace(
        a_model(a_host(check_command=None), a_service(check_interval=10.0)), Instant(START + 1), Effects()
    )

    assert due_of(story.world, HTTP) <= START + 11


def test_a_check_switched_off_by_a_reload_leaves_the_queue_and_comes_back_when_switched_on() -> None:
    story = Story(a_model(a_host(check_command=None), a_service()))

    story.world.replace(
        a_model(a_host(check_command=None), a_service(active_checks_enabled=False)), START, Effects()
    )
    assert story.world.queue.get(HTTP) is None

    replace(story, a_model(a_host(check_command=None), a_service()), START)
    assert story.world.queue.get(HTTP) is not None


def test_fewer_attempts_after_a_reload_cap_the_attempt() -> None:
    story = Story(a_model(a_service(max_check_attempts=5)))
    for second in (0, 2, 4):
        story.at(second).service(HTTP, 2)

    story.world.replace(a_model(a_service(max_check_attempts=2)), story.now, Effects())

    assert story.world.states[HTTP].attempt == 2


def test_after_a_restart_state_and_next_check_are_those_that_were_remembered() -> None:
    model = a_model(a_host(check_command=None), a_service())
    known = Runtime(
        state=2, state_type=StateType.HARD, attempt=3, next_check=Instant(START + 7), notification_number=4
    )
    world = World(model, tz=UTC, program_start=START)

    world.start(Remembered(states={HTTP: known}), START, Effects())

    assert world.states[HTTP].notification_number == 4
    assert due_of(world, HTTP) == START + 7


def test_a_next_check_that_passed_while_the_server_was_down_is_spread_anew() -> None:
    model = a_model(a_host(check_command=None), a_service())
    world = World(model, tz=UTC, program_start=START)

    world.start(Remembered(states={HTTP: Runtime(next_check=Instant(START - 500))}), START, Effects())

    assert START <= due_of(world, HTTP) <= START + 10


def test_planned_checks_move_with_a_clock_that_jumps() -> None:
    story = Story(a_model(a_host(check_command=None), a_service()))
    story.at(1).service(HTTP, 2)
    story.world.queue.put(HTTP, Instant(START + 20))

    story.world.shift(-3600.0)

    assert due_of(story.world, HTTP) == START + 20 - 3600
    assert story.world.states[HTTP].last_check == START + 1 - 3600


def test_event_handlers_run_on_soft_steps_on_hardening_and_on_recovery_but_not_in_between() -> None:
    story = Story(a_model(a_service(event_handler=call("restart!http"))))

    counts = [
        len(story.at(second).service(HTTP, state).handlers)
        for second, state in ((0, 2), (2, 2), (4, 2), (14, 2), (24, 0))
    ]

    assert counts == [1, 1, 1, 0, 1]


def test_the_global_event_handler_runs_before_the_objects_own() -> None:
    story = Story(
        a_model(a_service(event_handler=call("own")), global_service_event_handler=call("everywhere"))
    )

    handlers = story.service(HTTP, 2).handlers

    assert [(one.call.name, one.is_global) for one in handlers] == [("everywhere", True), ("own", False)]


def test_an_event_handler_sees_a_soft_recovery_as_soft() -> None:
    story = Story(a_model(a_service(event_handler=call("own"))))
    story.service(HTTP, 2)

    handlers = story.at(2).service(HTTP, 0).handlers

    assert [(one.seen.state, one.seen.state_type.name, one.seen.attempt) for one in handlers] == [
        (0, "SOFT", 2)
    ]


def test_event_handlers_rest_when_switched_off() -> None:
    own = call("own")
    for model in (
        a_model(a_service(event_handler=own, event_handler_enabled=False)),
        a_model(a_service(event_handler=own), enable_event_handlers=False),
        a_model(a_service(event_handler=own, event_handler_period="never"), NEVER),
    ):
        assert Story(model).service(HTTP, 2).handlers == []
