"""`atalaia status` against a server with a fake inside."""

import json

import pytest

from atalaia.cli import status
from atalaia.ports.control import ConfigView
from support.asking import parse, run_over
from support.fake_control import NOW, FakeControl, a_host, a_service


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")


async def test_problems_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    control = FakeControl(
        [a_host("web1"), a_host("db", "DOWN", attempt=3, output="no answer", last_state_change=NOW - 90)],
        [
            a_service("web1", "http"),
            a_service("web1", "disk", "CRITICAL", state_type="SOFT", attempt=2, output="DISK full"),
        ],
    )

    assert await run_over(control, parse(status, ("status",))) == 0
    assert capsys.readouterr().out == (
        "2 problems need somebody\n"
        "2 services on 2 hosts\n"
        "\n"
        "state     host  service  duration    attempt   output\n"
        "DOWN      db    –        1 min 30 s  3/3 HARD  no answer\n"
        "CRITICAL  web1  disk     2 h         2/3 SOFT  DISK full\n"
        "UP        web1  –        2 h         1/3       PING UP\n"
        "OK        web1  http     2 h         1/3       HTTP OK: HTTP/1.1 200 OK\n"
    )


async def test_only_problems_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    control = FakeControl([a_host()], [a_service(state="WARNING"), a_service("web1", "fine")])

    assert await run_over(control, parse(status, ("status", "--problems"))) == 0
    out = capsys.readouterr().out
    assert "WARNING" in out
    assert "fine" not in out


async def test_no_problems_are_said_and_the_status_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run_over(FakeControl([a_host()]), parse(status, ("status", "--problems"))) == 0
    assert capsys.readouterr().out == "No problems here.\n"


async def test_one_host_comes_with_its_services(capsys: pytest.CaptureFixture[str]) -> None:
    control = FakeControl([a_host("web1"), a_host("db")], [a_service("web1", "http"), a_service("db", "sql")])

    assert await run_over(control, parse(status, ("status", "db"))) == 0
    out = capsys.readouterr().out
    assert "sql" in out
    assert "web1" not in out


async def test_one_service_comes_with_all_details(capsys: pytest.CaptureFixture[str]) -> None:
    service = a_service("web1", "disk /var", "CRITICAL", long_output="a\nb", perfdata="x=1", acknowledged=True)

    assert (
        await run_over(FakeControl([a_host()], [service]), parse(status, ("status", "web1", "disk /var"))) == 0
    )
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "disk /var · web1"
    assert "state          CRITICAL" in lines
    assert "note           acknowledged: somebody is working on it" in lines
    assert lines[-3:] == ["a", "b", "x=1"]


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        (("nix",), "there is no host 'nix'"),
        (("web1", "nix"), "there is no service 'nix' on host 'web1'"),
        (("nix", "nix"), "there is no service 'nix' on host 'nix'"),
    ],
)
async def test_what_does_not_exist_is_an_error(
    argv: tuple[str, ...], error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run_over(FakeControl([a_host()]), parse(status, ("status", *argv))) == 2
    assert capsys.readouterr() == ("", f"atalaia: {error}\n")


async def test_programs_get_json(capsys: pytest.CaptureFixture[str]) -> None:
    control = FakeControl([a_host("web1")], [a_service("web1", "lâmpada")])

    assert await run_over(control, parse(status, ("status", "--json"))) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"]["hosts"]["UP"] == 1
    assert [host["name"] for host in answer["hosts"]] == ["web1"]
    assert [service["description"] for service in answer["services"]] == ["lâmpada"]


async def test_programs_get_one_service_as_the_api_gives_it(capsys: pytest.CaptureFixture[str]) -> None:
    control = FakeControl([a_host()], [a_service("web1", "http")])

    assert await run_over(control, parse(status, ("status", "web1", "http", "--json"))) == 0
    assert json.loads(capsys.readouterr().out)["description"] == "http"


async def test_troubles_of_the_server_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    config = ConfigView(path="nagios.cfg", loaded=NOW, last_error="a.cfg:1: error: x\na.cfg:2: error: y")

    await run_over(FakeControl([a_host()], config=config), parse(status, ("status",)))

    assert "a.cfg:1: error: x\na.cfg:2: error: y\n" in capsys.readouterr().out


async def test_output_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    evil = a_service("web1", "http", "CRITICAL", output="\x1b[2J\x1b]0;gone\x07all fine\r\nOK")

    await run_over(FakeControl([a_host()], [evil]), parse(status, ("status", "--problems")))

    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert " [2J ]0;gone all fine OK" in out
