"""What one check result does to one object: the common ground of the service and the host machine.

Rules of this file: nothing here knows whether the object is a host or a service; what differs is in
`machine.py` (services) and `host_machine.py`. The rules are Nagios Core 4.5's.
"""

from copy import copy
from enum import StrEnum

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.results import CheckResult
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, StateType


class NotificationKind(StrEnum):
    """Why somebody is told, under the names of Nagios' $NOTIFICATIONTYPE$."""

    PROBLEM = "PROBLEM"
    RECOVERY = "RECOVERY"
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    FLAPPINGSTART = "FLAPPINGSTART"
    FLAPPINGSTOP = "FLAPPINGSTOP"
    FLAPPINGDISABLED = "FLAPPINGDISABLED"
    DOWNTIMESTART = "DOWNTIMESTART"
    DOWNTIMEEND = "DOWNTIMEEND"
    DOWNTIMECANCELLED = "DOWNTIMECANCELLED"
    CUSTOM = "CUSTOM"


class Step(msgspec.Struct, kw_only=True):
    """One object's step from one result to the next.

    `seen` is what logs, notifications and handlers of this step see: a soft recovery is still SOFT in it.
    `settle` turns it into what stays.
    """

    seen: Runtime
    state_change: bool = False
    hard_change: bool = False
    log: bool = False
    """The step is an alert: it goes into the history."""
    handle: bool = False
    """Event handlers run."""
    notify: NotificationKind | None = None
    """The notification logic is asked (it may still decline)."""
    next_check: Instant
    """When the object is due again, before its check period is asked."""
    reschedule: bool
    """False for a passive result without a change: the pending check stays as it is."""
    last_hard_state: int
    """Becomes the runtime's last hard state when the step is settled."""


def take_result(before: Runtime, result: CheckResult) -> Runtime:
    """A copy of what was known with the result's facts in it; no rule applied yet."""
    runtime = copy(before)
    runtime.last_state = before.state
    runtime.state = result.state
    runtime.output = result.output
    runtime.long_output = result.long_output
    runtime.perfdata = result.perfdata
    runtime.check_type = result.check_type
    runtime.latency = result.latency
    runtime.execution_time = result.execution_time
    runtime.last_check = result.started
    if not runtime.last_state_change:
        runtime.last_state_change = result.started
    if not runtime.last_hard_state_change:
        runtime.last_hard_state_change = result.started
    return runtime


def next_regular(result: CheckResult, interval: float, now: Instant) -> Instant:
    """When the object is due again after its usual interval, in seconds; never in the past.

    Intervals count from when the check was due, so that a late check does not shift its phase; a check that is
    late by more than its interval begins a new phase.
    """
    scheduled = result.check_type is CheckType.ACTIVE and result.scheduled
    keeps_phase = scheduled and result.latency < interval
    start = result.started - result.latency if keeps_phase else result.started
    return Instant(max(now, start + interval))


def apply_change(step: Step, ids: "Ids") -> None:
    """Book-keeping of a state change or a hard change: instants, event and problem ids, what was told."""
    runtime = step.seen
    if step.state_change:
        runtime.last_state_change = runtime.last_check
        runtime.last_event_id = runtime.current_event_id
        runtime.current_event_id = ids.next_event()
        if runtime.last_state == 0:
            runtime.current_problem_id = ids.next_problem()
            runtime.problem_since = runtime.last_check
        runtime.state_type = StateType.SOFT
    if step.hard_change:
        runtime.last_hard_state_change = runtime.last_check
        runtime.last_state_change = runtime.last_check
        step.last_hard_state = runtime.state
        runtime.state_type = StateType.HARD
    if step.state_change or step.hard_change:
        runtime.last_notification = Instant(0.0)
        runtime.next_notification = Instant(0.0)
        runtime.delayed_until = Instant(0.0)
        runtime.no_more_notifications = False
        step.reschedule = True
        step.log = True
        step.handle = True


def mark_state_seen(runtime: Runtime) -> None:
    """Remembers when this state was last seen."""
    seen = list(runtime.last_time_in)
    seen[runtime.state] = runtime.last_check
    runtime.last_time_in = (seen[0], seen[1], seen[2], seen[3])


class Ids(msgspec.Struct):
    """Numbers that never repeat over the life of an installation."""

    event: int = 1
    problem: int = 1
    notification: int = 1
    comment: int = 1
    downtime: int = 1

    def next_comment(self) -> int:
        """The number of a comment."""
        self.comment += 1
        return self.comment - 1

    def next_downtime(self) -> int:
        """The number of a downtime."""
        self.downtime += 1
        return self.downtime - 1

    def next_event(self) -> int:
        """The number of a state change ($SERVICEEVENTID$)."""
        self.event += 1
        return self.event - 1

    def next_problem(self) -> int:
        """The number of a problem, from its first bad state to its recovery ($SERVICEPROBLEMID$)."""
        self.problem += 1
        return self.problem - 1

    def next_notification(self) -> int:
        """The number of a notification ($SERVICENOTIFICATIONID$)."""
        self.notification += 1
        return self.notification - 1
