"""Downtimes, comments and what can be done, as rows."""

from typing import Any

import pytest

from atalaia.core.instants import Instant
from atalaia.texts import texts
from atalaia.web.people import acts, comment_row, downtime_row
from support.fake_control import NOW, a_comment, a_downtime, a_host, a_service

EN = texts("en")
WINDOW = EN.span(NOW, Instant(NOW + 7200))
FLEXIBLE: dict[str, Any] = {"fixed": False, "duration": 1800.0, "until": Instant(0)}


@pytest.mark.parametrize(
    ("fields", "badge", "when", "terms"),
    [
        ({}, "in effect", "2 h left", WINDOW),
        (
            {"start": NOW + 60, "in_effect": False},
            "planned",
            "begins in 1 min",
            EN.span(Instant(NOW + 60), Instant(NOW + 7200)),
        ),
        (
            {**FLEXIBLE, "in_effect": False},
            "waits for a problem",
            "waits 2 h more",
            f"30 min from the first problem within {WINDOW}",
        ),
        (
            {**FLEXIBLE, "until": NOW + 600},
            "in effect",
            "10 min left",
            f"30 min from the first problem within {WINDOW}",
        ),
        (
            {"in_effect": False, "triggered_by": 7},
            "triggered",
            "begins with downtime 7",
            WINDOW,
        ),
    ],
)
def test_a_downtime_says_how_it_stands(fields: dict[str, Any], badge: str, when: str, terms: str) -> None:
    row = downtime_row(EN, a_downtime(**fields), NOW)

    assert (row.badge.text, row.when.text, row.terms) == (badge, when, terms)
    assert (row.author, row.text, row.command) == ("ana", "a new disk", "atalaia downtime --cancel 1")


def test_a_downtime_of_the_host_is_marked_on_the_services_page() -> None:
    assert downtime_row(EN, a_downtime(service=""), NOW, of_host=True).apart == "of its host"


@pytest.mark.parametrize("kind", ["user", "downtime", "flapping", "acknowledgement"])
def test_a_comment_says_what_it_is(kind: str) -> None:
    row = comment_row(EN, a_comment(kind=kind), NOW)

    assert row.badge.text in ("comment", kind)
    assert row.command == "atalaia comment --delete 1"


def test_a_comment_that_ends_by_itself_says_when() -> None:
    row = comment_row(EN, a_comment(expires=NOW + 60), NOW)

    assert row.terms == f"until {EN.instant(Instant(NOW + 60))}"


def commands(view: Any, *key: str) -> list[str]:
    return [act.command for act in acts(EN, view, (key[0], key[1]))]


def test_a_problem_can_be_taken_and_given_back() -> None:
    problem, taken = a_service(state="CRITICAL"), a_service(state="CRITICAL", acknowledged=True)

    assert commands(problem, "web1", "http")[0] == 'atalaia ack web1 http -m "…"'
    assert commands(taken, "web1", "http")[0] == "atalaia ack web1 http --remove"
    assert not any(" ack " in command for command in commands(a_host(), "web1", ""))


def test_names_in_commands_are_quoted_for_a_shell() -> None:
    assert commands(a_service(), "web1", "disk /var; rm -rf '$HOME'")[0] == (
        """atalaia recheck web1 'disk /var; rm -rf '"'"'$HOME'"'"''"""
    )
