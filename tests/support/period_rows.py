"""Time periods with every form that a date can take, as objects and in Nagios' own words."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from atalaia.core.objects import ExceptionKind, PeriodException, TimePeriod, TimeRange

WEEK_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)


def times(text: str) -> tuple[TimeRange, ...]:
    """Ranges from ``09:00-12:00,13:00-17:30``."""
    seconds = [
        [3600 * int(hours) + 60 * int(minutes) for hours, minutes in (at.split(":") for at in span.split("-"))]
        for span in text.split(",")
    ]
    return tuple(TimeRange(start, end) for start, end in seconds)


def calendar(start: str, end: str = "", every: int = 0) -> PeriodException:
    """``2031-12-24``, ``2031-12-24 - 2032-01-02 / 3``."""
    first, last = date.fromisoformat(start), date.fromisoformat(end or start)
    return PeriodException(
        kind=ExceptionKind.CALENDAR_DATE,
        start_year=first.year,
        start_month=first.month - 1,
        start_day=first.day,
        end_year=last.year,
        end_month=last.month - 1,
        end_day=last.day,
        skip_interval=every,
        open_ended=every > 1 and not end,
        text=_text(start, end or start, every),
    )


def month_date(start: str, end: str = "", every: int = 0) -> PeriodException:
    """``august 2``, ``december 20 - january -5``."""
    (month, day), (end_month, end_day) = start.split(), (end or start).split()
    return PeriodException(
        kind=ExceptionKind.MONTH_DATE,
        start_month=MONTHS.index(month),
        start_day=int(day),
        end_month=MONTHS.index(end_month),
        end_day=int(end_day),
        skip_interval=every,
        text=_text(start, end or start, every),
    )


def month_day(start: int, end: int | None = None, every: int = 0) -> PeriodException:
    """``day 1``, ``day 20 - -1 / 2``."""
    last = start if end is None else end
    return PeriodException(
        kind=ExceptionKind.MONTH_DAY,
        start_day=start,
        end_day=last,
        skip_interval=every,
        text=_text(f"day {start}", f"day {last}", every),
    )


def month_week_day(start: str, end: str = "", every: int = 0) -> PeriodException:
    """``monday 3 january - friday -1 march``."""
    (day, offset, month), (end_day, end_offset, end_month) = start.split(), (end or start).split()
    return PeriodException(
        kind=ExceptionKind.MONTH_WEEK_DAY,
        start_month=MONTHS.index(month),
        start_week_day=WEEK_DAYS.index(day),
        start_week_day_offset=int(offset),
        end_month=MONTHS.index(end_month),
        end_week_day=WEEK_DAYS.index(end_day),
        end_week_day_offset=int(end_offset),
        skip_interval=every,
        text=_text(start, end or start, every),
    )


def week_day(start: str, end: str = "", every: int = 0) -> PeriodException:
    """``monday 3``, ``monday 1 - friday -1``."""
    (day, offset), (end_day, end_offset) = start.split(), (end or start).split()
    return PeriodException(
        kind=ExceptionKind.WEEK_DAY,
        start_week_day=WEEK_DAYS.index(day),
        start_week_day_offset=int(offset),
        end_week_day=WEEK_DAYS.index(end_day),
        end_week_day_offset=int(end_offset),
        skip_interval=every,
        text=_text(start, end or start, every),
    )


def _text(start: str, end: str, every: int) -> str:
    return (start if start == end else f"{start} - {end}") + (f" / {every}" if every else "")


def period(
    name: str,
    *dates: tuple[PeriodException, str],
    exclude: Iterable[str] = (),
    every_day: str = "",
    **week_days: str,
) -> TimePeriod:
    """A time period; ranges are written as Nagios does."""
    days = {day: every_day for day in WEEK_DAYS if every_day} | week_days
    return TimePeriod(
        timeperiod_name=name,
        alias=name,
        weekdays=tuple(times(days[day]) if day in days else () for day in WEEK_DAYS),
        exceptions=tuple(replace(exception, ranges=times(ranges)) for exception, ranges in dates),
        exclude=tuple(exclude),
    )


def definition(of: TimePeriod) -> str:
    """The period as an object for Nagios."""
    lines = [f"timeperiod_name {of.timeperiod_name}", f"alias {of.alias}"]
    lines += [f"{day} {_times(ranges)}" for day, ranges in zip(WEEK_DAYS, of.weekdays, strict=True) if ranges]
    lines += [f"{exception.text} {_times(exception.ranges)}" for exception in of.exceptions]
    lines += [f"exclude {','.join(of.exclude)}"] if of.exclude else []
    return "define timeperiod {\n" + "".join(f"    {line}\n" for line in lines) + "}\n"


def _times(ranges: tuple[TimeRange, ...]) -> str:
    return ",".join(f"{_clock(span.start)}-{_clock(span.end)}" for span in ranges)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"


WORK = "09:00-12:00,13:00-17:30"
EARLY = "08:00-09:00"
ALL_DAY = "00:00-24:00"

PERIODS = {
    made.timeperiod_name: made
    for made in (
        period("all", every_day=ALL_DAY),
        period("never"),
        period("work", monday=WORK, tuesday=WORK, wednesday=WORK, thursday=WORK, friday=WORK),
        period("night", every_day="00:00-03:30,22:00-24:00"),
        period(
            "edges",
            monday="10:00-10:00",
            tuesday="22:00-06:00",
            wednesday="00:00-00:00",
            thursday="00:00-00:01,23:59-24:00",
            friday="13:00-14:00,09:00-10:00,10:00-11:00",
        ),
        period(
            "calendar-dates",
            (calendar("2031-03-30"), "10:00-12:00"),
            (calendar("2031-10-26"), ALL_DAY),
            (calendar("2030-12-24", "2031-01-02"), "00:00-00:00"),
            sunday="01:00-02:00",
            monday="01:00-02:00",
        ),
        period("over-new-year", (month_date("december 20", "january 5"), EARLY)),
        period("no-such-end", (month_date("february 25", "february 30"), EARLY)),
        period(
            "month-dates",
            (month_date("april 10"), EARLY),
            (month_date("july -1"), EARLY),
            (month_date("march 30"), ALL_DAY),
            (month_date("june -3", "june -1"), EARLY),
            (month_date("may 5", "may -2"), EARLY),
            (month_date("february 30", "march 2"), EARLY),
            (month_date("january 3", "february -30"), EARLY),
        ),
        period("month-days", (month_day(1), ALL_DAY), (month_day(-1), EARLY), (month_day(31), "10:00-11:00")),
        period("day-spans", (month_day(20, 25), ALL_DAY), (month_day(28, 5), EARLY)),
        period(
            "short-months",
            (month_day(30, 31), EARLY),
            (month_day(-40), "10:00-11:00"),
            (month_day(3, -31), EARLY),
        ),
        period(
            "month-week-days",
            (month_week_day("monday 3 january"), ALL_DAY),
            (month_week_day("thursday -1 november"), EARLY),
            (month_week_day("friday 5 april"), EARLY),
            (month_week_day("monday -9 june"), EARLY),
            (month_week_day("monday 1 july", "monday -5 july"), EARLY),
        ),
        period("half-a-year", (month_week_day("thursday 2 august", "monday 3 february"), EARLY)),
        period("no-fifth", (month_week_day("monday 1 march", "friday 5 april"), EARLY)),
        period(
            "week-days",
            (week_day("monday 3"), ALL_DAY),
            (week_day("tuesday -2"), EARLY),
            (week_day("sunday -5"), "10:00-11:00"),
            (week_day("wednesday 9"), EARLY),
            (week_day("friday 5", "saturday 5"), EARLY),
            (week_day("friday 1", "friday -5"), "11:00-12:00"),
        ),
        period("every-third", (calendar("2030-11-01", every=3), "08:00-20:00")),
        period("every-fourth", (calendar("2030-11-01", "2031-12-31", every=4), "08:00-20:00")),
        period("odd-days", (month_day(1, 31, every=2), "08:00-20:00")),
        period("every-fifth", (month_date("january 1", "december 31", every=5), ALL_DAY)),
        period("weekly", (month_week_day("monday 1 january", "friday 2 december", every=7), ALL_DAY)),
        period(
            "precedence",
            (month_date("january 5", "january 10"), "20:00-21:00"),
            (week_day("monday 1"), "05:00-06:00"),
            (month_week_day("monday 1 january"), "04:00-05:00"),
            (month_day(6), "03:00-04:00"),
            (month_date("january 6"), "02:00-03:00"),
            (calendar("2031-01-06"), "01:00-02:00"),
            monday="06:00-07:00",
        ),
        period("first-listed", (month_day(1, 20), "01:00-02:00"), (month_day(5), "02:00-03:00")),
        period("all-but-work", every_day=ALL_DAY, exclude=["work"]),
        period("all-but-free", every_day=ALL_DAY, exclude=["all-but-work"]),
        period("work-but-days", every_day=WORK, exclude=["month-days", "calendar-dates"]),
        period("nested", every_day=ALL_DAY, exclude=["work-but-days", "night"]),
        period("last-sundays", (week_day("sunday -1"), ALL_DAY)),
        period("many-out", every_day=ALL_DAY, exclude=["day-spans", "last-sundays", "night"]),
        period("nothing-left", every_day=WORK, exclude=["all"]),
    )
}

RECORDED = (
    ("work", "2031-01-06 08:59:59", False, "2031-01-06 09:00:00"),
    ("work", "2031-01-06 09:00:00", True, ""),
    ("work", "2031-01-06 12:00:00", True, ""),
    ("work", "2031-01-06 12:00:01", False, "2031-01-06 13:00:00"),
    ("work", "2031-01-10 17:31:00", False, "2031-01-13 09:00:00"),
    ("never", "2031-01-06 08:59:59", False, ""),
    ("edges", "2031-01-06 10:00:00", True, ""),
    ("edges", "2031-01-06 10:00:01", False, "2031-01-09 00:00:00"),
    ("edges", "2031-01-07 23:00:00", False, "2031-01-09 00:00:00"),
    ("edges", "2031-01-08 00:00:00", True, "2031-01-09 00:00:00"),
    ("edges", "2031-01-10 10:00:00", True, ""),
    ("calendar-dates", "2031-03-30 01:30:00", False, "2031-03-30 10:00:00"),
    ("calendar-dates", "2031-03-30 11:00:00", True, ""),
    ("calendar-dates", "2031-10-26 00:30:00", True, ""),
    ("calendar-dates", "2031-10-26 12:00:00", False, "2031-10-27 01:00:00"),
    ("calendar-dates", "2030-12-30 01:30:00", False, "2031-01-05 01:00:00"),
    ("calendar-dates", "2031-01-05 01:30:00", True, ""),
    ("over-new-year", "2030-12-31 08:30:00", True, ""),
    ("over-new-year", "2031-01-03 08:30:00", False, ""),
    ("no-such-end", "2031-02-20 08:30:00", False, "2031-02-25 08:00:00"),
    ("no-such-end", "2031-03-03 08:30:00", True, ""),
    ("no-such-end", "2031-10-26 08:30:00", True, ""),
    ("month-dates", "2031-04-10 08:30:00", True, ""),
    ("month-dates", "2031-07-31 08:30:00", True, ""),
    ("month-dates", "2031-06-28 08:30:00", True, ""),
    ("month-dates", "2031-05-30 08:30:00", True, ""),
    ("month-dates", "2031-08-10 08:30:00", False, "2032-03-30 00:00:00"),
    ("month-days", "2031-02-28 08:30:00", True, ""),
    ("month-days", "2031-01-31 10:30:00", False, "2031-02-01 00:00:00"),
    ("month-days", "2031-02-01 23:00:00", True, ""),
    ("day-spans", "2031-01-29 08:30:00", True, ""),
    ("day-spans", "2031-01-03 08:30:00", True, ""),
    ("day-spans", "2031-01-22 23:30:00", True, ""),
    ("day-spans", "2031-01-10 08:30:00", False, "2031-01-20 00:00:00"),
    ("short-months", "2031-02-28 08:30:00", False, "2031-03-01 10:00:00"),
    ("short-months", "2031-01-30 08:30:00", True, ""),
    ("short-months", "2031-01-01 10:30:00", True, ""),
    ("month-week-days", "2031-01-20 08:30:00", True, ""),
    ("month-week-days", "2031-11-27 08:30:00", True, ""),
    ("month-week-days", "2031-06-02 08:30:00", True, ""),
    ("half-a-year", "2031-01-10 08:30:00", False, "2031-08-14 08:00:00"),
    ("half-a-year", "2031-09-10 08:30:00", True, ""),
    ("no-fifth", "2031-04-28 08:30:00", True, ""),
    ("week-days", "2031-01-20 08:30:00", True, ""),
    ("week-days", "2031-01-21 08:30:00", True, ""),
    ("week-days", "2031-01-31 08:30:00", True, ""),
    ("week-days", "2031-01-01 08:30:00", False, "2031-01-03 11:00:00"),
    ("every-third", "2030-10-31 09:00:00", False, "2030-11-01 08:00:00"),
    ("every-third", "2030-11-04 09:00:00", True, ""),
    ("every-third", "2031-04-03 09:00:00", True, ""),
    ("every-third", "2031-04-02 09:00:00", False, "2031-04-03 08:00:00"),
    ("odd-days", "2031-01-03 09:00:00", True, ""),
    ("odd-days", "2031-01-04 09:00:00", False, "2031-01-05 08:00:00"),
    ("weekly", "2031-01-13 09:00:00", True, ""),
    ("precedence", "2031-01-06 01:30:00", True, ""),
    ("precedence", "2031-01-06 06:30:00", False, "2031-01-07 20:00:00"),
    ("precedence", "2031-01-13 06:30:00", True, ""),
    ("precedence", "2031-01-06 05:30:00", False, "2031-01-07 20:00:00"),
    ("precedence", "2031-02-03 05:30:00", True, ""),
    ("precedence", "2031-02-06 03:30:00", True, ""),
    ("first-listed", "2031-01-05 01:30:00", True, ""),
    ("first-listed", "2031-01-05 02:30:00", False, "2031-01-06 01:00:00"),
    ("all-but-work", "2031-01-06 10:00:00", False, "2031-01-06 12:01:00"),
    ("all-but-work", "2031-01-06 12:00:30", True, ""),
    ("all-but-work", "2031-01-11 10:00:00", True, ""),
    ("all-but-free", "2031-01-06 10:00:00", True, ""),
    ("all-but-free", "2031-01-06 08:00:00", False, ""),
    ("nested", "2031-01-06 10:00:00", False, "2031-01-06 12:01:00"),
    ("nested", "2031-01-06 23:00:00", False, "2031-01-07 03:31:00"),
    ("nested", "2031-01-01 12:00:00", True, ""),
    ("nothing-left", "2031-01-06 10:00:00", False, ""),
    ("many-out", "2031-10-24 12:00:00", False, "2031-10-26 03:31:00"),
)
"""Period, moment in Lisbon, whether it is open, the opening that Nagios finds ("": that moment, or none)."""
