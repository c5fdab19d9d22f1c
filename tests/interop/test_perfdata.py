"""Performance data files: templates, modes, pipes without readers, and the command that takes the file away."""

import asyncio
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from atalaia.core.objects import Command, MainSettings
from atalaia.core.runtime import Runtime
from atalaia.interop import appender as appender_module
from atalaia.interop import perfdata as module
from atalaia.interop.perfdata import DEFAULT_TEMPLATES, Perfdata, wanted, with_signs
from support.builders import a_host, a_model, a_service, call
from support.fakes import Answer
from support.interop_world import InteropWorld, until

HTTP, WEB = ("web", "http"), ("web", "")


def a_bench(folder: Path, *commands: Command, **settings: Any) -> InteropWorld:
    given = {
        "service_perfdata_file": str(folder / "services"),
        "host_perfdata_file": str(folder / "hosts"),
        "service_perfdata_file_template": "S\\t$KEY$\\t$DATA$",
        "host_perfdata_file_template": "H $KEY$ $DATA$",
    }
    return InteropWorld(a_model(a_host(), a_service(), *commands, **(given | settings)))


def seen(perfdata: str) -> Runtime:
    return Runtime(perfdata=perfdata)


async def test_each_result_is_a_line_by_its_template(tmp_path: Path) -> None:
    perfdata = Perfdata(a_bench(tmp_path).around)
    perfdata.start()

    perfdata.take(HTTP, seen("a=1"))
    perfdata.take(WEB, seen("rta=2ms"))
    perfdata.take(HTTP, seen(""))
    await perfdata.stop(5.0)

    assert (tmp_path / "services").read_text() == "S\tweb http\ta=1\nS\tweb http\t\n"
    assert (tmp_path / "hosts").read_text() == "H web rta=2ms\n"


async def test_results_without_performance_data_can_be_left_out(tmp_path: Path) -> None:
    perfdata = Perfdata(a_bench(tmp_path, service_perfdata_process_empty_results=False).around)
    perfdata.start()

    perfdata.take(HTTP, seen(""))
    perfdata.take(WEB, seen(""))
    await perfdata.stop(5.0)

    assert not (tmp_path / "services").exists()
    assert (tmp_path / "hosts").read_text() == "H web \n"


@pytest.mark.parametrize(("mode", "expected"), [("a", "old\nS\tweb http\tx\n"), ("w", "S\tweb http\tx\n")])
async def test_a_file_is_appended_to_or_begun_anew(tmp_path: Path, mode: str, expected: str) -> None:
    (tmp_path / "services").write_text("old\n")
    perfdata = Perfdata(a_bench(tmp_path, service_perfdata_file_mode=mode).around)
    perfdata.start()

    perfdata.take(HTTP, seen("x"))
    await perfdata.stop(5.0)

    assert (tmp_path / "services").read_text() == expected


async def test_without_a_file_nothing_happens(tmp_path: Path) -> None:
    perfdata = Perfdata(a_bench(tmp_path, service_perfdata_file="", host_perfdata_file="").around)
    perfdata.start()

    perfdata.take(HTTP, seen("x"))
    await perfdata.stop(5.0)

    assert list(tmp_path.iterdir()) == []


def test_the_templates_are_nagios_own_unless_others_are_given() -> None:
    settings = MainSettings(host_perfdata_file="h", service_perfdata_file="s")

    assert wanted("host", settings).template == DEFAULT_TEMPLATES["host"]
    assert wanted("service", settings).template.startswith("[SERVICEPERFDATA]\t$TIMET$\t$HOSTNAME$")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("a\\tb\\nc\\rd", "a\tb\nc\rd"), ("\\\\t", "\\\t"), ("C:\\x", "C:\\x"), ("end\\", "end\\"), ("", "")],
)
def test_signs_of_a_template_are_read_as_nagios_reads_them(written: str, meant: str) -> None:
    assert with_signs(written) == meant


# --- pipes ------------------------------------------------------------------------------------------------


async def test_a_pipe_without_reader_holds_nobody_up_and_loses_nothing_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appender_module, "RETRY", 0.01)
    os.mkfifo(tmp_path / "services")
    bench = a_bench(tmp_path, service_perfdata_file_mode="p")
    perfdata = Perfdata(bench.around)
    perfdata.start()
    for number in range(3000):
        perfdata.take(HTTP, seen(f"{number:050}"))
    await until(lambda: "service_perfdata_file" in bench.alarms)
    assert "nobody reads it" in bench.alarms["service_perfdata_file"]

    reader = os.open(tmp_path / "services", os.O_RDONLY | os.O_NONBLOCK)
    data = b""
    while data.count(b"\n") < 3000:
        try:
            data += os.read(reader, 65536)
        except BlockingIOError:
            await asyncio.sleep(0.01)
    await until(lambda: not bench.alarms)
    await perfdata.stop(5.0)
    os.close(reader)

    assert [int(line.rpartition(b"\t")[2]) for line in data.splitlines()] == list(range(3000))


async def test_what_waits_for_a_pipe_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIPE_LIMIT", 10_000)
    os.mkfifo(tmp_path / "services")
    perfdata = Perfdata(a_bench(tmp_path, service_perfdata_file_mode="p").around)
    perfdata.start()
    file = perfdata._files["service"]

    for _ in range(5000):
        perfdata.take(HTTP, seen("x" * 50))

    assert file.appender._waiting <= 10_000
    await perfdata.stop(5.0)


async def test_a_pipe_that_is_not_there_is_an_alarm(tmp_path: Path) -> None:
    bench = a_bench(tmp_path, service_perfdata_file_mode="p")
    perfdata = Perfdata(bench.around)
    perfdata.start()

    perfdata.take(HTTP, seen("x"))
    await until(lambda: "service_perfdata_file" in bench.alarms)
    await perfdata.stop(5.0)

    assert not (tmp_path / "services").exists()


# --- processing -------------------------------------------------------------------------------------------

TAKE = Command(command_name="take", command_line="/bin/take $SERVICEPERFDATAFILE$ $ARG1$")


async def test_the_command_runs_with_the_file_closed_and_what_comes_meanwhile_follows(tmp_path: Path) -> None:
    bench = a_bench(
        tmp_path,
        TAKE,
        service_perfdata_file_processing_interval=1,
        service_perfdata_file_processing_command=call("take!now"),
    )
    line = f"/bin/take {tmp_path}/services now"
    assert bench.runner is not None
    bench.runner.script(line, Answer(seconds=0.2))
    perfdata = Perfdata(bench.around)
    perfdata.start()
    perfdata.take(HTTP, seen("before"))

    await until(lambda: bool(bench.runner and bench.runner.started))
    (tmp_path / "services").rename(tmp_path / "taken")
    perfdata.take(HTTP, seen("meanwhile"))
    await asyncio.sleep(0.1)
    assert not (tmp_path / "services").exists()
    await until((tmp_path / "services").exists)
    await perfdata.stop(5.0)

    assert " ".join(bench.runner.started[0].argv) == line
    assert (tmp_path / "taken").read_text() == "S\tweb http\tbefore\n"
    assert (tmp_path / "services").read_text() == "S\tweb http\tmeanwhile\n"


async def test_a_command_that_takes_too_long_is_told_in_the_log(tmp_path: Path) -> None:
    bench = a_bench(
        tmp_path,
        TAKE,
        perfdata_timeout=1,
        service_perfdata_file_processing_interval=1,
        service_perfdata_file_processing_command=call("take!now"),
    )
    assert bench.runner is not None
    bench.runner.script(f"/bin/take {tmp_path}/services now", Answer(seconds=30))
    perfdata = Perfdata(bench.around)
    perfdata.start()

    await until(lambda: bool(bench.lines))
    await perfdata.stop(5.0)

    assert bench.lines == [
        "Warning: Service performance data file processing command 'take!now' timed out after 1 seconds"
    ]


async def test_a_reload_opens_what_changed(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    perfdata = Perfdata(bench.around)
    perfdata.start()
    before = perfdata._files["host"]
    perfdata.take(HTTP, seen("one"))

    settings = msgspec.structs.replace(bench.world.settings, service_perfdata_file=str(tmp_path / "others"))
    bench.world.topology.put_settings(settings)
    perfdata.reload()
    perfdata.take(HTTP, seen("two"))
    await perfdata.stop(5.0)

    assert perfdata._files == {}
    assert before.asked == wanted("host", settings)
    assert (tmp_path / "others").read_text() == "S\tweb http\ttwo\n"
    await until((tmp_path / "services").exists)
