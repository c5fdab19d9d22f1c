"""Text from outside, made safe to show."""

import pytest

from atalaia.texts.plain import one_line, plain_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ok", "ok"),
        ("\x1b[31mred\x1b[0m alert", "red alert"),
        ("\x1b]0;owned\x07title", "title"),
        ("nul\x00bell\x07", "nul\ufffdbell\ufffd"),
        ("price\u202ednuop\u2069", "pricednuop"),
        ("família 👩‍👧 ção", "família 👩‍👧 ção"),
        ("a\tb", "a    b"),
        ("broken \udce7", "broken ?"),
        ("Subject: x\r\nBcc: all@example.com", "Subject: x Bcc: all@example.com"),
        ("one\u2028two\x0bthree\x85four", "one two three four"),
        ("  ", ""),
    ],
)
def test_a_line_holds_nothing_that_misleads(text: str, shown: str) -> None:
    assert one_line(text, 100) == shown


def test_a_long_line_is_cut_with_an_ellipsis() -> None:
    assert one_line("x" * 300, 10) == "xxxxxxxxx…"


def test_a_line_of_just_the_limit_is_whole() -> None:
    assert one_line("x" * 10, 10) == "x" * 10


def test_lines_keep_their_order_and_inner_blanks() -> None:
    assert plain_lines("a\r\n  b\n\nc  \n") == ["a", "  b", "", "c", ""]
