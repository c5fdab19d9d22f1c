"""What Atalaia reads and accepts without acting upon it yet, so that nothing is dropped in silence.

One table: deleting a line is all that is needed when a directive starts to have its effect. Not here: what
Nagios itself ignores (those directives are warned about where they are read).
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from atalaia.config.problems import Place

# A value that asks for nothing needs no effect: those are named beside the directive.
_OFF: tuple[object, ...] = (False, 0, 0.0, "", None)
_ANY: tuple[object, ...] = ()

OBJECT_DIRECTIVES: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "host": {
        "flap_detection_enabled": _OFF,
        "low_flap_threshold": _OFF,
        "high_flap_threshold": _OFF,
        "flap_detection_options": _ANY,
        "stalking_options": _OFF,
        "obsess": _ANY,
        "process_perf_data": _OFF,
    },
    "service": {
        "parents": _OFF,
        "flap_detection_enabled": _OFF,
        "low_flap_threshold": _OFF,
        "high_flap_threshold": _OFF,
        "flap_detection_options": _ANY,
        "stalking_options": _OFF,
        "obsess": _ANY,
        "process_perf_data": _OFF,
    },
}
"""Object type to directive to the values that ask for nothing."""

OBJECT_TYPES: frozenset[str] = frozenset({"serviceescalation", "hostescalation"})
"""Object types that have no effect yet as a whole."""

MAIN_DIRECTIVES: Mapping[str, tuple[object, ...]] = {
    "auto_reschedule_checks": _OFF,
    "broker_module": _ANY,
    "check_external_commands": _OFF,
    "check_for_updates": _OFF,
    "check_result_path": _ANY,
    "check_result_reaper_frequency": _ANY,
    "check_workers": _OFF,
    "command_file": _ANY,
    "daemon_dumps_core": _OFF,
    "debug_file": _ANY,
    "debug_level": _OFF,
    "enable_flap_detection": _OFF,
    "event_broker_options": _OFF,
    "host_perfdata_command": _ANY,
    "host_perfdata_file": _ANY,
    "host_perfdata_file_processing_command": _ANY,
    "loadctl_options": _ANY,
    "lock_file": _ANY,
    "log_archive_path": _ANY,
    "log_file": _ANY,
    "log_rotation_method": ("n",),
    "max_check_result_file_age": _ANY,
    "max_check_result_reaper_time": _ANY,
    "nagios_group": _ANY,
    "nagios_user": _ANY,
    "object_cache_file": ("/dev/null",),
    "obsess_over_hosts": _OFF,
    "obsess_over_services": _OFF,
    "ochp_command": _ANY,
    "ocsp_command": _ANY,
    "perfdata_timeout": _ANY,
    "precached_object_file": _ANY,
    "process_performance_data": _OFF,
    "query_socket": _ANY,
    "service_perfdata_command": _ANY,
    "service_perfdata_file": _ANY,
    "service_perfdata_file_processing_command": _ANY,
    "state_retention_file": _ANY,
    "status_file": ("/dev/null",),
    "status_update_interval": _ANY,
    "use_large_installation_tweaks": _OFF,
    "use_syslog": _OFF,
}
"""Main file directive to the values that ask for nothing."""


def lacks_effect(kind: str, directive: str, value: Any) -> bool:
    """Tell whether a line of an object asks for something that is not done yet."""
    row = OBJECT_DIRECTIVES.get(kind)
    return row is not None and directive in row and value not in row[directive]


def main_lacks_effect(directive: str, value: Any) -> bool:
    """Tell whether a line of the main file asks for something that is not done yet."""
    return directive in MAIN_DIRECTIVES and value not in MAIN_DIRECTIVES[directive]


def sentence(found: Iterable[tuple[str, Place]]) -> tuple[Place, str] | None:
    """Return the one warning of a run and where to put it: each directive with its first place."""
    rows = list(found)
    if not rows:
        return None
    names: dict[str, Place] = {}
    for name, place in rows:
        names.setdefault(name, place)
    parts = [f"{name} ({PurePath(place.file).name}:{place.line})" for name, place in names.items()]
    return rows[0][1], f"accepted, without effect yet: {', '.join(parts)}"
