"""How long a large configuration takes to verify, beside `nagios4 -v`."""

import shutil
import sys
import tempfile
from pathlib import Path

from atalaia.bench.configs import write_config
from atalaia.bench.measure import runs, spread, table


def bench_verify(services: int, repetitions: int) -> str:
    """Verifies a generated configuration with each program and returns the table."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        main = write_config(Path(folder), services=services, per_host=10, port=1, interval=60)
        lines = sum(1 for _ in (Path(folder) / "objects.cfg").open())
        programs = [("atalaia verify", [sys.executable, "-m", "atalaia", "verify", str(main)])]
        if nagios := shutil.which("nagios4"):
            programs.append(("nagios4 -v", [nagios, "-v", str(main)]))
        for name, command in programs:
            found = runs(command, repetitions)
            rows.append(
                (
                    name,
                    spread([one.seconds for one in found]),
                    f"{max(one.peak_mib for one in found):.0f}",
                    ", ".join(sorted({str(one.status) for one in found})),
                )
            )
    head = ("program", "seconds: median (least to most)", "peak MiB", "status")
    return f"{services} services in plain definitions, {lines} lines\n\n{table(head, rows)}"
