"""What an appender writes to: a file that may be moved away, a pipe that may have no reader, the system log."""

import os
import socket
import stat
from contextlib import suppress
from pathlib import Path

SYSLOG = "/dev/log"
"""Where the system log listens."""

USER_INFO = 14
"""Facility USER, severity INFO, in the system log's notation."""

ATOMIC = 4096
"""Bytes that a pipe takes as a whole or not at all (PIPE_BUF)."""


class UnsuitableError(OSError):
    """A file that is there and must not be written."""


class FileTarget:
    """An ordinary file. One that was moved or removed by somebody is noticed and begun anew.

    Args:
        path: the file; created, readable by everybody, where it is missing.
        truncate: empties it whenever it is opened.
        strict: only a file that is no link and has no second name (Nagios' rule for its log).
    """

    def __init__(self, path: str, *, truncate: bool = False, strict: bool = False) -> None:
        self.path = path
        self._truncate = truncate
        self._strict = strict
        self._file = -1
        self._identity = (0, 0)

    def write(self, data: bytes) -> int:
        """Writes some of the data; opens the file first where that is needed.

        Raises:
            OSError: it cannot be opened or written.
        """
        if self._file < 0 or not self._is_in_place():
            self.close()
            self._open()
        return os.write(self._file, data)

    def close(self) -> None:
        """Lets go of the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _is_in_place(self) -> bool:
        try:
            found = Path(self.path).stat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == self._identity

    def _open(self) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK
        if self._truncate:
            flags |= os.O_TRUNC
        if self._strict:
            flags |= os.O_NOFOLLOW
        file = os.open(self.path, flags, 0o644)
        found = os.fstat(file)
        if self._strict and not (stat.S_ISREG(found.st_mode) and found.st_nlink == 1):
            os.close(file)
            raise UnsuitableError(f"{self.path} is no ordinary file of its own, but a device, a pipe or a link")
        self._file = file
        self._identity = (found.st_dev, found.st_ino)


class PipeTarget:
    """A named pipe. It is opened for reading too, so that nobody waits for a reader that is not there."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._pipe = -1

    def write(self, data: bytes) -> int:
        """Writes whole lines, as many as a pipe takes in one piece.

        Raises:
            OSError: it cannot be opened, or has no room.
        """
        if self._pipe < 0:
            self._pipe = os.open(self.path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        end = len(data) if len(data) <= ATOMIC else data.rfind(b"\n", 0, ATOMIC) + 1 or ATOMIC
        try:
            return os.write(self._pipe, data[:end])
        except BlockingIOError as error:
            raise FullPipeError(f"{self.path} is full: nobody reads it") from error
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Lets go of the pipe."""
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1


class FullPipeError(OSError):
    """A pipe has no room."""


class SyslogTarget:
    """The machine's system log: one message per line. Where there is none, the lines go nowhere.

    Args:
        name: the program's, in front of each message.
        path: where the system log listens.
    """

    def __init__(self, name: str, path: str = SYSLOG) -> None:
        self._head = f"<{USER_INFO}>{name}[{os.getpid()}]: ".encode()
        self._path = path
        self._socket: socket.socket | None = None

    def write(self, data: bytes) -> int:
        """Sends every line without its time. What the system log does not take at once is left out."""
        for line in data.splitlines():
            self._send(self._head + line.partition(b"] ")[2])
        return len(data)

    def close(self) -> None:
        """Lets go of the socket."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _send(self, message: bytes) -> None:
        with suppress(BlockingIOError):
            try:
                self._connected().send(message)
            except BlockingIOError:
                raise
            except OSError:
                self.close()  # it was restarted, or is not there
                with suppress(OSError):
                    self._connected().send(message)

    def _connected(self) -> socket.socket:
        if self._socket is None:
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            sock.setblocking(False)
            try:
                sock.connect(self._path)
            except OSError:
                sock.close()
                raise
            self._socket = sock
        return self._socket
