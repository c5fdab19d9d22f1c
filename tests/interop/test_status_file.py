"""status.dat: its fields in Nagios' order, its formats, and how it gets onto the disk."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from atalaia.core.runtime import Runtime
from atalaia.interop.snapshots import Snapshots
from atalaia.interop.statistics import CheckStatistics
from atalaia.interop.status_text import Program, status_texts
from support.builders import START, a_contact, a_host, a_model, a_service
from support.interop_world import LONGEST_STALL, InteropWorld, names_in
from support.nagios_blocks import blocks_of

FIELDS = {
    "info": "created version last_update_check update_available last_version new_version",
    "programstatus": (
        "modified_host_attributes modified_service_attributes nagios_pid daemon_mode program_start "
        "last_log_rotation enable_notifications active_service_checks_enabled passive_service_checks_enabled "
        "active_host_checks_enabled passive_host_checks_enabled enable_event_handlers obsess_over_services "
        "obsess_over_hosts check_service_freshness check_host_freshness enable_flap_detection "
        "process_performance_data global_host_event_handler global_service_event_handler next_comment_id "
        "next_downtime_id next_event_id next_problem_id next_notification_id active_scheduled_host_check_stats "
        "active_ondemand_host_check_stats passive_host_check_stats active_scheduled_service_check_stats "
        "active_ondemand_service_check_stats passive_service_check_stats cached_host_check_stats "
        "cached_service_check_stats external_command_stats parallel_host_check_stats serial_host_check_stats"
    ),
    "hoststatus": (
        "host_name modified_attributes check_command check_period notification_period importance "
        "check_interval retry_interval event_handler event_handler_period has_been_checked should_be_scheduled "
        "check_execution_time check_latency check_type current_state last_hard_state last_event_id "
        "current_event_id current_problem_id last_problem_id plugin_output long_plugin_output performance_data "
        "last_check next_check check_options current_attempt max_attempts state_type last_state_change "
        "last_hard_state_change last_time_up last_time_down last_time_unreachable last_notification "
        "next_notification no_more_notifications current_notification_number current_notification_id "
        "notifications_enabled problem_has_been_acknowledged acknowledgement_type active_checks_enabled "
        "passive_checks_enabled event_handler_enabled flap_detection_enabled process_performance_data obsess "
        "last_update is_flapping percent_state_change scheduled_downtime_depth _RACK"
    ),
    "servicestatus": (
        "host_name service_description modified_attributes check_command check_period notification_period "
        "importance check_interval retry_interval event_handler event_handler_period has_been_checked "
        "should_be_scheduled check_execution_time check_latency check_type current_state last_hard_state "
        "last_event_id current_event_id current_problem_id last_problem_id current_attempt max_attempts "
        "state_type last_state_change last_hard_state_change last_time_ok last_time_warning last_time_unknown "
        "last_time_critical plugin_output long_plugin_output performance_data last_check next_check "
        "check_options current_notification_number current_notification_id last_notification "
        "next_notification no_more_notifications notifications_enabled active_checks_enabled "
        "passive_checks_enabled event_handler_enabled problem_has_been_acknowledged acknowledgement_type "
        "flap_detection_enabled process_performance_data obsess last_update is_flapping percent_state_change "
        "scheduled_downtime_depth"
    ),
    "contactstatus": (
        "contact_name modified_attributes modified_host_attributes modified_service_attributes "
        "host_notification_period service_notification_period last_host_notification "
        "last_service_notification host_notifications_enabled service_notifications_enabled"
    ),
    "servicecomment": (
        "host_name service_description entry_type comment_id source persistent entry_time expires expire_time "
        "author comment_data"
    ),
    "hostdowntime": (
        "host_name downtime_id comment_id entry_time start_time flex_downtime_start end_time triggered_by "
        "fixed duration is_in_effect start_notification_sent author comment"
    ),
}


def a_bench() -> InteropWorld:
    return InteropWorld(
        a_model(
            a_host(custom={"RACK": "7"}),
            a_service(check_interval=2.5),
            a_contact(),
            global_service_event_handler=None,
        )
    )


def text_of(bench: InteropWorld) -> str:
    program = Program(version="1.2", pid=77, now=START + 5, last_rotation=START + 1)
    return "".join(status_texts(bench.world, program, CheckStatistics(bench.clock.monotonic)))


def order(bench: InteropWorld, text: str) -> None:
    from atalaia.core.orders import Order

    bench.take_order(Order(text=text, entry_time=bench.clock.now()))


def test_the_fields_stand_in_nagios_order() -> None:
    bench = a_bench()
    order(bench, "ADD_SVC_COMMENT;web;http;1;ana;a = b")
    order(bench, f"SCHEDULE_HOST_DOWNTIME;web;{int(START)};{int(START) + 60};1;0;60;ana;x")

    found = {kind: " ".join(name for name, _ in fields) for kind, fields in blocks_of(text_of(bench))}

    assert {kind: found.get(kind) for kind in FIELDS} == FIELDS


def test_numbers_are_written_as_nagios_writes_them() -> None:
    bench = a_bench()
    bench.world.states["web", "http"] = Runtime(
        has_been_checked=True,
        state=3,
        latency=0.12345,
        execution_time=1.5,
        percent_state_change=12.345,
        last_check=bench.clock.now(),
        last_time_in=(1.9, 2.0, 3.0, 4.0),
        output="x",
        long_output="one\ntwo\\",
    )

    service = dict(next(fields for kind, fields in blocks_of(text_of(bench)) if kind == "servicestatus"))

    assert service["check_interval"] == "2.500000"
    assert service["check_latency"] == "0.123"
    assert service["check_execution_time"] == "1.500"
    assert service["percent_state_change"] == "12.35"
    assert service["last_check"] == str(int(START))
    assert (service["last_time_ok"], service["last_time_critical"], service["last_time_unknown"]) == (
        "1",
        "3",
        "4",
    )
    assert service["long_plugin_output"] == "one\\ntwo\\\\"
    assert service["last_update"] == str(int(START + 5))


def test_a_forced_check_is_marked() -> None:
    bench = a_bench()
    order(bench, f"SCHEDULE_FORCED_SVC_CHECK;web;http;{int(START) + 100}")

    service = dict(next(fields for kind, fields in blocks_of(text_of(bench)) if kind == "servicestatus"))

    assert service["check_options"] == "1"


def test_the_version_says_which_format_this_is_and_who_wrote_it() -> None:
    info = dict(blocks_of(text_of(a_bench()))[0][1])

    assert info["version"] == "4.5.12-atalaia-1.2"


# --- onto the disk ----------------------------------------------------------------------------------------


async def test_the_former_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "status.dat"
    path.write_text("old")
    snapshots = Snapshots(time.monotonic)
    seen: list[str] = []

    def texts() -> "list[str]":
        seen.append(path.read_text())
        return ["a" * 100, "b"]

    await snapshots.write(str(path), iter(texts()), mode=0o664)
    snapshots.close()

    assert seen == ["old"]
    assert path.read_text() == "a" * 100 + "b"
    assert path.stat().st_mode & 0o777 == 0o664
    assert list(tmp_path.iterdir()) == [path]


async def test_a_failure_leaves_the_former_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "status.dat"
    path.write_text("old")
    snapshots = Snapshots(time.monotonic)

    def broken() -> "object":
        yield "a"
        raise RuntimeError("a fault in one object")

    with pytest.raises(RuntimeError):
        await snapshots.write(str(path), broken(), mode=0o664)  # type: ignore[arg-type]
    await asyncio.to_thread(snapshots._thread.submit(lambda: None).result)
    snapshots.close()

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


async def test_what_a_crash_left_behind_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / ".status.dat.new").symlink_to(tmp_path / "elsewhere")
    snapshots = Snapshots(time.monotonic)

    await snapshots.write_at_once(str(tmp_path / "status.dat"), iter(["x"]), mode=0o600)
    snapshots.close()

    assert not (tmp_path / "elsewhere").exists()
    assert names_in(tmp_path) == {"status.dat"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
async def test_a_file_stays_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "retention.dat"
    path.write_text("old")
    os.chown(path, 65534, 65534)
    snapshots = Snapshots(time.monotonic)

    await snapshots.write(str(path), iter(["new"]), mode=0o600)
    snapshots.close()

    assert (path.read_text(), path.stat().st_uid, path.stat().st_mode & 0o777) == ("new", 65534, 0o600)


@pytest.mark.slow
@pytest.mark.parametrize("services", [10_000, 100_000])
async def test_many_services_do_not_hold_up_the_loop(tmp_path: Path, services: int) -> None:
    hosts = [a_host(f"h{number:04}") for number in range(services // 20)]
    model = a_model(*hosts, *(a_service(f"s{n}", one.host_name) for one in hosts for n in range(20)))
    bench = InteropWorld(model)
    for key, known in bench.world.states.items():
        known.output, known.has_been_checked = f"OK - {key[1]} is fine", True
        known.perfdata = "time=0.123s;1;2;0 size=1234B;;;0"
    program = Program(version="0", pid=1, now=START, last_rotation=0.0)
    texts = status_texts(bench.world, program, CheckStatistics(time.monotonic))
    snapshots = Snapshots(time.monotonic)
    longest = 0.0
    done = asyncio.Event()

    async def watch() -> None:
        nonlocal longest
        last = time.perf_counter()
        while not done.is_set():
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        group.create_task(watch())
        await snapshots.write(str(tmp_path / "status.dat"), texts, mode=0o664)
        done.set()
    took = time.perf_counter() - began
    snapshots.close()

    size = (tmp_path / "status.dat").stat().st_size
    print(f"{services} services: {size / 1e6:.0f} MB in {took:.2f} s, longest stall {longest * 1000:.1f} ms")
    assert longest < LONGEST_STALL
