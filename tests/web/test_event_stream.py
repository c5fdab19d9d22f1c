"""Server-sent events over a real connection: order, resuming, signs of life, slow readers, the end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec

from atalaia.web.app import WebSettings, create_app
from atalaia.web.server import WebServer
from support.fake_control import FakeControl, a_change, a_host


class Reader:
    """A browser's end of a stream."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.head = b""

    async def open(self, target: str, *headers: str) -> None:
        lines = [f"GET {target} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]
        self.writer.write("\r\n".join(lines).encode())
        self.head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 5)

    async def chunk(self) -> str:
        """One piece of the answer; empty at its end."""
        size = int(await asyncio.wait_for(self.reader.readline(), 5), 16)
        return (await self.reader.readexactly(size + 2))[:-2].decode()

    async def frame(self) -> dict[str, str]:
        """The fields of the next event; comments and ``retry`` are passed over."""
        while True:
            text = await self.chunk()
            fields = dict(line.split(": ", 1) for line in text.strip().split("\n") if not line.startswith(":"))
            if "id" in fields:
                return fields


@asynccontextmanager
async def stream(
    control: FakeControl, target: str = "/api/v1/events/stream", *headers: str, **settings: float
) -> AsyncIterator[tuple[Reader, WebServer]]:
    chosen = msgspec.convert(settings, WebSettings)
    server = WebServer(create_app(control, settings=chosen), port=0)
    await server.start()
    reader = Reader(*await asyncio.open_connection("127.0.0.1", int(server.address.rpartition(":")[2])))
    try:
        await reader.open(target, *headers)
        yield reader, server
    finally:
        reader.writer.close()
        await server.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_stream_says_what_it_is() -> None:
    async with stream(FakeControl()) as (reader, _):
        assert b" 200 OK" in reader.head
        assert b"content-type: text/event-stream" in reader.head
        assert b"cache-control: no-store" in reader.head.lower()


async def test_a_new_event_arrives_with_id_type_and_data() -> None:
    control = FakeControl([a_host()], events=[a_change()])
    async with stream(control) as (reader, _):
        await until(lambda: control.readers == 1)
        control.add(a_change("web1", "lâmpada"))
        frame = await reader.frame()

    assert (frame["id"], frame["event"]) == ("2", "state_changed")
    data = msgspec.json.decode(frame["data"])
    assert (data["id"], data["type"], data["service"]) == (2, "state_changed", "lâmpada")


async def test_a_stream_resumes_after_the_last_event_that_the_browser_saw() -> None:
    control = FakeControl(events=[a_change(service=f"s{n}") for n in range(4)])
    async with stream(control, "/api/v1/events/stream", "Last-Event-ID: 2") as (reader, _):
        assert [(await reader.frame())["id"] for _ in range(2)] == ["3", "4"]


async def test_a_stream_begins_after_a_number_of_choice() -> None:
    control = FakeControl(events=[a_change(service=f"s{n}") for n in range(3)])
    async with stream(control, "/api/v1/events/stream?after=1") as (reader, _):
        assert (await reader.frame())["id"] == "2"


async def test_what_the_browser_saw_counts_more_than_the_address() -> None:
    control = FakeControl(events=[a_change(service=f"s{n}") for n in range(4)])
    async with stream(control, "/api/v1/events/stream?after=0", "Last-Event-ID: 3") as (reader, _):
        assert (await reader.frame())["id"] == "4"


async def test_a_stream_can_be_filtered() -> None:
    control = FakeControl(events=[a_change("a", "x"), a_change("b", "y"), a_change("b", "x")])
    async with stream(control, "/api/v1/events/stream?after=0&host=b&service=x") as (reader, _):
        assert (await reader.frame())["id"] == "3"


async def test_a_wrong_parameter_is_refused_before_the_stream_begins() -> None:
    async with stream(FakeControl(), "/api/v1/events/stream?after=x") as (reader, _):
        assert b" 400 " in reader.head


async def test_a_silent_stream_shows_that_it_is_alive() -> None:
    async with stream(FakeControl(), heartbeat=0.02) as (reader, _):
        assert await reader.chunk() == "retry: 2000\n\n"
        assert await reader.chunk() == ": still here\n\n"


async def test_a_reader_who_goes_is_forgotten() -> None:
    control = FakeControl()
    async with stream(control) as (reader, _):
        await until(lambda: control.readers == 1)
        reader.writer.close()

        await until(lambda: control.readers == 0)


async def test_a_reader_who_does_not_read_is_dropped_without_holding_up_others() -> None:
    control = FakeControl()
    async with stream(control, patience=0.2) as (slow, server):
        port = int(server.address.rpartition(":")[2])
        quick = Reader(*await asyncio.open_connection("127.0.0.1", port))
        await quick.open("/api/v1/events/stream")
        slow.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await until(lambda: control.readers == 2)
        large = "x" * 100_000

        async def read_all() -> int:
            last = 0
            while last < 200:
                last = int((await quick.frame())["id"])
            return last

        reading = asyncio.ensure_future(read_all())
        for _ in range(200):
            control.add(a_change(long_output=large))
            await asyncio.sleep(0.002)

        assert await asyncio.wait_for(reading, 20) == 200
        await until(lambda: control.readers == 1)
        quick.writer.close()


async def test_the_end_of_the_server_ends_streams_in_order_and_at_once() -> None:
    control = FakeControl()
    async with stream(control) as (reader, server):
        await until(lambda: control.readers == 1)
        async with asyncio.timeout(1.5):
            await server.stop()
        chunks = [await reader.chunk(), await reader.chunk()]

    assert chunks == ["retry: 2000\n\n", ""]
    assert control.readers == 0


async def test_a_feed_that_ends_ends_the_stream() -> None:
    class Ended(FakeControl):
        async def follow(self, after: int | None):  # type: ignore[no-untyped-def]
            for stored in self.stored:
                yield stored

    control = Ended(events=[a_change()])
    async with stream(control) as (reader, _):
        await reader.frame()
        assert await reader.chunk() == ""


async def test_the_head_of_a_stream_is_answered_without_the_stream() -> None:
    server = WebServer(create_app(FakeControl()), port=0)
    await server.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.address.rpartition(":")[2]))
    writer.write(b"HEAD /api/v1/events/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    answer = await asyncio.wait_for(reader.read(), 5)

    assert b"text/event-stream" in answer
    writer.close()
    await server.stop()
