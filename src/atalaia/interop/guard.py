"""Two monitors must not write the same files: who else works on them, and our own lock file.

Nagios writes a lock file only as a daemon (and keeps it locked then); in the foreground the only sign of it is
that it reads the command file. Both are looked at.
"""

import fcntl
import os
import stat
from contextlib import suppress
from errno import ENXIO
from pathlib import Path

import structlog

from atalaia.interop.surroundings import Surroundings

_CLOCK_TICKS = os.sysconf("SC_CLK_TCK")

_SLACK = 5.0
"""Seconds by which a process may seem to be younger than the file that it wrote: clocks are coarse."""

log = structlog.get_logger(__name__)


class LockFile:
    """Our own lock file."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._path = ""
        self._file = -1
        self._failed = ""

    def look_after(self) -> None:
        """Writes our process number into the lock file that the settings ask for."""
        wanted = self._around.settings.lock_file
        if wanted != self._path:
            self.release()
        if not wanted or self._file >= 0:
            return
        try:
            self._take(wanted)
        except OSError as error:
            if self._failed != wanted:
                log.warning("the lock file cannot be written", path=wanted, error=error.strerror or str(error))
            self._failed = wanted

    def _take(self, path: str) -> None:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, 0o644)
        try:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                raise FileExistsError(f"{path} is no ordinary file")
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(file, 0)
            os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        except OSError:
            os.close(file)
            raise
        self._file, self._path = file, path

    def release(self) -> None:
        """Removes the lock file, if it is still ours."""
        if self._file < 0:
            return
        with suppress(OSError):
            ours, there = os.fstat(self._file), Path(self._path).stat()
            if (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino):
                Path(self._path).unlink()
        os.close(self._file)
        self._file, self._path = -1, ""


def other_monitor(lock_file: str, command_file: str) -> str:
    """Who else works on these files, as a sentence; empty when nobody does.

    Only to be asked while we hold neither of them.
    """
    owner = _owner(lock_file) if lock_file else 0
    if owner:
        who = f"process {owner}" if owner > 0 else "a process"
        return f"{who}, whose lock file is {lock_file}, works on these files"
    if command_file and _has_reader(command_file):
        return f"another process reads {command_file}, so it works on these files"
    return ""


def _owner(path: str) -> int:
    """The living process that wrote a lock file; -1 when its number is unknown, 0 when there is none."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return 0
    try:
        text = os.read(file, 32)
        written = os.fstat(file).st_mtime
        pid = int(text) if text.strip().isdigit() else 0
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return pid or -1
    except OSError:
        return 0
    finally:
        os.close(file)
    return pid if pid and pid != os.getpid() and _is_alive(pid) and _is_older(pid, written) else 0


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _is_older(pid: int, written: float) -> bool:
    """The process was there when the file was written; else its number was only given out again."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        booted = next(
            float(line.split()[1])
            for line in Path("/proc/stat").read_text().splitlines()
            if line.startswith("btime ")
        )
    except (OSError, StopIteration, ValueError, IndexError):
        return True
    return booted + int(fields[19]) / _CLOCK_TICKS <= written + _SLACK


def _has_reader(path: str) -> bool:
    """Somebody has a pipe open for reading."""
    try:
        if not stat.S_ISFIFO(Path(path).stat().st_mode):
            return False
        pipe = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno != ENXIO:
            log.debug("the command file cannot be looked at", path=path, error=error.strerror)
        return False
    os.close(pipe)
    return True
