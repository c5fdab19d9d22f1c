"""Handing mails to a mail server: a real one, and ones that misbehave."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from atalaia.channels.mail import MailChannel, decode_mail_settings
from atalaia.ports.channels import DeliveryError, Message
from support.mail_server import MailServer, make_certificates, raw_server
from support.messages import a_message
from support.running import RealClock

pytestmark = [
    # aiosmtpd's own: it means to warn who would run it in earnest.
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning"),
    pytest.mark.filterwarnings("ignore:Session.login_data is deprecated:DeprecationWarning"),
]

USER = {"username": "atalaia", "password": "hunter2"}

OpenChannel = Callable[..., MailChannel]


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("the openssl command is not installed")
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
async def opened() -> AsyncIterator[OpenChannel]:
    """Opens channels and closes them after the test."""
    async with AsyncExitStack() as stack:

        def open_channel(port: int, clock: RealClock | None = None, **table: Any) -> MailChannel:
            whole = {"sender": "atalaia@example.com", "host": "127.0.0.1", "port": port, "timeout": 10} | table
            channel = MailChannel(decode_mail_settings(whole, Path()), clock or RealClock())
            stack.push_async_callback(channel.close)
            return channel

        yield open_channel


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


async def refusal(channel: MailChannel, message: Message | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await channel.send(message or a_message())
    return caught.value


async def test_a_mail_arrives(server: MailServer, opened: OpenChannel) -> None:
    await opened(server.port).send(a_message(language="pt_BR", output="não há conexão 💔"))

    (mail,) = server.received
    assert (mail.sender, mail.recipients) == ("atalaia@example.com", ["plantao@example.com"])
    assert mail.parsed["Subject"] == "CRÍTICO: api em my-custom-nginx-container"
    assert "    não há conexão 💔\n" in mail.text


async def test_a_mail_goes_to_every_address_of_a_contact(server: MailServer, opened: OpenChannel) -> None:
    await opened(server.port).send(a_message(recipient="ana@example.com, rui@example.com"))

    assert server.received[0].recipients == ["ana@example.com", "rui@example.com"]


async def test_the_server_is_greeted_with_the_name_in_the_settings(
    server: MailServer, opened: OpenChannel
) -> None:
    await opened(server.port, helo="watch.example.com").send(a_message())

    assert server.greeted_as == "watch.example.com"


async def test_an_address_with_accents_needs_a_server_that_can(opened: OpenChannel) -> None:
    able, unable = MailServer(), MailServer(smtputf8=False)
    await able.start()
    await unable.start()
    message = a_message(recipient="joão@example.com")

    await opened(able.port).send(message)
    error = await refusal(opened(unable.port), message)

    assert able.received[0].recipients == ["joão@example.com"]
    assert not error.retryable
    await able.stop()
    await unable.stop()


async def test_huge_output_makes_a_small_mail(server: MailServer, opened: OpenChannel) -> None:
    await opened(server.port).send(a_message(long_output="á" * 1_000_000))

    assert len(server.received[0].raw) < 50_000


# Connections


async def test_a_burst_uses_few_connections(server: MailServer, opened: OpenChannel) -> None:
    channel = opened(server.port)

    async with asyncio.TaskGroup() as group:
        for number in range(50):
            group.create_task(channel.send(a_message(number=number)))

    assert len({mail.parsed["Message-ID"] for mail in server.received}) == 50
    assert server.connections <= 4


async def test_mails_one_after_the_other_use_one_connection(server: MailServer, opened: OpenChannel) -> None:
    channel = opened(server.port)

    for number in range(5):
        await channel.send(a_message(number=number))

    assert server.connections == 1


async def test_an_idle_connection_is_given_up(server: MailServer, opened: OpenChannel) -> None:
    channel = opened(server.port, keep_open=0.01)

    await channel.send(a_message())
    await asyncio.sleep(0.1)
    await channel.send(a_message(number=2))

    assert server.connections == 2


async def test_without_keeping_each_mail_has_its_connection(server: MailServer, opened: OpenChannel) -> None:
    channel = opened(server.port, keep_open=0)

    await channel.send(a_message())
    await channel.send(a_message(number=2))

    assert server.connections == 2


async def test_a_connection_that_the_server_dropped_is_replaced(
    server: MailServer, opened: OpenChannel
) -> None:
    channel = opened(server.port)
    await channel.send(a_message())

    server.drop_connections()
    await channel.send(a_message(number=2))

    assert len(server.received) == 2


async def test_a_restarted_server_is_found_again(server: MailServer, opened: OpenChannel) -> None:
    channel = opened(server.port)
    await channel.send(a_message())

    await server.stop()
    error = await refusal(channel)
    await server.start(server.port)
    await channel.send(a_message())

    assert error.retryable
    assert len(server.received) == 2


async def test_a_connection_survives_a_refusal(server: MailServer, opened: OpenChannel) -> None:
    channel = opened(server.port)
    server.answers["gone@example.com"] = "550 no such user"

    error = await refusal(channel, a_message(recipient="gone@example.com"))
    await channel.send(a_message())

    assert not error.retryable
    assert server.connections == 1


# Encryption and signing in


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
async def test_a_mail_arrives_encrypted_and_signed_in(
    encryption: str, certificates: Path, opened: OpenChannel
) -> None:
    server = MailServer(encryption=encryption, certificates=certificates, users={"atalaia": "hunter2"})
    await server.start()

    await opened(server.port, tls=encryption, ca_file=str(certificates / "ca.pem"), **USER).send(a_message())

    assert (len(server.received), server.encrypted, server.signed_in_as) == (1, True, "atalaia")
    await server.stop()


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
async def test_an_unknown_certificate_is_not_accepted(
    encryption: str, certificates: Path, opened: OpenChannel
) -> None:
    server = MailServer(encryption=encryption, certificates=certificates)
    await server.start()

    error = await refusal(opened(server.port, tls=encryption))

    assert error.retryable
    assert error.reason.startswith(f"the certificate of 127.0.0.1:{server.port} was not accepted: ")
    assert error.reason.endswith("name its authority in [mail] ca_file")
    await server.stop()


async def test_verification_can_be_switched_off(certificates: Path, opened: OpenChannel) -> None:
    server = MailServer(encryption="tls", certificates=certificates)
    await server.start()

    await opened(server.port, tls="tls", verify=False).send(a_message())

    assert len(server.received) == 1
    await server.stop()


async def test_a_server_without_starttls_gets_no_mail(server: MailServer, opened: OpenChannel) -> None:
    error = await refusal(opened(server.port, tls="starttls"))

    assert error.retryable
    assert "STARTTLS" in error.reason
    assert server.received == []


async def test_a_plain_server_where_tls_was_expected_is_explained(
    server: MailServer, opened: OpenChannel
) -> None:
    error = await refusal(opened(server.port, tls="tls"))

    assert error.retryable
    assert error.reason.startswith(f"no encryption with 127.0.0.1:{server.port}: ")


async def test_a_wrong_password_can_be_mended_and_is_not_shown(tmp_path: Path, opened: OpenChannel) -> None:
    server = MailServer(users={"atalaia": "right"})
    await server.start()
    secret = tmp_path / "password"
    secret.write_text("wrong-one\n")
    channel = opened(server.port, username="atalaia", password_file=str(secret))

    error = await refusal(channel)
    secret.write_text("right\n")
    await channel.send(a_message())

    assert error.retryable
    assert error.reason == (
        f"127.0.0.1:{server.port} did not let us sign in: 535 5.7.8 Authentication credentials invalid; "
        "check [mail] username and password"
    )
    assert len(server.received) == 1
    await server.stop()


async def test_a_missing_password_file_is_named(
    server: MailServer, opened: OpenChannel, tmp_path: Path
) -> None:
    channel = opened(server.port, username="atalaia", password_file=str(tmp_path / "nowhere"))

    error = await refusal(channel)

    assert error.retryable
    assert "[mail] password_file: cannot be read" in error.reason


async def test_a_server_that_wants_us_to_sign_in_says_so(opened: OpenChannel) -> None:
    server = MailServer(users={"atalaia": "hunter2"})
    await server.start()

    error = await refusal(opened(server.port))

    assert error.retryable
    assert "did not let us sign in: 530 " in error.reason
    await server.stop()


async def test_a_password_that_the_server_repeats_is_not_passed_on(opened: OpenChannel) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        await reader.readline()
        writer.write(b"250-hello\r\n250 AUTH PLAIN\r\n")
        await reader.readline()
        writer.write(b"535 hunter2 is not the password of atalaia\r\n")
        await reader.readline()

    async with raw_server(talk) as port:
        error = await refusal(opened(port, **USER))

    assert "hunter2" not in error.reason
    assert error.__cause__ is None


# Refusals and misbehaviour


@pytest.mark.parametrize(
    ("where", "answer", "retryable"),
    [
        ("RCPT", "550 5.1.1 no such user", False),
        ("RCPT", "450 4.2.0 greylisted, try again", True),
        ("RCPT", "452 mailbox full", True),
        ("RCPT", "552 mailbox full", False),
        ("DATA", "554 looks like spam", False),
        ("DATA", "451 local error", True),
        ("MAIL", "451 later", True),
        ("MAIL", "550 sender not allowed", True),
        ("MAIL", "552 too large", False),
        ("MAIL", "421 closing", True),
    ],
)
async def test_a_refusal_says_whether_to_try_again(
    where: str, answer: str, retryable: bool, server: MailServer, opened: OpenChannel
) -> None:
    server.answers[where] = answer

    error = await refusal(opened(server.port))

    assert error.retryable is retryable
    assert answer in error.reason


@pytest.mark.parametrize(("answer", "retryable"), [("550 gone", False), ("450 later", True)])
async def test_one_refused_recipient_of_two_is_reported(
    answer: str, retryable: bool, server: MailServer, opened: OpenChannel
) -> None:
    server.answers["rui@example.com"] = answer

    error = await refusal(opened(server.port), a_message(recipient="ana@example.com rui@example.com"))

    assert error.reason == f"127.0.0.1:{server.port} refused rui@example.com: {answer}"
    assert error.retryable is retryable
    assert server.received[0].recipients == ["ana@example.com"]


@pytest.mark.parametrize("recipient", ["", "nobody", "a@example.com\r\nDATA"])
async def test_without_a_proper_address_nothing_is_tried(
    recipient: str, server: MailServer, opened: OpenChannel
) -> None:
    error = await refusal(opened(server.port), a_message(recipient=recipient))

    assert not error.retryable
    assert server.connections == 0


async def test_a_server_that_is_down_is_worth_another_try(unused_tcp_port: int, opened: OpenChannel) -> None:
    error = await refusal(opened(unused_tcp_port))

    assert error.retryable
    assert error.reason.startswith(f"127.0.0.1:{unused_tcp_port} cannot be reached: ")


async def test_a_server_that_turns_us_away_is_worth_another_try(opened: OpenChannel) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"554 not now\r\n")
        await reader.readline()

    async with raw_server(talk) as port:
        error = await refusal(opened(port))

    assert error.retryable
    assert error.reason == f"127.0.0.1:{port} does not serve us: 554 not now"


async def test_a_silent_server_is_given_up_after_the_time_limit(opened: OpenChannel) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with raw_server(talk) as port:
        error = await refusal(opened(port, timeout=0.1))

    assert error.retryable
    assert error.reason == f"127.0.0.1:{port} did not take the mail within 0.1 s"


async def test_a_server_that_answers_drop_by_drop_is_given_up_too(opened: OpenChannel) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"220-still starting\r\n")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with raw_server(talk) as port:
        error = await refusal(opened(port, timeout=0.2))

    assert error.retryable


async def test_a_connection_lost_in_the_middle_of_a_mail_is_worth_another_try(opened: OpenChannel) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        while not (line := await reader.readline()).startswith(b"DATA"):
            writer.write(b"250 fine\r\n")
            assert line
        writer.write(b"354 go on\r\n")
        await reader.readline()

    async with raw_server(talk) as port:
        error = await refusal(opened(port))

    assert error.retryable
    assert error.reason == f"127.0.0.1:{port} broke off the connection"


async def test_an_answer_full_of_tricks_is_made_harmless(server: MailServer, opened: OpenChannel) -> None:
    server.answers["RCPT"] = "550 \x1b[31mno\x07 " + "x" * 400

    error = await refusal(opened(server.port))

    assert error.reason.isprintable()
    assert len(error.reason) < 450


async def test_a_cancelled_mail_does_not_spoil_the_next_one(server: MailServer, opened: OpenChannel) -> None:
    channel = opened(server.port)
    server.holding = held = asyncio.Event()

    sending = asyncio.ensure_future(channel.send(a_message()))
    await held.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await channel.send(a_message(number=2))

    assert server.connections == 2  # on the first one an answer is still to come
    assert server.received[-1].parsed["Subject"]


async def test_a_late_mail_says_how_late_it_is(server: MailServer, opened: OpenChannel) -> None:
    message, clock = a_message(), RealClock()
    clock.offset = message.time + 720 - clock.now()

    await opened(server.port, clock=clock).send(message)

    assert "This message is 12 min" in server.received[0].text


async def test_nothing_is_kept_after_closing(server: MailServer, opened: OpenChannel) -> None:
    channel = opened(server.port)
    await channel.send(a_message())

    await channel.close()
    await asyncio.sleep(0.05)

    assert all(transport.is_closing() for transport in server.transports)
