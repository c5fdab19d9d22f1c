"""People at work, in real time: a real server, a real problem, and every order of the command line."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.server_process import ServerProcess, atalaia, write_config

pytestmark = pytest.mark.slow

TOKEN = "0123456789abcdef0123"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerProcess]:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    (tmp_path / "atalaia.toml").write_text('[api]\ntoken_file = "token"\n')
    bad, good = ("bad", "/bin/sh -c 'echo bad; exit 2'"), ("good", "/bin/echo good")
    main = write_config(tmp_path, bad, good)
    with ServerProcess(main, tmp_path / "data") as server:
        monkeypatch.setenv("ATALAIA_SERVER", server.address)
        monkeypatch.setenv("ATALAIA_TOKEN_FILE", str(tmp_path / "token"))
        monkeypatch.setenv("LOGNAME", "ana")
        server.wait("a problem is told", lambda: service(server, "bad")["notification_number"] == 1)
        server.wait("a result is there", lambda: service(server, "good")["state"] == "OK")
        yield server


def service(server: ServerProcess, name: str) -> Any:
    return server.get(f"/api/v1/services/web/{name}")


def done(*arguments: str) -> str:
    """Runs a command that must succeed; what it printed."""
    ran = atalaia(*arguments)
    assert (ran.returncode, ran.stderr) == (0, ""), (arguments, ran.stdout, ran.stderr)
    return ran.stdout


def test_a_problem_is_taken_commented_planned_and_given_back(server: ServerProcess) -> None:
    assert "ana takes care of it until the recovery" in done("ack", "web", "bad", "--sticky", "-m", "on it; 7")
    taken = service(server, "bad")
    assert (taken["acknowledgement"], taken["comments"][0]["text"]) == ("sticky", "on it; 7")
    assert "[acknowledged]" in done("status", "web")

    assert "comment" in done("comment", "web", "bad", "-m", "seen before")
    assert "seen before" in done("comment", "web", "bad", "--list")

    planned = done("downtime", "web", "--services", "--for", "2h", "-m", "new disk")
    assert [line.split()[1:3] for line in planned.splitlines()[1:]] == [["in", "effect"]] * 3
    number = next(one["id"] for one in server.get("/api/v1/downtimes")["items"] if one["service"] == "bad")

    explained = done("explain", "web", "bad")
    assert "ana takes care of it since" in explained
    assert f"Downtime {number} is in effect until" in explained
    assert "told of the problem (CRITICAL): ana" in explained
    assert "downtime" in done("status", "web", "bad")

    assert done("downtime", "--cancel", str(number)) == f"downtime {number} was cancelled\n"
    assert "taken back" in done("ack", "web", "bad", "--remove")
    given_back = service(server, "bad")
    assert (given_back["acknowledged"], given_back["in_downtime"]) == (False, False)
    assert [one["text"] for one in given_back["comments"] if one["kind"] == "user"] == ["seen before"]


def test_a_check_is_asked_for_and_settings_change(server: ServerProcess) -> None:
    done("command", "STOP_EXECUTING_SVC_CHECKS")
    done("command", "DISABLE_SVC_CHECK;web;good")
    before = service(server, "good")["last_check"]

    done("recheck", "web", "good", "--force")
    server.wait("the check ran", lambda: service(server, "good")["last_check"] > before)

    assert service(server, "good")["modified_attributes"] == ["active_checks_enabled"]
    assert server.get("/api/v1/status")["program"]["changed"] == ["execute_service_checks"]
    assert "Checks of services are switched off" in done("status")


def test_whoever_may_not_is_refused_and_it_is_a_fact(
    server: ServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ATALAIA_TOKEN_FILE")
    monkeypatch.setenv("ATALAIA_TOKEN", "not the right token")

    for _ in range(8):
        ran = atalaia("command", "SHUTDOWN_PROCESS")
        assert (ran.returncode, ran.stdout) == (1, "")

    facts = server.get("/api/v1/events?type=command_refused")["items"]
    assert [one["fault"] for one in facts] == ["unauthorised"] * 5
    assert "does not know this token" in ran.stderr
    assert server.process.poll() is None


def test_a_refusal_names_its_reason(server: ServerProcess) -> None:
    ran = atalaia("ack", "web", "good")

    assert ran.returncode == 1
    assert ran.stderr == "atalaia: service 'good' on host 'web' has no problem to acknowledge\n"
    assert os.environ["ATALAIA_SERVER"] == server.address
