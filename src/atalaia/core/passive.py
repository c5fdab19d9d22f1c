"""Results from outside: Nagios' two commands that bring one, checked at the door.

Only the text is looked at here, and whether the object exists and takes such results; what follows is the
World's. The other external commands are not understood yet and are refused with that reason.
"""

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.objects import Host, Model, ObjectKey, Service
from atalaia.core.plugin_output import NO_HOST_OUTPUT, NO_SERVICE_OUTPUT, parse_output, unescaped
from atalaia.core.results import CheckResult
from atalaia.core.states import CheckType, HostState, ServiceState

SERVICE_RESULT = "PROCESS_SERVICE_CHECK_RESULT"
HOST_RESULT = "PROCESS_HOST_CHECK_RESULT"

_SERVICE_FIELDS = 3
_HOST_FIELDS = 2


class RefusedError(ValueError):
    """The command changes nothing; the sentence says why."""


class PassiveResult(msgspec.Struct, frozen=True):
    """A result for one object."""

    key: ObjectKey
    result: CheckResult


def read_command(text: str, model: Model, now: Instant) -> PassiveResult:
    """The result that an external command brings.

    Args:
        text: the command without its timestamp, e.g. ``PROCESS_SERVICE_CHECK_RESULT;host;service;0;text``. A
            plugin's further lines are written with ``\\n``.
        model: the configuration in force.
        now: when it came.

    Raises:
        RefusedError: unknown command, malformed, unknown object, or the object takes no such results.
    """
    name, _, rest = text.strip("\r\n").partition(";")
    match name.strip().upper():
        case "":
            raise RefusedError("the command is empty")
        case "PROCESS_SERVICE_CHECK_RESULT":
            return _service_result(rest, model, now)
        case "PROCESS_HOST_CHECK_RESULT":
            return _host_result(rest, model, now)
        case other:
            raise RefusedError(f"{other} is not understood (yet): only {SERVICE_RESULT} and {HOST_RESULT} are")


def _service_result(rest: str, model: Model, now: Instant) -> PassiveResult:
    fields = rest.split(";", _SERVICE_FIELDS)
    if len(fields) < _SERVICE_FIELDS:
        raise RefusedError(f"{SERVICE_RESULT} needs host;service;state;output")
    host = _host(fields[0], model)
    service = model.services.get((host.host_name, fields[1]))
    if service is None:
        raise RefusedError(f"there is no service {fields[1]!r} on host {host.host_name!r}")
    if not model.settings.accept_passive_service_checks:
        raise RefusedError("accept_passive_service_checks is 0: no results of services are taken from outside")
    _takes(service)
    state = _number(fields[2])
    known = state in ServiceState.__members__.values()
    output = fields[3] if len(fields) > _SERVICE_FIELDS else ""
    return PassiveResult(
        service.key, _result(state if known else ServiceState.UNKNOWN, output, NO_SERVICE_OUTPUT, now)
    )


def _host_result(rest: str, model: Model, now: Instant) -> PassiveResult:
    fields = rest.split(";", _HOST_FIELDS)
    if len(fields) < _HOST_FIELDS:
        raise RefusedError(f"{HOST_RESULT} needs host;state;output")
    host = _host(fields[0], model)
    if not model.settings.accept_passive_host_checks:
        raise RefusedError("accept_passive_host_checks is 0: no results of hosts are taken from outside")
    _takes(host)
    state = _number(fields[1])
    if state not in HostState.__members__.values():
        raise RefusedError(f"{fields[1]!r} is no state of a host: 0 is UP, 1 is DOWN, 2 is UNREACHABLE")
    output = fields[2] if len(fields) > _HOST_FIELDS else ""
    return PassiveResult(host.key, _result(state, output, NO_HOST_OUTPUT, now))


def _host(name: str, model: Model) -> Host:
    """A host by its name, else by its address (Nagios' rule)."""
    found = model.hosts.get(name)
    if found is None:
        found = next((one for one in model.hosts.values() if one.address == name), None)
    if found is None:
        raise RefusedError(f"there is no host {name!r}")
    return found


def _takes(checkable: Host | Service) -> None:
    if not checkable.passive_checks_enabled:
        raise RefusedError("passive_checks_enabled is 0 for it: it takes no results from outside")


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise RefusedError(f"{text!r} is no state: write a number") from None


def _result(state: int, output: str, missing: str, now: Instant) -> CheckResult:
    said = parse_output(unescaped(output), missing=missing)
    return CheckResult(
        state=state,
        output=said.output,
        long_output=said.long_output,
        perfdata=said.perfdata,
        started=now,
        finished=now,
        check_type=CheckType.PASSIVE,
        scheduled=False,
    )
