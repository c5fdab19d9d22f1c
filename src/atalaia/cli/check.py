"""`atalaia check`: one check command, run exactly as the server would run it."""

import argparse
import asyncio
import shlex
import sys

NOT_NATIVE = 64


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = subparsers.add_parser(
        "check",
        help="run one check command as the server would",
        description=(
            "Runs one check command exactly as the server would, prints its output unchanged and exits with "
            "its state. Everything after -- is the command; a single argument is a whole command line."
        ),
    )
    parser.add_argument(
        "--mode",
        choices=("auto", "native", "exec"),
        default="auto",
        help="native: inside this program, or exit status 64; exec: always the real plugin",
    )
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="default: 60")
    parser.add_argument("words", nargs="+", metavar="COMMAND", help="the plugin and its arguments")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command; the exit status is the check's state."""
    if args.mode == "native":
        print("not native: no plugin has an in-process version yet", file=sys.stderr)
        return NOT_NATIVE
    return asyncio.run(_execute(args.words, args.timeout))


async def _execute(words: list[str], limit: float) -> int:
    from atalaia.core.command_line import split
    from atalaia.core.results import RawResult
    from atalaia.core.verdict import judge_service
    from atalaia.engine.system_clock import SystemClock
    from atalaia.ports.runner import Job
    from atalaia.runners.spawn import SpawnRunner

    line = words[0] if len(words) == 1 else shlex.join(words)
    argv = split(line) if len(words) == 1 else tuple(words)
    loop = asyncio.get_running_loop()
    runner = SpawnRunner(SystemClock(), loop)
    ended: asyncio.Future[RawResult] = loop.create_future()
    runner.start(Job(argv=argv or (), command_line="" if argv else line, timeout=limit), ended.set_result)
    raw = await ended
    await runner.close(0.0)
    state, said = judge_service(raw, host_name="", service_description="")
    if raw.timed_out:
        print(said.output)
        return state
    sys.stdout.buffer.write(raw.stdout)
    sys.stdout.flush()
    sys.stderr.buffer.write(raw.stderr)
    sys.stderr.flush()
    return state
