"""Who is told about an object, who is not, and why: now, and the last time that it was decided.

The answers come from the filters that decide, asked again at this moment, and from the stored decisions. Every
object in every state gets an answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy

from atalaia.core.escalations import Escalations
from atalaia.core.events import (
    Event,
    NotificationFailed,
    NotificationQueued,
    NotificationSent,
    NotificationSuppressed,
)
from atalaia.core.instants import Instant
from atalaia.core.notifying import Decision, decide_contact
from atalaia.core.notifying import Reason as Why
from atalaia.core.objects import Contact, Host, Service
from atalaia.core.runtime import Runtime
from atalaia.core.step import NotificationKind
from atalaia.core.telling import PROBLEM, RECOVERY, ways_of
from atalaia.core.world import World
from atalaia.ports.control import Reason
from atalaia.ports.storage import StoredEvent
from atalaia.texts import Texts
from atalaia.texts.vocabulary import kind_of, what, why


def _tag(kind: type[Event]) -> str:
    return str(kind.__struct_config__.tag)


DECISIONS = tuple(
    _tag(kind) for kind in (NotificationQueued, NotificationSuppressed, NotificationSent, NotificationFailed)
)
"""Types of the facts that tell who was told, by their stored names."""


def explain_telling(
    world: World, checkable: Host | Service, now: Instant, decisions: Sequence[StoredEvent], say: Texts
) -> list[Reason]:
    """Sentences about telling.

    Args:
        world: the world now.
        checkable: the object.
        now: the moment.
        decisions: facts of the types `DECISIONS` about the object, newest first.
        say: the reader's language.
    """
    known = world.states[checkable.key]
    found = [Reason(topic="notification", text=text) for text in _now(world, checkable, known, now, say)]
    found += [Reason(topic="escalation", text=text) for text in _escalations(world, checkable, say)]
    found += [Reason(topic="decision", text=text) for text in _last_decisions(world, decisions, say)]
    found += [Reason(topic="delivery", text=text) for text in _deliveries(decisions, say)]
    return found


# --- now --------------------------------------------------------------------------------------------------


def _now(world: World, checkable: Host | Service, known: Runtime, now: Instant, say: Texts) -> Iterator[str]:
    if known.told and known.state:
        yield say.say("Told of this problem: {contacts}.", contacts=", ".join(known.told))
    if known.last_notification:
        yield say.say("Last message: {when}.", when=say.instant(known.last_notification, world.tz))
    if not known.has_been_checked:
        yield say.say("It has no result yet, so there is nothing to tell.")
    elif known.state:
        yield from _of_problem(world, checkable, known, now, say)
    else:
        yield from _of_recovery(world, checkable, known, now, say)


def _of_problem(
    world: World, checkable: Host | Service, known: Runtime, now: Instant, say: Texts
) -> Iterator[str]:
    decision = world.judge(checkable, PROBLEM, now)
    if not decision.told:
        yield from _objection(world, checkable, known, decision, say)
        return
    ahead = copy(known)
    ahead.notification_number += 1
    contacts, escalated = Escalations(world.topology, world.tz).contacts(checkable, ahead, now, broadcast=False)
    refusals = {one.contact_name: _refusal(world, one, checkable, ahead, PROBLEM.kind, now) for one in contacts}
    told = [name for name, reason in refusals.items() if reason is None]
    if not contacts:
        yield reason_sentence(Why.NO_CONTACTS, say)
    elif not told:
        yield say.say("With the next bad result nobody is told, because none of its contacts wants it now.")
    elif escalated:
        yield say.say(
            "With the next bad result these are told, by an escalation: {contacts}.", contacts=", ".join(told)
        )
    else:
        yield say.say("With the next bad result these are told: {contacts}.", contacts=", ".join(told))
    yield from _refused(refusals, say)


def _of_recovery(
    world: World, checkable: Host | Service, known: Runtime, now: Instant, say: Texts
) -> Iterator[str]:
    if known.owed:
        yield say.say(
            "The recovery was told; still to be told of it: {contacts}.", contacts=", ".join(known.owed)
        )
        owed = [world.model.contacts[name] for name in known.owed if name in world.model.contacts]
        yield from _refused(
            {one.contact_name: _refusal(world, one, checkable, known, RECOVERY.kind, now) for one in owed}, say
        )
    elif known.notified_on:
        yield say.say("People were told of the problem; its end has not been told yet.")
    else:
        yield say.say("It has no problem, and nobody waits for news of a recovery.")
        return
    decision = world.judge(checkable, RECOVERY, now)
    if decision.told:
        yield say.say("With the next good result its end is told.")
    else:
        yield from _objection(world, checkable, known, decision, say)


def _objection(
    world: World, checkable: Host | Service, known: Runtime, decision: Decision, say: Texts
) -> Iterator[str]:
    """Why the general filters let nothing through, and until when, where that is known."""
    yield reason_sentence(decision.reason, say)
    if decision.because_of is not None:
        yield say.say("What it depends on: {master}.", master=" / ".join(filter(None, decision.because_of)))
    if decision.reason is Why.TOO_EARLY:
        yield say.say(
            "Next message at the earliest: {when}.", when=say.instant(known.next_notification, world.tz)
        )
    if decision.reason is Why.OUTSIDE_PERIOD and decision.not_before:
        yield say.say("The period opens again: {when}.", when=say.instant(decision.not_before, world.tz))
    if decision.reason is Why.FIRST_DELAY:
        since = known.last_hard_state_change or world.program_start
        ends = Instant(since + checkable.first_notification_delay * world.settings.interval_length)
        yield say.say("The delay ends: {when}.", when=say.instant(ends, world.tz))


def _refused(refusals: dict[str, Why | None], say: Texts) -> Iterator[str]:
    for name, reason in refusals.items():
        if reason is not None:
            yield say.say("{contact} is not told: {reason}", contact=name, reason=reason_sentence(reason, say))


def _refusal(
    world: World,
    contact: Contact,
    checkable: Host | Service,
    known: Runtime,
    kind: NotificationKind,
    now: Instant,
) -> Why | None:
    importance = checkable.importance
    if isinstance(checkable, Host):  # Nagios' rule: a host weighs as much as it and its services together
        importance += sum(one.importance for one in world.topology.services_of[checkable.host_name])
    periods = world.model.timeperiods
    reason = decide_contact(contact, kind, checkable, known, importance, periods, world.tz, now)
    if reason is None and not ways_of(contact, checkable):
        return Why.CONTACT_HAS_NO_WAY
    return reason


# --- escalations ------------------------------------------------------------------------------------------


def _escalations(world: World, checkable: Host | Service, say: Texts) -> Iterator[str]:
    for one in world.topology.escalations_of(checkable.key):
        values: dict[str, object] = {
            "first": max(1, one.first_notification),
            "last": one.last_notification,
            "contacts": ", ".join(contact.contact_name for contact in world.topology.contacts_of(one)),
        }
        if one.last_notification and one.last_notification < max(1, one.first_notification):
            text = say.say(
                "An escalation to {contacts} can never hold: its last_notification is missing.", **values
            )
        elif one.last_notification:
            text = say.say("Messages {first} to {last} of a problem go to {contacts}.", **values)
        else:
            text = say.say("From message {first} on a problem is told to {contacts}.", **values)
        if one.escalation_period:
            text += " " + say.say("Only within the period {period}.", period=one.escalation_period)
        yield text


# --- what was decided -------------------------------------------------------------------------------------


Made = NotificationQueued | NotificationSuppressed
"""What a decision leaves: one fact for each contact whom it reached, or did not."""


def _last_decisions(world: World, decisions: Iterable[StoredEvent], say: Texts) -> Iterator[str]:
    """The newest decision of each kind of message, and the newest that reached somebody: whom and why."""
    of_kinds: dict[str, list[list[Made]]] = {}
    for stored in decisions:
        event = stored.event
        if isinstance(event, Made):
            made = of_kinds.setdefault(kind_of(event.kind, event.state), [])
            if made and made[-1][0].time == event.time:
                made[-1].append(event)
            else:
                made.append([event])
    for made in of_kinds.values():
        yield from _decision(world, made[0], say)
        if not _told(made[0]):
            yield from _decision(world, next(filter(_told, made), []), say)


def _told(made: Sequence[Made]) -> list[NotificationQueued]:
    return [one for one in made if isinstance(one, NotificationQueued)]


def _decision(world: World, made: Sequence[Made], say: Texts) -> Iterator[str]:
    if not made:
        return
    when = say.instant(made[0].time, world.tz)
    about = f"{what(say, made[0].kind, made[0].state)} ({say.state(made[0].state)})"
    told = _told(made)
    if told:
        yield say.say(
            "{when}: told {what}: {contacts} ({reason})",
            when=when,
            what=about,
            contacts=", ".join(dict.fromkeys(one.contact for one in reversed(told))),
            reason=why(say, told[0].reason),
        )
    for one in made:
        if isinstance(one, NotificationSuppressed):
            yield _silence(one, when, about, say)


def _silence(event: NotificationSuppressed, when: str, about: str, say: Texts) -> str:
    reason = why(say, event.reason) + (f" ({event.detail})" if event.detail else "")
    if event.contact:
        return say.say(
            "{when}: {contact} not told {what}: {reason}",
            when=when,
            contact=event.contact,
            what=about,
            reason=reason,
        )
    return say.say("{when}: nobody told {what}: {reason}", when=when, what=about, reason=reason)


def _deliveries(decisions: Iterable[StoredEvent], say: Texts) -> Iterator[str]:
    """The newest fact about handing a message over, if it was a failure."""
    for stored in decisions:
        event = stored.event
        if isinstance(event, NotificationSent):
            return
        if isinstance(event, NotificationFailed):
            yield say.say(
                "A message to {contact} by {via} did not get out: {error}",
                contact=event.contact,
                via=event.via,
                error=event.error,
            )
            return


def reason_sentence(reason: str, say: Texts) -> str:
    """One sentence for a reason of `atalaia.core.notifying.Reason`; an unknown one is returned as it is."""
    sentences = _whys_of_telling(say) | _whys_of_silence(say) | _whys_of_contacts(say)
    return sentences.get(reason, reason)


def _whys_of_telling(say: Texts) -> dict[str, str]:
    return {
        Why.FIRST: say.say("It is the first message about this problem."),
        Why.INTERVAL: say.say("The notification interval has passed."),
        Why.STATE_CHANGED: say.say("The problem is another one than before."),
        Why.VOLATILE: say.say("It is volatile: each bad result is told."),
        Why.RECOVERED: say.say("The problem that was told has ended."),
        Why.ASKED_FOR: say.say("Somebody acknowledged it, or sent a message of their own."),
        Why.FORCED: say.say("Whoever sent it asked for all filters to be passed over."),
        Why.BEGAN_OR_ENDED: say.say("A downtime or flapping began or ended, and that is to be told."),
    }


def _whys_of_silence(say: Texts) -> dict[str, str]:
    return {
        Why.DISABLED_EVERYWHERE: say.say("Notifications are switched off for the whole server."),
        Why.OUTSIDE_PERIOD: say.say("Its notification period is closed now."),
        Why.DISABLED: say.say("Notifications are switched off for it."),
        Why.SOFT: say.say("The state is not confirmed yet, so nobody is told."),
        Why.ACKNOWLEDGED: say.say("Somebody has acknowledged the problem, so nobody is told again."),
        Why.DEPENDENCY: say.say("Something that it depends on is bad; people are told about that instead."),
        Why.OPTIONS: say.say("Its notification options leave this out."),
        Why.NOTHING_TOLD: say.say("Nobody was told of the problem, so nobody is told of its end."),
        Why.FIRST_DELAY: say.say("The delay before the first message has not passed yet."),
        Why.FLAPPING: say.say("Nobody is told while it is flapping."),
        Why.IN_DOWNTIME: say.say("Nobody is told while it is in a downtime."),
        Why.HOST_IN_DOWNTIME: say.say("Nobody is told while its host is in a downtime."),
        Why.AWAITS_DOWNTIME: say.say("A flexible downtime of it waits for this problem, so nobody is told."),
        Why.HOST_AWAITS_DOWNTIME: say.say(
            "A flexible downtime of its host could begin at any moment, so nobody is told."
        ),
        Why.NO_PROBLEM: say.say("There is no problem that could be acknowledged."),
        Why.ONCE_ONLY: say.say("People were told once, and its notification interval is 0."),
        Why.HOST_NOT_UP: say.say("Its host is not up, so people are told about the host instead."),
        Why.PARENTS_NOT_UP: say.say("None of its host's parents is up."),
        Why.TOO_EARLY: say.say("People were told and the notification interval has not passed yet."),
        Why.NO_CONTACTS: say.say("It has no contacts."),
    }


def _whys_of_contacts(say: Texts) -> dict[str, str]:
    return {
        Why.CONTACT_DISABLED: say.say("Notifications are switched off for this contact."),
        Why.CONTACT_OUTSIDE_PERIOD: say.say("The contact's notification period is closed now."),
        Why.CONTACT_OPTIONS: say.say("The contact's notification options leave this out."),
        Why.CONTACT_IMPORTANCE: say.say("It is less important than what this contact wants to hear of."),
        Why.CONTACT_HAS_NO_WAY: say.say("The contact has neither a notification command nor a channel."),
    }
