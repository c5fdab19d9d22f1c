"""What every channel promises, the stand-in of the engine's tests included."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Protocol

import pytest

from atalaia.channels.command import CommandChannel
from atalaia.channels.mail import MailChannel, decode_mail_settings
from atalaia.ports.channels import Channel, DeliveryError
from support.fake_channel import FakeChannel
from support.fakes import Answer, FakeRunner
from support.mail_server import MailServer
from support.messages import a_message
from support.running import RealClock


class Bench(Protocol):
    """A channel and the other side that it talks to."""

    channel: Channel

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def taken(self) -> int:
        """How many messages the other side has got."""
        ...

    def refuse(self, *, for_good: bool) -> None: ...

    def take_again(self) -> None: ...


class MailBench:
    async def start(self) -> None:
        self.server = MailServer()
        await self.server.start()
        table = {"sender": "atalaia@example.com", "host": "127.0.0.1", "port": self.server.port}
        self.channel: Channel = MailChannel(decode_mail_settings(table, Path()), RealClock())

    async def stop(self) -> None:
        await self.server.stop()

    def taken(self) -> int:
        return len(self.server.received)

    def refuse(self, *, for_good: bool) -> None:
        self.server.answers["RCPT"] = "550 no such user" if for_good else "450 try later"

    def take_again(self) -> None:
        self.server.answers.clear()


class CommandBench:
    async def start(self) -> None:
        self.runner = FakeRunner(RealClock(), asyncio.get_running_loop())
        self.answers: list[Answer] = []
        self.channel: Channel = CommandChannel(self.runner)
        self.refused = 0
        self.take_again()

    async def stop(self) -> None:
        await self.runner.close(0)

    def taken(self) -> int:
        return len(self.runner.started) - self.refused

    def refuse(self, *, for_good: bool) -> None:
        own_trouble = Answer(exit_code=24, stderr="execvp(x, ...) failed. errno is 24: Too many open files\n")
        self.runner.script(a_message().command_line, Answer(exit_code=1) if for_good else own_trouble)
        self.refused += 1

    def take_again(self) -> None:
        self.runner.script(a_message().command_line, Answer(seconds=0.01))


class FakeBench:
    async def start(self) -> None:
        self.fake = FakeChannel()
        self.channel: Channel = self.fake

    async def stop(self) -> None:
        pass

    def taken(self) -> int:
        return len(self.fake.taken)

    def refuse(self, *, for_good: bool) -> None:
        self.fake.go_down(retryable=not for_good)

    def take_again(self) -> None:
        self.fake.come_back()


BENCHES: dict[str, Callable[[], Bench]] = {
    "mail": MailBench,
    "command": CommandBench,
    "fake": FakeBench,
}


@pytest.fixture(params=list(BENCHES))
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    made = BENCHES[request.param]()
    await made.start()
    yield made
    await made.channel.close()
    await made.stop()


async def test_sending_returns_when_the_other_side_has_the_message(bench: Bench) -> None:
    await bench.channel.send(a_message())

    assert bench.taken() == 1


@pytest.mark.parametrize("for_good", [True, False])
async def test_a_refusal_says_whether_another_try_may_help(for_good: bool, bench: Bench) -> None:
    bench.refuse(for_good=for_good)

    with pytest.raises(DeliveryError) as caught:
        await bench.channel.send(a_message())

    assert caught.value.retryable is not for_good
    assert str(caught.value) == caught.value.reason
    assert caught.value.reason.isprintable()
    assert bench.taken() == 0


async def test_after_a_refusal_the_next_message_is_taken(bench: Bench) -> None:
    bench.refuse(for_good=False)
    with pytest.raises(DeliveryError):
        await bench.channel.send(a_message())

    bench.take_again()
    await bench.channel.send(a_message())

    assert bench.taken() == 1


async def test_many_messages_at_once_are_all_taken(bench: Bench) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(bench.channel.send(a_message(number=number)))

    assert bench.taken() == 20


async def test_a_cancelled_message_leaves_the_channel_usable(bench: Bench) -> None:
    sending = asyncio.ensure_future(bench.channel.send(a_message()))
    await asyncio.sleep(0)
    sending.cancel()
    await asyncio.wait([sending])
    before = bench.taken()

    await bench.channel.send(a_message(number=2))

    assert bench.taken() == before + 1


async def test_closing_twice_is_fine(bench: Bench) -> None:
    await bench.channel.send(a_message())

    await bench.channel.close()
    await bench.channel.close()
