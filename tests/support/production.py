"""The example environment as a test starts it: real launcher, nginx, gunicorn and inbox, on free ports.

Here: set-up, start, what the terminal showed, which processes belong to it, end. Not here: what is expected of
it.
"""

import contextlib
import functools
import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = ROOT / "examples" / "production"
API = PRODUCTION / "http-api-classificacao-produtos-dois-containers"
PYTHON = ROOT / ".venv-production" / "bin" / "python"

# Not the generator that tests are seeded with: every test would pick the same ports.
_CHANCE = random.SystemRandom()

# On a fresh machine the first of these tests waits for the set-up of the production environment.
FIRST_TIME = 600
PORT_VARIABLES = (
    "PAGE_PORT",
    "UNICO_PORT",
    "NGINX_PORT",
    "WSGI_PORT",
    "ZOOKEEPER_PORT",
    "BROKER_PORT",
    "BROKER_INSIDE_PORT",
    "SMTP_PORT",
)


@functools.cache
def set_up() -> None:
    """Everything that the environment needs; quick when it is there."""
    done = subprocess.run(
        [PRODUCTION / "setup"], capture_output=True, text=True, timeout=FIRST_TIME, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def free_ports(count: int) -> list[int]:
    """Loopback ports that a server may take, leave and take again, all different.

    Below those that the system gives to outgoing connections, so that none of them is taken in between.
    """
    found: list[int] = []
    while len(found) < count:
        port = _CHANCE.randint(15_000, 30_000)
        with socket.socket() as probe:
            if port not in found and probe.connect_ex(("127.0.0.1", port)) != 0:
                found.append(port)
    return found


@dataclass(frozen=True, slots=True)
class Process:
    """A process that cannot be mistaken for a later one with the same number."""

    pid: int
    started: str

    @property
    def lives(self) -> bool:
        """Whether it still does something."""
        fields = _stat(self.pid)
        return fields is not None and fields[0] not in ("Z", "X") and fields[19] == self.started


def _stat(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None


def family(pid: int) -> list[Process]:
    """A process and all its descendants."""
    parents: dict[int, int] = {}
    started: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(folder.name)):
            parents[int(folder.name)] = int(fields[1])
            started[int(folder.name)] = fields[19]
    members = [pid]
    for member in members:
        members += [child for child, parent in parents.items() if parent == member]
    return [Process(member, started[member]) for member in members if member in started]


class Launcher:
    """`examples/production/run`, started on free ports and writing into a folder of its own."""

    def __init__(self, var: Path, *options: str, **environment: str) -> None:
        set_up()
        self.var = var
        self.ports = dict(zip(PORT_VARIABLES, free_ports(len(PORT_VARIABLES)), strict=True))
        self._lines: list[str] = []
        chosen = {name: str(port) for name, port in self.ports.items()} | environment
        self.ports |= {name: int(chosen[name]) for name in self.ports if chosen[name].isdigit()}
        self.process = subprocess.Popen(
            [PRODUCTION / "run", "--var", str(var), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"RUNTIME": "process"} | chosen,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end(signal.SIGTERM)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            for line in output:
                self._lines.append(line.rstrip("\n"))

    @property
    def shown(self) -> str:
        """All that it printed so far."""
        return "\n".join(self._lines)

    def wait_for(self, text: str, seconds: float = 60.0) -> None:
        """Returns when the terminal shows a text; fails with all that it shows when it does not."""
        deadline = time.monotonic() + seconds
        while text not in self.shown:
            if time.monotonic() > deadline or (self.process.poll() is not None and not self._reader.is_alive()):
                pytest.fail(f"{text!r} was not shown, but:\n{self.shown}")
            time.sleep(0.02)

    def wait_until_up(self) -> None:
        """Returns when it says how to go on."""
        self.wait_for("Ctrl-C")

    def end(self, number: int) -> int:
        """Sends a signal, unless it ended by itself, and waits for its end; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        self._reader.join(timeout=10)
        return code

    def family(self) -> list[Process]:
        """The launcher and every process under it."""
        return family(self.process.pid)

    def part(self, mark: str) -> int:
        """The process number of a part: the launcher's own child whose command line contains a mark."""
        for process in self.family():
            fields = _stat(process.pid)
            command = Path(f"/proc/{process.pid}/cmdline").read_bytes().decode(errors="replace")
            if fields and int(fields[1]) == self.process.pid and mark in command:
                return process.pid
        return pytest.fail(f"no part with {mark!r} under the launcher:\n{self.shown}")

    def ask(self, action: str, name: str) -> "subprocess.CompletedProcess[str]":
        """What `examples/production/break` or `repair` does to this launcher."""
        return run_production(["-m", "launcher", "--var", str(self.var), action, name])

    def url(self, path: str, variable: str = "NGINX_PORT") -> str:
        """An address on one of its ports."""
        return f"http://127.0.0.1:{self.ports[variable]}{path}"


def run_production(arguments: Sequence[str], timeout: float = 60) -> "subprocess.CompletedProcess[str]":
    """Runs the production environment's Python."""
    set_up()
    return subprocess.run(
        [PYTHON, *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        env=os.environ | {"PYTHONPATH": str(PRODUCTION)},
    )


def still_living(processes: Sequence[Process], seconds: float = 5.0) -> list[Process]:
    """Those that are left after a short time."""
    deadline = time.monotonic() + seconds
    while (left := [process for process in processes if process.lives]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


@contextlib.contextmanager
def taken_port() -> Iterator[int]:
    """A loopback port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]
