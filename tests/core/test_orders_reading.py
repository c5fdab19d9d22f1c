"""The fields of an external command: how they are cut and read."""

import pytest

from atalaia.core.instants import LATEST, NEVER
from atalaia.core.orders import Order, RefusedError
from atalaia.core.orders.reading import Hand
from support.builders import START, Story, a_model


def hand(arguments: str) -> Hand:
    story = Story(a_model())
    order = Order(text=f"X;{arguments}", entry_time=START)
    return Hand(story.world, "X", arguments, order, START, story.effects)


def test_fields_end_at_semicolons_and_empty_ones_in_the_middle_count() -> None:
    fields = hand("a;;b")

    assert [fields.optional() for _ in range(4)] == ["a", "", "b", None]


def test_behind_the_last_semicolon_there_is_no_field() -> None:
    fields = hand("a;")

    assert fields.text("first") == "a"
    assert not fields.has_more()
    with pytest.raises(RefusedError, match="X lacks its field second"):
        fields.text("second")


def test_the_rest_keeps_its_semicolons() -> None:
    fields = hand("a;b;c")
    fields.text("first")

    assert fields.rest("second") == "b;c"
    with pytest.raises(RefusedError, match="X lacks its field third"):
        fields.rest("third")


def test_a_rest_that_may_be_missing_is_none() -> None:
    assert hand("b;c").optional_rest() == "b;c"
    assert hand("").optional_rest() is None


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), (" 7", 7), ("-7", -7), ("+7", 7), ("7.9", 7), ("7x", 7), ("", 0), ("  ", 0)]
)
def test_a_whole_number_is_read_as_in_c(text: str, number: int) -> None:
    assert hand(f"{text};").number("value") == number


@pytest.mark.parametrize("text", ["1000000001", "-1000000001", "9" * 5000, "0" * 5000 + "9" * 19])
def test_a_number_has_its_limits(text: str) -> None:
    with pytest.raises(RefusedError, match="X: value is out of range: at most 1000000000"):
        hand(f"{text};").number("value")


def test_zeros_in_front_of_a_number_mean_nothing() -> None:
    assert hand("0" * 400 + "7").number("value") == 7


def test_a_moment_reaches_as_far_as_the_calendar() -> None:
    assert hand("253402214400").instant("start_time") == LATEST
    assert hand("-5").instant("start_time") == NEVER
    with pytest.raises(RefusedError, match="X: start_time lies after the year 9999; it is meant in seconds"):
        hand("1800000000000").instant("start_time")


@pytest.mark.parametrize("text", ["x7", "-", "+-7", "."])
def test_what_begins_with_no_digit_is_no_whole_number(text: str) -> None:
    with pytest.raises(RefusedError, match="X: value must be a number"):
        hand(text).number("value")


@pytest.mark.parametrize(("text", "on"), [("1", True), ("2", True), ("0", False), ("-1", False)])
def test_a_switch_is_on_above_0(text: str, on: bool) -> None:
    assert hand(text).flag("persistent") is on


@pytest.mark.parametrize(("text", "at"), [("1800000000", 1_800_000_000.0), ("-5", 0.0), ("12.9", 12.0)])
def test_a_moment_is_never_before_the_epoch(text: str, at: float) -> None:
    assert hand(text).instant("time") == at
