"""Commands by which people speak: comments, acknowledgements, messages by hand."""

import pytest

from atalaia.core.events import NotificationQueued
from atalaia.core.instants import NEVER, Instant
from atalaia.core.orders import Order, carry_out
from atalaia.core.runtime import Acknowledgement
from support.builders import START, Story, a_contact, a_model, a_service
from support.ordering import END, HTTP, WEB, a_busy_story, a_story, ordered, refused

# --- comments -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("field", "persistent"), [("0", False), ("1", True), ("5", True), ("-1", False)])
def test_a_comment_is_persistent_for_any_number_above_0(field: str, persistent: bool) -> None:
    story = ordered(a_story(), f"ADD_HOST_COMMENT;web;{field};ana;hm")

    assert [one.persistent for one in story.world.comments.of(WEB)] == [persistent]


def test_a_comment_is_dated_by_the_command_and_not_by_its_arrival() -> None:
    story = a_story()
    order = Order(text="ADD_HOST_COMMENT;web;0;ana;hm", entry_time=Instant(START - 500))

    carry_out(story.world, order, story.now, story.effects)

    assert [one.entry_time for one in story.world.comments.of(WEB)] == [START - 500]


@pytest.mark.parametrize(
    "text", ["DEL_HOST_COMMENT;2", "DEL_SVC_COMMENT;1", "DEL_HOST_COMMENT;99", "DEL_SVC_COMMENT;99"]
)
def test_a_comment_is_deleted_only_from_the_kind_of_object_that_it_is_on(text: str) -> None:
    assert refused(a_busy_story(), text).startswith("there is no comment ")


@pytest.mark.parametrize(("number", "fault"), [("99", "pointless"), ("0", "failed")])
def test_that_a_comment_is_not_there_is_nothing_that_nagios_would_log_but_a_0_is(
    number: str, fault: str
) -> None:
    story = a_busy_story()

    refused(story, f"DEL_HOST_COMMENT;{number}")

    assert story.refusal is not None
    assert story.refusal.fault == fault


def test_all_comments_of_a_host_go_and_those_of_its_services_stay() -> None:
    story = ordered(a_busy_story(), "DEL_ALL_HOST_COMMENTS;web")

    assert story.world.comments.of(WEB) == []
    assert [one.kind.name for one in story.world.comments.of(HTTP)] == ["USER", "DOWNTIME"]


# --- acknowledgements ---------------------------------------------------------------------------------------


def test_without_a_problem_there_is_nothing_to_acknowledge() -> None:
    assert refused(a_story(), "ACKNOWLEDGE_HOST_PROBLEM;web;2;1;0;ana;mine") == (
        "host 'web' has no problem to acknowledge"
    )
    assert refused(a_story(), "ACKNOWLEDGE_SVC_PROBLEM;web;http;2;1;0;ana;mine") == (
        "service 'http' on host 'web' has no problem to acknowledge"
    )


def test_an_acknowledgement_cannot_end_before_it_begins() -> None:
    reason = refused(a_busy_story(), f"ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web;http;2;1;0;{START + 10:.0f};ana;mine")

    assert reason == "the acknowledgement would end before it begins: end_time lies in the past"


def test_the_comment_of_an_acknowledgement_may_hold_semicolons() -> None:
    story = ordered(a_busy_story(), "ACKNOWLEDGE_HOST_PROBLEM;web;1;0;1;ana;mine; really")

    assert story.world.comments.of(WEB)[-1].text == "mine; really"
    assert story.world.states[WEB].acknowledgement is Acknowledgement.NORMAL


# --- messages by hand ---------------------------------------------------------------------------------------


def test_a_message_by_hand_goes_to_the_contacts_with_author_and_comment() -> None:
    story = ordered(a_story(), "SEND_CUSTOM_HOST_NOTIFICATION;web;0;bia;look at this")

    (event,) = story.happened(NotificationQueued)
    assert (event.contact, event.kind, event.state, event.reason) == ("ana", "CUSTOM", "UP", "asked_for")
    (telling,) = story.effects.tellings
    assert (telling.author, telling.comment, telling.number) == ("bia", "look at this", 0)
    assert story.log()[-1] == "HOST NOTIFICATION: ana;web;CUSTOM (UP);tell-host;;bia;look at this"


@pytest.mark.parametrize(("options", "number"), [("0", 0), ("1", 0), ("2", 0), ("4", 1), ("6", 1), ("7", 1)])
def test_with_4_among_its_options_a_message_counts(options: str, number: int) -> None:
    story = ordered(a_story(), f"SEND_CUSTOM_SVC_NOTIFICATION;web;http;{options};bia;look")

    assert story.world.states[HTTP].notification_number == number
    assert {one.number for one in story.effects.tellings} == {number}


@pytest.mark.parametrize(("options", "told"), [("0", []), ("4", []), ("2", ["ana CUSTOM OK"])])
def test_with_2_among_its_options_all_filters_are_passed_over(options: str, told: list[str]) -> None:
    story = Story(
        a_model(a_service(notifications_enabled=False), a_contact(service_notifications_enabled=False))
    )

    ordered(story, f"SEND_CUSTOM_SVC_NOTIFICATION;web;http;{options};bia;look")

    assert story.told() == told


def test_a_forced_message_says_so() -> None:
    story = ordered(a_story(), "SEND_CUSTOM_SVC_NOTIFICATION;web;http;2;bia;look")

    assert [one.reason for one in story.happened(NotificationQueued)] == ["forced"]


def test_a_message_by_hand_passes_the_contacts_options_but_not_their_switches() -> None:
    picky = a_contact("ana", service_notification_options="")
    off = a_contact("bia", service_notifications_enabled=False)
    story = Story(a_model(a_service(contacts=("ana", "bia")), picky, off))

    ordered(story, "SEND_CUSTOM_SVC_NOTIFICATION;web;http;0;bia;look")

    assert story.told() == ["ana CUSTOM OK"]
    assert story.reasons() == ["contact_disabled"]


def test_a_message_that_reaches_nobody_does_not_count() -> None:
    story = Story(a_model(a_service(contacts=())))

    ordered(story, "SEND_CUSTOM_SVC_NOTIFICATION;web;http;4;bia;look")

    assert story.world.states[HTTP].notification_number == 0
    assert story.reasons() == ["no_contacts"]


def test_a_message_by_hand_is_no_word_about_the_problem() -> None:
    story = Story(a_model(a_service()))

    ordered(story, "SEND_CUSTOM_SVC_NOTIFICATION;web;http;0;bia;look")

    known = story.world.states[HTTP]
    assert (known.notified_on, known.told, known.last_notification) == ("", (), NEVER)


def test_a_message_by_hand_is_kept_quiet_by_a_downtime() -> None:
    story = ordered(a_story(), f"SCHEDULE_HOST_DOWNTIME;web;{START:.0f};{END:.0f};1;0;0;ana;work")

    ordered(story, "SEND_CUSTOM_SVC_NOTIFICATION;web;http;0;bia;look")
    ordered(story, "SEND_CUSTOM_HOST_NOTIFICATION;web;0;bia;look")

    assert story.told() == []
    assert story.reasons() == ["in_downtime"]


def test_the_contact_remembers_when_it_was_told() -> None:
    story = ordered(a_story(), "SEND_CUSTOM_SVC_NOTIFICATION;web;http;0;bia;look")
    ordered(story.at(20), "SEND_CUSTOM_HOST_NOTIFICATION;web;0;bia;look")

    known = story.world.contacts["ana"]
    assert (known.last_service_notification, known.last_host_notification) == (START + 10, START + 20)
    assert story.effects.contacts == {"ana": known}


def test_that_outlives_a_restart() -> None:
    story = ordered(a_story(), "SEND_CUSTOM_SVC_NOTIFICATION;web;http;0;bia;look")

    story.restart()

    assert story.world.contacts["ana"].last_service_notification == START + 10
