"""How to reach the mail server: the ``[mail]`` table of atalaia.toml. Nothing is sent here."""

import difflib
import ipaddress
import os
from collections.abc import Mapping
from email.headerregistry import Address
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from atalaia.channels.mail.addresses import InvalidAddressError, parse_mailbox

_DEFAULT_PORTS = {"none": 25, "starttls": 587, "tls": 465}

Seconds = Annotated[float, msgspec.Meta(gt=0, le=3600)]
Encryption = Literal["none", "starttls", "tls"]


class MailSettingsError(ValueError):
    """The settings cannot be used; the sentence names the key."""


class Secret:
    """A text that shows itself only when asked to, never in a log line or an error."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('***')"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))


class MailSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ``[mail]`` table.

    Raises:
        MailSettingsError: values that do not fit together, such as a password without encryption.
    """

    sender: str
    """From whom, as in a From header: ``Atalaia <atalaia@example.com>``."""
    host: str = "localhost"
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] | None = None
    """The usual port for the kind of encryption when absent: 25, 587 (starttls), 465 (tls)."""
    tls: Encryption | None = None
    """When absent: none for this machine, starttls for any other."""
    verify: bool = True
    """Check the server's certificate."""
    ca_file: str = ""
    """Certificates of further authorities to trust, in PEM form."""
    username: str = ""
    """Empty: do not sign in."""
    password: Secret | None = None
    password_file: str = ""
    """File whose content is the password; read again for each connection, so it can be changed at any time."""
    password_env: str = ""
    """Name of the environment variable that holds the password."""
    timeout: Seconds = 30.0
    """Seconds for handing over one mail, from connecting to the server's last word."""
    keep_open: Annotated[float, msgspec.Meta(ge=0, le=300)] = 5.0
    """Seconds for which an idle connection is kept for the next mail."""
    helo: str = ""
    """The name with which we greet the server; this machine's name when empty."""
    time_zone: str = ""
    """Zone of the times in mails, such as ``America/Sao_Paulo``; the server's own when empty."""

    def __post_init__(self) -> None:
        try:
            parse_mailbox(self.sender)
        except InvalidAddressError as error:
            raise MailSettingsError(f"sender: {error}") from None
        if not self.host or any(c.isspace() or not c.isprintable() for c in self.host + self.helo):
            raise MailSettingsError("host and helo must be names without blanks")
        ways = [key for key in ("password", "password_file", "password_env") if getattr(self, key)]
        if len(ways) > 1:
            raise MailSettingsError(f"{ways[1]}: the password is given already by {ways[0]}")
        if self.username and not ways:
            raise MailSettingsError("username: needs password, password_file or password_env")
        if ways and not self.username:
            raise MailSettingsError(f"{ways[0]}: needs username")
        if ways and self.encryption == "none" and not is_this_machine(self.host):
            raise MailSettingsError(
                f'tls: "none" would send the password readable by anybody on the way to {self.host}; '
                'use "starttls" or "tls"'
            )
        self._zone_or_error()

    @property
    def encryption(self) -> Encryption:
        """The kind of encryption in force."""
        return self.tls or ("none" if is_this_machine(self.host) else "starttls")

    @property
    def effective_port(self) -> int:
        """The port in force."""
        return self.port or _DEFAULT_PORTS[self.encryption]

    @property
    def sender_mailbox(self) -> Address:
        """The sender, parsed."""
        return parse_mailbox(self.sender)

    @property
    def zone(self) -> ZoneInfo | None:
        """Time zone for the times in mails; None is the server's own."""
        return self._zone_or_error()

    def read_password(self) -> str:
        """The password, wherever it is kept. Reads a file: not for the event loop.

        Raises:
            MailSettingsError: it is not there.
        """
        if self.password is not None:
            return self.password.reveal()
        if self.password_env:
            if self.password_env not in os.environ:
                raise MailSettingsError(f"password_env: the environment has no variable {self.password_env}")
            return os.environ[self.password_env]
        try:
            return Path(self.password_file).read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise MailSettingsError(f"password_file: cannot be read: {error}") from None

    def _zone_or_error(self) -> ZoneInfo | None:
        try:
            return ZoneInfo(self.time_zone) if self.time_zone else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise MailSettingsError(f"time_zone: there is no zone called {self.time_zone!r}") from None


def is_this_machine(host: str) -> bool:
    """Whether `host` is a loopback address or ``localhost``; names are not looked up."""
    if host.lower().rstrip(".") in {"localhost", "localhost.localdomain", "ip6-localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def decode_mail_settings(table: Mapping[str, object], folder: Path) -> MailSettings:
    """The settings in the ``[mail]`` table; relative file names count from `folder`, where atalaia.toml lies.

    Raises:
        MailSettingsError: an unknown key, a value of the wrong kind, or values that do not fit together.
    """
    known = MailSettings.__struct_fields__
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise MailSettingsError(f"[mail] {key}: unknown key{hint}")
    located = {
        key: str(folder / value)
        if key in {"ca_file", "password_file"} and value and isinstance(value, str)
        else value
        for key, value in table.items()
    }
    try:
        settings = msgspec.convert(located, MailSettings, dec_hook=_decode_secret)
    except msgspec.ValidationError as error:
        raise MailSettingsError(_sentence(error)) from None
    if settings.ca_file and not os.access(settings.ca_file, os.R_OK):
        raise MailSettingsError(f"[mail] ca_file: {settings.ca_file} cannot be read")
    return settings


def _decode_secret(kind: type, value: Any) -> Any:
    if kind is not Secret or not isinstance(value, str):
        raise TypeError("expected a text")  # without the value: it may be the password
    return Secret(value)


def _sentence(error: msgspec.ValidationError) -> str:
    """``Expected `int`, got `str` - at `$.port``` as ``[mail] port: expected int, got str``."""
    what, _, where = str(error).partition(" - at `$")
    key = where.strip("`.")
    if isinstance(error.__cause__, MailSettingsError):
        return f"[mail] {what}"
    what = what.replace("`", "")
    what = what[:1].lower() + what[1:]
    if key == "tls":
        what += "; it is one of " + ", ".join(_DEFAULT_PORTS)
    return f"[mail] {key}: {what}" if key else f"[mail]: {what}"
