"""What must hold for any bytes at each door of the server: functions that fail when it does not.

The tests feed them what hypothesis thinks of, `tools/fuzz` what a mutation fuzzer does.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from datetime import UTC
from functools import lru_cache
from math import isfinite
from pathlib import Path
from tempfile import mkdtemp

import msgspec
from structlog.testing import capture_logs

from atalaia.config.load import load
from atalaia.core.command_line import split
from atalaia.core.effects import Effects
from atalaia.core.events import UNSTORED
from atalaia.core.instants import Instant
from atalaia.core.nagios_log import log_lines
from atalaia.core.objects import Model
from atalaia.core.orders import Order, carry_out
from atalaia.core.plugin_output import escaped, parse_perfdata, unescaped
from atalaia.core.results import CheckOutput, CheckResult, RawResult
from atalaia.core.simulation import ScenarioError, Simulation, read_scenario
from atalaia.core.states import HostState, ServiceState
from atalaia.core.verdict import complaint, judge_host, judge_service
from atalaia.core.world import World
from atalaia.interop.command_text import Lines, Refusal, read_order
from atalaia.interop.retention_text import retention_texts
from atalaia.interop.spool_text import read_spool_file
from atalaia.ports.storage import Batch
from atalaia.storage.records import event_from, message_from, runtime_from, to_json
from atalaia.storage.sqlite import SqliteStore
from support.builders import START
from support.histories import Command, Player, Result, Wait
from support.setups import Setup
from support.text_store import TextStore

LONGEST = 5.0
"""Seconds that one input may take."""

WEB = Setup(
    hosts={"web": {"custom": {"LEVEL": "1"}}, "db": {"parents": ("web",)}},
    services={("web", "http"): {"max_check_attempts": 2, "check_period": "even"}, ("db", "sql"): {}},
)


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A door: what is checked, and inputs to begin with."""

    name: str
    check: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...] = ()
    """What belongs into inputs, for a fuzzer that would not think of it."""


@contextmanager
def in_time() -> Iterator[None]:
    """Fails when the block takes longer than any input may."""
    begun = time.monotonic()
    yield
    took = time.monotonic() - begun
    assert took < LONGEST, f"it took {took:.1f} s"


# --- external commands --------------------------------------------------------------------------------------


def _busy() -> Player:
    """An installation to which much has happened already."""
    return Player(WEB, TextStore()).play(
        [
            Result(("web", ""), 0),
            Result(("web", "http"), 2, times=3),
            Command("ACKNOWLEDGE_SVC_PROBLEM;web;http;1;1;1;ana;mine"),
            Command("ADD_HOST_COMMENT;web;1;ana;looked at it"),
            Command("SCHEDULE_SVC_DOWNTIME;db;sql;@+0;@+3600;1;0;0;ana;work"),
            Command("SCHEDULE_HOST_DOWNTIME;web;@+60;@+3600;0;0;600;ana;maybe work"),
            Wait(60.0),
        ]
    )


@lru_cache(maxsize=1)
def _database() -> SqliteStore:
    return SqliteStore(Path(mkdtemp(prefix="atalaia-fuzz-")) / "atalaia.db", power_loss_safe=False)


def _known(world: World) -> dict[str, object]:
    """Everything that a refused command must leave alone."""
    return {
        "states": {key: copy(known) for key, known in world.states.items()},
        "comments": list(world.comments),
        "downtimes": list(world.downtimes.book),
        "changes": world.changes.all(),
        "contacts": dict(world.contacts),
        "hosts": dict(world.model.hosts),
        "services": dict(world.model.services),
        "people": dict(world.model.contacts),
        "settings": world.settings,
        "agenda": sorted(map(str, world.agenda._heap)),
        "checks": {key: (due.at, due.forced) for key, due in world.queue._pending.items()},
    }


def external_command(order: Order) -> None:
    """Carries out a command on a busy installation and lets time go on afterwards."""
    player = _busy()
    world, effects, before = player.world, Effects(), _known(player.world)
    with in_time():
        refusal = carry_out(world, order, player.now, effects)
        if refusal is not None:
            after = _known(world)
            assert [name for name in before if before[name] != after[name]] == []
        for event in effects.events:
            for line in log_lines(event, world.settings):
                assert "\n" not in line, line
                assert "\r" not in line, line
        player.commit(effects)
        _database().write(
            Batch(
                states=dict(world.states),
                events=[event for event in effects.events if not isinstance(event, UNSTORED)],
                comments={one.id: one for one in world.comments},
                downtimes={one.id: one for one in world.downtimes.book},
                changes=dict(world.changes.all()),
            )
        )
        player.play([Result(key, 1) for key in WEB.keys])
        player.play([Wait(4000.0), *(Result(key, 0) for key in WEB.keys)])
        assert "".join(retention_texts(world, player.now, "test"))


def command_text(data: bytes) -> None:
    """Bytes as the text of a command that came over HTTP."""
    external_command(Order(text=data.decode("utf-8", "replace"), entry_time=START, source="api"))


def command_lines(data: bytes) -> None:
    """Bytes as they come out of the command file, in pieces."""
    half = len(data) // 2
    whole, pieces = Lines(), Lines()
    lines = [*whole.feed(data), whole.end()]
    assert lines == [*pieces.feed(data[:half]), *pieces.feed(data[half:]), pieces.end()]
    for line in lines[:3]:
        order = read_order(line)
        if isinstance(order, Order):
            external_command(order)
        elif isinstance(order, Refusal):
            assert order.reason


def spool_file(data: bytes) -> None:
    """Bytes as a file in the spool folder, and what follows from its results."""
    with in_time():
        file = read_spool_file(data)
    player = _busy()
    for spooled in file.results[:3]:
        key = (spooled.host, spooled.service)
        if key not in player.world.states:
            continue
        started = Instant(spooled.started or player.now)
        result = CheckResult(
            state=spooled.code if spooled.code in (0, 1, 2) else 0,
            output=spooled.output.partition("\n")[0],
            started=started,
            finished=Instant(max(started, spooled.finished)),
            latency=max(0.0, spooled.latency),
            scheduled=spooled.rescheduled,
        )
        effects = Effects()
        player.world.apply(key, result, player.now, effects)
        player.commit(effects)
        _database().write(Batch(states=dict(player.world.states)))
        assert _database().load().states[key] == player.world.states[key]
        player.play([Wait(4000.0)])


# --- what plugins say ---------------------------------------------------------------------------------------


def plugin_output(data: bytes) -> None:
    """Bytes as the output of a plugin; the first one is its exit code."""
    code, stdout = (data[0] if data else 0), data[1:]
    raw = RawResult(exit_code=code, stdout=stdout, stderr=stdout[:50], started=START, finished=START)
    with in_time():
        state, said = judge_service(raw, host_name="web", service_description="http")
        host_state, host_said = judge_host(raw, host_name="web")
        _look_at(said)
        _look_at(host_said)
        assert isinstance(state, ServiceState)
        assert isinstance(host_state, HostState)
        assert "\n" not in complaint(raw, host_name="web", service_description="http")
        for value in parse_perfdata(said.perfdata):
            assert value.value is None or isfinite(value.value)
        for text in (said.output, said.long_output):
            assert unescaped(escaped(text)) == text
            assert "\n" not in escaped(text)


def _look_at(said: CheckOutput) -> None:
    for text in (said.output, said.perfdata, said.long_output):
        assert "\0" not in text
        text.encode()
    assert "\n" not in said.output
    assert ";" not in said.output


def command_line(data: bytes) -> None:
    """Bytes as a command line that is to be split without a shell."""
    words = split(data.decode("utf-8", "surrogateescape"))
    assert words is None or all(isinstance(word, str) for word in words)


# --- files ----------------------------------------------------------------------------------------------------


def scenario(data: bytes) -> None:
    """Bytes as a scenario of `atalaia simulate`."""
    lines = data.decode("utf-8", "replace").split("\n")[:50]
    with in_time(), suppress(ScenarioError):
        happenings = list(read_scenario(lines))
        if any(one.at > 1e5 for one in happenings):
            return  # a day of nothing takes its time
        simulation = Simulation(WEB.model(), start=START, tz=UTC)
        for event in simulation.play(happenings):
            for line in log_lines(event, simulation.world.settings):
                assert "\n" not in line, line


@lru_cache(maxsize=1)
def _folder() -> Path:
    return Path(mkdtemp(prefix="atalaia-fuzz-"))


def configuration(data: bytes) -> None:
    """Bytes as an object file; what can be read must be able to run."""
    folder = _folder()
    (folder / "a.cfg").write_bytes(data)
    (folder / "nagios.cfg").write_text("log_file=x\nillegal_macro_output_chars=x\ncfg_file=a.cfg\n")
    with in_time():
        loaded = load(folder / "nagios.cfg")
        if loaded.model is not None:
            _run(loaded.model)


def main_file(data: bytes) -> None:
    """Bytes as a main file."""
    folder = _folder()
    (folder / "a.cfg").write_bytes(_BASE)
    (folder / "nagios.cfg").write_bytes(data)
    with in_time():
        loaded = load(folder / "nagios.cfg")
        if loaded.model is not None:
            _run(loaded.model)


def _run(model: Model) -> None:
    """Some minutes of it."""
    store = TextStore()
    player = Player(WEB, store, model=model, checks=True)
    for turn, key in enumerate(list(model.hosts)[:5]):
        player.play([Result((key, ""), turn % 2)])
    player.play([Result(key, turn % 4, times=2) for turn, key in enumerate(list(model.services)[:5])])


def stored_record(data: bytes) -> None:
    """Bytes as what stands in the database."""
    text = data.decode("utf-8", "replace")
    with capture_logs():  # that it is unreadable is said, each time
        known = runtime_from(text, "web", "")
        message_from(text, "key")
        event_from(text, 1)
    to_json(known)


_BASE = b"""define command {
 command_name check
 command_line /bin/true $HOSTADDRESS$ $ARG1$
}
define timeperiod {
 timeperiod_name work
 alias Work
 monday 09:00-12:00,13:00-17:00
 2027-01-15 / 3 00:00-24:00
 day -1 10:00-11:00
 exclude night
}
define timeperiod {
 timeperiod_name night
 alias Night
 sunday 00:00-06:00
}
define contact {
 contact_name ana
 host_notification_period work
 service_notification_period work
 host_notification_options d,u,r
 service_notification_options w,u,c,r
 host_notification_commands check
 service_notification_commands check!a
}
define host {
 name template
 max_check_attempts 2
 contacts ana
 check_command check!a b!c
 check_period work
 _LEVEL 1
 register 0
}
define host {
 use template
 host_name web
 address 127.0.0.1
 hostgroups all
}
define host {
 use template
 host_name db
 parents web
}
define hostgroup {
 hostgroup_name all
 members db
}
define service {
 hostgroup_name all
 service_description http
 check_command check!$USER1$
 max_check_attempts 3
 check_interval 5
 contacts ana
}
define serviceescalation {
 host_name web
 service_description http
 first_notification 2
 last_notification 0
 contacts ana
}
define servicedependency {
 host_name web
 service_description http
 dependent_host_name db
 dependent_service_description http
 notification_failure_criteria w,u,c
}
"""
