"""Containers as the engine needs them: what they are, what happens to them, and what may be done to them.
 Looking (`ContainerObserver`, `ContainerStream`) and acting (`ContainerActor`) are separate protocols with
separate connections, so that a server which only watches holds nothing that could change a container. The
values of the acting side are in `container_actions`.

Instants are epoch seconds. Those that a container engine gave are told by the engine's clock, which on another
machine need not be ours.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from atalaia.core.instants import NEVER, Instant

# --- what a container is --------------------------------------------------------------------------------------


class RunState(StrEnum):
    """What a container's main process does, in Docker's words."""

    CREATED = "created"
    RUNNING = "running"
    PAUSED = "paused"
    RESTARTING = "restarting"
    """It ended, and the engine's restart policy is about to start it again."""
    REMOVING = "removing"
    EXITED = "exited"
    DEAD = "dead"
    """Also what an engine says that we do not know."""

    @property
    def lives(self) -> bool:
        """Whether it has processes. A paused one has, and they do nothing."""
        return self in (RunState.RUNNING, RunState.PAUSED)


class Health(StrEnum):
    """What a container's own health check says."""

    NONE = "none"
    """It has no health check."""
    STARTING = "starting"
    HEALTHY = "healthy"
    UNHEALTHY = "unhealthy"


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A container's place in one network."""

    network: str
    network_id: str = ""
    aliases: tuple[str, ...] = ()
    """Further names under which the others in the network find it. Only an inspection knows them."""
    address: str = ""
    """IPv4; empty while the container does not run."""
    address6: str = ""


class PublishedPort(msgspec.Struct, frozen=True, kw_only=True):
    """A port of a container that can be reached on the engine's machine."""

    container_port: int
    protocol: str = "tcp"
    address: str
    port: int


class RestartPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What the engine itself does when the container ends."""

    name: str = "no"
    """``no``, ``always``, ``unless-stopped`` or ``on-failure``."""
    max_retries: int = 0
    """For ``on-failure``; 0 is no limit."""


class ContainerSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a listing says about a container: cheap, one request for all of them."""

    id: str
    """Changes when the container is re-created."""
    name: str
    """Does not: this is who the container is to people."""
    image: str = ""
    """As it was named when the container was created."""
    image_id: str = ""
    labels: Mapping[str, str] = {}
    project: str = ""
    """Of compose; empty for a container that compose did not make."""
    service: str = ""
    """Of compose."""
    state: RunState
    health: Health | None = None
    """None where the listing does not tell (Podman)."""
    exit_code: int | None = None
    """Of its last end; None when it has none, or the listing does not tell."""
    created: Instant = NEVER
    networks: tuple[Attachment, ...] = ()
    ports: tuple[PublishedPort, ...] = ()
    seen: Instant
    """When it was read."""
    running_for_at_most: float | None = None
    """Seconds; for one that lives, and None where it is not told. Listings round."""
    ended_at_most_ago: float | None = None
    """Seconds; for one that ended, and None where it is not told. Listings round."""


class ContainerState(ContainerSummary, frozen=True, kw_only=True):
    """Everything about a container as it is at this moment; one request for each."""

    oom_killed: bool = False
    error: str = ""
    """Why the engine could not start it."""
    started: Instant = NEVER
    finished: Instant = NEVER
    """Its last end, also when it runs again."""
    restart_count: int = 0
    """How often the engine's restart policy started it since somebody did."""
    restart_policy: RestartPolicy = RestartPolicy()
    auto_remove: bool = False
    """The engine removes it as soon as it ends (``--rm``): then only its blueprint is left."""
    pid: int = 0
    """Of its main process on the engine's machine; 0 when it does not run."""
    failing_streak: int = 0
    """Failed health checks in a row."""
    health_checked: Instant = NEVER
    """When its last health check ended."""
    health_output: str = ""
    """What that printed."""


class Blueprint(msgspec.Struct, frozen=True, kw_only=True):
    """All that is needed to make a container exactly as it was, under the same name. JSON-storable and opaque:
    only the actor of the same `kind` reads `body`.

    It may hold secrets (environment variables), so it is never printed: its repr leaves the body out.

    Not in it: what the container wrote into its own file system, and the contents of volumes.
    """

    kind: str
    """Who can build it: ``docker`` or ``process``."""
    name: str
    image: str
    image_id: str
    container_id: str
    """Of the container that it describes."""
    taken: Instant
    body: str
    """JSON."""

    def __repr__(self) -> str:
        return f"Blueprint(kind={self.kind!r}, name={self.name!r}, image={self.image!r}, taken={self.taken!r})"


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """One container looked at closely."""

    state: ContainerState
    blueprint: Blueprint


# --- what happens to a container ------------------------------------------------------------------------------


class Action(StrEnum):
    """What happened."""

    CREATED = "created"
    STARTED = "started"
    DIED = "died"
    OOM = "oom"
    """It ran out of memory. Usually it dies next; a child process may have been killed instead."""
    KILLED = "killed"
    """Somebody sent it a signal; it need not have ended."""
    STOPPED = "stopped"
    """Somebody had the engine stop it; comes after `DIED`."""
    PAUSED = "paused"
    UNPAUSED = "unpaused"
    HEALTH = "health"
    """Its health check says something new."""
    RENAMED = "renamed"
    RESTARTED = "restarted"
    """Somebody had the engine restart it; comes after `DIED` and `STARTED`."""
    UPDATED = "updated"
    """Its limits or its restart policy were changed."""
    NETWORK_CONNECTED = "network_connected"
    NETWORK_DISCONNECTED = "network_disconnected"
    DESTROYED = "destroyed"


class ContainerEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to one container."""

    time: Instant
    """When, by the engine's clock."""
    nano: int
    """The same in whole nanoseconds, which a float cannot hold."""
    received: Instant
    """When we heard of it."""
    action: Action
    raw: str
    """The engine's own word for it; ``reconciled`` when nobody told us and a listing showed it."""
    id: str
    name: str
    """Empty where the engine did not tell and the container is not known."""
    image: str = ""
    attributes: Mapping[str, str] = {}
    """What the engine told beside; holds the container's labels too."""
    exit_code: int | None = None
    """For `DIED`: None when it is not known any more."""
    signal: int = 0
    """For `KILLED`: what was sent. For `DIED`: the signal that ended it, as told by an exit code above 128."""
    health: Health | None = None
    """For `HEALTH`."""
    old_name: str = ""
    """For `RENAMED`."""
    network: str = ""
    """For the two about networks."""
    synthetic: bool = False
    """Nobody told us: a listing showed the difference. `time` is then the container's own record where there is
    one (start, end, health), else the moment of looking."""
    late: bool = False
    """It is older than something of the same kind already told: good for the history, not for the present."""

    @property
    def key(self) -> tuple[int, str, str]:
        """The same for the same event, however often it is told."""
        return (self.nano, self.id, self.raw)


class ContainerStats(msgspec.Struct, frozen=True, kw_only=True):
    """What a container uses. None where the engine does not tell."""

    time: Instant
    cpu: float | None
    """Of one core: 1.5 is one and a half cores."""
    cpu_limit: float | None
    """In cores; None is no limit."""
    memory: int | None
    """Bytes, without what the kernel only caches for it."""
    memory_limit: int | None
    """Bytes; None is no limit."""
    pids: int | None = None
    pids_limit: int | None = None
    restarts: int = 0
    """See `ContainerState.restart_count`."""
    network_received: int | None = None
    """Bytes since its start; this and the three below."""
    network_sent: int | None = None
    block_read: int | None = None
    block_written: int | None = None

    @property
    def cpu_of_limit(self) -> float | None:
        """1.0 is all that it may use; None without a limit."""
        return self.cpu / self.cpu_limit if self.cpu is not None and self.cpu_limit else None

    @property
    def memory_of_limit(self) -> float | None:
        """1.0 is all that it may use; None without a limit."""
        return self.memory / self.memory_limit if self.memory is not None and self.memory_limit else None


class LogLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line that a container printed."""

    time: Instant
    """0 where it is not known."""
    stream: str
    """``stdout`` or ``stderr``; a container with a terminal has only the first."""
    text: str


class EngineVersion(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers."""

    product: str
    """``Docker``, ``Podman`` or ``launcher``."""
    version: str
    api: str = ""
    """The API version that is spoken with it."""


# --- errors ---------------------------------------------------------------------------------------------------


class ContainerError(Exception):
    """Something about containers went wrong; the sentence says what, where, and what to do.

    Attributes:
        retryable: whether the same may succeed later.
    """

    retryable = False


class EngineAwayError(ContainerError):
    """The container engine does not answer."""

    retryable = True


class NotFoundError(ContainerError):
    """There is no such container, image or network."""


class ConflictError(ContainerError):
    """It does not go together with the state that the container is in, or the name is taken."""


class EngineError(ContainerError):
    """The engine answered that it cannot, or something that makes no sense.

    Attributes:
        status: HTTP's number; 0 when there was none.
    """

    def __init__(self, sentence: str, *, status: int = 0) -> None:
        super().__init__(sentence)
        self.status = status


# --- looking --------------------------------------------------------------------------------------------------


class EventSource(Protocol):
    """Events of one subscription, in the order in which the engine told them. Not to be trusted alone: see
    `ContainerStream`."""

    def __aiter__(self) -> AsyncIterator[ContainerEvent]:
        """Ends when the engine ends the stream.

        Raises:
            EngineAwayError: the connection is lost.
        """
        ...

    async def close(self) -> None:
        """Ends the subscription; a pending iteration ends too."""
        ...


class ContainerObserver(Protocol):
    """Looks at the containers of one engine and changes nothing. Called from the event loop.

    Every method raises `EngineAwayError` when the engine does not answer and `EngineError` when it answers
    something unexpected. Containers are named by name or id.
    """

    @property
    def address(self) -> str:
        """The engine, for people."""
        ...

    async def ping(self) -> None:
        """Returns when the engine answers."""
        ...

    async def version(self) -> EngineVersion:
        """Who answers."""
        ...

    async def containers(self) -> Sequence[ContainerSummary]:
        """All containers, also those that do not run."""
        ...

    async def inspect(self, container: str) -> Inspection:
        """One of them, closely.

        Raises:
            NotFoundError: there is none.
        """
        ...

    async def stats(self, container: str) -> ContainerStats:
        """What it uses right now. The engine may take a second or two to measure.

        Raises:
            NotFoundError: there is none.
            ConflictError: it does not run.
        """
        ...

    async def logs(self, container: str, lines: int = 100) -> Sequence[LogLine]:
        """The last lines that it printed, oldest first.

        Raises:
            NotFoundError: there is none.
            EngineError: its log driver keeps nothing that could be read.
        """
        ...

    async def subscribe(self, after_nano: int = 0) -> EventSource:
        """Returns once the engine has begun to tell.

        Args:
            after_nano: also tell what happened from this instant on, as far as the engine remembers; what
                happened at it may be told again. 0 tells only what happens from now on.
        """
        ...

    async def close(self) -> None:
        """Lets go of all connections."""
        ...


class StreamHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How well we hear from one engine."""

    address: str
    connected: bool = False
    """Events arrive as they happen."""
    since: Instant = NEVER
    """Since when `connected` is what it is; 0 before the first try."""
    answering: bool = False
    """The last ping was answered in time."""
    last_ping: Instant = NEVER
    """The last one that was answered."""
    last_event: Instant = NEVER
    """When we last heard of an event; not a synthetic one."""
    last_reconcile: Instant = NEVER
    """When what we believe was last compared with a listing."""
    reconcile_seconds: float = 0.0
    """How long that took."""
    error: str = ""
    """What is wrong now, in a sentence; empty when nothing is."""
    containers: int = 0
    reconnects: int = 0
    repaired: int = 0
    """Synthetic events: what the stream failed to tell."""
    doubles: int = 0
    """Events that were told again, and not handed on."""
    late: int = 0

    @property
    def blind(self) -> bool:
        """Whether containers could die without our hearing of it."""
        return not (self.connected and self.answering)


class StreamReceiver(Protocol):
    """Who hears from a stream. Called from the event loop, one call at a time; must not block. What it raises
    ends the stream."""

    def happened(self, event: ContainerEvent) -> None:
        """Something happened."""
        ...

    def listed(self, containers: Sequence[ContainerSummary]) -> None:
        """All containers as they are; first when the stream begins, then after each comparison, after the
        events that came of it."""
        ...

    def stream_changed(self, health: StreamHealth) -> None:
        """Connected, lost, answering again, or another error: a good moment for an alarm or its end."""
        ...


class ContainerStream(Protocol):
    """The events of one engine, made trustworthy: it connects again and again, tells nothing twice, and
    compares what it was told with listings, so that what was not told is told too."""

    @property
    def health(self) -> StreamHealth:
        """How well it hears."""
        ...

    @property
    def picture(self) -> Collection[ContainerSummary]:
        """The containers as they are believed to be."""
        ...

    async def run(
        self, receiver: StreamReceiver, *, after_nano: int = 0, known: Collection[ContainerSummary] = ()
    ) -> None:
        """Runs until it is cancelled.

        Args:
            receiver: who hears.
            after_nano: `ContainerEvent.nano` of the last event that a former run handled and that was not
                synthetic: what happened later is told as far as the engine remembers.
            known: the last picture of a former run. What has changed since is told as synthetic events. Without
                it the first listing is simply believed.
        """
        ...

    def reconcile_soon(self) -> None:
        """Has it compare with a listing now instead of at its next time."""
        ...
