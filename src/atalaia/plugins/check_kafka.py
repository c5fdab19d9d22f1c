"""Is a Kafka broker, and what reads from it, at work?

--mode metadata   the broker answers, and has the topic; -w and -c speak of the seconds that it takes
--mode lag        the group keeps up with the topic; -w and -c speak of messages that are not done. Above them
                  it is still OK as long as the group moves between two looks
--mode roundtrip  a marked message sent to the topic comes back in the reply topic; -w and -c speak of seconds

Needs aiokafka: pip install 'atalaia[kafka]'.
"""

import argparse
import asyncio
import importlib.util
import json
import logging
import sys
import uuid
from typing import TYPE_CHECKING

from atalaia.plugins.guidelines import (
    Figure,
    PluginError,
    State,
    Verdict,
    as_range,
    as_seconds,
    build_parser,
    judge,
    run,
)

if TYPE_CHECKING:
    from atalaia.plugins.kafka_looks import Metadata, Progress

SERVICE = "KAFKA"
LEAST_LEFT = 0.5  # seconds kept for saying what was found
NEEDED = {"metadata": (), "lag": ("topic", "group"), "roundtrip": ("topic", "reply_topic")}
DEFAULT_LAG_WARNING, DEFAULT_LAG_CRITICAL = as_range("10"), as_range("50")


def metadata_verdict(found: "Metadata", arguments: argparse.Namespace) -> Verdict:
    """What a broker's answer means."""
    figures = (
        Figure("time", found.seconds, "s", arguments.warning, arguments.critical, 0),
        Figure("brokers", found.brokers, minimum=0),
        Figure("topics", len(found.topics), minimum=0),
    )
    details = (f"topics: {', '.join(sorted(found.topics))}",)
    if arguments.topic and arguments.topic not in found.topics:
        return Verdict(State.CRITICAL, f"there is no topic {arguments.topic}", figures, details)
    return Verdict(
        judge(found.seconds, arguments.warning, arguments.critical),
        f"{found.brokers} broker, {len(found.topics)} topics, answered in {found.seconds * 1000:.0f} ms",
        figures,
        details,
    )


def lag_verdict(first: "Progress", last: "Progress", arguments: argparse.Namespace) -> Verdict:
    """What two looks at a group mean: above the thresholds it is well as long as it moves."""
    warning = arguments.warning or DEFAULT_LAG_WARNING
    critical = arguments.critical or DEFAULT_LAG_CRITICAL
    figures = (
        Figure("lag", last.lag, "", warning, critical, 0),
        Figure("committed", last.committed, "c", minimum=0),
        Figure("end", last.end, "c", minimum=0),
    )
    details = tuple(f"look: committed {one.committed}, end {one.end}, lag {one.lag}" for one in (first, last))
    told = f"group {arguments.group} is {last.lag} messages behind in {arguments.topic}"
    state = judge(last.lag, warning, critical)
    moved = last.committed - first.committed
    if state is not State.OK and (moved > 0 or last.lag < first.lag):
        return Verdict(State.OK, f"{told}, but moves: {moved} in {arguments.interval:g} s", figures, details)
    if state is not State.OK:
        told += " and stands still" if last.has_committed else " and has never done any"
    return Verdict(state, told, figures, details)


def roundtrip_verdict(seconds: float | None, waited: float, arguments: argparse.Namespace) -> Verdict:
    """What the way there and back means."""
    if seconds is None:
        return Verdict(
            State.CRITICAL,
            f"the broker took a message for {arguments.topic}, but no answer to it came in "
            f"{arguments.reply_topic} within {waited:.1f} s",
        )
    return Verdict(
        judge(seconds, arguments.warning, arguments.critical),
        f"answer in {arguments.reply_topic} {seconds * 1000:.0f} ms after the message in {arguments.topic}",
        (Figure("time", seconds, "s", arguments.warning, arguments.critical, 0),),
    )


async def look(arguments: argparse.Namespace) -> Verdict:
    """Looks as the mode says.

    Raises:
        PluginError: the broker does not answer, or lacks a topic.
    """
    from atalaia.plugins import kafka_looks  # noqa: PLC0415 - aiokafka may be missing, and takes a while

    limit = max(arguments.timeout - LEAST_LEFT, arguments.timeout / 2)
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        async with asyncio.timeout(limit):
            if arguments.mode == "metadata":
                return metadata_verdict(await kafka_looks.metadata(arguments.bootstrap), arguments)
            if arguments.mode == "lag":
                first, last = await kafka_looks.two_looks(
                    arguments.bootstrap, arguments.topic, arguments.group, arguments.interval
                )
                return lag_verdict(first, last, arguments)
            mark = f"atalaia-{uuid.uuid4()}"
            content = {"nome": arguments.name, "pergunta": arguments.question, "id": mark}
            message = kafka_looks.Message(mark, json.dumps(content, ensure_ascii=False).encode())
            # A little less than the limit: then it is sure that the broker has it and nobody answered.
            patience = limit * 0.8
            seconds = await kafka_looks.there_and_back(
                arguments.bootstrap, arguments.topic, arguments.reply_topic, message, patience
            )
            return roundtrip_verdict(seconds, patience, arguments)
    except TimeoutError as error:
        passed = loop.time() - began
        sentence = f"broker {arguments.bootstrap} gives no answer within {passed:.1f} s"
        raise PluginError(State.CRITICAL, sentence) from error


def main() -> int:
    """The command line."""
    parser = build_parser("check_kafka", __doc__, "seconds or messages, see the mode")
    parser.add_argument("--bootstrap", required=True, metavar="HOST:PORT", help="a broker")
    parser.add_argument("--mode", required=True, choices=NEEDED)
    parser.add_argument("--topic", help="the topic that must be there, is read, or is sent to")
    parser.add_argument("--group", help="the consumer group whose lag is looked at")
    parser.add_argument("--reply-topic", help="where the answer to a message appears")
    parser.add_argument(
        "--interval", type=as_seconds, default=1.0, metavar="SECONDS", help="between two looks (default: 1)"
    )
    parser.add_argument("--name", default="atalaia", help="who asks in a round trip (default: atalaia)")
    parser.add_argument(
        "--question",
        default="Qual o horário de funcionamento?",
        help="what a round trip asks (default: %(default)s)",
    )
    arguments = parser.parse_args()
    for option in NEEDED[arguments.mode]:
        if getattr(arguments, option) is None:
            parser.error(f"--mode {arguments.mode} needs --{option.replace('_', '-')}")
    # The client tells each attempt; the verdict is enough.
    logging.getLogger("aiokafka").setLevel(logging.DEBUG if arguments.verbose > 1 else logging.CRITICAL)

    def check() -> Verdict:
        if importlib.util.find_spec("aiokafka") is None:
            raise PluginError(State.UNKNOWN, "aiokafka is not installed: pip install 'atalaia[kafka]'")
        return asyncio.run(look(arguments))

    return run(SERVICE, arguments, check)


if __name__ == "__main__":
    sys.exit(main())
