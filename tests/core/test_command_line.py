"""Command lines cut into arguments as Nagios does it; most rows are also asked of the real daemon."""

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.command_line import split
from support.nagios4 import Nagios4, needs_nagios4

DIRECT = {
    "SHOW a b": ["a", "b"],
    "  SHOW  a\tb ": ["a", "b"],
    "'SHOW' \"a\"": ["a"],
    "SHOW 'a b' \"c d\"": ["a b", "c d"],
    "SHOW ''  \"\" x": ["", "", "x"],
    "SHOW a'b c'\"d\"e": ["ab cde"],
    "SHOW a\\ b \\\\ \\' \\\"": ["a b", "\\", "'", '"'],
    "SHOW \\a\\*\\(\\`\\&": ["a*(`&"],
    'SHOW "a\\\\b\\x\\$c\\`"': ["a\\b\\x$c`"],
    "SHOW 'a\\b' '`$x`'": ["a\\b", "`$x`"],
    "SHOW \"a'b\" 'c\"d'": ["a'b", 'c"d'],
    "SHOW 'it'\\''s'": ["it's"],
    "SHOW '(' \"*\" '<' \"&\"": ["(", "*", "<", "&"],
    "SHOW ~ ~/x [a] #x {a,b} ! ^ =": ["~", "~/x", "[a]", "#x", "{a,b}", "!", "^", "="],
    "SHOW a#b A=b": ["a#b", "A=b"],
    "SHOW é 'ç à'": ["é", "ç à"],
}
SHELL = (
    "SHOW $x",
    'SHOW "$x"',
    "SHOW a$",
    "SHOW `echo x`",
    'SHOW "`echo x`"',
    "SHOW a | cat",
    "SHOW a > /dev/null",
    "SHOW a < /dev/null",
    "SHOW a & true",
    "SHOW /etc/*",
    "SHOW ?",
    "(SHOW a)",
    'SHOW "a\\"b"',
)
"""Directly run or not, these end in the same way; but Nagios gives them to the shell as well."""


@pytest.mark.parametrize("text", DIRECT)
def test_these_run_without_a_shell(text: str) -> None:
    assert split(text) == ("SHOW", *DIRECT[text])


@pytest.mark.parametrize("text", [*SHELL, "SHOW a; true", "SHOW 'a", 'SHOW "a', "SHOW )", "", " \t"])
def test_these_need_a_shell(text: str) -> None:
    assert split(text) is None


@pytest.mark.parametrize("text", ["A=b SHOW", "A=b", "A='b c' SHOW x", 'SHOW "a\\""'])
def test_these_are_left_to_the_shell_although_nagios_tries_itself(text: str) -> None:
    assert split(text) is None


@pytest.mark.parametrize(
    ("text", "args"), [("a\nb\r\nc", ("a", "b", "c")), ("a b\\", ("a", "b")), ("a \\", ("a", ""))]
)
def test_new_lines_separate_and_a_backslash_at_the_end_is_nothing(text: str, args: tuple[str, ...]) -> None:
    assert split(text) == args


def test_blanks_around_quotes_are_no_arguments() -> None:
    assert split(" 'a'  \"b\" ") == ("a", "b")


def test_other_white_space_is_text() -> None:
    assert split("a\u00a0b \x0b 'c'") == ("a\u00a0b", "\x0b", "c")


@given(st.text(alphabet="ab-_/.:,+@%~#[]{}^!é '\""))
def test_what_is_safe_in_a_shell_is_cut_as_a_shell_cuts_it(text: str) -> None:
    args = split(text)

    if args is not None:
        assert list(args) == shlex.split(text)


@given(st.text(alphabet="ab \t\n\\'\"|;`$*=~"))
def test_no_text_is_an_error(text: str) -> None:
    args = split(text)

    assert args is None or (args and "=" not in args[0])


@given(st.lists(st.text(alphabet="a b'\"\\$`;|*é"), min_size=1))
def test_quoted_arguments_come_back(args: list[str]) -> None:
    assert split(shlex.join(["plugin", *args])) in {("plugin", *args), None}


@pytest.fixture(scope="module")
def daemon_says(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """For each row, the arguments that a plugin got, and whether a shell was its parent."""
    nagios = Nagios4(tmp_path_factory.mktemp("nagios"))
    show = tmp_path_factory.mktemp("plugins") / "show"
    show.write_text('#!/bin/sh\nread -r by < /proc/$PPID/comm\nprintf "$by:"\nprintf "<%s>" "$@"\n')
    show.chmod(0o755)
    rows = [*DIRECT, *SHELL]
    nagios.configure(_objects(rows, show), check_workers="6")

    def all_checked() -> bool:
        seen = nagios.status("servicestatus")
        return len(seen) == len(rows) and all(fields["has_been_checked"] == "1" for fields in seen)

    with nagios.running():
        nagios.wait_for(all_checked)
        seen = nagios.status("servicestatus")
    return {rows[int(fields["service_description"])]: fields["plugin_output"] for fields in seen}


def _objects(rows: list[str], show: Path) -> str:
    checked = "    max_check_attempts  1\n    check_period  always\n    contacts  nobody\n}\n"
    text = f"define host {{\n    host_name  h\n    address  x\n{checked}"
    for number, row in enumerate(rows):
        command = row.replace("SHOW", str(show)).replace("$", "$$")
        text += f"define command {{\n    command_name  c{number}\n    command_line  {command}\n}}\n"
        text += f"define service {{\n    host_name  h\n    service_description  {number}\n"
        text += f"    check_command  c{number}\n    check_interval  600\n{checked}"
    return text


@pytest.mark.oracle
@needs_nagios4
@pytest.mark.parametrize("text", DIRECT)
def test_nagios_runs_these_without_a_shell_too(daemon_says: dict[str, str], text: str) -> None:
    assert daemon_says[text] == "nagios4:" + "".join(f"<{arg}>" for arg in DIRECT[text])


@pytest.mark.oracle
@needs_nagios4
@pytest.mark.parametrize("text", SHELL)
def test_nagios_gives_these_to_a_shell_too(daemon_says: dict[str, str], text: str) -> None:
    assert not daemon_says[text].startswith("nagios4:")
