"""A container engine that exists only as an HTTP server: it speaks the part of Docker's API that Atalaia uses,
writes down every request, and fails in all the ways in which event streams fail.

In a test: `async with FakeEngine(folder / "engine.sock") as engine`. In a process of its own, for measurements:
`python -m support.fake_engine SOCKET CONTAINERS`; `POST /fake/kill-all` then kills them all.
"""

import asyncio
import json
import ssl
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from support.fake_containers import Book, Container, Document, RefusedError, as_json, image_id

REMEMBERED = 256  # events that Docker keeps for those who ask for the past
REASONS = {200: "OK", 201: "Created", 204: "No Content", 304: "Not Modified", 404: "Not Found", 409: "Conflict"}


@dataclass
class Faults:
    """What goes wrong from now on."""

    drop: Callable[[Document], bool] = lambda _: False
    """Events that no subscriber gets; the engine remembers them all the same, unless `forget`."""
    double: bool = False
    """Each event is told twice."""
    reorder: bool = False
    """Of each two events the second is told first."""
    silent: bool = False
    """Streams stay open, and nothing comes."""
    forget: bool = False
    """The engine remembers no events."""
    slow: float = 0.0
    """Seconds before each answer; streams of events are not slower."""
    deaf: bool = False
    """Connections are taken, and nothing is answered."""
    refuse: dict[str, int] = field(default_factory=dict)
    """Refusals, by the end of the path."""


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    body: Any


class FakeEngine:
    """The server. `book` is what it has; `requests` everything that it was asked."""

    def __init__(
        self, socket: Path, *, product: str = "Docker", api: str = "1.41", oldest: str = "1.12"
    ) -> None:
        self.socket = socket
        self.product = product
        self.api = api
        self.oldest = oldest
        self.faults = Faults()
        self.requests: list[Asked] = []
        self.networks = {"bridge", "host", "none"}
        self.volumes: set[str] = set()
        self.images = {"tiny"}
        self.book = Book(self._happened)
        self.on_wait: Callable[[], object] = bool
        """What happens while somebody waits for a container."""
        self._remembered: deque[Document] = deque(maxlen=REMEMBERED)
        self._subscribers: dict[asyncio.Queue[Document | None], Document] = {}
        self._held: Document | None = None
        self._server: asyncio.Server | None = None
        self._tls_server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.down()

    async def up(self) -> None:
        """Begins to answer."""
        self.socket.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._serve, self.socket, limit=1 << 20)

    async def up_with_tls(self, context: ssl.SSLContext) -> int:
        """Answers on a loopback port too; its number."""
        self._tls_server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        return int(self._tls_server.sockets[0].getsockname()[1])

    async def down(self) -> None:
        """As an engine that was killed: every connection is gone, and nobody listens."""
        for server in (self._server, self._tls_server):
            if server is not None:
                server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        for queue in self._subscribers:
            queue.put_nowait(None)
        await asyncio.sleep(0)
        self.socket.unlink(missing_ok=True)

    async def restart(self, away: float, *, containers_die: bool = True) -> None:
        """As when the engine is restarted: away for some seconds, its memory of events gone."""
        await self.down()
        self._remembered.clear()
        if containers_die:
            for container in list(self.book.by_id.values()):
                if container.running:
                    self.book.die(container, 255)
        self._remembered.clear()
        await asyncio.sleep(away)
        await self.up()

    def cut(self) -> None:
        """Ends all event streams."""
        for queue in self._subscribers:
            queue.put_nowait(None)

    def add(self, name: str, *, running: bool = True, **body: Any) -> Container:
        """A container that has been there for some time: nothing is told."""
        tell, self.book._tell = self.book._tell, lambda _: None
        try:
            container = self.book.create(name, body)
            if running:
                self.book.start(container)
                container.started -= 3600
        finally:
            self.book._tell = tell
        return container

    def asked_to_change(self) -> list[Asked]:
        """The requests that were no mere questions."""
        return [one for one in self.requests if one.method != "GET"]

    # --- events -----------------------------------------------------------------------------------------

    def _happened(self, event: Document) -> None:
        if not self.faults.forget:
            self._remembered.append(event)
        if self.faults.silent or self.faults.drop(event):
            return
        told = [event, event] if self.faults.double else [event]
        if self.faults.reorder:
            if self._held is None:
                self._held = event
                return
            told, self._held = [*told, self._held], None
        for one in told:
            for queue, filters in self._subscribers.items():
                if wanted(one, filters):
                    queue.put_nowait(one)

    async def _events(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, query: dict[str, str]
    ) -> None:
        filters = json.loads(query.get("filters") or "{}")
        queue: asyncio.Queue[Document | None] = asyncio.Queue()
        if since := query.get("since"):
            seconds, _, fraction = since.partition(".")
            first = int(seconds) * 10**9 + int(fraction.ljust(9, "0") or 0)
            for event in self._remembered:
                if event["timeNano"] >= first and wanted(event, filters):
                    queue.put_nowait(event)
        self._subscribers[queue] = filters
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        hanging_up = asyncio.ensure_future(reader.read())
        hanging_up.add_done_callback(lambda _: queue.put_nowait(None))
        try:
            while (told := await queue.get()) is not None:
                line = as_json(told) + b"\n"
                writer.write(b"%x\r\n%s\r\n" % (len(line), line))
                await writer.drain()
            writer.write(b"0\r\n\r\n")
        finally:
            hanging_up.cancel()
            del self._subscribers[queue]

    # --- requests ---------------------------------------------------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._answer(reader, writer):
                pass
        self._writers.discard(writer)
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        asked = await read_request(reader)
        self.requests.append(asked)
        if self.faults.deaf:
            await asyncio.sleep(3600)
        if asked.path.endswith("/events"):
            await self._events(reader, writer, asked.query)
            return False
        await asyncio.sleep(self.faults.slow)
        try:
            status, body = self._route(asked)
        except RefusedError as refusal:
            status, body = refusal.status, as_json({"message": str(refusal)})
        head = f"HTTP/1.1 {status} {REASONS.get(status, 'Error')}\r\nContent-Type: application/json\r\n"
        if status not in (204, 304):
            head += f"Content-Length: {len(body)}\r\n"
        writer.write(head.encode() + b"\r\n" + body)
        await writer.drain()
        return True

    def _route(self, asked: Asked) -> tuple[int, bytes]:
        for ending, status in self.faults.refuse.items():
            if asked.path.endswith(ending):
                raise RefusedError(status, f"refused as the test wants it: {ending}")
        parts = [unquote(part) for part in asked.path.split("/")[1:]]
        if parts == ["_ping"]:
            return 200, b"OK"
        if parts == ["version"]:
            name = "Podman Engine" if self.product == "Podman" else "Engine"
            told = {"Version": "0.0-fake", "ApiVersion": self.api, "MinAPIVersion": self.oldest}
            return 200, as_json(told | {"Components": [{"Name": name}]})
        if parts == ["fake", "kill-all"]:
            for container in list(self.book.by_id.values()):
                self.book.kill(container, "SIGKILL")
            return 204, b""
        match parts[1:]:
            case ["containers", "json"]:
                return 200, as_json(self.book.listing(json.loads(asked.query.get("filters") or "{}")))
            case ["containers", "create"]:
                return self._create(asked)
            case ["containers", reference]:
                self.book.remove(self.book.find(reference), force=asked.query.get("force") == "1")
                return 204, b""
            case ["containers", reference, what]:
                return self._container(asked, self.book.find(reference), what)
            case ["images", name, "json"]:
                return self._known(name, self.images, {"Id": image_id(name)})
            case ["volumes", name]:
                return self._known(name, self.volumes, {"Name": name})
            case ["networks", network, what]:
                return self._network(asked, network, what)
        raise RefusedError(404, "page not found")

    def _known(self, name: str, there: set[str], document: Document) -> tuple[int, bytes]:
        if name not in there:
            raise RefusedError(404, f"no such object: {name}")
        return 200, as_json(document)

    def _create(self, asked: Asked) -> tuple[int, bytes]:
        networks = ((asked.body.get("NetworkingConfig") or {}).get("EndpointsConfig") or {}).keys()
        if len(networks) > 1:
            raise RefusedError(400, "Container cannot be connected to network endpoints")
        image = asked.body["Image"]
        if image not in self.images and image not in {image_id(one) for one in self.images}:
            raise RefusedError(404, f"No such image: {image}")
        return 201, as_json({"Id": self.book.create(asked.query["name"], asked.body).id, "Warnings": []})

    def _network(self, asked: Asked, network: str, what: str) -> tuple[int, bytes]:
        if network not in self.networks:
            raise RefusedError(404, f"network {network} not found")
        container = self.book.find(asked.body["Container"])
        if what == "connect":
            container.join(network, asked.body.get("EndpointConfig") or {})
        else:
            container.networks.pop(network, None)
        self.book.event("network", what, f"net-{network}", {"container": container.id, "name": network})
        return 200, b""

    def _container(self, asked: Asked, container: Container, what: str) -> tuple[int, bytes]:
        if asked.method == "GET":
            return 200, self._look(container, what)
        if what in ("start", "stop") and container.running is (what == "start"):
            return 304, b""
        match what:
            case "start":
                self.book.start(container)
            case "stop":
                self.book.stop(container)
            case "restart":
                self.book.restart(container)
            case "kill":
                self.book.kill(container, asked.query.get("signal", "SIGKILL"))
            case "pause" | "unpause":
                self.book.pause(container, paused=what == "pause")
            case "rename":
                self.book.rename(container, asked.query["name"])
            case "wait":
                self.on_wait()
                return 200, as_json({"StatusCode": container.state["ExitCode"]})
            case _:
                raise RefusedError(404, "page not found")
        return 204, b""

    def _look(self, container: Container, what: str) -> bytes:
        if what == "json":
            return as_json(container.inspected())
        if what == "stats":
            return as_json(next(self.book.stats(container)))
        if what == "logs":
            line = b"2026-01-02T03:04:05.678901234Z hello\n"
            return b"\x01\0\0\0" + len(line).to_bytes(4, "big") + line
        raise RefusedError(404, "page not found")


def wanted(event: Document, filters: Document) -> bool:
    """Whether Docker would tell it to somebody who asked so."""
    word = event["Action"]
    actions = filters.get("event")
    if actions and word not in actions and word.partition(":")[0] not in actions:
        return False
    return not filters.get("type") or event["Type"] in filters["type"]


async def read_request(reader: asyncio.StreamReader) -> Asked:
    """One request of a connection."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n"))[:-4].decode().split("\r\n")
    method, target, _ = first.split(" ")
    length = next((int(line[15:]) for line in lines if line.lower().startswith("content-length:")), 0)
    body = await reader.readexactly(length)
    parts = urlsplit(target)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return Asked(method, parts.path, query, json.loads(body) if body else None)


async def main(socket: str, count: int) -> None:
    """Serves that many running containers until it is killed."""
    async with FakeEngine(Path(socket)) as engine:
        for number in range(count):
            engine.add(f"service-{number:04}", Labels={"com.docker.compose.service": f"service-{number}"})
        print("up", flush=True)
        await asyncio.sleep(3600)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
