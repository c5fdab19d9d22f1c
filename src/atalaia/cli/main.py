"""The command `atalaia`: its options and the table of its commands."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from atalaia import __version__
from atalaia.cli import (
    ack,
    bench,
    check,
    command,
    comment,
    downtime,
    explain,
    objects,
    recheck,
    run,
    simulate,
    status,
    verify,
)

COMMANDS = (
    run,
    verify,
    objects,
    check,
    simulate,
    status,
    explain,
    ack,
    downtime,
    comment,
    recheck,
    command,
    bench,
)
"""Every command's module, in the order of the help text. Each has `add_parser` and `run`."""

USAGE_ERROR = 2


def build_parser() -> argparse.ArgumentParser:
    """The parser with all commands."""
    parser = argparse.ArgumentParser(
        prog="atalaia",
        description="A monitoring server that keeps Nagios Core's configuration, plugins and semantics.",
        epilog="'atalaia COMMAND --help' tells more about a command.",
    )
    parser.add_argument("--version", action="version", version=f"atalaia {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for module in COMMANDS:
        module.add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    parser = build_parser()
    args = parser.parse_args(argv)
    if args.command is None:
        parser.print_help(sys.stderr)
        return USAGE_ERROR
    try:
        status_code: int = args.run(args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # the reader (head, less) has seen enough; keep Python from complaining at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status_code
