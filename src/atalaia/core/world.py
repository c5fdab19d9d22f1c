"""The whole monitored world at one moment: objects, what is known of them, and what is due.

The World is the core's face: the engine feeds it instants and results and carries out what it answers; a
simulation does the same in virtual time. It keeps its own books and touches nothing else. The rules live in the
modules beside it; here they meet.
"""

from collections.abc import Mapping
from datetime import tzinfo

import msgspec

from atalaia.core import schedule
from atalaia.core.dependencies import Dependencies, Question
from atalaia.core.due_queue import DueQueue
from atalaia.core.effects import Effects, HandlerCall
from atalaia.core.events import ResultStale, StateChanged
from atalaia.core.freshness import expires_at, threshold_of
from atalaia.core.host_machine import HostStep, advance_host, settle_host
from atalaia.core.instants import Instant
from atalaia.core.machine import advance_service, settle_service
from atalaia.core.notifying import Decision
from atalaia.core.objects import Host, Model, ObjectKey, Service
from atalaia.core.results import CheckResult
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, HostState, StateType
from atalaia.core.step import Ids, NotificationKind, Step
from atalaia.core.telling import Teller
from atalaia.core.timeperiods import contains
from atalaia.core.topology import Topology


class CheckRequest(msgspec.Struct, frozen=True):
    """A check that is to be started now."""

    key: ObjectKey
    due: Instant
    forced: bool = False


class World:
    """Objects, runtimes and the due queue. Not thread-safe; every method takes `now`."""

    def __init__(self, model: Model, *, tz: tzinfo, program_start: Instant, ids: Ids | None = None) -> None:
        self.tz = tz
        self.ids = ids or Ids()
        self.program_start = program_start
        self.states: dict[ObjectKey, Runtime] = {}
        self.queue = DueQueue()
        self.executing: set[ObjectKey] = set()
        self._adopt(model)

    # --- configuration ------------------------------------------------------------------------------------

    def _adopt(self, model: Model) -> None:
        self.model = model
        self.settings = model.settings
        self.topology = Topology(model)
        self.dependencies = Dependencies(model, self.states, self.tz)
        self._teller = Teller(
            self.topology,
            self.states,
            self.dependencies,
            tz=self.tz,
            program_start=self.program_start,
            ids=self.ids,
        )
        self._freshening: set[ObjectKey] = set()
        self._watched_for_freshness = [
            one
            for one in self.topology.checkables.values()
            if one.check_freshness and one.check_command and (one.freshness_threshold or one.check_interval)
        ]

    def start(self, remembered: Mapping[ObjectKey, Runtime], now: Instant) -> None:
        """Takes over what was remembered, gives every other object its initial state, and fills the queue."""
        for key, checkable in self.topology.checkables.items():
            known = remembered.get(key)
            self.states[key] = _fitted(known, checkable) if known else _initial(checkable)
        self._schedule(self.topology.checkables, now)

    def replace(self, model: Model, now: Instant) -> list[ObjectKey]:
        """Swaps the configuration. An object that did not change keeps its state and its next check.

        Returns:
            The objects that are gone.
        """
        before = self.topology.checkables
        self._adopt(model)
        after = self.topology.checkables
        gone = [key for key in before if key not in after]
        for key in gone:
            self.states.pop(key, None)
            self.queue.remove(key)
        fresh: dict[ObjectKey, Host | Service] = {}
        for key, checkable in after.items():
            known = self.states.get(key)
            if known is None:
                self.states[key] = _initial(checkable)
                fresh[key] = checkable
            elif before.get(key) != checkable:
                self.states[key] = _fitted(known, checkable)
                self._refit(key, checkable, fresh, now)
        self._schedule(fresh, now)
        return gone

    def _refit(
        self, key: ObjectKey, checkable: Host | Service, fresh: dict[ObjectKey, Host | Service], now: Instant
    ) -> None:
        """A changed object keeps its next check if that still makes sense."""
        pending = self.queue.get(key)
        if not schedule.is_scheduled(checkable):
            self.queue.remove(key)
        elif pending is not None:
            window = schedule.check_window(checkable, self.states[key], self.settings)
            if pending.at > now + window:
                self.queue.put(key, Instant(now + schedule.fraction(key) * window), forced=pending.forced)
        elif key not in self.executing:
            fresh[key] = checkable

    def _schedule(self, wanted: Mapping[ObjectKey, Host | Service], now: Instant) -> None:
        """First checks: kept from before where that lies ahead, spread otherwise."""
        settings = self.settings
        hosts = [one for one in wanted.values() if isinstance(one, Host)]
        services = [one for one in wanted.values() if isinstance(one, Service)]
        delays = schedule.spread(
            services,
            method=settings.service_inter_check_delay_method,
            interleave=settings.service_interleave_factor,
            max_spread_minutes=settings.max_service_check_spread,
            interval_length=settings.interval_length,
            hosts=len(self.model.hosts),
        )
        delays |= schedule.spread(
            hosts,
            method=settings.host_inter_check_delay_method,
            interleave="1",
            max_spread_minutes=settings.max_host_check_spread,
            interval_length=settings.interval_length,
            hosts=len(hosts),
        )
        for key, delay in delays.items():
            checkable = wanted[key]
            known = self.states[key]
            window = schedule.check_window(checkable, known, settings)
            at = known.next_check if now < known.next_check <= now + window else Instant(now + delay)
            self._plan(checkable, at, window)

    def _plan(self, checkable: Host | Service, at: Instant, window: float) -> None:
        """Puts the next check into the queue (unless an earlier one is there), within its check period."""
        at = schedule.within_period(checkable, at, window, self.model.timeperiods, self.tz)
        self.queue.request(checkable.key, at)
        pending = self.queue.get(checkable.key)
        if pending is not None:
            self.states[checkable.key].next_check = pending.at

    # --- checks -------------------------------------------------------------------------------------------

    def next_due(self) -> Instant | None:
        """When the next check is due; None when nothing is scheduled."""
        return self.queue.next_at()

    def take_due(self, now: Instant) -> CheckRequest | None:
        """The next check that is to be started now; objects that may not be checked now are put off."""
        while (due := self.queue.pop(now)) is not None:
            checkable = self.topology.checkables.get(due.key)
            if checkable is None:
                continue
            if due.forced or self._may_check(checkable, now):
                self.executing.add(due.key)
                return CheckRequest(due.key, due.at, due.forced)
            window = schedule.check_window(checkable, self.states[due.key], self.settings)
            later = Instant(now + (window if window > 0 else schedule.UNREACHABLE_INTERVAL))
            self._plan(checkable, later, window)
        return None

    def _may_check(self, checkable: Host | Service, now: Instant) -> bool:
        if checkable.key in self.executing or not checkable.active_checks_enabled:
            return False
        if not contains(self.model.timeperiods, checkable.check_period, now, self.tz):
            return False
        if self.dependencies.failing(checkable.key, Question.EXECUTION, now) is not None:
            return False
        if isinstance(checkable, Service):
            if self.settings.host_down_disable_service_checks:
                return self.states[(checkable.host_name, "")].state == HostState.UP
            return self.settings.execute_service_checks
        return self.settings.execute_host_checks

    def request_check(self, checkable: Host | Service, now: Instant) -> None:
        """A check on demand; dropped when the last result is younger than the cache horizon (Nagios' rule)."""
        if not checkable.active_checks_enabled or checkable.check_command is None:
            return
        settings, known = self.settings, self.states[checkable.key]
        is_service = isinstance(checkable, Service)
        horizon = settings.cached_service_check_horizon if is_service else settings.cached_host_check_horizon
        if known.last_check + horizon > now or checkable.key in self.executing:
            return
        if self.queue.request(checkable.key, now):
            known.next_check = now

    def _look_at_masters(self, checkable: Host | Service, seen: Runtime, now: Instant) -> None:
        """One attempt before a problem is confirmed, what it depends on is looked at, so that the cause is
        known before anybody is told of the consequence."""
        soft = seen.state != 0 and seen.state_type is StateType.SOFT
        if soft and seen.attempt == checkable.max_check_attempts - 1:
            for master in self.dependencies.masters(checkable.key):
                self.request_check(self.topology.checkables[master], now)

    def freshen(self, wanted: type[Host] | type[Service], now: Instant, effects: Effects) -> None:
        """Forces a check of every object of a kind whose last result is too old."""
        for checkable in self._watched_for_freshness:
            key, known = checkable.key, self.states[checkable.key]
            if not isinstance(checkable, wanted) or key in self._freshening or key in self.executing:
                continue
            expired = expires_at(checkable, known, self.settings, self.program_start)
            if now <= expired or not contains(self.model.timeperiods, checkable.check_period, now, self.tz):
                continue
            self._freshening.add(key)
            self.queue.put(key, now, forced=True)
            effects.events.append(
                ResultStale(
                    time=now,
                    host=checkable.host_name,
                    service=key[1],
                    age=now - expired,
                    threshold=threshold_of(checkable, known, self.settings),
                )
            )

    # --- results ------------------------------------------------------------------------------------------

    def apply(self, key: ObjectKey, result: CheckResult, now: Instant, effects: Effects) -> None:
        """One result; what follows from it is added to `effects`. A result for an unknown object is dropped."""
        if result.check_type is CheckType.ACTIVE:
            self.executing.discard(key)
        self._freshening.discard(key)
        checkable = self.topology.checkables.get(key)
        if isinstance(checkable, Service):
            self._apply_service(checkable, result, now, effects)
        elif checkable is not None:
            self._apply_host(checkable, result, now, effects)

    def _apply_service(self, service: Service, result: CheckResult, now: Instant, effects: Effects) -> None:
        before = self.states[service.key]
        host = self.model.hosts[service.host_name]
        host_now = self.states[host.key]
        step = advance_service(before, service, host, host_now, result, self.settings, self.ids, now)
        self.states[service.key] = step.seen
        self._reschedule(service, step)
        if step.host_wish.renotify:
            self._teller.tell_host_again(host, now, effects)
        if step.host_wish.check:
            self.request_check(host, now)
        if self.settings.enable_predictive_service_dependency_checks:
            self._look_at_masters(service, step.seen, now)
        self._follow(service, before, step, now, effects)
        settle_service(step)
        effects.changed[service.key] = step.seen

    def _apply_host(self, host: Host, result: CheckResult, now: Instant, effects: Effects) -> None:
        before = self.states[host.key]
        parents = [self.states[(name, "")].state for name in host.parents]
        step = advance_host(before, host, parents, result, self.settings, self.ids, now)
        self.states[host.key] = step.seen
        self._reschedule(host, step)
        self._look_around(host, step, now)
        if self.settings.enable_predictive_host_dependency_checks:
            self._look_at_masters(host, step.seen, now)
        self._follow(host, before, step, now, effects)
        settle_host(step)
        effects.changed[host.key] = step.seen

    def _look_around(self, host: Host, step: HostStep, now: Instant) -> None:
        """Neighbours whose state contradicts the host's new one are checked now."""
        up = step.seen.state == HostState.UP
        if step.look_at_parents:
            for name in host.parents:
                if (self.states[(name, "")].state == HostState.UP) != up:
                    self.request_check(self.model.hosts[name], now)
        if step.look_at_children:
            settled = HostState.UP if up else HostState.UNREACHABLE
            for name in self.topology.children_of[host.host_name]:
                if self.states[(name, "")].state != settled:
                    self.request_check(self.model.hosts[name], now)

    def _reschedule(self, checkable: Host | Service, step: Step) -> None:
        seen = step.seen
        pending = self.queue.get(checkable.key)
        if pending is not None:
            seen.next_check = pending.at
        if not step.reschedule or not checkable.active_checks_enabled or checkable.check_command is None:
            return
        settled = seen.state_type is StateType.HARD or seen.state == 0
        if checkable.check_interval == 0 and settled:
            return
        window = schedule.check_window(checkable, seen, self.settings)
        self._plan(checkable, step.next_check, window)

    def _follow(
        self, checkable: Host | Service, before: Runtime, step: Step, now: Instant, effects: Effects
    ) -> None:
        """Notification, then log, then event handlers: the order in which Nagios does and logs them."""
        seen = step.seen
        if step.notify is not None:
            self._teller.tell(checkable, step.notify, now, effects)
        if step.log:
            effects.events.append(_state_changed(checkable, before, step, now))
        if step.handle and self.settings.enable_event_handlers:
            self._handlers(checkable, seen, now, effects)

    def _handlers(self, checkable: Host | Service, seen: Runtime, now: Instant, effects: Effects) -> None:
        settings = self.settings
        is_service = isinstance(checkable, Service)
        everywhere = settings.global_service_event_handler if is_service else settings.global_host_event_handler
        snapshot = msgspec.structs.replace(seen)
        if everywhere is not None:
            effects.handlers.append(
                HandlerCall(key=checkable.key, call=everywhere, is_global=True, seen=snapshot)
            )
        own = checkable.event_handler
        allowed = checkable.event_handler_enabled and contains(
            self.model.timeperiods, checkable.event_handler_period, now, self.tz
        )
        if own is not None and allowed:
            effects.handlers.append(HandlerCall(key=checkable.key, call=own, is_global=False, seen=snapshot))

    def judge(self, checkable: Host | Service, kind: NotificationKind, now: Instant) -> Decision:
        """Whether somebody would be told at this moment, and why or why not; changes nothing."""
        return self._teller.judge(checkable, kind, now)

    # --- the clock ----------------------------------------------------------------------------------------

    def shift(self, seconds: float) -> None:
        """The wall clock jumped: due times and remembered instants move with it, as in Nagios."""
        self.queue.shift(seconds)
        self.program_start = Instant(self.program_start + seconds)
        for known in self.states.values():
            for name in _SHIFTED:
                value = getattr(known, name)
                if value:
                    setattr(known, name, Instant(value + seconds))


_SHIFTED = (
    "last_check",
    "next_check",
    "last_state_change",
    "last_hard_state_change",
    "last_notification",
    "next_notification",
)


def _state_changed(checkable: Host | Service, before: Runtime, step: Step, now: Instant) -> StateChanged:
    seen = step.seen
    return StateChanged(
        time=now,
        host=checkable.host_name,
        service=checkable.key[1],
        state=checkable.state_name(seen.state),
        state_type=seen.state_type.name,
        attempt=seen.attempt,
        max_attempts=checkable.max_check_attempts,
        previous_state=checkable.state_name(before.state),
        previous_state_type=before.state_type.name,
        output=seen.output,
        long_output=seen.long_output,
        hard_change=step.hard_change,
    )


def _initial(checkable: Host | Service) -> Runtime:
    state = checkable.initial_state
    return Runtime(state=state, last_state=state, last_hard_state=state)


def _fitted(known: Runtime, checkable: Host | Service) -> Runtime:
    """What was remembered, fitted to a configuration that may have changed: attempts stay within the limit."""
    most = checkable.max_check_attempts
    hard_problem = known.state != 0 and known.state_type is StateType.HARD
    attempt = most if hard_problem and known.attempt > 1 else min(known.attempt, most)
    if attempt == known.attempt:
        return known
    return msgspec.structs.replace(known, attempt=attempt)
