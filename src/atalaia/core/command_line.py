"""A command line, cut into arguments the way Nagios does it before it runs a plugin without a shell.

Expanding macros comes before this (`atalaia.core.macros`), running comes after.
"""

import re
from functools import lru_cache

_PLAIN = re.compile(r"""[^\\'"|<>&;`()$*?=]*+""")
"""A text in which only blanks have a meaning."""

_WORD = re.compile(r"[^ \t\r\n]++")

_PIECE = re.compile(
    r"""(?P<gap>[ \t\r\n]++)
    | (?P<bare>[^ \t\r\n\\'"|<>&;`()$*?]++)
    | \\ (?P<escaped>.?)
    | ' (?P<single>[^']*+) '
    | " (?P<double>(?:[^"\\$`]++ | \\[^"])*+) "
    """,
    re.VERBOSE | re.DOTALL,
)
"""What an argument is made of. Where nothing of this fits, there is work for a shell."""

_ESCAPED_IN_DOUBLE_QUOTES = re.compile(r"\\([\\$`])")


@lru_cache(maxsize=16_384)
def split(command_line: str) -> tuple[str, ...] | None:
    """The arguments, when Nagios would run the command directly; None when it needs ``/bin/sh -c``.

    Nagios' rules: a shell is needed for ``| < > & ; ( ) * ?`` outside quotes, for ``$`` and a backquote
    outside single quotes, and for quotes that do not close. Everything else is text, also where a shell would
    see more in it (``~``, ``#``, ``[a-z]``, ``{a,b}``, a new line). Outside quotes a backslash takes the
    meaning from the next character; between double quotes only from a backslash, ``$`` and backquote.

    Three cases that Nagios tries to run directly go to the shell, which does the same and knows better how:
    assignments to the environment in front (``LANG=C check_x``), a double quote behind a backslash between
    double quotes, and an empty command.
    """
    if _PLAIN.fullmatch(command_line) is not None:
        return tuple(_WORD.findall(command_line)) or None
    args = _unquoted(command_line)
    return None if not args or "=" in args[0] else tuple(args)


def _unquoted(command_line: str) -> list[str] | None:
    """The arguments without their quotes and backslashes; None as soon as a shell is needed."""
    args: list[str] = []
    argument: list[str] = []
    position = 0
    while position < len(command_line):
        piece = _PIECE.match(command_line, position)
        if piece is None:
            return None
        position = piece.end()
        kind = piece.lastgroup or ""
        if kind == "gap":
            _finish(argument, args)
        elif kind == "double":
            argument.append(_ESCAPED_IN_DOUBLE_QUOTES.sub(r"\1", piece[kind]))
        else:
            argument.append(piece[kind])
    _finish(argument, args)
    return args


def _finish(argument: list[str], args: list[str]) -> None:
    if argument:
        args.append("".join(argument))
        argument.clear()
