"""A few thousand moments asked of Nagios itself, by macros in check commands: one daemon run per time zone."""

import random
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from atalaia.core.instants import Instant
from atalaia.core.timeperiods import Calendar
from support.nagios4 import Nagios4, needs_nagios4
from support.period_rows import PERIODS, RECORDED, definition

pytestmark = [pytest.mark.oracle, needs_nagios4]

YEAR = 365 * 86_400
ZONES = {
    "Europe/Lisbon": ("2030-10-20", "2031-03-30", "2031-10-26"),
    "America/New_York": ("2030-10-20", "2030-11-03", "2031-03-09"),
    # Daylight saving time began at midnight here, which did not exist then.
    "America/Sao_Paulo": ("2016-10-10", "2016-10-16", "2017-02-18"),
}
"""Where to begin, and two days on which clocks change. Moments are ahead of us for Nagios' own search, which
never looks back; in a past year only being open is compared."""


@pytest.mark.parametrize("zone", ZONES)
def test_every_answer_is_that_of_nagios(zone: str, tmp_path: Path) -> None:
    moments = _moments(zone)
    theirs = _ask(tmp_path, zone, moments)
    calendar = Calendar(PERIODS, ZoneInfo(zone))

    differences = [
        (name, datetime.fromtimestamp(second, ZoneInfo(zone)).isoformat(), their, our)
        for name in PERIODS
        for second, their in zip(moments[name], theirs[name], strict=True)
        if (our := _answer(calendar, name, second)) != their
        and not (second < 1_900_000_000 and our[0] == their[0])
    ]

    assert differences == []


def _answer(calendar: Calendar, name: str, second: int) -> tuple[int, int]:
    at = Instant(float(second))
    is_open, opening = calendar.contains(name, at), calendar.next_opening(name, at)
    return int(is_open), 0 if opening == at and not is_open else int(opening)


def _moments(zone: str) -> dict[str, list[int]]:
    begin, *changes = ZONES[zone]
    chance = random.Random(zone)
    tz = ZoneInfo(zone)
    found: dict[str, list[int]] = {}
    for name in PERIODS:
        seconds = [_second(begin, tz) + chance.randrange(YEAR) // 1800 * 1800 for _ in range(25)]
        seconds += [second + chance.choice((-1, 1)) for second in seconds[:10]]
        for change in changes:
            seconds += [_second(change, tz) + 60 * chance.randrange(-720, 2160) for _ in range(6)]
        recorded = (moment for period, moment, _, _ in RECORDED if period == name and zone == "Europe/Lisbon")
        seconds += [_second(moment, tz) for moment in recorded]
        found[name] = seconds
    return found


def _second(moment: str, tz: ZoneInfo) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=tz).timestamp())


def _ask(folder: Path, zone: str, moments: dict[str, list[int]]) -> dict[str, list[tuple[int, int]]]:
    """By period, what the daemon says: open or not, and the next opening, 0 for none."""
    nagios = Nagios4(folder)
    objects = "".join(definition(period) for period in PERIODS.values())
    checked = "    max_check_attempts  1\n    check_period  always\n    contacts  nobody\n}\n"
    objects += f"define host {{\n    host_name  h\n    address  x\n{checked}"
    for name, seconds in moments.items():
        macros = " ".join(
            f"$ISVALIDTIME:{name}:{second}$:$NEXTVALIDTIME:{name}:{second}$" for second in seconds
        )
        objects += f"define command {{\n    command_name  {name}\n    command_line  /bin/echo {macros}\n}}\n"
        objects += f"define service {{\n    host_name  h\n    service_description  {name}\n"
        objects += f"    check_command  {name}\n    check_interval  600\n{checked}"
    nagios.configure(objects)

    def all_checked() -> bool:
        seen = nagios.status("servicestatus")
        return len(seen) == len(moments) and all(fields["has_been_checked"] == "1" for fields in seen)

    with nagios.running(TZ=zone):
        nagios.wait_for(all_checked)
        seen = nagios.status("servicestatus")
    return {fields["service_description"]: _pairs(fields["plugin_output"]) for fields in seen}


def _pairs(output: str) -> list[tuple[int, int]]:
    halves = (pair.split(":") for pair in output.split())
    return [(int(valid), int(opening)) for valid, opening in halves]
