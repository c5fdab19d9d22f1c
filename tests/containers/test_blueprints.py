"""Where an inspection and the request that makes the same container again differ."""

import json
from typing import Any

import msgspec
import pytest

from atalaia.containers.blueprints import Plan, draw, plan
from atalaia.core.instants import Instant
from atalaia.ports.containers import Blueprint, EngineError

ID = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210"


def blueprint(
    config: dict[str, Any] | None = None,
    host: dict[str, Any] | None = None,
    networks: dict[str, Any] | None = None,
    names: dict[str, str] | None = None,
    mounts: list[dict[str, Any]] | None = None,
) -> Blueprint:
    document = {
        "Id": ID,
        "Name": "/web",
        "Image": "sha256:1",
        "Config": {"Image": "tiny", "Hostname": ID[:12], "Cmd": ["sleep"], "Entrypoint": ["/init"]}
        | (config or {}),
        "HostConfig": {"NetworkMode": "default"} | (host or {}),
        "Mounts": mounts or [],
        "NetworkSettings": {"Networks": {"bridge": {}} if networks is None else networks},
    }
    return draw(document, names or {}, Instant(1.0))


def planned(**parts: Any) -> Plan:
    return plan(blueprint(**parts))


def test_it_says_whose_it_is_and_keeps_its_body_to_itself() -> None:
    one = blueprint(config={"Env": ["PASSWORD=hunter2"]})

    assert (one.name, one.image, one.image_id, one.container_id) == ("web", "tiny", "sha256:1", ID)
    assert "hunter2" not in repr(one)
    assert "hunter2" in one.body


def test_it_survives_json() -> None:
    one = blueprint()

    assert msgspec.json.decode(msgspec.json.encode(one), type=Blueprint) == one


def test_settings_that_nobody_knows_are_kept() -> None:
    made = planned(config={"Novelty": 1}, host={"FurtherNovelty": {"a": [2]}})

    assert made.body["Novelty"] == 1
    assert made.body["HostConfig"]["FurtherNovelty"] == {"a": [2]}


def test_a_hostname_that_was_the_id_becomes_the_new_id() -> None:
    assert planned().body["Hostname"] == ""
    assert planned(config={"Hostname": "shop"}).body["Hostname"] == "shop"


@pytest.mark.parametrize("entrypoint", [None, []])
def test_no_entrypoint_is_not_the_image_s(entrypoint: list[str] | None) -> None:
    assert planned(config={"Entrypoint": entrypoint}).body["Entrypoint"] == [""]


def test_one_network_at_creation_and_the_others_after_it() -> None:
    networks = {
        "shop": {
            "Aliases": ["www", ID[:12]],
            "IPAMConfig": {"IPv4Address": "10.0.0.9"},
            "IPAddress": "10.0.0.9",
        },
        "back": {"Aliases": [ID[:12]], "IPAMConfig": None, "DriverOpts": {"a": "b"}},
    }
    made = planned(host={"NetworkMode": "shop"}, networks=networks)

    assert made.body["NetworkingConfig"] == {
        "EndpointsConfig": {"shop": {"Aliases": ["www"], "IPAMConfig": {"IPv4Address": "10.0.0.9"}}}
    }
    assert [(one.network, one.endpoint) for one in made.connections] == [("back", {"DriverOpts": {"a": "b"}})]


def test_addresses_that_the_engine_chose_are_not_asked_for() -> None:
    made = planned(networks={"bridge": {"IPAddress": "172.17.0.2", "MacAddress": "02:42:ac:11:00:02"}})

    assert made.body["NetworkingConfig"] == {"EndpointsConfig": {"bridge": {}}}


def test_a_network_that_it_had_left_is_left_again() -> None:
    made = planned(host={"NetworkMode": "shop"}, networks={"back": {}})

    assert (made.leave, [one.network for one in made.connections]) == ("shop", ["back"])


def test_a_network_that_was_asked_for_by_id_is_asked_for_by_name() -> None:
    made = planned(host={"NetworkMode": OTHER}, networks={"shop": {"NetworkID": OTHER + "00"}})

    assert made.body["HostConfig"]["NetworkMode"] == "shop"
    assert (list(made.body["NetworkingConfig"]["EndpointsConfig"]), made.leave) == (["shop"], "")


@pytest.mark.parametrize("mode", ["host", "none"])
def test_without_a_network_of_its_own_there_is_nothing_to_join(mode: str) -> None:
    made = planned(host={"NetworkMode": mode}, networks={mode: {}})

    assert (made.body["NetworkingConfig"], made.connections, made.leave) == ({"EndpointsConfig": {}}, (), "")


def test_a_neighbour_is_found_by_name() -> None:
    host = {"NetworkMode": f"container:{OTHER}", "PidMode": f"container:{OTHER}", "IpcMode": "private"}
    made = planned(host=host, networks={}, names={OTHER: "vpn"}, config={"ExposedPorts": {"80/tcp": {}}})

    assert made.body["HostConfig"]["NetworkMode"] == "container:vpn"
    assert made.body["HostConfig"]["PidMode"] == "container:vpn"
    assert (made.body["Hostname"], made.body["ExposedPorts"], made.leave) == ("", None, "")


def test_links_are_asked_for_in_another_form() -> None:
    made = planned(host={"Links": ["/db:/web/database"]})

    assert made.body["HostConfig"]["Links"] == ["db:database"]


def test_nameless_volumes_are_known_by_what_nobody_asked_for() -> None:
    mounts = [
        {"Type": "volume", "Name": "named", "Destination": "/named"},
        {"Type": "volume", "Name": "a1b2", "Destination": "/nameless"},
        {"Type": "volume", "Name": "mounted", "Destination": "/mounted"},
        {"Type": "bind", "Source": "/srv", "Destination": "/srv"},
    ]
    host = {"Binds": ["named:/named:ro", "/srv:/srv"], "Mounts": [{"Type": "volume", "Target": "/mounted"}]}

    assert planned(host=host, mounts=mounts).volumes == {"a1b2": "/nameless"}
    assert planned(host=host | {"AutoRemove": True}, mounts=mounts).volumes == {}


def test_a_blueprint_of_another_kind_is_refused() -> None:
    other = Blueprint(
        kind="process", name="web", image="", image_id="", container_id="", taken=Instant(0.0), body="{}"
    )

    with pytest.raises(EngineError, match="of the kind 'process'"):
        plan(other)


@pytest.mark.parametrize("body", ["", "{}", "[]", json.dumps({"Id": 1, "Config": None})])
def test_a_damaged_one_is_refused(body: str) -> None:
    damaged = Blueprint(
        kind="docker", name="web", image="", image_id="", container_id="", taken=Instant(0.0), body=body
    )

    with pytest.raises(EngineError, match="damaged"):
        plan(damaged)
