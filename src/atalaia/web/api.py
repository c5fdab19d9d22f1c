"""The JSON API under /api/v1: what each path answers. How answers are written down is `wire.py`'s business, how
they are described to programs is `openapi.py`'s; both read the table at the end.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import msgspec
from starlette.requests import Request

from atalaia.core.events import EVENT_TYPES
from atalaia.ports.control import (
    CommentView,
    Control,
    DowntimeView,
    HostView,
    ServiceView,
    StatusView,
)
from atalaia.ports.storage import EventFilter
from atalaia.texts import negotiate
from atalaia.web.links import host_in, service_in
from atalaia.web.query import Query
from atalaia.web.selection import HOST_STATES, SERVICE_STATES, Selection
from atalaia.web.wire import (
    EventsListed,
    ExplanationSent,
    Listed,
    OneHost,
    OneService,
    explanation_sent,
    raw_event,
)

PREFIX = "/api/v1"

EVENT_TYPE_NAMES: tuple[str, ...] = tuple(str(kind.__struct_config__.tag) for kind in EVENT_TYPES)
"""Names under which events are stored and asked for."""

View = TypeVar("View", HostView, ServiceView, CommentView, DowntimeView)


class NotFoundError(Exception):
    """There is no such object; the sentence says which."""


class Parameter(msgspec.Struct, frozen=True):
    """A query parameter: its name, what it does, and what it may be."""

    name: str
    about: str
    kind: str = "string"
    low: int | None = None
    high: int | None = None
    known: tuple[str, ...] = ()
    """All values there are; empty is any."""


class Ask(msgspec.Struct, frozen=True):
    """One request, as far as an answer depends on it."""

    control: Control
    query: Query
    raw_path: bytes
    language: str


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One path of the API."""

    path: str
    """As OpenAPI writes it, below the prefix."""
    summary: str
    answer: Callable[[Ask], Awaitable[object]]
    shape: object
    """Type of the answer."""
    parameters: tuple[Parameter, ...] = ()

    async def __call__(self, control: Control, request: Request) -> object:
        """The answer to a request.

        Raises:
            BadQueryError: a parameter is unknown or wrong.
            NotFoundError: there is no such object.
        """
        query = Query(request.query_params, {parameter.name for parameter in self.parameters})
        language = negotiate(query.text("lang") or request.headers.get("accept-language", ""))
        return await self.answer(Ask(control, query, request.scope["raw_path"], language))


async def status(ask: Ask) -> StatusView:
    return ask.control.status()


async def hosts(ask: Ask) -> Listed[HostView]:
    selection = _selection(ask.query, HOST_STATES)
    return _paged(selection.hosts(ask.control.hosts()), ask.query)


async def host(ask: Ask) -> OneHost:
    name = host_in(ask.raw_path, f"{PREFIX}/hosts/")
    view = ask.control.host(name)
    if view is None:
        raise NotFoundError(f"there is no host {name!r}")
    return OneHost(
        **msgspec.structs.asdict(view),
        comments=tuple(ask.control.comments(name, "")),
        downtimes=tuple(ask.control.downtimes(name, "")),
    )


async def services(ask: Ask) -> Listed[ServiceView]:
    selection = _selection(ask.query, SERVICE_STATES)
    groups = {view.name: view.groups for view in ask.control.hosts()} if selection.group else {}
    return _paged(selection.services(ask.control.services(), groups), ask.query)


async def service(ask: Ask) -> OneService:
    name, description = service_in(ask.raw_path, f"{PREFIX}/services/")
    view = ask.control.service(name, description)
    if view is None:
        raise NotFoundError(f"there is no service {description!r} on host {name!r}")
    return OneService(
        **msgspec.structs.asdict(view),
        comments=tuple(ask.control.comments(name, description)),
        downtimes=tuple(ask.control.downtimes(name, description)),
    )


async def comments(ask: Ask) -> Listed[CommentView]:
    found = ask.control.comments(ask.query.text("host"), ask.query.text("service"))
    return _paged(found, ask.query)


async def downtimes(ask: Ask) -> Listed[DowntimeView]:
    found = ask.control.downtimes(ask.query.text("host"), ask.query.text("service"))
    in_effect = ask.query.choice("in_effect")
    return _paged([one for one in found if in_effect in (None, one.in_effect)], ask.query)


async def events(ask: Ask) -> EventsListed:
    after = ask.query.number("after", 0)
    limit = ask.query.number("limit", 100, low=1, high=MAX_LIMIT)
    found = await ask.control.events_after(after, limit + 1, event_filter(ask.query))
    shown = found[:limit]
    return EventsListed(
        items=[raw_event(stored) for stored in shown],
        limit=limit,
        last=shown[-1].id if shown else after,
        more=len(found) > limit,
    )


async def explain(ask: Ask) -> ExplanationSent:
    name, description = service_in(ask.raw_path, f"{PREFIX}/explain/")
    explanation = await ask.control.explain(name, description, ask.language)
    if explanation is None:
        what = f"service {description!r} on host {name!r}" if description else f"host {name!r}"
        raise NotFoundError(f"there is no {what}")
    return explanation_sent(explanation)


def event_filter(query: Query) -> EventFilter:
    """The events that a request asks for."""
    types = query.names("type", EVENT_TYPE_NAMES)
    return EventFilter(host=query.text("host"), service=query.text("service"), types=types or None)


def _selection(query: Query, states: Sequence[str]) -> Selection:
    return Selection(
        states=query.names("state", states),
        host=query.text("host") or "",
        group=query.text("group") or "",
        problems=query.flag("problems"),
        text=query.text("q") or "",
        acknowledged=query.choice("acknowledged"),
        in_downtime=query.choice("in_downtime"),
        flapping=query.choice("flapping"),
    )


def _paged(views: Sequence[View], query: Query) -> Listed[View]:
    limit = query.number("limit", DEFAULT_LIMIT, low=1, high=MAX_LIMIT)
    offset = query.number("offset", 0)
    return Listed(items=list(views[offset : offset + limit]), total=len(views), limit=limit, offset=offset)


DEFAULT_LIMIT = 1000
MAX_LIMIT = 10_000

_LIMIT = Parameter("limit", "at most so many items", "integer", 1, MAX_LIMIT)
_OFFSET = Parameter("offset", "leave out so many items first", "integer", 0)
_LANGUAGE = Parameter("lang", "language of the sentences, e.g. pt-BR; else Accept-Language decides")


def _filters(states: tuple[str, ...], group: str) -> tuple[Parameter, ...]:
    return (
        Parameter("state", f"only these states, separated by commas: {', '.join(states)}"),
        Parameter("host", "only the host of this name"),
        Parameter("group", group),
        Parameter("problems", "1: only what is not as it should be", known=("0", "1")),
        Parameter("acknowledged", "1: only what somebody takes care of; 0: only the rest", known=("0", "1")),
        Parameter(
            "in_downtime",
            "1: only what is in a downtime, services also by their host's; 0: only the rest",
            known=("0", "1"),
        ),
        Parameter("flapping", "1: only what is flapping; 0: only the rest", known=("0", "1")),
        Parameter(
            "q", "only what has this text in a name, an address or the output; case and accents do not matter"
        ),
        _LIMIT,
        _OFFSET,
    )


_PEOPLES = (
    Parameter("host", "only those of the host of this name and of its services"),
    Parameter("service", "only those of services of this description; with an empty `host`, on any host"),
)

EVENT_FILTERS = (
    Parameter("host", "only events of the host of this name and of its services"),
    Parameter("service", "only events of services of this description; with an empty `host`, on any host"),
    Parameter("type", f"only these types, separated by commas: {', '.join(EVENT_TYPE_NAMES)}"),
)

AFTER = Parameter("after", "only events with a larger id", "integer", 0)

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="/status",
        summary="Totals by state, the configuration in force and the engine's own health",
        answer=status,
        shape=StatusView,
    ),
    Endpoint(
        path="/hosts",
        summary="All hosts as they are now",
        answer=hosts,
        shape=Listed[HostView],
        parameters=_filters(HOST_STATES, "only members of this host group"),
    ),
    Endpoint(
        path="/hosts/{host}", summary="One host with its comments and downtimes", answer=host, shape=OneHost
    ),
    Endpoint(
        path="/services",
        summary="All services as they are now",
        answer=services,
        shape=Listed[ServiceView],
        parameters=_filters(
            SERVICE_STATES, "only members of this service group, and services of hosts in this host group"
        ),
    ),
    Endpoint(
        path="/services/{host}/{description}",
        summary="One service with its comments and downtimes",
        answer=service,
        shape=OneService,
    ),
    Endpoint(
        path="/comments",
        summary="All comments, oldest first",
        answer=comments,
        shape=Listed[CommentView],
        parameters=(*_PEOPLES, _LIMIT, _OFFSET),
    ),
    Endpoint(
        path="/downtimes",
        summary="All downtimes that are planned or in effect, the earliest start first",
        answer=downtimes,
        shape=Listed[DowntimeView],
        parameters=(
            *_PEOPLES,
            Parameter("in_effect", "1: only those in effect; 0: only the others", known=("0", "1")),
            _LIMIT,
            _OFFSET,
        ),
    ),
    Endpoint(
        path="/events",
        summary="Stored events, oldest first",
        answer=events,
        shape=EventsListed,
        parameters=(AFTER, _LIMIT, *EVENT_FILTERS),
    ),
    Endpoint(
        path="/explain/{host}",
        summary="Why a host is as it is, and why somebody was or was not told",
        answer=explain,
        shape=ExplanationSent,
        parameters=(_LANGUAGE,),
    ),
    Endpoint(
        path="/explain/{host}/{description}",
        summary="The same for a service",
        answer=explain,
        shape=ExplanationSent,
        parameters=(_LANGUAGE,),
    ),
)
"""Every path of the API but the stream; the order is the one in which paths are tried."""
