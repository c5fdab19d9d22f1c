"""Why an object is as it is, in sentences: its state, its next check, and who was or was not told.

The sentences are built from the same decisions that the engine takes, asked again at this moment.
"""

from collections.abc import Iterable, Iterator, Sequence

from atalaia.core import schedule
from atalaia.core.events import NotificationFailed, NotificationSent, NotificationSuppressed
from atalaia.core.instants import Instant
from atalaia.core.notifying import Reason as Why
from atalaia.core.objects import Host, Service
from atalaia.core.runtime import Runtime
from atalaia.core.states import HostState, StateType
from atalaia.core.telling import PROBLEM
from atalaia.core.timeperiods import contains
from atalaia.core.world import World
from atalaia.ports.control import Reason
from atalaia.ports.storage import StoredEvent
from atalaia.texts import Texts, texts


def explain(
    world: World,
    checkable: Host | Service,
    now: Instant,
    events: Sequence[StoredEvent],
    language: str,
) -> list[Reason]:
    """The explanation's sentences, most telling first."""
    say = texts(language)
    known = world.states[checkable.key]
    found = [Reason(topic="state", text=text) for text in _state(world, checkable, known, now, say)]
    found += [Reason(topic="schedule", text=text) for text in _schedule(world, checkable, known, now, say)]
    found += [
        Reason(topic="notification", text=text) for text in _notification(world, checkable, known, now, say)
    ]
    found += [Reason(topic="delivery", text=text) for text in _deliveries(events, say)]
    return found


def _state(world: World, checkable: Host | Service, known: Runtime, now: Instant, say: Texts) -> Iterator[str]:
    if not known.has_been_checked:
        yield say.say("It has not been checked yet.")
        return
    state = say.state(checkable.state_name(known.state))
    began = known.problem_since if known.state and known.problem_since else known.last_state_change
    since = say.duration(max(0.0, now - began))
    if known.state_type is StateType.SOFT:
        yield say.say(
            "It is {state} for {since}, not confirmed yet: attempt {attempt} of {most}.",
            state=state,
            since=since,
            attempt=known.attempt,
            most=checkable.max_check_attempts,
        )
    elif known.state:
        yield say.say("It is {state} for {since}, confirmed.", state=state, since=since)
    else:
        yield say.say("It is {state} for {since}.", state=state, since=since)
    if isinstance(checkable, Service):
        host = world.states[(checkable.host_name, "")]
        if host.state != HostState.UP:
            yield say.say(
                "Its host is {state}: its services are confirmed at once and nobody is told about them.",
                state=say.state(HostState(host.state).name),
            )
    elif known.state == HostState.UNREACHABLE:
        yield say.say("None of its parents is up: {parents}.", parents=", ".join(checkable.parents))


def _schedule(
    world: World, checkable: Host | Service, known: Runtime, now: Instant, say: Texts
) -> Iterator[str]:
    if checkable.check_command is None:
        yield say.say("It has no check command, so it is never checked actively.")
    elif not checkable.active_checks_enabled:
        yield say.say("Active checks are switched off for it.")
    elif checkable.key in world.executing:
        yield say.say("A check is running now.")
    else:
        pending = world.queue.get(checkable.key)
        if pending is None:
            yield say.say("No check is planned.")
        else:
            window = schedule.check_window(checkable, known, world.settings)
            yield say.say(
                "The next check is at {when}, every {interval}.",
                when=say.instant(pending.at, world.tz),
                interval=say.duration(window),
            )
    if not contains(world.model.timeperiods, checkable.check_period, now, world.tz):
        yield say.say("The check period {period} is closed now.", period=checkable.check_period)


def _notification(
    world: World, checkable: Host | Service, known: Runtime, now: Instant, say: Texts
) -> Iterator[str]:
    if known.told:
        yield say.say("Told of this problem: {contacts}.", contacts=", ".join(known.told))
    if known.last_notification:
        yield say.say("Last message: {when}.", when=say.instant(known.last_notification, world.tz))
    if not known.state or not known.has_been_checked:
        return
    decision = world.judge(checkable, PROBLEM, now)
    if decision.told:
        yield say.say("With the next bad result people are told.")
    else:
        yield reason_sentence(decision.reason, say)
    if decision.because_of is not None:
        yield say.say("What it depends on: {master}.", master=" / ".join(filter(None, decision.because_of)))
    if decision.reason is Why.TOO_EARLY:
        yield say.say(
            "Next message at the earliest: {when}.", when=say.instant(known.next_notification, world.tz)
        )


def _deliveries(events: Iterable[StoredEvent], say: Texts) -> Iterator[str]:
    """The newest fact about telling, if it was a failure or a refusal."""
    for stored in events:
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
        if isinstance(event, NotificationSuppressed) and event.contact:
            yield say.say(
                "{contact} was not told: {reason}",
                contact=event.contact,
                reason=reason_sentence(event.reason, say),
            )
            return


def reason_sentence(reason: str, say: Texts) -> str:
    """One sentence for a reason of `atalaia.core.notifying.Reason`."""
    sentences: dict[str, str] = {
        Why.FIRST: say.say("It is the first message about this problem."),
        Why.INTERVAL: say.say("The notification interval has passed."),
        Why.STATE_CHANGED: say.say("The problem is another one than before."),
        Why.VOLATILE: say.say("It is volatile: each bad result is told."),
        Why.RECOVERED: say.say("The problem that was told has ended."),
        Why.DISABLED_EVERYWHERE: say.say("Notifications are switched off for the whole server."),
        Why.OUTSIDE_PERIOD: say.say("Its notification period is closed now."),
        Why.DISABLED: say.say("Notifications are switched off for it."),
        Why.SOFT: say.say("The problem is not confirmed yet, so nobody is told."),
        Why.ACKNOWLEDGED: say.say("Somebody has acknowledged the problem."),
        Why.DEPENDENCY: say.say("Something that it depends on is bad; people are told about that instead."),
        Why.OPTIONS: say.say("Its notification options leave this state out."),
        Why.NOTHING_TOLD: say.say("Nobody was told of the problem, so nobody is told of its end."),
        Why.FIRST_DELAY: say.say("The delay before the first message has not passed yet."),
        Why.FLAPPING: say.say("It is flapping."),
        Why.IN_DOWNTIME: say.say("It is in a scheduled downtime."),
        Why.HOST_IN_DOWNTIME: say.say("Its host is in a scheduled downtime."),
        Why.ONCE_ONLY: say.say("People were told once, and its notification interval is 0."),
        Why.HOST_NOT_UP: say.say("Its host is not up, so people are told about the host instead."),
        Why.PARENTS_NOT_UP: say.say("None of its host's parents is up."),
        Why.TOO_EARLY: say.say("People were told and the notification interval has not passed yet."),
        Why.NO_CONTACTS: say.say("It has no contacts."),
        Why.CONTACT_DISABLED: say.say("Notifications are switched off for this contact."),
        Why.CONTACT_OUTSIDE_PERIOD: say.say("The contact's notification period is closed now."),
        Why.CONTACT_OPTIONS: say.say("The contact's notification options leave this state out."),
        Why.CONTACT_IMPORTANCE: say.say("It is less important than what this contact wants to hear of."),
        Why.CONTACT_HAS_NO_WAY: say.say("The contact has neither a notification command nor a channel."),
    }
    return sentences.get(reason, reason)
