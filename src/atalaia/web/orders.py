"""Commands over HTTP: who may send one, and what becomes of it. The only route that changes anything.

A command needs the token in an Authorization header. Cookies never count, so no web page can make a visitor's
browser send one.
"""

import hmac

import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from atalaia.core.orders import RefusedError
from atalaia.ports.control import Control
from atalaia.web.wire import Refusal, encode

COMMANDS_PATH = "/commands"
LONGEST = 256 * 1024
"""Bytes of a request; a plugin's whole output fits in."""

log = structlog.get_logger(__name__)


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent."""

    command: str
    """An external command without its timestamp: ``PROCESS_SERVICE_CHECK_RESULT;host;service;0;text``."""


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered."""

    accepted: bool = True


class Orders:
    """The route, as ASGI."""

    def __init__(self, control: Control, token: str) -> None:
        self._control = control
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        refusal = self._who(request)
        if refusal is not None:
            return refusal
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LONGEST:
                return _refuse(413, f"a command may have {LONGEST} bytes at most")
        try:
            order = msgspec.json.decode(body, type=Order)
            await self._control.command(order.command)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return _refuse(400, f'send JSON like {{"command": "…"}}: {error}')
        except RefusedError as error:
            log.warning("command_refused", reason=str(error))
            return _refuse(400, str(error))
        return Response(encode(Accepted()), 202, media_type="application/json")

    def _who(self, request: Request) -> Response | None:
        if not self._token:
            return _refuse(403, "this server takes no commands: set [api] token_file in atalaia.toml")
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        is_right = hmac.compare_digest(given.strip().encode(), self._token)
        if kind.lower() != "bearer" or not is_right:
            log.warning("command_unauthorised", client=request.client.host if request.client else "")
            response = _refuse(401, "a command needs the header: Authorization: Bearer TOKEN")
            response.headers["WWW-Authenticate"] = "Bearer"
            return response
        return None


def _refuse(status: int, reason: str) -> Response:
    return Response(encode(Refusal(error=reason)), status, media_type="application/json")
