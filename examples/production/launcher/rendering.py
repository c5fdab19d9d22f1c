"""Files that are written for one run: nginx' configuration, and the monitoring configuration with its ports.

Here: what those files contain. The object files of the monitoring are not copied; the copy of the main file
points at them, so that an edit there takes effect at the next reload.
"""

import os
import pwd
import re
import secrets
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from launcher.settings import HOST, Places, Ports, plugin_folder

NUMBER = re.compile(r"\d+(\s*;\s*([A-Z_]+))$", re.MULTILINE)
PLACEHOLDER = re.compile(r"\$\{([A-Z_]+)\}")


def fill(template: str, values: Mapping[str, str]) -> str:
    """A template with its `${NAME}`s replaced; any other `$name` is nginx' own and stays.

    Raises:
        KeyError: the template names something that has no value.
    """
    return PLACEHOLDER.sub(lambda match: values[match[1]], template)


def write_nginx(places: Places, ports: Ports) -> Path:
    """Writes nginx' main file, server file and pages; returns the main file."""
    shutil.rmtree(places.page_folder, ignore_errors=True)
    shutil.copytree(places.api / "nginx" / "public", places.page_folder)
    user_line = ""
    if os.geteuid() == 0:
        # Workers of a master that runs as root would drop to an account that may not read the project's folder.
        account = pwd.getpwuid(0)
        user_line = f"user {account.pw_name} root;"
    values = {
        "NGINX_USER_LINE": user_line,
        "NGINX_VAR": str(places.nginx),
        "NGINX_LOG": str(places.log / "nginx-access.log"),
        "NGINX_LISTEN": f"{HOST}:{ports.nginx}",
        "NGINX_RESOLVER": HOST,
        "PUBLIC_DIR": str(places.page_folder),
        "WSGI_ADDRESS": f"{HOST}:{ports.wsgi}",
    }
    templates = places.api / "nginx"
    server = (templates / "templates" / "default.conf.template").read_text(encoding="utf-8")
    (places.nginx / "default.conf").write_text(fill(server, values), encoding="utf-8")
    main = places.nginx / "nginx.conf"
    main.write_text(
        fill((templates / "process.conf.template").read_text(encoding="utf-8"), values), encoding="utf-8"
    )
    return main


def main_file(
    text: str, *, source: Path, own: Mapping[str, str], moved: Mapping[str, Path], without: Collection[str] = ()
) -> str:
    """The main file moved to another folder, its object files read from where they are.

    Args:
        own: directives that get another value.
        moved: object files that are read from elsewhere.
        without: object files that are left out.

    Raises:
        ValueError: the text lacks one of the directives or object files that are named.
    """
    lines, missing = [], {*own, *moved, *without}
    for line in text.splitlines():
        name, _, value = line.partition("=")
        if name == "cfg_file":
            missing.discard(value)
            if value not in without:
                lines.append(f"{name}={moved.get(value, source / value)}")
        elif name in own:
            missing.discard(name)
            lines.append(f"{name}={own[name]}")
        else:
            lines.append(line)
    if missing:
        raise ValueError(f"the main file has no {', '.join(sorted(missing))}")
    return "\n".join(lines) + "\n"


def place_file(text: str, values: Mapping[str, int]) -> str:
    """The templates for the place with this run's numbers: each stands before the name of its variable.

    Raises:
        KeyError: the text names a variable that has no value.
    """
    return NUMBER.sub(lambda match: f"{values[match[2]]}{match[1]}", text)


def resource_file(text: str, values: Mapping[str, str]) -> str:
    """The resource file with some `$USERn$` set anew.

    Raises:
        ValueError: the text lacks one of them.
    """
    for name, value in values.items():
        line = f"${name}$={value}".replace("\\", r"\\")
        text, count = re.subn(rf"^\${name}\$=.*$", line, text, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"the resource file sets ${name}$ {count} times")
    return text


def server_settings(text: str, smtp: int, token: Path) -> str:
    """atalaia.toml with the inbox's port and the file of the API's token.

    Raises:
        ValueError: the text has no such line, or several.
    """
    for pattern, line in ((r"^port = \d+", f"port = {smtp}"), (r'^token_file = ""', f'token_file = "{token}"')):
        text, count = re.subn(pattern, line.replace("\\", r"\\"), text, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"atalaia.toml has {count} lines {pattern}")
    return text


def write_token(places: Places) -> None:
    """A new token for the API, for nobody else to read."""
    places.token.unlink(missing_ok=True)
    descriptor = os.open(places.token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_hex(32) + "\n")


def write_monitoring(places: Places, ports: Ports, *, job_every: int, zookeeper: bool) -> Path:
    """Writes the monitoring configuration of this run; returns its main file."""
    source = places.production / "monitoring"
    target = places.monitoring

    def original(name: str) -> str:
        return (source / name).read_text(encoding="utf-8")

    resource, place = target / "resource.cfg", target / "process.cfg"
    folders = {"USER2": str(plugin_folder(places.root, os.environ)), "USER5": str(places.log)}
    resource.write_text(resource_file(original("resource.cfg"), folders), encoding="utf-8")
    # Two runs in a row may be missed, not three: one can be long, and each has Python to start.
    numbers = ports.by_variable() | {"CLASSIFICADOR_FRESH": int(job_every * 2.5)}
    place.write_text(place_file(original("runtime/process.cfg"), numbers), encoding="utf-8")
    (target / "atalaia.toml").write_text(
        server_settings(original("atalaia.toml"), ports.smtp, places.token), encoding="utf-8"
    )
    main = target / "nagios.cfg"
    main.write_text(
        main_file(
            original("nagios.cfg"),
            source=source,
            own={"resource_file": str(resource), "log_file": str(places.log / "nagios.log")},
            moved={"runtime/process.cfg": place},
            without=() if zookeeper else ("objects/zookeeper.cfg",),
        ),
        encoding="utf-8",
    )
    return main
