"""Downtimes: planned, begun, ended, cancelled, and who hears of it. Nagios' rules."""

from typing import Any

import pytest

from atalaia.core.events import DowntimeEnded, DowntimeScheduled, DowntimeStarted
from atalaia.core.instants import Instant
from atalaia.core.objects import Host, Model
from atalaia.core.records import CommentKind, Downtime
from support.builders import START, Story, a_host, a_model, a_service

HTTP, WEB = ("web", "http"), ("web", "")


def a_story(*objects: Host, **fields: Any) -> Story:
    """A service with one attempt on a host."""
    return Story(a_model(*objects, a_service(max_check_attempts=1, **fields))).forget()


def planned(
    story: Story, start: float, end: float, *, duration: int = 0, trigger: int = 0, name: str = "SVC"
) -> Story:
    """Plans a downtime of the service (or of the host) now; flexible when it has a duration."""
    whose = "web;http" if name == "SVC" else "web"
    story.order(
        f"SCHEDULE_{name}_DOWNTIME;{whose};{START + start:.0f};{START + end:.0f};{int(not duration)};{trigger};"
        f"{duration};ana;work"
    )
    assert story.refusal is None
    return story


def depth(story: Story, key: tuple[str, str] = HTTP) -> int:
    return story.world.states[key].downtime_depth


def book(story: Story) -> list[Downtime]:
    return list(story.world.downtimes.book)


def ends(story: Story) -> list[tuple[int, str, bool]]:
    return [(one.downtime_id, one.reason, one.left) for one in story.happened(DowntimeEnded)]


# --- fixed --------------------------------------------------------------------------------------------------


def test_a_planned_downtime_is_an_event_and_has_a_number() -> None:
    story = planned(a_story().at(1), 10, 60)

    (event,) = story.happened(DowntimeScheduled)
    assert event == DowntimeScheduled(
        time=Instant(START + 1),
        host="web",
        service="http",
        downtime_id=1,
        author="ana",
        comment="work",
        start=Instant(START + 10),
        end=Instant(START + 60),
        fixed=True,
        duration=50.0,
        triggered_by=0,
    )
    assert [one.id for one in book(story)] == [1]


def test_it_begins_and_ends_at_its_hours() -> None:
    story = planned(a_story(), 10, 60)

    assert depth(story.wait(9)) == 0
    assert depth(story.wait(10)) == 1
    assert depth(story.wait(59)) == 1
    assert depth(story.wait(60)) == 0
    assert book(story) == []


def test_people_and_the_log_hear_of_its_beginning_and_its_end() -> None:
    story = planned(a_story(), 10, 60).forget().wait(60)

    assert story.told() == ["ana DOWNTIMESTART OK", "ana DOWNTIMEEND OK"]
    assert (
        story.log()
        == [
            "SERVICE NOTIFICATION: ana;web;http;DOWNTIMESTART (OK);tell-service;",
            "SERVICE DOWNTIME ALERT: web;http;STARTED; Service has entered a period of scheduled downtime",
            "SERVICE DOWNTIME ALERT: web;http;STOPPED; Service has exited from a period of scheduled downtime",
            "SERVICE NOTIFICATION: ana;web;http;DOWNTIMEEND (OK);tell-service;",
        ]
        or story.log()
    )


def test_one_that_began_in_the_past_begins_at_once() -> None:
    story = planned(a_story().at(5), -100, 60)

    (started,) = story.happened(DowntimeStarted)
    assert (started.time, started.until, started.entered) == (START + 5, START + 60, True)


def test_nobody_is_told_of_problems_while_it_is_in_effect() -> None:
    story = planned(a_story(), 0, 60).forget()

    story.at(10).service(HTTP, 2)

    assert story.told() == []
    assert story.reasons() == ["in_downtime"]


def test_when_it_is_over_the_next_bad_result_is_told() -> None:
    story = planned(a_story(), 0, 60)
    story.at(10).service(HTTP, 2)
    story.wait(60).forget()

    story.at(64).service(HTTP, 2)

    assert story.told() == ["ana PROBLEM CRITICAL"]


def test_a_downtime_of_the_host_keeps_its_services_quiet_but_is_not_theirs() -> None:
    story = planned(a_story(), 0, 60, name="HOST").forget()

    story.at(10).service(HTTP, 2)

    assert (depth(story, WEB), depth(story)) == (1, 0)
    assert story.reasons() == ["host_in_downtime"]


def test_with_a_second_downtime_people_hear_only_of_the_first_beginning_and_the_last_end() -> None:
    story = planned(planned(a_story(), 10, 60), 20, 80).forget()

    story.wait(30)
    assert depth(story) == 2

    story.wait(100)
    assert story.told() == ["ana DOWNTIMESTART OK", "ana DOWNTIMEEND OK"]
    assert [one.entered for one in story.happened(DowntimeStarted)] == [True, False]
    assert ends(story) == [(1, "ended", False), (2, "ended", True)]


def test_without_s_in_the_options_nobody_hears_of_it() -> None:
    story = planned(a_story(notification_options="wucr"), 0, 60).wait(60)

    assert story.told() == []
    assert story.reasons() == ["options", "options"]


def test_a_comment_says_so_and_goes_with_it() -> None:
    story = planned(a_story().at(1), 10, 3700)

    (comment,) = story.world.comments.of(HTTP)
    assert (comment.kind, comment.author, comment.entry_time) == (CommentKind.DOWNTIME, "ana", START + 1)
    assert comment.text == (
        "This service has been scheduled for fixed downtime from 01-15-2027 08:00:10 to 01-15-2027 09:01:40.  "
        "Notifications for the service will not be sent out during that time period."
    )

    story.wait(3700)
    assert story.world.comments.of(HTTP) == []


def test_the_comment_of_a_flexible_downtime_of_a_host_says_how_long_it_will_last() -> None:
    story = planned(a_story(), 10, 3700, duration=3 * 3600 + 25 * 60 + 59, name="HOST")

    (comment,) = story.world.comments.of(WEB)
    assert comment.text == (
        "This host has been scheduled for flexible downtime starting between 01-15-2027 08:00:10 and "
        "01-15-2027 09:01:40 and lasting for a period of 3 hours and 25 minutes.  Notifications for the host "
        "will not be sent out during that time period."
    )


def test_the_comment_of_a_downtime_that_nobody_signed_is_the_servers() -> None:
    story = a_story()

    story.order(f"SCHEDULE_SVC_DOWNTIME;web;http;{START:.0f};{START + 60:.0f};1;0;0;;work")

    assert [one.author for one in story.world.comments.of(HTTP)] == ["(Nagios Process)"]


# --- cancelled ----------------------------------------------------------------------------------------------


def test_one_that_is_cancelled_while_in_effect_is_told_without_a_name() -> None:
    story = planned(a_story(), 0, 60).forget()

    story.at(5).order("DEL_SVC_DOWNTIME;1")

    assert depth(story) == 0
    assert story.told() == ["ana DOWNTIMECANCELLED OK"]
    (telling,) = story.effects.tellings
    assert (telling.author, telling.comment) == ("", "")
    assert ends(story) == [(1, "cancelled", True)]
    assert (
        "SERVICE DOWNTIME ALERT: web;http;CANCELLED; Scheduled downtime for service has been cancelled."
        in story.log()
    )


def test_one_that_is_cancelled_before_it_begins_goes_in_silence() -> None:
    story = planned(a_story(), 10, 60).forget()

    story.order("DEL_SVC_DOWNTIME;1")
    story.wait(100)

    assert story.told() == []
    assert ends(story) == [(1, "cancelled", False)]
    assert book(story) == []
    assert story.world.comments.of(HTTP) == []


def test_one_of_two_that_is_cancelled_tells_nobody() -> None:
    story = planned(planned(a_story(), 0, 60), 0, 80).forget()

    story.order("DEL_SVC_DOWNTIME;1")

    assert depth(story) == 1
    assert story.told() == []


def test_there_is_nothing_to_cancel_without_a_downtime() -> None:
    story = a_story()

    assert not story.world.downtimes.cancel(7, story.now, story.effects)


# --- flexible -----------------------------------------------------------------------------------------------


def test_a_flexible_downtime_begins_with_the_problem_and_lasts_its_duration() -> None:
    story = planned(a_story(), 0, 100, duration=30).forget()
    assert depth(story.wait(19)) == 0

    story.at(20).service(HTTP, 2)
    assert depth(story) == 1
    assert story.told() == ["ana DOWNTIMESTART CRITICAL"]

    assert depth(story.wait(49)) == 1
    assert depth(story.wait(50)) == 0
    assert story.told() == ["ana DOWNTIMESTART CRITICAL", "ana DOWNTIMEEND CRITICAL"]


def test_it_may_last_longer_than_its_window() -> None:
    story = planned(a_story(), 0, 30, duration=60)
    story.at(20).service(HTTP, 2)

    assert depth(story.wait(79)) == 1
    assert depth(story.wait(80)) == 0


def test_a_problem_outside_the_window_does_not_begin_it() -> None:
    story = planned(a_story(), 50, 100, duration=30)

    story.at(20).service(HTTP, 2)

    assert depth(story.wait(60)) == 0


def test_a_problem_that_is_there_already_begins_it_at_once() -> None:
    story = a_story()
    story.service(HTTP, 2)

    planned(story.at(10), 0, 100, duration=30)

    assert depth(story) == 1
    assert [one.flexible_start for one in book(story)] == [START + 10]


def test_one_without_a_problem_goes_when_its_window_is_over_and_people_hear_of_its_end() -> None:
    story = planned(a_story(), 0, 60, duration=30).forget()

    story.wait(60)
    assert len(book(story)) == 1

    story.wait(61)
    assert book(story) == []
    assert ends(story) == [(1, "expired", False)]
    assert story.told() == ["ana DOWNTIMEEND OK"]
    assert not any("DOWNTIME ALERT" in line for line in story.log())


def test_while_its_window_is_open_people_are_not_told_of_a_problem_that_could_begin_it() -> None:
    story = planned(a_story(), 0, 100, duration=30)
    story.at(20).service(HTTP, 2)
    story.wait(50).forget()

    assert story.world.downtimes.book.is_pending(HTTP, story.now) is False

    planned(story.at(55), 56, 200, duration=30).forget()
    assert not story.world.downtimes.book.is_pending(HTTP, story.now)
    story.at(60).service(HTTP, 2)
    assert story.told() == []
    assert story.reasons() == ["awaits_downtime"]


def test_a_flexible_downtime_of_the_host_that_waits_keeps_its_services_quiet() -> None:
    story = planned(a_story(), 0, 100, duration=30, name="HOST").forget()

    story.at(20).service(HTTP, 2)

    assert story.told() == []
    assert story.reasons() == ["host_awaits_downtime"]


def test_a_flexible_downtime_begins_also_with_a_soft_problem() -> None:
    story = Story(a_model(a_service(max_check_attempts=3)))
    planned(story, 0, 100, duration=30)

    story.at(20).service(HTTP, 2)

    assert depth(story) == 1


# --- triggered ----------------------------------------------------------------------------------------------


def test_a_triggered_downtime_begins_with_the_one_that_it_follows() -> None:
    story = planned(a_story(), 10, 60, name="HOST")
    planned(story, 10, 60, trigger=1)

    assert depth(story.wait(9)) == 0
    assert depth(story.wait(10)) == 1
    assert (depth(story.wait(60)), depth(story, WEB)) == (0, 0)
    assert book(story) == []


def test_a_triggered_downtime_waits_for_a_flexible_one() -> None:
    story = planned(a_story(), 0, 100, duration=30, name="HOST")
    planned(story, 0, 100, duration=30, trigger=1)

    assert depth(story.wait(20)) == 0
    story.host("web", 1)

    assert (depth(story, WEB), depth(story)) == (1, 1)


def test_a_triggered_downtime_that_its_master_never_began_ends_with_it() -> None:
    story = planned(a_story(), 0, 60, duration=30, name="HOST")
    planned(story, 0, 60, duration=30, trigger=1)

    story.wait(70)

    assert book(story) == []
    assert depth(story) == 0


def test_a_fixed_follower_of_a_flexible_downtime_that_never_began_goes_when_its_hours_have_passed() -> None:
    story = planned(a_story(), 0, 60, duration=30, name="HOST")
    planned(story, 0, 60, trigger=1).forget()

    story.wait(61)

    assert book(story) == []
    assert sorted(story.told()) == ["ana DOWNTIMEEND OK", "ana DOWNTIMEEND UP"]


def test_a_follower_that_has_not_begun_when_its_master_ends_goes_without_a_word() -> None:
    story = planned(a_story(), 0, 60, name="HOST")
    planned(story, 100, 200, trigger=1).forget()

    story.wait(150)

    assert book(story) == []
    assert ends(story) == [(1, "ended", True)]
    assert story.told() == ["ana DOWNTIMEEND UP"]


def test_cancelling_one_cancels_those_that_follow_it() -> None:
    story = planned(planned(a_story(), 0, 60, name="HOST"), 0, 60, trigger=1).forget()
    assert depth(story) == 1

    story.order("DEL_HOST_DOWNTIME;1")

    assert book(story) == []
    assert ends(story) == [(1, "cancelled", True), (2, "cancelled", True)]
    assert depth(story) == 0


@pytest.mark.parametrize(("duration", "start"), [(0, 0.0), (30, 20.0)])
def test_one_that_follows_a_downtime_in_effect_begins_at_once(duration: int, start: float) -> None:
    story = planned(a_story(), 0, 60, name="HOST")

    planned(story.at(20), 0, 100, duration=duration, trigger=1)

    assert depth(story) == 1
    assert [one.flexible_start for one in book(story) if one.id == 2] == [START + start if duration else 0]


def test_a_fixed_follower_of_a_downtime_that_has_not_begun_waits_for_it() -> None:
    story = planned(a_story(), 50, 60, name="HOST")
    planned(story, 10, 60, trigger=1)

    assert depth(story.wait(20)) == 0
    assert depth(story.wait(50)) == 1


# --- an object that goes ------------------------------------------------------------------------------------


def test_the_downtimes_of_an_object_that_is_gone_are_dropped_without_a_word() -> None:
    story = planned(planned(a_story(), 10, 60), 10, 60, name="HOST").forget()

    story.world.replace(a_model(a_host()), story.now, story.effects)
    story.wait(100)

    assert {one.service for one in story.happened(DowntimeStarted)} == {""}
    assert ends(story) == [(2, "ended", True)]


# --- restarts -----------------------------------------------------------------------------------------------


def test_a_downtime_in_effect_outlives_a_restart_without_a_word() -> None:
    story = planned(a_story(), 0, 60).at(20).forget().restart()

    assert depth(story) == 1
    assert story.wait(59).told() == []
    assert len(story.world.comments.of(HTTP)) == 1
    assert story.wait(60).told() == ["ana DOWNTIMEEND OK"]


def test_a_planned_downtime_outlives_a_restart() -> None:
    story = planned(a_story(), 30, 60).at(20).restart()

    assert depth(story.wait(29)) == 0
    assert depth(story.wait(30)) == 1


def test_a_downtime_that_ended_while_the_server_was_down_ends_with_the_start() -> None:
    story = planned(a_story(), 0, 60).at(500).forget().restart()

    story.wait(500)

    assert depth(story) == 0
    assert story.told() == ["ana DOWNTIMEEND OK"]


def test_a_downtime_that_began_and_ended_while_the_server_was_down_is_gone() -> None:
    story = planned(a_story(), 30, 60).at(500).forget().restart()

    assert book(story) == []
    assert story.wait(600).told() == []
    assert story.world.comments.of(HTTP) == []
    assert ends(story) == [(1, "missed", False)]


def test_a_downtime_that_should_have_begun_while_the_server_was_down_begins_with_the_start() -> None:
    story = planned(a_story(), 30, 60).at(40).forget().restart()

    story.wait(40)

    assert depth(story) == 1
    assert story.told() == ["ana DOWNTIMESTART OK"]


def test_a_flexible_downtime_still_waits_after_a_restart() -> None:
    story = planned(a_story(), 0, 100, duration=30).at(20).restart()

    story.at(25).service(HTTP, 2)

    assert depth(story) == 1
    assert depth(story.wait(55)) == 0


def test_a_flexible_downtime_in_effect_keeps_its_end_over_a_restart() -> None:
    story = planned(a_story(), 0, 100, duration=30)
    story.at(20).service(HTTP, 2)

    story.at(40).restart()

    assert depth(story.wait(49)) == 1
    assert depth(story.wait(50)) == 0


def test_the_downtime_of_an_object_that_is_gone_does_not_come_back() -> None:
    story = planned(a_story(), 30, 60)

    story.restart(a_model(a_host()))

    assert book(story) == []
    assert list(story.world.comments) == []


def test_numbers_go_on_after_a_restart() -> None:
    story = planned(a_story(), 30, 60).restart()

    planned(story, 40, 80)

    assert [one.id for one in book(story)] == [1, 2]


def two_hosts() -> Model:
    return a_model(a_host("router"), a_host("web", parents=("router",)))


def test_a_triggered_downtime_in_effect_outlives_a_restart_with_its_master() -> None:
    story = Story(two_hosts())
    story.order(
        f"SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME;router;{START:.0f};{START + 60:.0f};1;0;0;ana;work"
    )
    assert [depth(story, (name, "")) for name in ("router", "web")] == [1, 1]

    story.at(20).restart()
    assert [depth(story, (name, "")) for name in ("router", "web")] == [1, 1]

    story.wait(60)
    assert [depth(story, (name, "")) for name in ("router", "web")] == [0, 0]
    assert book(story) == []
