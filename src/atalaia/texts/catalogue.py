"""Reading the gettext catalogues of one language: one `.po` file for each area. Nothing is looked up here.

There is no compile step: the text files that translators edit are the ones that are read, once.
"""

import gettext
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple


class Catalogue(NamedTuple):
    """All messages of one language."""

    messages: Mapping[str, str]
    """Translation by English message."""
    plurals: Mapping[str, tuple[str, ...]]
    """Forms by the English message for one, in the order of `form`'s numbers."""
    form: Callable[[int], int]
    """Which form a number takes."""


def read_catalogue(language: str) -> Catalogue:
    """The merged areas of `language`: every `.po` file in the folder of that name.

    An entry that is marked fuzzy or has no translation is left out, so its English text is used.
    """
    from babel.messages.pofile import read_po  # noqa: PLC0415 - babel costs the command line 50 ms; not in English

    messages: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    expression = "n != 1"
    for file in sorted(Path(__file__).with_name(language).glob("*.po")):
        with file.open("rb") as stream:
            area = read_po(stream, locale=language)
        expression = area.plural_expr
        for entry in area:
            if not entry.id or entry.fuzzy:
                continue
            if isinstance(entry.id, str):
                if isinstance(entry.string, str) and entry.string:
                    messages[entry.id] = entry.string
            elif entry.string and all(entry.string):
                plurals[entry.id[0]] = tuple(entry.string)
    return Catalogue(messages, plurals, gettext.c2py(expression))
