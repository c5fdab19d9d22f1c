"""When the log is rotated and what the old one is called, around the clock's oddities."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from atalaia.core.instants import Instant
from atalaia.interop.rotation import archive_path, long_date, next_rotation

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, zone: ZoneInfo = BERLIN) -> Instant:
    return Instant(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


@pytest.mark.parametrize(
    ("method", "now", "expected"),
    [
        ("h", "2026-08-08T10:59:59", "2026-08-08T11:00:00"),
        ("h", "2026-08-08T11:00:00", "2026-08-08T12:00:00"),
        ("d", "2026-08-08T00:00:00", "2026-08-09T00:00:00"),
        ("d", "2026-12-31T23:59:59", "2027-01-01T00:00:00"),
        ("w", "2026-08-08T10:00:00", "2026-08-09T00:00:00"),
        ("w", "2026-08-09T00:00:00", "2026-08-16T00:00:00"),
        ("m", "2026-01-31T12:00:00", "2026-02-01T00:00:00"),
        ("m", "2028-02-01T00:00:00", "2028-03-01T00:00:00"),
    ],
)
def test_the_next_moment_is_a_full_one_of_the_local_clock(method: str, now: str, expected: str) -> None:
    assert next_rotation(method, at(now), BERLIN) == at(expected)


def test_nothing_is_rotated_where_nobody_asks_for_it() -> None:
    assert next_rotation("n", at("2026-08-08T10:00:00"), BERLIN) is None


def test_a_day_with_23_hours_ends_at_midnight() -> None:
    spring = at("2026-03-29T00:00:00")

    assert next_rotation("d", spring, BERLIN) == spring + 23 * 3600


def test_an_hour_that_the_clock_shows_twice_is_two_hours() -> None:
    first = Instant(datetime(2026, 10, 25, 0, 0, tzinfo=UTC).timestamp())  # 02:00 summer time in Berlin

    second = next_rotation("h", first, BERLIN)
    assert second == first + 3600
    assert next_rotation("h", second, BERLIN) == second + 3600


def test_a_midnight_that_does_not_exist_is_an_hour_later() -> None:
    zone = ZoneInfo("America/Santiago")  # on 2026-09-06 the clock goes from 23:59:59 to 01:00
    before = at("2026-09-05T12:00:00", zone)

    after = next_rotation("d", before, zone)
    assert after is not None
    assert datetime.fromtimestamp(after, zone).date().isoformat() == "2026-09-06"


def test_the_archive_is_named_by_the_moment() -> None:
    path = archive_path("/var/archives", at("2026-08-09T00:00:00"), BERLIN)

    assert str(path) == "/var/archives/nagios-08-09-2026-00.log"


def test_the_date_of_a_start_is_english() -> None:
    assert long_date(at("2026-03-05T07:08:09", SAO_PAULO), SAO_PAULO) == "Thu Mar 05 07:08:09 -03 2026"
