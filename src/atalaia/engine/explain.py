"""Why an object is as it is, in sentences: its state, its next check, what people said about it, who is told.

The sentences are built from the same decisions that the engine takes, asked again at this moment.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from atalaia.core import schedule
from atalaia.core.dependencies import Question
from atalaia.core.flapping import thresholds
from atalaia.core.instants import Instant
from atalaia.core.objects import Host, Service
from atalaia.core.records import CommentKind, Downtime
from atalaia.core.runtime import Acknowledgement, Runtime
from atalaia.core.states import HostState, StateType
from atalaia.core.timeperiods import contains
from atalaia.core.world import World
from atalaia.engine.explain_telling import explain_telling
from atalaia.engine.views import downtime_view, modified_attributes, state_of
from atalaia.ports.control import Reason
from atalaia.ports.storage import StoredEvent
from atalaia.texts import Texts, texts
from atalaia.texts.vocabulary import setting_with_value


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be explained, to whom, and when."""

    world: World
    object: Host | Service
    known: Runtime
    now: Instant
    say: Texts


Part = Callable[[Case], Iterator[str]]
"""Writes the sentences of one topic."""


def explain(
    world: World,
    checkable: Host | Service,
    now: Instant,
    decisions: Sequence[StoredEvent],
    language: str,
) -> list[Reason]:
    """The explanation's sentences.

    Args:
        world: the world now.
        checkable: the object.
        now: the moment.
        decisions: stored facts about who was told, newest first (`explain_telling.DECISIONS`).
        language: the reader's.
    """
    say = texts(language)
    case = Case(world=world, object=checkable, known=world.states[checkable.key], now=now, say=say)
    parts: tuple[tuple[str, Part], ...] = (
        ("state", _state),
        ("schedule", _schedule),
        ("acknowledgement", _acknowledgement),
        ("downtime", _downtimes),
        ("flapping", _flapping),
        ("dependency", _dependencies),
        ("setting", _settings),
    )
    found = [Reason(topic=topic, text=text) for topic, part in parts for text in part(case)]
    return found + explain_telling(world, checkable, now, decisions, say)


def _state(case: Case) -> Iterator[str]:
    world, checkable, known, now, say = case.world, case.object, case.known, case.now, case.say
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


# --- checks -----------------------------------------------------------------------------------------------


def _schedule(case: Case) -> Iterator[str]:
    world, checkable, known, say = case.world, case.object, case.known, case.say
    pending = world.queue.get(checkable.key)
    if checkable.check_command is None:
        yield say.say("It has no check command, so it is never checked actively.")
    elif checkable.key in world.executing:
        yield say.say("A check is running now.")
    elif pending is not None and pending.forced:
        yield say.say("A check was forced: {when}.", when=say.instant(pending.at, world.tz))
    elif not checkable.active_checks_enabled:
        yield say.say("Active checks are switched off for it.")
    elif pending is None:
        yield say.say("No check is planned.")
    else:
        window = schedule.check_window(checkable, known, world.settings)
        yield say.say(
            "The next check is at {when}, every {interval}.",
            when=say.instant(pending.at, world.tz),
            interval=say.duration(window),
        )
    yield from _kept_from_checks(case)


def _kept_from_checks(case: Case) -> Iterator[str]:
    world, checkable, now, say = case.world, case.object, case.now, case.say
    settings, is_service = world.settings, isinstance(checkable, Service)
    if not (settings.execute_service_checks if is_service else settings.execute_host_checks):
        yield say.say("Checks of this kind are switched off for the whole server.")
    takes = settings.accept_passive_service_checks if is_service else settings.accept_passive_host_checks
    if not (takes and checkable.passive_checks_enabled):
        yield say.say("Results from outside are not taken.")
    if not contains(world.model.timeperiods, checkable.check_period, now, world.tz):
        yield say.say("The check period {period} is closed now.", period=checkable.check_period)


# --- what people said -------------------------------------------------------------------------------------


def _acknowledgement(case: Case) -> Iterator[str]:
    world, checkable, known, now, say = case.world, case.object, case.known, case.now, case.say
    if not known.acknowledged:
        return
    comments = [one for one in world.comments.of(checkable.key) if one.kind is CommentKind.ACKNOWLEDGEMENT]
    if comments:
        yield say.say(
            "{author} takes care of it since {when}: “{comment}”",
            author=comments[-1].author,
            when=say.instant(comments[-1].entry_time, world.tz),
            comment=comments[-1].text,
        )
    else:
        yield say.say("Somebody takes care of it.")
    if known.acknowledgement is Acknowledgement.STICKY:
        yield say.say("The acknowledgement holds until the recovery.")
    else:
        yield say.say("The acknowledgement holds until the state changes.")
    if known.acknowledged_until:
        yield say.say(
            "It ends by itself: {when}, in {duration}.",
            when=say.instant(known.acknowledged_until, world.tz),
            duration=say.duration(max(0.0, known.acknowledged_until - now)),
        )


def _downtimes(case: Case) -> Iterator[str]:
    world, checkable, say = case.world, case.object, case.say
    for one in world.downtimes.book.of(checkable.key):
        yield _downtime(world, one, say)
    if isinstance(checkable, Service):
        for one in world.downtimes.book.of((checkable.host_name, "")):
            yield say.say("Of its host: {downtime}", downtime=_downtime(world, one, say))


def _downtime(world: World, downtime: Downtime, say: Texts) -> str:
    view = downtime_view(downtime)
    values: dict[str, object] = {
        "number": view.id,
        "author": view.author,
        "comment": view.comment,
        "span": say.span(view.start, view.end, world.tz),
        "until": say.instant(view.until, world.tz),
        "duration": say.duration(view.duration),
        "master": view.triggered_by,
    }
    if view.in_effect:
        return say.say("Downtime {number} is in effect until {until}, by {author}: “{comment}”", **values)
    if view.triggered_by:
        return say.say("Downtime {number} begins with downtime {master}, by {author}: “{comment}”", **values)
    if view.fixed:
        return say.say("Downtime {number} is planned for {span}, by {author}: “{comment}”", **values)
    return say.say(
        "Flexible downtime {number} lasts {duration} from the first problem within {span}, by {author}: "
        "“{comment}”",
        **values,
    )


# --- circumstances ----------------------------------------------------------------------------------------


def _flapping(case: Case) -> Iterator[str]:
    world, checkable, known, say = case.world, case.object, case.known, case.say
    low, high = thresholds(checkable, world.settings)
    values: dict[str, object] = {
        "percent": say.percent(known.percent_state_change),
        "low": say.percent(low),
        "high": say.percent(high),
    }
    is_watched = world.settings.enable_flap_detection and checkable.flap_detection_enabled
    if known.is_flapping:
        yield say.say("It is flapping: its state changes {percent}; it settles at {low} or less.", **values)
        if known.recovery_after_flapping:
            yield say.say("People had been told of a problem; its end is told when the flapping stops.")
    elif known.percent_state_change and is_watched:
        yield say.say("It is not flapping: its state changes {percent}; it flaps from {high} on.", **values)
    elif known.percent_state_change:
        yield say.say("Its state changes {percent}; nobody watches it for flapping.", **values)


def _dependencies(case: Case) -> Iterator[str]:
    world, checkable, now, say = case.world, case.object, case.now, case.say
    masters = world.dependencies.masters(checkable.key)
    if masters:
        names = ", ".join(f"{_name(*key)} ({_state_word(world, *key, say)})" for key in masters)
        yield say.say("It depends on: {masters}.", masters=names)
    resting = world.dependencies.failing(checkable.key, Question.EXECUTION, now)
    if resting is not None:
        yield say.say("Its checks rest because of {master}.", master=_name(*resting))
    silent = world.dependencies.failing(checkable.key, Question.NOTIFICATION, now)
    if silent is None and isinstance(checkable, Service):
        silent = world.dependencies.failing((checkable.host_name, ""), Question.NOTIFICATION, now)
    if silent is not None:
        yield say.say("Nobody is told about it because of {master}.", master=_name(*silent))


def _settings(case: Case) -> Iterator[str]:
    world, checkable, say = case.world, case.object, case.say
    changed = modified_attributes(world, checkable)
    if changed:
        shown = (setting_with_value(say, name, _value(world, checkable, name, say)) for name in changed)
        yield say.say("Changed while running: {settings}.", settings="; ".join(shown))


def _value(world: World, checkable: Host | Service, name: str, say: Texts) -> object:
    value = getattr(checkable, name)
    if name in ("check_interval", "retry_interval"):
        return say.duration(value * world.settings.interval_length)
    if isinstance(value, Mapping):
        return ", ".join(f"_{key}" for key in value)
    return getattr(value, "raw", value)


def _name(host: str, service: str) -> str:
    return f"{host} / {service}" if service else host


def _state_word(world: World, host: str, service: str, say: Texts) -> str:
    key = (host, service)
    return say.state(state_of(world.topology.checkables[key], world.states[key]))
