"""How an engine is reached, and what is said when it is not: sockets, TLS, ssh, servers that are something
else."""

import asyncio
import shutil
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from atalaia.containers.address import EngineAddress, parse_address
from atalaia.containers.docker import DockerObserver
from atalaia.ports.containers import Action, EngineAwayError, EngineError
from support.container_listening import listening
from support.fake_engine import FakeEngine
from support.mail_server import make_certificates
from support.running import RealClock, children, open_descriptors

FORWARDER = """#!{python}
import socket, sys, threading
print("Pseudo-terminal will not be allocated", file=sys.stderr)
if "refuse.example" in sys.argv:
    sys.exit("deploy@refuse.example: Permission denied (publickey).")
with open({log!r}, "w") as log:
    log.write(" ".join(sys.argv[1:]))
engine = socket.socket(socket.AF_UNIX)
engine.connect({socket!r})
def forward():
    while data := sys.stdin.buffer.read1(65536):
        engine.sendall(data)
    engine.shutdown(socket.SHUT_WR)
threading.Thread(target=forward, daemon=True).start()
while data := engine.recv(65536):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
"""


@asynccontextmanager
async def observing(address: EngineAddress) -> AsyncIterator[DockerObserver]:
    observer = DockerObserver(address, RealClock())
    yield observer
    await observer.close()


# --- TLS ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`ca.pem`, and the same pair for the server and, under Docker's names, for us."""
    if shutil.which("openssl") is None:
        pytest.skip("the openssl command is not installed")
    folder = make_certificates(tmp_path_factory.mktemp("certificates"))
    (folder / "cert.pem").write_bytes((folder / "server.pem").read_bytes())
    (folder / "key.pem").write_bytes((folder / "server.key").read_bytes())
    return folder


@pytest.fixture
def server_side(certificates: Path) -> ssl.SSLContext:
    """An engine that wants to see a certificate, as `dockerd --tlsverify` does."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=certificates / "ca.pem")
    context.load_cert_chain(certificates / "server.pem", certificates / "server.key")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


async def test_tls_both_ways_with_events(
    engine: FakeEngine, server_side: ssl.SSLContext, certificates: Path
) -> None:
    web = engine.add("web")
    port = await engine.up_with_tls(server_side)
    address = parse_address(f"tcp://127.0.0.1:{port}", certificates=str(certificates))
    async with observing(address) as observer, listening(observer) as (heard, _):
        engine.book.die(web, 1)
        event = await heard.event(Action.DIED, "web")

    assert event.exit_code == 1


async def test_an_engine_with_a_certificate_of_a_stranger_is_not_trusted(
    engine: FakeEngine, server_side: ssl.SSLContext
) -> None:
    port = await engine.up_with_tls(server_side)
    async with observing(parse_address(f"https://127.0.0.1:{port}")) as observer:
        with pytest.raises(EngineAwayError, match="certificate is not trusted"):
            await observer.ping()


async def test_an_engine_under_another_name_is_not_trusted(
    engine: FakeEngine, server_side: ssl.SSLContext, certificates: Path
) -> None:
    port = await engine.up_with_tls(server_side)
    async with observing(parse_address(f"tcp://127.0.0.2:{port}", certificates=str(certificates))) as observer:
        with pytest.raises(EngineAwayError):
            await observer.ping()


# --- ssh ------------------------------------------------------------------------------------------------------


@pytest.fixture
def ssh_log(engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `ssh` that leads to the fake engine, and notes how it was called."""
    program, log = tmp_path / "ssh", tmp_path / "ssh.log"
    program.write_text(FORWARDER.format(python=sys.executable, log=str(log), socket=str(engine.socket)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return log


async def test_ssh_carries_questions_and_events_and_leaves_no_process(
    engine: FakeEngine, ssh_log: Path
) -> None:
    web = engine.add("web")
    before = children()
    async with (
        observing(parse_address("ssh://deploy@engine.example")) as observer,
        listening(observer) as (heard, _),
    ):
        engine.book.die(web, 1)
        event = await heard.event(Action.DIED, "web")

    assert event.exit_code == 1
    assert ssh_log.read_text().endswith("-l deploy -- engine.example docker system dial-stdio")
    assert children() == before


async def test_what_ssh_complains_about_is_told(ssh_log: Path) -> None:
    async with observing(parse_address("ssh://deploy@refuse.example")) as observer:
        with pytest.raises(EngineAwayError, match=r"Permission denied \(publickey\)"):
            await observer.ping()


# --- engines that are away, or no engines ---------------------------------------------------------------------


@pytest.mark.parametrize("text", ["unix:///nowhere/engine.sock", "tcp://127.0.0.1:1"])
async def test_an_engine_that_is_away_is_named(text: str) -> None:
    async with observing(parse_address(text)) as observer:
        with pytest.raises(EngineAwayError, match=text) as caught:
            await observer.ping()

    assert caught.value.retryable


@asynccontextmanager
async def server(folder: Path, answer: bytes) -> AsyncIterator[EngineAddress]:
    """Something that answers everything with the same bytes and hangs up."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    listening_server = await asyncio.start_unix_server(serve, folder / "s")
    yield parse_address(str(folder / "s"))
    listening_server.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"220 mail.example ESMTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>no</html>",
    ],
    ids=["another protocol", "broken chunks", "another JSON", "a web page"],
)
async def test_what_is_no_engine_is_told_as_such(tmp_path: Path, answer: bytes) -> None:
    async with server(tmp_path, answer) as address, observing(address) as observer:
        with pytest.raises(EngineError, match=r"no container engine|makes no sense"):
            await observer.containers()


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}"],
    ids=["nothing", "half a head", "half a body"],
)
async def test_an_answer_that_breaks_off_is_an_engine_that_is_away(tmp_path: Path, answer: bytes) -> None:
    async with server(tmp_path, answer) as address, observing(address) as observer:
        with pytest.raises(EngineAwayError, match="connection was lost"):
            await observer.containers()


@pytest.mark.parametrize(("api", "oldest"), [("1.40", "1.12"), ("1.99", "1.60")], ids=["too old", "too new"])
async def test_an_engine_of_another_age_is_refused_with_what_is_supported(
    tmp_path: Path, api: str, oldest: str
) -> None:
    engine = FakeEngine(tmp_path / "e", api=api, oldest=oldest)
    async with engine, observing(parse_address(str(engine.socket))) as observer:
        with pytest.raises(EngineError, match=r"1\.41 to 1\.52 is supported"):
            await observer.containers()


async def test_a_newer_engine_is_asked_in_the_newest_version_that_is_known(tmp_path: Path) -> None:
    engine = FakeEngine(tmp_path / "e", api="1.99", oldest="1.44")
    async with engine, observing(parse_address(str(engine.socket))) as observer:
        await observer.containers()

    assert engine.requests[-1].path == "/v1.52/containers/json"


async def test_questions_share_connections(engine: FakeEngine, observer: DockerObserver) -> None:
    engine.add("web")
    before = len(open_descriptors())
    for _ in range(20):
        await observer.containers()
        await observer.inspect("web")

    # One on our side, one on the engine's, which lives in this process too.
    assert len(open_descriptors()) == before + 2


async def test_a_connection_that_the_engine_closed_meanwhile_is_replaced(
    engine: FakeEngine, observer: DockerObserver
) -> None:
    await observer.containers()
    await engine.restart(away=0.0)

    assert await observer.containers() == []


async def test_one_that_hangs_is_waited_for_once(
    engine: FakeEngine, observer: DockerObserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atalaia.containers.docker.PING_WITHIN", 0.1)
    await observer.containers()
    engine.faults.deaf = True
    with pytest.raises(EngineAwayError, match="no answer within"):
        await observer.ping()

    assert [one.path for one in engine.requests].count("/_ping") == 1


async def test_nothing_stays_open_after_close(engine: FakeEngine, observer: DockerObserver) -> None:
    before = open_descriptors()
    source = await observer.subscribe()
    await observer.containers()
    await source.close()
    await observer.close()
    await asyncio.sleep(0.05)

    assert len(open_descriptors()) == len(before)
