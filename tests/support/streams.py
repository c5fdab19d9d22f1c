"""The stream parts of the example environment as a test starts them: broker, ZooKeeper, consumer, chatbot.

Here: real programs on free ports, what they print, and their end. Not here: what is expected of them.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from support.production import (
    PRODUCTION,
    PYTHON,
    ROOT,
    Process,
    family,
    free_ports,
    run_production,
    still_living,
)

MODEL = Path(os.environ.get("SENTIMENT_MODEL_DIR") or PRODUCTION / "var" / "sentiment-model")
ZOOKEEPER_JAR = Path("/usr/share/java/zookeeper.jar")
HAS_ZOOKEEPER = ZOOKEEPER_JAR.is_file() and shutil.which("java") is not None


class Program:
    """A program of the environment with all that it prints."""

    def __init__(self, log: Path, command: Sequence[str | Path], **environment: str) -> None:
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"} | environment,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end()

    @property
    def shown(self) -> str:
        """All that it printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str, seconds: float = 40.0, times: int = 1) -> None:
        """Returns when it has printed a text so many times; fails with all that it printed when it does not."""
        deadline = time.monotonic() + seconds
        while self.shown.count(text) < times:
            if time.monotonic() > deadline:
                pytest.fail(f"{text!r} was not printed {times} times, but:\n{self.shown}")
            time.sleep(0.02)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Sends a signal, waits for the end and makes sure that nothing is left; the exit code."""
        if self.process.poll() is None:
            members = self.family()
            self.process.send_signal(number)
            self.process.wait(timeout=20)
            assert still_living(members) == []
        return self.process.returncode

    def family(self) -> list[Process]:
        """Its process and all under it."""
        return family(self.process.pid)


class Broker:
    """The broker on ports of its own; it can be stopped and started again on the same."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "broker.log"
        self.outside, self.inside = (f"127.0.0.1:{port}" for port in free_ports(2))
        self.program = self.start()

    def start(self, **environment: str) -> Program:
        """Starts it, and returns when it is ready."""
        listeners = f"PLAINTEXT://{self.outside},PLAINTEXT_INTERNAL://{self.inside}"
        self._log.unlink(missing_ok=True)
        self.program = Program(
            self._log,
            [PYTHON, PRODUCTION / "broker" / "run_broker.py"],
            KAFKA_BROKER_ID="1",
            KAFKA_ZOOKEEPER_CONNECT="127.0.0.1:2181",
            KAFKA_LISTENERS=listeners,
            KAFKA_ADVERTISED_LISTENERS=listeners,
            KAFKA_LISTENER_SECURITY_PROTOCOL_MAP="PLAINTEXT:PLAINTEXT,PLAINTEXT_INTERNAL:PLAINTEXT",
            KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR="1",
            **environment,
        )
        self.program.wait_for("pronto", 20)
        return self.program


def start_consumer(folder: Path, bootstrap: str) -> Program:
    """Starts the sentiment analyser; returns once it is connected."""
    consumer = Program(
        folder / "consumer.log",
        [PYTHON, PRODUCTION / "analise-sentimentos" / "consumer.py"],
        KAFKA_BOOTSTRAP=bootstrap,
        MODEL_DIR=str(MODEL),
    )
    consumer.wait_for("pronto", 40)
    return consumer


def start_zookeeper(folder: Path, port: int) -> Program:
    """Starts ZooKeeper on a loopback port."""
    return Program(
        folder / "zookeeper.log",
        [PRODUCTION / "zookeeper" / "run-zookeeper"],
        ZOOKEEPER_CLIENT_PORT=str(port),
        ZOOKEEPER_CLIENT_ADDRESS="127.0.0.1",
        ZOOKEEPER_DATA_DIR=str(folder / "zookeeper"),
    )


def chat(
    broker: str, *options: str, typed: str = "", give_up_after: float = 20
) -> "subprocess.CompletedProcess[str]":
    """Runs the chatbot."""
    patience = ("--desistir-apos", str(give_up_after))
    return subprocess.run(
        [PYTHON, PRODUCTION / "chatbot" / "chatbot.py", "--broker", broker, *patience, *options],
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def plugin(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs one of Atalaia's own plugins as a monitoring server does."""
    return subprocess.run(
        [sys.executable, "-m", f"atalaia.plugins.{name}", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )


SENDING = """
import asyncio, json, sys
from aiokafka import AIOKafkaProducer
async def main():
    producer = AIOKafkaProducer(bootstrap_servers=sys.argv[1])
    await producer.start()
    for value in json.loads(sys.argv[3]):
        await producer.send_and_wait(sys.argv[2], value.encode())
    await producer.stop()
asyncio.run(main())
"""
READING = """
import asyncio, json, sys
from aiokafka import AIOKafkaConsumer, TopicPartition
async def main():
    consumer = AIOKafkaConsumer(bootstrap_servers=sys.argv[1], auto_offset_reset="earliest")
    await consumer.start()
    await consumer.topics()
    partition = TopicPartition(sys.argv[2], 0)
    consumer.assign([partition])
    consumer.seek(partition, 0)
    found = []
    while batches := await consumer.getmany(timeout_ms=1500):
        found += [json.loads(record.value) for batch in batches.values() for record in batch]
    await consumer.stop()
    print(json.dumps(found))
asyncio.run(main())
"""


def send(broker: str, topic: str, values: list[str]) -> None:
    """Puts raw texts into a topic."""
    done = run_production(["-c", SENDING, broker, topic, json.dumps(values)])
    assert done.returncode == 0, done.stderr


def read(broker: str, topic: str) -> list[dict[str, Any]]:
    """All messages of a topic."""
    done = run_production(["-c", READING, broker, topic])
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
