"""Lists of names: `a,b`, `*`, `!x` and regular expressions, matched against the names there are.

Here: text to accepted and rejected names. Not here: what membership leads to (groups, expand_services).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from atalaia.config.problems import Place, Problems, did_you_mean
from atalaia.config.values import split_names


@dataclass(slots=True)
class Picked:
    """What a list comes to. Names in the order in which the list brings them up, each once."""

    accepted: dict[str, None] = field(default_factory=dict)
    rejected: dict[str, None] = field(default_factory=dict)
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Matching:
    """The two switches for regular expressions in names."""

    use_regexp: bool = False
    true_regexp: bool = False

    def is_regexp(self, name: str) -> bool:
        """Tell whether Nagios takes `name` for a regular expression."""
        if not self.use_regexp:
            return False
        return self.true_regexp or any(sign in name for sign in ("*", "?", "+", "\\."))


@dataclass(frozen=True, slots=True)
class NameSpace:
    """The names of one type that lists can pick from.

    Attributes:
        kind: the object type, for messages.
        known: every name there is.
        listed: the names in the order in which Nagios walks them (last defined first).
        registered: whether a name belongs to a registered object; `*` takes only those.
        sticky: Nagios' slip in lists of hosts and contacts: after one regular expression all that follows
            is one.
        strict: naming an unregistered object is an error.
    """

    kind: str
    known: frozenset[str]
    listed: Sequence[str]
    registered: Callable[[str], bool]
    sticky: bool = False
    strict: bool = False


def pick(text: str, space: NameSpace, matching: Matching, problems: Problems, place: Place) -> Picked:
    """Return the names that `text` accepts and rejects; names that are not known are noted as problems."""
    picked = Picked()
    names = space.known
    regexp = False
    for written in split_names(text):
        regexp = matching.is_regexp(written) or (regexp and space.sticky)
        if regexp:
            _pick_regexp(written, space, picked, problems, place)
        elif written == "*":
            picked.accepted.update(dict.fromkeys(filter(space.registered, space.listed)))
        else:
            _pick_name(written, space, names, picked, problems, place)
    return picked


def _pick_name(
    written: str, space: NameSpace, names: frozenset[str], picked: Picked, problems: Problems, place: Place
) -> None:
    reject = written.startswith("!")
    name = written[1:] if reject else written
    if name not in names:
        picked.failed = True
        unknown_name(space.kind, name, names, problems, place)
    elif reject:
        picked.rejected[name] = None
    elif space.strict and not space.registered(name):
        picked.failed = True
        problems.error(
            place,
            f"{space.kind} `{name}` has `register 0`: it is a template and cannot be named here",
            same=("unregistered", space.kind, name),
        )
    else:
        picked.accepted[name] = None


def _pick_regexp(written: str, space: NameSpace, picked: Picked, problems: Problems, place: Place) -> None:
    pattern = compile_posix(written)
    if pattern is None:
        picked.failed = True
        hint = "; write `.*` for all of them" if written == "*" else ""
        problems.error(
            place, f"`{written}` is not a valid regular expression (use_regexp_matching is on){hint}"
        )
        return
    matched = [name for name in space.listed if pattern.search(name)]
    if not matched:
        picked.failed = True
        problems.error(place, f"the regular expression `{written}` matches no {space.kind}")
    picked.accepted.update(dict.fromkeys(filter(space.registered, matched)))


def unknown_name(kind: str, name: str, known: Iterable[str], problems: Problems, place: Place) -> None:
    """Note that an object of this name does not exist."""
    if not name:
        problems.error(place, f"the list of {kind}s has an empty place between commas")
        return

    def message() -> str:
        if name == "*":
            hint = "; `*` is not allowed here"
        elif name.startswith("!"):
            hint = "; exclusions with `!` are not allowed here"
        else:
            hint = did_you_mean(name, known)
        return f"{kind} `{name}` is not defined anywhere{hint}"

    problems.error(place, message, same=("unknown", kind, name))


_CLASSES = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z",
    "space": r"\s", "blank": r" \t", "punct": r"!-/:-@\[-`{-~", "xdigit": "0-9A-Fa-f",
    "cntrl": r"\x00-\x1f\x7f", "print": r"\x20-\x7e", "graph": r"\x21-\x7e",
}  # fmt: skip
_GNU_ESCAPES = {"w": r"\w", "W": r"\W", "s": r"\s", "S": r"\S", "b": r"\b", "B": r"\B",
                "<": r"\b(?=\w)", ">": r"\b(?<=\w)", "`": r"\A", "'": r"\Z"}  # fmt: skip


def compile_posix(text: str) -> re.Pattern[str] | None:
    """Return `text`, a POSIX extended regular expression, as a Python pattern; None if it is not valid."""
    if len(text) > 1_000:
        return None
    try:
        return re.compile(_translate(text), re.DOTALL)
    except (re.error, ValueError, RecursionError, OverflowError):
        return None


def _translate(text: str) -> str:
    parts: list[str] = []
    position = 0
    while position < len(text):
        character = text[position]
        if character == "\\":
            following = text[position + 1 : position + 2]
            if not following:
                raise ValueError(text)
            parts.append(_GNU_ESCAPES.get(following) or re.escape(following))
            position += 2
        elif character == "[":
            piece, position = _bracket(text, position)
            parts.append(piece)
        elif character == "$":
            parts.append(r"\Z")
            position += 1
        elif character in "*+?" and (not parts or parts[-1] in {"(", "|", "^"}):
            raise ValueError(text)  # a repeat with nothing before it
        elif character == "*" and parts and parts[-1] in {"*", "+", "?"}:
            position += 1  # Python refuses a repeated repeat; the first one decides
        elif character in "+?" and parts and parts[-1] in {"*", "+", "?"}:
            parts[-1] = "*"
            position += 1
        else:
            parts.append(
                character if character in "*+?(){}|^." or character.isalnum() else re.escape(character)
            )
            position += 1
    return "".join(parts)


def _bracket(text: str, start: int) -> tuple[str, int]:
    position = start + 1
    negated = text[position : position + 1] == "^"
    position += negated
    items: list[str] = []
    first = True
    while True:
        character = text[position : position + 1]
        if not character:
            raise ValueError(text)
        if character == "]" and not first:
            return f"[{'^' if negated else ''}{''.join(items)}]", position + 1
        if text.startswith("[:", position):
            end = text.index(":]", position)
            if text[position + 2 : end] not in _CLASSES:
                raise ValueError(text)
            items.append(_CLASSES[text[position + 2 : end]])
            position = end + 2
        else:
            items.append(character if character == "-" or character.isalnum() else re.escape(character))
            position += 1
        first = False
