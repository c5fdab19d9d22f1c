"""The JSON API: what each path answers and how it refuses."""

import re
from typing import Any
from urllib.parse import quote

import pytest

from atalaia.core.events import AnyEvent, ServerStopped
from atalaia.ports.control import ProgramView
from support.fake_control import NOW, FakeControl, a_change, a_comment, a_downtime, a_host, a_service
from support.visiting import Visit

KNOWN = [
    "acknowledged",
    "flapping",
    "group",
    "host",
    "in_downtime",
    "limit",
    "offset",
    "problems",
    "q",
    "state",
]


def descriptions(answer: Any) -> list[str]:
    return [item["description"] for item in answer.json()["items"]]


def test_the_status_has_totals_config_and_engine_health(client_of: Visit) -> None:
    control = FakeControl([a_host(), a_host("db", "DOWN")], [a_service(state="CRITICAL")])

    status = client_of(control).get("/api/v1/status").json()

    assert status["hosts"] == {"PENDING": 0, "UP": 1, "DOWN": 1, "UNREACHABLE": 0}
    assert status["services"]["CRITICAL"] == 1
    assert status["version"] == "0.1.0"
    assert status["started"] == NOW - 3600
    assert set(status["config"]) >= {"path", "loaded", "last_error"}
    assert set(status["engine"]) >= {"checks_per_second", "lateness", "queue", "workers"}


def test_a_host_has_the_promised_fields(client_of: Visit) -> None:
    host = client_of(FakeControl([a_host("web1")])).get("/api/v1/hosts/web1").json()

    assert set(host) >= {
        "name",
        "address",
        "state",
        "state_type",
        "attempt",
        "max_attempts",
        "output",
        "long_output",
        "perfdata",
        "last_check",
        "next_check",
        "last_state_change",
        "last_hard_state_change",
        "acknowledged",
        "in_downtime",
        "flapping",
        "notifications_enabled",
        "latency",
        "execution_time",
        "acknowledgement",
        "acknowledged_until",
        "downtime_depth",
        "percent_state_change",
        "modified_attributes",
        "passive_checks_enabled",
        "event_handler_enabled",
        "flap_detection_enabled",
        "obsess",
        "process_perf_data",
        "check_interval",
        "retry_interval",
        "check_period",
        "notification_period",
        "comments",
        "downtimes",
    }
    assert isinstance(host["last_check"], float)


@pytest.mark.parametrize(
    "name", ["http", "disk /var/lib", "memória", "50% full", "a+b", "what?", "a#b", "a;b&c=d"]
)
def test_a_service_is_found_whatever_its_name_holds(client_of: Visit, name: str) -> None:
    client = client_of(FakeControl([a_host()], [a_service("web1", name)]))

    answer = client.get(f"/api/v1/services/web1/{quote(name, safe='')}")

    assert answer.json()["description"] == name


def test_a_slash_in_a_description_needs_no_encoding(client_of: Visit) -> None:
    client = client_of(FakeControl([a_host()], [a_service("web1", "disk /var/lib")]))

    assert client.get("/api/v1/services/web1/disk%20/var/lib").json()["description"] == "disk /var/lib"


def test_a_slash_in_a_host_name_is_encoded(client_of: Visit) -> None:
    client = client_of(FakeControl([a_host("rack/1")], [a_service("rack/1", "http")]))

    assert client.get("/api/v1/hosts/rack%2F1").json()["name"] == "rack/1"
    assert client.get("/api/v1/services/rack%2F1/http").json()["host"] == "rack/1"


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("hosts/nix", "there is no host 'nix'"),
        ("services/web1/nix", "there is no service 'nix' on host 'web1'"),
        ("explain/nix", "there is no host 'nix'"),
        ("explain/web1/nix", "there is no service 'nix' on host 'web1'"),
    ],
)
def test_an_unknown_object_is_a_404_that_names_it(client_of: Visit, path: str, error: str) -> None:
    answer = client_of(FakeControl([a_host()])).get(f"/api/v1/{path}")

    assert (answer.status_code, answer.json()) == (404, {"error": error})


def test_an_unknown_path_is_a_404_in_json(client_of: Visit) -> None:
    answer = client_of(FakeControl()).get("/api/v1/nix")

    assert (answer.status_code, answer.json()) == (404, {"error": "Not Found"})


def test_the_api_cannot_be_written_to(client_of: Visit) -> None:
    answer = client_of(FakeControl()).post("/api/v1/status", json={})

    assert answer.status_code == 405
    assert answer.json() == {"error": "Method Not Allowed"}
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("foo=1", f"unknown parameter 'foo'; known here: {', '.join(KNOWN)}"),
        ("acknowledged=2", "parameter 'acknowledged' must be 1 or 0, not '2'"),
        ("limit=0", "parameter 'limit' must be from 1 to 10000, not 0"),
        ("limit=x", "parameter 'limit' must be a whole number, not 'x'"),
        ("offset=-1", "parameter 'offset' must be a whole number, not '-1'"),
        ("problems=yes", "parameter 'problems' must be 1 or 0, not 'yes'"),
        ("host=a&host=b", "parameter 'host' is given 2 times; give it once"),
        ("state=BAD", "parameter 'state': 'BAD' is none of CRITICAL, UNKNOWN, WARNING, PENDING, OK"),
    ],
)
def test_a_wrong_parameter_is_a_400_that_names_it(client_of: Visit, query: str, error: str) -> None:
    answer = client_of(FakeControl()).get(f"/api/v1/services?{query}")

    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_one_object_comes_with_its_own_comments_and_downtimes(client_of: Visit) -> None:
    control = FakeControl(
        [a_host()],
        [a_service()],
        comments=[a_comment(1), a_comment(2, service="")],
        downtimes=[a_downtime(3), a_downtime(4, service=""), a_downtime(5, "db", "")],
    )
    client = client_of(control)

    host, service = client.get("/api/v1/hosts/web1").json(), client.get("/api/v1/services/web1/http").json()

    assert [one["id"] for one in host["comments"]] == [2]
    assert [one["id"] for one in host["downtimes"]] == [4]
    assert [one["id"] for one in service["comments"]] == [1]
    assert [one["id"] for one in service["downtimes"]] == [3]
    assert "comments" not in client.get("/api/v1/hosts").json()["items"][0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3]),
        ("?host=web1", [1, 2]),
        ("?host=web1&service=http", [1]),
        ("?service=http", [1, 3]),
        ("?limit=1&offset=1", [2]),
    ],
)
@pytest.mark.parametrize("what", ["comments", "downtimes"])
def test_what_people_left_is_listed(client_of: Visit, what: str, query: str, found: list[int]) -> None:
    places = ((1, "web1", "http"), (2, "web1", ""), (3, "db", "http"))
    control = FakeControl(
        comments=[a_comment(*place) for place in places], downtimes=[a_downtime(*place) for place in places]
    )

    answer = client_of(control).get(f"/api/v1/{what}{query}").json()

    assert [one["id"] for one in answer["items"]] == found
    assert set(answer) == {"items", "total", "limit", "offset"}


def test_a_comment_and_a_downtime_have_the_promised_fields(client_of: Visit) -> None:
    client = client_of(FakeControl(comments=[a_comment()], downtimes=[a_downtime()]))

    comment = client.get("/api/v1/comments").json()["items"][0]
    downtime = client.get("/api/v1/downtimes").json()["items"][0]

    assert list(comment) == ["id", "host", "service", "kind", "time", "author", "text", "persistent", "expires"]
    assert set(downtime) >= {"id", "host", "service", "time", "start", "end", "fixed", "duration", "author"}
    assert set(downtime) >= {"triggered_by", "in_effect", "until", "comment"}


def test_downtimes_in_effect_can_be_asked_for(client_of: Visit) -> None:
    client = client_of(FakeControl(downtimes=[a_downtime(1), a_downtime(2, in_effect=False)]))

    def ids(query: str) -> list[int]:
        return [one["id"] for one in client.get(f"/api/v1/downtimes?{query}").json()["items"]]

    assert (ids("in_effect=1"), ids("in_effect=0")) == ([1], [2])


def test_the_status_says_which_switches_were_changed(client_of: Visit) -> None:
    program = ProgramView(execute_service_checks=False, changed=("execute_service_checks",))

    shown = client_of(FakeControl(program=program)).get("/api/v1/status").json()["program"]

    assert shown["execute_service_checks"] is False
    assert shown["accept_passive_service_checks"] is True
    assert shown["changed"] == ["execute_service_checks"]


def test_a_path_without_parameters_refuses_every_one(client_of: Visit) -> None:
    assert client_of(FakeControl()).get("/api/v1/status?x=1").status_code == 400


def test_a_list_is_paged(client_of: Visit) -> None:
    client = client_of(FakeControl([a_host()], [a_service("web1", f"s{n}") for n in range(5)]))

    answer = client.get("/api/v1/services?limit=2&offset=2")

    assert descriptions(answer) == ["s2", "s3"]
    assert {name: answer.json()[name] for name in ("total", "limit", "offset")} == {
        "total": 5,
        "limit": 2,
        "offset": 2,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=CRITICAL", ["b"]),
        ("state=critical,warning", ["b", "c"]),
        ("state=CRITICAL&state=WARNING", ["b", "c"]),
        ("problems=1", ["b", "c"]),
        ("problems=0", ["a", "b", "c", "d"]),
        ("host=db", ["d"]),
        ("group=web", ["a", "b", "c"]),
        ("group=front", ["a"]),
        ("q=MEMORIA", ["d"]),
        ("q=db", ["d"]),
        ("acknowledged=1", ["b"]),
        ("acknowledged=0", ["a", "c", "d"]),
        ("in_downtime=1", ["c", "d"]),
        ("flapping=1", ["a"]),
        ("problems=1&acknowledged=0&in_downtime=0", []),
    ],
)
def test_a_list_is_filtered(client_of: Visit, query: str, found: list[str]) -> None:
    hosts = [a_host("web1", groups=("web",)), a_host("db")]
    services = [
        a_service("web1", "a", groups=("front",), flapping=True),
        a_service("web1", "b", "CRITICAL", acknowledged=True),
        a_service("web1", "c", "WARNING", in_downtime=True),
        a_service("db", "d", output="memória livre: 12%", host_in_downtime=True),
    ]

    assert descriptions(client_of(FakeControl(hosts, services)).get(f"/api/v1/services?{query}")) == found


def test_hosts_are_filtered_by_their_own_states(client_of: Visit) -> None:
    client = client_of(FakeControl([a_host("a"), a_host("b", "DOWN")]))

    assert [host["name"] for host in client.get("/api/v1/hosts?state=DOWN").json()["items"]] == ["b"]
    assert client.get("/api/v1/hosts?state=CRITICAL").status_code == 400


def test_an_event_is_flat_and_begins_with_its_id(client_of: Visit) -> None:
    client = client_of(FakeControl(events=[a_change("web1", "http")]))

    event = client.get("/api/v1/events").json()["items"][0]

    assert list(event)[:2] == ["id", "type"]
    assert event["id"] == 1
    assert event["type"] == "state_changed"
    assert (event["time"], event["host"], event["service"], event["state"]) == (NOW, "web1", "http", "CRITICAL")


def test_events_go_on_after_the_last_one_seen(client_of: Visit) -> None:
    client = client_of(FakeControl(events=[a_change(service=f"s{n}") for n in range(5)]))

    first = client.get("/api/v1/events?limit=2").json()
    second = client.get(f"/api/v1/events?limit=3&after={first['last']}").json()

    assert ([one["id"] for one in first["items"]], first["more"]) == ([1, 2], True)
    assert ([one["id"] for one in second["items"]], second["more"]) == ([3, 4, 5], False)


def test_a_page_without_events_repeats_where_to_go_on(client_of: Visit) -> None:
    answer = client_of(FakeControl(events=[a_change()])).get("/api/v1/events?after=7").json()

    assert answer == {"items": [], "limit": 100, "last": 7, "more": False}


def test_events_are_filtered(client_of: Visit) -> None:
    events: list[AnyEvent] = [
        a_change("a", "x"),
        a_change("a", "y"),
        a_change("b", "x"),
        ServerStopped(time=NOW, version="1", pid=1),
    ]
    client = client_of(FakeControl(events=events))

    def ids(query: str) -> list[int]:
        return [one["id"] for one in client.get(f"/api/v1/events?{query}").json()["items"]]

    assert ids("host=a") == [1, 2]
    assert ids("host=a&service=y") == [2]
    assert ids("type=server_stopped") == [4]
    assert client.get("/api/v1/events?type=nix").status_code == 400


def test_an_explanation_has_reasons_and_flat_events(client_of: Visit) -> None:
    client = client_of(FakeControl([a_host()], [a_service(state="CRITICAL")], [a_change()]))

    answer = client.get("/api/v1/explain/web1/http").json()

    assert answer["reasons"] == [{"topic": "state", "text": "[en] It is CRITICAL since 2 h."}]
    assert answer["events"][0]["id"] == 1
    assert answer["events"][0]["type"] == "state_changed"


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "pt-BR,pt;q=0.9", "pt_BR"),
        ("?lang=pt_BR", "en", "pt_BR"),
        ("?lang=en", "pt-BR", "en"),
        ("", "", "en"),
    ],
)
def test_an_explanation_is_in_the_readers_language(
    client_of: Visit, query: str, header: str, language: str
) -> None:
    client = client_of(FakeControl([a_host()]))

    answer = client.get(f"/api/v1/explain/web1{query}", headers={"accept-language": header}).json()

    assert answer["reasons"][0]["text"].startswith(f"[{language}]")


def test_answers_are_never_kept_by_the_browser(client_of: Visit) -> None:
    answer = client_of(FakeControl()).get("/api/v1/status")

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/json"


def test_what_goes_wrong_is_a_500_in_json_without_details(client_of: Visit) -> None:
    class Broken(FakeControl):
        def hosts(self) -> Any:
            raise RuntimeError("secret")

    answer = client_of(Broken()).get("/api/v1/hosts")

    assert answer.status_code == 500
    assert answer.json() == {"error": "the server failed to answer; its log says why"}


def test_the_description_names_every_path_and_event_type(client_of: Visit) -> None:
    description = client_of(FakeControl()).get("/api/v1/openapi.json").json()

    assert description["openapi"] == "3.1.0"
    assert set(description["paths"]) == {
        "/api/v1/status",
        "/api/v1/hosts",
        "/api/v1/hosts/{host}",
        "/api/v1/services",
        "/api/v1/services/{host}/{description}",
        "/api/v1/comments",
        "/api/v1/downtimes",
        "/api/v1/events",
        "/api/v1/events/stream",
        "/api/v1/explain/{host}",
        "/api/v1/explain/{host}/{description}",
        "/api/v1/commands",
    }
    change = description["components"]["schemas"]["StateChanged"]
    assert "id" in change["required"]
    assert change["properties"]["type"] == {"enum": ["state_changed"]}


def test_every_reference_in_the_description_leads_somewhere(client_of: Visit) -> None:
    text = client_of(FakeControl()).get("/api/v1/openapi.json").text
    schemas = client_of(FakeControl()).get("/api/v1/openapi.json").json()["components"]["schemas"]

    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert named
    assert named - set(schemas) == set()
