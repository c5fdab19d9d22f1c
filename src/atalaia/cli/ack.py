"""`atalaia ack`: somebody takes care of a problem, so that nobody is told about it again."""

import argparse

from atalaia.cli.client import UsageError, add_server_options
from atalaia.cli.giving import Giver, add_author_option, add_giver_options, give
from atalaia.cli.when import duration, moment
from atalaia.core.events import Acknowledged, AcknowledgementEnded
from atalaia.core.instants import NEVER, Instant
from atalaia.core.runtime import Acknowledgement
from atalaia.web.sentences import sentence


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = subparsers.add_parser(
        "ack",
        help="take care of a problem: nobody is told about it again",
        description=(
            "Acknowledges the problem of a host, or of a service. It holds until the state changes, or with "
            "--sticky until the recovery. Exit status 0 when done, 1 when refused, 2 when the server is away."
        ),
    )
    parser.add_argument("host", metavar="HOST")
    parser.add_argument("service", nargs="?", metavar="SERVICE")
    parser.add_argument("-m", "--message", metavar="TEXT", help="what you are going to do")
    parser.add_argument(
        "--sticky",
        action="store_true",
        help="until the recovery, also when the state changes to another problem",
    )
    parser.add_argument("--no-notify", action="store_true", help="do not tell the others")
    parser.add_argument("--persistent", action="store_true", help="keep the comment when it is over")
    ends = parser.add_mutually_exclusive_group()
    ends.add_argument("--until", metavar="WHEN", help='when it ends by itself: 18:00, "2026-11-26 08:00", +2h')
    ends.add_argument(
        "--for", metavar="DURATION", dest="lasts", help="how long it lasts at most: 45m, 2h30m, 1d"
    )
    parser.add_argument("--remove", action="store_true", help="take the acknowledgement back")
    add_author_option(parser)
    add_giver_options(parser)
    add_server_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Acknowledges, or takes that back."""
    return give(args, _remove if args.remove else _acknowledge)


def _acknowledge(giver: Giver) -> int:
    args, say = giver.args, giver.say
    fields, author = giver.object(), giver.author
    comment = giver.message() if args.message is not None else say.say("acknowledged")
    until = _until(giver)
    sticky = Acknowledgement.STICKY if args.sticky else Acknowledgement.NORMAL
    terms: list[float] = [sticky, not args.no_notify, args.persistent]
    what = "SVC" if args.service else "HOST"
    if until:
        giver.give(f"ACKNOWLEDGE_{what}_PROBLEM_EXPIRE", *fields, *terms, until, author, comment)
    else:
        giver.give(f"ACKNOWLEDGE_{what}_PROBLEM", *fields, *terms, author, comment)
    done = Acknowledged(
        time=NEVER,
        state="",
        author=author,
        comment=comment,
        sticky=args.sticky,
        persistent=args.persistent,
        told=not args.no_notify,
        expires=until,
    )
    return giver.finish(f"{' · '.join(reversed(fields))}: {sentence(say, done).text}", until=until)


def _remove(giver: Giver) -> int:
    args, fields = giver.args, giver.object()
    if args.until or args.lasts or args.sticky or args.message:
        raise UsageError(giver.say.say("--remove stands alone: it only takes an acknowledgement back"))
    giver.give(f"REMOVE_{'SVC' if args.service else 'HOST'}_ACKNOWLEDGEMENT", *fields)
    over = AcknowledgementEnded(time=NEVER, reason="removed")
    return giver.finish(f"{' · '.join(reversed(fields))}: {sentence(giver.say, over).text}")


def _until(giver: Giver) -> Instant:
    args, say = giver.args, giver.say
    if args.lasts:
        seconds = duration(args.lasts, say)
        return Instant(giver.now + seconds)
    return moment(args.until, giver.now, say) if args.until else NEVER
