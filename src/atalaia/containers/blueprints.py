"""What must be known of a container to make it again, and the requests that make it. Pure.

An inspection holds, with few exceptions, just what a creation takes, so both travel as the engine's own JSON: a
setting that this module has never heard of is re-created too. The exceptions are what this module is about.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from atalaia.containers.reading import own_aliases
from atalaia.core.instants import Instant
from atalaia.ports.containers import Blueprint, EngineError

KIND = "docker"
_KEPT = ("Id", "Name", "Image", "Config", "HostConfig", "Mounts")
_JOINED = ("NetworkMode", "PidMode", "IpcMode")
"""Settings of HostConfig that may name another container, by its id."""
_DEFAULT_NETWORK = "bridge"
_ENDPOINT = ("IPAMConfig", "Links", "DriverOpts", "GwPriority")
"""What somebody may have asked for at a network; the rest of an inspected endpoint is what came of it."""


class Connection(msgspec.Struct, frozen=True):
    """A network that the container is to be put into."""

    network: str
    endpoint: dict[str, Any]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How a container is made again."""

    name: str
    body: dict[str, Any]
    """Of the request that creates it, with its first network. `Image` is still the name that was used then."""
    connections: tuple[Connection, ...]
    """Its further networks: one each, because engines before API 1.44 take only one at creation."""
    leave: str
    """A network that creation puts it into and that it had left; empty for none."""
    image_id: str
    volumes: dict[str, str]
    """Nameless volumes that it had: where they are mounted, by the names that the engine gave them."""


def joined_containers(document: Mapping[str, Any]) -> set[str]:
    """Ids of other containers that an inspected one shares something with."""
    host = document["HostConfig"]
    modes = [str(host.get(key) or "") for key in _JOINED]
    return {mode.removeprefix("container:") for mode in modes if mode.startswith("container:")}


def draw(document: Mapping[str, Any], names: Mapping[str, str], now: Instant) -> Blueprint:
    """The blueprint of an inspected container.

    Args:
        document: the inspection.
        names: the names of `joined_containers`, by id: they will have other ids when they are re-created too.
        now: when it was inspected.
    """
    body = {key: document[key] for key in _KEPT if key in document}
    body["Networks"] = (document.get("NetworkSettings") or {}).get("Networks") or {}
    body["Joined"] = dict(names)
    return Blueprint(
        kind=KIND,
        name=document["Name"].lstrip("/"),
        image=document["Config"].get("Image") or "",
        image_id=document.get("Image") or "",
        container_id=document["Id"],
        taken=now,
        body=msgspec.json.encode(body).decode(),
    )


def plan(blueprint: Blueprint) -> Plan:
    """The requests that make the container again.

    Raises:
        EngineError: the blueprint is of another kind, or damaged.
    """
    if blueprint.kind != KIND:
        raise EngineError(
            f"The blueprint of {blueprint.name} is of the kind {blueprint.kind!r}: Docker cannot build it."
        )
    try:
        document = msgspec.json.decode(blueprint.body)
        return _plan(document, blueprint.name)
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise EngineError(f"The blueprint of {blueprint.name} is damaged: {error!r}.") from error


def _plan(document: dict[str, Any], name: str) -> Plan:
    own_id, config, host = document["Id"], dict(document["Config"]), dict(document["HostConfig"])
    mode = host["NetworkMode"] = _by_name(str(host.get("NetworkMode") or "default"), document["Networks"])
    _reset_derived(config, mode, own_id)
    for key in _JOINED:
        if str(host.get(key) or "").startswith("container:"):
            joined = str(host[key]).removeprefix("container:")
            host[key] = f"container:{document['Joined'].get(joined, joined)}"
    host["Links"] = [_link(one) for one in host.get("Links") or ()] or None
    endpoints = {
        network: _endpoint(end or {}, own_id, default=network == _DEFAULT_NETWORK)
        for network, end in document["Networks"].items()
    }
    first = _DEFAULT_NETWORK if mode == "default" else mode
    own = endpoints.pop(first, None)
    shared = mode in ("host", "none") or mode.startswith("container:")
    networking = {} if own is None or shared else {first: own}
    return Plan(
        name=name,
        body=config | {"HostConfig": host, "NetworkingConfig": {"EndpointsConfig": networking}},
        connections=tuple(Connection(network, end) for network, end in sorted(endpoints.items())),
        leave=first if own is None and not shared else "",
        image_id=document["Image"],
        volumes=_nameless_volumes(document),
    )


def _by_name(mode: str, networks: Mapping[str, Any]) -> str:
    """A network that was asked for by its id has a name too, and that is the same when it is re-created."""
    for name, end in networks.items():
        if len(mode) >= 12 and str((end or {}).get("NetworkID") or "").startswith(mode):
            return name
    return mode


def _reset_derived(config: dict[str, Any], mode: str, own_id: str) -> None:
    """Puts what the engine filled in back to how it was asked for."""
    if mode.startswith("container:") or config.get("Hostname") == own_id[:12]:
        config["Hostname"] = ""
    if mode.startswith("container:"):
        config["Domainname"] = ""
        config["ExposedPorts"] = None
    if not config.get("Entrypoint"):
        # Nothing at all would mean the image's; this means none.
        config["Entrypoint"] = [""]


def _link(inspected: str) -> str:
    """``/other:/this/alias`` is asked for as ``other:alias``."""
    other, _, alias = inspected.partition(":")
    return f"{other.lstrip('/')}:{alias.rpartition('/')[2]}"


def _endpoint(end: Mapping[str, Any], own_id: str, *, default: bool) -> dict[str, Any]:
    wanted = {key: end[key] for key in _ENDPOINT if end.get(key) is not None}
    aliases = own_aliases(end, own_id)
    if aliases and not default:  # the default network knows no aliases
        wanted["Aliases"] = aliases
    return wanted


def _nameless_volumes(document: Mapping[str, Any]) -> dict[str, str]:
    """Volumes that nobody named: they are mounted, and neither a bind nor a mount asks for them. The engine
    removes them together with a container that it removes by itself."""
    host = document["HostConfig"]
    if host.get("AutoRemove"):
        return {}
    asked = {bind.split(":")[1] for bind in host.get("Binds") or () if ":" in bind}
    asked |= {mount.get("Target") for mount in host.get("Mounts") or ()}
    return {
        mount["Name"]: mount["Destination"]
        for mount in document.get("Mounts") or ()
        if mount.get("Type") == "volume" and mount.get("Name") and mount["Destination"] not in asked
    }
