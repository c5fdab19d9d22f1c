"""The running server as people see it: what commands leave behind shows up in its views."""

import asyncio

import pytest

from atalaia.core.events import CommandRefused
from atalaia.core.objects import Model
from atalaia.core.orders import RefusedError
from support.builders import a_contact, a_host, a_model, a_service
from support.fakes import Answer
from support.running_server import Bench, running

CHECK, PING = "/bin/check-service web", "/bin/check-host web"


def bench_of(**settings: object) -> Bench:
    contact = a_contact(custom={"CHANNEL": "mail"})
    model: Model = a_model(a_host(), a_service(max_check_attempts=1), contact, **settings)
    bench = Bench(model)
    bench.runner.script(PING, Answer(stdout="OK\n"))
    bench.runner.script(CHECK, Answer(stdout="CRITICAL - refused\n", exit_code=2))
    return bench


async def test_an_acknowledgement_shows_how_long_it_holds() -> None:
    bench = bench_of()
    async with running(bench) as server:
        await asyncio.sleep(15)
        until = int(server.clock.now()) + 600
        await bench.control.command(f"ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web;http;2;1;0;{until};ana;on it")
        service = bench.control.service("web", "http")
        (comment,) = bench.control.comments("web", "http")

        assert service is not None
        assert (service.acknowledged, service.acknowledgement) == (True, "sticky")
        assert float(service.acknowledged_until) == until
        assert (comment.kind, comment.author, comment.text) == ("acknowledgement", "ana", "on it")
        assert bench.control.comments("web", "") == []

        await asyncio.sleep(700)
        service = bench.control.service("web", "http")
        assert service is not None
        assert (service.acknowledged, service.acknowledgement) == (False, "none")
        assert float(service.acknowledged_until) == 0


async def test_a_downtime_shows_on_the_host_and_on_its_services() -> None:
    bench = bench_of()
    async with running(bench) as server:
        now = int(server.clock.now())
        await bench.control.command(f"SCHEDULE_HOST_DOWNTIME;web;{now};{now + 600};1;0;0;ana;disk")
        await asyncio.sleep(1)
        host, service = bench.control.host("web"), bench.control.service("web", "http")
        (downtime,) = bench.control.downtimes()

        assert host is not None
        assert service is not None
        assert (host.in_downtime, host.downtime_depth) == (True, 1)
        assert (service.in_downtime, service.host_in_downtime) == (False, True)
        assert (downtime.host, downtime.in_effect, float(downtime.until)) == ("web", True, now + 600)
        assert (downtime.author, downtime.comment) == ("ana", "disk")


async def test_a_flexible_downtime_has_no_end_before_it_begins() -> None:
    bench = bench_of()
    bench.runner.script(CHECK, Answer(stdout="OK\n"))
    async with running(bench) as server:
        await asyncio.sleep(15)
        now = int(server.clock.now())
        await bench.control.command(f"SCHEDULE_SVC_DOWNTIME;web;http;{now};{now + 600};0;0;60;ana;maybe")
        (waiting,) = bench.control.downtimes("web", "http")
        bench.runner.script(CHECK, Answer(stdout="CRITICAL\n", exit_code=2))
        await asyncio.sleep(15)
        (begun,) = bench.control.downtimes("web", "http")

    assert (waiting.in_effect, float(waiting.until), waiting.duration) == (False, 0, 60)
    assert begun.in_effect
    assert now < begun.until <= now + 15 + 60


async def test_changed_settings_show_their_values_and_their_names() -> None:
    bench = bench_of()
    async with running(bench):
        await bench.control.command("DISABLE_SVC_EVENT_HANDLER;web;http")
        await bench.control.command("CHANGE_RETRY_SVC_CHECK_INTERVAL;web;http;7")
        service, host = bench.control.service("web", "http"), bench.control.host("web")

    assert service is not None
    assert host is not None
    assert not service.event_handler_enabled
    assert (service.check_interval, service.retry_interval) == (10.0, 7.0)
    assert service.modified_attributes == ("event_handler_enabled", "retry_interval")
    assert host.modified_attributes == ()


async def test_intervals_are_seconds_whatever_the_unit() -> None:
    bench = bench_of(interval_length=60)
    async with running(bench):
        service = bench.control.service("web", "http")

    assert service is not None
    assert service.check_interval == 600.0


async def test_the_status_shows_the_switches_and_which_were_changed() -> None:
    bench = bench_of(enable_flap_detection=True)
    async with running(bench):
        before = bench.control.status().program
        await bench.control.command("STOP_EXECUTING_SVC_CHECKS")
        await bench.control.command("DISABLE_NOTIFICATIONS")
        after = bench.control.status()

    assert (before.execute_service_checks, before.enable_flap_detection, before.changed) == (True, True, ())
    assert not after.program.execute_service_checks
    assert not after.program.enable_notifications
    assert not after.notifications_enabled
    assert after.program.changed == ("enable_notifications", "execute_service_checks")


async def test_a_setting_that_was_not_kept_over_a_restart_is_no_longer_named() -> None:
    model = a_model(a_host(), a_service(), use_retained_program_state=False)
    first = Bench(model)
    async with running(first):
        await first.control.command("STOP_EXECUTING_SVC_CHECKS")

    second = Bench(model, store=first.kept)
    async with running(second):
        program = second.control.status().program

    assert program.execute_service_checks
    assert program.changed == ()


async def test_a_refused_command_carries_its_fault() -> None:
    bench = bench_of()
    async with running(bench):
        with pytest.raises(RefusedError) as refused:
            await bench.control.command("ACKNOWLEDGE_HOST_PROBLEM;web;2;1;0;ana;x")

    assert refused.value.fault == "pointless"


async def test_a_command_turned_away_at_the_door_is_a_fact() -> None:
    bench = bench_of()
    async with running(bench):
        bench.control.refuse("SHUTDOWN_PROCESS;0", "without the right token", fault="unauthorised")

    (fact,) = bench.events(CommandRefused)
    assert (fact.command, fact.arguments, fact.source) == ("SHUTDOWN_PROCESS", "0", "api")
    assert (fact.reason, fact.fault) == ("without the right token", "unauthorised")


async def test_the_explanation_reads_decisions_that_many_other_events_have_pushed_back() -> None:
    bench = bench_of()
    async with running(bench):
        await asyncio.sleep(15)
        for number in range(60):
            await bench.control.command(f"ADD_SVC_COMMENT;web;http;0;ana;remark {number}")
        explanation = await bench.control.explain("web", "http", "en")

    assert explanation is not None
    decided = [one.text for one in explanation.reasons if one.topic == "decision"]
    assert [text.partition(": ")[2] for text in decided] == [
        "nobody told of the problem (CRITICAL): one message is enough by its configuration",
        "told of the problem (CRITICAL): ana (the first message about this problem)",
    ]
    assert len(explanation.events) == 20
