"""`atalaia simulate`: a scripted day, and why somebody was told."""

import io
import sys
from pathlib import Path

import pytest

from atalaia.cli.main import main

START = 1_700_000_000

OBJECTS = """
define command{
    command_name        nothing
    command_line        /bin/true
}
define timeperiod{
    timeperiod_name     always
    alias               always
    sunday              00:00-24:00
    monday              00:00-24:00
    tuesday             00:00-24:00
    wednesday           00:00-24:00
    thursday            00:00-24:00
    friday              00:00-24:00
    saturday            00:00-24:00
}
define contact{
    contact_name                    ana
    service_notification_options    c,r
    host_notification_options       d,r
    host_notification_commands      nothing
    service_notification_commands   nothing
    host_notification_period        always
    service_notification_period     always
}
define host{
    host_name           web
    check_command       nothing
    max_check_attempts  2
    contacts            ana
    check_period        always
    notification_period always
}
define service{
    host_name           web
    service_description http
    check_command       nothing
    max_check_attempts  1
    contacts            ana
    check_period        always
    notification_period always
}
"""


@pytest.fixture
def simulate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Simulate":
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "objects.cfg").write_text(OBJECTS)
    (tmp_path / "nagios.cfg").write_text("log_file=nagios.log\ncfg_file=objects.cfg\n")
    return Simulate(tmp_path)


class Simulate:
    """Plays a scenario by the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, scenario: bytes, *options: str) -> int:
        """What the command ends with."""
        (self.folder / "day.tsv").write_bytes(scenario)
        return self.play(str(self.folder / "day.tsv"), *options)

    def play(self, path: str, *options: str) -> int:
        """The same for a path."""
        return main(
            ["simulate", str(self.folder / "nagios.cfg"), "--scenario", path, "--start", str(START), *options]
        )


DOWN = b"5\tservice\tweb\thttp\t2\trefused\n"


def test_it_prints_the_log(simulate: Simulate, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(DOWN) == 0

    assert capsys.readouterr().out.splitlines() == [
        "[1700000005] SERVICE NOTIFICATION: ana;web;http;CRITICAL;nothing;refused",
        "[1700000005] SERVICE ALERT: web;http;CRITICAL;HARD;1;refused",
    ]


def test_it_explains_who_was_told_and_who_was_not(
    simulate: Simulate, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate(DOWN + b"9\tservice\tweb\thttp\t1\tslow\n", "--explain") == 0

    reasons = [line for line in capsys.readouterr().out.splitlines() if line.startswith("    # ")]
    assert len(reasons) == 2
    assert reasons[0].startswith("    # web / http: ana")
    assert "options" in reasons[1]


def test_the_reasons_are_told_in_portuguese(simulate: Simulate, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(DOWN, "--explain", "--lang", "pt_BR") == 0

    assert "ana será avisado" in capsys.readouterr().out


def test_a_refused_command_says_why(simulate: Simulate, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(b"1\tcommand\tDEL_HOST_COMMENT;soon\n", "--explain") == 0

    assert "must be a number, not 'soon'" in capsys.readouterr().out


def test_bytes_that_are_not_utf_8_are_read_as_windows_writes_them(
    simulate: Simulate, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate(b"1\tcommand\tADD_HOST_COMMENT;web;1;ana;n\xe3o\r\n") == 0

    assert capsys.readouterr().out.splitlines() == [
        "[1700000001] EXTERNAL COMMAND: ADD_HOST_COMMENT;web;1;ana;não"
    ]


def test_it_reads_standard_input(
    simulate: Simulate, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DOWN)))

    assert simulate.play("-") == 0

    assert "SERVICE ALERT: web;http;CRITICAL" in capsys.readouterr().out


def test_a_bad_line_is_named(simulate: Simulate, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(DOWN + b"soon\tservice\tweb\thttp\t2\tx\n") == 2

    assert "line 2: 'soon' is no number of seconds" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(simulate: Simulate, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate.play("nowhere.tsv") == 2

    assert "nowhere.tsv: No such file" in capsys.readouterr().err


def test_a_wrong_configuration_is_not_played(simulate: Simulate, capsys: pytest.CaptureFixture[str]) -> None:
    (simulate.folder / "objects.cfg").write_text("define host{\n")

    assert simulate(DOWN) == 1

    assert "the configuration has errors" in capsys.readouterr().err
