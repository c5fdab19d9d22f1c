"""The one-container API as local processes: nginx and gunicorn under one supervisor."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.production import PRODUCTION, Process, family, free_ports, set_up, still_living

FOLDER = PRODUCTION / "http-api-classificacao-produtos-container-unico"
UP_WITHIN = 30.0

pytestmark = pytest.mark.slow


class Unico:
    """`run-process`, started on a free port and writing into a folder of its own."""

    def __init__(self, var: Path, **environment: str) -> None:
        set_up()
        self.var = var
        self.port = free_ports(1)[0]
        self._log = var.with_suffix(".log")
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [FOLDER / "run-process"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | {"UNICO_PORT": str(self.port), "UNICO_VAR": str(var)} | environment,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """All that it wrote so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def get(self, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Status and body of an answer; status 0 when nobody listens."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()
        except OSError:
            return 0, b""

    def wait_until(self, seen: Callable[[], bool], what: str) -> None:
        """Returns when something is seen; fails with its log when it is not."""
        deadline = time.monotonic() + UP_WITHIN
        while not seen():
            if time.monotonic() > deadline:
                pytest.fail(f"{what}: not seen within {UP_WITHIN:.0f} s\n{self.said}")
            time.sleep(0.05)

    def wait_until_up(self) -> None:
        """Returns when the model answers through nginx."""
        self.wait_until(lambda: self.get("/api/health_check")[0] == 200, "health check")

    def gunicorn(self) -> Process:
        """gunicorn's first process: the one that is the supervisor's own child."""
        parent = f"PPid:\t{self.process.pid}\n"
        for child in family(self.process.pid)[1:]:
            words = Path(f"/proc/{child.pid}/cmdline").read_bytes().split(b"\0")
            status = Path(f"/proc/{child.pid}/status").read_text()
            if b"gunicorn" in words and parent in status:
                return child
        return pytest.fail(f"no gunicorn under the supervisor\n{self.said}")

    def end(self) -> int:
        """Ends it in order, unless it ended; the exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=20)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Unico]]:
    """Starts the API; whatever was started is ended."""
    started: list[Unico] = []

    def start_one(**environment: str) -> Unico:
        started.append(Unico(tmp_path / "unico", **environment))
        return started[-1]

    yield start_one
    for one in started:
        one.end()


def test_the_model_answers_through_nginx(start: Callable[..., Unico]) -> None:
    api = start()
    api.wait_until_up()

    status, body = api.get("/api/predizer_categoria", json.dumps({"descricao": "kit 4 esponjas"}).encode())

    assert (status, json.loads(body)["categoria"]) == (200, "maquiagem")


def test_a_killed_gunicorn_is_started_again_inside(start: Callable[..., Unico]) -> None:
    api = start()
    api.wait_until_up()
    killed = api.gunicorn()

    os.kill(killed.pid, signal.SIGKILL)
    api.wait_until(lambda: api.get("/api/health_check")[0] == 502, "the loss of gunicorn")

    assert api.get("/nginx-health") == (200, b"ok\n")
    api.wait_until_up()
    assert api.gunicorn() != killed


def test_ending_it_leaves_no_process_behind(start: Callable[..., Unico]) -> None:
    api = start()
    api.wait_until_up()
    processes = family(api.process.pid)

    code = api.end()

    assert code == 0
    assert still_living(processes) == []


def test_what_it_started_does_not_outlive_a_killed_supervisor(start: Callable[..., Unico]) -> None:
    api = start()
    api.wait_until_up()
    processes = family(api.process.pid)

    api.process.kill()

    assert still_living(processes) == []


def test_it_ends_with_an_error_when_gunicorn_cannot_be_kept_running(
    start: Callable[..., Unico], tmp_path: Path
) -> None:
    api = start(MODEL_DIR=str(tmp_path / "no-model"), UNICO_TRIES="1")

    code = api.process.wait(timeout=UP_WITHIN)

    assert code == 1
    assert "train it first" in api.said


def test_a_folder_with_a_long_name_does_for_its_socket(start: Callable[..., Unico], tmp_path: Path) -> None:
    api = start(UNICO_VAR=str(tmp_path / ("long" * 30)))

    api.wait_until_up()
