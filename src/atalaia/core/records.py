"""What people and the server leave on objects and what outlives a restart: comments, downtimes, changes.

Frozen values, so that the writer thread can store one while the engine goes on. The books that keep them are
`comments.py`, `downtimes.py` and `changes.py`.
"""

from enum import IntEnum
from typing import Any

import msgspec

from atalaia.core.instants import NEVER, Instant
from atalaia.core.objects import ObjectKey


class CommentKind(IntEnum):
    """Where a comment comes from; the numbers are Nagios' entry types."""

    USER = 1
    DOWNTIME = 2
    FLAPPING = 3
    ACKNOWLEDGEMENT = 4


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """A remark on a host or service."""

    id: int
    host: str
    service: str = ""
    kind: CommentKind = CommentKind.USER
    entry_time: Instant
    author: str
    text: str
    persistent: bool = False
    """Survives a restart (and, for an acknowledgement, the acknowledgement)."""
    external: bool = False
    """Written by an external command rather than by the server itself."""
    expires: Instant = NEVER
    """When it goes by itself; 0 is never."""

    @property
    def key(self) -> ObjectKey:
        """The object that it is about."""
        return (self.host, self.service)


class Downtime(msgspec.Struct, frozen=True, kw_only=True):
    """A planned outage: nobody is told of problems while it is in effect.

    A fixed one lasts from `start` to `end`. A flexible one begins with the first problem between the two and
    lasts `duration` seconds. A triggered one begins and ends with another one.
    """

    id: int
    host: str
    service: str = ""
    entry_time: Instant
    start: Instant
    end: Instant
    fixed: bool = True
    duration: float = 0.0
    """Seconds."""
    triggered_by: int = 0
    """Number of the downtime that it follows; 0 for none."""
    author: str = ""
    text: str = ""
    comment_id: int = 0
    in_effect: bool = False
    flexible_start: Instant = NEVER
    """When a flexible one began."""
    start_told: bool = False
    """People were told of its start."""

    @property
    def key(self) -> ObjectKey:
        """The object that it is about."""
        return (self.host, self.service)


class ContactRuntime(msgspec.Struct, frozen=True, kw_only=True):
    """What we know of a contact at this moment."""

    last_host_notification: Instant = NEVER
    last_service_notification: Instant = NEVER


ChangeKey = tuple[str, str, str]
"""What a change is about: (``host``, name, ""), (``service``, host, description), (``contact``, name, "") or
(``program``, "", "")."""

PROGRAM: ChangeKey = ("program", "", "")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one object (or of the program) that were changed while running.

    The bits are Nagios' modified attributes: at the next start a field keeps its changed value only if its bit
    is set.
    """

    bits: int = 0
    """Of a host or service, and a contact's own (custom variables)."""
    host_bits: int = 0
    """Of a contact or the program, about hosts."""
    service_bits: int = 0
    """Of a contact or the program, about services."""
    fields: dict[str, Any] = {}
    """Field name to value as plain data; ``custom`` holds the changed custom variables only."""
