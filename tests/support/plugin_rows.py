"""How plugins end, and what Nagios Core makes of it: recorded from 4.4.6, asked again by the oracle test."""

import shlex
from dataclasses import dataclass, field
from pathlib import Path

from atalaia.core.instants import Instant
from atalaia.core.results import RawResult

Said = tuple[int, str, str, str]
"""State, short output, long output (newlines as in memory), performance data."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One ending of a plugin: what the process did, and the results for a service and for a host."""

    name: str
    stdout: bytes = b""
    stderr: bytes = b""
    exit_code: int = 0
    signal: int = 0
    sleeps: bool = False
    command: str = ""
    """For endings that no script can bring about; ``{folder}`` is replaced."""
    service: Said
    host: Said
    files: dict[str, int] = field(default_factory=dict)
    """Files to make in the folder, with their modes."""

    def raw(self) -> RawResult:
        """The ending as a runner reports it."""
        return RawResult(
            exit_code=self.exit_code,
            signal=self.signal,
            timed_out=self.sleeps,
            stdout=self.stdout,
            stderr=self.stderr,
            started=Instant(1_000_000.0),
            finished=Instant(1_000_002.0) if self.sleeps else Instant(1_000_000.25),
        )

    def command_line(self, folder: Path) -> str:
        """A command that ends like this."""
        for name, mode in self.files.items():
            (folder / name).write_text("#!/nonexistent/interpreter\n")
            (folder / name).chmod(mode)
        if self.command:
            return self.command.format(folder=folder)
        script = folder / self.name
        ending = f"kill -{self.signal} $$" if self.signal else f"exit {self.exit_code}"
        script.write_text(
            f"#!/bin/sh\nprintf '{_octal(self.stdout)}'\nprintf '{_octal(self.stderr)}' >&2\n"
            f"{'sleep 30' if self.sleeps else ''}\n{ending}\n"
        )
        script.chmod(0o755)
        return shlex.quote(str(script))


def _octal(data: bytes) -> str:
    return "".join(f"\\{byte:03o}" for byte in data)


_NO_STDOUT = "(No output on stdout) stderr:"
_EXEC = "execvp({path}, ...) failed. errno is {errno}: {reason}"
_MISSING = _EXEC.format(path="/nonexistent/plugin", errno=2, reason="No such file or directory")
_TEXT = b"said;so |p=1\nmore\n"
_SAID = ("said:so", "more", "p=1")


def _out_of_bounds(name: str, code: int) -> tuple[str, str]:
    return (
        f"(Return code of {code} for service 's {name}' on host 'h-{name}' was out of bounds)",
        f"(Return code of {code} for host 'h-{name}' was out of bounds)",
    )


def _plain(name: str, stdout: bytes, said: tuple[str, str, str]) -> Row:
    return Row(name=name, stdout=stdout, service=(0, *said), host=(0, *said))


def _bad_code(name: str, code: int, **how: object) -> Row:
    for_service, for_host = _out_of_bounds(name, code)
    return Row(
        name=name,
        stdout=_TEXT,
        exit_code=code,
        service=(2, for_service, "more", "p=1"),
        host=(1, for_host, "", ""),
        **how,  # type: ignore[arg-type]
    )


def _shell_code(name: str, code: int, advice: str, command: str = "") -> Row:
    words = f"(Return code of {code} is out of bounds. Check if plugin {advice})"
    stdout = b"" if command else _TEXT
    return Row(
        name=name,
        stdout=stdout,
        exit_code=code,
        command=command,
        service=(2, words, "", ""),
        host=(1, words, "", ""),
    )


def _no_exec_permission(name: str, command: str, **how: object) -> Row:
    for_service, for_host = _out_of_bounds(name, 13)
    return Row(
        name=name,
        exit_code=13,
        stderr=b"execvp(...) failed. errno is 13: Permission denied",
        command=command,
        service=(2, for_service, "", ""),
        host=(1, for_host, "", ""),
        **how,  # type: ignore[arg-type]
    )


ROWS = (
    Row(name="exit-0", stdout=_TEXT, service=(0, *_SAID), host=(0, *_SAID)),
    Row(name="exit-1", stdout=_TEXT, exit_code=1, service=(1, *_SAID), host=(0, *_SAID)),
    Row(name="exit-2", stdout=_TEXT, exit_code=2, service=(2, *_SAID), host=(1, *_SAID)),
    Row(name="exit-3", stdout=_TEXT, exit_code=3, service=(3, *_SAID), host=(1, *_SAID)),
    _bad_code("exit-4", 4),
    _bad_code("exit-255", 255),
    _shell_code("exit-126", 126, "is executable"),
    _shell_code("exit-127", 127, "exists"),
    _shell_code("missing-in-shell", 127, "exists", "/nonexistent/plugin 2>&1"),
    Row(
        name="missing",
        exit_code=2,
        stderr=f"{_MISSING}\n".encode(),
        command="/nonexistent/plugin -w 1",
        service=(2, f"{_NO_STDOUT} {_MISSING}", "", ""),
        host=(1, f"{_NO_STDOUT} {_MISSING}", "", ""),
    ),
    _no_exec_permission("not-executable", "{folder}/no-x", files={"no-x": 0o644}),
    _no_exec_permission("folder-as-plugin", "{folder}"),
    Row(name="signal", stdout=_TEXT, signal=9, service=(3, *_SAID), host=(1, *_SAID)),
    Row(name="signal-silent", signal=15, service=(3, _NO_STDOUT, "", ""), host=(1, _NO_STDOUT, "", "")),
    _bad_code("signal-in-shell", 137, command="printf 'said\\;so |p=1\\nmore\\n'\\; sh -c 'kill -9 $$$$'"),
    Row(
        name="timeout",
        stdout=_TEXT,
        sleeps=True,
        service=(2, "(Service check timed out after 2.00 seconds)", "", ""),
        host=(1, "(Host check timed out after 2.00 seconds)", "", ""),
    ),
    Row(name="silent", service=(0, _NO_STDOUT, "", ""), host=(0, _NO_STDOUT, "", "")),
    Row(name="silent-1", exit_code=1, service=(1, _NO_STDOUT, "", ""), host=(0, _NO_STDOUT, "", "")),
    Row(
        name="stderr-only",
        stderr=b"oops; a|b=1\nmore\n",
        exit_code=2,
        service=(2, f"{_NO_STDOUT} oops: a", "more", "b=1"),
        host=(1, f"{_NO_STDOUT} oops: a", "more", "b=1"),
    ),
    Row(
        name="empty-first-line",
        stdout=b"\nlong;l|perf=1\np2=2\n",
        service=(0, "(No output returned from plugin)", "long;l", "perf=1 p2=2"),
        host=(0, "(No output returned from host check)", "long;l", "perf=1 p2=2"),
    ),
    Row(
        name="only-a-newline",
        stdout=b"\n",
        service=(0, "(No output returned from plugin)", "", ""),
        host=(0, "(No output returned from host check)", "", ""),
    ),
    _plain("first-line-of-blanks", b"  \t \nlong\n", ("", "long", "")),
    _plain("only-perfdata", b"|a=1\n", ("", "", "a=1")),
    _plain(
        "many-lines",
        b"  ok ;x |  a=1  b=2|c \nl1 \\n\n\nl3|d=1\ne=2|f\n\ng=3\n\n",
        ("ok :x", "l1 \\n\n\nl3", "a=1  b=2|c  d=1 e=2|f  g=3"),
    ),
    _plain("empty-perfdata-parts", b"OK|\n|\n|z\n", ("OK", "", "|z")),
    _plain("empty-lines-at-the-end", b"OK\nx\n\n\n", ("OK", "x\n\n", "")),
    _plain("no-newline", b"OK", ("OK", "", "")),
    _plain("carriage-returns", b"ab\r\nlong\r\n|x=1\r\n", ("ab", "long\r\n", "x=1")),
    _plain("nul", b"ab\0cd|p=1\nlong", ("ab", "", "")),
    Row(
        name="nul-first",
        stdout=b"\0cd|p=1\n",
        stderr=b"err\n",
        service=(0, f"{_NO_STDOUT} err", "", ""),
        host=(0, f"{_NO_STDOUT} err", "", ""),
    ),
    _plain("other-white-space", "\u00a0x\u00a0|\u00a0y=1".encode(), ("\u00a0x\u00a0", "", "\u00a0y=1")),
    # Of more than 4096 bytes written at once Nagios may lose the rest, from one run to the next.
    _plain("long-line", b"x" * 4000, ("x" * 4000, "", "")),
)
