"""Flap detection at work: beginning and end, what is kept quiet meanwhile, and who hears of it."""

from typing import Any

import pytest

from atalaia.core.events import FlappingChanged
from atalaia.core.objects import Host, Model
from atalaia.core.records import Comment
from atalaia.core.runtime import NO_HISTORY, Runtime
from support.builders import Story, a_host, a_model, a_service

HTTP, WEB = ("web", "http"), ("web", "")

FIELDS: dict[str, Any] = {
    "max_check_attempts": 1,
    "low_flap_threshold": 20.0,
    "high_flap_threshold": 29.0,
    "flap_detection_options": "owcu",
}
"""Five changes of the last states are flapping."""


def the_model(*objects: Host, enable_flap_detection: bool = True, **fields: Any) -> Model:
    return a_model(*objects, a_service(**(FIELDS | fields)), enable_flap_detection=enable_flap_detection)


def a_story(**fields: Any) -> Story:
    return Story(the_model(**fields))


def swung(story: Story, results: int = 5, *, start: float = 0, first: int = 2) -> Story:
    """So many results, every other one bad, ten seconds apart."""
    for number in range(results):
        story.at(start + 10 * number).service(HTTP, first if number % 2 == 0 else 2 - first)
    return story


def calm(story: Story, results: int = 20, *, start: float = 100, state: int = 0) -> Story:
    """So many results of one state."""
    for number in range(results):
        story.at(start + 10 * number).service(HTTP, state)
    return story


def known(story: Story, key: tuple[str, str] = HTTP) -> Runtime:
    return story.world.states[key]


def changes(story: Story) -> list[str]:
    return [one.what for one in story.happened(FlappingChanged)]


def comments(story: Story) -> list[Comment]:
    return story.world.comments.of(HTTP)


def alerts(story: Story) -> list[str]:
    return [line for line in story.log() if "FLAPPING ALERT" in line]


# --- the beginning ------------------------------------------------------------------------------------------


def test_enough_changes_are_flapping() -> None:
    story = swung(a_story(), 4)
    assert not known(story).is_flapping

    story.at(40).service(HTTP, 2)

    assert known(story).is_flapping
    assert known(story).percent_state_change == pytest.approx(29.934, abs=0.001)
    (event,) = story.happened(FlappingChanged)
    assert (event.what, event.percent, event.threshold) == ("started", 29.93, 29.0)


def test_the_beginning_is_told_and_logged() -> None:
    story = swung(a_story(), 4).forget()

    story.at(40).service(HTTP, 2)

    assert story.told() == ["ana FLAPPINGSTART CRITICAL"]
    assert story.log() == [
        (
            "SERVICE FLAPPING ALERT: web;http;STARTED; Service appears to have started flapping "
            "(29.9% change >= 29.0% threshold)"
        ),
        "SERVICE NOTIFICATION: ana;web;http;FLAPPINGSTART (CRITICAL);tell-service;",
        "SERVICE ALERT: web;http;CRITICAL;HARD;1;",
    ]


def test_a_comment_says_that_it_flaps() -> None:
    (comment,) = comments(swung(a_story()))

    assert (comment.kind.name, comment.author, comment.persistent) == ("FLAPPING", "(Nagios Process)", False)
    assert comment.text == (
        "Notifications for this service are being suppressed because it was detected as having been flapping "
        "between different states (29.9% change >= 29.0% threshold).  When the service state stabilizes and "
        "the flapping stops, notifications will be re-enabled."
    )


def test_while_it_flaps_people_hear_of_no_problem() -> None:
    story = swung(a_story()).forget()

    swung(story, 4, start=50, first=0)

    assert story.told() == []
    assert "flapping" in story.reasons()


def test_states_that_the_options_leave_out_are_not_recorded() -> None:
    story = swung(a_story(flap_detection_options="wu"))

    assert known(story).state_history == NO_HISTORY
    assert not known(story).is_flapping


def test_soft_problems_of_a_service_do_not_count() -> None:
    story = swung(a_story(max_check_attempts=5), 8)

    assert known(story).percent_state_change == 0.0


def test_where_detection_is_off_the_percentage_is_kept_all_the_same() -> None:
    for story in (a_story(enable_flap_detection=False), a_story(flap_detection_enabled=False)):
        swung(story)

        assert known(story).percent_state_change > 29
        assert not known(story).is_flapping


def test_a_contact_who_does_not_want_to_hear_of_flapping_does_not() -> None:
    story = swung(a_story(notification_options="wucr"), 4).forget()

    story.at(40).service(HTTP, 2)

    assert story.told() == []


# --- the end ------------------------------------------------------------------------------------------------


def test_when_its_state_has_settled_it_has_stopped() -> None:
    story = swung(a_story()).forget()

    calm(story)

    assert not known(story).is_flapping
    assert alerts(story) == [
        (
            "SERVICE FLAPPING ALERT: web;http;STOPPED; Service appears to have stopped flapping "
            "(15.8% change < 20.0% threshold)"
        )
    ]
    assert "ana FLAPPINGSTOP OK" in story.told()
    assert comments(story) == []


def test_between_the_thresholds_it_goes_on() -> None:
    story = swung(a_story())

    calm(story, 12)

    assert 20 < known(story).percent_state_change < 29
    assert known(story).is_flapping


def test_a_problem_that_was_told_before_it_flapped_and_ended_meanwhile_is_told_as_over() -> None:
    story = swung(a_story(high_flap_threshold=34.0), 5)
    assert story.told()[-1] == "ana PROBLEM CRITICAL"
    story.forget()

    story.at(50).service(HTTP, 0)  # begins to flap with its recovery
    assert story.told() == ["ana FLAPPINGSTART OK"]

    calm(story)
    assert story.told() == ["ana FLAPPINGSTART OK", "ana FLAPPINGSTOP OK", "ana RECOVERY OK"]
    assert known(story).notified_on == ""


def test_a_problem_that_nobody_was_told_of_is_not_told_as_over() -> None:
    story = swung(a_story()).forget()

    calm(story)

    assert story.told() == ["ana FLAPPINGSTOP OK"]


def test_a_problem_that_is_still_there_when_it_stops_is_told_with_the_next_result() -> None:
    story = swung(a_story()).forget()

    calm(story, state=2)

    assert story.told() == ["ana FLAPPINGSTOP CRITICAL", "ana PROBLEM CRITICAL"]


def test_a_comment_that_a_person_deleted_meanwhile_is_not_missed() -> None:
    story = swung(a_story())
    story.order(f"DEL_SVC_COMMENT;{comments(story)[0].id}")

    calm(story)

    assert not known(story).is_flapping
    assert known(story).flapping_comment == 0


# --- switched off and on ------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", ["DISABLE_SVC_FLAP_DETECTION;web;http", "DISABLE_FLAP_DETECTION"])
def test_switching_detection_off_ends_it_and_people_hear_of_that(order: str) -> None:
    story = swung(a_story()).forget()

    story.at(50).order(order)

    assert not known(story).is_flapping
    assert alerts(story) == ["SERVICE FLAPPING ALERT: web;http;DISABLED; Flap detection has been disabled"]
    assert story.told() == ["ana FLAPPINGDISABLED CRITICAL"]
    assert comments(story) == []


def test_switching_detection_off_tells_a_recovery_that_was_kept_quiet() -> None:
    story = swung(a_story(high_flap_threshold=34.0), 6).forget()

    story.at(60).order("DISABLE_SVC_FLAP_DETECTION;web;http")

    assert story.told() == ["ana FLAPPINGDISABLED OK", "ana RECOVERY OK"]


def test_switching_off_the_detection_of_what_does_not_flap_tells_nobody() -> None:
    story = a_story()

    story.order("DISABLE_FLAP_DETECTION")

    assert changes(story) == []


@pytest.mark.parametrize("key", ["SVC", ""])
def test_switching_detection_on_looks_at_the_history_at_once(key: str) -> None:
    story = a_story(flap_detection_enabled=False) if key else a_story(enable_flap_detection=False)
    swung(story).forget()
    history = known(story).state_history

    story.at(50).order(f"ENABLE_{key}_FLAP_DETECTION;web;http" if key else "ENABLE_FLAP_DETECTION")

    assert changes(story) == ["started"]
    assert known(story).state_history == history


def test_detection_that_a_new_configuration_switched_off_ends_with_the_next_result_without_a_message() -> None:
    story = swung(a_story()).forget()
    story.restart(the_model(flap_detection_enabled=False))
    assert known(story).is_flapping

    story.at(60).service(HTTP, 2)

    assert not known(story).is_flapping
    assert alerts(story) == ["SERVICE FLAPPING ALERT: web;http;STOPPED; Disabled flap detection for service"]
    assert [one for one in story.told() if "FLAPPING" in one] == []
    assert comments(story) == []


# --- cleared by hand ----------------------------------------------------------------------------------------


def test_somebody_may_say_that_it_does_not_flap_and_its_history_is_forgotten() -> None:
    story = swung(a_story()).forget()

    story.at(50).order("CLEAR_SVC_FLAPPING_STATE;web;http")

    assert (known(story).is_flapping, known(story).state_history) == (False, NO_HISTORY)
    assert known(story).percent_state_change == 0.0
    assert alerts(story) == [
        (
            "SERVICE FLAPPING ALERT: web;http;STOPPED; Flapping state cleared for service. "
            "(29.9% change < 20.0% threshold)"
        )
    ]
    assert story.told() == ["ana FLAPPINGSTOP CRITICAL"]
    assert comments(story) == []


def test_after_it_was_cleared_the_recovery_is_told_with_the_next_good_result() -> None:
    story = swung(a_story(high_flap_threshold=34.0), 6).forget()

    story.at(60).order("CLEAR_SVC_FLAPPING_STATE;web;http")
    assert story.told() == ["ana FLAPPINGSTOP OK"]

    story.at(70).service(HTTP, 0)
    assert story.told() == ["ana FLAPPINGSTOP OK", "ana RECOVERY OK"]


def test_what_does_not_flap_forgets_its_history_when_cleared() -> None:
    story = swung(a_story(), 3).forget()

    story.at(50).order("CLEAR_SVC_FLAPPING_STATE;web;http")

    assert known(story).state_history == NO_HISTORY
    assert changes(story) == []


def test_where_detection_is_off_there_is_nothing_to_clear() -> None:
    story = swung(a_story(flap_detection_enabled=False), 3)
    history = known(story).state_history

    story.at(50).order("CLEAR_SVC_FLAPPING_STATE;web;http")

    assert known(story).state_history == history != NO_HISTORY


# --- restarts -----------------------------------------------------------------------------------------------


def test_flapping_outlives_a_restart_with_its_comment() -> None:
    story = swung(a_story()).at(50).forget().restart()

    assert known(story).is_flapping
    assert len(comments(story)) == 1

    calm(story)
    assert changes(story) == ["stopped"]
    assert comments(story) == []


def test_a_comment_that_came_along_from_nagios_is_not_written_twice() -> None:
    story = swung(a_story())
    known(story).is_flapping = False  # as Nagios writes it down: only the number of the comment says so

    story.restart()
    story.at(50).service(HTTP, 2)

    assert known(story).is_flapping
    assert len(comments(story)) == 1


def test_a_recovery_kept_quiet_is_told_also_after_a_restart() -> None:
    story = swung(a_story(high_flap_threshold=34.0), 6).forget().restart()

    calm(story)

    assert story.told() == ["ana FLAPPINGSTOP OK", "ana RECOVERY OK"]


# --- hosts --------------------------------------------------------------------------------------------------


def flapping_host(results: int = 5) -> Story:
    fields = FIELDS | {"flap_detection_options": "odu"}
    story = Story(the_model(a_host(**fields)))
    for number in range(results):
        story.at(10 * number).host("web", 1 - number % 2)
    return story


def test_a_host_flaps_too_in_words_of_its_own() -> None:
    story = flapping_host()

    assert known(story, WEB).is_flapping
    assert alerts(story) == [
        (
            "HOST FLAPPING ALERT: web;STARTED; Host appears to have started flapping "
            "(29.9% change > 29.0% threshold)"
        )
    ]
    (comment,) = story.world.comments.of(WEB)
    assert comment.text.startswith("Notifications for this host are being suppressed")
    assert "(29.9% change > 29.0% threshold)" in comment.text


def test_results_of_its_services_count_in_the_history_of_a_host() -> None:
    story = flapping_host()

    calm(story)

    assert not known(story, WEB).is_flapping
    assert known(story, WEB).state_history == "1" * 21


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("DISABLE_HOST_FLAP_DETECTION;web", "DISABLED; Flap detection has been disabled"),
        (
            "CLEAR_HOST_FLAPPING_STATE;web",
            "STOPPED; Flapping state cleared for host. (29.9% change < 20.0% threshold)",
        ),
    ],
)
def test_the_flapping_of_a_host_can_be_ended_by_hand(order: str, text: str) -> None:
    story = flapping_host().forget()

    story.at(50).order(order)

    assert alerts(story) == [f"HOST FLAPPING ALERT: web;{text}"]
    assert not known(story, WEB).is_flapping
