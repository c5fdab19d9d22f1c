"""Every macro, printed by Nagios itself from check, event handler and notification commands, and by us.

What only a running server can know (times, counters) is taken from Nagios' own print, so that the values made
of it (durations, dates, names of states) can be compared.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from atalaia.core.instants import Instant
from atalaia.core.macros import MacroContext, NotificationFacts, environment, expand_command
from atalaia.core.objects import Model
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.core.topology import Topology
from support.macro_world import ILLEGAL, MACROS, NAGIOS_OBJECTS, NAGIOS_RESOURCES, NAGIOS_SETTINGS, model
from support.nagios4 import Nagios4, needs_nagios4

pytestmark = [pytest.mark.oracle, needs_nagios4]

ZONE = "America/Sao_Paulo"

OTHERWISE_HERE = {
    # Not known to 4.4.6.
    "HOSTCHECKSOURCE",
    "SERVICECHECKSOURCE",
    # 4.4.6 finds the author only if some contact's alias is also a contact's name.
    "NOTIFICATIONAUTHORNAME",
    "NOTIFICATIONAUTHORALIAS",
    "HOSTACKAUTHORNAME",
    "HOSTACKAUTHORALIAS",
    "SERVICEACKAUTHORNAME",
    "SERVICEACKAUTHORALIAS",
}

PLUGIN = r"""#!/bin/sh
tag=$1
shift
printf '%s\n' "$@" > "{folder}/$tag.tmp"
env | grep ^NAGIOS_ > "{folder}/$tag.env"
mv "{folder}/$tag.tmp" "{folder}/$tag"
printf 'said;so "x" `y` $(z) & <w>|p=1;2\nlong \\ <b>\nmore\n'
exit 2
"""
SAID = 'said:so "x" `y` $(z) & <w>'

Printed = dict[str, str]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """What each command printed, by its tag: the value of each macro, and each variable of the environment."""
    folder = tmp_path_factory.mktemp("printed")
    plugin = tmp_path_factory.mktemp("plugins") / "print"
    plugin.write_text(PLUGIN.format(folder=folder))
    plugin.chmod(0o755)
    nagios = Nagios4(tmp_path_factory.mktemp("nagios"))
    commands = "".join(_command(plugin, name, tag) for name, tag in COMMANDS.items())
    nagios.configure(commands + NAGIOS_OBJECTS, NAGIOS_RESOURCES, **NAGIOS_SETTINGS)

    def there(*tags: str) -> Callable[[], bool]:
        return lambda: all((folder / tag).exists() for tag in tags)

    def all_checked() -> bool:
        seen = nagios.status("servicestatus") + nagios.status("hoststatus")
        return len(seen) == 5 and all(fields["has_been_checked"] == "1" for fields in seen)

    with nagios.running(TZ=ZONE):
        nagios.wait_for(there("check-host", "check-service", "handle-host-DOWN", "tell-host-PROBLEM"))
        nagios.wait_for(there("handle-service-CRITICAL"))
        nagios.wait_for(all_checked)
        nagios.command("ACKNOWLEDGE_SVC_PROBLEM;web1;http port;1;1;0;bob;as `it` is")
        nagios.command('SEND_CUSTOM_HOST_NOTIFICATION;web1;0;An "Other";look')
        nagios.wait_for(there("tell-service-ACKNOWLEDGEMENT", "tell-host-CUSTOM"))
    return {tag: _read(folder / tag) for tag in TAGS}


COMMANDS = {
    "check-service": "check-service",
    "check-host": "check-host",
    "handle-service": "handle-service-$SERVICESTATE$",
    "handle-host": "handle-host-$HOSTSTATE$",
    "tell-service": "tell-service-$NOTIFICATIONTYPE$",
    "tell-host": "tell-host-$NOTIFICATIONTYPE$",
}
ARGS = {
    "check-service": ("a$HOSTNAME$b", "$SERVICEOUTPUT$!x", "$ARG1$-again"),
    "check-host": ("an arg",),
    "handle-host-DOWN": ("some", "$HOSTSTATE$ now"),
    "tell-service-ACKNOWLEDGEMENT": ("to-$CONTACTNAME$",),
}
TAGS = (
    "check-service",
    "check-host",
    "handle-service-CRITICAL",
    "handle-host-DOWN",
    "tell-host-PROBLEM",
    "tell-host-CUSTOM",
    "tell-service-ACKNOWLEDGEMENT",
)
AT_REST = ("tell-host-CUSTOM", "tell-service-ACKNOWLEDGEMENT")
"""When all objects have been checked, and the sums over them are known."""


def _command(plugin: Path, name: str, tag: str) -> str:
    macros = " ".join(f"'${macro}$'" for macro in MACROS)
    line = f"{plugin} {tag} {macros} $HOSTNAME"
    return f"define command {{\n    command_name  {name}\n    command_line  {line}\n}}\n"


def _read(file: Path) -> Printed:
    values = dict(zip((*MACROS, "at the end"), file.read_text().splitlines(), strict=True))
    variables = (line.partition("=") for line in file.with_name(f"{file.name}.env").read_text().splitlines())
    return values | {name: value for name, _, value in variables}


def _ours(tag: str, printed: Printed, given: Model) -> Printed:
    context = _context(tag, printed, given)
    args = ARGS.get(tag, ())
    values = {macro: expand_command(f"${macro}$", context, args) for macro in MACROS}
    values["at the end"] = expand_command("$HOSTNAME", context, args)
    return values | environment(context, args)


def _context(tag: str, printed: Printed, given: Model) -> MacroContext:
    of_service, told = "service" in tag, tag.startswith("tell")
    states = {("web1", ""): _runtime("HOST", printed)}
    if of_service:
        states["web1", "http port"] = _runtime("SERVICE", printed)
    elif tag in AT_REST:
        states["web1", "http port"] = Runtime(state=2, has_been_checked=True)
    if tag in AT_REST:
        states |= {
            key: Runtime(has_been_checked=True) for key in (("web2", ""), ("web1", "ssh"), ("web2", "disk"))
        }
    return MacroContext(
        topology=Topology(given),
        states=states,
        now=Instant(float(printed["TIMET"])),
        tz=ZoneInfo(ZONE),
        program_start=Instant(float(printed["PROCESSSTARTTIME"])),
        event_start=Instant(float(printed["EVENTSTARTTIME"])),
        host=given.hosts["web1"],
        service=given.services["web1", "http port"] if of_service else None,
        contact=given.contacts["ana"] if told else None,
        notification=_facts(tag, printed) if told else None,
    )


def _facts(tag: str, printed: Printed) -> NotificationFacts:
    author, comment = {
        "ACKNOWLEDGEMENT": ("bob", "as `it` is"),
        "CUSTOM": ('An "Other"', "look"),
        "PROBLEM": ("", ""),
    }[tag.rpartition("-")[2]]
    return NotificationFacts(
        kind=tag.rpartition("-")[2],
        number=int(printed["NOTIFICATIONNUMBER"]),
        author=author,
        comment=comment,
        recipients=tuple(printed["NOTIFICATIONRECIPIENTS"].split(",")),
    )


def _runtime(kind: str, printed: Printed) -> Runtime:
    """What Nagios knew; the texts are those that the plugin wrote."""
    letter = {"HOST": ("UP", "DOWN", "UNREACHABLE"), "SERVICE": ("OK", "WARNING", "CRITICAL", "UNKNOWN")}[kind]
    checked = printed[f"LAST{kind}CHECK"] != "0"
    times = [float(printed[f"LAST{kind}{name}"]) for name in letter]
    return Runtime(
        state=int(printed[f"{kind}STATEID"]),
        last_state=int(printed[f"LAST{kind}STATEID"]),
        state_type=StateType[printed[f"{kind}STATETYPE"]],
        attempt=int(printed[f"{kind}ATTEMPT"]),
        has_been_checked=checked,
        output=SAID if checked else "",
        long_output="long \\ <b>\nmore" if checked else "",
        perfdata="p=1;2" if checked else "",
        acknowledged=bool(kind == "SERVICE" and printed["NOTIFICATIONTYPE"] == "ACKNOWLEDGEMENT"),
        downtime_depth=int(printed[f"{kind}DOWNTIME"]),
        percent_state_change=float(printed[f"{kind}PERCENTCHANGE"]),
        execution_time=float(printed[f"{kind}EXECUTIONTIME"]),
        latency=float(printed[f"{kind}LATENCY"]),
        last_check=Instant(float(printed[f"LAST{kind}CHECK"])),
        last_state_change=Instant(float(printed[f"LAST{kind}STATECHANGE"])),
        last_time_in=(times[0], times[1], times[2], times[-1] if kind == "SERVICE" else 0.0),
        notification_number=int(printed[f"{kind}NOTIFICATIONNUMBER"]),
        notification_id=int(printed[f"{kind}NOTIFICATIONID"]),
        current_event_id=int(printed[f"{kind}EVENTID"]),
        last_event_id=int(printed[f"LAST{kind}EVENTID"]),
        current_problem_id=int(printed[f"{kind}PROBLEMID"]),
        last_problem_id=int(printed[f"LAST{kind}PROBLEMID"]),
    )


def _given(nagios_says: Printed) -> Model:
    """Our world, with the paths of the daemon's files."""
    plain = model()
    paths = {
        "main_file": "MAINCONFIGFILE",
        "resource_file": "RESOURCEFILE",
        "status_file": "STATUSDATAFILE",
        "state_retention_file": "RETENTIONDATAFILE",
        "object_cache_file": "OBJECTCACHEFILE",
        "temp_file": "TEMPFILE",
        "temp_path": "TEMPPATH",
        "log_file": "LOGFILE",
        "command_file": "COMMANDFILE",
    }
    return replace(
        plain, settings=replace(plain.settings, **{field: nagios_says[name] for field, name in paths.items()})
    )


@pytest.mark.parametrize("tag", TAGS)
def test_each_macro_and_variable_is_that_of_nagios(printed: dict[str, Printed], tag: str) -> None:
    theirs = printed[tag]
    ours = _ours(tag, theirs, _given(theirs))
    left_out = OTHERWISE_HERE | {f"NAGIOS_{name}" for name in OTHERWISE_HERE}
    left_out |= {"NAGIOS_HOSTLATENCY", "NAGIOS_SERVICELATENCY"}  # set between the command and its environment
    if tag not in AT_REST:
        left_out |= {
            name for name in theirs if "TOTALHOSTS" in name or "TOTALSERVICE" in name or "PROBLEMS" in name
        }

    differences = {
        name: (theirs.get(name), ours.get(name))
        for name in {*theirs, *ours} - left_out
        if theirs.get(name) != ours.get(name)
    }

    assert differences == {}


def test_dangerous_signs_are_in_what_is_compared(printed: dict[str, Printed]) -> None:
    said = printed["tell-service-ACKNOWLEDGEMENT"]

    assert set(said["NAGIOS_SERVICEOUTPUT"]) & set(ILLEGAL)
    assert not set(said["SERVICEOUTPUT"]) & set(ILLEGAL)
    assert datetime.fromtimestamp(int(said["TIMET"]), ZoneInfo(ZONE)).year >= 2026
