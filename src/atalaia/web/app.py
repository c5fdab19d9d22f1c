"""The web application: routes wired, nothing global. One per server."""

from collections.abc import Awaitable, Callable

import msgspec
import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from atalaia import __version__
from atalaia.ports.control import Control
from atalaia.web.api import AFTER, ENDPOINTS, EVENT_FILTERS, PREFIX, Endpoint, NotFoundError, event_filter
from atalaia.web.assets import Assets
from atalaia.web.live import EventStream, Streams
from atalaia.web.openapi import STREAM_PATH, openapi
from atalaia.web.orders import COMMANDS_PATH, Orders
from atalaia.web.pages import Pages
from atalaia.web.query import BadQueryError, Query
from atalaia.web.render import Renderer
from atalaia.web.security import Guard
from atalaia.web.wire import Refusal, encode

log = structlog.get_logger(__name__)


class WebSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What can be chosen about the web side."""

    listen_host: str = "127.0.0.1"
    """Address that the server listens on; its own name in Host headers."""
    names: tuple[str, ...] = ()
    """Further names under which people reach the server."""
    heartbeat: float = 15.0
    """Seconds between signs of life on a stream."""
    patience: float = 10.0
    """Seconds that the reader of a stream may not read before it is dropped."""
    token: str = ""
    """What a program must bring to send a command; empty: nobody can."""


class WebApp:
    """The application as ASGI; make one with `create_app`."""

    def __init__(self, app: ASGIApp, streams: Streams) -> None:
        self._app = app
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; what goes wrong is logged here and nowhere else."""
        try:
            await self._app(scope, receive, send)
        except Exception:  # the reader has been answered with 500; the server goes on
            log.exception("web_request_failed", path=scope.get("path", ""))

    def end_streams(self) -> None:
        """Ends all open streams at once: the server stops."""
        self._streams.end()

    @property
    def open_streams(self) -> int:
        """Streams that are open now."""
        return self._streams.open


def create_app(control: Control, *, settings: WebSettings = WebSettings()) -> WebApp:  # noqa: B008 - frozen
    """The page, the API and the stream of one server."""
    streams = Streams(heartbeat=settings.heartbeat, patience=settings.patience)
    assets = Assets()
    pages = Pages(control, Renderer(assets))
    routes = [
        *_api_routes(control, streams),
        Route(f"{PREFIX}{COMMANDS_PATH}", Orders(control, settings.token), methods=["POST"]),
        Route("/static/{version}/{name}", assets.answer),
        *pages.routes(),
    ]
    app = Starlette(routes=routes, exception_handlers=_exception_handlers(pages))
    guarded = Guard(app, listen_host=settings.listen_host, names=settings.names)
    return WebApp(guarded, streams)


def _api_routes(control: Control, streams: Streams) -> list[Route]:
    description = encode(openapi(__version__))

    async def describe(_: Request) -> Response:
        return _json(description)

    async def stream(request: Request) -> Response | EventStream:
        query = Query(request.query_params, {AFTER.name, *(one.name for one in EVENT_FILTERS)})
        last_seen = request.headers.get("last-event-id", "")
        after = int(last_seen) if last_seen.isascii() and last_seen.isdigit() else None
        if after is None and query.text(AFTER.name) is not None:
            after = query.number(AFTER.name, 0)
        wanted = event_filter(query)
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        return EventStream(control, streams, after, wanted)

    return [
        Route(f"{PREFIX}{STREAM_PATH}", stream),
        Route(f"{PREFIX}/openapi.json", describe),
        *(Route(PREFIX + _starlette_path(one.path), _answer(control, one)) for one in ENDPOINTS),
    ]


def _answer(control: Control, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return _json(encode(await endpoint(control, request)))

    return answer


def _starlette_path(path: str) -> str:
    """OpenAPI's path as a route. Names may hold slashes, so the last place takes the rest of the path."""
    return f"{path[:-1]}:path}}" if path.endswith("}") else path


def _exception_handlers(
    pages: Pages,
) -> dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]:
    async def refuse(request: Request, status: int, text: str) -> Response:
        if request.url.path.startswith("/api/"):
            return _json(encode(Refusal(error=text)), status)
        return await pages.problem(request, status, text)

    async def bad_query(request: Request, error: Exception) -> Response:
        return await refuse(request, 400, str(error))

    async def not_found(request: Request, error: Exception) -> Response:
        return await refuse(request, 404, str(error))

    async def http_error(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        response = await refuse(request, error.status_code, error.detail)
        response.headers.update(error.headers or {})
        return response

    async def broken(request: Request, _: Exception) -> Response:
        return await refuse(request, 500, "the server failed to answer; its log says why")

    return {BadQueryError: bad_query, NotFoundError: not_found, HTTPException: http_error, Exception: broken}


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status, media_type="application/json")
