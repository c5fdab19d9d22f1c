"""The one table of the main file's directives: the kind of each value and its limits.

Here: names and limits. Not here: reading the file (main_file), what has an effect (effects).
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class MainKind(Enum):
    """How the text of a main file directive becomes a value."""

    SWITCH = auto()
    """A number; true when above 0."""
    STRICT_SWITCH = auto()
    """Exactly 0 or 1."""
    INTEGER = auto()
    UNSIGNED = auto()
    """A number in C's notation: decimal, 0x…, 0…"""
    DECIMAL = auto()
    TEXT = auto()
    PATH = auto()
    """Relative to the folder of the main file."""
    CHOICE = auto()
    DELAY = auto()
    """n, d, s, or a number of seconds above 0."""
    COMMAND = auto()
    RESOURCE = auto()
    FOLDER = auto()
    """A folder that Nagios wants to exist."""
    OBJECTS = auto()
    """cfg_file and cfg_dir: read in their own pass."""
    OBSOLETE = auto()
    LOAD_CONTROL = auto()


@dataclass(frozen=True, slots=True)
class MainDirective:
    """One directive under its canonical name."""

    name: str
    kind: MainKind
    lowest: float | None = None
    highest: float | None = None
    above: float | None = None
    """Excluded lower limit."""
    below: float | None = None
    """Excluded upper limit."""
    choices: tuple[str, ...] = ()
    glued: bool = False
    """The equals sign must follow the name at once (Nagios compares the raw line)."""
    replaced_by: str = ""
    longest: int = 0
    """Longest text accepted; 0 is any."""
    note: str = ""


_ROWS: tuple[tuple[MainKind, str, dict[str, Any]], ...] = (
    (
        MainKind.SWITCH,
        (
            "accept_passive_host_checks accept_passive_service_checks bare_update_check check_for_updates "
            "child_processes_fork_twice enable_environment_macros enable_event_handlers "
            "enable_flap_detection enable_notifications enable_predictive_host_dependency_checks "
            "enable_predictive_service_dependency_checks execute_host_checks execute_service_checks "
            "free_child_process_memory host_perfdata_process_empty_results passive_host_checks_are_soft "
            "process_performance_data service_perfdata_process_empty_results use_regexp_matching "
            "use_true_regexp_matching allow_empty_hostgroup_assignment"
        ),
        {},
    ),
    (
        MainKind.STRICT_SWITCH,
        (
            "auto_reschedule_checks check_external_commands check_for_orphaned_hosts "
            "check_for_orphaned_services check_host_freshness check_service_freshness daemon_dumps_core "
            "log_current_states log_event_handlers log_external_commands log_host_retries "
            "log_initial_states log_notifications log_passive_checks log_service_retries "
            "obsess_over_hosts obsess_over_services retain_state_information soft_state_dependencies "
            "translate_passive_host_checks use_aggressive_host_checking use_large_installation_tweaks "
            "use_retained_program_state use_retained_scheduling_info use_syslog"
        ),
        {},
    ),
    (
        MainKind.INTEGER,
        "additional_freshness_latency check_workers debug_level debug_verbosity perfdata_timeout",
        {},
    ),
    (
        MainKind.INTEGER,
        (
            "service_check_timeout host_check_timeout event_handler_timeout notification_timeout "
            "ocsp_timeout ochp_timeout retention_scheduling_horizon auto_rescheduling_interval "
            "auto_rescheduling_window service_freshness_check_interval host_freshness_check_interval"
        ),
        {"lowest": 1},
    ),
    (
        MainKind.INTEGER,
        (
            "max_service_check_spread max_host_check_spread check_result_reaper_frequency "
            "max_check_result_reaper_time interval_length status_update_interval"
        ),
        {"lowest": 1},
    ),
    (MainKind.INTEGER, "retention_update_interval max_concurrent_checks", {"lowest": 0}),
    (MainKind.INTEGER, "time_change_threshold", {"lowest": 6}),
    (
        MainKind.INTEGER,
        (
            "host_skip_check_dependency_status service_skip_check_dependency_status "
            "service_skip_check_host_down_status service_skip_check_parent_status"
        ),
        {"lowest": -1, "highest": 3},
    ),
    (
        MainKind.UNSIGNED,
        (
            "cached_host_check_horizon cached_service_check_horizon host_down_disable_service_checks "
            "host_perfdata_file_processing_interval max_check_result_file_age max_debug_file_size "
            "retained_contact_host_attribute_mask retained_contact_service_attribute_mask "
            "retained_host_attribute_mask retained_process_host_attribute_mask "
            "retained_process_service_attribute_mask retained_service_attribute_mask "
            "service_perfdata_file_processing_interval event_broker_options"
        ),
        {},
    ),
    (MainKind.DECIMAL, "low_host_flap_threshold low_service_flap_threshold", {"above": 0, "below": 100}),
    (MainKind.DECIMAL, "high_host_flap_threshold high_service_flap_threshold", {"above": 0, "highest": 100}),
    (
        MainKind.TEXT,
        (
            "admin_email admin_pager broker_module date_format host_perfdata_file_mode "
            "host_perfdata_file_template illegal_macro_output_chars illegal_object_name_chars "
            "nagios_group nagios_user service_interleave_factor service_perfdata_file_mode "
            "service_perfdata_file_template temp_file use_timezone website_url"
        ),
        {},
    ),
    (MainKind.PATH, "command_file debug_file lock_file log_archive_path log_file", {"longest": 255}),
    (MainKind.PATH, "host_perfdata_file query_socket service_perfdata_file status_file", {}),
    (MainKind.PATH, "object_cache_file precached_object_file state_retention_file", {"glued": True}),
    (MainKind.FOLDER, "check_result_path", {"longest": 255}),
    (MainKind.FOLDER, "temp_path", {}),
    (MainKind.CHOICE, "service_check_timeout_state", {"choices": ("o", "w", "u", "c")}),
    (MainKind.CHOICE, "log_rotation_method", {"choices": ("n", "h", "d", "w", "m")}),
    (MainKind.DELAY, "host_inter_check_delay_method service_inter_check_delay_method", {}),
    (
        MainKind.COMMAND,
        (
            "global_host_event_handler global_service_event_handler ochp_command ocsp_command "
            "host_perfdata_command service_perfdata_command host_perfdata_file_processing_command "
            "service_perfdata_file_processing_command"
        ),
        {},
    ),
    (MainKind.RESOURCE, "resource_file", {}),
    (MainKind.OBJECTS, "cfg_file cfg_dir", {"glued": True}),
    (MainKind.LOAD_CONTROL, "loadctl_options", {}),
    (
        MainKind.OBSOLETE,
        (
            "auth_file enable_embedded_perl enable_failure_prediction p1_file sleep_time "
            "use_embedded_perl_implicitly"
        ),
        {},
    ),
    (
        MainKind.OBSOLETE,
        "command_check_interval external_command_buffer_slots",
        {"note": "; commands are handled as they arrive"},
    ),
)
"""Kind, names, limits."""

_ALIASES = (
    ("freshness_check_interval", "service_freshness_check_interval"),
    ("service_reaper_frequency", "check_result_reaper_frequency"),
    ("use_agressive_host_checking", "use_aggressive_host_checking"),
)


def _table() -> dict[str, MainDirective]:
    rows = {
        name: MainDirective(name, kind, **limits) for kind, names, limits in _ROWS for name in names.split()
    }
    for old, new in _ALIASES:
        rows[old] = MainDirective(new, rows[new].kind, rows[new].lowest, replaced_by=new)
    return rows


MAIN_DIRECTIVES: dict[str, MainDirective] = _table()
"""Every name that may stand in a main file."""

REQUIRED_COMMANDS = (
    "global_host_event_handler", "global_service_event_handler", "ocsp_command", "ochp_command",
)  # fmt: skip
"""Commands of the main file that must be defined, else the configuration does not run."""

WANTED_COMMANDS = (
    "host_perfdata_command", "service_perfdata_command", "host_perfdata_file_processing_command",
    "service_perfdata_file_processing_command",
)  # fmt: skip
"""Commands of the main file whose absence Nagios only warns of."""

LOAD_CONTROL_KEYS = frozenset(
    {
        "enabled", "jobs_max", "jobs_min", "jobs_limit", "check_interval", "backoff_limit", "rampup_limit",
        "backoff_change", "rampup_change",
    }
)  # fmt: skip
