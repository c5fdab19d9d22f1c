"""Real plugins on a schedule: does the server keep up, and what does it cost, beside nagios4."""

import asyncio
import contextlib
import http.client
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from atalaia.bench.configs import write_config
from atalaia.bench.measure import table, tree_usage

WARM_UP = 3.0
"""Seconds given to a server before it is measured."""

_PAGE = re.compile(r"http://\S+")


def bench_plugins(services: int, interval: int, seconds: float) -> str:
    """Runs each program for so long over the same configuration and returns the table."""
    rows = []
    with tempfile.TemporaryDirectory() as name, _listener() as port:
        folder = Path(name)
        main = write_config(folder, services=services, per_host=10, port=port, interval=interval)
        rows.append(("atalaia", *_atalaia(main, folder / "data", seconds)))
        if nagios := shutil.which("nagios4"):
            rows.append(("nagios4", *_nagios(nagios, main, seconds)))
    head = ("program", "checks/s", "latest start, s", "mean lateness, s", "CPU s per 1000 checks", "MiB")
    title = f"{services} services with check_tcp every {interval} s, {seconds:.0f} s"
    return f"{title}\n\n{table(head, rows)}"


def _atalaia(main: Path, data: Path, seconds: float) -> tuple[str, ...]:
    command = [
        sys.executable,
        "-m",
        "atalaia",
        "run",
        str(main),
        "--listen",
        "127.0.0.1:0",
        "--data",
        str(data),
    ]
    with subprocess.Popen(  # noqa: S603 - our own command line
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            found = _PAGE.search(server.stdout.readline())
            if found is None:
                raise RuntimeError("the server did not come up")
            time.sleep(WARM_UP)
            cpu_before, _ = tree_usage(server.pid)
            time.sleep(seconds)
            cpu, mib = tree_usage(server.pid)
            engine = _ask(found.group(0))["engine"]
        finally:
            server.terminate()
    per_second = engine["checks_per_second"]
    cost = (cpu - cpu_before) / max(1.0, per_second * seconds) * 1000
    return _row(per_second, engine["lateness"], engine["mean_lateness"], cost, mib)


def _nagios(nagios: str, main: Path, seconds: float) -> tuple[str, ...]:
    with subprocess.Popen(  # noqa: S603 - a peer, on files of our own
        [nagios, str(main)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            time.sleep(WARM_UP)
            cpu_before, _ = tree_usage(server.pid)
            time.sleep(seconds)
            cpu, mib = tree_usage(server.pid)
            status = (main.parent / "status.dat").read_text()
        finally:
            server.terminate()
    late = [float(text) for text in re.findall(r"\n\tcheck_latency=([\d.]+)", status)]
    minute = re.search(r"active_scheduled_service_check_stats=(\d+)", status)
    per_second = int(minute.group(1)) / min(60.0, seconds) if minute else 0.0
    cost = (cpu - cpu_before) / max(1.0, per_second * seconds) * 1000
    return _row(per_second, max(late, default=0.0), sum(late) / max(1, len(late)), cost, mib)


def _row(per_second: float, latest: float, mean: float, cost: float, mib: float) -> tuple[str, ...]:
    return f"{per_second:.1f}", f"{latest:.3f}", f"{mean:.4f}", f"{cost:.2f}", f"{mib:.0f}"


def _ask(page: str) -> dict[str, dict[str, float]]:
    connection = http.client.HTTPConnection(urlsplit(page).netloc, timeout=10)
    connection.request("GET", "/api/v1/status")
    answer: dict[str, dict[str, float]] = json.load(connection.getresponse())
    connection.close()
    return answer


@contextlib.contextmanager
def _listener() -> Iterator[int]:
    """A TCP server on a free port of 127.0.0.1, in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "atalaia.bench.plugins"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()


async def _serve() -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve())
