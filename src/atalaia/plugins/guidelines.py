"""What every plugin has in common by the Monitoring Plugins Development Guidelines.

Here: states and exit codes, threshold ranges, performance data, the options that all have, the time limit, the
output. Not here: anything that looks at a service.
"""

import argparse
import math
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Never

from atalaia import __version__

RANGE = re.compile(r"(?P<inside>@?)(?:(?P<start>~|[-+]?[0-9.]+)?:)?(?P<end>[-+]?[0-9.]+)?")
LONGEST_LINE = 400


class State(IntEnum):
    """The state of a service, and the exit code that tells it."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


class PluginError(Exception):
    """The check ends here, with this state and this sentence."""

    def __init__(self, state: State, sentence: str) -> None:
        super().__init__(sentence)
        self.state = state


@dataclass(frozen=True, slots=True)
class Range:
    """A threshold in the plugins' own notation: which values are an alert.

    `10`: below 0 or above 10. `10:`: below 10. `~:10`: above 10. `10:20`: outside. `@10:20`: inside, both ends
    included.
    """

    text: str
    start: float
    end: float
    inside: bool

    @classmethod
    def parse(cls, text: str) -> "Range":
        """Reads the notation.

        Raises:
            ValueError: it is no range, or its start lies above its end.
        """
        match = RANGE.fullmatch(text.strip())
        if match is None or text.strip().removeprefix("@") in ("", ":"):
            raise ValueError(f"{text!r} is no range such as 10, 10:, ~:10, 10:20 or @10:20")
        start_text, end_text = match["start"], match["end"]
        start = -math.inf if start_text == "~" else float(start_text or 0)
        end = math.inf if end_text is None else float(end_text)
        if start > end:
            raise ValueError(f"{text!r}: the start of the range lies above its end")
        return cls(text.strip(), start, end, bool(match["inside"]))

    def alerts(self, value: float) -> bool:
        """Whether a value is an alert."""
        return (self.start <= value <= self.end) is self.inside


def judge(value: float, warning: Range | None, critical: Range | None) -> State:
    """The state of a value by its thresholds; the critical one goes first."""
    if critical is not None and critical.alerts(value):
        return State.CRITICAL
    if warning is not None and warning.alerts(value):
        return State.WARNING
    return State.OK


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of performance data."""

    label: str
    value: float
    unit: str = ""
    warning: Range | None = None
    critical: Range | None = None
    minimum: float | None = None
    maximum: float | None = None

    def __str__(self) -> str:
        """In the notation of performance data: 'label'=value[unit];[warn];[crit];[min];[max]."""
        label = self.label.replace("'", "''")
        label = f"'{label}'" if re.search(r"[\s=';]", label) else label
        limits = (
            self.warning.text if self.warning else "",
            self.critical.text if self.critical else "",
            "" if self.minimum is None else number(self.minimum),
            "" if self.maximum is None else number(self.maximum),
        )
        return f"{label}={number(self.value)}{self.unit};{';'.join(limits)}".rstrip(";")


def number(value: float) -> str:
    """A number without needless digits."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found."""

    state: State
    sentence: str
    figures: tuple[Figure, ...] = ()
    details: tuple[str, ...] = ()
    """Lines for `-v`."""


def one_line(text: str) -> str:
    """A text that fits the first line of the output: printable, without `|`, of bearable length."""
    line = "".join(sign if sign.isprintable() else " " for sign in text).replace("|", "/").strip()
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def output(service: str, verdict: Verdict, verbosity: int = 0) -> str:
    """The text that a plugin prints: one line, performance data, with `-v` the details below it."""
    first = f"{service} {verdict.state.name} - {one_line(verdict.sentence)}"
    if verdict.figures:
        first += " | " + " ".join(map(str, verdict.figures))
    details: Iterable[str] = verdict.details if verbosity else ()
    return "\n".join([first, *map(one_line, details)])


class PluginParser(argparse.ArgumentParser):
    """Wrong arguments are UNKNOWN, and so are help and version, as with the Monitoring Plugins."""

    def error(self, message: str) -> Never:
        """Says what is wrong on the line that a monitoring server shows."""
        sys.stdout.write(f"{self.prog} UNKNOWN - {message} (see --help)\n")
        sys.exit(State.UNKNOWN)

    def exit(self, status: int = 0, message: str | None = None) -> Never:  # noqa: ARG002 - argparse' signature
        """Ends after help or version."""
        if message:
            sys.stdout.write(message)
        sys.exit(State.UNKNOWN)


def as_range(text: str) -> Range:
    """An argument as a range.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        return Range.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def as_seconds(text: str) -> float:
    """An argument as a positive number of seconds.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no positive number of seconds")
    return seconds


def build_parser(program: str, description: str | None, thresholds: str) -> PluginParser:
    """A parser with the options that all plugins have; `thresholds` says what -w and -c speak of."""
    parser = PluginParser(
        prog=program,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit code: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. RANGE: 10, 10:, ~:10, 10:20, @10:20.",
    )
    version = f"{program} (Atalaia {__version__})"
    parser.add_argument("-V", "--version", action="version", version=version, help="print the version")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="print details below the first line")
    parser.add_argument(
        "-t",
        "--timeout",
        type=as_seconds,
        default=10.0,
        metavar="SECONDS",
        help="CRITICAL when it takes longer (default: 10)",
    )
    for short, name in (("-w", "warning"), ("-c", "critical")):
        parser.add_argument(
            short, f"--{name}", type=as_range, metavar="RANGE", help=f"{name.upper()} by {thresholds}"
        )
    return parser


def run(service: str, arguments: argparse.Namespace, check: Callable[[], Verdict]) -> int:
    """Runs a check within the time limit, prints what it found, returns the exit code.

    What cannot be interrupted otherwise, such as a slow resolver, is ended by SIGALRM.
    """
    limit: float = arguments.timeout

    def out_of_time(_number: int, _frame: object) -> None:
        verdict = Verdict(State.CRITICAL, f"no answer within {limit:g} s")
        os.write(1, (output(service, verdict) + "\n").encode())
        os._exit(State.CRITICAL)

    signal.signal(signal.SIGALRM, out_of_time)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        verdict = check()
    except PluginError as error:
        verdict = Verdict(error.state, str(error))
    signal.setitimer(signal.ITIMER_REAL, 0)
    sys.stdout.write(output(service, verdict, arguments.verbose) + "\n")
    return int(verdict.state)
