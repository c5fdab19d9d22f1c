"""What a container engine's JSON means, as the values of the port. Pure: no connection, no clock.
 Docker's and Podman's shapes, of control groups v1 and v2, go through the same functions; where they differ it
is said.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from atalaia.core.instants import NEVER, Instant
from atalaia.ports.containers import (
    Action,
    Attachment,
    ContainerEvent,
    ContainerState,
    ContainerStats,
    ContainerSummary,
    Health,
    PublishedPort,
    RestartPolicy,
    RunState,
)

PROJECT = "com.docker.compose.project"
SERVICE = "com.docker.compose.service"

EVENT_WORDS = {
    "create": Action.CREATED,
    "start": Action.STARTED,
    "die": Action.DIED,
    "oom": Action.OOM,
    "kill": Action.KILLED,
    "stop": Action.STOPPED,
    "pause": Action.PAUSED,
    "unpause": Action.UNPAUSED,
    "health_status": Action.HEALTH,
    "destroy": Action.DESTROYED,
    "rename": Action.RENAMED,
    "restart": Action.RESTARTED,
    "update": Action.UPDATED,
    "connect": Action.NETWORK_CONNECTED,
    "disconnect": Action.NETWORK_DISCONNECTED,
}
"""Docker's words for what we want to hear. It tells much more: each health check alone is three events."""
_FURTHER_WORDS = {"remove": Action.DESTROYED, "died": Action.DIED}  # Podman's
_OF_NETWORKS = (Action.NETWORK_CONNECTED, Action.NETWORK_DISCONNECTED)

_STATES = {one.value: one for one in RunState} | {
    # Podman's
    "configured": RunState.CREATED,
    "initialized": RunState.CREATED,
    "stopping": RunState.RUNNING,
    "stopped": RunState.EXITED,
}
_NO_LIMIT = 1 << 62
"""Where there is no limit some kernels tell the largest number that they have."""


# --- listings -------------------------------------------------------------------------------------------------


class _Endpoint(msgspec.Struct, frozen=True):
    NetworkID: str | None = None
    IPAddress: str | None = None
    GlobalIPv6Address: str | None = None
    Aliases: list[str] | None = None


class _Networks(msgspec.Struct, frozen=True):
    Networks: dict[str, _Endpoint | None] | None = None


class _Port(msgspec.Struct, frozen=True):
    PrivatePort: int = 0
    PublicPort: int = 0
    IP: str = ""
    Type: str = "tcp"


class _Health(msgspec.Struct, frozen=True):
    Status: str = ""


class _Listed(msgspec.Struct, frozen=True):
    Id: str
    Names: list[str] | None = None
    Image: str = ""
    ImageID: str = ""
    Created: int = 0
    Ports: list[_Port] | None = None
    Labels: dict[str, str] | None = None
    State: str = ""
    Status: str = ""
    NetworkSettings: _Networks | None = None
    Health: _Health | None = None  # API 1.52


_listing = msgspec.json.Decoder(list[_Listed])


def read_listing(body: bytes, now: Instant, *, tells_health: bool) -> list[ContainerSummary]:
    """The containers of a listing.

    Args:
        body: JSON.
        now: when it was read, by our clock.
        tells_health: whether this engine's listing would show a health check (Docker's does, Podman's does
            not).

    Raises:
        msgspec.MsgspecError: it is not a listing.
    """
    return [_summary(one, now, tells_health=tells_health) for one in _listing.decode(body)]


def _summary(one: _Listed, now: Instant, *, tells_health: bool) -> ContainerSummary:
    labels = one.Labels or {}
    state = run_state(one.State)
    networks = (one.NetworkSettings.Networks if one.NetworkSettings else None) or {}
    return ContainerSummary(
        id=one.Id,
        name=_own_name(one.Names),
        image=one.Image,
        image_id=one.ImageID,
        labels=labels,
        project=labels.get(PROJECT, ""),
        service=labels.get(SERVICE, ""),
        state=state,
        health=_listed_health(one, state, tells_health=tells_health),
        exit_code=_listed_exit_code(one.Status),
        created=Instant(float(one.Created)),
        networks=tuple(_attachment(name, end) for name, end in sorted(networks.items())),
        ports=tuple(
            PublishedPort(
                container_port=port.PrivatePort, protocol=port.Type, address=port.IP, port=port.PublicPort
            )
            for port in one.Ports or ()
            if port.PublicPort
        ),
        seen=now,
        running_for_at_most=_at_most(one.Status, r"^Up (.*?)( \(.*\))?$") if state.lives else None,
        ended_at_most_ago=_at_most(one.Status, r"^Exited \(-?\d+\) (.*?)( ago)?$"),
    )


def _own_name(names: list[str] | None) -> str:
    """Without the slash. Links give a container further names, below those of others."""
    own = [name for name in names or () if name.count("/") <= 1]
    return own[0].lstrip("/") if own else ""


def _attachment(name: str, end: _Endpoint | None) -> Attachment:
    if end is None:
        return Attachment(network=name)
    return Attachment(
        network=name,
        network_id=end.NetworkID or "",
        aliases=tuple(end.Aliases or ()),
        address=end.IPAddress or "",
        address6=end.GlobalIPv6Address or "",
    )


def run_state(word: str) -> RunState:
    """An engine's word for a state."""
    return _STATES.get(word.lower(), RunState.DEAD)


def _health(word: str) -> Health | None:
    try:
        return Health(word or "none")
    except ValueError:
        return None


def _listed_health(one: _Listed, state: RunState, *, tells_health: bool) -> Health | None:
    if one.Health is not None and one.Health.Status:
        return _health(one.Health.Status)
    if not tells_health or state is not RunState.RUNNING:  # of a paused one only that is shown
        return None
    for word in (Health.HEALTHY, Health.UNHEALTHY, Health.STARTING):
        if one.Status.endswith((f"({word})", f"(health: {word})")):
            return word
    return Health.NONE


def _listed_exit_code(status: str) -> int | None:
    found = re.match(r"(?:Exited|Restarting) \((-?\d+)\)", status)
    return int(found[1]) if found else None


_UNITS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0, "month": 2592000.0}


def _at_most(status: str, pattern: str) -> float | None:
    """The longest time that a phrase such as *About an hour* or *3 days* may stand for, in seconds.

    Engines cut below hours and round hours; longer units are cut from rounded hours.
    """
    found = re.match(pattern, status)
    if not found:
        return None
    phrase = found[1]
    if phrase == "Less than a second":
        return 1.0
    phrase = phrase.replace("About a minute", "1 minute").replace("About an hour", "1 hour")
    number, _, unit = phrase.partition(" ")
    seconds = _UNITS.get(unit.removesuffix("s"), _UNITS["month"] * 13 if unit.startswith("year") else 0.0)
    if not number.isdigit() or not seconds:
        return None
    return (int(number) + 1) * seconds


# --- inspections ----------------------------------------------------------------------------------------------


def read_instant(text: str | None) -> Instant:
    """An instant as engines write it; 0 for none."""
    if not text or text.startswith("0001-"):
        return NEVER
    return Instant(datetime.fromisoformat(text).timestamp())


def read_state(document: Mapping[str, Any], now: Instant) -> ContainerState:
    """What an inspection says about a container, without what is needed to re-create it.

    Raises:
        KeyError: it is no inspection.
    """
    state, config, host = document["State"], document["Config"], document["HostConfig"]
    settings = document.get("NetworkSettings") or {}
    labels = config.get("Labels") or {}
    health = state.get("Health") or {}
    log = health.get("Log") or [{}]
    policy = host.get("RestartPolicy") or {}
    run = run_state(state.get("Status", ""))
    own_id = document["Id"]
    networks = settings.get("Networks") or {}
    return ContainerState(
        id=own_id,
        name=document["Name"].lstrip("/"),
        image=config.get("Image") or "",
        image_id=document.get("Image") or "",
        labels=labels,
        project=labels.get(PROJECT, ""),
        service=labels.get(SERVICE, ""),
        state=run,
        health=_health(health.get("Status") or ""),
        exit_code=None if run is RunState.CREATED or run.lives else state.get("ExitCode"),
        created=read_instant(document.get("Created")),
        networks=tuple(_inspected_attachment(name, networks[name], own_id) for name in sorted(networks)),
        ports=tuple(_published(settings.get("Ports") or {})),
        seen=now,
        oom_killed=bool(state.get("OOMKilled")),
        error=state.get("Error") or "",
        started=read_instant(state.get("StartedAt")),
        finished=read_instant(state.get("FinishedAt")),
        restart_count=document.get("RestartCount") or 0,
        restart_policy=RestartPolicy(
            name=policy.get("Name") or "no", max_retries=policy.get("MaximumRetryCount") or 0
        ),
        auto_remove=bool(host.get("AutoRemove")),
        pid=state.get("Pid") or 0,
        failing_streak=health.get("FailingStreak") or 0,
        health_checked=read_instant(log[-1].get("End")),
        health_output=(log[-1].get("Output") or "").strip(),
    )


def own_aliases(end: Mapping[str, Any], container_id: str) -> list[str]:
    """The aliases that somebody gave; engines before API 1.44 add the short id to them."""
    return [alias for alias in end.get("Aliases") or () if alias != container_id[:12]]


def _inspected_attachment(name: str, end: Mapping[str, Any] | None, container_id: str) -> Attachment:
    end = end or {}
    return Attachment(
        network=name,
        network_id=end.get("NetworkID") or "",
        aliases=tuple(own_aliases(end, container_id)),
        address=end.get("IPAddress") or "",
        address6=end.get("GlobalIPv6Address") or "",
    )


def _published(ports: Mapping[str, list[dict[str, str]] | None]) -> list[PublishedPort]:
    found = []
    for key, bindings in sorted(ports.items()):
        number, _, protocol = key.partition("/")
        found += [
            PublishedPort(
                container_port=int(number),
                protocol=protocol or "tcp",
                address=binding.get("HostIp") or "",
                port=int(binding["HostPort"]),
            )
            for binding in bindings or ()
            if binding.get("HostPort")
        ]
    return found


# --- events ---------------------------------------------------------------------------------------------------


class _Actor(msgspec.Struct, frozen=True):
    ID: str = ""
    Attributes: dict[str, str] | None = None


class _Told(msgspec.Struct, frozen=True):
    Type: str = ""
    Action: str = ""
    Actor: _Actor = _Actor()
    nano: int = msgspec.field(default=0, name="timeNano")
    HealthStatus: str = ""  # Podman's


_event = msgspec.json.Decoder(_Told)


def read_event(line: bytes, now: Instant) -> ContainerEvent | None:
    """One event; None when it is about nothing that is wanted.

    Raises:
        msgspec.MsgspecError: it is not an event.
    """
    told = _event.decode(line)
    word, _, detail = told.Action.partition(": ")
    action = EVENT_WORDS.get(word) or _FURTHER_WORDS.get(word)
    if action is None or (told.Type == "network") is not (action in _OF_NETWORKS):
        return None
    if told.Type not in ("container", "network"):
        return None
    attributes = told.Actor.Attributes or {}
    name, identity, network = attributes.get("name", ""), told.Actor.ID, ""
    if action in _OF_NETWORKS:
        # Docker: the actor is the network. Podman: it is the container.
        identity = attributes.get("container") or identity
        network = attributes.get("network") or name
        name = name if "network" in attributes else ""
    exit_code = _number(attributes.get("exitCode")) if action is Action.DIED else None
    health = None
    if action is Action.HEALTH and (health := _health(detail or told.HealthStatus or "?")) is None:
        return None
    return ContainerEvent(
        time=Instant(told.nano / 1e9),
        nano=told.nano,
        received=now,
        action=action,
        raw=told.Action,
        id=identity,
        name=name,
        image=attributes.get("image", ""),
        attributes=attributes,
        exit_code=exit_code,
        signal=_signal(action, attributes, exit_code),
        health=health,
        old_name=attributes.get("oldName", "").lstrip("/"),
        network=network,
    )


def ending_signal(exit_code: int | None) -> int:
    """The signal behind an exit code above 128, as shells and engines write it; 0 for none."""
    return exit_code - 128 if exit_code is not None and 128 < exit_code <= 128 + 64 else 0


def _signal(action: Action, attributes: Mapping[str, str], exit_code: int | None) -> int:
    if action is Action.KILLED:
        return _number(attributes.get("signal")) or 0
    return ending_signal(exit_code)


def _number(text: str | None) -> int | None:
    try:
        return int(text or "")
    except ValueError:
        return None


# --- stats ----------------------------------------------------------------------------------------------------


def read_stats(document: Mapping[str, Any], host: Mapping[str, Any], restarts: int) -> ContainerStats:
    """What a container uses.

    Args:
        document: the engine's stats.
        host: ``HostConfig`` of its inspection, which holds the limits that were asked for.
        restarts: from its inspection.
    """
    memory = document.get("memory_stats") or {}
    pids = document.get("pids_stats") or {}
    networks = list((document.get("networks") or {}).values())
    blocks = (document.get("blkio_stats") or {}).get("io_service_bytes_recursive")
    return ContainerStats(
        time=read_instant(document.get("read")),
        cpu=_cpu(document),
        cpu_limit=_cpu_limit(host),
        memory=_memory(memory),
        memory_limit=_limit(host.get("Memory")),
        pids=pids.get("current"),
        pids_limit=_limit(host.get("PidsLimit") or pids.get("limit")),
        restarts=restarts,
        network_received=sum(one.get("rx_bytes", 0) for one in networks) if networks else None,
        network_sent=sum(one.get("tx_bytes", 0) for one in networks) if networks else None,
        block_read=_block_bytes(blocks, "read"),
        block_written=_block_bytes(blocks, "write"),
    )


def _cpu(document: Mapping[str, Any]) -> float | None:
    """Cores in use: seconds of CPU in the seconds between the engine's two looks."""
    used, before = (
        ((document.get(which) or {}).get("cpu_usage") or {}).get("total_usage")
        for which in ("cpu_stats", "precpu_stats")
    )
    first, last = read_instant(document.get("preread")), read_instant(document.get("read"))
    if used is None or before is None or not first or last <= first:
        return None
    return float(max(0, used - before)) / 1e9 / (last - first)


def _cpu_limit(host: Mapping[str, Any]) -> float | None:
    if host.get("NanoCpus"):
        return float(host["NanoCpus"]) / 1e9
    if (host.get("CpuQuota") or 0) > 0:
        return float(host["CpuQuota"]) / float(host.get("CpuPeriod") or 100_000)
    if pinned := host.get("CpusetCpus"):
        return float(sum(_range_size(one) for one in pinned.split(",")))
    return None


def _range_size(text: str) -> int:
    first, _, last = text.partition("-")
    return int(last or first) - int(first) + 1


def _memory(memory: Mapping[str, Any]) -> int | None:
    """As ``docker stats`` counts it: without inactive page cache, whose name differs between the versions of
    control groups."""
    usage = memory.get("usage")
    if usage is None:
        return None
    detail = memory.get("stats") or {}
    cached = detail.get("total_inactive_file", detail.get("inactive_file", 0))
    return int(usage - cached) if cached < usage else int(usage)


def _limit(number: int | None) -> int | None:
    return number if number and 0 < number < _NO_LIMIT else None


def _block_bytes(entries: list[dict[str, Any]] | None, direction: str) -> int | None:
    if entries is None:
        return None
    return sum(int(entry.get("value", 0)) for entry in entries if str(entry.get("op", "")).lower() == direction)
