"""Commands that plan and cancel downtimes: for one object, many, and all below a host."""

import pytest

from atalaia.core.events import DowntimeScheduled
from atalaia.core.records import Downtime
from support.builders import START, Story, a_host, a_model
from support.ordering import (
    BEGIN,
    DB,
    END,
    HTTP,
    ROUTER,
    SQL,
    SSH,
    WEB,
    a_busy_story,
    a_story,
    ordered,
    refused,
)

PLAN = f"{BEGIN:.0f};{END:.0f};1;0;0;ana;work"


def book(story: Story) -> list[Downtime]:
    return list(story.world.downtimes.book)


def keys(story: Story) -> set[tuple[str, str]]:
    return {one.key for one in book(story)}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("SCHEDULE_HOST_DOWNTIME;web", {WEB}),
        ("SCHEDULE_SVC_DOWNTIME;web;http", {HTTP}),
        ("SCHEDULE_HOST_SVC_DOWNTIME;web", {HTTP, SSH}),
        ("SCHEDULE_HOSTGROUP_HOST_DOWNTIME;racks", {ROUTER, WEB}),
        ("SCHEDULE_HOSTGROUP_SVC_DOWNTIME;racks", {HTTP, SSH}),
        ("SCHEDULE_SERVICEGROUP_HOST_DOWNTIME;front", {WEB, DB}),
        ("SCHEDULE_SERVICEGROUP_SVC_DOWNTIME;front", {HTTP, SSH, SQL}),
        ("SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME;router", {ROUTER, WEB, DB}),
        ("SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME;db", {DB}),
        ("SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME;web", {WEB, DB}),
        ("SCHEDULE_HOSTGROUP_HOST_DOWNTIME;empty", set()),
    ],
)
def test_each_object_concerned_gets_a_downtime_of_its_own(command: str, expected: set[tuple[str, str]]) -> None:
    story = ordered(a_story(), f"{command};{PLAN}")

    assert keys(story) == expected
    assert len(book(story)) == len(expected)
    for one in book(story):
        assert (one.start, one.end, one.fixed, one.author, one.text) == (BEGIN, END, True, "ana", "work")
        assert one.entry_time == story.now


@pytest.mark.parametrize(("word", "triggers"), [("PROPAGATE", {0}), ("PROPAGATE_TRIGGERED", {0, 1})])
def test_those_below_follow_the_host_only_where_that_is_asked_for(word: str, triggers: set[int]) -> None:
    story = ordered(a_story(), f"SCHEDULE_AND_{word}_HOST_DOWNTIME;router;{PLAN}")

    assert {one.triggered_by for one in book(story)} == triggers
    assert [one.triggered_by for one in book(story) if one.key == ROUTER] == [0]


def test_a_host_that_is_reached_on_two_ways_gets_two() -> None:
    model = a_model(
        a_host("top"),
        a_host("left", parents=("top",)),
        a_host("right", parents=("top",)),
        a_host("low", parents=("left", "right")),
    )

    story = ordered(Story(model), f"SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME;top;{PLAN}")

    assert sorted(one.host for one in book(story)) == ["left", "low", "low", "right", "top"]


def test_a_fixed_downtime_lasts_as_long_as_its_hours_say() -> None:
    story = ordered(a_story(), f"SCHEDULE_HOST_DOWNTIME;web;{BEGIN:.0f};{END:.0f};1;0;5;ana;work")

    assert [one.duration for one in book(story)] == [100.0]


def test_a_flexible_downtime_lasts_as_long_as_somebody_said() -> None:
    story = ordered(a_story(), f"SCHEDULE_HOST_DOWNTIME;web;{BEGIN:.0f};{END:.0f};0;0;5;ana;work")

    assert [(one.fixed, one.duration) for one in book(story)] == [(False, 5.0)]
    assert [one.duration for one in story.happened(DowntimeScheduled)] == [5.0]


def test_what_follows_a_semicolon_in_the_comment_is_dropped_as_in_nagios() -> None:
    story = ordered(a_story(), f"SCHEDULE_HOST_DOWNTIME;web;{PLAN}; and more")

    assert [one.text for one in book(story)] == ["work"]


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (f"{BEGIN:.0f};{END:.0f};0;0;0;ana;work", "a flexible downtime needs a duration in seconds"),
        (f"{BEGIN:.0f};{END:.0f};1;99;0;ana;work", "there is no downtime 99 that could trigger this one"),
        (f"{END:.0f};{BEGIN:.0f};1;0;0;ana;work", "the downtime would end before it starts"),
        (f"{BEGIN:.0f};{BEGIN:.0f};1;0;0;ana;work", "the downtime would end before it starts"),
        (f"{START - 99:.0f};{START:.0f};1;0;0;ana;work", "the downtime would have ended already"),
        (f"{START - 99:.0f};{START + 10:.0f};1;0;0;ana;work", "the downtime would have ended already"),
    ],
)
@pytest.mark.parametrize("command", ["SCHEDULE_HOST_DOWNTIME;web", "SCHEDULE_SERVICEGROUP_SVC_DOWNTIME;front"])
def test_what_makes_no_sense_is_refused(command: str, plan: str, reason: str) -> None:
    assert refused(a_story(), f"{command};{plan}") == reason


# --- cancelling ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("DEL_HOST_DOWNTIME;2", "there is no downtime 2 of a host"),
        ("DEL_SVC_DOWNTIME;1", "there is no downtime 1 of a service"),
        ("DEL_SVC_DOWNTIME;99", "there is no downtime 99 of a service"),
    ],
)
def test_a_downtime_is_cancelled_by_number_and_kind(text: str, reason: str) -> None:
    assert refused(a_busy_story(), text) == reason


def several() -> Story:
    """Downtimes of router (1), web (2), http (3, an hour later) and ssh (4, for the move)."""
    story = a_story()
    for order in (
        f"SCHEDULE_HOST_DOWNTIME;router;{PLAN}",
        f"SCHEDULE_HOST_DOWNTIME;web;{PLAN}",
        f"SCHEDULE_SVC_DOWNTIME;web;http;{BEGIN + 3600:.0f};{END + 3600:.0f};1;0;0;ana;work",
        f"SCHEDULE_SVC_DOWNTIME;web;ssh;{BEGIN:.0f};{END:.0f};1;0;0;ana;the move",
    ):
        ordered(story, order)
    return story


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("DEL_DOWNTIME_BY_HOST_NAME;web", [1]),
        ("DEL_DOWNTIME_BY_HOST_NAME;web;ssh", [1, 2, 3]),
        (f"DEL_DOWNTIME_BY_HOST_NAME;web;;{BEGIN:.0f}", [1, 3]),
        ("DEL_DOWNTIME_BY_HOST_NAME;web;;;the move", [1, 2, 3]),
        ("DEL_DOWNTIME_BY_HOST_NAME;web;;;work;more", [1, 4]),
        ("DEL_DOWNTIME_BY_HOSTGROUP_NAME;racks", []),
        ("DEL_DOWNTIME_BY_HOSTGROUP_NAME;racks;router", [2, 3, 4]),
        ("DEL_DOWNTIME_BY_HOSTGROUP_NAME;racks;;http", [1, 2, 4]),
        (f"DEL_DOWNTIME_BY_HOSTGROUP_NAME;racks;web;;{BEGIN:.0f};work", [1, 3, 4]),
        (f"DEL_DOWNTIME_BY_START_TIME_COMMENT;{BEGIN:.0f}", [3]),
        ("DEL_DOWNTIME_BY_START_TIME_COMMENT;;the move", [1, 2, 3]),
        (f"DEL_DOWNTIME_BY_START_TIME_COMMENT;{BEGIN + 3600:.0f};work", [1, 2, 4]),
    ],
)
def test_downtimes_are_cancelled_by_what_they_have_in_common(text: str, left: list[int]) -> None:
    story = ordered(several(), text)

    assert sorted(one.id for one in book(story)) == left


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("DEL_DOWNTIME_BY_HOST_NAME;db", "no downtime fits"),
        ("DEL_DOWNTIME_BY_HOST_NAME;web;ssh;;work", "no downtime fits"),
        ("DEL_DOWNTIME_BY_HOSTGROUP_NAME;empty", "no downtime fits"),
        ("DEL_DOWNTIME_BY_START_TIME_COMMENT;7", "no downtime fits"),
        ("DEL_DOWNTIME_BY_START_TIME_COMMENT;0;", "DEL_DOWNTIME_BY_START_TIME_COMMENT needs a start time"),
    ],
)
def test_where_none_fits_the_command_is_refused(text: str, reason: str) -> None:
    assert refused(several(), text).startswith(reason)


def test_one_that_went_with_the_one_it_follows_is_not_cancelled_twice() -> None:
    story = ordered(a_story(), f"SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME;router;{PLAN}")

    ordered(story, "DEL_DOWNTIME_BY_START_TIME_COMMENT;;work")

    assert book(story) == []
