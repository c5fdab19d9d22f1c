"""The web server inside our process: uvicorn on a socket of ours, in our event loop. Knows no routes.

uvicorn's own way of running installs signal handlers and polls in a task. Neither is wanted here: the
supervisor owns signals and tasks. So its start-up and shut-down are called directly; between them it needs
only a timer for the Date header.
"""

import asyncio
import errno
import socket
from email.utils import formatdate

import structlog
import uvicorn
from starlette.types import Receive, Scope, Send

from atalaia.web.app import WebApp
from atalaia.web.live import ABORT_EXTENSION
from atalaia.web.security import is_loopback

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8420

_GRACE = 2
"""Seconds that a running answer has to finish once the server stops."""

log = structlog.get_logger(__name__)


class WebError(Exception):
    """The web server cannot start; the sentence says what to do."""


def parse_listen(text: str) -> tuple[str, int]:
    """Host and port of ``HOST:PORT``; an IPv6 address stands in brackets, an empty host is the default one.

    Raises:
        WebError: it is not of that form.
    """
    host, colon, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise WebError(f"{text!r}: write an IPv6 address in brackets: [::1]:{port}")
    if not colon or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise WebError(f"{text!r} is not HOST:PORT, e.g. {DEFAULT_HOST}:{DEFAULT_PORT}")
    return host or DEFAULT_HOST, int(port)


class WebServer:
    """Serves an application from `start` to `stop`.

    Args:
        app: the application.
        host: name or address to listen on.
        port: port to listen on; 0 takes a free one.
    """

    def __init__(self, app: WebApp, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT) -> None:
        self._app = app
        self._host = host
        self._port = port
        self._socket: socket.socket | None = None
        self._timer: asyncio.TimerHandle | None = None
        config = uvicorn.Config(
            self._answer,
            interface="asgi3",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        self._uvicorn = uvicorn.Server(config)

    @property
    def address(self) -> str:
        """Where the page is (``http://127.0.0.1:8420``); the real port once started."""
        reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)  # noqa: S104 - a comparison
        return f"http://{_bracketed(reachable)}:{self._port}"

    async def start(self) -> None:
        """Listens; answers from now on.

        Raises:
            WebError: the address cannot be had.
        """
        self._socket = await _bind(self._host, self._port)
        self._port = self._socket.getsockname()[1]
        self._uvicorn.config.load()
        self._uvicorn.lifespan = self._uvicorn.config.lifespan_class(self._uvicorn.config)
        await self._uvicorn.startup(sockets=[self._socket])
        if not is_loopback(self._host):
            log.warning("web_readable_from_other_machines", address=self.address)
        self._tick()

    async def stop(self) -> None:
        """Stops listening, ends streams at once and gives running answers two seconds. May be called twice."""
        if self._socket is None:
            return
        listening, self._socket = self._socket, None
        if self._timer is not None:
            self._timer.cancel()
        self._app.end_streams()
        await self._uvicorn.shutdown(sockets=[listening])
        for connection in list(self._uvicorn.server_state.connections):  # whoever did not finish in time
            connection.transport.abort()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("extensions", {})[ABORT_EXTENSION] = lambda: self._abort(scope)
        await self._app(scope, receive, send)

    def _abort(self, scope: Scope) -> None:
        """Cuts the connection that a request came on, with what is still to be flushed."""
        for connection in list(self._uvicorn.server_state.connections):
            if getattr(connection, "client", None) == scope["client"]:
                log.warning("web_reader_too_slow", client=scope["client"], path=scope["path"])
                connection.transport.abort()

    def _tick(self) -> None:
        date = formatdate(usegmt=True).encode()
        # In place: connections that are already open hold this very list.
        self._uvicorn.server_state.default_headers[:] = [(b"date", date)]
        self._timer = asyncio.get_running_loop().call_later(1.0, self._tick)


async def _bind(host: str, port: int) -> socket.socket:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _, address = found[0]
    except OSError as error:
        raise WebError(f"cannot listen on {host!r}: {error.strerror}") from error
    listening = socket.socket(family, kind, protocol)
    listening.setblocking(False)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise WebError(_why_not(host, port, error)) from error
    return listening


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _why_not(host: str, port: int, error: OSError) -> str:
    where = f"{_bracketed(host)}:{port}"
    match error.errno:
        case errno.EADDRINUSE:
            return f"{where} is taken by another program (or another Atalaia); use --listen HOST:PORT"
        case errno.EACCES:
            return f"{where}: ports below 1024 need more rights; use --listen HOST:PORT with a higher port"
        case errno.EADDRNOTAVAIL:
            return f"{where} is no address of this machine; use --listen HOST:PORT"
        case _:
            return f"cannot listen on {where}: {error.strerror}"
