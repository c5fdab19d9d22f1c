"""`atalaia explain`: why something is as it is, and why somebody was or was not told.

Exit status 0 when it could answer; 2 when it could not.
"""

import argparse
import sys
from typing import Any

import msgspec

from atalaia.cli.client import Client, add_server_options, ask
from atalaia.cli.table import Terminal, harmless
from atalaia.core.events import AnyEvent
from atalaia.core.instants import Instant
from atalaia.texts import Texts
from atalaia.web.sentences import Sentence, sentence


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command to the program's."""
    parser = subparsers.add_parser(
        "explain",
        help="why a host or service is as it is, and why somebody was or was not told",
        description="Asks a running server for its reasons. Exit status 0 when it answered, 2 when not.",
    )
    parser.add_argument("host", metavar="HOST")
    parser.add_argument("service", nargs="?", metavar="SERVICE")
    add_server_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the explanation; 0 when the server answered, 2 when not."""
    return ask(args, lambda client, say: _explain(args, client, say))


def _explain(args: argparse.Namespace, client: Client, say: Texts) -> int:
    answer = client.get("explain", args.host, *([args.service] if args.service else []), lang=say.tag)
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
        return 0
    terminal = Terminal(sys.stdout)
    name = f"{args.service} · {args.host}" if args.service else args.host
    print(terminal.paint(harmless(name), "strong"))
    for reason in answer["reasons"]:
        print(f"  {harmless(reason['text'])}")
    if answer["events"]:
        print()
        print(terminal.paint(say.say("What happened"), "strong"))
    for event in answer["events"]:
        told = _sentence(say, event)
        when = terminal.paint(say.instant(Instant(event["time"])), "quiet")
        print(f"  {when}  {harmless(told.text)}")
        for line in told.detail.splitlines():
            print(f"      {terminal.paint(harmless(line), 'quiet')}")
    return 0


def _sentence(say: Texts, event: dict[str, Any]) -> Sentence:
    """The event's sentence; a server newer than this program may send types that it does not know."""
    try:
        return sentence(say, msgspec.convert(event, AnyEvent))
    except msgspec.ValidationError:
        return Sentence("news", str(event.get("type", "")))
