"""All external commands: each is carried out as documented by Nagios, or refused without a trace."""

import pytest

from atalaia.core.events import CommandReceived, CommandRefused, CommandSeen, LogLine
from atalaia.core.instants import Instant
from atalaia.core.orders import COMMANDS, Order, carry_out
from support.builders import START
from support.order_examples import (
    EXAMPLES,
    NEVER_CARRIED_OUT,
    OF_CONTACTS,
    OF_HOST_GROUPS,
    OF_HOSTS,
    OF_SERVICE_GROUPS,
    OF_SERVICES,
    SWITCHES,
)
from support.ordering import a_busy_story, a_story, ordered, refused, standing

RESULTS = {"PROCESS_HOST_CHECK_RESULT", "PROCESS_SERVICE_CHECK_RESULT"}
KINDS = (
    ("host", OF_HOSTS),
    ("host", OF_SERVICES),
    ("host group", OF_HOST_GROUPS),
    ("service group", OF_SERVICE_GROUPS),
    ("contact", OF_CONTACTS),
    ("contact group", {name: fields for name, fields in SWITCHES.items() if fields == "ops"}),
    ("contact", {name: fields for name, fields in SWITCHES.items() if fields == "ana"}),
    ("host group", {name: fields for name, fields in SWITCHES.items() if fields == "racks"}),
    ("service group", {name: fields for name, fields in SWITCHES.items() if fields == "front"}),
    ("host", {name: fields for name, fields in SWITCHES.items() if fields.startswith("web")}),
)
"""What the first field of a command names."""

NAMING = {name: fields for _, examples in KINDS for name, fields in examples.items()}


def texts(examples: dict[str, str]) -> list[str]:
    return [f"{name};{fields}" if fields else name for name, fields in examples.items()]


def test_every_command_has_an_example() -> None:
    assert set(EXAMPLES) | set(NEVER_CARRIED_OUT) == set(COMMANDS)


@pytest.mark.parametrize("text", texts(EXAMPLES))
def test_each_is_carried_out_and_written_down(text: str) -> None:
    story = ordered(a_busy_story(), text)

    name, _, fields = text.partition(";")
    (seen,) = story.happened(CommandSeen)
    assert (seen.command, seen.arguments, seen.brings_result) == (name, fields, name in RESULTS)
    received = [(one.command, one.arguments, one.source, one.user) for one in story.happened(CommandReceived)]
    assert received == ([] if name in RESULTS else [(name, fields, "file", "")])


@pytest.mark.parametrize("text", texts(NAMING))
def test_with_a_name_that_is_not_there_each_is_refused_without_a_trace(text: str) -> None:
    name, _, fields = text.partition(";")
    others = fields.partition(";")[2]

    reason = refused(a_busy_story(), f"{name};nowhere;{others}")

    kind = next(what for what, examples in KINDS if name in examples)
    expected = "no downtime fits" if name == "DEL_DOWNTIME_BY_HOST_NAME" else f"there is no {kind} 'nowhere'"
    assert reason == expected


@pytest.mark.parametrize(
    "text", [text for text in texts(NAMING) if text.partition(";")[2].startswith("web;http")]
)
def test_with_a_service_that_is_not_there_each_is_refused_without_a_trace(text: str) -> None:
    reason = refused(a_busy_story(), text.replace(";web;http", ";web;nothing"))

    assert reason == "there is no service 'nothing' on host 'web'"


MAY_BE_CUT = {
    "PROCESS_HOST_CHECK_RESULT": 2,
    "PROCESS_SERVICE_CHECK_RESULT": 3,
}
"""Fields that these need; all others need all that their example has."""


@pytest.mark.parametrize("text", [text for text in texts(EXAMPLES) if ";" in text])
def test_each_says_which_field_it_lacks_and_leaves_no_trace(text: str) -> None:
    name, *fields = text.split(";")

    for number in range(MAY_BE_CUT.get(name, len(fields))):
        reason = refused(a_busy_story(), ";".join([name, *fields[:number]]))

        assert reason.startswith((f"{name} lacks its field ", f"{name} needs a"))


@pytest.mark.parametrize("text", texts(EXAMPLES))
def test_what_should_be_a_number_and_is_none_is_refused_without_a_trace(text: str) -> None:
    name, *fields = text.split(";")
    for place, field in enumerate(fields):
        if not field.isdigit():
            continue

        reason = refused(a_busy_story(), ";".join([name, *fields[:place], "soon", *fields[place + 1 :]]))

        assert "must be a number, not 'soon'" in reason


@pytest.mark.parametrize("text", texts(NEVER_CARRIED_OUT))
def test_commands_that_would_choose_a_program_are_switched_off_as_in_nagios(text: str) -> None:
    assert "is switched off, as in Nagios since 4.0.5" in refused(a_busy_story(), text)


@pytest.mark.parametrize("text", ["enable_notifications", "  ENABLE_NOTIFICATIONS\t\r\n"])
def test_names_may_be_written_small_and_blanks_around_a_command_do_not_count(text: str) -> None:
    story = ordered(a_story(enable_notifications=False), text)

    assert story.world.settings.enable_notifications


def test_the_event_says_where_a_command_came_from_and_who_sent_it() -> None:
    story = a_story()

    carry_out(
        story.world,
        Order(text="DISABLE_NOTIFICATIONS", entry_time=story.now, source="api", user="ana"),
        story.now,
        story.effects,
    )

    (received,) = story.happened(CommandReceived)
    assert (received.source, received.user) == ("api", "ana")


@pytest.mark.parametrize(
    ("text", "command", "fault", "reason"),
    [
        ("", "", "malformed", "the command is empty"),
        (";web", "", "malformed", "the command is empty"),
        ("NONSENSE;web", "NONSENSE", "unknown", "there is no command 'NONSENSE'"),
    ],
)
def test_what_is_no_command_is_refused_and_not_seen_as_one(
    text: str, command: str, fault: str, reason: str
) -> None:
    story = a_story()

    assert refused(story, text) == reason

    assert not story.happened(CommandSeen)
    (event,) = story.happened(CommandRefused)
    assert (event.command, event.fault, event.reason) == (command, fault, reason)
    assert event.line == f"[{START + 10:.0f}] {text}"


def test_a_refused_line_of_a_file_is_not_quoted() -> None:
    story = a_story()

    order = Order(text="NONSENSE", entry_time=Instant(START), from_file=True)
    carry_out(story.world, order, story.now, story.effects)

    (event,) = story.happened(CommandRefused)
    assert event.line == ""


def test_a_name_that_begins_with_an_underscore_is_somebodys_own_and_only_written_down() -> None:
    story = a_story()
    before = standing(story)

    ordered(story, "_MY_COMMAND;web;what I want")

    assert standing(story) == before
    assert [one.command for one in story.happened(CommandReceived)] == ["_MY_COMMAND"]


def test_a_refused_result_leaves_nagios_warning_in_the_log() -> None:
    story = a_story()

    refused(story, "PROCESS_HOST_CHECK_RESULT;nowhere;0;x")

    assert [one.text for one in story.happened(LogLine)] == [
        "Warning:  Passive check result was received for host 'nowhere', but the host could not be found!"
    ]


def test_a_command_with_a_zero_byte_is_none() -> None:
    assert "zero byte" in refused(a_busy_story(), "ADD_HOST_COMMENT;web;1;ana;a\0b")


def test_a_refused_downtime_uses_up_no_number() -> None:
    story = a_busy_story()
    before = story.world.ids.downtime

    refused(story, "SCHEDULE_HOST_DOWNTIME;web;1800000000000;1800000600000;1;0;0;ana;work")

    assert story.world.ids.downtime == before
