"""A local SMTP inbox: keeps every mail in a Maildir and prints one line for each.

It takes any recipient and delivers nowhere. A mail is accepted (250) only after it is on the disk.
"""

import argparse
import asyncio
import contextlib
import mailbox
import signal
import sys
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST_MAIL = 10 * 1024 * 1024


def readable(header: str) -> str:
    """A header's text decoded and on one line, without characters that would steer a terminal."""
    try:
        text = str(make_header(decode_header(header)))
    except (LookupError, UnicodeError, ValueError):
        text = header
    return "".join(character if character.isprintable() else " " for character in text).strip()


class Inbox:
    """aiosmtpd's handler: stores, then tells."""

    def __init__(self, folder: Path) -> None:
        self._maildir = mailbox.Maildir(folder, create=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's name
        # The line ends of files, not those of the wire.
        content = (envelope.original_content or b"").replace(b"\r\n", b"\n")
        try:
            self._maildir.add(content)
        except OSError as error:
            print(f"could not store a mail: {error}", file=sys.stderr, flush=True)
            return "451 could not store the message, try again later"
        subject = readable(str(message_from_bytes(content).get("Subject", "")))
        recipients = ", ".join(envelope.rcpt_tos)
        print(f"from {readable(envelope.mail_from or '<>')} to {readable(recipients)}: {subject}", flush=True)
        return "250 stored"


async def serve(host: str, port: int, folder: Path) -> None:
    """Takes mails until SIGINT or SIGTERM."""
    inbox = Inbox(folder)
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    server = await loop.create_server(
        lambda: SMTP(
            inbox,
            hostname="localhost",
            ident="inbox",
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            loop=loop,
        ),
        host,
        port,
    )
    await stop.wait()
    server.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=2525)
    parser.add_argument(
        "--maildir", type=Path, required=True, help="folder of the mails; made when it is missing"
    )
    arguments = parser.parse_args()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve(arguments.host, arguments.port, arguments.maildir))
    except OSError as error:
        sys.exit(f"inbox: {error}")


if __name__ == "__main__":
    main()
