"""The stream of messages: chatbot, broker, sentiment analyser, ZooKeeper, and the plugins that look at them."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.production import FIRST_TIME, PRODUCTION, PYTHON, free_ports, set_up
from support.streams import (
    HAS_ZOOKEEPER,
    Broker,
    Program,
    chat,
    plugin,
    read,
    send,
    start_consumer,
    start_zookeeper,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(FIRST_TIME)]


@dataclass(frozen=True, slots=True)
class Streams:
    """Broker and analyser, up."""

    broker: Broker
    consumer: Program

    def kafka(self, mode: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """What check_kafka says of the broker."""
        return plugin("check_kafka", "--bootstrap", self.broker.outside, "--mode", mode, *arguments)

    def roundtrip(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """What check_kafka says of a message's way there and back."""
        return self.kafka("roundtrip", "--topic", "chatbot", "--reply-topic", "sentimentos", *arguments)

    def lag(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """What check_kafka says of the analyser's lag."""
        return self.kafka("lag", "--topic", "chatbot", "--group", "analise-sentimentos", *arguments)


@pytest.fixture(scope="module")
def streams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Streams]:
    set_up()
    folder = tmp_path_factory.mktemp("streams")
    broker = Broker(folder)
    try:
        with start_consumer(folder, broker.inside) as consumer:
            yield Streams(broker, consumer)
    finally:
        broker.program.end()


def test_the_chatbots_messages_appear_with_their_sentiment(streams: Streams, tmp_path: Path) -> None:
    questions = tmp_path / "perguntas.txt"
    questions.write_text(
        "Adorei o atendimento!\nVeio quebrado, que raiva\nQual o prazo de entrega?\nsair\nnunca\n"
    )
    done = chat(streams.broker.outside, "--nome", "Ana", "--arquivo", str(questions))

    assert done.returncode == 0, done.stderr
    streams.consumer.wait_for(":) Ana: Adorei o atendimento! (")
    streams.consumer.wait_for(":( Ana: Veio quebrado, que raiva (")
    streams.consumer.wait_for(":| Ana: Qual o prazo de entrega? (")
    assert "Ana: nunca" not in streams.consumer.shown


def test_the_chatbot_asks_for_the_name_first(streams: Streams) -> None:
    done = chat(streams.broker.outside, typed="\nBia\nvocês abrem no feriado?\n")

    assert done.returncode == 0, done.stderr
    streams.consumer.wait_for(":| Bia: vocês abrem no feriado?")


def test_the_chatbot_says_in_a_sentence_that_the_broker_is_away() -> None:
    set_up()
    [port] = free_ports(1)
    done = chat(f"127.0.0.1:{port}", "--nome", "Ana", typed="oi\n", give_up_after=1.5)

    assert done.returncode == 69
    assert f"O broker 127.0.0.1:{port} não responde. Tento de novo" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_verdict_is_published_with_the_senders_mark(streams: Streams) -> None:
    send(streams.broker.outside, "chatbot", ['{"nome": "Leo", "pergunta": "Amei, recomendo", "id": "marca-1"}'])
    streams.consumer.wait_for("Leo: Amei")

    [verdict] = [one for one in read(streams.broker.outside, "sentimentos") if one.get("id") == "marca-1"]
    assert 0.5 < verdict.pop("probabilidade") <= 1
    assert verdict == {
        "nome": "Leo",
        "pergunta": "Amei, recomendo",
        "sentimento": "positivo",
        "rosto": ":)",
        "id": "marca-1",
    }


def test_only_a_negative_message_is_handed_to_a_person(streams: Streams) -> None:
    sent = ["Péssimo, quero meu dinheiro de volta", "Obrigado, tudo ótimo", "Qual o telefone de vocês?"]
    chat(streams.broker.outside, "--nome", "Rui", typed="\n".join(sent))
    streams.consumer.wait_for("Rui: Qual o telefone")

    handed = [
        one["pergunta"] for one in read(streams.broker.outside, "atendimento-humano") if one["nome"] == "Rui"
    ]
    assert handed == sent[:1]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("isto não é json", "não é JSON"),
        ("[1, 2]", "não é um objeto JSON"),
        ('{"nome": "Zé"}', "falta o campo pergunta"),
        ('{"pergunta": "oi"}', "falta o campo nome"),
        ('{"nome": "Zé", "pergunta": 7}', "falta o campo pergunta"),
    ],
)
def test_what_is_no_question_is_counted_told_and_passed_over(streams: Streams, value: str, reason: str) -> None:
    told = f"ignorada: {reason} ("
    before = streams.consumer.shown.count(told)
    after = f'{{"nome": "Depois", "pergunta": "tudo bem? {before} {reason}"}}'
    send(streams.broker.outside, "chatbot", [value, after])

    streams.consumer.wait_for(f"tudo bem? {before} {reason}")
    assert streams.consumer.shown.count(told) == before + 1


def test_a_message_cannot_steer_the_terminal(streams: Streams) -> None:
    send(streams.broker.outside, "chatbot", ['{"nome": "Eva", "pergunta": "antes\\u001b[2J\\ndepois"}'])

    streams.consumer.wait_for("Eva: antes [2J depois (")


def test_the_analyser_survives_a_restart_of_the_broker(streams: Streams) -> None:
    ready, lost = (streams.consumer.shown.count(word) for word in ("pronto", "sumiu"))
    streams.broker.program.end(signal.SIGKILL)
    streams.consumer.wait_for("sumiu", times=lost + 1)
    streams.broker.start()
    streams.consumer.wait_for("pronto", times=ready + 1)
    done = chat(streams.broker.outside, "--nome", "Volta", typed="voltou?\n")

    assert done.returncode == 0, done.stderr
    streams.consumer.wait_for("Volta: voltou?")


def test_all_is_well_when_all_runs(streams: Streams) -> None:
    metadata = streams.kafka("metadata", "--topic", "chatbot")
    roundtrip = streams.roundtrip("-w", "5", "-c", "9")
    lag = streams.lag()

    assert [metadata.returncode, roundtrip.returncode, lag.returncode] == [0, 0, 0], (metadata, roundtrip, lag)
    assert metadata.stdout.startswith("KAFKA OK - 1 broker, 3 topics")
    assert "| time=" in roundtrip.stdout
    assert "| lag=0;10;50;0" in lag.stdout


def test_a_frozen_analyser_is_told_from_a_broker_that_is_down(streams: Streams) -> None:
    streams.consumer.process.send_signal(signal.SIGSTOP)
    try:
        metadata = streams.kafka("metadata", "--topic", "chatbot")
        roundtrip = streams.roundtrip("-t", "4")
        lag = streams.lag("-w", "0", "-c", "0")
    finally:
        streams.consumer.process.send_signal(signal.SIGCONT)

    assert [metadata.returncode, roundtrip.returncode, lag.returncode] == [0, 2, 2]
    assert "the broker took a message for chatbot, but no answer" in roundtrip.stdout
    assert "stands still" in lag.stdout
    _until_ok(lambda: streams.lag("-w", "0", "-c", "0").returncode)
    _until_ok(lambda: streams.roundtrip().returncode)


def _until_ok(code: Callable[[], int], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while code() != 0:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_an_analyser_frozen_for_longer_than_its_session_goes_on_where_it_was(streams: Streams) -> None:
    lost = streams.consumer.shown.count("sumiu")
    streams.consumer.process.send_signal(signal.SIGSTOP)
    send(streams.broker.outside, "chatbot", ['{"nome": "Gelo", "pergunta": "derreteu?"}'])
    time.sleep(12)  # its session ends after 6
    streams.consumer.process.send_signal(signal.SIGCONT)

    streams.consumer.wait_for("Gelo: derreteu?")
    assert streams.consumer.shown.count("sumiu") == lost


def test_a_lag_that_shrinks_is_well(streams: Streams) -> None:
    many = [f'{{"nome": "Muitos", "pergunta": "quanto custa o item {number}?"}}' for number in range(40)]
    streams.consumer.process.send_signal(signal.SIGSTOP)
    send(streams.broker.outside, "chatbot", many)
    stuck = streams.lag("-w", "5", "-c", "20")
    streams.consumer.process.send_signal(signal.SIGCONT)

    assert stuck.returncode == 2
    assert "lag=40" in stuck.stdout
    _until_ok(lambda: streams.lag("-w", "5", "-c", "20").returncode)


def test_a_topic_that_is_missing_is_critical_and_not_made(streams: Streams) -> None:
    looked = streams.kafka("roundtrip", "--topic", "nenhum", "--reply-topic", "sentimentos")

    assert (looked.returncode, looked.stdout) == (2, "KAFKA CRITICAL - there is no topic nenhum\n")
    assert "nenhum" not in streams.kafka("metadata", "-v").stdout


@pytest.mark.parametrize("mode", ["metadata", "lag", "roundtrip"])
def test_a_broker_that_is_down_is_critical(mode: str) -> None:
    [port] = free_ports(1)
    options = ("--topic", "chatbot", "--group", "g", "--reply-topic", "sentimentos")
    done = plugin("check_kafka", "--bootstrap", f"127.0.0.1:{port}", "--mode", mode, *options)

    assert done.returncode == 2
    assert done.stdout.startswith(f"KAFKA CRITICAL - broker 127.0.0.1:{port} does not answer")


def test_a_broker_that_accepts_and_says_nothing_is_critical_in_time() -> None:

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        done = plugin("check_kafka", "--bootstrap", address, "--mode", "metadata", "-t", "2")

    assert done.returncode == 2
    assert "gives no answer within" in done.stdout


def test_when_one_of_the_brokers_programs_dies_all_of_it_ends(tmp_path: Path) -> None:
    set_up()
    broker = Broker(tmp_path)
    members = broker.program.family()
    _itself, first, *_ = members
    subprocess.run(["kill", "-KILL", str(first.pid)], check=True)

    assert broker.program.process.wait(timeout=20) == 1
    assert not [member for member in members if member.lives]


def test_the_broker_ends_in_order_on_sigterm(tmp_path: Path) -> None:
    set_up()

    assert Broker(tmp_path).program.end() == 0


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "3", "only 1 can be had"),
        ("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:SSL", "only PLAINTEXT can be had"),
        ("KAFKA_ADVERTISED_LISTENERS", "localhost", "is not NAME://host:port"),
    ],
)
def test_a_setting_that_cannot_be_had_is_refused(
    tmp_path: Path, variable: str, value: str, reason: str
) -> None:
    set_up()
    with Program(
        tmp_path / "log", [PYTHON, PRODUCTION / "broker" / "run_broker.py"], **{variable: value}
    ) as broker:
        assert broker.process.wait(timeout=20) == 78
    assert reason in broker.shown


@pytest.mark.skipif(not HAS_ZOOKEEPER, reason="Java or Debian's zookeeper.jar is missing")
def test_zookeeper_is_well_when_it_runs_and_critical_when_it_does_not(tmp_path: Path) -> None:
    [port] = free_ports(1)
    where = ("-H", "127.0.0.1", "-p", str(port))
    with start_zookeeper(tmp_path, port):
        _until_ok(lambda: plugin("check_zookeeper", *where).returncode)
        well = plugin("check_zookeeper", *where, "-w", "5")
    stopped = plugin("check_zookeeper", *where)

    assert well.stdout.startswith("ZOOKEEPER OK - mode standalone")
    assert (stopped.returncode, stopped.stdout) == (
        2,
        f"ZOOKEEPER CRITICAL - 127.0.0.1:{port} cannot be reached: Connection refused\n",
    )


def test_without_its_jar_zookeeper_says_what_is_missing(tmp_path: Path) -> None:
    with Program(
        tmp_path / "log",
        [PRODUCTION / "zookeeper" / "run-zookeeper"],
        ZOOKEEPER_JAR=str(tmp_path / "zookeeper.jar"),
        ZOOKEEPER_DATA_DIR=str(tmp_path / "data"),
    ) as zookeeper:
        assert zookeeper.process.wait(timeout=10) == 69
    assert zookeeper.shown.count("\n") == 1
    assert "apt-get install" in zookeeper.shown
