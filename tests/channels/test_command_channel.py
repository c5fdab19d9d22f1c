"""Telling people with a notification command: run once, as it is."""

import asyncio
import errno
import os
from pathlib import Path

import pytest

from atalaia.channels.command import CommandChannel
from atalaia.ports.channels import DeliveryError, Message
from atalaia.runners.spawn import SpawnRunner
from support.fakes import Answer, FakeRunner
from support.messages import a_message
from support.running import RealClock

LINE = "/usr/bin/tell somebody"


def scripted(*answers: Answer) -> FakeRunner:
    runner = FakeRunner(RealClock(), asyncio.get_running_loop())
    runner.script(LINE, *answers)
    return runner


async def refusal(runner: FakeRunner, message: Message | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await CommandChannel(runner).send(message or a_message(command_line=LINE))
    return caught.value


async def test_a_command_without_shell_signs_is_run_directly() -> None:
    runner = scripted(Answer())

    await CommandChannel(runner).send(a_message(command_line=LINE, timeout=7.0))

    (job,) = runner.started
    assert (job.argv, job.command_line) == (("/usr/bin/tell", "somebody"), "")
    assert job.timeout == 7.0


async def test_a_command_finds_the_messages_key_beside_the_macros_in_its_environment() -> None:
    runner = scripted(Answer())
    message = a_message(command_line=LINE, env={"NAGIOS_HOSTNAME": "h"})

    await CommandChannel(runner).send(message)

    (job,) = runner.started
    assert job.env == {"NAGIOS_HOSTNAME": "h", "ATALAIA_MESSAGE_KEY": message.key}


async def test_a_command_that_needs_a_shell_gets_one() -> None:
    runner = scripted()
    line = '/usr/bin/printf "%b" "broken" | /usr/bin/mail somebody'
    runner.script(line, Answer())

    await CommandChannel(runner).send(a_message(command_line=line))

    assert (runner.started[0].argv, runner.started[0].command_line) == ((), line)


async def test_how_a_line_is_cut_can_be_chosen() -> None:
    runner = scripted(Answer())

    await CommandChannel(runner, lambda line: tuple(line.split())).send(a_message(command_line=LINE))

    assert runner.started[0].argv == ("/usr/bin/tell", "somebody")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(exit_code=1), "notify-service-by-mail ended with exit code 1"),
        (
            Answer(exit_code=75, stderr="\nno route\nmore\n", stdout="hello\n"),
            "notify-service-by-mail ended with exit code 75: no route",
        ),
        (
            Answer(exit_code=2, stdout="\x1b[31mno such user\n"),
            "notify-service-by-mail ended with exit code 2: no such user",
        ),
        (Answer(signal=9), "notify-service-by-mail was ended by signal 9"),
        (
            Answer(exit_code=127, stderr="/bin/sh: 1: tell: not found\n"),
            "notify-service-by-mail ended with exit code 127: /bin/sh: 1: tell: not found",
        ),
    ],
)
async def test_a_command_that_fails_is_not_repeated(answer: Answer, reason: str) -> None:
    error = await refusal(scripted(answer))

    assert (error.reason, error.retryable) == (reason, False)


async def test_a_command_that_takes_too_long_is_not_repeated() -> None:
    error = await refusal(scripted(Answer(seconds=60.0)), a_message(command_line=LINE, timeout=0.05))

    assert (error.reason, error.retryable) == ("notify-service-by-mail was ended after 0.05 s", False)


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE])
async def test_when_this_machine_is_short_of_something_the_command_is_tried_again(number: int) -> None:
    words = f"execvp(/usr/bin/tell, ...) failed. errno is {number}: {os.strerror(number)}"

    error = await refusal(scripted(Answer(exit_code=number, stderr=words + "\n")))

    assert error.retryable
    assert error.reason == f"notify-service-by-mail could not be started: {words}"


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES])
async def test_a_command_that_is_not_there_is_not_tried_again(number: int) -> None:
    words = f"execvp(/usr/bin/tell, ...) failed. errno is {number}: {os.strerror(number)}\n"

    assert not (await refusal(scripted(Answer(exit_code=number, stderr=words)))).retryable


async def test_a_command_may_end_with_the_number_of_an_errno_of_its_own() -> None:
    error = await refusal(scripted(Answer(exit_code=errno.EAGAIN, stderr="queue full\n")))

    assert not error.retryable


async def test_without_a_command_line_nothing_is_run() -> None:
    runner = scripted()

    error = await refusal(runner, a_message(command_line=" "))

    assert (error.reason, error.retryable) == ("notify-service-by-mail has no command line", False)
    assert runner.started == []


async def test_an_error_does_not_show_the_command_line() -> None:
    runner = scripted()
    runner.script("/usr/bin/tell --token=hunter2", Answer(exit_code=1))

    error = await refusal(runner, a_message(command_line="/usr/bin/tell --token=hunter2"))

    assert "hunter2" not in error.reason


async def test_a_real_command_gets_its_arguments_and_environment(tmp_path: Path) -> None:
    runner = SpawnRunner(RealClock(), asyncio.get_running_loop())
    told = tmp_path / "told"
    line = f"""printf '%s|%s' "it's down" "$NAGIOS_HOSTNAME" > {told}"""

    await CommandChannel(runner).send(a_message(command_line=line, env={"NAGIOS_HOSTNAME": "zookeeper"}))
    await runner.close(0)

    assert told.read_text() == "it's down|zookeeper"


async def test_a_sender_that_stops_waiting_breaks_nothing() -> None:
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    runner = scripted(Answer(seconds=0.02))
    sending = asyncio.ensure_future(CommandChannel(runner).send(a_message(command_line=LINE)))
    await asyncio.sleep(0)

    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await asyncio.sleep(0.05)

    assert (runner.running, complaints) == (0, [])
