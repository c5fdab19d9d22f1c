"""The HTML pages and their live parts: reads the request, asks the Control port, hands over to the templates.

Each page exists twice: whole, and as the fragment that a script fetches when something changed. A page is
lenient with its query string, since people edit addresses by hand: what it does not know has no effect.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from atalaia.ports.control import Control
from atalaia.ports.storage import EventFilter, StoredEvent
from atalaia.texts import Texts, negotiate, texts
from atalaia.web.api import EVENT_TYPE_NAMES, NotFoundError
from atalaia.web.detail import Found, host_detail, service_detail
from atalaia.web.history import EVENTS_PER_PAGE, LAST_PAGE, log_page
from atalaia.web.links import host_in, service_in, with_query
from atalaia.web.overview import Snapshot, icon, overview
from atalaia.web.patterns import patterns
from atalaia.web.people import comment_row, downtime_row, left_page
from atalaia.web.render import Build, Renderer
from atalaia.web.selection import HOST_STATES, MARKS, SERVICE_STATES, Selection
from atalaia.web.sentences import is_routine

FRAGMENTS = "/-/fragment"
LANGUAGE_COOKIE = "atalaia_language"

EVENTS_OF_OBJECT = 20
"""Events on the page of one object."""

MOST_SEARCHED = 50_000
"""Events that are read at most in search of those that are no routine."""

_CHOICES = {"1": True, "0": False}

_YEAR = 365 * 86_400
_STATES = frozenset((*HOST_STATES, *SERVICE_STATES))

LANGUAGE_NAMES = (("en", "English"), ("pt-BR", "Português"))
"""Languages to choose from, each in its own words."""


class Visit(msgspec.Struct, frozen=True):
    """A request as far as a page depends on it."""

    params: QueryParams
    path: str
    """Not decoded, and the same for the page and its fragment."""
    say: Texts


Builder = Callable[[Visit], Awaitable[Build]]
"""Asks the server at once for what a page needs; what is returned presents it later, on a thread."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no page."""

    title: str
    icon: str
    status: int
    text: str


class Pages:
    """All pages of one server."""

    def __init__(self, control: Control, renderer: Renderer) -> None:
        self._control = control
        self._renderer = renderer

    def routes(self) -> list[Route]:
        """Where the pages and their fragments are."""
        pages: tuple[tuple[str, str, Builder], ...] = (
            ("/", "overview", self._overview),
            ("/hosts/{host:path}", "detail", self._host),
            ("/services/{host_and_description:path}", "detail", self._service),
            ("/events", "events", self._events),
            ("/downtimes", "downtimes", self._downtimes),
            ("/comments", "comments", self._comments),
            ("/-/patterns", "patterns", self._patterns),
        )
        found = []
        for path, template, builder in pages:
            found.append(Route(path, self._whole(template, builder)))
            found.append(Route(FRAGMENTS + path, self._fragment(template, builder)))
        return found

    async def problem(self, request: Request, status: int, text: str) -> Response:
        """A page that says why there is no other."""
        say = reader_texts(request)
        problem = Problem(title=f"{status} – Atalaia", icon=icon(0), status=status, text=text)
        page = await self._renderer.page("problem.html", say, lambda: problem, **_frame(request))
        return HTMLResponse(page, status)

    def _whole(self, template: str, builder: Builder) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            say = reader_texts(request)
            build = await builder(Visit(request.query_params, raw_path(request), say))
            response = HTMLResponse(
                await self._renderer.page(f"{template}.html", say, build, **_frame(request))
            )
            if "lang" in request.query_params:
                response.set_cookie(
                    LANGUAGE_COOKIE, say.tag, max_age=_YEAR, httponly=True, samesite="lax", path="/"
                )
            return response

        return answer

    def _fragment(self, template: str, builder: Builder) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            say = reader_texts(request)
            build = await builder(Visit(request.query_params, raw_path(request).removeprefix(FRAGMENTS), say))
            return HTMLResponse(await self._renderer.page(f"_{template}.html", say, build))

        return answer

    def _snapshot(self) -> Snapshot:
        control = self._control
        return Snapshot(status=control.status(), hosts=control.hosts(), services=control.services())

    async def _overview(self, visit: Visit) -> Build:
        say, params, snapshot = visit.say, visit.params, self._snapshot()
        selection = Selection(
            states=tuple(state for state in params.getlist("state") if state in _STATES),
            host=params.get("host", ""),
            group=params.get("group", ""),
            problems=params.get("problems") == "1",
            text=params.get("q", "").strip(),
            **{name: _CHOICES.get(params.get(name, "")) for name in MARKS},
        )
        return lambda: overview(say, snapshot, selection, _page_number(params))

    async def _host(self, visit: Visit) -> Build:
        say = visit.say
        name = host_in(visit.path.encode(), "/hosts/")
        view = self._control.host(name)
        if view is None:
            raise NotFoundError(say.say("There is no host {name}.", name=name))
        found = await self._found(name, "", say)
        snapshot = self._snapshot()
        return lambda: host_detail(say, snapshot, view, found)

    async def _service(self, visit: Visit) -> Build:
        say = visit.say
        host, description = service_in(visit.path.encode(), "/services/")
        view = self._control.service(host, description)
        if view is None:
            raise NotFoundError(say.say("There is no service {name} on {host}.", name=description, host=host))
        found = await self._found(host, description, say)
        snapshot = self._snapshot()
        return lambda: service_detail(say, snapshot, view, found)

    async def _found(self, host: str, service: str, say: Texts) -> Found:
        control = self._control
        downtimes = [*control.downtimes(host, service)]
        if service:
            downtimes += control.downtimes(host, "")
        return Found(
            explanation=await control.explain(host, service, say.language),
            events=await self._history(EVENTS_OF_OBJECT, EventFilter(host=host, service=service)),
            comments=[one for one in control.comments(host, service) if one.kind != "downtime"],
            downtimes=downtimes,
        )

    async def _history(self, count: int, wanted: EventFilter, *, everything: bool = False) -> list[StoredEvent]:
        """The newest events; without `everything`, those that are no routine."""
        asked = count
        while True:
            found = await self._control.last_events(asked, wanted)
            kept = [one for one in found if everything or not is_routine(one.event)]
            if len(kept) >= count or len(found) < asked or asked >= MOST_SEARCHED:
                return kept[:count]
            # The store knows no reasons, so more is read until enough is left.
            asked = min(asked * 4, MOST_SEARCHED)

    async def _events(self, visit: Visit) -> Build:
        say, params = visit.say, visit.params
        host, service, kind = params.get("host", ""), params.get("service", ""), params.get("type", "")
        kind = kind if kind in EVENT_TYPE_NAMES else ""
        everything = params.get("all") == "1"
        page = min(_page_number(params), LAST_PAGE)
        wanted = EventFilter(host=host or None, service=service or None, types=(kind,) if kind else None)
        found = await self._history(page * EVENTS_PER_PAGE + 1, wanted, everything=everything or bool(kind))
        snapshot = self._snapshot()
        return lambda: log_page(
            say, snapshot, found, page, host=host, service=service, kind=kind, everything=everything
        )

    async def _downtimes(self, visit: Visit) -> Build:
        say, snapshot, page = visit.say, self._snapshot(), _page_number(visit.params)
        rows = [downtime_row(say, one, snapshot.status.now) for one in self._control.downtimes()]
        return lambda: left_page(say, snapshot, say.say("Downtimes"), rows, page, "/downtimes")

    async def _comments(self, visit: Visit) -> Build:
        """Newest first, and without those that only repeat a downtime."""
        say, snapshot, page = visit.say, self._snapshot(), _page_number(visit.params)
        found = [one for one in reversed(self._control.comments()) if one.kind != "downtime"]
        rows = [comment_row(say, one, snapshot.status.now) for one in found]
        return lambda: left_page(say, snapshot, say.say("Comments"), rows, page, "/comments")

    async def _patterns(self, visit: Visit) -> Build:
        now = self._control.status().now
        return lambda: patterns(visit.say, now)


def reader_texts(request: Request) -> Texts:
    """The reader's language: what was just chosen, what was chosen before, what the browser asks for."""
    return texts(
        negotiate(
            request.query_params.get("lang")
            or request.cookies.get(LANGUAGE_COOKIE)
            or request.headers.get("accept-language", "")
        )
    )


def raw_path(request: Request) -> str:
    """The path as it came, not decoded."""
    path: bytes = request.scope["raw_path"]
    return path.decode("ascii", "replace").partition("?")[0]


def _frame(request: Request) -> dict[str, Any]:
    """What the frame around a page needs: where its live part is, and the same page in each language."""
    path = raw_path(request)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return {
        "path": path,
        "fragment_url": with_query(FRAGMENTS + path, *request.query_params.multi_items()),
        "language_urls": [(tag, name, with_query(path, *kept, ("lang", tag))) for tag, name in LANGUAGE_NAMES],
    }


def _page_number(params: QueryParams) -> int:
    text = params.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
