"""The time zone in which time periods are meant."""

import os
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

log = structlog.get_logger(__name__)


def local_zone(name: str = "") -> tzinfo:
    """The time zone by name (``use_timezone``), from TZ, or this machine's."""
    wanted = name or os.environ.get("TZ", "").lstrip(":")
    if wanted:
        try:
            return ZoneInfo(wanted)
        except (ValueError, OSError) as error:
            log.warning("unknown time zone; using this machine's", zone=wanted, error=str(error))
    try:
        with Path("/etc/localtime").open("rb") as file:
            return ZoneInfo.from_file(file, key=Path("/etc/localtime").resolve().name)
    except (OSError, ValueError):
        return ZoneInfo("UTC")
