"""Atalaia tells every story as Nagios Core 4.5.12 told it when it was recorded.

`tools/record-stories` records. Nagios 4.4.6, which Debian has, was recorded too: where it tells a story
differently, the story says why. One difference is everywhere and not counted: 4.4.6 logs a hard recovery with
the attempts of the problem, 4.5 with attempt 1.

Where Atalaia knowingly differs (docs/reference/nagios-differences.md) the story says so, and what Atalaia tells
is recorded beside what Nagios tells.
"""

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from support.simulating import simulate
from support.stories import Story, all_stories
from support.story_log import RECORDED, Told, difference, read_recording
from support.story_recorder import DEBIAN, record, version_of

OURS = "4.5.12"
OLDER = "4.4.6"

STORIES = all_stories()

SAMPLE = (
    "ack-normal",
    "contact-once",
    "dependency-service",
    "downtime-fixed",
    "escalation-overlapping",
    "host-unreachable",
    "notify-first-delay",
    "outage-and-services",
    "passive-refused",
    "service-exit-codes",
    "service-three-attempts",
    "stalking-notifications",
)
"""Stories of one company that are recorded anew where Debian's Nagios is installed."""

OWN = "atalaia"
"""Where the recordings lie of what Atalaia knowingly tells differently."""


def stories(*, known_to: str = OURS, own: bool | None = None) -> pytest.MarkDecorator:
    """Runs a test once per story: that a version knows, and with or without a way of Atalaia's own."""
    chosen = [
        story
        for story in STORIES
        if story.known_to(known_to) and (own is None or own == ("atalaia" in story.notes))
    ]
    return pytest.mark.parametrize("story", chosen, ids=lambda story: story.name)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@stories(own=False)
def test_atalaia_tells_it_as_nagios_did(story: Story, tmp_path: Path) -> None:
    found = _difference(OURS, story, simulate(tmp_path, story))

    assert found is None, f"{story.title}\n{found}"


@stories(own=False)
def test_by_default_nothing_but_recoveries_to_those_who_were_told_come_on_top(
    story: Story, tmp_path: Path
) -> None:
    (tmp_path / "complete").mkdir()
    lines = simulate(tmp_path, story)
    complete = simulate(tmp_path / "complete", story, recoveries="complete")

    wanted, more = [str(one) for one in lines], []
    for one in map(str, complete):
        if wanted and one == wanted[0]:
            wanted.pop(0)
        else:
            more.append(one)
    assert wanted == []
    told = [str(one) for one in lines if " NOTIFICATION: " in one.line]
    for one in more:
        kind, contact, about = _recovery(one)
        assert any(f" {kind} NOTIFICATION: {contact};{about};" in line for line in told), one


def _recovery(line: str) -> tuple[str, str, str]:
    """What a recovery is about: (HOST or SERVICE, contact, object)."""
    found = re.search(r" (HOST|SERVICE) NOTIFICATION: ([^;]+);(.+?);(?:OK|UP);", line)
    assert found is not None, line
    return found[1], found[2], found[3]


@stories(own=True)
def test_atalaia_has_its_own_way_where_the_story_says_so(story: Story, tmp_path: Path) -> None:
    lines = simulate(tmp_path, story)

    found = _difference(OWN, story, lines)
    assert found is None, f"{story.notes['atalaia']}\n{found}"
    assert _difference(OURS, story, lines) is not None


@stories(known_to=OLDER)
def test_nagios_versions_differ_where_the_story_says_so(story: Story) -> None:
    older, ours = (_comparable(read_recording(version, story.name)) for version in (OLDER, OURS))

    found = difference(older, ours, loose="loose" in story.notes)

    assert (found is not None) == ("differs" in story.notes), found


@pytest.mark.parametrize("version", [OURS, OLDER, OWN])
def test_there_is_a_recording_of_every_story_and_of_nothing_else(version: str) -> None:
    recorded = {path.stem for path in (RECORDED / version).glob("*.log")}

    wanted = [one for one in STORIES if one.known_to(version) and (version != OWN or "atalaia" in one.notes)]
    assert recorded == {story.name for story in wanted}


@stories()
def test_nothing_happens_so_late_that_a_slower_clock_would_miss_it(story: Story) -> None:
    assert all(one.second < story.until for one in read_recording(OURS, story.name))


@pytest.mark.oracle
@pytest.mark.slow
@pytest.mark.skipif(DEBIAN is None, reason="nagios4 is not installed")
def test_nagios_still_tells_a_sample_as_recorded() -> None:
    assert DEBIAN is not None
    if version_of(DEBIAN) != OLDER:
        pytest.skip(f"nagios4 is not {OLDER}")
    sample = [story for story in STORIES if story.name in SAMPLE]

    ((_, lines),) = record(DEBIAN, sample)

    assert sorted(lines) == sorted(SAMPLE)
    found = {story.name: _difference(OLDER, story, lines[story.name]) for story in sample}
    assert {name: one for name, one in found.items() if one} == {}


def _difference(version: str, story: Story, lines: Sequence[Told]) -> str | None:
    return difference(read_recording(version, story.name), lines, loose="loose" in story.notes)


def _comparable(lines: Sequence[Told]) -> list[Told]:
    """The lines without the attempts of hard recoveries."""
    return [Told(one.second, re.sub(r";(OK|UP);HARD;\d+;", r";\1;HARD;*;", one.line)) for one in lines]
