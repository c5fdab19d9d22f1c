"""Laying out lines for a terminal: widths, colours, and text from outside made harmless. Knows no server."""

import os
import re
import shutil
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple, TextIO

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")

_COLOURS = {
    "ok": "32",
    "warning": "33",
    "critical": "1;31",
    "unknown": "35",
    "unreachable": "36",
    "pending": "2",
    "quiet": "2",
    "strong": "1",
}

_GAP = "  "
_LEAST = 8
"""Columns that a shrinking column keeps."""


class Cell(NamedTuple):
    """Text in one place of a table, and the name of its colour (none when empty)."""

    text: str
    colour: str = ""


class Terminal:
    """Where lines go: how wide it is and whether it has colours."""

    def __init__(self, stream: TextIO) -> None:
        is_terminal = stream.isatty()
        self.width = shutil.get_terminal_size().columns if is_terminal else None
        """Columns; None where lines may be of any length (a file, a pipe)."""
        self.has_colours = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def paint(self, text: str, colour: str) -> str:
        """Coloured text where colours are."""
        code = _COLOURS.get(colour, "")
        return f"\x1b[{code}m{text}\x1b[0m" if code and self.has_colours and text else text

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
        """Lines of a table that fits: the last column is cut first, then the widest of the others."""
        plain = [[Cell(head, "quiet") for head in heads], *([*row] for row in rows)]
        clean = [[Cell(harmless(cell.text), cell.colour) for cell in row] for row in plain]
        widths = [max(columns_of(row[i].text) for row in clean) for i in range(len(heads))]
        if self.width is not None:
            widths = _fitted(widths, self.width - len(_GAP) * (len(heads) - 1))
        return [self._line(row, widths) for row in clean]

    def _line(self, row: Sequence[Cell], widths: Sequence[int]) -> str:
        parts = []
        for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
            text = cut(cell.text, width)
            padding = "" if i == len(row) - 1 else " " * (width - columns_of(text))
            parts.append(self.paint(text, cell.colour) + padding)
        return _GAP.join(parts).rstrip()


def harmless(text: str) -> str:
    """Text from outside without anything that a terminal would act upon; runs of it become one blank."""
    return _CONTROL.sub(" ", text)


def columns_of(text: str) -> int:
    """How many columns a terminal needs for the text."""
    if text.isascii():
        return len(text)
    return sum(_width(sign) for sign in text)


def cut(text: str, width: int) -> str:
    """The text, shortened with an ellipsis when it is wider than `width` columns."""
    if columns_of(text) <= width:
        return text
    kept, used = [], 1
    for sign in text:
        used += _width(sign)
        if used > width:
            break
        kept.append(sign)
    return "".join(kept) + "…"


def _width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _fitted(widths: Sequence[int], room: int) -> list[int]:
    fitted = list(widths)
    order = [len(fitted) - 1, *sorted(range(len(fitted) - 1), key=lambda i: -fitted[i])]
    for i in order:
        excess = sum(fitted) - room
        if excess <= 0:
            break
        least = min(fitted[i], room // 3 if i == len(fitted) - 1 else _LEAST)
        fitted[i] = max(least, fitted[i] - excess)
    return fitted
