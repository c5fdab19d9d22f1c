"""Connections to the mail server, kept for a few seconds so that a burst of mails needs one greeting only."""

import asyncio
import socket

from aiosmtplib import SMTP, SMTPException

from atalaia.channels.mail.settings import MailSettings

_PROBE_TIMEOUT = 2.0
"""Seconds for a kept connection to prove that it still works; after that a new one is quicker."""


class Connections:
    """The open connections that nobody is using. Belongs to one event loop."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._idle: list[tuple[SMTP, asyncio.TimerHandle]] = []
        self._closed = False

    async def take(self) -> SMTP:
        """A connection that is greeted, encrypted and signed in as the settings say.

        Raises:
            aiosmtplib.SMTPException, OSError, MailSettingsError: there is none to be had.
        """
        while self._idle:
            connection, expiry = self._idle.pop()
            expiry.cancel()
            if await _works(connection):
                return connection
        return await self._open()

    def give_back(self, connection: SMTP) -> None:
        """Keeps a connection on which the last mail went well."""
        if self._closed or not connection.is_connected or not self._settings.keep_open:
            hang_up(connection)
            return
        loop = asyncio.get_running_loop()
        self._idle.append((connection, loop.call_later(self._settings.keep_open, self._expire, connection)))

    async def close(self) -> None:
        """Ends all idle connections; those in use end when they are given back."""
        self._closed = True
        while self._idle:
            connection, expiry = self._idle.pop()
            expiry.cancel()
            hang_up(connection)
        await asyncio.sleep(0)  # lets the transports say goodbye before the loop may end

    def _expire(self, connection: SMTP) -> None:
        self._idle = [entry for entry in self._idle if entry[0] is not connection]
        hang_up(connection)

    async def _open(self) -> SMTP:
        settings = self._settings
        password = await asyncio.to_thread(settings.read_password) if settings.username else None
        connection = SMTP(
            hostname=settings.host,
            port=settings.effective_port,
            username=settings.username or None,
            password=password,
            # Not the fully qualified name: looking that one up can take as long as the name server likes.
            local_hostname=settings.helo or socket.gethostname(),
            timeout=settings.timeout,
            use_tls=settings.encryption == "tls",
            start_tls=settings.encryption == "starttls",
            validate_certs=settings.verify,
            cert_bundle=settings.ca_file or None,
        )
        await connection.connect()
        return connection


async def _works(connection: SMTP) -> bool:
    """Whether a kept connection is still alive; one that is not is closed."""
    try:
        await connection.noop(timeout=_PROBE_TIMEOUT)
    except (SMTPException, OSError):
        connection.close()
        return False
    except BaseException:
        connection.close()
        raise
    return True


def hang_up(connection: SMTP) -> None:
    """Says goodbye without waiting for the answer."""
    if connection.is_connected and isinstance(connection.transport, asyncio.WriteTransport):
        connection.transport.write(b"QUIT\r\n")
    connection.close()
