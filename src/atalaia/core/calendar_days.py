"""Days of a time zone as Nagios sees them: when they begin, and which day of a month a rule means.

What a time period does with them is in `atalaia.core.timeperiods`. Nagios leaves all of this to the C
library's ``mktime``, whose answers around changes of the clock are reproduced here.

Numbers are Nagios': months from 0 (January), week days from 0 (Sunday), days of the month from 1, or
negative from the month's end (-1 is the last day).
"""

from calendar import monthrange
from datetime import date, datetime, timedelta, tzinfo

import msgspec

from atalaia.core.objects import TimeRange

DAY = 86_400
"""Seconds of a day on which nobody touches the clock."""


class Day(msgspec.Struct, kw_only=True):
    """The day on which some second falls, as seen from that second."""

    year: int
    month: int
    week_day: int
    midnight: int
    """Epoch second from which the day's seconds are counted. Nagios takes over the daylight saving flag of
    the second that it looks at: after a change of the clock this is not the day's first second but the one that
    makes the count agree with what clocks on the wall show."""
    dawn: int
    """Epoch second at which the day really begins."""
    first: int = 0
    after: int = 0
    """All seconds from `first` until before `after` see this same day; both 0 when the clock changes on it."""
    ranges: dict[str, tuple[TimeRange, ...]]
    """What was found out about this day, by the name of a time period."""


def midnight_of(second: int, tz: tzinfo) -> tuple[int, datetime]:
    """`Day.midnight` for an epoch second, and that second's date and time."""
    moment = datetime.fromtimestamp(second, tz)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if is_dst(midnight) == is_dst(moment):
        return int(midnight.timestamp()), moment
    return second - (moment.hour * 3600 + moment.minute * 60 + moment.second), moment


def day_at(midnight: int, moment: datetime, tz: tzinfo) -> Day:
    """The day of what `midnight_of` gave."""
    last = datetime.fromtimestamp(midnight + DAY - 1, tz)
    begin = datetime.fromtimestamp(midnight, tz)
    undisturbed = last.date() == begin.date() == moment.date() and last.utcoffset() == begin.utcoffset()
    return Day(
        year=moment.year,
        month=moment.month - 1,
        week_day=moment.isoweekday() % 7,
        midnight=midnight,
        dawn=_begin(moment.date(), tz),
        first=midnight if undisturbed else 0,
        after=midnight + DAY if undisturbed else 0,
        ranges={},
    )


def is_dst(moment: datetime) -> bool:
    """Whether the C library would flag the moment as daylight saving time."""
    return bool(moment.dst())


def calendar_date(year: int, month: int, day: int, tz: tzinfo) -> int | None:
    """When a date begins; months and days out of bounds count on from it. None: there is no such year."""
    try:
        return _begin(date(year + month // 12, month % 12 + 1, 1) + timedelta(days=day - 1), tz)
    except (ValueError, OverflowError):
        return None


def day_of_month(year: int, month: int, day: int, tz: tzinfo) -> int | None:
    """When a day of a month begins; None when the month has no such day. -31 and below all mean the same."""
    length = monthrange(year, month + 1)[1]
    if day <= 0:
        day = length + max(day, -31) + 1
    if not 1 <= day <= length:
        return None
    return _begin(date(year, month + 1, day), tz)


def week_day_of_month(year: int, month: int, week_day: int, offset: int, tz: tzinfo) -> int | None:
    """When the `offset`-th such week day of a month begins (1 to 5, or -1 to -5 from its end), or None."""
    first_week_day, length = monthrange(year, month + 1)
    first = 1 + (week_day - (first_week_day + 1)) % 7
    if offset > 0:
        day = first + 7 * (min(offset, 5) - 1)
    else:
        last = first + 7 * ((length - first) // 7)
        day = last + 7 * (max(offset, -5) + 1)
    if not 1 <= day <= length:
        return None
    return _begin(date(year, month + 1, day), tz)


def _begin(day: date, tz: tzinfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=tz).timestamp())
