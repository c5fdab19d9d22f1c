"""`atalaia verify` and `atalaia objects`: what they print and how they exit."""

import argparse
import io
import json
from pathlib import Path

import pytest

from atalaia.cli import objects, verify
from atalaia.config.load import load
from atalaia.config.render import TYPES
from support.config_cases import CASES, read_cache

BASE = (CASES / "base.cfg").read_text()
WRONG = "define host {\n  host_name x\n  use machine\n  addressx y\n}\n"


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    verify.add_parser(subparsers)
    objects.add_parser(subparsers)
    args = parser.parse_args(arguments)
    status: int = args.run(args)
    return status


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    (tmp_path / "a.cfg").write_text(BASE)
    return tmp_path


@pytest.fixture
def broken(sound: Path) -> Path:
    (sound / "b.cfg").write_text(WRONG)
    return sound


def test_verify_exits_0_when_it_would_run(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", str(sound)) == 0

    out = capsys.readouterr().out
    assert "0 errors, " in out
    assert "would run" in out


def test_verify_exits_1_and_names_the_line_when_it_would_not(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", str(broken)) == 1

    out = capsys.readouterr().out
    assert f"{broken}/b.cfg:4: error: unknown directive `addressx` in host - did you mean `address`?\n" in out
    assert "1 error, " in out
    assert "would not run" in out


def test_verify_prints_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", str(broken), "--json") == 1

    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is False
    assert found["errors"] == [
        {
            "file": f"{broken}/b.cfg",
            "line": 4,
            "message": "unknown directive `addressx` in host - did you mean `address`?",
        }
    ]
    assert found["counts"]["hosts"] == 4
    assert found["counts"]["services"] == 1
    assert found["seconds"] >= 0
    assert isinstance(found["warnings"], list)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    terminal, pipe = Terminal(), io.StringIO()

    verify.print_findings(load(broken), terminal)
    verify.print_findings(load(broken), pipe)

    assert "\x1b[31;1merror:\x1b[0m" in terminal.getvalue()
    assert "\x1b" not in pipe.getvalue()


def test_no_color_is_obeyed(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal()

    verify.print_findings(load(broken), terminal)

    assert "\x1b" not in terminal.getvalue()


def test_objects_prints_the_format_of_the_cache(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("objects", str(sound)) == 0

    out = capsys.readouterr().out
    assert "define host {\n\thost_name\th1\n\talias\th1\n" in out
    assert "\tcheck_interval\t5.000000\n" in out
    assert list(read_cache(out.encode())) == [
        "timeperiod", "command", "contactgroup", "hostgroup", "contact", "host", "service",
    ]  # fmt: skip


def test_objects_prints_one_type(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("objects", str(sound), "--type", "hostgroup") == 0

    assert list(read_cache(capsys.readouterr().out.encode())) == ["hostgroup"]


def test_objects_prints_json(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("objects", str(sound), "--json") == 0

    found = json.loads(capsys.readouterr().out)
    assert list(found) == list(TYPES)
    assert found["hostgroup"][1] == {"hostgroup_name": "pair", "alias": "pair", "members": "h1,h2"}
    assert found["service"][0]["service_description"] == "base"


def test_objects_of_a_broken_configuration_are_errors(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("objects", str(broken)) == 1

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "b.cfg:4: error: unknown directive" in captured.err


def test_objects_never_shows_a_secret(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sound / "nagios.cfg").write_text("log_file=x\ncfg_file=a.cfg\nresource_file=res.txt\n")
    (sound / "res.txt").write_text("$USER1$=s3cret\n")

    assert run("objects", str(sound)) == 0
    assert run("objects", str(sound), "--json") == 0
    assert run("verify", str(sound)) == 0

    assert "s3cret" not in capsys.readouterr().out


def test_the_types_of_the_command_are_those_that_are_written() -> None:
    assert objects.TYPES == TYPES
