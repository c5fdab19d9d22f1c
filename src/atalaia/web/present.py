"""Core values into what a template shows: marks, moments, badges, rows. Pure: texts and `now` are arguments.

Whole pages are put together in `overview.py`, `detail.py` and `history.py`.
"""

from datetime import UTC, datetime

import msgspec

from atalaia.core.instants import NEVER, Instant
from atalaia.ports.control import CheckableView, HostView, ServiceView
from atalaia.texts import Texts, to_say
from atalaia.web.links import host_path, service_path

_TONES = {
    "OK": "ok",
    "UP": "ok",
    "WARNING": "warning",
    "CRITICAL": "critical",
    "DOWN": "critical",
    "UNKNOWN": "unknown",
    "UNREACHABLE": "unreachable",
    "PENDING": "pending",
}

TONES = ("critical", "unknown", "warning", "unreachable", "pending", "ok", "news")
"""Every way in which something can be coloured and shaped; ``news`` is for what has no state."""

_CERTAINTY = {
    "HARD": to_say("confirmed, checked often enough to tell somebody"),
    "SOFT": to_say("not confirmed yet, checked again before anybody is told"),
}


class Mark(msgspec.Struct, frozen=True):
    """A state as shape, word and colour: `tone` names the shape and the colour."""

    tone: str
    word: str


class Moment(msgspec.Struct, frozen=True):
    """An instant: how long ago in words, and exactly for the tooltip and for programs."""

    text: str
    exact: str
    iso: str


class Badge(msgspec.Struct, frozen=True):
    """A short remark beside a name, with what it means."""

    kind: str
    text: str
    about: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One host or service in a list."""

    key: str
    """The same for the same object whenever the list is made anew."""
    mark: Mark
    host: str
    host_link: str
    service: str = ""
    service_link: str = ""
    since: Moment
    attempt: str
    """``2/3``; empty before the first result."""
    certainty: str
    """SOFT or HARD; empty where it says nothing: before the first result and for a confirmed good state."""
    about_certainty: str
    output: str
    badges: tuple[Badge, ...]


def mark(say: Texts, state: str) -> Mark:
    """The mark of a state."""
    return Mark(_TONES.get(state, "news"), say.state(state))


def tone_of(state: str) -> str:
    """How a state is coloured and shaped."""
    return _TONES.get(state, "news")


def moment(say: Texts, when: Instant, now: Instant) -> Moment:
    """An instant for people, as seen at `now`."""
    if when == NEVER:
        return Moment(say.say("never"), say.say("never"), "")
    return Moment(say.ago(now - when), say.instant(when, zone=True), iso(when))


def since(say: Texts, when: Instant, now: Instant) -> Moment:
    """How long something has lasted, without "ago": for columns headed by "since"."""
    if when == NEVER:
        return Moment("–", say.say("never"), "")
    return Moment(say.duration(max(0.0, now - when)), say.instant(when, zone=True), iso(when))


def iso(when: Instant) -> str:
    """An instant for the datetime attribute; empty when no calendar reaches it."""
    try:
        return datetime.fromtimestamp(when, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def badges(say: Texts, view: CheckableView) -> tuple[Badge, ...]:
    """What makes an object special at the moment."""
    found = []
    if view.acknowledged:
        found.append(Badge("acknowledged", say.say("acknowledged"), _about_acknowledgement(say, view)))
    if view.in_downtime:
        found.append(Badge("downtime", say.say("downtime"), say.say("planned: nobody is told")))
    elif isinstance(view, ServiceView) and view.host_in_downtime:
        about = say.say("its host is in a downtime: nobody is told")
        found.append(Badge("downtime", say.say("host in downtime"), about))
    if view.flapping:
        found.append(Badge("flapping", say.say("flapping"), _about_flapping(say, view)))
    if isinstance(view, ServiceView) and view.host_state in ("DOWN", "UNREACHABLE"):
        about = say.say("the host of this service is {state}", state=say.state(view.host_state))
        found.append(Badge("host", say.say("host {state}", state=say.state(view.host_state)), about))
    if not view.notifications_enabled:
        found.append(Badge("silent", say.say("silent"), say.say("nobody is told about this object")))
    if not view.active_checks_enabled:
        found.append(Badge("passive", say.say("passive"), say.say("results come from outside only")))
    return tuple(found)


def _about_acknowledgement(say: Texts, view: CheckableView) -> str:
    if view.acknowledged_until:
        return say.say("somebody is working on it until {when}", when=say.instant(view.acknowledged_until))
    return say.say("somebody is working on it")


def _about_flapping(say: Texts, view: CheckableView) -> str:
    if not view.percent_state_change:
        return say.say("its state changes too often")
    return say.say(
        "its state changes too often: {percent}; it settles at {low} or less",
        percent=say.percent(view.percent_state_change),
        low=say.percent(view.flap_thresholds[0]),
    )


def host_row(say: Texts, view: HostView, now: Instant) -> Row:
    """A host in a list."""
    return _row(say, view, now, view.name, view.display_name or view.name)


def service_row(say: Texts, view: ServiceView, now: Instant) -> Row:
    """A service in a list."""
    link = service_path(view.host, view.description)
    return _row(say, view, now, view.host, view.host, view.display_name or view.description, link)


def row(say: Texts, view: HostView | ServiceView, now: Instant) -> Row:
    """A host or a service in a list."""
    return host_row(say, view, now) if isinstance(view, HostView) else service_row(say, view, now)


def about_certainty(say: Texts, state_type: str) -> str:
    """What SOFT or HARD means."""
    meaning = _CERTAINTY.get(state_type)
    return say.say(meaning) if meaning else ""


def _row(
    say: Texts,
    view: CheckableView,
    now: Instant,
    host: str,
    host_shown: str,
    service: str = "",
    service_link: str = "",
) -> Row:
    checked = view.state != "PENDING"
    is_settled = tone_of(view.state) == "ok" and view.state_type == "HARD"
    return Row(
        key=service_link or host_path(host),
        mark=mark(say, view.state),
        host=host_shown,
        host_link=host_path(host),
        service=service,
        service_link=service_link,
        since=since(say, view.last_state_change, now),
        attempt=f"{view.attempt}/{view.max_attempts}" if checked else "",
        certainty=view.state_type if checked and not is_settled else "",
        about_certainty=about_certainty(say, view.state_type) if checked else "",
        output=view.output if checked else say.say("no result yet"),
        badges=badges(say, view),
    )
