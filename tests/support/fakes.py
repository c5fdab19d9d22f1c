"""Written stand-ins for the ports, held to the same contract suites as the real implementations."""

import asyncio
import errno
import os
import signal
from collections import deque
from collections.abc import Callable

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.results import RawResult
from atalaia.ports.clock import Clock
from atalaia.ports.runner import Job


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """How a scripted command ends, `seconds` after its start."""

    stdout: str = ""
    exit_code: int = 0
    signal: int = 0
    stderr: str = ""
    seconds: float = 0.0


class _Run(msgspec.Struct, kw_only=True):
    job: Job
    done: Callable[[RawResult], None]
    started: Instant
    began: float
    timer: asyncio.TimerHandle | None = None


class FakeRunner:
    """`atalaia.ports.runner.Runner` whose commands are scripted and take the loop's time only.

    A command is known by its line: `job.command_line`, or the words of `job.argv` joined with blanks. An
    unscripted one ends as a missing program does.
    """

    def __init__(self, clock: Clock, loop: asyncio.AbstractEventLoop) -> None:
        self.started: list[Job] = []
        """Every job that was started, oldest first."""
        self._clock = clock
        self._loop = loop
        self._answers: dict[str, deque[Answer]] = {}
        self._running: dict[int, _Run] = {}
        self._idle: asyncio.Future[None] | None = None
        self._closed = False

    @property
    def running(self) -> int:
        return len(self._running)

    def script(self, command_line: str, *answers: Answer) -> None:
        """Says how the next runs of a command end, one after the other; the last answer stays."""
        self._answers[command_line] = deque(answers)

    def start(self, job: Job, done: Callable[[RawResult], None]) -> None:
        if self._closed:
            raise RuntimeError("The runner is closed.")
        number = len(self.started)
        self.started.append(job)
        run = _Run(job=job, done=done, started=self._clock.now(), began=self._clock.monotonic())
        answer = self._next_answer(job)
        self._running[number] = run
        if answer.seconds > job.timeout:
            run.timer = self._loop.call_later(job.timeout, self._end, number, None)
        else:
            run.timer = self._loop.call_later(answer.seconds, self._end, number, answer)

    async def close(self, grace: float) -> None:
        self._closed = True
        if self._running and grace > 0:
            self._idle = self._loop.create_future()
            try:
                async with asyncio.timeout(grace):
                    await self._idle
            except TimeoutError:
                pass
        for number, run in list(self._running.items()):
            if run.timer is not None:
                run.timer.cancel()
            self._loop.call_soon(self._end, number, Answer(signal=signal.SIGKILL))
        await asyncio.sleep(0)

    def _next_answer(self, job: Job) -> Answer:
        line = " ".join(job.argv) if job.argv else job.command_line
        answers = self._answers.get(line)
        if answers is None and not job.argv:
            return Answer(exit_code=127, stderr=f"/bin/sh: 1: {job.command_line}: not found\n")
        if answers is None:
            program = job.argv[0]
            reason = os.strerror(errno.ENOENT)
            return Answer(
                exit_code=errno.ENOENT,
                stderr=f"execvp({program}, ...) failed. errno is {errno.ENOENT}: {reason}\n",
            )
        return answers.popleft() if len(answers) > 1 else answers[0]

    def _end(self, number: int, answer: Answer | None) -> None:
        """None stands for the time-out, which keeps nothing of what a scripted command would have said."""
        run = self._running.pop(number)
        if self._idle is not None and not self._running and not self._idle.done():
            self._idle.set_result(None)
        shown = answer or Answer()
        run.done(
            RawResult(
                exit_code=shown.exit_code,
                signal=shown.signal,
                timed_out=answer is None,
                stdout=shown.stdout.encode(),
                stderr=shown.stderr.encode(),
                started=run.started,
                finished=Instant(run.started + (self._clock.monotonic() - run.began)),
            )
        )
