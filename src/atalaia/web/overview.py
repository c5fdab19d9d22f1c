"""The first page: what needs somebody, what is known already, and everything else by host. Pure."""

from collections.abc import Sequence

import msgspec

from atalaia.ports.control import HostView, ProgramView, ServiceView, StatusView
from atalaia.texts import Texts
from atalaia.texts.vocabulary import setting_with_value
from atalaia.web.links import with_query
from atalaia.web.present import TONES, Mark, Moment, Row, host_row, mark, moment, row, service_row, tone_of
from atalaia.web.selection import (
    HOST_STATES,
    MARKS,
    SERVICE_STATES,
    Selection,
    by_urgency,
    is_problem,
    natural,
    needs_somebody,
    rests,
)

HOSTS_PER_PAGE = 100
"""More hosts than this are shown on further pages; problems are never paged."""

KNOWN_SHOWN = 12
"""Up to so many known problems are unfolded; a host that is down with fifty services stays one line."""

STRIP_WIDTH = 1000
"""Units of the proportion strip's drawing, whatever its width on the screen."""


_CHOICES = {None: "", True: "1", False: "0"}

_SAID_ALREADY = frozenset({"enable_notifications", "execute_host_checks", "execute_service_checks"})
"""Switches that have a notice of their own while they are off."""


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """How many objects are in one state; the link shows only these."""

    mark: Mark
    count: int
    link: str
    is_chosen: bool


class Part(msgspec.Struct, frozen=True):
    """A piece of the proportion strip, in units of its drawing."""

    tone: str
    start: float
    width: float


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The whole in one sentence."""

    tone: str
    text: str
    remark: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something about the server itself that the reader of a page must know."""

    kind: str
    text: str
    detail: str = ""


class HostBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A host with its services."""

    host: Row
    address: str
    services: tuple[Row, ...]


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """All that the first page shows."""

    title: str
    """For the browser's tab."""
    icon: str
    verdict: Verdict
    produced: Moment
    notices: tuple[Notice, ...]
    host_totals: tuple[Total, ...]
    service_totals: tuple[Total, ...]
    marked_totals: tuple[Total, ...]
    """How many objects are acknowledged, in a downtime, flapping; those that do not occur are left out."""
    strip: tuple[Part, ...]
    selection: Selection
    marks: tuple[tuple[str, str], ...]
    """The part of the selection that the filter's form only passes on."""
    clear_link: str
    """Where everything is shown again; empty when everything is shown."""
    urgent: tuple[Row, ...]
    known: tuple[Row, ...]
    known_is_open: bool
    """Few enough to be shown without being asked."""
    heading: str
    """Over the blocks."""
    blocks: tuple[HostBlock, ...]
    matches: str
    """How many objects the filters let through; empty without filters."""
    newer_page: str
    older_page: str
    place: str
    """``1-100 of 250``; empty when one page holds all."""


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What the server knew at one moment."""

    status: StatusView
    hosts: Sequence[HostView]
    services: Sequence[ServiceView]

    def urgent(self) -> list[str]:
        """States of the problems that need somebody."""
        return [view.state for view in (*self.hosts, *self.services) if needs_somebody(view)]

    def known(self) -> int:
        """How many other problems there are."""
        return sum(is_problem(view) for view in (*self.hosts, *self.services)) - len(self.urgent())


def overview(say: Texts, snapshot: Snapshot, selection: Selection, page: int = 1) -> Overview:
    """The first page as seen at the snapshot's moment; `page` counts from 1."""
    now = snapshot.status.now
    host_groups = {host.name: host.groups for host in snapshot.hosts}
    hosts = selection.hosts(snapshot.hosts)
    services = selection.services(snapshot.services, host_groups)
    found: list[HostView | ServiceView] = [*hosts, *services]
    problems = sorted(filter(is_problem, found), key=by_urgency)
    shown, place, back, forth = _page_of(say, hosts, services, snapshot, selection, page)
    urgent = snapshot.urgent()
    return Overview(
        title=title(len(urgent), "Atalaia"),
        icon=icon(len(urgent)),
        verdict=judge(say, snapshot.status, urgent, snapshot.known()),
        produced=moment(say, now, now),
        notices=(*notices(say, snapshot.status), *_changed(say, snapshot.status.program)),
        host_totals=_totals(say, snapshot.status.hosts, HOST_STATES, selection),
        service_totals=_totals(say, snapshot.status.services, SERVICE_STATES, selection),
        marked_totals=_marked(say, snapshot, selection),
        strip=_strip(snapshot.status),
        selection=selection,
        marks=tuple(pair for pair in _marks(selection) if pair[1]),
        clear_link="" if selection.is_everything else "/",
        urgent=tuple(row(say, view, now) for view in problems if needs_somebody(view)),
        known=tuple(row(say, view, now) for view in problems if not needs_somebody(view)),
        known_is_open=snapshot.known() <= KNOWN_SHOWN,
        heading=say.say("All hosts") if selection.is_everything else say.say("Found"),
        blocks=shown,
        matches=_matches(say, selection, len(hosts), len(services)),
        newer_page=back,
        older_page=forth,
        place=place,
    )


def judge(say: Texts, status: StatusView, urgent: Sequence[str], known: int) -> Verdict:
    """The verdict over everything.

    Args:
        say: the reader's language.
        status: totals by state.
        urgent: states of the problems that need somebody.
        known: how many other problems there are.
    """
    hosts, services = sum(status.hosts.values()), sum(status.services.values())
    size = say.say(
        "{services} on {hosts}",
        services=say.plural("{n} service", "{n} services", services),
        hosts=say.plural("{n} host", "{n} hosts", hosts),
    )
    pending = status.hosts.get("PENDING", 0) + status.services.get("PENDING", 0)
    if urgent:
        text = say.plural("{n} problem needs somebody", "{n} problems need somebody", len(urgent))
        worst = min((tone_of(state) for state in urgent), key=TONES.index)
        return Verdict(tone=worst, text=text, remark=_and_known(say, size, known))
    if status.engine.alarms:
        text = say.say("No problem is known, but Atalaia has trouble with itself")
        return Verdict(tone="warning", text=text, remark=_and_known(say, size, known))
    if hosts + services == 0:
        return Verdict(
            tone="pending", text=say.say("Nothing is watched"), remark=say.say("the configuration has no hosts")
        )
    if pending == hosts + services:
        return Verdict(tone="pending", text=say.say("Waiting for the first results"), remark=size)
    if known:
        return Verdict(tone="ok", text=say.say("Nothing needs you now"), remark=_and_known(say, size, known))
    if pending:
        waiting = say.plural("{n} waits for its first result", "{n} wait for their first result", pending)
        return Verdict(tone="ok", text=say.say("All is well"), remark=f"{size} · {waiting}")
    return Verdict(tone="ok", text=say.say("All is well"), remark=size)


def title(urgent: int, name: str) -> str:
    """The tab's title: the number of problems that need somebody comes first."""
    return f"({urgent}) {name}" if urgent else name


def icon(urgent: int) -> str:
    """Name of the tab's emblem."""
    return "emblem-problem.svg" if urgent else "emblem.svg"


def notices(say: Texts, status: StatusView) -> tuple[Notice, ...]:
    """What is wrong with the server itself, or unusual about it."""
    found = [
        Notice(kind="alarm", text=say.say("Atalaia has trouble with itself"), detail=alarm)
        for alarm in status.engine.alarms
    ]
    if status.config.last_error:
        text = say.say(
            "The configuration on disk has errors; the one loaded {when} stays in force",
            when=say.ago(status.now - status.config.loaded),
        )
        found.append(Notice(kind="configuration", text=text, detail=status.config.last_error))
    if not status.notifications_enabled:
        found.append(
            Notice(kind="silent", text=say.say("Notifications are switched off: nobody is told anything"))
        )
    if not status.program.execute_host_checks:
        text = say.say("Checks of hosts are switched off: nothing new is known unless it comes from outside")
        found.append(Notice(kind="blind-hosts", text=text))
    if not status.program.execute_service_checks:
        text = say.say("Checks of services are switched off: nothing new is known unless it comes from outside")
        found.append(Notice(kind="blind-services", text=text))
    return tuple(found)


def _changed(say: Texts, program: ProgramView) -> list[Notice]:
    """Switches of the whole server that stand otherwise than its configuration says."""
    names = [name for name in program.changed if name not in _SAID_ALREADY]
    if not names:
        return []
    detail = "\n".join(setting_with_value(say, name, getattr(program, name)) for name in names)
    text = say.say("Settings of the whole server were changed while running")
    return [Notice(kind="changed", text=text, detail=detail)]


def _and_known(say: Texts, size: str, known: int) -> str:
    if not known:
        return size
    return f"{size} · " + say.plural("{n} known problem", "{n} known problems", known)


def _totals(
    say: Texts, counts: dict[str, int], states: tuple[str, ...], selection: Selection
) -> tuple[Total, ...]:
    """Totals of all states that occur, and of the good one always."""
    return tuple(
        Total(
            mark=mark(say, state),
            count=counts.get(state, 0),
            link=_link(
                msgspec.structs.replace(selection, states=() if selection.states == (state,) else (state,))
            ),
            is_chosen=state in selection.states,
        )
        for state in states
        if counts.get(state) or state == states[-1] or state in selection.states
    )


def _marked(say: Texts, snapshot: Snapshot, selection: Selection) -> tuple[Total, ...]:
    views = (*snapshot.hosts, *snapshot.services)
    found = (
        ("acknowledged", say.say("acknowledged"), sum(view.acknowledged for view in views)),
        ("in_downtime", say.say("in downtime"), sum(rests(view) for view in views)),
        ("flapping", say.say("flapping"), sum(view.flapping for view in views)),
    )
    totals = []
    for name, word, count in found:
        is_chosen = getattr(selection, name) is True
        if count or is_chosen:
            other = msgspec.structs.replace(selection, **{name: None if is_chosen else True})
            totals.append(Total(mark=Mark("news", word), count=count, link=_link(other), is_chosen=is_chosen))
    return tuple(totals)


def _strip(status: StatusView) -> tuple[Part, ...]:
    counts: dict[str, int] = {}
    for states, names in ((status.hosts, HOST_STATES), (status.services, SERVICE_STATES)):
        for name in names:
            counts[tone_of(name)] = counts.get(tone_of(name), 0) + states.get(name, 0)
    total = sum(counts.values())
    # The least part is wide enough to be seen; what that takes is taken from the widest.
    widths = {tone: max(8.0, count / total * STRIP_WIDTH) for tone, count in counts.items() if count}
    excess = sum(widths.values()) - STRIP_WIDTH
    if widths:
        widest = max(widths, key=lambda tone: widths[tone])
        widths[widest] -= excess
    parts, start = [], 0.0
    for tone in TONES:
        if tone in widths:
            parts.append(Part(tone, round(start, 2), round(widths[tone], 2)))
            start += widths[tone]
    return tuple(parts)


def _page_of(
    say: Texts,
    hosts: Sequence[HostView],
    services: Sequence[ServiceView],
    snapshot: Snapshot,
    selection: Selection,
    page: int,
) -> tuple[tuple[HostBlock, ...], str, str, str]:
    """One page of hosts with their services, where it lies, and the links before and after it."""
    now = snapshot.status.now
    by_host: dict[str, list[ServiceView]] = {host.name: [] for host in hosts}
    for service in services:
        by_host.setdefault(service.host, []).append(service)
    known = {host.name: host for host in snapshot.hosts}
    names = sorted((name for name in by_host if name in known), key=natural)
    first = (page - 1) * HOSTS_PER_PAGE
    shown = names[first : first + HOSTS_PER_PAGE]
    blocks = tuple(
        HostBlock(
            host=host_row(say, known[name], now),
            address=known[name].address,
            services=tuple(
                service_row(say, view, now)
                for view in sorted(by_host[name], key=lambda view: natural(view.description))
            ),
        )
        for name in shown
    )
    if len(names) <= HOSTS_PER_PAGE:
        return blocks, "", "", ""
    place = say.say(
        "hosts {first} to {last} of {total}", first=first + 1, last=first + len(shown), total=len(names)
    )
    back = _link(selection, page - 1) if page > 1 else ""
    forth = _link(selection, page + 1) if first + HOSTS_PER_PAGE < len(names) else ""
    return blocks, place, back, forth


def _matches(say: Texts, selection: Selection, hosts: int, services: int) -> str:
    if selection.is_everything:
        return ""
    if hosts + services == 0:
        return say.say("nothing matches")
    return say.say(
        "{hosts} and {services} match",
        hosts=say.plural("{n} host", "{n} hosts", hosts),
        services=say.plural("{n} service", "{n} services", services),
    )


def _link(selection: Selection, page: int = 1) -> str:
    return with_query(
        "/",
        *(("state", state) for state in selection.states),
        ("host", selection.host),
        ("group", selection.group),
        ("problems", "1" if selection.problems else ""),
        ("q", selection.text),
        *_marks(selection),
        ("page", str(page) if page > 1 else ""),
    )


def _marks(selection: Selection) -> list[tuple[str, str]]:
    return [(name, _CHOICES[getattr(selection, name)]) for name in MARKS]
