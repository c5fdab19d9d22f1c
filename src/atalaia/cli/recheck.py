"""`atalaia recheck`: a check now, or at a moment, without waiting for the schedule."""

import argparse

from atalaia.cli.client import RefusedError, UsageError, add_server_options
from atalaia.cli.giving import Giver, add_giver_options, give
from atalaia.cli.when import moment


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = subparsers.add_parser(
        "recheck",
        help="check a host or service now",
        description=(
            "Has a host or service checked at once, or at a given moment. Exit status 0 when it is planned, 1 "
            "when refused, 2 when the server is away."
        ),
    )
    parser.add_argument("host", metavar="HOST")
    parser.add_argument("service", nargs="?", metavar="SERVICE")
    parser.add_argument(
        "--force",
        action="store_true",
        help="also when its checks are switched off, or its check period or a dependency forbids it",
    )
    parser.add_argument("--services", action="store_true", help="the host and all its services")
    parser.add_argument("--at", metavar="WHEN", help='not now: 18:00, "2026-11-26 08:00", +2h')
    add_giver_options(parser)
    add_server_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Asks for the check."""
    return give(args, _recheck)


def _recheck(giver: Giver) -> int:
    args, say = giver.args, giver.say
    fields = giver.object()
    if args.services and args.service:
        raise UsageError(say.say("--services goes with a host, not with a service"))
    now = giver.now
    at = moment(args.at, now, say) if args.at else now
    schedule = "SCHEDULE_FORCED" if args.force else "SCHEDULE"
    if args.service:
        giver.give(f"{schedule}_SVC_CHECK", *fields, at)
    elif args.services:
        _host_if_it_is_checked(giver, schedule, fields, at)
        giver.give(f"{schedule}_HOST_SVC_CHECKS", *fields, at)
    else:
        giver.give(f"{schedule}_HOST_CHECK", *fields, at)
    name = " · ".join(reversed(fields))
    if args.services:
        name = say.say("{host} and its services", host=name)
    if args.at:
        return giver.finish(say.say("{name}: a check is planned for {when}", name=name, when=say.instant(at)))
    return giver.finish(say.say("{name}: a check is asked for", name=name))


def _host_if_it_is_checked(giver: Giver, schedule: str, fields: list[str], at: float) -> None:
    """A host without a check of its own does not keep its services from being checked."""
    try:
        giver.give(f"{schedule}_HOST_CHECK", *fields, at)
    except RefusedError as error:
        if error.fault != "pointless":
            raise
