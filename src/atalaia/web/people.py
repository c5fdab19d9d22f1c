"""What people leave on objects, as rows: downtimes, comments, and the commands by which they do it. Pure."""

from collections.abc import Sequence
from shlex import quote

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.ports.control import CheckableView, CommentView, DowntimeView
from atalaia.texts import Texts, to_say
from atalaia.web.links import host_path, object_path
from atalaia.web.overview import Notice, Snapshot, icon, notices, title
from atalaia.web.present import Badge, Moment, iso, moment
from atalaia.web.selection import is_problem

PER_PAGE = 200
"""Rows on one page of downtimes or comments."""

_KINDS = {
    "user": to_say("comment"),
    "downtime": to_say("downtime"),
    "flapping": to_say("flapping"),
    "acknowledgement": to_say("acknowledgement"),
}


class LeftRow(msgspec.Struct, frozen=True, kw_only=True):
    """One downtime or comment in a list."""

    key: str
    number: int
    badge: Badge
    """What it is, and how it stands."""
    host: str
    host_link: str
    service: str
    link: str
    """Page of the object."""
    author: str
    text: str
    terms: str
    """When, and under which conditions, in words."""
    when: Moment
    """What somebody looks at the list for: when it ends, begins, or was written."""
    command: str
    """Takes it away again."""
    apart: str = ""
    """Set on a service's page for what belongs to its host."""


class Act(msgspec.Struct, frozen=True):
    """Something that can be done about an object, and the command that does it."""

    text: str
    command: str


class LeftPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of downtimes or comments of all objects."""

    title: str
    icon: str
    produced: Moment
    notices: tuple[Notice, ...]
    rows: tuple[LeftRow, ...]
    total: int
    newer_page: str
    older_page: str


def downtime_row(say: Texts, view: DowntimeView, now: Instant, *, of_host: bool = False) -> LeftRow:
    """A downtime in a list; `of_host` on the page of a service whose host it concerns."""
    badge, when = _standing(say, view, now)
    return LeftRow(
        key=f"downtime-{view.id}",
        number=view.id,
        badge=badge,
        host=view.host,
        host_link=host_path(view.host),
        service=view.service,
        link=object_path(view.host, view.service),
        author=view.author,
        text=view.comment,
        terms=_terms(say, view),
        when=when,
        command=f"atalaia downtime --cancel {view.id}",
        apart=say.say("of its host") if of_host else "",
    )


def comment_row(say: Texts, view: CommentView, now: Instant) -> LeftRow:
    """A comment in a list."""
    kind = say.say(_KINDS.get(view.kind, _KINDS["user"]))
    about = say.say("stays when the server restarts") if view.persistent else say.say("goes with its reason")
    terms = say.say("until {when}", when=say.instant(view.expires)) if view.expires else ""
    return LeftRow(
        key=f"comment-{view.id}",
        number=view.id,
        badge=Badge(f"comment-{view.kind}", kind, about),
        host=view.host,
        host_link=host_path(view.host),
        service=view.service,
        link=object_path(view.host, view.service),
        author=view.author,
        text=view.text,
        terms=terms,
        when=moment(say, view.time, now),
        command=f"atalaia comment --delete {view.id}",
    )


def acts(say: Texts, view: CheckableView, key: ObjectKey) -> tuple[Act, ...]:
    """What can be done about an object now, by commands that stand ready to be copied."""
    names = " ".join(quote(name) for name in key if name)
    found = []
    if view.acknowledged:
        found.append(Act(say.say("Give the problem back"), f"atalaia ack {names} --remove"))
    elif is_problem(view):
        found.append(Act(say.say("Take care of the problem"), f'atalaia ack {names} -m "…"'))
    found += [
        Act(say.say("Check it now"), f"atalaia recheck {names}"),
        Act(say.say("Plan a downtime"), f'atalaia downtime {names} --for 2h -m "…"'),
        Act(say.say("Write a comment"), f'atalaia comment {names} -m "…"'),
    ]
    return tuple(found)


def left_page(
    say: Texts, snapshot: Snapshot, name: str, rows: Sequence[LeftRow], page: int, path: str
) -> LeftPage:
    """One page of a list of downtimes or comments.

    Args:
        say: the reader's language.
        snapshot: the server now.
        name: what the list is called.
        rows: all of it.
        page: counts from 1.
        path: where the list is.
    """
    first = (page - 1) * PER_PAGE
    urgent = len(snapshot.urgent())
    older = f"{path}?page={page + 1}" if len(rows) > first + PER_PAGE else ""
    newer = (f"{path}?page={page - 1}" if page > 2 else path) if page > 1 else ""
    return LeftPage(
        title=title(urgent, f"{name} – Atalaia"),
        icon=icon(urgent),
        produced=moment(say, snapshot.status.now, snapshot.status.now),
        notices=notices(say, snapshot.status),
        rows=tuple(rows[first : first + PER_PAGE]),
        total=len(rows),
        newer_page=newer,
        older_page=older,
    )


def _standing(say: Texts, view: DowntimeView, now: Instant) -> tuple[Badge, Moment]:
    """How a downtime stands, and the moment that matters most of it."""
    if view.in_effect:
        left = say.say("{duration} left", duration=say.duration(max(0.0, view.until - now)))
        return Badge("in-effect", say.say("in effect"), say.say("nobody is told")), _at(say, left, view.until)
    if view.triggered_by:
        about = say.say("begins with downtime {number}", number=view.triggered_by)
        return Badge("planned", say.say("triggered"), about), Moment(about, about, "")
    if not view.fixed and view.start <= now:
        waits = say.say("waits {duration} more", duration=say.duration(max(0.0, view.end - now)))
        about = say.say("begins with the first problem")
        return Badge("waiting", say.say("waits for a problem"), about), _at(say, waits, view.end)
    begins = say.say("begins {when}", when=say.ago(now - view.start))
    return Badge("planned", say.say("planned"), say.say("has not begun")), _at(say, begins, view.start)


def _at(say: Texts, text: str, when: Instant) -> Moment:
    return Moment(text, say.instant(when, zone=True), iso(when))


def _terms(say: Texts, view: DowntimeView) -> str:
    span = say.span(view.start, view.end)
    if view.fixed:
        return span
    return say.say(
        "{duration} from the first problem within {span}", duration=say.duration(view.duration), span=span
    )
