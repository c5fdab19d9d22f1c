"""The blocks of a retention.dat, field by field; what cannot be read is told with its line."""

from collections.abc import Iterable, Iterator
from math import isfinite

from atalaia.core.instants import LATEST, Instant

KINDS = frozenset(
    {
        "info", "program", "host", "service", "contact", "hostcomment", "servicecomment", "hostdowntime",
        "servicedowntime",
    }
)  # fmt: skip

MOST_TOLD = 20
"""Problems that are told one by one; of the rest only the number."""

LARGEST = 1_000_000_000
"""The largest number that is believed where no moment is meant."""

_SHOWN = 40
"""Characters of a bad value that are told."""

_BLANKS = " \t\r\n"


class Problems:
    """What was wrong with a file, for people."""

    def __init__(self) -> None:
        self._told: list[tuple[int, str]] = []
        self._more = 0

    def add(self, line: int, text: str) -> None:
        """Something is wrong at a line."""
        if len(self._told) < MOST_TOLD:
            self._told.append((line, text))
        else:
            self._more += 1

    def sentences(self) -> list[str]:
        """One sentence each, in the order of the lines."""
        found = [f"line {line}: {text}" for line, text in sorted(self._told)]
        return [*found, f"and {self._more} more"] if self._more else found


class Block:
    """One block: a kind and its fields. A field that cannot be read counts as missing."""

    def __init__(self, kind: str, line: int, problems: Problems) -> None:
        self.kind = kind
        self.line = line
        self.fields: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        self._problems = problems

    def put(self, name: str, value: str, line: int) -> None:
        """Adds a field."""
        self.fields[name] = value
        self._lines[name] = line

    def wrong(self, name: str, text: str) -> None:
        """Something is wrong with a field."""
        self._problems.add(self._lines.get(name, self.line), f"{name}: {text}")

    def text(self, name: str) -> str:
        """A text; empty when it is missing."""
        return self.fields.get(name, "")

    def number(self, name: str, missing: int = 0, *, most: int = LARGEST) -> int:
        """A whole number, at most `most` on either side of 0."""
        text = self.fields.get(name, "")
        if not text:
            return missing
        try:
            number = int(text)
        except ValueError:
            self.wrong(name, f"{text[:_SHOWN]!r} is no whole number")
            return missing
        if abs(number) <= most:
            return number
        self.wrong(name, f"{text[:_SHOWN]} is too large")
        return missing

    def decimal(self, name: str) -> float:
        """A number."""
        text = self.fields.get(name, "")
        if not text:
            return 0.0
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if isfinite(number) and abs(number) <= LARGEST:
            return number
        self.wrong(name, f"{text[:_SHOWN]!r} is no number, or too large")
        return 0.0

    def flag(self, name: str) -> bool:
        """A switch: any number above 0 is on."""
        return self.number(name) > 0

    def instant(self, name: str) -> Instant:
        """A moment in epoch seconds; 0 is never."""
        return Instant(float(max(0, self.number(name, most=int(LATEST)))))

    def within(self, name: str, most: int, missing: int = 0) -> int:
        """A whole number from 0 to `most`."""
        number = self.number(name, missing)
        if 0 <= number <= most:
            return number
        self.wrong(name, f"{number} is not between 0 and {most}")
        return missing


def blocks(lines: Iterable[str], problems: Problems) -> Iterator[Block]:
    """Every whole block of a file, in its order; tabs in front are passed over, as in status.dat."""
    block: Block | None = None
    number = 0
    for number, written in enumerate(lines, 1):
        line = written.strip(_BLANKS)
        name, equals, value = line.partition("=")
        if not equals and line.endswith("{"):
            if block is not None:
                problems.add(block.line, f"the block {block.kind} has no end; it is left out")
            block = _begin(line.removesuffix("{").strip(_BLANKS), number, problems)
        elif line == "}":
            if block is None:
                problems.add(number, "a } without its beginning")
            elif block.kind in KINDS:
                yield block
            block = None
        elif line and not line.startswith("#"):
            if not equals or block is None:
                problems.add(number, f"{line[:60]!r} is no field of a block")
            else:
                block.put(name, value, number)
    if block is not None:
        problems.add(block.line, f"the block {block.kind} has no end; it is left out")
    if not number:
        problems.add(1, "the file is empty")


def _begin(kind: str, line: int, problems: Problems) -> Block:
    if kind not in KINDS:
        problems.add(line, f"there is no block {kind[:60]!r}; it is left out")
    return Block(kind, line, problems)
