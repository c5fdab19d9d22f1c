"""Macros of a service. Each function gets a context and the service that is meant, which may be another one."""

from collections.abc import Callable

from atalaia.core.macro_context import MacroContext
from atalaia.core.macro_hosts import (
    check_command,
    duration,
    groups_of,
    period_name,
    seconds_in_state,
    website,
    yes_no,
)
from atalaia.core.macro_text import url_encoded
from atalaia.core.objects import Service
from atalaia.core.plugin_output import escaped
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, ServiceState, StateType

ServiceValue = Callable[[MacroContext, Service], str | None]
"""None is no value at all: empty for one service, left out of a list of many."""


def _runtime(context: MacroContext, service: Service) -> Runtime:
    return context.runtime(service, service.service_description)


def _of_state(value: Callable[[Runtime], str | None]) -> ServiceValue:
    return lambda context, service: value(_runtime(context, service))


def _last_time_in(state: ServiceState) -> ServiceValue:
    return _of_state(lambda known: str(int(known.last_time_in[state])))


def _info_url(context: MacroContext, service: Service) -> str:
    host, description = url_encoded(service.host_name), url_encoded(service.service_description)
    return f"{website(context)}/cgi-bin/extinfo.cgi?type=2&host={host}&service={description}"


SERVICE_MACROS: dict[str, ServiceValue] = {
    "SERVICEDESC": lambda _, service: service.service_description,
    "SERVICEDISPLAYNAME": lambda _, service: service.display_name,
    "SERVICECHECKCOMMAND": lambda _, service: check_command(service),
    "SERVICEISVOLATILE": lambda _, service: str(int(service.is_volatile)),
    "MAXSERVICEATTEMPTS": lambda _, service: str(service.max_check_attempts),
    "SERVICENOTIFICATIONENABLED": lambda _, service: yes_no(flag=service.notifications_enabled),
    "SERVICENOTIFICATIONPERIOD": lambda _, service: period_name(service),
    "SERVICEGROUPNAMES": lambda _, service: ",".join(groups_of(service.servicegroups)) or None,
    "SERVICEIMPORTANCE": lambda _, service: str(service.importance),
    "SERVICEINFOURL": _info_url,
    "SERVICECHECKSOURCE": lambda _context, _service: None,
    "SERVICESTATE": _of_state(lambda known: ServiceState(known.state).name),
    "SERVICESTATEID": _of_state(lambda known: str(int(known.state))),
    "LASTSERVICESTATE": _of_state(lambda known: ServiceState(known.last_state).name),
    "LASTSERVICESTATEID": _of_state(lambda known: str(int(known.last_state))),
    "SERVICESTATETYPE": _of_state(lambda known: StateType(known.state_type).name),
    "SERVICECHECKTYPE": _of_state(lambda known: CheckType(known.check_type).name),
    "SERVICEOUTPUT": _of_state(lambda known: known.output or None),
    "LONGSERVICEOUTPUT": _of_state(lambda known: escaped(known.long_output) or None),
    "SERVICEPERFDATA": _of_state(lambda known: known.perfdata or None),
    "SERVICEATTEMPT": _of_state(lambda known: str(known.attempt)),
    "SERVICEDOWNTIME": _of_state(lambda known: str(known.downtime_depth)),
    "SERVICEPERCENTCHANGE": _of_state(lambda known: f"{known.percent_state_change:.2f}"),
    "SERVICEEXECUTIONTIME": _of_state(lambda known: f"{known.execution_time:.3f}"),
    "SERVICELATENCY": _of_state(lambda known: f"{known.latency:.3f}"),
    "SERVICEDURATION": lambda context, service: duration(seconds_in_state(context, _runtime(context, service))),
    "SERVICEDURATIONSEC": lambda context, service: str(seconds_in_state(context, _runtime(context, service))),
    "LASTSERVICECHECK": _of_state(lambda known: str(int(known.last_check))),
    "LASTSERVICESTATECHANGE": _of_state(lambda known: str(int(known.last_state_change))),
    "LASTSERVICEOK": _last_time_in(ServiceState.OK),
    "LASTSERVICEWARNING": _last_time_in(ServiceState.WARNING),
    "LASTSERVICECRITICAL": _last_time_in(ServiceState.CRITICAL),
    "LASTSERVICEUNKNOWN": _last_time_in(ServiceState.UNKNOWN),
    "SERVICENOTIFICATIONNUMBER": _of_state(lambda known: str(known.notification_number)),
    "SERVICENOTIFICATIONID": _of_state(lambda known: str(known.notification_id)),
    "SERVICEEVENTID": _of_state(lambda known: str(known.current_event_id)),
    "LASTSERVICEEVENTID": _of_state(lambda known: str(known.last_event_id)),
    "SERVICEPROBLEMID": _of_state(lambda known: str(known.current_problem_id)),
    "LASTSERVICEPROBLEMID": _of_state(lambda known: str(known.last_problem_id)),
}
"""Notes and their kin, and those of acknowledgements, are added in `macro_lookup`."""
