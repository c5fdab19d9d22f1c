"""The resolved configuration: every template, group and inheritance applied; frozen.

Objects refer to each other by name, so that two models can be compared field by field and a model can be
written down. Look-ups that follow the references live in `atalaia.core.topology`. Field names are Nagios'
directive names. Nothing here knows files or positions.

Option lists (`notification_options` …) are strings of Nagios' letters, e.g. ``"wucr"``: testing a letter is
the cheapest thing Python can do, and the value is readable wherever it shows up.
"""

from enum import IntEnum

import msgspec

from atalaia.core.states import HOST_OPTION_LETTER, SERVICE_OPTION_LETTER, HostState, ServiceState

ObjectKey = tuple[str, str]
"""(host name, service description); the description is empty for the host itself."""


class CommandCall(msgspec.Struct, frozen=True):
    """A command with its arguments as an object names it: ``check_http!-p 80!/x``."""

    name: str
    args: tuple[str, ...] = ()
    raw: str = ""
    """The text as configured, with its ``!`` signs."""


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """A named command line, macros not yet expanded."""

    command_name: str
    command_line: str


class TimeRange(msgspec.Struct, frozen=True):
    """Seconds since local midnight, both ends inclusive (Nagios' rule); an end of 86400 is 24:00."""

    start: int
    end: int


class ExceptionKind(IntEnum):
    """The five forms of a date in a time period, in the order in which Nagios asks them."""

    CALENDAR_DATE = 0
    MONTH_DATE = 1
    MONTH_DAY = 2
    MONTH_WEEK_DAY = 3
    WEEK_DAY = 4


class PeriodException(msgspec.Struct, frozen=True, kw_only=True):
    """Days for which a time period has its own ranges. Unused date fields are 0.

    Months are 0 (January) to 11, week days 0 (Sunday) to 6, days of the month 1 to 31 or negative from the
    month's end (-1 is the last day), week day offsets 1 to 5 or -1 to -5: as in Nagios.
    """

    kind: ExceptionKind
    start_year: int = 0
    start_month: int = 0
    start_day: int = 0
    start_week_day: int = 0
    start_week_day_offset: int = 0
    end_year: int = 0
    end_month: int = 0
    end_day: int = 0
    end_week_day: int = 0
    end_week_day_offset: int = 0
    skip_interval: int = 0
    """Every n-th day counted from the start; 0 or 1 means every day."""
    open_ended: bool = False
    """A single calendar date with a skip interval has no end."""
    ranges: tuple[TimeRange, ...] = ()
    text: str = ""
    """The date as written, for people."""


class TimePeriod(msgspec.Struct, frozen=True, kw_only=True):
    """When something is allowed: ranges per week day (0 is Sunday), exceptions by date, excluded periods."""

    timeperiod_name: str
    alias: str
    weekdays: tuple[tuple[TimeRange, ...], ...] = ((),) * 7
    exceptions: tuple[PeriodException, ...] = ()
    """In the order of the definition; of one kind the first that covers the day decides."""
    exclude: tuple[str, ...] = ()


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A person (or a mailbox, or a program) that can be told."""

    contact_name: str
    alias: str
    contact_groups: tuple[str, ...] = ()
    email: str | None = None
    pager: str | None = None
    addresses: tuple[str | None, ...] = (None,) * 6
    """address1 … address6."""
    host_notification_period: str | None = None
    service_notification_period: str | None = None
    host_notification_commands: tuple[CommandCall, ...] = ()
    service_notification_commands: tuple[CommandCall, ...] = ()
    host_notification_options: str = ""
    """Letters d u r f s."""
    service_notification_options: str = ""
    """Letters w u c r f s."""
    host_notifications_enabled: bool = True
    service_notifications_enabled: bool = True
    can_submit_commands: bool = True
    retain_status_information: bool = True
    retain_nonstatus_information: bool = True
    minimum_importance: int = 0
    custom: dict[str, str] = {}


class ContactGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts under one name; members are resolved, in the order in which they joined."""

    contactgroup_name: str
    alias: str
    members: tuple[str, ...] = ()


class HostGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Hosts under one name; members are resolved and sorted."""

    hostgroup_name: str
    alias: str
    members: tuple[str, ...] = ()
    notes: str | None = None
    notes_url: str | None = None
    action_url: str | None = None


class ServiceGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Services under one name; members are resolved and sorted."""

    servicegroup_name: str
    alias: str
    members: tuple[ObjectKey, ...] = ()
    notes: str | None = None
    notes_url: str | None = None
    action_url: str | None = None


class Checkable(msgspec.Struct, frozen=True, kw_only=True):
    """What hosts and services have in common. Intervals are in units of `MainSettings.interval_length`."""

    host_name: str
    display_name: str
    check_command: CommandCall | None = None
    check_period: str | None = None
    """Name of a time period; None is always."""
    check_interval: float = 5.0
    retry_interval: float = 1.0
    max_check_attempts: int = 1
    active_checks_enabled: bool = True
    passive_checks_enabled: bool = True
    obsess: bool = True
    event_handler: CommandCall | None = None
    event_handler_enabled: bool = True
    event_handler_period: str | None = None
    contacts: tuple[str, ...] = ()
    contact_groups: tuple[str, ...] = ()
    notification_period: str | None = None
    notification_interval: float = 30.0
    first_notification_delay: float = 0.0
    notification_options: str = ""
    notifications_enabled: bool = True
    initial_state: int = 0
    low_flap_threshold: float = 0.0
    high_flap_threshold: float = 0.0
    flap_detection_enabled: bool = True
    flap_detection_options: str = ""
    check_freshness: bool = False
    freshness_threshold: int = 0
    """Seconds; 0 is automatic."""
    stalking_options: str = ""
    process_perf_data: bool = True
    importance: int = 0
    retain_status_information: bool = True
    retain_nonstatus_information: bool = True
    notes: str | None = None
    notes_url: str | None = None
    action_url: str | None = None
    icon_image: str | None = None
    icon_image_alt: str | None = None
    custom: dict[str, str] = {}
    """Custom variables without their leading underscore, names in upper case."""


class Host(Checkable, frozen=True, kw_only=True):
    """A machine, a container, anything that services live on."""

    alias: str
    address: str
    parents: tuple[str, ...] = ()
    hostgroups: tuple[str, ...] = ()
    vrml_image: str | None = None
    statusmap_image: str | None = None
    coords_2d: tuple[int, int] | None = None
    coords_3d: tuple[float, float, float] | None = None

    @property
    def key(self) -> ObjectKey:
        """The host's place among all checkable objects."""
        return (self.host_name, "")

    def state_name(self, state: int) -> str:
        """UP, DOWN or UNREACHABLE."""
        return HostState(state).name

    def state_letter(self, state: int) -> str:
        """Nagios' option letter of a state: o d u."""
        return HOST_OPTION_LETTER[state]


class Service(Checkable, frozen=True, kw_only=True):
    """Something that a host does for somebody."""

    service_description: str
    parents: tuple[ObjectKey, ...] = ()
    servicegroups: tuple[str, ...] = ()
    is_volatile: bool = False
    parallelize_check: bool = True

    @property
    def key(self) -> ObjectKey:
        """The service's place among all checkable objects."""
        return (self.host_name, self.service_description)

    def state_name(self, state: int) -> str:
        """OK, WARNING, CRITICAL or UNKNOWN."""
        return ServiceState(state).name

    def state_letter(self, state: int) -> str:
        """Nagios' option letter of a state: o w c u."""
        return SERVICE_OPTION_LETTER[state]


class HostDependency(msgspec.Struct, frozen=True, kw_only=True):
    """`dependent` is not checked, or nobody is told, while `host` is in one of the failing states."""

    host_name: str
    dependent_host_name: str
    dependency_period: str | None = None
    inherits_parent: bool = False
    execution_failure_options: str = ""
    notification_failure_options: str = ""


class ServiceDependency(msgspec.Struct, frozen=True, kw_only=True):
    """The same between two services."""

    host_name: str
    service_description: str
    dependent_host_name: str
    dependent_service_description: str
    dependency_period: str | None = None
    inherits_parent: bool = False
    execution_failure_options: str = ""
    notification_failure_options: str = ""


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told instead of the object's own contacts from one notification number to another."""

    host_name: str
    service_description: str = ""
    """Empty for the escalation of a host."""
    first_notification: int = -2
    last_notification: int = -2
    notification_interval: float = 0.0
    escalation_period: str | None = None
    escalation_options: str = ""
    contacts: tuple[str, ...] = ()
    contact_groups: tuple[str, ...] = ()


class MainSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What the main file says, under its directive names. Times are seconds unless said otherwise.

    Only what the engine acts upon has a field; the rest stays with the configuration reader.
    """

    main_file: str = ""
    resource_file: str = ""
    user_macros: dict[int, str] = {}
    """$USERn$ values from the resource files. Secrets: never shown."""
    interval_length: int = 60
    max_concurrent_checks: int = 0
    """At most so many checks at once; 0 is no limit."""
    execute_service_checks: bool = True
    execute_host_checks: bool = True
    accept_passive_service_checks: bool = True
    accept_passive_host_checks: bool = True
    passive_host_checks_are_soft: bool = False
    translate_passive_host_checks: bool = False
    enable_notifications: bool = True
    enable_event_handlers: bool = True
    enable_flap_detection: bool = False
    low_service_flap_threshold: float = 20.0
    """Per cent, like the three below; for objects without thresholds of their own."""
    high_service_flap_threshold: float = 30.0
    low_host_flap_threshold: float = 20.0
    high_host_flap_threshold: float = 30.0
    global_host_event_handler: CommandCall | None = None
    global_service_event_handler: CommandCall | None = None
    service_check_timeout: int = 60
    service_check_timeout_state: int = 2
    host_check_timeout: int = 30
    event_handler_timeout: int = 30
    notification_timeout: int = 30
    max_service_check_spread: int = 30
    """Minutes."""
    max_host_check_spread: int = 30
    """Minutes."""
    service_inter_check_delay_method: str = "s"
    host_inter_check_delay_method: str = "s"
    service_interleave_factor: str = "s"
    cached_host_check_horizon: int = 15
    cached_service_check_horizon: int = 15
    host_down_disable_service_checks: bool = False
    service_skip_check_dependency_status: int = -1
    """State that a service gets when its check rests because of a dependency; -1 leaves it as it is."""
    service_skip_check_parent_status: int = -1
    service_skip_check_host_down_status: int = -1
    host_skip_check_dependency_status: int = -1
    check_for_orphaned_services: bool = True
    check_for_orphaned_hosts: bool = True
    soft_state_dependencies: bool = False
    enable_predictive_host_dependency_checks: bool = True
    enable_predictive_service_dependency_checks: bool = True
    check_service_freshness: bool = True
    check_host_freshness: bool = False
    service_freshness_check_interval: int = 60
    host_freshness_check_interval: int = 60
    additional_freshness_latency: int = 15
    use_aggressive_host_checking: bool = False
    illegal_macro_output_chars: str = ""
    illegal_object_name_chars: str = ""
    enable_environment_macros: bool = False
    use_large_installation_tweaks: bool = False
    date_format: str = "us"
    use_timezone: str = ""
    admin_email: str = ""
    admin_pager: str = ""
    website_url: str = ""
    check_external_commands: bool = True
    command_file: str = ""
    log_file: str = ""
    log_rotation_method: str = "n"
    """n, h, d, w, m: never, or at the end of each hour, day, week, month."""
    log_archive_path: str = ""
    log_notifications: bool = True
    log_service_retries: bool = False
    log_host_retries: bool = False
    log_event_handlers: bool = True
    log_initial_states: bool = False
    log_current_states: bool = True
    log_external_commands: bool = True
    log_passive_checks: bool = True
    use_syslog: bool = False
    """Copy log lines to syslog. Nagios' default is on; here it must be asked for."""
    lock_file: str = ""
    check_result_path: str = ""
    """Spool folder for results that other programs bring."""
    check_result_reaper_frequency: int = 10
    max_check_result_reaper_time: int = 30
    max_check_result_file_age: int = 3600
    """Results in the spool folder that are older are thrown away; 0 keeps all."""
    status_file: str = ""
    status_update_interval: int = 60
    object_cache_file: str = ""
    state_retention_file: str = ""
    temp_file: str = ""
    temp_path: str = "/tmp"  # noqa: S108 - Nagios' default, shown as macro $TEMPPATH$; nothing is written there
    obsess_over_services: bool = False
    obsess_over_hosts: bool = False
    ocsp_command: CommandCall | None = None
    ochp_command: CommandCall | None = None
    ocsp_timeout: int = 15
    ochp_timeout: int = 15
    process_performance_data: bool = False
    perfdata_timeout: int = 0
    """0 is no limit."""
    host_perfdata_command: CommandCall | None = None
    service_perfdata_command: CommandCall | None = None
    host_perfdata_file: str = ""
    service_perfdata_file: str = ""
    host_perfdata_file_template: str = ""
    """Empty is Nagios' default template; macros, ``\\t``, ``\\n`` and ``\\r`` are expanded later."""
    service_perfdata_file_template: str = ""
    host_perfdata_file_mode: str = "a"
    """a appends, w truncates, p is a pipe."""
    service_perfdata_file_mode: str = "a"
    host_perfdata_file_processing_interval: int = 0
    """Seconds between two runs of the processing command; 0 is never."""
    service_perfdata_file_processing_interval: int = 0
    host_perfdata_file_processing_command: CommandCall | None = None
    service_perfdata_file_processing_command: CommandCall | None = None
    host_perfdata_process_empty_results: bool = True
    service_perfdata_process_empty_results: bool = True
    retain_state_information: bool = False
    retention_update_interval: int = 60
    """Minutes; 0 is only at the end."""
    use_retained_program_state: bool = True
    use_retained_scheduling_info: bool = False
    retention_scheduling_horizon: int = 900
    retained_host_attribute_mask: int = 0
    """Modified attributes (Nagios' bits) that are not kept over a restart, like the five below."""
    retained_service_attribute_mask: int = 0
    retained_process_host_attribute_mask: int = 0
    retained_process_service_attribute_mask: int = 0
    retained_contact_host_attribute_mask: int = 0
    retained_contact_service_attribute_mask: int = 0
    time_change_threshold: int = 900


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A whole configuration; every mapping in the order of Nagios' registration (sorted by name)."""

    settings: MainSettings
    commands: dict[str, Command] = {}
    timeperiods: dict[str, TimePeriod] = {}
    contacts: dict[str, Contact] = {}
    contact_groups: dict[str, ContactGroup] = {}
    hosts: dict[str, Host] = {}
    host_groups: dict[str, HostGroup] = {}
    services: dict[ObjectKey, Service] = {}
    service_groups: dict[str, ServiceGroup] = {}
    host_dependencies: tuple[HostDependency, ...] = ()
    service_dependencies: tuple[ServiceDependency, ...] = ()
    host_escalations: tuple[Escalation, ...] = ()
    service_escalations: tuple[Escalation, ...] = ()
