"""How long a day of many services takes in virtual time: `atalaia simulate` as a whole process."""

import random
import sys
import tempfile
from pathlib import Path

from atalaia.bench.configs import write_config
from atalaia.bench.measure import runs, spread, table

A_DAY = 86_400
INTERVAL = 300
"""Seconds between two results of a service."""

BAD = 0.02
"""Part of the results that are bad."""

PER_HOST = 10


def bench_simulate(services: int, repetitions: int) -> str:
    """Plays a day with a result of each service every five minutes and returns the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        main = write_config(folder, services=services, per_host=PER_HOST, port=1, interval=INTERVAL)
        scenario = folder / "day"
        lines = _write_day(scenario, services)
        command = [sys.executable, "-m", "atalaia", "simulate", str(main), "--scenario", str(scenario)]
        found = runs([*command, "--start", "1800000000", "--until", str(A_DAY)], repetitions)
    rows = [
        (
            "atalaia simulate",
            spread([one.seconds for one in found]),
            f"{max(one.peak_mib for one in found):.0f}",
            ", ".join(sorted({str(one.status) for one in found})),
        )
    ]
    head = ("program", "seconds: median (least to most)", "peak MiB", "status")
    return f"a day of {services} services, {lines} results\n\n{table(head, rows)}"


def _write_day(path: Path, services: int) -> int:
    chance = random.Random(1)  # noqa: S311 - the same day every time
    lines = 0
    with path.open("w") as file:
        for begin in range(0, A_DAY, INTERVAL):
            for number in range(services):
                host, service = divmod(number, PER_HOST)
                at = begin + number * INTERVAL / services
                state = 2 if chance.random() < BAD else 0
                file.write(f"{at:.2f}\tservice\thost{host:05}\tservice {service}\t{state}\tresult {state}\n")
                lines += 1
    return lines
