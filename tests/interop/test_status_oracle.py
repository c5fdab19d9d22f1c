"""Debian's nagios4stats reads our status.dat."""

import shutil
import subprocess
from pathlib import Path

import pytest

from atalaia.interop.statistics import CheckStatistics
from atalaia.interop.status_text import Program, status_texts
from support.builders import START, a_host, a_model, a_service
from support.interop_world import InteropWorld

STATS = shutil.which("nagios4stats", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")

pytestmark = [pytest.mark.oracle, pytest.mark.skipif(STATS is None, reason="nagios4stats is not installed")]


def test_nagiostats_counts_what_there_is(tmp_path: Path) -> None:
    bench = InteropWorld(a_model(a_host(), *(a_service(f"s{n}") for n in range(4))))
    for number in range(3):
        known = bench.world.states["web", f"s{number}"]
        known.has_been_checked, known.state, known.last_check = True, number, bench.clock.now()
    bench.world.states["web", "s2"].downtime_depth = 1
    statistics = CheckStatistics(bench.clock.monotonic)
    for _ in range(5):
        statistics.check_begun(("web", "s0"))
    program = Program(version="0.0", pid=4711, now=START, last_rotation=0.0)
    path = tmp_path / "status.dat"
    path.write_text("".join(status_texts(bench.world, program, statistics)))

    wanted = {
        "NAGIOSPID": "4711",
        "NAGIOSVERSION": "4.5.12-atalaia-0.0",
        "NUMHOSTS": "1",
        "NUMSERVICES": "4",
        "NUMSVCOK": "2",
        "NUMSVCWARN": "1",
        "NUMSVCCRIT": "1",
        "NUMSVCCHECKED": "3",
        "NUMSVCDOWNTIME": "1",
        "NUMSACTSVCCHECKS5M": "5",
    }
    assert STATS is not None
    said = subprocess.run(
        [STATS, "-s", str(path), "-m", "-D", "\n", "-d", ",".join(wanted)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert dict(zip(wanted, said.split("\n"), strict=False)) == wanted
