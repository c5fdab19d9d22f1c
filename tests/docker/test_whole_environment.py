"""`make run RUNTIME=docker` as somebody meets it: started, seen well by Atalaia, broken, repaired, ended."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from support.docker_engine import (
    CONTAINERS,
    NETWORK,
    asked,
    names,
    refuse_to_disturb,
    require_engine,
    typed,
    wait_for,
)
from support.production import PRODUCTION, free_ports

PROJECT = "label=com.docker.compose.project=minharede"
BUILT_WITHIN = 900.0
ALL_WELL_WITHIN = 120.0

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


class Environment:
    """`examples/production/run` with RUNTIME=docker in a terminal of its own, on free ports."""

    def __init__(self) -> None:
        variables = ("UNICO_PORT", "NGINX_PORT", "BROKER_PORT", "PAGE_PORT")
        self.ports = dict(zip(variables, free_ports(len(variables)), strict=True))
        self._lines: list[str] = []
        self.process = subprocess.Popen(
            # Hears Ctrl-C as in a terminal, also when the tests run in the background, where it is ignored.
            ["env", "--default-signal=INT", PRODUCTION / "run"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"RUNTIME": "docker"} | {name: str(port) for name, port in self.ports.items()},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            self._lines.extend(output)

    @property
    def shown(self) -> str:
        """All that it printed so far."""
        return "".join(self._lines)

    def wait_until_up(self) -> None:
        """Returns when it says how to go on."""
        wait_for(lambda: "Ctrl-C" in self.shown or self.process.poll() is not None, "Ctrl-C", BUILT_WITHIN)
        assert self.process.poll() is None, self.shown

    def states(self, kind: str) -> list[tuple[str, str, str]]:
        """Host, description and state of all that Atalaia watches, by its own API."""
        _, answer = asked(f"http://127.0.0.1:{self.ports['PAGE_PORT']}/api/v1/{kind}?limit=500")
        items: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else []
        return [
            (one.get("host", one.get("name", "")), one.get("description", ""), one["state"]) for one in items
        ]

    def not_well(self) -> list[tuple[str, str, str]]:
        """What is not OK or UP; something, as long as nothing is known."""
        known = self.states("hosts") + self.states("services")
        return [one for one in known if one[2] not in ("OK", "UP")] if known else [("nothing", "", "known")]

    def end(self) -> int:
        """Ctrl-C, unless it ended; the exit code."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        code = self.process.wait(timeout=90)
        self._reader.join(timeout=10)
        return code


@pytest.fixture(scope="module")
def environment() -> Iterator[Environment]:
    """All of it, up; at the end nothing of it may be left."""
    require_engine()
    refuse_to_disturb()
    one = Environment()
    try:
        one.wait_until_up()
        yield one
        code = one.end()
        assert code == 0, one.shown
        assert names("ps -a", PROJECT) | names("volume ls", PROJECT) == set(), "Ctrl-C left something behind"
        assert NETWORK not in names("network ls"), "Ctrl-C left the network behind"
    finally:
        if one.process.poll() is None:
            os.killpg(one.process.pid, signal.SIGKILL)
            one.process.wait()
        typed("./docker down")


@pytest.fixture
def well(environment: Environment) -> Environment:
    """All of it, up and seen well."""
    wait_for(lambda: not environment.not_well(), "all well", ALL_WELL_WITHIN)
    return environment


def test_atalaia_sees_every_host_up_and_every_service_ok(well: Environment) -> None:
    hosts = {host for host, _, _ in well.states("hosts")}

    assert set(CONTAINERS) - {"mailbox", "atalaia"} <= hosts


@pytest.mark.parametrize(
    ("name", "host", "expected"),
    [
        ("cadastro", "my-custom-nginx-container", {"cadastro"}),
        ("zookeeper", "zookeeper", {"porta", "srvr"}),
    ],
)
def test_what_is_broken_is_seen_and_nothing_else_and_is_well_after_repair(
    well: Environment, name: str, host: str, expected: set[str]
) -> None:
    def seen() -> set[tuple[str, str]]:
        return {(one[0], one[1]) for one in well.not_well() if one[1]}

    typed(f"./docker break {name}")
    try:
        wait_for(lambda: seen() == {(host, description) for description in expected}, f"{name} seen broken")
    finally:
        typed(f"./docker repair {name}")

    wait_for(lambda: not well.not_well(), "all well again")


def test_every_port_is_published_on_loopback_only(well: Environment) -> None:
    published = typed(f"docker ps --filter {PROJECT} --format '{{{{.Ports}}}}'")

    assert "127.0.0.1:" in published
    assert "0.0.0.0:" not in published
    assert ":::" not in published


@pytest.mark.parametrize("container", CONTAINERS)
def test_no_container_may_do_what_root_may(well: Environment, container: str) -> None:
    kept = typed(f"docker inspect -f '{{{{.Config.User}}}} {{{{.HostConfig.CapDrop}}}}' {container}").strip()

    assert kept == "10001:10001 [ALL]"
