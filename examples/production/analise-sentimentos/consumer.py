"""The sentiment analyser: reads questions from topic `chatbot`, prints each with a face, publishes the verdict.

Here: Kafka, and what becomes of a message. Not here: how a sentiment is found (`analisador.py`).

A message is `{"nome": ..., "pergunta": ...}`, with an optional `id` that the verdict carries on. The verdict
goes to `sentimentos`; a negative one also to `atendimento-humano`, where a person takes over. Offsets are
committed after the work, so that a message is rather judged twice than never. What is no such message is
counted, told in the log and passed over.

A broker that goes away is waited for. One that comes back may have forgotten its topics: they are made again.

    KAFKA_BOOTSTRAP   broker:29092
    KAFKA_GROUP       analise-sentimentos
    MODEL_DIR         the trained model; model/ beside this file
    ALIVE_FILE        touched while it is connected and working, for a health check from outside; none
"""

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError
from analisador import Analyser, ModelUnusableError, Verdict

QUESTIONS = "chatbot"
VERDICTS = "sentimentos"
FOR_A_PERSON = "atendimento-humano"
TOPICS = (QUESTIONS, VERDICTS, FOR_A_PERSON)

# A broker may let a joining consumer wait for half of the session timeout.
SESSION_TIMEOUT = 6_000
HEARTBEAT = 1_500
POLL = 500
AT_ONCE = 50
LOOK_EVERY = 1.0
LOOKS = 2
REQUEST_TIMEOUT = 5_000
ANSWER_WITHIN = 8.0
START_WITHIN = 30.0
END_WITHIN = 5.0
RETRY_AFTER = 1.0
LONGEST_TEXT = 4_000


class BrokerAwayError(Exception):
    """The broker does not answer any more, or it has forgotten the topics."""


class BadMessageError(Exception):
    """What came is not a question; the text says why."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked."""

    name: str
    text: str
    mark: object = None
    """The sender's own identification, if there was one."""


def read_question(value: bytes | None) -> Question:
    """A message of the topic.

    Raises:
        BadMessageError: it is no JSON object or lacks a field.
    """
    try:
        content = json.loads(value or b"")
    except ValueError as error:
        raise BadMessageError("não é JSON") from error
    if not isinstance(content, dict):
        raise BadMessageError("não é um objeto JSON")
    for field in ("nome", "pergunta"):
        if not isinstance(content.get(field), str) or not content[field].strip():
            raise BadMessageError(f"falta o campo {field}")
    return Question(content["nome"].strip(), content["pergunta"].strip()[:LONGEST_TEXT], content.get("id"))


def answer(question: Question, verdict: Verdict) -> bytes:
    """The verdict as it is published."""
    content: dict[str, Any] = {
        "nome": question.name,
        "pergunta": question.text,
        "sentimento": verdict.sentiment,
        "rosto": verdict.face,
        "probabilidade": verdict.probability,
    }
    if question.mark is not None:
        content["id"] = question.mark
    return json.dumps(content, ensure_ascii=False).encode()


def printable(text: str) -> str:
    """A text on one line, without characters that would steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def say(text: str) -> None:
    """One line of the log."""
    print(f"consumer: {text}", file=sys.stderr, flush=True)


async def in_time(work: Awaitable[Any], seconds: float | None) -> Any:
    """The outcome of a request to the broker.

    Raises:
        BrokerAwayError: it came too late, or not at all.
    """
    try:
        async with asyncio.timeout(seconds):
            return await work
    except (KafkaError, OSError, TimeoutError) as error:
        raise BrokerAwayError(str(error) or type(error).__name__) from error
    except asyncio.CancelledError as error:
        # The client lets the end of its own tasks through; only an end that was asked for is one.
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        raise BrokerAwayError("o cliente desistiu") from error


async def end_quietly(*closings: Coroutine[Any, Any, None]) -> None:
    """Closes clients whose broker may be gone; what goes wrong then is no news."""
    tasks = [asyncio.ensure_future(closing) for closing in closings]
    _, unfinished = await asyncio.wait(tasks, timeout=END_WITHIN)
    for task in unfinished:
        task.cancel()
    await asyncio.wait(tasks, timeout=END_WITHIN)
    for task in tasks:
        if task.done() and not task.cancelled():
            task.exception()


async def make_topics(bootstrap: str) -> None:
    """Makes the topics, one partition each; those that are there stay as they are.

    Raises:
        BrokerAwayError: the broker does not answer.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=REQUEST_TIMEOUT)
    try:
        await in_time(admin.start(), ANSWER_WITHIN)
        there = await in_time(admin.list_topics(), ANSWER_WITHIN)
        missing = [NewTopic(name, 1, 1) for name in TOPICS if name not in there]
        if missing:
            await in_time(admin.create_topics(missing), ANSWER_WITHIN)
    finally:
        await end_quietly(admin.close())


class Consumer:
    """Judges what comes in until it is told to stop."""

    def __init__(self, analyser: Analyser, bootstrap: str, group: str, alive: Path | None) -> None:
        self._analyser = analyser
        self._bootstrap = bootstrap
        self._group = group
        self._alive = alive
        self._judged = 0
        self._passed_over = 0

    async def run(self) -> None:
        """Works as long as it is not cancelled; waits for a broker that is away."""
        told = False
        try:
            while True:
                try:
                    await self._session()
                except BrokerAwayError as error:
                    if not told:
                        say(f"broker {self._bootstrap} não responde ({error}); tento de novo até ele voltar")
                    told = True
                else:
                    told = False
                await asyncio.sleep(RETRY_AFTER)
        finally:
            say(f"fim: {self._judged} analisadas, {self._passed_over} ignoradas")

    async def _session(self) -> None:
        """From a broker that answers to one that does not any more.

        Raises:
            BrokerAwayError: it never answered.
        """
        await make_topics(self._bootstrap)
        consumer = AIOKafkaConsumer(
            QUESTIONS,
            bootstrap_servers=self._bootstrap,
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=SESSION_TIMEOUT,
            heartbeat_interval_ms=HEARTBEAT,
            request_timeout_ms=SESSION_TIMEOUT + REQUEST_TIMEOUT,
        )
        producer = AIOKafkaProducer(bootstrap_servers=self._bootstrap, request_timeout_ms=REQUEST_TIMEOUT)
        try:
            await in_time(producer.start(), START_WITHIN)
            await in_time(consumer.start(), START_WITHIN)
            say(f"pronto: grupo {self._group} no tópico {QUESTIONS} de {self._bootstrap}")
            try:
                await self._work(consumer, producer)
            except BrokerAwayError as error:
                say(f"broker {self._bootstrap} sumiu ({error}); espero por ele")
        finally:
            await end_quietly(consumer.stop(), producer.stop())

    async def _work(self, consumer: AIOKafkaConsumer, producer: AIOKafkaProducer) -> None:
        loop = asyncio.get_running_loop()
        look_at = loop.time() + LOOK_EVERY
        failed = 0
        while True:
            # It ends by itself. A limit around it would only be reached when this program was frozen meanwhile.
            batches = await in_time(consumer.getmany(timeout_ms=POLL, max_records=AT_ONCE), None)
            messages = [message for batch in batches.values() for message in batch]
            if messages:
                await self._handle(messages, producer)
                await in_time(consumer.commit(), ANSWER_WITHIN)
            if loop.time() >= look_at:
                failed = await self._look(consumer, failed)
                look_at = loop.time() + LOOK_EVERY
            if self._alive:
                self._alive.touch()

    async def _look(self, consumer: AIOKafkaConsumer, failed: int) -> int:
        """Asks whether the broker and the topic are there; how many looks in a row failed.

        The client itself would try for ever without a word. One failure is no proof: after this program was
        frozen for a while, its own connections are what is dead.

        Raises:
            BrokerAwayError: the topic is gone, or the broker did not answer repeatedly.
        """
        try:
            topics = await in_time(consumer.topics(), ANSWER_WITHIN)
        except BrokerAwayError:
            if failed + 1 >= LOOKS:
                raise
            return failed + 1
        if QUESTIONS not in topics:
            raise BrokerAwayError("o tópico não existe mais")
        return 0

    async def _handle(self, messages: Sequence[Any], producer: AIOKafkaProducer) -> None:
        for message in messages:
            try:
                question = read_question(message.value)
            except BadMessageError as error:
                self._passed_over += 1
                say(f"mensagem {message.offset} ignorada: {error} ({self._passed_over} até agora)")
                continue
            verdict = self._analyser.judge(question.text)
            value = answer(question, verdict)
            await in_time(producer.send_and_wait(VERDICTS, value), ANSWER_WITHIN)
            if verdict.sentiment == "negativo":
                await in_time(producer.send_and_wait(FOR_A_PERSON, value), ANSWER_WITHIN)
            self._judged += 1
            line = f"{verdict.face} {question.name}: {question.text}"
            print(f"{printable(line)} ({verdict.probability:.2f})", flush=True)


async def serve(consumer: Consumer) -> None:
    """Runs until SIGTERM or SIGINT."""
    work = asyncio.ensure_future(consumer.run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work


def main() -> None:
    """The command line."""
    # The client tells each failed attempt; one sentence of our own is enough.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    here = Path(__file__).parent
    alive = os.environ.get("ALIVE_FILE")
    try:
        analyser = Analyser.load(Path(os.environ.get("MODEL_DIR") or here / "model"))
    except ModelUnusableError as error:
        sys.exit(f"consumer: {error}")
    say(f"modelo {analyser.card.get('version')} carregado")
    consumer = Consumer(
        analyser,
        os.environ.get("KAFKA_BOOTSTRAP") or "broker:29092",
        os.environ.get("KAFKA_GROUP") or "analise-sentimentos",
        Path(alive) if alive else None,
    )
    asyncio.run(serve(consumer))


if __name__ == "__main__":
    main()
