"""Values as templates show them."""

from typing import Any

import pytest

from atalaia.core.instants import NEVER, Instant
from atalaia.texts import texts
from atalaia.web.present import TONES, badges, host_row, mark, moment, service_row, since
from atalaia.web.selection import HOST_STATES, SERVICE_STATES
from support.fake_control import NOW, a_host, a_service

EN, PT = texts("en"), texts("pt_BR")


@pytest.mark.parametrize("state", sorted({*HOST_STATES, *SERVICE_STATES}))
def test_every_state_has_a_shape_of_its_own_kind(state: str) -> None:
    assert mark(EN, state).tone in set(TONES) - {"news"}


def test_a_state_is_said_in_the_readers_language() -> None:
    assert (mark(EN, "CRITICAL").word, mark(PT, "CRITICAL").word) == ("CRITICAL", "CRÍTICO")


def test_a_moment_is_relative_with_the_exact_time_at_hand() -> None:
    shown = moment(EN, Instant(NOW - 200), NOW)

    assert shown.text == "3 min 20 s ago"
    assert "2026" in shown.exact
    assert shown.iso == "2026-05-28T20:23:20+00:00"


def test_what_never_happened_has_no_moment() -> None:
    assert (moment(EN, NEVER, NOW).text, moment(EN, NEVER, NOW).iso) == ("never", "")
    assert since(EN, NEVER, NOW).text == "–"


def test_a_clock_that_went_back_does_not_make_durations_negative() -> None:
    assert since(EN, Instant(NOW + 5), NOW).text == "0 s"


def test_a_moment_beyond_every_calendar_is_shown_all_the_same() -> None:
    assert moment(EN, Instant(1e18), NOW).iso == ""


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ({"acknowledged": True}, "acknowledged"),
        ({"in_downtime": True}, "downtime"),
        ({"flapping": True}, "flapping"),
        ({"host_state": "DOWN"}, "host"),
        ({"host_state": "UNREACHABLE"}, "host"),
        ({"notifications_enabled": False}, "silent"),
        ({"active_checks_enabled": False}, "passive"),
    ],
)
def test_what_is_special_about_a_service_is_a_badge_with_its_meaning(field: dict[str, Any], kind: str) -> None:
    (badge,) = badges(EN, a_service(**field))

    assert badge.kind == kind
    assert badge.about


def test_an_ordinary_service_has_no_badge() -> None:
    assert badges(EN, a_service()) == ()


def test_a_soft_problem_shows_its_attempt() -> None:
    row = service_row(EN, a_service(state="CRITICAL", state_type="SOFT", attempt=2), NOW)

    assert (row.attempt, row.certainty) == ("2/3", "SOFT")
    assert row.about_certainty == "not confirmed yet, checked again before anybody is told"


def test_a_confirmed_good_state_shows_its_attempt_and_does_not_bother_with_certainty() -> None:
    row = service_row(EN, a_service(), NOW)

    assert (row.attempt, row.certainty) == ("1/3", "")


def test_a_soft_recovery_shows_its_attempt() -> None:
    assert host_row(EN, a_host(state_type="SOFT", attempt=2), NOW).attempt == "2/3"


def test_what_was_never_checked_says_so_instead_of_an_output() -> None:
    row = host_row(EN, a_host(state="PENDING", output=""), NOW)

    assert (row.output, row.attempt, row.certainty) == ("no result yet", "", "")


def test_rows_link_to_their_pages_whatever_the_names_hold() -> None:
    row = service_row(EN, a_service("rack/1", "disk /var?"), NOW)

    assert row.host_link == "/hosts/rack%2F1"
    assert row.service_link == "/services/rack%2F1/disk%20%2Fvar%3F"


def test_a_row_keeps_its_key_when_its_state_changes() -> None:
    before, after = (service_row(EN, a_service(state=state), NOW) for state in ("OK", "CRITICAL"))

    assert before.key == after.key


def test_a_display_name_is_shown_and_the_real_name_is_linked() -> None:
    row = host_row(EN, a_host("db1", display_name="Database"), NOW)

    assert (row.host, row.host_link) == ("Database", "/hosts/db1")
