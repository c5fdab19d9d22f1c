"""A model written down as Nagios writes its object cache: same types, directives, order and number formats.

Here: objects to (directive, text) pairs and to blocks of text. Not here: printing, JSON.
"""

from collections.abc import Callable, Iterable, Iterator

from atalaia.config.directives import SERVICE_STATE_WORDS
from atalaia.config.timeperiod_parse import MONTHS, WEEKDAYS
from atalaia.core.objects import (
    Checkable,
    Command,
    CommandCall,
    Contact,
    ContactGroup,
    Escalation,
    ExceptionKind,
    Host,
    HostDependency,
    HostGroup,
    Model,
    PeriodException,
    Service,
    ServiceDependency,
    ServiceGroup,
    TimePeriod,
    TimeRange,
)

Row = tuple[str, str]

TYPES = (
    "timeperiod", "command", "contactgroup", "hostgroup", "servicegroup", "contact", "host", "service",
    "servicedependency", "serviceescalation", "hostdependency", "hostescalation",
)  # fmt: skip
"""The order of types in Nagios' cache."""


def render(model: Model, only: str | None = None) -> Iterator[tuple[str, list[Row]]]:
    """Yield the type and the rows of every object, in the order of Nagios' cache."""
    for kind, objects in _sources(model):
        if only is None or kind == only:
            writer = _WRITERS[kind]
            for made in objects:
                yield kind, list(writer(made))


def as_text(kind: str, rows: Iterable[Row]) -> str:
    """Return one object as it stands in the cache."""
    lines = "".join(f"\t{name}\t{value}\n" for name, value in rows)
    return f"define {kind} {{\n{lines}\t}}\n\n"


def _sources(model: Model) -> Iterable[tuple[str, Iterable[object]]]:
    return (
        ("timeperiod", model.timeperiods.values()),
        ("command", model.commands.values()),
        ("contactgroup", model.contact_groups.values()),
        ("hostgroup", model.host_groups.values()),
        ("servicegroup", model.service_groups.values()),
        ("contact", model.contacts.values()),
        ("host", model.hosts.values()),
        ("service", model.services.values()),
        ("servicedependency", model.service_dependencies),
        ("serviceescalation", model.service_escalations),
        ("hostdependency", model.host_dependencies),
        ("hostescalation", model.host_escalations),
    )


def _given(*pairs: tuple[str, str | None]) -> Iterator[Row]:
    for name, value in pairs:
        if value is not None:
            yield name, value


def _joined(name: str, members: Iterable[str]) -> Iterator[Row]:
    text = ",".join(members)
    if text:
        yield name, text


def _switch(value: bool) -> str:  # noqa: FBT001 - one value in, its text out
    return "1" if value else "0"


def _options(letters: str, *, up: str = "o") -> str:
    """Return option letters as Nagios lists them; `up` replaces the letter of UP (its cache writes u there)."""
    if not letters or letters == "n":
        return "n"
    if letters.startswith("a"):
        return "a"
    return ",".join(up if letter == "o" else letter for letter in letters)


def _call(call: CommandCall | None) -> str | None:
    return None if call is None else call.raw


def _custom(variables: dict[str, str]) -> Iterator[Row]:
    for name, value in variables.items():
        yield f"_{name}", value or "null"


def _times(ranges: Iterable[TimeRange]) -> str:
    return ",".join(f"{_clock(times.start)}-{_clock(times.end)}" for times in ranges)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


def _timeperiod(period: TimePeriod) -> Iterator[Row]:
    yield "timeperiod_name", period.timeperiod_name
    yield "alias", period.alias
    yield from _joined("exclude", period.exclude)
    for exception in period.exceptions:
        if exception.ranges:
            yield _dates(exception), _times(exception.ranges)
    for day, ranges in zip(WEEKDAYS, period.weekdays, strict=True):
        if ranges:
            yield day, _times(ranges)


def _dates(day: PeriodException) -> str:
    """Return the dates as Nagios writes them: a skip only where it wrote a range, except calendar dates."""
    every = f" / {day.skip_interval}" if day.skip_interval > 1 else ""
    match day.kind:
        case ExceptionKind.CALENDAR_DATE:
            start = f"{day.start_year}-{day.start_month + 1:02d}-{day.start_day:02d}"
            end = f"{day.end_year}-{day.end_month + 1:02d}-{day.end_day:02d}"
            return start + (f" - {end}" if start != end else "") + every
        case ExceptionKind.MONTH_DATE:
            start = f"{MONTHS[day.start_month]} {day.start_day}"
            end = f"{MONTHS[day.end_month]} {day.end_day}"
        case ExceptionKind.MONTH_DAY:
            start, end = f"day {day.start_day}", str(day.end_day)
            if day.start_day == day.end_day:
                return start
        case ExceptionKind.MONTH_WEEK_DAY:
            start = f"{WEEKDAYS[day.start_week_day]} {day.start_week_day_offset} {MONTHS[day.start_month]}"
            end = f"{WEEKDAYS[day.end_week_day]} {day.end_week_day_offset} {MONTHS[day.end_month]}"
        case ExceptionKind.WEEK_DAY:
            start = f"{WEEKDAYS[day.start_week_day]} {day.start_week_day_offset}"
            end = f"{WEEKDAYS[day.end_week_day]} {day.end_week_day_offset}"
    return start if start == end else f"{start} - {end}{every}"


def _command(command: Command) -> Iterator[Row]:
    yield "command_name", command.command_name
    yield "command_line", command.command_line


def _contact_group(group: ContactGroup) -> Iterator[Row]:
    yield "contactgroup_name", group.contactgroup_name
    yield "alias", group.alias
    yield from _joined("members", group.members)


def _host_group(group: HostGroup) -> Iterator[Row]:
    yield "hostgroup_name", group.hostgroup_name
    yield "alias", group.alias
    yield from _joined("members", group.members)
    yield from _urls(group)


def _service_group(group: ServiceGroup) -> Iterator[Row]:
    yield "servicegroup_name", group.servicegroup_name
    yield "alias", group.alias
    yield from _joined("members", (f"{host},{description}" for host, description in group.members))
    yield from _urls(group)


def _urls(made: HostGroup | ServiceGroup | Checkable) -> Iterator[Row]:
    yield from _given(("notes", made.notes), ("notes_url", made.notes_url), ("action_url", made.action_url))


def _contact(contact: Contact) -> Iterator[Row]:
    yield "contact_name", contact.contact_name
    yield "alias", contact.alias
    yield from _given(
        ("service_notification_period", contact.service_notification_period),
        ("host_notification_period", contact.host_notification_period),
    )
    yield "service_notification_options", _options(contact.service_notification_options)
    yield "host_notification_options", _options(contact.host_notification_options)
    yield from _joined(
        "service_notification_commands", (call.raw for call in contact.service_notification_commands)
    )
    yield from _joined("host_notification_commands", (call.raw for call in contact.host_notification_commands))
    yield from _given(("email", contact.email), ("pager", contact.pager))
    for number, address in enumerate(contact.addresses, 1):
        yield from _given((f"address{number}", address))
    yield "minimum_importance", str(contact.minimum_importance)
    yield "host_notifications_enabled", _switch(contact.host_notifications_enabled)
    yield "service_notifications_enabled", _switch(contact.service_notifications_enabled)
    yield "can_submit_commands", _switch(contact.can_submit_commands)
    yield "retain_status_information", _switch(contact.retain_status_information)
    yield "retain_nonstatus_information", _switch(contact.retain_nonstatus_information)
    yield from _custom(contact.custom)


def _host(host: Host) -> Iterator[Row]:
    yield "host_name", host.host_name
    if host.display_name != host.host_name:
        yield "display_name", host.display_name
    yield "alias", host.alias
    yield "address", host.address
    yield from _joined("parents", host.parents)
    yield from _who_and_when(host)
    yield from _numbers(host, up="u")
    yield from _given(
        ("icon_image", host.icon_image),
        ("icon_image_alt", host.icon_image_alt),
        ("vrml_image", host.vrml_image),
        ("statusmap_image", host.statusmap_image),
    )
    if host.coords_2d is not None:
        yield "2d_coords", "{},{}".format(*host.coords_2d)
    if host.coords_3d is not None:
        yield "3d_coords", "{:f},{:f},{:f}".format(*host.coords_3d)
    yield from _ending(host)


def _service(service: Service) -> Iterator[Row]:
    yield "host_name", service.host_name
    yield "service_description", service.service_description
    if service.display_name != service.service_description:
        yield "display_name", service.display_name
    if len(service.parents) == 1 and service.parents[0][0] == service.host_name:
        yield "parents", service.parents[0][1]
    else:
        yield from _joined("parents", (f"{host},{name}" for host, name in service.parents))
    yield from _who_and_when(service)
    yield from _numbers(service)
    yield from _given(("icon_image", service.icon_image), ("icon_image_alt", service.icon_image_alt))
    yield from _ending(service)


def _who_and_when(made: Checkable) -> Iterator[Row]:
    yield from _given(
        ("check_period", made.check_period),
        ("check_command", _call(made.check_command)),
        ("event_handler", _call(made.event_handler)),
        ("event_handler_period", made.event_handler_period),
    )
    yield from _joined("contacts", made.contacts)
    yield from _joined("contact_groups", made.contact_groups)
    yield from _given(("notification_period", made.notification_period))
    # Nagios' slip: it forgets the configured initial state when it writes its cache
    yield "initial_state", SERVICE_STATE_WORDS[0][0]


def _numbers(made: Checkable, *, up: str = "o") -> Iterator[Row]:
    yield "importance", str(made.importance)
    yield "check_interval", f"{made.check_interval:f}"
    yield "retry_interval", f"{made.retry_interval:f}"
    yield "max_check_attempts", str(made.max_check_attempts)
    if isinstance(made, Service):
        yield "is_volatile", _switch(made.is_volatile)
        yield "parallelize_check", _switch(made.parallelize_check)
    yield "active_checks_enabled", _switch(made.active_checks_enabled)
    yield "passive_checks_enabled", _switch(made.passive_checks_enabled)
    yield "obsess", _switch(made.obsess)
    yield "event_handler_enabled", _switch(made.event_handler_enabled)
    yield "low_flap_threshold", f"{made.low_flap_threshold:f}"
    yield "high_flap_threshold", f"{made.high_flap_threshold:f}"
    yield "flap_detection_enabled", _switch(made.flap_detection_enabled)
    yield "flap_detection_options", _options(made.flap_detection_options, up=up)
    yield "freshness_threshold", str(made.freshness_threshold)
    yield "check_freshness", _switch(made.check_freshness)
    yield "notification_options", _options(made.notification_options)
    yield "notifications_enabled", _switch(made.notifications_enabled)
    yield "notification_interval", f"{made.notification_interval:f}"
    yield "first_notification_delay", f"{made.first_notification_delay:f}"
    yield "stalking_options", _options(made.stalking_options, up=up)
    yield "process_perf_data", _switch(made.process_perf_data)


def _ending(made: Checkable) -> Iterator[Row]:
    yield from _urls(made)
    yield "retain_status_information", _switch(made.retain_status_information)
    yield "retain_nonstatus_information", _switch(made.retain_nonstatus_information)
    yield from _custom(made.custom)


def _host_dependency(made: HostDependency) -> Iterator[Row]:
    yield "host_name", made.host_name
    yield "dependent_host_name", made.dependent_host_name
    yield from _failures(made)


def _service_dependency(made: ServiceDependency) -> Iterator[Row]:
    yield "host_name", made.host_name
    yield "service_description", made.service_description
    yield "dependent_host_name", made.dependent_host_name
    yield "dependent_service_description", made.dependent_service_description
    yield from _failures(made)


def _failures(made: HostDependency | ServiceDependency) -> Iterator[Row]:
    yield from _given(("dependency_period", made.dependency_period))
    yield "inherits_parent", _switch(made.inherits_parent)
    if made.notification_failure_options:
        yield "notification_failure_options", _options(made.notification_failure_options)
    if made.execution_failure_options:
        yield "execution_failure_options", _options(made.execution_failure_options)


def _escalation(made: Escalation) -> Iterator[Row]:
    yield "host_name", made.host_name
    if made.service_description:
        yield "service_description", made.service_description
    yield "first_notification", str(made.first_notification)
    yield "last_notification", str(made.last_notification)
    yield "notification_interval", f"{made.notification_interval:f}"
    yield from _given(("escalation_period", made.escalation_period))
    yield "escalation_options", _options(made.escalation_options)
    yield from _joined("contacts", made.contacts)
    yield from _joined("contact_groups", made.contact_groups)


_WRITERS: dict[str, Callable[..., Iterator[Row]]] = {
    "timeperiod": _timeperiod,
    "command": _command,
    "contactgroup": _contact_group,
    "hostgroup": _host_group,
    "servicegroup": _service_group,
    "contact": _contact,
    "host": _host,
    "service": _service,
    "servicedependency": _service_dependency,
    "serviceescalation": _escalation,
    "hostdependency": _host_dependency,
    "hostescalation": _escalation,
}
