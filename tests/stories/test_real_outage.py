"""The main job over real processes: nginx dies, people are told, nginx comes back, people are told, and a
`kill -9` of the server in the middle of it loses nothing."""

import email.policy
import http.client
import json
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from support.production import FIRST_TIME, Launcher

pytestmark = [pytest.mark.slow, pytest.mark.timeout(FIRST_TIME)]

NGINX = "/api/v1/services/my-custom-nginx-container/nginx"


class Watched:
    """The example environment with the real Atalaia, asked as a user would ask it."""

    def __init__(self, launcher: Launcher) -> None:
        self.launcher = launcher

    def get(self, path: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.launcher.ports["PAGE_PORT"], timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            assert answer.status == 200, (path, answer.status, answer.read())
            return json.load(answer)
        finally:
            connection.close()

    def wait(self, what: str, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        deadline = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except OSError:
                pass  # the server is being restarted
            if time.monotonic() > deadline:
                pytest.fail(f"waited in vain until {what}\n{self.launcher.shown}")
            time.sleep(0.1)

    def nginx(self) -> tuple[str, str]:
        service = self.get(NGINX)
        return service["state"], service["state_type"]

    def mails(self) -> list[EmailMessage]:
        folder = self.launcher.var / "mail"
        found = sorted((folder / "new").glob("*"), key=lambda path: path.stat().st_mtime)
        parser = BytesParser(EmailMessage, policy=email.policy.default)
        return [parser.parsebytes(path.read_bytes()) for path in found]

    def subjects_about_nginx(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.mails() if str(mail["X-Atalaia-Service"]) == "nginx"]

    def events(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while page := self.get(f"/api/v1/events?after={found[-1]['id'] if found else 0}&limit=500")["items"]:
            found += page
        return found

    def kill_server(self) -> None:
        """Kills Atalaia as a crash would and starts it again."""
        killed = self.launcher.ask("break", "atalaia")  # SIGKILL to the whole group
        assert killed.returncode == 0, killed.stdout + killed.stderr
        self.wait("it is gone", lambda: not self._answers())
        asked = self.launcher.ask("repair", "atalaia")
        assert asked.returncode == 0, asked.stdout + asked.stderr
        self.wait("it is back", self._answers)

    def _answers(self) -> bool:
        try:
            return bool(self.get("/api/v1/status")["version"])
        except OSError:
            return False


def test_an_outage_is_confirmed_told_survived_and_recovered(tmp_path: Path) -> None:
    with Launcher(tmp_path / "var") as launcher:
        launcher.wait_until_up()
        watched = Watched(launcher)
        watched.wait("everything is well", lambda: _all_well(watched.get("/api/v1/status")))

        launcher.ask("break", "nginx")
        watched.wait("nginx is CRITICAL and not confirmed", lambda: watched.nginx() == ("CRITICAL", "SOFT"))
        watched.wait("it is confirmed", lambda: watched.nginx() == ("CRITICAL", "HARD"))
        watched.wait("the mail is there", lambda: len(watched.subjects_about_nginx()) == 1)
        before, told = watched.get(NGINX), watched.events()

        watched.kill_server()
        after = watched.get(NGINX)

        for field in ("state", "state_type", "attempt", "notification_number", "last_notification"):
            assert after[field] == before[field], field
        assert watched.events()[: len(told)] == told

        asked = launcher.ask("repair", "nginx")
        assert asked.returncode == 0, asked.stdout + asked.stderr
        watched.wait("nginx is well", lambda: watched.nginx() == ("OK", "HARD"))
        watched.wait("the recovery mail is there", lambda: len(watched.subjects_about_nginx()) == 2)

        problem, recovery = watched.subjects_about_nginx()
        assert "CRÍTICO" in problem or "CRITICAL" in problem
        assert recovery != problem
        steps = [
            f"{one['state']};{one['state_type']};{one['attempt']}"
            for one in watched.events()
            if one["type"] == "state_changed" and one["service"] == "nginx"
        ]
        assert steps == ["CRITICAL;SOFT;1", "CRITICAL;SOFT;2", "CRITICAL;HARD;3", "OK;HARD;1"]
        log = (tmp_path / "var" / "log" / "notificacoes.log").read_text()
        assert "PROBLEM my-custom-nginx-container/nginx CRITICAL" in log
        assert "RECOVERY my-custom-nginx-container/nginx OK" in log


def _all_well(status: dict[str, Any]) -> bool:
    hosts, services = status["hosts"], status["services"]
    return bool(hosts["UP"] == sum(hosts.values()) and services["OK"] == sum(services.values()))
