"""`atalaia run`: the server in the foreground."""

import argparse
import os
from pathlib import Path


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = subparsers.add_parser(
        "run",
        help="run the server in the foreground",
        description=(
            "Runs the server in the foreground. SIGHUP reads the configuration again, SIGTERM and Ctrl-C stop "
            "in order."
        ),
    )
    parser.add_argument(
        "path", metavar="PATH", type=Path, help="main file (nagios.cfg) or folder of object files"
    )
    parser.add_argument(
        "--listen", metavar="HOST:PORT", help="address of the page and the API (default: 127.0.0.1:8420)"
    )
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        help="folder for what must survive a restart (default: /var/lib/atalaia for root, else "
        "~/.local/state/atalaia)",
    )
    parser.add_argument(
        "--settings",
        metavar="FILE",
        type=Path,
        help="server settings (default: atalaia.toml beside the configuration, if there is one)",
    )
    parser.add_argument(
        "--log-format",
        choices=("auto", "text", "json"),
        default=os.environ.get("ATALAIA_LOG_FORMAT", "auto"),
        help="auto: text on a terminal, JSON lines otherwise",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves until stopped; 0 after an orderly end, 1 when it could not start."""
    from atalaia.app import Options, serve

    return serve(
        Options(
            path=args.path,
            listen=args.listen,
            data=args.data,
            settings=args.settings,
            log_format=args.log_format,
        )
    )
