"""What people left on objects, as a reader gets it: comments, downtimes, marks, changed settings, decisions."""

import pytest

from atalaia.core.events import AnyEvent, CommentAdded, NotificationSuppressed
from atalaia.ports.control import ProgramView
from support.fake_control import NOW, FakeControl, a_change, a_comment, a_downtime, a_host, a_service
from support.parsed_page import Element, parse
from support.visiting import Visit


def page_of(client_of: Visit, control: FakeControl, path: str = "/", language: str = "en") -> Element:
    return parse(client_of(control).get(path, headers={"accept-language": language}).text)


def section(page: Element, name: str) -> Element:
    return page.one("section", aria_labelledby=name)


def rows(table: Element) -> list[str]:
    return [row.text for row in table.all("tr", class_="row")]


def suppressed(reason: str) -> NotificationSuppressed:
    return NotificationSuppressed(
        time=NOW, host="web1", service="http", kind="PROBLEM", state="CRITICAL", reason=reason
    )


def test_the_page_of_a_service_shows_its_downtimes_and_its_hosts(client_of: Visit) -> None:
    control = FakeControl(
        [a_host()], [a_service()], downtimes=[a_downtime(1, service=""), a_downtime(2), a_downtime(3, "db")]
    )
    shown = rows(section(page_of(client_of, control, "/services/web1/http"), "downtimes"))

    assert len(shown) == 2
    assert "in effect" in shown[0]
    assert "atalaia downtime --cancel 2" in shown[0]
    assert "of its host" in shown[1]
    assert "a new disk — ana" in shown[1].replace("ana", "— ana")


def test_the_page_of_a_host_shows_its_own_comments(client_of: Visit) -> None:
    control = FakeControl(
        [a_host()],
        [a_service()],
        comments=[
            a_comment(1, service="", text="call <b>ana</b> first"),
            a_comment(2),
            a_comment(3, service="", kind="downtime", text="says what the downtime says"),
        ],
    )
    shown = rows(section(page_of(client_of, control, "/hosts/web1"), "comments"))

    assert len(shown) == 1
    assert "call <b>ana</b> first" in shown[0]


def test_the_page_says_with_which_command_one_acts(client_of: Visit) -> None:
    control = FakeControl([a_host()], [a_service("web1", "disk /var", "CRITICAL")])
    acts = section(page_of(client_of, control, "/services/web1/disk%20%2Fvar"), "acts")

    assert acts.all("code")[0].text == "atalaia ack web1 'disk /var' -m \"…\""
    assert "Nobody can act from this page yet." in acts.text


def test_a_setting_that_was_changed_is_marked(client_of: Visit) -> None:
    service = a_service(
        active_checks_enabled=False,
        event_handler_enabled=False,
        check_interval=90.0,
        modified_attributes=("active_checks_enabled", "check_interval"),
    )
    control = FakeControl([a_host()], [service])
    facts = section(page_of(client_of, control, "/services/web1/http"), "facts").one("dl").all("div")
    shown = {fact.one("dt").text: fact.one("dd").text for fact in facts}

    assert shown["active checks"] == "off changed while running"
    assert shown["check interval"] == "1 min 30 s changed while running"
    assert shown["event handler"] == "off"


def test_the_percentage_of_flapping_is_a_fact(client_of: Visit) -> None:
    service = a_service(percent_state_change=12.34, flap_thresholds=(20.0, 30.0))
    page = page_of(client_of, FakeControl([a_host()], [service]), "/services/web1/http")

    assert "12.3% (flaps from 30.0% on, settles at 20.0%)" in section(page, "facts").text


def test_all_downtimes_have_a_page(client_of: Visit) -> None:
    control = FakeControl(
        [a_host()], downtimes=[a_downtime(1), a_downtime(2, "db", "", in_effect=False, start=NOW + 60)]
    )
    page = page_of(client_of, control, "/downtimes")

    assert page.one("h1").text == "Downtimes 2"
    assert [row.one(class_="c-name").text for row in page.all("tr", class_="row")] == ["http web1", "db"]
    assert page.one("table").all("a")[0].attributes["href"] == "/services/web1/http"


def test_all_comments_have_a_page_newest_first(client_of: Visit) -> None:
    control = FakeControl(
        comments=[a_comment(1, text="old"), a_comment(2, text="new"), a_comment(3, kind="downtime")]
    )
    page = page_of(client_of, control, "/comments")

    assert page.one("h1").text == "Comments 2"
    assert [row.one(class_="c-output").text.split()[0] for row in page.all("tr", class_="row")] == [
        "new",
        "old",
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [("/downtimes", "No downtime is planned."), ("/comments", "Nobody has written a comment.")],
)
def test_where_there_is_nothing_the_page_says_so(client_of: Visit, path: str, text: str) -> None:
    assert text in page_of(client_of, FakeControl(), path).text


def test_many_come_page_by_page(client_of: Visit) -> None:
    control = FakeControl(comments=[a_comment(number) for number in range(1, 451)])
    first, last = page_of(client_of, control, "/comments"), page_of(client_of, control, "/comments?page=3")

    assert first.one("a", rel="next").attributes["href"] == "/comments?page=2"
    assert len(first.all("tr", class_="row")) == 200
    assert len(last.all("tr", class_="row")) == 50
    assert last.one("a", rel="prev").attributes["href"] == "/comments?page=2"


def test_marks_are_counted_and_filter(client_of: Visit) -> None:
    services = [
        a_service("web1", "a", "CRITICAL", acknowledged=True),
        a_service("web1", "beta", in_downtime=True),
        a_service("web1", "c", host_in_downtime=True),
    ]
    control = FakeControl([a_host()], services)
    links = {
        link.text: link.attributes["href"] for link in page_of(client_of, control).all("a", class_="total")
    }
    chosen = page_of(client_of, control, "/?in_downtime=1&q=beta")

    assert links["acknowledged 1"] == "/?acknowledged=1"
    assert links["in downtime 2"] == "/?in_downtime=1"
    assert not any(text.startswith("flapping") for text in links)
    names = [row.one("a").text for row in section(chosen, "all").all("tr", class_="row")]
    assert names == ["web1", "beta"]
    assert chosen.one("a", class_="total", aria_current="true").attributes["href"] == "/?q=beta"
    assert chosen.one("input", name="in_downtime").attributes["value"] == "1"


def test_a_service_whose_host_is_in_a_downtime_needs_nobody(client_of: Visit) -> None:
    control = FakeControl([a_host(in_downtime=True)], [a_service(state="CRITICAL", host_in_downtime=True)])
    page = page_of(client_of, control)

    assert page.one("h1").text == "Nothing needs you now"
    assert "host in downtime" in section(page, "known").text


def test_switches_that_make_the_server_blind_are_said_on_every_page(client_of: Visit) -> None:
    control = FakeControl(
        [a_host()], program=ProgramView(execute_service_checks=False, execute_host_checks=False)
    )

    for path in ("/", "/hosts/web1", "/events", "/downtimes"):
        notices = [one.text for one in page_of(client_of, control, path).one(id="live").all(class_="notice")]
        assert [text.split(":")[0] for text in notices] == [
            "Checks of hosts are switched off",
            "Checks of services are switched off",
        ]


def test_other_changed_switches_are_said_on_the_overview(client_of: Visit) -> None:
    program = ProgramView(
        enable_event_handlers=False, changed=("enable_event_handlers", "enable_notifications")
    )
    control = FakeControl([a_host()], program=program)

    assert page_of(client_of, control).one(class_="notice-changed").text == (
        "Settings of the whole server were changed while running event handlers: off"
    )
    assert page_of(client_of, control, "/hosts/web1").all(class_="notice-changed") == []


def lines(page: Element) -> list[str]:
    return [one.attributes["data-key"] for one in page.one("ol").all("li")]


def link(page: Element, text: str) -> str:
    return next(one.attributes["href"] for one in page.all("a") if one.text == text)


def test_the_history_leaves_routine_out_unless_it_is_asked_for(client_of: Visit) -> None:
    control = FakeControl(events=[a_change(), suppressed("too_early"), suppressed("in_downtime")])
    usual, everything = page_of(client_of, control, "/events"), page_of(client_of, control, "/events?all=1")

    assert lines(usual) == ["3", "1"]
    assert lines(everything) == ["3", "2", "1"]
    assert [link.attributes["href"] for link in usual.all("a") if link.text == "all decisions"] == [
        "/events?all=1"
    ]
    assert [link.attributes["href"] for link in everything.all("a") if link.text == "leave routine out"] == [
        "/events"
    ]


def test_who_asks_for_one_type_gets_all_of_it(client_of: Visit) -> None:
    control = FakeControl(events=[suppressed("soft"), suppressed("in_downtime")])

    assert lines(page_of(client_of, control, "/events?type=notification_suppressed")) == ["2", "1"]


def test_pages_of_the_history_are_full_however_much_is_left_out(client_of: Visit) -> None:
    events: list[AnyEvent] = []
    for number in range(150):
        events += [a_change(service=f"s{number}"), *[suppressed("soft")] * 9]
    control = FakeControl(events=events)
    first, second = page_of(client_of, control, "/events"), page_of(client_of, control, "/events?page=2")

    assert (len(lines(first)), len(lines(second))) == (100, 50)
    assert second.all("a", rel="next") == []


def test_the_page_of_an_object_leaves_routine_out(client_of: Visit) -> None:
    remark = CommentAdded(
        time=NOW, host="web1", service="http", comment_id=1, kind="downtime", author="x", text="y"
    )
    control = FakeControl([a_host()], [a_service()], [a_change(), suppressed("soft"), remark])

    assert lines(page_of(client_of, control, "/services/web1/http")) == ["1"]


def test_the_pages_of_people_speak_portuguese(client_of: Visit) -> None:
    control = FakeControl(downtimes=[a_downtime()])
    page = page_of(client_of, control, "/downtimes", "pt-BR")

    assert page.one("h1").text == "Manutenções 1"
    assert "em vigor" in page.one("table").text
