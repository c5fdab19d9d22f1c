"""Stored events, handed to live readers.

A slow reader is dropped, not waited for: it comes back with the number of the last event that it saw and is
served from the store.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from atalaia.ports.storage import StoredEvent

BACKLOG = 2000
"""Events that a reader may lag behind before it is dropped."""

_PAGE = 500

ReadAfter = Callable[[int, int], Awaitable[Sequence[StoredEvent]]]
"""Reads up to so many stored events after a number."""


class _Reader:
    __slots__ = ("dropped", "events", "wake")

    def __init__(self) -> None:
        self.events: deque[StoredEvent] = deque()
        self.wake = asyncio.Event()
        self.dropped = False


class Feed:
    """Fan-out of stored events."""

    def __init__(self, read_after: ReadAfter) -> None:
        self._read_after = read_after
        self._readers: set[_Reader] = set()
        self._closed = False

    def publish(self, events: Sequence[StoredEvent]) -> None:
        """Hands stored events to every reader."""
        if not events:
            return
        for reader in list(self._readers):
            if len(reader.events) + len(events) > BACKLOG:
                reader.dropped = True
                self._readers.discard(reader)
            else:
                reader.events.extend(events)
            reader.wake.set()

    async def follow(self, after: int | None) -> AsyncIterator[StoredEvent]:
        """Events after a number from the store, then each new one; ends when dropped or closed."""
        reader = _Reader()
        self._readers.add(reader)  # before reading the store, so that nothing falls between
        try:
            last = after
            if last is not None:
                while page := await self._read_after(last, _PAGE):
                    for stored in page:
                        yield stored
                    last = page[-1].id
            while True:
                while reader.events:
                    stored = reader.events.popleft()
                    if last is None or stored.id > last:
                        last = stored.id
                        yield stored
                if reader.dropped or self._closed:
                    return
                reader.wake.clear()
                await reader.wake.wait()
        finally:
            self._readers.discard(reader)

    def close(self) -> None:
        """Ends every reader."""
        self._closed = True
        for reader in self._readers:
            reader.wake.set()
