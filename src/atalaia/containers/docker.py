"""Looking at containers through Docker's API (1.41 and newer) or Podman's version of it. Reads only."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from atalaia.containers.address import EngineAddress
from atalaia.containers.blueprints import draw, joined_containers
from atalaia.containers.http import Answer, Following, HttpClient, Query
from atalaia.containers.log_frames import read_log
from atalaia.containers.reading import EVENT_WORDS, read_event, read_listing, read_state, read_stats
from atalaia.containers.transport import Dialer
from atalaia.ports.clock import Clock
from atalaia.ports.containers import (
    ConflictError,
    ContainerError,
    ContainerEvent,
    ContainerStats,
    ContainerSummary,
    EngineError,
    EngineVersion,
    EventSource,
    Inspection,
    LogLine,
    NotFoundError,
)

OLDEST_API = (1, 41)
NEWEST_API = (1, 52)
"""The newest that was read; a newer engine is asked to speak this one."""
PING_WITHIN = 5.0
"""Seconds."""
STATS_WITHIN = 15.0
PODMAN = "Podman"
_ALSO_CONFLICTS = (" is not paused.", " is already paused.")
"""What older engines (20.10) call an error of their own."""


class DockerApi:
    """One engine: which version of the API it is asked in, and what its refusals mean. Looking and acting have
    one each, and so connections of their own."""

    def __init__(self, address: EngineAddress) -> None:
        self.http = HttpClient(Dialer(address))
        self._version: EngineVersion | None = None

    async def version(self) -> EngineVersion:
        """Who answers; asked once, and again after `forget`.

        Raises:
            EngineError: it is too old or too new.
        """
        if self._version is None:
            self._version = self._agree(self.decoded(await self.http.ask("/version", within=PING_WITHIN)))
        return self._version

    def forget(self) -> None:
        """The engine may be another one when it answers again."""
        self._version = None

    def _agree(self, told: Mapping[str, Any]) -> EngineVersion:
        try:
            newest, oldest = _numbers(told["ApiVersion"]), _numbers(told.get("MinAPIVersion") or "1.12")
        except (KeyError, ValueError) as error:
            raise EngineError(f"What answers at {self.http.address} is no container engine.") from error
        agreed = min(newest, NEWEST_API)
        if agreed < OLDEST_API or oldest > NEWEST_API:
            raise EngineError(
                f"The container engine at {self.http.address} speaks API {_dotted(oldest)} to"
                f" {_dotted(newest)}; {_dotted(OLDEST_API)} to {_dotted(NEWEST_API)} is supported."
            )
        parts = " ".join(str(part.get("Name")) for part in told.get("Components") or ())
        product = PODMAN if PODMAN in parts else "Docker"
        return EngineVersion(product=product, version=str(told.get("Version", "")), api=_dotted(agreed))

    async def path(self, *parts: str) -> str:
        """The path of a request in the version that was agreed upon; the parts may hold anything."""
        version = await self.version()
        return "/".join((f"/v{version.api}", *(quote(part, safe="") for part in parts)))

    async def ask(self, *parts: str, query: Query | None = None, within: float = 30.0) -> Answer:
        """What GET brings, once it is no refusal.

        Raises:
            ContainerError: one of its kinds.
        """
        answer = await self.http.ask(await self.path(*parts), query, within=within)
        self.require(answer)
        return answer

    def require(self, answer: Answer) -> None:
        """Raises what a refusal means; 304 (it is so already) is none."""
        if answer.status < 300 or answer.status == 304:
            return
        sentence = f"The container engine at {self.http.address} refused: {_reason(answer)}."
        if answer.status == 404:
            raise NotFoundError(sentence)
        if answer.status == 409 or (answer.status == 500 and sentence.endswith(_ALSO_CONFLICTS)):
            raise ConflictError(sentence)
        raise EngineError(f"{sentence} (Status {answer.status}.)", status=answer.status)

    def decoded(self, answer: Answer) -> Any:
        """The JSON of an answer.

        Raises:
            EngineError: there is none.
        """
        try:
            return msgspec.json.decode(answer.body)
        except msgspec.DecodeError as error:
            raise self.nonsense(error) from error

    def nonsense(self, error: Exception) -> EngineError:
        """What an answer that does not fit is reported as."""
        return EngineError(
            f"What the container engine at {self.http.address} answered makes no sense: {error!r}."
        )


def _numbers(version: str) -> tuple[int, int]:
    major, _, minor = version.partition(".")
    return int(major), int(minor)


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def _reason(answer: Answer) -> str:
    try:
        told = msgspec.json.decode(answer.body)["message"]
    except (msgspec.DecodeError, KeyError, TypeError):
        told = answer.body[:200].decode(errors="replace") or "it said nothing"
    return str(told).strip().rstrip(".")


class DockerObserver:
    """Implements `atalaia.ports.containers.ContainerObserver`.

    Raises:
        atalaia.containers.address.AddressError: the engine's certificates cannot be used.
    """

    def __init__(self, address: EngineAddress, clock: Clock) -> None:
        self._api = DockerApi(address)
        self._clock = clock

    @property
    def address(self) -> str:
        """The engine, for people."""
        return self._api.http.address

    async def ping(self) -> None:
        """Returns when the engine answers."""
        try:
            self._api.require(await self._api.http.ask("/_ping", within=PING_WITHIN))
        except ContainerError:
            self._api.forget()
            raise

    async def version(self) -> EngineVersion:
        """Who answers."""
        return await self._api.version()

    async def containers(self) -> Sequence[ContainerSummary]:
        """All containers, also those that do not run."""
        answer = await self._api.ask("containers", "json", query={"all": 1})
        tells_health = (await self._api.version()).product != PODMAN
        try:
            return read_listing(answer.body, self._clock.now(), tells_health=tells_health)
        except msgspec.MsgspecError as error:
            raise self._api.nonsense(error) from error

    async def inspect(self, container: str) -> Inspection:
        """One of them, closely. Asks for its neighbour's name too when it shares its network with one."""
        document = await self._document(container)
        names = {}
        for other in joined_containers(document):
            try:
                names[other] = (await self._document(other))["Name"].lstrip("/")
            except NotFoundError:
                continue
        now = self._clock.now()
        try:
            return Inspection(state=read_state(document, now), blueprint=draw(document, names, now))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise self._api.nonsense(error) from error

    async def _document(self, container: str) -> Any:
        return self._api.decoded(await self._api.ask("containers", container, "json"))

    async def stats(self, container: str) -> ContainerStats:
        """What it uses; the engine takes one to two seconds for two looks."""
        async with asyncio.TaskGroup() as both:
            inspecting = both.create_task(_caught(self._document(container)))
            measuring = both.create_task(
                _caught(
                    self._api.ask("containers", container, "stats", query={"stream": 0}, within=STATS_WITHIN)
                )
            )
        document, answer = inspecting.result(), measuring.result()
        if isinstance(document, ContainerError):
            raise document
        if isinstance(answer, ContainerError):
            raise answer
        try:
            state = read_state(document, self._clock.now())
            if not state.state.lives:
                raise ConflictError(f"The container {state.name} does not run: it uses nothing.")
            return read_stats(self._api.decoded(answer), document["HostConfig"], state.restart_count)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise self._api.nonsense(error) from error

    async def logs(self, container: str, lines: int = 100) -> Sequence[LogLine]:
        """The last lines that it printed, oldest first."""
        query = {"stdout": 1, "stderr": 1, "timestamps": 1, "tail": lines}
        answer = await self._api.ask("containers", container, "logs", query=query)
        document = await self._document(container)
        return read_log(answer.body, terminal=bool(document["Config"].get("Tty")))[-lines:]

    async def subscribe(self, after_nano: int = 0) -> EventSource:
        """Returns once the engine has begun to tell."""
        self._api.forget()
        query: dict[str, str | int] = {"filters": await self._filters()}
        if after_nano:
            query["since"] = f"{after_nano // 10**9}.{after_nano % 10**9:09d}"
        following = await self._api.http.follow(await self._api.path("events"), query)
        self._api.require(following.answer)
        return _Events(following, self._clock)

    async def _filters(self) -> str:
        """Only what is wanted, sorted out where it arises. Podman has words of its own: there only by kind."""
        filters = {"type": ["container", "network"]}
        if (await self._api.version()).product != PODMAN:
            filters["event"] = list(EVENT_WORDS)
        return msgspec.json.encode(filters).decode()

    async def close(self) -> None:
        """Lets go of all connections."""
        await self._api.http.close()


async def _caught(asking: Any) -> Any:
    """The result or the error, so that one of two questions does not hide behind a group of exceptions."""
    try:
        return await asking
    except ContainerError as error:
        return error


class _Events:
    """Implements `atalaia.ports.containers.EventSource`."""

    def __init__(self, following: Following, clock: Clock) -> None:
        self._following = following
        self._clock = clock

    async def __aiter__(self) -> AsyncIterator[ContainerEvent]:
        async for line in self._following.lines():
            try:
                event = read_event(line, self._clock.now())
            except msgspec.MsgspecError as error:
                raise EngineError(f"The container engine told something that is no event: {error}.") from error
            if event is not None:
                yield event

    async def close(self) -> None:
        """Ends the subscription."""
        await self._following.close()
