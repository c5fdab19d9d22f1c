"""`atalaia recheck`: which commands are sent, and what is said."""

import pytest

from atalaia.cli import recheck
from atalaia.core.orders import RefusedError
from support.fake_control import NOW
from support.giving import LeavingControl, Orders

S = int(NOW)


@pytest.mark.parametrize(
    ("argv", "commands"),
    [
        (("web1",), [f"SCHEDULE_HOST_CHECK;web1;{S}"]),
        (("web1", "--force"), [f"SCHEDULE_FORCED_HOST_CHECK;web1;{S}"]),
        (("web1", "http"), [f"SCHEDULE_SVC_CHECK;web1;http;{S}"]),
        (("web1", "http", "--force"), [f"SCHEDULE_FORCED_SVC_CHECK;web1;http;{S}"]),
        (("web1", "--at", "+1h"), [f"SCHEDULE_HOST_CHECK;web1;{S + 3600}"]),
        (
            ("web1", "--services", "--force"),
            [f"SCHEDULE_FORCED_HOST_CHECK;web1;{S}", f"SCHEDULE_FORCED_HOST_SVC_CHECKS;web1;{S}"],
        ),
    ],
)
async def test_the_commands_of_nagios_are_sent(
    orders: Orders, argv: tuple[str, ...], commands: list[str]
) -> None:
    assert await orders.run(recheck, "recheck", *argv) == 0
    assert orders.commands == commands


async def test_a_host_without_a_check_does_not_keep_its_services_from_one(orders: Orders) -> None:
    class Bare(LeavingControl):
        async def command(self, text: str, *, source: str = "api", user: str = "") -> None:
            if "_HOST_CHECK" in text:
                raise RefusedError("it has no check command", "pointless")
            await super().command(text, source=source, user=user)

    orders.control = Bare()

    assert await orders.run(recheck, "recheck", "web1", "--services") == 0
    assert orders.commands == [f"SCHEDULE_HOST_SVC_CHECKS;web1;{S}"]
    assert orders.out == "web1 and its services: a check is asked for\n"


async def test_a_check_at_a_moment_is_said_with_it(orders: Orders) -> None:
    await orders.run(recheck, "recheck", "web1", "http", "--at", str(S + 60))

    assert orders.out.startswith("http · web1: a check is planned for ")


async def test_services_of_a_service_make_no_sense(orders: Orders) -> None:
    assert await orders.run(recheck, "recheck", "web1", "http", "--services") == 2
    assert orders.commands == []
