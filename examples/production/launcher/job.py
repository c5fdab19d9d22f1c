"""The offline job, run again and again as a timer would: once at the start, then at a fixed interval.

Here: when it runs, and that it can be skipped. Not here: what the job does; it reports to Atalaia by itself.
"""

import asyncio
from collections.abc import Callable

from launcher.parts import Program
from launcher.running import last_lines
from launcher.settings import Places, UnusableError

NAME = "classificador"


class Job:
    """The programs of one run, in their order, and when they run next."""

    def __init__(
        self, places: Places, programs: tuple[Program, ...], every: int, say: Callable[[str], None]
    ) -> None:
        self._programs = programs
        self._every = every
        self._say = say
        self._log = places.log / f"{NAME}.log"
        self._now = asyncio.Event()
        self._skipped = False
        self._process: asyncio.subprocess.Process | None = None

    async def run_for_ever(self) -> None:
        """Runs until it is cancelled; a run in hand is then ended in order."""
        try:
            while True:
                self._now.clear()
                if not self._skipped:
                    await self._run_once()
                try:
                    async with asyncio.timeout(self._every):
                        await self._now.wait()
                except TimeoutError:
                    continue
        finally:
            if self._process and self._process.returncode is None:
                self._process.terminate()
                await self._process.wait()

    async def _run_once(self) -> None:
        for program in self._programs:
            with self._log.open("ab") as output:
                self._process = await asyncio.create_subprocess_exec(
                    *program.command,
                    cwd=program.folder,
                    env=program.full_environment(),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
            if code := await self._process.wait():
                self._say(f"{NAME} failed (exit code {code}); the end of {self._log}:")
                for line in last_lines(self._log, 3):
                    self._say(f"  | {line}")
                return

    async def skip(self) -> str:
        """From now on it does not run.

        Raises:
            UnusableError: it is skipped already.
        """
        if self._skipped:
            raise UnusableError(f"{NAME} is skipped already; examples/production/repair {NAME} runs it again.")
        self._skipped = True
        return f"{NAME} will not run. To run it again: examples/production/repair {NAME}"

    async def resume(self) -> str:
        """Runs now, and again at its interval.

        Raises:
            UnusableError: it is not skipped.
        """
        if not self._skipped:
            raise UnusableError(f"{NAME} is not skipped.")
        self._skipped = False
        self._now.set()
        return f"{NAME} runs now, and then every {self._every} s."
