"""`atalaia objects PATH`: the objects of a configuration with all templates, groups and inheritance applied.

Here: how they are printed. Not here: what they are (config.render).
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atalaia.core.objects import Model

TYPES = (
    "timeperiod", "command", "contactgroup", "hostgroup", "servicegroup", "contact", "host", "service",
    "servicedependency", "serviceescalation", "hostdependency", "hostescalation",
)  # fmt: skip


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "objects",
        help="print the resolved objects of a configuration",
        description=(
            "Print all objects under Nagios' directive names, with templates, groups and inheritance applied, "
            "in the format of Nagios' objects.cache."
        ),
    )
    parser.add_argument("path", metavar="PATH", type=Path, help="a main file, or a folder of object files")
    parser.add_argument("--type", choices=TYPES, metavar="T", help=f"only this type: {', '.join(TYPES)}")
    parser.add_argument("--json", action="store_true", help="print JSON: type to list of objects")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the objects; return the exit status."""
    from atalaia.cli.verify import print_problems
    from atalaia.config.load import load

    loaded = load(args.path)
    if loaded.model is None:
        print_problems(loaded, sys.stderr, errors_only=True)
        return 1
    if args.json:
        print(json.dumps(as_json(loaded.model, args.type), ensure_ascii=False, indent=1))
    else:
        _print_cache(loaded.model, args.type)
    return 0


def as_json(model: "Model", only: str | None = None) -> dict[str, list[dict[str, str]]]:
    """Return type to objects; each object is directive to text, as in the cache."""
    from atalaia.config.render import render

    found: dict[str, list[dict[str, str]]] = {kind: [] for kind in TYPES if only in {None, kind}}
    for kind, rows in render(model, only):
        found[kind].append(dict(rows))
    return found


def _print_cache(model: "Model", only: str | None) -> None:
    from atalaia.config.render import as_text, render

    for kind, rows in render(model, only):
        sys.stdout.write(as_text(kind, rows))
