"""One line of a `define` block: which directive it is and what its value is.

Here: names, kinds, complaints about single values. Not here: blocks and files (parser), dates of time
periods (timeperiod_parse).
"""

from typing import Any

from atalaia.config import values
from atalaia.config.definitions import Pair, TypeFacts
from atalaia.config.directives import Directive, Kind, ObjectType
from atalaia.config.problems import Place, Problems, did_you_mean
from atalaia.config.source import BLANKS
from atalaia.config.timeperiod_parse import parse_date_line

NOTHING: Pair = ("", None)
"""What a blank line, a comment and a refused line come to."""


class OptionPair(tuple[str, Any]):  # noqa: SLOT001 - a tuple subclass with an attribute cannot have slots
    """An option list as a pair that remembers its text: repeated lists are read on from one another."""

    text: str


class LineReader:
    """Reads the lines of one object type."""

    def __init__(self, kind: ObjectType, facts: TypeFacts, problems: Problems) -> None:
        self.kind = kind
        self.facts = facts
        self.problems = problems
        self.custom_seen: set[str] = set()

    def read(self, text: str, place: Place) -> tuple[Pair, bool]:
        """Return the pair that `text` (no comment, stripped, not empty) says, and whether it is sound."""
        name, value = split_directive(text)
        directive = self.kind.directives.get(name)
        if directive is None:
            return self._other(name, value, text, place)
        pair = self._value(directive, name, value, place)
        if pair is None:
            return NOTHING, False
        return pair, True

    def _other(self, name: str, value: str, text: str, place: Place) -> tuple[Pair, bool]:
        kind = self.kind
        if kind.name == "timeperiod":
            pair = parse_date_line(f"{name} {value}")
            if pair is not None:
                return pair, True
        if kind.custom and name.startswith("_"):
            if name == "_":
                self.problems.error(place, "a custom variable needs a name after the underscore")
                return NOTHING, False
            key = name.upper()
            self.custom_seen.add(key)
            return (key, None if value in {"", "null"} else value), True
        if kind.name == "contact" and name.startswith("address"):
            number = int(values.read_int(name[7:]).value)
            if 1 <= number <= 6:
                return (f"address{number}", None if value == "null" else value), True
            self.problems.error(place, f"`{name}`: a contact has address1 to address6")
            return NOTHING, False
        self.problems.error(place, lambda: self._unknown(name, text), same=("directive", kind.name, name))
        return NOTHING, False

    def _unknown(self, name: str, text: str) -> str:
        kind = self.kind
        if name.startswith("{"):
            return f"`{{` must stand on the line of `define {kind.name}`"
        if text.endswith("}") or name.startswith("}"):
            return "`}` must stand alone on its line"
        if "=" in name:
            return f"`{name}`: objects are written `directive value`, without `=`"
        if kind.name == "timeperiod":
            hint = "" if name in _TIMEPERIOD_WORDS else did_you_mean(name, _TIMEPERIOD_WORDS)
            return (
                f"`{text}` is neither a directive of a time period nor a date with times like "
                f"`monday 09:00-17:00` or `december 25 00:00-24:00`{hint}"
            )
        hint = did_you_mean(name, kind.known())
        if kind.custom and not hint:
            hint = " (an own variable starts with an underscore)"
        return f"unknown directive `{name}` in {kind.name}{hint}"

    def _value(self, directive: Directive, name: str, text: str, place: Place) -> Pair | None:
        if directive.replaced_by:
            self.problems.warning(
                place,
                f"`{name}` is an old name; write `{directive.replaced_by}`",
                same=("deprecated", self.kind.name, name),
            )
        kind = directive.kind
        if kind in _TEXTS:
            return self._text(directive, text, place)
        if kind in _NUMBERS:
            return self._number(directive, name, text, place)
        if kind in _OPTIONS:
            return self._options(directive, text, place)
        if kind is Kind.STATE:
            return self._state(directive, text, place)
        if kind is Kind.OBSOLETE:
            self.problems.warning(
                place,
                f"`{name}` has no effect in Nagios 4 and is ignored; remove the line",
                same=("obsolete", self.kind.name, name),
            )
            return NOTHING
        return self._coords(directive, text, place)

    def _text(self, directive: Directive, text: str, place: Place) -> Pair | None:
        kind, name = directive.kind, directive.name
        if kind in _PLAIN_TEXTS:
            return name, text
        if kind is Kind.FILLED_LIST and not text:
            self.problems.error(place, f"`{name}` is empty; name somebody, or write `null` for nobody")
            return None
        if text == "null":
            return name, None
        if kind is Kind.COMMAND:
            return name, values.parse_command_call(text)
        if kind is Kind.CHECK_COMMAND:
            call = values.parse_command_call(text.removeprefix("!"))
            if text.startswith("!"):
                self.facts.forcing[id(call)] = call
            return name, call
        if text.startswith("+"):
            self.facts.additive.add(name)
        return name, text

    def _number(self, directive: Directive, written: str, text: str, place: Place) -> Pair | None:
        kind, name = directive.kind, directive.name
        if kind is Kind.DECIMAL:
            read = values.read_float(text)
            if not values.is_finite(read.value):
                self.problems.error(place, f"`{written} {text}` is not a number of finite size")
                return None
            if abs(read.value) > values.LARGEST:
                self.problems.error(place, f"`{written} {text}` is too large; at most {values.LARGEST:.0f}")
                return None
            value: Any = read.value
        elif kind is Kind.UNSIGNED:
            read = values.read_unsigned(text, base=10)
            value = int(read.value) & 0xFFFFFFFF
        else:
            read = values.read_int(text)
            value = int(read.value)
            if kind in {Kind.SWITCH, Kind.REGISTER}:
                value = value > 0
        if not read.whole:
            shown = int(value) if isinstance(value, bool) else value
            self.problems.warning(
                place, f"`{text}` is not a number; Nagios reads `{written}` as {shown:g} here, and so do we"
            )
        return name, value

    def _options(self, directive: Directive, text: str, place: Place) -> Pair | None:
        assert directive.options is not None
        letters, cleared, unknown = directive.options.parse(text)
        if unknown:
            self.problems.error(
                place,
                f"`{unknown[0]}` is not an option of `{directive.name}`: {directive.options.choices()}",
            )
            return None
        if directive.kind is Kind.FAILURES and cleared:
            return NOTHING
        pair = OptionPair((directive.name, letters))
        pair.text = text
        return pair

    def _state(self, directive: Directive, text: str, place: Place) -> Pair | None:
        for number, words in enumerate(directive.states):
            if text in words:
                return directive.name, number
        known = ", ".join(f"{letter} ({word})" for letter, word in directive.states)
        self.problems.error(place, f"`{text}` is not an initial state: {known}")
        return None

    def _coords(self, directive: Directive, text: str, place: Place) -> Pair | None:
        wanted = 2 if directive.kind is Kind.COORDS_2D else 3
        parts = [part for part in text.replace(",", " ").split(" ") if part]
        if len(parts) < wanted:
            self.problems.error(place, f"`{directive.name}` takes {wanted} numbers with commas, not `{text}`")
            return None
        if wanted == 2:
            return directive.name, tuple(int(values.read_int(part).value) for part in parts[:2])
        numbers = tuple(values.read_float(part).value for part in parts[:3])
        if not all(map(values.is_finite, numbers)):
            self.problems.error(place, f"`{directive.name} {text}` is not made of finite numbers")
            return None
        return directive.name, numbers


def split_directive(text: str) -> tuple[str, str]:
    """Split at the first blank or tab."""
    for position, character in enumerate(text):
        if character in " \t":
            return text[:position], text[position + 1 :].strip(BLANKS)
    return text, ""


_PLAIN_TEXTS = frozenset({Kind.TEXT, Kind.KEY, Kind.USE, Kind.TEMPLATE_NAME})
_TEXTS = _PLAIN_TEXTS | {
    Kind.NULLABLE, Kind.LIST, Kind.MEMBERS, Kind.FILLED_LIST, Kind.COMMAND, Kind.CHECK_COMMAND,
}  # fmt: skip
_NUMBERS = frozenset({Kind.SWITCH, Kind.REGISTER, Kind.INTEGER, Kind.UNSIGNED, Kind.DECIMAL})
_OPTIONS = frozenset({Kind.OPTIONS, Kind.FRESH_OPTIONS, Kind.FAILURES})
_TIMEPERIOD_WORDS = (
    "timeperiod_name", "alias", "exclude", "use", "name", "register", "day",
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
