"""Resolved definitions to `atalaia.core.objects`: everything but hosts and services (build_checkables).

Here: defaults, checks of single values that Nagios makes when it registers an object. Not here: whether the
whole makes sense (preflight).
"""

from collections.abc import Mapping
from typing import Any

from atalaia.config.inherit import Resolved
from atalaia.config.problems import Problems
from atalaia.config.references import References
from atalaia.config.timeperiod_parse import EXCEPTION, WEEKDAYS, RawException, parse_times
from atalaia.config.values import parse_command_call
from atalaia.core.objects import (
    Command,
    CommandCall,
    Contact,
    ContactGroup,
    HostGroup,
    ObjectKey,
    PeriodException,
    ServiceGroup,
    TimePeriod,
    TimeRange,
)


def registered(objects: Mapping[str, Resolved]) -> dict[str, Resolved]:
    """Return the objects that are meant to exist, sorted by name."""
    return {name: objects[name] for name in sorted(objects) if objects[name].definition.register}


def build_commands(objects: Mapping[str, Resolved], problems: Problems) -> dict[str, Command]:
    """Return the commands."""
    made: dict[str, Command] = {}
    for name, resolved in objects.items():
        line = resolved.get("command_line")
        if not name:
            _nameless(resolved, problems)
        elif line:
            made[name] = Command(command_name=name, command_line=line)
        elif not resolved.damaged:
            problems.error(resolved.definition.place, f"command `{name}` lacks `command_line`")
    return made


def _nameless(resolved: Resolved, problems: Problems) -> None:
    kind = resolved.definition.kind
    if not resolved.damaged:
        problems.error(resolved.definition.place_of(kind.key), f"`{kind.key}` is empty")


def build_timeperiods(objects: Mapping[str, Resolved], problems: Problems) -> dict[str, TimePeriod]:
    """Return the time periods."""
    made: dict[str, TimePeriod] = {}
    for name, resolved in objects.items():
        alias = resolved.get("alias")
        if not name:
            _nameless(resolved, problems)
        elif not alias:
            if not resolved.damaged:
                problems.error(resolved.definition.place, f"timeperiod `{name}` lacks `alias`")
        else:
            made[name] = _timeperiod(name, alias, resolved, problems)
    return made


def _timeperiod(name: str, alias: str, resolved: Resolved, problems: Problems) -> TimePeriod:
    exceptions: list[RawException] = sorted(
        resolved.get(EXCEPTION) or (), key=lambda exception: exception.dates.kind
    )
    excluded = resolved.get("exclude")
    return TimePeriod(
        timeperiod_name=name,
        alias=alias,
        weekdays=tuple(_weekday(resolved, day, problems) for day in WEEKDAYS),
        exceptions=tuple(_exception(raw, resolved, problems) for raw in exceptions),
        exclude=tuple(name.strip(" \t\r\n") for name in (excluded or "").split(",") if name)[::-1],
    )


def _weekday(resolved: Resolved, day: str, problems: Problems) -> tuple[TimeRange, ...]:
    text = resolved.get(day)
    if text is None:
        return ()
    return tuple(sorted(_times(text, resolved, day, problems), key=lambda times: times.start))


def _exception(raw: RawException, resolved: Resolved, problems: Problems) -> PeriodException:
    dates = raw.dates
    ranges = tuple(reversed(_times(raw.times, resolved, EXCEPTION, problems)))
    return PeriodException(
        **{name: getattr(dates, name) for name in dates.__struct_fields__} | {"ranges": ranges}
    )


def _times(text: str, resolved: Resolved, directive: str, problems: Problems) -> list[TimeRange]:
    ranges = parse_times(text)
    if isinstance(ranges, str):
        problems.error(resolved.definition.place_of(directive), ranges)
        return []
    return ranges


def build_contacts(
    objects: Mapping[str, Resolved],
    groups_of: Mapping[str, list[str]],
    references: References,
    problems: Problems,
) -> dict[str, Contact]:
    """Return the contacts."""
    made: dict[str, Contact] = {}
    for name, resolved in objects.items():
        if not name:
            _nameless(resolved, problems)
            continue
        fields: dict[str, Any] = {
            key: value for key in _CONTACT_FIELDS if (value := resolved.get(key)) is not None
        }
        for kind in ("host", "service"):
            period = resolved.get(f"{kind}_notification_period")
            if period is not None:
                fields[f"{kind}_notification_period"] = references.period(
                    period, resolved, f"{kind}_notification_period"
                )
            commands = resolved.text(f"{kind}_notification_commands")
            fields[f"{kind}_notification_commands"] = _command_list(commands)
        alias = resolved.get("alias")
        made[name] = Contact(
            contact_name=name,
            alias=name if alias is None else alias,
            contact_groups=tuple(groups_of.get(name, ())),
            addresses=tuple(resolved.get(f"address{number}") for number in range(1, 7)),
            custom=custom_variables(resolved),
            **fields,
        )
    return made


_CONTACT_FIELDS = (
    "email", "pager", "host_notification_options", "service_notification_options",
    "host_notifications_enabled", "service_notifications_enabled", "can_submit_commands",
    "retain_status_information", "retain_nonstatus_information", "minimum_importance",
)  # fmt: skip


def _command_list(text: str | None) -> tuple[CommandCall, ...]:
    """Split at commas and blanks alike, the last first (both Nagios' rules)."""
    if text is None:
        return ()
    return tuple(parse_command_call(part) for part in text.replace(",", " ").split(" ") if part)[::-1]


def custom_variables(resolved: Resolved) -> dict[str, str]:
    """Return the custom variables; one that is set to nothing has an empty text."""
    return {name: value or "" for name, value in resolved.custom.items()}


def build_contact_groups(
    objects: Mapping[str, Resolved], members: Mapping[str, Mapping[str, None]], problems: Problems
) -> dict[str, ContactGroup]:
    """Return the contact groups; members in Nagios' order."""
    made: dict[str, ContactGroup] = {}
    for name, resolved in objects.items():
        if not name:
            _nameless(resolved, problems)
            continue
        alias = resolved.get("alias")
        made[name] = ContactGroup(
            contactgroup_name=name,
            alias=name if alias is None else alias,
            members=tuple(members[name]),
        )
    return made


def build_host_groups(
    objects: Mapping[str, Resolved],
    members: Mapping[str, Mapping[str, None]],
    problems: Problems,
    *,
    in_order: bool,
) -> dict[str, HostGroup]:
    """Return the host groups; members sorted unless `in_order` asks for the order in which they joined."""
    made: dict[str, HostGroup] = {}
    for name, resolved in objects.items():
        if not name:
            _nameless(resolved, problems)
            continue
        made[name] = HostGroup(
            hostgroup_name=name,
            members=tuple(members[name] if in_order else sorted(members[name])),
            **_group_texts(name, resolved),
        )
    return made


def build_service_groups(
    objects: Mapping[str, Resolved],
    members: Mapping[str, Mapping[ObjectKey, None]],
    problems: Problems,
    *,
    in_order: bool,
) -> dict[str, ServiceGroup]:
    """Return the service groups; members sorted unless `in_order` asks for the order in which they joined."""
    made: dict[str, ServiceGroup] = {}
    for name, resolved in objects.items():
        if not name:
            _nameless(resolved, problems)
            continue
        made[name] = ServiceGroup(
            servicegroup_name=name,
            members=tuple(members[name] if in_order else sorted(members[name])),
            **_group_texts(name, resolved),
        )
    return made


def _group_texts(name: str, resolved: Resolved) -> dict[str, Any]:
    alias = resolved.get("alias")
    texts = {key: resolved.get(key) for key in ("notes", "notes_url", "action_url")}
    return {"alias": name if alias is None else alias, **texts}
