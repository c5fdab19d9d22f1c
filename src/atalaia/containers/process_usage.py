"""What a session of processes uses, as Linux tells it. Reads files; called in a thread."""

import os
from pathlib import Path

import msgspec

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Usage(msgspec.Struct, frozen=True):
    """All processes of a session together."""

    cpu_seconds: float
    """Of those that live; what ended ones used is their parents' who waited for them."""
    memory: int
    """Resident bytes. What processes share counts for each of them."""
    threads: int
    block_read: int | None
    """Bytes since their starts; None where this user may not know."""
    block_written: int | None


def read_usage(session: int) -> Usage:
    """What the processes of a session use; zeros when there are none."""
    ticks = pages = threads = 0
    read: int | None = 0
    written: int | None = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) != session:
            continue
        ticks += sum(int(field) for field in fields[11:15])
        threads += int(fields[17])
        pages += int(fields[21])
        moved = _moved(stat.with_name("io"))
        if moved is None or read is None or written is None:
            read = written = None
        else:
            read, written = read + moved[0], written + moved[1]
    return Usage(ticks / _TICKS, pages * _PAGE, threads, read, written)


def _moved(path: Path) -> tuple[int, int] | None:
    try:
        lines = dict(line.split(": ") for line in path.read_text().splitlines())
        return int(lines["read_bytes"]), int(lines["write_bytes"])
    except (OSError, KeyError, ValueError):
        return None
