"""The running server tells stories as Nagios does: same command file, same spool folder, same log."""

import time
from pathlib import Path

import pytest

from support.server_process import ServerProcess
from support.simulating import settings
from support.stories import Frame, all_stories, write_configuration, write_files
from support.story_log import by_story, difference, read_recording, told
from support.story_player import Player, release, write_plugin

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SAMPLE = (
    "ack-sticky",
    "commands-refused",
    "contact-once",
    "downtime-fixed",
    "escalation-overlapping",
    "handler-service",
    "host-unreachable",
    "notify-interval",
    "outage-and-services",
    "service-exit-codes",
    "service-passive",
    "service-three-attempts",
)
"""Stories that need no more of a server than it has to do anyway; all have the same main file."""


def test_the_running_server_tells_a_sample_as_nagios_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    stories = [story for story in all_stories() if story.name in SAMPLE]
    frame = Frame(tmp_path, int(time.time()))
    main = write_configuration(frame, stories, {})
    (tmp_path / "atalaia.toml").write_text(settings())
    write_plugin(tmp_path)
    commands = tmp_path / "nagios.cmd"

    with ServerProcess(main, tmp_path / "data") as server:
        server.wait("there is a command file", commands.exists)
        frame = Frame(tmp_path, int(time.time()))
        write_files(frame, stories)
        Player(frame, commands, tmp_path / "spool").play(stories)
        log = (tmp_path / "nagios.log").read_text()
        release(tmp_path)

    lines = by_story(told(log, frame, max(story.until for story in stories)), stories)
    found = {name: difference(read_recording("4.5.12", name), lines[name]) for name in SAMPLE}
    assert {name: one for name, one in found.items() if one} == {}
