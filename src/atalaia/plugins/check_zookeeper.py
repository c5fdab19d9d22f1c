"""Does ZooKeeper serve requests? Asks its four-letter word `srvr`; the truth is the line "Mode:".

`ruok` is not enough: right after its start ZooKeeper answers `imok` and serves nobody yet.
"""

import argparse
import re
import socket
import sys
import time

from atalaia.plugins.guidelines import Figure, PluginError, State, Verdict, build_parser, judge, run

SERVICE = "ZOOKEEPER"
LARGEST_ANSWER = 64 * 1024
FIELDS = {"Connections": "connections", "Outstanding": "outstanding", "Node count": "nodes"}


def ask(host: str, port: int, timeout: float) -> tuple[str, float]:
    """What `srvr` answers, and after how many seconds.

    Raises:
        PluginError: nobody answers there.
    """
    began = time.monotonic()
    try:
        with socket.create_connection((host, port), timeout=timeout) as connection:
            connection.sendall(b"srvr")
            answer = b""
            while len(answer) < LARGEST_ANSWER and (piece := connection.recv(4096)):
                answer += piece
    except TimeoutError as error:
        raise PluginError(State.CRITICAL, f"{host}:{port} gives no answer within {timeout:g} s") from error
    except OSError as error:
        raise PluginError(
            State.CRITICAL, f"{host}:{port} cannot be reached: {error.strerror or error}"
        ) from error
    return answer.decode(errors="replace"), time.monotonic() - began


def verdict_of(answer: str, seconds: float, arguments: argparse.Namespace) -> Verdict:
    """What an answer of `srvr` means.

    Raises:
        PluginError: the server does not serve, or must not say whether it does.
    """
    values = dict(line.split(": ", 1) for line in answer.splitlines() if ": " in line)
    mode = values.get("Mode")
    if mode is None:
        state = State.UNKNOWN if "not in the whitelist" in answer else State.CRITICAL
        said = " ".join(answer.split()) or "an empty answer"
        raise PluginError(state, f"{arguments.hostname}:{arguments.port} does not serve: {said}")
    figures = [Figure("time", seconds, "s", arguments.warning, arguments.critical, 0)]
    latency = re.fullmatch(r"[\d.]+/([\d.]+)/[\d.]+", values.get("Latency min/avg/max", ""))
    if latency:
        figures.append(Figure("latency", float(latency[1]), "ms", minimum=0))
    figures += [
        Figure(label, int(values[field]), minimum=0)
        for field, label in FIELDS.items()
        if values.get(field, "").isdigit()
    ]
    return Verdict(
        judge(seconds, arguments.warning, arguments.critical),
        f"mode {mode}, answered in {seconds * 1000:.0f} ms",
        tuple(figures),
        tuple(answer.splitlines()),
    )


def main() -> int:
    """The command line."""
    parser = build_parser("check_zookeeper", __doc__, "the seconds until the answer")
    parser.add_argument("-H", "--hostname", required=True, help="name or address of the server")
    parser.add_argument("-p", "--port", type=int, default=2181, help="client port (default: 2181)")
    arguments = parser.parse_args()

    def check() -> Verdict:
        answer, seconds = ask(arguments.hostname, arguments.port, arguments.timeout)
        return verdict_of(answer, seconds, arguments)

    return run(SERVICE, arguments, check)


if __name__ == "__main__":
    sys.exit(main())
