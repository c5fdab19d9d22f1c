"""The verdict over everything, and the numbers beside it."""

import msgspec
import pytest

from atalaia.texts import texts
from atalaia.web.overview import STRIP_WIDTH, Overview, Snapshot, overview
from atalaia.web.selection import Selection
from support.fake_control import FakeControl, a_host, a_service

EN = texts("en")


def seen(control: FakeControl) -> Overview:
    snapshot = Snapshot(status=control.status(), hosts=control.hosts(), services=control.services())
    return overview(EN, snapshot, Selection())


@pytest.mark.parametrize(
    ("hosts", "services", "tone", "text"),
    [
        ([a_host()], [a_service()], "ok", "All is well"),
        ([a_host()], [a_service(state="WARNING")], "warning", "1 problem needs somebody"),
        ([a_host(state="DOWN")], [a_service(state="WARNING")], "critical", "2 problems need somebody"),
        ([a_host()], [a_service(state="CRITICAL", acknowledged=True)], "ok", "Nothing needs you now"),
        (
            [a_host(state="DOWN", in_downtime=True)],
            [a_service(state="UNKNOWN")],
            "unknown",
            "1 problem needs somebody",
        ),
        ([a_host(state="PENDING")], [a_service(state="PENDING")], "pending", "Waiting for the first results"),
        ([], [], "pending", "Nothing is watched"),
    ],
)
def test_the_verdict(hosts: list[object], services: list[object], tone: str, text: str) -> None:
    verdict = seen(FakeControl(hosts, services)).verdict  # type: ignore[arg-type]

    assert (verdict.tone, verdict.text) == (tone, text)


def test_the_verdict_says_how_much_is_watched_and_what_is_known() -> None:
    services = [a_service("web1", "a", "CRITICAL"), a_service("web1", "b", "WARNING", acknowledged=True)]

    assert seen(FakeControl([a_host()], services)).verdict.remark == "2 services on 1 host · 1 known problem"


def test_a_server_in_trouble_never_says_that_all_is_well() -> None:
    control = FakeControl([a_host()])
    control.engine = msgspec.structs.replace(control.engine, alarms=("The disk is full.",))

    verdict = seen(control).verdict
    assert (verdict.tone, verdict.text) == (
        "warning",
        "No problem is known, but Atalaia has trouble with itself",
    )


def test_what_still_waits_for_a_result_is_mentioned() -> None:
    remark = seen(FakeControl([a_host()], [a_service(state="PENDING")])).verdict.remark

    assert remark == "1 service on 1 host · 1 waits for its first result"


def test_the_strip_is_as_wide_as_its_drawing_and_shows_even_the_least_part() -> None:
    services = [a_service("web1", f"s{n}") for n in range(2000)] + [a_service("web1", "bad", "CRITICAL")]
    strip = seen(FakeControl([a_host()], services)).strip

    assert [part.tone for part in strip] == ["critical", "ok"]
    assert strip[0].width >= 8
    assert sum(part.width for part in strip) == pytest.approx(STRIP_WIDTH)
    assert strip[1].start == pytest.approx(strip[0].width)


def test_totals_leave_out_what_does_not_occur_but_never_the_good_state() -> None:
    page = seen(FakeControl([a_host(state="DOWN")], [a_service(state="UNKNOWN")]))

    assert [(total.mark.word, total.count) for total in page.service_totals] == [("UNKNOWN", 1), ("OK", 0)]
    assert [(total.mark.word, total.count) for total in page.host_totals] == [("DOWN", 1), ("UP", 0)]
