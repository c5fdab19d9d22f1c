"""Server-sent events: each stored event, in order, to whoever listens. No rendering here.

A reader who does not keep up is dropped, not waited for: browsers come back by themselves with the number of
the last event they saw, and the store has everything since then.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

from starlette.types import Receive, Scope, Send

from atalaia.core.events import type_name
from atalaia.ports.control import Control
from atalaia.ports.storage import EventFilter, StoredEvent
from atalaia.web.wire import encode_event

ABORT_EXTENSION = "atalaia.abort"
"""Where our web server puts a function that cuts the connection without flushing it."""

_RECONNECT = b"retry: 2000\n\n"
_HEARTBEAT = b": still here\n\n"


class Streams:
    """All open streams of one application.

    Args:
        heartbeat: seconds between signs of life.
        patience: seconds that a reader may leave the connection full before it is dropped.
    """

    def __init__(self, *, heartbeat: float = 15.0, patience: float = 10.0) -> None:
        self.heartbeat = heartbeat
        self.patience = patience
        self.open = 0
        """Streams that are open now."""
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Ends all streams at once, in order; later ones end as soon as they begin."""
        self._ended.set()

    async def ended(self) -> None:
        """Returns when `end` was called."""
        await self._ended.wait()


class EventStream:
    """The ASGI answer that streams events."""

    def __init__(self, control: Control, streams: Streams, after: int | None, wanted: EventFilter) -> None:
        self._control = control
        self._streams = streams
        self._after = after
        self._wanted = wanted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers until the reader goes, falls behind, or the server ends."""
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        writer = _Writer(send, self._streams.patience)
        self._streams.open += 1
        try:
            await _first_of(
                self._events(writer),
                self._heartbeats(writer),
                _until_gone(receive),
                self._streams.ended(),
            )
        finally:
            self._streams.open -= 1
        if writer.is_stuck:
            abort: Callable[[], None] | None = scope.get("extensions", {}).get(ABORT_EXTENSION)
            if abort is not None:
                abort()
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _events(self, writer: "_Writer") -> None:
        await writer.write(_RECONNECT)
        feed = self._control.follow(self._after)
        try:
            async for stored in feed:
                if self._wants(stored) and not await writer.write(_frame(stored)):
                    return
        finally:
            if isinstance(feed, AsyncGenerator):  # nobody else closes it, and only this task may
                await feed.aclose()

    async def _heartbeats(self, writer: "_Writer") -> None:
        while True:
            await asyncio.sleep(self._streams.heartbeat)
            if not await writer.write(_HEARTBEAT):
                return

    def _wants(self, stored: StoredEvent) -> bool:
        event, wanted = stored.event, self._wanted
        return (
            wanted.host in (None, event.host)
            and wanted.service in (None, event.service)
            and (wanted.types is None or type_name(event) in wanted.types)
        )


class _Writer:
    """Sends pieces of one stream and notices when the reader does not take them."""

    def __init__(self, send: Send, patience: float) -> None:
        self._send = send
        self._patience = patience
        self.is_stuck = False

    async def write(self, piece: bytes) -> bool:
        """Sends; False when the reader let the connection stay full for too long."""
        try:
            async with asyncio.timeout(self._patience):
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        except TimeoutError:
            self.is_stuck = True
            return False
        return True


def _frame(stored: StoredEvent) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (
        stored.id,
        type_name(stored.event).encode(),
        encode_event(stored),  # JSON has no bare line ends, so one data line is enough
    )


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Runs all of them until the first one returns, then cancels the others."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work) for work in works]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
