"""Measuring processes from outside, and printing tables."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import msgspec

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Run(msgspec.Struct, frozen=True):
    """One finished process."""

    seconds: float
    cpu: float
    """User and system seconds."""
    peak_mib: float
    status: int


def run_once(command: Sequence[str]) -> Run:
    """Runs a command to its end; its output is thrown away."""
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command lines
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        seconds=time.perf_counter() - began,
        cpu=usage.ru_utime + usage.ru_stime,
        peak_mib=usage.ru_maxrss / 1024,
        status=process.returncode,
    )


def runs(command: Sequence[str], times: int) -> list[Run]:
    """Runs a command several times, one after the other."""
    return [run_once(command) for _ in range(times)]


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Median, with the least and the most beside it."""
    return f"{median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def tree_usage(pid: int) -> tuple[float, float]:
    """CPU seconds (with those of ended children) and resident MiB of a process and its living descendants."""
    cpu = mib = 0.0
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        cpu += sum(int(field) for field in fields[11:15]) / _TICKS
        mib += int(fields[21]) * _PAGE / 2**20
        waiting += [int(child) for child in children]
    return cpu, mib


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table, columns as wide as they need."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [head, *rows]
    ]
    return "\n".join(line.rstrip() for line in lines)
