"""`atalaia explain` against a server with a fake inside."""

import json

import pytest

from atalaia.cli import explain
from atalaia.texts import texts
from support.asking import parse, run_over
from support.fake_control import FakeControl, a_change, a_host, a_service


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")


def control() -> FakeControl:
    return FakeControl([a_host()], [a_service(state="CRITICAL")], [a_change("web1", "http", output="refused")])


async def test_reasons_come_first_then_what_happened(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run_over(control(), parse(explain, ("explain", "web1", "http"))) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "http · web1"
    assert lines[1] == "  [en] It is CRITICAL since 2 h."
    assert lines[3] == "What happened"
    assert lines[4].endswith("  CRITICAL instead of OK")
    assert lines[5] == "      refused"


async def test_a_host_is_explained_without_a_service(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run_over(control(), parse(explain, ("explain", "web1"))) == 0
    assert capsys.readouterr().out == "web1\n  [en] It is UP since 2 h.\n"


async def test_the_server_explains_in_the_users_language(capsys: pytest.CaptureFixture[str]) -> None:
    await run_over(control(), parse(explain, ("explain", "web1", "http", "--lang", "pt-BR")))

    out = capsys.readouterr().out
    assert "[pt_BR]" in out
    assert "O que aconteceu" in out
    assert "CRÍTICO em vez de OK" in out


async def test_programs_get_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run_over(control(), parse(explain, ("explain", "web1", "http", "--json"))) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["reasons"][0]["topic"] == "state"
    assert answer["events"][0]["type"] == "state_changed"


async def test_what_does_not_exist_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run_over(control(), parse(explain, ("explain", "nix"))) == 2
    assert capsys.readouterr() == ("", "atalaia: there is no host 'nix'\n")


def test_an_event_of_a_newer_server_is_shown_by_its_type() -> None:
    assert explain._sentence(texts("en"), {"type": "container_event", "time": 1.0}).text == "container_event"
