"""Switching from Nagios and back, with the real Nagios: what it wrote is taken over, what we wrote it reads."""

import time
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from atalaia.config.load import load
from atalaia.core.instants import Instant
from atalaia.core.objects import Model
from atalaia.core.world import Remembered
from atalaia.interop.retention import Imported, read_retention_file
from atalaia.interop.retention_text import retention_texts
from atalaia.interop.statistics import CheckStatistics
from atalaia.interop.status_text import Program, status_texts
from support.interop_world import InteropWorld
from support.nagios4 import Nagios4, needs_nagios4
from support.nagios_blocks import blocks_of, by_name

pytestmark = [pytest.mark.oracle, needs_nagios4, pytest.mark.timeout(180)]

OBJECTS = """
define contact {
    contact_name                   ana
    host_notification_period       always
    service_notification_period    always
    host_notification_options      d,u,r,f,s
    service_notification_options   w,u,c,r,f,s
    host_notification_commands     tell-nobody
    service_notification_commands  tell-nobody
    _ROOM                          12
}
define timeperiod {
    timeperiod_name  other
    alias            Other
    monday           00:00-24:00
}
define command {
    command_name  check
    command_line  /bin/true
}
define host {
    host_name              web
    address                127.0.0.1
    check_command          check!a!b
    active_checks_enabled  0
    check_interval         60
    max_check_attempts     2
    contacts               ana
    check_period           always
    notification_period    always
    notification_interval  60
    _RACK                  7
    _ROW                   North side
}
define host {
    host_name              down
    address                127.0.0.2
    active_checks_enabled  0
    max_check_attempts     1
    contacts               ana
    check_period           always
    notification_period    always
    notification_interval  0
}
"""

SERVICE = """
define service {{
    host_name              web
    service_description    {name}
    check_command          check!{name}
    active_checks_enabled  0
    check_interval         30
    retry_interval         3
    max_check_attempts     {attempts}
    contacts               ana
    check_period           always
    notification_period    always
    notification_interval  {interval}
    flap_detection_enabled {flaps}
    {more}
}}
"""

NAMES = ("acknowledged", "changed", "critical", "downtime", "flapping", "never", "soft", "talkative")

SETTINGS = {
    "enable_flap_detection": "1",
    "retain_state_information": "1",
    "retention_update_interval": "0",
    "low_service_flap_threshold": "5",
    "high_service_flap_threshold": "20",
    "use_retained_scheduling_info": "1",
    "log_initial_states": "0",
}


def objects() -> str:
    return OBJECTS + "".join(
        SERVICE.format(
            name=name,
            attempts=3 if name == "soft" else 1,
            interval=0 if name == "acknowledged" else 60,
            flaps=int(name == "flapping"),
            more="_COLOUR  green" if name == "changed" else "",
        )
        for name in NAMES
    )


def commands(now: int) -> Iterator[str]:
    """What people and programs did."""
    result = "PROCESS_SERVICE_CHECK_RESULT;web"
    yield f"{result};acknowledged;2;broken | a=1;2;3"
    yield f"{result};critical;2;worse"
    yield f"{result};soft;0;fine"
    yield f"{result};soft;1;a little"
    yield f"{result};talkative;0;first\\nsecond \\\\ third\\n|x=1\\ny=2"
    yield f"{result};downtime;0;fine"
    yield f"{result};changed;0;fine"
    for number in range(14):
        yield f"{result};flapping;{2 if number % 2 else 0};turn {number}"
    yield "PROCESS_HOST_CHECK_RESULT;down;1;no answer"
    yield "PROCESS_HOST_CHECK_RESULT;web;0;up"
    yield "ACKNOWLEDGE_SVC_PROBLEM;web;acknowledged;2;0;1;ana;on it; really"
    yield "ACKNOWLEDGE_HOST_PROBLEM;down;1;0;0;bia;pulled the plug"
    yield "ADD_HOST_COMMENT;web;1;ana;stays = here"
    yield "ADD_SVC_COMMENT;web;soft;1;bia;Grüße"
    yield f"SCHEDULE_SVC_DOWNTIME;web;downtime;{now - 10};{now + 7200};1;0;7210;ana;fixed"
    yield f"SCHEDULE_HOST_DOWNTIME;web;{now + 3600};{now + 7200};0;0;600;ana;flexible"
    yield "DISABLE_SVC_NOTIFICATIONS;web;changed"
    yield "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web;changed;17"
    yield "CHANGE_RETRY_SVC_CHECK_INTERVAL;web;changed;2"
    yield "CHANGE_MAX_SVC_CHECK_ATTEMPTS;web;changed;9"
    yield "CHANGE_SVC_CHECK_TIMEPERIOD;web;changed;other"
    yield "CHANGE_CUSTOM_SVC_VAR;web;changed;COLOUR;dark red"
    yield "CHANGE_CUSTOM_HOST_VAR;web;RACK;21"
    yield "DISABLE_HOST_FLAP_DETECTION;web"
    yield "DISABLE_CONTACT_SVC_NOTIFICATIONS;ana"
    yield "CHANGE_CONTACT_HOST_NOTIFICATION_TIMEPERIOD;ana;other"
    yield "DISABLE_EVENT_HANDLERS"
    yield "STOP_EXECUTING_HOST_CHECKS"


def given_a_nagios_with_a_history(folder: Path) -> tuple[str, Model]:
    """Lets it live a little; returns its status file of just before the end, and the configuration."""
    nagios = Nagios4(folder)
    nagios.configure(objects(), **SETTINGS)
    with nagios.running():
        nagios.wait_for((folder / "nagios.cmd").exists)
        now = int(time.time())
        for line in commands(now):
            nagios.command(line)
        nagios.wait_for(lambda: "STOP_EXECUTING_HOST_CHECKS" in nagios.log())
        before = time.time()
        nagios.wait_for(lambda: _created(folder) > before + 1)
        status = (folder / "status.dat").read_text("utf-8")
    model = load(folder / "nagios.cfg").model
    assert model is not None
    return status, model


def _created(folder: Path) -> float:
    blocks = blocks_of(_text(folder / "status.dat"))
    return float(dict(blocks[0][1]).get("created", "0")) if blocks else 0.0


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def taken_over(found: Imported, model: Model, now: float) -> InteropWorld:
    """A world that begins with what was taken over."""
    remembered = Remembered(
        states=found.states,
        comments=found.comments,
        downtimes=found.downtimes,
        changes=found.changes,
        contacts=found.contacts,
        stopped=found.written,
    )
    bench = InteropWorld(model, remembered=remembered, now=now)
    for name in found.ids.__struct_fields__:
        setattr(bench.world.ids, name, getattr(found.ids, name))
    return bench


def status_of(bench: InteropWorld) -> str:
    program = Program(version="0.0", pid=1, now=bench.clock.now(), last_rotation=0.0)
    return "".join(status_texts(bench.world, program, CheckStatistics(bench.clock.monotonic)))


def differences(ours: str, theirs: str, free: frozenset[str]) -> list[str]:
    """What is said in another way, apart from fields that need not be the same."""
    mine, real = by_name(ours), by_name(theirs)
    if "comment_id" in free:
        mine, real = ({name: of[name] for name in of if "comment" not in name[0]} for of in (mine, real))
    found = [f"only there: {name}" for name in real.keys() - mine.keys()]
    found += [f"only here: {name}" for name in mine.keys() - real.keys()]
    for name in real.keys() & mine.keys():
        for field, value in real[name].items():
            if field not in free and mine[name].get(field) != value:
                found.append(f"{name} {field}: {value!r} there, {mine[name].get(field)!r} here")
    return sorted(found)


FREE = frozenset(
    {
        "created", "version", "last_update_check", "update_available", "nagios_pid", "daemon_mode",
        "program_start", "last_update", "external_command_stats", "passive_host_check_stats",
        "passive_service_check_stats",
    }
)  # fmt: skip
"""Fields that are about the program that writes, or count from its start."""


def shape_of(text: str) -> list[tuple[str, str, list[str]]]:
    """Kind, object and names of fields of every block, in their order; Nagios 4.4 lacks one of the fields.

    Comments come in the order of their numbers, which a start of Nagios changes: those are put in order here.
    """
    shapes = [
        (
            kind,
            dict(fields).get("host_name", ""),
            [name for name, _ in fields if name != "event_handler_period"],
        )
        for kind, fields in blocks_of(text)
    ]
    comments = [shape for shape in shapes if "comment" in shape[0]]
    return [shape for shape in shapes if "comment" not in shape[0]] + sorted(comments)


ANEW = frozenset({"comment_id", "next_comment_id"})
"""A Nagios that starts writes comments of downtimes and flapping anew."""


def comments_of(text: str) -> list[tuple[str, str, str, str]]:
    """Kind, place, author and text of every comment, without the percentages of a flapping."""
    return sorted(
        (
            values["entry_type"],
            f"{host} {service.partition('#')[0]}",
            values["author"],
            values["comment_data"].partition("(")[0],
        )
        for (kind, host, service), values in by_name(text).items()
        if kind.endswith("comment")
    )


def test_what_a_nagios_wrote_is_taken_over(tmp_path: Path) -> None:
    status, model = given_a_nagios_with_a_history(tmp_path)

    found = read_retention_file(tmp_path / "retention.dat", model, UTC)

    assert found.problems == []
    ours = status_of(taken_over(found, model, found.written + 1))
    assert differences(ours, status, FREE) == []
    assert shape_of(ours) == shape_of(status)


def test_what_we_write_a_nagios_reads(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    _, model = given_a_nagios_with_a_history(first)
    found = read_retention_file(first / "retention.dat", model, UTC)
    bench = taken_over(found, model, found.written + 1)
    nagios = Nagios4(second)
    nagios.configure(objects(), **SETTINGS)

    written = "".join(retention_texts(bench.world, Instant(time.time()), "0.0"))
    (second / "retention.dat").write_text(written, "utf-8")
    with nagios.running():
        nagios.wait_for(lambda: "is_in_effect=1" in _text(second / "status.dat"))
        status = _text(second / "status.dat")

    ours = status_of(bench)
    assert differences(ours, status, FREE | ANEW) == []
    assert comments_of(ours) == comments_of(status)
    assert shape_of(written) == shape_of(_text(second / "retention.dat"))
