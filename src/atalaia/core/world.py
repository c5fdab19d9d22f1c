"""The whole monitored world at one moment: objects, what is known of them, and what is due.

The World is the core's face: the engine feeds it instants, results and orders and carries out what it answers;
a simulation does the same in virtual time. It keeps its own books and touches nothing else. The rules live in
the modules beside it; here they meet.
"""

from collections.abc import Mapping
from datetime import tzinfo

import msgspec

from atalaia.core.acknowledging import Acknowledging
from atalaia.core.agenda import Agenda, Appointment, Topic
from atalaia.core.changes import Changes, key_of
from atalaia.core.comments import Comments, Deleted
from atalaia.core.dependencies import Dependencies
from atalaia.core.downtime_book import DowntimeBook
from atalaia.core.downtimes import Downtimes
from atalaia.core.due_queue import DueQueue
from atalaia.core.effects import Effects, Wish, WishKind
from atalaia.core.events import ResultStale
from atalaia.core.flap_watch import FlapWatch
from atalaia.core.freshness import expires_at, threshold_of
from atalaia.core.instants import NEVER, Instant
from atalaia.core.notifying import Decision
from atalaia.core.objects import Host, MainSettings, Model, ObjectKey, Service
from atalaia.core.planner import CheckRequest, Planner
from atalaia.core.records import Change, ChangeKey, Comment, CommentKind, ContactRuntime, Downtime
from atalaia.core.results import CheckResult
from atalaia.core.results_desk import ResultsDesk
from atalaia.core.runtime import Acknowledgement, Runtime
from atalaia.core.states import CheckType, StateType
from atalaia.core.step import Ids
from atalaia.core.telling import RECOVERY, Occasion, Recoveries, Teller
from atalaia.core.timeperiods import contains
from atalaia.core.topology import Topology

ORPHAN_PASS = 60.0
"""Seconds between two looks for checks whose results never came (Nagios')."""

OWED_PASS = 60.0
"""Seconds between two looks for recoveries that no result will bring to the people."""

__all__ = ["CheckRequest", "Remembered", "World"]


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """What a run begins with: everything that the one before knew."""

    states: dict[ObjectKey, Runtime] = {}
    comments: list[Comment] = []
    downtimes: list[Downtime] = []
    changes: dict[ChangeKey, Change] = {}
    contacts: dict[str, ContactRuntime] = {}
    stopped: Instant = Instant(0.0)
    """When the run before ended; 0 when that is not known."""
    orderly: bool = True
    """It ended in order; False after a crash."""


NOTHING_REMEMBERED = Remembered()


class World:
    """Objects, runtimes, books and the due queue. Not thread-safe; every method takes `now`.

    Args:
        model: the configuration.
        tz: the zone in which time periods are meant.
        program_start: when this run began.
        ids: numbers that go on from the run before.
        recoveries: who hears that a problem is over.
    """

    def __init__(
        self,
        model: Model,
        *,
        tz: tzinfo,
        program_start: Instant,
        ids: Ids | None = None,
        recoveries: Recoveries = Recoveries.COMPLETE,
    ) -> None:
        self.tz = tz
        self.ids = ids or Ids()
        self.program_start = program_start
        self.recoveries = recoveries
        self.states: dict[ObjectKey, Runtime] = {}
        self.contacts: dict[str, ContactRuntime] = {}
        self.comments = Comments(self.ids)
        self.changes = Changes()
        self.agenda = Agenda()
        self._planner = Planner(self.states, tz)
        self._book = DowntimeBook()
        self._freshening: set[ObjectKey] = set()
        self._adopt(model)

    @property
    def model(self) -> Model:
        """The configuration in force: what the files say and what people changed since."""
        return self.topology.model

    @property
    def settings(self) -> MainSettings:
        """The program-wide settings in force."""
        return self.topology.model.settings

    @property
    def queue(self) -> DueQueue:
        """The pending checks."""
        return self._planner.queue

    @property
    def executing(self) -> Mapping[ObjectKey, Instant]:
        """Objects that are being checked, and since when."""
        return self._planner.executing

    @property
    def planner(self) -> Planner:
        """Who is checked next, and when."""
        return self._planner

    # --- configuration ------------------------------------------------------------------------------------

    def _adopt(self, model: Model) -> None:
        self.topology = Topology(model)
        self.changes.apply_to(self.topology)
        self.dependencies = Dependencies(self.topology, self.states, self.tz)
        self.teller = Teller(
            self.topology,
            self.states,
            self.dependencies,
            self._book,
            self.contacts,
            tz=self.tz,
            program_start=self.program_start,
            ids=self.ids,
            recoveries=self.recoveries,
        )
        self._planner.adopt(self.topology, self.dependencies)
        self.downtimes = Downtimes(
            self._book,
            self.topology,
            self.states,
            self.comments,
            self.agenda,
            self.teller,
            tz=self.tz,
            ids=self.ids,
        )
        self.acknowledging = Acknowledging(self.states, self.comments, self.agenda, self.teller)
        self.flapping = FlapWatch(self.topology, self.states, self.comments, self.teller)
        self._desk = ResultsDesk(
            topology=self.topology,
            states=self.states,
            planner=self._planner,
            dependencies=self.dependencies,
            teller=self.teller,
            downtimes=self.downtimes,
            acknowledging=self.acknowledging,
            flapping=self.flapping,
            ids=self.ids,
            tz=self.tz,
            program_start=self.program_start,
        )
        self._watched_for_freshness = [
            key for key, one in self.topology.checkables.items() if one.check_freshness and one.check_command
        ]

    def start(self, remembered: Remembered, now: Instant, effects: Effects) -> None:
        """Takes over what was remembered, gives every other object its initial state, and fills the queue."""
        self.changes.restore(remembered.changes)
        self.changes.apply_to(self.topology)
        self.contacts.update(remembered.contacts)
        for key, checkable in self.topology.checkables.items():
            known = remembered.states.get(key)
            kept = known is not None and checkable.retain_status_information
            self.states[key] = _remembered(known, checkable) if known and kept else _initial(checkable)
            if kept and self.states[key] != known:
                effects.changed[key] = self.states[key]
        for checkable in self.topology.checkables.values():
            self.teller.refit(checkable, effects)
        self._restore_comments(remembered, now, effects)
        self.downtimes.restore(remembered.downtimes, now, effects)
        self.acknowledging.restore()
        settings = self.settings
        kept_until = 0.0
        if (
            settings.use_retained_scheduling_info
            and now - remembered.stopped < settings.retention_scheduling_horizon
        ):
            kept_until = float(settings.retention_scheduling_horizon)
        self._planner.first_checks(self.topology.checkables, now, kept_until=kept_until)
        self._make_rounds(now)

    def _restore_comments(self, remembered: Remembered, now: Instant, effects: Effects) -> None:
        """An orderly restart takes away the comments that are not persistent, as in Nagios, unless their reason
        still holds (an acknowledgement, a flapping, a downtime). A crash takes nothing away."""
        of_downtimes = {one.comment_id for one in remembered.downtimes}
        kept: list[Comment] = []
        for comment in remembered.comments:
            self.ids.comment = max(self.ids.comment, comment.id + 1)
            known = self.states.get(comment.key)
            if known is None:
                effects.comments[comment.id] = None
                continue
            kept.append(comment)
            if comment.expires:
                self.agenda.put(Appointment(comment.expires, Topic.COMMENT_END, comment.id))
        self.comments.restore(kept)
        for comment in kept:
            known = self.states[comment.key]
            if not self._outlives_restart(comment, known, remembered, of_downtimes):
                self.comments.delete(comment.id, now, effects, Deleted.RESTARTED)

    @staticmethod
    def _outlives_restart(
        comment: Comment, known: Runtime, remembered: Remembered, of_downtimes: set[int]
    ) -> bool:
        match comment.kind:
            case CommentKind.DOWNTIME:
                return comment.id in of_downtimes
            case CommentKind.FLAPPING:
                return known.flapping_comment == comment.id
            case CommentKind.ACKNOWLEDGEMENT:
                return comment.persistent or known.acknowledged
            case _:
                return comment.persistent or not remembered.orderly

    def replace(self, model: Model, now: Instant, effects: Effects) -> list[ObjectKey]:
        """Swaps the configuration. An object that did not change keeps its state and its next check.

        Returns:
            The objects that are gone.
        """
        before = self.topology.checkables
        contacts_before = self.model.contacts
        self._adopt(model)
        after = self.topology.checkables
        gone = [key for key in before if key not in after]
        for key in gone:
            self._forget(key, before[key], effects)
        for name in contacts_before:
            if name not in self.model.contacts:
                self.contacts.pop(name, None)
                self.changes.forget(("contact", name, ""), effects)
        fresh: dict[ObjectKey, Host | Service] = {}
        for key, checkable in after.items():
            known = self.states.get(key)
            if known is None:
                self.states[key] = _initial(checkable)
                fresh[key] = checkable
            elif before.get(key) != checkable:
                fitted = _fitted(known, checkable)
                if fitted is not known:
                    self.states[key] = effects.changed[key] = fitted
                if self._planner.refit(checkable, now):
                    fresh[key] = checkable
            self.teller.refit(checkable, effects)
        self._planner.first_checks(fresh, now)
        self._make_rounds(now)
        return gone

    def _forget(self, key: ObjectKey, checkable: Host | Service, effects: Effects) -> None:
        self.states.pop(key, None)
        self._planner.queue.remove(key)
        self._planner.executing.pop(key, None)
        self.comments.forget(key, effects)
        self.downtimes.forget(key, effects)
        self.changes.forget(key_of(checkable), effects)

    # --- checks -------------------------------------------------------------------------------------------

    def next_due(self) -> Instant | None:
        """When something is due next, a check or an appointment; None when nothing is planned."""
        check, appointment = self._planner.queue.next_at(), self.agenda.next_at()
        if check is None or appointment is None:
            return check if appointment is None else appointment
        return min(check, appointment)

    def take_due(self, now: Instant, effects: Effects) -> CheckRequest | None:
        """The next check that is to be started now."""
        return self._planner.take_due(now, effects)

    def apply(self, key: ObjectKey, result: CheckResult, now: Instant, effects: Effects) -> None:
        """One result; what follows from it is added to `effects`. A result for an unknown object is dropped."""
        if result.check_type is CheckType.ACTIVE:
            self._planner.executing.pop(key, None)
            self._freshening.discard(key)  # a result from outside does not end the wait for the forced check
        checkable = self.topology.checkables.get(key)
        if checkable is not None:
            self._desk.take(checkable, result, now, effects)

    def judge(self, checkable: Host | Service, occasion: Occasion, now: Instant) -> Decision:
        """Whether somebody would be told at this moment, and why or why not; changes nothing."""
        return self.teller.judge(checkable, occasion, now)

    # --- appointments -------------------------------------------------------------------------------------

    def _make_rounds(self, now: Instant) -> None:
        """Puts the regular rounds into the agenda, counted from now."""
        settings = self.settings
        self.agenda.drop(frozenset(_ROUNDS))
        for topic, every in (
            (Topic.SERVICE_FRESHNESS, float(settings.service_freshness_check_interval)),
            (Topic.HOST_FRESHNESS, float(settings.host_freshness_check_interval)),
            (Topic.ORPHANS, ORPHAN_PASS),
            (Topic.OWED_RECOVERIES, OWED_PASS),
        ):
            self.agenda.put(Appointment(Instant(now + every), topic))

    def keep_appointments(self, now: Instant, effects: Effects) -> None:
        """Does everything that is due by now, in order of time."""
        while (due := self.agenda.pop(now)) is not None:
            self._keep(due, now, effects)

    def _keep(self, due: Appointment, now: Instant, effects: Effects) -> None:
        settings = self.settings
        match due.topic:
            case Topic.DOWNTIME_START:
                self.downtimes.start(due.number, now, effects)
            case Topic.DOWNTIME_END:
                self.downtimes.end(due.number, now, effects)
            case Topic.DOWNTIME_EXPIRY:
                self.downtimes.expire(due.number, now, effects)
            case Topic.ACKNOWLEDGEMENT_END:
                assert due.key is not None  # such an appointment names its object
                self.acknowledging.expire(due.key, now, effects)
            case Topic.COMMENT_END:
                self.comments.delete(due.number, now, effects, Deleted.EXPIRED)
            case Topic.SERVICE_FRESHNESS:
                if settings.check_service_freshness:
                    self._freshen(Service, now, effects)
                self._again(due, settings.service_freshness_check_interval, now)
            case Topic.HOST_FRESHNESS:
                if settings.check_host_freshness:
                    self._freshen(Host, now, effects)
                self._again(due, settings.host_freshness_check_interval, now)
            case Topic.ORPHANS:
                self._planner.find_orphans(now, effects)
                self._again(due, ORPHAN_PASS, now)
            case Topic.OWED_RECOVERIES:
                self._tell_owed(now, effects)
                self._again(due, OWED_PASS, now)
            case Topic.SHUT_DOWN:
                effects.wishes.append(Wish(kind=WishKind.SHUT_DOWN))
            case _:  # Topic.RESTART
                effects.wishes.append(Wish(kind=WishKind.RESTART))

    def _again(self, due: Appointment, seconds: float, now: Instant) -> None:
        """The next round; those that were missed are not made up for."""
        following = due.at + seconds
        self.agenda.put(Appointment(Instant(following if following > now else now + seconds), due.topic))

    def _freshen(self, wanted: type[Host] | type[Service], now: Instant, effects: Effects) -> None:
        """Forces a check of every object of a kind whose last result is too old."""
        for key in self._watched_for_freshness:
            checkable, known = self.topology.checkables[key], self.states[key]
            if not isinstance(checkable, wanted) or not self._can_go_stale(checkable):
                continue
            if key in self._freshening or key in self._planner.executing:
                continue
            expired = expires_at(checkable, known, self.settings, self.program_start)
            if now <= expired or not contains(self.model.timeperiods, checkable.check_period, now, self.tz):
                continue
            self._freshening.add(key)
            self._planner.force(key, now)
            effects.events.append(
                ResultStale(
                    time=now,
                    host=checkable.host_name,
                    service=key[1],
                    age=now - expired,
                    threshold=threshold_of(checkable, known, self.settings),
                )
            )

    @staticmethod
    def _can_go_stale(checkable: Host | Service) -> bool:
        takes_results = checkable.active_checks_enabled or checkable.passive_checks_enabled
        return takes_results and bool(checkable.freshness_threshold or checkable.check_interval)

    def _tell_owed(self, now: Instant, effects: Effects) -> None:
        """Recoveries that people are owed and that no result will bring to them.

        Nagios asks again with each good result. An object that gets none any more (it is passive, or its checks
        are switched off) would never tell; it is asked here, once a result has stayed away for its interval and
        a minute.
        """
        for key, known in self.states.items():
            if not known.notified_on or known.state != 0 or known.state_type is not StateType.HARD:
                continue
            checkable = self.topology.checkables[key]
            expected = checkable.check_interval * self.settings.interval_length
            if now > known.last_check + expected + OWED_PASS:
                effects.own(self.states, key)
                self.teller.tell(checkable, RECOVERY, now, effects)

    # --- the clock ----------------------------------------------------------------------------------------

    def shift(self, seconds: float) -> None:
        """The wall clock jumped: due times and remembered instants move with it, as in Nagios.

        Downtimes keep the hours that people gave them.
        """
        self._planner.queue.shift(seconds)
        self.agenda.shift(seconds)
        self.program_start = Instant(self.program_start + seconds)
        for since in self._planner.executing:
            self._planner.executing[since] = Instant(self._planner.executing[since] + seconds)
        for known in self.states.values():
            for name in _SHIFTED:
                value = getattr(known, name)
                if value:
                    setattr(known, name, Instant(value + seconds))


_ROUNDS = (Topic.SERVICE_FRESHNESS, Topic.HOST_FRESHNESS, Topic.ORPHANS, Topic.OWED_RECOVERIES)

_SHIFTED = (
    "last_check",
    "next_check",
    "last_state_change",
    "last_hard_state_change",
    "last_notification",
    "next_notification",
)


def _initial(checkable: Host | Service) -> Runtime:
    state = checkable.initial_state
    attempt = checkable.max_check_attempts if state else 1
    return Runtime(state=state, last_state=state, last_hard_state=state, attempt=attempt)


def _remembered(known: Runtime, checkable: Host | Service) -> Runtime:
    """What the run before knew. Downtimes in effect are counted anew; an object that wants no settings kept
    loses its acknowledgement (Nagios' rule)."""
    known = _fitted(msgspec.structs.replace(known, downtime_depth=0), checkable)
    if known.acknowledged and not checkable.retain_nonstatus_information:
        known.acknowledged = False
        known.acknowledgement = Acknowledgement.NONE
        known.acknowledged_until = NEVER
    return known


def _fitted(known: Runtime, checkable: Host | Service) -> Runtime:
    """What was known, fitted to a configuration that may have changed: attempts stay within the limit."""
    most = checkable.max_check_attempts
    hard_problem = known.state != 0 and known.state_type is StateType.HARD
    attempt = most if hard_problem and known.attempt > 1 else min(known.attempt, most)
    if attempt == known.attempt:
        return known
    return msgspec.structs.replace(known, attempt=attempt)
