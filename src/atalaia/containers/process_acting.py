"""Acting on the parts of a launcher: see `processes`."""

import signal as signals
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NoReturn

from atalaia.containers.allowing import Door
from atalaia.containers.processes import ANSWER_WITHIN, START_WITHIN, LauncherSocket
from atalaia.ports.clock import Clock
from atalaia.ports.container_actions import Audit, Permission, Verb
from atalaia.ports.containers import Blueprint, EngineError

_USUAL_GRACE = 10.0
"""Seconds; the launcher's."""


class ProcessActor:
    """Implements `atalaia.ports.container_actions.ContainerActor` for the parts of a launcher.

    A part cannot be removed: it is put back by starting it, so nothing is ever created.

    Args:
        folder: the launcher's run folder.
        clock: for the records.
        permissions: what is allowed.
        audit: is told of every action.
    """

    verbs = frozenset({Verb.START, Verb.STOP, Verb.RESTART, Verb.KILL, Verb.PAUSE, Verb.UNPAUSE})

    def __init__(self, folder: Path, clock: Clock, permissions: Collection[Permission], audit: Audit) -> None:
        self._launcher = LauncherSocket(folder)
        self._door = Door(permissions, audit, clock, self.verbs)

    def may(self, verb: Verb, name: str) -> bool:
        """Whether that is allowed, and possible."""
        return self._door.may(verb, name)

    async def start(self, name: str, *, why: str = "") -> None:
        """Starts it and waits until it answers; one that runs already is left alone."""
        async with self._door.passing(Verb.START, name, why):
            await self._do("start", name, within=START_WITHIN)

    async def stop(self, name: str, *, grace: float | None = None, signal: str = "", why: str = "") -> None:
        """Ends it in order, always by SIGTERM; one that does not run is left alone."""
        async with self._door.passing(Verb.STOP, name, why, grace=grace, signal=signal):
            if signal and signal_number(signal) != signals.SIGTERM:
                raise EngineError("The launcher stops its parts by SIGTERM only.")
            await self._do("stop", name, _words(grace), within=ANSWER_WITHIN + (grace or _USUAL_GRACE))

    async def restart(self, name: str, *, grace: float | None = None, why: str = "") -> None:
        """Stops it and starts it again."""
        async with self._door.passing(Verb.RESTART, name, why, grace=grace):
            await self._do("restart", name, _words(grace), within=START_WITHIN + (grace or _USUAL_GRACE))

    async def kill(self, name: str, *, signal: str = "SIGKILL", why: str = "") -> None:
        """Sends a signal to all its processes."""
        async with self._door.passing(Verb.KILL, name, why, signal=signal):
            await self._do("signal", name, str(signal_number(signal)))

    async def pause(self, name: str, *, why: str = "") -> None:
        """Freezes all its processes."""
        async with self._door.passing(Verb.PAUSE, name, why):
            await self._do("pause", name)

    async def unpause(self, name: str, *, why: str = "") -> None:
        """Lets them go on."""
        async with self._door.passing(Verb.UNPAUSE, name, why):
            await self._do("unpause", name)

    async def remove(self, name: str, *, force: bool = False, volumes: bool = False, why: str = "") -> None:
        """Is refused."""
        await self._refuse(Verb.REMOVE, name, why, force=force, volumes=volumes)

    async def create(self, blueprint: Blueprint, *, why: str = "") -> str:
        """Is refused."""
        await self._refuse(Verb.CREATE, blueprint.name, why, image=blueprint.image)

    async def connect(
        self, name: str, network: str, *, aliases: Sequence[str] = (), address: str = "", why: str = ""
    ) -> None:
        """Is refused."""
        arguments = {"network": network, "aliases": " ".join(aliases), "address": address}
        await self._refuse(Verb.CONNECT, name, why, **arguments)

    async def disconnect(self, name: str, network: str, *, force: bool = False, why: str = "") -> None:
        """Is refused."""
        await self._refuse(Verb.DISCONNECT, name, why, network=network, force=force)

    async def close(self) -> None:
        """There is nothing to let go of."""

    async def _refuse(self, verb: Verb, name: str, why: str, **arguments: object) -> NoReturn:
        async with self._door.passing(verb, name, why, **arguments):
            pass
        raise AssertionError(verb)  # the door does not let pass what is not in `verbs`

    async def _do(self, verb: str, name: str, *words: str, within: float = ANSWER_WITHIN) -> None:
        part = (await self._launcher.part(name)).part
        await self._launcher.ask(" ".join((verb, part, *words)).strip(), within=within)


def _words(grace: float | None) -> str:
    return "" if grace is None else f"{grace:g}"


def signal_number(text: str) -> int:
    """The number of a signal that is given by name (with or without SIG) or number.

    Raises:
        EngineError: there is none.
    """
    name = text.upper()
    try:
        if name.isdigit():
            return int(signals.Signals(int(name)))
        return int(signals.Signals[name if name.startswith("SIG") else f"SIG{name}"])
    except (KeyError, ValueError):
        raise EngineError(f"There is no signal {text!r}.") from None
