"""Runs jobs as child processes of this server: start, watch, time out, reap. How a result is judged is not
decided here.

One epoll set holds the pidfd and the pipes of all jobs and is the only descriptor that the event loop knows,
so that a job costs no loop object of its own until its result is delivered.
"""

import asyncio
import errno
import os
import select
import signal
import time
import weakref
from collections.abc import Callable
from contextlib import suppress

import structlog

from atalaia.core.instants import Instant
from atalaia.core.results import RawResult
from atalaia.ports.clock import Clock
from atalaia.ports.runner import Job
from atalaia.runners.capture import Capture
from atalaia.runners.deadlines import Deadlines
from atalaia.runners.launch import SHELL, Launcher

MAX_OUTPUT = 65536
"""Bytes kept of each of standard output and standard error, by default. Nagios Core cuts at about 8 KiB in its
own pages; nothing that people or graphs read is longer than this."""

KILL_GRACE = 5.0
"""Seconds that a killed process gets to disappear. One that hangs in the kernel (a dead network file system)
cannot be killed; its job is then reported as timed out all the same and the process reaped when it ends."""

_OWN_TROUBLE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN})
"""Reasons why a start fails that say nothing about the command: this machine or its limits are exhausted."""

_EVENTS_AT_ONCE = 256

_STATUS_LOST = b"The exit status of this command was lost: something else in the server waited for it.\n"

_log = structlog.get_logger(__name__)


class _Process:
    """A child that has not been reaped."""

    __slots__ = ("began", "done", "number", "pid", "pidfd", "started", "stderr", "stdout", "timed_out")

    def __init__(self, number: int, pid: int, pidfd: int, stdout: Capture, stderr: Capture) -> None:
        self.number = number
        self.pid = pid
        self.pidfd = pidfd
        self.stdout: Capture | None = stdout
        self.stderr: Capture | None = stderr
        self.started = Instant(0.0)
        self.began = 0.0
        self.done: Callable[[RawResult], None] | None = None
        """None when the result has been delivered and only reaping is left."""
        self.timed_out = False

    def kill(self) -> None:
        """Ends the whole group, and the process itself where it has moved to another group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        with suppress(ProcessLookupError, PermissionError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)


class SpawnRunner:
    """Implements `atalaia.ports.runner.Runner` with posix_spawn and pidfd.

    Each job runs in a process group of its own. The job ends when its process ends: a grandchild that keeps
    the pipes open does not delay it, and what it prints later is lost. A daemon that a plugin leaves behind
    stays, as with Nagios, unless the job timed out: then its whole group is killed.

    Jobs that `close` has to kill are reported too, with SIGKILL as their signal: an engine that is stopping
    must not take that for a plugin's verdict.

    Args:
        clock: gives `started`; `finished` adds the monotonic difference, so it never lies before `started`.
        loop: the loop from which `start` is called.
        output_cap: bytes kept of each stream; the rest is read, thrown away and marked as truncated.

    Raises:
        RuntimeError: this system has no pidfd_open (Linux before 5.3).
    """

    def __init__(self, clock: Clock, loop: asyncio.AbstractEventLoop, *, output_cap: int = MAX_OUTPUT) -> None:
        self._clock = clock
        self._loop = loop
        self._output_cap = output_cap
        self._launcher = Launcher()
        self._epoll = select.epoll()
        self._watched: dict[int, _Process | Capture] = {}
        self._processes: dict[int, _Process] = {}
        self._deadlines = Deadlines(loop, self._expired)
        self._next_number = 0
        self._reported = 0
        """Processes whose result is delivered and that still have to be reaped."""
        self._idle: asyncio.Future[None] | None = None
        self._closed = False
        self._warned: set[int] = set()
        # Runs when the server ends without `close`, too: no child outlives a server that ends in order.
        self._end_all = weakref.finalize(self, _end_processes, self._processes, os.getpid())
        loop.add_reader(self._epoll.fileno(), self._ready)

    @property
    def running(self) -> int:
        """Jobs started and not finished."""
        return len(self._processes) - self._reported

    def start(self, job: Job, done: Callable[[RawResult], None]) -> None:
        """Starts the job now; `done` is called once, from the loop, never from within `start`.

        Raises:
            RuntimeError: the runner is closed.
        """
        if self._closed:
            raise RuntimeError("The runner is closed.")
        argv = job.argv or (SHELL, "-c", job.command_line)
        started = self._clock.now()
        began = self._clock.monotonic()
        try:
            pid, pidfd, stdout, stderr = self._launcher.start(argv, job.env)
        except (OSError, ValueError) as error:
            self._loop.call_soon(done, self._not_started(argv[0], error, started))
            return
        number = self._next_number
        self._next_number = number + 1
        process = _Process(
            number, pid, pidfd, Capture(stdout, self._output_cap), Capture(stderr, self._output_cap)
        )
        process.started = started
        process.began = began
        process.done = done
        self._processes[number] = process
        self._watch(pidfd, process)
        self._watch(stdout, process.stdout)
        self._watch(stderr, process.stderr)
        self._deadlines.add(number, job.timeout)

    async def close(self, grace: float) -> None:
        """Waits up to `grace` seconds for running jobs, then kills their groups; none is left behind.

        Every job has been reported when this returns. Calling it again does nothing.
        """
        if self._closed:
            return
        self._closed = True
        try:
            await self._until_idle(grace)
            for process in self._processes.values():
                process.kill()
            await self._until_idle(KILL_GRACE)
        finally:
            for process in list(self._processes.values()):
                self._report(process, signal_number=signal.SIGKILL)
            self._end_all()
            self._reported = 0
            self._deadlines.close()
            self._loop.remove_reader(self._epoll.fileno())
            self._epoll.close()
            self._watched.clear()
            self._launcher.close()
        await asyncio.sleep(0)  # the last results reach their receivers before this returns

    # --- events -----------------------------------------------------------------------------------------

    def _ready(self) -> None:
        for fd, _ in self._epoll.poll(0, _EVENTS_AT_ONCE):
            watched = self._watched.get(fd)
            if isinstance(watched, _Process):
                self._reap(watched)
            elif watched is not None and not watched.pump():
                self._unwatch(fd)

    def _expired(self, number: int) -> None:
        process = self._processes[number]
        # A busy loop may hear of an end in time only now: the process decides, not our lateness.
        if self._reap(process):
            return
        if process.timed_out:
            self._report(process)
            return
        process.timed_out = True
        process.kill()
        self._deadlines.add(number, KILL_GRACE)

    def _reap(self, process: _Process) -> bool:
        """Takes the exit status and reports the job; False when the process still runs."""
        if process.timed_out:
            process.kill()  # whatever joined the group meanwhile; its number is ours until the next line
        try:
            status = os.waitid(os.P_PIDFD, process.pidfd, os.WEXITED | os.WNOHANG)
        except ChildProcessError:
            # Somebody else has waited for our child; only its exit status is lost.
            self._report(process, exit_code=errno.ECHILD, note=_STATUS_LOST)
        else:
            if status is None:
                return False
            if status.si_code == os.CLD_EXITED:
                self._report(process, exit_code=status.si_status)
            else:
                self._report(process, signal_number=status.si_status)
        self._unwatch(process.pidfd)
        os.close(process.pidfd)
        del self._processes[process.number]
        self._reported -= 1
        return True

    # --- results ----------------------------------------------------------------------------------------

    def _report(
        self, process: _Process, *, exit_code: int = 0, signal_number: int = 0, note: bytes = b""
    ) -> None:
        """Delivers the result through the loop, so that a receiver that fails harms nobody else."""
        done = process.done
        if done is None:
            return
        process.done = None
        self._reported += 1
        self._deadlines.forget(process.number)
        stdout, stdout_cut = self._collect(process.stdout)
        stderr, stderr_cut = self._collect(process.stderr)
        process.stdout = process.stderr = None
        timed_out = process.timed_out
        result = RawResult(
            exit_code=0 if timed_out else exit_code,
            signal=0 if timed_out else signal_number,
            timed_out=timed_out,
            stdout=stdout,
            stderr=stderr + note,
            started=process.started,
            finished=Instant(process.started + (self._clock.monotonic() - process.began)),
            truncated=stdout_cut or stderr_cut,
        )
        self._loop.call_soon(done, result)
        if self.running == 0 and self._idle is not None and not self._idle.done():
            self._idle.set_result(None)

    def _collect(self, capture: Capture | None) -> tuple[bytes, bool]:
        if capture is None:
            return b"", False
        self._unwatch(capture.fd)
        data = capture.finish()
        return data, capture.truncated

    def _not_started(self, program: str, error: OSError | ValueError, started: Instant) -> RawResult:
        number = (error.errno or errno.EIO) if isinstance(error, OSError) else errno.EINVAL
        own_trouble = number in _OWN_TROUBLE
        if own_trouble and number not in self._warned:
            self._warned.add(number)
            _log.warning("commands cannot be started", reason=os.strerror(number), running=self.running)
        text = f"execvp({program}, ...) failed. errno is {number}: {os.strerror(number)}\n"  # Nagios' words
        return RawResult(
            exit_code=number,
            stderr=text.encode(errors="surrogateescape"),
            own_trouble=own_trouble,
            started=started,
            finished=Instant(started),
        )

    # --- the epoll set ----------------------------------------------------------------------------------

    def _watch(self, fd: int, what: _Process | Capture | None) -> None:
        if what is not None:
            self._watched[fd] = what
            self._epoll.register(fd, select.EPOLLIN)

    def _unwatch(self, fd: int) -> None:
        if self._watched.pop(fd, None) is not None:
            self._epoll.unregister(fd)

    async def _until_idle(self, seconds: float) -> None:
        if self.running == 0 or seconds <= 0:
            return
        self._idle = self._loop.create_future()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle


def _end_processes(processes: dict[int, _Process], owner: int) -> None:
    """Kills and reaps what is left without a loop, and closes what it held.

    Does nothing in a fork of the server that ends: the processes are not its own.
    """
    if os.getpid() != owner:
        return
    for process in processes.values():
        process.kill()
    deadline = time.monotonic() + 1.0
    for process in processes.values():
        ended = select.poll()
        ended.register(process.pidfd, select.POLLIN)
        if ended.poll(max(0.0, deadline - time.monotonic()) * 1000):
            with suppress(ChildProcessError):
                os.waitid(os.P_PIDFD, process.pidfd, os.WEXITED)
        os.close(process.pidfd)
        for capture in (process.stdout, process.stderr):
            if capture is not None:
                os.close(capture.fd)
    processes.clear()
