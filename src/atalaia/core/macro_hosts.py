"""Macros of a host. Each function gets a context and the host that is meant, which may be another one."""

from collections.abc import Callable

from atalaia.core.macro_context import MacroContext
from atalaia.core.macro_text import url_encoded
from atalaia.core.objects import Checkable, Host
from atalaia.core.plugin_output import escaped
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, HostState, ServiceState, StateType

HostValue = Callable[[MacroContext, Host], str | None]
"""None is no value at all: empty for one host, left out of a list of many."""


def duration(seconds: int) -> str:
    """``1d 2h 3m 4s``."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{days}d {hours}h {minutes}m {seconds}s"


def seconds_in_state(context: MacroContext, runtime: Runtime) -> int:
    """Since the last change of state; since 1970 when there was none, as with Nagios."""
    return max(0, int(context.now) - int(runtime.last_state_change))


def website(context: MacroContext) -> str:
    """Where Nagios' own pages are."""
    return context.settings.website_url.removesuffix("/") or "website_url not set"


def yes_no(*, flag: bool) -> str:
    """YES or NO."""
    return "YES" if flag else "NO"


def period_name(checkable: Checkable) -> str:
    """The notification period; Nagios writes ``(null)`` for none."""
    return "(null)" if checkable.notification_period is None else checkable.notification_period


def check_command(checkable: Checkable) -> str | None:
    """The check command with its arguments as configured."""
    return None if checkable.check_command is None else checkable.check_command.raw


def groups_of(names: tuple[str, ...]) -> list[str]:
    """Names of groups in the order in which Nagios knows an object's groups: backwards."""
    return sorted(names, reverse=True)


def _of_state(value: Callable[[Runtime], str | None]) -> HostValue:
    return lambda context, host: value(context.runtime(host))


def _services_in(state: ServiceState) -> HostValue:
    def count(context: MacroContext, host: Host) -> str:
        services = context.topology.services_of[host.host_name]
        states = (context.runtime(service, service.service_description).state for service in services)
        return str(sum(1 for found in states if found == state))

    return count


def _whole_importance(context: MacroContext, host: Host) -> str:
    services = context.topology.services_of[host.host_name]
    return str(host.importance + sum(service.importance for service in services))


HOST_MACROS: dict[str, HostValue] = {
    "HOSTNAME": lambda _, host: host.host_name,
    "HOSTDISPLAYNAME": lambda _, host: host.display_name,
    "HOSTALIAS": lambda _, host: host.alias,
    "HOSTADDRESS": lambda _, host: host.address,
    "HOSTCHECKCOMMAND": lambda _, host: check_command(host),
    "MAXHOSTATTEMPTS": lambda _, host: str(host.max_check_attempts),
    "HOSTNOTIFICATIONENABLED": lambda _, host: yes_no(flag=host.notifications_enabled),
    "HOSTNOTIFICATIONPERIOD": lambda _, host: period_name(host),
    "HOSTGROUPNAMES": lambda _, host: ",".join(groups_of(host.hostgroups)) or None,
    "HOSTIMPORTANCE": lambda _, host: str(host.importance),
    "HOSTANDSERVICESIMPORTANCE": _whole_importance,
    "HOSTINFOURL": lambda context, host: (
        f"{website(context)}/cgi-bin/extinfo.cgi?type=1&host={url_encoded(host.host_name)}"
    ),
    "HOSTCHECKSOURCE": lambda _context, _host: None,
    "TOTALHOSTSERVICES": lambda context, host: str(len(context.topology.services_of[host.host_name])),
    "TOTALHOSTSERVICESOK": _services_in(ServiceState.OK),
    "TOTALHOSTSERVICESWARNING": _services_in(ServiceState.WARNING),
    "TOTALHOSTSERVICESCRITICAL": _services_in(ServiceState.CRITICAL),
    "TOTALHOSTSERVICESUNKNOWN": _services_in(ServiceState.UNKNOWN),
    "HOSTSTATE": _of_state(lambda known: HostState(known.state).name),
    "HOSTSTATEID": _of_state(lambda known: str(int(known.state))),
    "LASTHOSTSTATE": _of_state(lambda known: HostState(known.last_state).name),
    "LASTHOSTSTATEID": _of_state(lambda known: str(int(known.last_state))),
    "HOSTSTATETYPE": _of_state(lambda known: StateType(known.state_type).name),
    "HOSTCHECKTYPE": _of_state(lambda known: CheckType(known.check_type).name),
    "HOSTOUTPUT": _of_state(lambda known: known.output or None),
    "LONGHOSTOUTPUT": _of_state(lambda known: escaped(known.long_output) or None),
    "HOSTPERFDATA": _of_state(lambda known: known.perfdata or None),
    "HOSTATTEMPT": _of_state(lambda known: str(known.attempt)),
    "HOSTDOWNTIME": _of_state(lambda known: str(known.downtime_depth)),
    "HOSTPERCENTCHANGE": _of_state(lambda known: f"{known.percent_state_change:.2f}"),
    "HOSTEXECUTIONTIME": _of_state(lambda known: f"{known.execution_time:.3f}"),
    "HOSTLATENCY": _of_state(lambda known: f"{known.latency:.3f}"),
    "HOSTDURATION": lambda context, host: duration(seconds_in_state(context, context.runtime(host))),
    "HOSTDURATIONSEC": lambda context, host: str(seconds_in_state(context, context.runtime(host))),
    "LASTHOSTCHECK": _of_state(lambda known: str(int(known.last_check))),
    "LASTHOSTSTATECHANGE": _of_state(lambda known: str(int(known.last_state_change))),
    "LASTHOSTUP": _of_state(lambda known: str(int(known.last_time_in[HostState.UP]))),
    "LASTHOSTDOWN": _of_state(lambda known: str(int(known.last_time_in[HostState.DOWN]))),
    "LASTHOSTUNREACHABLE": _of_state(lambda known: str(int(known.last_time_in[HostState.UNREACHABLE]))),
    "HOSTNOTIFICATIONNUMBER": _of_state(lambda known: str(known.notification_number)),
    "HOSTNOTIFICATIONID": _of_state(lambda known: str(known.notification_id)),
    "HOSTEVENTID": _of_state(lambda known: str(known.current_event_id)),
    "LASTHOSTEVENTID": _of_state(lambda known: str(known.last_event_id)),
    "HOSTPROBLEMID": _of_state(lambda known: str(known.current_problem_id)),
    "LASTHOSTPROBLEMID": _of_state(lambda known: str(known.last_problem_id)),
}
"""Notes and their kin, and those of acknowledgements, are added in `macro_lookup`."""
