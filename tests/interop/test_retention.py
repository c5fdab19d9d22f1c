"""What a retention.dat holds and what becomes of a damaged one."""

from datetime import UTC
from typing import Any

import msgspec

from atalaia.core.changes import ACTIVE_CHECKS, CHECK_PERIOD, CUSTOM_VARIABLE, NOTIFICATIONS
from atalaia.core.effects import Effects
from atalaia.core.instants import Instant
from atalaia.core.objects import Model, TimePeriod
from atalaia.core.records import PROGRAM, CommentKind
from atalaia.core.runtime import Acknowledgement
from atalaia.core.states import StateType
from atalaia.core.world import Remembered, World
from atalaia.interop.retention import Imported, read_retention
from atalaia.interop.retention_text import retention_texts
from support.builders import START, Story, a_contact, a_host, a_model, a_service, an_escalation

HTTP = ("web", "http")
ALWAYS = TimePeriod(timeperiod_name="always", alias="always")


def model(*more: Any, **settings: Any) -> Model:
    given = {"retain_state_information": True, "enable_flap_detection": True}
    return a_model(
        a_host(custom={"RACK": "7"}),
        a_service(notification_interval=5.0, custom={"COLOUR": "green", "SIZE": "1"}),
        a_contact(),
        ALWAYS,
        *more,
        **(given | settings),
    )


def read(text: str, of: Model | None = None) -> Imported:
    return read_retention(text.splitlines(), of or model(), UTC)


def written(world: World, now: float) -> str:
    return "".join(retention_texts(world, Instant(now), "0.0"))


def a_long_story() -> Story:
    """Somebody took care of a problem, planned an outage, changed settings and left remarks."""
    story = Story(model())
    for second, state in enumerate((2, 2, 2, 2)):
        story.at(second).service(HTTP, state, "bad | time=3s")
    for order in (
        "ACKNOWLEDGE_SVC_PROBLEM;web;http;2;0;1;ana;on it",
        f"SCHEDULE_SVC_DOWNTIME;web;http;{int(START)};{int(START) + 900};1;0;900;ana;planned",
        f"SCHEDULE_HOST_DOWNTIME;web;{int(START) + 900};{int(START) + 1800};0;0;60;ana;perhaps",
        "ADD_HOST_COMMENT;web;1;bia;remember",
        "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web;http;17",
        "CHANGE_SVC_CHECK_TIMEPERIOD;web;http;always",
        "CHANGE_CUSTOM_SVC_VAR;web;http;COLOUR;dark red",
        "DISABLE_HOST_CHECK;web",
        "DISABLE_CONTACT_HOST_NOTIFICATIONS;ana",
        "DISABLE_EVENT_HANDLERS",
    ):
        story.order(order)
        assert story.refusal is None, order
    return story


NOT_IN_THE_FORMAT = {
    "told": (),
    "owed": (),
    "suppressed_because": "",
    "problem_since": Instant(0.0),
    "host_problem_at_last_check": False,
    "acknowledged_until": Instant(0.0),
    "downtime_depth": 0,
    "waits_units": -1.0,
}
"""What Nagios' file has no place for, or works out anew."""


def test_what_is_written_comes_back() -> None:
    world = a_long_story().world

    found = read(written(world, world.program_start + 9))

    assert found.problems == []
    assert found.unknown == 0
    for key, known in world.states.items():
        ours = msgspec.structs.replace(found.states[key], **NOT_IN_THE_FORMAT)
        assert ours == msgspec.structs.replace(known, **NOT_IN_THE_FORMAT)
    assert found.comments == list(world.comments)
    assert found.downtimes == list(world.downtimes.book)
    assert found.contacts == world.contacts
    assert found.ids == world.ids
    assert found.written == world.program_start + 9
    assert found.changes == world.changes.all()


def test_a_restart_from_the_file_is_like_one_from_the_database() -> None:
    story = a_long_story()
    found = read(written(story.world, START + 10))

    world = World(model(), tz=UTC, program_start=Instant(START + 10), ids=found.ids)
    remembered = Remembered(
        states=found.states,
        comments=found.comments,
        downtimes=found.downtimes,
        changes=found.changes,
        contacts=found.contacts,
    )
    world.start(remembered, Instant(START + 10), Effects())

    assert world.states[HTTP].acknowledgement is Acknowledgement.STICKY
    assert world.states[HTTP].downtime_depth == 1
    assert world.model.services[HTTP].check_interval == 17.0
    assert world.model.services[HTTP].custom == {"COLOUR": "dark red", "SIZE": "1"}
    assert not world.model.hosts["web"].active_checks_enabled
    assert not world.settings.enable_event_handlers
    assert not world.model.contacts["ana"].host_notifications_enabled
    assert {one.kind for one in world.comments} == {
        CommentKind.ACKNOWLEDGEMENT,
        CommentKind.DOWNTIME,
        CommentKind.USER,
    }


SERVICE = """\
service {
host_name=web
service_description=http
modified_attributes=%(bits)s
check_period=%(period)s
has_been_checked=1
current_state=2
state_type=1
current_attempt=3
last_state_change=1000
last_notification=2000
notified_on_critical=1
current_notification_number=4
active_checks_enabled=0
_COLOUR=1;red
_SIZE=0;9
_GONE=1;x
}
"""


def a_service_block(bits: int = 0, period: str = "always") -> str:
    return SERVICE % {"bits": bits, "period": period}


def test_only_settings_whose_bit_is_set_are_taken_over() -> None:
    found = read(a_service_block(ACTIVE_CHECKS | CUSTOM_VARIABLE))

    change = found.changes["service", "web", "http"]
    assert change.fields == {"active_checks_enabled": False, "custom": {"COLOUR": "red"}}


def test_a_period_that_does_not_exist_any_more_is_told_and_left_out() -> None:
    found = read(a_service_block(CHECK_PERIOD | NOTIFICATIONS, period="gone"))

    assert found.problems == ["line 5: check_period: there is no time period 'gone' any more"]
    assert found.changes["service", "web", "http"].bits == NOTIFICATIONS


def test_the_next_notification_is_worked_out_as_nagios_does() -> None:
    assert read(a_service_block()).states[HTTP].next_notification == Instant(2005.0)

    escalated = model(an_escalation(2, notification_interval=60.0, contacts=("ana",)))
    assert read(a_service_block(), escalated).states[HTTP].next_notification == Instant(2060.0)

    once = a_model(a_host(), a_service(notification_interval=0.0))
    assert read(a_service_block(), once).states[HTTP].no_more_notifications


def test_the_contacts_of_a_told_problem_are_owed_its_recovery() -> None:
    known = read(a_service_block()).states[HTTP]

    assert known.notified_on == "c"
    assert known.told == ("ana",)
    assert known.problem_since == Instant(1000.0)


def test_numbers_go_on_behind_the_largest_that_was_used() -> None:
    text = (
        "program {\nnext_comment_id=3\nnext_problem_id=9\n}\n"
        "hostcomment {\nhost_name=web\ncomment_id=41\nentry_type=1\ncomment_data=x\n}\n"
    )

    found = read(text)

    assert (found.ids.comment, found.ids.problem) == (42, 9)


def test_what_is_not_in_the_configuration_is_counted_and_left_out() -> None:
    text = (
        "host {\nhost_name=gone\ncurrent_state=1\n}\nservice {\nhost_name=web\nservice_description=gone\n}\n"
        "servicedowntime {\nhost_name=web\nservice_description=gone\ndowntime_id=1\n}\n"
        "contact {\ncontact_name=gone\n}\n"
    )

    found = read(text)

    assert (found.unknown, found.problems, found.states) == (4, [], {})
    assert "4 blocks" in found.summary()


def test_a_damaged_file_is_told_with_its_lines_and_the_rest_is_taken_over() -> None:
    text = (
        "# a remark\n"
        "host {\nhost_name=web\ncurrent_state=x\nlast_check=soon\npercent_state_change=nan\nwhat is this\n"
        "current_attempt=1\n}\n"
        "strange {\nhost_name=web\n}\n"
        "}\n"
        "service {\nhost_name=web\nservice_description=http\ncurrent_state=1\nstate_history=1,2\n"
        "service {\nhost_name=web\nservice_description=http\nhas_been_checked=1\ncurrent_state=7\n}\n"
        "hostcomment {\nhost_name=web\ncomment_"
    )

    found = read(text)

    lines = [int(one.removeprefix("line ").partition(":")[0]) for one in found.problems]
    assert lines == [4, 5, 6, 7, 10, 13, 14, 23, 25, 27]
    assert found.states["web", ""].attempt == 1
    assert found.states[HTTP].state == 0


def test_not_more_than_twenty_problems_are_told_one_by_one() -> None:
    problems = read("nonsense\n" * 100).problems

    assert len(problems) == 21
    assert problems[-1] == "and 80 more"


def test_an_empty_file_is_told() -> None:
    assert read("").problems == ["line 1: the file is empty"]


def test_bits_that_are_not_to_be_kept_are_not_written() -> None:
    story = Story(model(retained_service_attribute_mask=CHECK_PERIOD))
    story.order("CHANGE_SVC_CHECK_TIMEPERIOD;web;http;always")
    story.order("DISABLE_SVC_CHECK;web;http")

    found = read(written(story.world, START))

    assert found.changes["service", "web", "http"].bits == ACTIVE_CHECKS


def test_the_switches_of_the_whole_server_are_taken_over_by_their_bits() -> None:
    found = read(
        "program {\nmodified_host_attributes=1\nmodified_service_attributes=0\nenable_notifications=0\n"
        "active_service_checks_enabled=0\n}\n"
    )

    assert found.changes[PROGRAM].fields == {"enable_notifications": False}


def test_texts_of_several_lines_stay_on_one() -> None:
    story = Story(model())
    story.service(HTTP, 0, "fine")
    known = msgspec.structs.replace(story.world.states[HTTP], long_output="first\nsecond \\ third")
    story.world.states[HTTP] = known
    story.order("ADD_SVC_COMMENT;web;http;1;ana;two\nlines")

    found = read(written(story.world, START))

    assert found.problems == []
    assert found.states[HTTP].long_output == "first\nsecond \\ third"
    assert found.comments[0].text == "two\\nlines"


def test_an_unchecked_object_is_never_soft() -> None:
    text = "service {\nhost_name=web\nservice_description=http\nhas_been_checked=0\nstate_type=0\n}\n"

    assert read(text).states[HTTP].state_type is StateType.HARD
