"""Appending to a file from a thread of its own: order is kept, and a slow or full disk delays nobody.

What cannot be written waits in memory up to a limit and is tried again every second. Beyond the limit newer
data is dropped and counted: the same facts are in the database.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Protocol

import structlog

LIMIT = 32 * 1024 * 1024
"""Bytes that wait for a disk at most."""

RETRY = 1.0
"""Seconds until a write that failed is tried again."""

ONE_WRITE = 256 * 1024
"""Bytes that are put together for one write."""

log = structlog.get_logger(__name__)


class Target(Protocol):
    """Where the bytes go. Called from the appender's thread only."""

    def write(self, data: bytes) -> int:
        """Writes some of the data and returns how many bytes that were.

        Raises:
            OSError: nothing was written.
        """
        ...

    def close(self) -> None:
        """Lets go of the file; a later write opens it again."""
        ...


Work = Callable[[], object]


class Appender:
    """Hands bytes to a target, in order.

    Args:
        target: where they go.
        name: of the thread.
        report: called in the event loop with a sentence when writing fails, with "" when it works again.
        limit: bytes that may wait.
    """

    def __init__(self, target: Target, *, name: str, report: Callable[[str], None], limit: int = LIMIT) -> None:
        self._target = target
        self._report = report
        self._limit = limit
        self._loop = asyncio.get_running_loop()
        self._queue: deque[bytes | Work] = deque()
        self._waiting = 0
        self._paused = False
        self._closing = False
        self._failing = False
        self._change = threading.Condition()
        self.dropped = 0
        """Pieces of data that found no room since the start."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    # --- from the event loop ------------------------------------------------------------------------------

    @property
    def is_behind(self) -> bool:
        """More than half of the room is taken: whoever can wait with more data should."""
        return self._waiting * 2 > self._limit

    def put(self, data: bytes) -> bool:
        """Queues data; False when there is no room and it is dropped."""
        with self._change:
            if self._waiting + len(data) > self._limit:
                self.dropped += 1
                return False
            self._waiting += len(data)
            self._queue.append(data)
            self._change.notify()
        return True

    def then(self, work: Work) -> None:
        """Queues something to be done on the thread after everything that was put before it.

        It must not raise; what it has to say it says through the loop (`tell`).
        """
        with self._change:
            self._queue.append(work)
            self._change.notify()

    def pause(self, done: Callable[[], None]) -> None:
        """Closes the file as soon as what was put before is written; nothing is written until `resume`.

        Args:
            done: called in the event loop when the file is closed.
        """
        self.then(partial(self._pause_now, done))

    def resume(self) -> None:
        """Ends a pause."""
        with self._change:
            self._paused = False
            self._change.notify()

    def tell(self, call: Callable[[], None]) -> None:
        """From the thread: has something called in the event loop."""
        try:
            self._loop.call_soon_threadsafe(call)
        except RuntimeError:
            log.debug("the loop has ended already")

    async def flush(self, seconds: float) -> bool:
        """Waits until everything put so far is written; False when that takes too long."""
        done = asyncio.Event()
        self.then(lambda: self.tell(done.set))
        try:
            async with asyncio.timeout(seconds):
                await done.wait()
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Asks the thread to write what is left, once, and to end; `join` waits for it."""
        with self._change:
            self._closing = True
            self._paused = False
            self._change.notify()

    def join(self, seconds: float) -> bool:
        """Blocks until the thread has ended; False when it did not within so many seconds."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # --- on the thread ------------------------------------------------------------------------------------

    def _run(self) -> None:
        while (piece := self._next()) is not None:
            if isinstance(piece, bytes):
                self._write(piece)
            else:
                try:
                    piece()
                except Exception:  # one job that fails must not end the writing
                    log.exception("a job of a file writer failed")
        self._target.close()

    def _next(self) -> bytes | Work | None:
        with self._change:
            while not self._closing and (self._paused or not self._queue):
                self._change.wait()
            if not self._queue:
                return None
            piece = self._queue.popleft()
            if not isinstance(piece, bytes):
                return piece
            size, pieces = len(piece), [piece]
            while self._queue and size < ONE_WRITE and isinstance(following := self._queue[0], bytes):
                self._queue.popleft()
                pieces.append(following)
                size += len(following)
        return b"".join(pieces)

    def _write(self, data: bytes) -> None:
        view = data
        while view:
            try:
                written = self._target.write(view)
            except OSError as error:
                if not self._failed(error):
                    self._account(len(view))
                    return
                continue
            view = view[written:]
            self._account(written)
            if self._failing:
                self._failing = False
                self.tell(lambda: self._report(""))

    def _account(self, written: int) -> None:
        with self._change:
            self._waiting -= written

    def _failed(self, error: OSError) -> bool:
        """Says so once and waits for the next try; False when there will be none."""
        text = str(error) if error.strerror is None else error.strerror
        if not self._failing:
            self._failing = True
            self.tell(lambda: self._report(text))
        with self._change:
            if not self._closing:
                self._change.wait_for(lambda: self._closing, RETRY)
                return True
        return False

    def _pause_now(self, done: Callable[[], None]) -> None:
        self._target.close()
        with self._change:
            self._paused = not self._closing
        self.tell(done)
