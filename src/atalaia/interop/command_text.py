"""External commands as they are written into Nagios' command file: bytes to lines, lines to orders."""

import re
from collections.abc import Iterator

import msgspec

from atalaia.core.instants import LATEST, Instant
from atalaia.core.orders import Order
from atalaia.core.plugin_output import decode

LONGEST = 64 * 1024
"""Bytes of a line; a longer one is no command."""

_SHOWN = 200
"""Characters of a bad line that are written down."""

_BLANKS = " \t\r\n"
_NUMBER = re.compile(r"\s*\+?(\d{1,18})")


class Refusal(msgspec.Struct, frozen=True):
    """A line that is no command."""

    text: str
    reason: str
    fault: str


class Lines:
    """Cuts a stream of bytes into lines. A line without end waits; an endless one is given up."""

    def __init__(self) -> None:
        self._rest = b""
        self._skipping = False

    def feed(self, data: bytes) -> Iterator[bytes | None]:
        """The lines that are complete now, without their ends; None for each that is too long."""
        *whole, rest = data.split(b"\n")
        for part in whole:
            line, self._rest = self._rest + part, b""
            if self._skipping:
                self._skipping = False
            elif len(line) > LONGEST:
                yield None
            elif line:
                yield line
        if self._skipping:
            return
        self._rest += rest
        if len(self._rest) > LONGEST:
            self._rest, self._skipping = b"", True
            yield None

    def end(self) -> bytes:
        """What is left when nothing more comes."""
        rest, self._rest, self._skipping = self._rest, b"", False
        return rest


def read_order(line: bytes | None, *, from_file: bool = False) -> Order | Refusal | None:
    """One line as an order, by Nagios' rules: ``[epoch seconds] NAME;argument;argument``.

    What stands in front of the bracket is passed over, a time that is no number is 0, and exactly one sign lies
    between the bracket and the name.

    Returns:
        None for an empty line.
    """
    if line is None:
        return Refusal("(a line without end)", f"it is longer than {LONGEST // 1024} KiB", "malformed")
    text = decode(line).replace("\0", "").strip(_BLANKS)
    if not text:
        return None
    _, bracket, stamped = text.partition("[")
    stamp, closed, command = stamped.partition("]")
    if not bracket or not closed:
        return Refusal(text[:_SHOWN], "it does not begin with [epoch seconds]", "malformed")
    command = command[1:]
    if not command:
        return Refusal(text[:_SHOWN], "there is no command behind the time", "malformed")
    if command[0] in _BLANKS:
        return Refusal(command[:_SHOWN], "exactly one blank lies between the time and the command", "unknown")
    number = _NUMBER.match(stamp)
    at = min(Instant(float(number.group(1))), LATEST) if number else Instant(0.0)
    return Order(text=command, entry_time=at, from_file=from_file)
