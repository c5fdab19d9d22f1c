"""Bytes of a plugin to text, and text to short output, long output and performance data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.plugin_output import (
    NO_HOST_OUTPUT,
    PerfValue,
    decode,
    escaped,
    parse_output,
    parse_perfdata,
    unescaped,
)
from atalaia.core.results import CheckOutput


def test_the_usual_line_is_text_and_perfdata() -> None:
    said = parse_output("HTTP OK - 0.003 s |time=0.003s;;;0;10 size=12B\n")

    assert said == CheckOutput(output="HTTP OK - 0.003 s", perfdata="time=0.003s;;;0;10 size=12B")


def test_a_semicolon_becomes_a_colon_in_the_short_output_only() -> None:
    said = parse_output("a;b|x=1;2\nc;d")

    assert said == CheckOutput(output="a:b", long_output="c;d", perfdata="x=1;2")


def test_an_empty_first_line_is_worded_by_the_caller() -> None:
    assert parse_output("", missing=NO_HOST_OUTPUT).output == NO_HOST_OUTPUT


def test_backslashes_are_data() -> None:
    assert parse_output("a\\nb\nc\\\\d\\n").long_output == "c\\\\d\\n"


def test_a_long_output_is_kept_whole() -> None:
    assert parse_output("x" * 100_000 + "\n" + "y" * 100_000) == CheckOutput(
        output="x" * 100_000, long_output="y" * 100_000
    )


@given(st.text(alphabet="a |\n;\0\t"))
def test_parsing_agrees_with_a_line_by_line_reading(text: str) -> None:
    assert parse_output(text, missing="?") == _line_by_line(text)


def _line_by_line(text: str) -> CheckOutput:
    """The rules read out loud, one line after the other."""
    lines = text.partition("\0")[0].split("\n")
    if lines[-1] == "":
        lines.pop()
    short, long, perf = "?", [], []
    in_perfdata = False
    for number, line in enumerate(lines):
        left, bar, right = line.partition("|")
        if number == 0:
            short = left.strip(" \t").replace(";", ":") if line else short
            perf.append(right)
        elif in_perfdata:
            perf.append(line)
        else:
            long.append(left)
            in_perfdata = bool(bar)
            perf.extend([right] if right else [])
    return CheckOutput(output=short, long_output="\n".join(long), perfdata=" ".join(perf).strip(" \t"))


def test_long_output_is_written_down_on_one_line() -> None:
    assert escaped("a\\b\nc") == "a\\\\b\\nc"


def test_in_results_from_outside_only_two_escapes_mean_something() -> None:
    assert unescaped("OK\\nmore \\\\n C:\\temp \\") == "OK\nmore \\n C:\\temp \\"


@given(st.text(alphabet="a\\n\n|"))
def test_what_was_written_down_is_read_back(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_utf_8_is_read_as_such() -> None:
    assert decode("não há espaço ✓".encode()) == "não há espaço ✓"


def test_bytes_that_are_not_utf_8_are_read_as_windows_text() -> None:
    assert decode(b"ol\xe9 \x80 " + "é".encode()) == "olé € é"


def test_a_byte_without_any_meaning_becomes_the_replacement_character() -> None:
    assert decode(b"a\x81b") == "a\ufffdb"


@given(st.binary())
def test_decoding_never_fails_and_always_gives_text_that_can_be_encoded(data: bytes) -> None:
    decode(data).encode()


def test_a_perfdata_item_has_a_label_a_value_a_unit_and_limits() -> None:
    assert parse_perfdata("time=0.25s;~:3;@1:2;0;10") == (
        PerfValue(label="time", value=0.25, unit="s", warn="~:3", crit="@1:2", minimum=0.0, maximum=10.0),
    )


def test_limits_may_be_left_out() -> None:
    assert parse_perfdata("a=1 b=2;; c=3;;;;9") == (
        PerfValue(label="a", value=1.0),
        PerfValue(label="b", value=2.0),
        PerfValue(label="c", value=3.0, maximum=9.0),
    )


def test_a_label_in_quotes_may_have_blanks_equal_signs_and_doubled_quotes() -> None:
    assert [item.label for item in parse_perfdata("'it''s = full'=1 '/ x'=2")] == ["it's = full", "/ x"]


def test_u_is_an_unknown_value() -> None:
    assert parse_perfdata("a=U;1;2") == (PerfValue(label="a", value=None, warn="1", crit="2"),)


@pytest.mark.parametrize(
    ("written", "value"),
    [("1,5", 1.5), ("-3", -3.0), ("+.5", 0.5), ("3.", 3.0), ("1e3", 1000.0), ("2E-2", 0.02)],
)
def test_numbers_are_taken_in_all_the_ways_that_plugins_write_them(written: str, value: float) -> None:
    assert parse_perfdata(f"a={written}ms") == (PerfValue(label="a", value=value, unit="ms"),)


@pytest.mark.parametrize(
    "broken",
    ["nonsense", "a=", "=1", "a=Ux", "a=--1", "a=1;2 3", "'open=1", "a=9e999", "'x y=4 z'=bad", "a=1x2", "''"],
)
def test_a_broken_item_spoils_nothing_else(broken: str) -> None:
    labels = [item.label for item in parse_perfdata(f"first=1 {broken} last=2 'the end'=3")]

    assert labels[0] == "first"
    assert labels[-2:] == ["last", "the end"]
    assert not set(labels) & {"'open", "y", "x", "z'"}


def test_a_limit_that_is_no_finite_number_counts_as_left_out() -> None:
    assert parse_perfdata("a=1;;;x;9e999") == (PerfValue(label="a", value=1.0),)


def test_blanks_alone_are_no_perfdata() -> None:
    assert parse_perfdata(" \t ") == ()


@given(st.text(alphabet="'=;U1.,e- \ta"))
def test_no_perfdata_is_an_error(text: str) -> None:
    parse_perfdata(text)


_LABELS = st.text(alphabet="ab '=/", min_size=1)


@given(st.lists(st.tuples(_LABELS, st.floats(allow_nan=False, allow_infinity=False))))
def test_what_is_written_by_the_guidelines_is_read_back(items: list[tuple[str, float]]) -> None:
    text = " ".join(f"'{label.replace(chr(39), chr(39) * 2)}'={value!r}" for label, value in items)

    assert [(item.label, item.value) for item in parse_perfdata(text)] == items
