"""Sentences for what people do and what follows from it: acknowledgements, comments, downtimes, flapping,
changed settings, commands. Pure; see `sentences.py`.
"""

from collections.abc import Callable
from typing import Any

from atalaia.core import events
from atalaia.texts import Texts, to_say
from atalaia.texts.vocabulary import setting_with_value
from atalaia.web.sentence import Sentence

_ACKNOWLEDGEMENT_ENDS = {
    "removed": to_say("the acknowledgement was taken back"),
    "state_changed": to_say("the acknowledgement is over: the state has changed"),
    "recovered": to_say("the acknowledgement is over: the problem has ended"),
    "expired": to_say("the acknowledgement is over: its time has passed"),
    "missed": to_say("downtime {number} passed while the server was away"),
}

_COMMENT_KINDS = {
    "user": to_say("comment {number} by {author}"),
    "downtime": to_say("comment {number} about a downtime"),
    "flapping": to_say("comment {number} about flapping"),
    "acknowledgement": to_say("comment {number} by {author}, with an acknowledgement"),
}

_COMMENT_ENDS = {
    "by_person": to_say("comment {number} was deleted"),
    "reason_ended": to_say("comment {number} went with what it was about"),
    "expired": to_say("comment {number} has expired"),
    "restarted": to_say("comment {number} was not meant to outlive a restart"),
}

_DOWNTIME_ENDS = {
    "ended": to_say("downtime {number} has ended"),
    "cancelled": to_say("downtime {number} was cancelled"),
    "expired": to_say("flexible downtime {number} never began; its time has passed"),
}

_FLAPPING = {
    "started": to_say("it began to flap: state changes {percent}, limit {threshold}"),
    "stopped": to_say("it stopped flapping: state changes {percent}, limit {threshold}"),
    "cleared": to_say("somebody said that it does not flap; its history was forgotten"),
    "disabled": to_say("flap detection was switched off while it was flapping"),
    "undetected": to_say("it is not watched for flapping any more"),
}

_CHANGED = {
    "host": to_say("setting changed – {setting}"),
    "service": to_say("setting changed – {setting}"),
    "contact": to_say("setting of contact {name} changed – {setting}"),
    "program": to_say("setting of the whole server changed – {setting}"),
}

_SOURCES = {
    "api": to_say("the API"),
    "file": to_say("the command file"),
    "simulation": to_say("the scenario"),
}


def _acknowledged(say: Texts, event: events.Acknowledged) -> Sentence:
    if event.sticky:
        text = say.say("{author} takes care of it until the recovery", author=event.author)
    else:
        text = say.say("{author} takes care of it until the state changes", author=event.author)
    if event.expires:
        text += say.say(", at most until {until}", until=say.instant(event.expires))
    if not event.told:
        text += say.say("; nobody was told of that")
    return Sentence("news", text, event.comment)


def _acknowledgement_ended(say: Texts, event: events.AcknowledgementEnded) -> Sentence:
    words = _ACKNOWLEDGEMENT_ENDS.get(event.reason)
    return Sentence("news", say.say(words) if words else event.reason)


def _comment_added(say: Texts, event: events.CommentAdded) -> Sentence:
    words = _COMMENT_KINDS.get(event.kind, _COMMENT_KINDS["user"])
    return Sentence("news", say.say(words, number=event.comment_id, author=event.author), event.text)


def _comment_deleted(say: Texts, event: events.CommentDeleted) -> Sentence:
    words = _COMMENT_ENDS.get(event.reason, _COMMENT_ENDS["by_person"])
    return Sentence("news", say.say(words, number=event.comment_id))


def _downtime_scheduled(say: Texts, event: events.DowntimeScheduled) -> Sentence:
    values: dict[str, object] = {
        "number": event.downtime_id,
        "author": event.author,
        "span": say.span(event.start, event.end),
        "duration": say.duration(event.duration),
    }
    if event.fixed:
        text = say.say("{author} planned downtime {number}: {span}", **values)
    else:
        text = say.say(
            "{author} planned flexible downtime {number}: {duration} from the first problem within {span}",
            **values,
        )
    if event.triggered_by:
        text += say.say(", together with downtime {master}", master=event.triggered_by)
    return Sentence("news", text, event.comment)


def _downtime_started(say: Texts, event: events.DowntimeStarted) -> Sentence:
    text = say.say(
        "downtime {number} by {author} has begun; it ends on {until}",
        number=event.downtime_id,
        author=event.author,
        until=say.instant(event.until),
    )
    if not event.entered:
        text += say.say(" (another one was in effect already)")
    return Sentence("news", text, event.comment)


def _downtime_ended(say: Texts, event: events.DowntimeEnded) -> Sentence:
    words = _DOWNTIME_ENDS.get(event.reason, _DOWNTIME_ENDS["ended"])
    text = say.say(words, number=event.downtime_id)
    if not event.left and event.reason == "ended":
        text += say.say("; another one is still in effect")
    return Sentence("news", text)


def _flapping_changed(say: Texts, event: events.FlappingChanged) -> Sentence:
    words = _FLAPPING.get(event.what)
    if words is None:
        return Sentence("news", event.what)
    text = say.say(words, percent=say.percent(event.percent), threshold=say.percent(event.threshold))
    return Sentence("warning" if event.what == "started" else "news", text)


def _setting_changed(say: Texts, event: events.SettingChanged) -> Sentence:
    words = _CHANGED.get(event.kind, _CHANGED["program"])
    changed = setting_with_value(say, event.setting, event.value)
    return Sentence("news", say.say(words, name=event.name, setting=changed))


def _command_received(say: Texts, event: events.CommandReceived) -> Sentence:
    values: dict[str, object] = {"command": event.command, "source": _source(say, event.source)}
    if event.user:
        text = say.say("command {command} came from {user} by {source}", user=event.user, **values)
    else:
        text = say.say("command {command} came by {source}", **values)
    return Sentence("news", text, event.arguments)


def _command_refused(say: Texts, event: events.CommandRefused) -> Sentence:
    values: dict[str, object] = {"command": event.command, "source": _source(say, event.source)}
    if event.fault == "unauthorised":
        text = (
            say.say("command {command} by {source} was turned away: its sender may give none", **values)
            if event.command
            else say.say("a command by {source} was turned away: its sender may give none", **values)
        )
    elif not event.command:
        text = say.say("something that is no command came by {source}", **values)
    else:
        text = say.say("command {command} by {source} was refused", **values)
    detail = "\n".join(filter(None, (event.reason, event.arguments or event.line)))
    return Sentence("warning", text, detail)


def _source(say: Texts, source: str) -> str:
    words = _SOURCES.get(source)
    return say.say(words) if words else source


SENTENCES_OF_PEOPLE: dict[type[events.Event], Callable[[Texts, Any], Sentence]] = {
    events.Acknowledged: _acknowledged,
    events.AcknowledgementEnded: _acknowledgement_ended,
    events.CommentAdded: _comment_added,
    events.CommentDeleted: _comment_deleted,
    events.DowntimeScheduled: _downtime_scheduled,
    events.DowntimeStarted: _downtime_started,
    events.DowntimeEnded: _downtime_ended,
    events.FlappingChanged: _flapping_changed,
    events.SettingChanged: _setting_changed,
    events.CommandReceived: _command_received,
    events.CommandRefused: _command_refused,
}
"""Who writes the sentence of each type."""
