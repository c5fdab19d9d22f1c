"""Every event as a sentence that a person understands."""

import pytest

from atalaia.core import events
from atalaia.core.events import EVENT_TYPES
from atalaia.core.instants import Instant
from atalaia.core.notifying import Reason
from atalaia.core.step import NotificationKind
from atalaia.texts import texts
from atalaia.texts.vocabulary import KINDS, REASONS
from atalaia.web.sentences import SENTENCES, is_routine, sentence
from support.fake_control import NOW, a_change

EN, PT = texts("en"), texts("pt_BR")


def a_message(event: type[events.Event], /, **fields: object) -> events.Event:
    shared = {"time": NOW, "contact": "ana", "kind": "PROBLEM", "state": "CRITICAL", "via": "mail", "number": 1}
    return event(**(shared | fields))  # type: ignore[arg-type]


def a_handler(**fields: object) -> events.EventHandlerRan:
    return events.EventHandlerRan(
        **{  # type: ignore[arg-type]
            "time": NOW,
            "command": "restart",
            "state": "CRITICAL",
            "state_type": "SOFT",
            "attempt": 2,
            "is_global": False,
            "exit_code": 0,
            "seconds": 0.4,
        }
        | fields
    )


def test_every_type_of_event_has_a_sentence() -> None:
    assert [kind.__name__ for kind in EVENT_TYPES if kind not in SENTENCES] == []


def test_every_reason_has_words() -> None:
    assert [reason.value for reason in Reason if reason.value not in REASONS] == []


def test_every_kind_of_message_has_words() -> None:
    assert [kind.value for kind in NotificationKind if kind.value not in KINDS] == []


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (a_change(), "CRITICAL instead of OK"),
        (a_change(state_type="SOFT", attempt=1), "CRITICAL instead of OK, not confirmed yet (1 of 3)"),
        (
            a_change(state_type="SOFT", attempt=2, previous_state="CRITICAL"),
            "still CRITICAL, not confirmed yet (2 of 3)",
        ),
        (a_change(previous_state="CRITICAL", previous_state_type="SOFT"), "CRITICAL is confirmed"),
        (
            a_message(events.NotificationQueued, reason="first"),
            "ana is to be told of the problem (CRITICAL) by mail",
        ),
        (
            a_message(events.NotificationSent, delay=0.12),
            "ana was told of the problem (CRITICAL) by mail, 120 ms after the decision",
        ),
        (
            a_message(events.NotificationSent, delay=70, tries=3, kind="RECOVERY", state="OK"),
            "ana was told of the recovery (OK) by mail, 1 min 10 s after the decision, after 3 tries",
        ),
        (
            a_message(events.NotificationFailed, tries=1, error="refused", next_try=NOW),
            "ana could not be told of the problem by mail at try 1; tried again",
        ),
        (
            a_message(events.NotificationFailed, tries=9, error="refused", next_try=NOW, final=True),
            "ana could not be told of the problem by mail; given up after try 9",
        ),
        (
            events.NotificationSuppressed(time=NOW, kind="PROBLEM", state="DOWN", reason="in_downtime"),
            "nobody was told of the problem: it is in a downtime",
        ),
        (
            events.NotificationSuppressed(
                time=NOW, kind="NEW", state="DOWN", reason="some_new_reason", contact="ana"
            ),
            "ana was not told NEW: some new reason",
        ),
        (a_handler(), "event handler restart ran for 400 ms"),
        (a_handler(exit_code=1), "event handler restart failed with exit code 1 after 400 ms"),
        (a_handler(timed_out=True), "event handler restart was stopped after 400 ms"),
        (
            events.ServerStarted(time=NOW, version="1.0", pid=1, config="n.cfg", hosts=3, services=12),
            "Atalaia 1.0 started with 3 hosts and 12 services",
        ),
        (events.ServerStopped(time=NOW, version="1.0", pid=1), "Atalaia 1.0 stopped"),
        (
            events.ConfigurationLoaded(time=NOW, config="n.cfg", added=2, changed=1, removed=0),
            "configuration loaded: 2 added, 1 changed, 0 removed",
        ),
        (
            events.ConfigurationRejected(time=NOW, config="n.cfg", errors=("a", "b")),
            "configuration refused because of 2 errors; the one before stays in force",
        ),
        (events.EngineAlarm(time=NOW, what="late", detail=""), "the server has trouble: checks start late"),
        (
            events.EngineAlarm(time=NOW, what="late", detail="", over=True),
            "the server's trouble is over: checks start late",
        ),
        (events.EngineAlarm(time=NOW, what="quota", detail=""), "the server has trouble: quota"),
        (
            events.EngineAlarm(time=NOW, what="given_up ana", detail=""),
            "the server has trouble: a message was given up",
        ),
        (
            events.EventHandlerStarted(
                time=NOW, command="restart", state="CRITICAL", state_type="SOFT", attempt=2, is_global=False
            ),
            "event handler restart is run (CRITICAL, SOFT, attempt 2)",
        ),
    ],
)
def test_an_event_is_said(event: events.Event, text: str) -> None:
    assert sentence(EN, event).text == text


def test_what_comes_from_outside_is_kept_apart() -> None:
    change = a_change(output="{state} <b>%s</b>")

    assert sentence(EN, change).detail == "{state} <b>%s</b>"


def test_a_sentence_has_the_tone_of_its_state() -> None:
    assert sentence(EN, a_change(state="WARNING")).tone == "warning"
    assert sentence(EN, a_change(state="OK", previous_state="CRITICAL")).tone == "ok"


def test_an_unclean_end_is_mentioned_at_the_next_start() -> None:
    event = events.ServerStarted(
        time=NOW, version="1.0", pid=1, config="n.cfg", hosts=3, services=12, unclean=True
    )

    assert sentence(EN, event).detail == "the run before did not end in order"


def test_an_event_of_a_type_to_come_is_shown_by_its_type() -> None:
    class Later(events.Event, frozen=True, kw_only=True, tag="container_event"):
        """An event that this version does not know."""

    assert sentence(EN, Later(time=Instant(0))).text == "container_event"


def test_sentences_are_said_in_portuguese() -> None:
    event = events.NotificationSuppressed(time=NOW, kind="PROBLEM", state="DOWN", reason="in_downtime")

    assert sentence(PT, event).text == "ninguém foi avisado do problema: está em manutenção programada"


def suppressed(reason: str) -> events.Event:
    return events.NotificationSuppressed(time=NOW, kind="PROBLEM", state="CRITICAL", reason=reason)


@pytest.mark.parametrize(
    ("event", "routine"),
    [
        (suppressed("soft"), True),
        (suppressed("too_early"), True),
        (suppressed("once_only"), True),
        (suppressed("nothing_told"), True),
        (suppressed("in_downtime"), False),
        (suppressed("contact_options"), False),
        (
            events.CommentAdded(time=NOW, comment_id=1, kind="downtime", author="(Nagios Process)", text="x"),
            True,
        ),
        (events.CommentAdded(time=NOW, comment_id=1, kind="user", author="ana", text="x"), False),
        (events.CommentDeleted(time=NOW, comment_id=1, kind="flapping", reason="reason_ended"), True),
        (events.CommentDeleted(time=NOW, comment_id=1, kind="user", reason="by_person"), False),
        (a_change(), False),
        (a_handler(), False),
    ],
)
def test_what_goes_without_saying_is_routine(event: events.Event, routine: bool) -> None:
    assert is_routine(event) is routine
