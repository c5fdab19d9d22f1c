"""The page of one host or one service: every fact about it, in words. Pure."""

from collections.abc import Sequence

import msgspec

from atalaia.core.instants import NEVER
from atalaia.ports.control import (
    CheckableView,
    CommentView,
    DowntimeView,
    Explanation,
    HostView,
    Reason,
    ServiceView,
)
from atalaia.ports.storage import StoredEvent
from atalaia.texts import Texts
from atalaia.texts.vocabulary import setting, setting_value
from atalaia.web.history import Line, lines
from atalaia.web.links import host_path, with_query
from atalaia.web.overview import Notice, Snapshot, icon, notices, title
from atalaia.web.people import Act, LeftRow, acts, comment_row, downtime_row
from atalaia.web.perfdata import Measurement, measurements
from atalaia.web.present import (
    Badge,
    Mark,
    Moment,
    Row,
    about_certainty,
    badges,
    mark,
    moment,
    service_row,
    since,
)
from atalaia.web.security import safe_link
from atalaia.web.selection import by_urgency

_BAR_WIDTH = 100

_SHOWN_ELSEWHERE = frozenset({"downtime", "setting", "decision"})
"""Topics of reasons that have a place of their own on the page."""

_SWITCHES = (
    "notifications_enabled",
    "active_checks_enabled",
    "passive_checks_enabled",
    "event_handler_enabled",
    "flap_detection_enabled",
)
"""Switches that are worth a line when they are off."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list of facts; `link` and `exact` are empty where there is none."""

    label: str
    text: str
    exact: str = ""
    iso: str = ""
    link: str = ""
    is_changed: bool = False
    """It is a setting that was changed while the server was running."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the performance data, with the length of its bar in units of the drawing."""

    measurement: Measurement
    bar: float | None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about an object beside its state."""

    explanation: Explanation | None = None
    events: Sequence[StoredEvent] = ()
    """The newest first."""
    comments: Sequence[CommentView] = ()
    downtimes: Sequence[DowntimeView] = ()
    """Its own, and for a service its host's after them."""


class Detail(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page of one object shows."""

    title: str
    icon: str
    produced: Moment
    notices: tuple[Notice, ...]
    mark: Mark
    name: str
    host: str
    """For a service: its host, with `host_link` and `host_mark`; empty for a host."""
    host_link: str
    host_mark: Mark | None
    badges: tuple[Badge, ...]
    since: Moment
    standing: str
    """Attempt and certainty in words."""
    output: str
    long_output: str
    readings: tuple[Reading, ...]
    reasons: tuple[Reason, ...]
    decisions: tuple[Reason, ...]
    """The last decision about each kind of message."""
    downtimes: tuple[LeftRow, ...]
    comments: tuple[LeftRow, ...]
    acts: tuple[Act, ...]
    facts: tuple[Fact, ...]
    services: tuple[Row, ...]
    """For a host: its services, the worst first."""
    lines: tuple[Line, ...]
    events_link: str


def host_detail(say: Texts, snapshot: Snapshot, view: HostView, found: Found) -> Detail:
    """The page of a host."""
    now = snapshot.status.now
    own = sorted((one for one in snapshot.services if one.host == view.name), key=by_urgency)
    facts = [
        Fact(label=say.say("address"), text=view.address),
        *_named(say.say("alias"), view.alias, view.name),
        *_list_of(say.say("parents"), view.parents),
        *_list_of(say.say("groups"), view.groups),
    ]
    return _detail(
        say,
        snapshot,
        view,
        found,
        name=view.display_name or view.name,
        facts=facts,
        services=tuple(service_row(say, one, now) for one in own),
        events_link=with_query("/events", ("host", view.name)),
    )


def service_detail(say: Texts, snapshot: Snapshot, view: ServiceView, found: Found) -> Detail:
    """The page of a service."""
    facts = [
        *_named(say.say("description"), view.description, view.display_name),
        *_list_of(say.say("groups"), view.groups),
    ]
    return _detail(
        say,
        snapshot,
        view,
        found,
        name=view.display_name or view.description,
        facts=facts,
        host=view.host,
        host_link=host_path(view.host),
        host_mark=mark(say, view.host_state),
        events_link=with_query("/events", ("host", view.host), ("service", view.description)),
    )


def _detail(
    say: Texts,
    snapshot: Snapshot,
    view: HostView | ServiceView,
    found: Found,
    *,
    name: str,
    facts: Sequence[Fact],
    events_link: str,
    host: str = "",
    host_link: str = "",
    host_mark: Mark | None = None,
    services: tuple[Row, ...] = (),
) -> Detail:
    now = snapshot.status.now
    urgent = len(snapshot.urgent())
    own = (view.name, "") if isinstance(view, HostView) else (view.host, view.description)
    reasons = found.explanation.reasons if found.explanation else ()
    return Detail(
        title=title(urgent, f"{name} – {host} – Atalaia" if host else f"{name} – Atalaia"),
        icon=icon(urgent),
        produced=moment(say, now, now),
        notices=notices(say, snapshot.status),
        mark=mark(say, view.state),
        name=name,
        host=host,
        host_link=host_link,
        host_mark=host_mark,
        badges=badges(say, view),
        since=since(say, view.last_state_change, now),
        standing=_standing(say, view),
        output=view.output,
        long_output=view.long_output,
        readings=readings(view.perfdata),
        reasons=tuple(one for one in reasons if one.topic not in _SHOWN_ELSEWHERE),
        decisions=tuple(one for one in reasons if one.topic == "decision"),
        downtimes=tuple(downtime_row(say, one, now, of_host=one.service != own[1]) for one in found.downtimes),
        comments=tuple(comment_row(say, one, now) for one in found.comments),
        acts=acts(say, view, own),
        facts=(
            *_checking(say, snapshot, view),
            *_telling(say, snapshot, view),
            *_settings(say, view),
            *facts,
            *_notes(say, view),
        ),
        services=services,
        lines=lines(say, found.events, now, own=own),
        events_link=events_link,
    )


def _standing(say: Texts, view: CheckableView) -> str:
    if view.state == "PENDING":
        return say.say("never checked yet")
    return say.say(
        "{certainty} at attempt {attempt} of {max_attempts}: {meaning}",
        certainty=view.state_type,
        attempt=view.attempt,
        max_attempts=view.max_attempts,
        meaning=about_certainty(say, view.state_type),
    )


def readings(perfdata: str) -> tuple[Reading, ...]:
    """Performance data as a table with bars."""
    return tuple(
        Reading(measurement=one, bar=None if one.share is None else round(one.share * _BAR_WIDTH, 1))
        for one in measurements(perfdata)
    )


def _checking(say: Texts, snapshot: Snapshot, view: CheckableView) -> list[Fact]:
    now = snapshot.status.now
    return [
        _when(say.say("last check"), moment(say, view.last_check, now)),
        _when(say.say("next check"), moment(say, view.next_check, now))
        if view.active_checks_enabled
        else Fact(label=say.say("next check"), text=say.say("none: results come from outside only")),
        Fact(label=say.say("check command"), text=view.check_command or say.say("none")),
        Fact(label=say.say("took"), text=say.duration(view.execution_time)),
        Fact(label=say.say("started late by"), text=say.duration(view.latency)),
        _when(say.say("last confirmed change"), moment(say, view.last_hard_state_change, now)),
        *_flapping(say, view),
    ]


def _flapping(say: Texts, view: CheckableView) -> list[Fact]:
    if not view.percent_state_change:
        return []
    low, high = (say.percent(one) for one in view.flap_thresholds)
    text = say.say(
        "{percent} (flaps from {high} on, settles at {low})",
        percent=say.percent(view.percent_state_change),
        high=high,
        low=low,
    )
    return [Fact(label=say.say("state changes"), text=text)]


def _telling(say: Texts, snapshot: Snapshot, view: CheckableView) -> list[Fact]:
    now = snapshot.status.now
    if not view.notifications_enabled:
        who = say.say("nobody: notifications are switched off for this object")
    elif not snapshot.status.notifications_enabled:
        who = say.say("nobody: notifications are switched off on the whole server")
    else:
        who = ", ".join(view.contacts) or say.say("nobody: it has no contacts")
    facts = [Fact(label=say.say("who is told"), text=who)]
    if view.last_notification != NEVER:
        facts.append(_when(say.say("last told"), moment(say, view.last_notification, now)))
    if view.notification_number:
        facts.append(Fact(label=say.say("messages about this problem"), text=str(view.notification_number)))
    if view.next_notification > now:
        facts.append(_when(say.say("told again, if it lasts"), moment(say, view.next_notification, now)))
    return facts


def _settings(say: Texts, view: CheckableView) -> list[Fact]:
    """Settings that were changed while running, and switches that are off."""
    off = [name for name in _SWITCHES if not getattr(view, name)]
    return [
        Fact(
            label=setting(say, name),
            text=_setting_text(say, view, name),
            is_changed=name in view.modified_attributes,
        )
        for name in dict.fromkeys((*view.modified_attributes, *off))
    ]


def _setting_text(say: Texts, view: CheckableView, name: str) -> str:
    if name in ("check_interval", "retry_interval"):
        return say.duration(getattr(view, name))
    if name in ("event_handler", "event_handler_period", "custom"):
        return ""
    value = getattr(view, "max_attempts" if name == "max_check_attempts" else name, "")
    return setting_value(say, name, value)


def _notes(say: Texts, view: CheckableView) -> list[Fact]:
    facts = []
    if view.notes:
        facts.append(Fact(label=say.say("notes"), text=view.notes))
    for label, url in ((say.say("more about it"), view.notes_url), (say.say("actions"), view.action_url)):
        if url:
            facts.append(Fact(label=label, text=url, link=safe_link(url)))
    return facts


def _when(label: str, when: Moment) -> Fact:
    return Fact(label=label, text=when.text, exact=when.exact, iso=when.iso)


def _named(label: str, name: str, shown: str) -> list[Fact]:
    return [Fact(label=label, text=name)] if name and name != shown else []


def _list_of(label: str, names: Sequence[str]) -> list[Fact]:
    return [Fact(label=label, text=", ".join(names))] if names else []
