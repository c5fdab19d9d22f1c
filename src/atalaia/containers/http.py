"""HTTP/1.1 as container engines speak it: requests, whole answers, and answers that go on for ever.
 A thin client of our own on asyncio's streams: the same few lines serve a Unix socket, TLS and ssh, an event is
handed on the moment its line is complete, and nothing is imported that the server does not have anyway.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import msgspec

from atalaia.containers.transport import Dialer, Stream
from atalaia.ports.containers import EngineAwayError, EngineError

ANSWER_WITHIN = 30.0
"""Seconds for a whole answer, by default."""
LARGEST_ANSWER = 256 << 20
"""Bytes; a listing of a thousand containers has about two million."""
IDLE_KEPT = 4
"""Connections kept open for the next question."""

Query = Mapping[str, str | int]


class Answer(msgspec.Struct, frozen=True):
    """A whole answer."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


class _Head(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]

    @property
    def bodyless(self) -> bool:
        return self.status in (204, 304) or self.headers.get("content-length") == "0"

    @property
    def chunked(self) -> bool:
        return "chunked" in self.headers.get("transfer-encoding", "").lower()

    @property
    def ends_connection(self) -> bool:
        if "close" in self.headers.get("connection", "").lower():
            return True
        return not (self.bodyless or self.chunked or "content-length" in self.headers)


class HttpClient:
    """Asks one engine. Questions (GET, HEAD) share connections; what changes something gets one of its own, so
    that no doubt about an old connection can ever make it happen twice."""

    def __init__(self, dialer: Dialer) -> None:
        self._dialer = dialer
        self._idle: list[Stream] = []
        self._closed = False

    @property
    def address(self) -> str:
        """The engine, for people."""
        return self._dialer.address.text

    async def ask(self, path: str, query: Query | None = None, *, within: float = ANSWER_WITHIN) -> Answer:
        """The answer to GET.

        Raises:
            EngineAwayError: there is none within that many seconds.
            EngineError: what answers does not speak HTTP.
        """
        while self._idle:
            stream = self._idle.pop()
            if not stream.usable:
                await stream.close()
                continue
            try:
                return await self._exchange(stream, "GET", path, query, None, within)
            except EngineAwayError as error:
                if isinstance(error.__cause__, TimeoutError):
                    raise
                # The engine may have closed it while it was idle. Asking twice does no harm.
                continue
        return await self._exchange(await self._dialer.open(), "GET", path, query, None, within)

    async def act(
        self,
        method: str,
        path: str,
        query: Query | None = None,
        body: object = None,
        *,
        within: float = ANSWER_WITHIN,
    ) -> Answer:
        """The answer to a request that may change something; it is sent once.

        Raises:
            EngineAwayError: no answer; whether it was done is not known.
            EngineError: what answers does not speak HTTP.
        """
        return await self._exchange(await self._dialer.open(), method, path, query, body, within)

    async def follow(
        self, path: str, query: Query | None = None, *, within: float = ANSWER_WITHIN
    ) -> "Following":
        """An answer to GET that goes on for ever; returns at its begin.

        Raises:
            EngineAwayError: it does not begin within that many seconds.
        """
        stream = await self._dialer.open()
        try:
            async with asyncio.timeout(within):
                self._send(stream, "GET", path, query, None)
                head = await _read_head(stream.reader)
                if head.status != 200:
                    answer = Answer(head.status, head.headers, await _read_body(stream.reader, head))
                    await stream.close()
                    return Following(self, answer, None, head)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            raise await self._failed(stream, error, within) from error
        except BaseException:
            stream.abort()
            raise
        return Following(self, Answer(head.status, head.headers, b""), stream, head)

    async def close(self) -> None:
        """Closes the connections that are idle."""
        self._closed = True
        while self._idle:
            await self._idle.pop().close()

    async def _exchange(
        self, stream: Stream, method: str, path: str, query: Query | None, body: object, within: float
    ) -> Answer:
        try:
            async with asyncio.timeout(within):
                self._send(stream, method, path, query, body)
                head = await _read_head(stream.reader)
                answer = Answer(head.status, head.headers, await _read_body(stream.reader, head))
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            raise await self._failed(stream, error, within) from error
        except BaseException:
            stream.abort()
            raise
        if method == "GET" and not head.ends_connection and len(self._idle) < IDLE_KEPT and not self._closed:
            self._idle.append(stream)
        else:
            await stream.close()
        return answer

    def _send(self, stream: Stream, method: str, path: str, query: Query | None, body: object) -> None:
        target = f"{path}?{urlencode(query)}" if query else path
        lines = [
            f"{method} {target} HTTP/1.1",
            f"Host: {self._dialer.address.http_host}",
            "User-Agent: atalaia",
        ]
        content = b""
        if method != "GET":
            content = msgspec.json.encode(body) if body is not None else b""
            lines.append(f"Content-Length: {len(content)}")
            if content:
                lines.append("Content-Type: application/json")
        stream.write("\r\n".join([*lines, "\r\n"]).encode("ascii") + content)

    async def _failed(self, stream: Stream, error: Exception, within: float) -> EngineAwayError | EngineError:
        in_time = not isinstance(error, TimeoutError)
        said = await stream.why_it_ended() if in_time and not isinstance(error, ValueError) else ""
        stream.abort()
        await stream.close()
        if isinstance(error, ValueError):
            return EngineError(f"What answers at {self.address} is no container engine: {error}.")
        reason = (said or "the connection was lost") if in_time else f"no answer within {within:g} s"
        return EngineAwayError(f"The container engine at {self.address} does not answer: {reason}.")


class Following:
    """An answer that goes on: its lines as they come. `answer` holds status and, of a refusal, the body."""

    def __init__(self, client: HttpClient, answer: Answer, stream: Stream | None, head: _Head) -> None:
        self.answer = answer
        self._client = client
        self._stream = stream
        self._head = head
        self._closing = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def lines(self) -> AsyncIterator[bytes]:
        """Complete lines without their end, until the engine ends the answer or it is closed here.

        Raises:
            EngineAwayError: the connection is lost.
        """
        if self._stream is None:
            return
        rest = b""
        try:
            async for piece in _pieces(self._stream.reader, self._head):
                *complete, rest = (rest + piece).split(b"\n")
                for line in complete:
                    if line.strip():
                        yield line
        except (OSError, EOFError, ValueError) as error:
            if self._closing:
                return
            raise EngineAwayError(
                f"The connection to the container engine at {self._client.address} was lost."
            ) from error
        if rest.strip() and not self._closing:
            yield rest

    async def close(self) -> None:
        """Ends it."""
        self._closing = True
        if self._stream is not None:
            self._stream.abort()
            with suppress(OSError):
                await self._stream.close()


async def _read_head(reader: asyncio.StreamReader) -> _Head:
    """Raises ValueError where it is no HTTP."""
    while True:
        try:
            raw = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            raise ValueError("its answer has no end of head") from None
        first, *lines = raw[:-4].decode("latin-1").split("\r\n")
        version, _, rest = first.partition(" ")
        code = rest[:3]
        if not version.startswith("HTTP/1.") or not code.isdigit():
            raise ValueError("its answer does not begin as HTTP does")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        if int(code) >= 200:
            return _Head(int(code), headers)


async def _read_body(reader: asyncio.StreamReader, head: _Head) -> bytes:
    pieces = []
    size = 0
    async for piece in _pieces(reader, head):
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise ValueError(f"its answer is larger than {LARGEST_ANSWER >> 20} MiB")
        pieces.append(piece)
    return b"".join(pieces)


async def _pieces(reader: asyncio.StreamReader, head: _Head) -> AsyncIterator[bytes]:
    """The body as it arrives."""
    if head.bodyless:
        return
    if head.chunked:
        while left := _hexadecimal(await reader.readuntil(b"\r\n")):
            async for piece in _exactly(reader, left):
                yield piece
            await reader.readexactly(2)
        while await reader.readuntil(b"\r\n") != b"\r\n":  # trailers
            pass
    elif "content-length" in head.headers:
        async for piece in _exactly(reader, int(head.headers["content-length"])):
            yield piece
    else:
        while piece := await reader.read(READ_SIZE):
            yield piece


READ_SIZE = 1 << 16


async def _exactly(reader: asyncio.StreamReader, left: int) -> AsyncIterator[bytes]:
    """So many bytes, handed on as they arrive."""
    while left:
        piece = await reader.read(min(left, READ_SIZE))
        if not piece:
            raise EOFError
        left -= len(piece)
        yield piece


def _hexadecimal(line: bytes) -> int:
    return int(line.split(b";")[0], 16)
