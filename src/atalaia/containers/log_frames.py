"""What a container printed, out of the frames in which Docker's API sends it. Pure."""

from collections.abc import Iterator

from atalaia.containers.reading import read_instant
from atalaia.core.instants import NEVER
from atalaia.ports.containers import LogLine

_HEAD = 8
"""Bytes before each frame: the stream, three zeros, and the frame's length in four."""
_STREAMS = {1: "stdout", 2: "stderr"}


def read_log(body: bytes, *, terminal: bool) -> list[LogLine]:
    """The lines of an answer that was asked for with timestamps.

    Args:
        body: the answer.
        terminal: the container has one; then there are no frames and all is one stream.
    """
    if terminal:
        return [_line("stdout", raw) for raw in body.splitlines()]
    lines: list[LogLine] = []
    for stream, text in _frames(body):
        lines += [_line(stream, raw) for raw in text.splitlines()]
    return lines


def _frames(body: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at + _HEAD <= len(body):
        end = at + _HEAD + int.from_bytes(body[at + 4 : at + _HEAD], "big")
        yield _STREAMS.get(body[at], "stdout"), body[at + _HEAD : end]
        at = end


def _line(stream: str, raw: bytes) -> LogLine:
    stamp, _, text = raw.decode(errors="replace").partition(" ")
    try:
        return LogLine(time=read_instant(stamp), stream=stream, text=text.rstrip("\r"))
    except ValueError:
        return LogLine(time=NEVER, stream=stream, text=raw.decode(errors="replace"))
