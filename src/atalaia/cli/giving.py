"""Giving orders to a running server: the token, names that cannot break a command, and what is said afterwards.

Exit status: 0 done, 1 refused, 2 the server is away or what was typed makes no sense.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from atalaia.cli.client import (
    Client,
    RefusedError,
    ServerAwayError,
    UsageError,
    is_away,
    reader_texts,
    server_of,
)
from atalaia.core.instants import Instant
from atalaia.texts import Texts

REFUSED = 1
NOT_SENT = 2


class Giver:
    """What a command of the command line needs to give orders.

    Args:
        args: its arguments.
        client: the server.
        say: the reader's language.
    """

    def __init__(self, args: argparse.Namespace, client: Client, say: Texts) -> None:
        self.args = args
        self.client = client
        self.say = say
        self.done: list[str] = []
        """Orders that the server has carried out, oldest first."""

    @property
    def now(self) -> Instant:
        """The moment by the server's clock, which judges what is past."""
        return Instant(float(self.client.get("status")["now"]))

    @property
    def author(self) -> str:
        """Who gives the order: the option, else the login name."""
        return self.name(self.args.author or _login_name(), self.say.say("the author's name"))

    def name(self, text: str, what: str) -> str:
        """A name as a field of a command.

        Raises:
            UsageError: it would end the field, or the command.
        """
        if ";" in text or any(sign in text for sign in "\r\n"):
            raise UsageError(
                self.say.say("{what} cannot hold a semicolon or a line end: {text}", what=what, text=repr(text))
            )
        return text

    def object(self) -> list[str]:
        """The host's name, and the service's when there is one, as fields.

        Raises:
            UsageError: no host was named, or a name would break the command.
        """
        if not self.args.host:
            raise UsageError(self.say.say("name the host, and the service if it is one"))
        fields = [self.name(self.args.host, self.say.say("the host's name"))]
        if self.args.service:
            fields.append(self.name(self.args.service, self.say.say("the service's description")))
        return fields

    def message(self, *, ends_at_semicolon: bool = False) -> str:
        """What was said with -m, on one line.

        Raises:
            UsageError: nothing was said, or more than the command can carry.
        """
        text = " ".join((self.args.message or "").split())
        if not text:
            raise UsageError(self.say.say('say why: -m "TEXT"'))
        if ends_at_semicolon and ";" in text:
            raise UsageError(self.say.say("the comment of a downtime ends at a semicolon; write it without"))
        return text

    def give(self, name: str, *fields: str | float) -> None:
        """Sends one order and waits until it is carried out.

        Raises:
            RefusedError: it changes nothing; the sentence says why.
        """
        order = ";".join((name, *(_field(one) for one in fields)))
        self.client.command(order)
        self.done.append(order)

    def finish(self, *sentences: str, **more: Any) -> int:
        """Says what was done; for programs, the orders and what came of them."""
        if self.args.json:
            print_json({"accepted": True, "commands": self.done, **more})
        else:
            for sentence in sentences:
                print(sentence)
        return 0


def add_giver_options(parser: argparse.ArgumentParser) -> None:
    """The options that every order has, beside those of `client.add_server_options`."""
    parser.add_argument(
        "--token-file",
        metavar="FILE",
        type=Path,
        default=None,
        help="file with the server's token (else ATALAIA_TOKEN_FILE, else the token in ATALAIA_TOKEN)",
    )


def add_author_option(parser: argparse.ArgumentParser) -> None:
    """Who says it."""
    parser.add_argument("--author", metavar="NAME", default=None, help="who says it (default: the login name)")


def give(args: argparse.Namespace, work: Callable[[Giver], int], *, needs_token: bool = True) -> int:
    """Runs `work` and says plainly what kept it from being done.

    Args:
        args: the command's arguments.
        work: gives the orders; returns the exit status.
        needs_token: False when nothing will be changed.
    """
    say = reader_texts(args)
    server = server_of(args)
    giver: Giver | None = None
    try:
        token = read_token(args, say) if needs_token else ""
        giver = Giver(args, Client(server, say.tag, token), say)
        return work(giver)
    except UsageError as error:
        print(f"atalaia: {error}", file=sys.stderr)
    except ServerAwayError:
        print(f"atalaia: {is_away(say, server)}", file=sys.stderr)
    except RefusedError as error:
        return _refused(args, say, error, giver.done if giver else [])
    return NOT_SENT


def read_token(args: argparse.Namespace, say: Texts) -> str:
    """The token: from the file named by the option or the environment, else from the environment itself.

    Raises:
        UsageError: there is none, or it cannot be read.
    """
    named = args.token_file or os.environ.get("ATALAIA_TOKEN_FILE")
    if named:
        try:
            token = Path(named).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise UsageError(f"{named}: {why}") from None
        if not token:
            raise UsageError(say.say("{file} is empty; it should hold the server's token", file=named))
    else:
        token = os.environ.get("ATALAIA_TOKEN", "").strip()
    if not token:
        raise UsageError(
            say.say(
                "an order needs the server's token: name its file with --token-file or ATALAIA_TOKEN_FILE; on "
                "the server it is the file named by token_file in the [api] table of atalaia.toml"
            )
        )
    if not (token.isascii() and token.isprintable()):
        raise UsageError(say.say("the token holds signs that no header can carry"))
    return token


def print_json(answer: Any) -> None:
    """For programs."""
    print(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())


def _refused(args: argparse.Namespace, say: Texts, error: RefusedError, done: list[str]) -> int:
    if args.json:
        print_json({"accepted": False, "error": error.reason, "fault": error.fault, "commands": done})
        return REFUSED
    reason = error.reason
    if error.status == 401:
        reason = say.say("the server does not know this token; it is not the content of its token_file")
    elif error.status == 403:
        reason = say.say("this server takes no orders: set token_file in the [api] table of its atalaia.toml")
    print(f"atalaia: {reason}", file=sys.stderr)
    if done:
        print(say.say("done before that: {commands}", commands=" · ".join(done)), file=sys.stderr)
    return REFUSED


def _field(value: str | float) -> str:
    return value if isinstance(value, str) else str(int(value))


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, as in many containers
        return f"uid {os.getuid()}"
