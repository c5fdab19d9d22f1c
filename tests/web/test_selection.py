"""Which problems need somebody, and how people compare text."""

import pytest

from atalaia.ports.control import HostView, ServiceView
from atalaia.web.selection import fold, natural, needs_somebody
from support.fake_control import a_host, a_service


@pytest.mark.parametrize(
    "view",
    [
        a_host(state="DOWN"),
        a_service(state="CRITICAL"),
        a_service(state="WARNING", state_type="SOFT"),
        a_service(state="UNKNOWN", flapping=True),
        a_service(state="CRITICAL", notifications_enabled=False),
    ],
)
def test_a_problem_of_its_own_needs_somebody(view: HostView | ServiceView) -> None:
    assert needs_somebody(view)


@pytest.mark.parametrize(
    "view",
    [
        a_host(),
        a_host(state="PENDING"),
        a_host(state="UNREACHABLE"),
        a_host(state="DOWN", acknowledged=True),
        a_host(state="DOWN", in_downtime=True),
        a_service(state="CRITICAL", host_state="DOWN"),
        a_service(state="CRITICAL", host_state="UNREACHABLE"),
        a_service(state="PENDING"),
    ],
)
def test_what_is_fine_known_or_follows_from_something_else_needs_nobody(view: HostView | ServiceView) -> None:
    assert not needs_somebody(view)


def test_names_are_sorted_as_people_count() -> None:
    assert sorted(["web10", "web2", "web", "2 eyes", "10 eyes"], key=natural) == [
        "2 eyes",
        "10 eyes",
        "web",
        "web2",
        "web10",
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Memória", "memoria"), ("STRASSE", "strasse"), ("ß", "ss"), ("ÇÃO", "cao"), ("日本", "日本")],
)
def test_text_is_compared_without_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded
