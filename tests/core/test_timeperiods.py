"""When periods are open and when they open; the table is recorded from Nagios (see the oracle test beside)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from atalaia.core import timeperiods
from atalaia.core.instants import Instant
from atalaia.core.timeperiods import Calendar, calendar_for, contains, next_opening, room
from support.period_rows import ALL_DAY, PERIODS, RECORDED, calendar, month_week_day, period

LISBON = ZoneInfo("Europe/Lisbon")


def at(moment: str, tz: ZoneInfo = LISBON) -> Instant:
    """The instant that a clock on the wall shows as `moment`."""
    return Instant(datetime.fromisoformat(moment).replace(tzinfo=tz).timestamp())


@pytest.mark.parametrize(("name", "moment", "is_open", "opening"), RECORDED)
def test_answers_are_those_recorded_from_nagios(name: str, moment: str, is_open: bool, opening: str) -> None:
    assert contains(PERIODS, name, at(moment), LISBON) is is_open
    assert next_opening(PERIODS, name, at(moment), LISBON) == at(opening or moment)


def test_no_period_is_always_open() -> None:
    moment = at("2031-01-06 03:00:00")

    assert contains(PERIODS, None, moment, LISBON)
    assert next_opening(PERIODS, None, moment, LISBON) == moment
    assert room(PERIODS, None, moment, 300.0, LISBON) == 300.0
    calendar_of_lisbon = Calendar(PERIODS, LISBON)
    assert calendar_of_lisbon.contains(None, moment)
    assert calendar_of_lisbon.next_opening(None, moment) == moment
    assert calendar_of_lisbon.room(None, moment, 300.0) == 300.0


def test_an_unknown_period_is_an_error() -> None:
    with pytest.raises(KeyError):
        contains(PERIODS, "nonesuch", at("2031-01-06 03:00:00"), LISBON)


def test_a_range_holds_to_the_end_of_its_last_second() -> None:
    noon = at("2031-01-06 12:00:00")

    assert contains(PERIODS, "work", Instant(noon + 0.9), LISBON)
    assert not contains(PERIODS, "work", Instant(noon + 1.0), LISBON)


def test_a_fraction_of_a_second_stays_when_the_period_is_open() -> None:
    moment = Instant(at("2031-01-06 10:00:00") + 0.25)

    assert next_opening(PERIODS, "work", moment, LISBON) == moment


def test_ranges_mean_what_the_clock_on_the_wall_shows_on_the_days_of_a_change() -> None:
    for day in ("2031-03-30", "2031-10-26"):
        assert not contains(PERIODS, "night", at(f"{day} 21:59:59"), LISBON)
        assert contains(PERIODS, "night", at(f"{day} 22:00:00"), LISBON)


def test_a_day_that_begins_at_one_o_clock_has_its_ranges() -> None:
    sao_paulo = ZoneInfo("America/Sao_Paulo")

    assert contains(PERIODS, "night", at("2016-10-16 01:00:00", sao_paulo), sao_paulo)
    assert not contains(PERIODS, "night", at("2016-10-16 03:31:00", sao_paulo), sao_paulo)
    assert contains(PERIODS, "night", at("2016-10-16 22:00:00", sao_paulo), sao_paulo)


def test_on_the_way_to_summer_an_every_other_day_rule_may_start() -> None:
    periods = {"p": period("p", (calendar("2031-03-30", every=2), ALL_DAY))}

    assert contains(periods, "p", at("2031-03-30 12:00:00"), LISBON)
    assert not contains(periods, "p", at("2031-03-31 12:00:00"), LISBON)
    assert contains(periods, "p", at("2031-04-01 12:00:00"), LISBON)


def test_months_and_days_out_of_bounds_count_on() -> None:
    wrong = replace(calendar("2030-01-01"), start_month=13, start_day=30, end_month=13, end_day=30)
    periods = {"p": period("p", (wrong, ALL_DAY))}

    assert contains(periods, "p", at("2031-03-02 12:00:00"), LISBON)
    assert not contains(periods, "p", at("2031-02-28 12:00:00"), LISBON)


def test_a_date_without_a_year_matches_never() -> None:
    wrong = replace(calendar("2031-01-01"), start_year=0, end_year=0)
    periods = {"p": period("p", (wrong, ALL_DAY))}

    assert not contains(periods, "p", at("2031-01-01 12:00:00"), LISBON)


def test_a_week_day_that_a_month_does_not_have_ends_no_span_that_counts_from_the_end() -> None:
    periods = {"p": period("p", (month_week_day("monday 1 january", "friday -5 february"), ALL_DAY))}

    assert not contains(periods, "p", at("2031-01-10 12:00:00"), LISBON)


def test_periods_that_exclude_each_other_in_a_circle_come_to_an_end() -> None:
    periods = {
        "a": period("a", every_day="08:00-12:00", exclude=["b"]),
        "b": period("b", every_day="10:00-14:00", exclude=["c"]),
        "c": period("c", every_day="11:00-16:00", exclude=["a"]),
        "self": period("self", every_day="08:00-12:00", exclude=["self"]),
    }

    assert contains(periods, "a", at("2031-01-06 09:00:00"), LISBON)
    assert not contains(periods, "a", at("2031-01-06 10:30:00"), LISBON)
    assert contains(periods, "self", at("2031-01-06 09:00:00"), LISBON)
    assert next_opening(periods, "a", at("2031-01-06 07:00:00"), LISBON) == at("2031-01-06 08:00:00")
    assert next_opening(periods, "self", at("2031-01-06 07:00:00"), LISBON) == at("2031-01-06 08:00:00")


def test_exclusions_that_multiply_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeperiods, "_BUDGET", 500)
    chain = {f"p{n}": period(f"p{n}", every_day=ALL_DAY, exclude=[f"p{n + 1}"]) for n in range(5)}
    periods = {**chain, "p5": period("p5")}
    moment = at("2031-01-06 07:00:00")

    assert next_opening(periods, "p0", moment, LISBON) == moment


def test_a_search_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeperiods, "_BUDGET", 10)
    moment = at("2031-01-06 07:00:00")

    assert next_opening(PERIODS, "never", moment, LISBON) == moment


def test_the_window_is_cut_where_the_period_closes() -> None:
    assert room(PERIODS, "work", at("2031-01-06 11:58:00"), 300.0, LISBON) == 120.0


def test_the_window_is_whole_when_the_period_stays_open() -> None:
    assert room(PERIODS, "work", at("2031-01-06 11:00:00"), 300.0, LISBON) == 300.0
    assert room(PERIODS, "all", at("2031-01-06 11:00:00"), 300.0, LISBON) == 300.0


def test_ranges_without_a_gap_are_one_span() -> None:
    assert room(PERIODS, "night", at("2031-01-06 23:59:00"), 20_000.0, LISBON) == 60.0 + 3.5 * 3600


def test_the_window_is_whole_when_the_period_closes_at_once() -> None:
    assert room(PERIODS, "work", at("2031-01-06 12:00:00"), 300.0, LISBON) == 300.0


def test_the_window_is_cut_where_an_excluded_period_opens() -> None:
    assert room(PERIODS, "all-but-work", at("2031-01-06 08:58:00"), 300.0, LISBON) == 120.0


def test_an_excluded_period_that_never_opens_cuts_nothing() -> None:
    periods = {**PERIODS, "p": period("p", every_day=ALL_DAY, exclude=["never"])}

    assert room(periods, "p", at("2031-01-06 08:58:00"), 300.0, LISBON) == 300.0


def test_what_was_found_out_about_a_day_is_thrown_away_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeperiods, "_DAYS_KEPT", 3)
    here = Calendar(PERIODS, LISBON)
    days = [at(f"2031-01-{day:02} 10:00:00") for day in range(6, 18)]

    assert [here.contains("work", day) for day in days] == [True] * 5 + [False] * 2 + [True] * 5
    assert here.contains("work", days[0])


def test_a_mapping_has_one_calendar_for_each_time_zone() -> None:
    ours = dict(PERIODS)

    assert calendar_for(ours, LISBON) is calendar_for(ours, LISBON)
    assert calendar_for(ours, LISBON) is not calendar_for(ours, UTC)
    assert calendar_for(ours, LISBON) is not calendar_for(dict(ours), LISBON)


def test_a_fixed_offset_will_do_as_a_time_zone() -> None:
    assert contains(PERIODS, "work", at("2031-01-06 10:00:00", ZoneInfo("UTC")), UTC)


_SECONDS = st.integers(min_value=0, max_value=2_000_000_000)


@given(_SECONDS, st.sampled_from(["work", "night", "week-days", "month-days"]))
def test_the_next_opening_is_open_where_clocks_do_not_change(second: int, name: str) -> None:
    opening = next_opening(PERIODS, name, Instant(float(second)), UTC)

    assert opening >= second
    assert contains(PERIODS, name, opening, UTC)


@given(_SECONDS, st.sampled_from(["work", "night"]))
def test_nothing_is_open_before_the_next_opening(second: int, name: str) -> None:
    opening = next_opening(PERIODS, name, Instant(float(second)), UTC)

    for part in range(20):
        before = Instant(float(second + int((opening - second) * part / 20)))
        assert before == opening or not contains(PERIODS, name, before, UTC)
