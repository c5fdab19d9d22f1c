"""A byte stream to a container engine: over a Unix socket, TCP, TLS, or the standard input and output of ssh.

Here: opening, closing, and sentences about what went wrong. Not here: what is said over it (`http`).
"""

import asyncio
import ssl
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from types import TracebackType
from typing import Self

from atalaia.containers.address import EngineAddress, tls_context
from atalaia.ports.containers import EngineAwayError

CONNECT_WITHIN = 10.0
"""Seconds."""
END_WITHIN = 2.0
"""Seconds that ssh gets to end."""
READ_AHEAD = 1 << 18
"""Bytes buffered of an answer before the engine has to wait."""


class Stream:
    """One open connection; closed at the latest when it leaves its `async with`."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, process: Process | None = None
    ) -> None:
        self.reader = reader
        self._writer = writer
        self._process = process

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def usable(self) -> bool:
        """Whether another request can be sent over it, as far as one can tell."""
        return not (self._writer.is_closing() or self.reader.at_eof())

    def write(self, data: bytes) -> None:
        """Sends."""
        self._writer.write(data)

    def abort(self) -> None:
        """Cuts it at once: whoever reads from it sees its end."""
        if not self._writer.is_closing():
            self._writer.transport.abort()
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def close(self) -> None:
        """Closes it; nothing of it is left."""
        self._writer.close()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                await self._writer.wait_closed()
        if self._process is not None:
            await _end(self._process)

    async def why_it_ended(self) -> str:
        """What ssh said; empty for other connections."""
        if self._process is None or self._process.stderr is None:
            return ""
        with suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                said = (await self._process.stderr.read(2000)).decode(errors="replace").strip()
                return said.splitlines()[-1] if said else ""
        return ""


async def _end(process: Process) -> None:
    """Waits for the end of ssh, and kills it when it does not come."""
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(END_WITHIN):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


class Dialer:
    """Opens connections to one engine.

    Raises:
        AddressError: its certificates cannot be used.
    """

    def __init__(self, address: EngineAddress) -> None:
        self.address = address
        self._tls = tls_context(address)

    async def open(self) -> Stream:
        """A new connection.

        Raises:
            EngineAwayError: there is none to be had.
        """
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                return await self._open()
        except TimeoutError:
            raise EngineAwayError(self._sentence(f"no connection within {CONNECT_WITHIN:.0f} s")) from None
        except OSError as error:
            raise EngineAwayError(self._sentence(_reason(error))) from error

    async def _open(self) -> Stream:
        address = self.address
        if address.ssh:
            process = await asyncio.create_subprocess_exec(
                *address.ssh, stdin=PIPE, stdout=PIPE, stderr=PIPE, limit=READ_AHEAD, start_new_session=True
            )
            if process.stdin is None or process.stdout is None:  # asked for pipes above; for the type checker
                raise EngineAwayError(self._sentence("ssh has no pipes"))
            return Stream(process.stdout, process.stdin, process)
        if address.socket:
            return Stream(*await asyncio.open_unix_connection(address.socket, limit=READ_AHEAD))
        server_name = address.host if self._tls else None
        return Stream(
            *await asyncio.open_connection(
                address.host, address.port, ssl=self._tls, server_hostname=server_name, limit=READ_AHEAD
            )
        )

    def _sentence(self, reason: str) -> str:
        return f"The container engine at {self.address.text} does not answer: {reason}."


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such socket or program; is the engine running?"
    if isinstance(error, PermissionError):
        return "this user may not use its socket; join the socket's group, or run an engine of your own"
    if isinstance(error, ConnectionRefusedError):
        return "connection refused; is the engine running?"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    return error.strerror or str(error) or type(error).__name__
