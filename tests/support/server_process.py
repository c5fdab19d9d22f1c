"""`atalaia run` as a real process on a free port, asked over HTTP."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import pytest

_PAGE = re.compile(r"http://\S+")

OBJECTS = """
define timeperiod {
 timeperiod_name always
 alias Always
 monday 00:00-24:00
 tuesday 00:00-24:00
 wednesday 00:00-24:00
 thursday 00:00-24:00
 friday 00:00-24:00
 saturday 00:00-24:00
 sunday 00:00-24:00
}
define contact {
 contact_name ana
 host_notification_period always
 service_notification_period always
 host_notification_options d,u,r
 service_notification_options w,u,c,r
 host_notification_commands tell
 service_notification_commands tell
}
define host {
 host_name web
 address 127.0.0.1
 max_check_attempts 1
 contacts ana
}
"""


def write_config(folder: Path, *services: tuple[str, str], **main: str) -> Path:
    """A configuration whose services run these command lines every second; returns the main file."""
    text = (
        OBJECTS + f"define command {{\n command_name tell\n command_line /bin/echo told >> {folder}/told\n}}\n"
    )
    for name, line in services:
        text += f"define command {{\n command_name {name}\n command_line {line}\n}}\n"
        text += (
            f"define service {{\n host_name web\n service_description {name}\n check_command {name}\n"
            " check_interval 1\n retry_interval 1\n max_check_attempts 1\n check_period always\n"
            " notification_period always\n notification_interval 0\n contacts ana\n}\n"
        )
    (folder / "objects.cfg").write_text(text)
    file = folder / "nagios.cfg"
    settings = {"log_file": f"{folder}/nagios.log", "cfg_file": f"{folder}/objects.cfg", "interval_length": "1"}
    file.write_text("".join(f"{key}={value}\n" for key, value in (settings | main).items()))
    return file


def atalaia(*arguments: str | Path, timeout: float = 60.0) -> "subprocess.CompletedProcess[str]":
    """Runs one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "atalaia", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"},
    )


class ServerProcess:
    """A running server; ends with the block."""

    def __init__(self, main: Path, data: Path, *options: str) -> None:
        self._log = (data.parent / f"{data.name}.log").open("a+")
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "atalaia",
                "run",
                str(main),
                "--data",
                str(data),
                "--listen",
                "127.0.0.1:0",
                *options,
            ],
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self.process.stdout is not None
        found = _PAGE.search(self.process.stdout.readline())
        if found is None:
            self.process.wait(10)
            pytest.fail(f"the server did not come up:\n{self.log()}")
        self.address = found.group(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.process.terminate()  # in order, so that no plugin outlives a failed test
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._log.close()

    def log(self) -> str:
        """What it said on standard error."""
        self._log.flush()
        self._log.seek(0)
        return self._log.read()

    def end(self, number: int = signal.SIGTERM) -> int:
        """Sends a signal and returns the exit status."""
        self.process.send_signal(number)
        return self.process.wait(30)

    def get(self, path: str) -> Any:
        """An answer of the API."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            assert answer.status == 200, (path, answer.status, answer.read())
            return json.load(answer)
        finally:
            connection.close()

    def wait(self, what: str, condition: Callable[[], bool], seconds: float = 30.0) -> None:
        """Returns when a condition holds; fails with the server's words when it does not."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline or self.process.poll() is not None:
                pytest.fail(f"waited in vain until {what}\n{self.log()}")
            time.sleep(0.05)
