"""The service state machine: Nagios Core 4.5's order of decisions, in small named pieces.

Rules of this file: a result and what was known go in, a `Step` comes out; nothing is looked up, nothing is
sent. Acknowledgements, downtimes and flapping have their say between `advance_service` and `conclude_service`.

The order matters and is Nagios':

1. what the service's result means for its host (is a host check wanted?),
2. a host that is not UP makes a new service state HARD at once,
3. SOFT or HARD by the state before,
4. the attempt,
5. HARD when the attempts are used up,
6. the book-keeping of a change,
7. who is asked: notification, log, event handler.
"""

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.objects import Host, MainSettings, Service
from atalaia.core.results import CheckResult
from atalaia.core.runtime import Runtime
from atalaia.core.states import HostState, ServiceState, StateType
from atalaia.core.step import (
    Ids,
    NotificationKind,
    Step,
    apply_change,
    mark_state_seen,
    next_regular,
    take_result,
)

_OK = ServiceState.OK


class HostWish(msgspec.Struct):
    """What a service's result asks of its host."""

    check: bool = False
    """The host should be checked now, unless it was checked within the horizon."""
    renotify: bool = False
    """The host's notification logic is asked again: this is how host notifications repeat in Nagios."""


class ServiceStep(Step, kw_only=True):
    """A service's step, with what it asks of the host."""

    host_wish: HostWish


def advance_service(
    before: Runtime,
    service: Service,
    host: Host,
    host_now: Runtime,
    result: CheckResult,
    settings: MainSettings,
    ids: Ids,
    now: Instant,
) -> ServiceStep:
    """One result through the machine; `before` is left as it was."""
    seen = take_result(before, result)
    unit = settings.interval_length
    regular = next_regular(result, service.check_interval * unit, now)
    step = ServiceStep(
        seen=seen,
        next_check=regular,
        reschedule=result.scheduled and not result.check_type,
        last_hard_state=before.last_hard_state,
        host_wish=HostWish(),
    )
    _look_at_host(step, host, host_now, settings, now)
    if host_now.state != HostState.UP and before.last_hard_state != seen.state:
        step.hard_change = True
        seen.state_type = StateType.HARD
        step.last_hard_state = seen.state
        seen.attempt = service.max_check_attempts
    if seen.last_state == _OK:
        _from_ok(step)
    else:
        _from_problem(step)
    soft = seen.state_type is StateType.SOFT
    if soft:
        step.next_check = Instant(now + service.retry_interval * unit)
    if seen.state != seen.last_state or (seen.state == _OK and soft):
        step.state_change = True
    if soft:
        _count_attempt(step, service.max_check_attempts)
    if seen.attempt >= service.max_check_attempts and (
        seen.state != step.last_hard_state or (soft and seen.state != _OK)
    ):
        step.next_check = regular
        step.hard_change = True
        step.notify = NotificationKind.RECOVERY if seen.state == _OK else NotificationKind.PROBLEM
    apply_change(step, ids)
    mark_state_seen(seen)
    return step


def conclude_service(step: ServiceStep, service: Service) -> None:
    """Who is asked: notification, log, event handlers. Flap detection came before and may have told."""
    seen = step.seen
    if seen.state != _OK and seen.state_type is StateType.SOFT:
        step.log = True
    if seen.state == _OK and step.state_change:
        seen.last_problem_id = seen.current_problem_id
        seen.current_problem_id = 0
    hard_problem = seen.state != _OK and seen.state_type is StateType.HARD
    if hard_problem and service.is_volatile:
        step.notify = NotificationKind.PROBLEM
        step.log = True
        step.handle = True
    if seen.notified_on and seen.state == _OK and seen.state_type is StateType.HARD:
        step.notify = NotificationKind.RECOVERY


def settle_service(step: ServiceStep) -> Runtime:
    """What stays after everybody was asked: an OK state is HARD from now on."""
    seen = step.seen
    if seen.state == _OK and step.state_change:
        if step.hard_change:
            seen.host_problem_at_last_check = False
        seen.last_hard_state_change = seen.last_check
        step.last_hard_state = _OK
        seen.attempt = 1
        seen.state_type = StateType.HARD
    seen.has_been_checked = True
    seen.last_hard_state = step.last_hard_state
    return seen


def _look_at_host(
    step: ServiceStep, host: Host, host_now: Runtime, settings: MainSettings, now: Instant
) -> None:
    seen = step.seen
    host_up = host_now.state == HostState.UP
    recently = now - host_now.last_check < settings.cached_host_check_horizon
    if seen.state == _OK:
        if not host_now.has_been_checked:
            soon = host_now.next_check < host.check_interval * settings.interval_length + now
            step.host_wish.check = not host_now.next_check or host.initial_state != HostState.UP or soon
        elif not host_up:
            step.host_wish.check = not (seen.last_state == _OK and recently)
            seen.host_problem_at_last_check = True
    elif host_up:
        changed = seen.last_state != seen.state
        step.host_wish.check = settings.execute_host_checks and changed and not recently
        if seen.host_problem_at_last_check and seen.state_type is StateType.SOFT:
            seen.attempt = 1  # the host is back: the service gets its attempts anew
        seen.host_problem_at_last_check = False
    else:
        step.host_wish.renotify = not settings.execute_host_checks or seen.state == seen.last_state
        seen.host_problem_at_last_check = True


def _from_ok(step: ServiceStep) -> None:
    seen = step.seen
    if seen.state == _OK:
        seen.state_type = StateType.HARD
    else:
        if not seen.host_problem_at_last_check and not step.hard_change:
            seen.state_type = StateType.SOFT
        step.handle = True
    seen.attempt = 1


def _from_problem(step: ServiceStep) -> None:
    seen = step.seen
    if seen.state == _OK:
        step.handle = True
        step.state_change = True
        if seen.state_type is StateType.HARD:
            step.notify = NotificationKind.RECOVERY
            step.hard_change = True
            seen.attempt = 1
    elif seen.state_type is StateType.SOFT:
        step.handle = True
    elif not seen.host_problem_at_last_check:
        step.notify = NotificationKind.PROBLEM


def _count_attempt(step: ServiceStep, most: int) -> None:
    seen = step.seen
    if seen.last_state != _OK and seen.attempt < most:
        seen.attempt += 1
    elif step.state_change and seen.state != _OK:
        seen.attempt = 1
