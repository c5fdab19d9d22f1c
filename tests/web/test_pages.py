"""The pages as a reader gets them: parsed HTML, in both languages, without a browser."""

import pytest

from atalaia.core.instants import NEVER
from atalaia.ports.control import ConfigView, EngineView
from atalaia.web.api import EVENT_TYPE_NAMES
from atalaia.web.present import TONES
from support.fake_control import NOW, FakeControl, a_change, a_comment, a_downtime, a_host, a_service
from support.parsed_page import Element, parse
from support.visiting import Visit


def page_of(client_of: Visit, control: FakeControl, path: str = "/", language: str = "en") -> Element:
    return parse(client_of(control).get(path, headers={"accept-language": language}).text)


def names(table: Element) -> list[str]:
    return [row.one(class_="c-name").text for row in table.all("tr", class_="row")]


def section(page: Element, name: str) -> Element:
    return page.one("section", aria_labelledby=name)


def test_with_no_problem_the_page_says_so_calmly(client_of: Visit) -> None:
    page = page_of(client_of, FakeControl([a_host()], [a_service()]))

    assert page.one("h1").text == "All is well"
    assert page.one("title").text == "Atalaia"
    assert page.all("section", aria_labelledby="urgent") == []


def test_problems_come_first_hosts_before_services_the_worst_and_newest_on_top(client_of: Visit) -> None:
    services = [
        a_service("web1", "old warning", "WARNING", last_state_change=NOW - 500),
        a_service("web1", "old", "CRITICAL", last_state_change=NOW - 500),
        a_service("web1", "unknown", "UNKNOWN", last_state_change=NOW - 10),
        a_service("web1", "new", "CRITICAL", last_state_change=NOW - 5),
        a_service("web1", "new warning", "WARNING", last_state_change=NOW - 5),
    ]
    page = page_of(client_of, FakeControl([a_host(), a_host("db", "DOWN")], services))

    assert names(section(page, "urgent")) == [
        "db",
        "new web1",
        "old web1",
        "unknown web1",
        "new warning web1",
        "old warning web1",
    ]


def test_what_is_known_planned_or_caused_by_something_else_stands_apart(client_of: Visit) -> None:
    hosts = [a_host(), a_host("db", "DOWN"), a_host("behind", "UNREACHABLE")]
    services = [
        a_service("web1", "taken", "CRITICAL", acknowledged=True),
        a_service("web1", "planned", "WARNING", in_downtime=True),
        a_service("db", "sql", "CRITICAL", host_state="DOWN"),
        a_service("web1", "http", "CRITICAL"),
    ]
    page = page_of(client_of, FakeControl(hosts, services))

    assert names(section(page, "urgent")) == ["db", "http web1"]
    assert sorted(name.split()[0] for name in names(section(page, "known"))) == [
        "behind",
        "planned",
        "sql",
        "taken",
    ]
    assert page.one("title").text == "(2) Atalaia"


def test_many_known_problems_are_folded_away(client_of: Visit) -> None:
    services = [a_service("db", f"s{n}", "CRITICAL", host_state="DOWN") for n in range(20)]
    page = page_of(client_of, FakeControl([a_host("db", "DOWN")], services))

    assert "open" not in page.one("details").attributes


def test_a_state_is_a_shape_and_a_word_not_only_a_colour(client_of: Visit) -> None:
    page = page_of(client_of, FakeControl([a_host()], [a_service(state="CRITICAL")]))
    state = section(page, "urgent").one("td", class_="c-state")

    assert state.one("use").attributes["href"] == "#shape-critical"
    assert page.one("symbol", id="shape-critical")
    assert state.one(class_="word").text == "CRITICAL"


def test_a_row_tells_how_long_how_certain_and_what_the_plugin_said(client_of: Visit) -> None:
    service = a_service(
        state="WARNING", state_type="SOFT", attempt=2, last_state_change=NOW - 200, output="DISK WARNING - 9%"
    )
    row = section(page_of(client_of, FakeControl([a_host()], [service])), "urgent").one("tr", class_="row")

    assert row.one("time").text == "3 min 20 s"
    assert row.one("time").attributes["datetime"] == "2026-05-28T20:23:20+00:00"
    assert "2026" in row.one("time").attributes["title"]
    assert row.one(class_="c-attempt").text == "2/3 SOFT"
    assert row.one(class_="c-output").text == "DISK WARNING - 9%"


def test_every_object_stands_under_its_host(client_of: Visit) -> None:
    services = [a_service("b", "http"), a_service("a", "ssh"), a_service("a", "disk")]
    page = page_of(client_of, FakeControl([a_host("b"), a_host("a")], services))

    bodies = section(page, "all").all("tbody")
    assert [names(body) for body in bodies] == [["a 127.0.0.1", "disk", "ssh"], ["b 127.0.0.1", "http"]]


def test_many_hosts_come_page_by_page(client_of: Visit) -> None:
    control = FakeControl([a_host(f"h{n:03}") for n in range(250)])
    first, last = page_of(client_of, control), page_of(client_of, control, "/?page=3")

    assert len(section(first, "all").all("tbody")) == 100
    assert first.one("a", rel="next").attributes["href"] == "/?page=2"
    assert first.all("a", rel="prev") == []
    assert len(section(last, "all").all("tbody")) == 50
    assert last.one("a", rel="prev").attributes["href"] == "/?page=2"
    assert last.all("a", rel="next") == []


def test_totals_are_links_that_filter(client_of: Visit) -> None:
    page = page_of(client_of, FakeControl([a_host()], [a_service(state="CRITICAL"), a_service("web1", "ssh")]))
    links = {link.text: link.attributes["href"] for link in page.one(class_="totals").all("a")}

    assert links == {"CRITICAL 1": "/?state=CRITICAL", "OK 1": "/?state=OK", "UP 1": "/?state=UP"}


def test_a_filter_by_state_shows_only_these_and_can_be_taken_back(client_of: Visit) -> None:
    control = FakeControl([a_host()], [a_service(state="CRITICAL"), a_service("web1", "ssh")])
    page = page_of(client_of, control, "/?state=CRITICAL")

    assert names(section(page, "all")) == ["web1 127.0.0.1", "http"]
    assert page.one(class_="totals").one("a", aria_current="true").attributes["href"] == "/"
    assert "0 hosts and 1 service match" in page.one(class_="matches").text


def test_a_filter_by_text_ignores_case_and_accents_and_stays_in_the_box(client_of: Visit) -> None:
    control = FakeControl([a_host()], [a_service("web1", "memória"), a_service("web1", "ssh")])
    page = page_of(client_of, control, "/?q=MEMORIA")

    assert names(section(page, "all")) == ["web1 127.0.0.1", "memória"]
    assert page.one("input", name="q").attributes["value"] == "MEMORIA"


def test_a_filter_that_finds_nothing_says_so(client_of: Visit) -> None:
    page = page_of(client_of, FakeControl([a_host()], [a_service()]), "/?q=nix")

    assert page.one(class_="matches").text == "nothing matches · show everything"


@pytest.mark.parametrize("query", ["state=NIX", "page=x", "page=-1", "page=99999999999", "foo=1", "problems=2"])
def test_a_page_is_lenient_with_its_address(client_of: Visit, query: str) -> None:
    assert client_of(FakeControl([a_host()])).get(f"/?{query}").status_code == 200


def test_troubles_of_the_server_itself_stand_on_top(client_of: Visit) -> None:
    engine = EngineView(
        checks_per_second=1,
        lateness=9,
        mean_lateness=5,
        queue=7,
        running=1,
        workers=1,
        outbox=0,
        alarms=("Checks start 9 s late.",),
    )
    config = ConfigView(path="nagios.cfg", loaded=NOW, last_error="a.cfg:1: error: no host")
    page = page_of(
        client_of, FakeControl([a_host()], engine=engine, config=config, notifications_enabled=False)
    )

    notices = [notice.text for notice in page.one(id="live").all(class_="notice")]
    assert notices == [
        "Atalaia has trouble with itself Checks start 9 s late.",
        "The configuration on disk has errors; the one loaded just now stays in force a.cfg:1: error: no host",
        "Notifications are switched off: nobody is told anything",
    ]


def test_a_page_says_when_its_data_was_produced(client_of: Visit) -> None:
    produced = page_of(client_of, FakeControl([a_host()])).one("time", id="produced")

    assert produced.attributes["datetime"] == "2026-05-28T20:26:40+00:00"


def test_without_hosts_the_page_says_what_is_missing(client_of: Visit) -> None:
    page = page_of(client_of, FakeControl())

    assert page.one("h1").text == "Nothing is watched"


def test_before_the_first_results_the_page_waits(client_of: Visit) -> None:
    page = page_of(client_of, FakeControl([a_host(state="PENDING", last_state_change=NEVER)]))

    assert page.one("h1").text == "Waiting for the first results"
    assert section(page, "all").one("td", class_="c-output").text == "no result yet"


def test_a_service_has_a_page_with_everything(client_of: Visit) -> None:
    service = a_service(
        "web1",
        "disk /var/lib",
        "CRITICAL",
        output="DISK CRITICAL",
        long_output="line 1\n<line 2>",
        perfdata="/=2643MB;5948;5958;0;5968",
        contacts=("ana", "rui"),
        notes="Ask the team.",
        notes_url="https://wiki.example/disk",
        notification_number=2,
    )
    control = FakeControl([a_host()], [service], [a_change("web1", "disk /var/lib")])
    page = page_of(client_of, control, "/services/web1/disk%20%2Fvar%2Flib")

    assert page.one("h1").text == "disk /var/lib"
    assert page.one("title").text == "(1) disk /var/lib – web1 – Atalaia"
    assert page.one("pre", class_="long").text == "line 1 <line 2>"
    assert section(page, "why").text == "Why [en] It is CRITICAL since 2 h."
    assert section(page, "measured").one("tbody").one("th").text == "/"
    assert section(page, "measured").one(class_="value").text == "2643MB"
    facts = {fact.one("dt").text: fact.one("dd").text for fact in section(page, "facts").one("dl").all("div")}
    assert facts["next check"] == "in 40 s"
    assert facts["last check"] == "20 s ago"
    assert facts["who is told"] == "ana, rui"
    assert facts["notes"] == "Ask the team."
    assert facts["messages about this problem"] == "2"
    assert section(page, "facts").one("a").attributes["href"] == "https://wiki.example/disk"
    assert "CRITICAL instead of OK" in section(page, "happened").text


def test_a_host_has_a_page_with_its_services(client_of: Visit) -> None:
    services = [a_service("web1", "a"), a_service("web1", "b", "CRITICAL"), a_service("db", "c")]
    page = page_of(client_of, FakeControl([a_host(), a_host("db")], services), "/hosts/web1")

    assert page.one("h1").text == "web1"
    assert names(section(page, "services")) == ["b", "a"]


def test_nobody_is_told_when_notifications_are_off_and_the_page_says_why(client_of: Visit) -> None:
    off = page_of(client_of, FakeControl([a_host(notifications_enabled=False)]), "/hosts/web1")
    everywhere = page_of(client_of, FakeControl([a_host()], notifications_enabled=False), "/hosts/web1")
    nobody = page_of(client_of, FakeControl([a_host(contacts=())]), "/hosts/web1")

    assert "nobody: notifications are switched off for this object" in off.text
    assert "nobody: notifications are switched off on the whole server" in everywhere.text
    assert "nobody: it has no contacts" in nobody.text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/hosts/nix", "There is no host nix."),
        ("/services/web1/nix", "There is no service nix on web1."),
        ("/nix", "Not Found"),
    ],
)
def test_what_does_not_exist_is_a_404_page_in_the_same_frame(client_of: Visit, path: str, text: str) -> None:
    answer = client_of(FakeControl([a_host()])).get(path)

    assert answer.status_code == 404
    assert parse(answer.text).one("h1").text == text
    assert parse(answer.text).one("a", class_="brand")


def test_the_log_is_read_newest_first(client_of: Visit) -> None:
    control = FakeControl(events=[a_change(service="first"), a_change(service="second")])
    page = page_of(client_of, control, "/events")

    assert [line.one("a").text for line in page.one("ol").all("li")] == ["second web1", "first web1"]


def test_the_log_goes_back_page_by_page(client_of: Visit) -> None:
    control = FakeControl(events=[a_change(service=f"s{n}") for n in range(1, 251)])
    first, third = page_of(client_of, control, "/events"), page_of(client_of, control, "/events?page=3")

    assert first.one("a", rel="next").attributes["href"] == "/events?page=2"
    assert len(first.one("ol").all("li")) == 100
    assert [li.attributes["data-key"] for li in third.one("ol").all("li")] == [str(n) for n in range(50, 0, -1)]
    assert third.all("a", rel="next") == []


def test_the_log_can_be_of_one_object(client_of: Visit) -> None:
    control = FakeControl(events=[a_change("a", "x"), a_change("b", "y")])
    page = page_of(client_of, control, "/events?host=b&service=y")

    assert [line.one("a").text for line in page.one("ol").all("li")] == ["y b"]


@pytest.mark.parametrize(
    "path",
    ["/", "/hosts/web1", "/services/web1/http", "/events", "/downtimes", "/comments", "/-/patterns"],
)
def test_every_page_is_sound(client_of: Visit, path: str) -> None:
    control = FakeControl(
        [a_host()],
        [a_service(state="CRITICAL")],
        [a_change()],
        comments=[a_comment(), a_comment(2, service="")],
        downtimes=[a_downtime(), a_downtime(2, service="")],
    )
    page = page_of(client_of, control, path)

    assert page.one("html").attributes["lang"] == "en"
    assert page.one("a", class_="skip").attributes["href"] == "#live"
    assert page.one(id="live")
    assert len(page.all("main")) == 1
    ids = [one.attributes["id"] for one in page if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    labelled = [one.attributes["aria-labelledby"] for one in page if "aria-labelledby" in one.attributes]
    assert set(labelled) <= set(ids)
    shapes = [one.attributes["href"].removeprefix("#") for one in page.all("use")]
    assert set(shapes) <= set(ids)
    inputs = [one for one in page.all("input") if one.attributes.get("type") != "hidden"]
    assert {one.attributes["id"] for one in inputs} <= {label.attributes["for"] for label in page.all("label")}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=web",
        "/?acknowledged=1",
        "/hosts/web1",
        "/services/web1/disk%20%2Fa",
        "/events?host=web1",
        "/events?all=1",
        "/downtimes",
        "/comments",
    ],
)
def test_the_live_part_of_a_page_can_be_had_alone(client_of: Visit, path: str) -> None:
    control = FakeControl(
        [a_host()],
        [a_service("web1", "disk /a")],
        [a_change()],
        comments=[a_comment()],
        downtimes=[a_downtime()],
    )
    page = page_of(client_of, control, path)
    fragment = client_of(control).get(page.one("body").attributes["data-fragment"])

    assert fragment.status_code == 200
    part = parse(fragment.text)
    assert part.one(id="live").text == page.one(id="live").text
    assert part.all("html") == []
    assert part.one(id="live").attributes["data-title"] == page.one("title").text


def test_the_overviews_fragment_is_where_the_scripts_expect_it(client_of: Visit) -> None:
    assert client_of(FakeControl()).get("/-/fragment/").status_code == 200


def test_a_page_without_scripts_renews_itself(client_of: Visit) -> None:
    assert page_of(client_of, FakeControl()).one("noscript").one("meta").attributes["http-equiv"] == "refresh"


def test_files_of_the_page_are_kept_by_the_browser_as_long_as_they_are_the_same(client_of: Visit) -> None:
    client = client_of(FakeControl())
    page = parse(client.get("/").text)
    files = [one.attributes["src"] for one in page.all("script")]
    files += [one.attributes["href"] for one in page.all("link")]

    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/0/base.css").status_code == 404
    assert client.get(files[0].rpartition("/")[0] + "/nix.css").status_code == 404


def test_the_emblem_in_the_tab_tells_whether_somebody_is_needed(client_of: Visit) -> None:
    calm = page_of(client_of, FakeControl([a_host()])).one("link", rel="icon").attributes["href"]
    alarmed = page_of(client_of, FakeControl([a_host(state="DOWN")])).one("link", rel="icon").attributes["href"]

    assert calm.endswith("/emblem.svg")
    assert alarmed.endswith("/emblem-problem.svg")


def test_portuguese_readers_get_portuguese(client_of: Visit) -> None:
    control = FakeControl([a_host()], [a_service(state="CRITICAL")])
    page = page_of(client_of, control, language="pt-BR,pt;q=0.9,en;q=0.5")

    assert page.one("html").attributes["lang"] == "pt-BR"
    assert page.one("h1").text == "1 problema precisa de alguém"
    assert section(page, "urgent").one(class_="word").text == "CRÍTICO"


def test_a_language_once_chosen_is_kept(client_of: Visit) -> None:
    client = client_of(FakeControl())
    chosen = client.get("/?lang=pt-BR")
    later = client.get("/", headers={"accept-language": "en"})

    assert "samesite=lax" in chosen.headers["set-cookie"].lower()
    assert "httponly" in chosen.headers["set-cookie"].lower()
    assert parse(later.text).one("html").attributes["lang"] == "pt-BR"


def test_changing_the_language_keeps_the_page_and_its_filter(client_of: Visit) -> None:
    page = page_of(client_of, FakeControl([a_host()]), "/?q=a%26b&lang=pt-BR")
    links = [link.attributes["href"] for link in page.one(class_="languages").all("a")]

    assert links == ["/?q=a%26b&lang=en", "/?q=a%26b&lang=pt-BR"]


def test_a_script_hears_of_every_type_of_event(client_of: Visit) -> None:
    body = page_of(client_of, FakeControl()).one("body")

    assert body.attributes["data-types"].split() == list(EVENT_TYPE_NAMES)
    assert body.attributes["data-stream"] == "/api/v1/events/stream"


def test_the_pattern_page_shows_every_state_and_every_event(client_of: Visit) -> None:
    page = page_of(client_of, FakeControl(), "/-/patterns")

    shown = {shape.attributes["href"] for shape in page.all("use")}
    assert shown == {f"#shape-{tone}" for tone in TONES}
    certainties = {name for row in page.all("tr", class_="row") for name in row.attributes["class"].split()}
    assert {"SOFT", "HARD"} <= certainties
