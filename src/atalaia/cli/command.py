"""`atalaia command`: any external command of Nagios, as it is."""

import argparse

from atalaia.cli.client import UsageError, add_server_options
from atalaia.cli.giving import Giver, add_giver_options, give


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = subparsers.add_parser(
        "command",
        help="send any external command of Nagios",
        description=(
            "Sends an external command of Nagios as it is, without its timestamp, and waits until it is "
            "carried out. Exit status 0 when done, 1 when refused, 2 when the server is away."
        ),
    )
    parser.add_argument("text", metavar="'NAME;ARGUMENT;…'", help="in quotes: a shell would split it")
    add_giver_options(parser)
    add_server_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Sends it."""
    return give(args, _send)


def _send(giver: Giver) -> int:
    text = giver.args.text.strip()
    if not text:
        raise UsageError(giver.say.say("the command is empty"))
    if any(sign in text for sign in "\r\n"):
        raise UsageError(giver.say.say("a command is one line"))
    giver.client.command(text)
    giver.done.append(text)
    return giver.finish(giver.say.say("The server has carried it out."))
