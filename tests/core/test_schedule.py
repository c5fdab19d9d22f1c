"""The spread of first checks, and the first moment that a check period allows. Nagios' schemes."""

from datetime import UTC
from typing import Any

import pytest

from atalaia.core.instants import Instant
from atalaia.core.objects import Service, TimePeriod
from atalaia.core.runtime import Runtime
from atalaia.core.schedule import check_window, fraction, is_scheduled, spread, within_period
from atalaia.core.states import StateType
from support.builders import NEVER_OPEN, START, a_host, a_model, a_service, open_between


def spread_of(*services: Service, **given: Any) -> list[float]:
    settings: dict[str, Any] = {
        "method": "s",
        "interleave": "s",
        "max_spread_minutes": 30,
        "interval_length": 1,
        "hosts": 1,
    }
    return list(spread(services, **(settings | given)).values())


def services(number: int, **fields: Any) -> list[Service]:
    return [a_service(f"s{place}", **fields) for place in range(number)]


@pytest.mark.parametrize(
    ("method", "delays"),
    [
        ("n", [0.0, 0.0, 0.0, 0.0]),
        ("d", [0.0, 1.0, 2.0, 3.0]),
        ("0.5", [0.0, 0.5, 1.0, 1.5]),
        ("s", [0.0, 2.5, 5.0, 7.5]),
    ],
)
def test_between_two_first_checks_lies_what_the_method_says(method: str, delays: list[float]) -> None:
    assert spread_of(*services(4), method=method) == delays


def test_a_smart_spread_is_over_after_so_many_minutes() -> None:
    assert spread_of(*services(4, check_interval=3600.0), max_spread_minutes=1) == [0.0, 15.0, 30.0, 45.0]


@pytest.mark.parametrize(
    ("interleave", "delays"),
    [("1", [0.0, 1.0, 2.0, 3.0]), ("2", [0.0, 2.0, 1.0, 3.0]), ("0", [0.0, 1.0, 2.0, 3.0])],
)
def test_interleaving_deals_them_out_in_rounds(interleave: str, delays: list[float]) -> None:
    assert spread_of(*services(4), method="d", interleave=interleave) == delays


def test_a_delay_beyond_its_interval_becomes_a_place_within_it() -> None:
    delays = spread_of(*services(4), method="100")

    assert delays[0] == 0.0
    assert delays[1:] == [fraction(("web", f"s{place}")) * 10 for place in (1, 2, 3)]
    assert all(0 <= delay < 10 for delay in delays)


def test_where_nothing_is_checked_by_itself_there_is_nothing_to_spread() -> None:
    assert spread_of(a_service(check_interval=0.0)) == []


@pytest.mark.parametrize(
    ("fields", "scheduled"),
    [
        ({}, True),
        ({"check_interval": 0.0}, False),
        ({"active_checks_enabled": False}, False),
        ({"check_command": None}, False),
    ],
)
def test_what_is_checked_by_itself(fields: dict[str, Any], scheduled: bool) -> None:
    assert is_scheduled(a_host(**fields)) is scheduled


@pytest.mark.parametrize(
    ("known", "window"),
    [
        (Runtime(), 600.0),
        (Runtime(state=2), 600.0),
        (Runtime(state=2, state_type=StateType.SOFT), 120.0),
        (Runtime(state_type=StateType.SOFT), 600.0),
    ],
)
def test_an_unconfirmed_problem_is_looked_at_more_often(known: Runtime, window: float) -> None:
    assert check_window(a_service(), known, a_model(interval_length=60).settings) == window


def at_first(seconds: float, period: TimePeriod | None, window: float = 100.0) -> float:
    """The first second that the period allows."""
    service = a_service(check_period=period.timeperiod_name if period else None)
    periods = {period.timeperiod_name: period} if period else {}
    return within_period(service, Instant(START + seconds), window, periods, UTC) - START


def test_within_its_period_a_check_stays_where_it_is() -> None:
    assert at_first(7, None) == 7
    assert at_first(7, open_between(0, 60)) == 7


def test_outside_of_it_the_check_waits_for_the_opening_scattered_over_its_window() -> None:
    place = fraction(("web", "http"))

    assert at_first(0, open_between(50, 500)) == pytest.approx(50 + place * 100)


def test_a_place_that_lies_beyond_the_closing_becomes_the_opening() -> None:
    place = fraction(("web", "http"))
    assert place * 10_000 > 60

    assert at_first(0, open_between(50, 60), window=10_000) == 50


def test_in_a_period_without_an_hour_the_moment_is_left_as_it_is() -> None:
    assert at_first(7, NEVER_OPEN) == 7
