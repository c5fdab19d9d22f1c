"""Nagios' way of reading numbers, switches, option letters and command calls out of text.

Here: text to value, with C's forgiving number rules. Not here: which directive takes which kind.
"""

import math
import re
from dataclasses import dataclass

from atalaia.core.objects import CommandCall

_INT = re.compile(r"[ \t\n\v\f\r]*([+-]?[0-9]+)")
_ULONG = re.compile(r"[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|[0-9]+)")
_FLOAT = re.compile(
    r"[ \t\n\v\f\r]*"
    r"([+-]?(?:0x[0-9a-f]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf(?:inity)?|nan))",
    re.IGNORECASE,
)
_MAX_ARGUMENTS = 32

LARGEST = 1e8
"""The largest decimal of an object: as an interval 190 years of minutes, beyond which no calendar reaches."""


@dataclass(frozen=True, slots=True)
class Read:
    """A number as C would read it, and whether all of the text was used for it."""

    value: float
    whole: bool


def read_int(text: str) -> Read:
    """Read like ``atoi``: leading digits, 0 for garbage; values beyond 32 bits wrap around."""
    match = _INT.match(text)
    if not match:
        return Read(0, whole=False)
    number = max(-(2**63), min(2**63 - 1, int(match[1][:40])))
    number &= 0xFFFFFFFF
    return Read(number - 2**32 if number >= 2**31 else number, whole=match.end() == len(text))


def read_unsigned(text: str, base: int = 0) -> Read:
    """Read like ``strtoul``: decimal, with base 0 also hexadecimal (0x) and octal (leading 0)."""
    match = _ULONG.match(text)
    if not match:
        return Read(0, whole=False)
    digits, whole = match[2][:40], match.end() == len(text)
    if digits[:2] in {"0x", "0X"}:
        number = int(digits, 16) if base == 0 else 0
        whole = whole and base == 0
    elif base == 0 and len(digits) > 1 and digits[0] == "0":
        octal = re.match("[0-7]+", digits)
        number = int(octal[0], 8) if octal else 0
        whole = whole and octal is not None and octal.end() == len(digits)
    else:
        number = int(digits)
    number = min(number, 2**64 - 1)
    return Read(2**64 - number if match[1] == "-" and number else number, whole=whole)


def read_float(text: str) -> Read:
    """Read like ``strtod``: 0 for garbage. Infinity and not-a-number come back as they are."""
    match = _FLOAT.match(text)
    if not match:
        return Read(0.0, whole=False)
    text_of_number = match[1]
    number = float.fromhex(text_of_number) if "0x" in text_of_number.lower() else float(text_of_number)
    return Read(number, whole=match.end() == len(text))


def is_finite(number: float) -> bool:
    """Tell whether `number` is neither infinite nor not-a-number."""
    return math.isfinite(number)


@dataclass(frozen=True, slots=True)
class OptionSet:
    """The letters an option list may hold, in the order in which they are kept, and their long words."""

    letters: str
    words: dict[str, str]

    def parse(self, text: str, before: str = "") -> tuple[str, bool, list[str]]:
        """Return the option letters, whether `n` was the last to clear them, and words that mean nothing.

        ``n`` clears what came before it in the list, ``a`` sets all. All options are marked by a leading
        ``a`` before the letters, since Nagios keeps "all" apart from a list of every letter.
        """
        chosen = set(before)
        cleared = False
        unknown: list[str] = []
        for word in text.replace(",", " ").split(" "):
            if not word:
                continue
            letter = self.words.get(word)
            if letter is None:
                unknown.append(word)
            elif letter == "n":
                chosen.clear()
                cleared = True
            elif letter == "a":
                chosen.update("a" + self.letters)
            else:
                chosen.add(letter)
        return "".join(x for x in "a" + self.letters if x in chosen), cleared, unknown

    @property
    def everything(self) -> str:
        """Return what "all" is kept as."""
        return "a" + self.letters

    def choices(self) -> str:
        """Return the accepted words for an error message: ``d (down), u (unreachable) …``."""
        long = {letter: word for word, letter in self.words.items() if len(word) > 1}
        return ", ".join(f"{x} ({long[x]})" for x in [*self.letters, "n", "a"])


def _options(**words: str) -> OptionSet:
    letters = "".join(words.values())
    table = words | {letter: letter for letter in letters}
    return OptionSet(letters, table | {"n": "n", "none": "n", "a": "a", "all": "a"})


HOST_NOTIFICATIONS = _options(recovery="r", down="d", unreachable="u", flapping="f", downtime="s")
SERVICE_NOTIFICATIONS = _options(
    recovery="r", warning="w", unknown="u", critical="c", flapping="f", downtime="s"
)
HOST_STATES = _options(up="o", down="d", unreachable="u")
SERVICE_STATES = _options(ok="o", warning="w", unknown="u", critical="c")
HOST_STALKING = _options(up="o", down="d", unreachable="u", notifications="N")
SERVICE_STALKING = _options(ok="o", warning="w", unknown="u", critical="c", notifications="N")
HOST_FAILURES = _options(up="o", down="d", unreachable="u", pending="p")
SERVICE_FAILURES = _options(ok="o", warning="w", unknown="u", critical="c", pending="p")
HOST_ESCALATIONS = _options(recovery="r", down="d", unreachable="u")
SERVICE_ESCALATIONS = _options(recovery="r", warning="w", unknown="u", critical="c")


def parse_command_call(text: str) -> CommandCall:
    r"""Split ``command!arg!arg``; ``\!`` is a literal ``!``, more than 32 arguments are dropped (Nagios)."""
    name, bang, rest = text.partition("!")
    if not bang:
        return CommandCall(name, (), text)
    if "\\!" not in rest:
        return CommandCall(name, tuple(rest.split("!")[:_MAX_ARGUMENTS]), text)
    parts = re.split(r"(?<!\\)!", rest)
    return CommandCall(name, tuple(part.replace("\\!", "!") for part in parts[:_MAX_ARGUMENTS]), text)


def split_names(text: str) -> list[str]:
    """Split a list at commas, names stripped. As in Nagios empty places vanish, places of blanks stay."""
    return [name.strip(" \t\r\n") for name in text.split(",") if name]
