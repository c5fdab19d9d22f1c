"""Plays stories in real time into whatever has a command file and a spool folder of check results.

Nagios does timed work, reading the spool folder among it, at the very start of a second, and sometimes a
millisecond before. So results for the spool lie ready half a second earlier, and everything else happens in the
middle of a second, where the clock cannot be misread.

A check that the daemon starts runs `PLUGIN`, which waits until it is told its result. If a story has a result
for an object whose check is running, that check ends with it; otherwise the result goes to the spool folder. So
a check has no result unless the scenario brings one, as in `atalaia simulate`.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from support.stories import RESULTS, Frame, Step, Story

PLUGIN = """\
# A check that ends when it is told how: arguments are the names of host and service.
door="${0%/*}/running/$1,$2"
rm -f "$door"
mkfifo "$door"
read -r code output < "$door"
rm -f "$door"
echo "$output"
exit "$code"
"""

SPOOL_AHEAD = 0.5
"""Seconds before a step's second at which its results are laid into the spool folder."""

ANSWER_AT = 0.3
"""Seconds into a step's second at which running checks are told their result."""

PLUGIN_ENDS_WITHIN = 0.05
"""Seconds that a running check needs to end, so that the results of several come in order."""

COMMANDS_AT = 0.5
"""Seconds into a step's second at which external commands are handed in."""

Action = tuple[float, Callable[[], None]]


@dataclass(slots=True)
class Player:
    """Plays stories at one place; `frame.start` is the epoch of second 0."""

    frame: Frame
    commands: Path
    spool: Path
    _running: dict[Step, Path] = field(default_factory=dict)
    _spooled: int = 0

    def play(self, stories: Sequence[Story]) -> None:
        """Returns when the last story is over."""
        end = self.frame.start + max(story.until for story in stories) + 0.9
        for moment, act in sorted(self._actions(stories), key=lambda action: action[0]):
            _sleep_until(self.frame.start + moment)
            act()
        _sleep_until(end)

    def _actions(self, stories: Sequence[Story]) -> Iterator[Action]:
        seconds: dict[int, list[Step]] = {}
        for story in stories:
            for step in story.steps:
                seconds.setdefault(step.second, []).append(step)
        for second, steps in seconds.items():
            results = [step for step in steps if step.kind in RESULTS]
            commands = [step for step in steps if step.kind == "command"]
            if results:
                yield second - SPOOL_AHEAD, lambda results=results: self._lay_ready(results)  # type: ignore[misc]
                yield second + ANSWER_AT, lambda results=results: self._answer(results)  # type: ignore[misc]
            if commands:
                yield second + COMMANDS_AT, lambda commands=commands: self._hand_in(commands)  # type: ignore[misc]

    def _lay_ready(self, results: list[Step]) -> None:
        """Lays results into the spool folder, but those for which a check is running."""
        for step in results:
            door = self.frame.folder / "running" / ",".join((*step.fields[:-2], "")[:2])
            if door.exists():
                self._running[step] = door
        records = [self._record(step) for step in results if step not in self._running]
        if records:
            self._spooled += 1
            file = self.spool / f"c{self._spooled:06}"
            file.write_text(f"file_time={self.frame.start}\n\n" + "\n".join(records))
            file.with_suffix(".ok").touch()

    def _record(self, step: Step) -> str:
        host, *service, code, output = step.fields
        lines = [f"host_name={host}"]
        lines += [f"service_description={name}" for name in service]
        moment = self.frame.start + step.second
        lines += [
            "check_type=0",
            "check_options=0",
            "scheduled_check=1",
            "reschedule_check=1",
            "latency=0.0",
            f"start_time={moment}.0",
            f"finish_time={moment}.0",
            "early_timeout=0",
            "exited_ok=1",
            f"return_code={code}",
            f"output={self.frame.fill(output)}\\n",
        ]
        return "".join(f"{line}\n" for line in lines)

    def _answer(self, results: list[Step]) -> None:
        for step in results:
            if door := self._running.pop(step, None):
                tell(door, step.fields[-2], self.frame.fill(step.fields[-1]))
                time.sleep(PLUGIN_ENDS_WITHIN)

    def _hand_in(self, commands: list[Step]) -> None:
        lines = [f"[{self.frame.start + step.second}] {self.frame.fill(step.fields[0])}\n" for step in commands]
        with self.commands.open("w") as pipe:
            pipe.write("".join(lines))


def write_plugin(folder: Path) -> None:
    """Puts the waiting plugin where the stories' check commands look for it."""
    (folder / "plugin").write_text(PLUGIN)


def release(folder: Path) -> None:
    """Ends all checks that still wait, so that none of them outlives its daemon."""
    for door in (folder / "running").iterdir():
        tell(door, "3", "over")


def tell(door: Path, code: str, output: str) -> None:
    """Lets one running check end; does nothing when it is gone already."""
    with contextlib.suppress(OSError):
        handle = os.open(door, os.O_WRONLY | os.O_NONBLOCK)
        with os.fdopen(handle, "w") as pipe:
            pipe.write(f"{code} {output}\n")


def _sleep_until(epoch: float) -> None:
    time.sleep(max(0.0, epoch - time.time()))
