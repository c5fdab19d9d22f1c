"""Running a command: one job and result format for this process, for worker processes and for other machines.

Completion-based on purpose: a job is started with a callback and costs no task, stream or timer object of its
own while it runs.
"""

from collections.abc import Callable
from typing import Protocol

import msgspec

from atalaia.core.results import RawResult


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One command to run.

    `argv` is run directly. When it is empty, `command_line` is handed to ``/bin/sh -c``.
    """

    argv: tuple[str, ...] = ()
    command_line: str = ""
    timeout: float
    """Seconds after which the whole process group is killed."""
    env: dict[str, str] = {}
    """Added to the server's own environment."""


class Runner(Protocol):
    """Runs jobs. Not thread-safe: called from the event loop only."""

    @property
    def running(self) -> int:
        """Jobs started and not finished."""
        ...

    def start(self, job: Job, done: Callable[[RawResult], None]) -> None:
        """Starts the job now; `done` is called once, from the event loop, never from within `start`.

        A command that cannot be started is no exception: its RawResult carries the errno as exit code and the
        reason on stderr.
        """
        ...

    async def close(self, grace: float) -> None:
        """Waits up to `grace` seconds for running jobs, then kills their groups; none is left behind."""
        ...
