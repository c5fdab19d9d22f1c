"""`atalaia ack`: which command is sent, and what is said."""

import pytest

from atalaia.cli import ack
from atalaia.core.instants import Instant
from atalaia.texts import texts
from support.fake_control import NOW
from support.giving import Orders

LATER = Instant(NOW + 7200)


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        (("web1",), "ACKNOWLEDGE_HOST_PROBLEM;web1;1;1;0;ana;acknowledged"),
        (("web1", "disk /var"), "ACKNOWLEDGE_SVC_PROBLEM;web1;disk /var;1;1;0;ana;acknowledged"),
        (("web1", "-m", "on it; ticket 7"), "ACKNOWLEDGE_HOST_PROBLEM;web1;1;1;0;ana;on it; ticket 7"),
        (("web1", "-m", "two\n lines"), "ACKNOWLEDGE_HOST_PROBLEM;web1;1;1;0;ana;two lines"),
        (
            ("web1", "--sticky", "--no-notify", "--persistent", "--author", "Rui R."),
            "ACKNOWLEDGE_HOST_PROBLEM;web1;2;0;1;Rui R.;acknowledged",
        ),
        (
            ("web1", "--for", "2h"),
            f"ACKNOWLEDGE_HOST_PROBLEM_EXPIRE;web1;1;1;0;{int(LATER)};ana;acknowledged",
        ),
        (
            ("web1", "http", "--until", "+2h"),
            f"ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web1;http;1;1;0;{int(LATER)};ana;acknowledged",
        ),
        (("web1", "--remove"), "REMOVE_HOST_ACKNOWLEDGEMENT;web1"),
        (("web1", "http", "--remove"), "REMOVE_SVC_ACKNOWLEDGEMENT;web1;http"),
    ],
)
async def test_the_command_of_nagios_is_sent(orders: Orders, argv: tuple[str, ...], command: str) -> None:
    assert await orders.run(ack, "ack", *argv) == 0
    assert orders.commands == [command]


async def test_it_says_who_takes_care_and_for_how_long(orders: Orders) -> None:
    await orders.run(ack, "ack", "web1", "http", "--sticky", "--no-notify", "--for", "2h")

    until = texts("en").instant(LATER)
    terms = f"until the recovery, at most until {until}; nobody was told of that"
    assert orders.out == f"http · web1: ana takes care of it {terms}\n"


async def test_it_says_that_it_was_taken_back(orders: Orders) -> None:
    await orders.run(ack, "ack", "web1", "--remove")

    assert orders.out == "web1: the acknowledgement was taken back\n"


async def test_programs_get_what_was_sent(orders: Orders) -> None:
    await orders.run(ack, "ack", "web1", "--for", "2h", "--json")

    assert orders.json == {"accepted": True, "commands": orders.commands, "until": LATER}


@pytest.mark.parametrize(
    "argv", [("web1", "--remove", "-m", "x"), ("web1", "-m", " "), ("web1", "--for", "nix"), ("",)]
)
async def test_what_makes_no_sense_is_not_sent(orders: Orders, argv: tuple[str, ...]) -> None:
    assert await orders.run(ack, "ack", *argv) == 2
    assert orders.commands == []
