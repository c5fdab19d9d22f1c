"""Acting on containers through Docker's API, or Podman's version of it: its own connections, its own
permissions."""

import math
import re
from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any

import msgspec

from atalaia.containers.address import EngineAddress
from atalaia.containers.allowing import Door
from atalaia.containers.blueprints import Plan, plan
from atalaia.containers.docker import DockerApi
from atalaia.ports.clock import Clock
from atalaia.ports.container_actions import Audit, Permission, Verb
from atalaia.ports.containers import Blueprint, ConflictError, ContainerError, NotFoundError

USUAL_GRACE = 10.0
"""Seconds between the signal and the kill when neither the caller nor the container says otherwise
(Docker's)."""
LONGEST_GRACE = 600.0
"""Seconds that are allowed to what the container itself says."""
ACTED_WITHIN = 60.0
"""Seconds for an action, besides the time that a container gets to end."""
REMOVED_WITHIN = 15.0
"""Seconds that a container which the engine is removing may keep its name."""
_LIKE_AN_ID = re.compile(r"[0-9a-f]{1,64}")
_SIGNAL_WITH_STOP = (1, 42)
"""Since this API the engine stops with a signal of the caller's choice."""


class DockerActor:
    """Implements `atalaia.ports.container_actions.ContainerActor`.

    Args:
        address: the engine.
        clock: for the records.
        permissions: what is allowed; nothing else leaves this object.
        audit: is told of every action.

    Raises:
        atalaia.containers.address.AddressError: the engine's certificates cannot be used.
    """

    verbs = frozenset(Verb)

    def __init__(
        self, address: EngineAddress, clock: Clock, permissions: Collection[Permission], audit: Audit
    ) -> None:
        self._api = DockerApi(address)
        self._door = Door(permissions, audit, clock, self.verbs)

    def may(self, verb: Verb, name: str) -> bool:
        """Whether that is allowed."""
        return self._door.may(verb, name)

    def _acting(
        self, verb: Verb, name: str, why: str, **arguments: object
    ) -> AbstractAsyncContextManager[None]:
        # Actions are rare, and by now another version of the engine may answer.
        self._api.forget()
        return self._door.passing(verb, name, why, **arguments)

    async def start(self, name: str, *, why: str = "") -> None:
        """Starts it; one that runs already is left alone."""
        async with self._acting(Verb.START, name, why):
            await self._do(name, "start")

    async def stop(self, name: str, *, grace: float | None = None, signal: str = "", why: str = "") -> None:
        """Ends it in order; one that does not run is left alone."""
        async with self._acting(Verb.STOP, name, why, grace=grace, signal=signal):
            query = _grace(grace)
            if signal and _api_version((await self._api.version()).api) < _SIGNAL_WITH_STOP:
                query = await self._end_by_signal(name, signal, grace)
            elif signal:
                query["signal"] = signal
            await self._do(name, "stop", query, within=_patience(grace))

    async def _end_by_signal(self, name: str, signal: str, grace: float | None) -> dict[str, str | int]:
        """Sends the signal and waits; what is left for `stop` is the kill, and to note that it was asked
        for."""
        try:
            await self._do(name, "kill", {"signal": signal})
            await self._do(name, "wait", within=USUAL_GRACE if grace is None else max(grace, 0.1))
        except ConflictError:  # it does not run
            return {}
        except ContainerError as error:
            if not error.retryable:
                raise
        return {"t": 0}

    async def restart(self, name: str, *, grace: float | None = None, why: str = "") -> None:
        """Stops it as `stop` does and starts it again."""
        async with self._acting(Verb.RESTART, name, why, grace=grace):
            await self._do(name, "restart", _grace(grace), within=_patience(grace))

    async def kill(self, name: str, *, signal: str = "SIGKILL", why: str = "") -> None:
        """Sends a signal to its main process."""
        async with self._acting(Verb.KILL, name, why, signal=signal):
            await self._do(name, "kill", {"signal": signal})

    async def pause(self, name: str, *, why: str = "") -> None:
        """Freezes all its processes."""
        async with self._acting(Verb.PAUSE, name, why):
            await self._do(name, "pause")

    async def unpause(self, name: str, *, why: str = "") -> None:
        """Lets them go on."""
        async with self._acting(Verb.UNPAUSE, name, why):
            await self._do(name, "unpause")

    async def remove(self, name: str, *, force: bool = False, volumes: bool = False, why: str = "") -> None:
        """Removes it."""
        async with self._acting(Verb.REMOVE, name, why, force=force, volumes=volumes):
            await self._remove(await self._target(name), force=force, volumes=volumes)

    async def connect(
        self, name: str, network: str, *, aliases: Sequence[str] = (), address: str = "", why: str = ""
    ) -> None:
        """Puts it into a network."""
        arguments = {"network": network, "aliases": " ".join(aliases), "address": address}
        async with self._acting(Verb.CONNECT, name, why, **arguments):
            endpoint: dict[str, Any] = {"Aliases": list(aliases)} if aliases else {}
            if address:
                endpoint["IPAMConfig"] = {"IPv4Address": address}
            await self._connect(await self._target(name), network, endpoint)

    async def disconnect(self, name: str, network: str, *, force: bool = False, why: str = "") -> None:
        """Takes it out of a network."""
        async with self._acting(Verb.DISCONNECT, name, why, network=network, force=force):
            await self._disconnect(await self._target(name), network, force=force)

    async def create(self, blueprint: Blueprint, *, why: str = "") -> str:
        """Makes a container as the blueprint describes, under its name, in the same networks; does not start
        it.

        Nameless volumes that still exist are mounted again. Where the image's name now means another image, the
        very image of the blueprint is used, by its id.
        """
        arguments = {"image": blueprint.image, "image_id": blueprint.image_id}
        async with self._acting(Verb.CREATE, blueprint.name, why, **arguments):
            wanted = plan(blueprint)
            body = dict(wanted.body)
            body["Image"] = await self._image(blueprint)
            if kept := await self._volumes_left(wanted):
                host = dict(body["HostConfig"])
                host["Binds"] = [*(host.get("Binds") or ()), *kept]
                body["HostConfig"] = host
            created = await self._create(wanted, body)
            try:
                if wanted.leave:
                    await self._disconnect(created, wanted.leave, force=True)
                for connection in wanted.connections:
                    await self._connect(created, connection.network, connection.endpoint)
            except ContainerError:
                # Half a container must not take the name.
                with suppress(ContainerError):
                    await self._remove(created, force=True, volumes=True)
                raise
            return created

    async def close(self) -> None:
        """Lets go of all connections."""
        await self._api.http.close()

    # --- requests ---------------------------------------------------------------------------------------

    async def _do(
        self,
        name: str,
        what: str,
        query: dict[str, str | int] | None = None,
        *,
        within: float = ACTED_WITHIN,
    ) -> None:
        path = await self._api.path("containers", await self._target(name), what)
        self._api.require(await self._api.http.act("POST", path, query, within=within))

    async def _target(self, name: str) -> str:
        """What to call a container by.

        An engine that has no container of a name looks for one whose id begins like it. A name that could be
        the begin of an id is therefore looked up first, so that nobody else is ever meant.
        """
        if not _LIKE_AN_ID.fullmatch(name):
            return name
        filters = msgspec.json.encode({"name": [f"^/{name}$"]}).decode()
        found = self._api.decoded(
            await self._api.ask("containers", "json", query={"all": 1, "filters": filters})
        )
        for one in found:
            if f"/{name}" in (one.get("Names") or ()):
                return str(one["Id"])
        raise NotFoundError(f"There is no container named {name}.")

    async def _remove(self, target: str, *, force: bool, volumes: bool) -> None:
        path = await self._api.path("containers", target)
        query = {"force": int(force), "v": int(volumes)}
        self._api.require(await self._api.http.act("DELETE", path, query, within=ACTED_WITHIN))

    async def _connect(self, target: str, network: str, endpoint: dict[str, Any]) -> None:
        path = await self._api.path("networks", network, "connect")
        body = {"Container": target, "EndpointConfig": endpoint}
        self._api.require(await self._api.http.act("POST", path, None, body, within=ACTED_WITHIN))

    async def _disconnect(self, target: str, network: str, *, force: bool) -> None:
        path = await self._api.path("networks", network, "disconnect")
        body = {"Container": target, "Force": force}
        self._api.require(await self._api.http.act("POST", path, None, body, within=ACTED_WITHIN))

    async def _create(self, wanted: Plan, body: dict[str, Any]) -> str:
        try:
            return await self._create_once(wanted.name, body)
        except ConflictError:
            if not await self._goes_away(wanted.name):
                raise
        return await self._create_once(wanted.name, body)

    async def _create_once(self, name: str, body: dict[str, Any]) -> str:
        path = await self._api.path("containers", "create")
        answer = await self._api.http.act("POST", path, {"name": name}, body, within=ACTED_WITHIN)
        self._api.require(answer)
        return str(self._api.decoded(answer)["Id"])

    async def _goes_away(self, name: str) -> bool:
        """Waits for a container which the engine is removing because it ended; False when it stays."""
        try:
            answer = await self._api.ask("containers", name, "json")
            document = self._api.decoded(answer)
            if document["State"].get("Running") or not document["HostConfig"].get("AutoRemove"):
                return False
            path = await self._api.path("containers", document["Id"], "wait")
            await self._api.http.act("POST", path, {"condition": "removed"}, within=REMOVED_WITHIN)
        except NotFoundError:
            return True
        return True

    async def _image(self, blueprint: Blueprint) -> str:
        """The image's name while it still means the same image, else its id."""
        try:
            told = self._api.decoded(await self._api.ask("images", blueprint.image, "json"))
            # Podman writes some ids without the name of the hash.
            if str(told.get("Id")).removeprefix("sha256:") == blueprint.image_id.removeprefix("sha256:"):
                return blueprint.image
        except NotFoundError:
            pass
        return blueprint.image_id or blueprint.image

    async def _volumes_left(self, wanted: Plan) -> list[str]:
        left = []
        for name, destination in wanted.volumes.items():
            try:
                await self._api.ask("volumes", name)
            except NotFoundError:
                continue
            left.append(f"{name}:{destination}")
        return left


def _patience(grace: float | None) -> float:
    return ACTED_WITHIN + (LONGEST_GRACE if grace is None else grace)


def _grace(grace: float | None) -> dict[str, str | int]:
    return {} if grace is None else {"t": math.ceil(grace)}


def _api_version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
