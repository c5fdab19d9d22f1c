"""Commands that talk to a server: where they look for it, what they say when it is away, which language."""

import asyncio
import socket

import pytest

from atalaia.cli import status
from support.asking import parse, run_over
from support.fake_control import FakeControl, a_host, a_service


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ATALAIA_SERVER", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_status(*argv: str) -> int:
    return int(status.run(parse(status, ("status", *argv))))


def test_a_server_that_is_away_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    server = f"http://127.0.0.1:{closed_port()}"

    assert run_status("--server", server) == 2
    assert capsys.readouterr() == (
        "",
        f"atalaia: no Atalaia answers at {server}; start one with: atalaia run PATH\n",
    )


def test_the_environment_names_the_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server = f"http://127.0.0.1:{closed_port()}"
    monkeypatch.setenv("ATALAIA_SERVER", server)

    assert run_status() == 2
    assert server in capsys.readouterr().err


@pytest.mark.parametrize("server", ["nonsense", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999"])
def test_an_address_that_is_none_is_nobody(server: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_status("--server", server) == 2
    assert f"no Atalaia answers at {server}" in capsys.readouterr().err


async def test_somebody_elses_server_is_not_atalaia(capsys: pytest.CaptureFixture[str]) -> None:
    async def hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        await writer.drain()
        writer.close()

    other = await asyncio.start_server(hello, "127.0.0.1", 0)
    port = other.sockets[0].getsockname()[1]

    assert await asyncio.to_thread(run_status, "--server", f"http://127.0.0.1:{port}") == 2
    assert "no Atalaia answers" in capsys.readouterr().err
    other.close()
    await other.wait_closed()


@pytest.mark.parametrize(
    ("environment", "argv", "text"),
    [
        ({"LANG": "pt_BR.UTF-8"}, (), "Está tudo bem"),
        ({"LANG": "pt_BR.UTF-8", "LC_ALL": "C.UTF-8"}, (), "All is well"),
        ({"LANG": "en_US.UTF-8"}, ("--lang", "pt-BR"), "Está tudo bem"),
        ({}, (), "All is well"),
    ],
)
async def test_the_answer_is_in_the_users_language(
    environment: dict[str, str],
    argv: tuple[str, ...],
    text: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    await run_over(FakeControl([a_host()]), parse(status, ("status", *argv)))

    assert capsys.readouterr().out.splitlines()[0] == text


async def test_a_long_list_is_fetched_page_by_page(capsys: pytest.CaptureFixture[str]) -> None:
    services = [a_service("web1", f"s{n:04}") for n in range(2500)]

    await run_over(FakeControl([a_host()], services), parse(status, ("status",)))

    out = capsys.readouterr().out
    assert "s0000" in out
    assert "s2499" in out
