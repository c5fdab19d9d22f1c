"""The chatbot: asks the name, then one question after the other, and sends each to topic `chatbot`.

Here: the conversation and the sending. Not here: what becomes of a question (the sentiment analyser).

    chatbot.py [--broker localhost:9092] [--nome NOME] [--arquivo FILE] [--desistir-apos SECONDS]

Each question is sent alone and is with the broker before the next one is asked. `sair`, the end of the input or
Ctrl-C ends it. While the broker is away it says so and tries again. Exit codes: 0, 66 the file cannot be read,
69 given up on the broker, 130 ended by Ctrl-C.
"""

import argparse
import asyncio
import contextlib
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError

TOPIC = "chatbot"
GOODBYE = ("sair", "tchau", "fim")
ANSWER_WITHIN = 6.0
REQUEST_TIMEOUT = 5_000
END_WITHIN = 3.0
FIRST_RETRY, LONGEST_RETRY = 1.0, 5.0
EX_NOINPUT, EX_UNAVAILABLE, INTERRUPTED = 66, 69, 130


class BrokerAwayError(Exception):
    """The broker did not take the message."""


class Line:
    """The line to the broker; renewed when it broke."""

    def __init__(self, broker: str) -> None:
        self._broker = broker
        self._producer: AIOKafkaProducer | None = None

    async def send(self, value: bytes) -> None:
        """Hands one message over; when it returns the broker has it.

        Raises:
            BrokerAwayError: it has it not, as far as one can tell.
        """
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                if self._producer is None:
                    await self._make_topic()
                    self._producer = AIOKafkaProducer(
                        bootstrap_servers=self._broker, request_timeout_ms=REQUEST_TIMEOUT
                    )
                    await self._producer.start()
                await self._producer.send_and_wait(TOPIC, value)
        except (KafkaError, OSError, TimeoutError) as error:
            await self.close()
            raise BrokerAwayError(str(error) or type(error).__name__) from error

    async def _make_topic(self) -> None:
        # A broker that was started anew may have forgotten it, and would make one with several partitions.
        admin = AIOKafkaAdminClient(bootstrap_servers=self._broker, request_timeout_ms=REQUEST_TIMEOUT)
        try:
            await admin.start()
            if TOPIC not in await admin.list_topics():
                await admin.create_topics([NewTopic(TOPIC, 1, 1)])
        finally:
            await admin.close()

    async def close(self) -> None:
        """Hangs up."""
        if self._producer is None:
            return
        producer, self._producer = self._producer, None
        with contextlib.suppress(KafkaError, OSError, TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                await producer.stop()


def insist(send: Callable[[], None], broker: str, give_up_after: float | None) -> bool:
    """Tries until the broker has the message; False when the patience is over before."""
    began = time.monotonic()
    wait = FIRST_RETRY
    while True:
        try:
            send()
        except BrokerAwayError:
            if give_up_after is not None and time.monotonic() - began + wait > give_up_after:
                say(f"O broker {broker} continua sem responder. Desisto; a pergunta não foi enviada.")
                return False
            say(f"O broker {broker} não responde. Tento de novo em {wait:.0f} s (Ctrl-C desiste).")
            time.sleep(wait)
            wait = min(wait * 2, LONGEST_RETRY)
        else:
            return True


def say(text: str) -> None:
    """One line for the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def ask(prompt: str) -> str | None:
    """A line of input without the blanks around it; None at its end. The prompt is for terminals only."""
    if sys.stdin.isatty():
        try:
            return input(prompt).strip()
        except EOFError:
            print()
            return None
    line = sys.stdin.readline()
    return line.strip() if line else None


def questions(file: Path | None) -> Iterator[str]:
    """What is asked, until the end of the input or a goodbye.

    Raises:
        OSError: the file cannot be read.
    """
    if file is None:
        lines = iter(lambda: ask("Pergunta: "), None)
    else:
        lines = iter([line.strip() for line in file.read_text(encoding="utf-8").splitlines()])
    for line in lines:
        if line.casefold() in GOODBYE:
            return
        if line:
            yield line


def name_of_person(given: str | None) -> str | None:
    """Who is asking; None when the input ends before there is a name."""
    while not given:
        given = ask("Olá! Qual é o seu nome? ")
        if given is None:
            return None
    return given


def converse(arguments: argparse.Namespace) -> int:
    """The conversation from the name to the goodbye; the exit code."""
    name = name_of_person(arguments.nome)
    if name is None:
        return 0
    if sys.stdin.isatty() and arguments.arquivo is None:
        say(f"Prazer, {name}! Pode perguntar; “sair” termina.")
    sent = 0
    with asyncio.Runner() as runner:
        line = Line(arguments.broker)
        try:
            for question in questions(arguments.arquivo):
                value = json.dumps({"nome": name, "pergunta": question}, ensure_ascii=False).encode()
                if not insist(lambda: runner.run(line.send(value)), arguments.broker, arguments.desistir_apos):  # noqa: B023 - used at once
                    return EX_UNAVAILABLE
                sent += 1
                say(f"Enviada: {question}")
        finally:
            runner.run(line.close())
            say(f"{sent} {'pergunta enviada' if sent == 1 else 'perguntas enviadas'}. Até logo, {name}!")
    return 0


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Envia perguntas ao atendimento.")
    parser.add_argument("--broker", default="localhost:9092", help="host:porta (padrão: %(default)s)")
    parser.add_argument("--nome", help="quem pergunta; sem ele o programa pergunta o nome")
    parser.add_argument("--arquivo", type=Path, help="arquivo com uma pergunta por linha, em vez do teclado")
    parser.add_argument(
        "--desistir-apos",
        type=float,
        metavar="SEGUNDOS",
        help="sem broker por tanto tempo: desiste (padrão: nunca)",
    )
    # The client tells each failed attempt; one sentence of our own is enough.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    arguments = parser.parse_args()
    try:
        return converse(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (OSError, UnicodeDecodeError) as error:
        say(f"Não consigo ler {arguments.arquivo}: {error}")
        return EX_NOINPUT


if __name__ == "__main__":
    sys.exit(main())
