"""Telling a person: what a message holds and what a channel promises."""

from typing import Protocol

import msgspec

from atalaia.core.instants import Instant


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """All facts of one notification to one contact; a channel turns them into text in the reader's language.

    Stored in the outbox, so it must not depend on anything that may have changed when it is sent.
    """

    key: str
    """Idempotency key: the same for every try of the same message."""
    thread: str = ""
    """The same for all messages about one problem: a mail reader shows them together."""
    kind: str
    """PROBLEM, RECOVERY, ACKNOWLEDGEMENT …"""
    contact: str
    recipient: str
    """Address in the channel's terms, e.g. a mail address."""
    language: str = "en"
    host: str
    host_alias: str = ""
    host_address: str = ""
    service: str = ""
    """Empty for a host."""
    state: str
    previous_state: str = ""
    """The confirmed state before this one."""
    output: str = ""
    long_output: str = ""
    since: Instant
    """When the problem began: its first bad result, confirmed or not."""
    ended: Instant = Instant(0.0)
    """For a recovery: when the problem ended."""
    time: Instant
    """When it was decided to tell."""
    number: int = 1
    attempt: int = 1
    max_attempts: int = 1
    author: str = ""
    comment: str = ""
    link: str = ""
    """Address of the page that shows the object; empty when none is known."""
    command_line: str = ""
    """For the command channel: the notification command with its macros expanded."""
    command: str = ""
    """Name of that command."""
    env: dict[str, str] = {}
    """For the command channel: NAGIOS_* variables when the configuration asks for them."""
    timeout: float = 30.0


class DeliveryError(Exception):
    """A channel did not take a message.

    Attributes:
        retryable: True when a later try may succeed (server away, time-out), False when it cannot (address
            refused for good).
    """

    def __init__(self, reason: str, *, retryable: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable


class Channel(Protocol):
    """One way of telling people."""

    async def send(self, message: Message) -> None:
        """Returns when the other side has taken the message.

        Raises:
            DeliveryError: it has not.
        """
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...
