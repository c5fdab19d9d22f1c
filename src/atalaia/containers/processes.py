"""Local processes as containers: looking at what a launcher such as that of the example environment has
started.
 The launcher listens on a Unix socket, ``control.sock`` in its run folder, and answers one line with one line:
``ok`` and what was asked for, or ``no`` and a sentence. ``follow`` is answered with lines for ever.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from atalaia.containers.process_usage import Usage, read_usage
from atalaia.containers.reading import ending_signal
from atalaia.core.instants import NEVER, Instant
from atalaia.ports.clock import Clock
from atalaia.ports.containers import (
    Action,
    Blueprint,
    ConflictError,
    ContainerEvent,
    ContainerState,
    ContainerStats,
    ContainerSummary,
    EngineAwayError,
    EngineError,
    EngineVersion,
    EventSource,
    Health,
    Inspection,
    LogLine,
    NotFoundError,
    PublishedPort,
    RunState,
)

SOCKET = "control.sock"
KIND = "process"
IMAGE = "process"
ANSWER_WITHIN = 10.0
"""Seconds."""
START_WITHIN = 90.0
"""Seconds: the launcher waits until a part answers."""
MEASURED_FOR = 0.25
"""Seconds between two looks at what processes use."""
_LOG_BYTES_PER_LINE = 4096
_LONGEST_ANSWER = 1 << 20


class _Part(msgspec.Struct, frozen=True):
    """As the launcher describes one; instants are epoch seconds."""

    part: str
    name: str
    pid: int
    state: str
    code: int | None
    """Minus the signal where one ended it."""
    created: float
    started: float
    finished: float
    ports: dict[str, int]
    command: list[str]
    log: str


class _Told(msgspec.Struct, frozen=True):
    nano: int
    action: str
    part: str
    name: str
    pid: int = 0
    code: int | None = None
    signal: int = 0


_parts = msgspec.json.Decoder(list[_Part])
_event = msgspec.json.Decoder(_Told)


class LauncherSocket:
    """Asks one launcher.

    Args:
        folder: its run folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def address(self) -> str:
        """For people."""
        return str(self._folder / SOCKET)

    def away(self, reason: str) -> EngineAwayError:
        """What to raise."""
        return EngineAwayError(f"The launcher at {self.address} does not answer: {reason}. Does it run?")

    async def open(self, request: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection on which something was asked.

        Raises:
            EngineAwayError: there is none to be had.
        """
        try:
            folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                # A socket's name has at most 107 bytes; this way the folder may be called anything.
                address = f"/proc/self/fd/{folder}/{SOCKET}"
                reader, writer = await asyncio.open_unix_connection(address, limit=_LONGEST_ANSWER)
            finally:
                os.close(folder)
        except OSError as error:
            raise self.away(error.strerror or str(error)) from error
        writer.write(f"{request}\n".encode())
        return reader, writer

    async def ask(self, request: str, *, within: float = ANSWER_WITHIN) -> str:
        """What comes after ``ok``.

        Raises:
            EngineAwayError: no answer.
            ConflictError: it will not.
        """
        try:
            async with asyncio.timeout(within):
                reader, writer = await self.open(request)
                try:
                    answer = (await reader.read(_LONGEST_ANSWER)).decode(errors="replace")
                    while more := await reader.read(_LONGEST_ANSWER):
                        answer += more.decode(errors="replace")
                finally:
                    writer.close()
        except TimeoutError:
            raise self.away(f"nothing within {within:g} s") from None
        except OSError as error:
            raise self.away(error.strerror or str(error)) from error
        word, _, rest = answer.partition(" ")
        if word == "ok":
            return rest
        if word == "no":
            raise ConflictError(f"The launcher refused: {rest}")
        raise self.away("it ended before it answered")

    async def parts(self) -> list[_Part]:
        """All parts.

        Raises:
            EngineAwayError: no answer.
            EngineError: it makes no sense.
        """
        answer = await self.ask("parts")
        try:
            return _parts.decode(answer.encode())
        except msgspec.MsgspecError as error:
            raise EngineError(
                f"What the launcher at {self.address} answered makes no sense: {error}."
            ) from error

    async def part(self, reference: str) -> _Part:
        """One of them, by the name of the part or of its container, or by id.

        Raises:
            NotFoundError: there is none.
        """
        for one in await self.parts():
            if reference in (one.name, one.part, _id(one.part)):
                return one
        raise NotFoundError(f"There is no part {reference!r} at the launcher {self.address}.")


def _id(part: str) -> str:
    return f"{KIND}:{part}"


class ProcessObserver:
    """Implements `atalaia.ports.containers.ContainerObserver` for the parts of a launcher. A part has the name
    that its container would have, so one configuration serves both.

    Args:
        folder: the launcher's run folder.
        clock: for what is ours.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._launcher = LauncherSocket(folder)
        self._clock = clock

    @property
    def address(self) -> str:
        """The launcher's socket."""
        return self._launcher.address

    async def ping(self) -> None:
        """Returns when the launcher answers."""
        await self._launcher.parts()

    async def version(self) -> EngineVersion:
        """Who answers."""
        await self._launcher.parts()
        return EngineVersion(product="launcher", version="1")

    async def containers(self) -> Sequence[ContainerSummary]:
        """All parts, also those that do not run."""
        parts = await self._launcher.parts()
        now = self._clock.now()
        return [ContainerSummary(**_facts(one, now)) for one in parts]

    async def inspect(self, container: str) -> Inspection:
        """One of them, closely."""
        part = await self._launcher.part(container)
        now = self._clock.now()
        state = ContainerState(
            **_facts(part, now), started=Instant(part.started), finished=Instant(part.finished), pid=part.pid
        )
        blueprint = Blueprint(
            kind=KIND,
            name=part.name,
            image=IMAGE,
            image_id="",
            container_id=_id(part.part),
            taken=now,
            body=msgspec.json.encode({"part": part.part, "command": part.command}).decode(),
        )
        return Inspection(state=state, blueprint=blueprint)

    async def stats(self, container: str) -> ContainerStats:
        """What its processes use, those included that it started."""
        part = await self._launcher.part(container)
        if not part.pid:
            raise ConflictError(f"{part.name} does not run: it uses nothing.")
        before, first = await self._usage(part.pid), self._clock.monotonic()
        await asyncio.sleep(MEASURED_FOR)
        after, last = await self._usage(part.pid), self._clock.monotonic()
        return ContainerStats(
            time=self._clock.now(),
            cpu=max(0.0, after.cpu_seconds - before.cpu_seconds) / (last - first),
            cpu_limit=None,
            memory=after.memory,
            memory_limit=None,
            pids=after.threads,
            block_read=after.block_read,
            block_written=after.block_written,
        )

    @staticmethod
    async def _usage(session: int) -> Usage:
        return await asyncio.to_thread(read_usage, session)

    async def logs(self, container: str, lines: int = 100) -> Sequence[LogLine]:
        """The last lines of its log file, which knows no times and one stream."""
        part = await self._launcher.part(container)
        try:
            texts = await asyncio.to_thread(_last_lines, Path(part.log), lines)
        except OSError as error:
            raise EngineError(f"The log {part.log} of {part.name} cannot be read: {error.strerror}.") from error
        return [LogLine(time=NEVER, stream="stdout", text=text) for text in texts]

    async def subscribe(self, after_nano: int = 0) -> EventSource:
        """Returns once the launcher has begun to tell."""
        reader, writer = await self._launcher.open(f"follow {after_nano - 1}" if after_nano else "follow")
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                began = await reader.readline()
        except (OSError, ValueError, TimeoutError) as error:
            writer.close()
            raise self._launcher.away("its stream of events does not begin") from error
        if began != b"ok\n":
            writer.close()
            raise self._launcher.away("it tells no events")
        return _Events(reader, writer, self._launcher, self._clock)

    async def close(self) -> None:
        """There is nothing to let go of: each question has a connection of its own."""


class _Events:
    """Implements `atalaia.ports.containers.EventSource`."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        launcher: LauncherSocket,
        clock: Clock,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._launcher = launcher
        self._clock = clock

    async def __aiter__(self) -> AsyncIterator[ContainerEvent]:
        while True:
            try:
                line = await self._reader.readline()
            except (OSError, ValueError) as error:
                raise self._launcher.away("the connection was lost") from error
            if not line.endswith(b"\n"):
                return
            try:
                told = _event.decode(line)
            except msgspec.MsgspecError as error:
                raise EngineError(f"The launcher told something that is no event: {error}.") from error
            with suppress(ValueError):  # an action that a newer launcher may know
                yield _read(told, self._clock.now())

    async def close(self) -> None:
        """Ends the subscription."""
        self._writer.transport.abort()


def _facts(part: _Part, now: Instant) -> dict[str, Any]:
    return {
        "id": _id(part.part),
        "name": part.name,
        "image": IMAGE,
        "labels": {"atalaia.part": part.part},
        "state": RunState(part.state),
        "health": Health.NONE,
        "exit_code": _exit_code(part.code),
        "created": Instant(part.created),
        "ports": tuple(
            PublishedPort(container_port=port, address="127.0.0.1", port=port)
            for port in sorted(part.ports.values())
        ),
        "seen": now,
    }


def _exit_code(code: int | None) -> int | None:
    """As container engines write it: 128 and the signal."""
    return 128 - code if code is not None and code < 0 else code


def _read(told: _Told, now: Instant) -> ContainerEvent:
    exit_code = _exit_code(told.code)
    attributes: Mapping[str, str] = {"pid": str(told.pid)} if told.pid else {}
    return ContainerEvent(
        time=Instant(told.nano / 1e9),
        nano=told.nano,
        received=now,
        action=Action(told.action),
        raw=told.action,
        id=_id(told.part),
        name=told.name,
        image=IMAGE,
        attributes=attributes,
        exit_code=exit_code,
        signal=told.signal or ending_signal(exit_code),
    )


def _last_lines(log: Path, count: int) -> list[str]:
    with log.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - count * _LOG_BYTES_PER_LINE))
        return file.read().decode(errors="replace").splitlines()[-count:]
