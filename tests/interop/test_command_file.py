"""The command file: a pipe, its obstacles, floods, and files with commands."""

import asyncio
import os
import stat
import sys
import time
from pathlib import Path

import pytest

from atalaia.core.effects import Wish, WishKind
from atalaia.core.instants import Instant
from atalaia.core.orders import Order
from atalaia.interop import command_file as module
from atalaia.interop.command_file import CommandFile, CommandFiles
from support.builders import a_host, a_model, a_service
from support.interop_world import LONGEST_STALL, InteropWorld, until

RESULT = "[1800000000] PROCESS_SERVICE_CHECK_RESULT;web;http;{};{}\n"


def a_bench(folder: Path, **settings: object) -> InteropWorld:
    given = {"command_file": str(folder / "nagios.cmd"), "check_external_commands": True}
    return InteropWorld(a_model(a_host(), a_service(), **(given | settings)))


def write(folder: Path, text: str) -> None:
    with (folder / "nagios.cmd").open("w") as pipe:
        pipe.write(text)


def texts(bench: InteropWorld) -> list[str]:
    return [order.text for order in bench.orders]


async def test_commands_are_carried_out_as_they_arrive(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    commands = CommandFile(bench.around)
    commands.look_after()
    mode = (tmp_path / "nagios.cmd").stat().st_mode
    assert stat.S_ISFIFO(mode)
    assert mode & 0o777 == 0o660

    write(tmp_path, RESULT.format(2, "bad") + "[12] DISABLE_NOTIFICATIONS\n[13] NO_SUCH\nrubbish\n")
    await until(lambda: len(bench.orders) == 3 and len(bench.refused) == 1)
    write(tmp_path, RESULT.format(1, "so so"))
    await until(lambda: len(bench.orders) == 4)
    commands.close(remove=True)

    assert bench.refused == [("malformed", "rubbish")]
    assert bench.orders[0].entry_time == Instant(1_800_000_000.0)
    assert bench.world.states["web", "http"].output == "so so"
    assert not bench.world.settings.enable_notifications
    assert not (tmp_path / "nagios.cmd").exists()


async def test_a_writer_that_comes_before_us_is_not_lost(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "nagios.cmd")
    (tmp_path / "nagios.cmd").chmod(0o620)
    writer = os.open(tmp_path / "nagios.cmd", os.O_RDWR)
    os.write(writer, b"[1] DISABLE_NOTIFICATIONS\n")
    bench = a_bench(tmp_path)
    commands = CommandFile(bench.around)

    commands.look_after()
    await until(lambda: len(bench.orders) == 1)

    assert (tmp_path / "nagios.cmd").stat().st_mode & 0o777 == 0o620
    os.close(writer)
    commands.close(remove=True)


async def test_an_ordinary_file_in_its_place_is_an_alarm_until_it_is_gone(tmp_path: Path) -> None:
    (tmp_path / "nagios.cmd").write_text("[1] DISABLE_NOTIFICATIONS\n")
    bench = a_bench(tmp_path)
    commands = CommandFile(bench.around)

    commands.look_after()
    assert "no pipe" in bench.alarms["command_file"]
    assert (tmp_path / "nagios.cmd").read_text()

    (tmp_path / "nagios.cmd").unlink()
    commands.look_after()
    assert bench.alarms == {}
    assert commands.is_open
    commands.close(remove=True)


async def test_a_folder_that_is_missing_is_an_alarm(tmp_path: Path) -> None:
    bench = a_bench(tmp_path, command_file=str(tmp_path / "rw" / "nagios.cmd"))
    commands = CommandFile(bench.around)

    commands.look_after()

    assert "cannot be used" in bench.alarms["command_file"]
    commands.close(remove=True)


@pytest.mark.parametrize("settings", [{"command_file": ""}, {"check_external_commands": False}])
async def test_without_being_asked_for_there_is_no_pipe(tmp_path: Path, settings: dict[str, object]) -> None:
    bench = a_bench(tmp_path, **settings)
    commands = CommandFile(bench.around)

    commands.look_after()

    assert list(tmp_path.iterdir()) == []
    assert not commands.is_open


async def test_a_pipe_that_was_removed_is_created_again(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    commands = CommandFile(bench.around)
    commands.look_after()
    (tmp_path / "nagios.cmd").unlink()

    commands.look_after()
    write(tmp_path, "[1] DISABLE_NOTIFICATIONS\n")

    await until(lambda: len(bench.orders) == 1)
    commands.close(remove=True)


async def test_a_pipe_that_somebody_put_in_its_place_is_not_removed(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    commands = CommandFile(bench.around)
    commands.look_after()
    (tmp_path / "nagios.cmd").unlink()
    os.mkfifo(tmp_path / "nagios.cmd")

    commands.close(remove=True)

    assert (tmp_path / "nagios.cmd").exists()


async def test_what_was_written_before_the_end_is_carried_out(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    commands = CommandFile(bench.around)
    commands.look_after()
    writer = os.open(tmp_path / "nagios.cmd", os.O_WRONLY | os.O_NONBLOCK)
    os.write(writer, b"[1] A_COMMAND\n" * 3000)

    commands.stop_reading()

    assert len(bench.orders) == 3000
    os.close(writer)
    commands.close(remove=True)


async def test_a_fault_in_one_command_does_not_silence_the_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = a_bench(tmp_path)
    commands = CommandFile(bench.around)
    commands.look_after()
    carry_out = bench.take_order

    def faulty(order: Order) -> object:
        if order.text == "FAULT":
            raise RuntimeError("a fault")
        return carry_out(order)

    monkeypatch.setattr(bench, "take_order", faulty)
    write(tmp_path, "[1] FAULT\n[1] DISABLE_NOTIFICATIONS\n")

    await until(lambda: texts(bench) == ["DISABLE_NOTIFICATIONS"])
    commands.close(remove=True)


@pytest.mark.slow
async def test_a_flood_leaves_the_loop_its_turns_and_its_writer_waiting(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    commands = CommandFile(bench.around)
    commands.look_after()
    number = 20_000
    path, line = str(tmp_path / "nagios.cmd"), RESULT.format(2, "x")
    code = f"with open({path!r}, 'w') as pipe:\n pipe.write({line!r} * {number})"
    writer = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    while not bench.orders:
        await asyncio.sleep(0)
    longest, began, most = 0.0, time.perf_counter(), 0
    last = began
    while len(bench.orders) < number:
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        most = max(most, len(commands._waiting))
    took = time.perf_counter() - began
    await writer.wait()
    commands.close(remove=True)

    print(f"{number / took:.0f} results/s through the core, longest stall {longest * 1000:.1f} ms")
    assert longest < LONGEST_STALL
    assert most * len(RESULT) <= 2 * module.AT_ONCE


# --- files with commands ----------------------------------------------------------------------------------


async def processed(bench: InteropWorld, wish: Wish, condition: "object") -> None:
    files = CommandFiles(bench.around)
    files.process(wish)
    task = asyncio.ensure_future(files.run())
    await until(condition)  # type: ignore[arg-type]
    task.cancel()


def wish(path: Path, *, delete: bool = False) -> Wish:
    return Wish(kind=WishKind.PROCESS_FILE, path=str(path), delete=delete)


async def test_a_file_with_commands_is_read_and_deleted_if_asked(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    path = tmp_path / "commands"
    path.write_text("[1] A;1\n[2] DISABLE_NOTIFICATIONS")

    await processed(bench, wish(path), lambda: len(bench.orders) == 2)
    assert path.exists()
    assert all(order.from_file for order in bench.orders)

    await processed(bench, wish(path, delete=True), lambda: not path.exists())
    assert len(bench.orders) == 4


async def test_a_file_cannot_name_another_one(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    path = tmp_path / "commands"
    path.write_text(f"[1] PROCESS_FILE;{path};0\n[2] DISABLE_NOTIFICATIONS\n")

    await processed(bench, wish(path), lambda: len(bench.orders) == 1)

    assert bench.refused == [("failed", f"PROCESS_FILE;{path};0")]


@pytest.mark.parametrize("what", ["missing", "pipe", "folder", "large"])
async def test_what_is_no_ordinary_file_is_told_and_not_read(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FILE_SIZE", 100)
    bench = a_bench(tmp_path)
    path = tmp_path / "commands"
    match what:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "large":
            path.write_text("[1] A\n" * 100)

    await processed(bench, wish(path, delete=True), lambda: bool(bench.lines))

    assert bench.lines == [f"Error: Cannot open file '{path}' to process external commands!"]
    assert bench.orders == []
    assert path.exists() is (what != "missing")
