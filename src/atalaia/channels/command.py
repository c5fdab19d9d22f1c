"""The command channel: runs a notification command as Nagios Core does, once and as it is."""

import asyncio
import errno
import os
from collections.abc import Callable

from atalaia.core.command_line import split as split_command_line
from atalaia.core.results import RawResult
from atalaia.ports.channels import DeliveryError, Message
from atalaia.ports.runner import Job, Runner
from atalaia.texts.plain import one_line

_OUR_OWN_TROUBLE = {errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE}
"""Reasons for which this machine could not start a process just now."""

_SAID_LIMIT = 200

KEY_VARIABLE = "ATALAIA_MESSAGE_KEY"
"""Environment variable with the idempotency key of the message: a command that sees a key again, after a crash
at the wrong moment, can keep quiet."""

SplitCommandLine = Callable[[str], tuple[str, ...] | None]
"""A command line's words, or None when it needs a shell."""


class CommandChannel:
    """Tells people by running the contact's notification command.

    Nagios' rule: the command is run once; how it ended is logged, and a failure is not repeated. Only when the
    machine could not even start it is another try worth while.
    """

    def __init__(self, runner: Runner, split: SplitCommandLine = split_command_line) -> None:
        self._runner = runner
        self._split = split

    async def send(self, message: Message) -> None:
        """Returns when the command has ended well.

        Raises:
            DeliveryError: it has not; says how it ended and the first line that it printed.
        """
        if not message.command_line.strip():
            raise DeliveryError(f"{message.command or 'the command'} has no command line", retryable=False)
        words = self._split(message.command_line)
        job = Job(
            argv=words or (),
            command_line="" if words else message.command_line,
            timeout=message.timeout,
            env=message.env | {KEY_VARIABLE: message.key},
        )
        finished: asyncio.Future[RawResult] = asyncio.get_running_loop().create_future()

        def done(result: RawResult) -> None:
            if not finished.done():  # nobody waits any more when the server is ending
                finished.set_result(result)

        self._runner.start(job, done)
        failure = _failure(message, await finished)
        if failure is not None:
            raise failure

    async def close(self) -> None:
        """Nothing to let go of: the runner belongs to whoever made it."""


def _failure(message: Message, result: RawResult) -> DeliveryError | None:
    """Why the command did not tell anybody; None when it did. The command line is left out on purpose: it may
    hold a key or a password."""
    name = message.command or "the command"
    said = _first_line(result)
    if result.timed_out:
        return DeliveryError(f"{name} was ended after {message.timeout:g} s{said}", retryable=False)
    if result.signal:
        return DeliveryError(f"{name} was ended by signal {result.signal}{said}", retryable=False)
    if result.exit_code == 0:
        return None
    if _not_started(result):
        return DeliveryError(f"{name} could not be started{said}", retryable=True)
    return DeliveryError(f"{name} ended with exit code {result.exit_code}{said}", retryable=False)


def _not_started(result: RawResult) -> bool:
    """Whether the exit code is an errno of ours: a command that ends with 11 of its own accord says something
    else on its standard error."""
    if result.exit_code not in _OUR_OWN_TROUBLE or result.stdout:
        return False
    reason = result.stderr.decode("utf-8", "replace")
    return f"errno is {result.exit_code}:" in reason or os.strerror(result.exit_code) in reason


def _first_line(result: RawResult) -> str:
    for stream in (result.stderr, result.stdout):
        for line in stream[:4_096].decode("utf-8", "replace").splitlines():
            if line.strip():
                return f": {one_line(line, _SAID_LIMIT)}"
    return ""
