"""Who may talk to the server, and output that wants to be more than text."""

from urllib.parse import quote

import pytest

from atalaia.web.app import WebSettings
from atalaia.web.security import host_name, is_loopback, safe_link
from support.fake_control import FakeControl, a_change, a_comment, a_downtime, a_host, a_service
from support.parsed_page import Element, parse
from support.visiting import Visit

EVIL = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8420", "LOCALHOST", "127.0.0.1", "127.9.9.9:1", "[::1]:8420", "localhost."]
)
def test_the_server_answers_to_its_own_names(client_of: Visit, host: str) -> None:
    assert client_of(FakeControl()).get("/api/v1/status", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8420",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "",
        "[",
    ],
)
def test_a_foreign_name_is_refused(client_of: Visit, host: str) -> None:
    answer = client_of(FakeControl()).get("/", headers={"host": host})

    assert answer.status_code == 421
    assert "does not answer to the name" in answer.text


def test_a_configured_name_is_the_servers_own(client_of: Visit) -> None:
    client = client_of(FakeControl(), WebSettings(names=("Monitor.Example",)))

    assert client.get("/api/v1/status", headers={"host": "monitor.example:8420"}).status_code == 200


def test_on_a_wildcard_address_every_address_is_the_servers_own_but_no_name(client_of: Visit) -> None:
    client = client_of(FakeControl(), WebSettings(listen_host="0.0.0.0"))

    assert client.get("/api/v1/status", headers={"host": "10.0.0.1:8420"}).status_code == 200
    assert client.get("/api/v1/status", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("path", ["/", "/api/v1/status", "/nix", "/events", "/-/patterns"])
def test_every_answer_carries_the_security_headers(client_of: Visit, path: str) -> None:
    headers = client_of(FakeControl()).get(path).headers

    assert headers["content-security-policy"].startswith("default-src 'self'; ")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def evil_control() -> FakeControl:
    host = a_host(
        EVIL, output=EVIL, long_output=EVIL, alias=EVIL, address=EVIL, groups=(EVIL,), parents=(EVIL,)
    )
    service = a_service(
        EVIL,
        EVIL,
        "CRITICAL",
        output=EVIL,
        long_output=EVIL,
        perfdata=f"'{EVIL}'=1s;{EVIL};{EVIL};0;1",
        notes=EVIL,
        notes_url="javascript:alert(1)",
        action_url="data:text/html,<script>alert(1)</script>",
        check_command=EVIL,
        contacts=(EVIL,),
    )
    said = {"author": EVIL, "host": EVIL, "service": EVIL}
    return FakeControl(
        [host],
        [service],
        [a_change(EVIL, EVIL, output=EVIL)],
        comments=[a_comment(1, text=EVIL, **said)],
        downtimes=[a_downtime(1, comment=EVIL, **said)],
    )


def evil_pages(client_of: Visit) -> list[Element]:
    client, name = client_of(evil_control()), quote(EVIL, safe="")
    paths = (
        "/",
        f"/?q={name}",
        f"/hosts/{name}",
        f"/services/{name}/{name}",
        "/events",
        f"/events?host={name}",
        "/downtimes",
        "/comments",
    )
    return [parse(client.get(path).text) for path in (*paths, f"/hosts/nix{name}")]


def test_output_and_names_never_become_elements(client_of: Visit) -> None:
    for page in evil_pages(client_of):
        assert EVIL in page.one("body").text or EVIL in str([one.attributes for one in page])
        assert [one.text for one in page.all("script")] == ["" for _ in page.all("script")]
        assert all(one.attributes.get("src", "").startswith("/static/") for one in page.all("script"))


def test_no_page_has_script_or_style_of_its_own(client_of: Visit) -> None:
    for page in evil_pages(client_of):
        assert page.all("style") == []
        assert [
            name for one in page for name in one.attributes if name == "style" or name.startswith("on")
        ] == []


def test_links_lead_to_this_server_or_the_ordinary_web_only(client_of: Visit) -> None:
    for page in evil_pages(client_of):
        targets = [one.attributes["href"] for one in page.all() if "href" in one.attributes]

        assert [target for target in targets if not target.startswith(("/", "#", "http"))] == []


def test_an_address_that_is_no_web_address_is_shown_as_text(client_of: Visit) -> None:
    name = quote(EVIL, safe="")
    page = parse(client_of(evil_control()).get(f"/services/{name}/{name}").text)

    assert "javascript:alert(1)" in page.one("section", class_="facts").text


@pytest.mark.parametrize("url", ["https://wiki.example/a?b=c", "http://127.0.0.1/x", " https://a.example "])
def test_a_web_address_is_a_link(url: str) -> None:
    assert safe_link(url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/local",
        "http:",
        "http://[",
        "",
    ],
)
def test_anything_else_is_no_link(url: str) -> None:
    assert safe_link(url) == ""


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("A.example:80", "a.example"),
        ("[::1]:80", "::1"),
        ("[::1]", "::1"),
        ("a.example.", "a.example"),
        ("[", ""),
    ],
)
def test_the_name_in_a_host_header_is_read(header: str, name: str) -> None:
    assert host_name(header) == name


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.example", False)],
)
def test_loopback_addresses_are_known(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
