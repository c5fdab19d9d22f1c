"""A busy story against the real server while it is killed again and again, and the same story undisturbed.

The steps are orders over the API. A step that was answered counts; one whose answer never came is looked up
after the restart and given again if it did not take place. The undisturbed story is played on a World in this
process.
"""

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import msgspec

from atalaia.config.load import load
from atalaia.core.effects import Effects
from atalaia.core.events import NotificationQueued, StateChanged
from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.orders import Order, carry_out
from atalaia.core.world import NOTHING_REMEMBERED, World
from support.server_process import OBJECTS

TOKEN = "a-token-of-many-characters"
HOSTS = ("web", "db", "mail")
SERVICES = ("cpu", "disk", "http")
A_DAY = 86400

_TELL = """#!/bin/sh
printf '%s\\n' "$ATALAIA_MESSAGE_KEY" >> "${0%/*}/told"
"""


class Step(msgspec.Struct, frozen=True):
    """One order, and how to see whether it took place."""

    key: ObjectKey
    text: str
    happened: Callable[["Server"], bool]


class Figures(msgspec.Struct):
    """What came of it."""

    kills: int = 0
    while_starting: int = 0
    reloads: int = 0
    steps: int = 0
    unanswered: int = 0
    repeated: int = 0
    """Steps that had to be given again: a crash came before they were stored."""
    messages: int = 0
    duplicates: int = 0
    """Messages that came twice: a crash came between the channel's acceptance and the mark."""


def write_story(folder: Path) -> Path:
    """The configuration: passive services that are confirmed at once and told once; returns the main file."""
    tell = folder / "tell"
    tell.write_text(_TELL)
    tell.chmod(0o755)
    (folder / "token").write_text(TOKEN)
    (folder / "atalaia.toml").write_text('[api]\ntoken_file = "token"\n')
    text = OBJECTS + f"define command {{\n command_name tell\n command_line {tell} $HOSTNAME$\n}}\n"
    for host in HOSTS[1:]:
        text += f"define host {{\n host_name {host}\n max_check_attempts 1\n contacts ana\n}}\n"
    for host in HOSTS:
        for service in SERVICES:
            text += (
                f"define service {{\n host_name {host}\n service_description {service}\n check_command tell\n"
                " active_checks_enabled 0\n check_interval 0\n max_check_attempts 1\n check_period always\n"
                " notification_period always\n notification_interval 0\n contacts ana\n}\n"
            )
    (folder / "objects.cfg").write_text(text)
    main = folder / "nagios.cfg"
    main.write_text(f"log_file={folder}/nagios.log\ncfg_file={folder}/objects.cfg\ninterval_length=1\n")
    return main


class Server:
    """`atalaia run` on one port, killed and started again."""

    def __init__(self, folder: Path, main: Path) -> None:
        self._main = main
        self._data = folder / "data"
        self._log = (folder / "server.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        """Begins to start; it answers a moment later."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "atalaia", "run", str(self._main)),
                *("--data", str(self._data), "--listen", f"127.0.0.1:{self.port}"),
            ],
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    def signal(self, number: int) -> None:
        """To the server alone: what it started goes on, as after a real crash."""
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, number)

    def wait(self) -> int:
        """Returns when it is gone."""
        assert self._process is not None
        return self._process.wait(30)

    def close(self) -> None:
        """Leaves nothing behind."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(30)
        self._log.close()

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """An answer of the API. Raises OSError or HTTPException when none comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
            connection.request(method, f"/api/v1{path}", None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        """What the API answers to a question."""
        status, answer = self.ask("GET", path)
        assert status == 200, (path, status, answer)
        return answer

    def all(self, path: str) -> list[dict[str, Any]]:
        """All items of a list."""
        found: list[dict[str, Any]] = []
        while page := self.get(f"{path}?limit=1000&offset={len(found)}")["items"]:
            found += page
        return found


class Undisturbed:
    """The same story in a World of this process, and what each step may be."""

    def __init__(self, main: Path, seed: int) -> None:
        model = load(main).model
        assert model is not None
        self._random = random.Random(seed)
        self._number = 0
        self.now = Instant(float(int(time.time())))
        self.world = World(model, tz=UTC, program_start=self.now)
        self.effects = Effects()
        self.world.start(NOTHING_REMEMBERED, self.now, self.effects)
        self._planned: list[tuple[ObjectKey, str]] = []

    def take(self, step: Step) -> None:
        """The step happens here, too."""
        self.now = Instant(self.now + 1)
        assert carry_out(self.world, Order(text=step.text, entry_time=self.now), self.now, self.effects) is None
        self.world.keep_appointments(self.now, self.effects)

    def steps(self) -> Iterator[Step]:
        """One step after another, as the story stands at that moment."""
        while True:
            self._number += 1
            key = (self._random.choice(HOSTS), self._random.choice(SERVICES))
            known = self.world.states[key]
            kinds: list[Callable[[ObjectKey, str], Step]] = [self._comment, self._downtime]
            kinds += [self._result] * 8
            if known.state and not known.acknowledged:
                kinds += [self._acknowledgement] * 3
            if known.acknowledged:
                kinds += [self._given_back]
            if self._planned:
                kinds += [self._cancelled] * 2
            yield self._random.choice(kinds)(key, f"step {self._number}")

    def _result(self, key: ObjectKey, mark: str) -> Step:
        state = self._random.choice((0, 0, 1, 2, 2, 3))
        path = f"/services/{key[0]}/{key[1]}"
        return Step(
            key,
            f"PROCESS_SERVICE_CHECK_RESULT;{key[0]};{key[1]};{state};{mark}",
            lambda server: bool(server.get(path)["output"] == mark),
        )

    def _comment(self, key: ObjectKey, mark: str) -> Step:
        return Step(
            key, f"ADD_SVC_COMMENT;{key[0]};{key[1]};0;ana;{mark}", lambda server: mark in _texts(server)
        )

    def _acknowledgement(self, key: ObjectKey, mark: str) -> Step:
        sticky = self._random.choice((1, 2))
        text = f"ACKNOWLEDGE_SVC_PROBLEM;{key[0]};{key[1]};{sticky};1;0;ana;{mark}"
        return Step(key, text, lambda server: mark in _texts(server))

    def _given_back(self, key: ObjectKey, mark: str) -> Step:
        path = f"/services/{key[0]}/{key[1]}"
        text = f"REMOVE_SVC_ACKNOWLEDGEMENT;{key[0]};{key[1]}"
        return Step(key, text, lambda server: not server.get(path)["acknowledged"])

    def _downtime(self, key: ObjectKey, mark: str) -> Step:
        start = int(self.now) - A_DAY
        self._planned.append((key, mark))
        return Step(
            key,
            f"SCHEDULE_SVC_DOWNTIME;{key[0]};{key[1]};{start};{start + 30 * A_DAY};1;0;0;ana;{mark}",
            lambda server: mark in _planned(server),
        )

    def _cancelled(self, _: ObjectKey, mark: str) -> Step:
        key, planned = self._planned.pop(self._random.randrange(len(self._planned)))
        return Step(
            key,
            f"DEL_DOWNTIME_BY_START_TIME_COMMENT;;{planned}",
            lambda server: planned not in _planned(server),
        )

    def messages(self) -> dict[ObjectKey, list[str]]:
        """What people are told, by object and in order."""
        found: dict[ObjectKey, list[str]] = {}
        for event in self.effects.events:
            if isinstance(event, NotificationQueued):
                found.setdefault((event.host, event.service), []).append(event.kind)
        return found

    def changes(self) -> dict[ObjectKey, list[str]]:
        """Every state change, by object and in order."""
        found: dict[ObjectKey, list[str]] = {}
        for event in self.effects.events:
            if isinstance(event, StateChanged):
                found.setdefault((event.host, event.service), []).append(f"{event.state};{event.output}")
        return found


def _texts(server: Server) -> set[str]:
    return {one["text"] for one in server.all("/comments")}


def _planned(server: Server) -> set[str]:
    return {one["comment"] for one in server.all("/downtimes")}


class Crashes:
    """Plays the story on a server that is killed so many times."""

    def __init__(self, folder: Path, *, kills: int, seed: int) -> None:
        self.figures = Figures()
        self._kills = kills
        self._random = random.Random(seed + 1)
        main = write_story(folder)
        self.story = Undisturbed(main, seed)
        self.server = Server(folder, main)
        self._steps = self.story.steps()
        self._open: Step | None = None
        """A step whose answer never came."""

    def run(self) -> None:
        """Until the last kill, and then to the end in peace."""
        for _ in range(self._kills):
            self._one_life()
        self.server.start()
        self._until_it_answers(30.0)
        self._work(lambda: self._open is None)
        self._until_everybody_is_told()

    def _one_life(self) -> None:
        """From a start to a kill; sometimes before it is up, sometimes in a reload."""
        self.server.start()
        began = time.monotonic()
        if self._random.random() < 0.2:
            time.sleep(self._random.uniform(0.0, 0.6))
            self.figures.while_starting += 1
        else:
            self._until_it_answers(30.0)
            if self._random.random() < 0.25:
                self.server.signal(signal.SIGHUP)
                self.figures.reloads += 1
            timer = threading.Timer(self._random.uniform(0.02, 0.8), self.server.signal, (signal.SIGKILL,))
            timer.start()
            self._work(lambda: not timer.is_alive())
            timer.join()
        self.server.signal(signal.SIGKILL)
        self.server.wait()
        self.figures.kills += 1
        assert time.monotonic() - began < 60

    def _work(self, is_over: Callable[[], bool]) -> None:
        """Gives one order after another; ends when the server is gone or the time is over."""
        while True:
            try:
                self._settle_open_step()
                if is_over():
                    return
                self._open = next(self._steps)
                self.figures.steps += 1
                self._give(self._open)
            except (OSError, http.client.HTTPException, ValueError):
                self.figures.unanswered += 1
                if is_over():
                    return

    def _give(self, step: Step) -> None:
        status, answer = self.server.ask("POST", "/commands", {"command": step.text})
        assert status == 202, (step.text, status, answer)
        self._took_place(step)

    def _settle_open_step(self) -> None:
        """A step without an answer took place or did not: the server knows."""
        step = self._open
        if step is None:
            return
        if step.happened(self.server):
            self._took_place(step)
        else:
            self.figures.repeated += 1
            self._give(step)

    def _took_place(self, step: Step) -> None:
        self._open = None
        self.story.take(step)

    def _until_it_answers(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while True:
            try:
                self.server.get("/status")
            except (OSError, http.client.HTTPException, ValueError):
                assert time.monotonic() < deadline, "the server does not come up again"
                time.sleep(0.02)
            else:
                return

    def _until_everybody_is_told(self) -> None:
        deadline = time.monotonic() + 60
        while self.server.get("/status")["engine"]["outbox"]:
            assert time.monotonic() < deadline, "messages stay in the outbox"
            time.sleep(0.05)
