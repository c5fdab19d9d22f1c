"""Macros that count all hosts and services, or those that the contact at hand is responsible for."""

from collections.abc import Iterator

from atalaia.core.macro_context import MacroContext
from atalaia.core.objects import Checkable, Host, Service
from atalaia.core.runtime import Runtime
from atalaia.core.states import HostState, ServiceState

SUMMARY_MACROS = (
    "TOTALHOSTSUP",
    "TOTALHOSTSDOWN",
    "TOTALHOSTSUNREACHABLE",
    "TOTALHOSTSDOWNUNHANDLED",
    "TOTALHOSTSUNREACHABLEUNHANDLED",
    "TOTALHOSTPROBLEMS",
    "TOTALHOSTPROBLEMSUNHANDLED",
    "TOTALSERVICESOK",
    "TOTALSERVICESWARNING",
    "TOTALSERVICESCRITICAL",
    "TOTALSERVICESUNKNOWN",
    "TOTALSERVICESWARNINGUNHANDLED",
    "TOTALSERVICESCRITICALUNHANDLED",
    "TOTALSERVICESUNKNOWNUNHANDLED",
    "TOTALSERVICEPROBLEMS",
    "TOTALSERVICEPROBLEMSUNHANDLED",
)

_MEMO = "summary"


def total(context: MacroContext, macro: str) -> str:
    """The value of one of `SUMMARY_MACROS`. All are counted in one go and kept with the context."""
    totals = context.memo.get(_MEMO)
    if totals is None:
        totals = context.memo[_MEMO] = _count(context)
    return str(totals[macro])


def _count(context: MacroContext) -> dict[str, int]:
    totals = dict.fromkeys(SUMMARY_MACROS, 0)
    for checkable, known in _visible(context):
        name, is_problem = _state(checkable, known)
        if not name:
            continue
        kind = "SERVICE" if isinstance(checkable, Service) else "HOST"
        totals[f"TOTAL{kind}S{name}"] += 1
        if not is_problem:
            continue
        totals[f"TOTAL{kind}PROBLEMS"] += 1
        if _is_unhandled(context, checkable, known):
            # Nagios counts unhandled UNREACHABLE hosts as DOWN ones here.
            totals[f"TOTAL{kind}S{'DOWN' if kind == 'HOST' else name}UNHANDLED"] += 1
            totals[f"TOTAL{kind}PROBLEMSUNHANDLED"] += 1
    return totals


def _visible(context: MacroContext) -> Iterator[tuple[Host | Service, Runtime]]:
    """All hosts and services, but only the contact's own where there is a contact."""
    for key, checkable in context.topology.checkables.items():
        if context.contact is None or context.contact in context.topology.contacts_of(checkable):
            yield checkable, context.runtime(checkable, key[1])


def _state(checkable: Checkable, known: Runtime) -> tuple[str, bool]:
    """The state's name, empty for one that nobody has looked at yet, and whether it is a problem."""
    if not known.state:
        good = ServiceState.OK if isinstance(checkable, Service) else HostState.UP
        return (good.name if known.has_been_checked else ""), False
    return (ServiceState if isinstance(checkable, Service) else HostState)(known.state).name, True


def _is_unhandled(context: MacroContext, checkable: Checkable, known: Runtime) -> bool:
    """Nobody takes care of it: no downtime, no acknowledgement, and checks are not switched off. Nor, for a
    service, is its host the one to take care of."""
    if known.downtime_depth > 0 or known.acknowledged or not checkable.active_checks_enabled:
        return False
    return (
        not isinstance(checkable, Service)
        or context.runtime(context.model.hosts[checkable.host_name]).state == 0
    )
