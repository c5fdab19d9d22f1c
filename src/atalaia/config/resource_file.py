"""Resource files: `$USERn$=value` lines. Their values are secrets: no message ever shows one."""

import re

from atalaia.config.problems import Place, Problems
from atalaia.config.source import BLANKS, continues, join_continued, read_source

_HIGHEST_USER_MACRO = 256
_USER = re.compile(r"\$USER([0-9]+)\$")


def read_resource_file(path: str, problems: Problems, asked_by: Place | None = None) -> dict[int, str]:
    """Return macro number to value. As in Nagios the value is all that follows `=`, blanks included."""
    found: dict[int, str] = {}
    source = read_source(path, problems, asked_by)
    if source is None:
        return found
    lines = enumerate(source.lines, 1)
    for number, line in lines:
        text = (join_continued(line, lines)[0] if continues(line) else line).strip(BLANKS)
        if not text or text.startswith("#"):
            continue
        place = Place(path, number)
        name, equals, value = text.partition("=")
        match = _USER.fullmatch(name)
        if not equals or not value:
            problems.error(place, "not a `$USERn$=value` line, or one without a value")
        elif match is None or not 1 <= int(match[1][:9]) <= _HIGHEST_USER_MACRO:
            shown = f"`{name}`" if re.fullmatch(r"\$?\w{1,20}\$? ?", name) else "this"
            problems.warning(place, f"{shown} is ignored: only $USER1$ to $USER{_HIGHEST_USER_MACRO}$ are read")
        else:
            found[int(match[1])] = value
    return found
