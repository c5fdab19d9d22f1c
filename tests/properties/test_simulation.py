"""A simulation is a function: the same scenario tells the same story, whoever plays it and however often."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.instants import Instant
from atalaia.core.nagios_log import log_lines, stamped
from atalaia.core.simulation import Simulation, read_scenario
from support.builders import START
from support.histories import Command, Happening, Result, Wait, timed
from support.profiles import PATIENCE, examples
from support.random_histories import histories
from support.random_setups import setups
from support.server_process import write_config
from support.setups import Setup

pytestmark = pytest.mark.timeout(PATIENCE)


def scenario(history: Iterable[Happening]) -> Iterator[str]:
    """A history as lines of a scenario; what is no result and no command is only time."""
    now = 0.0
    for one in history:
        match one:
            case Wait():
                now += one.seconds
            case Command():
                yield f"{now}\tcommand\t{timed(one.text, Instant(START + now))}"
            case Result():
                for turn in range(one.times):
                    now += 60.0 * (turn > 0)
                    state = 0 if one.alternate and turn % 2 else one.state
                    host, service = one.key
                    what = f"service\t{host}\t{service}" if service else f"host\t{host}"
                    yield f"{now}\t{what}\t{state}\t{one.output}"


def log_of(setup: Setup, lines: Iterable[str]) -> list[str]:
    """What a simulation of it tells."""
    simulation = Simulation(setup.model(), start=START, tz=UTC)
    events = simulation.play(read_scenario(lines))
    return [
        stamped(line, event.time) for event in events for line in log_lines(event, simulation.world.settings)
    ]


@given(st.data())
@examples(80)
def test_a_scenario_played_twice_gives_the_same_log(data: st.DataObject) -> None:
    setup = data.draw(setups(), "setup")
    lines = list(scenario(data.draw(histories(setup, restarts=False, reloads=False), "history")))

    assert log_of(setup, lines) == log_of(setup, lines)


@pytest.mark.slow
def test_another_process_with_another_order_of_sets_gives_the_same_log(tmp_path: Path) -> None:
    names = [f"service-{number}" for number in range(12)]
    main = write_config(tmp_path, *((name, "/bin/true") for name in names), log_service_retries="1")
    lines = [
        f"{60 * turn}\tservice\tweb\t{name}\t{(turn * number) % 4}\tsaid"
        for turn in range(12)
        for number, name in enumerate(names)
    ]
    lines.append("800\tcommand\tDISABLE_HOST_SVC_NOTIFICATIONS;web")
    (tmp_path / "scenario").write_text("\n".join(lines))

    def play(seed: str) -> str:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "atalaia", "simulate", str(main)),
                *("--scenario", str(tmp_path / "scenario"), "--start", "1800000000", "--explain"),
            ],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8"},
        )
        return done.stdout

    first, second = play("1"), play("2")

    assert first.count("\n") > 100
    assert first == second
