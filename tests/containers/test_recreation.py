"""A container that is gone is made again, and the engine's own inspection finds no difference."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from atalaia.containers.acting import DockerActor
from atalaia.ports.container_actions import Permission, Verb
from atalaia.ports.containers import Action, Blueprint
from support.container_listening import Records, listening
from support.container_worlds import LABEL, RealEngine, docker, real_engine
from support.production import free_ports
from support.running import RealClock
from support.tiny_image import tiny_image

pytestmark = pytest.mark.slow

OF_THIS_RUN = (
    *("Id", "Created", "State", "ResolvConfPath", "HostnamePath", "HostsPath", "LogPath", "GraphDriver"),
    "NetworkSettings",
)
"""What is another one for each container, or was made of it."""
OF_THIS_ENDPOINT = ("EndpointID", "MacAddress", "Aliases")


@pytest.fixture
async def real() -> AsyncIterator[RealEngine]:
    async with real_engine() as engine:
        yield engine


@pytest.fixture
async def actor(real: RealEngine) -> AsyncIterator[DockerActor]:
    one = DockerActor(real.address, RealClock(), [Permission(verb, "at-*") for verb in Verb], Records())
    yield one
    await one.close()


async def inspected(name: str) -> dict[str, Any]:
    """What Docker's own client says about it, without what is this one's only."""
    (document,) = json.loads(await docker("inspect", name))
    identity = document["Id"]
    settings = document["NetworkSettings"]
    kept = {key: value for key, value in document.items() if key not in OF_THIS_RUN}
    if kept["Config"]["Hostname"] == identity[:12]:
        kept["Config"]["Hostname"] = "its id"
    kept["Ports"] = settings["Ports"]
    kept["Networks"] = {
        network: {key: value for key, value in end.items() if key not in OF_THIS_ENDPOINT}
        | {"own aliases": [alias for alias in end["Aliases"] or () if alias != identity[:12]]}
        for network, end in settings["Networks"].items()
    }
    return kept


def differences(before: Any, after: Any, path: str = "") -> dict[str, tuple[Any, Any]]:
    """What is not the same, by its place."""
    if isinstance(before, dict) and isinstance(after, dict):
        found: dict[str, tuple[Any, Any]] = {}
        for key in before.keys() | after.keys():
            found |= differences(before.get(key), after.get(key), f"{path}/{key}")
        return found
    return {} if before == after else {path: (before, after)}


async def test_an_own_container_with_everything_is_the_same_again(
    real: RealEngine, actor: DockerActor, tmp_path: Path
) -> None:
    front = await real.network("front", "--subnet", "10.213.7.0/24")
    back = await real.network("back", "--subnet", "10.213.8.0/24")
    volume = real.name_of("volume")
    http, udp = free_ports(2)
    options = [
        *("--rm", "--network", front, "--ip", "10.213.7.77"),
        *("--network-alias", "www", "--network-alias", "shop"),
        *("--publish", f"127.0.0.1:{http}:80", "--publish", f"{udp}:53/udp", "--expose", "9000"),
        *("--env", "PASSWORD=a secret=1", "--env", "EMPTY=", "--label", "team=shop ção"),
        *("--user", "1000:1000", "--group-add", "27", "--workdir", "/data", "--entrypoint", "/bin/sh"),
        *("--hostname", "shop", "--domainname", "example.org"),
        *("--add-host", "db:10.0.0.9", "--dns", "10.0.0.1", "--dns-search", "example.org"),
        *("--dns-option", "ndots:2"),
        *("--volume", f"{tmp_path}:/srv:ro", "--mount", f"type=volume,src={volume},dst=/named"),
        *("--tmpfs", "/run:size=1m,mode=700", "--volume", "/nameless", "--read-only", "--shm-size", "8m"),
        *("--memory", "64m", "--memory-swap", "96m", "--memory-reservation", "32m", "--oom-score-adj", "100"),
        *("--cpus", "0.5", "--cpu-shares", "512", "--cpuset-cpus", "0", "--pids-limit", "50"),
        *("--ulimit", "nofile=512:1024", "--sysctl", "net.ipv4.ip_unprivileged_port_start=0"),
        *("--cap-drop", "ALL", "--cap-add", "NET_BIND_SERVICE", "--security-opt", "no-new-privileges"),
        *("--device", "/dev/null:/dev/nothing:rw", "--init", "--stop-signal", "SIGINT", "--stop-timeout", "3"),
        *("--log-driver", "json-file", "--log-opt", "max-size=1m", "--log-opt", "max-file=2"),
        *("--health-cmd", "true", "--health-interval", "5s", "--health-timeout", "2s", "--health-retries", "4"),
        *("--health-start-period", "1s", "--pid", "host", "--ipc", "shareable"),
    ]
    web = await real.run("web", *options, command=["-c", "sleep 1000 & wait"])
    await docker("network", "connect", "--alias", "api", "--ip", "10.213.8.88", back, web)
    before = await inspected(web)
    blueprint = (await real.observer.inspect(web)).blueprint
    stored = json.loads(json.dumps({"kind": blueprint.kind, "body": blueprint.body}))

    async with listening(real.observer) as (heard, _):
        await actor.kill(web)
        await heard.event(Action.DIED, web)
        # At once, while the engine is still removing the old one.
        await actor.create(blueprint)
        await actor.start(web)
    after = await inspected(web)
    await docker("rm", "--force", "--volumes", web)
    await docker("volume", "rm", volume)

    nameless = [one for one in before["Mounts"] if one["Destination"] == "/nameless"]
    assert len(nameless) == 1
    for document in (before, after):
        for mount in document["Mounts"]:
            if mount["Destination"] == "/nameless":
                mount["Name"] = mount["Source"] = "made anew: it went with the first one"
        document["Mounts"].sort(key=lambda mount: str(mount["Destination"]))
    assert differences(before, after) == {}
    assert stored["body"] == blueprint.body
    assert "PASSWORD=a secret=1" in before["Config"]["Env"]
    assert "api" in before["Networks"][back]["own aliases"]


async def recreated(real: RealEngine, actor: DockerActor, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A container before and after it was removed and made again."""
    before = await inspected(name)
    blueprint: Blueprint = (await real.observer.inspect(name)).blueprint
    await actor.remove(name, force=True)
    await actor.create(blueprint)
    await actor.start(name)
    return before, await inspected(name)


async def test_one_with_a_restart_policy_and_a_terminal(real: RealEngine, actor: DockerActor) -> None:
    before, after = await recreated(
        real, actor, await real.run("web", "--restart", "on-failure:3", "--tty", "--interactive")
    )

    assert differences(before, after) == {}
    assert after["HostConfig"]["RestartPolicy"] == {"Name": "on-failure", "MaximumRetryCount": 3}


async def test_one_in_the_network_of_another_that_was_made_again_too(
    real: RealEngine, actor: DockerActor
) -> None:
    vpn = await real.run("vpn")
    web = await real.run("web", "--network", f"container:{vpn}")
    blueprint = (await real.observer.inspect(web)).blueprint
    await recreated(real, actor, vpn)
    await actor.remove(web, force=True)
    await actor.create(blueprint)
    await actor.start(web)

    vpn_id = (await real.observer.inspect(vpn)).state.id
    assert (await inspected(web))["HostConfig"]["NetworkMode"] == f"container:{vpn_id}"


@pytest.mark.parametrize("network", ["host", "none"])
async def test_one_without_a_network_of_its_own(real: RealEngine, actor: DockerActor, network: str) -> None:
    before, after = await recreated(real, actor, await real.run("web", "--network", network))

    assert differences(before, after) == {}


async def test_links_and_no_entrypoint_where_the_image_has_one(real: RealEngine, actor: DockerActor) -> None:
    db = await real.run("db")
    image = f"{tiny_image()}-init"
    source = await docker("create", "--label", f"{LABEL}={real.mark}", tiny_image())
    await docker("commit", "--change", 'ENTRYPOINT ["/nowhere"]', source, image)
    web = real.name_of("web")
    marked = ("--detach", "--name", web, "--label", f"{LABEL}={real.mark}", "--link", f"{db}:database")
    await docker("run", *marked, "--entrypoint", "", image, "sleep", "1000")
    before, after = await recreated(real, actor, web)
    await docker("rm", "--force", web)
    await docker("image", "rm", image)

    assert differences(before, after) == {}
    assert before["Config"]["Entrypoint"] is None


async def test_a_nameless_volume_that_is_still_there_is_mounted_again(
    real: RealEngine, actor: DockerActor
) -> None:
    web = await real.run(
        "web", "--volume", "/state", command=["sh", "-c", "echo kept > /state/file; sleep 1000"]
    )
    before, after = await recreated(real, actor, web)

    assert [one["Name"] for one in after["Mounts"]] == [one["Name"] for one in before["Mounts"]]
    await docker("rm", "--force", web)
    await docker("volume", "rm", before["Mounts"][0]["Name"])
