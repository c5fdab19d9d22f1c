"""`atalaia status`: how things stand, problems first. The answer comes from a running server.

Exit status 0 when it could answer, whatever the answer is; 2 when it could not.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from atalaia.cli.client import Client, add_server_options, ask
from atalaia.cli.table import Cell, Terminal, columns_of, harmless
from atalaia.core.instants import Instant
from atalaia.ports.control import HostView, ServiceView, StatusView
from atalaia.texts import Texts
from atalaia.web.overview import Snapshot, judge, notices
from atalaia.web.people import comment_row, downtime_row
from atalaia.web.present import badges, moment, since, tone_of
from atalaia.web.selection import by_urgency, is_problem, needs_somebody
from atalaia.web.wire import OneService

View = HostView | ServiceView


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command to the program's."""
    parser = subparsers.add_parser(
        "status",
        help="how things stand, problems first",
        description="Asks a running server how things stand. Exit status 0 when it answered, 2 when not.",
    )
    parser.add_argument("host", nargs="?", metavar="HOST", help="only this host and its services")
    parser.add_argument("service", nargs="?", metavar="SERVICE", help="only this service, with all details")
    parser.add_argument("--problems", action="store_true", help="only what is not as it should be")
    add_server_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the status; 0 when the server answered, 2 when not."""
    return ask(args, lambda client, say: _status(args, client, say))


def _status(args: argparse.Namespace, client: Client, say: Texts) -> int:
    if args.service:
        view = client.get("services", args.host, args.service)
        if args.json:
            return _print_json(view)
        return _print_one(Terminal(sys.stdout), say, msgspec.convert(view, OneService), _now(client))
    query = {"problems": "1"} if args.problems else {}
    if args.host:
        client.get("hosts", args.host)  # says so when there is none; the filters below would find nothing
        query["host"] = args.host
    hosts = client.get_all("hosts", **query)
    services = client.get_all("services", **query)
    status = client.get("status")
    if args.json:
        return _print_json({"status": status, "hosts": hosts, "services": services})
    snapshot = Snapshot(
        status=msgspec.convert(status, StatusView),
        hosts=msgspec.convert(hosts, list[HostView]),
        services=msgspec.convert(services, list[ServiceView]),
    )
    _print_all(Terminal(sys.stdout), say, snapshot, of_everything=not query)
    return 0


def _now(client: Client) -> Instant:
    return msgspec.convert(client.get("status"), StatusView).now


def _print_json(answer: Any) -> int:
    print(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
    return 0


def _print_all(terminal: Terminal, say: Texts, snapshot: Snapshot, *, of_everything: bool) -> None:
    now = snapshot.status.now
    found: list[View] = [*snapshot.hosts, *snapshot.services]
    problems = sorted(filter(is_problem, found), key=lambda view: (not needs_somebody(view), *by_urgency(view)))
    others = sorted((view for view in found if not is_problem(view)), key=_by_name)
    if of_everything:
        verdict = judge(say, snapshot.status, snapshot.urgent(), snapshot.known())
        print(terminal.paint(verdict.text, "strong"))
        print(terminal.paint(verdict.remark, "quiet"))
    elif not problems:
        print(say.say("No problems here."))
    for notice in notices(say, snapshot.status):
        print(terminal.paint(notice.text, "critical"))
        for line in _lines_of(notice.detail):
            print(terminal.paint(harmless(line), "critical"))
    if found:
        heads = (
            say.say("state"),
            say.say("host"),
            say.say("service"),
            say.say("duration"),
            say.say("attempt"),
            say.say("output"),
        )
        rows = [_row(say, view, now) for view in (*problems, *others)]
        print()
        for line in terminal.table(heads, rows):
            print(line)


def _by_name(view: View) -> tuple[str, str]:
    return (view.name, "") if isinstance(view, HostView) else (view.host, view.description)


def _row(say: Texts, view: View, now: Instant) -> Sequence[Cell]:
    host, service = _by_name(view)
    remarks = "".join(f"[{badge.text}] " for badge in badges(say, view))
    is_settled = not is_problem(view) and view.state_type == "HARD"
    attempt = "" if view.state == "PENDING" else f"{view.attempt}/{view.max_attempts}"
    return (
        Cell(say.state(view.state), tone_of(view.state)),
        Cell(host),
        Cell(service or "–"),
        Cell(since(say, view.last_state_change, now).text),
        Cell(attempt if is_settled else f"{attempt} {view.state_type}"),
        Cell(remarks + view.output),
    )


def _print_one(terminal: Terminal, say: Texts, view: OneService, now: Instant) -> int:
    facts = [
        (say.say("state"), terminal.paint(say.state(view.state), tone_of(view.state))),
        (say.say("attempt"), f"{view.attempt}/{view.max_attempts} {view.state_type}"),
        (say.say("duration"), since(say, view.last_state_change, now).text),
        *((say.say("note"), f"{badge.text}: {badge.about}") for badge in badges(say, view)),
        *_left(say, view, now),
        (say.say("last check"), moment(say, view.last_check, now).text),
        (say.say("next check"), moment(say, view.next_check, now).text),
        (say.say("check command"), harmless(view.check_command)),
        (say.say("who is told"), ", ".join(view.contacts)),
        (say.say("output"), harmless(view.output)),
    ]
    width = max(columns_of(label) for label, _ in facts)
    print(terminal.paint(harmless(f"{view.description} · {view.host}"), "strong"))
    for label, text in facts:
        print(f"  {label}{' ' * (width - columns_of(label))}  {text}".rstrip())
    for line in _lines_of(view.long_output):
        print(f"  {' ' * width}  {harmless(line)}".rstrip())
    if view.perfdata:
        print(f"  {' ' * width}  {terminal.paint(harmless(view.perfdata), 'quiet')}")
    return 0


def _left(say: Texts, view: OneService, now: Instant) -> list[tuple[str, str]]:
    """What people left on the service."""
    downtimes = [downtime_row(say, one, now) for one in view.downtimes]
    comments = [comment_row(say, one, now) for one in view.comments if one.kind != "downtime"]
    found = [
        (say.say("downtime"), f"{row.number}: {row.badge.text}, {row.terms} – {row.author}: {row.text}")
        for row in downtimes
    ]
    found += [
        (say.say("comment"), f"{row.number}: {row.when.text} – {row.author}: {row.text}") for row in comments
    ]
    return [(label, harmless(text)) for label, text in found]


def _lines_of(text: str) -> list[str]:
    return text.splitlines()
