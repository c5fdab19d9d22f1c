"""Mail addresses as people write them in a contact, checked before a mail server sees them."""

import re
from email.headerregistry import Address

_MAILBOX = re.compile(r"(?:(?P<name>[^<>]*)<(?P<named>[^<>]+)>|(?P<bare>[^<>]+))")
_LOCAL_PART = re.compile(r"[^\s\x00-\x1f\x7f\"(),:;<>@\[\\\]]{1,64}")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62})?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62})?)*|\[[0-9A-Fa-f:.]+\]"
)


class InvalidAddressError(ValueError):
    """What was given is no mail address."""


def parse_mailbox(text: str) -> Address:
    """One address with or without a name: ``ana@example.com``, ``Ana Souza <ana@example.com>``.

    The domain may hold accents; it is turned into the form that the name system knows.

    Raises:
        InvalidAddressError: it is none, or holds line breaks or other control characters.
    """
    if not text.strip():
        raise InvalidAddressError("the address is empty")
    if not text.isprintable() or "=?" in text:
        raise InvalidAddressError(f"{text!r} holds characters that no address may hold")
    parts = _MAILBOX.fullmatch(text.strip())
    name = ((parts and parts["name"]) or "").strip().strip('"')
    local, _, domain = ((parts and (parts["named"] or parts["bare"])) or "").rpartition("@")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise InvalidAddressError(f"{text!r} is not a mail address")
    return Address(display_name=name, username=local, domain=domain)


def parse_recipients(text: str) -> tuple[Address, ...]:
    """The addresses of a contact. Several may stand in its ``email``, with commas or blanks between them, as
    they could when the address was handed to a mail program.

    Raises:
        InvalidAddressError: there is none, or one of them is none.
    """
    if not text.strip():
        raise InvalidAddressError("the contact has no mail address")
    if "<" in text or '"' in text:
        return (parse_mailbox(text),)
    if not text.isprintable():
        raise InvalidAddressError(f"{text!r} holds characters that no address may hold")
    return tuple(parse_mailbox(part) for part in re.split(r"[,; ]+", text) if part)
