"""The `[mail]` table of atalaia.toml."""

from pathlib import Path
from typing import Any

import pytest

from atalaia.channels.mail import MailSettings, MailSettingsError, decode_mail_settings

HERE = Path()
SENDER = {"sender": "Atalaia <atalaia@example.com>"}


def refusal(table: dict[str, Any]) -> str:
    with pytest.raises(MailSettingsError) as caught:
        decode_mail_settings(table, HERE)
    return str(caught.value)


def test_a_sender_is_enough_for_a_mail_server_on_this_machine() -> None:
    settings = decode_mail_settings(SENDER, HERE)

    assert (settings.host, settings.effective_port, settings.encryption) == ("localhost", 25, "none")


@pytest.mark.parametrize(
    ("table", "port", "encryption"),
    [
        ({"host": "mail.example.com"}, 587, "starttls"),
        ({"host": "mail.example.com", "tls": "tls"}, 465, "tls"),
        ({"host": "mail.example.com", "tls": "none"}, 25, "none"),
        ({"host": "127.0.0.1"}, 25, "none"),
        ({"host": "::1"}, 25, "none"),
        ({"host": "mail.example.com", "port": 2525}, 2525, "starttls"),
    ],
)
def test_port_and_encryption_follow_from_each_other(table: dict[str, Any], port: int, encryption: str) -> None:
    settings = decode_mail_settings(SENDER | table, HERE)

    assert (settings.effective_port, settings.encryption) == (port, encryption)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"hots": "x"}, "[mail] hots: unknown key; did you mean host?"),
        ({"xyzzy": 1}, "[mail] xyzzy: unknown key"),
        ({"port": 0}, "[mail] port: expected int >= 1"),
        ({"port": "25"}, "[mail] port: expected int | null, got str"),
        ({"tls": "ssl"}, "[mail] tls: invalid enum value 'ssl'; it is one of none, starttls, tls"),
        ({"timeout": 0}, "[mail] timeout: expected float > 0.0"),
        ({"sender": "nobody"}, "[mail] sender: 'nobody' is not a mail address"),
        ({"sender": ""}, "[mail] sender: the address is empty"),
        ({"host": "a b"}, "[mail] host and helo must be names without blanks"),
        ({"helo": "a\r\nRCPT"}, "[mail] host and helo must be names without blanks"),
        ({"time_zone": "Mars/Olympus"}, "[mail] time_zone: there is no zone called 'Mars/Olympus'"),
        ({"ca_file": "nowhere.pem"}, "[mail] ca_file: nowhere.pem cannot be read"),
        ({"username": "u"}, "[mail] username: needs password, password_file or password_env"),
        ({"password": "p"}, "[mail] password: needs username"),
        (
            {"username": "u", "password": "p", "password_env": "P"},
            "[mail] password_env: the password is given already by password",
        ),
        (
            {"host": "mail.example.com", "tls": "none", "username": "u", "password": "p"},
            (
                '[mail] tls: "none" would send the password readable by anybody on the way to '
                'mail.example.com; use "starttls" or "tls"'
            ),
        ),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence_that_names_the_key(
    table: dict[str, Any], sentence: str
) -> None:
    assert refusal(SENDER | table) == sentence


def test_a_missing_sender_is_named() -> None:
    assert refusal({"host": "localhost"}) == "[mail]: object missing required field sender"


@pytest.mark.parametrize("password", ["hunter2", 12345])
def test_a_password_is_never_shown(password: str | int) -> None:
    try:
        shown = repr(decode_mail_settings(SENDER | {"username": "u", "password": password}, HERE))
    except MailSettingsError as error:
        shown = str(error)

    assert str(password) not in shown


def test_the_password_may_stand_in_a_file_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("pass word \n")
    settings = decode_mail_settings(SENDER | {"username": "u", "password_file": "secret"}, tmp_path)

    assert settings.read_password() == "pass word "


def test_the_password_file_is_read_each_time(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("old")
    settings = decode_mail_settings(SENDER | {"username": "u", "password_file": "secret"}, tmp_path)

    (tmp_path / "secret").write_text("new")

    assert settings.read_password() == "new"


def test_the_password_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATALAIA_MAIL_PASSWORD", "from outside")
    settings = decode_mail_settings(SENDER | {"username": "u", "password_env": "ATALAIA_MAIL_PASSWORD"}, HERE)

    assert settings.read_password() == "from outside"


@pytest.mark.parametrize(
    ("table", "start"),
    [
        ({"password_file": "nowhere"}, "password_file: cannot be read: "),
        (
            {"password_env": "NO_SUCH_VARIABLE"},
            "password_env: the environment has no variable NO_SUCH_VARIABLE",
        ),
    ],
)
def test_a_password_that_is_not_there_is_reported(table: dict[str, str], start: str) -> None:
    settings = decode_mail_settings(SENDER | {"username": "u"} | table, HERE)

    with pytest.raises(MailSettingsError) as caught:
        settings.read_password()

    assert str(caught.value).startswith(start)


def test_every_key_of_the_table_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "notifications.md"

    undocumented = [
        key for key in MailSettings.__struct_fields__ if f"| `{key}` |" not in page.read_text("utf-8")
    ]

    assert undocumented == []
