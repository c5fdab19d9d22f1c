"""Files that are written anew as a whole: rendered in slices, written aside by a thread, then put in place.

A reader sees the former file or the new one, never half of one.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

SLICE = 0.003
"""Seconds of rendering after which the event loop gets its turn."""

AT_ONCE = 16
"""Texts that are rendered between two looks at the clock."""

NOWHERE = "/dev/null"
"""Name by which a main file says that a file is not wanted."""


class Snapshots:
    """Writes whole files.

    Args:
        monotonic: a clock for durations.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="files")

    async def write(self, path: str, texts: Iterator[str], *, mode: int) -> None:
        """Renders and writes a file while the loop goes on; half of the time at most is spent here.

        Raises:
            OSError: it cannot be written; the former file is as it was.
        """
        loop = asyncio.get_running_loop()
        new = _Aside(path, mode)
        await loop.run_in_executor(self._thread, new.open)
        try:
            while (text := self._render(texts)) is not None:
                began = self._monotonic()
                await loop.run_in_executor(self._thread, new.write, text)
                spare = SLICE - (self._monotonic() - began)
                await asyncio.sleep(max(0.0, spare))
            await loop.run_in_executor(self._thread, new.put_in_place)
        except BaseException:
            self._thread.submit(new.throw_away)  # in its turn: the thread may still be writing
            raise

    async def write_at_once(self, path: str, texts: Iterator[str], *, mode: int) -> None:
        """The same without slices, for the very end: the texts are rendered on the thread.

        Raises:
            OSError: it cannot be written.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._write, path, texts, mode)

    def _write(self, path: str, texts: Iterator[str], mode: int) -> None:
        new = _Aside(path, mode)
        new.open()
        try:
            while (text := self._render(texts)) is not None:
                new.write(text)
            new.put_in_place()
        except BaseException:
            new.throw_away()
            raise

    def close(self) -> None:
        """Ends the thread after what it is doing now."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _render(self, texts: Iterator[str]) -> str | None:
        """As much as fits into a slice; None at the end."""
        ends = self._monotonic() + SLICE
        found: list[str] = []
        for text in texts:
            found.append(text)
            if len(found) % AT_ONCE == 0 and self._monotonic() >= ends:
                break
        return "".join(found) if found else None


class _Aside:
    """The new file beside the one that it will replace."""

    def __init__(self, path: str, mode: int) -> None:
        self._path = Path(path)
        self._mode = mode
        self._aside = self._path.with_name(f".{self._path.name}.new")
        self._file = -1

    def open(self) -> None:
        """Begins it; one that a crash left behind is removed first."""
        with suppress(FileNotFoundError):
            self._aside.unlink()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        self._file = os.open(self._aside, flags, 0o600)

    def write(self, text: str) -> None:
        """Appends a text. What has no UTF-8 form becomes a question mark."""
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(self._file, data) :]

    def put_in_place(self) -> None:
        """Makes it durable and gives it its name; it belongs to whom the former one belonged."""
        with suppress(OSError):  # only root may give files away, and there may be none before
            former = self._path.stat()
            os.fchown(self._file, former.st_uid, former.st_gid)
        os.fchmod(self._file, self._mode)
        os.fsync(self._file)
        os.close(self._file)
        self._file = -1
        self._aside.replace(self._path)

    def throw_away(self) -> None:
        """Removes what there is of it."""
        with suppress(OSError):
            if self._file >= 0:
                os.close(self._file)
                self._file = -1
            self._aside.unlink(missing_ok=True)
