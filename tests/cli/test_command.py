"""`atalaia command`: any external command, as it is."""

import pytest

from atalaia.cli import command
from support.giving import Orders


async def test_it_is_sent_as_it_is(orders: Orders) -> None:
    assert await orders.run(command, "command", " CHANGE_CUSTOM_SVC_VAR;web1;http;_OWNER;ana; rui ") == 0
    assert orders.commands == ["CHANGE_CUSTOM_SVC_VAR;web1;http;_OWNER;ana; rui"]
    assert orders.out == "The server has carried it out.\n"


async def test_programs_get_json(orders: Orders) -> None:
    await orders.run(command, "command", "DISABLE_NOTIFICATIONS", "--json")

    assert orders.json == {"accepted": True, "commands": ["DISABLE_NOTIFICATIONS"]}


async def test_a_refusal_is_said(orders: Orders) -> None:
    assert await orders.run(command, "command", "refuse") == 1
    assert orders.err == "atalaia: it was told to refuse\n"


@pytest.mark.parametrize("text", ["", "  ", "A;1\nB;2"])
async def test_what_is_no_command_is_not_sent(orders: Orders, text: str) -> None:
    assert await orders.run(command, "command", text) == 2
    assert orders.commands == []
