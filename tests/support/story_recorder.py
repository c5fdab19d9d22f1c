"""Has a real Nagios tell the stories: starts a daemon per company of stories, plays them, reads its log."""

import contextlib
import getpass
import grp
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from support.stories import Frame, Story, companies, write_configuration, write_files
from support.story_log import Told, by_story, told
from support.story_player import Player, release, write_plugin

DEBIAN = shutil.which("nagios4", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
"""The binary of Debian's package."""

_STARTS = 5


class RecordingError(Exception):
    """Nagios did not do what the recorder needs; holds its own words."""


def version_of(binary: str) -> str:
    """The version that a binary says it has."""
    said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"Nagios Core (\S+)", said)
    if found is None:
        raise RecordingError(f"{binary} does not say its version:\n{said}")
    return found[1]


def record(
    binary: str, stories: Sequence[Story], jobs: int = 1
) -> Iterator[tuple[list[Story], dict[str, list[Told]]]]:
    """Plays stories through a Nagios binary, `jobs` daemons at a time; yields each company and what it told."""
    groups = companies(stories)
    with ThreadPoolExecutor(jobs) as pool:
        yield from zip(groups, pool.map(partial(_record_company, binary), groups), strict=True)


def _record_company(binary: str, company: list[Story]) -> dict[str, list[Told]]:
    with tempfile.TemporaryDirectory(prefix="stories-") as folder:
        return _record_in(Path(folder), binary, company)


def _record_in(folder: Path, binary: str, company: list[Story]) -> dict[str, list[Told]]:
    write_plugin(folder)
    for _ in range(_STARTS):
        with _daemon(folder, binary, company) as start:
            if start is None:
                continue
            frame = Frame(folder, start)
            write_files(frame, company)
            Player(frame, folder / "nagios.cmd", folder / "spool").play(company)
            log = (folder / "nagios.log").read_text("utf-8", "replace")
        try:
            return by_story(told(log, frame, max(story.until for story in company)), company)
        except LookupError as problem:
            raise RecordingError(f"{company[0].name} and its company: {problem}") from problem
    raise RecordingError(f"{binary} never came up within one second")


@contextlib.contextmanager
def _daemon(folder: Path, binary: str, company: list[Story]) -> Iterator[int | None]:
    """A running daemon and the second in which it began; None if that is not sure."""
    (folder / "nagios.log").unlink(missing_ok=True)
    launch = int(time.time()) + 1
    main = write_configuration(Frame(folder, launch), company, _identity())
    time.sleep(max(0.0, launch + 0.01 - time.time()))
    with (folder / "stdout").open("wb") as stdout:
        daemon = subprocess.Popen(
            [binary, str(main)],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stdout,
            env={**os.environ, "TZ": "UTC"},
        )
        try:
            yield launch if _wait_for_command_file(daemon, folder) == launch else None
        finally:
            daemon.send_signal(signal.SIGTERM)
            release(folder)
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()


def _wait_for_command_file(daemon: "subprocess.Popen[bytes]", folder: Path) -> int:
    """The second in which the command file appeared, just before the daemon's work begins."""
    deadline = time.monotonic() + 10
    while not (folder / "nagios.cmd").exists():
        if daemon.poll() is not None or time.monotonic() > deadline:
            said = (folder / "stdout").read_text("utf-8", "replace")
            raise RecordingError(f"nagios did not come up:\n{said[-4000:]}")
        time.sleep(0.005)
    return int(time.time())


def _identity() -> dict[str, str]:
    return {"nagios_user": getpass.getuser(), "nagios_group": grp.getgrgid(os.getgid()).gr_name}
