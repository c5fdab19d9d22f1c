"""Commands that bring a result from outside (passive checks), or ask for one (scheduled checks)."""

from collections.abc import Callable, Iterator
from functools import partial

from atalaia.core.events import LogLine
from atalaia.core.objects import Host, Service
from atalaia.core.orders import targets
from atalaia.core.orders.reading import Hand, RefusedError
from atalaia.core.orders.targets import Target
from atalaia.core.plugin_output import NO_HOST_OUTPUT, NO_SERVICE_OUTPUT, parse_output, unescaped
from atalaia.core.records import CommentKind
from atalaia.core.results import CheckResult
from atalaia.core.states import CheckType, HostState, ServiceState

Carry = Callable[[Hand], None]

SERVICE_RESULT = "PROCESS_SERVICE_CHECK_RESULT"
HOST_RESULT = "PROCESS_HOST_CHECK_RESULT"


def commands() -> Iterator[tuple[str, Carry]]:
    """Every command of this family with what carries it out."""
    yield SERVICE_RESULT, _service_result
    yield HOST_RESULT, _host_result
    for word, forced in (("SCHEDULE", False), ("SCHEDULE_FORCED", True)):
        yield f"{word}_HOST_CHECK", partial(_schedule_check, targets.one_host, forced)
        yield f"{word}_SVC_CHECK", partial(_schedule_check, targets.one_service, forced)
        yield f"{word}_HOST_SVC_CHECKS", partial(_schedule_checks_of_services, forced)


def _service_result(hand: Hand) -> None:
    name, description = hand.text("host_name"), hand.text("service_description")
    state = hand.number("return_code")
    output = hand.optional_rest() or ""
    if not hand.world.settings.accept_passive_service_checks:
        raise RefusedError("accept_passive_service_checks is 0: no results of services are taken from outside")
    host = _find_host(hand, name, f"service '{description}' on host '{name}'")
    service = hand.world.model.services.get((host.host_name, description))
    if service is None:
        _warn(hand, f"service '{description}' on host '{name}'", "service")
        raise RefusedError(f"there is no service {description!r} on host {host.host_name!r}")
    _takes(service)
    known = state in ServiceState.__members__.values()
    _apply(hand, service, state if known else ServiceState.UNKNOWN, output, NO_SERVICE_OUTPUT)


def _host_result(hand: Hand) -> None:
    name = hand.text("host_name")
    state = hand.number("status_code")
    output = hand.optional_rest() or ""
    settings = hand.world.settings
    if not settings.accept_passive_service_checks:  # Nagios' slip, and what running systems do
        raise RefusedError("accept_passive_service_checks is 0: no results are taken from outside")
    host = _find_host(hand, name, f"host '{name}'")
    if not settings.accept_passive_host_checks:
        raise RefusedError(
            "accept_passive_host_checks is 0: no results of hosts are taken from outside", "pointless"
        )
    _takes(host)
    if state not in HostState.__members__.values():
        raise RefusedError(f"{state} is no state of a host: 0 is UP, 1 is DOWN, 2 is UNREACHABLE")
    _apply(hand, host, state, output, NO_HOST_OUTPUT)


def _find_host(hand: Hand, name: str, what: str) -> Host:
    """A host by its name, else by its address (Nagios' rule)."""
    hosts = hand.world.model.hosts
    found = hosts.get(name) or next((one for one in hosts.values() if one.address == name), None)
    if found is None:
        _warn(hand, what, "host")
        raise RefusedError(f"there is no host {name!r}")
    return found


def _warn(hand: Hand, what: str, missing: str) -> None:
    """Nagios' own line, two blanks included: log readers know it."""
    text = f"Warning:  Passive check result was received for {what}, but the {missing} could not be found!"
    hand.effects.events.append(LogLine(time=hand.now, text=text))


def _takes(checkable: Host | Service) -> None:
    if not checkable.passive_checks_enabled:
        raise RefusedError("passive_checks_enabled is 0 for it: it takes no results from outside")


def _apply(hand: Hand, checkable: Host | Service, state: int, output: str, missing: str) -> None:
    said = parse_output(unescaped(output), missing=missing)
    result = CheckResult(
        state=state,
        output=said.output,
        long_output=said.long_output,
        perfdata=said.perfdata,
        started=hand.entry_time,
        finished=hand.entry_time,
        check_type=CheckType.PASSIVE,
        latency=max(0.0, hand.now - hand.entry_time),
        scheduled=False,
    )
    hand.world.apply(checkable.key, result, hand.now, hand.effects)


def _schedule_check(target: Target, forced: bool, hand: Hand) -> None:  # noqa: FBT001 - bound in a table
    (obj,) = target(hand)
    at = hand.instant("check_time")
    if not hand.world.planner.order(obj, at, hand.now, forced=forced):
        why = "has no check command" if obj.check_command is None else "has its active checks switched off"
        raise RefusedError(f"it {why}, so no check can be scheduled", "pointless")
    _comment(obj, hand)


def _schedule_checks_of_services(forced: bool, hand: Hand) -> None:  # noqa: FBT001 - bound in a table
    """Checks of all services of a host that can be checked; the comment goes to the host."""
    host = hand.host()
    at = hand.instant("check_time")
    for service in hand.world.topology.services_of[host.host_name]:
        hand.world.planner.order(service, at, hand.now, forced=forced)
    _comment(host, hand)


def _comment(obj: Host | Service, hand: Hand) -> None:
    """Who asked, and why, where that was said."""
    author, comment = hand.optional(), hand.optional()
    if author is not None and comment is not None:
        hand.world.comments.add(
            obj.key,
            CommentKind.USER,
            author=author,
            text=comment,
            now=hand.now,
            effects=hand.effects,
            external=True,
        )
