"""Moments and lengths of time as people type them. Pure: `now` is an argument; local time is this machine's."""

import re
from datetime import datetime, timedelta

from atalaia.cli.client import UsageError
from atalaia.core.instants import Instant
from atalaia.texts import Texts

_DURATION = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", re.ASCII)
_UNITS = (7 * 86_400, 86_400, 3600, 60, 1)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_EPOCH = re.compile(r"\d{9,11}", re.ASCII)

JUST_NOW = 3600.0
"""Seconds: a time of day that passed so recently is today's when something begins, not tomorrow's."""


def duration(text: str, say: Texts) -> float:
    """Seconds of ``2h30m``, ``45m``, ``1d``.

    Raises:
        UsageError: it is none, or nothing.
    """
    found = _DURATION.fullmatch(text.strip())
    parts = found.groups(default="0") if found else ()
    seconds = sum(int(number) * unit for number, unit in zip(parts, _UNITS, strict=False))
    if not seconds:
        raise UsageError(say.say("{text} is no length of time; write 45m, 2h30m or 1d", text=repr(text)))
    return float(seconds)


def moment(text: str, now: Instant, say: Texts, *, begins: bool = False) -> Instant:
    """The moment meant by ``18:00``, ``2026-11-26 08:00``, ``+2h``, ``now`` or epoch seconds.

    Args:
        text: what was typed.
        now: a time of day is the next one after this; ``+2h`` counts from it.
        say: the reader's language.
        begins: something begins then: a time of day that has just passed is today's.

    Raises:
        UsageError: it is none of them.
    """
    typed = text.strip()
    if typed == "now":
        return now
    if typed.startswith("+"):
        return Instant(now + duration(typed[1:], say))
    if _EPOCH.fullmatch(typed):
        return Instant(float(typed))
    try:
        clock = _CLOCK.fullmatch(typed)
        if clock:
            return _next(*(int(part or 0) for part in clock.groups()), now=now, begins=begins)
        return Instant(datetime.fromisoformat(typed).timestamp())
    except (ValueError, OverflowError):
        raise UsageError(
            say.say(
                '{text} is no moment; write 18:00, "2026-11-26 08:00", +2h or epoch seconds', text=repr(text)
            )
        ) from None


def _next(hour: int, minute: int, second: int, *, now: Instant, begins: bool) -> Instant:
    today = datetime.fromtimestamp(now).astimezone().replace(tzinfo=None)
    at = today.replace(hour=hour, minute=minute, second=second, microsecond=0)
    if at.timestamp() <= (now - JUST_NOW if begins else now):
        at += timedelta(days=1)
    return Instant(at.timestamp())
