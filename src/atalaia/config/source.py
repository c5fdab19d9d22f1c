"""The only reader of configuration files: bytes, encodings, lines, folders.

Here: text of a file, logical lines (continuations, carriage returns), which files a folder holds.
Not here: what a line means.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from atalaia.config.problems import Place, Problems

BLANKS = " \t\r\n"
"""What Nagios strips from both ends of a line; other white space is part of a value."""

_LARGEST_FILE = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text, split at its line feeds."""

    path: str
    lines: list[str]


def read_source(path: str, problems: Problems, asked_by: Place | None = None) -> SourceText | None:
    """Return the text of `path`, or None after noting why it cannot be read.

    A file that is not UTF-8 is read as Latin-1, so that every byte has a meaning. As in Nagios, a zero byte
    ends its line.
    """
    place = asked_by or Place(path)
    try:
        if Path(path).is_dir():
            problems.error(place, f"`{path}` is a folder, a file is wanted; use cfg_dir for a folder")
            return None
        if not Path(path).is_file() and Path(path).exists():
            problems.error(place, f"`{path}` is not a regular file")
            return None
        if Path(path).stat().st_size > _LARGEST_FILE:
            problems.error(place, f"`{path}` is larger than {_LARGEST_FILE >> 20} MiB")
            return None
        data = Path(path).read_bytes()
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or str(failure)
        problems.error(place, f"cannot read `{path}`: {reason}")
        return None
    return SourceText(path, split_lines(decode(data)))


def decode(data: bytes) -> str:
    """Return the text of a configuration file: UTF-8 when it is, else Latin-1."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def split_lines(text: str) -> list[str]:
    """Split at line feeds only; carriage returns are dealt with as blanks."""
    lines = text.split("\n")
    if "\0" in text:
        lines = [line.partition("\0")[0] for line in lines]
    return lines


def continues(line: str) -> bool:
    """Tell whether `line` ends in a backslash (one or more), before a carriage return if there is one."""
    return line.endswith(("\\", "\\\r"))


def join_continued(line: str, following: Iterator[tuple[int, str]]) -> tuple[str, int]:
    """Return the logical line that starts with `line` and how many following lines it took.

    Nagios' rule: one backslash at the end continues on the next line, whose leading blanks go; two
    backslashes are one literal backslash and no continuation; a line of one backslash alone is none.
    """
    taken = 0
    while True:
        core = line.removesuffix("\r")
        if len(core) < 2 or not core.endswith("\\"):
            return line, taken
        if core.endswith("\\\\"):
            return core[:-1], taken
        after = next(following, None)
        if after is None:
            return core[:-1], taken
        line = core[:-1] + after[1].lstrip(" \t")
        taken += 1


def strip_comment(line: str) -> str:
    """Return what stands before the first unescaped semicolon, with ``\\;`` turned into ``;``."""
    position = line.find(";")
    if position < 0:
        return line
    kept: list[str] = []
    start = 0
    while position >= 0:
        if position == 0 or line[position - 1] != "\\":
            kept.append(line[start:position])
            return "".join(kept)
        kept.append(line[start : position - 1])
        start = position
        position = line.find(";", position + 1)
    kept.append(line[start:])
    return "".join(kept)


def object_files(folder: str, problems: Problems, asked_by: Place | None = None) -> list[str]:
    """Return the object files under `folder`, in the order of their names.

    Nagios' rule: every regular file whose name ends in ``.cfg`` and is longer than that, in all folders
    below, except names that start with a dot. Nagios takes them in the order of the directory, we by name.
    """
    found: list[str] = []
    _collect(folder, found, (), problems, asked_by or Place(folder))
    return found


def _collect(folder: str, found: list[str], above: tuple[str, ...], problems: Problems, place: Place) -> None:
    real = os.path.realpath(folder)
    if real in above:
        problems.error(place, f"folder `{folder}` leads back to itself through a symbolic link")
        return
    try:
        names = sorted(path.name for path in Path(folder).iterdir())
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or str(failure)
        problems.error(place, f"cannot read folder `{folder}`: {reason}")
        return
    for name in names:
        if name.startswith("."):
            continue
        path = Path(folder) / name
        try:
            mode_is_dir, mode_is_file, there = path.is_dir(), path.is_file(), path.exists()
        except OSError as failure:
            problems.error(place, f"cannot read `{path}`: {failure.strerror}")
            continue
        if mode_is_dir:
            _collect(str(path), found, (*above, real), problems, place)
        elif mode_is_file and name.endswith(".cfg") and len(name) > 4:
            found.append(str(path))
        elif not there:
            problems.error(place, f"cannot read `{path}`: the symbolic link leads nowhere")
