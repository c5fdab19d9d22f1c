"""What every runner promises, the scripted one of the engine's tests included."""

import asyncio
import errno
from collections.abc import AsyncIterator
from typing import Any

import pytest

from atalaia.core.results import RawResult
from atalaia.ports.runner import Job, Runner
from atalaia.runners.spawn import SpawnRunner
from support.fakes import Answer, FakeRunner
from support.running import RealClock, begin, result_of, shell

SCRIPTED = {
    "echo found; exit 2": Answer(stdout="found\n", exit_code=2),
    "echo oops >&2; exit 3": Answer(stderr="oops\n", exit_code=3),
    "kill -9 $$": Answer(signal=9),
    "sleep 60": Answer(seconds=60.0),
    "sleep 0.1": Answer(seconds=0.1),
}


@pytest.fixture(params=["spawn", "fake"])
async def runner(request: pytest.FixtureRequest) -> AsyncIterator[Runner]:
    loop = asyncio.get_running_loop()
    if request.param == "spawn":
        real = SpawnRunner(RealClock(), loop)
        yield real
        await real.close(0)
    else:
        fake = FakeRunner(RealClock(), loop)
        for command_line, answer in SCRIPTED.items():
            fake.script(command_line, answer)
        yield fake
        await fake.close(0)


async def test_exit_code_and_output_come_back(runner: Runner) -> None:
    result = await shell(runner, "echo found; exit 2")

    assert (result.exit_code, result.stdout, result.stderr) == (2, b"found\n", b"")


async def test_standard_error_comes_back_apart(runner: Runner) -> None:
    result = await shell(runner, "echo oops >&2; exit 3")

    assert (result.exit_code, result.stdout, result.stderr) == (3, b"", b"oops\n")


async def test_a_signal_is_no_exit_code(runner: Runner) -> None:
    result = await shell(runner, "kill -9 $$")

    assert (result.signal, result.exit_code, result.timed_out) == (9, 0, False)


async def test_a_job_that_takes_too_long_is_reported_as_timed_out(runner: Runner) -> None:
    result = await shell(runner, "sleep 60", timeout=0.05)

    assert (result.timed_out, result.exit_code, result.signal) == (True, 0, 0)


async def test_a_missing_program_is_a_result_with_errno_and_reason(runner: Runner) -> None:
    result = await result_of(runner, "/nowhere/check_nothing", "-H", "x")

    assert result.exit_code == errno.ENOENT
    assert (
        result.stderr == b"execvp(/nowhere/check_nothing, ...) failed. errno is 2: No such file or directory\n"
    )


async def test_a_missing_command_under_the_shell_is_the_shells_127(runner: Runner) -> None:
    result = await shell(runner, "/nowhere/check_nothing")

    assert result.exit_code == 127
    assert b"not found" in result.stderr


@pytest.mark.parametrize("job", [Job(command_line="sleep 0.1", timeout=9), Job(argv=("/nowhere",), timeout=9)])
async def test_the_result_never_arrives_within_start(runner: Runner, job: Job) -> None:
    seen: list[RawResult] = []
    runner.start(job, seen.append)

    assert seen == []


async def test_a_job_counts_as_running_until_its_result_is_there(runner: Runner) -> None:
    future = begin(runner, Job(command_line="sleep 0.1", timeout=9))
    before = runner.running
    await future

    assert (before, runner.running) == (1, 0)


async def test_a_result_may_start_the_next_job(runner: Runner) -> None:
    last: asyncio.Future[RawResult] = asyncio.get_running_loop().create_future()

    def next_one(_: RawResult) -> None:
        runner.start(Job(command_line="echo found; exit 2", timeout=9), last.set_result)

    runner.start(Job(command_line="sleep 0.1", timeout=9), next_one)

    assert (await last).exit_code == 2


async def test_a_receiver_that_fails_does_not_cost_another_job_its_result(runner: Runner) -> None:
    failures: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context))

    def fail(_: RawResult) -> None:
        raise LookupError("receiver")

    runner.start(Job(command_line="sleep 0.1", timeout=9), fail)
    result = await shell(runner, "sleep 0.1")
    await runner.close(10)

    assert (result.exit_code, runner.running) == (0, 0)
    assert [type(failure["exception"]) for failure in failures] == [LookupError]


async def test_finished_is_started_plus_the_time_it_took(runner: Runner) -> None:
    result = await shell(runner, "sleep 0.1")

    assert result.finished - result.started >= 0.09


async def test_close_waits_for_running_jobs(runner: Runner) -> None:
    future = begin(runner, Job(command_line="sleep 0.1", timeout=9))
    await runner.close(10)

    assert (future.done(), future.result().signal) == (True, 0)


async def test_close_kills_what_is_not_done_in_time_and_reports_it(runner: Runner) -> None:
    future = begin(runner, Job(command_line="sleep 60", timeout=90))
    await runner.close(0.05)

    assert (future.done(), future.result().signal, runner.running) == (True, 9, 0)


async def test_nothing_starts_after_close(runner: Runner) -> None:
    await runner.close(0)

    with pytest.raises(RuntimeError, match="closed"):
        runner.start(Job(argv=("/bin/true",), timeout=9), lambda _: None)


async def test_closing_twice_does_no_harm(runner: Runner) -> None:
    await runner.close(0)
    await runner.close(0)

    assert runner.running == 0
