"""When Nagios' log is rotated, and what the old one is called then."""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from atalaia.core.instants import Instant

METHODS = {"h": "HOURLY", "d": "DAILY", "w": "WEEKLY", "m": "MONTHLY"}
"""Value of log_rotation_method to the word in the log."""


def next_rotation(method: str, now: Instant, tz: tzinfo) -> Instant | None:
    """The next full hour, midnight, midnight before Sunday or before the 1st, by the local clock.

    Returns:
        None when the method asks for no rotation.
    """
    if method not in METHODS:
        return None
    local = datetime.fromtimestamp(now, tz)
    if method == "h":
        # In real seconds: an hour that the clock shows twice is two hours.
        past = local.minute * 60 + local.second + local.microsecond / 1e6
        return Instant(float(round(now - past + 3600.0)))
    days = {"d": 1, "w": 7 - local.isoweekday() % 7, "m": _days_left(local)}[method]
    midnight = (local + timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return Instant(midnight.timestamp())


def _days_left(local: datetime) -> int:
    """Days until the first of the next month."""
    ahead = local.replace(day=1) + timedelta(days=32)
    return (ahead.replace(day=1).date() - local.date()).days


def archive_path(folder: str, at: Instant, tz: tzinfo) -> Path:
    """Where a log goes that is rotated at that moment."""
    return Path(folder) / datetime.fromtimestamp(at, tz).strftime("nagios-%m-%d-%Y-%H.log")


def long_date(at: Instant, tz: tzinfo) -> str:
    """A moment as in ``Local time is Sat Aug 08 12:00:00 UTC 2026``, in English whatever the locale."""
    local = datetime.fromtimestamp(at, tz)
    day, month = _DAYS[local.weekday()], _MONTHS[local.month - 1]
    return f"{day} {month} {local.day:02d} {local:%H:%M:%S} {local.tzname() or ''} {local.year}"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
