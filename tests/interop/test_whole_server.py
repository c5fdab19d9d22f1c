"""The server as a process, with every file that a main file can ask for."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.interop_world import names_in
from support.nagios_blocks import blocks_of, by_name
from support.server_process import ServerProcess, write_config

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

FINE = ("fine", "/bin/echo OK - all good '|' time=1s")
BAD = ("bad", "/bin/sh -c 'echo CRITICAL - broken && exit 2'")


def config(folder: Path, *services: tuple[str, str], **main: str) -> Path:
    for name in ("spool", "archives"):
        (folder / name).mkdir(exist_ok=True)
    given = {
        "status_file": f"{folder}/status.dat",
        "status_update_interval": "1",
        "object_cache_file": f"{folder}/objects.cache",
        "state_retention_file": f"{folder}/retention.dat",
        "retain_state_information": "1",
        "command_file": f"{folder}/nagios.cmd",
        "check_result_path": f"{folder}/spool",
        "check_result_reaper_frequency": "1",
        "lock_file": f"{folder}/nagios.pid",
        "log_archive_path": f"{folder}/archives",
        "log_rotation_method": "d",
        "illegal_macro_output_chars": "`~$&|'\"<>",
    }
    return write_config(folder, *(services or (FINE, BAD)), **(given | main))


def command(server: ServerProcess, folder: Path, text: str) -> None:
    server.wait("the pipe is there", (folder / "nagios.cmd").exists)
    with (folder / "nagios.cmd").open("w") as pipe:
        pipe.write(f"[{int(time.time())}] {text}\n")


def service(server: ServerProcess, name: str) -> Any:
    return server.get(f"/api/v1/services/web/{name}")


def is_checked(server: ServerProcess, name: str) -> Callable[[], bool]:
    return lambda: service(server, name)["state"] != "PENDING"


def log_of(folder: Path) -> str:
    return text_of(folder / "nagios.log")


def text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def test_a_command_is_carried_out_and_seen_over_the_api_and_in_the_files(tmp_path: Path) -> None:
    with ServerProcess(config(tmp_path), tmp_path / "data") as server:
        server.wait("the problem is there", lambda: service(server, "bad")["state"] == "CRITICAL")

        command(server, tmp_path, "ACKNOWLEDGE_SVC_PROBLEM;web;bad;2;1;1;ana;on it")

        server.wait("it is acknowledged", lambda: service(server, "bad")["acknowledged"])
        status = tmp_path / "status.dat"
        server.wait("the file says so", lambda: "problem_has_been_acknowledged=1" in text_of(status))
        server.wait("the log says so", lambda: "ACKNOWLEDGEMENT (CRITICAL)" in log_of(tmp_path))
        assert server.end() == 0

    assert "EXTERNAL COMMAND: ACKNOWLEDGE_SVC_PROBLEM;web;bad;2;1;1;ana;on it" in log_of(tmp_path)
    last = log_of(tmp_path).splitlines()[-2:]
    assert last[0].endswith("Caught SIGTERM, shutting down...")
    assert last[1].endswith(f"Successfully shutdown... (PID={server.process.pid})")
    left = names_in(tmp_path)
    assert {"status.dat", "retention.dat", "objects.cache"} <= left
    assert not {"nagios.cmd", "nagios.pid"} & left


def test_a_result_in_the_spool_folder_is_taken_in(tmp_path: Path) -> None:
    now = int(time.time())
    with ServerProcess(config(tmp_path, FINE), tmp_path / "data") as server:
        server.wait("it was checked", is_checked(server, "fine"))
        (tmp_path / "spool" / "cSPOOL1").write_text(
            f"file_time={now}\n\nhost_name=web\nservice_description=fine\ncheck_type=1\nscheduled_check=0\n"
            f"start_time={now}.0\nfinish_time={now}.0\nreturn_code=1\noutput=WARNING - from the spool\n"
        )
        (tmp_path / "spool" / "cSPOOL1.ok").touch()

        server.wait(
            "it is in the log", lambda: "fine;WARNING;HARD;1;WARNING - from the spool" in log_of(tmp_path)
        )
        server.wait("the files are gone", lambda: not names_in(tmp_path / "spool"))


def test_a_file_with_commands_is_carried_out(tmp_path: Path) -> None:
    with ServerProcess(config(tmp_path, FINE), tmp_path / "data") as server:
        commands = tmp_path / "commands"
        commands.write_text("[1] DISABLE_SVC_NOTIFICATIONS;web;fine\n")

        command(server, tmp_path, f"PROCESS_FILE;{commands};1")

        server.wait("it is done", lambda: not service(server, "fine")["notifications_enabled"])
        server.wait("the file is gone", lambda: not commands.exists())


def test_result_commands_and_performance_data_go_out(tmp_path: Path) -> None:
    def out(name: str, macros: str) -> str:
        line = f"/bin/echo {macros} >> {tmp_path}/{name}"
        return f"define command {{\n command_name {name}\n command_line {line}\n}}\n"

    main = config(
        tmp_path,
        FINE,
        obsess_over_services="1",
        obsess_over_hosts="1",
        ocsp_command="ocsp",
        ochp_command="ochp",
        process_performance_data="1",
        service_perfdata_command="perf",
        service_perfdata_file=f"{tmp_path}/perfdata",
        service_perfdata_file_processing_interval="1",
        service_perfdata_file_processing_command="take",
    )
    text = (tmp_path / "objects.cfg").read_text()
    text += out("ocsp", "$HOSTNAME$ $SERVICEDESC$ $SERVICESTATEID$")
    text += out("ochp", "$HOSTNAME$ $HOSTSTATEID$")
    text += out("perf", "$SERVICEDESC$ $SERVICEPERFDATA$")
    take = f"/bin/mv {tmp_path}/perfdata {tmp_path}/taken"
    text += f"define command {{\n command_name take\n command_line {take}\n}}\n"
    (tmp_path / "objects.cfg").write_text(text)

    with ServerProcess(main, tmp_path / "data") as server:
        command(server, tmp_path, "PROCESS_HOST_CHECK_RESULT;web;1;no answer")
        for name in ("ocsp", "ochp", "perf", "taken"):
            server.wait(f"{name} was written", (tmp_path / name).exists)

    assert (tmp_path / "ocsp").read_text().splitlines()[0] == "web fine 0"
    assert (tmp_path / "ochp").read_text().splitlines()[0] == "web 1"
    assert (tmp_path / "perf").read_text().splitlines()[0] == "fine time=1s"
    assert "\tweb\tfine\t" in (tmp_path / "taken").read_text()


RETENTION = """\
info {{
created={now}
version=4.4.6
}}
program {{
next_comment_id=43
next_event_id=900
}}
service {{
host_name=web
service_description=bad
has_been_checked=1
current_state=2
last_hard_state=2
state_type=1
current_attempt=1
plugin_output=as Nagios saw it
last_check={now}
last_state_change={now}
current_problem_id=77
current_event_id=800
notified_on_critical=1
current_notification_number=5
last_notification={now}
problem_has_been_acknowledged=1
acknowledgement_type=2
}}
servicecomment {{
host_name=web
service_description=bad
entry_type=4
comment_id=42
persistent=1
entry_time={now}
author=ana
comment_data=taken over
}}
hostdowntime {{
host_name=web
downtime_id=5
comment_id=3
entry_time={now}
start_time={now}
end_time={end}
fixed=1
duration=900
is_in_effect=1
start_notification_sent=1
author=ana
comment=planned in Nagios
}}
service {{
host_name=web
"""


def test_the_first_start_takes_over_what_a_nagios_left_and_later_ones_do_not(tmp_path: Path) -> None:
    main = config(tmp_path)
    now = int(time.time()) - 10
    (tmp_path / "retention.dat").write_text(RETENTION.format(now=now, end=now + 900))

    with ServerProcess(main, tmp_path / "data") as server:
        known = service(server, "bad")
        assert (known["acknowledged"], known["notification_number"]) == (True, 5)
        assert server.get("/api/v1/hosts/web")["in_downtime"]
        server.wait("it is told", lambda: "Took over the state" in log_of(tmp_path))
        assert "line 52: the block service has no end" in log_of(tmp_path)
        server.wait("it was checked again", lambda: "as Nagios" not in service(server, "bad")["output"])
        assert service(server, "bad")["acknowledged"]
        assert server.end() == 0

    blocks = by_name((tmp_path / "retention.dat").read_text())
    assert blocks["service", "web", "bad"]["current_problem_id"] == "77"
    assert ("servicecomment", "web", "bad#42") in blocks
    assert ("hostdowntime", "web", "#5") in blocks
    assert not (tmp_path / "told").exists() or "told" not in (tmp_path / "told").read_text()

    (tmp_path / "retention.dat").write_text("rubbish\n")
    with ServerProcess(main, tmp_path / "data") as server:
        assert service(server, "bad")["acknowledged"]
        assert server.end() == 0


def test_after_a_kill_the_files_are_no_obstacle(tmp_path: Path) -> None:
    main = config(tmp_path)
    with ServerProcess(main, tmp_path / "data") as server:
        server.wait("it was checked", is_checked(server, "bad"))
        server.wait("the files are there", (tmp_path / "status.dat").exists)
        server.end(signal.SIGKILL)
    assert {"nagios.cmd", "nagios.pid"} <= names_in(tmp_path)

    with ServerProcess(main, tmp_path / "data") as server:
        assert server.get("/api/v1/status")["engine"]["alarms"] == []
        command(server, tmp_path, "DISABLE_SVC_NOTIFICATIONS;web;fine")
        server.wait("commands are read", lambda: not service(server, "fine")["notifications_enabled"])
        assert (tmp_path / "nagios.pid").read_text() == f"{server.process.pid}\n"
        assert server.end() == 0

    assert log_of(tmp_path).count(" starting... (PID=") == 2


def test_while_another_monitor_runs_no_file_is_touched(tmp_path: Path) -> None:
    main = config(tmp_path)
    code = (
        f"import fcntl\nheld = open({str(tmp_path / 'nagios.pid')!r}, 'w')\nfcntl.lockf(held, fcntl.LOCK_EX)\n"
        "print('ready', flush=True)\nimport time\ntime.sleep(100)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        before = names_in(tmp_path)
        try:
            with ServerProcess(main, tmp_path / "data") as server:
                server.wait("it is told", lambda: bool(server.get("/api/v1/status")["engine"]["alarms"]))
                (alarm,) = server.get("/api/v1/status")["engine"]["alarms"]
                assert "nagios.pid" in alarm
                server.wait("it watches all the same", is_checked(server, "bad"))
                assert server.end() == 0
        finally:
            other.kill()

    assert names_in(tmp_path) - before <= {"data", "data.log", "told"}


def test_a_reload_is_told_in_the_log_and_the_object_cache_follows(tmp_path: Path) -> None:
    main = config(tmp_path, FINE)
    with ServerProcess(main, tmp_path / "data") as server:
        server.wait("the log is there", lambda: "starting..." in log_of(tmp_path))
        config(tmp_path, FINE, BAD)
        server.process.send_signal(signal.SIGHUP)
        server.wait("it is told", lambda: log_of(tmp_path).count(" starting... (PID=") == 2)
        cache = tmp_path / "objects.cache"
        server.wait("the cache has it", lambda: "service_description\tbad" in text_of(cache))

        (tmp_path / "objects.cfg").write_text("define nonsense {\n}\n")
        server.process.send_signal(signal.SIGHUP)
        server.wait("the refusal is told", lambda: "not taken over" in log_of(tmp_path))
        assert server.end() == 0

    text = log_of(tmp_path)
    assert text.count("Caught SIGHUP, restarting...") == 2
    assert "Bailing out" not in text


def test_a_reader_of_the_status_file_never_sees_half_of_one(tmp_path: Path) -> None:
    with ServerProcess(config(tmp_path), tmp_path / "data") as server:
        path = tmp_path / "status.dat"
        server.wait("it is there", path.exists)
        ends = time.monotonic() + 4
        while time.monotonic() < ends:
            text = path.read_text()
            assert text.endswith("\t}\n\n")
            assert sum(kind == "servicestatus" for kind, _ in blocks_of(text)) == 2
        assert server.end() == 0
