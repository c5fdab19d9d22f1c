"""Nagios' log: the lines of a start, of facts and of the end, rotation, and files that are in the way."""

import asyncio
import os
import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from atalaia.core.events import (
    AnyFact,
    ConfigurationLoaded,
    ConfigurationRejected,
    LogLine,
    ServerStopped,
)
from atalaia.core.instants import Instant
from atalaia.core.nagios_log import log_lines
from atalaia.core.objects import Model
from atalaia.interop import appender as appender_module
from atalaia.interop import log_file as module
from atalaia.interop.log_file import LogFile
from atalaia.interop.targets import SyslogTarget
from support.builders import START, a_host, a_model, a_service
from support.interop_world import LONGEST_STALL, InteropWorld, until

PID = os.getpid()


def model(folder: Path, **settings: Any) -> Model:
    return a_model(a_host(), a_service(), log_file=str(folder / "nagios.log"), **settings)


def lines(folder: Path) -> list[str]:
    return (folder / "nagios.log").read_text("utf-8").splitlines()


def said(folder: Path) -> list[str]:
    """Lines without their times."""
    return [line.partition("] ")[2] for line in lines(folder)]


def remark(text: str, second: float = 0.0) -> AnyFact:
    return LogLine(time=Instant(START + second), text=text)


async def test_a_log_begins_with_the_lines_of_a_start_and_ends_with_those_of_an_end(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path, log_initial_states=True))
    log = LogFile(bench.around)

    log.start()
    log.publish([remark("one"), remark("two")])
    log.publish([ServerStopped(time=Instant(START + 9), version="0.0", pid=7)])
    await log.stop(5.0)

    date = datetime.fromtimestamp(START, UTC).strftime("%a %b %d %H:%M:%S UTC %Y")
    assert lines(tmp_path) == [
        f"[{int(START)}] Atalaia 0.0 starting... (PID={PID})",
        f"[{int(START)}] Local time is {date}",
        f"[{int(START)}] LOG VERSION: 2.0",
        f"[{int(START)}] INITIAL HOST STATE: web;UP;HARD;1;",
        f"[{int(START)}] INITIAL SERVICE STATE: web;http;OK;HARD;1;(null)",
        f"[{int(START)}] one",
        f"[{int(START)}] two",
        f"[{int(START + 9)}] Successfully shutdown... (PID=7)",
    ]
    assert (tmp_path / "nagios.log").stat().st_mode & 0o777 == 0o644 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


async def test_a_log_goes_on_behind_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "nagios.log").write_text("[1] before\n")
    log = LogFile(InteropWorld(model(tmp_path)).around)

    log.start()
    await log.stop(5.0)

    assert said(tmp_path)[0] == "before"
    assert len(lines(tmp_path)) == 4


async def test_a_reload_writes_the_lines_of_a_start_again(tmp_path: Path) -> None:
    log = LogFile(InteropWorld(model(tmp_path, log_initial_states=True)).around)
    log.start()

    log.publish([ConfigurationLoaded(time=Instant(START + 1), config="c", added=0, changed=0, removed=0)])
    await log.stop(5.0)

    assert [one.split(" ")[0] for one in said(tmp_path)] == [
        "Atalaia",
        "Local",
        "LOG",
        "INITIAL",
        "INITIAL",
    ] * 2


async def test_a_rejected_configuration_is_told_and_not_taken_for_an_end(tmp_path: Path) -> None:
    log = LogFile(InteropWorld(model(tmp_path)).around)
    log.start()

    log.publish([ConfigurationRejected(time=Instant(START), config="c", errors=("a.cfg:1: error: no",))])
    await log.stop(5.0)

    assert said(tmp_path)[3:] == [
        "Error: a.cfg:1: error: no",
        "Error: The configuration was not taken over; the one before stays in force.",
    ]
    assert "Bailing" not in "".join(said(tmp_path))


async def test_a_fact_with_several_lines_stays_on_one(tmp_path: Path) -> None:
    log = LogFile(InteropWorld(model(tmp_path)).around)
    log.start()

    log.publish([remark("two\nlines \ud800")])
    await log.stop(5.0)

    assert said(tmp_path)[3:] == ["two\\nlines ?"]


async def test_a_log_that_was_moved_away_is_begun_anew(tmp_path: Path) -> None:
    log = LogFile(InteropWorld(model(tmp_path)).around)
    log.start()
    log.publish([remark("before")])
    await until(lambda: (tmp_path / "nagios.log").exists() and len(lines(tmp_path)) == 4)

    (tmp_path / "nagios.log").rename(tmp_path / "old.log")
    log.publish([remark("after")])
    await log.stop(5.0)

    assert said(tmp_path) == ["after"]


@pytest.mark.parametrize("obstacle", ["link", "second name", "folder", "missing folder"])
async def test_a_file_that_must_not_be_written_is_an_alarm(
    tmp_path: Path, obstacle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appender_module, "RETRY", 0.01)
    other = tmp_path / "other"
    other.write_text("")
    path = tmp_path / "nagios.log"
    match obstacle:
        case "link":
            path.symlink_to(other)
        case "second name":
            path.hardlink_to(other)
        case "folder":
            path.mkdir()
        case _:
            path = tmp_path / "nowhere" / "nagios.log"
    bench = InteropWorld(a_model(a_host(), log_file=str(path)))
    log = LogFile(bench.around)

    log.start()
    await until(lambda: "log_file" in bench.alarms)
    assert str(path) in bench.alarms["log_file"]

    if obstacle == "missing folder":
        path.parent.mkdir()
    elif path.is_dir():
        path.rmdir()
    else:
        path.unlink()
    await until(lambda: "log_file" not in bench.alarms)
    await log.stop(5.0)
    assert "starting..." in path.read_text()
    assert other.read_text() == ""


async def test_without_a_log_nothing_is_written(tmp_path: Path) -> None:
    for path in ("", "/dev/null"):
        bench = InteropWorld(a_model(a_host(), log_file=path))
        log = LogFile(bench.around)
        log.start()
        log.publish([remark("x")])
        await log.stop(5.0)
        assert bench.alarms == {}
    assert list(tmp_path.iterdir()) == []


# --- rotation ---------------------------------------------------------------------------------------------


async def rotated(bench: InteropWorld, log: LogFile, at: float) -> None:
    """The clock reaches the moment."""
    bench.clock.at = at
    log._look_at_clock(Instant(at))
    await until(lambda: not log._rotating and not log._pieces)


def archive_of(folder: Path, at: float) -> Path:
    name = datetime.fromtimestamp(at, UTC).strftime("nagios-%m-%d-%Y-%H.log")
    return folder / "archives" / name


async def test_a_rotation_moves_the_log_and_begins_a_new_one_with_all_states(tmp_path: Path) -> None:
    (tmp_path / "archives").mkdir()
    (tmp_path / "nagios.log").write_text("")
    (tmp_path / "nagios.log").chmod(0o640)
    archives = str(tmp_path / "archives")
    bench = InteropWorld(model(tmp_path, log_rotation_method="h", log_archive_path=archives))
    log = LogFile(bench.around)
    log.start()
    log.publish([remark("before")])
    at = START - START % 3600 + 3600

    log.publish([remark("just before")])
    await rotated(bench, log, at)
    log.publish([remark("after")])
    await log.stop(5.0)

    assert archive_of(tmp_path, at).read_text().splitlines()[-1].endswith("just before")
    assert lines(tmp_path)[:4] == [
        f"[{int(at)}] LOG ROTATION: HOURLY",
        f"[{int(at)}] LOG VERSION: 2.0",
        f"[{int(at)}] CURRENT HOST STATE: web;UP;HARD;1;",
        f"[{int(at)}] CURRENT SERVICE STATE: web;http;OK;HARD;1;(null)",
    ]
    assert said(tmp_path)[4:] == ["after"]
    assert log.last_rotation == at
    assert (tmp_path / "nagios.log").stat().st_mode & 0o777 == 0o640


async def test_facts_that_come_during_a_rotation_are_written_after_it(tmp_path: Path) -> None:
    (tmp_path / "archives").mkdir()
    settings = {"log_archive_path": str(tmp_path / "archives"), "log_current_states": False}
    bench = InteropWorld(model(tmp_path, log_rotation_method="d", **settings))
    log = LogFile(bench.around)
    log.start()
    await until(lambda: not log._pieces)

    log._pieces.append(Instant(START))
    log._slice()
    log.publish([remark("meanwhile")])
    await until(lambda: not log._rotating and not log._pieces)
    await log.stop(5.0)

    assert said(tmp_path) == ["LOG ROTATION: DAILY", "LOG VERSION: 2.0", "meanwhile"]


async def test_an_archive_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "archives").mkdir()
    at = START - START % 3600 + 3600
    archive_of(tmp_path, at).write_text("older")
    bench = InteropWorld(model(tmp_path, log_rotation_method="h", log_archive_path=str(tmp_path / "archives")))
    log = LogFile(bench.around)
    log.start()

    await rotated(bench, log, at)
    await log.stop(5.0)

    assert archive_of(tmp_path, at).read_text() == "older"
    assert "starting..." in said(tmp_path)[0]
    assert bench.alarms == {}


async def test_an_archive_folder_that_is_missing_is_an_alarm_and_the_log_goes_on(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path, log_rotation_method="h", log_archive_path=str(tmp_path / "archives")))
    log = LogFile(bench.around)
    log.start()
    await until(lambda: not log._pieces)

    await rotated(bench, log, START + 3600)
    log.publish([remark("after")])
    await log.stop(5.0)

    assert "archives" in bench.alarms["log_rotation"]
    assert said(tmp_path)[-1] == "after"


async def test_without_an_archive_folder_archives_lie_beside_the_log(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path, log_rotation_method="h"))
    log = LogFile(bench.around)
    log.start()
    await until(lambda: not log._pieces)

    await rotated(bench, log, START + 3600)
    await log.stop(5.0)

    assert len(list(tmp_path.glob("nagios-*.log"))) == 1


async def test_the_moment_is_looked_for_again_when_the_clock_was_set_back(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path, log_rotation_method="h"))
    log = LogFile(bench.around)
    log.start()

    log._look_at_clock(Instant(START + 100))  # the timer came, but the clock does not show that moment
    await log.stop(5.0)

    assert list(tmp_path.glob("nagios-*.log")) == []


async def test_a_rotation_comes_by_itself_at_its_moment(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path, log_rotation_method="h"))
    hour = START - START % 3600 + 3600
    offset = hour - 0.3 - time.monotonic()
    bench.clock.now = lambda: Instant(time.monotonic() + offset)  # type: ignore[method-assign]
    log = LogFile(bench.around)

    log.start()
    await until(lambda: log.last_rotation > 0)
    await log.stop(5.0)

    (archive,) = tmp_path.glob("nagios-*.log")
    assert archive.name == archive_of(tmp_path, hour).name
    assert said(tmp_path)[0] == "LOG ROTATION: HOURLY"


async def test_a_fact_that_makes_no_line_keeps_no_other_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = log_lines

    def faulty(fact: AnyFact, settings: Any) -> list[str]:
        if isinstance(fact, LogLine) and fact.text == "bad":
            raise RuntimeError("a fault")
        return good(fact, settings)

    monkeypatch.setattr(module, "log_lines", faulty)
    log = LogFile(InteropWorld(model(tmp_path)).around)
    log.start()

    log.publish([remark("one"), remark("bad"), remark("two")])
    await log.stop(5.0)

    assert said(tmp_path)[3:] == ["one", "two"]


# --- system log -------------------------------------------------------------------------------------------


def test_lines_go_to_the_system_log_without_their_times(tmp_path: Path) -> None:
    path = str(tmp_path / "log")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(path)
    listener.settimeout(5)
    target = SyslogTarget("atalaia", path)

    assert target.write(b"[1] one\n[2] two\n") == 16

    assert listener.recv(1000) == f"<14>atalaia[{PID}]: one".encode()
    assert listener.recv(1000) == f"<14>atalaia[{PID}]: two".encode()
    target.close()
    listener.close()


def test_a_missing_system_log_is_no_error(tmp_path: Path) -> None:
    target = SyslogTarget("atalaia", str(tmp_path / "nobody"))

    assert target.write(b"[1] one\n") == 8
    target.close()


async def test_a_disk_that_is_behind_holds_facts_back_and_then_gets_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appender_module, "RETRY", 0.01)
    path = tmp_path / "var" / "nagios.log"
    bench = InteropWorld(a_model(a_host(), log_file=str(path)))
    log = LogFile(bench.around)
    log.start()
    assert log._file is not None
    monkeypatch.setattr(log._file, "_limit", 2000)

    log.publish([remark(f"fact {number:04}") for number in range(1000)])
    await asyncio.sleep(0.2)
    assert log._file._waiting < 10_000
    path.parent.mkdir()
    await until(lambda: not log._pieces)
    await log.stop(5.0)

    assert path.read_text().count("fact") == 1000
    assert log._lost == 0


async def test_what_a_stuck_disk_leaves_no_room_for_is_counted_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appender_module, "RETRY", 0.01)
    monkeypatch.setattr(module, "MOST_WAITING", 100)
    path = tmp_path / "var" / "nagios.log"
    bench = InteropWorld(a_model(a_host(), log_file=str(path)))
    log = LogFile(bench.around)
    log.start()
    assert log._file is not None
    monkeypatch.setattr(log._file, "_limit", 4000)
    await until(lambda: "log_file" in bench.alarms)
    log.publish([remark(f"fact {number:04}") for number in range(100)])
    await until(log._is_stuck)

    log.publish([remark(f"fact {number:04}") for number in range(100, 300)])
    path.parent.mkdir()
    await until(lambda: bool(bench.lines) and not log._pieces)
    await log.stop(5.0)

    assert log._lost == 0
    assert bench.lines[0].endswith("lines were lost while the log could not be written")
    lost = int(bench.lines[0].split()[1])
    assert lost > 0
    assert lost == 300 - path.read_text().count("fact")


# --- speed ------------------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_twenty_thousand_facts_do_not_hold_up_the_loop(tmp_path: Path) -> None:
    log = LogFile(InteropWorld(model(tmp_path)).around)
    log.start()
    facts = [remark(f"fact {number}") for number in range(20_000)]
    longest, last = 0.0, time.perf_counter()

    log.publish(facts)
    began = time.perf_counter()
    while log._pieces:
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    took = time.perf_counter() - began
    await log.stop(5.0)

    print(f"20,000 lines in {took * 1000:.0f} ms, longest stall {longest * 1000:.1f} ms")
    assert len(lines(tmp_path)) == 20_003
    assert longest < LONGEST_STALL
