"""A sentence for every event: what a person reads in the log. Pure.

The sentence does not name its host or service; whoever shows it puts the name beside it.
"""

from collections.abc import Callable
from typing import Any

from atalaia.core import events
from atalaia.texts import Texts, to_say
from atalaia.texts.vocabulary import what, why
from atalaia.web.present import tone_of
from atalaia.web.sentence import Sentence
from atalaia.web.sentences_of_people import SENTENCES_OF_PEOPLE

ROUTINE_REASONS = frozenset({"soft", "too_early", "once_only", "nothing_told"})
"""Reasons for silence that are the ordinary course of things."""

_ALARMS = {
    "late": to_say("checks start late"),
    "clock_jump": to_say("the clock jumped"),
    "storage": to_say("the store has trouble"),
    "start": to_say("checks could not be started"),
    "channel": to_say("messages do not get out"),
    "result": to_say("a result could not be taken"),
    "given_up": to_say("a message was given up"),
}
"""Words for troubles of the server, by the first word of `EngineAlarm.what`."""


def sentence(say: Texts, event: events.Event) -> Sentence:
    """What happened; for an event of an unknown type, its type."""
    write = SENTENCES.get(type(event))
    return write(say, event) if write else Sentence("news", events.type_name(event))


def _state_changed(say: Texts, event: events.StateChanged) -> Sentence:
    values: dict[str, object] = {
        "state": say.state(event.state),
        "before": say.state(event.previous_state),
        "attempt": event.attempt,
        "max_attempts": event.max_attempts,
    }
    same = event.state == event.previous_state
    if event.state_type == "SOFT":
        text = (
            say.say("still {state}, not confirmed yet ({attempt} of {max_attempts})", **values)
            if same
            else say.say(
                "{state} instead of {before}, not confirmed yet ({attempt} of {max_attempts})", **values
            )
        )
    elif same:
        text = say.say("{state} is confirmed", **values)
    else:
        text = say.say("{state} instead of {before}", **values)
    return Sentence(tone_of(event.state), text, event.output)


def _notification_queued(say: Texts, event: events.NotificationQueued) -> Sentence:
    text = say.say(
        "{contact} is to be told {what} ({state}) by {via}",
        contact=event.contact,
        what=what(say, event.kind, event.state),
        state=say.state(event.state),
        via=event.via,
    )
    return Sentence("news", text, why(say, event.reason))


def _notification_sent(say: Texts, event: events.NotificationSent) -> Sentence:
    text = say.say(
        "{contact} was told {what} ({state}) by {via}, {delay} after the decision",
        contact=event.contact,
        what=what(say, event.kind, event.state),
        state=say.state(event.state),
        via=event.via,
        delay=say.duration(event.delay),
    )
    if event.tries > 1:
        text += say.say(", after {tries} tries", tries=event.tries)
    return Sentence("news", text)


def _notification_failed(say: Texts, event: events.NotificationFailed) -> Sentence:
    values: dict[str, object] = {
        "contact": event.contact,
        "what": what(say, event.kind, event.state),
        "via": event.via,
        "tries": event.tries,
    }
    if event.final:
        text = say.say("{contact} could not be told {what} by {via}; given up after try {tries}", **values)
    else:
        text = say.say("{contact} could not be told {what} by {via} at try {tries}; tried again", **values)
    return Sentence("warning", text, event.error)


def _notification_suppressed(say: Texts, event: events.NotificationSuppressed) -> Sentence:
    values: dict[str, object] = {"what": what(say, event.kind, event.state), "reason": why(say, event.reason)}
    if event.contact:
        text = say.say("{contact} was not told {what}: {reason}", contact=event.contact, **values)
    else:
        text = say.say("nobody was told {what}: {reason}", **values)
    return Sentence("news", text, event.detail)


def _result_stale(say: Texts, event: events.ResultStale) -> Sentence:
    text = say.say(
        "no fresh result for {age} more than the {threshold} allowed; a check was forced",
        age=say.duration(event.age),
        threshold=say.duration(event.threshold),
    )
    return Sentence("warning", text)


def _check_orphaned(say: Texts, event: events.CheckOrphaned) -> Sentence:
    text = say.say(
        "the result of the check begun on {when} never came; it is begun again",
        when=say.instant(event.last_check),
    )
    return Sentence("warning", text)


def _event_handler_started(say: Texts, event: events.EventHandlerStarted) -> Sentence:
    text = say.say(
        "event handler {command} is run ({state}, {certainty}, attempt {attempt})",
        command=event.command,
        state=say.state(event.state),
        certainty=event.state_type,
        attempt=event.attempt,
    )
    return Sentence("news", text)


def _event_handler_ran(say: Texts, event: events.EventHandlerRan) -> Sentence:
    values: dict[str, object] = {"command": event.command, "seconds": say.duration(event.seconds)}
    if event.timed_out:
        return Sentence(
            "warning", say.say("event handler {command} was stopped after {seconds}", **values), event.output
        )
    if event.exit_code:
        text = say.say(
            "event handler {command} failed with exit code {code} after {seconds}",
            code=event.exit_code,
            **values,
        )
        return Sentence("warning", text, event.output)
    return Sentence("news", say.say("event handler {command} ran for {seconds}", **values), event.output)


def _server_started(say: Texts, event: events.ServerStarted) -> Sentence:
    text = say.say(
        "Atalaia {version} started with {hosts} hosts and {services} services",
        version=event.version,
        hosts=event.hosts,
        services=event.services,
    )
    detail = say.say("the run before did not end in order") if event.unclean else ""
    return Sentence("news", text, detail)


def _server_stopped(say: Texts, event: events.ServerStopped) -> Sentence:
    return Sentence("news", say.say("Atalaia {version} stopped", version=event.version), event.reason)


def _configuration_loaded(say: Texts, event: events.ConfigurationLoaded) -> Sentence:
    text = say.say(
        "configuration loaded: {added} added, {changed} changed, {removed} removed",
        added=event.added,
        changed=event.changed,
        removed=event.removed,
    )
    return Sentence("news", text, event.config)


def _configuration_rejected(say: Texts, event: events.ConfigurationRejected) -> Sentence:
    text = say.plural(
        "configuration refused because of {n} error; the one before stays in force",
        "configuration refused because of {n} errors; the one before stays in force",
        len(event.errors),
    )
    return Sentence("warning", text, "\n".join(event.errors))


def _engine_alarm(say: Texts, event: events.EngineAlarm) -> Sentence:
    words = _ALARMS.get(event.what.partition(" ")[0])
    trouble = say.say(words) if words else event.what
    if event.over:
        return Sentence("ok", say.say("the server's trouble is over: {what}", what=trouble), event.detail)
    return Sentence("warning", say.say("the server has trouble: {what}", what=trouble), event.detail)


SENTENCES: dict[type[events.Event], Callable[[Texts, Any], Sentence]] = {
    events.StateChanged: _state_changed,
    events.NotificationQueued: _notification_queued,
    events.NotificationSent: _notification_sent,
    events.NotificationFailed: _notification_failed,
    events.NotificationSuppressed: _notification_suppressed,
    events.CheckOrphaned: _check_orphaned,
    events.ResultStale: _result_stale,
    events.EventHandlerStarted: _event_handler_started,
    events.EventHandlerRan: _event_handler_ran,
    events.ServerStarted: _server_started,
    events.ServerStopped: _server_stopped,
    events.ConfigurationLoaded: _configuration_loaded,
    events.ConfigurationRejected: _configuration_rejected,
    events.EngineAlarm: _engine_alarm,
    **SENTENCES_OF_PEOPLE,
}
"""Who writes the sentence of each type."""


def is_routine(event: events.Event) -> bool:
    """Whether the event says only what another beside it says, or what goes without saying.

    Histories leave it out unless somebody asks for all decisions: why nobody was told of an unconfirmed
    problem, the remark that the server itself makes of a downtime, the beginning of a handler whose end
    follows.
    """
    match event:
        case events.NotificationSuppressed():
            return event.reason in ROUTINE_REASONS
        case events.CommentAdded() | events.CommentDeleted():
            return event.kind != "user"
        case _:
            return isinstance(event, events.EventHandlerStarted)
