"""All parts together: brought up in order, watched, broken and repaired on request, ended in order.

Here: what happens when a part starts, ends or is asked to. A part that ends after the start is *not* started
again: to notice that is Atalaia's job; it is only told here.
"""

import asyncio
import signal
from collections.abc import Callable, Sequence

from launcher.parts import Part
from launcher.running import Running, last_lines
from launcher.settings import Places, UnusableError, require_free
from launcher.supervising import Feed

UP_WITHIN = 60.0
ASK_EVERY = 0.05

Say = Callable[[str], None]


class PartFailedError(Exception):
    """A part ended, or did not answer, while it was being started."""

    def __init__(self, running: Running, reason: str) -> None:
        self.name = running.part.name
        self.reason = reason
        lines = last_lines(running.log)
        shown = "".join(f"\n    | {line}" for line in lines) or " It wrote nothing."
        super().__init__(f"{self.name} could not be started: {reason}. The end of {running.log}:{shown}")


def require_ports(part: Part) -> None:
    """Makes sure that a part can listen where it is to.

    Raises:
        UnusableError: it cannot.
    """
    for variable, port in part.ports.items():
        require_free(variable, port)


class Environment:
    """The parts that were started, by name, in the order of their start."""

    def __init__(self, places: Places, say: Say, tasks: asyncio.TaskGroup) -> None:
        self._places = places
        self._say = say
        self._tasks = tasks
        self._running: dict[str, Running] = {}
        self._changing = asyncio.Lock()
        self.hurry = asyncio.Event()
        self.feed = Feed()
        """Hears of every start and end."""

    @property
    def names(self) -> list[str]:
        """The parts that can be broken and repaired."""
        return list(self._running)

    async def bring_up(self, parts: Sequence[Part]) -> None:
        """Starts parts side by side and waits until all of them answer.

        Raises:
            PartFailedError: one ended or did not answer in time.
            UnusableError: a port is taken.
        """
        for part in parts:
            require_ports(part)
        for part in parts:
            await self._start(part)
        for part in parts:
            await self._wait_until_up(self._running[part.name])
            self._say(f"  {part.name:<10} {part.address}")

    async def _start(self, part: Part) -> None:
        log = self._places.log / f"{part.name}.log"
        part.prepare()
        before = self._running.get(part.name)
        running = self._running[part.name] = await Running.start(part, log)
        if before is not None:
            running.created = before.created
        running.at_end = lambda: self._ended(running)
        self.feed.tell("started", part.name, pid=running.pid)
        self._tasks.create_task(self._watch(running))
        if part.tells:
            self._tasks.create_task(running.tell(lambda line: self._say(f"mail {line}")))

    async def _wait_until_up(self, running: Running) -> None:
        try:
            async with asyncio.timeout(UP_WITHIN):
                while not await running.part.answers():
                    if not running.alive:
                        raise PartFailedError(running, await running.ended())
                    await asyncio.sleep(ASK_EVERY)
        except TimeoutError as error:
            raise PartFailedError(running, f"no answer for {UP_WITHIN:.0f} s") from error
        if not running.alive:
            raise PartFailedError(running, await running.ended())
        running.quiet = False

    def _ended(self, running: Running) -> None:
        # Of one that was replaced by another the end is no news: the part goes on.
        if self._running[running.part.name] is running and running.code is not None:
            self.feed.tell("died", running.part.name, code=running.code)

    async def _watch(self, running: Running) -> None:
        how = await running.ended()
        name = running.part.name
        if running.quiet:
            return
        self._say(f"{name} ended ({how}). Nobody starts it again until: examples/production/repair {name}")
        if running.left_behind:
            self._say(f"  Processes that {name} had started still run and may go on answering.")
        for line in last_lines(running.log, 3) if name not in ("nginx", "wsgi") else []:
            self._say(f"  | {line}")

    async def break_part(self, name: str) -> str:
        """Kills a part as a crash would; the answer is a sentence for whoever asked.

        Raises:
            UnusableError: there is no such part, or it does not run.
        """
        async with self._changing:
            running = self.known(name)
            if not running.alive:
                raise UnusableError(f"{name} does not run; examples/production/repair {name} starts it.")
            self.feed.tell("killed", name, signal=signal.SIGKILL)
            await running.kill()
            return f"{name} was killed. To start it again: examples/production/repair {name}"

    async def repair_part(self, name: str) -> str:
        """Starts a part that ended and waits until it answers; the answer is a sentence for whoever asked.

        Raises:
            UnusableError: there is no such part, it runs, or its port is taken.
            PartFailedError: it ended again at once, or does not answer.
        """
        async with self._changing:
            running = self.known(name)
            if running.alive:
                raise UnusableError(f"{name} runs already.")
            return await self._start_again(running)

    async def _start_again(self, running: Running) -> str:
        part = running.part
        await running.kill()  # what a main process that was killed alone has left behind
        require_ports(part)
        await self._start(part)
        await self._wait_until_up(self._running[part.name])
        self._say(f"{part.name} was started again.")
        return f"{part.name} runs again: {part.address}"

    async def freeze_part(self, name: str) -> str:
        """Stops a part where it is: it lives on and does nothing.

        Raises:
            UnusableError: there is no such part, or it does not run.
        """
        async with self._changing:
            running = self.known(name)
            if not running.alive:
                raise UnusableError(f"{name} does not run; examples/production/repair {name} starts it.")
            running.freeze()
            self.feed.tell("paused", name)
            return f"{name} was frozen: it lives and does nothing. To go on: examples/production/repair {name}"

    async def thaw_part(self, name: str) -> str:
        """Lets a frozen part go on, and starts one that ended.

        Raises:
            UnusableError: there is no such part.
            PartFailedError: it ended again at once, or does not answer.
        """
        async with self._changing:
            running = self.known(name)
            if not running.alive:
                return await self._start_again(running)
            running.thaw()
            self.feed.tell("unpaused", name)
            return f"{name} goes on."

    async def stop_part(self, name: str, within: float) -> None:
        """Ends a part in order, as somebody asked for it; one that ended is left alone.

        Raises:
            UnusableError: there is no such part.
        """
        async with self._changing:
            running = self.known(name)
            if running.alive:
                running.quiet = True
                self.feed.tell("killed", name, signal=signal.SIGTERM)
                await running.end(self.hurry, within)
                self.feed.tell("stopped", name)

    async def signal_part(self, name: str, number: int) -> None:
        """Sends a signal to all processes of a part.

        Raises:
            UnusableError: there is no such part, it does not run, or there is no such signal.
        """
        async with self._changing:
            running = self.known(name)
            if not running.alive:
                raise UnusableError(f"{name} does not run.")
            if number not in signal.valid_signals():
                raise UnusableError(f"There is no signal {number}.")
            self.feed.tell("killed", name, signal=number)
            running.send(signal.Signals(number))

    async def replace_part(self, part: Part) -> None:
        """Starts another version of a part beside the one that runs; ends the old one once the new one answers.

        Raises:
            UnusableError: there is no such part, or it does not run.
            PartFailedError: the new one does not come up; the old one stays.
        """
        async with self._changing:
            old = self.known(part.name)
            if not old.alive:
                raise UnusableError(
                    f"{part.name} does not run; examples/production/repair {part.name} starts it."
                )
            await self._start(part)
            new = self._running[part.name]
            try:
                await self._wait_until_up(new)
            except PartFailedError:
                await new.kill()
                self._running[part.name] = old
                raise
            old.quiet = True
            await old.end(self.hurry)

    def known(self, name: str) -> Running:
        """A part as it was last started.

        Raises:
            UnusableError: there is no such part.
        """
        if name not in self._running:
            raise UnusableError(f"There is no part {name!r}; the parts are {', '.join(self._running)}.")
        return self._running[name]

    async def end(self) -> None:
        """Ends all parts, the last started first, so that the watcher goes before what it watches."""
        for running in self._running.values():
            running.quiet = True
        for running in reversed(self._running.values()):
            await running.end(self.hurry)
