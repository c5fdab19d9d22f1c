"""The local mail inbox: what is accepted is stored, and told in one line."""

import email.policy
import smtplib
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from support.production import FIRST_TIME, Launcher

pytestmark = [pytest.mark.slow, pytest.mark.timeout(FIRST_TIME)]


def mail(subject: str, body: str = "Olá, plantão!\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "atalaia@minharede.example"
    message["To"] = "plantao@minharede.example"
    message["Subject"] = subject
    message.set_content(body)
    return message


def deliver(launcher: Launcher, message: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", launcher.ports["SMTP_PORT"], timeout=10) as connection:
        connection.send_message(message)


def stored(launcher: Launcher, subject: str) -> list[EmailMessage]:
    files = (launcher.var / "mail" / "new").iterdir()
    messages = [message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    return [message for message in messages if message["Subject"] == subject]


def test_a_mail_is_in_the_maildir_once_it_is_accepted(production: Launcher) -> None:
    deliver(production, mail("nginx está CRÍTICO", "Situação: não responde\n"))

    [message] = stored(production, "nginx está CRÍTICO")
    assert message.get_content() == "Situação: não responde\n"


def test_each_mail_is_told_in_one_line(production: Launcher) -> None:
    deliver(production, mail("wsgi está de volta"))

    production.wait_for(
        "mail from atalaia@minharede.example to plantao@minharede.example: wsgi está de volta", seconds=10
    )


def test_a_subject_cannot_steer_the_terminal(production: Launcher) -> None:
    raw = b"Subject: antes\x1b[2Jdepois\x07\r\n\r\nx\r\n"
    with smtplib.SMTP("127.0.0.1", production.ports["SMTP_PORT"], timeout=10) as connection:
        connection.sendmail("a@minharede.example", ["b@minharede.example"], raw)

    production.wait_for("mail from a@minharede.example to b@minharede.example: antes [2Jdepois", seconds=10)
    assert "\x1b" not in production.shown


def test_several_recipients_share_one_stored_mail(production: Launcher) -> None:
    with smtplib.SMTP("127.0.0.1", production.ports["SMTP_PORT"], timeout=10) as connection:
        connection.send_message(mail("para dois"), to_addrs=["um@minharede.example", "dois@minharede.example"])

    production.wait_for("to um@minharede.example, dois@minharede.example: para dois", seconds=10)
    assert len(stored(production, "para dois")) == 1
