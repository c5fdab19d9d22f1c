"""What we know of one host or service at this moment: the part that survives a restart.

A Runtime is mutable for speed, but only `atalaia.core` changes one, and the machine works on a copy: whoever
holds an older value keeps it unchanged.
"""

from enum import IntEnum

import msgspec

from atalaia.core.instants import NEVER, Instant
from atalaia.core.states import CheckType, StateType

HISTORY_LENGTH = 21
"""States that flap detection looks at (Nagios' number)."""

NO_HISTORY = "0" * HISTORY_LENGTH


class Acknowledgement(IntEnum):
    """How long an acknowledgement holds; the numbers are Nagios'."""

    NONE = 0
    NORMAL = 1
    """Until the state changes."""
    STICKY = 2
    """Until the recovery."""


class Runtime(msgspec.Struct, kw_only=True):
    """Current knowledge of one host or service; instants are epoch seconds, 0 is never."""

    state: int = 0
    state_type: StateType = StateType.HARD
    attempt: int = 1
    last_state: int = 0
    last_hard_state: int = 0
    has_been_checked: bool = False
    output: str = ""
    long_output: str = ""
    perfdata: str = ""
    check_type: CheckType = CheckType.ACTIVE
    latency: float = 0.0
    execution_time: float = 0.0
    last_check: Instant = NEVER
    next_check: Instant = NEVER
    last_state_change: Instant = NEVER
    last_hard_state_change: Instant = NEVER
    last_time_in: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """When each state was last seen, by state number (hosts use the first three)."""
    host_problem_at_last_check: bool = False
    """Services only: the host was not UP when the service was last looked at."""

    problem_since: Instant = NEVER
    """When the current or last problem began (its first bad result)."""
    current_event_id: int = 0
    last_event_id: int = 0
    current_problem_id: int = 0
    last_problem_id: int = 0

    notification_number: int = 0
    notification_id: int = 0
    last_notification: Instant = NEVER
    next_notification: Instant = NEVER
    waits_units: float = -1.0
    """The interval that `next_notification` was worked out with, in units; -1 when it was not."""
    delayed_until: Instant = NEVER
    """A person asked not to be told before this moment; 0 when nobody did."""
    no_more_notifications: bool = False
    notified_on: str = ""
    """Letters of the states that somebody was told about since the last recovery."""
    told: tuple[str, ...] = ()
    """Names of the contacts who were told of the current problem; they are owed its recovery."""
    suppressed_because: str = ""
    """Why nobody was told last time; empty when somebody was. Kept so that each reason is an event once."""

    owed: tuple[str, ...] = ()
    """Names of contacts who are still to be told of a recovery that others have heard of."""

    acknowledged: bool = False
    acknowledgement: Acknowledgement = Acknowledgement.NONE
    acknowledged_until: Instant = NEVER
    """When the acknowledgement ends by itself; 0 is never."""
    downtime_depth: int = 0
    """How many downtimes are in effect."""
    is_flapping: bool = False
    percent_state_change: float = 0.0
    state_history: str = NO_HISTORY
    """The last 21 states that count for flap detection, oldest first, one digit each."""
    flapping_comment: int = 0
    """Number of the comment that says that the object flaps."""
    recovery_after_flapping: bool = False
    """People had been told of a problem when the flapping began: they are told of its end when it stops."""
