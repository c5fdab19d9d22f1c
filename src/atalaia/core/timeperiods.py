"""When a time period is open, and when it opens next.

The answers are Nagios' to the second, oddities included; those worth knowing:

- A second's place in the day is counted from a midnight that takes over the second's daylight saving flag, so
  that ranges mean what the clock on the wall shows. Dates of exceptions however begin at the real midnight; on
  the day on which clocks go back an exception for that day no longer matches once they have gone back.
- Both ends of a range belong to it; a range that ends before it starts never matches.
- A date that ends in the next year (``december 20 - january 5``) is seen from its start in this year only.
- The search for the next opening takes at most 299 steps of about a day. It lets one more minute pass after
  the end of an excluded period, and may be an hour off across a change of the clock.
"""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from atalaia.core.calendar_days import (
    DAY,
    Day,
    calendar_date,
    day_at,
    day_of_month,
    is_dst,
    midnight_of,
    week_day_of_month,
)
from atalaia.core.instants import Instant
from atalaia.core.objects import ExceptionKind, PeriodException, TimePeriod, TimeRange

_STEPS = 299
"""How often Nagios tries before it gives up."""

_BUDGET = 50_000
"""All steps together that one question may take. Periods that exclude periods that exclude periods multiply
their steps; Nagios then blocks for minutes, we give up."""

_DAYS_KEPT = 1024


class Calendar:
    """The time periods of one configuration in one time zone. Remembers what it found out about each day."""

    def __init__(self, periods: Mapping[str, TimePeriod], tz: tzinfo) -> None:
        self.periods = periods
        self.tz = tz
        self._days: dict[int, Day] = {}
        self._latest = Day(year=0, month=0, week_day=0, midnight=0, dawn=0, ranges={})

    def contains(self, name: str | None, at: Instant) -> bool:
        """Whether the period is open at that moment (its full second). No period at all is always open.

        Raises KeyError for a name that is not in the configuration.
        """
        if name is None:
            return True
        second = int(at)
        day = self._latest
        if not day.first <= second < day.after:
            day = self.day(second)
        return self._is_open(name, second, day, ())

    def next_opening(self, name: str | None, at: Instant) -> Instant:
        """The first moment, not before `at`, at which the period is open by Nagios' search.

        `at` itself, unchanged, when it is open then, and also when nothing is found. Otherwise a full second.
        The range 00:00-00:00 counts as none here.
        """
        if name is None:
            return at
        second = int(at)
        found = _Search(self).next_open(name, second, ())
        return at if found == second else Instant(float(found))

    def room(self, name: str | None, at: Instant, window: float) -> float:
        """How many seconds after `at`, at most `window`, something may happen with the period still open.

        `at` should be an opening. The whole window when the period closes at once, as with Nagios, which
        however overlooks excluded periods here.
        """
        if name is None:
            return window
        second = int(at)
        closing = self._end_of_span(name, second, second + window)
        for other in self.periods[name].exclude:
            opening = self.next_opening(other, at)
            if opening > at:
                closing = min(closing, int(opening))
        return min(window, float(closing - second)) if closing > second else window

    def _end_of_span(self, name: str, second: int, limit: float) -> int:
        """The end of the range around a second, and of those that follow without a gap, up to `limit`."""
        while second < limit:
            day = self.day(second)
            place = second - day.midnight
            ends = [span.end for span in self.ranges_on(name, day) if span.start <= place < span.end]
            if not ends:
                break
            second = day.midnight + max(ends)
        return second

    def ranges_on(self, name: str, day: Day) -> tuple[TimeRange, ...]:
        """The period's own ranges on a day; what it excludes is not taken away."""
        ranges = day.ranges.get(name)
        if ranges is None:
            ranges = day.ranges[name] = _ranges(self.periods[name], day, self.tz)
        return ranges

    def day(self, second: int) -> Day:
        """The day on which an epoch second falls."""
        midnight, moment = midnight_of(second, self.tz)
        day = self._days.get(midnight)
        if day is None:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            day = self._days[midnight] = day_at(midnight, moment, self.tz)
        self._latest = day
        return day

    def _is_open(self, name: str, second: int, day: Day, busy: tuple[str, ...]) -> bool:
        exclude = self.periods[name].exclude
        if exclude:
            busy = (*busy, name)
            for other in exclude:
                if other not in busy and self._is_open(other, second, day, busy):
                    return False
        place = second - day.midnight
        for span in self.ranges_on(name, day):  # noqa: SIM110 - twice as fast as any() in a hot path
            if span.start <= place <= span.end:
                return True
        return False


class _Search:
    """One question for an opening: Nagios' two searches, which call each other for excluded periods.

    `busy` names the periods that are being searched; one that excludes itself in the end is not asked again.
    """

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._budget = _BUDGET

    def next_open(self, name: str, start: int, busy: tuple[str, ...]) -> int:
        """The first second from `start` on in which the period is open, or `start`."""
        busy = (*busy, name)
        exclude = self._excluded(name, busy)
        earliest = start
        for _ in range(_STEPS):
            last = earliest
            midnight, ranges = self._ranges(name, last)
            starts = [max(last, midnight + span.start) for span in ranges if midnight + span.end >= last]
            if starts:
                earliest = min(starts)
                for other in exclude:
                    earliest = self.next_closed(other, earliest, busy)
            else:
                earliest = midnight + DAY
            if earliest == last:
                return earliest
            if self._budget <= 0:
                break
        return start

    def next_closed(self, name: str, start: int, busy: tuple[str, ...]) -> int:
        """About the first second from `start` on in which the period is closed (a minute after its end)."""
        busy = (*busy, name)
        exclude = self._excluded(name, busy)
        earliest = start
        for _ in range(_STEPS):
            last = earliest
            midnight, ranges = self._ranges(name, last)
            for span in ranges:
                if midnight + span.start <= earliest < midnight + span.end:
                    earliest = midnight + span.end + 60
            for other in exclude:
                earliest = min(earliest, self.next_open(other, last, busy) + 60)
            if earliest == last:
                return earliest
            if self._budget <= 0:
                break
        return start

    def _excluded(self, name: str, busy: tuple[str, ...]) -> list[str]:
        """The last one named is asked first, which can be seen on days on which clocks change."""
        return [other for other in reversed(self._calendar.periods[name].exclude) if other not in busy]

    def _ranges(self, name: str, second: int) -> tuple[int, list[TimeRange]]:
        """The day's midnight and ranges; 00:00-00:00 is a way to write that there are none."""
        self._budget -= 1
        day = self._calendar.day(second)
        return day.midnight, [span for span in self._calendar.ranges_on(name, day) if span.start or span.end]


def _ranges(period: TimePeriod, day: Day, tz: tzinfo) -> tuple[TimeRange, ...]:
    """The ranges of the first exception that covers the day, in Nagios' order, or those of its week day."""
    for exception in sorted(period.exceptions, key=lambda exception: exception.kind):
        if _covers(exception, day, tz):
            return exception.ranges
    return period.weekdays[day.week_day]


def _covers(exception: PeriodException, day: Day, tz: tzinfo) -> bool:
    span = _span(exception, day, tz)
    if span is None:
        return False
    start, end = span
    if exception.skip_interval > 1:
        if start > day.dawn or _days_between(start, day.midnight, tz) % exception.skip_interval:
            return False
        start = day.midnight
        if exception.open_ended:
            end = day.midnight
    begun = day.midnight + 84_800 >= start  # Nagios' number: a day, less some slack for changes of the clock
    over = day.midnight > end
    return (begun or not over) if start > end else (begun and not over)


def _days_between(start: int, midnight: int, tz: tzinfo) -> int:
    """Whole days; an hour that daylight saving time took away or gave is put back."""
    shift = is_dst(datetime.fromtimestamp(midnight, tz)) - is_dst(datetime.fromtimestamp(start, tz))
    return max(0, shift * 3600 + midnight - start) // DAY


def _span(exception: PeriodException, day: Day, tz: tzinfo) -> tuple[int, int] | None:
    """Where the first and the last day of an exception begin, seen from a day; None when it has none then."""
    match exception.kind:
        case ExceptionKind.CALENDAR_DATE:
            start = calendar_date(exception.start_year, exception.start_month, exception.start_day, tz)
            if exception.open_ended:
                end = start
            else:
                end = calendar_date(exception.end_year, exception.end_month, exception.end_day, tz)
        case ExceptionKind.MONTH_DATE | ExceptionKind.MONTH_DAY:
            start, end = _span_of_days(exception, day, tz)
        case _:
            start, end = _span_of_week_days(exception, day, tz)
    return None if start is None or end is None else (start, end)


def _span_of_days(exception: PeriodException, day: Day, tz: tzinfo) -> tuple[int | None, int | None]:
    in_any_month = exception.kind is ExceptionKind.MONTH_DAY
    start_month = day.month if in_any_month else exception.start_month
    end_month = day.month if in_any_month else exception.end_month
    year = day.year
    start = day_of_month(year, start_month, exception.start_day, tz)
    end = day_of_month(year, end_month, exception.end_day, tz)
    if not in_any_month and (end or 0) < (start or 0):
        year += 1
        end = day_of_month(year, end_month, exception.end_day, tz)
    if end is None and exception.end_day >= 0:  # behind the end of a short month: take its last day
        end = day_of_month(year, end_month, -1, tz)
    return start, end


def _span_of_week_days(exception: PeriodException, day: Day, tz: tzinfo) -> tuple[int | None, int | None]:
    in_any_month = exception.kind is ExceptionKind.WEEK_DAY
    start_month = day.month if in_any_month else exception.start_month
    end_month = day.month if in_any_month else exception.end_month
    ending = (exception.end_week_day, exception.end_week_day_offset)
    year = day.year
    start = week_day_of_month(year, start_month, exception.start_week_day, exception.start_week_day_offset, tz)
    end = week_day_of_month(year, end_month, *ending, tz)
    if not in_any_month and (end or 0) < (start or 0):
        year += 1
        end = week_day_of_month(year, end_month, *ending, tz)
    if end is None and exception.end_week_day_offset >= 0:
        # No fifth such day: Nagios takes the last day of the month that is asked about, not of the end's.
        end = day_of_month(year, day.month, -1, tz)
    return start, end


_calendars: list[Calendar] = []
_CALENDARS_KEPT = 8


def calendar_for(periods: Mapping[str, TimePeriod], tz: tzinfo) -> Calendar:
    """A calendar that was made for this very mapping before, or a new one. Mappings must not change."""
    for calendar in _calendars:
        if calendar.periods is periods and calendar.tz is tz:
            return calendar
    calendar = Calendar(periods, tz)
    _calendars.insert(0, calendar)
    del _calendars[_CALENDARS_KEPT:]
    return calendar


def contains(periods: Mapping[str, TimePeriod], name: str | None, at: Instant, tz: tzinfo) -> bool:
    """`Calendar.contains`, for callers without a calendar of their own."""
    return name is None or calendar_for(periods, tz).contains(name, at)


def next_opening(periods: Mapping[str, TimePeriod], name: str | None, at: Instant, tz: tzinfo) -> Instant:
    """`Calendar.next_opening`, for callers without a calendar of their own."""
    return at if name is None else calendar_for(periods, tz).next_opening(name, at)


def room(periods: Mapping[str, TimePeriod], name: str | None, at: Instant, window: float, tz: tzinfo) -> float:
    """`Calendar.room`, for callers without a calendar of their own."""
    return window if name is None else calendar_for(periods, tz).room(name, at, window)
