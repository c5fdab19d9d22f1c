"""Nagios' log: every fact as a line in the words that log readers know, rotation and archives.

Facts come in the order in which they were stored. They are turned into lines in slices, so that thousands of
them do not hold up the event loop, and written by a thread.
"""

import asyncio
import os
import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from errno import EXDEV
from functools import partial
from pathlib import Path

import structlog

from atalaia.core.events import (
    AnyFact,
    ConfigurationLoaded,
    ConfigurationRejected,
    Event,
    ServerStopped,
)
from atalaia.core.instants import Instant
from atalaia.core.nagios_log import log_lines, stamped, state_line
from atalaia.interop.appender import Appender
from atalaia.interop.rotation import METHODS, archive_path, long_date, next_rotation
from atalaia.interop.surroundings import Surroundings
from atalaia.interop.targets import FileTarget, SyslogTarget

SLICE = 0.002
"""Seconds of work after which the event loop gets its turn."""

AT_ONCE = 64
"""Facts that are looked at between two looks at the clock."""

MOST_WAITING = 300_000
"""Facts that wait to become lines at most, while the disk takes none."""

BEHIND = 0.05
"""Seconds until a disk that cannot keep up is looked at again."""

LOOK_AGAIN = 3600.0
"""Seconds after which the time of the next rotation is worked out anew: the clock may have jumped."""

LOG_VERSION = "LOG VERSION: 2.0"

log = structlog.get_logger(__name__)

_Piece = AnyFact | Iterator[str] | Instant
"""A fact, lines that are ready, or the moment of a rotation."""


class LogFile:
    """Implements `atalaia.ports.outlets.Outlet`."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._pieces: deque[_Piece] = deque()
        self._file: Appender | None = None
        self._syslog: Appender | None = None
        self._path = ""
        self._scheduled = False
        self._rotating = False
        self._timer: asyncio.TimerHandle | None = None
        self._lost = 0
        self.last_rotation = Instant(0.0)

    # --- life ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begins to write: the lines of a start, then every fact that is published."""
        self._open()
        self._pieces.append(self._opening(self._around.now()))
        self._schedule()

    def reload(self) -> None:
        """The configuration was read again: the file, its rotation or the system log may be others now."""
        if self._path != self._around.settings.log_file or self._uses_syslog() != (self._syslog is not None):
            self._drain_all()
            self._close()
            self._open()
        self._arm()

    async def stop(self, seconds: float) -> None:
        """Writes everything that was published and closes the file."""
        if self._timer is not None:
            self._timer.cancel()
        self._drain_all()
        appenders = [one for one in (self._file, self._syslog) if one is not None]
        self._close()
        if self._lost:
            log.error("lines of the log were lost while it could not be written", lines=self._lost)
        for one in appenders:
            if not await asyncio.to_thread(one.join, seconds):
                log.error("the last lines of the log could not be written in time", path=self._path)

    def _open(self) -> None:
        settings = self._around.settings
        self._path = settings.log_file
        if self._path and self._path != "/dev/null":
            target = FileTarget(self._path, strict=True)
            self._file = Appender(target, name="log_file", report=self._report)
        if self._uses_syslog():
            self._syslog = Appender(SyslogTarget("atalaia"), name="syslog", report=lambda _text: None)
        self._arm()

    def _uses_syslog(self) -> bool:
        return self._around.settings.use_syslog

    def _close(self) -> None:
        for one in (self._file, self._syslog):
            if one is not None:
                one.close()
        self._file = self._syslog = None

    def _report(self, trouble: str) -> None:
        if trouble:
            self._around.alarms.alarm("log_file", f"log_file {self._path} cannot be written: {trouble}")
            return
        self._around.alarms.all_clear("log_file")
        if self._lost:
            log.error("lines of the log were lost while it could not be written", lines=self._lost)
            self._around.log_line(f"Warning: {self._lost} lines were lost while the log could not be written")
            self._lost = 0

    # --- facts --------------------------------------------------------------------------------------------

    def publish(self, facts: Sequence[AnyFact]) -> None:
        """Takes facts; they are written soon."""
        if self._file is None and self._syslog is None:
            return
        if self._is_stuck() and (room := MOST_WAITING - len(self._pieces)) < len(facts):
            self._lost += len(facts) - max(0, room)
            facts = facts[: max(0, room)]
        self._pieces.extend(facts)
        self._schedule()

    def _is_stuck(self) -> bool:
        """The disk takes nothing at the moment: facts wait."""
        return self._rotating or (self._file is not None and self._file.is_behind)

    def _schedule(self) -> None:
        if self._scheduled or self._rotating or not self._pieces:
            return
        self._scheduled = True
        asyncio.get_running_loop().call_later(BEHIND if self._is_stuck() else 0.0, self._slice)

    def _slice(self) -> None:
        self._scheduled = False
        clock = self._around.clock
        ends = clock.monotonic() + SLICE
        while self._pieces and not self._is_stuck():
            self._some()
            if clock.monotonic() >= ends:
                break
        self._schedule()

    def _drain_all(self) -> None:
        """Everything at once; a rotation that is still to come is left out."""
        self._rotating = False
        self._pieces = deque(piece for piece in self._pieces if not isinstance(piece, float))
        while self._pieces:
            self._some()

    def _some(self) -> None:
        """Writes a handful of lines."""
        lines: list[str] = []
        pieces, settings = self._pieces, self._around.settings
        while pieces and len(lines) < AT_ONCE:
            piece = pieces[0]
            if isinstance(piece, Event):
                pieces.popleft()
                if type(piece) in _OWN_LINES:
                    pieces.appendleft(self._lines_of(piece))
                    continue
                try:
                    lines += [stamped(line, piece.time) for line in log_lines(piece, settings)]
                except Exception:  # a fact that makes no line must not keep back all others
                    log.exception("a fact could not be written into the log", fact=type(piece).__name__)
            elif isinstance(piece, float):
                pieces.popleft()
                self._rotate(piece, lines)
                return
            else:
                line = next(piece, None)
                if line is None:
                    pieces.popleft()
                else:
                    lines.append(line)
        self._put(lines)

    def _put(self, lines: list[str]) -> None:
        if not lines:
            return
        text = "\n".join(line.replace("\n", "\\n") if "\n" in line else line for line in lines)
        data = text.encode("utf-8", "replace") + b"\n"
        if self._file is not None and not self._file.put(data):
            self._lost += len(lines)
        if self._syslog is not None:
            self._syslog.put(data)

    # --- lines that are no facts --------------------------------------------------------------------------

    def _lines_of(self, fact: Event) -> Iterator[str]:
        lines: list[str] = []
        if isinstance(fact, ConfigurationLoaded):
            return self._opening(fact.time)
        if isinstance(fact, ConfigurationRejected):
            lines = [f"Error: {error}" for error in fact.errors]
            lines.append("Error: The configuration was not taken over; the one before stays in force.")
        elif isinstance(fact, ServerStopped):
            lines = [f"Successfully shutdown... (PID={fact.pid})"]
        return iter([stamped(line, fact.time) for line in lines])

    def _opening(self, now: Instant) -> Iterator[str]:
        """What a start (and, as in Nagios, a reload) writes."""
        around = self._around
        lines = [
            f"Atalaia {around.version} starting... (PID={os.getpid()})",
            f"Local time is {long_date(now, around.world.tz)}",
            LOG_VERSION,
        ]
        yield from [stamped(line, now) for line in lines]
        if around.settings.log_initial_states:
            yield from self._states("INITIAL", now)

    def _states(self, kind: str, at: Instant) -> Iterator[str]:
        world = self._around.world
        states = dict(world.states)
        for key, checkable in list(world.topology.checkables.items()):
            if key in states:
                yield stamped(state_line(kind, checkable, states[key]), at)

    # --- rotation -----------------------------------------------------------------------------------------

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._file is None:
            return
        now = self._around.now()
        at = next_rotation(self._around.settings.log_rotation_method, now, self._around.world.tz)
        if at is not None:
            wait = min(LOOK_AGAIN, max(0.0, at - now))
            self._timer = asyncio.get_running_loop().call_later(wait, self._look_at_clock, at)

    def _look_at_clock(self, at: Instant) -> None:
        if self._around.now() >= at:
            self._pieces.append(at)
            self._schedule()
        self._arm()

    def _rotate(self, at: Instant, lines: list[str]) -> None:
        """Has the thread move the file once everything before is in it; what is published waits meanwhile."""
        self._put(lines)
        if self._file is None:
            return
        self._rotating = True
        settings = self._around.settings
        folder = settings.log_archive_path or str(Path(self._path).parent)
        archive = archive_path(folder, at, self._around.world.tz)
        self._file.then(partial(self._move, self._file, Path(self._path), archive, at))

    def _move(self, appender: Appender, path: Path, archive: Path, at: Instant) -> None:
        """On the thread."""
        try:
            moved = _archive(path, archive)
            trouble = ""
        except OSError as error:
            moved, trouble = False, f"the log cannot be moved to {archive}: {error.strerror or error}"
        appender.tell(partial(self._rotated, at, moved=moved, trouble=trouble))

    def _rotated(self, at: Instant, *, moved: bool, trouble: str) -> None:
        alarms = self._around.alarms
        if trouble:
            alarms.alarm("log_rotation", trouble)
        else:
            alarms.all_clear("log_rotation")
        self.last_rotation = self._around.now()
        if moved:
            self._pieces.appendleft(self._after_rotation(at))
        self._rotating = False
        self._schedule()

    def _after_rotation(self, at: Instant) -> Iterator[str]:
        settings = self._around.settings
        word = METHODS.get(settings.log_rotation_method, "")
        yield from [stamped(line, at) for line in (f"LOG ROTATION: {word}", LOG_VERSION)]
        if settings.log_current_states:
            yield from self._states("CURRENT", at)


_OWN_LINES = frozenset({ConfigurationLoaded, ConfigurationRejected, ServerStopped})


def _archive(path: Path, archive: Path) -> bool:
    """Moves a log; False when there is none, or when the archive is there already (Nagios' rule).

    Raises:
        OSError: it cannot be moved.
    """
    if os.path.lexists(archive):
        return False
    try:
        before = path.stat()
    except FileNotFoundError:
        return False
    try:
        path.rename(archive)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        shutil.copy2(path, archive)
        path.unlink()
    # The new log gets the mode of the old one, for readers that were let in by hand.
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        os.fchmod(file, before.st_mode & 0o7777)
        with suppress(OSError):
            os.fchown(file, before.st_uid, before.st_gid)
    finally:
        os.close(file)
    return True
