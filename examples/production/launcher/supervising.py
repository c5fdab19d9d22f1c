"""How a program looks at the parts and acts on them, over the launcher's socket, as with a container engine.

Here: the answers to these requests, one line each:

    parts                     all parts as JSON
    follow [NANOSECONDS]      one line of JSON for each thing that happens; first what happened after then
    start NAME                starts it unless it runs
    stop NAME [SECONDS]       ends it in order unless it has ended; kills it after so many seconds
    restart NAME [SECONDS]    both
    signal NAME NUMBER        sends a signal to all its processes
    pause NAME, unpause NAME  freezes and thaws it

A NAME is that of the part or of the container which it would be (see `CONTAINERS`). Not here: `break` and
`repair`, which are for people (`breakages`).
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from launcher.settings import UnusableError

if TYPE_CHECKING:
    from launcher.environment import Environment
    from launcher.running import Running

CONTAINERS = {
    "wsgi": "wsgi-app-container",
    "nginx": "my-custom-nginx-container",
    "unico": "http-api-classificacao-produtos-container-unico-container",
    "consumidor": "analise-sentimentos-consumer-container",
    "inbox": "mailbox",
}
"""The names that the parts have as containers; the others have the same."""
REMEMBERED = 256
USUAL_GRACE = 10.0

Document = dict[str, Any]
T = TypeVar("T", int, float)


def container_name(part: str) -> str:
    """The name of the container that a part would be."""
    return CONTAINERS.get(part, part)


class Feed:
    """What happens to the parts: the last events, and a line to each follower for a new one."""

    def __init__(self) -> None:
        self._remembered: deque[Document] = deque(maxlen=REMEMBERED)
        self._followers: set[asyncio.StreamWriter] = set()
        self._last = 0

    def tell(self, action: str, part: str, **facts: int) -> None:
        """Something happened, now. No two things happen at the same instant."""
        self._last = max(self._last + 1, time.time_ns())
        event = {"nano": self._last, "action": action, "part": part, "name": container_name(part), **facts}
        self._remembered.append(event)
        for follower in list(self._followers):
            send(follower, event)

    async def follow(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, after: int | None
    ) -> None:
        """Tells until the other side goes away."""
        writer.write(b"ok\n")
        for event in self._remembered:
            if after is not None and event["nano"] > after:
                send(writer, event)
        self._followers.add(writer)
        try:
            await reader.read()
        finally:
            self._followers.discard(writer)

    def end(self) -> None:
        """Ends all followers."""
        for follower in self._followers:
            follower.close()


def send(writer: asyncio.StreamWriter, event: Document) -> None:
    """One line. A follower that is gone is noticed by `follow`."""
    if not writer.is_closing():
        writer.write(json.dumps(event).encode() + b"\n")


class Supervising:
    """The requests, by their first word."""

    def __init__(self, environment: "Environment") -> None:
        self._environment = environment

    @property
    def acts(self) -> dict[str, Callable[..., Awaitable[str]]]:
        """What can be asked for besides `follow`; each takes the words that come after."""
        return {
            "parts": self.parts,
            "start": self.start,
            "stop": self.stop,
            "restart": self.restart,
            "signal": self.signal,
            "pause": self.pause,
            "unpause": self.unpause,
        }

    async def parts(self) -> str:
        """All parts as JSON."""
        return json.dumps([described(self._environment.known(name)) for name in self._environment.names])

    async def start(self, name: str) -> str:
        """Starts it unless it runs."""
        part = self._part(name)
        if not self._environment.known(part).alive:
            await self._environment.repair_part(part)
        return "started"

    async def stop(self, name: str, grace: str = "") -> str:
        """Ends it in order unless it has ended."""
        await self._environment.stop_part(self._part(name), number(grace, float, USUAL_GRACE))
        return "stopped"

    async def restart(self, name: str, grace: str = "") -> str:
        """Ends it and starts it again."""
        part = self._part(name)
        await self._environment.stop_part(part, number(grace, float, USUAL_GRACE))
        await self._environment.repair_part(part)
        self._environment.feed.tell("restarted", part)
        return "restarted"

    async def signal(self, name: str, which: str) -> str:
        """Sends a signal to all its processes."""
        await self._environment.signal_part(self._part(name), number(which, int, 0))
        return "sent"

    async def pause(self, name: str) -> str:
        """Freezes it."""
        part = self._part(name)
        if self._environment.known(part).frozen:
            raise UnusableError(f"{part} is paused already.")
        await self._environment.freeze_part(part)
        return "paused"

    async def unpause(self, name: str) -> str:
        """Thaws it."""
        part = self._part(name)
        if not self._environment.known(part).frozen:
            raise UnusableError(f"{part} is not paused.")
        await self._environment.thaw_part(part)
        return "goes on"

    def _part(self, name: str) -> str:
        for part in self._environment.names:
            if name in (part, container_name(part)):
                return part
        raise UnusableError(f"There is no part {name!r}.")


def number(text: str, kind: Callable[[str], T], usual: T) -> T:
    """What a word means as a number; nothing means the usual one."""
    try:
        return kind(text) if text else usual
    except ValueError:
        raise UnusableError(f"{text} is no number.") from None


def described(running: "Running") -> Document:
    """A part as others see it; instants are epoch seconds, 0 is never."""
    part = running.part
    return {
        "part": part.name,
        "name": container_name(part.name),
        "pid": running.pid if running.alive else 0,
        "state": ("paused" if running.frozen else "running") if running.alive else "exited",
        "code": running.code,
        "created": running.created,
        "started": running.started,
        "finished": running.finished,
        "ports": dict(part.ports),
        "command": list(part.command),
        "log": str(running.log),
    }
