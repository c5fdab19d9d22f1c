"""The face of this package: a path in, a checked configuration out. Never raises for bad input.

Here: the order of the passes. Not here: any rule.
"""

import gc
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from atalaia.config import build, effects, extinfo, groups, preflight
from atalaia.config.build_checkables import CheckableBuilder
from atalaia.config.definitions import Definitions
from atalaia.config.expand_services import Expansion, HostLists, Placed, ServiceExpander
from atalaia.config.inherit import Resolved, Resolver
from atalaia.config.links import Heir, Linker
from atalaia.config.main_directives import REQUIRED_COMMANDS, WANTED_COMMANDS
from atalaia.config.main_file import DEFAULT_ILLEGAL_OUTPUT, MainFile, ObjectSource, read_main_file
from atalaia.config.names import Matching
from atalaia.config.parser import ObjectParser
from atalaia.config.problems import Place, Problems, did_you_mean
from atalaia.config.references import References
from atalaia.config.service_groups import gather_service_groups
from atalaia.config.service_lists import ServiceLists
from atalaia.core.objects import Model

MAIN_FILE_NAME = "nagios.cfg"
_NAMED = ("timeperiod", "command", "contactgroup", "hostgroup", "servicegroup", "contact", "host")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration as far as it could be read.

    Attributes:
        model: the configuration; None when there is an error.
        problems: errors and warnings.
        counts: objects by type, in plural.
        seconds: how long it took.
        files: every object file that was read.
    """

    model: Model | None
    problems: Problems
    counts: dict[str, int]
    seconds: float
    files: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether the configuration would run."""
        return self.model is not None


def load(path: Path) -> Loaded:
    """Read the configuration at `path`: a main file, or a folder.

    A folder with a `nagios.cfg` directly in it is read by that main file; any other folder as object files,
    like `cfg_dir`, with default settings.
    """
    started = time.perf_counter()  # a duration, not an instant: nothing is decided by it
    problems = Problems()
    with _without_collector():
        main = _find_main(path, problems)
        parser = ObjectParser(problems)
        for source in main.sources:
            if source.is_folder:
                parser.read_folder(source.path, source.place)
            else:
                parser.read_file(source.path, source.place)
        reading = _Reading(main, parser.definitions, problems)
        model = reading.build()
        warning = effects.sentence(main.without_effect)
        if warning is not None:
            problems.warning(*warning)
    counts = _counts(model)
    whole = model if not problems.error_count else None
    return Loaded(whole, problems, counts, time.perf_counter() - started, tuple(parser.files))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the garbage collector from walking over millions of new objects again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _find_main(path: Path, problems: Problems) -> MainFile:
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        return read_main_file(str(path), problems)
    inside = path / MAIN_FILE_NAME
    if inside.is_file():
        return read_main_file(str(inside), problems)
    main = MainFile(str(path), {"illegal_macro_output_chars": DEFAULT_ILLEGAL_OUTPUT})
    main.values["allow_empty_hostgroup_assignment"] = True
    main.sources = [ObjectSource(str(path), True, Place(str(path)))]
    return main


class _Reading:
    """The passes after parsing, in their order."""

    def __init__(self, main: MainFile, definitions: Definitions, problems: Problems) -> None:
        self._main = main
        self._definitions = definitions
        self._problems = problems
        self._resolver = Resolver(definitions, problems)
        self._matching = Matching(
            use_regexp=bool(main.values.get("use_regexp_matching")),
            true_regexp=bool(main.values.get("use_true_regexp_matching")),
        )
        self._resolved: dict[str, list[Resolved]] = {}
        self._named: dict[str, dict[str, Resolved]] = {}

    def build(self) -> Model:
        """Return the model, as complete as the mistakes allow."""
        for kind in self._definitions.by_type:
            if kind != "service":
                self._resolved[kind] = self._resolver.all(kind)
        self._named = {kind: groups.index(self._resolved[kind]) for kind in _NAMED}
        objects = {kind: build.registered(self._named[kind]) for kind in _NAMED}
        contact_members = groups.gather_contact_groups(
            self._resolved["contactgroup"], self._resolved["contact"], self._matching, self._problems
        )
        lists = self._host_lists()
        expansion = ServiceExpander(lists, self._resolver, self._problems).expand(
            self._definitions.newest_first("service")
        )
        services = ServiceLists(expansion, lists)
        service_members = gather_service_groups(
            self._resolved["servicegroup"], expansion, services, self._matching, self._problems
        )
        services.group_names = groups.name_space("servicegroup", self._resolved["servicegroup"])
        services.group_members = service_members
        return self._assemble(objects, contact_members, lists, expansion, services)

    def _host_lists(self) -> HostLists:
        members = groups.gather_host_groups(
            self._resolved["hostgroup"], self._resolved["host"], self._matching, self._problems
        )
        return HostLists(
            hosts=groups.name_space("host", self._resolved["host"], sticky=True, strict=True),
            groups=groups.name_space("hostgroup", self._resolved["hostgroup"]),
            members=members,
            matching=self._matching,
            problems=self._problems,
            allow_empty=self._main.allow_empty,
            warn_empty=self._main.warn_empty,
        )

    def _assemble(
        self,
        objects: Mapping[str, Mapping[str, Resolved]],
        contact_members: Mapping[str, Mapping[str, None]],
        lists: HostLists,
        expansion: Expansion,
        services: ServiceLists,
    ) -> Model:
        problems = self._problems
        known = {kind: frozenset(objects[kind]) for kind in ("timeperiod", "contact", "contactgroup")}
        references = References(known, problems)
        tweaked = bool(self._main.values.get("use_large_installation_tweaks"))
        builder = CheckableBuilder(references, problems)
        host_fillings = extinfo.host_fillings(self._resolved["hostextinfo"], lists, problems)
        service_fillings = extinfo.service_fillings(self._resolved["serviceextinfo"], services)
        exists = {kind: (lambda name, kind=kind: name in objects[kind]) for kind in objects}
        host_groups = groups.memberships(lists.members, exists["hostgroup"])
        service_groups = groups.memberships(services.group_members, exists["servicegroup"])
        linker = Linker(lists, services, problems, references.period, references.names)
        resolved = self._resolved
        model = Model(
            settings=self._main.settings(),
            timeperiods=build.build_timeperiods(objects["timeperiod"], problems),
            commands=build.build_commands(objects["command"], problems),
            contact_groups=build.build_contact_groups(objects["contactgroup"], contact_members, problems),
            host_groups=build.build_host_groups(
                objects["hostgroup"], lists.members, problems, in_order=tweaked
            ),
            service_groups=build.build_service_groups(
                objects["servicegroup"], services.group_members, problems, in_order=tweaked
            ),
            contacts=build.build_contacts(
                objects["contact"],
                groups.memberships(contact_members, exists["contactgroup"]),
                references,
                problems,
            ),
            hosts=builder.hosts(objects["host"], host_groups, host_fillings),
            services=builder.services(
                expansion.services, objects["host"], service_groups, service_fillings, services
            ),
            service_dependencies=linker.service_dependencies(resolved["servicedependency"]),
            service_escalations=linker.service_escalations(
                resolved["serviceescalation"], lambda key: _service_heir(expansion.services[key], objects)
            ),
            host_dependencies=linker.host_dependencies(resolved["hostdependency"]),
            host_escalations=linker.host_escalations(
                resolved["hostescalation"], lambda name: _host_heir(objects["host"][name])
            ),
        )
        commands = frozenset(objects["command"])
        preflight.check(model, objects, expansion.services, commands, problems)
        _main_commands(self._main, commands, problems)
        return model


def _host_heir(host: Resolved) -> Heir:
    return Heir(
        contacts=host.text("contacts"),
        contact_groups=host.text("contact_groups"),
        notification_interval=host.get("notification_interval"),
        notification_period=host.get("notification_period"),
    )


def _service_heir(placed: Placed, objects: Mapping[str, Mapping[str, Resolved]]) -> Heir:
    service = placed.resolved
    host = objects["host"].get(placed.host)
    if host is None:
        return _host_heir(service)
    own = _host_heir(service)
    above = _host_heir(host)
    has_people = "contacts" in service or "contact_groups" in service
    return Heir(
        contacts=own.contacts if has_people else above.contacts,
        contact_groups=own.contact_groups if has_people else above.contact_groups,
        notification_interval=(own if "notification_interval" in service else above).notification_interval,
        notification_period=(own if "notification_period" in service else above).notification_period,
    )


def _main_commands(main: MainFile, commands: frozenset[str], problems: Problems) -> None:
    for name in (*REQUIRED_COMMANDS, *WANTED_COMMANDS):
        call = main.values.get(name)
        if call is None or call.name in commands:
            continue
        message = f"`{name}`: command `{call.name}` is not defined anywhere{did_you_mean(call.name, commands)}"
        if name in REQUIRED_COMMANDS:
            problems.error(main.places[name], message)
        else:
            problems.warning(main.places[name], message)


def _counts(model: Model) -> dict[str, int]:
    return {
        "hosts": len(model.hosts),
        "services": len(model.services),
        "hostgroups": len(model.host_groups),
        "servicegroups": len(model.service_groups),
        "contacts": len(model.contacts),
        "contactgroups": len(model.contact_groups),
        "commands": len(model.commands),
        "timeperiods": len(model.timeperiods),
        "hostdependencies": len(model.host_dependencies),
        "servicedependencies": len(model.service_dependencies),
        "hostescalations": len(model.host_escalations),
        "serviceescalations": len(model.service_escalations),
    }
