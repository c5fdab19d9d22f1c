"""Mail servers on the loopback address: a real one that keeps what it gets, and one that follows a script."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class ReceivedMail(NamedTuple):
    """One mail as it arrived."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def parsed(self) -> EmailMessage:
        """The mail as a mail reader sees it."""
        mail = message_from_bytes(self.raw, policy=default)
        assert isinstance(mail, EmailMessage)
        return mail

    @property
    def text(self) -> str:
        """The plain text."""
        content = self.parsed.get_content()
        assert isinstance(content, str)
        return content.replace("\r\n", "\n")


class MailServer:
    """An aiosmtpd server in the test's own loop. `answers` overrides the reply to MAIL, RCPT or DATA, or to
    RCPT for one address."""

    def __init__(
        self,
        *,
        encryption: str = "none",
        certificates: Path | None = None,
        users: dict[str, str] | None = None,
        smtputf8: bool = True,
    ) -> None:
        self.received: list[ReceivedMail] = []
        self.answers: dict[str, str] = {}
        self.connections = 0
        self.greeted_as = ""
        self.signed_in_as = ""
        self.encrypted = False
        self.port = 0
        self.holding: asyncio.Event | None = None
        """When set to an event: the next mail is taken in full, the event is set, and the answer comes
        only 0.1 s later."""
        self._encryption = encryption
        self._users = users
        self._smtputf8 = smtputf8
        self._context = _server_context(certificates) if certificates else None
        self._server: asyncio.Server | None = None
        self.transports: list[asyncio.BaseTransport] = []

    async def start(self, port: int = 0) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._protocol, "127.0.0.1", port, ssl=self._context if self._encryption == "tls" else None
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stops listening and drops all connections."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.drop_connections()
        await asyncio.sleep(0.01)

    def drop_connections(self) -> None:
        for transport in self.transports:
            transport.close()
        self.transports.clear()

    def _protocol(self) -> SMTP:
        server = self

        class Remembered(SMTP):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                server.transports.append(transport)
                super().connection_made(transport)

        self.connections += 1
        wanted: dict[str, Any] = {"enable_SMTPUTF8": self._smtputf8, "hostname": "mail.test"}
        if self._encryption == "starttls":
            wanted |= {"tls_context": self._context, "require_starttls": True}
        if self._users is not None:
            wanted |= {"auth_required": True, "authenticator": self._authenticate}
            wanted |= {"auth_require_tls": self._encryption == "starttls"}
        return Remembered(self, loop=asyncio.get_running_loop(), **wanted)

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, way: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        assert self._users is not None
        name = data.login.decode()
        right = self._users.get(name) == data.password.decode()
        self.signed_in_as = name if right else ""
        return AuthResult(success=right, handled=False)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd finds its hooks by these names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greeted_as = hostname
        assert server.transport is not None
        self.encrypted = server.transport.get_extra_info("sslcontext") is not None
        return responses

    async def handle_MAIL(  # noqa: N802 - see above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - see above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, self.answers.get("RCPT", "250 OK"))
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - see above
        if "DATA" in self.answers:
            return self.answers["DATA"]
        if self.holding is not None:
            holding, self.holding = self.holding, None
            holding.set()
            await asyncio.sleep(0.1)
        assert isinstance(envelope.content, bytes)
        self.received.append(ReceivedMail(envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content))
        return "250 taken"


@asynccontextmanager
async def raw_server(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[int]:
    """A server that follows `talk` for each connection; gives its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client left: what the script had to show has been shown
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await asyncio.sleep(0.01)


def make_certificates(folder: Path) -> Path:
    """An authority (`ca.pem`) and a certificate for localhost and 127.0.0.1 that it signed, valid for a day."""
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    (folder / "names.cnf").write_text(names + "\n")
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    for command in (
        f"req -x509 {key} -days 1 -subj /CN=test-authority -keyout ca.key -out ca.pem",
        f"req {key} -subj /CN=localhost -keyout server.key -out server.csr",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names.cnf -out server.pem",
    ):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
    return folder


def _server_context(certificates: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates / "server.pem", certificates / "server.key")
    return context
