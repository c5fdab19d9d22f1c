"""One started part: its processes from start to end.

Here: starting, waiting, ending, and making sure that nothing of it stays behind. Not here: what to do when it
ends.
"""

import asyncio
import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from launcher.parts import Part

PR_SET_PDEATHSIG = 1
END_WITHIN = 10.0
SETTLE = 0.05  # seconds that processes killed together get to vanish together
LIBC = ctypes.CDLL(None, use_errno=True)


def end_with_parent() -> None:
    """Runs in the new process: it gets SIGTERM when the launcher dies without having ended it (Linux)."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def how_it_ended(code: int) -> str:
    """An exit code as words."""
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


def living_members(session: int) -> list[int]:
    """The processes of a session that still do something; the dead that nobody has collected yet do not count.

    The session and not the group: a supervisor gives each of its programs a group of its own.
    """
    members = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) == session and fields[0] not in ("Z", "X"):
            members.append(int(stat.parent.name))
    return members


def last_lines(log: Path, count: int = 8) -> list[str]:
    """The end of a log file."""
    try:
        return log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []


class Running:
    """A part whose process was started."""

    def __init__(self, part: Part, process: asyncio.subprocess.Process, log: Path) -> None:
        self.part = part
        self.log = log
        self._process = process
        self._left_behind = False
        self.quiet = True
        """Whether its end is expected, and no news."""
        self.created = self.started = time.time()
        """When its part, and when this process of it, was first started; epoch seconds."""
        self.finished = 0.0
        self.frozen = False
        self.at_end: Callable[[], object] = bool
        """Called the moment its main process has ended."""
        self._end = asyncio.ensure_future(self._see_end())

    @classmethod
    async def start(cls, part: Part, log: Path) -> Self:
        """Starts a part in a session of its own, its output appended to the log."""
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *part.command,
                cwd=part.folder,
                env=part.full_environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE if part.tells else output,
                stderr=output,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        return cls(part, process, log)

    @property
    def pid(self) -> int:
        """The main process, which is also the name of its session."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the main process still runs."""
        return self._process.returncode is None

    @property
    def code(self) -> int | None:
        """How the main process ended: its exit code, or minus the signal; None while it runs."""
        return self._process.returncode

    @property
    def left_behind(self) -> bool:
        """Whether other processes of the part outlived the main one."""
        return self._left_behind

    async def ended(self) -> str:
        """Waits for the end of the main process; says how it ended."""
        return how_it_ended(await asyncio.shield(self._end))

    async def _see_end(self) -> int:
        code = await self._process.wait()
        self.finished = time.time()
        self.frozen = False
        self.at_end()
        await asyncio.sleep(SETTLE)
        # Looked at only now: as long as one member lives, the session's number is not given to anybody else.
        self._left_behind = bool(living_members(self.pid))
        return code

    async def tell(self, say: Callable[[str], None]) -> None:
        """Hands each line of its standard output on, and keeps it in the log."""
        stream = self._process.stdout
        if stream is None:
            return
        while line := await stream.readline():
            with self.log.open("ab") as log:
                log.write(line)
            say(line.decode(errors="replace").rstrip())

    async def kill(self) -> None:
        """Kills all its processes at once, as a crash would, and waits until they are gone."""
        if not (self.alive or self._left_behind):
            return
        for _ in range(int(END_WITHIN / SETTLE)):
            if not self.send(signal.SIGKILL):
                break
            await asyncio.sleep(SETTLE)
        await self._process.wait()
        await self.ended()
        self._left_behind = False

    def freeze(self) -> None:
        """Stops all its processes where they are; they live on and do nothing."""
        self.send(signal.SIGSTOP)
        self.frozen = True

    def thaw(self) -> None:
        """Lets them go on."""
        self.send(signal.SIGCONT)
        self.frozen = False

    def send(self, number: signal.Signals) -> bool:
        """Sends a signal to all its processes; whether there was any."""
        members = living_members(self.pid)
        for member in members:
            with contextlib.suppress(ProcessLookupError):
                os.kill(member, number)
        return bool(members)

    async def end(self, hurry: asyncio.Event, within: float = END_WITHIN) -> None:
        """Ends it in order: SIGTERM to the main process, time to finish, then whatever is left is killed."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
            self.thaw()  # who was frozen hears of it only then
            waiting = {asyncio.ensure_future(self._process.wait()), asyncio.ensure_future(hurry.wait())}
            _, unfinished = await asyncio.wait(waiting, timeout=within, return_when=asyncio.FIRST_COMPLETED)
            for task in unfinished:
                task.cancel()
        if not self.alive:
            await self.ended()
        await self.kill()
