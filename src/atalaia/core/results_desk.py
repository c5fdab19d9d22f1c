"""What one result leads to, in Nagios' order: state machine, downtimes and acknowledgements, flapping,
notification, log, event handlers."""

from copy import copy
from datetime import tzinfo

import msgspec

from atalaia.core.acknowledging import Acknowledging
from atalaia.core.dependencies import Dependencies
from atalaia.core.downtimes import Downtimes
from atalaia.core.effects import Effects, HandlerCall, ResultReport
from atalaia.core.events import EventHandlerStarted, PassiveResultTaken, StateChanged
from atalaia.core.flap_watch import FlapWatch
from atalaia.core.host_machine import HostStep, advance_host, conclude_host, settle_host
from atalaia.core.instants import Instant
from atalaia.core.machine import advance_service, conclude_service, settle_service
from atalaia.core.macros import MacroContext, expand
from atalaia.core.objects import CommandCall, Host, ObjectKey, Service
from atalaia.core.planner import Planner
from atalaia.core.results import CheckResult
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, HostState, StateType
from atalaia.core.step import Ids, NotificationKind, Step
from atalaia.core.telling import PROBLEM, RECOVERY, Teller
from atalaia.core.timeperiods import contains
from atalaia.core.topology import Topology

STALK_NOTIFICATIONS = "N"
"""Letter of stalking_options: log the state whenever people were told."""


class ResultsDesk:
    """Takes results. Holds nothing of its own: the parts that it is given keep the books."""

    def __init__(
        self,
        *,
        topology: Topology,
        states: dict[ObjectKey, Runtime],
        planner: Planner,
        dependencies: Dependencies,
        teller: Teller,
        downtimes: Downtimes,
        acknowledging: Acknowledging,
        flapping: FlapWatch,
        ids: Ids,
        tz: tzinfo,
        program_start: Instant,
    ) -> None:
        self._topology = topology
        self._states = states
        self._planner = planner
        self._dependencies = dependencies
        self._teller = teller
        self._downtimes = downtimes
        self._acknowledging = acknowledging
        self._flapping = flapping
        self._ids = ids
        self._tz = tz
        self._program_start = program_start

    def take(self, checkable: Host | Service, result: CheckResult, now: Instant, effects: Effects) -> None:
        """One result of an object that exists."""
        before = self._states[checkable.key]
        if result.check_type is CheckType.PASSIVE:
            effects.events.append(
                PassiveResultTaken(
                    time=now,
                    host=checkable.host_name,
                    service=checkable.key[1],
                    state=before.state,
                    output=before.output,
                    checked_before=before.has_been_checked,
                )
            )
        if isinstance(checkable, Service):
            self._take_service(checkable, before, result, now, effects)
        else:
            self._take_host(checkable, before, result, now, effects)

    def _take_service(
        self, service: Service, before: Runtime, result: CheckResult, now: Instant, effects: Effects
    ) -> None:
        settings = self._topology.model.settings
        host = self._topology.model.hosts[service.host_name]
        host_now = self._states[host.key]
        step = advance_service(before, service, host, host_now, result, settings, self._ids, now)
        seen = step.seen
        self._states[service.key] = effects.changed[service.key] = seen
        if step.host_wish.renotify:
            self._stand_in_for_host(host, seen, effects)
            self._teller.tell_host_again(host, now, effects)
        if step.host_wish.check:
            self._planner.request(host, now)
        if settings.enable_predictive_service_dependency_checks:
            self._look_at_masters(service, seen, now)
        self._changed(service, step, now, effects)
        self._flapping.look(service, now, effects)
        self._flapping.look(host, now, effects)
        self._planner.after_result(service, seen, step.next_check, reschedule=step.reschedule)
        conclude_service(step, service)
        self._follow(service, before, step, now, effects)
        settle_service(step)
        self._report(service, seen, effects, obsess=False)

    def _take_host(
        self, host: Host, before: Runtime, result: CheckResult, now: Instant, effects: Effects
    ) -> None:
        settings = self._topology.model.settings
        parents = [self._states[(name, "")].state for name in host.parents]
        step = advance_host(before, host, parents, result, settings, self._ids, now)
        seen = step.seen
        self._states[host.key] = effects.changed[host.key] = seen
        self._look_around(host, step, now)
        if settings.enable_predictive_host_dependency_checks:
            self._look_at_masters(host, seen, now)
        self._changed(host, step, now, effects)
        self._flapping.look(host, now, effects)
        self._planner.after_result(host, seen, step.next_check, reschedule=step.reschedule)
        conclude_host(step)
        self._follow(host, before, step, now, effects)
        settle_host(step)
        self._report(host, seen, effects, obsess=False)

    # --- around the object --------------------------------------------------------------------------------

    def _stand_in_for_host(self, host: Host, seen: Runtime, effects: Effects) -> None:
        """A bad service speaks for a host that was never checked (Nagios' rule)."""
        if not self._states[host.key].has_been_checked:
            known = effects.own(self._states, host.key)
            known.has_been_checked = True
            known.last_check = seen.last_check

    def _look_around(self, host: Host, step: HostStep, now: Instant) -> None:
        """Neighbours whose state contradicts the host's new one are checked now."""
        hosts = self._topology.model.hosts
        up = step.seen.state == HostState.UP
        if step.look_at_parents:
            for name in host.parents:
                if (self._states[(name, "")].state == HostState.UP) != up:
                    self._planner.request(hosts[name], now)
        if step.look_at_children:
            settled = HostState.UP if up else HostState.UNREACHABLE
            for name in self._topology.children_of[host.host_name]:
                if self._states[(name, "")].state != settled:
                    self._planner.request(hosts[name], now)

    def _look_at_masters(self, checkable: Host | Service, seen: Runtime, now: Instant) -> None:
        """One attempt before a problem is confirmed, what it depends on is looked at, so that the cause is
        known before anybody is told of the consequence."""
        soft = seen.state != 0 and seen.state_type is StateType.SOFT
        if soft and seen.attempt == checkable.max_check_attempts - 1:
            for master in self._dependencies.masters(checkable.key):
                self._planner.request(self._topology.checkables[master], now)

    # --- the object itself --------------------------------------------------------------------------------

    def _changed(self, checkable: Host | Service, step: Step, now: Instant, effects: Effects) -> None:
        """Flexible downtimes begin and acknowledgements end with a change."""
        if step.state_change or step.hard_change:
            if step.seen.state != 0:
                self._downtimes.start_flexible(checkable.key, now, effects)
            self._acknowledging.state_changed(checkable, now, effects, soft=step.state_change)

    def _follow(
        self, checkable: Host | Service, before: Runtime, step: Step, now: Instant, effects: Effects
    ) -> None:
        """Notification, then log, then event handlers: the order in which Nagios does and logs them."""
        seen = step.seen
        retry = not (step.state_change or step.hard_change)
        if step.notify is not None:
            occasion = RECOVERY if step.notify is NotificationKind.RECOVERY else PROBLEM
            told = self._teller.tell(checkable, occasion, now, effects)
            if told and STALK_NOTIFICATIONS in checkable.stalking_options:
                step.log, retry = True, False
        self._report(checkable, seen, effects, obsess=True)
        letter = checkable.state_letter(seen.state)
        if letter in checkable.stalking_options and before.output != seen.output:
            step.log, retry = True, False
        if step.log:
            is_volatile = isinstance(checkable, Service) and checkable.is_volatile
            effects.events.append(_state_changed(checkable, before, step, now, retry=retry and not is_volatile))
        if step.handle and self._topology.model.settings.enable_event_handlers:
            self._handlers(checkable, seen, now, effects)

    def _handlers(self, checkable: Host | Service, seen: Runtime, now: Instant, effects: Effects) -> None:
        """First the program's event handler, then the object's own."""
        settings = self._topology.model.settings
        is_service = isinstance(checkable, Service)
        everywhere = settings.global_service_event_handler if is_service else settings.global_host_event_handler
        if everywhere is not None:
            self._handle(checkable, everywhere, seen, now, effects, is_global=True)
        own = checkable.event_handler
        allowed = checkable.event_handler_enabled and contains(
            self._topology.model.timeperiods, checkable.event_handler_period, now, self._tz
        )
        if own is not None and allowed:
            self._handle(checkable, own, seen, now, effects, is_global=False)

    def _handle(
        self,
        checkable: Host | Service,
        call: CommandCall,
        seen: Runtime,
        now: Instant,
        effects: Effects,
        *,
        is_global: bool,
    ) -> None:
        snapshot = msgspec.structs.replace(seen)
        effects.handlers.append(HandlerCall(key=checkable.key, call=call, is_global=is_global, seen=snapshot))
        effects.events.append(
            EventHandlerStarted(
                time=now,
                host=checkable.host_name,
                service=checkable.key[1],
                command=self._as_logged(call, checkable, now),
                state=checkable.state_name(seen.state),
                state_type=seen.state_type.name,
                attempt=seen.attempt,
                is_global=is_global,
            )
        )

    def _as_logged(self, call: CommandCall, checkable: Host | Service, now: Instant) -> str:
        """The call as it was configured, with its macros expanded: so Nagios logs it."""
        context = MacroContext(
            topology=self._topology,
            states=self._states,
            host=self._topology.model.hosts[checkable.host_name],
            service=checkable if isinstance(checkable, Service) else None,
            now=now,
            tz=self._tz,
            program_start=self._program_start,
        )
        return expand(call.raw or call.name, context, clean=True)

    def _report(self, checkable: Host | Service, seen: Runtime, effects: Effects, *, obsess: bool) -> None:
        """Hands the result on to the obsessive command (before the state settles) or as performance data."""
        settings = self._topology.model.settings
        if obsess:
            is_service = isinstance(checkable, Service)
            everywhere = settings.obsess_over_services if is_service else settings.obsess_over_hosts
            if everywhere and checkable.obsess:
                effects.reports.append(
                    ResultReport(key=checkable.key, seen=copy(seen), obsess=True, perfdata=False)
                )
        elif settings.process_performance_data and checkable.process_perf_data:
            effects.reports.append(
                ResultReport(key=checkable.key, seen=copy(seen), obsess=False, perfdata=True)
            )


def _state_changed(
    checkable: Host | Service, before: Runtime, step: Step, now: Instant, *, retry: bool
) -> StateChanged:
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
        retry=retry,
    )
