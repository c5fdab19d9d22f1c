"""The parts of the environment: how each is started, and how one sees that it answers.

Here: command lines, environments and the question that a part answers once it is up. Not here: processes.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from launcher import rendering
from launcher.settings import HOST, Places, Ports, find_atalaia, find_nginx

ANSWER_WITHIN = 2.0
# Settings that would change how the parts run without anybody having meant them.
NOT_HANDED_ON = ("PYTHONPATH", "GUNICORN_CMD_ARGS", "MODEL_DIR")


@dataclass(frozen=True, slots=True)
class Part:
    """One long-running program of the environment."""

    name: str
    command: tuple[str, ...]
    folder: Path
    port_variable: str
    port: int
    address: str
    answers: Callable[[], Awaitable[bool]]
    environment: Mapping[str, str] = field(default_factory=dict)
    tells: bool = False
    """Whether each line of its standard output is news for the terminal."""

    def full_environment(self) -> dict[str, str]:
        """The variables that its process gets."""
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
        return inherited | dict(self.environment)


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


def environment_parts(places: Places, ports: Ports) -> list[Part]:
    """The programs that are watched, and the inbox.

    Raises:
        UnusableError: a program that is needed is missing.
    """
    python = sys.executable
    nginx = find_nginx(Path(python).parent, os.environ)
    nginx_main = rendering.write_nginx(places, ports)
    wsgi_app = places.api / "wsgi-app"
    return [
        Part(
            name="wsgi",
            command=(
                *(python, "-m", "gunicorn", "--config", str(wsgi_app / "gunicorn.conf.py")),
                *("--bind", f"{HOST}:{ports.wsgi}", "wsgi:app"),
            ),
            folder=wsgi_app,
            port_variable="WSGI_PORT",
            port=ports.wsgi,
            address=f"http://{HOST}:{ports.wsgi}/health_check",
            answers=http_answers(ports.wsgi, "/health_check", b" 200 "),
            environment={"MODEL_DIR": str(places.model.absolute()), "OPENBLAS_NUM_THREADS": "1"},
        ),
        Part(
            name="nginx",
            command=(nginx, "-p", f"{places.nginx}/", "-c", str(nginx_main)),
            folder=places.nginx,
            port_variable="NGINX_PORT",
            port=ports.nginx,
            address=f"http://{HOST}:{ports.nginx}/cadastro.html",
            answers=http_answers(ports.nginx, "/nginx-health", b" 200 "),
        ),
        Part(
            name="inbox",
            command=(
                *(python, str(places.production / "inbox" / "inbox.py"), "--host", HOST),
                *("--port", str(ports.smtp), "--maildir", str(places.mail)),
            ),
            folder=places.var,
            port_variable="SMTP_PORT",
            port=ports.smtp,
            address=f"{HOST}:{ports.smtp}",
            answers=smtp_greets(ports.smtp),
            tells=True,
        ),
    ]


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
        port_variable="PAGE_PORT",
        port=ports.page,
        address=f"http://{HOST}:{ports.page}/",
        answers=http_answers(ports.page, "/", b"HTTP/1."),
    )
