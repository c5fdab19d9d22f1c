"""How a Kafka broker is looked at: its metadata, a group's lag, a message's way there and back.

Here: aiokafka, and only here, so that it is imported when it is needed. Not here: arguments and verdicts
(`check_kafka.py`).
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from atalaia.plugins.guidelines import PluginError, State

END_WITHIN = 0.5
FETCH_WAIT = 100  # milliseconds that a broker may hold an empty answer back


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a broker tells of itself."""

    topics: frozenset[str]
    brokers: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a group is in a topic, over all partitions."""

    committed: int
    end: int
    has_committed: bool

    @property
    def lag(self) -> int:
        """Messages that the group has not done yet; a broker that forgot its messages leaves none."""
        return max(self.end - self.committed, 0)


@asynccontextmanager
async def client(bootstrap: str, group: str | None = None) -> AsyncIterator[AIOKafkaConsumer]:
    """A connected client that reads without joining a group.

    Raises:
        PluginError: the broker does not answer.
    """
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=FETCH_WAIT,
    )
    try:
        await consumer.start()
        yield consumer
    except (KafkaError, OSError) as error:
        raise PluginError(State.CRITICAL, f"broker {bootstrap} does not answer: {error}") from error
    finally:
        await end_quietly(consumer)


async def end_quietly(one: AIOKafkaConsumer | AIOKafkaProducer) -> None:
    """Closes a client whose broker may be gone; what goes wrong then is no news."""
    task = asyncio.ensure_future(one.stop())
    await asyncio.wait([task], timeout=END_WITHIN)
    if not task.done():
        task.cancel()
    elif not task.cancelled():
        task.exception()


async def metadata(bootstrap: str) -> Metadata:
    """Asks a broker for its topics."""
    began = time.monotonic()
    async with client(bootstrap) as consumer:
        topics = await consumer.topics()
        brokers = len(consumer._client.cluster.brokers())  # noqa: SLF001 - the client tells it nowhere else
        return Metadata(frozenset(topics), brokers, time.monotonic() - began)


async def partitions_of(consumer: AIOKafkaConsumer, topic: str) -> list[TopicPartition]:
    """The partitions of a topic that exists; to ask for one that does not would make it.

    Raises:
        PluginError: there is no such topic.
    """
    if topic not in await consumer.topics():
        raise PluginError(State.CRITICAL, f"there is no topic {topic}")
    return [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or {0})]


async def progress(consumer: AIOKafkaConsumer, partitions: Sequence[TopicPartition]) -> Progress:
    """How far the client's group is.

    The end is the high watermark of a fetch: the offset that brokers tell on request is wrong with some of them
    once several messages came in one batch.
    """
    committed = {partition: await consumer.committed(partition) for partition in partitions}
    consumer.assign(list(partitions))
    for partition in partitions:
        consumer.seek(partition, committed[partition] or 0)
    ends: dict[TopicPartition, int] = {}
    while len(ends) < len(partitions):
        await consumer.getmany(timeout_ms=FETCH_WAIT, max_records=1)
        marks = {partition: consumer.highwater(partition) for partition in partitions}
        ends = {partition: mark for partition, mark in marks.items() if mark is not None}
    return Progress(
        committed=sum(offset or 0 for offset in committed.values()),
        end=sum(ends.values()),
        has_committed=any(offset is not None for offset in committed.values()),
    )


async def two_looks(bootstrap: str, topic: str, group: str, interval: float) -> tuple[Progress, Progress]:
    """How far a group is, twice, `interval` seconds apart; at once when nothing is left to do.

    Raises:
        PluginError: the broker does not answer, or has no such topic.
    """
    async with client(bootstrap, group) as consumer:
        partitions = await partitions_of(consumer, topic)
        first = await progress(consumer, partitions)
    if not first.lag:
        return first, first
    await asyncio.sleep(interval)
    async with client(bootstrap, group) as consumer:
        return first, await progress(consumer, partitions)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that can be told from all others by its mark."""

    mark: str
    value: bytes


async def there_and_back(
    bootstrap: str, topic: str, reply_topic: str, message: Message, seconds: float
) -> float | None:
    """Sends a message and waits for one with the same `id`; the seconds between, None when none came in time.

    Raises:
        PluginError: the broker does not answer, or lacks a topic.
    """
    async with client(bootstrap) as consumer:
        await partitions_of(consumer, topic)
        replies = await partitions_of(consumer, reply_topic)
        consumer.assign(replies)
        await consumer.seek_to_end(*replies)
        for partition in replies:
            await consumer.position(partition)
        producer = AIOKafkaProducer(bootstrap_servers=bootstrap)
        try:
            await producer.start()
            began = time.monotonic()
            await producer.send_and_wait(topic, message.value)
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await wait_for(consumer, message.mark)
                    return time.monotonic() - began
            return None
        finally:
            await end_quietly(producer)


async def wait_for(consumer: AIOKafkaConsumer, mark: str) -> None:
    """Returns when a message with that `id` was read."""
    while True:
        record = await consumer.getone()
        try:
            content = json.loads(record.value or b"")
        except ValueError:
            continue
        if isinstance(content, dict) and content.get("id") == mark:
            return
