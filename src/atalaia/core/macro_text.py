"""Texts with macros, taken apart once and put together often. What a macro means is not known here.

Nagios' rules for the signs: a macro stands between two ``$``; ``$$`` is one ``$``. Text between two ``$`` that
is no macro, or has no value here, stays as it is. A last ``$`` without a partner begins a macro all the same.
"""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

import msgspec

from atalaia.core.macro_context import MacroContext

Resolve = Callable[[MacroContext], str | None]
"""A macro's value in a context; None when it has no meaning there, and its text stays."""


class Reference(msgspec.Struct, frozen=True):
    """One macro in a text."""

    resolve: Resolve
    verbatim: str
    """What stays when it cannot be resolved, signs included."""
    is_cleaned: bool = False


Template = tuple[str | Reference, ...]
"""A text taken apart."""


def take_apart(text: str, resolver_for: Callable[[str], tuple[Resolve, bool] | None]) -> Template:
    """The template of a text. `resolver_for` knows the macros by what stands between the signs, and which of
    them are cleaned."""
    parts: list[str | Reference] = []
    pieces = text.split("$")
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            parts.append(piece)
            continue
        found = resolver_for(piece) if piece else None
        verbatim = f"${piece}$" if piece and number < last else f"${piece}"
        parts.append(verbatim if found is None else Reference(found[0], verbatim, found[1]))
    return _merged(parts)


def _merged(parts: list[str | Reference]) -> Template:
    """The same with neighbouring texts joined and empty ones left out."""
    merged: list[str | Reference] = []
    for part in parts:
        if not part:
            continue
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return tuple(merged)


def put_together(template: Template, context: MacroContext, *, in_url: bool = False) -> str:
    """The text with all macros replaced. Values in an address (`in_url`) are URL-encoded instead of cleaned."""
    pieces: list[str] = []
    for part in template:
        if isinstance(part, str):
            pieces.append(part)
            continue
        value = part.resolve(context)
        if value is None:
            value = part.verbatim
        elif in_url:
            value = url_encoded(value)
        elif part.is_cleaned and context.clean:
            value = cleaned(value, context.settings.illegal_macro_output_chars)
        pieces.append(value)
    return "".join(pieces)


def cleaned(value: str, illegal: str) -> str:
    """The value without the given characters and without control characters: removed, not replaced."""
    return value.translate(_deletions(illegal))


@lru_cache(maxsize=64)
def _deletions(illegal: str) -> dict[int, None]:
    return dict.fromkeys([*range(32), 127, *map(ord, illegal)])


def url_encoded(value: str) -> str:
    """Everything but letters, digits and ``-._~`` as %XX, as Nagios writes addresses."""
    return quote(value, safe="")


def c_integer(text: str) -> int:
    """What C's ``atoi`` makes of a text: the number at its beginning, or 0."""
    stripped = text.lstrip(" \t\n\v\f\r")
    sign = stripped[:1] if stripped[:1] in {"+", "-"} else ""
    digits = stripped[len(sign) :]
    end = next((place for place, sign in enumerate(digits) if sign not in "0123456789"), len(digits))
    return int(f"{sign}{digits[:end]}") if 0 < end < 19 else 0
