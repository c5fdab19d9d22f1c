"""`atalaia simulate`: what would happen? Scripted results and commands, in virtual time, as Nagios' log."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from datetime import tzinfo

    from atalaia.core.events import AnyFact
    from atalaia.core.objects import MainSettings, Model
    from atalaia.texts import Texts

_FORMAT = """\
scenario lines (fields end at tabs; empty lines and lines that begin with # are passed over):
  SECONDS  service  HOST  DESCRIPTION  EXIT CODE  OUTPUT     a plugin's result
  SECONDS  host     HOST  EXIT CODE  OUTPUT
  SECONDS  command  COMMAND;ARGUMENT;…                       an external command without its timestamp
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = subparsers.add_parser(
        "simulate",
        help="play a scenario in virtual time and print the event log",
        description=(
            "Feeds scripted results and commands through the same core as the server, in virtual time, and "
            "prints the event log in Nagios' format. Nothing is run, nobody is told: a check that the server "
            "itself would start has no result unless the scenario brings one."
        ),
        epilog=_FORMAT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("path", metavar="PATH", type=Path, help="a main file, or a folder of object files")
    parser.add_argument(
        "--scenario", metavar="FILE", required=True, help="the scenario; - reads it from standard input"
    )
    parser.add_argument(
        "--start",
        metavar="EPOCH",
        type=int,
        default=None,
        help="the instant of second 0 (default: the last midnight)",
    )
    parser.add_argument(
        "--until", metavar="SECONDS", type=float, default=None, help="where it ends (default: the last line)"
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="print at each decision why somebody was told, or was not",
    )
    parser.add_argument(
        "--lang", metavar="LANGUAGE", default=None, help="language of the explanations: en, pt_BR"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Plays the scenario.

    Returns:
        0 when it was played, 1 when the configuration has errors, 2 when the scenario cannot be read.
    """
    from atalaia.config.load import load
    from atalaia.config.settings import SettingsError
    from atalaia.core.plugin_output import decode
    from atalaia.core.simulation import ScenarioError

    loaded = load(args.path)
    if loaded.model is None:
        for problem in loaded.problems.errors():
            print(problem, file=sys.stderr)
        print(f"atalaia: the configuration has errors; try: atalaia verify {args.path}", file=sys.stderr)
        return 1
    try:
        with _opened(args.scenario) as file:
            _play(args, loaded.model, map(decode, file))
    except OSError as error:
        print(f"atalaia: {args.scenario}: {error.strerror}", file=sys.stderr)
        return 2
    except SettingsError as error:
        print(f"atalaia: {error}", file=sys.stderr)
        return 1
    except ScenarioError as error:
        sys.stdout.flush()
        print(f"atalaia: {args.scenario}: {error}", file=sys.stderr)
        return 2
    return 0


def _opened(path: str) -> BinaryIO:
    return sys.stdin.buffer if path == "-" else Path(path).open("rb")  # closed by the caller


def _play(args: argparse.Namespace, model: "Model", lines: Iterable[str]) -> None:
    from atalaia.cli.client import reader_texts
    from atalaia.config.settings import read_settings
    from atalaia.config.zone import local_zone
    from atalaia.core.instants import Instant
    from atalaia.core.simulation import Simulation, read_scenario

    tz = local_zone(model.settings.use_timezone)
    start = _midnight(tz) if args.start is None else float(args.start)
    settings = read_settings(None, args.path)
    simulation = Simulation(
        model,
        start=Instant(start),
        tz=tz,
        recoveries=settings.notifications.recoveries,
        read_file=_lines_of,
    )
    say = reader_texts(args) if args.explain else None
    for event in simulation.play(read_scenario(lines), args.until):
        _print(event, simulation.world.settings, say)


def _lines_of(path: str) -> list[str] | None:
    """A file with commands; it is read, never deleted."""
    from atalaia.core.plugin_output import decode

    try:
        return decode(Path(path).read_bytes()).splitlines()
    except OSError:
        return None


def _print(event: "AnyFact", settings: "MainSettings", say: "Texts | None") -> None:
    from atalaia.core.nagios_log import log_lines, stamped

    for line in log_lines(event, settings):
        print(stamped(line, event.time))
    if say is not None and (reason := _explanation(event, say)):
        print(f"    # {reason}")


def _explanation(event: "AnyFact", say: "Texts") -> str:
    """Why somebody was told or not, with the object in front where the log has no line for it."""
    from atalaia.core.events import CommandRefused, NotificationQueued, NotificationSuppressed
    from atalaia.web.sentences import sentence

    if isinstance(event, CommandRefused):
        return event.reason
    if not isinstance(event, NotificationQueued | NotificationSuppressed):
        return ""
    said = sentence(say, event)
    name = " / ".join(filter(None, (event.host, event.service)))
    return f"{name}: {said.text}" + (f": {said.detail}" if said.detail else "")


def _midnight(tz: "tzinfo") -> float:
    """The last midnight: the same scenario gives the same log all day long."""
    from datetime import datetime

    from atalaia.engine.system_clock import SystemClock

    today = datetime.fromtimestamp(SystemClock().now(), tz)
    return today.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
