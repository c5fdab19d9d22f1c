"""Lines of the command file, by Nagios' rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.orders import Order
from atalaia.interop.command_text import LONGEST, Lines, Refusal, read_order


@pytest.mark.parametrize(
    ("line", "at", "text"),
    [
        (b"[1800000000] ENABLE_NOTIFICATIONS", 1800000000, "ENABLE_NOTIFICATIONS"),
        (b"  [12] A;b;c  \r", 12, "A;b;c"),
        (b"[12]xA;b", 12, "A;b"),
        (b"noise [12] A", 12, "A"),
        (b"[soon] A", 0, "A"),
        (b"[] A", 0, "A"),
        (b"[-5] A", 0, "A"),
        (b"[12 ] A;;", 12, "A;;"),
        (b"[12] A;[x];]", 12, "A;[x];]"),
        ("[12] A;Grüße".encode(), 12, "A;Grüße"),
        ("[12] A;Grüße".encode("latin-1"), 12, "A;Grüße"),
        (b"[12] A;\0b", 12, "A;b"),
    ],
)
def test_a_command_is_read_as_nagios_reads_it(line: bytes, at: float, text: str) -> None:
    order = read_order(line)

    assert isinstance(order, Order)
    assert (order.entry_time, order.text, order.source) == (at, text, "file")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"ENABLE_NOTIFICATIONS", "malformed"),
        (b"[12", "malformed"),
        (b"[12 A", "malformed"),
        (b"[12]", "malformed"),
        (b"[12] ", "malformed"),
        (b"[12]  A", "unknown"),
        (None, "malformed"),
    ],
)
def test_what_is_no_command_is_refused(line: bytes | None, fault: str) -> None:
    refusal = read_order(line)

    assert isinstance(refusal, Refusal)
    assert refusal.fault == fault
    assert refusal.reason


@pytest.mark.parametrize("line", [b"", b" \t\r", b"\0"])
def test_an_empty_line_is_nothing(line: bytes) -> None:
    assert read_order(line) is None


def test_a_line_without_end_waits() -> None:
    lines = Lines()

    assert list(lines.feed(b"[1] A\n[2] ")) == [b"[1] A"]
    assert list(lines.feed(b"B")) == []
    assert list(lines.feed(b"\n\n[3] C")) == [b"[2] B"]
    assert lines.end() == b"[3] C"


def test_an_endless_line_is_given_up_and_skipped_to_its_end() -> None:
    lines = Lines()

    assert list(lines.feed(b"x" * LONGEST)) == []
    assert list(lines.feed(b"x")) == [None]
    assert list(lines.feed(b"x" * 10 * LONGEST)) == []
    assert list(lines.feed(b"x\n[1] A\n")) == [b"[1] A"]
    assert list(lines.feed(b"y" * (LONGEST + 1) + b"\n[2] B\n")) == [None, b"[2] B"]


@given(st.lists(st.binary(max_size=20).filter(lambda one: b"\n" not in one)), st.integers(1, 7))
def test_however_the_bytes_arrive_the_lines_are_the_same(parts: list[bytes], at_once: int) -> None:
    data = b"".join(part + b"\n" for part in parts)
    lines = Lines()

    found = [line for n in range(0, len(data), at_once) for line in lines.feed(data[n : n + at_once])]

    assert found == [part for part in parts if part]


@given(st.binary(max_size=200))
def test_no_line_does_any_harm(line: bytes) -> None:
    read_order(line)
