"""Nagios' spool folder: results that other programs leave as files, taken in at regular times.

A file ``cXXXXXX`` is complete when ``cXXXXXX.ok`` lies beside it. Both are deleted once the results are stored.
Files are read by a thread, results are applied in slices.
"""

import asyncio
import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import structlog

from atalaia.core.instants import Instant
from atalaia.core.objects import Host, MainSettings, ObjectKey, Service
from atalaia.core.plugin_output import NO_HOST_OUTPUT, NO_SERVICE_OUTPUT, parse_output
from atalaia.core.results import CheckOutput, CheckResult, RawResult
from atalaia.core.states import CheckType, HostState, ServiceState
from atalaia.core.verdict import complaint, judge_host, judge_service
from atalaia.interop.spool_text import SpooledResult, SpoolFile, read_spool_file
from atalaia.interop.surroundings import Surroundings

NAME_LENGTH = 7
"""Letters of a result file's name; the first one is c."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read; a larger one is deleted unread."""

FILES_AT_ONCE = 200
"""Files that are read before their results are applied."""

SLICE = 0.004
"""Seconds of results after which the event loop gets its turn."""

log = structlog.get_logger(__name__)


_Identity = tuple[int, int, float]
"""Inode, size and time of a file: another file of the same name has another one."""


class _Found(msgspec.Struct, frozen=True):
    """A file that was read, or must go unread."""

    path: Path
    identity: _Identity
    content: SpoolFile | None
    """None for one that is only to be deleted."""
    trouble: str = ""
    """Why it is deleted unread, where people should hear of it."""


class Spool:
    """Takes in what lies in check_result_path."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._done: dict[str, _Identity] = {}
        """Files that were taken in, until they are seen to be gone: whatever becomes of their deletion, none is
        taken in twice."""

    async def run(self, allowed: Callable[[], bool]) -> None:
        """Looks into the folder at the interval that the settings name, until cancelled.

        Args:
            allowed: asked before each pass.
        """
        while True:
            settings = self._around.settings
            await asyncio.sleep(settings.check_result_reaper_frequency)
            if settings.check_result_path and allowed():
                try:
                    await self.take_in()
                except Exception as error:  # the next pass may well succeed
                    log.exception("the spool folder could not be taken in")
                    self._around.alarms.alarm("spool", f"check_result_path could not be taken in: {error!r}")

    async def take_in(self) -> None:
        """One pass; what does not fit into max_check_result_reaper_time is left for the next one."""
        settings, clock, alarms = self._around.settings, self._around.clock, self._around.alarms
        folder, now = Path(settings.check_result_path), self._around.now()
        ends = clock.monotonic() + settings.max_check_result_reaper_time
        try:
            paths = await asyncio.to_thread(self._list, folder)
        except OSError as error:
            alarms.alarm("spool", f"check_result_path {folder} cannot be read: {error.strerror}")
            return
        alarms.all_clear("spool")
        for start in range(0, len(paths), FILES_AT_ONCE):
            if clock.monotonic() >= ends:
                return
            batch = paths[start : start + FILES_AT_ONCE]
            for found in await asyncio.to_thread(_read_all, batch, now, settings.max_check_result_file_age):
                await self._take(found)

    def _list(self, folder: Path) -> list[Path]:
        """On a thread: the result files, oldest first, without those that were taken in already."""
        found: list[tuple[float, str]] = []
        still_there: dict[str, _Identity] = {}
        with os.scandir(folder) as entries:
            for entry in entries:
                if len(entry.name) != NAME_LENGTH or entry.name[0] != "c":
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:
                    continue
                identity = _identity(status)
                if self._done.get(entry.name) == identity:
                    still_there[entry.name] = identity
                elif stat.S_ISREG(status.st_mode):
                    found.append((status.st_mtime, entry.name))
        self._done = still_there
        return [folder / name for _, name in sorted(found)]

    # --- results ------------------------------------------------------------------------------------------

    async def _take(self, found: _Found) -> None:
        self._done[found.path.name] = found.identity
        if found.trouble:
            self._around.log_line(f"Warning: {found.trouble}")
        content = found.content
        if content is not None and (content.garbled or not content.results):
            self._around.log_line(
                f"Warning: The check result file {found.path} holds what is no result; that part is left out"
            )
        results = [] if content is None else list(map(self._prepared, content.results))
        good = [one for one in results if one is not None]
        loop = asyncio.get_running_loop()
        ends = loop.time() + SLICE
        for key, result in good[:-1]:
            self._hand_in(key, result, None)
            if loop.time() >= ends:
                await asyncio.sleep(0)
                ends = loop.time() + SLICE
        delete = partial(loop.run_in_executor, None, _delete, found.path)
        if not (good and self._hand_in(*good[-1], delete)):
            delete()

    def _hand_in(self, key: ObjectKey, result: CheckResult, stored: Callable[[], object] | None) -> bool:
        try:
            self._around.door.result(key, result, stored)
        except Exception:  # a fault in one result must not silence the spool folder
            log.exception("a spooled result could not be taken", host=key[0], service=key[1])
            return False
        return True

    def _prepared(self, spooled: SpooledResult) -> tuple[ObjectKey, CheckResult] | None:
        """One result as the core takes it; None when it comes to nothing."""
        around = self._around
        checkable = around.world.topology.checkables.get((spooled.host, spooled.service))
        if checkable is None:
            of = f"host '{spooled.host}'"
            if spooled.service:
                of = f"service '{spooled.service}' on {of}"
            around.log_line(f"Error: Got a check result for {of}, which is not in the configuration")
            return None
        started = Instant(spooled.started or around.now())
        finished = Instant(max(started, spooled.finished))
        judge = self._passive if spooled.passive else partial(self._active, started=started, finished=finished)
        judged = judge(checkable, spooled)
        if judged is None:
            return None
        state, said = judged
        return checkable.key, CheckResult(
            state=state,
            output=said.output,
            long_output=said.long_output,
            perfdata=said.perfdata,
            started=started,
            finished=finished,
            check_type=CheckType.PASSIVE if spooled.passive else CheckType.ACTIVE,
            latency=max(0.0, spooled.latency),
            scheduled=spooled.rescheduled and not spooled.passive,
        )

    def _passive(self, checkable: Host | Service, spooled: SpooledResult) -> tuple[int, CheckOutput] | None:
        """A result from outside, under the same conditions as one that a command brings; None when refused."""
        settings = self._around.settings
        if not checkable.passive_checks_enabled or not _accepts(checkable, settings):
            return None
        if isinstance(checkable, Service):
            known = spooled.code in ServiceState.__members__.values()
            said = parse_output(spooled.output, missing=NO_SERVICE_OUTPUT)
            return (spooled.code if known else ServiceState.UNKNOWN), said
        if spooled.code not in HostState.__members__.values():
            self._around.log_line(
                f"Warning: Passive check result {spooled.code} for host '{spooled.host}' is no state of a host"
            )
            return None
        return spooled.code, parse_output(spooled.output, missing=NO_HOST_OUTPUT)

    def _active(
        self, checkable: Host | Service, spooled: SpooledResult, *, started: Instant, finished: Instant
    ) -> tuple[int, CheckOutput]:
        """A check that another program ran for us: its exit code is judged as if it were our own."""
        settings = self._around.settings
        raw = RawResult(
            exit_code=spooled.code,
            signal=0 if spooled.exited or spooled.timed_out else 1,
            timed_out=spooled.timed_out,
            stdout=spooled.output.encode("utf-8", "replace"),
            started=started,
            finished=finished,
        )
        warning = complaint(raw, host_name=checkable.host_name, service_description=checkable.key[1])
        if warning:
            self._around.log_line(warning)
        if isinstance(checkable, Service):
            if raw.signal:
                return ServiceState.CRITICAL, CheckOutput(output="(Service check did not exit properly)")
            return judge_service(
                raw,
                host_name=checkable.host_name,
                service_description=checkable.service_description,
                timeout_state=settings.service_check_timeout_state,
            )
        if raw.signal:
            return HostState.DOWN, CheckOutput(output="(Host check did not exit properly)")
        return judge_host(raw, host_name=checkable.host_name, aggressive=settings.use_aggressive_host_checking)


def _accepts(checkable: Host | Service, settings: MainSettings) -> bool:
    if isinstance(checkable, Service):
        return settings.accept_passive_service_checks
    return settings.accept_passive_host_checks


def _identity(status: os.stat_result) -> _Identity:
    return status.st_ino, status.st_size, status.st_mtime


def _read_all(paths: list[Path], now: Instant, most_age: int) -> list[_Found]:
    """On a thread: those of the files that are complete."""
    return [found for path in paths if (found := _read(path, now, most_age)) is not None]


def _read(path: Path, now: Instant, most_age: int) -> _Found | None:
    try:
        status = path.stat()
    except OSError:
        return None
    identity = _identity(status)
    try:
        if most_age and status.st_mtime + most_age < now:
            return _Found(path, identity, None)
        if not path.with_name(f"{path.name}.ok").exists():
            return None
        if status.st_size > LARGEST:
            return _Found(path, identity, None, f"The check result file {path} is too large; deleted unread")
        content = read_spool_file(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        trouble = f"The check result file {path} cannot be read: {error.strerror}; deleted"
        return _Found(path, identity, None, trouble)
    if most_age and content.written and content.written + most_age < now:
        return _Found(path, identity, None)
    return _Found(path, identity, content)


def _delete(path: Path) -> None:
    """On a thread."""
    try:
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}.ok").unlink(missing_ok=True)
    except OSError as error:
        log.warning("a check result file could not be deleted", path=str(path), error=error.strerror)
