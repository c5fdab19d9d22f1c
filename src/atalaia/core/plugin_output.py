"""The text that a plugin writes: from bytes to short output, long output and performance data.

What the text means for a state is decided in `atalaia.core.verdict`. Everything here takes linear time,
whatever a plugin writes.
"""

import re
from math import isfinite

import msgspec

from atalaia.core.results import CheckOutput

MAX_OUTPUT = 262_144
"""Bytes of standard output that a runner keeps of one check; the rest is read and thrown away.

Nagios has no limit of its own here, and loses parts of large outputs by chance. A fixed one, far above what
plugins write, keeps a plugin that never stops writing from filling the server's memory.
"""

_BLANKS = " \t\r\n"
"""What Nagios strips from both ends; other white space (non-breaking spaces …) belongs to the text."""


def decode(data: bytes) -> str:
    """The text of a plugin's output: UTF-8, and Windows-1252 for every byte that is not UTF-8.

    Nagios hands bytes through and leaves the encoding to whoever looks at them. Plugins that do not write
    UTF-8 nearly always write Latin-1 or its superset from Windows; the superset is preferred since Latin-1
    turns the bytes 80 to 9F into control characters of the terminal. A byte that means nothing there either
    becomes U+FFFD. Never fails, never returns surrogates.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(errors="surrogateescape").translate(_STRAY_BYTES)


_STRAY_BYTES = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
"""What to write for each byte that ``surrogateescape`` has carried through as a surrogate."""

NO_SERVICE_OUTPUT = "(No output returned from plugin)"
NO_HOST_OUTPUT = "(No output returned from host check)"
"""Nagios' words for a result whose first line is empty (a first line of blanks is not)."""


def parse_output(stdout: str, *, missing: str = NO_SERVICE_OUTPUT) -> CheckOutput:
    """Splits a plugin's text by Nagios' rules; `missing` stands in for an empty first line.

    The text ends at the first NUL. Of the first line, what stands before the first ``|`` is the short output,
    stripped and with ``:`` for each ``;`` (which separates the fields of Nagios' log); what follows is
    performance data. Further lines are long output up to the first one with a ``|``: there the performance
    data goes on, and everything after that line belongs to it. Its parts are joined by one blank. Backslashes
    are data; Nagios' ``\\n`` for a line's end exists only where texts are written down.
    """
    if "\0" in stdout:
        stdout = stdout[: stdout.index("\0")]
    first, _, rest = stdout.partition("\n")
    output, _, perfdata = first.partition("|")
    output = output.strip(_BLANKS) if first else missing
    if ";" in output:
        output = output.replace(";", ":")
    if not rest:
        return CheckOutput(output=output, perfdata=perfdata.strip(_BLANKS))
    long_output, more = _further_lines(rest)
    perfdata = " ".join([perfdata, *more]).strip(_BLANKS)
    return CheckOutput(output=output, long_output=long_output, perfdata=perfdata)


def _further_lines(text: str) -> tuple[str, list[str]]:
    """Long output, and the parts of the performance data, of everything below the first line."""
    text = text.removesuffix("\n")
    bar = text.find("|")
    if bar < 0:
        return text, []
    parts = text[bar + 1 :].split("\n")
    if not parts[0]:
        del parts[0]
    return text[:bar], parts


def escaped(text: str) -> str:
    """A text on one line, as Nagios writes long output down: ``\\n`` for a line's end, backslashes doubled."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def unescaped(text: str) -> str:
    """The reverse of `escaped`, which Nagios applies to results from outside; other backslashes stay."""
    return _ESCAPE.sub(lambda match: "\n" if match[0] == "\\n" else "\\", text) if "\\" in text else text


_ESCAPE = re.compile(r"\\[\\n]")


class PerfValue(msgspec.Struct, frozen=True):
    """One item of performance data: ``'label'=value[unit];[warn];[crit];[min];[max]``."""

    label: str
    value: float | None
    """None for ``U``: the plugin could not determine it."""
    unit: str = ""
    warn: str = ""
    """Warning and critical ranges as written (``10``, ``@5:10``, ``~:0``); empty when left out."""
    crit: str = ""
    minimum: float | None = None
    maximum: float | None = None


_ITEM = re.compile(
    r"""(?:'(?P<quoted>[^']*+(?:''[^']*+)*+)'|(?P<bare>[^ \t\r\n'=][^ \t\r\n=]*+))
        =(?P<value>U(?=[; \t\r\n]|\Z)|[+-]?(?:[0-9]++(?:[.,][0-9]*+)?|[.,][0-9]++)(?:[eE][+-]?[0-9]++)?)
        (?P<unit>[^ \t\r\n;0-9]*+)
        (?P<limits>(?:;[^ \t\r\n;]*+)*+)
        (?=[ \t\r\n]|\Z)""",
    re.VERBOSE,
)
_BROKEN = re.compile(r"'[^']*+(?:''[^']*+)*+'=[^ \t\r\n]*+|[^ \t\r\n]++")
_GAP = re.compile(r"[ \t\r\n]++")
_NUMBER = re.compile(r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")


def parse_perfdata(text: str) -> tuple[PerfValue, ...]:
    """The items of performance data by the plugin guidelines, in order; broken ones are left out.

    A label with blanks stands in single quotes, a quote inside is doubled. Decimal commas, which plugins
    write under some locales, count as points. A broken item ends at the next blank and spoils nothing else.
    """
    found: list[PerfValue] = []
    position, end = 0, len(text)
    while position < end:
        item = _ITEM.match(text, position)
        if item is not None and (value := _value_of(item)) is not None:
            found.append(value)
        passed = item or _BROKEN.match(text, position) or _GAP.match(text, position)
        # One of the three always matches: every text starts with a blank or with something else.
        position = passed.end() if passed else end
    return tuple(found)


def _value_of(item: re.Match[str]) -> PerfValue | None:
    quoted, bare, text, unit, limits = item.group("quoted", "bare", "value", "unit", "limits")
    value = None if text == "U" else _number(text)
    if value is None and text != "U":
        return None
    _, warn, crit, minimum, maximum, *_ = f"{limits};;;;".split(";")
    return PerfValue(
        label=bare if quoted is None else quoted.replace("''", "'"),
        value=value,
        unit=unit,
        warn=warn,
        crit=crit,
        minimum=_number(minimum),
        maximum=_number(maximum),
    )


def _number(text: str) -> float | None:
    """A finite number, or None; numbers too large for a float are none."""
    text = text.replace(",", ".")
    if _NUMBER.fullmatch(text) is None:
        return None
    number = float(text)
    return number if isfinite(number) else None
