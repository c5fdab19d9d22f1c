"""States of hosts and services under Nagios' names and numbers."""

from enum import IntEnum


class ServiceState(IntEnum):
    """What a service check found; the numbers are the plugins' exit codes."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


class HostState(IntEnum):
    """Where a host stands; UNREACHABLE means that no parent of it is UP."""

    UP = 0
    DOWN = 1
    UNREACHABLE = 2


class StateType(IntEnum):
    """SOFT while a problem (or a recovery from a soft problem) is not confirmed, HARD otherwise."""

    SOFT = 0
    HARD = 1


class CheckType(IntEnum):
    """Who brought a result: ACTIVE is our own check, PASSIVE came from outside."""

    ACTIVE = 0
    PASSIVE = 1


SERVICE_OPTION_LETTER = "owcu"
"""Nagios' option letter of each service state, by state number (o, w, c, u)."""

HOST_OPTION_LETTER = "odu"
"""Nagios' option letter of each host state, by state number (o, d, u)."""
