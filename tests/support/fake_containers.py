"""The containers of the fake engine: what they are, what can be done to them, what an engine tells about it.

Here: state and the events that come of changing it, in Docker's JSON. Not here: HTTP, subscribers, faults
(`fake_engine`).
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

Document = dict[str, Any]
Tell = Callable[[Document], None]

NEVER = "0001-01-01T00:00:00Z"
SIGNALS = {"SIGKILL": 9, "KILL": 9, "9": 9, "SIGTERM": 15, "15": 15, "SIGINT": 2, "SIGUSR1": 10}
DEADLY = (2, 9, 15)


class RefusedError(Exception):
    """The engine will not; with HTTP's number."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def instant(seconds: float) -> str:
    """As Docker writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "000Z"


def human(seconds: float) -> str:
    """A duration as Docker's listings have it."""
    if seconds < 1:
        return "Less than a second"
    if seconds < 60:
        return "1 second" if int(seconds) == 1 else f"{int(seconds)} seconds"
    minutes = int(seconds / 60)
    if minutes < 60:
        return "About a minute" if minutes == 1 else f"{minutes} minutes"
    hours = int(seconds / 3600 + 0.5)
    if hours < 48:
        return "About an hour" if hours == 1 else f"{hours} hours"
    return f"{hours // 24} days"


class Container:
    """One container of the fake engine."""

    def __init__(self, name: str, number: int, body: Document) -> None:
        self.id = hashlib.sha256(f"{name} {number}".encode()).hexdigest()
        self.created = time.time()
        self.started = 0.0
        self.finished = 0.0
        self.networks: dict[str, Document] = {}
        image = body.get("Image") or "tiny"
        host = {"NetworkMode": "default", "AutoRemove": False, "RestartPolicy": {"Name": "no"}} | (
            body.get("HostConfig") or {}
        )
        config = {key: value for key, value in body.items() if key not in ("HostConfig", "NetworkingConfig")}
        self.document: Document = {
            "Id": self.id,
            "Name": f"/{name}",
            "Created": instant(self.created),
            "Image": image if image.startswith("sha256:") else image_id(image),
            "State": {"Status": "created", "Running": False, "Paused": False, "Pid": 0, "ExitCode": 0},
            "RestartCount": 0,
            "Config": {"Hostname": self.id[:12], "Labels": {}, "Cmd": ["sleep"]} | config | {"Image": image},
            "HostConfig": host,
            "Mounts": [],
            "NetworkSettings": {"Ports": {}, "Networks": self.networks},
        }
        if config.get("Healthcheck"):
            self.state["Health"] = {"Status": "starting", "FailingStreak": 0, "Log": []}
        mode = host["NetworkMode"]
        ends = (body.get("NetworkingConfig") or {}).get("EndpointsConfig") or {}
        self.join("bridge" if mode == "default" else mode, ends.get(mode) or {})

    @property
    def state(self) -> Document:
        state: Document = self.document["State"]
        return state

    @property
    def name(self) -> str:
        return str(self.document["Name"])[1:]

    @property
    def running(self) -> bool:
        return bool(self.state["Running"])

    def join(self, network: str, end: Document) -> None:
        aliases = end.get("Aliases")
        self.networks[network] = {
            "IPAMConfig": end.get("IPAMConfig"),
            "Links": None,
            "Aliases": [*aliases, self.id[:12]] if aliases else None,
            "NetworkID": f"net-{network}",
            "IPAddress": "172.17.0.2",
            "DriverOpts": None,
        }

    def run(self) -> None:
        self.started = time.time()
        self.state.update(Status="running", Running=True, Pid=4242, OOMKilled=False)
        self.state["StartedAt"] = instant(self.started)
        if "Health" in self.state:
            self.state["Health"]["Status"] = "starting"

    def end(self, exit_code: int) -> None:
        self.finished = time.time()
        self.state.update(Status="exited", Running=False, Paused=False, Pid=0, ExitCode=exit_code)
        self.state["FinishedAt"] = instant(self.finished)

    def inspected(self) -> Document:
        self.state.setdefault("StartedAt", NEVER)
        self.state.setdefault("FinishedAt", NEVER)
        return self.document

    def listed(self) -> Document:
        """Its place in a listing."""
        status = self.state["Status"]
        now = time.time()
        if status in ("running", "paused"):
            text = f"Up {human(now - self.started)}"
            if status == "paused":
                text += " (Paused)"
            elif "Health" in self.state:
                word = self.state["Health"]["Status"]
                text += f" ({'health: ' if word == 'starting' else ''}{word})"
        elif status == "exited":
            text = f"Exited ({self.state['ExitCode']}) {human(now - self.finished)} ago"
        else:
            text = status.capitalize()
        return {
            "Id": self.id,
            "Names": [f"/{self.name}"],
            "Image": self.document["Config"]["Image"],
            "ImageID": self.document["Image"],
            "Command": "sleep",
            "Created": int(self.created),
            "Ports": [],
            "Labels": self.document["Config"]["Labels"] or {},
            "State": status,
            "Status": text,
            "HostConfig": {"NetworkMode": self.document["HostConfig"]["NetworkMode"]},
            "NetworkSettings": {"Networks": self.networks},
            "Mounts": [],
        }


def image_id(name: str) -> str:
    """The id of the image that the fake engine has under a name."""
    return f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


class Book:
    """All containers, and the verbs. Each tells its events as Docker does."""

    def __init__(self, tell: Tell) -> None:
        self.by_id: dict[str, Container] = {}
        self._tell = tell
        self._count = 0
        self._last_nano = 0

    def find(self, reference: str) -> Container:
        """By id, name, or the begin of an id, in Docker's order."""
        if reference in self.by_id:
            return self.by_id[reference]
        for container in self.by_id.values():
            if container.name == reference:
                return container
        for identity, container in self.by_id.items():
            if identity.startswith(reference):
                return container
        raise RefusedError(404, f"No such container: {reference}")

    def event(self, kind: str, action: str, identity: str, attributes: dict[str, str]) -> None:
        """Tells something; no two at the same instant."""
        self._last_nano = max(self._last_nano + 1, time.time_ns())
        told: Document = {"Type": kind, "Action": action, "Actor": {"ID": identity, "Attributes": attributes}}
        if kind == "container":
            told = {"status": action, "id": identity} | told
        self._tell(told | {"scope": "local", "time": self._last_nano // 10**9, "timeNano": self._last_nano})

    def of(self, container: Container, action: str, **attributes: str) -> None:
        """Tells something about a container."""
        config = container.document["Config"]
        shown = {"image": config["Image"], "name": container.name} | (config["Labels"] or {})
        self.event("container", action, container.id, shown | attributes)

    def _networks(self, container: Container, action: str) -> None:
        for network in container.networks:
            self.event("network", action, f"net-{network}", {"container": container.id, "name": network})

    def create(self, name: str, body: Document) -> Container:
        if any(one.name == name for one in self.by_id.values()):
            raise RefusedError(409, f'Conflict. The container name "/{name}" is already in use.')
        self._count += 1
        container = Container(name, self._count, body)
        self.by_id[container.id] = container
        self.of(container, "create")
        return container

    def start(self, container: Container) -> None:
        container.run()
        self._networks(container, "connect")
        self.of(container, "start")

    def die(self, container: Container, exit_code: int) -> None:
        """It ends; one with auto-remove is then removed."""
        container.end(exit_code)
        self.of(container, "die", exitCode=str(exit_code))
        self._networks(container, "disconnect")
        if container.document["HostConfig"]["AutoRemove"]:
            self.remove(container)

    def oom(self, container: Container) -> None:
        container.state["OOMKilled"] = True
        self.of(container, "oom")
        self.die(container, 137)

    def kill(self, container: Container, signal: str) -> None:
        if not container.running:
            raise RefusedError(409, f"Cannot kill container: {container.name}: it is not running")
        number = SIGNALS[signal]
        self.of(container, "kill", signal=str(number))
        if number in DEADLY:
            self.die(container, 128 + number)

    def stop(self, container: Container) -> None:
        if container.running:
            self.kill(container, "SIGTERM")
            self.of(container, "stop")

    def restart(self, container: Container) -> None:
        host = container.document["HostConfig"]
        auto, host["AutoRemove"] = host["AutoRemove"], False  # as Docker does meanwhile
        if container.running:
            self.kill(container, "SIGTERM")
            self.of(container, "stop")
        host["AutoRemove"] = auto
        self.start(container)
        self.of(container, "restart")

    def pause(self, container: Container, *, paused: bool) -> None:
        if not container.running or bool(container.state["Paused"]) is paused:
            raise RefusedError(500, f"Container {container.id} is {'already' if paused else 'not'} paused")
        container.state.update(Status="paused" if paused else "running", Paused=paused)
        self.of(container, "pause" if paused else "unpause")

    def health(self, container: Container, status: str) -> None:
        log = {"Start": instant(time.time()), "End": instant(time.time()), "ExitCode": 0, "Output": "probe\n"}
        container.state["Health"] = {"Status": status, "FailingStreak": 0, "Log": [log]}
        for word in ("exec_create: probe", "exec_start: probe", "exec_die"):
            self.of(container, word)
        self.of(container, f"health_status: {status}")

    def rename(self, container: Container, name: str) -> None:
        old = container.name
        container.document["Name"] = f"/{name}"
        self.of(container, "rename", oldName=f"/{old}")

    def remove(self, container: Container, *, force: bool = False) -> None:
        if container.running:
            if not force:
                raise RefusedError(409, f"You cannot remove a running container {container.id}.")
            self.kill(container, "SIGKILL")
        if container.id in self.by_id:
            del self.by_id[container.id]
            self.of(container, "destroy")

    def listing(self, filters: Document) -> list[Document]:
        wanted = [name.strip("^/$") for name in filters.get("name", ())]
        return [one.listed() for one in self.by_id.values() if not wanted or one.name in wanted]

    def stats(self, container: Container) -> Iterator[Document]:
        """Half a core, 30 of 64 MB, in the shape of control groups v2."""
        now = time.time()
        yield {
            "read": instant(now),
            "preread": instant(now - 1),
            "cpu_stats": {"cpu_usage": {"total_usage": 1_500_000_000}},
            "precpu_stats": {"cpu_usage": {"total_usage": 1_000_000_000}},
            "memory_stats": {"usage": 40_000_000, "stats": {"inactive_file": 10_000_000}, "limit": 64_000_000},
            "pids_stats": {"current": 3, "limit": 18446744073709551615},
            "networks": {"eth0": {"rx_bytes": 100, "tx_bytes": 50}},
            "blkio_stats": {"io_service_bytes_recursive": None},
        }


def as_json(document: object) -> bytes:
    """As the engine sends it."""
    return json.dumps(document).encode()
