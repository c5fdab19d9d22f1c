"""Acting on containers: what may be done, who is told of it, and how it is done.

Apart from `containers`, which only looks: a server that was given no permission never holds an actor.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Protocol

import msgspec

from atalaia.core.instants import Instant
from atalaia.ports.containers import Blueprint, ContainerError


class Verb(StrEnum):
    """What can be done to a container."""

    START = "start"
    STOP = "stop"
    RESTART = "restart"
    KILL = "kill"
    PAUSE = "pause"
    UNPAUSE = "unpause"
    REMOVE = "remove"
    CREATE = "create"
    CONNECT = "connect"
    DISCONNECT = "disconnect"


class Permission(msgspec.Struct, frozen=True):
    """One verb on the containers whose name matches a pattern (``web-*``; capitals count)."""

    verb: Verb
    pattern: str

    def covers(self, verb: Verb, name: str) -> bool:
        """Whether this is allowed by it."""
        return verb is self.verb and fnmatchcase(name, self.pattern)


class Outcome(StrEnum):
    """How far an action came."""

    REFUSED = "refused"
    """Nothing allows it; the engine was not asked."""
    BEGUN = "begun"
    """It is about to be asked for."""
    DONE = "done"
    FAILED = "failed"
    """The engine did not do it; where the connection was lost meanwhile, that is not known for certain."""


class ActionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written down about an action. One that is not refused is reported twice, at its begin and
    at its end, with the same number."""

    number: int
    """Counts the actions of one actor."""
    verb: Verb
    container: str
    """Name."""
    arguments: dict[str, str] = {}
    why: str = ""
    """What the caller said."""
    outcome: Outcome
    time: Instant
    seconds: float = 0.0
    """Since its begin."""
    error: str = ""


Audit = Callable[[ActionRecord], None]
"""Takes every record. When it raises on a begin, the action is not asked for: nothing is done that cannot be
written down."""


class NotAllowedError(ContainerError):
    """Nothing allows this action; no request was sent."""

    def __init__(self, verb: Verb, name: str) -> None:
        super().__init__(
            f"It is not allowed to {verb} the container {name!r}. Allow it by name or pattern if it is wanted."
        )
        self.verb = verb
        self.name = name


class ContainerActor(Protocol):
    """Acts on the containers of one engine, within what was allowed when it was made. Called from the event
    loop.

    Containers are named by *name* only: permissions are given to names, and an id could be anybody's.
    Every method raises, besides what it names itself:

        NotAllowedError: nothing allows it; no request was sent.
        EngineAwayError: no answer. Whether it was done is then not known: look.
        NotFoundError: there is no such container.
        EngineError: the engine says that it cannot.
    """

    @property
    def verbs(self) -> frozenset[Verb]:
        """What this engine can do at all."""
        ...

    def may(self, verb: Verb, name: str) -> bool:
        """Whether that is allowed, and possible with this engine."""
        ...

    async def start(self, name: str, *, why: str = "") -> None:
        """Starts it; one that runs already is left alone."""
        ...

    async def stop(self, name: str, *, grace: float | None = None, signal: str = "", why: str = "") -> None:
        """Ends it in order; one that does not run is left alone.

        Args:
            name: whom.
            grace: seconds until it is killed; None is what the container was created with.
            signal: what is sent first, such as ``SIGQUIT``; empty is what the container was created with.
            why: for the record.
        """
        ...

    async def restart(self, name: str, *, grace: float | None = None, why: str = "") -> None:
        """Stops it as `stop` does and starts it again."""
        ...

    async def kill(self, name: str, *, signal: str = "SIGKILL", why: str = "") -> None:
        """Sends a signal to its main process.

        Raises:
            ConflictError: it does not run.
        """
        ...

    async def pause(self, name: str, *, why: str = "") -> None:
        """Freezes all its processes.

        Raises:
            ConflictError: it does not run, or is paused.
        """
        ...

    async def unpause(self, name: str, *, why: str = "") -> None:
        """Lets them go on.

        Raises:
            ConflictError: it is not paused.
        """
        ...

    async def remove(self, name: str, *, force: bool = False, volumes: bool = False, why: str = "") -> None:
        """Removes it.

        Args:
            name: whom.
            force: kill it first when it runs.
            volumes: remove its nameless volumes too.
            why: for the record.

        Raises:
            ConflictError: it runs, and `force` was not given.
        """
        ...

    async def create(self, blueprint: Blueprint, *, why: str = "") -> str:
        """Makes a container as the blueprint describes, under its name, in the same networks; does not start
        it.

        One of the same name that the engine is just removing (``--rm``) is waited for.

        Returns:
            The id of the new container.

        Raises:
            ConflictError: the name is taken.
            NotFoundError: its image or a network is gone.
        """
        ...

    async def connect(
        self, name: str, network: str, *, aliases: Sequence[str] = (), address: str = "", why: str = ""
    ) -> None:
        """Puts it into a network.

        Args:
            name: whom.
            network: name of the network.
            aliases: further names for it there.
            address: a fixed IPv4 address; empty lets the engine choose.
            why: for the record.
        """
        ...

    async def disconnect(self, name: str, network: str, *, force: bool = False, why: str = "") -> None:
        """Takes it out of a network."""
        ...

    async def close(self) -> None:
        """Lets go of all connections."""
        ...
