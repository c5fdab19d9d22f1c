"""Hosts and services: defaults, what services take over from their host, checks of single values.

The values that most objects share are worked out once per text and remembered: a hundred thousand services
take a second or two.
"""

from collections.abc import Mapping
from typing import Any

from atalaia.config.build import custom_variables
from atalaia.config.expand_services import Placed
from atalaia.config.extinfo import Fillings
from atalaia.config.inherit import Resolved
from atalaia.config.problems import Problems
from atalaia.config.references import References
from atalaia.config.service_lists import ServiceLists
from atalaia.config.values import HOST_NOTIFICATIONS, HOST_STATES, SERVICE_NOTIFICATIONS, SERVICE_STATES
from atalaia.core.objects import Host, ObjectKey, Service

_PERIODS = ("check_period", "notification_period", "event_handler_period")
_NO_CUSTOM: dict[str, str] = {}
_HOST_DEFAULTS: dict[str, Any] = {
    "notification_options": HOST_NOTIFICATIONS.everything,
    "flap_detection_options": HOST_STATES.everything,
    "max_check_attempts": -2,
}
_SERVICE_DEFAULTS: dict[str, Any] = {
    "notification_options": SERVICE_NOTIFICATIONS.everything,
    "flap_detection_options": SERVICE_STATES.everything,
    "max_check_attempts": -2,
}


class CheckableBuilder:
    """Builds hosts, then services."""

    def __init__(self, references: References, problems: Problems) -> None:
        self._references = references
        self._problems = problems
        self._sound: set[tuple[Any, ...]] = set()

    def hosts(
        self,
        objects: Mapping[str, Resolved],
        groups_of: Mapping[str, list[str]],
        fillings: Fillings[str],
    ) -> dict[str, Host]:
        """Return the hosts, sorted by name."""
        made: dict[str, Host] = {}
        for name, resolved in objects.items():
            if not name:
                self._problems.error(resolved.definition.place_of("host_name"), "`host_name` is empty")
                continue
            fields = {**_HOST_DEFAULTS, **resolved.merged()}
            for key, value in fillings.get(name, {}).items():
                if fields.get(key) is None:
                    fields[key] = value
            self._common(fields, resolved, f"host `{name}`")
            self._host_numbers(fields, resolved, name)
            fields["parents"] = self._host_parents(name, fields.get("parents"), resolved)
            fields["hostgroups"] = tuple(groups_of.get(name, ()))
            fields["coords_2d"] = fields.pop("2d_coords", None)
            fields["coords_3d"] = fields.pop("3d_coords", None)
            for key in ("alias", "address", "display_name"):
                if fields.get(key) is None:
                    fields[key] = name
            fields["custom"] = custom_variables(resolved) if resolved.custom else _NO_CUSTOM
            made[name] = Host(**fields)
        return made

    def _common(self, fields: dict[str, Any], resolved: Resolved, what: str) -> None:
        """Turn texts into names and check the numbers that hosts and services share."""
        references = self._references
        for directive in _PERIODS:
            period = fields.get(directive)
            if period is not None:
                fields[directive] = references.period(period, resolved, directive)
        for directive, kind in (("contacts", "contact"), ("contact_groups", "contactgroup")):
            text = fields.get(directive)
            if text is None:
                fields[directive] = ()
            else:
                text = text[1:] if text[:1] == "+" else text
                fields[directive] = references.names(kind, text, resolved, directive)
        if fields["max_check_attempts"] <= 0:
            self._wrong(resolved, "max_check_attempts", what, "at least 1")
        for directive in ("check_interval", "notification_interval", "first_notification_delay"):
            if fields.get(directive, 0) < 0:
                self._wrong(resolved, directive, what, "0 or more")

    def _wrong(self, resolved: Resolved, directive: str, what: str, wanted: str) -> None:
        if resolved.damaged:
            return
        definition = resolved.definition
        if resolved.get(directive) is not None:
            place, message = definition.place_of(directive), f"`{directive}` of {what} must be {wanted}"
        else:
            place, message = definition.place_of(directive), f"{what} lacks `{directive}`"
        self._problems.error(place, message, same=("wrong", directive, definition))

    def _host_numbers(self, fields: dict[str, Any], resolved: Resolved, name: str) -> None:
        if fields.get("freshness_threshold", 0) < 0:
            self._wrong(resolved, "freshness_threshold", f"host `{name}`", "0 or more")

    def _host_parents(self, name: str, text: str | None, resolved: Resolved) -> tuple[str, ...]:
        if text is None:
            return ()
        place = resolved.definition.place_of("parents")
        parents: list[str] = []
        for written in (text[1:] if text[:1] == "+" else text).split(","):
            parent = written.strip(" \t\r\n")
            if not written:
                continue
            if parent == name:
                self._problems.error(place, f"host `{name}` cannot be its own parent")
            elif not parent:
                self._problems.error(place, "`parents` has an empty place between commas")
            else:
                parents.append(parent)
        return tuple(reversed(parents))

    def services(
        self,
        placed: Mapping[ObjectKey, Placed],
        hosts: Mapping[str, Resolved],
        groups_of: Mapping[ObjectKey, list[str]],
        fillings: Fillings[ObjectKey],
        lists: ServiceLists,
    ) -> dict[ObjectKey, Service]:
        """Return the services, in the order of `placed`."""
        made: dict[ObjectKey, Service] = {}
        for key, place in placed.items():
            resolved = place.resolved
            fields = self._service_fields(resolved, hosts.get(place.host))
            fields["host_name"] = place.host
            if fillings:
                for name, value in fillings.get(key, {}).items():
                    if fields.get(name) is None:
                        fields[name] = value
            fields["servicegroups"] = tuple(groups_of.get(key, ())) if groups_of else ()
            parents = fields.get("parents")
            fields["parents"] = () if parents is None else self._service_parents(key, parents, resolved, lists)
            made[key] = Service(**fields)
        return made

    def _service_fields(self, resolved: Resolved, host: Resolved | None) -> dict[str, Any]:
        """Return the fields of a service that its definition and its host give it."""
        fields = {**_SERVICE_DEFAULTS, **resolved.base, **resolved.own}
        if host is not None:
            inherit_from_host(fields, host)
        fields.pop("hostgroup_name", None)
        if fields.get("display_name") is None:
            fields["display_name"] = fields["service_description"]
        fields["custom"] = custom_variables(resolved) if resolved.custom else _NO_CUSTOM
        what = f"service `{fields['service_description']}`"
        self._common(fields, resolved, what)
        command = fields.get("check_command")
        if (command is None or not command.raw) and not resolved.damaged:
            self._wrong(resolved, "check_command", what, "the name of a command")
        if not fields["service_description"] and not resolved.damaged:
            self._wrong(resolved, "service_description", what, "more than nothing")
        if fields.get("retry_interval", 1.0) <= 0:
            self._wrong(resolved, "retry_interval", what, "above 0")
        return fields

    def _service_parents(
        self, key: ObjectKey, text: str, resolved: Resolved, lists: ServiceLists
    ) -> tuple[ObjectKey, ...]:
        place = resolved.definition.place_of("parents")
        if "," not in text:
            if not text:
                self._problems.error(place, "`parents` is empty; name a service, or leave the line out")
            parents: tuple[ObjectKey, ...] = ((key[0], text),)
        else:
            picked = lists.pick_pairs(text, place)
            parents = tuple(picked.accepted)
        if key in parents:
            self._problems.error(place, f"service `{key[1]}` on host `{key[0]}` cannot be its own parent")
        return parents


def inherit_from_host(fields: dict[str, Any], host: Resolved) -> None:
    """Fill what a service takes over from its host when it does not say it itself (Nagios' rule).

    Contacts and contact groups only when it says neither; the notification interval; the notification period.
    """
    if "contacts" not in fields and "contact_groups" not in fields:
        for directive in ("contacts", "contact_groups"):
            if directive in host:
                fields[directive] = host.text(directive)
    for directive in ("notification_interval", "notification_period"):
        if directive not in fields and directive in host:
            fields[directive] = host.get(directive)
