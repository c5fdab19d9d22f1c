"""`atalaia verify PATH`: is this configuration sound?

Here: what is printed. Not here: any rule of the configuration language.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from atalaia.config.load import Loaded
    from atalaia.config.problems import Problem


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "verify",
        help="check a configuration",
        description="Check a configuration and say whether it would run. Exit status 0 when it would, else 1.",
    )
    parser.add_argument("path", metavar="PATH", type=Path, help="a main file, or a folder of object files")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the configuration; return the exit status."""
    from atalaia.config.load import load

    loaded = load(args.path)
    if args.json:
        print(json.dumps(as_json(loaded), ensure_ascii=False, indent=2))
    else:
        print_findings(loaded, sys.stdout)
    return 0 if loaded.ok else 1


def as_json(loaded: "Loaded") -> dict[str, object]:
    """Return the findings as the documented JSON value."""

    def rows(problems: "list[Problem]") -> list[dict[str, object]]:
        return [{"file": p.file, "line": p.line, "message": p.message} for p in problems]

    return {
        "ok": loaded.ok,
        "errors": rows(loaded.problems.errors()),
        "warnings": rows(loaded.problems.warnings()),
        "counts": loaded.counts,
        "seconds": round(loaded.seconds, 3),
    }


def print_findings(loaded: "Loaded", out: TextIO) -> None:
    """Print every problem, the totals, and whether the configuration would run."""
    paint = Paint(out)
    print_problems(loaded, out)
    errors, warnings = len(loaded.problems.errors()), len(loaded.problems.warnings())
    if errors or warnings:
        print(file=out)
    width = max(len(name) for name in loaded.counts)
    for name, count in loaded.counts.items():
        print(f"{name:<{width}}  {count:>7}", file=out)
    print(file=out)
    error_text = f"{errors} error{'' if errors == 1 else 's'}"
    warning_text = f"{warnings} warning{'' if warnings == 1 else 's'}"
    print(f"{error_text}, {warning_text}, {loaded.seconds:.2f} s", file=out)
    if loaded.ok:
        print(paint.good("This configuration would run."), file=out)
    else:
        print(paint.bad("This configuration would not run."), file=out)


def print_problems(loaded: "Loaded", out: TextIO, *, errors_only: bool = False) -> None:
    """Print the problems, one per line, in the order of files and lines."""
    from atalaia.config.problems import Place, Severity

    paint = Paint(out)
    for problem in loaded.problems.sorted():
        is_error = problem.severity is Severity.ERROR
        if errors_only and not is_error:
            continue
        word = paint.bad("error:") if is_error else paint.doubtful("warning:")
        print(f"{Place(problem.file, problem.line)}: {word} {problem.message}", file=out)


class Paint:
    """Colours for terminals, nothing elsewhere or when NO_COLOR is set."""

    def __init__(self, out: TextIO) -> None:
        self._on = out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def bad(self, text: str) -> str:
        """Return `text` in red."""
        return self._with("31;1", text)

    def doubtful(self, text: str) -> str:
        """Return `text` in yellow."""
        return self._with("33", text)

    def good(self, text: str) -> str:
        """Return `text` in green."""
        return self._with("32", text)

    def _with(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._on else text
