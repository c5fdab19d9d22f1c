"""Running jobs in tests: a clock in real time, a job as something to await, and what a process holds."""

import asyncio
import time
from pathlib import Path

from atalaia.core.instants import Instant
from atalaia.core.results import RawResult
from atalaia.ports.runner import Job, Runner


class RealClock:
    """`atalaia.ports.clock.Clock` over this machine's clocks; `offset` shifts the wall clock."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> Instant:
        return Instant(time.time() + self.offset)

    def monotonic(self) -> float:
        return time.monotonic()


def begin(runner: Runner, job: Job) -> asyncio.Future[RawResult]:
    """Starts the job; the future gets its result."""
    future: asyncio.Future[RawResult] = asyncio.get_running_loop().create_future()
    runner.start(job, future.set_result)
    return future


async def result_of(runner: Runner, *argv: str, timeout: float = 20.0, **env: str) -> RawResult:
    """Runs a program to its end."""
    return await begin(runner, Job(argv=argv, timeout=timeout, env=env))


async def shell(runner: Runner, script: str, timeout: float = 20.0, **env: str) -> RawResult:
    """Runs a shell command line to its end."""
    return await begin(runner, Job(command_line=script, timeout=timeout, env=env))


def open_descriptors() -> list[str]:
    """What this process holds open, by target; sockets and pipes carry their own numbers."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        try:
            found.append(f"{link.name} {link.readlink()}")
        except FileNotFoundError:  # the listing itself
            continue
    return sorted(found)


def children() -> list[int]:
    """Our children, zombies included."""
    return [
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
    ]
