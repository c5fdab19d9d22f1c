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
from atalaia.texts.plain import one_line
from atalaia.web.turnstile import Turnstile
from atalaia.web.wire import Refusal, encode

COMMANDS_PATH = "/commands"
LONGEST = 256 * 1024
"""Bytes of a request; a plugin's whole output fits in."""

UNAUTHORISED = "unauthorised"

STORED_TRIES = 5
"""Tries without the right token that are written down in each `SPELL`; the rest is only counted in the log."""

SPELL = 60.0
"""Seconds."""

STRANGERS_LONGEST = 4096
"""Bytes that are read of a request that will be turned away."""

STRANGERS_KEPT = 300
"""Signs of its command that are kept."""

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
        self._turned_away = Turnstile(STORED_TRIES, SPELL, _log_rest)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        objection = self._objection(request)
        if objection is not None:
            return await self._turn_away(request, *objection)
        body = await _body(request, LONGEST)
        if body is None:
            return _refuse(413, f"a command may have {LONGEST} bytes at most", "malformed")
        try:
            order = msgspec.json.decode(body, type=Order)
            await self._control.command(order.command)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return _refuse(400, f'send JSON like {{"command": "…"}}: {error}', "malformed")
        except RefusedError as error:
            log.warning("command_refused", reason=str(error), fault=error.fault)
            return _refuse(400, str(error), error.fault)
        return Response(encode(Accepted()), 202, media_type="application/json")

    def _objection(self, request: Request) -> tuple[int, str] | None:
        """Why whoever sent this may give no commands: status and sentence; None when they may."""
        if not self._token:
            return 403, "this server takes no commands: set [api] token_file in atalaia.toml"
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        is_right = hmac.compare_digest(given.strip().encode(), self._token)
        if kind.lower() != "bearer" or not is_right:
            return 401, "a command needs the header: Authorization: Bearer TOKEN"
        return None

    async def _turn_away(self, request: Request, status: int, reason: str) -> Response:
        """Answers somebody who may give no commands, and writes it down, unless too many come."""
        client = request.client.host if request.client else ""
        if self._turned_away.lets_through():
            log.warning("command_unauthorised", client=client)
            why = f"the server takes no commands; it came from {client}"
            if status == 401:
                why = f"without the right token, from {client}"
            self._control.refuse(await _command_in(request), why, fault=UNAUTHORISED)
        response = _refuse(status, reason, UNAUTHORISED)
        if status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response


async def _body(request: Request, most: int) -> bytes | None:
    """What was sent; None when it is longer than allowed, and then it is not read to its end."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return body


async def _command_in(request: Request) -> str:
    """The command that a stranger sent, as far as it is worth keeping; empty when it is none."""
    try:
        order = msgspec.json.decode(await _body(request, STRANGERS_LONGEST) or b"", type=Order)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return one_line(order.command, STRANGERS_KEPT)


def _log_rest(count: int) -> None:
    log.warning("commands_unauthorised_not_stored", count=count, seconds=SPELL)


def _refuse(status: int, reason: str, fault: str) -> Response:
    return Response(encode(Refusal(error=reason, fault=fault)), status, media_type="application/json")
