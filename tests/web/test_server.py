"""The web server on a real port: addresses, refusals, stopping."""

import asyncio
import signal
import socket

import pytest

from atalaia.web.app import create_app
from atalaia.web.server import WebError, WebServer, parse_listen
from support.fake_control import FakeControl, a_host


def server(host: str = "127.0.0.1", port: int = 0) -> WebServer:
    return WebServer(create_app(FakeControl([a_host()])), host, port)


async def get(address: str, path: str = "/api/v1/status") -> bytes:
    host, _, port = address.removeprefix("http://").rpartition(":")
    reader, writer = await asyncio.open_connection(host.strip("[]"), int(port))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


async def test_port_0_takes_a_free_port_and_says_which() -> None:
    web = server()
    await web.start()

    assert not web.address.endswith(":0")
    assert b" 200 OK" in await get(web.address)
    await web.stop()


async def test_ipv6_addresses_work() -> None:
    web = server("::1")
    await web.start()

    assert web.address.startswith("http://[::1]:")
    assert b" 200 OK" in await get(web.address)
    await web.stop()


async def test_a_wildcard_address_is_shown_as_one_that_can_be_opened() -> None:
    web = server("0.0.0.0")
    await web.start()

    assert web.address.startswith("http://127.0.0.1:")
    await web.stop()


async def test_a_taken_port_is_said_plainly() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(WebError) as refusal:
            await server(port=port).start()

    assert str(refusal.value) == (
        f"127.0.0.1:{port} is taken by another program (or another Atalaia); use --listen HOST:PORT"
    )


async def test_an_address_of_another_machine_is_said_plainly() -> None:
    with pytest.raises(
        WebError, match=r"^192\.0\.2\.1:8420 is no address of this machine; use --listen HOST:PORT$"
    ):
        await server("192.0.2.1", 8420).start()


async def test_stopping_twice_does_no_harm() -> None:
    web = server()
    await web.stop()
    await web.start()
    await web.stop()
    await web.stop()


async def test_nobody_answers_after_the_stop() -> None:
    web = server()
    await web.start()
    await web.stop()

    with pytest.raises(OSError, match="Connect call failed"):
        await get(web.address)


async def test_an_idle_connection_does_not_hold_up_the_stop() -> None:
    web = server()
    await web.start()
    _, writer = await asyncio.open_connection("127.0.0.1", int(web.address.rpartition(":")[2]))

    async with asyncio.timeout(1.5):
        await web.stop()
    writer.close()


async def test_signals_are_left_alone() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    web = server()
    await web.start()

    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
    await web.stop()


async def test_answers_carry_the_date_and_not_the_servers_make() -> None:
    web = server()
    await web.start()
    head = (await get(web.address)).partition(b"\r\n\r\n")[0].lower()

    assert b"date: " in head
    assert b"uvicorn" not in head
    await web.stop()


@pytest.mark.parametrize(
    ("text", "listen"),
    [
        ("127.0.0.1:8420", ("127.0.0.1", 8420)),
        (":9000", ("127.0.0.1", 9000)),
        ("[::1]:80", ("::1", 80)),
        ("monitor.example:0", ("monitor.example", 0)),
    ],
)
def test_an_address_to_listen_on_is_read(text: str, listen: tuple[str, int]) -> None:
    assert parse_listen(text) == listen


@pytest.mark.parametrize(
    "text", ["8420", "localhost", "localhost:", "localhost:http", "localhost:65536", "::1:80"]
)
def test_what_is_no_address_to_listen_on_is_refused(text: str) -> None:
    with pytest.raises(WebError):
        parse_listen(text)
