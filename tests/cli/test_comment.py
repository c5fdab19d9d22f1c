"""`atalaia comment`: write, list, delete."""

import pytest

from atalaia.cli import comment
from support.giving import LeavingControl, Orders, a_comment


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        (("web1", "-m", "call ana; first"), "ADD_HOST_COMMENT;web1;1;ana;call ana; first"),
        (("web1", "http", "-m", "x", "--author", "rui"), "ADD_SVC_COMMENT;web1;http;1;rui;x"),
    ],
)
async def test_the_command_of_nagios_is_sent(orders: Orders, argv: tuple[str, ...], command: str) -> None:
    assert await orders.run(comment, "comment", *argv) == 0
    assert orders.commands == [command]


async def test_a_comment_is_told_its_number(orders: Orders) -> None:
    control = LeavingControl(comments=[a_comment(1)])
    control.to_leave = [a_comment(5, text="new", author="ana")]
    orders.control = control

    await orders.run(comment, "comment", "web1", "http", "-m", "new")
    assert orders.out == "http · web1: comment 5 is written\n"

    await orders.run(comment, "comment", "web1", "http", "-m", "new", "--json")
    assert orders.json["id"] == 5


@pytest.mark.parametrize(("service", "command"), [("http", "DEL_SVC_COMMENT;4"), ("", "DEL_HOST_COMMENT;4")])
async def test_a_comment_is_deleted_by_its_number(orders: Orders, service: str, command: str) -> None:
    orders.control = LeavingControl(comments=[a_comment(4, "web1", service)])

    assert await orders.run(comment, "comment", "--delete", "4") == 0
    assert orders.commands == [command]
    assert orders.out == "comment 4 was deleted\n"


async def test_a_number_that_is_none_is_refused(orders: Orders) -> None:
    assert await orders.run(comment, "comment", "--delete", "9") == 1
    assert orders.err == "atalaia: there is no comment 9\n"


async def test_comments_are_listed_but_for_those_that_repeat_a_downtime(
    orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ATALAIA_TOKEN")
    orders.control = LeavingControl(
        comments=[a_comment(1), a_comment(2, kind="downtime"), a_comment(3, kind="acknowledgement")]
    )

    assert await orders.run(comment, "comment", "--list") == 0
    assert [line.split()[:2] for line in orders.out.splitlines()] == [
        ["number", "kind"],
        ["1", "comment"],
        ["3", "acknowledgement"],
    ]


async def test_programs_get_all_of_them(orders: Orders) -> None:
    orders.control = LeavingControl(comments=[a_comment(1), a_comment(2, kind="downtime")])

    await orders.run(comment, "comment", "web1", "--list", "--json")

    assert [one["id"] for one in orders.json] == [1, 2]


async def test_no_comments_are_said(orders: Orders) -> None:
    await orders.run(comment, "comment", "--list")

    assert orders.out == "No comments here.\n"


@pytest.mark.parametrize("argv", [("web1",), ("-m", "x"), ("web1", "-m", "")])
async def test_what_makes_no_sense_is_not_sent(orders: Orders, argv: tuple[str, ...]) -> None:
    assert await orders.run(comment, "comment", *argv) == 2
    assert orders.commands == []
