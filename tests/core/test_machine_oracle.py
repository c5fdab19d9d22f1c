"""The state machines and notification filters beside the real Nagios Core: same results in, same lines out.

Many short stories run at once in one daemon, one passive result of each per step. Nagios 4.4.6 counts the
attempt of a hard recovery differently from 4.5 (whose rule is ours), so that number is left out.
"""

import time
from datetime import UTC
from pathlib import Path

import pytest

from atalaia.config.load import load
from atalaia.core.effects import Effects
from atalaia.core.events import AnyFact, NotificationQueued, StateChanged
from atalaia.core.instants import Instant
from atalaia.core.results import CheckResult
from atalaia.core.states import CheckType
from atalaia.core.world import NOTHING_REMEMBERED, World
from support.nagios4 import Nagios4, needs_nagios4

pytestmark = [pytest.mark.oracle, needs_nagios4, pytest.mark.timeout(180)]

STEP = 1.0
"""Seconds between two steps, each well within a second of the clock: Nagios counts in whole seconds."""

SERVICES: dict[str, tuple[str, str]] = {
    "three attempts": ("max_check_attempts 3", "0222 20"),
    "changing while soft": ("max_check_attempts 3", "0122 10"),
    "soft recovery": ("max_check_attempts 3", "020 2220"),
    "one attempt": ("max_check_attempts 1", "021302"),
    "unknown counts too": ("max_check_attempts 2", "0332 0"),
    "volatile": ("max_check_attempts 2\n is_volatile 1", "02222 0"),
    "volatile with interval": ("max_check_attempts 1\n is_volatile 1\n notification_interval 3600", "022220"),
    "told again": ("max_check_attempts 1\n notification_interval 2", "02222220"),
    "only critical": ("max_check_attempts 1\n notification_options c,r", "01121 0"),
    "no recovery": ("max_check_attempts 1\n notification_options w,u,c", "0202"),
    "switched off": ("max_check_attempts 1\n notifications_enabled 0", "0220"),
    "delayed": ("max_check_attempts 1\n notification_interval 0\n first_notification_delay 3", "02222220"),
    "delayed too long": ("max_check_attempts 1\n first_notification_delay 60", "0220"),
    "never open": ("max_check_attempts 1\n notification_period never", "0220"),
    "contact out of hours": ("max_check_attempts 1\n contacts sleeper", "0220"),
    "contact for critical": ("max_check_attempts 1\n contacts ana,criticals", "0110220"),
    "cause": ("max_check_attempts 1", "0222 0220"),
    "consequence": ("max_check_attempts 1", "00222222220"),
    "consequence at second hand": ("max_check_attempts 1", "00222222220"),
    "stranger": ("max_check_attempts 1", "0022220"),
    "groups": ("max_check_attempts 1\n contacts criticals\n contact_groups late,early", "0220"),
    "two ways": ("max_check_attempts 1\n contacts twice", "0220"),
}

HOSTS: dict[str, tuple[str, str]] = {
    "passive host": ("max_check_attempts 3", "0110"),
    "changing host": ("max_check_attempts 1", "01210"),
    "host told again": ("max_check_attempts 1\n notification_interval 2", "0111110"),
    "quiet host": ("max_check_attempts 1\n notification_options u,r", "0110"),
}

ON_DYING_HOST: dict[str, str] = {
    "dying": "0001110000",
    "dying;born bad": "0000222222",
    "dying;bad before": "0222222220",
}
"""Host and services together: the host goes down in the middle."""

COMMON = """
define command {
 command_name tell
 command_line /bin/true
}
define command {
 command_name page
 command_line /bin/true
}
define timeperiod {
 timeperiod_name never
 alias Never
}
define contact {
 name template
 host_notification_period always
 service_notification_period always
 host_notification_options d,u,r
 service_notification_options w,u,c,r
 host_notification_commands tell
 service_notification_commands tell
 register 0
}
define contact {
 use template
 contact_name ana
}
define contact {
 use template
 contact_name sleeper
 service_notification_period never
}
define contact {
 use template
 contact_name criticals
 service_notification_options c,r
}
define contact {
 use template
 contact_name twice
 service_notification_commands tell,page
}
define contactgroup {
 contactgroup_name late
 alias Late
 members twice,ana
}
define contactgroup {
 contactgroup_name early
 alias Early
 members sleeper,ana,early-bird
}
define contact {
 use template
 contact_name early-bird
}
define command {
 command_name never-run
 command_line /bin/false
}
"""


def objects() -> str:
    text = COMMON
    for host, extra in [
        ("up", "max_check_attempts 1"),
        ("dying", "max_check_attempts 1"),
        *((name, fields) for name, (fields, _) in HOSTS.items()),
    ]:
        interval = "" if "notification_interval" in extra else " notification_interval 0\n"
        text += (
            f"define host {{\n host_name {host}\n {extra}\n{interval} active_checks_enabled 0\n"
            " contacts ana\n notification_period always\n}\n"
        )
    services = [("up", name, fields) for name, (fields, _) in SERVICES.items()]
    services += [
        ("dying", key.partition(";")[2], "max_check_attempts 3") for key in ON_DYING_HOST if ";" in key
    ]
    for host, name, extra in services:
        defaults = {"notification_interval": "0", "contacts": "ana", "notification_period": "always"}
        given = "".join(f" {key} {value}\n" for key, value in defaults.items() if key not in extra)
        text += (
            f"define service {{\n host_name {host}\n service_description {name}\n {extra}\n{given}"
            " active_checks_enabled 0\n check_command never-run\n check_period always\n}\n"
        )
    return text


DEPENDENCIES = """
define servicedependency {
 host_name up
 service_description cause
 dependent_host_name up
 dependent_service_description consequence
 notification_failure_criteria w,c
}
define servicedependency {
 host_name up
 service_description consequence
 dependent_host_name up
 dependent_service_description consequence at second hand
 inherits_parent 1
 notification_failure_criteria u
}
define servicedependency {
 host_name up
 service_description cause
 dependent_host_name up
 dependent_service_description stranger
 notification_failure_criteria u
}
define hostdependency {
 host_name passive host
 dependent_host_name changing host
 notification_failure_criteria d
}
"""


def script() -> list[tuple[str, str, str]]:
    """(host, service, state per step); a blank step brings no result."""
    found = [("up", name, states) for name, (_, states) in SERVICES.items()]
    found += [(name, "", states) for name, (_, states) in HOSTS.items()]
    return found + [(*_split(key), states) for key, states in ON_DYING_HOST.items()]


def _split(key: str) -> tuple[str, str]:
    host, _, service = key.partition(";")
    return host, service


def steps() -> int:
    return max(len(states) for _, _, states in script())


def play_nagios(daemon: Nagios4) -> dict[tuple[str, str], list[str]]:
    with daemon.running():
        daemon.wait_for((daemon.folder / "nagios.cmd").exists)
        begin = int(time.time()) + 1.3
        for step in range(steps()):
            time.sleep(max(0.0, begin + step * STEP - time.time()))
            for host, service, states in script():
                if step < len(states) and states[step] != " ":
                    name = (
                        f"PROCESS_SERVICE_CHECK_RESULT;{host};{service}"
                        if service
                        else f"PROCESS_HOST_CHECK_RESULT;{host}"
                    )
                    daemon.command(f"{name};{states[step]};result {step}")
        time.sleep(1.5)
    lines: dict[tuple[str, str], list[str]] = {}
    for line in (daemon.folder / "nagios.log").read_text().splitlines():
        kind, _, rest = line.partition("] ")[2].partition(": ")
        fields = rest.split(";")
        if kind == "SERVICE ALERT":
            lines.setdefault((fields[0], fields[1]), []).append(_alert(*fields[2:5]))
        elif kind == "HOST ALERT":
            lines.setdefault((fields[0], ""), []).append(_alert(*fields[1:4]))
        elif kind == "SERVICE NOTIFICATION":
            lines.setdefault((fields[1], fields[2]), []).append(f"told {fields[0]} {fields[3]} by {fields[4]}")
        elif kind == "HOST NOTIFICATION":
            lines.setdefault((fields[1], ""), []).append(f"told {fields[0]} {fields[2]} by {fields[3]}")
    return lines


def play_world(main: Path) -> dict[tuple[str, str], list[str]]:
    model = load(main).model
    assert model is not None
    start = Instant(1_800_000_000.0)
    world = World(model, tz=UTC, program_start=start)
    world.start(NOTHING_REMEMBERED, start, Effects())
    effects = Effects()
    for step in range(steps()):
        now = Instant(start + step * STEP)
        for host, service, states in script():
            if step < len(states) and states[step] != " ":
                result = CheckResult(
                    state=int(states[step]),
                    output=f"result {step}",
                    started=now,
                    finished=now,
                    check_type=CheckType.PASSIVE,
                )
                world.apply((host, service), result, now, effects)
    lines: dict[tuple[str, str], list[str]] = {}
    for event in effects.events:
        if (line := _line(event)) is not None:
            lines.setdefault((event.host, event.service), []).append(line)
    return lines


def _line(event: AnyFact) -> str | None:
    if isinstance(event, StateChanged):
        return _alert(event.state, event.state_type, str(event.attempt))
    if isinstance(event, NotificationQueued):
        return f"told {event.contact} {event.state} by {event.via}"
    return None


def _alert(state: str, kind: str, attempt: str) -> str:
    recovery = state in ("OK", "UP") and kind == "HARD"
    return f"{state};{kind};{'*' if recovery else attempt}"


def test_the_same_results_give_the_same_alerts_and_messages(tmp_path: Path) -> None:
    daemon = Nagios4(tmp_path)
    daemon.configure(
        objects() + DEPENDENCIES,
        log_service_retries="1",
        log_host_retries="1",
        enable_flap_detection="0",
        check_external_commands="1",
    )

    theirs = play_nagios(daemon)
    ours = play_world(tmp_path / "nagios.cfg")

    assert theirs, daemon.log()
    for key in sorted(theirs.keys() | ours.keys()):
        assert (key, ours.get(key, [])) == (key, theirs.get(key, []))
