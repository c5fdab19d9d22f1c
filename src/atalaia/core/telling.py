"""The books of who was told what: notification numbers, intervals, and recoveries that are owed.

`notifying.py` decides; the Teller looks up who is concerned, writes down what was decided and hands out one
`Telling` per contact and way.
"""

from copy import copy
from datetime import tzinfo

from atalaia.core.dependencies import Dependencies, Question
from atalaia.core.effects import Effects, Telling
from atalaia.core.events import NotificationQueued, NotificationSuppressed
from atalaia.core.instants import Instant
from atalaia.core.notifying import (
    Decision,
    Reason,
    Situation,
    decide,
    decide_contact,
    next_notification_at,
)
from atalaia.core.objects import CommandCall, Contact, Host, ObjectKey, Service
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.core.step import Ids, NotificationKind
from atalaia.core.topology import Topology

CHANNEL_VARIABLE = "CHANNEL"
"""A contact's custom variable `_CHANNEL` names the built-in channel that replaces its notification commands."""

_PERMANENT = frozenset({Reason.CONTACT_OPTIONS, Reason.CONTACT_IMPORTANCE, Reason.CONTACT_HAS_NO_WAY})
"""Reasons that will not go away by waiting: a recovery that is held back by one of them is not owed."""

_SILENT = frozenset({Reason.TOO_EARLY, Reason.ONCE_ONLY, Reason.NOTHING_TOLD, Reason.SOFT})
"""Reasons that are the normal course of things and no news: no event is kept for them."""


class Teller:
    """Keeps the notification part of every Runtime."""

    def __init__(
        self,
        topology: Topology,
        states: dict[ObjectKey, Runtime],
        dependencies: Dependencies,
        *,
        tz: tzinfo,
        program_start: Instant,
        ids: Ids,
    ) -> None:
        self._topology = topology
        self._model = topology.model
        self._states = states
        self._dependencies = dependencies
        self._tz = tz
        self._program_start = program_start
        self._ids = ids

    def tell_host_again(self, host: Host, now: Instant, effects: Effects) -> None:
        """The host's notification logic, asked because one of its services is still bad (Nagios' rule)."""
        known = self._states[host.key]
        if known.state_type is StateType.SOFT:
            return
        after = copy(known)
        self._states[host.key] = after
        self.tell(host, NotificationKind.PROBLEM, now, effects)
        if after != known:
            effects.changed[host.key] = after

    def judge(self, obj: Host | Service, kind: NotificationKind, now: Instant) -> Decision:
        """What the general filters say at this moment; changes nothing."""
        host = self._model.hosts[obj.host_name]
        failing = self._dependencies.failing(obj.key, Question.NOTIFICATION, now)
        if failing is None and obj is not host:
            failing = self._dependencies.failing(host.key, Question.NOTIFICATION, now)
        return decide(
            Situation(
                kind=kind,
                object=obj,
                now_known=self._states[obj.key],
                host=host,
                host_known=self._states[host.key],
                parent_states=[self._states[(name, "")].state for name in host.parents],
                failing_master=failing,
                settings=self._model.settings,
                periods=self._model.timeperiods,
                tz=self._tz,
                program_start=self._program_start,
                now=now,
            )
        )

    def tell(self, obj: Host | Service, kind: NotificationKind, now: Instant, effects: Effects) -> None:
        """Asks the filters, tells whom they let through, and keeps the books."""
        known = self._states[obj.key]
        decision = self.judge(obj, kind, now)
        if not decision.told:
            self._not_told(obj, known, kind, decision, now, effects)
            return
        if kind is NotificationKind.RECOVERY:
            self._tell_recovery(obj, known, now, effects)
        else:
            self._tell_problem(obj, known, kind, decision, now, effects)

    # --- problems -----------------------------------------------------------------------------------------

    def _tell_problem(
        self,
        obj: Host | Service,
        known: Runtime,
        kind: NotificationKind,
        decision: Decision,
        now: Instant,
        effects: Effects,
    ) -> None:
        known.notification_number += 1
        contacts = self._topology.contacts_of(obj)
        told = [one for one in contacts if self._lets_through(one, obj, known, kind, now, effects)]
        if not told:
            known.notification_number -= 1
            if not contacts:
                self._note(obj, known, kind, Reason.NO_CONTACTS, now, effects)
            return
        self._emit(told, obj, known, kind, decision.reason, now, effects)
        again = next_notification_at(obj, self._model.settings, now)
        known.no_more_notifications = again is None
        known.next_notification = Instant(0.0) if again is None else again
        known.last_notification = now
        letter = obj.state_letter(known.state)
        if letter not in known.notified_on:
            known.notified_on += letter
        known.told = tuple(dict.fromkeys((*known.told, *(one.contact_name for one in told))))
        known.suppressed_because = ""

    # --- recoveries ---------------------------------------------------------------------------------------

    def _tell_recovery(self, obj: Host | Service, known: Runtime, now: Instant, effects: Effects) -> None:
        """Everybody who was told of the problem is told of its end, each once.

        Nagios forgets a contact whose period is closed at this moment; here the recovery stays owed and is
        tried again with each following good result.
        """
        owed: list[str] = []
        told: list[Contact] = []
        for name in known.told:
            contact = self._model.contacts.get(name)
            if contact is None:
                continue
            reason = self._refusal(contact, obj, known, NotificationKind.RECOVERY, now)
            if reason is None:
                told.append(contact)
                continue
            self._note(obj, known, NotificationKind.RECOVERY, reason, now, effects, contact=name)
            if reason not in _PERMANENT:
                owed.append(name)
        if told:
            self._emit(told, obj, known, NotificationKind.RECOVERY, Reason.RECOVERED, now, effects)
            known.last_notification = now
        known.told = tuple(owed)
        if not owed:
            known.notified_on = ""
            known.notification_number = 0
            known.suppressed_because = ""

    # --- everybody ----------------------------------------------------------------------------------------

    def _not_told(
        self,
        obj: Host | Service,
        known: Runtime,
        kind: NotificationKind,
        decision: Decision,
        now: Instant,
        effects: Effects,
    ) -> None:
        if decision.reason is Reason.OUTSIDE_PERIOD and kind is NotificationKind.PROBLEM:
            known.next_notification = decision.not_before or Instant(0.0)
        if kind is NotificationKind.RECOVERY and "r" not in obj.notification_options:
            known.notified_on = ""
            known.notification_number = 0
            known.told = ()
        if decision.reason not in _SILENT:
            cause = " / ".join(filter(None, decision.because_of or ()))
            self._note(obj, known, kind, decision.reason, now, effects, detail=cause)

    def _lets_through(
        self,
        contact: Contact,
        obj: Host | Service,
        known: Runtime,
        kind: NotificationKind,
        now: Instant,
        effects: Effects,
    ) -> bool:
        reason = self._refusal(contact, obj, known, kind, now)
        if reason is None:
            return True
        self._note(obj, known, kind, reason, now, effects, contact=contact.contact_name)
        return False

    def _refusal(
        self, contact: Contact, obj: Host | Service, known: Runtime, kind: NotificationKind, now: Instant
    ) -> Reason | None:
        importance = obj.importance
        if isinstance(obj, Host):
            importance += sum(one.importance for one in self._topology.services_of[obj.host_name])
        reason = decide_contact(contact, kind, obj, known, importance, self._model.timeperiods, self._tz, now)
        if reason is None and not ways_of(contact, obj):
            return Reason.CONTACT_HAS_NO_WAY
        return reason

    def _emit(
        self,
        told: list[Contact],
        obj: Host | Service,
        known: Runtime,
        kind: NotificationKind,
        reason: Reason,
        now: Instant,
        effects: Effects,
    ) -> None:
        known.notification_id = self._ids.next_notification()
        seen = copy(known)
        names = tuple(one.contact_name for one in told)
        for contact in told:
            for channel, call in ways_of(contact, obj):
                effects.tellings.append(
                    Telling(
                        key=obj.key,
                        contact=contact.contact_name,
                        kind=kind,
                        call=call,
                        channel=channel,
                        seen=seen,
                        number=known.notification_number,
                        recipients=names,
                        problem_id=known.current_problem_id or known.last_problem_id,
                        problem_since=known.problem_since,
                    )
                )
                effects.events.append(
                    NotificationQueued(
                        time=now,
                        host=obj.host_name,
                        service=obj.key[1],
                        contact=contact.contact_name,
                        kind=kind,
                        state=obj.state_name(known.state),
                        via=call.name if call else channel,
                        number=known.notification_number,
                        output=known.output,
                        reason=reason,
                    )
                )

    def _note(
        self,
        obj: Host | Service,
        known: Runtime,
        kind: NotificationKind,
        reason: Reason,
        now: Instant,
        effects: Effects,
        *,
        contact: str = "",
        detail: str = "",
    ) -> None:
        """Keeps a reason as an event, once until another reason (or a message) takes its place."""
        mark = f"{kind}:{reason}:{contact}:{known.state}"
        if mark in known.suppressed_because.split("|"):
            return
        known.suppressed_because = f"{known.suppressed_because}|{mark}" if contact else mark
        effects.events.append(
            NotificationSuppressed(
                time=now,
                host=obj.host_name,
                service=obj.key[1],
                kind=kind,
                state=obj.state_name(known.state),
                reason=reason,
                contact=contact,
                detail=detail,
            )
        )


def ways_of(contact: Contact, obj: Host | Service) -> list[tuple[str, CommandCall | None]]:
    """How a contact is told about an object: (channel, command); the command is None for a built-in channel."""
    channel = contact.custom.get(CHANNEL_VARIABLE, "").strip().lower()
    if channel:
        return [(channel, None)]
    calls = (
        contact.service_notification_commands
        if isinstance(obj, Service)
        else contact.host_notification_commands
    )
    return [("command", call) for call in calls]
