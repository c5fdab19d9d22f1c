"""What all orders have in common: the token, names that would break a command, refusals, the exit status."""

import asyncio
import socket
from pathlib import Path

import pytest

from atalaia.cli import ack, command, comment, downtime, recheck
from support.asking import parse, run_over
from support.giving import TOKEN, Orders


async def test_a_token_file_named_on_the_command_line_goes_first(
    orders: Orders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text(f"{TOKEN}\n")
    bad.write_text("nix")
    monkeypatch.setenv("ATALAIA_TOKEN_FILE", str(bad))

    assert await orders.run(recheck, "recheck", "web1", "--token-file", str(good)) == 0
    assert await orders.run(recheck, "recheck", "web1") == 1


async def test_a_token_file_in_the_environment_goes_before_a_token_there(
    orders: Orders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text(TOKEN)
    monkeypatch.setenv("ATALAIA_TOKEN", "nix")
    monkeypatch.setenv("ATALAIA_TOKEN_FILE", str(tmp_path / "token"))

    assert await orders.run(recheck, "recheck", "web1") == 0


async def test_without_a_token_nothing_is_sent_and_the_way_to_one_is_said(
    orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ATALAIA_TOKEN")

    assert await orders.run(ack, "ack", "web1") == 2
    assert "--token-file" in orders.err
    assert "ATALAIA_TOKEN_FILE" in orders.err
    assert orders.commands == []


@pytest.mark.parametrize(("content", "error"), [(None, "No such file"), ("\n", "is empty")])
async def test_a_token_file_that_cannot_be_used_is_named(
    orders: Orders, tmp_path: Path, content: str | None, error: str
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_text(content)

    assert await orders.run(ack, "ack", "web1", "--token-file", str(file)) == 2
    assert str(file) in orders.err
    assert error in orders.err


async def test_a_token_that_no_header_can_carry_is_not_sent(
    orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATALAIA_TOKEN", "segrêdo\r\nX: y")

    assert await orders.run(ack, "ack", "web1") == 2
    assert "no header can carry" in orders.err


async def test_a_wrong_token_is_said_without_showing_it(
    orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATALAIA_TOKEN", "secret-secret-secret")

    assert await orders.run(ack, "ack", "web1") == 1
    assert "does not know this token" in orders.err
    assert "secret" not in orders.err


async def test_a_server_that_takes_no_orders_is_said(orders: Orders) -> None:
    assert await run_over(orders.control, parse(ack, ("ack", "web1")), token="") == 1
    assert "takes no orders" in orders._capsys.readouterr().err


def test_a_server_that_is_away_is_said(orders: Orders) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = f"http://127.0.0.1:{probe.getsockname()[1]}"

    assert ack.run(parse(ack, ("ack", "web1", "--server", server))) == 2
    assert f"no Atalaia answers at {server}" in orders._capsys.readouterr().err


async def test_a_refusal_is_said_in_the_servers_words(orders: Orders) -> None:
    assert await orders.run(ack, "ack", "refuse-me") == 1
    assert (orders.out, orders.err) == ("", "atalaia: it was told to refuse\n")


async def test_programs_get_a_refusal_as_json(orders: Orders) -> None:
    assert await orders.run(ack, "ack", "refuse-me", "--json") == 1
    assert orders.json == {
        "accepted": False,
        "error": "it was told to refuse",
        "fault": "failed",
        "commands": [],
    }


@pytest.mark.parametrize(
    ("module", "argv"),
    [
        (ack, ("ack", "a;b")),
        (ack, ("ack", "web1", "a\nb")),
        (ack, ("ack", "web1", "--author", "ana;1")),
        (comment, ("comment", "a;b", "-m", "x")),
        (downtime, ("downtime", "web1", "a;b", "-m", "x", "--for", "1h")),
        (downtime, ("downtime", "--hostgroup", "a;b", "-m", "x", "--for", "1h")),
        (recheck, ("recheck", "a\rb")),
        (command, ("command", "A;b\nC;d")),
    ],
)
async def test_what_would_break_a_command_is_refused_before_anything_is_sent(
    orders: Orders, module: object, argv: tuple[str, ...]
) -> None:
    assert await orders.run(module, *argv) == 2  # type: ignore[arg-type]
    assert orders.err.startswith("atalaia: ")
    assert orders.commands == []


async def test_orders_speak_portuguese(orders: Orders) -> None:
    await orders.run(ack, "ack", "a;b", "--lang", "pt-BR")

    assert orders.err.startswith("atalaia: o nome do host não pode ")


async def test_two_orders_at_the_same_time_do_not_mix(orders: Orders) -> None:
    async with asyncio.TaskGroup() as group:
        for name in ("a", "b"):
            group.create_task(run_over(orders.control, parse(recheck, ("recheck", name)), token=TOKEN))

    assert sorted(order.split(";")[1] for order in orders.commands) == ["a", "b"]
