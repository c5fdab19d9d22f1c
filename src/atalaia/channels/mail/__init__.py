"""Telling people by mail: over SMTP, without a program in between."""

from atalaia.channels.mail.channel import MailChannel
from atalaia.channels.mail.settings import MailSettings, MailSettingsError, decode_mail_settings

__all__ = ["MailChannel", "MailSettings", "MailSettingsError", "decode_mail_settings"]
