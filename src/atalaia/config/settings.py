"""Server settings that are no Nagios directives: one `atalaia.toml`, overridden by environment variables.

Everything here has a default; most installations need no file at all, or only the `[mail]` table. What a
channel's table may hold is the channel's business: it is handed over as it stands.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from atalaia.core.telling import Recoveries

FILE_NAME = "atalaia.toml"


class SettingsError(Exception):
    """The settings cannot be used; the sentence names the file and the key."""


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[server]` table."""

    listen: str = "127.0.0.1:8420"
    """HOST:PORT of the page and the API (ATALAIA_LISTEN)."""
    data: str = ""
    """Folder for what must survive a restart (ATALAIA_DATA)."""
    url: str = ""
    """How people reach the page, for links in messages; empty: the listening address."""
    names: tuple[str, ...] = ()
    """Further host names under which the page may be asked for."""
    language: str = "en"
    """Language of messages to contacts without `_LANGUAGE`."""


class ApiSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[api]` table."""

    token_file: str = ""
    """File whose content allows a program to send commands; empty: nobody can."""


class NotificationSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[notifications]` table."""

    recoveries: Recoveries = Recoveries.COMPLETE
    """Who hears that a problem is over: ``complete`` (whom Nagios' rules name, and who else was told of
    the problem), ``nagios``, or ``told`` (exactly those who were told)."""
    give_up_after_hours: Annotated[float, msgspec.Meta(gt=0)] = 72.0
    """Hours after which a message that no channel takes is given up, with an alarm."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    server: ServerSettings = ServerSettings()
    api: ApiSettings = ApiSettings()
    notifications: NotificationSettings = NotificationSettings()
    mail: dict[str, Any] | None = None
    """The `[mail]` table; None when there is none."""


def read_settings(path: Path | None, beside: Path, env: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `path`, else from `atalaia.toml` beside the configuration, else the defaults.

    Raises:
        SettingsError: unreadable file, no TOML, unknown key, wrong type.
    """
    where = path
    if where is None:
        folder = beside if beside.is_dir() else beside.parent
        where = folder / FILE_NAME if (folder / FILE_NAME).is_file() else None
    settings = _decode(where) if where else Settings()
    server = settings.server
    overrides = {
        "listen": env.get("ATALAIA_LISTEN", server.listen),
        "data": env.get("ATALAIA_DATA", server.data),
        "url": env.get("ATALAIA_URL", server.url),
    }
    return msgspec.structs.replace(settings, server=msgspec.structs.replace(server, **overrides))


SHORTEST_TOKEN = 16
"""Characters below which a token could be guessed."""


def read_token(settings: Settings) -> str:
    """The content of the token file; empty when none is set.

    Raises:
        SettingsError: it cannot be read, or is too short to be a secret.
    """
    if not settings.api.token_file:
        return ""
    try:
        token = Path(settings.api.token_file).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"[api] token_file {settings.api.token_file}: {error}") from error
    if len(token) < SHORTEST_TOKEN:
        raise SettingsError(
            f"[api] token_file {settings.api.token_file}: a token of less than {SHORTEST_TOKEN} characters can "
            "be guessed; make one with: openssl rand -hex 32"
        )
    return token


def _decode(path: Path) -> Settings:
    try:
        settings = msgspec.toml.decode(path.read_bytes(), type=Settings)
        located = str(path.parent / settings.api.token_file) if settings.api.token_file else ""
        return msgspec.structs.replace(settings, api=ApiSettings(token_file=located))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
