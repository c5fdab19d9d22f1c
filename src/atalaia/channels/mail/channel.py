"""The mail channel: takes a notification, builds the mail, hands it to the mail server."""

import asyncio

from aiosmtplib import SMTPRecipientsRefused, SMTPResponseException

from atalaia.channels.mail.connections import Connections
from atalaia.channels.mail.envelope import build_mail
from atalaia.channels.mail.refusals import TROUBLES, delivery_error, refused_recipients
from atalaia.channels.mail.settings import MailSettings
from atalaia.ports.channels import DeliveryError, Message
from atalaia.ports.clock import Clock
from atalaia.texts import preload

_MAILS_AT_ONCE = 4
"""Connections at the same time; mail servers commonly stop welcoming one client at ten to twenty."""


class MailChannel:
    """Sends notifications by SMTP. Belongs to one event loop."""

    def __init__(self, settings: MailSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._connections = Connections(settings)
        self._places = asyncio.Semaphore(_MAILS_AT_ONCE)
        preload()

    async def send(self, message: Message) -> None:
        """Returns when the mail server has taken the mail for every recipient.

        Raises:
            DeliveryError: it has not.
        """
        async with self._places:  # waiting for a place does not count against the time limit
            try:
                async with asyncio.timeout(self._settings.timeout):
                    await self._hand_over(message)
            except DeliveryError:
                raise
            except TROUBLES as error:
                # "from None": the original may carry what was sent, the password included.
                raise self._without_password(delivery_error(error, self._settings)) from None

    async def close(self) -> None:
        """Ends the kept connections."""
        await self._connections.close()

    async def _hand_over(self, message: Message) -> None:
        mail = build_mail(message, self._settings, self._clock.now())
        connection = await self._connections.take()
        try:
            refused, _ = await connection.send_message(
                mail,
                sender=self._settings.sender_mailbox.addr_spec,
                recipients=[address.addr_spec for address in mail["To"].addresses],
            )
        except (SMTPResponseException, SMTPRecipientsRefused):
            self._connections.give_back(connection)  # a refusal is an orderly answer
            raise
        except BaseException:  # cancelled included: nobody knows what the server makes of this connection
            connection.close()
            raise
        self._connections.give_back(connection)
        if refused:
            raise refused_recipients(
                {who: (answer.code, answer.message) for who, answer in refused.items()}, self._settings
            )

    def _without_password(self, error: DeliveryError) -> DeliveryError:
        """The error without the password, should a server repeat it in its answer."""
        known = self._settings.password
        if known is None or not known.reveal() or known.reveal() not in error.reason:
            return error
        return DeliveryError(error.reason.replace(known.reveal(), "***"), retryable=error.retryable)
