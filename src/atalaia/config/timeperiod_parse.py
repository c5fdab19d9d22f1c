"""The date and time grammar of time periods.

Here: one line of a time period to a week day or an exception; time ranges. Not here: whether an instant lies
in a period.
"""

import re
from typing import NamedTuple

from atalaia.config import values
from atalaia.core.objects import ExceptionKind, PeriodException, TimeRange

WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

EXCEPTION = "@exception"
"""The key of an exception's pair."""

_DAY_SECONDS = 86_400


class RawException(NamedTuple):
    """An exception with its times still as text: bad times matter only in periods that are registered."""

    dates: PeriodException
    times: str


# Nagios reads these forms one after the other with C's scanf. No part may be given back once taken, hence
# the possessive quantifiers; what follows the times on the line is ignored.
_SPACE = r"\s*+"
_NUMBER = _SPACE + r"([+-]?[0-9]++)"
_DATE = (
    _SPACE
    + r"([+-][0-9]{1,3}+|[0-9]{1,4}+)-"
    + (_SPACE + r"([+-][0-9]|[0-9]{1,2}+)-")
    + (_SPACE + r"([+-][0-9]|[0-9]{1,2}+)")
)
_TO = _SPACE + "-" + _SPACE
_EVERY = _SPACE + "/" + _NUMBER
_TIMES = _SPACE + r"([0-9:, -]++)"


def _form(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.ASCII)


_CALENDAR_FORMS = (
    (_form(_DATE, _TO, _DATE, _EVERY, _TIMES), True, True),
    (_form(_DATE, _EVERY, _TIMES), False, True),
    (_form(_DATE, _TO, _DATE, _TIMES), True, False),
    (_form(_DATE, _TIMES), False, False),
)


def _word_form(*parts: str, skip: bool = False, gap: str = _SPACE) -> re.Pattern[str]:
    """Return a form made of named parts: words, numbers and months of the start and of the end."""
    pieces = {
        "word": "(?P<word>[a-z]++)",
        "number": _SPACE + "(?P<number>[+-]?[0-9]++)",
        "month": _SPACE + "(?P<month>[a-z]++)",
        "-": _SPACE + "-",
        "word2": _SPACE + "(?P<word2>[a-z]++)",
        "number2": _SPACE + "(?P<number2>[+-]?[0-9]++)",
        "month2": _SPACE + "(?P<month2>[a-z]++)",
    }
    every = _SPACE + "/" + _SPACE + "(?P<skip>[+-]?[0-9]++)" if skip else ""
    return _form(*(pieces[part] for part in parts), every, gap, "(?P<times>[0-9:, -]++)")


_WORD_FORMS = (
    _word_form("word", "number", "month", "-", "word2", "number2", "month2", skip=True),
    _word_form("word", "number", "-", "word2", "number2", skip=True),
    _word_form("word", "number", "-", "number2", skip=True),
    _word_form("word", "number", "month", "-", "word2", "number2", "month2"),
    _word_form("word", "number", "-", "number2"),
    _word_form("word", "number", "-", "word2", "number2"),
    _word_form("word", "number", gap=r"[ \t]++"),
    _word_form("word", "number", "month"),
)
_WEEKDAY = _word_form("word")


def parse_date_line(text: str) -> tuple[str, str] | tuple[str, RawException] | None:
    """Return the pair of one line: (week day, times) or (`EXCEPTION`, exception); None if it is neither."""
    for form, is_range, has_skip in _CALENDAR_FORMS:
        if match := form.match(text):
            return EXCEPTION, _calendar(match, text, is_range=is_range, has_skip=has_skip)
    for form in _WORD_FORMS:
        if match := form.match(text):
            return _by_words(match.groupdict(), text)
    if (match := _WEEKDAY.match(text)) and match["word"] in WEEKDAYS:
        return match["word"], match["times"]
    return None


def _by_words(said: dict[str, str], text: str) -> tuple[str, RawException] | None:
    """Return the exception that the named parts of a form describe; what has no end ends where it starts."""
    word, number, month = said["word"], said["number"], said.get("month")
    word2, number2 = said.get("word2", word), said.get("number2", number)
    skip, times = said.get("skip", "0"), said["times"]
    if month is None:
        return _words(text, (word, number), (word2, number2), skip, times)
    return _month_week_days(
        text, (word, number, month), (word2, number2, said.get("month2", month)), skip, times
    )


def _integer(text: str) -> int:
    return int(values.read_int(text).value)


def _calendar(match: re.Match[str], text: str, *, is_range: bool, has_skip: bool) -> RawException:
    groups = list(match.groups())
    times = groups.pop()
    skip = _integer(groups.pop()) if has_skip else 0
    numbers = [_integer(group) for group in groups]
    start = numbers[:3]
    end = numbers[3:] if is_range else start
    return RawException(
        PeriodException(
            kind=ExceptionKind.CALENDAR_DATE,
            start_year=start[0],
            start_month=start[1] - 1,
            start_day=start[2],
            end_year=end[0],
            end_month=end[1] - 1,
            end_day=end[2],
            skip_interval=skip,
            open_ended=skip > 1 and start == end,
            text=_written(match, text),
        ),
        times,
    )


def _month_week_days(
    text: str, start: tuple[str, str, str], end: tuple[str, str, str], skip: str, times: str
) -> tuple[str, RawException] | None:
    if start[0] not in WEEKDAYS or end[0] not in WEEKDAYS or start[2] not in MONTHS or end[2] not in MONTHS:
        return None
    exception = PeriodException(
        kind=ExceptionKind.MONTH_WEEK_DAY,
        start_month=MONTHS.index(start[2]),
        start_week_day=WEEKDAYS.index(start[0]),
        start_week_day_offset=_integer(start[1]),
        end_month=MONTHS.index(end[2]),
        end_week_day=WEEKDAYS.index(end[0]),
        end_week_day_offset=_integer(end[1]),
        skip_interval=_integer(skip),
        text=text.removesuffix(times).strip(),
    )
    return EXCEPTION, RawException(exception, times)


def _words(
    text: str, start: tuple[str, str], end: tuple[str, str], skip: str, times: str
) -> tuple[str, RawException] | None:
    written, first, last = text.removesuffix(times).strip(), _integer(start[1]), _integer(end[1])
    if start[0] in WEEKDAYS and end[0] in WEEKDAYS:
        exception = PeriodException(
            kind=ExceptionKind.WEEK_DAY,
            start_week_day=WEEKDAYS.index(start[0]),
            start_week_day_offset=first,
            end_week_day=WEEKDAYS.index(end[0]),
            end_week_day_offset=last,
            skip_interval=_integer(skip),
            text=written,
        )
    elif start[0] in MONTHS and end[0] in MONTHS:
        exception = PeriodException(
            kind=ExceptionKind.MONTH_DATE,
            start_month=MONTHS.index(start[0]),
            start_day=first,
            end_month=MONTHS.index(end[0]),
            end_day=last,
            skip_interval=_integer(skip),
            text=written,
        )
    elif start[0] == end[0] == "day":
        exception = PeriodException(
            kind=ExceptionKind.MONTH_DAY,
            start_day=first,
            end_day=last,
            skip_interval=_integer(skip),
            text=written,
        )
    else:
        return None
    return EXCEPTION, RawException(exception, times)


def _written(match: re.Match[str], text: str) -> str:
    return text[: match.start(match.lastindex or 0)].strip()


def parse_times(text: str) -> list[TimeRange] | str:
    """Return the ranges of ``HH:MM-HH:MM,…`` in the order written, or what is wrong with them."""
    ranges: list[TimeRange] = []
    for part in re.split("[, ]", text):
        start_text, dash, rest = part.partition("-")
        end_text = rest.partition("-")[0]
        start, end = _seconds(start_text), _seconds(end_text)
        if not dash or start is None or end is None:
            extra = " (no blanks between ranges)" if not part else ""
            return f"`{text}` is not a list of times like `09:00-12:00,13:00-17:00`{extra}"
        if not (0 <= start <= _DAY_SECONDS and 0 <= end <= _DAY_SECONDS):
            return f"`{part}` lies outside 00:00-24:00"
        ranges.append(TimeRange(start, end))
    return ranges


def _seconds(text: str) -> int | None:
    hours, colon, minutes = text.partition(":")
    if not colon:
        return None
    return _integer(hours) * 3600 + _integer(minutes.partition(":")[0]) * 60
