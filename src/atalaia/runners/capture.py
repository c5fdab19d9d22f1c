"""What a child process prints, kept up to a limit."""

import os

READ_SIZE = 65536
"""Bytes per read: the capacity of a pipe."""

_DRAIN_READS = 16
"""Reads after the process has ended. A pipe holds 64 KiB unless the child enlarged it (at most 1 MiB without
privileges); the limit keeps a surviving grandchild that prints for ever from being read for ever."""


class Capture:
    """The reading end of a non-blocking pipe and the first `room` bytes that came out of it."""

    __slots__ = ("_chunks", "_room", "fd", "truncated")

    def __init__(self, fd: int, room: int) -> None:
        self.fd = fd
        self.truncated = False
        self._room = room
        self._chunks: list[bytes] = []

    def pump(self) -> bool:
        """Reads once; what exceeds the limit is thrown away. False at the end of the stream."""
        try:
            data = os.read(self.fd, READ_SIZE)
        except BlockingIOError:
            return True
        if not data:
            return False
        self._keep(data)
        return True

    def finish(self) -> bytes:
        """Takes what is left in the pipe without waiting for more, closes it, and returns all that was kept.

        Whoever else still holds the writing end (a daemon that the plugin left behind) gets SIGPIPE or EPIPE
        when it prints again.
        """
        for _ in range(_DRAIN_READS):
            try:
                data = os.read(self.fd, READ_SIZE)
            except BlockingIOError:
                break
            if data:
                self._keep(data)
            if len(data) < READ_SIZE:
                break
        os.close(self.fd)
        chunks = self._chunks
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def _keep(self, data: bytes) -> None:
        if len(data) > self._room:
            self.truncated = True
            data = data[: self._room]
        if data:
            self._room -= len(data)
            self._chunks.append(data)
