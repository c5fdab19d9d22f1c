"""Who may talk to the server and what a browser may do with its pages.

Nothing here signs people in: the one route that changes anything asks for a token itself (`orders.py`). What
is guarded against is a foreign web page that reads this server through the visitor's browser (DNS rebinding)
and plugin output that wants to be more than text.
"""

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class Guard:
    """ASGI middleware: answers only to the server's own names, and puts the security headers on every answer.

    Args:
        app: what is guarded.
        listen_host: the address that the server listens on. On a wildcard address every IP address in the
            Host header is ours: rebinding needs a name.
        names: further names under which people reach the server.
    """

    def __init__(self, app: ASGIApp, *, listen_host: str, names: Collection[str]) -> None:
        self._app = app
        self._names = {"localhost", listen_host.lower(), *(name.lower().rstrip(".") for name in names)}
        self._any_address = _is_wildcard(listen_host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request through, or answers it with 421."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        host = host_name(Headers(scope=scope).get("host", ""))
        if self.knows(host):
            await self._app(scope, receive, send_with_headers)
        else:
            await _refuse(host, send_with_headers)

    def knows(self, host: str) -> bool:
        """The name (no port, no brackets) is one of ours."""
        if host in self._names:
            return True
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return address.is_loopback or self._any_address


def host_name(header: str) -> str:
    """The name or address in a Host header: lower case, no port, brackets or final dot; empty if unreadable."""
    try:
        return (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def safe_link(url: str) -> str:
    """The address if it is an ordinary web address, else nothing: ``javascript:`` and the like are no links."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


def is_loopback(host: str) -> bool:
    """Listening on `host` lets only this machine in."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_wildcard(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return host == ""


async def _refuse(host: str, send: Send) -> None:
    said = host.encode("ascii", "replace").decode()
    text = (
        f"This server does not answer to the name {said!r}. "
        "If it is a name of this server, add it to the names in the server's settings.\n"
    )
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
