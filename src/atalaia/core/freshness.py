"""Whether a result is too old to be believed (Nagios' freshness rules)."""

from atalaia.core.instants import Instant
from atalaia.core.objects import Host, MainSettings, Service
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, StateType

_LONG_DOWN = 0.618
"""A passive result from before the start is given a whole threshold anew when the server was down for longer
than this part of the threshold. The number is Nagios'."""


def threshold_of(checkable: Host | Service, known: Runtime, settings: MainSettings) -> float:
    """Seconds for which a result is fresh: as configured, else from the interval, latency and a margin."""
    if checkable.freshness_threshold:
        return float(checkable.freshness_threshold)
    settled = known.state_type is StateType.HARD or known.state == 0
    units = checkable.check_interval if settled or not checkable.retry_interval else checkable.retry_interval
    return units * settings.interval_length + known.latency + settings.additional_freshness_latency


def expires_at(
    checkable: Host | Service, known: Runtime, settings: MainSettings, program_start: Instant
) -> Instant:
    """When the object's last result stops being fresh."""
    threshold = threshold_of(checkable, known, settings)
    if not known.has_been_checked:
        return Instant(program_start + threshold)
    is_service = isinstance(checkable, Service)
    spread = settings.max_service_check_spread if is_service else settings.max_host_check_spread
    before_start = known.last_check < program_start
    if checkable.active_checks_enabled and before_start and not checkable.freshness_threshold:
        return Instant(program_start + threshold + spread * settings.interval_length)
    passive = known.check_type is CheckType.PASSIVE
    if passive and before_start and program_start - known.last_check > threshold * _LONG_DOWN:
        return Instant(program_start + threshold)
    return Instant(known.last_check + threshold)
