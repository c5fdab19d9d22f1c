"""The example environment's launcher with two parts that do nothing: a process of its own, up in a blink.

`python tests/support/toy_launcher.py FOLDER`, with the example environment's folder on the path.
"""

import asyncio
import sys
from pathlib import Path

from launcher import control
from launcher.environment import Environment
from launcher.parts import Part
from launcher.settings import Places
from launcher.supervising import Supervising

SCRIPT = 'trap "exit 3" USR1; echo first; echo last; while :; do sleep 0.02; done'


def part(name: str, folder: Path) -> Part:
    """A shell that says two lines, sleeps, and ends with 3 when it gets SIGUSR1."""

    async def answers() -> bool:
        log = folder / "log" / f"{name}.log"
        return log.exists() and "last" in log.read_text()

    return Part(name=name, command=("/bin/sh", "-c", SCRIPT), folder=folder, address="-", answers=answers)


async def main(folder: Path) -> None:
    """Runs until its standard input ends."""
    places = Places(production=folder, var=folder)
    places.make()
    async with asyncio.TaskGroup() as tasks:
        environment = Environment(places, lambda _: None, tasks)
        server = await control.listen(places, Supervising(environment).acts, environment.feed)
        await environment.bring_up([part("wsgi", folder), part("broker", folder)])
        print("up", flush=True)
        await asyncio.to_thread(sys.stdin.read)
        server.close()
        await environment.end()
        environment.feed.end()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
