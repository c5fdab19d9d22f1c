"""Memory that survives: current state, events, and messages that wait to be sent."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from atalaia.core.events import AnyEvent
from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.records import Change, ChangeKey, Comment, ContactRuntime, Downtime
from atalaia.core.runtime import Runtime
from atalaia.ports.channels import Message


class StoredEvent(msgspec.Struct, frozen=True):
    """An event with its number; numbers grow without regard to time and are never reused."""

    id: int
    event: AnyEvent


class OutboxItem(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way. `channel` names who sends it (``mail``, ``command``)."""

    channel: str
    message: Message
    tries: int = 0
    next_try: Instant = Instant(0.0)
    last_error: str = ""


class Batch(msgspec.Struct, kw_only=True):
    """What is written in one transaction: all of it or nothing."""

    states: dict[ObjectKey, Runtime] = {}
    """Current state by object; replaces what was stored for it."""
    forget: list[ObjectKey] = []
    """Objects that no longer exist: their current state is removed, their events stay."""
    events: list[AnyEvent] = []
    outbox: list[OutboxItem] = []
    """New or updated messages, by `message.key`."""
    sent: list[str] = []
    """Keys of messages that are done and leave the outbox."""
    comments: dict[int, Comment | None] = {}
    """New comments by number; None deletes one. The same holds for the three below."""
    downtimes: dict[int, Downtime | None] = {}
    changes: dict[ChangeKey, Change | None] = {}
    contacts: dict[str, ContactRuntime | None] = {}
    values: dict[str, str] = {}
    """Small facts about the server itself (counters, clean shutdown)."""


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a starting server needs."""

    states: dict[ObjectKey, Runtime]
    outbox: list[OutboxItem]
    values: dict[str, str]
    comments: list[Comment] = []
    downtimes: list[Downtime] = []
    changes: dict[ChangeKey, Change] = {}
    contacts: dict[str, ContactRuntime] = {}


class EventFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which events a reader wants; None is all."""

    host: str | None = None
    service: str | None = None
    types: tuple[str, ...] | None = None


class StorageError(Exception):
    """The store cannot be opened or written; the sentence says what to do."""


class Store(Protocol):
    """One server's memory. Methods block: the engine calls `write` from one writer thread, readers call the
    rest from theirs."""

    def load(self) -> Memory:
        """Everything that is needed to go on where the last run stopped."""
        ...

    def write(self, batch: Batch) -> Sequence[StoredEvent]:
        """Stores the batch durably and returns its events with their numbers.

        Raises:
            StorageError: nothing of the batch was stored.
        """
        ...

    def events_after(self, after: int, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        """Events with a larger number than `after`, oldest first."""
        ...

    def last_events(self, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        """The newest events, newest first."""
        ...

    def close(self) -> None:
        """Lets go of the file."""
        ...
