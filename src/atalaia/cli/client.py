"""Talking to a running server over its API. No printing here.

Plain `http.client`: no dependency, and no proxy from the environment stands between a person and the server on
the same machine.
"""

import argparse
import http.client
import os
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from atalaia.texts import LANGUAGES, Texts, texts

DEFAULT_SERVER = "http://127.0.0.1:8420"
TIMEOUT = 10.0
"""Seconds to wait for the server."""

_PAGE = 1000


class ServerAwayError(Exception):
    """No Atalaia answers at the address."""


class RefusedError(Exception):
    """The server answered that it will not; the sentence is the server's own.

    Attributes:
        status: HTTP's number.
        fault: of a command, what kind of refusal it is; see the API.
    """

    def __init__(self, status: int, reason: str, fault: str = "") -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.fault = fault


class UsageError(Exception):
    """What was typed makes no sense; the sentence says what to write. Nothing was sent."""


class Client:
    """One server.

    Args:
        server: its address, ``http://HOST:PORT``; a path before the API's own is kept.
        language: in which the server's sentences are wanted.
        token: what allows to send commands; empty sends none.
    """

    def __init__(self, server: str, language: str = "en", token: str = "") -> None:
        self.server = server.rstrip("/")
        self._language = language.replace("_", "-")
        self._token = token

    def get(self, *path: str, **query: str) -> Any:
        """What the API answers at the path, whose parts may hold anything.

        Raises:
            ServerAwayError: nobody answers there, or somebody else does.
            RefusedError: the server answered with an error.
        """
        target = "/api/v1/" + "/".join(quote(part, safe="") for part in path)
        return self._answer(*self._request("GET", f"{target}?{urlencode(query)}" if query else target))

    def command(self, text: str) -> Any:
        """Has the server carry out an external command, written without its timestamp.

        Raises:
            ServerAwayError: see `get`.
            RefusedError: it changes nothing; the server says why.
        """
        body = msgspec.json.encode({"command": text})
        return self._answer(*self._request("POST", "/api/v1/commands", body))

    def get_all(self, *path: str, **query: str) -> list[dict[str, Any]]:
        """All items of a list, page by page.

        Raises:
            ServerAwayError: see `get`.
            RefusedError: see `get`.
        """
        items: list[dict[str, Any]] = []
        while True:
            page = self.get(*path, **query, limit=str(_PAGE), offset=str(len(items)))
            items += page["items"]
            if not page["items"] or len(items) >= page["total"]:
                return items

    @staticmethod
    def _answer(status: int, body: bytes) -> Any:
        try:
            answer = msgspec.json.decode(body)
        except msgspec.DecodeError:
            raise ServerAwayError from None
        if status in (200, 202):
            return answer
        if isinstance(answer, dict) and "error" in answer:
            raise RefusedError(status, str(answer["error"]), str(answer.get("fault", "")))
        raise ServerAwayError

    def _headers(self, body: bytes | None) -> dict[str, str]:
        headers = {"Accept-Language": self._language}
        if body is not None:
            headers["Content-Type"] = "application/json"
            headers["Authorization"] = f"Bearer {self._token}"
        return headers

    def _request(self, method: str, target: str, body: bytes | None = None) -> tuple[int, bytes]:
        try:
            parts = urlsplit(self.server)
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ServerAwayError
            connection = kind(parts.hostname, parts.port, timeout=TIMEOUT)
            try:
                connection.request(method, parts.path + target, body, self._headers(body))
                answer = connection.getresponse()
                return answer.status, answer.read()
            finally:
                connection.close()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ServerAwayError from error


def add_server_options(parser: argparse.ArgumentParser) -> None:
    """The options that every command about a running server has."""
    parser.add_argument("--json", action="store_true", help="print what the API answers")
    parser.add_argument(
        "--server",
        metavar="URL",
        default=None,
        help=f"address of the server (else ATALAIA_SERVER, else {DEFAULT_SERVER})",
    )
    parser.add_argument(
        "--lang", metavar="LANGUAGE", default=None, help=f"language of the answer: {', '.join(LANGUAGES)}"
    )


def reader_texts(args: argparse.Namespace) -> Texts:
    """The reader's language: the option, else the locale in the order in which programs ask for it."""
    asked = args.lang or next(
        filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), ""
    )
    return texts(asked)


def server_of(args: argparse.Namespace) -> str:
    """The server's address: the option, else the environment, else this machine's."""
    return args.server or os.environ.get("ATALAIA_SERVER") or DEFAULT_SERVER


def ask(args: argparse.Namespace, work: Callable[[Client, Texts], int]) -> int:
    """Runs `work` with a client for the server that `args` mean, and says plainly what kept it from working.

    Returns:
        What `work` returns, or 2 when the server is away or refuses.
    """
    say = reader_texts(args)
    server = server_of(args)
    try:
        return work(Client(server, say.tag), say)
    except ServerAwayError:
        text = is_away(say, server)
    except RefusedError as error:
        text = error.reason
    print(f"atalaia: {text}", file=sys.stderr)
    return 2


def is_away(say: Texts, server: str) -> str:
    """What is said when nobody answers."""
    return say.say("no Atalaia answers at {server}; start one with: atalaia run PATH", server=server)
