"""`atalaia simulate` playing a story in virtual time."""

import contextlib
import io
from pathlib import Path

from atalaia.cli.main import main
from support.stories import Frame, Story, write_configuration, write_files, write_scenario
from support.story_log import Told, told

START = 1_800_000_000
"""The epoch of second 0: 15 January 2027, a Friday morning."""


def settings(recoveries: str = "nagios") -> str:
    """Server settings; with those of `nagios` Atalaia tells whom Nagios tells of a recovery."""
    return f'[notifications]\nrecoveries = "{recoveries}"\n'


def simulate(folder: Path, story: Story, *, recoveries: str = "nagios") -> list[Told]:
    """What Atalaia tells of a story. Raises AssertionError when the command fails.

    Args:
        folder: for the configuration.
        story: the story.
        recoveries: the server setting that says who hears of the end of a problem.
    """
    frame = Frame(folder, START)
    path = write_configuration(frame, [story], {})
    (folder / "atalaia.toml").write_text(settings(recoveries))
    write_files(frame, [story])
    scenario = write_scenario(frame, story)
    arguments = [str(path), "--scenario", str(scenario), "--start", str(START), "--until", str(story.until)]
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        status = main(["simulate", *arguments])
    assert status == 0, complained.getvalue()
    return told(said.getvalue(), frame, story.until)
