"""All files for other tools together: who begins and ends when.

Nothing is touched while another monitor works on the same files.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial

import structlog

from atalaia.core.effects import Wish
from atalaia.core.objects import Model
from atalaia.interop.command_file import CommandFile, CommandFiles
from atalaia.interop.guard import LockFile, other_monitor
from atalaia.interop.log_file import LogFile
from atalaia.interop.perfdata import Perfdata
from atalaia.interop.retention_text import retention_texts
from atalaia.interop.snapshots import NOWHERE, Snapshots
from atalaia.interop.spool import Spool
from atalaia.interop.statistics import CheckStatistics
from atalaia.interop.status_text import Program, status_texts
from atalaia.interop.surroundings import Surroundings

LOOK_AGAIN = 30.0
"""Seconds between two looks at what may be in the way: another monitor, a file in the place of the pipe."""

PATIENCE = 5.0
"""Seconds that a disk gets at the very end to take what is left for one file."""

STATUS_MODE = 0o664
RETENTION_MODE = 0o600
OBJECTS_MODE = 0o644

MINUTE = 60.0

Part = Callable[[], Awaitable[None]]
"""Something that goes on until it is cancelled."""

log = structlog.get_logger(__name__)


class Interop:
    """The server's hooks, and the tasks behind them.

    Args:
        around: the server.
        model: the configuration as it is in the files.
        notes: lines for the log about what happened before the start.
    """

    def __init__(self, around: Surroundings, model: Model, notes: Sequence[str] = ()) -> None:
        self._around = around
        self._model = model
        self._notes = notes
        self.log = LogFile(around)
        self.perfdata = Perfdata(around)
        self.statistics = CheckStatistics(around.clock.monotonic)
        self._commands = CommandFile(around)
        self._command_files = CommandFiles(around)
        self._spool = Spool(around)
        self._snapshots = Snapshots(around.clock.monotonic)
        self._lock = LockFile(around)
        self._begun = asyncio.Event()
        """Set once nobody else works on the files."""
        self._objects_due = asyncio.Event()
        self._save = asyncio.Event()

    # --- hooks --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """The server begins to watch: opens everything, unless another monitor works on these files."""
        self._look_around()
        for note in self._notes:
            self._around.log_line(note)

    def reload(self, model: Model) -> None:
        """The configuration was read again."""
        self._model = model
        if not self._begun.is_set():
            self._look_around()
            return
        self.log.reload()
        self.perfdata.reload()
        self._look_after()
        self._objects_due.set()
        self._save.set()

    def save_state(self, _: Wish) -> None:
        """SAVE_STATE_INFORMATION."""
        self._save.set()

    def read_state(self, _: Wish) -> None:
        """READ_STATE_INFORMATION: what is known now is newer than any file."""
        self._around.log_line("READ_STATE_INFORMATION is passed over: the database holds the newest state")

    def process_file(self, wish: Wish) -> None:
        """PROCESS_FILE."""
        self._command_files.process(wish)

    def stop_reading(self) -> None:
        """The server begins to end: takes the last commands."""
        self._commands.stop_reading()

    async def run(self) -> None:
        """What goes on beside the server, until cancelled."""
        parts: Mapping[str, Part] = {
            "other_monitor": self._watch,
            "status_file": self._keep_status,
            "object_cache_file": self._keep_objects,
            "state_retention_file": self._keep_retention,
            "spool": partial(self._spool.run, self._begun.is_set),
            "command_file": self._command_files.run,
        }
        async with asyncio.TaskGroup() as group:
            for name, part in parts.items():
                group.create_task(self._for_ever(name, part), name=name)

    async def _for_ever(self, name: str, part: Part) -> None:
        """Runs a part, and again when it fails: a fault in one must not end the others, nor the server."""
        while True:
            try:
                await part()
            except Exception as error:  # whatever it is, it is told, and tried again
                log.exception("a part of the files for other tools failed", part=name)
                self._around.alarms.alarm(name, f"{name}: {error!r}")
            await asyncio.sleep(LOOK_AGAIN)

    async def stop(self) -> None:
        """Everything is stored: writes the last of everything and lets go of all files."""
        if self._begun.is_set():
            await self.log.stop(PATIENCE)
            await self.perfdata.stop(PATIENCE)
            await self._write_last()
            self._commands.close(remove=True)
            self._lock.release()
        self._snapshots.close()

    async def _write_last(self) -> None:
        try:
            async with asyncio.timeout(4 * PATIENCE):
                await self._write_retention(at_once=True)
                await self._write_status(at_once=True)
        except TimeoutError:
            log.error("the last state could not be written in time")

    # --- who else is there --------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            if self._begun.is_set():
                self._look_after()
            else:
                self._look_around()

    def _look_around(self) -> None:
        """Begins, unless somebody else is at work."""
        settings, alarms = self._around.settings, self._around.alarms
        other = other_monitor(settings.lock_file, settings.command_file)
        if other:
            alarms.alarm(
                "other_monitor",
                f"Another monitor seems to run: {other}. Atalaia watches and tells people, but it reads no "
                "commands and writes none of the main file's files until that process has ended.",
            )
            return
        alarms.all_clear("other_monitor")
        self._lock.look_after()
        self.log.start()
        self.perfdata.start()
        self._commands.look_after()
        self._begun.set()
        self._objects_due.set()

    def _look_after(self) -> None:
        self._lock.look_after()
        self._commands.look_after()

    # --- whole files --------------------------------------------------------------------------------------

    async def _keep_status(self) -> None:
        await self._begun.wait()
        while True:
            await self._write_status()
            await asyncio.sleep(self._around.settings.status_update_interval)

    async def _keep_objects(self) -> None:
        while True:
            await self._objects_due.wait()
            self._objects_due.clear()
            settings = self._around.settings
            texts = self._around.objects_text(self._model)
            await self._write("object_cache_file", settings.object_cache_file, texts, OBJECTS_MODE)

    async def _keep_retention(self) -> None:
        await self._begun.wait()
        while True:
            minutes = self._around.settings.retention_update_interval
            by_itself = False
            try:
                async with asyncio.timeout(minutes * MINUTE if minutes else None):
                    await self._save.wait()
            except TimeoutError:
                by_itself = True
            self._save.clear()
            if await self._write_retention() and by_itself:
                self._around.log_line("Auto-save of retention data completed successfully.")

    async def _write_status(self, *, at_once: bool = False) -> bool:
        around = self._around
        program = Program(
            version=around.version,
            pid=os.getpid(),
            now=around.now(),
            last_rotation=self.log.last_rotation,
        )
        texts = status_texts(around.world, program, self.statistics)
        path = around.settings.status_file
        return await self._write("status_file", path, texts, STATUS_MODE, at_once=at_once)

    async def _write_retention(self, *, at_once: bool = False) -> bool:
        around, settings = self._around, self._around.settings
        if not settings.retain_state_information:
            return False
        texts = retention_texts(around.world, around.now(), around.version)
        path = settings.state_retention_file
        return await self._write("state_retention_file", path, texts, RETENTION_MODE, at_once=at_once)

    async def _write(
        self, name: str, path: str, texts: Iterator[str], mode: int, *, at_once: bool = False
    ) -> bool:
        """Writes a whole file, if it is wanted; False when it is not there afterwards."""
        alarms = self._around.alarms
        if not path or path == NOWHERE:
            alarms.all_clear(name)
            return False
        write = self._snapshots.write_at_once if at_once else self._snapshots.write
        try:
            await write(path, texts, mode=mode)
        except OSError as error:
            alarms.alarm(name, f"{name} {path} cannot be written: {error.strerror or error}")
            return False
        except Exception as error:  # a fault in one file must not stop the others, nor the server
            log.exception("a file for other tools could not be written", file=name)
            alarms.alarm(name, f"{name} {path} could not be written: {error!r}")
            return False
        alarms.all_clear(name)
        return True
