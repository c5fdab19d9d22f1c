"""What must hold for whatever comes in: a table of checks, each with seeds and the words of its language.

The first doors stand in `support.fuzz_list`. The ones here look at what those leave out: that a refused command
leaves every book and every number alone, any chunking of the command file, retention.dat, whole configurations,
bytes as `atalaia simulate` reads them, what people left in the database, and every event as a line of the log.
"""

import random
import re
import resource
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from functools import lru_cache
from math import isfinite
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast, get_origin

import msgspec

from atalaia.config.load import load
from atalaia.core.effects import Effects
from atalaia.core.events import EVENT_TYPES, UNSTORED, AnyFact
from atalaia.core.instants import Instant
from atalaia.core.nagios_log import log_lines
from atalaia.core.objects import MainSettings
from atalaia.core.orders import COMMANDS, Order, RefusedError, carry_out
from atalaia.core.plugin_output import parse_output, parse_perfdata
from atalaia.core.records import Change, Comment, ContactRuntime, Downtime
from atalaia.core.results import RawResult
from atalaia.core.simulation import ScenarioError, Simulation, read_scenario
from atalaia.core.verdict import complaint, judge_host, judge_service
from atalaia.core.world import Remembered, World
from atalaia.interop.command_text import LONGEST as LONGEST_LINE
from atalaia.interop.command_text import Lines, Refusal, read_order
from atalaia.interop.log_file import LogFile
from atalaia.interop.retention import read_retention
from atalaia.interop.retention_blocks import MOST_TOLD
from atalaia.interop.retention_text import retention_texts
from atalaia.interop.spool_text import read_spool_file
from atalaia.storage.people import _decoded
from atalaia.storage.records import event_from, message_from, runtime_from, to_json
from support.builders import START, Story
from support.config_cases import CASES, all_cases, read_case
from support.fuzz_list import all_targets
from support.fuzz_targets import Target
from support.order_examples import EXAMPLES
from support.ordering import a_busy_story, standing

MANY = b"@MANY@"
"""What stands behind this word is repeated up to `LARGE` bytes: what is slow only for large inputs shows."""

LARGE = 400_000

LONGEST = 2.0
"""Seconds that one input may take; a reader in linear time needs some tenths for the largest one."""

LARGEST_NUMBER = 2**63
"""The database's: a comment or downtime with a larger one cannot be stored."""

MEMORY = 400 * 1024
"""KiB by which one input may make the process larger."""

_QUOTED = re.compile(r"`[^`]*`|['\"].*", re.DOTALL)
_WORD = re.compile(r"\b[a-z]+\b")

_features: set[str] = set()


def noted(*what: object) -> None:
    """Remembers what an input led to; the fuzzer goes on from inputs that led to something new."""
    _features.update(map(str, what))


def features() -> frozenset[str]:
    """What was noted since the last time."""
    found = frozenset(_features)
    _features.clear()
    return found


def _sign(sentence: str) -> str:
    """The first words of a sentence, without what it quotes."""
    return " ".join(_WORD.findall(_QUOTED.sub("", sentence))[:8])


def grown(data: bytes) -> bytes:
    """The input with its `MANY` carried out."""
    head, many, tail = data.partition(MANY)
    return head + tail * (LARGE // len(tail)) if many and tail else head


@contextmanager
def in_time() -> Iterator[None]:
    """Fails when the block takes longer than any input may: of this process, whatever else the machine does."""
    begun = time.process_time()
    yield
    took = time.process_time() - begun
    assert took < LONGEST, f"it took {took:.1f} s"


# --- the log ------------------------------------------------------------------------------------------------


class _Kept:
    """Stands in for the log's file."""

    def __init__(self) -> None:
        self.data = b""

    def put(self, data: bytes) -> bool:
        """Takes what the log writes."""
        self.data += data
        return True


def written_log(facts: Iterable[Any], settings: MainSettings) -> tuple[list[str], bytes]:
    """The lines of some facts, and the bytes that the log's file gets for them."""
    lines = [line for fact in facts for line in log_lines(fact, settings)]
    log, kept = LogFile(cast("Any", None)), _Kept()
    log._file = cast("Any", kept)
    log._put(lines)
    return lines, kept.data


def log_line(data: bytes) -> None:
    """Every kind of fact, with this text in each of its fields: a line each, for every reader of logs."""
    texts = data.decode("utf-8", "replace").split("\x1f")
    kinds: tuple[type[Any], ...] = (*EVENT_TYPES, *UNSTORED)
    for kind in kinds:
        fact = _fact(kind, texts)
        lines, written = written_log([fact], MainSettings(log_host_retries=True, log_service_retries=True))
        noted(kind.__name__, len(lines))
        assert all(isinstance(line, str) for line in lines)
        assert written.count(b"\n") == len(lines), written
        assert len(written.splitlines()) == len(lines), written  # syslog gets what bytes.splitlines finds
        assert b"\0" not in written, written


def _fact(kind: type[Any], texts: list[str]) -> AnyFact:
    fields: dict[str, Any] = {}
    for number, field in enumerate(msgspec.structs.fields(kind)):
        text = texts[number % len(texts)]
        if field.type is str:
            fields[field.name] = text
        elif get_origin(field.type) is tuple:
            fields[field.name] = tuple(texts)
        elif field.type is bool:
            fields[field.name] = bool(len(text) % 2)
        else:
            fields[field.name] = zlib.crc32(text.encode())
    return cast("AnyFact", kind(**fields))


# --- external commands --------------------------------------------------------------------------------------


class _Busy:
    """An installation in which much has happened; the same one until a command has changed it."""

    def __init__(self) -> None:
        self._story: Story | None = None
        self._before: dict[str, Any] = {}

    def carry_out(self, order: Order) -> None:
        """Hands a command in and looks at what it promises."""
        story = self._story or a_busy_story()
        before = self._before if self._story else standing(story)
        self._story, effects = None, Effects()  # after a failure with a new one
        with in_time():
            refusal = carry_out(story.world, order, story.now, effects)
        name = order.text.partition(";")[0].strip().upper()
        name = name if name in COMMANDS else "another"
        for event in effects.events:
            noted(type(event).__name__)
        lines, written = written_log(effects.events, story.world.settings)
        assert written.count(b"\n") == len(lines), written
        if refusal is None:
            noted(f"done {name}")
            self._after(story, effects)
            return
        noted(f"{name} {refusal.fault}", _sign(str(refusal)))
        assert type(refusal) is RefusedError
        assert str(refusal)
        after = standing(story)
        assert [name for name in before if before[name] != after[name]] == []
        kept = (effects.changed, effects.comments, effects.downtimes, effects.changes, effects.contacts)
        assert kept == ({}, {}, {}, {}, {})
        assert (effects.tellings, effects.handlers, effects.wishes) == ([], [], [])
        self._story, self._before = story, before

    @staticmethod
    def _after(story: Story, effects: Effects) -> None:
        """What a command left can be stored, written down for Nagios, and begun with."""
        for event in effects.events:
            assert isinstance(event, UNSTORED) or event_from(to_json(event), 1) is not None
        for record in (*story.world.comments, *story.world.downtimes.book, *story.world.changes.all().values()):
            kind: type[msgspec.Struct] = type(record)
            assert _decoded(kind, to_json(record), "record") == record
        assert all(isinstance(text, str) for text in retention_texts(story.world, story.now, "1"))
        story.wait(400)


_busy = _Busy()


def order(data: bytes) -> None:
    """Bytes as the text of a command that came over HTTP."""
    _busy.carry_out(Order(text=data.decode("utf-8", "replace"), entry_time=START, source="api"))


def command_stream(data: bytes) -> None:
    """Bytes that come out of the command file, in pieces of any size."""
    data = grown(data)
    whole = Lines()
    lines = [*whole.feed(data), whole.end()]
    chance = random.Random(zlib.crc32(data))
    for most in (len(data) // 4096 + 1, 64 * (len(data) // 65536 + 1), 70_000):
        pieces, found, at = Lines(), list[bytes | None](), 0
        while at < len(data):
            size = chance.randint(1, most)
            found += pieces.feed(data[at : at + size])
            assert len(pieces._rest) <= LONGEST_LINE
            at += size
        assert [*found, pieces.end()] == lines
    noted(*(f"lines {None in lines}", f"many {len(lines) > 3}"))
    for line in lines:
        assert line is None or (len(line) <= LONGEST_LINE and b"\n" not in line)
    for line in lines[:4]:
        read = read_order(line)
        noted(type(read).__name__)
        if isinstance(read, Refusal):
            noted(read.reason)
            assert read.reason
            assert len(read.text) <= 200
        elif isinstance(read, Order):
            assert not {"\n", "\0"} & set(read.text)
            assert isfinite(read.entry_time)
            assert read.entry_time >= 0
            _busy.carry_out(read)


# --- files of Nagios ----------------------------------------------------------------------------------------


def spool_text(data: bytes) -> None:
    """Bytes as a file in the spool folder, large ones too."""
    data = grown(data)
    with in_time():
        file = read_spool_file(data)
    noted(f"{min(len(file.results), 3)} results", f"{min(file.garbled, 3)} garbled")
    assert len(file.results) + file.garbled <= data.count(b"\n") + 1
    assert isfinite(file.written)
    for result in file.results:
        noted(result.passive, result.timed_out, result.exited, bool(result.latency), bool(result.started))
        assert result.host
        assert all(map(isfinite, (result.latency, result.started, result.finished)))
        parse_output(result.output)


def retention(data: bytes) -> None:
    """Bytes as a retention.dat, what a server begins with it, and what it writes down in turn."""
    text = grown(data).decode("utf-8", "replace")
    model = a_busy_story().model
    with in_time():
        found = read_retention(text.split("\n"), model, UTC)
    noted(
        *(f"{len(getattr(found, name)) > 0} {name}" for name in ("states", "comments", "downtimes", "changes"))
    )
    noted(*(_sign(problem.partition(": ")[2]) for problem in found.problems))
    assert len(found.problems) <= MOST_TOLD + 1
    assert not [one for one in found.problems if "\n" in one]
    assert found.summary()
    numbers = [one.id for one in found.comments] + [one.id for one in found.downtimes]
    assert all(-LARGEST_NUMBER <= number < LARGEST_NUMBER for number in numbers)
    for known in found.states.values():
        assert runtime_from(to_json(known), "web", "") == known
    if len(found.comments) + len(found.downtimes) > 50:
        return  # reading was what mattered; below it is about values
    world = World(model, tz=UTC, program_start=START, ids=found.ids)
    kept = Remembered(
        states=found.states,
        comments=found.comments,
        downtimes=found.downtimes,
        changes=found.changes,
        contacts=found.contacts,
        stopped=found.written,
    )
    with in_time():
        world.start(kept, START, Effects())
        again = read_retention("".join(retention_texts(world, START, "1")).split("\n"), model, UTC)
    assert again.states.keys() == world.states.keys()
    assert not [one for one in again.problems if "is no field" in one or "has no end" in one], again.problems


# --- configurations -----------------------------------------------------------------------------------------

_PART = b"\n--- part\n"


@lru_cache(maxsize=1)
def _folder() -> Path:
    folder = Path(mkdtemp(prefix="atalaia-fuzz-"))
    (folder / "sub").mkdir()
    return folder


def _inside(text: bytes) -> bytes:
    """A text that names no file outside of the folder."""
    return text.replace(b"sub/", b"sub\0").replace(b"/", b"_").replace(b"..", b"__").replace(b"sub\0", b"sub/")


def config_tree(data: bytes) -> None:
    """Bytes as a main file, an object file, one in a folder, and a resource file."""
    objects, main, other, resources, *_ = [*grown(data).split(_PART), b"", b"", b""]
    folder = _folder()
    if b"include_" in objects or b"include_" in other:
        here = f"={folder}/".encode()
        objects = _inside(objects).replace(b"include_file=", b"include_file" + here)
        objects, other = objects.replace(b"include_dir=", b"include_dir" + here), _inside(other)
        other = other.replace(b"include_", b"")
    (folder / "a.cfg").write_bytes(objects)
    (folder / "sub" / "b.cfg").write_bytes(other)
    (folder / "resource.txt").write_bytes(resources)
    head = (
        b"log_file=x\nillegal_macro_output_chars=x\ncfg_file=a.cfg\ncfg_dir=sub\nresource_file=resource.txt\n"
    )
    (folder / "nagios.cfg").write_bytes(head + _inside(main))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with in_time():
        loaded = load(folder / "nagios.cfg")
        problems = loaded.problems.sorted()
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    noted(loaded.ok, *(_sign(one.message) for one in problems))
    assert more < MEMORY, f"{more} KiB more"
    assert loaded.ok == (not loaded.problems.errors())
    assert loaded.ok or problems
    for one in problems:
        assert str(one)
        assert one.file.startswith(str(folder)), one
    if loaded.model is not None:
        assert loaded.counts["hosts"] == len(loaded.model.hosts)


# --- checks and scenarios -----------------------------------------------------------------------------------


def judge(data: bytes) -> None:
    """Bytes as what a check ended with: two for how it ended, the others for what it said."""
    how, code, rest = data[:1], data[1:2], grown(data[2:])
    out, _, err = rest.partition(b"\x1e")
    raw = RawResult(
        exit_code=(code or b"\0")[0] - (128 if how > b"\x80" else 0),
        signal=9 if how[:1] in (b"\x01", b"s") else 0,
        timed_out=how[:1] in (b"\x02", b"t"),
        stdout=out,
        stderr=err,
        started=START,
        finished=Instant(START + 5),
    )
    with in_time():
        found = (
            judge_service(raw, host_name="web", service_description="http"),
            judge_host(raw, host_name="web"),
            judge_host(raw, host_name="web", aggressive=True),
        )
        for state, said in found:
            noted(int(state), bool(said.perfdata), bool(said.long_output))
            for text in (said.output, said.perfdata, said.long_output):
                assert type(text) is str
                text.encode()
            assert not {"\n", ";", "\0"} & set(said.output)
            values = parse_perfdata(said.perfdata)
            noted(f"values {min(3, len(values))}", *(value.unit[:2] for value in values[:3]))
            for value in values:
                assert value.value is None or isfinite(value.value)
    for service in ("", "http"):
        assert "\n" not in complaint(raw, host_name="web", service_description=service)


def played_scenario(data: bytes) -> None:
    """Bytes as a scenario, read as `atalaia simulate` reads them."""
    lines = data.decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n").split("\n")[:50]
    try:
        happenings = list(read_scenario(lines))
        if any(one.at > 20_000 for one in happenings):
            return  # hours of nothing take their time
        story = a_busy_story()
        simulation = Simulation(story.model, start=START, tz=UTC, read_file=lambda _: lines)
        with in_time():
            facts = list(simulation.play(happenings))
    except ScenarioError as error:
        noted(_sign(str(error)))
        if not str(error).startswith("line "):
            raise
        return
    noted(*(type(fact).__name__ for fact in facts))
    written, bytes_ = written_log(facts, simulation.world.settings)
    assert bytes_.count(b"\n") == len(written)


# --- the database -------------------------------------------------------------------------------------------


def stored_json(data: bytes) -> None:
    """Bytes as any record of the database."""
    text = data.decode("utf-8", "replace")
    known = runtime_from(text, "web", "")
    assert runtime_from(to_json(known), "web", "") == known
    event, message = event_from(text, 1), message_from(text, "key")
    kinds: tuple[type[msgspec.Struct], ...] = (Comment, Downtime, Change, ContactRuntime)
    records = [_decoded(kind, text, "record") for kind in kinds]
    for one in (event, message, *records):
        noted(type(one).__name__)
        if one is not None:
            assert to_json(one)


# --- seeds --------------------------------------------------------------------------------------------------

_DEEP = (b"[" * 3000, b'{"x":' * 3000, b'{"output":' + b"[" * 3000)
_NASTY = (
    b"\r",
    b"\n",
    b"\0",
    b"\x1b[2J",
    b"\x1f",
    "\u2028".encode(),
    b"\x85",
    b"[1800000000] FORGED: x",
    b"%n",
    b";",
)
_HUGE = (b"9" * 400, b"9" * 5000, b"1e400", b"-1", b"18446744073709551616", b"nan", b"inf", b"1_0")


def _retention_seeds() -> tuple[bytes, ...]:
    story = a_busy_story()
    for text in (
        "ACKNOWLEDGE_SVC_PROBLEM;web;http;2;1;1;ana;mine",
        "CHANGE_NORMAL_SVC_CHECK_INTERVAL;web;http;7",
        "CHANGE_CUSTOM_HOST_VAR;web;COLOUR;blue",
        "DISABLE_NOTIFICATIONS",
        "DISABLE_CONTACT_HOST_NOTIFICATIONS;ana",
    ):
        story.order(text)
    texts = [text.encode() for text in retention_texts(story.world, story.now, "1")]
    return (b"".join(texts), *(text for text in texts if b"{" in text))


def _config_seeds() -> tuple[bytes, ...]:
    base, seeds = (CASES / "base.cfg").read_bytes(), []
    for path in all_cases():
        case = read_case(path)
        first = b"" if case.alone else base
        objects = first + b"".join(case.files.values())
        seeds.append(_PART.join((objects, "\n".join(case.main).encode(), b"".join(case.extra.values()), b"")))
    sample = sorted((CASES.parent / "sample").glob("*.cfg"))
    resources = (CASES.parent / "sample" / "resource.txt").read_bytes()
    seeds.append(_PART.join((b"".join(path.read_bytes() for path in sample), b"", b"", resources)))
    return tuple(seeds)


def _table() -> dict[str, Target]:
    orders = tuple(f"{name};{fields}".encode() for name, fields in EXAMPLES.items())
    lines = tuple(b"[1800000000] " + one + b"\n" for one in orders)
    first = {target.name: target for target in all_targets()}
    fields = tuple(
        f"{name}=".encode() for name in ("state_history", "created", "modified_attributes", "duration")
    )
    times = (
        b"monday",
        b"2027-02-30",
        b"day -1",
        b"00:00-24:00",
        b" / 0",
        b" - ",
        b"exclude ",
        b"use ",
        b"members ",
    )
    people = tuple(
        to_json(one).encode() for one in (*a_busy_story().world.comments, *a_busy_story().world.downtimes.book)
    )
    rows: tuple[tuple[str, Callable[[bytes], None], tuple[bytes, ...], tuple[bytes, ...]], ...] = (
        ("order", order, orders, (*first["command_text"].words, *_NASTY, *_HUGE)),
        (
            "command_stream",
            command_stream,
            (*lines, b"x" * 70_000 + b"\n", MANY + b"ab", MANY + b"[1] A\n"),
            (*first["command_lines"].words, *_NASTY, *_HUGE, MANY, b"x" * 65_536, b"\n"),
        ),
        (
            "spool_text",
            spool_text,
            first["spool_file"].seeds,
            (*first["spool_file"].words, *_HUGE, MANY, b"\\\n"),
        ),
        ("retention", retention, _retention_seeds(), (*_NASTY, *_HUGE, *fields, MANY, b"{\n", b"}\n", b"=")),
        (
            "config_tree",
            config_tree,
            (
                *_config_seeds(),
                b"define host {\n " + MANY + b"alias a\\\n",
                MANY + b"define host {\n host_name a\n}\n",
            ),
            (
                *first["configuration"].words,
                *first["main_file"].words,
                *times,
                _PART,
                MANY,
                b"include_file=",
                b"*",
            ),
        ),
        (
            "judge",
            judge,
            (
                b"\0\0OK | a=1;2;3;4;5 'b c'=U\nmore | d=1e5%\n",
                b"\0\x7f",
                b"s\0x",
                b"t\0",
                b"\0\0" + MANY + b"'a=1 ",
            ),
            (*first["plugin_output"].words, *_NASTY, MANY, b"\x1e"),
        ),
        (
            "played_scenario",
            played_scenario,
            first["scenario"].seeds,
            (*first["scenario"].words, *_NASTY, *_HUGE),
        ),
        (
            "stored_json",
            stored_json,
            (*first["stored_record"].seeds, *people),
            (*first["stored_record"].words, *_HUGE, *_DEEP),
        ),
        ("log_line", log_line, (b"a\x1fb\x1fc", b"down\x1f", "ã\x1f€".encode()), _NASTY),
    )
    mine = {
        name: Target(name=name, check=check, seeds=seeds, words=words) for name, check, seeds, words in rows
    }
    return first | mine


TARGETS: Mapping[str, Target] = _table()
"""Name to what is checked, with inputs to begin with and the words of its language."""
