"""All files together: another monitor in the way, saving, reloads, the order at the end."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from atalaia.core.effects import Wish, WishKind
from atalaia.core.objects import Model
from atalaia.interop import files as module
from atalaia.interop.files import Interop
from support.builders import a_host, a_model, a_service
from support.interop_world import InteropWorld, names_in, until
from support.nagios_blocks import blocks_of

SAVE = Wish(kind=WishKind.SAVE_STATE)


def model(folder: Path, **settings: Any) -> Model:
    given: dict[str, Any] = {
        "log_file": str(folder / "nagios.log"),
        "status_file": str(folder / "status.dat"),
        "object_cache_file": str(folder / "objects.cache"),
        "state_retention_file": str(folder / "retention.dat"),
        "retain_state_information": True,
        "command_file": str(folder / "nagios.cmd"),
        "lock_file": str(folder / "nagios.pid"),
    }
    return a_model(a_host(), a_service(), **(given | settings))


@asynccontextmanager
async def running(bench: InteropWorld) -> AsyncIterator[Interop]:
    """Everything runs for the length of the block and ends in order."""
    files = Interop(bench.around, bench.world.model, notes=["a note"])
    files.start()
    task = asyncio.ensure_future(files.run())
    try:
        yield files
    finally:
        files.stop_reading()
        task.cancel()
        await asyncio.wait({task})
        await files.stop()


async def test_everything_is_written_at_the_start_and_the_pipe_is_open(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path))

    async with running(bench):
        await until(lambda: {"status.dat", "objects.cache", "nagios.log"} <= names_in(tmp_path))
        assert (tmp_path / "nagios.pid").read_text() == f"{os.getpid()}\n"
        assert (tmp_path / "nagios.cmd").exists()

    assert bench.alarms == {}
    assert bench.lines == ["a note"]
    left = {"status.dat", "objects.cache", "nagios.log", "retention.dat"}
    assert names_in(tmp_path) == left
    assert (tmp_path / "retention.dat").stat().st_mode & 0o777 == 0o600


async def test_what_is_not_asked_for_is_not_written(tmp_path: Path) -> None:
    bench = InteropWorld(a_model(a_host(), object_cache_file="/dev/null", status_file="/dev/null"))

    async with running(bench):
        await asyncio.sleep(0.05)

    assert bench.alarms == {}
    assert list(tmp_path.iterdir()) == []


async def test_another_monitor_keeps_us_from_every_file_until_it_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN", 0.02)
    others = ["process 7, whose lock file is there, works on these files"]
    monkeypatch.setattr(module, "other_monitor", lambda *_files: others[0])
    bench = InteropWorld(model(tmp_path))

    async with running(bench) as files:
        await asyncio.sleep(0.1)
        assert "process 7" in bench.alarms["other_monitor"]
        files.log.publish(bench.facts)
        files.reload(bench.world.model)
        assert list(tmp_path.iterdir()) == []

        others[0] = ""
        await until((tmp_path / "status.dat").exists)
        assert bench.alarms == {}

    assert "starting..." in (tmp_path / "nagios.log").read_text()


async def test_a_monitor_that_stays_is_left_alone_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "other_monitor", lambda *_files: "somebody")
    (tmp_path / "nagios.pid").write_text("7\n")

    async with running(InteropWorld(model(tmp_path))):
        await asyncio.sleep(0.05)

    assert names_in(tmp_path) == {"nagios.pid"}


async def test_state_is_saved_on_request_and_at_a_reload(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path))
    path = tmp_path / "retention.dat"

    async with running(bench) as files:
        await until((tmp_path / "status.dat").exists)
        assert not path.exists()
        files.save_state(SAVE)
        await until(path.exists)
        path.unlink()
        files.reload(bench.world.model)
        await until(path.exists)

    assert bench.lines == ["a note"]


async def test_state_is_saved_by_itself_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MINUTE", 0.02)
    bench = InteropWorld(model(tmp_path, retention_update_interval=1))

    async with running(bench):
        await until(lambda: len(bench.lines) >= 3)

    assert set(bench.lines[1:]) == {"Auto-save of retention data completed successfully."}


async def test_without_retention_no_state_is_written(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path, retain_state_information=False))

    async with running(bench) as files:
        files.save_state(SAVE)
        await asyncio.sleep(0.05)

    assert not (tmp_path / "retention.dat").exists()


async def test_the_status_is_that_of_the_end(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path))

    async with running(bench):
        await until((tmp_path / "status.dat").exists)
        bench.world.states["web", "http"].output = "the last word"

    assert "the last word" in (tmp_path / "status.dat").read_text()


async def test_a_folder_that_cannot_be_written_is_an_alarm_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = InteropWorld(
        model(tmp_path, status_file=str(tmp_path / "var" / "status.dat"), status_update_interval=0)
    )

    async with running(bench):
        await until(lambda: "status_file" in bench.alarms)
        assert "No such file" in bench.alarms["status_file"]
        (tmp_path / "var").mkdir()
        await until(lambda: "status_file" not in bench.alarms)


async def test_a_reload_moves_the_files(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path))
    other = tmp_path / "other"
    other.mkdir()

    async with running(bench) as files:
        await until((tmp_path / "objects.cache").exists)
        bench.world.topology.put_settings(model(other).settings)
        files.reload(msgspec.structs.replace(bench.world.model))
        await until((other / "objects.cache").exists)
        assert (other / "nagios.cmd").exists()
        assert (other / "nagios.pid").exists()
        assert not (tmp_path / "nagios.cmd").exists()
        assert not (tmp_path / "nagios.pid").exists()

    assert not (other / "nagios.cmd").exists()


async def test_a_part_that_fails_is_an_alarm_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN", 0.02)
    bench = InteropWorld(model(tmp_path))
    looks: list[int] = []

    def fail() -> None:
        looks.append(1)
        raise RuntimeError("a fault")

    async with running(bench) as files:
        monkeypatch.setattr(files, "_look_after", fail)
        await until(lambda: len(looks) > 2)
        assert "a fault" in bench.alarms["other_monitor"]
        assert (tmp_path / "status.dat").exists()


async def test_reading_old_state_over_the_newest_is_passed_over(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path))

    async with running(bench) as files:
        files.read_state(Wish(kind=WishKind.READ_STATE))

    assert "passed over" in bench.lines[1]


async def test_the_object_cache_is_the_configuration_and_not_what_people_changed(tmp_path: Path) -> None:
    bench = InteropWorld(model(tmp_path))
    configured = a_model(a_host("as-configured"))
    files = Interop(bench.around, configured)
    files.start()
    task = asyncio.ensure_future(files.run())

    await until((tmp_path / "objects.cache").exists)
    task.cancel()
    await asyncio.wait({task})
    await files.stop()

    assert "as-configured" in (tmp_path / "objects.cache").read_text()
    assert blocks_of((tmp_path / "status.dat").read_text())[2][0] == "hoststatus"
