"""The spool folder: which files are taken in, what their results do, and what becomes of bad ones."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.states import CheckType, StateType
from atalaia.interop import spool as module
from atalaia.interop.spool import Spool
from atalaia.interop.spool_text import read_spool_file
from support.builders import a_host, a_model, a_service, call
from support.interop_world import InteropWorld, names_in, until

NOW = time.time()

ACTIVE = """\
### Active Check Result File ###
file_time={now}

### Nagios Service Check Result ###
# Time: whenever
host_name=web
service_description=http
check_type=0
check_options=0
scheduled_check=1
reschedule_check=1
latency=0.250000
start_time={now}.500000
finish_time={now}.750000
early_timeout={early}
exited_ok={exited}
return_code={code}
output=CRITICAL - no answer | time=1s\\nmore \\\\ details
"""

PASSIVE = """\
host_name=web
service_description=http
check_type=1
return_code={code}
output={output}
"""


def active(code: int = 2, early: int = 0, exited: int = 1) -> str:
    return ACTIVE.format(now=int(NOW), code=code, early=early, exited=exited)


def a_bench(folder: Path, *objects: Any, **settings: Any) -> InteropWorld:
    return InteropWorld(
        a_model(*(objects or (a_host(), a_service())), check_result_path=str(folder), **settings), now=NOW
    )


def put(folder: Path, text: str, name: str = "cAbC123", *, complete: bool = True) -> Path:
    path = folder / name
    path.write_text(text)
    if complete:
        (folder / f"{name}.ok").touch()
    return path


async def taken_in(bench: InteropWorld, *, left: int = 0) -> None:
    """One pass, until the files are gone."""
    folder = Path(bench.world.settings.check_result_path)
    await Spool(bench.around).take_in()
    await until(lambda: len(names_in(folder)) == left)


async def test_the_result_of_an_active_check_is_one_of_our_own(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    put(tmp_path, active())

    await taken_in(bench)

    ((key, result),) = bench.results
    assert key == ("web", "http")
    assert result.check_type is CheckType.ACTIVE
    assert (result.state, result.output, result.perfdata) == (2, "CRITICAL - no answer", "time=1s")
    assert result.long_output == "more \\ details"
    assert (result.latency, result.scheduled) == (0.25, True)
    assert result.started == int(NOW) + 0.5
    assert result.execution_time == 0.25
    assert bench.world.states["web", "http"].state_type is StateType.SOFT


async def test_an_active_result_that_is_not_to_be_rescheduled_leaves_the_plan_alone(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    before = bench.world.queue.get(("web", "http"))
    assert before is not None
    put(tmp_path, active(code=0).replace("reschedule_check=1", "reschedule_check=0"))

    await taken_in(bench)

    after = bench.world.queue.get(("web", "http"))
    assert after is not None
    assert after.at == before.at


@pytest.mark.parametrize(
    ("fields", "state", "output", "line"),
    [
        (
            {"early": 1},
            2,
            "(Service check timed out after 0.25 seconds)",
            "Warning: Check of service 'http' on host 'web' timed out after 0.250s!",
        ),
        (
            {"exited": 0},
            2,
            "(Service check did not exit properly)",
            "Warning:  Check of service 'http' on host 'web' did not exit properly!",
        ),
        (
            {"code": 9},
            2,
            "(Return code of 9 for service 'http' on host 'web' was out of bounds)",
            "Warning: Return code of 9 for check of service 'http' on host 'web' was out of bounds.",
        ),
    ],
)
async def test_how_a_check_ended_is_judged_as_nagios_does(
    tmp_path: Path, fields: dict[str, int], state: int, output: str, line: str
) -> None:
    bench = a_bench(tmp_path)
    put(tmp_path, active(**fields))

    await taken_in(bench)

    ((_, result),) = bench.results
    assert (result.state, result.output) == (state, output)
    assert bench.lines == [line]


async def test_a_passive_result_is_like_one_from_a_command(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    put(tmp_path, PASSIVE.format(code=1, output="so so"))
    put(tmp_path, PASSIVE.format(code=7, output="odd"), name="cZZZZZZ")
    os.utime(tmp_path / "cAbC123", (NOW - 10, NOW - 10))

    await taken_in(bench)

    assert [(one.state, one.output, one.check_type) for _, one in bench.results] == [
        (1, "so so", CheckType.PASSIVE),
        (3, "odd", CheckType.PASSIVE),
    ]


@pytest.mark.parametrize(
    ("service", "settings"),
    [({}, {"accept_passive_service_checks": False}), ({"passive_checks_enabled": False}, {})],
)
async def test_a_passive_result_that_nobody_takes_is_dropped(
    tmp_path: Path, service: dict[str, Any], settings: dict[str, Any]
) -> None:
    bench = a_bench(tmp_path, a_host(), a_service(**service), **settings)
    put(tmp_path, PASSIVE.format(code=1, output="so so"))

    await taken_in(bench)

    assert bench.results == []


async def test_results_of_hosts_have_no_service(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    put(
        tmp_path,
        "host_name=web\ncheck_type=0\nreturn_code=1\noutput=warning is up\n\n"
        "host_name=web\ncheck_type=1\nreturn_code=2\noutput=unreachable\n\n"
        "host_name=web\ncheck_type=1\nreturn_code=3\noutput=no such state\n",
    )

    await taken_in(bench)

    assert [(key, one.state) for key, one in bench.results] == [(("web", ""), 0), (("web", ""), 2)]
    assert "is no state of a host" in bench.lines[0]


async def test_one_file_may_hold_many_results_in_their_order(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    put(tmp_path, "\n".join(PASSIVE.format(code=n % 4, output=n) for n in range(1000)))

    await taken_in(bench)

    assert [one.output for _, one in bench.results] == [str(n) for n in range(1000)]


async def test_only_complete_result_files_are_touched(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    put(tmp_path, active(), complete=False)
    put(tmp_path, active(), name="checkABC")
    put(tmp_path, active(), name="dAbC123")
    (tmp_path / "cFolder").mkdir()
    (tmp_path / "cLinked").symlink_to(tmp_path / "checkABC")
    (tmp_path / "cLinked.ok").touch()

    await taken_in(bench, left=8)

    assert bench.results == []
    assert len(names_in(tmp_path)) == 8


async def test_what_is_too_old_is_deleted_unread(tmp_path: Path) -> None:
    bench = a_bench(tmp_path, max_check_result_file_age=60)
    old = put(tmp_path, active())
    os.utime(old, (NOW - 100, NOW - 100))
    put(tmp_path, active().replace(f"file_time={int(NOW)}", f"file_time={int(NOW) - 100}"), name="cXXXXXX")

    await taken_in(bench)

    assert bench.results == []


async def test_with_an_age_of_0_nothing_is_too_old(tmp_path: Path) -> None:
    bench = a_bench(tmp_path, max_check_result_file_age=0)
    old = put(tmp_path, active())
    os.utime(old, (1, 1))

    await taken_in(bench)

    assert len(bench.results) == 1


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\0\xff\n=\n==\n", b"host_name=web\n", b"output=x\n"])
async def test_garbage_is_deleted_and_told(tmp_path: Path, content: bytes) -> None:
    bench = a_bench(tmp_path)
    (tmp_path / "cGARBAG").write_bytes(content)
    (tmp_path / "cGARBAG.ok").touch()

    await taken_in(bench)

    assert bench.results == []
    assert "holds what is no result" in bench.lines[0]


async def test_good_results_beside_bad_ones_are_taken(tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    put(
        tmp_path,
        PASSIVE.format(code=1, output="good").replace("http", "gone")
        + "\nhost_name=nobody\noutput=x\n\noutput=y\n\n"
        + PASSIVE.format(code=0, output="fine"),
    )

    await taken_in(bench)

    assert [one.output for _, one in bench.results] == ["fine"]
    assert len(bench.lines) == 3


async def test_a_file_that_cannot_be_deleted_is_not_taken_in_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []
    monkeypatch.setattr(module, "_delete", tried.append)
    bench = a_bench(tmp_path)
    put(tmp_path, active())
    spool = Spool(bench.around)

    for _ in range(3):
        await spool.take_in()
    await until(lambda: len(tried) == 1)
    assert len(bench.results) == 1

    put(tmp_path, PASSIVE.format(code=0, output="another one of that name"))
    await spool.take_in()
    assert len(bench.results) == 2


async def test_a_file_stays_until_its_results_are_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = a_bench(tmp_path)
    waiting: list[Any] = []
    monkeypatch.setattr(bench, "result", lambda key, result, stored=None: waiting.append(stored))
    put(tmp_path, active())

    await Spool(bench.around).take_in()
    assert len(names_in(tmp_path)) == 2

    waiting[-1]()
    await until(lambda: not names_in(tmp_path))


async def test_a_pass_ends_at_its_time_and_the_rest_comes_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FILES_AT_ONCE", 1)
    bench = a_bench(tmp_path, max_check_result_reaper_time=0)
    put(tmp_path, active())

    await Spool(bench.around).take_in()

    assert bench.results == []


async def test_a_folder_that_is_missing_is_an_alarm(tmp_path: Path) -> None:
    bench = a_bench(tmp_path / "spool")
    spool = Spool(bench.around)

    await spool.take_in()
    assert "cannot be read" in bench.alarms["spool"]

    (tmp_path / "spool").mkdir()
    await spool.take_in()
    assert bench.alarms == {}


async def test_a_host_check_that_another_program_ran_counts_as_executed(tmp_path: Path) -> None:
    bench = a_bench(tmp_path, a_host(check_command=call("check-host")))
    put(tmp_path, f"host_name=web\ncheck_type=0\nstart_time={int(NOW)}.0\nreturn_code=2\noutput=gone\n")

    await taken_in(bench)

    assert bench.world.states["web", ""].state == 1


def test_times_are_seconds_and_microseconds() -> None:
    (result,) = read_spool_file(b"host_name=a\noutput=b\nstart_time=5.25\nfinish_time=6\n").results

    assert (result.started, result.finished) == (5.000025, 0.0)


def test_a_line_that_ends_with_a_backslash_goes_on() -> None:
    found = read_spool_file(b"host_name=a\noutput=one \\\n   two\n").results

    assert [one.output for one in found] == ["one two"]


@given(st.binary(max_size=300))
def test_no_file_does_any_harm(data: bytes) -> None:
    read_spool_file(data)
