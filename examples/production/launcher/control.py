"""How a second terminal talks to the launcher that runs: one line asked, one line answered, on a Unix socket.

Also the lock that keeps a second launcher away from the same folder.
"""

import asyncio
import contextlib
import fcntl
import inspect
import os
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from launcher.environment import PartFailedError
from launcher.settings import Places, UnusableError
from launcher.supervising import Feed

SOCKET = "control.sock"
LOCK = "lock"
NOT_RUNNING = "The example environment does not run. Start it with: make run"

Act = Callable[..., Awaitable[str]]


def take_lock(places: Places) -> TextIO:
    """Keeps the folder to this launcher until it ends, however it ends.

    Raises:
        UnusableError: another launcher has it.
    """
    file = (places.run / LOCK).open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        pid, _, page = file.read().strip().partition(" ")
        file.close()
        raise UnusableError(
            f"The example environment runs already (process {pid}): {page} - "
            f"end it with Ctrl-C in its terminal, or with: kill {pid}"
        ) from None
    return file


def sign_lock(file: TextIO, address: str) -> None:
    """Writes into the lock who has it and where to look."""
    file.seek(0)
    file.truncate()
    file.write(f"{os.getpid()} {address}\n")
    file.flush()


@contextlib.contextmanager
def socket_address(folder: Path) -> Iterator[str]:
    """A name for the socket that is short enough whatever the folder is called: a socket's has 107 bytes."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{SOCKET}"
    finally:
        os.close(descriptor)


async def called(acts: Mapping[str, Act], action: str, arguments: Sequence[str]) -> str:
    """Does what was asked for; the answer.

    Raises:
        UnusableError: there is no such act, or it takes other arguments.
    """
    act = acts.get(action)
    if act is None:
        raise UnusableError("Ask for: break NAME, or: repair NAME")
    try:
        inspect.signature(act).bind(*arguments)
    except TypeError:
        raise UnusableError(f"{action} takes other arguments.") from None
    return await act(*arguments)


async def listen(places: Places, acts: Mapping[str, Act], feed: Feed) -> asyncio.Server:
    """Answers `break NAME`, `repair NAME` and what `supervising` offers on the socket; only this user can reach
    it."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        words = (await reader.readline()).decode(errors="replace").split()
        action, *arguments = words or [""]
        if action == "follow":
            after = int(arguments[0]) if arguments and arguments[0].isdigit() else None
            await feed.follow(reader, writer, after)
            writer.close()
            return
        try:
            reply = "ok " + await called(acts, action, arguments)
        except (UnusableError, PartFailedError) as problem:
            reply = f"no {problem}"
        with contextlib.suppress(ConnectionError):
            writer.write(reply.encode())
            await writer.drain()
        writer.close()

    listener = socket.socket(socket.AF_UNIX)
    (places.run / SOCKET).unlink(missing_ok=True)
    with socket_address(places.run) as address:
        listener.bind(address)
    (places.run / SOCKET).chmod(0o600)
    return await asyncio.start_unix_server(answer, sock=listener)


def ask(places: Places, request: str) -> tuple[bool, str]:
    """Asks the launcher that runs; whether it did what was asked, and its sentence."""
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            with socket_address(places.run) as address:
                connection.connect(address)
        except OSError:
            return False, NOT_RUNNING
        connection.sendall(f"{request}\n".encode())
        reply = b"".join(iter(lambda: connection.recv(65536), b"")).decode(errors="replace")
    if not reply:
        return False, "The example environment ended before it answered."
    return reply.startswith("ok "), reply[3:]
