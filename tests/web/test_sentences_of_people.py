"""Sentences for what people do: acknowledgements, comments, downtimes, flapping, settings, commands."""

from typing import Any

import pytest

from atalaia.core import events
from atalaia.core.instants import Instant
from atalaia.core.notifying import Reason
from atalaia.texts import texts
from atalaia.web.sentence import Sentence
from atalaia.web.sentences import sentence
from support.fake_control import NOW

EN, PT = texts("en"), texts("pt_BR")
LATER = Instant(NOW + 7200)


def said(type_: type[events.Event], language: str = "en", /, **fields: Any) -> Sentence:
    return sentence(texts(language), type_(time=NOW, host="web1", **fields))


def an_acknowledgement(**fields: Any) -> Sentence:
    given = {"state": "DOWN", "author": "ana", "comment": "on it", "persistent": False, "told": True}
    return said(events.Acknowledged, **(given | {"sticky": False} | fields))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "ana takes care of it until the state changes"),
        ({"sticky": True}, "ana takes care of it until the recovery"),
        ({"told": False}, "ana takes care of it until the state changes; nobody was told of that"),
    ],
)
def test_an_acknowledgement_says_how_long_it_holds(fields: dict[str, Any], text: str) -> None:
    assert an_acknowledgement(**fields).text == text
    assert an_acknowledgement(**fields).detail == "on it"


def test_an_acknowledgement_with_an_end_says_when() -> None:
    text = an_acknowledgement(sticky=True, expires=LATER).text

    assert text == f"ana takes care of it until the recovery, at most until {EN.instant(LATER)}"


@pytest.mark.parametrize("reason", ["removed", "state_changed", "recovered", "expired"])
def test_each_end_of_an_acknowledgement_has_words(reason: str) -> None:
    assert "acknowledgement" in said(events.AcknowledgementEnded, reason=reason).text


@pytest.mark.parametrize("kind", ["user", "downtime", "flapping", "acknowledgement"])
def test_a_comment_is_said_with_its_number(kind: str) -> None:
    comment = said(events.CommentAdded, comment_id=7, kind=kind, author="ana", text="<b>")

    assert "comment 7" in comment.text
    assert comment.detail == "<b>"


@pytest.mark.parametrize("reason", ["by_person", "reason_ended", "expired"])
def test_each_end_of_a_comment_has_words(reason: str) -> None:
    assert "comment 7" in said(events.CommentDeleted, comment_id=7, kind="user", reason=reason).text


def a_plan(**fields: Any) -> Sentence:
    given = {"downtime_id": 3, "author": "ana", "comment": "disk", "start": NOW, "end": LATER, "fixed": True}
    return said(events.DowntimeScheduled, **(given | {"duration": 1800.0, "triggered_by": 0} | fields))


def test_a_planned_downtime_is_said_with_its_hours() -> None:
    assert a_plan().text == f"ana planned downtime 3: {EN.span(NOW, LATER)}"
    assert a_plan().detail == "disk"


def test_a_flexible_downtime_is_said_with_its_window() -> None:
    assert a_plan(fixed=False).text == (
        f"ana planned flexible downtime 3: 30 min from the first problem within {EN.span(NOW, LATER)}"
    )


def test_a_triggered_downtime_names_its_master() -> None:
    assert a_plan(triggered_by=2).text.endswith(", together with downtime 2")


def test_a_downtime_that_begins_says_when_it_ends() -> None:
    begun = said(events.DowntimeStarted, downtime_id=3, author="ana", comment="disk", until=LATER, entered=True)

    assert begun.text == f"downtime 3 by ana has begun; it ends on {EN.instant(LATER)}"


@pytest.mark.parametrize(
    ("reason", "left", "text"),
    [
        ("ended", True, "downtime 3 has ended"),
        ("ended", False, "downtime 3 has ended; another one is still in effect"),
        ("cancelled", False, "downtime 3 was cancelled"),
        ("expired", False, "flexible downtime 3 never began; its time has passed"),
    ],
)
def test_each_end_of_a_downtime_has_words(reason: str, left: bool, text: str) -> None:
    assert said(events.DowntimeEnded, downtime_id=3, reason=reason, left=left).text == text


@pytest.mark.parametrize("what", ["started", "stopped", "cleared", "disabled", "undetected"])
def test_each_turn_of_flapping_has_words(what: str) -> None:
    changed = said(events.FlappingChanged, what=what, percent=34.25, threshold=30.0)

    assert changed.text != what
    assert changed.tone == ("warning" if what == "started" else "news")


def test_flapping_is_said_with_its_numbers() -> None:
    fields = {"what": "started", "percent": 34.21, "threshold": 30.0}

    assert said(events.FlappingChanged, **fields).text == "it began to flap: state changes 34.2%, limit 30.0%"
    assert "34,2%" in said(events.FlappingChanged, "pt_BR", **fields).text


@pytest.mark.parametrize(
    ("kind", "setting", "value", "text"),
    [
        ("service", "active_checks_enabled", "0", "setting changed – active checks: off"),
        ("host", "check_interval", "5.0", "setting changed – check interval: 5"),
        ("host", "check_period", "None", "setting changed – check period: none"),
        ("service", "custom", "OWNER=ana", "setting changed – custom variables: OWNER=ana"),
        (
            "contact",
            "host_notifications_enabled",
            "1",
            "setting of contact rui changed – notifications about hosts: on",
        ),
        ("program", "enable_notifications", "0", "setting of the whole server changed – notifications: off"),
        ("host", "a_new_one", "7", "setting changed – a_new_one: 7"),
    ],
)
def test_a_changed_setting_is_said_in_words(kind: str, setting: str, value: str, text: str) -> None:
    name = "rui" if kind == "contact" else ""

    assert said(events.SettingChanged, kind=kind, name=name, setting=setting, value=value).text == text


@pytest.mark.parametrize(
    ("source", "user", "text"),
    [
        ("api", "", "command X came by the API"),
        ("file", "", "command X came by the command file"),
        ("api", "ana", "command X came from ana by the API"),
        ("nrdp", "", "command X came by nrdp"),
    ],
)
def test_a_command_is_said_with_its_way(source: str, user: str, text: str) -> None:
    received = said(events.CommandReceived, command="X", arguments="a;b", source=source, user=user)

    assert (received.text, received.detail) == (text, "a;b")


@pytest.mark.parametrize(
    ("command", "fault", "text"),
    [
        ("X", "failed", "command X by the API was refused"),
        ("", "malformed", "something that is no command came by the API"),
        ("X", "unauthorised", "command X by the API was turned away: its sender may give none"),
        ("", "unauthorised", "a command by the API was turned away: its sender may give none"),
    ],
)
def test_a_refused_command_is_said_with_its_reason(command: str, fault: str, text: str) -> None:
    refused = said(
        events.CommandRefused, command=command, arguments="a;b", source="api", reason="no host", fault=fault
    )

    assert (refused.text, refused.tone, refused.detail) == (text, "warning", "no host\na;b")


def test_a_result_that_never_came_is_said() -> None:
    text = said(events.CheckOrphaned, last_check=NOW, next_check=LATER).text

    assert text == f"the result of the check begun on {EN.instant(NOW)} never came; it is begun again"


@pytest.mark.parametrize("reason", [*Reason])
def test_each_reason_is_a_clause_in_both_languages(reason: Reason) -> None:
    event = events.NotificationSuppressed(time=NOW, kind="PROBLEM", state="DOWN", reason=reason)
    english, portuguese = sentence(EN, event).text, sentence(PT, event).text

    assert english.startswith("nobody was told of the problem: ")
    assert portuguese.startswith("ninguém foi avisado do problema: ")
    assert english.rpartition(": ")[2] != portuguese.rpartition(": ")[2]
