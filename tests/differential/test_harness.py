"""The harness itself: story files, placeholders, whose line it is, and when two tellings agree."""

from pathlib import Path

import pytest

from support.stories import Frame, Step, Story, StoryError, all_stories, companies, defined_names, read_story
from support.story_log import Told, by_story, difference, owner, told

FRAME = Frame(Path("/some/folder"), 1_800_000_000)

FLAT = """\
# One rule
# in two lines.
--- main
enable_flap_detection=1
--- objects
define host {
 use host
 host_name flat
}
--- scenario
# a remark
2\thost\tflat\t2\tgone
4\tcommand\tADD_HOST_COMMENT;flat;1;ana;hello
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "flat.story"
    path.write_text(text)
    return path


def story(name: str, *commands: str) -> Story:
    steps = [Step(2, "command", (text,)) for text in commands or (f"ADD_HOST_COMMENT;{name};1;ana;hello",)]
    return Story(name, "A rule.", steps=steps)


def test_a_story_file_is_title_settings_objects_and_steps(tmp_path: Path) -> None:
    one = read_story(written(tmp_path, FLAT))

    assert one.title == "One rule in two lines."
    assert one.main == {"enable_flap_detection": "1"}
    assert one.steps[0] == Step(2, "host", ("flat", "2", "gone"))
    assert one.until == 5


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("2\thost", "1\thost", "before second 2"),
        ("2\thost", "4\tcommand\tADD_HOST_COMMENT;flat;1;ana;first\n4\thost", "comes after a command"),
        ("4\tcommand", "1\tcommand", "go back in time"),
        ("flat\t2\tgone", "flat\tgone", "not a step"),
        ("host_name flat", "host_name other", "does not begin with the story's name"),
        ("--- main", "--- setting", "unknown section"),
        ("# One rule\n# in two lines.\n", "", "needs a title"),
    ],
)
def test_a_story_file_that_breaks_a_rule_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    with pytest.raises(StoryError, match=complaint):
        read_story(written(tmp_path, FLAT.replace(old, new, 1)))


def test_placeholders_stand_for_times_and_places_and_come_back() -> None:
    text = "PROCESS_FILE;@FOLDER@/x;@+5@;@-10@"

    filled = FRAME.fill(text)

    assert filled == "PROCESS_FILE;/some/folder/x;1800000005;1799999990"
    assert FRAME.blank(filled) == text
    assert FRAME.fill("@TOMORROW@") == "saturday"


def test_a_log_is_reduced_to_what_stories_are_about() -> None:
    log = (
        "[1800000000] Nagios 4.5.12 starting... (PID=1)\n"
        "[1800000000] Warning: something about the configuration\n"
        "[1800000003] HOST ALERT: flat;DOWN;SOFT;1;gone\n"
        "[1800000003] wproc: Registry request\n"
        "[1800000004] Warning: The results of host 'flat' are stale by 0d 0h 0m 2s (threshold=0d 0h 0m 4s).\n"
        "[1800000009] HOST ALERT: flat;UP;SOFT;1;here\n"
    )

    assert [str(one) for one in told(log, FRAME, 8)] == [
        "[3] HOST ALERT: flat;DOWN;SOFT;1;gone",
        "[4] Warning: The results of host 'flat' are stale by * (threshold=0d 0h 0m 4s).",
    ]


def test_a_line_goes_to_the_story_with_the_longest_name_in_it() -> None:
    lines = [Told(2, "HOST ALERT: a-b-c;DOWN;HARD;1;x"), Told(2, "HOST ALERT: a-bc;DOWN;HARD;1;x")]

    dealt = by_story(lines, [story("a"), story("a-b"), story("a-bc")])

    assert dealt == {"a": [], "a-b": [lines[0]], "a-bc": [lines[1]]}


def test_a_line_without_a_name_goes_to_the_story_whose_command_it_repeats() -> None:
    line = Told(2, "EXTERNAL COMMAND: DEL_HOST_COMMENT;7")

    assert by_story([line], [story("a"), story("b", "DEL_HOST_COMMENT;7")]) == {"a": [], "b": [line]}
    with pytest.raises(LookupError, match="belongs to 0 stories"):
        by_story([line], [story("a"), story("c")])


def test_tellings_agree_when_no_line_is_more_than_a_second_off() -> None:
    expected = [Told(2, "a"), Told(5, "b")]

    assert difference(expected, [Told(3, "a"), Told(4, "b")]) is None
    assert difference(expected, [Told(2, "a"), Told(7, "b")]) == "line 2\n  expected [5] b\n  actual   [7] b"
    assert difference(expected, [Told(2, "a")]) == "line 2\n  expected [5] b\n  actual   nothing more"
    assert difference([], [Told(2, "a")]) == "line 1\n  expected nothing more\n  actual   [2] a"


def test_loose_tellings_agree_when_every_object_has_its_lines_in_order() -> None:
    lines = [
        Told(2, "HOST ALERT: a;DOWN;HARD;1;x"),
        Told(2, "SERVICE NOTIFICATION: ana;a;web;CRITICAL;tell;x"),
        Told(2, "SERVICE ALERT: a;web;CRITICAL;HARD;1;x"),
    ]

    assert difference(lines, [lines[1], lines[0], lines[2]], loose=True) is None
    assert difference(lines, [lines[2], lines[1], lines[0]], loose=True) is not None


def test_stories_with_the_same_settings_are_played_together_unless_they_want_to_be_alone() -> None:
    one, other, different, alone = story("a"), story("b"), story("c"), story("d")
    different.main = {"log_notifications": "0"}
    alone.notes = {"alone": "it switches everything"}

    assert sorted([one.name for one in group] for group in companies([one, other, different, alone])) == [
        ["a", "b"],
        ["c"],
        ["d"],
    ]


def test_no_object_of_a_story_is_taken_for_another_storys() -> None:
    everything = all_stories()

    taken = {
        name: taker.name
        for one in everything
        for name in defined_names(one)
        if (taker := owner(name, everything)) is not one
    }

    assert taken == {}
