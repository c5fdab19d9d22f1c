"""check_zookeeper against servers that answer what ZooKeeper answers in each of its conditions."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from support.production import taken_port
from support.streams import plugin

SERVING = (
    "Zookeeper version: 3.8.0, built on 2024-12-29 17:54 UTC\nLatency min/avg/max: 0/1.5/12\nReceived: 7\n"
    "Sent: 6\nConnections: 2\nOutstanding: 3\nZxid: 0x0\nMode: follower\nNode count: 5\n"
)


@contextmanager
def answering(answer: str) -> Iterator[int]:
    """A server that answers one connection with a text, whatever it is asked."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                assert connection.recv(16) == b"srvr"
                connection.sendall(answer.encode())

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(timeout=10)


def test_a_serving_server_is_well_with_its_figures() -> None:
    with answering(SERVING) as port:
        done = plugin("check_zookeeper", "-H", "127.0.0.1", "-p", str(port))

    assert done.returncode == 0
    assert done.stdout.startswith("ZOOKEEPER OK - mode follower, answered in ")
    assert done.stdout.strip().endswith("latency=1.5ms;;;0 connections=2;;;0 outstanding=3;;;0 nodes=5;;;0")


def test_with_v_the_whole_answer_is_shown() -> None:
    with answering(SERVING) as port:
        done = plugin("check_zookeeper", "-H", "127.0.0.1", "-p", str(port), "-v")

    assert "Zxid: 0x0" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("This ZooKeeper instance is not currently serving requests\n", 2),
        ("srvr is not executed because it is not in the whitelist.\n", 3),
        ("", 2),
        ("SSH-2.0-OpenSSH_9.2\r\n", 2),
    ],
)
def test_an_answer_without_a_mode_is_a_problem_and_is_quoted(answer: str, code: int) -> None:
    with answering(answer) as port:
        done = plugin("check_zookeeper", "-H", "127.0.0.1", "-p", str(port))

    assert done.returncode == code
    assert f"127.0.0.1:{port} does not serve: {answer.strip() or 'an empty answer'}" in done.stdout


def test_a_slow_answer_is_judged_by_the_thresholds() -> None:
    with answering(SERVING) as port:
        done = plugin("check_zookeeper", "-H", "127.0.0.1", "-p", str(port), "-c", "5:")

    assert done.returncode == 2


def test_a_server_that_accepts_and_says_nothing_is_critical_in_time() -> None:
    with taken_port() as port:
        done = plugin("check_zookeeper", "-H", "127.0.0.1", "-p", str(port), "-t", "0.5")

    assert done.returncode == 2
    assert done.stdout.startswith("ZOOKEEPER CRITICAL - ")
    assert "no answer within 0.5 s" in done.stdout


def test_a_name_that_nobody_knows_is_critical() -> None:
    done = plugin("check_zookeeper", "-H", "zookeeper.invalid", "-t", "5")

    assert done.returncode == 2
    assert done.stdout.startswith("ZOOKEEPER CRITICAL - ")
