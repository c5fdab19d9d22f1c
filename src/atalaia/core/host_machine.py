"""The host state machine, in the same order as the service machine, plus reachability.

A host that is not UP is UNREACHABLE when it has parents and none of them is UP, otherwise DOWN.
Passive results are HARD at once unless `passive_host_checks_are_soft`.
"""

from collections.abc import Iterable

from atalaia.core.instants import Instant
from atalaia.core.objects import Host, MainSettings
from atalaia.core.results import CheckResult
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, HostState, StateType
from atalaia.core.step import (
    Ids,
    NotificationKind,
    Step,
    apply_change,
    mark_state_seen,
    next_regular,
    take_result,
)

_UP = HostState.UP


class HostStep(Step, kw_only=True):
    """A host's step, with the neighbours whose state may have changed with it."""

    look_at_parents: bool = False
    """Parents whose state contradicts this one should be checked now."""
    look_at_children: bool = False


def reachability(state: int, parent_states: Iterable[int]) -> int:
    """DOWN or UNREACHABLE for a host that is not UP; UP stays UP."""
    if state == _UP:
        return _UP
    has_parents = False
    for parent in parent_states:
        has_parents = True
        if parent == _UP:
            return HostState.DOWN
    return HostState.UNREACHABLE if has_parents else HostState.DOWN


def advance_host(
    before: Runtime,
    host: Host,
    parent_states: Iterable[int],
    result: CheckResult,
    settings: MainSettings,
    ids: Ids,
    now: Instant,
) -> HostStep:
    """One result through the machine; `before` is left as it was."""
    seen = take_result(before, result)
    unit = settings.interval_length
    regular = next_regular(result, host.check_interval * unit, now)
    active = result.check_type is CheckType.ACTIVE
    step = HostStep(
        seen=seen,
        next_check=regular,
        reschedule=result.scheduled and active,
        last_hard_state=before.last_hard_state,
    )
    if seen.last_state == _UP:
        _from_up(step)
    else:
        _from_not_up(step)
    if seen.state != _UP and (active or settings.translate_passive_host_checks):
        kept = not active and seen.state == HostState.UNREACHABLE
        seen.state = seen.state if kept else reachability(seen.state, parent_states)
    soft = seen.state_type is StateType.SOFT
    if soft and seen.state != _UP:
        step.next_check = Instant(now + host.retry_interval * unit)
    step.state_change = seen.state != seen.last_state or (seen.state == _UP and soft)
    if soft:
        _count_attempt(step, host.max_check_attempts)
    if seen.attempt >= host.max_check_attempts and seen.state != before.last_hard_state:
        step.next_check = regular
        step.hard_change = True
        step.notify = NotificationKind.RECOVERY if seen.state == _UP else NotificationKind.PROBLEM
    if not active and not settings.passive_host_checks_are_soft:
        if step.state_change:
            seen.attempt = 1
            step.hard_change = True
        seen.state_type = StateType.HARD
    apply_change(step, ids)
    if step.hard_change:
        step.notify = NotificationKind.RECOVERY if seen.state == _UP else NotificationKind.PROBLEM
    if step.state_change and seen.state == _UP:
        seen.last_problem_id = seen.current_problem_id
        seen.current_problem_id = 0
    mark_state_seen(seen)
    return step


def conclude_host(step: HostStep) -> None:
    """Who is asked: notification and log. Comes after flap detection, which may have told already."""
    seen = step.seen
    if seen.state != _UP and seen.state_type is StateType.SOFT:
        step.log = True  # Nagios writes these to its log only with log_host_retries; the history has them all
    if seen.notified_on and seen.state == _UP and seen.state_type is StateType.HARD:
        step.notify = NotificationKind.RECOVERY


def settle_host(step: HostStep) -> Runtime:
    """What stays after everybody was asked: an UP host is HARD from now on."""
    seen = step.seen
    if seen.state == _UP and step.state_change:
        seen.attempt = 1
        seen.state_type = StateType.HARD
        step.last_hard_state = _UP
    seen.has_been_checked = True
    seen.last_hard_state = step.last_hard_state
    return seen


def _from_up(step: HostStep) -> None:
    seen = step.seen
    seen.attempt = 1
    if seen.state == _UP:
        seen.state_type = StateType.HARD
        return
    seen.state_type = StateType.SOFT
    step.look_at_parents = True
    step.look_at_children = True
    step.handle = True


def _from_not_up(step: HostStep) -> None:
    seen = step.seen
    if seen.state == _UP:
        step.look_at_parents = True
        step.look_at_children = True
        step.handle = True
        if seen.state_type is StateType.HARD:
            step.notify = NotificationKind.RECOVERY
            step.hard_change = True
            seen.attempt = 1
    elif seen.state_type is StateType.SOFT:
        step.handle = True
    else:
        step.notify = NotificationKind.PROBLEM


def _count_attempt(step: HostStep, most: int) -> None:
    seen = step.seen
    if _UP not in (seen.last_state, seen.state) and seen.attempt < most:
        seen.attempt += 1
    elif step.state_change or seen.state == _UP:
        seen.attempt = 1
