"""The one table of object types: their directives, other names of these, and the kind of each value.

Here: what may stand in a `define` block. Not here: reading values (values), what they lead to (build).
"""

from dataclasses import dataclass
from enum import Enum, auto

from atalaia.config import values
from atalaia.config.values import OptionSet


class Kind(Enum):
    """How the text of a directive becomes a value, and how it is inherited."""

    TEXT = auto()
    """Any text; the word `null` is a text like others."""
    NULLABLE = auto()
    """Text, or `null`: set, but to nothing."""
    LIST = auto()
    """Names; `null` allowed, a leading `+` adds to what a template says."""
    MEMBERS = auto()
    """A list whose repeated lines add up."""
    FILLED_LIST = auto()
    """A list that must not be empty text."""
    COMMAND = auto()
    """`command!arg!arg` or `null`."""
    CHECK_COMMAND = auto()
    """The same of a service: a leading `!` in a template makes it win over the service's own."""
    SWITCH = auto()
    """A number; true when above 0."""
    INTEGER = auto()
    UNSIGNED = auto()
    DECIMAL = auto()
    OPTIONS = auto()
    """Option letters; repeated lines add up."""
    FRESH_OPTIONS = auto()
    """Option letters; a repeated line replaces."""
    FAILURES = auto()
    """Option letters of a dependency; `n` makes the directive count as not given."""
    STATE = auto()
    """One state letter or word."""
    COORDS_2D = auto()
    COORDS_3D = auto()
    OBSOLETE = auto()
    """Accepted with a warning, ignored."""
    USE = auto()
    TEMPLATE_NAME = auto()
    REGISTER = auto()
    KEY = auto()
    """The name of the object."""


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive under its canonical name."""

    name: str
    kind: Kind
    options: OptionSet | None = None
    states: tuple[tuple[str, str], ...] = ()
    """Letter and word of each state, by state number."""
    replaced_by: str = ""
    """What to write instead of this old name."""


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One kind of object."""

    name: str
    key: str
    """The directive that names it, empty for objects without a name of their own."""
    directives: dict[str, Directive]
    custom: bool = False
    """Whether custom variables are allowed."""

    def known(self) -> list[str]:
        """Return the names of all directives."""
        return list(self.directives)


HOST_STATE_WORDS = (("o", "up"), ("d", "down"), ("u", "unreachable"))
SERVICE_STATE_WORDS = (("o", "ok"), ("w", "warning"), ("c", "critical"), ("u", "unknown"))


class _Table:
    """Builds the directive table of one type."""

    def __init__(self, key: str = "") -> None:
        self.key = key
        self.rows: dict[str, Directive] = {
            "use": Directive("use", Kind.USE),
            "name": Directive("name", Kind.TEMPLATE_NAME),
            "register": Directive("register", Kind.REGISTER),
        }
        if key:
            self.rows[key] = Directive(key, Kind.KEY)

    def add(self, kind: Kind, *names: str, options: OptionSet | None = None) -> "_Table":
        """Add directives; ``canonical|other|other`` gives further names."""
        for group in names:
            canonical, *others = group.split("|")
            for name in (canonical, *others):
                old = canonical if name in _DEPRECATED else ""
                self.rows[name] = Directive(canonical, kind, options, replaced_by=old)
        return self

    def state(self, words: tuple[tuple[str, str], ...]) -> "_Table":
        """Add `initial_state`."""
        self.rows["initial_state"] = Directive("initial_state", Kind.STATE, states=words)
        return self

    def done(self, name: str, *, custom: bool = False) -> ObjectType:
        """Return the finished type."""
        return ObjectType(name, self.key, self.rows, custom)


_DEPRECATED = frozenset({"normal_check_interval", "retry_check_interval", "hourly_value", "minimum_value"})

_URLS = ("notes", "notes_url", "action_url")
_ICONS = ("icon_image", "icon_image_alt")


def _checkable(table: _Table, notifications: OptionSet, states: OptionSet, stalking: OptionSet) -> _Table:
    return (
        table.add(Kind.NULLABLE, "display_name", "check_period", "event_handler_period", "notification_period")
        .add(Kind.NULLABLE, *_URLS, *_ICONS)
        .add(Kind.LIST, "parents")
        .add(Kind.COMMAND, "event_handler")
        .add(Kind.FILLED_LIST, "contacts", "contact_groups")
        .add(Kind.DECIMAL, "check_interval|normal_check_interval", "retry_interval|retry_check_interval")
        .add(Kind.DECIMAL, "low_flap_threshold", "high_flap_threshold")
        .add(Kind.DECIMAL, "notification_interval", "first_notification_delay")
        .add(Kind.INTEGER, "max_check_attempts", "freshness_threshold")
        .add(Kind.UNSIGNED, "importance|hourly_value")
        .add(Kind.SWITCH, "active_checks_enabled", "passive_checks_enabled", "event_handler_enabled")
        .add(Kind.SWITCH, "check_freshness", "flap_detection_enabled", "notifications_enabled")
        .add(Kind.SWITCH, "process_perf_data", "retain_status_information", "retain_nonstatus_information")
        .add(Kind.OPTIONS, "notification_options", options=notifications)
        .add(Kind.FRESH_OPTIONS, "flap_detection_options", options=states)
        .add(Kind.OPTIONS, "stalking_options", options=stalking)
        .add(Kind.OBSOLETE, "failure_prediction_enabled", "failure_prediction_options")
    )


def _timeperiod() -> ObjectType:
    return _Table("timeperiod_name").add(Kind.TEXT, "alias", "exclude").done("timeperiod")


def _command() -> ObjectType:
    return _Table("command_name").add(Kind.TEXT, "command_line").done("command")


def _group(name: str, *, urls: bool) -> ObjectType:
    table = _Table(f"{name}_name").add(Kind.TEXT, "alias").add(Kind.MEMBERS, "members", f"{name}_members")
    if urls:
        table.add(Kind.NULLABLE, *_URLS)
    return table.done(name)


def _contact() -> ObjectType:
    return (
        _Table("contact_name")
        .add(Kind.TEXT, "alias")
        .add(Kind.NULLABLE, "email", "pager", *(f"address{n}" for n in range(1, 7)))
        .add(Kind.NULLABLE, "host_notification_period", "service_notification_period")
        .add(Kind.LIST, "contact_groups|contactgroups")
        .add(Kind.LIST, "host_notification_commands", "service_notification_commands")
        .add(Kind.OPTIONS, "host_notification_options", options=values.HOST_NOTIFICATIONS)
        .add(Kind.OPTIONS, "service_notification_options", options=values.SERVICE_NOTIFICATIONS)
        .add(Kind.SWITCH, "host_notifications_enabled", "service_notifications_enabled")
        .add(Kind.SWITCH, "can_submit_commands", "retain_status_information", "retain_nonstatus_information")
        .add(Kind.UNSIGNED, "minimum_importance|minimum_value")
        .done("contact", custom=True)
    )


def _host() -> ObjectType:
    table = _checkable(_Table("host_name"), values.HOST_NOTIFICATIONS, values.HOST_STATES, values.HOST_STALKING)
    return (
        table.state(HOST_STATE_WORDS)
        .add(Kind.TEXT, "alias", "address")
        .add(Kind.LIST, "hostgroups|host_groups")
        .add(Kind.COMMAND, "check_command")
        .add(Kind.NULLABLE, "vrml_image", "statusmap_image|gd2_image")
        .add(Kind.SWITCH, "active_checks_enabled|checks_enabled", "obsess|obsess_over_host")
        .add(Kind.COORDS_2D, "2d_coords")
        .add(Kind.COORDS_3D, "3d_coords")
        .done("host", custom=True)
    )


def _service() -> ObjectType:
    table = _checkable(_Table(), values.SERVICE_NOTIFICATIONS, values.SERVICE_STATES, values.SERVICE_STALKING)
    return (
        table.state(SERVICE_STATE_WORDS)
        .add(Kind.NULLABLE, "service_description|description")
        .add(Kind.LIST, "host_name|host|hosts", "hostgroup_name|hostgroup|hostgroups")
        .add(Kind.LIST, "servicegroups|service_groups")
        .add(Kind.CHECK_COMMAND, "check_command")
        .add(Kind.SWITCH, "is_volatile", "obsess|obsess_over_service", "parallelize_check")
        .done("service", custom=True)
    )


def _dependency(name: str, failures: OptionSet, *, services: bool) -> ObjectType:
    table = (
        _Table()
        .add(Kind.LIST, "host_name|host|master_host|master_host_name", "hostgroup_name|hostgroup|hostgroups")
        .add(Kind.LIST, "dependent_host_name|dependent_host")
        .add(Kind.LIST, "dependent_hostgroup_name|dependent_hostgroup|dependent_hostgroups")
        .add(Kind.NULLABLE, "dependency_period")
        .add(Kind.SWITCH, "inherits_parent")
    )
    for kind in ("execution", "notification"):
        # Nagios forgets an `n` only here: a host's execution criteria of `n` still make a dependency
        clears = services or kind == "notification"
        names = f"{kind}_failure_options|{kind}_failure_criteria"
        table.add(Kind.FAILURES if clears else Kind.OPTIONS, names, options=failures)
    if services:
        table.add(Kind.LIST, "servicegroup_name|servicegroup|servicegroups")
        table.add(Kind.LIST, "service_description|description|master_description|master_service_description")
        table.add(Kind.LIST, "dependent_servicegroup_name|dependent_servicegroup|dependent_servicegroups")
        table.add(Kind.LIST, "dependent_service_description|dependent_description")
    return table.done(name)


def _escalation(name: str, options: OptionSet, *, services: bool) -> ObjectType:
    table = (
        _Table()
        .add(Kind.LIST, "host_name|host", "hostgroup_name|hostgroup|hostgroups")
        .add(Kind.FILLED_LIST, "contacts", "contact_groups")
        .add(Kind.NULLABLE, "escalation_period")
        .add(Kind.INTEGER, "first_notification", "last_notification")
        .add(Kind.DECIMAL, "notification_interval")
        .add(Kind.OPTIONS, "escalation_options", options=options)
    )
    if services:
        table.add(Kind.LIST, "service_description|description", "servicegroup_name|servicegroup|servicegroups")
    return table.done(name)


def _hostextinfo() -> ObjectType:
    return (
        _Table()
        .add(Kind.NULLABLE, "host_name", "hostgroup_name|hostgroup", *_URLS, *_ICONS, "vrml_image")
        .add(Kind.NULLABLE, "statusmap_image|gd2_image")
        .add(Kind.COORDS_2D, "2d_coords")
        .add(Kind.COORDS_3D, "3d_coords")
        .done("hostextinfo")
    )


def _serviceextinfo() -> ObjectType:
    return (
        _Table()
        .add(Kind.NULLABLE, "host_name", "hostgroup_name|hostgroup", "service_description", *_URLS, *_ICONS)
        .done("serviceextinfo")
    )


OBJECT_TYPES: dict[str, ObjectType] = {
    kind.name: kind
    for kind in (
        _timeperiod(),
        _command(),
        _group("contactgroup", urls=False),
        _group("hostgroup", urls=True),
        _group("servicegroup", urls=True),
        _contact(),
        _host(),
        _service(),
        _dependency("servicedependency", values.SERVICE_FAILURES, services=True),
        _escalation("serviceescalation", values.SERVICE_ESCALATIONS, services=True),
        _dependency("hostdependency", values.HOST_FAILURES, services=False),
        _escalation("hostescalation", values.HOST_ESCALATIONS, services=False),
        _hostextinfo(),
        _serviceextinfo(),
    )
}
"""All object types, in the order in which Nagios writes them down."""
