"""The three worlds that hold to one contract: Docker, the fake engine, and the launcher's processes.

Each has one running container to play with, and can end it from within.
"""

import asyncio
import contextlib
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from atalaia.containers.acting import DockerActor
from atalaia.containers.address import EngineAddress, address_from_environment, parse_address
from atalaia.containers.docker import DockerObserver
from atalaia.containers.process_acting import ProcessActor
from atalaia.containers.processes import ProcessObserver
from atalaia.ports.container_actions import ContainerActor, Permission, Verb
from atalaia.ports.containers import ContainerObserver
from support.container_listening import Records
from support.docker_engine import require_engine
from support.fake_engine import FakeEngine
from support.production import PRODUCTION
from support.running import RealClock
from support.tiny_image import tiny_image

LABEL = "atalaia.tests"
SCRIPT = 'trap "exit 3" USR1; echo first; echo last; while :; do sleep 0.02; done'
EVERYTHING = [Permission(verb, "*") for verb in Verb]


class World(Protocol):
    """One engine with a running container in it."""

    observer: ContainerObserver
    actor: ContainerActor
    records: Records
    name: str

    async def end_with_3(self) -> None:
        """The container ends by itself, with exit code 3."""
        ...


async def docker(*words: str) -> str:
    """What Docker's own client prints; fails with what it complains about."""
    process = await asyncio.create_subprocess_exec(
        "docker", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, complaint = await process.communicate()
    assert process.returncode == 0, f"docker {' '.join(words)}: {complaint.decode()}"
    return out.decode().strip()


@dataclass
class RealEngine:
    """Docker, and the containers and networks that one test makes in it."""

    address: EngineAddress
    observer: DockerObserver
    mark: str = field(default_factory=lambda: secrets.token_hex(4))

    def name_of(self, what: str) -> str:
        """A name that no other test uses."""
        return f"at-{what}-{self.mark}"

    async def run(self, what: str, *options: str, command: Sequence[str] = ()) -> str:
        """`docker run -d` of the tiny image; the container's name."""
        name = self.name_of(what)
        marked = ("--name", name, "--label", f"{LABEL}={self.mark}", *options)
        await docker("run", "--detach", *marked, tiny_image(), *command)
        return name

    async def network(self, what: str, *options: str) -> str:
        """A network of its own; its name."""
        name = self.name_of(what)
        await docker("network", "create", "--label", f"{LABEL}={self.mark}", *options, name)
        return name

    async def clean_up(self) -> None:
        """Removes everything that the test made. Re-created containers carry its label too."""
        chosen = ("--filter", f"label={LABEL}={self.mark}", "--quiet")
        if containers := (await docker("ps", "--all", *chosen)).split():
            await docker("rm", "--force", "--volumes", *containers)
        if networks := (await docker("network", "ls", *chosen)).split():
            await docker("network", "rm", *networks)


@contextlib.asynccontextmanager
async def real_engine() -> AsyncIterator[RealEngine]:
    """Docker, clean again afterwards. Skips the test where there is no engine."""
    require_engine()
    address = address_from_environment(os.environ)
    engine = RealEngine(address, DockerObserver(address, RealClock()))
    try:
        yield engine
    finally:
        await engine.observer.close()
        await engine.clean_up()


@dataclass
class DockerWorld:
    """Docker."""

    observer: ContainerObserver
    actor: ContainerActor
    records: Records
    name: str

    async def end_with_3(self) -> None:
        await docker("kill", "--signal", "USR1", self.name)


@contextlib.asynccontextmanager
async def docker_world() -> AsyncIterator[World]:
    async with real_engine() as engine:
        name = await engine.run("toy", command=["sh", "-c", SCRIPT])
        records = Records()
        actor = DockerActor(engine.address, RealClock(), EVERYTHING, records)
        yield DockerWorld(engine.observer, actor, records, name)
        await actor.close()


@dataclass
class FakeWorld(DockerWorld):
    """The fake engine."""

    engine: FakeEngine

    async def end_with_3(self) -> None:
        self.engine.book.die(self.engine.book.find(self.name), 3)


@contextlib.asynccontextmanager
async def fake_world(folder: Path) -> AsyncIterator[World]:
    async with FakeEngine(folder / "engine.sock") as engine:
        engine.add("toy")
        address = parse_address(str(engine.socket))
        records = Records()
        actor = DockerActor(address, RealClock(), EVERYTHING, records)
        observer = DockerObserver(address, RealClock())
        yield FakeWorld(observer, actor, records, "toy", engine)
        await actor.close()
        await observer.close()


@dataclass
class ProcessWorld(DockerWorld):
    """The launcher."""

    async def end_with_3(self) -> None:
        os.kill((await self.observer.inspect(self.name)).state.pid, signal.SIGUSR1)


@contextlib.asynccontextmanager
async def process_world(folder: Path) -> AsyncIterator[World]:
    script = Path(__file__).with_name("toy_launcher.py")
    launcher = await asyncio.create_subprocess_exec(
        *(sys.executable, str(script), str(folder)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(PRODUCTION)},
    )
    assert launcher.stdin is not None
    assert launcher.stdout is not None
    assert await launcher.stdout.readline() == b"up\n"
    records = Records()
    actor = ProcessActor(folder / "run", RealClock(), EVERYTHING, records)
    observer = ProcessObserver(folder / "run", RealClock())
    try:
        yield ProcessWorld(observer, actor, records, "wsgi-app-container")
    finally:
        launcher.stdin.close()
        await launcher.wait()
