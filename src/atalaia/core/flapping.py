"""Does a state change too often? Nagios' weighted percentage of the last 21 states, and its two thresholds.

Newer changes weigh more: the weight grows in equal steps from 0.75 (oldest) to 1.25 (newest). That is what
Nagios' code does; its documentation speaks of 0.8 to 1.2.
"""

from atalaia.core.objects import Host, MainSettings, Service
from atalaia.core.runtime import HISTORY_LENGTH

_CHANGES = HISTORY_LENGTH - 1
_LOWEST, _HIGHEST = 0.75, 1.25
_WEIGHTS = tuple(_LOWEST + place * (_HIGHEST - _LOWEST) / (_CHANGES - 1) for place in range(_CHANGES))


def with_state(history: str, state: int) -> str:
    """The history with one more state; the oldest is dropped."""
    return f"{history[1:]}{state}"


def percent_change(history: str) -> float:
    """How much the state changes: 0 for never, 100 for with every result."""
    if history.count(history[0]) == len(history):
        return 0.0
    changes = sum(
        weight for weight, one, next_one in zip(_WEIGHTS, history, history[1:], strict=False) if one != next_one
    )
    return changes * 100.0 / _CHANGES


def thresholds(checkable: Host | Service, settings: MainSettings) -> tuple[float, float]:
    """The low and the high threshold in force for an object: its own where it has one, else the program's."""
    if isinstance(checkable, Service):
        low, high = settings.low_service_flap_threshold, settings.high_service_flap_threshold
    else:
        low, high = settings.low_host_flap_threshold, settings.high_host_flap_threshold
    return (
        checkable.low_flap_threshold if checkable.low_flap_threshold > 0 else low,
        checkable.high_flap_threshold if checkable.high_flap_threshold > 0 else high,
    )


def flaps(percent: float, low: float, high: float) -> bool | None:
    """True at or above the high threshold, False at or below the low one, None (as before) between them."""
    if low < percent < high:
        return None
    return percent > low
