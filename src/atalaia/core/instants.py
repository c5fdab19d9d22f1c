"""How a moment is written in the hot path. Aware datetimes exist only at the edges (pages, mails, logs)."""

from typing import NewType

Instant = NewType("Instant", float)
"""A moment as seconds since the Unix epoch."""

NEVER = Instant(0.0)
"""What Nagios writes for "has not happened yet"."""

LATEST = Instant(253_402_214_400.0)
"""The beginning of the last day of the year 9999: no calendar reaches further, and whoever names a later moment
has written milliseconds."""
