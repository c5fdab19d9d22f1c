"""Does the whole make sense: what Nagios' pre-flight check looks at, once all objects exist.

Here: commands and parents that must exist, circles, characters in names, settings that make no sense. Not
here: anything that keeps a single object from being built.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from atalaia.config.cycles import find_cycles
from atalaia.config.expand_services import Placed
from atalaia.config.inherit import Resolved
from atalaia.config.names import unknown_name
from atalaia.config.problems import Place, Problems
from atalaia.core.objects import CommandCall, Contact, Host, Model, ObjectKey, Service

Objects = Mapping[str, Mapping[str, Resolved]]
"""Type to name to definition."""


def check(
    model: Model,
    objects: Objects,
    placed: Mapping[ObjectKey, Placed],
    commands: frozenset[str],
    problems: Problems,
) -> None:
    """Note everything that keeps `model` from running, or looks like a mistake."""
    _Preflight(model, objects, placed, commands, problems).run()


class _Preflight:
    def __init__(
        self,
        model: Model,
        objects: Objects,
        placed: Mapping[ObjectKey, Placed],
        commands: frozenset[str],
        problems: Problems,
    ) -> None:
        self._model = model
        self._objects = objects
        self._placed = placed
        self._commands = commands
        self._problems = problems

    def run(self) -> None:
        model = self._model
        self._something_defined()
        for service in model.services.values():
            self._service(service)
        for host in model.hosts.values():
            self._host(host)
        for contact in model.contacts.values():
            self._contact(contact)
        self._excluded_periods()
        self._illegal_names()
        self._circles()

    # -- single objects ----------------------------------------------------------------------------------

    def _something_defined(self) -> None:
        if self._problems.error_count:
            return  # what is missing may be in a file that could not be read
        place = Place(self._model.settings.main_file)
        for kind, written, made in (
            ("host", self._objects["host"], self._model.hosts),
            ("service", self._placed, self._model.services),
            ("contact", self._objects["contact"], self._model.contacts),
        ):
            if not written and not made:
                self._problems.error(place, f"there is no {kind} at all; Nagios wants at least one")

    def _command(self, call: CommandCall | None, resolved: Resolved, directive: str) -> None:
        if call is None or call.name in self._commands or resolved.damaged:
            return
        if not call.name and not call.raw:
            if directive != "check_command" or resolved.definition.kind.name == "host":
                message = f"`{directive}` is empty; name a command, or write `null`"
                self._problems.error(resolved.definition.place_of(directive), message)
            return
        unknown_name(
            "command", call.name, self._commands, self._problems, resolved.definition.place_of(directive)
        )

    def _service(self, service: Service) -> None:
        resolved = self._placed[service.key].resolved
        if service.check_command is None or service.check_command.name not in self._commands:
            self._command(service.check_command, resolved, "check_command")
        if service.event_handler is not None:
            self._command(service.event_handler, resolved, "event_handler")
        if service.notification_options == "r":
            self._unwise(resolved, "notification_options", "service", _ONLY_RECOVERY)
        if not service.contacts and not service.contact_groups:
            self._unwise(resolved, "contacts", service.key, "has neither contacts nor contact groups")
        if service.check_period is None:
            self._unwise(resolved, "check_period", service.key, "has no check_period: it is always checked")
        if service.notification_period is None:
            message = "has no notification_period: people are always told"
            self._unwise(resolved, "notification_period", service.key, message)
        for parent in service.parents:
            if parent not in self._placed and not resolved.damaged:
                self._problems.error(
                    resolved.definition.place_of("parents"),
                    f"service `{parent[1]}` on host `{parent[0]}`, named as a parent, is not defined anywhere",
                    same=("service parent", parent),
                )
        if 0 < service.notification_interval < service.check_interval:
            self._unwise(resolved, "notification_interval", service.key, _RARELY_CHECKED)

    def _unwise(self, resolved: Resolved, directive: str, what: Any, message: str) -> None:
        if resolved.damaged:
            return
        name = f"service `{what[1]}` on host `{what[0]}`" if isinstance(what, tuple) else what
        self._problems.warning(
            resolved.definition.place_of(directive),
            f"{name} {message}",
            same=("unwise", message, resolved.definition),
        )

    def _host(self, host: Host) -> None:
        resolved = self._objects["host"][host.host_name]
        what = f"host `{host.host_name}`"
        self._command(host.check_command, resolved, "check_command")
        self._command(host.event_handler, resolved, "event_handler")
        if not host.contacts and not host.contact_groups:
            self._unwise(resolved, "contacts", what, "has neither contacts nor contact groups")
        if host.notification_options == "r":
            self._unwise(resolved, "notification_options", what, _ONLY_RECOVERY)
        for parent in host.parents:
            if parent not in self._objects["host"] and not resolved.damaged:
                place = resolved.definition.place_of("parents")
                unknown_name("host", parent, self._objects["host"], self._problems, place)

    def _contact(self, contact: Contact) -> None:
        resolved = self._objects["contact"][contact.contact_name]
        what = f"contact `{contact.contact_name}`"
        for kind, calls, period, options in (
            (
                "host",
                contact.host_notification_commands,
                contact.host_notification_period,
                contact.host_notification_options,
            ),
            (
                "service",
                contact.service_notification_commands,
                contact.service_notification_period,
                contact.service_notification_options,
            ),
        ):
            directive = f"{kind}_notification_commands"
            if not calls and not resolved.damaged:
                self._problems.error(resolved.definition.place_of(directive), f"{what} lacks `{directive}`")
            for call in calls:
                self._command(call, resolved, directive)
            if period is None:
                message = f"has no {kind}_notification_period: it is always told"
                self._unwise(resolved, f"{kind}_notification_period", what, message)
            if options == "r":
                self._unwise(resolved, f"{kind}_notification_options", what, _ONLY_RECOVERY)

    def _excluded_periods(self) -> None:
        for name, period in self._model.timeperiods.items():
            resolved = self._objects["timeperiod"][name]
            for excluded in period.exclude:
                if excluded not in self._objects["timeperiod"] and not resolved.damaged:
                    place = resolved.definition.place_of("exclude")
                    unknown_name("timeperiod", excluded, self._objects["timeperiod"], self._problems, place)

    # -- names -------------------------------------------------------------------------------------------

    def _illegal_names(self) -> None:
        illegal = frozenset(self._model.settings.illegal_object_name_chars)
        if not illegal:
            return
        for kind, objects in self._objects.items():
            for name, resolved in objects.items():
                if not illegal.isdisjoint(name):
                    place = resolved.definition.place_of(resolved.definition.kind.key)
                    self._illegal(kind, name, illegal, place)
        seen: set[str] = set()
        for placed in self._placed.values():
            name = placed.description
            if name not in seen and not illegal.isdisjoint(name):
                place = placed.resolved.definition.place_of("service_description")
                self._illegal("service", name, illegal, place)
            seen.add(name)

    def _illegal(self, kind: str, name: str, illegal: Iterable[str], place: Place) -> None:
        wrong = " ".join(sorted(set(name) & set(illegal)))
        self._problems.error(
            place, f"the name of {kind} `{name}` holds {wrong} which illegal_object_name_chars forbids"
        )

    # -- circles -----------------------------------------------------------------------------------------

    def _circles(self) -> None:
        model = self._model
        parents = {name: host.parents for name, host in model.hosts.items() if host.parents}
        self._report(parents, "hosts are parents of each other in a circle", self._host_place("parents"))
        excludes = {name: period.exclude for name, period in model.timeperiods.items() if period.exclude}
        self._report(excludes, "time periods exclude each other in a circle", self._period_place)
        for kind in ("execution", "notification"):
            option = f"{kind}_failure_options"
            hosts: dict[str, list[str]] = {}
            for host_link in model.host_dependencies:
                if getattr(host_link, option):
                    hosts.setdefault(host_link.dependent_host_name, []).append(host_link.host_name)
            self._report(hosts, f"hosts depend on each other ({kind}) in a circle", self._host_place(""))
            services: dict[ObjectKey, list[ObjectKey]] = {}
            for link in model.service_dependencies:
                if getattr(link, option):
                    dependent = (link.dependent_host_name, link.dependent_service_description)
                    master = (link.host_name, link.service_description)
                    services.setdefault(dependent, []).append(master)
            self._report(services, f"services depend on each other ({kind}) in a circle", self._service_place)

    def _report(self, edges: Mapping[Any, Iterable[Any]], what: str, place: Callable[[Any], Place]) -> None:
        for circle in find_cycles(edges):
            shown = [f"{x[0]};{x[1]}" if isinstance(x, tuple) else str(x) for x in [*circle, circle[0]]]
            if len(shown) > 8:
                shown[4:-2] = ["…"]
            self._problems.error(place(circle[0]), f"{what}: {' -> '.join(shown)}")

    def _host_place(self, directive: str) -> Callable[[str], Place]:
        return lambda name: self._objects["host"][name].definition.place_of(directive)

    def _period_place(self, name: str) -> Place:
        return self._objects["timeperiod"][name].definition.place_of("exclude")

    def _service_place(self, key: ObjectKey) -> Place:
        return self._placed[key].resolved.definition.place


_ONLY_RECOVERY = "is told of recoveries (r) but of no problem: add letters of problem states"
_RARELY_CHECKED = (
    "has a notification_interval below its check_interval; people are told again only when a check has run"
)
