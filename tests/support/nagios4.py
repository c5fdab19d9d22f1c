"""The oracle: Debian's Nagios Core, run in a scratch folder on a small configuration.

Used by tests marked ``oracle``. It listens nowhere and runs as whoever runs the tests.
"""

import contextlib
import getpass
import grp
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

BINARY = shutil.which("nagios4", path=f"{os.environ.get('PATH', '')}:/usr/sbin")

needs_nagios4 = pytest.mark.skipif(BINARY is None, reason="nagios4 is not installed")

_PATHS = {
    "log_file": "nagios.log",
    "cfg_file": "objects.cfg",
    "resource_file": "resource.cfg",
    "status_file": "status.dat",
    "object_cache_file": "objects.cache",
    "precached_object_file": "objects.precache",
    "state_retention_file": "retention.dat",
    "command_file": "nagios.cmd",
    "lock_file": "nagios.pid",
    "temp_file": "nagios.tmp",
    "temp_path": "temp",
    "check_result_path": "results",
    "query_socket": "nagios.qh",
}

_SETTINGS = {
    "interval_length": "1",
    "status_update_interval": "1",
    "check_workers": "2",
    "retain_state_information": "0",
    "service_inter_check_delay_method": "n",
    "host_inter_check_delay_method": "n",
    "service_interleave_factor": "1",
    "check_for_updates": "0",
    "event_broker_options": "0",
    "use_syslog": "0",
    "check_result_reaper_frequency": "1",
    "cached_host_check_horizon": "0",
    "illegal_macro_output_chars": "`~$&|'\"<>",
    "illegal_object_name_chars": "`~!$%^&*|'\"<>?,()=",
}

OBJECTS_ALWAYS_NEEDED = """
define timeperiod {
    timeperiod_name  always
    alias            Always
    sunday           00:00-24:00
    monday           00:00-24:00
    tuesday          00:00-24:00
    wednesday        00:00-24:00
    thursday         00:00-24:00
    friday           00:00-24:00
    saturday         00:00-24:00
}
define command {
    command_name  tell-nobody
    command_line  /bin/true
}
define contact {
    contact_name                   nobody
    host_notification_period       always
    service_notification_period    always
    host_notification_options      n
    service_notification_options   n
    host_notification_commands     tell-nobody
    service_notification_commands  tell-nobody
}
"""


class Nagios4:
    """One daemon in one folder: configure it, run it for a while, read what it wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def configure(self, objects: str, resources: str = "", **settings: str) -> None:
        """Writes the files. `settings` go to the main file and win over this class's own."""
        for name in ("temp", "results"):
            (self.folder / name).mkdir()
        values = {name: str(self.folder / file) for name, file in _PATHS.items()}
        values |= _SETTINGS
        values |= {"nagios_user": getpass.getuser(), "nagios_group": grp.getgrgid(os.getgid()).gr_name}
        values |= settings
        main = "".join(f"{name}={value}\n" for name, value in values.items())
        (self.folder / "nagios.cfg").write_text(main)
        (self.folder / "objects.cfg").write_text(OBJECTS_ALWAYS_NEEDED + objects)
        (self.folder / "resource.cfg").write_text(resources)

    @contextlib.contextmanager
    def running(self, **environment: str) -> Iterator[None]:
        """The daemon, from its start to its end in order."""
        assert BINARY is not None
        with (self.folder / "stdout").open("wb") as stdout:
            daemon = subprocess.Popen(
                [BINARY, str(self.folder / "nagios.cfg")],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stdout,
                env={**os.environ, **environment},
            )
            try:
                yield
            finally:
                daemon.send_signal(signal.SIGTERM)
                try:
                    daemon.wait(10)
                except subprocess.TimeoutExpired:
                    daemon.kill()
                    daemon.wait()

    def wait_for(self, done: Callable[[], bool], seconds: float = 15.0) -> None:
        """Returns when `done` is true; fails with the daemon's own words when that takes too long."""
        deadline = time.monotonic() + seconds
        while not done():
            if time.monotonic() > deadline:
                pytest.fail(f"nagios4 did not come that far:\n{self.log()}")
            time.sleep(0.05)

    def log(self) -> str:
        """All that the daemon said."""
        files = (self.folder / "stdout", self.folder / "nagios.log")
        return "\n".join(file.read_text("utf-8", "replace") for file in files if file.exists())

    def status(self, kind: str) -> list[dict[str, str]]:
        """Blocks of the status file, e.g. of kind ``servicestatus``."""
        try:
            text = (self.folder / "status.dat").read_bytes().decode(errors="replace")
        except FileNotFoundError:
            return []
        blocks = text.split(f"\n{kind} {{\n")[1:]
        return [_fields(block.partition("\n\t}")[0]) for block in blocks]

    def command(self, line: str) -> None:
        """Hands in an external command."""
        with (self.folder / "nagios.cmd").open("w") as pipe:
            pipe.write(f"[{int(time.time())}] {line}\n")


def _fields(block: str) -> dict[str, str]:
    pairs = (line.lstrip("\t").partition("=") for line in block.split("\n"))
    return {name: value for name, _, value in pairs}
