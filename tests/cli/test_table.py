"""Tables that fit the terminal."""

import io

import pytest

from atalaia.cli.table import Cell, Terminal, columns_of, cut, harmless


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Terminal(Screen())


def test_a_table_fits_the_terminal(terminal: Terminal) -> None:
    terminal.has_colours = False
    rows = [
        [Cell("a host with a very long name"), Cell("OK"), Cell("an output that is longer than there is room")]
    ]

    lines = terminal.table(("host", "state", "output"), rows)

    assert [columns_of(line) <= 40 for line in lines] == [True, True]
    assert lines[1].startswith("a host ")
    assert "OK" in lines[1]
    assert lines[1].endswith("…")


def test_a_file_gets_everything() -> None:
    lines = Terminal(io.StringIO()).table(("a",), [[Cell("x" * 500)]])

    assert lines[1] == "x" * 500


def test_colours_do_not_change_the_layout(terminal: Terminal) -> None:
    line = terminal.table(("state", "output"), [[Cell("OK", "ok"), Cell("fine")]])[1]

    assert line == "\x1b[32mOK\x1b[0m     fine"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)

    assert Terminal(Screen()).paint("x", "ok") == "x"


def test_a_file_gets_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)

    assert Terminal(io.StringIO()).paint("x", "ok") == "x"


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("ação", 4), ("ac\u0327a\u0303o", 4), ("日本", 4), ("", 0), ("…", 1)]
)
def test_columns_are_what_a_terminal_shows(text: str, columns: int) -> None:
    assert columns_of(text) == columns


@pytest.mark.parametrize(
    ("text", "width", "short"), [("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("日本語", 4, "日…")]
)
def test_text_is_cut_with_an_ellipsis(text: str, width: int, short: str) -> None:
    assert cut(text, width) == short


@pytest.mark.parametrize(
    ("text", "tame"),
    [("a\tb\nc", "a b c"), ("\x1b[31mred", " [31mred"), ("\x9b2J", " 2J"), ("abc\u202edef", "abc def")],
)
def test_text_from_outside_is_made_harmless(text: str, tame: str) -> None:
    assert harmless(text) == tame
