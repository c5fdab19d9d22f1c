"""Headers: what groups, identifies and protects a mail."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from atalaia.channels.mail import MailSettings
from atalaia.channels.mail.addresses import InvalidAddressError, parse_recipients
from atalaia.channels.mail.envelope import build_mail
from atalaia.core.instants import Instant
from support.messages import a_message

SETTINGS = MailSettings(sender="Atalaia – Operações <atalaia@example.com>", time_zone="UTC")


def built(**changes: Any) -> EmailMessage:
    """The mail as it looks after its way over the wire."""
    message = a_message(**changes)
    mail = message_from_bytes(build_mail(message, SETTINGS, message.time).as_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_the_headers_of_a_problem() -> None:
    mail = built(language="pt_BR")
    ids = {"Message-ID", "In-Reply-To", "References"}

    assert {name: str(value) for name, value in mail.items() if name not in ids} == {
        "From": "Atalaia – Operações <atalaia@example.com>",
        "To": "plantao@example.com",
        "Subject": "CRÍTICO: api em my-custom-nginx-container",
        "Date": "Thu, 30 Jul 2026 03:04:25 +0000",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "pt-BR",
        "X-Atalaia-Host": "my-custom-nginx-container",
        "X-Atalaia-Service": "api",
        "X-Atalaia-State": "CRITICAL",
        "X-Atalaia-Type": "PROBLEM",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }


def test_ids_are_of_the_senders_domain() -> None:
    mail = built()

    assert [
        re.fullmatch(r"<[0-9a-f]{32}@example\.com>", mail[name]) is not None
        for name in ("Message-ID", "In-Reply-To", "References")
    ] == [True, True, True]
    assert mail["In-Reply-To"] == mail["References"]


def test_the_same_message_has_the_same_id_at_every_try() -> None:
    message = a_message()

    first, second = (build_mail(message, SETTINGS, Instant(message.time + wait)) for wait in (0, 3600))

    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_another_message_has_another_id() -> None:
    ids = {
        built(**changes)["Message-ID"]
        for changes in ({}, {"number": 2}, {"kind": "RECOVERY"}, {"contact": "ana"}, {"service": "form"})
    }

    assert len(ids) == 5


def test_problem_reminder_and_recovery_form_one_thread() -> None:
    threads = {
        built(**changes)["References"]
        for changes in ({}, {"number": 2}, {"kind": "RECOVERY", "number": 2}, {"contact": "ana"})
    }

    assert len(threads) == 1


@pytest.mark.parametrize("changes", [{"service": "form"}, {"host": "other"}, {"thread": "h;s;78"}])
def test_another_problem_forms_another_thread(changes: dict[str, str]) -> None:
    assert built(**changes)["References"] != built()["References"]


@pytest.mark.parametrize(
    "evil",
    [
        "x\r\nBcc: victim@example.com",
        "x\nBcc: victim@example.com",
        "x\rBcc: victim@example.com",
        "x\x0bBcc: victim@example.com\x85\u2028Bcc: victim@example.com",
        "=?utf-8?q?x=0D=0ABcc:_victim@example.com?=",
        "x =?utf-8?b?DQpCY2M6IHZpY3RpbUBleGFtcGxlLmNvbQ==?=",
        "é\r\n\r\nbody begins early",
        "\udcff\r\nBcc: victim@example.com",
        "x" * 240 + "\r\n Bcc: victim@example.com",
    ],
)
def test_no_text_from_outside_begins_a_header(evil: str) -> None:
    fields = dict.fromkeys(
        ("host", "service", "host_alias", "host_address", "output", "long_output", "author", "comment", "link"),
        evil,
    )

    mail = built(**fields, kind="CUSTOM", state=evil, previous_state=evil)

    assert mail["Bcc"] is None
    assert set(mail.keys()) == set(built().keys())
    assert not any(line.startswith(("Bcc", "body begins")) for line in mail.get_content().splitlines())


def test_emoji_and_accents_arrive() -> None:
    mail = built(service="classificação 🧸", output="coração 💔 – ção", language="pt_BR")

    assert str(mail["Subject"]) == "CRÍTICO: classificação 🧸 em my-custom-nginx-container"
    assert "    coração 💔 – ção" in mail.get_content()
    assert str(mail["X-Atalaia-Service"]) == "classificação 🧸"


def test_every_line_on_the_wire_is_short_ascii() -> None:
    message = a_message(service="serviço " * 30, output="saída " * 300, long_output="ü" * 5_000)

    wire = build_mail(message, SETTINGS, message.time).as_bytes()

    assert wire.isascii()
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("ana@example.com", ["ana@example.com"]),
        ("Ana Souza <ana@example.com>", ["ana@example.com"]),
        ("ana@example.com, rui@example.com", ["ana@example.com", "rui@example.com"]),
        ("ana@example.com rui@example.com", ["ana@example.com", "rui@example.com"]),
        ("root@localhost", ["root@localhost"]),
        ("ana+oncall@example.com", ["ana+oncall@example.com"]),
        ("ana@operações.com.br", ["ana@xn--operaes-yxa0k.com.br"]),
        ("joão@example.com", ["joão@example.com"]),
    ],
)
def test_addresses_are_read_as_people_write_them(text: str, addresses: list[str]) -> None:
    assert [address.addr_spec for address in parse_recipients(text)] == addresses


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "nobody",
        "@example.com",
        "a@",
        "a@b@c",
        "a b@example.com",
        "ana@example.com\r\nRCPT TO:<b@example.com>",
        "ana@exam ple.com <x",
        "<ana@example.com> SIZE=0",
        "ana@-example.com",
        "=?utf-8?q?a?= <ana@example.com>",
        "ana@" + "é" * 80 + ".com",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidAddressError):
        parse_recipients(text)
