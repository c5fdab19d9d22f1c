"""Files that are written for one run: nginx' configuration, and the monitoring configuration with its ports.

Here: what those files contain. The object files of the monitoring are not copied; the copy of the main file
points at them, so that an edit there takes effect at the next reload.
"""

import os
import pwd
import re
from collections.abc import Mapping
from pathlib import Path

from launcher.settings import HOST, Places, Ports

PLACEHOLDER = re.compile(r"\$\{([A-Z_]+)\}")


def fill(template: str, values: Mapping[str, str]) -> str:
    """A template with its `${NAME}`s replaced; any other `$name` is nginx' own and stays.

    Raises:
        KeyError: the template names something that has no value.
    """
    return PLACEHOLDER.sub(lambda match: values[match[1]], template)


def write_nginx(places: Places, ports: Ports) -> Path:
    """Writes nginx' main file and server file; returns the main file."""
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
        "PUBLIC_DIR": str(places.api / "nginx" / "public"),
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


def main_file(text: str, *, source: Path, own: Mapping[str, str]) -> str:
    """The main file moved to another folder: object files stay where they are, `own` directives are replaced.

    Raises:
        ValueError: the text lacks one of the directives that are to be replaced.
    """
    lines, replaced = [], set()
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals and name in ("cfg_file", "cfg_dir"):
            lines.append(f"{name}={source / value}")
        elif equals and name in own:
            lines.append(f"{name}={own[name]}")
            replaced.add(name)
        else:
            lines.append(line)
    if missing := sorted(set(own) - replaced):
        raise ValueError(f"the main file has no {', '.join(missing)}")
    return "\n".join(lines) + "\n"


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


def server_settings(text: str, smtp: int) -> str:
    """atalaia.toml with the inbox's port.

    Raises:
        ValueError: the text has no `port` line, or several.
    """
    text, count = re.subn(r"^port = \d+$", f"port = {smtp}", text, flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"atalaia.toml has {count} lines `port = …`")
    return text


def write_monitoring(places: Places, ports: Ports) -> Path:
    """Writes the main file, the resource file and atalaia.toml for this run; returns the main file."""
    source = places.production / "monitoring"
    target = places.monitoring
    resource = target / "resource.cfg"
    resource.write_text(
        resource_file(
            (source / "resource.cfg").read_text(encoding="utf-8"),
            {"USER3": str(ports.nginx), "USER4": str(ports.wsgi), "USER5": str(places.log)},
        ),
        encoding="utf-8",
    )
    (target / "atalaia.toml").write_text(
        server_settings((source / "atalaia.toml").read_text(encoding="utf-8"), ports.smtp), encoding="utf-8"
    )
    main = target / "nagios.cfg"
    own = {"resource_file": str(resource), "log_file": str(places.log / "nagios.log")}
    main.write_text(
        main_file((source / "nagios.cfg").read_text(encoding="utf-8"), source=source, own=own), encoding="utf-8"
    )
    return main
