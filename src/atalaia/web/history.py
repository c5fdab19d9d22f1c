"""Events as lines that people read, and the log page. Pure."""

from collections.abc import Sequence

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.ports.storage import StoredEvent
from atalaia.texts import Texts
from atalaia.web.links import object_path, with_query
from atalaia.web.overview import Notice, Snapshot, icon, notices, title
from atalaia.web.present import Moment, moment
from atalaia.web.sentence import Sentence
from atalaia.web.sentences import sentence

EVENTS_PER_PAGE = 100
LAST_PAGE = 100
"""How far the log page goes back; the API goes back to the first event."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One event."""

    id: int
    when: Moment
    host: str
    service: str
    link: str
    """Page of the object; empty for an event of the server, and on the object's own page."""
    sentence: Sentence


class LogPage(msgspec.Struct, frozen=True, kw_only=True):
    """All that the log page shows."""

    title: str
    icon: str
    produced: Moment
    notices: tuple[Notice, ...]
    lines: tuple[Line, ...]
    host: str
    service: str
    type: str
    is_everything: bool
    """Also what a history leaves out unless it is asked for: see `sentences.is_routine`."""
    other_link: str
    """The same history with, or without, what is left out; empty when nothing is."""
    newer_page: str
    older_page: str


def lines(
    say: Texts, stored: Sequence[StoredEvent], now: Instant, own: ObjectKey | None = None
) -> tuple[Line, ...]:
    """Events as lines, in the order given; the object `own`, whose page it is, is not named again."""
    return tuple(
        Line(
            id=one.id,
            when=moment(say, one.event.time, now),
            host=one.event.host,
            service=one.event.service,
            link=object_path(*key) if key[0] and key != own else "",
            sentence=sentence(say, one.event),
        )
        for one in stored
        for key in [(one.event.host, one.event.service)]
    )


def log_page(
    say: Texts,
    snapshot: Snapshot,
    found: Sequence[StoredEvent],
    page: int,
    *,
    host: str,
    service: str,
    kind: str,
    everything: bool,
) -> LogPage:
    """The log page.

    Args:
        say: the reader's language.
        snapshot: the server now.
        found: the newest events up to and including this page, and one more if there is one.
        page: counts from 1.
        host: the filter in force, as are `service` and `kind` (a type of event).
        service: see `host`.
        kind: see `host`.
        everything: also routine decisions are shown.
    """
    first = (page - 1) * EVENTS_PER_PAGE
    urgent = len(snapshot.urgent())

    def link(to: int, *, all_of_it: bool = everything) -> str:
        return with_query(
            "/events",
            ("host", host),
            ("service", service),
            ("type", kind),
            ("all", "1" if all_of_it else ""),
            ("page", str(to) if to > 1 else ""),
        )

    return LogPage(
        title=title(urgent, say.say("Events – Atalaia")),
        icon=icon(urgent),
        produced=moment(say, snapshot.status.now, snapshot.status.now),
        notices=notices(say, snapshot.status),
        lines=lines(say, found[first : first + EVENTS_PER_PAGE], snapshot.status.now),
        host=host,
        service=service,
        type=kind,
        is_everything=everything,
        other_link="" if kind else link(1, all_of_it=not everything),
        newer_page=link(page - 1) if page > 1 else "",
        older_page=link(page + 1) if len(found) > first + EVENTS_PER_PAGE and page < LAST_PAGE else "",
    )
