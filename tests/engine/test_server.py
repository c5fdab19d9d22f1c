"""The server as a whole, in virtual time: from a due check to a stored, told and recovered problem."""

import asyncio
from typing import Any

import pytest

from atalaia.core.events import (
    ConfigurationLoaded,
    ConfigurationRejected,
    EngineAlarm,
    EventHandlerRan,
    NotificationFailed,
    NotificationQueued,
    NotificationSent,
    ResultStale,
    ServerStarted,
    ServerStopped,
    StateChanged,
)
from atalaia.core.objects import Command, Model
from atalaia.core.orders import RefusedError
from atalaia.core.step import Ids
from atalaia.ports.configuration import LoadOutcome
from atalaia.ports.storage import EventFilter
from support.builders import a_contact, a_host, a_model, a_service, call
from support.fakes import Answer
from support.running_server import Bench, crash_after, running

HTTP = ("web", "http")
OK = Answer(stdout="OK - fine\n")
BAD = Answer(stdout="CRITICAL - refused\n", exit_code=2)
CHECK = "/bin/check-service web"
PING = "/bin/check-host web"


def model(*more: Any, **settings: Any) -> Model:
    return a_model(a_host(), a_service(), a_contact(custom={"CHANNEL": "mail"}), *more, **settings)


def bench_of(wanted: Model | None = None) -> Bench:
    bench = Bench(wanted or model())
    bench.runner.script(PING, OK)
    bench.runner.script(CHECK, OK)
    return bench


async def test_each_object_is_checked_in_its_interval() -> None:
    bench = bench_of()

    async with running(bench):
        await asyncio.sleep(59.9)

    lines = [" ".join(job.argv) for job in bench.runner.started]
    assert lines.count(CHECK) == 6
    assert lines.count(PING) == 6


async def test_a_problem_is_confirmed_told_and_recovered() -> None:
    bench = bench_of()

    async with running(bench) as server:
        await asyncio.sleep(1)
        bench.runner.script(CHECK, BAD, BAD, BAD, OK)
        await asyncio.sleep(40)

        assert server.world.states[HTTP].state == 0
    steps = [f"{one.state};{one.state_type};{one.attempt}" for one in bench.events(StateChanged)]
    assert steps == ["CRITICAL;SOFT;1", "CRITICAL;SOFT;2", "CRITICAL;HARD;3", "OK;HARD;1"]
    assert [one.kind for one in bench.mail.taken] == ["PROBLEM", "RECOVERY"]
    assert [one.link for one in bench.mail.taken] == ["http://127.0.0.1:8420/services/web/http"] * 2
    assert len(bench.events(NotificationSent)) == 2


async def test_a_message_says_what_was_true_when_it_was_decided() -> None:
    bench = bench_of()
    bench.runner.script(CHECK, BAD, BAD, BAD, OK)

    async with running(bench):
        await asyncio.sleep(60)

    problem, recovery = bench.mail.taken
    assert (problem.state, problem.previous_state, problem.output) == ("CRITICAL", "OK", "CRITICAL - refused")
    assert (recovery.state, recovery.previous_state, recovery.output) == ("OK", "CRITICAL", "OK - fine")
    assert recovery.since == problem.since < problem.time < recovery.ended
    assert problem.thread == recovery.thread


async def test_a_notification_command_is_expanded_and_handed_to_the_command_channel() -> None:
    tell = Command(command_name="tell-service", command_line="/bin/tell $SERVICESTATE$ $CONTACTEMAIL$ $ARG1$")
    contact = a_contact(service_notification_commands=(call("tell-service!now"),))
    bench = bench_of(a_model(a_host(), a_service(max_check_attempts=1), contact, tell))
    bench.runner.script(CHECK, BAD)

    async with running(bench):
        await asyncio.sleep(15)

    assert [one.command_line for one in bench.command.taken] == ["/bin/tell CRITICAL ana@example.org now"]


async def test_a_mail_server_that_is_away_delays_messages_and_loses_none() -> None:
    bench = bench_of(model(a_service(max_check_attempts=1)))
    bench.runner.script(CHECK, BAD)
    bench.mail.go_down()

    async with running(bench) as server:
        await asyncio.sleep(120)
        assert bench.control.status().engine.outbox == 1
        assert "mail" in server.health.alarms[0]
        bench.mail.come_back()
        await asyncio.sleep(70)
        assert bench.control.status().engine.outbox == 0
        assert server.health.alarms == ()

    assert [one.kind for one in bench.mail.taken] == ["PROBLEM"]
    tries = [one.tries for one in bench.events(NotificationFailed)]
    assert tries == [1, 2, 4]
    assert [one.what for one in bench.events(EngineAlarm)] == ["channel mail"] * 2


async def test_a_recovery_does_not_overtake_its_problem() -> None:
    bench = bench_of(model(a_service(max_check_attempts=1)))
    bench.runner.script(CHECK, BAD, OK)
    bench.mail.go_down()

    async with running(bench):
        await asyncio.sleep(60)
        bench.mail.come_back()
        await asyncio.sleep(60)

    assert [one.kind for one in bench.mail.taken] == ["PROBLEM", "RECOVERY"]


async def test_a_message_that_was_not_sent_before_the_end_is_sent_by_the_next_run() -> None:
    first = bench_of(model(a_service(max_check_attempts=1)))
    first.runner.script(CHECK, BAD)
    first.mail.go_down()
    async with running(first):
        await asyncio.sleep(30)

    second = Bench(model(a_service(max_check_attempts=1)), store=first.kept)
    second.runner.script(PING, OK)
    second.runner.script(CHECK, BAD)
    async with running(second):
        await asyncio.sleep(70)

    assert [one.kind for one in second.mail.taken] == ["PROBLEM"]


async def test_a_refused_message_is_given_up_and_its_reason_kept() -> None:
    bench = bench_of(model(a_service(max_check_attempts=1)))
    bench.runner.script(CHECK, BAD)
    bench.mail.go_down(retryable=False)

    async with running(bench):
        await asyncio.sleep(30)

    assert [(one.tries, one.final) for one in bench.events(NotificationFailed)] == [(1, True)]


async def test_after_a_crash_states_attempts_and_numbers_are_those_of_the_last_stored_event() -> None:
    first = bench_of(model(a_service(max_check_attempts=3)))
    first.runner.script(CHECK, BAD)
    await crash_after(first, 30)
    before = first.server.world.states[HTTP]

    second = Bench(model(a_service(max_check_attempts=3)), store=first.kept)
    second.runner.script(PING, OK)
    second.runner.script(CHECK, BAD)
    async with running(second) as server:
        after = server.world.states[HTTP]

        assert (after.state, after.state_type, after.attempt) == (
            before.state,
            before.state_type,
            before.attempt,
        )
        assert after.notification_number == before.notification_number == 1
        assert after.last_notification == before.last_notification
        await asyncio.sleep(60)

    assert len(first.mail.taken) == 1
    assert second.mail.taken == []  # the same problem is not told twice
    started = second.events(ServerStarted)
    assert [one.unclean for one in started] == [False, True]


async def test_numbers_of_events_and_problems_go_on_after_a_restart() -> None:
    first = bench_of(model(a_service(max_check_attempts=1)))
    first.runner.script(CHECK, BAD)
    await crash_after(first, 15)

    second = Bench(model(a_service(max_check_attempts=1)), store=first.kept)

    assert second.server.world.ids == first.server.world.ids != Ids()


async def test_while_the_store_fails_people_are_told_and_nothing_is_lost() -> None:
    bench = bench_of(model(a_service(max_check_attempts=1)))
    async with running(bench) as server:
        await asyncio.sleep(1)
        bench.store.broken = True
        bench.runner.script(CHECK, BAD)
        await asyncio.sleep(30)

        assert [one.kind for one in bench.mail.taken] == ["PROBLEM"]
        assert bench.events(StateChanged) == []
        assert "no space left" in server.health.alarms[0]
        bench.store.broken = False
        await asyncio.sleep(5)

        assert len(bench.events(StateChanged)) == 1
        assert server.health.alarms == ()
    assert bench.kept.load().outbox == []


async def test_nobody_hears_of_an_event_before_it_is_stored() -> None:
    bench = bench_of(model(a_service(max_check_attempts=1)))
    bench.runner.script(CHECK, BAD)
    heard: list[str] = []

    async with running(bench) as server:

        async def listen() -> None:
            async for stored in server.feed.follow(None):
                known = bench.kept.events_after(stored.id - 1, 1, EventFilter())
                heard.append(type(known[0].event).__name__)

        async with asyncio.TaskGroup() as group:
            task = group.create_task(listen())
            await asyncio.sleep(15)
            task.cancel()

    assert NotificationQueued.__name__ in heard
    assert StateChanged.__name__ in heard


async def test_an_event_handler_runs_and_its_end_is_kept() -> None:
    restart = Command(
        command_name="restart", command_line="/bin/restart $SERVICESTATETYPE$ $SERVICEATTEMPT$ $ARG1$"
    )
    bench = bench_of(model(a_service(event_handler=call("restart!http")), restart))
    bench.runner.script(CHECK, BAD, OK)
    bench.runner.script("/bin/restart SOFT 1 http", Answer(stdout="restarted\n"))
    bench.runner.script("/bin/restart SOFT 2 http", Answer(stdout="no\n", exit_code=1))

    async with running(bench):
        await asyncio.sleep(15)

    ran = bench.events(EventHandlerRan)
    assert [(one.state, one.exit_code, one.output) for one in ran] == [
        ("CRITICAL", 0, "restarted"),
        ("OK", 1, "no"),
    ]


async def test_due_checks_wait_for_a_free_place_and_are_not_pushed_into_the_future() -> None:
    services = [a_service(f"s{number}", check_interval=5.0) for number in range(10)]
    bench = bench_of(a_model(a_host(check_command=None), *services, max_concurrent_checks=2))
    bench.runner.script(CHECK, Answer(stdout="slow\n", seconds=1.5))

    async with running(bench):
        most = 0
        for _ in range(600):
            await asyncio.sleep(0.05)
            most = max(most, bench.runner.running)

        assert most == 2
        waiting, overdue = bench.server.checker.waiting()
        assert waiting <= 10
        assert overdue < 10
        assert 38 <= len(bench.runner.started) <= 41  # two places, 1.5 s each, 30 s: never idle


async def test_a_check_that_never_ends_is_judged_by_its_time_out() -> None:
    bench = bench_of(model(service_check_timeout=5))
    bench.runner.script(CHECK, Answer(seconds=1e9))

    async with running(bench) as server:
        await asyncio.sleep(12)

        assert server.world.states[HTTP].output == "(Service check timed out after 5.00 seconds)"


async def test_a_reload_keeps_what_did_not_change_and_says_what_did() -> None:
    bench = bench_of()
    async with running(bench) as server:
        await asyncio.sleep(12)
        due = server.world.queue.get(HTTP)
        assert due is not None
        bench.outcome = LoadOutcome(model=model(a_service("dns")))
        bench.runner.script("/bin/check-service web", OK)
        server.reload()
        await asyncio.sleep(0.01)

        assert server.world.queue.get(HTTP) is due
        assert bench.control.service("web", "dns") is not None
    loaded = bench.events(ConfigurationLoaded)
    assert [(one.added, one.changed, one.removed) for one in loaded] == [(1, 0, 0)]


async def test_a_reload_with_errors_changes_nothing_and_shows_them() -> None:
    bench = bench_of()
    async with running(bench) as server:
        before = server.world.model
        bench.outcome = LoadOutcome(model=None, errors=("a.cfg:3: error: no such host",))
        server.reload()
        await asyncio.sleep(0.1)

        assert server.world.model is before
        assert bench.control.status().config.last_error == "a.cfg:3: error: no such host"
    assert len(bench.events(ConfigurationRejected)) == 1


async def test_an_orderly_end_keeps_results_of_checks_that_end_in_time_and_no_others() -> None:
    bench = bench_of(a_model(a_host(check_command=None), a_service("quick"), a_service("slow")))
    bench.runner.script(CHECK, Answer(stdout="OK\n", seconds=1))

    async with running(bench):
        await asyncio.sleep(0.5)
        bench.runner.script(CHECK, Answer(stdout="OK\n", seconds=1e9))
        await asyncio.sleep(5)

    states = bench.kept.load().states
    assert states[("web", "quick")].has_been_checked
    assert not states.get(("web", "slow"), states[("web", "quick")]).output.startswith("(")
    stopped = bench.events(ServerStopped)
    assert [one.reason for one in stopped] == ["test"]


async def test_a_clock_that_jumps_back_neither_stops_nor_repeats_checks() -> None:
    bench = bench_of()
    async with running(bench):
        await asyncio.sleep(20)
        before = len(bench.runner.started)
        bench.clock.jump(-3600)
        await asyncio.sleep(20)

        assert len(bench.runner.started) - before == 4
    assert [one.what for one in bench.events(EngineAlarm)] == ["clock_jump"]


async def test_a_clock_that_jumps_ahead_by_an_hour_starts_no_burst() -> None:
    bench = bench_of()
    async with running(bench):
        await asyncio.sleep(20)
        before = len(bench.runner.started)
        bench.clock.jump(3600)
        await asyncio.sleep(20)

        assert 4 <= len(bench.runner.started) - before <= 6


async def test_the_explanation_names_state_next_check_and_who_was_told() -> None:
    bench = bench_of()
    bench.runner.script(CHECK, BAD)
    async with running(bench):
        await asyncio.sleep(30)

        english = await bench.control.explain("web", "http", "en")
        portuguese = await bench.control.explain("web", "http", "pt_BR")
        nobody = await bench.control.explain("web", "nothing", "en")

    assert nobody is None
    assert english is not None
    assert portuguese is not None
    text = "\n".join(one.text for one in english.reasons)
    assert "confirmed" in text
    assert "Told of this problem: ana." in text
    assert "its notification interval is 0" in text
    assert "Avisados deste problema: ana." in "\n".join(one.text for one in portuguese.reasons)


async def test_the_status_counts_states_and_measures_the_engine() -> None:
    bench = bench_of()
    bench.runner.script(CHECK, BAD)
    async with running(bench):
        await asyncio.sleep(30)

        status = bench.control.status()

    assert status.hosts == {"UP": 1, "DOWN": 0, "UNREACHABLE": 0, "PENDING": 0}
    assert status.services["CRITICAL"] == 1
    assert status.engine.checks_per_second > 0.1
    assert status.engine.lateness < 0.1


async def test_a_result_from_outside_is_stored_before_it_is_answered() -> None:
    bench = bench_of(a_model(a_host(), a_service("job", active_checks_enabled=False, max_check_attempts=1)))
    async with running(bench) as server:
        await server.intake.command("PROCESS_SERVICE_CHECK_RESULT;web;job;2;no backup")

        assert bench.kept.load().states[("web", "job")].output == "no backup"
        assert [one.state for one in bench.events(StateChanged)] == ["CRITICAL"]


async def test_a_command_that_is_refused_changes_nothing() -> None:
    bench = bench_of()
    async with running(bench) as server:
        with pytest.raises(RefusedError, match="no service 'nix'"):
            await server.intake.command("PROCESS_SERVICE_CHECK_RESULT;web;nix;2;x")


async def test_a_job_that_falls_silent_is_noticed_by_its_forced_check() -> None:
    job = a_service(
        "job",
        active_checks_enabled=False,
        check_freshness=True,
        freshness_threshold=60,
        max_check_attempts=1,
        check_command=call("stale"),
    )
    stale = Command(command_name="stale", command_line="/bin/stale")
    bench = bench_of(a_model(a_host(), job, stale, service_freshness_check_interval=5))
    bench.runner.script("/bin/stale", Answer(stdout="no report\n", exit_code=2))

    async with running(bench) as server:
        await server.intake.command("PROCESS_SERVICE_CHECK_RESULT;web;job;0;done")
        await asyncio.sleep(50)
        assert server.world.states[("web", "job")].state == 0

        await asyncio.sleep(20)
        assert server.world.states[("web", "job")].output == "no report"
    assert len(bench.events(ResultStale)) == 1


async def test_a_fault_with_one_result_leaves_a_trace_and_the_object_in_the_schedule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = bench_of()
    async with running(bench) as server:

        def broken(*_: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as patch:
            patch.setattr(server.world, "apply", broken)
            await asyncio.sleep(15)
        assert "ZeroDivisionError" in server.health.alarms[0]

        await asyncio.sleep(90)
        assert server.world.states[HTTP].has_been_checked
