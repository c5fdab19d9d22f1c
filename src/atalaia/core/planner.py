"""When each object is checked next, and whether it may be checked at that moment (Nagios' rules).

Keeps the due queue and what is being checked. It knows no results: `world.py` tells it what followed from one.
"""

from collections.abc import Mapping
from datetime import tzinfo

import msgspec

from atalaia.core import schedule
from atalaia.core.dependencies import Dependencies, Question
from atalaia.core.due_queue import DueQueue
from atalaia.core.effects import Effects
from atalaia.core.events import CheckOrphaned
from atalaia.core.instants import Instant
from atalaia.core.objects import Host, ObjectKey, Service
from atalaia.core.runtime import Runtime
from atalaia.core.states import HostState, ServiceState, StateType
from atalaia.core.timeperiods import contains
from atalaia.core.topology import Topology

ORPHAN_SLACK = 600.0
"""Seconds beyond its time-out for which the result of a check is waited for (Nagios')."""

BUSY_PAUSE = 1.0
"""Seconds until a forced check is tried again whose object is being checked already."""

UNCHANGED = -1
"""Value of the *_skip_*_status directives that leaves a state as it is."""


class CheckRequest(msgspec.Struct, frozen=True):
    """A check that is to be started now."""

    key: ObjectKey
    due: Instant
    forced: bool = False


class Planner:
    """The due queue and its rules. Every method takes `now`."""

    def __init__(self, states: dict[ObjectKey, Runtime], tz: tzinfo) -> None:
        self.queue = DueQueue()
        self.executing: dict[ObjectKey, Instant] = {}
        """Objects that are being checked, and since when."""
        self._states = states
        self._tz = tz

    def adopt(self, topology: Topology, dependencies: Dependencies) -> None:
        """Takes over a configuration."""
        self._topology = topology
        self._dependencies = dependencies

    # --- planning -----------------------------------------------------------------------------------------

    def first_checks(
        self, wanted: Mapping[ObjectKey, Host | Service], now: Instant, *, kept_until: float = 0.0
    ) -> None:
        """First checks: kept from before where that lies ahead, spread otherwise.

        Args:
            wanted: the objects that have none yet.
            now: the moment.
            kept_until: remembered checks that are overdue by at most so many seconds are made up for at once.
        """
        model = self._topology.model
        settings = model.settings
        hosts = [one for one in wanted.values() if isinstance(one, Host)]
        services = [one for one in wanted.values() if isinstance(one, Service)]
        delays = schedule.spread(
            services,
            method=settings.service_inter_check_delay_method,
            interleave=settings.service_interleave_factor,
            max_spread_minutes=settings.max_service_check_spread,
            interval_length=settings.interval_length,
            hosts=len(model.hosts),
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
            known = self._states[key]
            window = schedule.check_window(checkable, known, settings)
            ahead = now - kept_until < known.next_check <= now + window
            self.plan(checkable, known.next_check if ahead else Instant(now + delay), window)

    def plan(self, checkable: Host | Service, at: Instant, window: float) -> None:
        """Puts the next check into the queue (unless an earlier one is there), within its check period."""
        at = schedule.within_period(checkable, at, window, self._topology.model.timeperiods, self._tz)
        self.queue.request(checkable.key, at)
        self._note_next(checkable.key)

    def refit(self, checkable: Host | Service, now: Instant) -> bool:
        """A changed object keeps its next check if that still makes sense.

        Returns:
            True when it needs a first check.
        """
        key = checkable.key
        pending = self.queue.get(key)
        if not schedule.is_scheduled(checkable):
            self.queue.remove(key)
        elif pending is not None:
            window = schedule.check_window(checkable, self._states[key], self._topology.model.settings)
            if pending.at > now + window:
                self.queue.put(key, Instant(now + schedule.fraction(key) * window), forced=pending.forced)
        elif key not in self.executing:
            return True
        return False

    def request(self, checkable: Host | Service, now: Instant) -> None:
        """A check on demand; dropped when the last result is younger than the cache horizon (Nagios' rule)."""
        if not checkable.active_checks_enabled or checkable.check_command is None:
            return
        settings, known = self._topology.model.settings, self._states[checkable.key]
        is_service = isinstance(checkable, Service)
        horizon = settings.cached_service_check_horizon if is_service else settings.cached_host_check_horizon
        if known.last_check + horizon > now or checkable.key in self.executing:
            return
        if self.queue.request(checkable.key, now):
            self._note_next(checkable.key)

    def order(self, checkable: Host | Service, at: Instant, now: Instant, *, forced: bool) -> bool:
        """A check that somebody asked for; False when it cannot be had (no command, or switched off)."""
        if checkable.check_command is None or not (forced or checkable.active_checks_enabled):
            return False
        self.queue.request(checkable.key, Instant(max(at, now)), forced=forced)
        self._note_next(checkable.key)
        return True

    def force(self, key: ObjectKey, now: Instant) -> None:
        """A check that has to be made at once."""
        self.queue.put(key, now, forced=True)
        self._note_next(key)

    def after_result(self, checkable: Host | Service, seen: Runtime, at: Instant, *, reschedule: bool) -> None:
        """Plans the check that follows a result.

        Args:
            checkable: the object.
            seen: what is known of it now.
            at: when it is due again, before its check period is asked.
            reschedule: False leaves a pending check as it is.
        """
        pending = self.queue.get(checkable.key)
        if pending is not None:
            seen.next_check = pending.at
        if not reschedule or not checkable.active_checks_enabled or checkable.check_command is None:
            return
        settled = seen.state_type is StateType.HARD or seen.state == 0
        if checkable.check_interval == 0 and settled:
            return
        self.plan(checkable, at, schedule.check_window(checkable, seen, self._topology.model.settings))

    def _note_next(self, key: ObjectKey) -> None:
        pending = self.queue.get(key)
        assert pending is not None  # something was just put there, or something earlier was there before
        self._states[key].next_check = pending.at

    # --- starting -----------------------------------------------------------------------------------------

    def take_due(self, now: Instant, effects: Effects) -> CheckRequest | None:
        """The next check that is to be started now; objects that may not be checked now are put off."""
        while (due := self.queue.pop(now)) is not None:
            checkable = self._topology.checkables[due.key]
            if due.forced and due.key in self.executing:
                self.queue.put(due.key, Instant(now + BUSY_PAUSE), forced=True)
                continue
            if self._may_check(checkable, now, effects, forced=due.forced):
                self.executing[due.key] = now
                return CheckRequest(due.key, due.at, due.forced)
            window = schedule.check_window(checkable, self._states[due.key], self._topology.model.settings)
            later = Instant(now + (window if window > 0 else schedule.UNREACHABLE_INTERVAL))
            self.plan(checkable, later, window)
        return None

    def _may_check(self, checkable: Host | Service, now: Instant, effects: Effects, *, forced: bool) -> bool:
        settings = self._topology.model.settings
        is_service = isinstance(checkable, Service)
        if not forced and not self._is_due_course(checkable, now, effects):
            return False
        if isinstance(checkable, Service):
            if self._has_bad_parent(checkable, frozenset()):
                self._skip(checkable, settings.service_skip_check_parent_status, effects)
                return False
            host_is_up = self._states[(checkable.host_name, "")].state == HostState.UP
            if settings.host_down_disable_service_checks and not host_is_up:
                self._skip(checkable, settings.service_skip_check_host_down_status, effects)
                return False
        return forced or (settings.execute_service_checks if is_service else settings.execute_host_checks)

    def _is_due_course(self, checkable: Host | Service, now: Instant, effects: Effects) -> bool:
        """What a forced check does not ask for."""
        if checkable.key in self.executing or not checkable.active_checks_enabled:
            return False
        model = self._topology.model
        if not contains(model.timeperiods, checkable.check_period, now, self._tz):
            return False
        if self._dependencies.failing(checkable.key, Question.EXECUTION, now) is None:
            return True
        settings = model.settings
        is_service = isinstance(checkable, Service)
        status = (
            settings.service_skip_check_dependency_status
            if is_service
            else settings.host_skip_check_dependency_status
        )
        self._skip(checkable, status, effects)
        return False

    def _has_bad_parent(self, service: Service, asked: frozenset[ObjectKey]) -> bool:
        """A service rests while the last hard state of something above it is CRITICAL or UNKNOWN."""
        for parent in service.parents:
            if parent in asked:
                continue
            if self._states[parent].last_hard_state in (ServiceState.CRITICAL, ServiceState.UNKNOWN):
                return True
            above = self._topology.model.services[parent]
            if self._has_bad_parent(above, asked | {service.key}):
                return True
        return False

    def _skip(self, checkable: Host | Service, status: int, effects: Effects) -> None:
        """The check rests; the main file may say which state the object gets meanwhile (nobody hears of it)."""
        if status != UNCHANGED and self._states[checkable.key].state != status:
            effects.own(self._states, checkable.key).state = status

    # --- looking after ------------------------------------------------------------------------------------

    def find_orphans(self, now: Instant, effects: Effects) -> None:
        """Begins anew the checks whose results never came (Nagios' rule, once a minute)."""
        settings = self._topology.model.settings
        for key, since in list(self.executing.items()):
            is_service = bool(key[1])
            if not (settings.check_for_orphaned_services if is_service else settings.check_for_orphaned_hosts):
                continue
            timeout = settings.service_check_timeout if is_service else settings.host_check_timeout
            if now <= since + timeout + settings.check_result_reaper_frequency + ORPHAN_SLACK:
                continue
            del self.executing[key]
            known = self._states[key]
            effects.events.append(
                CheckOrphaned(
                    time=now, host=key[0], service=key[1], last_check=known.last_check, next_check=since
                )
            )
            self.queue.request(key, now)
            self._note_next(key)
