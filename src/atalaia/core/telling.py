"""The books of who was told what: notification numbers, intervals, and recoveries that are owed.

`notifying.py` decides; the Teller looks up who is concerned, writes down what was decided and hands out one
`Telling` per contact and way.
"""

from collections.abc import Sequence
from copy import copy
from datetime import tzinfo
from enum import StrEnum

import msgspec

from atalaia.core.dependencies import Dependencies, Question
from atalaia.core.downtime_book import DowntimeBook
from atalaia.core.effects import Effects, Telling
from atalaia.core.escalations import Escalations
from atalaia.core.events import NotificationQueued, NotificationSuppressed
from atalaia.core.instants import NEVER, Instant
from atalaia.core.notifying import (
    Decision,
    Reason,
    Situation,
    decide,
    decide_contact,
    next_notification_at,
)
from atalaia.core.objects import CommandCall, Contact, Host, ObjectKey, Service
from atalaia.core.records import ContactRuntime
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.core.step import Ids, NotificationKind
from atalaia.core.topology import Topology

CHANNEL_VARIABLE = "CHANNEL"
"""A contact's custom variable `_CHANNEL` names the built-in channel that replaces its notification commands."""

_TEMPORARY = frozenset({Reason.CONTACT_DISABLED, Reason.CONTACT_OUTSIDE_PERIOD})
"""Reasons that go away by waiting: a recovery that is held back by one of them stays owed."""


class Recoveries(StrEnum):
    """Who hears that a problem is over."""

    COMPLETE = "complete"
    """Whom Nagios' rules name, and everybody else who was told of the problem."""
    NAGIOS = "nagios"
    """Whom Nagios' rules name, and nobody else: not always those who were told (see `escalations.py`)."""
    TOLD = "told"
    """Exactly those who were told of the problem."""


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """Why and how people are to be told, beside what happened to the object."""

    kind: NotificationKind
    author: str = ""
    comment: str = ""
    broadcast: bool = False
    """To all contacts, escalated or not."""
    forced: bool = False
    """All filters are passed over."""
    counts: bool = False
    """The notification number grows with it."""


PROBLEM = Occasion(kind=NotificationKind.PROBLEM)
RECOVERY = Occasion(kind=NotificationKind.RECOVERY)


class Teller:
    """Keeps the notification part of every Runtime."""

    def __init__(
        self,
        topology: Topology,
        states: dict[ObjectKey, Runtime],
        dependencies: Dependencies,
        downtimes: DowntimeBook,
        contacts: dict[str, ContactRuntime],
        *,
        tz: tzinfo,
        program_start: Instant,
        ids: Ids,
        recoveries: Recoveries = Recoveries.COMPLETE,
    ) -> None:
        self._topology = topology
        self._states = states
        self._dependencies = dependencies
        self._downtimes = downtimes
        self._contacts = contacts
        self._escalations = Escalations(topology, tz)
        self._tz = tz
        self._program_start = program_start
        self._ids = ids
        self._recoveries = recoveries

    def tell_host_again(self, host: Host, now: Instant, effects: Effects) -> None:
        """The host's notification logic, asked because one of its services is still bad (Nagios' rule)."""
        if self._states[host.key].state_type is not StateType.SOFT:
            effects.own(self._states, host.key)
            self.tell(host, PROBLEM, now, effects)

    def judge(self, obj: Host | Service, occasion: Occasion, now: Instant) -> Decision:
        """What the general filters say at this moment; changes nothing."""
        model = self._topology.model
        host = model.hosts[obj.host_name]
        failing = self._dependencies.failing(obj.key, Question.NOTIFICATION, now)
        if failing is None and obj is not host:
            failing = self._dependencies.failing(host.key, Question.NOTIFICATION, now)
        return decide(
            Situation(
                kind=occasion.kind,
                object=obj,
                now_known=self._states[obj.key],
                host=host,
                host_known=self._states[host.key],
                parent_states=[self._states[(name, "")].state for name in host.parents],
                pending_downtime=self._downtimes.is_pending(obj.key, now),
                host_pending_downtime=self._downtimes.is_pending(host.key, now),
                failing_master=failing,
                settings=model.settings,
                periods=model.timeperiods,
                tz=self._tz,
                program_start=self._program_start,
                now=now,
                forced=occasion.forced,
            )
        )

    def tell(self, obj: Host | Service, occasion: Occasion, now: Instant, effects: Effects) -> bool:
        """Asks the filters, tells whom they let through, and keeps the books.

        The object's runtime must be the collection's own (`Effects.own`).

        Returns:
            True when the filters let it through, even if no contact was left to be told (Nagios' rule).
        """
        known = self._states[obj.key]
        decision = self.judge(obj, occasion, now)
        if not decision.told:
            self._not_told(obj, known, occasion, decision, now, effects)
            return False
        if occasion.kind is NotificationKind.RECOVERY:
            self._tell_recovery(obj, known, now, effects)
        else:
            self._tell_about(obj, known, occasion, decision.reason, now, effects)
        return True

    # --- problems, and everything that is no recovery -----------------------------------------------------

    def _tell_about(
        self,
        obj: Host | Service,
        known: Runtime,
        occasion: Occasion,
        reason: Reason,
        now: Instant,
        effects: Effects,
    ) -> None:
        is_problem = occasion.kind is NotificationKind.PROBLEM
        counts = is_problem or occasion.counts
        known.notification_number += counts
        contacts, escalated = self._escalations.contacts(obj, known, now, broadcast=occasion.broadcast)
        told = [one for one in contacts if self._lets_through(one, obj, known, occasion, now, effects)]
        if not told:
            known.notification_number -= counts
            if not contacts:
                self._note(obj, known, occasion.kind, Reason.NO_CONTACTS, now, effects)
            return
        self._emit(told, obj, known, occasion, reason, now, effects, escalated=escalated)
        if not is_problem:
            return
        self._wait(obj, known, now)
        letter = obj.state_letter(known.state)
        if letter not in known.notified_on:
            known.notified_on += letter
        names = (one.contact_name for one in told)
        known.told = tuple(dict.fromkeys((*known.told, *known.owed, *names)))
        known.owed = ()
        known.suppressed_because = ""

    def _wait(self, obj: Host | Service, known: Runtime, now: Instant) -> None:
        """People were told: when they may be told again."""
        interval = self._escalations.interval(obj, known, now)
        known.next_notification, known.no_more_notifications = next_notification_at(
            obj, interval, self._topology.model.settings, now
        )
        known.last_notification = now
        known.waits_units = interval
        known.delayed_until = NEVER

    def refit(self, obj: Host | Service, effects: Effects) -> None:
        """The configuration may have another interval now: it counts from the last message (Nagios' rule).

        What a person put off stays put off.
        """
        known = self._states[obj.key]
        if known.state == 0 or not known.last_notification or known.waits_units < 0:
            return
        interval = self._escalations.interval(obj, known, known.last_notification)
        if interval == known.waits_units:
            return
        at, last_word = next_notification_at(
            obj, interval, self._topology.model.settings, known.last_notification
        )
        known = effects.own(self._states, obj.key)
        known.next_notification = max(at, known.delayed_until)
        known.no_more_notifications, known.waits_units = last_word, interval

    # --- recoveries ---------------------------------------------------------------------------------------

    def _tell_recovery(self, obj: Host | Service, known: Runtime, now: Instant, effects: Effects) -> None:
        """A recovery goes to whom Nagios tells; nobody who was told of the problem is forgotten.

        Nagios forgets whoever an escalation replaced, and a contact whose period is closed or who is switched
        off at this moment. Here the former are told too (see `Recoveries`), and to the latter the recovery
        stays owed: it is tried again with each following good result.
        """
        contacts, escalated = self._recovery_contacts(obj, known, now)
        told: list[Contact] = []
        owed: list[str] = []
        for contact in contacts:
            reason = self._refusal(contact, obj, known, RECOVERY, now)
            name = contact.contact_name
            if reason is None:
                told.append(contact)
                continue
            self._note(obj, known, NotificationKind.RECOVERY, reason, now, effects, contact=name)
            if reason in _TEMPORARY and (name in known.told or name in known.owed):
                owed.append(name)
        if not told:
            if known.owed and not owed:
                self._settle(known)  # whoever was owed it cannot be told any more
            return
        self._emit(told, obj, known, RECOVERY, Reason.RECOVERED, now, effects, escalated=escalated)
        known.last_notification = now
        if not owed:  # who is still owed it is not to wait for the interval
            self._wait(obj, known, now)
        known.notification_number = 0
        known.told = ()
        known.owed = tuple(owed)
        if not owed:
            self._settle(known)

    def _recovery_contacts(
        self, obj: Host | Service, known: Runtime, now: Instant
    ) -> tuple[list[Contact], bool]:
        known_contacts = self._topology.model.contacts
        if known.owed:
            return [known_contacts[name] for name in known.owed if name in known_contacts], False
        were_told = [known_contacts[name] for name in known.told if name in known_contacts]
        if self._recoveries is Recoveries.TOLD:
            return were_told, False
        contacts, escalated = self._escalations.contacts(obj, known, now, broadcast=False)
        if self._recoveries is Recoveries.COMPLETE:
            named = {one.contact_name for one in contacts}
            contacts += [one for one in were_told if one.contact_name not in named]
        return contacts, escalated

    @staticmethod
    def _settle(known: Runtime) -> None:
        """The problem is over for everybody."""
        known.notified_on = ""
        known.notification_number = 0
        known.told = ()
        known.owed = ()
        known.suppressed_because = ""

    # --- everybody ----------------------------------------------------------------------------------------

    def _not_told(
        self,
        obj: Host | Service,
        known: Runtime,
        occasion: Occasion,
        decision: Decision,
        now: Instant,
        effects: Effects,
    ) -> None:
        if decision.reason is Reason.OUTSIDE_PERIOD and occasion.kind is NotificationKind.PROBLEM:
            known.next_notification = decision.not_before or NEVER
        if occasion.kind is NotificationKind.RECOVERY and "r" not in obj.notification_options:
            self._settle(known)
        host_known = self._states[(obj.host_name, "")]
        if obj.notification_interval == 0 and (known.downtime_depth or host_known.downtime_depth):
            known.next_notification = now
        cause = " / ".join(filter(None, decision.because_of or ()))
        self._note(obj, known, occasion.kind, decision.reason, now, effects, detail=cause)

    def _lets_through(
        self,
        contact: Contact,
        obj: Host | Service,
        known: Runtime,
        occasion: Occasion,
        now: Instant,
        effects: Effects,
    ) -> bool:
        reason = self._refusal(contact, obj, known, occasion, now)
        if reason is None:
            return True
        self._note(obj, known, occasion.kind, reason, now, effects, contact=contact.contact_name)
        return False

    def _refusal(
        self, contact: Contact, obj: Host | Service, known: Runtime, occasion: Occasion, now: Instant
    ) -> Reason | None:
        importance = obj.importance
        if isinstance(obj, Host):
            importance += sum(one.importance for one in self._topology.services_of[obj.host_name])
        periods = self._topology.model.timeperiods
        reason = decide_contact(
            contact,
            occasion.kind,
            obj,
            known,
            importance,
            periods,
            self._tz,
            now,
            forced=occasion.forced,
        )
        if reason is None and not ways_of(contact, obj):
            return Reason.CONTACT_HAS_NO_WAY
        return reason

    def _emit(
        self,
        told: Sequence[Contact],
        obj: Host | Service,
        known: Runtime,
        occasion: Occasion,
        reason: Reason,
        now: Instant,
        effects: Effects,
        *,
        escalated: bool,
    ) -> None:
        known.notification_id = self._ids.next_notification()
        seen = copy(known)
        names = tuple(one.contact_name for one in told)
        for contact in told:
            self._note_contact(contact.contact_name, obj, now, effects)
            for place, (channel, call) in enumerate(ways_of(contact, obj)):
                effects.tellings.append(
                    Telling(
                        key=obj.key,
                        contact=contact.contact_name,
                        kind=occasion.kind,
                        call=call,
                        channel=channel,
                        seen=seen,
                        number=known.notification_number,
                        recipients=names,
                        problem_id=known.current_problem_id or known.last_problem_id,
                        problem_since=known.problem_since,
                        escalated=escalated,
                        place=place,
                        author=occasion.author,
                        comment=occasion.comment,
                    )
                )
                effects.events.append(
                    NotificationQueued(
                        time=now,
                        host=obj.host_name,
                        service=obj.key[1],
                        contact=contact.contact_name,
                        kind=occasion.kind,
                        state=obj.state_name(known.state),
                        via=call.name if call else channel,
                        number=known.notification_number,
                        output=known.output,
                        reason=reason,
                        author=occasion.author,
                        comment=occasion.comment,
                    )
                )

    def _note_contact(self, name: str, obj: Host | Service, now: Instant, effects: Effects) -> None:
        before = self._contacts.get(name) or ContactRuntime()
        field = "last_service_notification" if isinstance(obj, Service) else "last_host_notification"
        after = msgspec.structs.replace(before, **{field: now})
        self._contacts[name] = effects.contacts[name] = after

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
