"""What engines write, in the shapes of several versions, and what it means."""

import json
from typing import Any

import pytest

from atalaia.containers.log_frames import read_log
from atalaia.containers.reading import (
    ending_signal,
    read_event,
    read_instant,
    read_listing,
    read_state,
    read_stats,
)
from atalaia.core.instants import NEVER, Instant
from atalaia.ports.containers import Action, ContainerEvent, ContainerSummary, Health, RunState

NOW = Instant(1_000_000.0)


def listed(tells_health: bool = True, **changes: Any) -> ContainerSummary:
    document = {"Id": "c1", "Names": ["/web"], "State": "running", "Status": "Up 5 minutes"} | changes
    return read_listing(json.dumps([document]).encode(), NOW, tells_health=tells_health)[0]


def event(kind: str, action: str, attributes: dict[str, str], **changes: Any) -> ContainerEvent | None:
    document = {
        "Type": kind,
        "Action": action,
        "Actor": {"ID": "c1", "Attributes": attributes},
        "timeNano": 1_500_000_000_123_456_789,
    }
    return read_event(json.dumps(document | changes).encode(), NOW)


# --- listings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "health"),
    [
        ("Up 5 minutes", Health.NONE),
        ("Up 5 minutes (healthy)", Health.HEALTHY),
        ("Up 5 minutes (unhealthy)", Health.UNHEALTHY),
        ("Up 2 seconds (health: starting)", Health.STARTING),
    ],
)
def test_docker_shows_health_in_the_status(status: str, health: Health) -> None:
    assert listed(Status=status).health is health


def test_podman_does_not_show_it() -> None:
    assert listed(tells_health=False).health is None


def test_api_1_52_has_a_field_for_it() -> None:
    assert listed(Status="Up 5 minutes", Health={"Status": "unhealthy"}).health is Health.UNHEALTHY


def test_of_a_paused_one_health_is_not_shown() -> None:
    assert listed(State="paused", Status="Up 5 minutes (Paused)").health is None


@pytest.mark.parametrize(
    ("phrase", "most"),
    [
        ("Less than a second", 1),
        ("1 second", 2),
        ("59 seconds", 60),
        ("About a minute", 120),
        ("59 minutes", 3600),
        ("About an hour", 7200),
        ("47 hours", 48 * 3600),
        ("13 days", 14 * 86400),
        ("3 weeks", 4 * 7 * 86400),
        ("5 months", 6 * 30 * 86400),
        ("a fortnight", None),
    ],
)
def test_ages_are_rounded_and_never_taken_for_less(phrase: str, most: float | None) -> None:
    assert listed(Status=f"Up {phrase} (healthy)").running_for_at_most == most
    ended = listed(State="exited", Status=f"Exited (137) {phrase} ago")
    assert (ended.ended_at_most_ago, ended.exit_code) == (most, 137)


def test_years() -> None:
    most = listed(Status="Up 2 years").running_for_at_most

    assert most is not None
    assert most >= 3 * 365 * 86400


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("created", RunState.CREATED),
        ("restarting", RunState.RESTARTING),
        ("removing", RunState.REMOVING),
        ("dead", RunState.DEAD),
        ("configured", RunState.CREATED),
        ("stopped", RunState.EXITED),
        ("stopping", RunState.RUNNING),
        ("a new word", RunState.DEAD),
    ],
)
def test_states_also_podman_s(word: str, state: RunState) -> None:
    assert listed(State=word).state is state


def test_names_through_links_are_not_its_own() -> None:
    assert listed(Names=["/other/db", "/db"]).name == "db"


def test_compose_says_which_project_and_service() -> None:
    labels = {"com.docker.compose.project": "shop", "com.docker.compose.service": "web"}

    assert (listed(Labels=labels).project, listed(Labels=labels).service) == ("shop", "web")


def test_nulls_are_nothing() -> None:
    one = listed(Labels=None, Ports=None, NetworkSettings={"Networks": {"a": None}}, Names=None)

    assert (one.name, one.labels, one.ports, one.networks[0].network) == ("", {}, (), "a")


def test_only_published_ports_count() -> None:
    ports = [{"PrivatePort": 80, "PublicPort": 8080, "IP": "127.0.0.1", "Type": "tcp"}, {"PrivatePort": 53}]

    assert [(one.container_port, one.port) for one in listed(Ports=ports).ports] == [(80, 8080)]


# --- inspections ----------------------------------------------------------------------------------------------


def test_instants() -> None:
    assert read_instant("1970-01-01T00:00:01.500000000Z") == 1.5
    assert read_instant("1970-01-01T02:00:00.123456789+02:00") == 0.123456
    assert {read_instant("0001-01-01T00:00:00Z"), read_instant(None), read_instant("")} == {NEVER}


def inspected(**state: Any) -> dict[str, Any]:
    return {
        "Id": "0123456789abcdef",
        "Name": "/web",
        "State": {"Status": "running"} | state,
        "Config": {"Labels": None},
        "HostConfig": {},
        "NetworkSettings": {
            "Networks": {"shop": {"Aliases": ["www", "0123456789ab"], "IPAddress": "10.0.0.2"}},
            "Ports": {"80/tcp": [{"HostIp": "", "HostPort": "8080"}], "53/udp": None},
        },
    }


def test_the_short_id_is_nobody_s_alias() -> None:
    assert read_state(inspected(), NOW).networks[0].aliases == ("www",)


def test_published_ports() -> None:
    (port,) = read_state(inspected(), NOW).ports

    assert (port.container_port, port.protocol, port.port) == (80, "tcp", 8080)


def test_the_exit_code_of_the_run_before_is_not_told_while_it_runs() -> None:
    assert read_state(inspected(ExitCode=7), NOW).exit_code is None
    assert read_state(inspected(ExitCode=7, Status="exited"), NOW).exit_code == 7
    assert read_state(inspected(ExitCode=0, Status="created"), NOW).exit_code is None


# --- events ---------------------------------------------------------------------------------------------------


def test_a_death() -> None:
    died = event("container", "die", {"name": "web", "image": "tiny", "exitCode": "137"})

    assert died is not None
    assert (died.action, died.name, died.exit_code, died.signal) == (Action.DIED, "web", 137, 9)
    assert (died.nano, died.time) == (1_500_000_000_123_456_789, 1_500_000_000.1234567)


def test_podman_s_words() -> None:
    removed = event("container", "remove", {"name": "web"})
    sick = event("container", "health_status", {"name": "web"}, HealthStatus="unhealthy")
    joined = event("network", "connect", {"name": "web", "network": "shop"})

    assert removed is not None
    assert removed.action is Action.DESTROYED
    assert sick is not None
    assert sick.health is Health.UNHEALTHY
    assert joined is not None
    assert (joined.id, joined.name, joined.network) == ("c1", "web", "shop")


def test_docker_tells_of_networks_by_the_network() -> None:
    joined = event("network", "connect", {"name": "shop", "container": "c9", "type": "bridge"})

    assert joined is not None
    assert (joined.id, joined.name, joined.network) == ("c9", "", "shop")


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("container", "exec_start: /bin/sh -c true"),
        ("container", "exec_die"),
        ("container", "top"),
        ("container", "health_status: running"),
        ("container", "connect"),
        ("network", "create"),
        ("network", "destroy"),
        ("image", "create"),
        ("volume", "destroy"),
    ],
)
def test_noise_is_nothing(kind: str, action: str) -> None:
    assert event(kind, action, {}) is None


def test_a_number_that_is_none_is_not_known() -> None:
    died = event("container", "die", {"exitCode": "many"})

    assert died is not None
    assert died.exit_code is None


@pytest.mark.parametrize(
    ("code", "signal"), [(None, 0), (0, 0), (1, 0), (128, 0), (137, 9), (143, 15), (255, 0)]
)
def test_the_signal_behind_an_exit_code(code: int | None, signal: int) -> None:
    assert ending_signal(code) == signal


# --- stats ----------------------------------------------------------------------------------------------------

SECOND = {"read": "1970-01-01T00:00:02Z", "preread": "1970-01-01T00:00:01Z"}


def cpu(used: int) -> dict[str, Any]:
    return SECOND | {
        "cpu_stats": {"cpu_usage": {"total_usage": 5_000_000_000 + used}},
        "precpu_stats": {"cpu_usage": {"total_usage": 5_000_000_000}},
    }


def test_cpu_is_in_cores_and_of_the_limit() -> None:
    stats = read_stats(cpu(1_500_000_000), {"NanoCpus": 2_000_000_000}, 0)

    assert (stats.cpu, stats.cpu_limit, stats.cpu_of_limit) == (1.5, 2.0, 0.75)


@pytest.mark.parametrize(
    ("host", "cores"),
    [
        ({"CpuQuota": 50_000}, 0.5),
        ({"CpuQuota": 20_000, "CpuPeriod": 10_000}, 2.0),
        ({"CpusetCpus": "0-2,5"}, 4.0),
        ({"NanoCpus": 0, "CpuQuota": -1, "CpusetCpus": ""}, None),
    ],
)
def test_limits_of_cpu(host: dict[str, Any], cores: float | None) -> None:
    assert read_stats(cpu(0), host, 0).cpu_limit == cores


def test_without_a_first_look_cpu_is_not_known() -> None:
    assert read_stats(cpu(5) | {"preread": "0001-01-01T00:00:00Z"}, {}, 0).cpu is None


@pytest.mark.parametrize(
    "detail",
    [{"cache": 30, "total_inactive_file": 20, "inactive_file": 1}, {"file": 30, "inactive_file": 20}],
    ids=["v1", "v2"],
)
def test_memory_without_cache(detail: dict[str, int]) -> None:
    memory = {"usage": 100, "limit": 8 << 30, "stats": detail}
    stats = read_stats({"memory_stats": memory}, {"Memory": 200}, 3)

    assert (stats.memory, stats.memory_limit, stats.memory_of_limit, stats.restarts) == (80, 200, 0.4, 3)


def test_the_machine_s_memory_is_no_limit() -> None:
    stats = read_stats({"memory_stats": {"usage": 100, "limit": 8 << 30}}, {"Memory": 0}, 0)

    assert (stats.memory, stats.memory_limit, stats.memory_of_limit) == (100, None, None)


@pytest.mark.parametrize("limit", [0, None, 18446744073709551615])
def test_no_limit_of_processes(limit: int | None) -> None:
    stats = read_stats({"pids_stats": {"current": 3, "limit": limit}}, {}, 0)

    assert (stats.pids, stats.pids_limit) == (3, None)


def test_bytes_moved() -> None:
    entries = [{"op": "Read", "value": 1}, {"op": "write", "value": 2}, {"op": "read", "value": 4}]
    networks = {"eth0": {"rx_bytes": 1, "tx_bytes": 2}, "eth1": {"rx_bytes": 10, "tx_bytes": 20}}
    stats = read_stats({"blkio_stats": {"io_service_bytes_recursive": entries}, "networks": networks}, {}, 0)

    assert (stats.block_read, stats.block_written) == (5, 2)
    assert (stats.network_received, stats.network_sent) == (11, 22)


def test_what_is_not_told_is_not_known() -> None:
    stats = read_stats({}, {}, 0)

    assert {stats.cpu, stats.memory, stats.pids, stats.block_read, stats.network_sent} == {None}


# --- logs -----------------------------------------------------------------------------------------------------


def frame(stream: int, text: bytes) -> bytes:
    return bytes([stream, 0, 0, 0]) + len(text).to_bytes(4, "big") + text


def test_frames_are_sorted_by_stream() -> None:
    body = frame(1, b"1970-01-01T00:00:01Z out 1\n") + frame(2, b"1970-01-01T00:00:02Z err\n")

    assert [(one.time, one.stream, one.text) for one in read_log(body, terminal=False)] == [
        (1.0, "stdout", "out 1"),
        (2.0, "stderr", "err"),
    ]


def test_a_terminal_has_no_frames() -> None:
    (line,) = read_log(b"1970-01-01T00:00:01Z all in one\r\n", terminal=True)

    assert (line.stream, line.text) == ("stdout", "all in one")


def test_a_line_without_a_time_is_kept() -> None:
    (line,) = read_log(frame(1, b"no time\n"), terminal=False)

    assert (line.time, line.text) == (0.0, "no time")
