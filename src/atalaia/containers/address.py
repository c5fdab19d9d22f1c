"""Where a container engine is reached: what an address means and what the usual environment variables say.

Here: reading settings. Not here: connecting (`transport`).
"""

import ssl
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

ROOTFUL = "/var/run/docker.sock"
PLAIN_PORT = 2375
TLS_PORT = 2376


class AddressError(ValueError):
    """An address or its certificates will not do; the sentence says why."""


class EngineAddress(msgspec.Struct, frozen=True, kw_only=True):
    """One container engine. Exactly one of `socket`, `host` and `ssh` says how it is reached."""

    text: str
    """As people write it."""
    socket: str = ""
    """Path of a Unix socket."""
    host: str = ""
    port: int = 0
    tls: bool = False
    certificates: str = ""
    """For TLS: folder with ``ca.pem``, ``cert.pem`` and ``key.pem`` as Docker names them; empty trusts the
    machine's authorities and shows no certificate of our own."""
    ssh: tuple[str, ...] = ()
    """The command whose standard input and output are the connection."""

    @property
    def http_host(self) -> str:
        """What goes into the Host header."""
        if not self.host:
            return "docker"
        return f"[{self.host}]" if ":" in self.host else self.host


def parse_address(text: str, *, tls: bool = False, certificates: str = "") -> EngineAddress:
    """Reads ``unix://PATH``, a plain path, ``tcp://HOST[:PORT]``, ``https://HOST[:PORT]`` or
    ``ssh://[USER@]HOST[:PORT][/PATH]``.

    Args:
        text: the address.
        tls: speak TLS over ``tcp://`` too.
        certificates: see `EngineAddress`; given, they imply `tls`.

    Raises:
        AddressError: it is none of these.
    """
    if text.startswith("/"):
        text = f"unix://{text}"
    parts = urlsplit(text)
    try:
        port = parts.port
    except ValueError:
        raise AddressError(f"The container engine's address {text!r} has a port that is no number.") from None
    if parts.scheme == "unix":
        path = unquote(parts.netloc + parts.path)
        if not path.startswith("/"):
            raise AddressError(f"The container engine's address {text!r} needs a full path: unix:///PATH.")
        return EngineAddress(text=text, socket=path)
    if not parts.hostname:
        raise AddressError(
            f"The container engine's address {text!r} cannot be read. Write unix:///PATH, tcp://HOST:PORT or"
            " ssh://USER@HOST."
        )
    if parts.scheme in ("tcp", "http", "https"):
        secure = tls or bool(certificates) or parts.scheme == "https"
        return EngineAddress(
            text=text,
            host=parts.hostname,
            port=port or (TLS_PORT if secure else PLAIN_PORT),
            tls=secure,
            certificates=certificates,
        )
    if parts.scheme == "ssh":
        return EngineAddress(text=text, ssh=_ssh_command(parts.hostname, port, parts.username, parts.path))
    raise AddressError(
        f"The container engine's address {text!r} begins with {parts.scheme}://, which is not supported."
        " Use unix://, tcp:// or ssh://."
    )


def _ssh_command(host: str, port: int | None, user: str | None, path: str) -> tuple[str, ...]:
    """Docker's own way over ssh. BatchMode: a server has nobody who could type a password."""
    remote = ("docker", *(("--host", f"unix://{path}") if path.strip("/") else ()), "system", "dial-stdio")
    return (
        *("ssh", "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=15"),
        *(("-p", str(port)) if port else ()),
        *(("-l", user) if user else ()),
        *("--", host, *remote),
    )


def address_from_environment(environment: Mapping[str, str]) -> EngineAddress:
    """What DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say, as Docker's own client reads them; without
    DOCKER_HOST the socket that is there: the machine's engine, then the user's own (rootless), then Podman's.

    With TLS the engine's certificate is always verified.

    Raises:
        AddressError: DOCKER_HOST cannot be read.
    """
    if text := environment.get("DOCKER_HOST", "").strip():
        certificates = environment.get("DOCKER_CERT_PATH", "")
        tls = bool(environment.get("DOCKER_TLS_VERIFY"))
        if tls and not certificates:
            usual = Path(environment.get("HOME", "/")) / ".docker"
            certificates = str(usual) if (usual / "ca.pem").exists() else ""
        return parse_address(text, tls=tls, certificates=certificates)
    own = environment.get("XDG_RUNTIME_DIR", "")
    candidates = [ROOTFUL]
    if own:
        candidates += [f"{own}/docker.sock", f"{own}/podman/podman.sock"]
    candidates.append("/run/podman/podman.sock")
    there = next((path for path in candidates if Path(path).exists()), ROOTFUL)
    return parse_address(f"unix://{there}")


def tls_context(address: EngineAddress) -> ssl.SSLContext | None:
    """How to speak TLS with the engine; None when it is not spoken. Reads files.

    Raises:
        AddressError: a certificate is missing or cannot be read.
    """
    if not address.tls:
        return None
    if not address.certificates:
        return ssl.create_default_context()
    folder = Path(address.certificates)
    try:
        context = ssl.create_default_context(cafile=folder / "ca.pem")
        if (folder / "cert.pem").exists():
            context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    except OSError as error:  # ssl.SSLError is one
        raise AddressError(
            f"The certificates for {address.text} in {folder} cannot be used: {error.strerror or error}."
            " Put ca.pem, cert.pem and key.pem there."
        ) from error
    return context
