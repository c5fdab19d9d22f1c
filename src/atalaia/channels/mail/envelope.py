"""One notification as an RFC 5322 message: headers around the text of `body`. Nothing is sent here."""

import hashlib
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from atalaia.channels.mail.addresses import parse_recipients
from atalaia.channels.mail.body import body, subject
from atalaia.channels.mail.settings import MailSettings
from atalaia.core.instants import Instant
from atalaia.ports.channels import Message
from atalaia.texts import texts
from atalaia.texts.plain import one_line

_HEADER_LIMIT = 250


def build_mail(message: Message, settings: MailSettings, now: Instant) -> EmailMessage:
    """The mail for `message`. Its id depends on the message's key only, so a mail that is sent again after a
    broken connection can be recognised as the same one.

    Raises:
        InvalidAddressError: the recipient is none.
    """
    sender, recipients = settings.sender_mailbox, parse_recipients(message.recipient)
    reader = texts(message.language)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = recipients
    mail["Subject"] = _header(subject(message, reader))
    # The moment of the decision, which is what RFC 5322 means: not the moment of a later try.
    mail["Date"] = format_datetime(datetime.fromtimestamp(message.time, UTC))
    mail["Message-ID"] = _identifier("message", message.key, sender)
    thread = _identifier("thread", message.thread or message.key, sender)
    # The thread's first message was never sent; readers group what refers to the same one all the same.
    mail["In-Reply-To"] = thread
    mail["References"] = thread
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Atalaia-Host"] = _header(message.host)
    if message.service:
        mail["X-Atalaia-Service"] = _header(message.service)
    mail["X-Atalaia-State"] = _header(message.state)
    mail["X-Atalaia-Type"] = _header(message.kind)
    text = body(message, reader, zone=settings.zone, late=now - message.time)
    mail.set_content(text, charset="utf-8", cte="quoted-printable")  # takes away all Content- headers before it
    mail["Content-Language"] = reader.tag
    return mail


def _header(text: str) -> str:
    """A value that cannot begin another header. An "encoded word" in it would be decoded by the email package,
    line breaks included, so its beginning is taken apart."""
    return one_line(text, _HEADER_LIMIT).replace("=?", "= ?")


def _identifier(kind: str, key: str, sender: Address) -> str:
    digest = hashlib.sha256(f"{kind}\n{key}".encode("utf-8", "surrogateescape")).hexdigest()
    return f"<{digest[:32]}@{sender.domain.strip('[]').replace(':', '.')}>"
