"""Acknowledgements: how long each kind holds, what it leaves behind, and what a restart keeps of it."""

from typing import Any

import pytest

from atalaia.core.events import Acknowledged, AcknowledgementEnded, CommentDeleted
from atalaia.core.instants import NEVER, Instant
from atalaia.core.records import Comment
from atalaia.core.runtime import Acknowledgement
from support.builders import START, Story, a_host, a_model, a_service

HTTP = ("web", "http")
WEB = ("web", "")


def acknowledged(*, sticky: bool = False, persistent: bool = False, **fields: Any) -> Story:
    """A service in a confirmed WARNING that somebody takes over at second 5."""
    story = Story(a_model(a_service(**fields)))
    for second in (0, 2, 4):
        story.at(second).service(HTTP, 1)
    story.at(5).order(f"ACKNOWLEDGE_SVC_PROBLEM;web;http;{2 if sticky else 1};1;{int(persistent)};ana;mine")
    return story


def holds(story: Story) -> bool:
    return story.world.states[HTTP].acknowledged


def comments(story: Story) -> list[Comment]:
    return story.world.comments.of(HTTP)


def ends(story: Story) -> list[str]:
    return [one.reason for one in story.happened(AcknowledgementEnded)]


def test_people_hear_that_somebody_takes_care_and_nothing_more_about_the_problem() -> None:
    story = acknowledged(notification_interval=10.0)

    for second in (14, 24, 34):
        story.at(second).service(HTTP, 1)

    assert story.told() == ["ana PROBLEM WARNING", "ana ACKNOWLEDGEMENT WARNING"]
    assert story.reasons() == ["acknowledged"]


def test_the_message_carries_author_and_comment_and_does_not_count() -> None:
    telling = acknowledged().effects.tellings[-1]

    assert (telling.author, telling.comment, telling.number) == ("ana", "mine", 1)


def test_what_was_said_is_an_event() -> None:
    (event,) = acknowledged(sticky=True, persistent=True).happened(Acknowledged)

    assert event == Acknowledged(
        time=Instant(START + 5),
        host="web",
        service="http",
        state="WARNING",
        author="ana",
        comment="mine",
        sticky=True,
        persistent=True,
        told=True,
    )


def test_a_comment_that_says_so_is_left_on_the_object() -> None:
    (comment,) = comments(acknowledged())

    assert (comment.author, comment.text, comment.kind.name) == ("ana", "mine", "ACKNOWLEDGEMENT")
    assert (comment.external, comment.persistent) == (False, False)


def test_a_normal_acknowledgement_ends_with_the_next_change_of_state_and_its_comment_goes_with_it() -> None:
    story = acknowledged()

    story.at(14).service(HTTP, 2)

    assert not holds(story)
    assert story.world.states[HTTP].acknowledgement is Acknowledgement.NONE
    assert ends(story) == ["state_changed"]
    assert comments(story) == []
    assert [one.reason for one in story.happened(CommentDeleted)] == ["reason_ended"]


def test_after_it_ended_people_are_told_of_the_other_problem() -> None:
    story = acknowledged().forget()

    story.at(14).service(HTTP, 2)

    assert story.told() == ["ana PROBLEM CRITICAL"]


def test_a_normal_acknowledgement_ends_with_the_recovery_and_people_hear_of_it() -> None:
    story = acknowledged().forget()

    story.at(14).service(HTTP, 0)

    assert ends(story) == ["recovered"]
    assert story.told() == ["ana RECOVERY OK"]


def test_a_sticky_acknowledgement_outlives_a_change_of_state() -> None:
    story = acknowledged(sticky=True).forget()

    story.at(14).service(HTTP, 2)

    assert holds(story)
    assert story.told() == []


def test_a_sticky_acknowledgement_ends_with_the_recovery() -> None:
    story = acknowledged(sticky=True)

    story.at(14).service(HTTP, 2)
    story.at(24).service(HTTP, 0)

    assert not holds(story)
    assert ends(story) == ["recovered"]
    assert comments(story) == []


@pytest.mark.parametrize(("sticky", "is_sticky"), [("0", False), ("1", False), ("2", True), ("3", False)])
def test_only_a_2_is_sticky(sticky: str, is_sticky: bool) -> None:
    story = Story(a_model(a_service(max_check_attempts=1)))
    story.service(HTTP, 2)

    story.at(1).order(f"ACKNOWLEDGE_SVC_PROBLEM;web;http;{sticky};0;0;ana;mine")

    assert (story.world.states[HTTP].acknowledgement is Acknowledgement.STICKY) == is_sticky


def test_an_acknowledgement_of_a_soft_problem_outlives_its_confirmation() -> None:
    story = Story(a_model(a_service(max_check_attempts=2)))
    story.service(HTTP, 2)
    story.at(1).order("ACKNOWLEDGE_SVC_PROBLEM;web;http;1;0;0;ana;mine")

    story.at(2).service(HTTP, 2)

    assert holds(story)
    assert story.alerts() == ["CRITICAL;SOFT;1", "CRITICAL;HARD;2"]
    assert story.told() == []


def test_a_persistent_comment_stays_when_the_acknowledgement_ends() -> None:
    story = acknowledged(persistent=True)

    story.at(14).service(HTTP, 0)

    assert [one.text for one in comments(story)] == ["mine"]


def test_a_quiet_acknowledgement_is_told_to_nobody() -> None:
    story = Story(a_model(a_service(max_check_attempts=1)))
    story.service(HTTP, 2)
    story.forget()

    story.at(1).order("ACKNOWLEDGE_SVC_PROBLEM;web;http;1;0;0;ana;mine")

    assert holds(story)
    assert story.told() == []


def test_a_downtime_does_not_keep_an_acknowledgement_quiet() -> None:
    story = Story(a_model(a_service(max_check_attempts=1)))
    story.service(HTTP, 2)
    story.order(f"SCHEDULE_SVC_DOWNTIME;web;http;{START:.0f};{START + 60:.0f};1;0;0;ana;work")
    story.forget()

    story.at(1).order("ACKNOWLEDGE_SVC_PROBLEM;web;http;1;1;0;ana;mine")

    assert story.told() == ["ana ACKNOWLEDGEMENT CRITICAL"]


def test_a_problem_that_is_taken_over_again_gets_a_second_comment_and_the_new_kind() -> None:
    story = acknowledged()

    story.at(6).order("ACKNOWLEDGE_SVC_PROBLEM;web;http;2;1;0;bia;no, mine")

    assert story.world.states[HTTP].acknowledgement is Acknowledgement.STICKY
    assert [one.author for one in comments(story)] == ["ana", "bia"]
    assert story.told() == [
        "ana PROBLEM WARNING",
        "ana ACKNOWLEDGEMENT WARNING",
        "ana ACKNOWLEDGEMENT WARNING",
    ]


def test_a_host_can_be_acknowledged_too() -> None:
    story = Story(a_model(a_host()))
    story.at(1).host("web", 1)

    story.at(2).order("ACKNOWLEDGE_HOST_PROBLEM;web;2;1;0;ana;mine")

    assert story.world.states[WEB].acknowledged
    assert story.told() == ["ana PROBLEM DOWN", "ana ACKNOWLEDGEMENT DOWN"]


def test_removing_it_ends_it_and_people_are_told_again() -> None:
    story = acknowledged(notification_interval=10.0)

    story.at(6).order("REMOVE_SVC_ACKNOWLEDGEMENT;web;http")
    story.at(24).service(HTTP, 1)

    assert ends(story) == ["removed"]
    assert comments(story) == []
    assert story.told()[-1] == "ana PROBLEM WARNING"


def test_removing_what_is_not_there_changes_nothing_but_leftover_comments() -> None:
    story = Story(a_model(a_service()))

    story.order("REMOVE_SVC_ACKNOWLEDGEMENT;web;http")

    assert story.refusal is None
    assert ends(story) == []


def expiring(at: float, *, persistent: bool = False) -> Story:
    """A confirmed problem that somebody takes over until a second of the story."""
    story = Story(a_model(a_service(max_check_attempts=1, notification_interval=10.0)))
    story.service(HTTP, 2)
    story.at(5).order(
        f"ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web;http;2;0;{int(persistent)};{START + at:.0f};ana;until then"
    )
    return story


def test_an_acknowledgement_with_an_end_holds_until_then() -> None:
    story = expiring(60)

    story.wait(59)
    assert holds(story)

    story.wait(60)
    assert not holds(story)
    assert ends(story) == ["expired"]
    assert story.world.states[HTTP].acknowledged_until == NEVER
    assert comments(story) == []


def test_when_it_has_expired_people_are_told_with_the_next_result() -> None:
    story = expiring(60)
    story.wait(60).forget()

    story.at(64).service(HTTP, 2)

    assert story.told() == ["ana PROBLEM CRITICAL"]


def test_a_persistent_comment_outlives_the_expiry() -> None:
    story = expiring(60, persistent=True)

    story.wait(60)

    assert [(one.text, one.expires) for one in comments(story)] == [("until then", NEVER)]


def test_an_end_of_0_is_no_end() -> None:
    story = expiring(-START)

    story.wait(100_000)

    assert holds(story)


def test_an_acknowledgement_given_anew_holds_until_its_own_end() -> None:
    story = expiring(60)
    story.at(10).order(f"ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web;http;2;0;0;{START + 90:.0f};ana;longer")

    story.wait(89)
    assert holds(story)

    story.wait(90)
    assert not holds(story)


def test_the_expiry_of_an_acknowledgement_that_ended_before_is_nothing() -> None:
    story = expiring(60)
    story.at(10).service(HTTP, 0)

    story.wait(60)

    assert ends(story) == ["recovered"]


def test_the_expiry_for_an_object_that_is_gone_is_nothing() -> None:
    story = expiring(60)
    story.world.replace(a_model(a_host()), story.now, story.effects)

    story.wait(60)

    assert ends(story) == []


def test_an_acknowledgement_outlives_a_restart_with_its_comment() -> None:
    story = acknowledged(sticky=True).at(20).restart()

    assert story.world.states[HTTP].acknowledgement is Acknowledgement.STICKY
    assert [one.text for one in comments(story)] == ["mine"]


def test_an_acknowledgement_still_expires_after_a_restart() -> None:
    story = expiring(60).at(20).restart()

    story.wait(60)

    assert ends(story) == ["expired"]
    assert comments(story) == []


def test_what_expired_while_the_server_was_down_ends_with_the_start() -> None:
    story = expiring(60).at(500).restart()

    story.wait(500)

    assert ends(story) == ["expired"]


def test_an_object_that_keeps_no_settings_loses_its_acknowledgement_over_a_restart() -> None:
    story = acknowledged(retain_nonstatus_information=False).at(20).restart()

    known = story.world.states[HTTP]
    assert (known.acknowledged, known.acknowledgement, known.state) == (False, Acknowledgement.NONE, 1)
    assert comments(story) == []
