"""The command line: starts everything, or (`break NAME`, `repair NAME`) talks to the launcher that runs."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

from launcher import control
from launcher.breakages import Breakages
from launcher.environment import Environment, PartFailedError, require_ports
from launcher.job import Job
from launcher.parts import Part, atalaia_part, environment_parts, job_programs
from launcher.rendering import write_monitoring, write_nginx, write_token
from launcher.settings import (
    DEFAULT_PORTS,
    Places,
    Ports,
    UnusableError,
    read_job_interval,
    read_ports,
    zookeeper_is_here,
)
from launcher.supervising import Supervising

PRODUCTION = Path(__file__).resolve().parent.parent
LOGS_KEPT = ".old"
NO_ZOOKEEPER = (
    "  ZooKeeper is left out, and not watched: Java or its jar is missing "
    "(apt-get install libzookeeper-java liblog4j1.2-java libslf4j-java openjdk-17-jre-headless)."
)


def say(text: str) -> None:
    """One line on the terminal. A terminal that is gone is no reason to stop."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def shown(path: Path) -> str:
    """A path as a person would type it here."""
    with contextlib.suppress(ValueError):
        return str(path.relative_to(Path.cwd()))
    return str(path)


def how_to_go_on(places: Places, ports: Ports, names: list[str], *, with_atalaia: bool) -> str:
    """What one can do now, as a block of text."""
    form = f"http://127.0.0.1:{ports.nginx}/cadastro.html"
    elsewhere = "" if ports.broker == DEFAULT_PORTS["BROKER_PORT"] else f" --broker localhost:{ports.broker}"
    others = [name for name in names if name != "nginx"]
    page = f"  Look     http://127.0.0.1:{ports.page}/   what Atalaia sees\n           {form}   what it watches"
    return "\n".join(
        [
            "",
            page if with_atalaia else f"  Look     {form}",
            f"  Mails    are kept in {shown(places.mail)} and told here as they arrive",
            f"  Chat     .venv-production/bin/python examples/production/chatbot/chatbot.py{elsewhere}",
            f"           then look at {shown(places.log)}/consumidor.log",
            f"  Break    examples/production/break nginx     or: {', '.join(others)}",
            "  Repair   examples/production/repair nginx",
            f"  Logs     {shown(places.log)}/",
            "  End      Ctrl-C",
            "",
        ]
    )


def set_old_logs_aside(places: Places) -> None:
    """Each run has logs of its own; those of the run before are kept once."""
    for log in places.log.glob("*.log"):
        log.replace(log.with_name(log.name + LOGS_KEPT))


async def run(places: Places, ports: Ports, *, with_atalaia: bool) -> int:
    """Starts everything, keeps it until SIGINT, SIGTERM or SIGHUP, ends everything; the exit code."""
    job_every, zookeeper = read_job_interval(os.environ), zookeeper_is_here(os.environ)
    write_nginx(places, ports)
    write_token(places)
    parts = environment_parts(places, ports, zookeeper=zookeeper)
    # Without Atalaia too: Nagios Core can watch with it.
    monitoring = write_monitoring(places, ports, job_every=job_every, zookeeper=zookeeper)
    watcher: list[Part] = [atalaia_part(places, ports, monitoring)] if with_atalaia else []
    for part in (*parts, *watcher):
        require_ports(part)
    if not zookeeper:
        say(NO_ZOOKEEPER)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        environment = Environment(places, say, tasks)
        job = Job(places, job_programs(places, ports, report=with_atalaia), job_every, say)
        breakages = Breakages(environment, places, ports, job)

        def asked_to_stop() -> None:
            if stop.is_set():
                environment.hurry.set()
            stop.set()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, asked_to_stop)
        acts = {"break": breakages.break_it, "repair": breakages.repair_it} | Supervising(environment).acts
        server = await control.listen(places, acts, environment.feed)
        running_job = None
        start = tasks.create_task(start_all(environment, parts, watcher))
        stopping = tasks.create_task(stop.wait())
        await asyncio.wait({start, stopping}, return_when=asyncio.FIRST_COMPLETED)
        code = 0
        if start.done() and (problem := start.result()):
            say(problem)
            code = 1
        elif start.done():
            running_job = tasks.create_task(job.run_for_ever())
            say(how_to_go_on(places, ports, breakages.names, with_atalaia=with_atalaia))
            await stop.wait()
        start.cancel()
        stopping.cancel()
        if running_job:
            running_job.cancel()
        say("Ending ...")
        server.close()
        await environment.end()
        environment.feed.end()
        (places.run / control.SOCKET).unlink(missing_ok=True)
    say("Ended; nothing was left running.")
    return code


async def start_all(environment: Environment, parts: list[Part], watcher: list[Part]) -> str | None:
    """Brings up what is watched, then the watcher; a sentence when that fails."""
    say("Starting the example environment ...")
    try:
        await environment.bring_up(parts)
        await environment.bring_up(watcher)
    except (PartFailedError, UnusableError) as problem:
        return str(problem)
    return None


def launch(places: Places, *, with_atalaia: bool) -> int:
    """Everything around `run` that can be refused with a sentence."""
    ports = read_ports(os.environ)
    places.make()
    with control.take_lock(places) as lock:
        control.sign_lock(lock, f"http://127.0.0.1:{ports.page if with_atalaia else ports.nginx}/")
        set_old_logs_aside(places)
        return asyncio.run(run(places, ports, with_atalaia=with_atalaia))


def main() -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="examples/production/run", description=__doc__)
    parser.add_argument("action", nargs="?", choices=("break", "repair"), help="what to do to a part that runs")
    parser.add_argument("name", nargs="?", help="what, such as nginx; an unknown name brings the list")
    parser.add_argument("--without-atalaia", action="store_true", help="start only what is to be watched")
    parser.add_argument(
        "--var", type=Path, default=PRODUCTION / "var", metavar="FOLDER", help="where to write everything"
    )
    arguments = parser.parse_args()
    places = Places(production=PRODUCTION, var=arguments.var.absolute())
    if arguments.action and not arguments.name:
        parser.error(f"{arguments.action} what? For example: nginx")
    if arguments.action:
        done, sentence = control.ask(places, f"{arguments.action} {arguments.name}")
        print(sentence, file=sys.stdout if done else sys.stderr)
        return 0 if done else 1
    try:
        return launch(places, with_atalaia=not arguments.without_atalaia)
    except UnusableError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
