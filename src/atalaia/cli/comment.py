"""`atalaia comment`: a remark on a host or service, the list of remarks, and their end."""

import argparse
import sys
from typing import Any

import msgspec

from atalaia.cli.client import RefusedError, add_server_options
from atalaia.cli.giving import Giver, add_author_option, add_giver_options, give, print_json
from atalaia.cli.table import Cell, Terminal
from atalaia.ports.control import CommentView
from atalaia.web.people import comment_row


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = subparsers.add_parser(
        "comment",
        help="leave a remark on a host or service, list them, delete one",
        description=(
            "Writes a comment that everybody sees who looks at the host or service. Exit status 0 when done, 1 "
            "when refused, 2 when the server is away."
        ),
    )
    parser.add_argument("host", nargs="?", metavar="HOST")
    parser.add_argument("service", nargs="?", metavar="SERVICE")
    parser.add_argument("-m", "--message", metavar="TEXT", help="the comment")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help="list the comments: all, of a host, of a service")
    instead.add_argument("--delete", metavar="ID", type=int, help="delete the comment with this number")
    add_author_option(parser)
    add_giver_options(parser)
    add_server_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes, lists or deletes."""
    if args.list:
        return give(args, _list, needs_token=False)
    return give(args, _write if args.delete is None else _delete)


def _write(giver: Giver) -> int:
    fields, author, text = giver.object(), giver.author, giver.message()
    giver.give(f"ADD_{'SVC' if giver.args.service else 'HOST'}_COMMENT", *fields, True, author, text)
    numbers = [one["id"] for one in _found(giver) if one["author"] == author and one["text"] == text]
    number = max(numbers, default=0)
    said = giver.say.say("comment {number} is written", number=number)
    return giver.finish(f"{' · '.join(reversed(fields))}: {said}", id=number)


def _delete(giver: Giver) -> int:
    number = giver.args.delete
    found = [one for one in giver.client.get_all("comments") if one["id"] == number]
    if not found:
        raise RefusedError(404, giver.say.say("there is no comment {number}", number=number), "pointless")
    giver.give(f"DEL_{'SVC' if found[0]['service'] else 'HOST'}_COMMENT", number)
    return giver.finish(giver.say.say("comment {number} was deleted", number=number))


def _list(giver: Giver) -> int:
    found = _found(giver)
    if giver.args.json:
        print_json(found)
        return 0
    say, now = giver.say, giver.now
    wanted = [one for one in msgspec.convert(found, list[CommentView]) if one.kind != "downtime"]
    rows = [comment_row(say, one, now) for one in wanted]  # `atalaia downtime --list` says the rest better
    if not rows:
        print(say.say("No comments here."))
        return 0
    heads = (
        say.say("number"),
        say.say("kind"),
        say.say("host"),
        say.say("service"),
        say.say("written"),
        say.say("author"),
        say.say("comment"),
    )
    cells = [
        [
            Cell(str(row.number)),
            Cell(row.badge.text),
            Cell(row.host),
            Cell(row.service or "–"),
            Cell(row.when.text),
            Cell(row.author),
            Cell(f"{row.text} ({row.terms})" if row.terms else row.text),
        ]
        for row in rows
    ]
    for line in Terminal(sys.stdout).table(heads, cells):
        print(line)
    return 0


def _found(giver: Giver) -> list[dict[str, Any]]:
    args = giver.args
    query = {name: value for name, value in (("host", args.host), ("service", args.service)) if value}
    return giver.client.get_all("comments", **query)
