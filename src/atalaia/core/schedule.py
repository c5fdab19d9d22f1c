"""When an object is looked at: the spread of first checks, and the next check within its check period.

Nagios scatters checks with random numbers; here the place of an object in its window comes from its name, so
that the same configuration gives the same schedule every time.
"""

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from math import ceil
from zlib import crc32

from atalaia.core.instants import Instant
from atalaia.core.objects import Host, MainSettings, ObjectKey, Service, TimePeriod
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.core.timeperiods import contains, next_opening

UNREACHABLE_INTERVAL = 300.0
"""Seconds until the next try of an object without a check interval that could not be checked (Nagios')."""


def fraction(key: ObjectKey) -> float:
    """The object's fixed place in any window, from 0 up to 1."""
    return crc32("\0".join(key).encode("utf-8", "surrogatepass")) / 2**32


def is_scheduled(checkable: Host | Service) -> bool:
    """Whether the object is checked by itself at all."""
    return (
        checkable.check_interval > 0 and checkable.active_checks_enabled and checkable.check_command is not None
    )


def check_window(checkable: Host | Service, known: Runtime, settings: MainSettings) -> float:
    """Seconds between two checks of the object as things stand."""
    retrying = known.state != 0 and known.state_type is StateType.SOFT
    units = checkable.retry_interval if retrying else checkable.check_interval
    return units * settings.interval_length


def within_period(
    checkable: Host | Service,
    at: Instant,
    window: float,
    periods: Mapping[str, TimePeriod],
    tz: tzinfo,
) -> Instant:
    """`at`, or the first moment after it that the check period allows, scattered over one window."""
    if contains(periods, checkable.check_period, at, tz):
        return at
    opening = next_opening(periods, checkable.check_period, at, tz)
    if opening <= at:
        return opening
    scattered = Instant(opening + fraction(checkable.key) * window)
    return scattered if contains(periods, checkable.check_period, scattered, tz) else opening


def spread(
    checkables: Iterable[Host | Service],
    *,
    method: str,
    interleave: str,
    max_spread_minutes: int,
    interval_length: int,
    hosts: int,
) -> dict[ObjectKey, float]:
    """Seconds after the start at which each object is checked first.

    Nagios' scheme: the average interval divided by the number of objects lies between two checks ("s"), or a
    second ("d"), nothing ("n"), or a given number of seconds; services of one host are interleaved with those
    of others. A delay beyond the object's own interval becomes a place within it.
    """
    scheduled = [one for one in checkables if is_scheduled(one)]
    count = len(scheduled)
    if not count:
        return {}
    gap = _gap(scheduled, method, max_spread_minutes, interval_length)
    per_host = ceil(count / max(1, hosts)) if interleave == "s" else max(1, int(interleave))
    blocks = ceil(count / per_host)
    delays: dict[ObjectKey, float] = {}
    for position, one in enumerate(scheduled):
        block, index = divmod(position, per_host)
        delay = (block + index * blocks) * gap
        window = one.check_interval * interval_length
        delays[one.key] = delay if delay <= window else fraction(one.key) * window
    return delays


def _gap(scheduled: list[Host | Service], method: str, max_spread_minutes: int, interval_length: int) -> float:
    if method == "n":
        return 0.0
    if method == "d":
        return 1.0
    if method != "s":
        return float(method)
    count = len(scheduled)
    average = sum(one.check_interval for one in scheduled) * interval_length / count
    return min(average, max_spread_minutes * 60.0) / count
