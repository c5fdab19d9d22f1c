"""The wiring: picks the real clock, store, runner and channels, and hands them to each other.

The only module that knows every sibling package. Nothing is decided here but who talks to whom, and what is
said when the server cannot start.
"""

import asyncio
import os
import resource
import signal
import sys
from collections.abc import Iterator
from datetime import tzinfo
from functools import partial
from pathlib import Path

import msgspec
import structlog

from atalaia import __version__
from atalaia.channels.command import CommandChannel
from atalaia.channels.mail import MailChannel, MailSettingsError, decode_mail_settings
from atalaia.config.load import Loaded, load
from atalaia.config.render import as_text, render
from atalaia.config.settings import Settings, SettingsError, read_settings, read_token
from atalaia.config.zone import local_zone
from atalaia.core.effects import WishKind
from atalaia.core.objects import Model
from atalaia.core.telling import CHANNEL_VARIABLE
from atalaia.engine.composer import Links
from atalaia.engine.control import ServerControl
from atalaia.engine.pipeline import IDS
from atalaia.engine.server import CLEAN, STOPPED, Server
from atalaia.engine.system_clock import SystemClock
from atalaia.interop.files import Interop
from atalaia.interop.retention import read_retention_file
from atalaia.interop.surroundings import Surroundings
from atalaia.logs import set_up_logs
from atalaia.ports.channels import Channel
from atalaia.ports.configuration import LoadOutcome
from atalaia.ports.storage import Batch, Memory, StorageError
from atalaia.runners.spawn import SpawnRunner
from atalaia.storage.data_folder import DataFolder
from atalaia.storage.sqlite import SqliteStore
from atalaia.texts import preload
from atalaia.web.app import WebSettings, create_app
from atalaia.web.server import WebError, WebServer, parse_listen

log = structlog.get_logger(__name__)

MANY_FILES = 65536
"""Open files to ask for: each running check needs three."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line of `atalaia run` said; None where it said nothing."""

    path: Path
    listen: str | None = None
    data: Path | None = None
    settings: Path | None = None
    log_format: str = "auto"


class StartError(Exception):
    """The server cannot start; the sentences say why and what to do."""


def serve(options: Options) -> int:
    """Runs the server until it is told to stop.

    Returns:
        0 after an orderly end, 1 when it could not start.
    """
    set_up_logs(options.log_format)
    try:
        asyncio.run(_serve(options))
    except StartError as error:
        print(f"atalaia: {error}", file=sys.stderr)  # noqa: T201 - why the command failed belongs on stderr
        return 1
    return 0


async def _serve(options: Options) -> None:
    await asyncio.to_thread(preload)
    model = _first_load(options.path)
    settings = _settings(options)
    listen = options.listen or settings.server.listen
    try:
        host, port = parse_listen(listen)
        folder = DataFolder.open(_data_folder(options, settings))
    except (WebError, StorageError) as error:
        raise StartError(str(error)) from error
    try:
        await _run(options, settings, model, folder, host, port)
    finally:
        folder.close()


async def _run(
    options: Options, settings: Settings, model: Model, folder: DataFolder, host: str, port: int
) -> None:
    clock = SystemClock()
    _allow_many_files()
    token, tz = _token(settings), local_zone(model.settings.use_timezone)
    try:
        store = SqliteStore(folder.database)
        memory, notes = _remembered(store, model, tz)
    except StorageError as error:
        raise StartError(str(error)) from error
    runner = SpawnRunner(clock, asyncio.get_running_loop())
    channels = _channels(settings, options, clock, runner)
    _warn_of_missing_channels(model, channels)
    links = Links(base=settings.server.url.rstrip("/"), language=settings.server.language)
    server = Server(
        model=model,
        memory=memory,
        store=store,
        runner=runner,
        channels=channels,
        clock=clock,
        tz=tz,
        load=partial(_load_again, options.path),
        config_path=str(options.path),
        version=__version__,
        links=links,
        recoveries=settings.notifications.recoveries,
        give_up_after=settings.notifications.give_up_after_hours * 3600.0,
    )
    app = create_app(
        ServerControl(server), settings=WebSettings(listen_host=host, names=settings.server.names, token=token)
    )
    web = WebServer(app, host, port)
    try:
        await web.start()
    except WebError as error:
        store.close()
        raise StartError(str(error)) from error
    links.base = links.base or web.address
    _attach_files(server, model, runner, notes)
    _listen_to_signals(server)
    log.info(
        "watching",
        page=web.address,
        hosts=len(model.hosts),
        services=len(model.services),
        data=str(folder.path),
        pid=os.getpid(),
    )
    _say(f"Atalaia watches {len(model.hosts)} hosts and {len(model.services)} services: {web.address}")
    try:
        await server.run()
    finally:
        await web.stop()
        for channel in channels.values():
            await channel.close()
        store.close()


def _token(settings: Settings) -> str:
    try:
        return read_token(settings)
    except SettingsError as error:
        raise StartError(str(error)) from error


def _remembered(store: SqliteStore, model: Model, tz: tzinfo) -> tuple[Memory, list[str]]:
    """What the run before left; at the very first start, what a Nagios left in its retention file.

    Returns:
        The memory, and lines for the log about where it comes from.
    """
    memory, path = store.load(), model.settings.state_retention_file
    if memory.states or not (model.settings.retain_state_information and path):
        return memory, []
    try:
        found = read_retention_file(Path(path), model, tz)
    except FileNotFoundError:
        return memory, []
    except OSError as error:
        log.warning("the retention file of a Nagios cannot be read", path=path, error=error.strerror)
        return memory, [f"Warning: state_retention_file {path} cannot be read: {error.strerror}"]
    for problem in found.problems:
        log.warning("the retention file of a Nagios is not whole", path=path, problem=problem)
    log.info("took over what a Nagios knew", path=path, found=found.summary())
    store.write(
        Batch(
            states=found.states,
            comments={one.id: one for one in found.comments},
            downtimes={one.id: one for one in found.downtimes},
            changes=dict(found.changes),
            contacts=dict(found.contacts),
            values={IDS: msgspec.json.encode(found.ids).decode(), CLEAN: "1", STOPPED: str(found.written)},
        )
    )
    warnings = [f"Warning: state_retention_file {path}: {problem}" for problem in found.problems]
    return store.load(), [f"Took over the state in {path}: {found.summary()}", *warnings]


def _attach_files(server: Server, model: Model, runner: SpawnRunner, notes: list[str]) -> None:
    """Has the server write and read the files of the main file."""
    files = Interop(
        Surroundings(
            world=server.world,
            clock=server.clock,
            runner=runner,
            door=server.intake,
            alarms=server.health,
            version=__version__,
            log_line=server.log_line,
            perfdata_line=server.composer.perfdata_line,
            objects_text=_object_cache,
        ),
        model,
        notes,
    )
    server.recorder.outlets += [files.log, files.statistics]
    server.checker.on_begin = files.statistics.check_begun
    server.pipeline.perfdata = files.perfdata
    server.on_wish |= {
        WishKind.SAVE_STATE: files.save_state,
        WishKind.READ_STATE: files.read_state,
        WishKind.PROCESS_FILE: files.process_file,
    }
    server.at_start.append(files.start)
    server.alongside.append(files.run)
    server.on_reload.append(files.reload)
    server.at_stop.append(files.stop_reading)
    server.at_end.append(files.stop)


def _object_cache(model: Model) -> Iterator[str]:
    yield "# All objects, resolved, written by Atalaia for programs that read Nagios' object cache.\n\n"
    for kind, rows in render(model):
        yield as_text(kind, rows)


def _first_load(path: Path) -> Model:
    outcome = _outcome(load(path))
    for warning in outcome.warnings:
        log.warning(warning)
    if outcome.model is None:
        lines = "\n".join(outcome.errors)
        raise StartError(f"the configuration has errors:\n{lines}\nTry: atalaia verify {path}")
    return outcome.model


def _load_again(path: Path) -> LoadOutcome:
    return _outcome(load(path))


def _outcome(loaded: Loaded) -> LoadOutcome:
    return LoadOutcome(
        model=loaded.model,
        errors=tuple(str(one) for one in loaded.problems.errors()),
        warnings=tuple(str(one) for one in loaded.problems.warnings()),
    )


def _settings(options: Options) -> Settings:
    try:
        return read_settings(options.settings, options.path)
    except SettingsError as error:
        raise StartError(str(error)) from error


def _data_folder(options: Options, settings: Settings) -> Path:
    if options.data is not None:
        return options.data
    if settings.server.data:
        return Path(settings.server.data)
    if os.geteuid() == 0:
        return Path("/var/lib/atalaia")
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(state).expanduser() / "atalaia"


def _channels(
    settings: Settings, options: Options, clock: SystemClock, runner: SpawnRunner
) -> dict[str, Channel]:
    channels: dict[str, Channel] = {"command": CommandChannel(runner)}
    if settings.mail is not None:
        folder = (options.settings or options.path).resolve()
        try:
            mail = decode_mail_settings(settings.mail, folder if folder.is_dir() else folder.parent)
        except MailSettingsError as error:
            raise StartError(str(error)) from error
        channels["mail"] = MailChannel(mail, clock)
    return channels


def _warn_of_missing_channels(model: Model, channels: dict[str, Channel]) -> None:
    for contact in model.contacts.values():
        wanted = contact.custom.get(CHANNEL_VARIABLE, "").strip().lower()
        if wanted and wanted not in channels:
            log.warning(
                "a contact wants a channel that is not set up; its messages wait",
                contact=contact.contact_name,
                channel=wanted,
                hint=f"add a [{wanted}] table to atalaia.toml",
            )


def _listen_to_signals(server: Server) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        loop.add_signal_handler(number, server.stop, signal.Signals(number).name)
    loop.add_signal_handler(signal.SIGHUP, server.reload, "SIGHUP")


def _allow_many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MANY_FILES if hard == resource.RLIM_INFINITY else min(hard, MANY_FILES)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _say(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201 - the address is what the person who typed the command waits for
