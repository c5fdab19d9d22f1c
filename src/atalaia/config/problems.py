"""What is wrong with a configuration: collected over the whole run, never raised one by one.

Here: positions, severities, collapsing of repeats, order. Not here: deciding what is wrong, printing.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps the configuration from running, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file; line 0 speaks of the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        """Return ``file:line``, or the file alone."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: where, how bad, what is wrong and what to write instead."""

    file: str
    line: int
    severity: Severity
    message: str

    def __str__(self) -> str:
        """Return ``file:line: error: message``."""
        return f"{Place(self.file, self.line)}: {self.severity.value}: {self.message}"


Message = str | Callable[[], str]
"""A message, or how to make one: looking for a similar name takes time and is done once per mistake."""


class Problems:
    """Collects problems. The same mistake met many times is one problem that says how often it was met."""

    def __init__(self) -> None:
        self._found: list[tuple[Severity, list[Place], str]] = []
        self._groups: dict[Hashable, list[Place]] = {}
        self.error_count = 0

    def error(self, place: Place, message: Message, *, same: Hashable = None) -> None:
        """Note an error; problems with an equal `same` are repeats of one mistake."""
        self._add(Severity.ERROR, place, message, same)

    def warning(self, place: Place, message: Message, *, same: Hashable = None) -> None:
        """Note a warning; problems with an equal `same` are repeats of one mistake."""
        self._add(Severity.WARNING, place, message, same)

    def _add(self, severity: Severity, place: Place, message: Message, same: Hashable) -> None:
        if severity is Severity.ERROR:
            self.error_count += 1
        if same is not None:
            known = self._groups.get((severity, same))
            if known is not None:
                known.append(place)
                return
        places = [place]
        self._found.append((severity, places, message if isinstance(message, str) else message()))
        if same is not None:
            self._groups[severity, same] = places

    def sorted(self) -> list[Problem]:
        """Return all problems by file and line, errors before warnings of the same line."""
        problems: list[Problem] = []
        for severity, places, message in self._found:
            ordered = sorted(set(places), key=lambda place: (place.file, place.line))
            first = ordered[0]
            problems.append(Problem(first.file, first.line, severity, message + _repeats(ordered[1:])))
        return sorted(problems, key=lambda p: (p.file, p.line, p.severity is Severity.WARNING, p.message))

    def errors(self) -> list[Problem]:
        """Return the errors alone, in order."""
        return [problem for problem in self.sorted() if problem.severity is Severity.ERROR]

    def warnings(self) -> list[Problem]:
        """Return the warnings alone, in order."""
        return [problem for problem in self.sorted() if problem.severity is Severity.WARNING]


class Overlooked(Problems):
    """Passes errors on as warnings: for mistakes that Nagios overlooks."""

    def __init__(self, behind: Problems) -> None:
        super().__init__()
        self._behind = behind

    def error(self, place: Place, message: Message, *, same: Hashable = None) -> None:
        """Note a mistake that Nagios overlooks."""
        text = message if isinstance(message, str) else message()
        self._behind.warning(place, f"{text}; Nagios overlooks this here, and so do we", same=same)

    def warning(self, place: Place, message: Message, *, same: Hashable = None) -> None:
        """Note a warning."""
        self._behind.warning(place, message, same=same)


def _repeats(others: list[Place]) -> str:
    if not others:
        return ""
    return f" (also {others[0]}{f' and {len(others) - 1} more' if len(others) > 1 else ''})"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` - did you mean …?`` when something known looks like `word`, else an empty text."""
    candidates = list(known)
    if len(candidates) > 20_000:  # comparing with all of them would take longer than the reading
        lowered = word.lower()
        candidates = [name for name in candidates if name.lower() == lowered or name[:3] == word[:3]][:5_000]
    close = get_close_matches(word, candidates, n=1, cutoff=0.7)
    if not close:
        by_case = [name for name in candidates if name.lower() == word.lower()]
        close = by_case[:1]
    return f" - did you mean `{close[0]}`?" if close else ""
