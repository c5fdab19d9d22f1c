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
from atalaia.web.sentence import Sentence
from atalaia.web.sentences import is_routine, sentence


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command to the program's."""
    parser = subparsers.add_parser(
        "explain",
        help="why a host or service is as it is, and why somebody was or was not told",
        description="Asks a running server for its reasons. Exit status 0 when it answered, 2 when not.",
    )
    parser.add_argument("host", metavar="HOST")
    parser.add_argument("service", nargs="?", metavar="SERVICE")
    parser.add_argument(
        "--all",
        action="store_true",
        help="also events that are routine, such as silence about unconfirmed states",
    )
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
    decided = [reason for reason in answer["reasons"] if reason["topic"] == "decision"]
    for reason in answer["reasons"]:
        if reason not in decided:
            print(f"  {harmless(reason['text'])}")
    if decided:
        _print_head(terminal, say.say("Who was told last, and who was not"))
    for reason in decided:
        print(f"  {harmless(reason['text'])}")
    events = [event for event in answer["events"] if args.all or not _is_routine(event)]
    if events:
        _print_head(terminal, say.say("What happened"))
    for event in events:
        told = _sentence(say, event)
        when = terminal.paint(say.instant(Instant(event["time"])), "quiet")
        print(f"  {when}  {harmless(told.text)}")
        for line in told.detail.splitlines():
            print(f"      {terminal.paint(harmless(line), 'quiet')}")
    return 0


def _print_head(terminal: Terminal, text: str) -> None:
    print()
    print(terminal.paint(text, "strong"))


def _event(sent: dict[str, Any]) -> AnyEvent | None:
    """None for a type that only a newer server knows."""
    try:
        return msgspec.convert(sent, AnyEvent)  # type: ignore[no-any-return]
    except msgspec.ValidationError:
        return None


def _is_routine(sent: dict[str, Any]) -> bool:
    event = _event(sent)
    return event is not None and is_routine(event)


def _sentence(say: Texts, sent: dict[str, Any]) -> Sentence:
    event = _event(sent)
    return sentence(say, event) if event is not None else Sentence("news", str(sent.get("type", "")))
