"""What a story left in a log in Nagios' format: told lines, recordings, and where two tellings part."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from support.stories import Frame, Step, Story, mentions

RECORDED = Path(__file__).parent.parent / "differential" / "recorded"

TOLERANCE = 1
"""Seconds by which two tellings may differ: Nagios sometimes does timed work a millisecond early."""

_ENTRY = re.compile(r"^\[(\d+)\] (.*)$")
_EVENT = re.compile(
    r"(?:HOST|SERVICE) (?:ALERT|NOTIFICATION|DOWNTIME ALERT|FLAPPING ALERT|EVENT HANDLER): "
    r"|GLOBAL (?:HOST|SERVICE) EVENT HANDLER: |(?:INITIAL|CURRENT) (?:HOST|SERVICE) STATE: "
    r"|PASSIVE (?:HOST|SERVICE) CHECK: |EXTERNAL COMMAND: |External command "
)
_COMPLAINT = re.compile(r"(?:Warning|Error): ")
_STALE = re.compile(r"are stale by \d+d \d+h \d+m \d+s")
_OBJECT = re.compile(
    r"(?:(?:INITIAL|CURRENT|PASSIVE|GLOBAL) )?(HOST|SERVICE) [A-Z ]+: (?P<fields>.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a log, its second counted from the story's start."""

    second: int
    line: str

    def __str__(self) -> str:
        return f"[{self.second}] {self.line}"


def told(log: str, frame: Frame, until: int) -> list[Told]:
    """The lines of a log that belong to stories, in order.

    Complaints of second 0 are about the configuration and left out. How stale a result is depends on the
    millisecond at which that is noticed, so that number is left out too.
    """
    found = []
    for entry in log.splitlines():
        if (match := _ENTRY.match(entry)) is None:
            continue
        second, line = int(match[1]) - frame.start, match[2]
        if second > until or not (_EVENT.match(line) or (_COMPLAINT.match(line) and second > 0)):
            continue
        found.append(Told(second, _STALE.sub("are stale by *", frame.blank(line))))
    return found


def by_story(lines: Iterable[Told], stories: Sequence[Story]) -> dict[str, list[Told]]:
    """Deals the lines of stories that were played together out to them.

    Raises LookupError for a line that belongs to none or to several.
    """
    found: dict[str, list[Told]] = {story.name: [] for story in stories}
    for one in lines:
        story = owner(one.line, stories)
        if one.second <= story.until:
            found[story.name].append(one)
    return found


def owner(line: str, stories: Sequence[Story]) -> Story:
    """The story to which a line belongs: the longest name in it says so, or else the command that it repeats.

    Raises LookupError.
    """
    if len(stories) == 1:
        return stories[0]
    if named := [story for story in stories if mentions(line, story.name)]:
        return max(named, key=lambda story: len(story.name))
    heard = [story for story in stories if any(repeats(line, step) for step in story.steps)]
    if len(heard) != 1:
        raise LookupError(f"belongs to {len(heard)} stories: {line}")
    return heard[0]


def repeats(line: str, step: Step) -> bool:
    """Does a line repeat the command of a step?"""
    return step.kind == "command" and step.fields[0] in line


def recording_path(version: str, name: str) -> Path:
    """Where the recording of one story lies."""
    return RECORDED / version / f"{name}.log"


def write_recording(version: str, name: str, lines: Iterable[Told]) -> None:
    """Stores what a version of Nagios told."""
    path = recording_path(version, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{one}\n" for one in lines))


def read_recording(version: str, name: str) -> list[Told]:
    """What a version of Nagios told when the story was recorded."""
    text = recording_path(version, name).read_text()
    return [Told(int(match[1]), match[2]) for line in text.splitlines() if (match := _ENTRY.match(line))]


def difference(expected: Sequence[Told], actual: Sequence[Told], *, loose: bool = False) -> str | None:
    """Says where two tellings part first; nothing when they agree."""
    if loose:
        expected, actual = _per_object(expected), _per_object(actual)
    for number, (one, other) in enumerate(zip(expected, actual, strict=False), 1):
        if one.line != other.line or abs(one.second - other.second) > TOLERANCE:
            return f"line {number}\n  expected {one}\n  actual   {other}"
    if len(expected) > len(actual):
        return f"line {len(actual) + 1}\n  expected {expected[len(actual)]}\n  actual   nothing more"
    if len(actual) > len(expected):
        return f"line {len(expected) + 1}\n  expected nothing more\n  actual   {actual[len(expected)]}"
    return None


def _per_object(lines: Sequence[Told]) -> list[Told]:
    return sorted(lines, key=lambda one: _object(one.line))


def _object(line: str) -> str:
    """The host, or host and service, that a line is about; empty for other lines."""
    if (match := _OBJECT.match(line)) is None:
        return ""
    fields = match["fields"].split(";")
    if " NOTIFICATION: " in line:
        del fields[0]
    return ";".join(fields[: 2 if match[1] == "SERVICE" else 1])
