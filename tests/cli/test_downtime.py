"""`atalaia downtime`: which commands are sent, what is listed, what is taken back."""

from typing import Any

import pytest

from atalaia.cli import downtime
from atalaia.core.instants import Instant
from support.fake_control import NOW
from support.giving import LeavingControl, Orders, a_downtime

S, E = int(NOW), int(NOW) + 7200
TERMS = f"{S};{E};1;0;7200;ana;new disk"


@pytest.mark.parametrize(
    ("argv", "commands"),
    [
        (("web1",), [f"SCHEDULE_HOST_DOWNTIME;web1;{TERMS}"]),
        (("web1", "disk /var"), [f"SCHEDULE_SVC_DOWNTIME;web1;disk /var;{TERMS}"]),
        (
            ("web1", "--services"),
            [f"SCHEDULE_HOST_DOWNTIME;web1;{TERMS}", f"SCHEDULE_HOST_SVC_DOWNTIME;web1;{TERMS}"],
        ),
        (("web1", "--children"), [f"SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME;web1;{TERMS}"]),
        (
            ("web1", "--children", "triggered"),
            [f"SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME;web1;{TERMS}"],
        ),
        (("--hostgroup", "web"), [f"SCHEDULE_HOSTGROUP_HOST_DOWNTIME;web;{TERMS}"]),
        (
            ("--hostgroup", "web", "--services"),
            [f"SCHEDULE_HOSTGROUP_HOST_DOWNTIME;web;{TERMS}", f"SCHEDULE_HOSTGROUP_SVC_DOWNTIME;web;{TERMS}"],
        ),
        (("--servicegroup", "shop"), [f"SCHEDULE_SERVICEGROUP_SVC_DOWNTIME;shop;{TERMS}"]),
        (("web1", "--flexible", "30m"), [f"SCHEDULE_HOST_DOWNTIME;web1;{S};{E};0;0;1800;ana;new disk"]),
        (("web1", "--author", "rui"), [f"SCHEDULE_HOST_DOWNTIME;web1;{S};{E};1;0;7200;rui;new disk"]),
    ],
)
async def test_the_commands_of_nagios_are_sent(
    orders: Orders, argv: tuple[str, ...], commands: list[str]
) -> None:
    assert await orders.run(downtime, "downtime", *argv, "-m", "new disk", "--for", "2h") == 0
    assert orders.commands == commands


@pytest.mark.parametrize(
    ("times", "start", "end"),
    [
        (("--end", "+2h"), S, E),
        (("--start", "+1h", "--for", "2h"), S + 3600, E + 3600),
        (("--start", "+1h", "--end", "+2h"), S + 3600, E + 3600),
        (("--start", str(S + 60), "--end", str(E)), S + 60, E),
    ],
)
async def test_start_and_end_are_moments(orders: Orders, times: tuple[str, ...], start: int, end: int) -> None:
    assert await orders.run(downtime, "downtime", "web1", "-m", "x", *times) == 0
    assert orders.commands[0].split(";")[2:4] == [str(start), str(end)]


async def test_what_was_planned_is_shown_with_its_number(
    orders: Orders, capsys: pytest.CaptureFixture[str]
) -> None:
    control = LeavingControl(downtimes=[a_downtime(1)])
    control.to_leave = [a_downtime(8, "web1", "", comment="new disk")]
    orders.control = control

    await orders.run(downtime, "downtime", "web1", "-m", "new disk", "--for", "2h")

    lines = orders.out.splitlines()
    assert lines[0].split() == ["number", "state", "host", "service", "time", "author", "comment"]
    assert lines[1].startswith("8       in effect  web1  –")
    assert len(lines) == 2


async def test_programs_get_what_was_planned(orders: Orders) -> None:
    control = LeavingControl()
    control.to_leave = [a_downtime(8, comment="new disk")]
    orders.control = control

    await orders.run(downtime, "downtime", "web1", "-m", "new disk", "--for", "2h", "--json")

    assert [one["id"] for one in orders.json["downtimes"]] == [8]
    assert orders.json["commands"] == control.commands


async def test_when_the_second_command_is_refused_the_first_is_not_hidden(orders: Orders) -> None:
    class Strict(LeavingControl):
        async def command(self, text: str, *, source: str = "api", user: str = "") -> None:
            await super().command("refuse" if "HOST_SVC" in text else text, source=source, user=user)

    orders.control = Strict()

    assert await orders.run(downtime, "downtime", "web1", "--services", "-m", "new disk", "--for", "2h") == 1
    assert "it was told to refuse" in orders.err
    assert f"done before that: SCHEDULE_HOST_DOWNTIME;web1;{TERMS}" in orders.err


@pytest.mark.parametrize(
    "argv",
    [
        ("web1", "-m", "x"),
        ("web1", "--for", "2h"),
        ("-m", "x", "--for", "2h"),
        ("web1", "-m", "a;b", "--for", "2h"),
        ("web1", "-m", "x", "--start", "+2h", "--end", str(S + 60)),
        ("web1", "http", "-m", "x", "--for", "2h", "--services"),
        ("web1", "http", "-m", "x", "--for", "2h", "--children"),
        ("--children", "web1", "-m", "x", "--for", "2h"),
        ("web1", "--hostgroup", "g", "-m", "x", "--for", "2h"),
        ("--servicegroup", "g", "--services", "-m", "x", "--for", "2h"),
        ("web1", "-m", "x", "--for", "2h", "--flexible", "0m"),
    ],
)
async def test_what_makes_no_sense_is_not_sent(orders: Orders, argv: tuple[str, ...]) -> None:
    assert await orders.run(downtime, "downtime", *argv) == 2
    assert orders.err.startswith("atalaia: ")
    assert orders.commands == []


@pytest.mark.parametrize(("service", "command"), [("http", "DEL_SVC_DOWNTIME;4"), ("", "DEL_HOST_DOWNTIME;4")])
async def test_a_downtime_is_taken_back_by_its_number(orders: Orders, service: str, command: str) -> None:
    orders.control = LeavingControl(downtimes=[a_downtime(4, "web1", service)])

    assert await orders.run(downtime, "downtime", "--cancel", "4") == 0
    assert orders.commands == [command]
    assert orders.out == "downtime 4 was cancelled\n"


async def test_a_number_that_is_none_is_refused(orders: Orders) -> None:
    assert await orders.run(downtime, "downtime", "--cancel", "9") == 1
    assert orders.err == "atalaia: there is no downtime 9\n"


@pytest.mark.parametrize(
    ("argv", "numbers"), [((), ["1", "2", "3"]), (("web1",), ["1", "2"]), (("web1", "http"), ["1"])]
)
async def test_downtimes_are_listed_without_a_token(
    orders: Orders, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], numbers: list[str]
) -> None:
    monkeypatch.delenv("ATALAIA_TOKEN")
    waiting: dict[str, Any] = {"fixed": False, "in_effect": False, "until": Instant(0), "duration": 600.0}
    orders.control = LeavingControl(
        downtimes=[a_downtime(1), a_downtime(2, service="", **waiting), a_downtime(3, "db")]
    )

    assert await orders.run(downtime, "downtime", *argv, "--list") == 0
    assert [line.split()[0] for line in orders.out.splitlines()[1:]] == numbers


async def test_no_downtimes_are_said(orders: Orders) -> None:
    assert await orders.run(downtime, "downtime", "--list") == 0
    assert orders.out == "No downtimes here.\n"


async def test_programs_get_the_list_as_the_api_gives_it(orders: Orders) -> None:
    orders.control = LeavingControl(downtimes=[a_downtime(1)])

    await orders.run(downtime, "downtime", "--list", "--json")

    assert [one["id"] for one in orders.json] == [1]


async def test_what_others_wrote_cannot_steer_the_terminal(orders: Orders) -> None:
    orders.control = LeavingControl(downtimes=[a_downtime(1, comment="\x1b[2Jgone")])

    await orders.run(downtime, "downtime", "--list")

    assert "\x1b" not in orders.out
