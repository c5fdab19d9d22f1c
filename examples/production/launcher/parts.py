"""The parts of the environment: how each is started, and how one sees that it answers.

Here: command lines, environments and the question that a part answers once it is up. Not here: processes.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from launcher.settings import HOST, UNICO, Places, Ports, find_atalaia, find_nginx

ANSWER_WITHIN = 2.0
# Settings that would change how the parts run without anybody having meant them.
NOT_HANDED_ON = ("PYTHONPATH", "GUNICORN_CMD_ARGS", "MODEL_DIR", "BANCO")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A command with all that it needs to run."""

    name: str
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def full_environment(self) -> dict[str, str]:
        """The variables that its process gets."""
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
        return inherited | dict(self.environment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Program):
    """One long-running program of the environment."""

    ports: Mapping[str, int] = field(default_factory=dict)
    """What it listens on, by the environment variable that changes it."""
    address: str
    answers: Callable[[], Awaitable[bool]]
    prepare: Callable[[], object] = bool
    """What is done before each start."""
    tells: bool = False
    """Whether each line of its standard output is news for the terminal."""


async def first_line(port: int, request: bytes) -> bytes:
    """The first line that a loopback port sends after a request; empty when there is none in time."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(request)
                return await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return b""


async def whole_answer(port: int, request: bytes) -> bytes:
    """All that a loopback port sends after a request until it closes; empty when that takes too long."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(request)
                return await reader.read()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return b""


def http_answers(port: int, path: str, wanted: bytes) -> Callable[[], Awaitable[bool]]:
    """A question: does GET of a path bring a status line that contains `wanted`?"""

    async def ask() -> bool:
        request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
        return wanted in await first_line(port, request)

    return ask


def smtp_greets(port: int) -> Callable[[], Awaitable[bool]]:
    """A question: does the port greet as a mail server does?"""

    async def ask() -> bool:
        return (await first_line(port, b"")).startswith(b"220 ")

    return ask


def http_says(port: int, path: str, wanted: bytes) -> Callable[[], Awaitable[bool]]:
    """A question: does GET of a path bring an answer that contains `wanted`?"""

    async def ask() -> bool:
        request = f"GET {path} HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode()
        return wanted in await whole_answer(port, request)

    return ask


def zookeeper_serves(port: int) -> Callable[[], Awaitable[bool]]:
    """A question: does ZooKeeper name its mode? It answers `ruok` before it serves."""

    async def ask() -> bool:
        return b"Mode:" in await whole_answer(port, b"srvr")

    return ask


def listens(*ports: int) -> Callable[[], Awaitable[bool]]:
    """A question: do all of these ports take connections?"""

    async def ask() -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                for port in ports:
                    _, writer = await asyncio.open_connection(HOST, port)
                    writer.close()
        except (OSError, TimeoutError):
            return False
        return True

    return ask


def exists(path: Path) -> Callable[[], Awaitable[bool]]:
    """A question: has the part made its sign of life?"""

    async def ask() -> bool:
        return os.access(path, os.F_OK)

    return ask


def environment_parts(places: Places, ports: Ports, *, zookeeper: bool) -> list[Part]:
    """The programs that are watched, and the inbox.

    Raises:
        UnusableError: a program that is needed is missing.
    """
    nginx = find_nginx(Path(sys.executable).parent, os.environ)
    return [
        wsgi_part(places, ports, places.model),
        nginx_part(places, ports, nginx),
        unico_part(places, ports, nginx),
        *([zookeeper_part(places, ports)] if zookeeper else []),
        broker_part(places, ports),
        consumer_part(places, ports),
        inbox_part(places, ports),
    ]


def wsgi_part(places: Places, ports: Ports, model: Path, version: str = "") -> Part:
    """gunicorn with a model; it is up once it answers with that version of it, any when none is named."""
    wsgi_app = places.api / "wsgi-app"
    return Part(
        name="wsgi",
        command=(
            *(sys.executable, "-m", "gunicorn", "--config", str(wsgi_app / "gunicorn.conf.py")),
            # Two of them may share the port for a moment: another model is deployed while the old one serves.
            *("--reuse-port", "--bind", f"{HOST}:{ports.wsgi}", "wsgi:app"),
        ),
        folder=wsgi_app,
        ports={"WSGI_PORT": ports.wsgi},
        address=f"http://{HOST}:{ports.wsgi}/health_check",
        answers=http_says(ports.wsgi, "/health_check", f'"versao":"{version}'.encode()),
        environment={"MODEL_DIR": str(model.absolute()), "OPENBLAS_NUM_THREADS": "1"},
    )


def nginx_part(places: Places, ports: Ports, nginx: str) -> Part:
    """nginx in front of it."""
    return Part(
        name="nginx",
        command=(nginx, "-p", f"{places.nginx}/", "-c", str(places.nginx / "nginx.conf")),
        folder=places.nginx,
        ports={"NGINX_PORT": ports.nginx},
        address=f"http://{HOST}:{ports.nginx}/cadastro.html",
        answers=http_answers(ports.nginx, "/nginx-health", b" 200 "),
    )


def unico_part(places: Places, ports: Ports, nginx: str) -> Part:
    """The one-container API: nginx and gunicorn under a supervisor."""
    folder = places.production / UNICO
    return Part(
        name="unico",
        command=(str(folder / "run-process"),),
        folder=folder,
        ports={"UNICO_PORT": ports.unico},
        address=f"http://{HOST}:{ports.unico}/cadastro.html",
        answers=http_answers(ports.unico, "/api/health_check", b" 200 "),
        environment={
            "UNICO_HOST": HOST,
            "UNICO_PORT": str(ports.unico),
            "UNICO_VAR": str(places.unico),
            "MODEL_DIR": str(places.model.absolute()),
            "PYTHON": sys.executable,
            "NGINX": nginx,
        },
    )


def zookeeper_part(places: Places, ports: Ports) -> Part:
    """ZooKeeper, with data of this run only."""
    return Part(
        name="zookeeper",
        command=(str(places.production / "zookeeper" / "run-zookeeper"),),
        folder=places.var,
        ports={"ZOOKEEPER_PORT": ports.zookeeper},
        address=f"{HOST}:{ports.zookeeper}",
        answers=zookeeper_serves(ports.zookeeper),
        environment={
            "ZOOKEEPER_CLIENT_PORT": str(ports.zookeeper),
            "ZOOKEEPER_CLIENT_ADDRESS": HOST,
            "ZOOKEEPER_DATA_DIR": str(places.zookeeper),
            "ZOOKEEPER_TICK_TIME": "2000",
        },
    )


def broker_part(places: Places, ports: Ports) -> Part:
    """The broker with its two listeners, both on loopback."""
    outside, inside = f"{HOST}:{ports.broker}", f"{HOST}:{ports.broker_inside}"
    return Part(
        name="broker",
        command=(sys.executable, str(places.production / "broker" / "run_broker.py")),
        folder=places.var,
        ports={"BROKER_PORT": ports.broker, "BROKER_INSIDE_PORT": ports.broker_inside},
        address=f"localhost:{ports.broker}, inside {inside}",
        answers=listens(ports.broker_inside, ports.broker),
        environment={
            "KAFKA_BROKER_ID": "1",
            "KAFKA_ZOOKEEPER_CONNECT": f"{HOST}:{ports.zookeeper}",
            "KAFKA_LISTENERS": f"PLAINTEXT://{outside},PLAINTEXT_INTERNAL://{inside}",
            "KAFKA_ADVERTISED_LISTENERS": (
                f"PLAINTEXT://localhost:{ports.broker},PLAINTEXT_INTERNAL://{inside}"
            ),
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,PLAINTEXT_INTERNAL:PLAINTEXT",
            "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
            "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        },
    )


def consumer_part(places: Places, ports: Ports) -> Part:
    """The sentiment analyser; it listens nowhere and says by a file that it is connected."""
    alive = places.consumer / "alive"
    return Part(
        name="consumidor",
        command=(sys.executable, str(places.production / "analise-sentimentos" / "consumer.py")),
        folder=places.var,
        address=f"reads from {HOST}:{ports.broker_inside}",
        answers=exists(alive),
        prepare=lambda: alive.unlink(missing_ok=True),
        environment={
            "KAFKA_BOOTSTRAP": f"{HOST}:{ports.broker_inside}",
            "KAFKA_GROUP": "analise-sentimentos",
            "MODEL_DIR": str(places.sentiment_model.absolute()),
            "ALIVE_FILE": str(alive),
            "OPENBLAS_NUM_THREADS": "1",
        },
    )


def inbox_part(places: Places, ports: Ports) -> Part:
    """The inbox of the person on duty."""
    return Part(
        name="inbox",
        command=(
            *(sys.executable, str(places.production / "inbox" / "inbox.py"), "--host", HOST),
            *("--port", str(ports.smtp), "--maildir", str(places.mail)),
        ),
        folder=places.var,
        ports={"SMTP_PORT": ports.smtp},
        address=f"{HOST}:{ports.smtp}",
        answers=smtp_greets(ports.smtp),
        tells=True,
    )


def job_programs(places: Places, ports: Ports, *, report: bool) -> tuple[Program, ...]:
    """One run of the offline job: a few new products are registered, then classified."""
    folder = places.production / "classificador-produtos"
    options = ("--relatar", f"http://{HOST}:{ports.page}", "--token-file", str(places.token)) if report else ()
    environment = {
        "BANCO": places.shop,
        "MODEL_DIR": str(places.model.absolute()),
        "OPENBLAS_NUM_THREADS": "1",
    }
    commands = ((str(folder / "amostra.py"), "--novos", "5"), (str(folder / "classificador.py"), *options))
    return tuple(
        Program(
            name="classificador",
            command=(sys.executable, *command),
            folder=places.var,
            environment=environment,
        )
        for command in commands
    )


def atalaia_part(places: Places, ports: Ports, main: Path) -> Part:
    """Atalaia watching them with the configuration of a main file.

    Raises:
        UnusableError: its command is missing.
    """
    return Part(
        name="atalaia",
        command=(
            *(find_atalaia(places.root, os.environ), "run", str(main)),
            *("--listen", f"{HOST}:{ports.page}", "--data", str(places.var / "atalaia")),
        ),
        folder=places.root,
        ports={"PAGE_PORT": ports.page},
        address=f"http://{HOST}:{ports.page}/",
        answers=http_answers(ports.page, "/", b"HTTP/1."),
    )
