"""Text from outside (plugin output, names, comments, replies of servers) made safe to show to a person.

Only what could mislead a reader or a terminal is taken away; accents, emoji and other scripts stay.
"""

import re

_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)?")
_LINE_BREAK = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")

# Marks that turn the reading direction around, and the byte order mark: they can make one text look like
# another. The joiners U+200C and U+200D stay, emoji and several scripts need them.
_MISLEADING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)

_REPLACEMENTS: dict[int, str] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "\ufffd"),
    **dict.fromkeys(_MISLEADING, ""),
    ord("\t"): "    ",
}


def plain_lines(text: str) -> list[str]:
    """`text` as lines without control characters, escape sequences, direction marks and broken characters."""
    # Bytes that were not UTF-8 may arrive as lone surrogates, which nothing can encode.
    whole = _ESCAPE_SEQUENCE.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    return [line.translate(_REPLACEMENTS).rstrip() for line in _LINE_BREAK.split(whole)]


def one_line(text: str, limit: int) -> str:
    """`text` on a single line of at most `limit` characters, cut with an ellipsis."""
    line = " ".join(part.strip() for part in plain_lines(text[: 4 * limit]) if part.strip())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
