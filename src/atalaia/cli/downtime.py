"""`atalaia downtime`: plan an outage so that nobody is told, list what is planned, take it back."""

import argparse
import sys
from typing import Any

import msgspec

from atalaia.cli.client import RefusedError, UsageError, add_server_options
from atalaia.cli.giving import Giver, add_author_option, add_giver_options, give, print_json
from atalaia.cli.table import Cell, Terminal
from atalaia.cli.when import duration, moment
from atalaia.core.instants import Instant
from atalaia.ports.control import DowntimeView
from atalaia.texts import Texts
from atalaia.web.people import downtime_row

_CHILDREN = {
    "all": "SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME",
    "triggered": "SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = subparsers.add_parser(
        "downtime",
        help="plan an outage: nobody is told while it lasts",
        description=(
            'Plans a downtime of a host, a service or a whole group. WHEN is 18:00 (the next one), "2026-11-26 '
            '08:00", +2h, now or epoch seconds; DURATION is 45m, 2h30m or 1d. Exit status 0 when done, 1 when '
            "refused, 2 when the server is away."
        ),
    )
    parser.add_argument("host", nargs="?", metavar="HOST")
    parser.add_argument("service", nargs="?", metavar="SERVICE")
    parser.add_argument("-m", "--message", metavar="TEXT", help="why")
    parser.add_argument("--start", metavar="WHEN", default="now", help="when it begins (default: now)")
    ends = parser.add_mutually_exclusive_group()
    ends.add_argument("--end", metavar="WHEN", help="when it ends")
    ends.add_argument("--for", metavar="DURATION", dest="lasts", help="how long it lasts")
    parser.add_argument(
        "--flexible",
        metavar="DURATION",
        help="it begins with the first problem between start and end, and lasts so long",
    )
    parser.add_argument(
        "--services", action="store_true", help="also every service of the host, or of the group"
    )
    parser.add_argument(
        "--children",
        nargs="?",
        const="all",
        metavar="triggered",
        help="also all hosts below it; with the word triggered, together with the host's own downtime",
    )
    groups = parser.add_mutually_exclusive_group()
    groups.add_argument("--hostgroup", metavar="GROUP", help="all hosts of a group, instead of HOST")
    groups.add_argument("--servicegroup", metavar="GROUP", help="all services of a group, instead of HOST")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--list", action="store_true", help="list what is planned: all, of a host, of a service"
    )
    instead.add_argument("--cancel", metavar="ID", type=int, help="take the downtime with this number back")
    add_author_option(parser)
    add_giver_options(parser)
    add_server_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Plans, lists or takes back."""
    if args.list:
        return give(args, _list, needs_token=False)
    return give(args, _plan if args.cancel is None else _cancel)


# --- planning ---------------------------------------------------------------------------------------------


def _plan(giver: Giver) -> int:
    orders = _targets(giver)
    author, comment = giver.author, giver.message(ends_at_semicolon=True)
    start, end, lasts = _times(giver)
    before = {one["id"] for one in giver.client.get_all("downtimes")}
    for name, fields in orders:
        giver.give(name, *fields, start, end, lasts == 0.0, 0, lasts or end - start, author, comment)
    new = [
        one
        for one in giver.client.get_all("downtimes")
        if one["id"] not in before and one["author"] == author and one["comment"] == comment
    ]
    return giver.finish(*_lines(giver.say, new, giver.now), downtimes=new)


def _targets(giver: Giver) -> list[tuple[str, list[str]]]:
    """Which commands are needed, each with the names that it begins with."""
    args, say = giver.args, giver.say
    if args.children and args.children not in _CHILDREN:
        raise UsageError(say.say("--children stands behind HOST, alone or with the word triggered"))
    group = args.hostgroup or args.servicegroup
    if group:
        if args.host or args.children or (args.servicegroup and args.services):
            raise UsageError(say.say("a group stands alone; --services goes with --hostgroup"))
        fields = [giver.name(group, say.say("the group's name"))]
        if args.servicegroup:
            return [("SCHEDULE_SERVICEGROUP_SVC_DOWNTIME", fields)]
        both = ["SCHEDULE_HOSTGROUP_HOST_DOWNTIME", "SCHEDULE_HOSTGROUP_SVC_DOWNTIME"]
        return [(name, fields) for name in both[: 1 + args.services]]
    fields = giver.object()
    if args.service:
        if args.children or args.services:
            raise UsageError(say.say("--services and --children go with a host, not with a service"))
        return [("SCHEDULE_SVC_DOWNTIME", fields)]
    names = [_CHILDREN[args.children] if args.children else "SCHEDULE_HOST_DOWNTIME"]
    if args.services:
        names.append("SCHEDULE_HOST_SVC_DOWNTIME")
    return [(name, fields) for name in names]


def _times(giver: Giver) -> tuple[Instant, Instant, float]:
    """Start, end, and the seconds that a flexible one lasts; 0 for a fixed one."""
    args, say = giver.args, giver.say
    if not (args.end or args.lasts):
        raise UsageError(say.say("say how long: --for 2h, or --end 18:00"))
    lasts = duration(args.lasts, say) if args.lasts else 0.0
    flexible = duration(args.flexible, say) if args.flexible else 0.0
    start = moment(args.start, giver.now, say, begins=True)
    end = moment(args.end, start, say) if args.end else Instant(start + lasts)
    if end <= start:
        raise UsageError(
            say.say(
                "it would end ({end}) before it begins ({start})",
                start=say.instant(start),
                end=say.instant(end),
            )
        )
    return start, end, flexible


def _cancel(giver: Giver) -> int:
    number = giver.args.cancel
    found = [one for one in giver.client.get_all("downtimes") if one["id"] == number]
    if not found:
        raise RefusedError(404, giver.say.say("there is no downtime {number}", number=number), "pointless")
    giver.give(f"DEL_{'SVC' if found[0]['service'] else 'HOST'}_DOWNTIME", number)
    return giver.finish(giver.say.say("downtime {number} was cancelled", number=number))


# --- listing ----------------------------------------------------------------------------------------------


def _list(giver: Giver) -> int:
    args = giver.args
    query = {name: value for name, value in (("host", args.host), ("service", args.service)) if value}
    found = giver.client.get_all("downtimes", **query)
    if args.json:
        print_json(found)
        return 0
    for line in _lines(giver.say, found, giver.now):
        print(line)
    return 0


def _lines(say: Texts, found: list[dict[str, Any]], now: Instant) -> list[str]:
    if not found:
        return [say.say("No downtimes here.")]
    heads = (
        say.say("number"),
        say.say("state"),
        say.say("host"),
        say.say("service"),
        say.say("time"),
        say.say("author"),
        say.say("comment"),
    )
    rows = [downtime_row(say, msgspec.convert(one, DowntimeView), now) for one in found]
    cells = [
        [
            Cell(str(row.number)),
            Cell(row.badge.text, "warning" if row.badge.kind == "in-effect" else ""),
            Cell(row.host),
            Cell(row.service or "–"),
            Cell(row.terms),
            Cell(row.author),
            Cell(row.text),
        ]
        for row in rows
    ]
    return Terminal(sys.stdout).table(heads, cells)
