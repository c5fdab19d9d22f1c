"""Nagios' command file: a named pipe from which external commands are read as they arrive.

Read in the event loop, without a thread. Not more is taken from the pipe than is carried out: writers wait,
as with Nagios, and the loop gets its turn every few milliseconds.
"""

import asyncio
import os
import stat
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import structlog

from atalaia.core.effects import Wish
from atalaia.interop.command_text import Lines, Refusal, read_order
from atalaia.interop.surroundings import Surroundings

MODE = 0o660
"""Of a pipe that is created here: its owner and group may give commands."""

SLICE = 0.002
"""Seconds of commands after which the event loop gets its turn."""

AT_ONCE = 65536
"""Bytes that are read at once."""

MOST_READS = 32
"""Reads at the end: twice what a pipe can hold."""

FILE_SIZE = 256 * 1024 * 1024
"""Bytes of a file with commands; a larger one is not read."""

SOURCE = "file"

log = structlog.get_logger(__name__)


class CommandFile:
    """The pipe and what is read from it."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._orders = Orders(around)
        self._pipe = -1
        self._path = ""
        self._identity = (0, 0)
        self._lines = Lines()
        self._waiting: deque[bytes | None] = deque()
        self._listening = False

    @property
    def is_open(self) -> bool:
        """Commands are being read."""
        return self._pipe >= 0

    def look_after(self) -> None:
        """Opens the pipe that the settings ask for, again when it was removed; an obstacle is an alarm."""
        settings = self._around.settings
        wanted = settings.command_file if settings.check_external_commands else ""
        if self.is_open and (wanted != self._path or not self._is_in_place()):
            self.close(remove=wanted != self._path)
        if not wanted:
            self._around.alarms.all_clear("command_file")
        elif not self.is_open:
            try:
                self._open(wanted)
            except OSError as error:
                self._around.alarms.alarm("command_file", _obstacle(wanted, error))
            else:
                self._around.alarms.all_clear("command_file")

    def _open(self, path: str) -> None:
        created = not _is_pipe(path)
        if created:
            os.mkfifo(path, 0o600)
        # Read-write: there is always a writer, so the pipe never comes to an end when another one goes away.
        pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        found = os.fstat(pipe)
        if not stat.S_ISFIFO(found.st_mode):
            os.close(pipe)
            raise FileExistsError(path)
        if created:
            os.fchmod(pipe, MODE)
        self._pipe, self._path = pipe, path
        self._identity = (found.st_dev, found.st_ino)
        self._listen()

    def _is_in_place(self) -> bool:
        with suppress(OSError):
            found = Path(self._path).stat()
            return (found.st_dev, found.st_ino) == self._identity
        return False

    def close(self, *, remove: bool) -> None:
        """Carries out what was written already, closes the pipe and removes it, if it is still this one."""
        if not self.is_open:
            return
        self._listen(on=False)
        self._empty()
        os.close(self._pipe)
        self._pipe = -1
        if remove and self._is_in_place():
            try:
                Path(self._path).unlink()
            except OSError as error:
                log.warning("the command file could not be removed", path=self._path, error=error.strerror)

    def stop_reading(self) -> None:
        """The server ends: what was written already is carried out, the pipe stays until `close`."""
        if self.is_open:
            self._listen(on=False)
            self._empty()

    def _empty(self) -> None:
        """Carries out what is in the pipe; not for ever, since somebody may go on writing."""
        for _ in range(MOST_READS):
            while self._waiting:
                self._orders.take(self._waiting.popleft())
            if not self._read():
                return

    # --- reading ------------------------------------------------------------------------------------------

    def _listen(self, *, on: bool = True) -> None:
        if on is self._listening:
            return
        self._listening = on
        loop = asyncio.get_running_loop()
        if on:
            loop.add_reader(self._pipe, self._readable)
        else:
            loop.remove_reader(self._pipe)

    def _readable(self) -> None:
        if self._read():
            self._work()

    def _read(self) -> bool:
        try:
            data = os.read(self._pipe, AT_ONCE)
        except BlockingIOError:
            return False
        except OSError as error:
            log.error("the command file cannot be read", path=self._path, error=error.strerror)
            return False
        self._waiting.extend(self._lines.feed(data))
        return bool(data)

    def _work(self) -> None:
        """Carries out what waits. What does not fit into a slice goes on in the loop's next round; nothing more
        is read before that."""
        if not self.is_open:
            return
        loop = asyncio.get_running_loop()
        ends = loop.time() + SLICE
        while self._waiting:
            self._orders.take(self._waiting.popleft())
            if loop.time() >= ends:
                break
        self._listen(on=not self._waiting)
        if self._waiting:
            loop.call_soon(self._work)


class Orders:
    """Hands lines in."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around

    def take(self, line: bytes | None, *, from_file: bool = False) -> None:
        """One line; a fault in carrying it out is logged and does not stop the next one."""
        order = read_order(line, from_file=from_file)
        door = self._around.door
        try:
            if isinstance(order, Refusal):
                door.refuse(order.text, order.reason, fault=order.fault, source=SOURCE)
            elif order is not None and from_file and order.text.upper().startswith("PROCESS_FILE"):
                reason = "a file with commands cannot name another one: they could go round in circles"
                door.refuse(order.text, reason, fault="failed", source=SOURCE)
            elif order is not None:
                door.take_order(order)
        except Exception:  # a fault in one command must not silence the command file
            log.exception("a command could not be carried out", command=str(order)[:200])


class CommandFiles:
    """Files with commands, which PROCESS_FILE names; one after the other, in the background."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._orders = Orders(around)
        self._wishes: asyncio.Queue[Wish] = asyncio.Queue()

    def process(self, wish: Wish) -> None:
        """Puts a file in line."""
        self._wishes.put_nowait(wish)

    async def run(self) -> None:
        """Reads what comes until cancelled."""
        while True:
            wish = await self._wishes.get()
            try:
                await self._take(wish)
            except OSError as error:
                log.error("a file with commands could not be read", path=wish.path, error=str(error))
                self._around.log_line(f"Error: Cannot open file '{wish.path}' to process external commands!")

    async def _take(self, wish: Wish) -> None:
        loop, lines = asyncio.get_running_loop(), Lines()
        async for data in _chunks(Path(wish.path)):
            ends = loop.time() + SLICE
            for line in lines.feed(data):
                self._orders.take(line, from_file=True)
                if loop.time() >= ends:
                    await asyncio.sleep(0)
                    ends = loop.time() + SLICE
        self._orders.take(lines.end(), from_file=True)
        if wish.delete:
            await asyncio.to_thread(Path(wish.path).unlink, missing_ok=True)


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    """The content of an ordinary file, piece by piece."""
    file = await asyncio.to_thread(_opened, path)
    try:
        while data := await asyncio.to_thread(os.read, file, AT_ONCE):
            yield data
    finally:
        os.close(file)


def _opened(path: Path) -> int:
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    found = os.fstat(file)
    if stat.S_ISREG(found.st_mode) and found.st_size <= FILE_SIZE:
        return file
    os.close(file)
    raise OSError(f"only ordinary files of up to {FILE_SIZE // 1024**2} MiB are read")


def _is_pipe(path: str) -> bool:
    """A pipe is there.

    Raises:
        FileExistsError: something else is.
    """
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        return False
    if stat.S_ISFIFO(found.st_mode):
        return True
    raise FileExistsError(path)


def _obstacle(path: str, error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return (
            f"command_file {path} is no pipe but something else; no commands are read from it. If no other "
            "program needs it, remove it: the pipe is created within half a minute."
        )
    return f"command_file {path} cannot be used: {error.strerror or error}. No commands are read from it."
