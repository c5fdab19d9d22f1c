"""The smaller parts by themselves: values, dates, circles, tables."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.config import effects, values
from atalaia.config.cycles import find_cycles
from atalaia.config.load import load
from atalaia.config.main_directives import MAIN_DIRECTIVES
from atalaia.config.names import compile_posix
from atalaia.config.source import join_continued, strip_comment
from atalaia.config.timeperiod_parse import parse_date_line, parse_times
from atalaia.core.objects import CommandCall, MainSettings, Model, TimeRange

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "number", "whole"),
    [
        ("5", 5, True),
        (" 7x", 7, False),
        ("yes", 0, False),
        ("-3", -3, True),
        ("2147483648", -(2**31), True),
        ("", 0, False),
    ],
)
def test_integers_are_read_as_in_c(text: str, number: int, whole: bool) -> None:
    assert values.read_int(text) == values.Read(number, whole=whole)


@pytest.mark.parametrize(
    ("text", "number"), [("1.5x", 1.5), (".5", 0.5), ("1e2", 100.0), ("0x10", 16.0), ("x", 0.0), ("-2.", -2.0)]
)
def test_decimals_are_read_as_in_c(text: str, number: float) -> None:
    assert values.read_float(text).value == number


@pytest.mark.parametrize(("text", "number"), [("0x1f", 31), ("010", 8), ("10", 10), ("-1", 2**64 - 1)])
def test_masks_are_read_in_the_notation_of_c(text: str, number: int) -> None:
    assert values.read_unsigned(text).value == number


def test_a_command_call_is_split_at_exclamation_marks() -> None:
    assert values.parse_command_call("c!a b!!d\\!e") == CommandCall("c", ("a b", "", "d!e"), "c!a b!!d\\!e")
    assert values.parse_command_call("c") == CommandCall("c", (), "c")


def test_more_than_32_arguments_are_dropped() -> None:
    assert len(values.parse_command_call("c" + "!x" * 40).args) == 32


def test_all_options_are_marked_and_hold_every_letter() -> None:
    assert values.SERVICE_NOTIFICATIONS.parse("a") == ("arwucfs", False, [])
    assert values.SERVICE_NOTIFICATIONS.parse("c,w") == ("wc", False, [])
    assert values.SERVICE_NOTIFICATIONS.parse("w,n") == ("", True, [])


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a ; b", "a "),
        ("a \\; b ; c", "a ; b "),
        ("a \\; b \\; c", "a ; b ; c"),
        ("; all", ""),
        ("none", "none"),
    ],
)
def test_comments_start_at_the_first_unescaped_semicolon(line: str, text: str) -> None:
    assert strip_comment(line) == text


def test_a_line_goes_on_after_a_backslash() -> None:
    following = iter([(2, "  b\\\r"), (3, "\tc"), (4, "d")])

    assert join_continued("a \\", following) == ("a bc", 2)
    assert join_continued("x\\\\", following) == ("x\\", 0)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("2024-01-01 00:00-24:00", "2024-01-01"),
        ("2024-01-01 / 3 00:00-24:00", "2024-01-01 / 3"),
        ("day 1 - 15 / 5 00:00-24:00", "day 1 - 15 / 5"),
        ("monday 3 - thursday 4 / 2 00:00-24:00", "monday 3 - thursday 4 / 2"),
        ("tuesday 1 april - friday 2 may / 6 00:00-24:00", "tuesday 1 april - friday 2 may / 6"),
    ],
)
def test_a_date_remembers_how_it_was_written(line: str, written: str) -> None:
    pair = parse_date_line(line)

    assert pair is not None
    assert not isinstance(pair[1], str)
    assert pair[1].dates.text == written


def test_only_a_single_calendar_date_with_a_skip_is_open_ended() -> None:
    def open_ended(line: str) -> bool:
        pair = parse_date_line(line)
        assert pair is not None
        assert not isinstance(pair[1], str)
        return pair[1].dates.open_ended

    assert open_ended("2024-01-01 / 3 00:00-24:00")
    assert not open_ended("2024-01-01 00:00-24:00")
    assert not open_ended("2024-01-01 - 2024-02-01 / 3 00:00-24:00")
    assert not open_ended("day 1 - 9 / 3 00:00-24:00")


def test_times_are_seconds_of_the_day() -> None:
    assert parse_times("09:00-12:30,24:00-00:00") == [TimeRange(32400, 45000), TimeRange(86400, 0)]
    assert isinstance(parse_times("09:00"), str)


@given(st.text(max_size=40))
def test_no_date_line_crashes_the_grammar(text: str) -> None:
    parse_date_line(text)
    parse_times(text)


@given(st.text(alphabet="ab[]()*+?{}|^$\\.:1-,", max_size=12), st.text(alphabet="ab1.", max_size=6))
def test_no_expression_crashes_the_translation(pattern: str, name: str) -> None:
    compiled = compile_posix(pattern)

    assert compiled is None or isinstance(bool(compiled.search(name)), bool)


@given(st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=4), max_size=8))
def test_a_circle_is_found_exactly_when_there_is_one(edges: dict[int, list[int]]) -> None:
    reach = {node: set(after) for node, after in edges.items()}
    for _ in range(8):
        for node, after in reach.items():
            reach[node] = after.union(*(reach.get(other, set()) for other in after))
    there_is_one = any(node in after for node, after in reach.items())

    found = find_cycles(edges)

    assert bool(found) == there_is_one
    for circle in found:
        assert all(after in edges[node] for node, after in zip(circle, [*circle[1:], circle[0]], strict=True))


def test_the_table_of_missing_effects_names_only_what_exists() -> None:
    assert effects.WITHOUT_EFFECT.keys() <= MAIN_DIRECTIVES.keys()


def test_every_directive_without_effect_is_explained() -> None:
    section = (ROOT / effects.PAGE).read_text().partition(f"## {effects.SECTION}\n")[2].partition("\n## ")[0]

    assert [name for name in effects.WITHOUT_EFFECT if f"`{name}`" not in section] == []


def test_every_setting_of_the_engine_can_be_written_in_a_main_file() -> None:
    given_otherwise = {"main_file", "user_macros"}

    assert set(MainSettings.__struct_fields__) - given_otherwise <= MAIN_DIRECTIVES.keys()


def _model(folder: Path, text: str) -> Model:
    folder.mkdir()
    (folder / "a.cfg").write_text(text)
    model = load(folder).model
    assert model is not None
    return model
