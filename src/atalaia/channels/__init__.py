"""Ways of telling people, one module or package each. The engine decides when to tell and when to try again."""

from collections.abc import Mapping

from atalaia.channels.command import CommandChannel
from atalaia.channels.mail import MailChannel
from atalaia.ports.channels import Channel

BUILTIN: Mapping[str, type[Channel]] = {
    "command": CommandChannel,
    "mail": MailChannel,
}
"""Every built-in channel by the name under which the outbox knows it."""
