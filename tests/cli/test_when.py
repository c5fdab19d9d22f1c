"""Moments and lengths of time as people type them."""

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from atalaia.cli.client import UsageError
from atalaia.cli.when import duration, moment
from atalaia.core.instants import Instant
from atalaia.texts import texts

EN = texts("en")


@pytest.fixture(autouse=True)
def sao_paulo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/Sao_Paulo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def at(text: str) -> Instant:
    return Instant(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("45m", 2700), ("2h30m", 9000), ("1d", 86_400), ("1w2d", 777_600), ("90s", 90), (" 1h ", 3600)],
)
def test_a_length_of_time_is_read(text: str, seconds: float) -> None:
    assert duration(text, EN) == seconds


@pytest.mark.parametrize("text", ["", "90", "0m", "2 h", "1.5h", "m", "-1h", "30m2h", "²m"])
def test_what_is_no_length_of_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UsageError, match="write 45m, 2h30m or 1d"):
        duration(text, EN)


NOW = "2026-11-25 16:00:00"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("now", NOW),
        ("+2h", "2026-11-25 18:00:00"),
        ("18:00", "2026-11-25 18:00:00"),
        ("18:00:30", "2026-11-25 18:00:30"),
        ("8:00", "2026-11-26 08:00:00"),
        ("16:00", "2026-11-26 16:00:00"),
        ("2026-11-26 08:00", "2026-11-26 08:00:00"),
        ("2026-11-26T08:00", "2026-11-26 08:00:00"),
        ("2026-12-01", "2026-12-01 00:00:00"),
        ("2026-11-26 08:00+00:00", "2026-11-26 05:00:00"),
    ],
)
def test_a_moment_is_read(text: str, wanted: str) -> None:
    assert moment(text, at(NOW), EN) == at(wanted)


def test_epoch_seconds_are_a_moment() -> None:
    assert moment("1795000000", at(NOW), EN) == 1_795_000_000.0


def test_what_begins_at_a_time_that_has_just_passed_begins_today() -> None:
    assert moment("15:30", at(NOW), EN, begins=True) == at("2026-11-25 15:30:00")
    assert moment("14:30", at(NOW), EN, begins=True) == at("2026-11-26 14:30:00")


@pytest.mark.parametrize("text", ["", "tomorrow", "25:00", "18:60", "2026-13-01", "+", "+x", "12345", "٣:٠٠"])
def test_what_is_no_moment_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UsageError, match="write"):
        moment(text, at(NOW), EN)


def test_readers_are_answered_in_their_language() -> None:
    with pytest.raises(UsageError, match="não é uma duração"):
        duration("nix", texts("pt_BR"))
