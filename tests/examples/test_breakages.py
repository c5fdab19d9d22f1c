"""Each thing that can break is broken for real, and Atalaia says which services are bad, and no other ones.

One environment for all of them. A cause shows together with what follows from it: both are named here, and
everything else has to stay well. People are told of the cause alone.
"""

import contextlib
import http.client
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from support.production import FIRST_TIME, Launcher

pytestmark = [pytest.mark.slow, pytest.mark.timeout(FIRST_TIME)]

Service = tuple[str, str]

UNICO = "http-api-classificacao-produtos-container-unico-container"
NGINX = "my-custom-nginx-container"
WSGI = "wsgi-app-container"
CONSUMER = "analise-sentimentos-consumer-container"
CATEGORIES = ("livro", "maquiagem", "brinquedo", "game")
JOB_EVERY = 8  # seconds; it is missed after two and a half of them

PREDICTIONS = {f"predicao-{category}" for category in CATEGORIES}


def on(host: str, *descriptions: str) -> set[Service]:
    return {(host, description) for description in descriptions}


@dataclass(frozen=True)
class Row:
    """What is broken, and which services show it: the cause and what follows from it."""

    name: str
    cause: set[Service]
    """People are told of these."""
    effects: set[Service] = field(default_factory=set)
    """These are shown, and nobody is told of them."""

    @property
    def bad(self) -> set[Service]:
        return self.cause | self.effects


WRONG = PREDICTIONS - {"predicao-maquiagem"}  # the constant model says maquiagem

ROWS = [
    Row("cadastro", on(NGINX, "cadastro")),
    Row(
        "gunicorn",
        on(WSGI, "gunicorn"),
        on(WSGI, "health-check", *PREDICTIONS) | on(NGINX, "api", *PREDICTIONS),
    ),
    Row("nginx", on(NGINX, "nginx"), on(NGINX, "cadastro", "api", *PREDICTIONS)),
    Row("modelo", on(WSGI, *WRONG), on(NGINX, *WRONG)),
    Row("unico", on(UNICO, "nginx"), on(UNICO, "cadastro", "api", *PREDICTIONS)),
    Row("zookeeper", on("zookeeper", "porta"), on("zookeeper", "srvr")),
    Row(
        "broker",
        on("broker", "kafka-interno"),
        on("broker", "kafka-externo", "metadados") | on(CONSUMER, "ida-e-volta", "atraso"),
    ),
    Row("consumidor", on(CONSUMER, "ida-e-volta"), on(CONSUMER, "atraso")),
    Row("classificador", on("classificador-produtos", "execucao")),
]


class Watched:
    """The environment with the real Atalaia, asked as a user would ask it."""

    def __init__(self, launcher: Launcher) -> None:
        self.launcher = launcher

    def get(self, path: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.launcher.ports["PAGE_PORT"], timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            assert answer.status == 200, (path, answer.status, answer.read())
            return json.load(answer)
        finally:
            connection.close()

    def services(self) -> dict[Service, dict[str, Any]]:
        return {
            (one["host"], one["description"]): one for one in self.get("/api/v1/services?limit=500")["items"]
        }

    def not_ok(self) -> set[Service]:
        return {service for service, seen in self.services().items() if seen["state"] != "OK"}

    def surely_bad(self) -> set[Service]:
        return {
            service
            for service, seen in self.services().items()
            if seen["state"] != "OK" and seen["state_type"] == "HARD"
        }

    def hosts_not_up(self) -> set[str]:
        return {one["name"] for one in self.get("/api/v1/hosts?limit=100")["items"] if one["state"] != "UP"}

    def last_event(self) -> int:
        last = 0
        while page := self.get(f"/api/v1/events?after={last}&limit=500")["items"]:
            last = page[-1]["id"]
        return int(last)

    def events_since(self, event: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while page := self.get(f"/api/v1/events?after={event}&limit=500")["items"]:
            event = page[-1]["id"]
            found += page
        return found

    def wait(self, condition: Callable[[], bool], what: str, seconds: float) -> float:
        """Waits for something; how many seconds it took."""
        start = time.monotonic()
        while not condition():
            if time.monotonic() - start > seconds:
                shown = {
                    service: (seen["state"], seen["output"])
                    for service, seen in self.services().items()
                    if seen["state"] != "OK"
                }
                pytest.fail(f"waited {seconds} s in vain until {what}; not OK: {shown}\n{self.launcher.shown}")
            time.sleep(0.2)
        return time.monotonic() - start

    def all_well(self) -> bool:
        return not self.not_ok() and not self.hosts_not_up()


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Everything, with Atalaia, once all of it is well."""
    var = tmp_path_factory.mktemp("breakages") / "var"
    with Launcher(var, CLASSIFICADOR_EVERY=str(JOB_EVERY)) as launcher:
        launcher.wait_until_up()
        seen = Watched(launcher)
        seen.wait(seen.all_well, "everything is well", 120)
        yield seen


@contextlib.contextmanager
def broken(watched: Watched, name: str) -> Iterator[None]:
    """Something is broken as long as the context lives."""
    done = watched.launcher.ask("break", name)
    assert done.returncode == 0, done.stderr
    try:
        yield
    finally:
        repaired = watched.launcher.ask("repair", name)
        assert repaired.returncode == 0, repaired.stderr


def test_everything_is_up_and_ok_within_two_minutes(watched: Watched) -> None:
    hosts = {one["name"] for one in watched.get("/api/v1/hosts?limit=100")["items"]}

    assert hosts - {"zookeeper"} == {UNICO, NGINX, WSGI, "broker", CONSUMER, "classificador-produtos"}
    assert watched.all_well()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_breaks_is_seen_and_nothing_else_and_is_well_after_repair(watched: Watched, row: Row) -> None:
    if row.name == "zookeeper" and not any(host == "zookeeper" for host, _ in watched.services()):
        pytest.skip("no ZooKeeper on this machine")
    watched.wait(watched.all_well, "everything is well before", 60)
    before = watched.last_event()

    with broken(watched, row.name):
        noticed = watched.wait(lambda: watched.not_ok() >= row.bad, f"{sorted(row.bad)} are bad", 120)
        watched.wait(lambda: watched.surely_bad() >= row.bad, f"{sorted(row.bad)} are HARD", 60)
    repaired = watched.wait(watched.all_well, f"everything is well after the repair of {row.name}", 120)

    print(f"{row.name}: bad after {noticed:.1f} s, well {repaired:.1f} s after the repair")
    events = watched.events_since(before)
    # From the stored events: also what was bad for a moment only.
    turned_bad = {
        (one["host"], one["service"])
        for one in events
        if one["type"] == "state_changed" and one["service"] and one["state"] != "OK"
    }
    told = {(one["host"], one["service"]) for one in events if one["type"] == "notification_sent"}
    assert turned_bad == row.bad
    assert told == row.cause
