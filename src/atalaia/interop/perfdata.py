"""Performance data files: a line per result by a template of the main file, and the command that takes the file
away from time to time."""

import asyncio
from collections.abc import Mapping
from functools import partial

import msgspec
import structlog

from atalaia.core.command_line import split
from atalaia.core.macros import MacroContext, environment, expand_command
from atalaia.core.objects import CommandCall, MainSettings, ObjectKey
from atalaia.core.results import RawResult
from atalaia.core.runtime import Runtime
from atalaia.interop.appender import Appender, Target
from atalaia.interop.surroundings import Surroundings
from atalaia.interop.targets import FileTarget, PipeTarget
from atalaia.ports.runner import Job

DEFAULT_TEMPLATES: Mapping[str, str] = {
    "host": "[HOSTPERFDATA]\t$TIMET$\t$HOSTNAME$\t$HOSTEXECUTIONTIME$\t$HOSTOUTPUT$\t$HOSTPERFDATA$",
    "service": (
        "[SERVICEPERFDATA]\t$TIMET$\t$HOSTNAME$\t$SERVICEDESC$\t$SERVICEEXECUTIONTIME$\t$SERVICELATENCY$\t"
        "$SERVICEOUTPUT$\t$SERVICEPERFDATA$"
    ),
}

PIPE_LIMIT = 1024 * 1024
"""Bytes that wait for the reader of a pipe at most; newer lines are dropped then."""

NO_LIMIT = 24 * 3600.0
"""Seconds that stand for "no limit" of the processing command."""

log = structlog.get_logger(__name__)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the main file says about one of the two files."""

    path: str
    mode: str
    template: str
    interval: int
    command: CommandCall | None
    empties: bool
    """Results without performance data make a line, too."""


def wanted(kind: str, settings: MainSettings) -> Wanted:
    """The directives for ``host`` or ``service``."""

    def of(name: str) -> object:
        return getattr(settings, f"{kind}_perfdata_{name}")

    template = str(of("file_template")) or DEFAULT_TEMPLATES[kind]
    command = of("file_processing_command")
    interval = of("file_processing_interval")
    return Wanted(
        path=str(of("file")),
        mode=str(of("file_mode"))[:1],
        template=with_signs(template),
        interval=interval if isinstance(interval, int) else 0,
        command=command if isinstance(command, CommandCall) else None,
        empties=bool(of("process_empty_results")),
    )


def with_signs(template: str) -> str:
    """A template with its tabs and line ends; other backslashes stay."""
    parts = template.split("\\")
    text = parts[0]
    for part in parts[1:]:
        sign = _SIGNS.get(part[:1])
        text += f"\\{part}" if sign is None else sign + part[1:]
    return text


_SIGNS = {"t": "\t", "n": "\n", "r": "\r"}


class Perfdata:
    """Implements `atalaia.ports.outlets.PerfdataOutlet`: one file for hosts, one for services."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._files: dict[str, _File] = {}

    def take(self, key: ObjectKey, seen: Runtime) -> None:
        """One processed result."""
        file = self._files.get("service" if key[1] else "host")
        if file is None:
            return
        try:
            file.take(key, seen)
        except Exception:  # the result itself must be taken, whatever is wrong with a line about it
            log.exception("performance data could not be written", host=key[0], service=key[1])

    def start(self) -> None:
        """Opens what the settings ask for."""
        for kind in DEFAULT_TEMPLATES:
            asked = wanted(kind, self._around.settings)
            if asked.path:
                self._files[kind] = _File(kind, asked, self._around)

    def reload(self) -> None:
        """Opens anew what the settings ask for in another way than before."""
        for kind in DEFAULT_TEMPLATES:
            asked, before = wanted(kind, self._around.settings), self._files.get(kind)
            if before is not None and before.asked != asked:
                before.close()
                del self._files[kind]
            if asked.path and kind not in self._files:
                self._files[kind] = _File(kind, asked, self._around)

    async def stop(self, seconds: float) -> None:
        """Writes everything that was taken and closes the files."""
        files, self._files = list(self._files.values()), {}
        for file in files:
            file.close()
        for file in files:
            if not await asyncio.to_thread(file.appender.join, seconds):
                log.error("performance data could not be written in time", path=file.asked.path)


class _File:
    """One of the two files."""

    def __init__(self, kind: str, asked: Wanted, around: Surroundings) -> None:
        self.asked = asked
        self._kind = kind
        self._around = around
        self._timer: asyncio.TimerHandle | None = None
        self._processing = False
        target: Target
        if asked.mode == "p":
            target = PipeTarget(asked.path)
            self.appender = Appender(target, name=f"{kind}_perfdata", report=self._report, limit=PIPE_LIMIT)
        else:
            target = FileTarget(asked.path, truncate=asked.mode == "w")
            self.appender = Appender(target, name=f"{kind}_perfdata", report=self._report)
        self._arm()

    def take(self, key: ObjectKey, seen: Runtime) -> None:
        if seen.perfdata or self.asked.empties:
            line = self._around.perfdata_line(self.asked.template, key, seen)
            self.appender.put(f"{line}\n".encode("utf-8", "replace"))

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.appender.close()

    def _report(self, trouble: str) -> None:
        name = f"{self._kind}_perfdata_file"
        if trouble:
            self._around.alarms.alarm(name, f"{name} {self.asked.path} cannot be written: {trouble}")
        else:
            self._around.alarms.all_clear(name)

    # --- processing ---------------------------------------------------------------------------------------

    def _arm(self) -> None:
        if self.asked.interval > 0 and self.asked.command is not None:
            self._timer = asyncio.get_running_loop().call_later(self.asked.interval, self._due)

    def _due(self) -> None:
        self._arm()
        command = self.asked.command
        if command is None or self._processing or command.name not in self._around.world.model.commands:
            return
        self._processing = True
        self.appender.pause(partial(self._process, command))

    def _process(self, command: CommandCall) -> None:
        """The file is closed: the command may move it away. Lines wait until it has ended."""
        if self._timer is None:
            return  # closed meanwhile
        timeout = self._around.settings.perfdata_timeout or NO_LIMIT
        try:
            job = _job(command, self._around, timeout)
            self._around.runner.start(job, partial(self._processed, command))
        except Exception:  # the lines must not wait for ever
            log.exception("a performance data file could not be processed", command=command.name)
            self._end()

    def _processed(self, command: CommandCall, raw: RawResult) -> None:
        self._end()
        if raw.timed_out:
            self._around.log_line(
                f"Warning: {self._kind.capitalize()} performance data file processing command "
                f"'{command.raw or command.name}' timed out after {raw.finished - raw.started:.0f} seconds"
            )
        elif raw.exit_code or raw.signal:
            log.warning(
                "a performance data file's command did not succeed",
                command=command.name,
                exit_code=-raw.signal if raw.signal else raw.exit_code,
                error=(raw.stderr or raw.stdout).decode("utf-8", "replace").strip()[:500],
            )

    def _end(self) -> None:
        self._processing = False
        self.appender.resume()


def _job(call: CommandCall, around: Surroundings, timeout: float) -> Job:
    """The processing command; it belongs to no host, so only macros of the server have a value."""
    world = around.world
    context = MacroContext(
        topology=world.topology,
        states=world.states,
        now=around.now(),
        tz=world.tz,
        program_start=world.program_start,
    )
    line = expand_command(world.model.commands[call.name].command_line, context, call.args)
    words = split(line)
    return Job(
        argv=words or (),
        command_line="" if words else line,
        timeout=float(timeout),
        env=environment(context, call.args),
    )
