"""The text of a file in Nagios' spool folder: one or more results, as lines ``name=value``."""

import re
from collections.abc import Iterator

import msgspec

from atalaia.core.instants import LATEST
from atalaia.core.plugin_output import decode, unescaped


class SpooledResult(msgspec.Struct, frozen=True, kw_only=True):
    """One result as it was written down."""

    host: str
    service: str = ""
    """Empty for a host."""
    passive: bool = False
    rescheduled: bool = False
    """The writer wants the next regular check planned from this result."""
    latency: float = 0.0
    started: float = 0.0
    """Epoch seconds; 0 when it is not said."""
    finished: float = 0.0
    timed_out: bool = False
    exited: bool = True
    """The plugin ended by itself."""
    code: int = 0
    output: str


class SpoolFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds."""

    results: tuple[SpooledResult, ...] = ()
    written: float = 0.0
    """When its writer says that it wrote it; 0 when it does not say."""
    garbled: int = 0
    """Results that lack a host or an output."""


_INTEGER = re.compile(r"\s*([+-]?\d{1,18})")
_DECIMAL = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_TIME = re.compile(r"\s*(\d{1,18})\.(\d+)")
_MICROSECONDS = 1e6
_MOST_DIGITS = 18


def read_spool_file(data: bytes) -> SpoolFile:
    """The results of a file, in its order. Never raises: what is no number counts as 0, as in C."""
    results: list[SpooledResult] = []
    written, garbled = 0.0, 0
    for record in _records(decode(data)):
        written = float(_integer(record.get("file_time", ""))) or written
        if "host_name" in record and "output" in record:
            results.append(_result(record))
        elif set(record) - {"file_time"}:
            garbled += 1
    return SpoolFile(results=tuple(results), written=written, garbled=garbled)


def _records(text: str) -> Iterator[dict[str, str]]:
    record: dict[str, str] = {}
    for line in _whole_lines(text):
        if not line.strip("\r"):
            if record:
                yield record
            record = {}
        elif not line.startswith("#"):
            name, equals, value = line.rstrip("\r").partition("=")
            if equals and value:
                record[name] = value
    if record:
        yield record


def _whole_lines(text: str) -> Iterator[str]:
    """Lines; one that ends with a single backslash goes on with the next (Nagios' rule for its files)."""
    parts: list[str] = []
    begun = False  # with something in it; joined only at the end, for files of very many continued lines
    for part in text.split("\n"):
        here = part.lstrip(" \t") if begun else part
        if here.endswith("\\") and not here.endswith("\\\\"):
            parts.append(here[:-1])
            begun = begun or len(here) > 1
        else:
            yield "".join((*parts, here))
            parts, begun = [], False
    if begun:
        yield "".join(parts)


def _result(record: dict[str, str]) -> SpooledResult:
    return SpooledResult(
        host=record["host_name"],
        service=record.get("service_description", ""),
        passive=_integer(record.get("check_type", "")) != 0,
        rescheduled=_integer(record.get("reschedule_check", "")) != 0,
        latency=_decimal(record.get("latency", "")),
        started=_time(record.get("start_time", "")),
        finished=_time(record.get("finish_time", "")),
        timed_out=_integer(record.get("early_timeout", "")) != 0,
        exited=_integer(record.get("exited_ok", "1")) != 0,
        code=_integer(record.get("return_code", "")),
        output=unescaped(record["output"]),
    )


def _integer(text: str) -> int:
    found = _INTEGER.match(text)
    return int(found.group(1)) if found else 0


def _decimal(text: str) -> float:
    found = _DECIMAL.match(text)
    return min(float(found.group(1)), 1e9) if found else 0.0


def _time(text: str) -> float:
    """Seconds and microseconds, with a point between: the second number is no fraction (Nagios' format).

    A moment after the year 9999 counts as not said.
    """
    found = _TIME.match(text)
    if found is None or (seconds := int(found.group(1))) > LATEST:
        return 0.0
    return seconds + min(int(found.group(2)[:_MOST_DIGITS]), 999_999) / _MICROSECONDS
