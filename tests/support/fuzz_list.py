"""Every door, with inputs to begin with: valid ones, and what their readers look for."""

from collections.abc import Callable

from atalaia.core.orders.table import COMMANDS as KNOWN_COMMANDS
from atalaia.core.runtime import Runtime
from atalaia.storage.records import to_json
from support import fuzz_targets as doors
from support.config_cases import CASES
from support.facts import changed, pending
from support.fuzz_targets import Target
from support.random_histories import COMMANDS

_NUMBERS = (b"0", b"-1", b"1", b"99999999999999999999", b"1e300", b"1800000000", b"9" * 5000, "٣".encode())
_NAMES = (b"web", b"http", b"db", b"sql", b"ana", b"team", b"all", b"some", b"even", b"LEVEL")
_ODD = (b"\0", b"\n", b"\r\n", b"\xff", "é".encode(), b"\\n", b"|", b"'", b'"', b"$HOSTNAME$", b"\xed\xa0\x80")


def _commands() -> tuple[bytes, ...]:
    """One valid text of each kind, and every name with fields that may fit."""
    known = {"<X>": "SVC", "<x>": "web;http", "<h>": "web", "<s>": "web;http", "<on>": "DISABLE"}
    found = []
    for templates in COMMANDS.values():
        for template in templates:
            text = template
            for field, value in known.items():
                text = text.replace(field, value)
            found.append(text.replace("<", "").replace(">", "").replace("@+", "18000").encode())
    found += [f"{name};web;http;1;1;1;ana;text".encode() for name in KNOWN_COMMANDS]
    return tuple(found)


def _cases() -> tuple[bytes, ...]:
    base = (CASES / "base.cfg").read_bytes()
    return (doors._BASE, base, *(base + path.read_bytes() for path in sorted(CASES.glob("*.case"))))


_SPOOLED = b"""file_time=1800000000

host_name=web
service_description=http
check_type=1
check_options=0
scheduled_check=0
reschedule_check=1
latency=0.5
start_time=1800000000.5
finish_time=1800000001.5
early_timeout=0
exited_ok=1
return_code=2
output=down\\nmore | a=1
"""

_SCENARIO = (
    b"0\tservice\tweb\thttp\t2\tdown\n60\thost\tweb\t1\tgone\n"
    b"61\tcommand\tADD_HOST_COMMENT;web;1;ana;x\n# nothing\n300\tservice\tdb\tsql\t0\tup\\nmore"
)

_MAIN = (
    b"log_file=x\nillegal_macro_output_chars=x\ncfg_file=a.cfg\ninterval_length=60\nenable_flap_detection=1\n"
)


def _target(
    name: str, check: Callable[[bytes], None], seeds: tuple[bytes, ...], words: tuple[bytes, ...]
) -> Target:
    return Target(name=name, check=check, seeds=seeds, words=words)


def all_targets() -> tuple[Target, ...]:
    """Every door."""
    commands = _commands()
    names = tuple(f"{name};".encode() for name in KNOWN_COMMANDS)
    words = (*_NUMBERS, *_NAMES, *_ODD, b";")
    lines = tuple(b"[1800000000] " + one + b"\n" for one in commands)
    records = tuple(to_json(one).encode() for one in (Runtime(), changed(), pending().message))
    return (
        _target("command_text", doors.command_text, commands, (*words, *names)),
        _target("command_lines", doors.command_lines, lines, (*words, *names, b"[9999999999999] ", b"[-5] ")),
        _target("spool_file", doors.spool_file, (_SPOOLED,), (*words, b"=", b"latency=", b"output=")),
        _target(
            "plugin_output",
            doors.plugin_output,
            (b"\0OK | a=1;2;3;4;5 'b c'=U\nmore | d=1e5%\n", b"\x02", b"\x7f", b"\x01\n\n|"),
            (*_ODD, b"=", b";", b"U", b"1e999", b"''"),
        ),
        _target("command_line", doors.command_line, (b"/bin/x -a 'b c' \"d\" \\ e", b"a | b"), _ODD),
        _target("scenario", doors.scenario, (_SCENARIO,), (*words, *names, b"\t", b"\tservice\t", b"\thost\t")),
        _target(
            "configuration",
            doors.configuration,
            _cases(),
            (*words, b"define ", b"{", b"}", b"use ", b"!", b"+"),
        ),
        _target("main_file", doors.main_file, (_MAIN,), (*words, b"=", b"cfg_dir=", b"resource_file=")),
        _target(
            "stored_record", doors.stored_record, records, (*words, b"{", b"}", b"[", b"]", b":", b'"', b"null")
        ),
    )
