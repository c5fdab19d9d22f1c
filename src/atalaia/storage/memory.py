"""A store that forgets everything with its process: for simulations and tests."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from itertools import islice
from typing import TypeVar

from atalaia.core.events import AnyEvent, type_name
from atalaia.core.objects import ObjectKey
from atalaia.core.records import Change, ChangeKey, Comment, ContactRuntime, Downtime
from atalaia.core.runtime import Runtime
from atalaia.ports.storage import Batch, EventFilter, Memory, OutboxItem, StoredEvent

_Key = TypeVar("_Key")
_Record = TypeVar("_Record")


class MemoryStore:
    """Implements `atalaia.ports.storage.Store` in dictionaries. Not thread-safe."""

    def __init__(self) -> None:
        self._states: dict[ObjectKey, Runtime] = {}
        self._outbox: dict[str, OutboxItem] = {}
        self._values: dict[str, str] = {}
        self._comments: dict[int, Comment] = {}
        self._downtimes: dict[int, Downtime] = {}
        self._changes: dict[ChangeKey, Change] = {}
        self._contacts: dict[str, ContactRuntime] = {}
        self._events: list[StoredEvent] = []

    def load(self) -> Memory:
        """Everything that is needed to go on where the last run stopped."""
        return Memory(
            states={key: copy(state) for key, state in self._states.items()},
            outbox=list(self._outbox.values()),
            values=dict(self._values),
            comments=list(self._comments.values()),
            downtimes=list(self._downtimes.values()),
            changes=dict(self._changes),
            contacts=dict(self._contacts),
        )

    def write(self, batch: Batch) -> Sequence[StoredEvent]:
        """Keeps the batch and returns its events with their numbers."""
        self._states.update((key, copy(state)) for key, state in batch.states.items())
        for key in batch.forget:
            self._states.pop(key, None)
        self._outbox.update((item.message.key, item) for item in batch.outbox)
        for name in batch.sent:
            self._outbox.pop(name, None)
        self._values.update(batch.values)
        _merge(self._comments, batch.comments)
        _merge(self._downtimes, batch.downtimes)
        _merge(self._changes, batch.changes)
        _merge(self._contacts, batch.contacts)
        stored = [
            StoredEvent(id=number, event=event)
            for number, event in enumerate(batch.events, start=len(self._events) + 1)
        ]
        self._events.extend(stored)
        return stored

    def events_after(self, after: int, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        """Events with a larger number than `after`, oldest first."""
        return _some(self._events[max(0, after) :], limit, wanted)

    def last_events(self, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        """The newest events, newest first."""
        return _some(reversed(self._events), limit, wanted)

    def close(self) -> None:
        """There is nothing to let go of: the same object may be loaded again."""


def _some(events: Iterable[StoredEvent], limit: int, wanted: EventFilter) -> list[StoredEvent]:
    return list(islice((stored for stored in events if _is_wanted(stored.event, wanted)), max(0, limit)))


def _is_wanted(event: AnyEvent, wanted: EventFilter) -> bool:
    return (
        (wanted.host is None or event.host == wanted.host)
        and (wanted.service is None or event.service == wanted.service)
        and (wanted.types is None or type_name(event) in wanted.types)
    )


def _merge(kept: dict[_Key, _Record], news: Mapping[_Key, _Record | None]) -> None:
    for key, record in news.items():
        if record is None:
            kept.pop(key, None)
        else:
            kept[key] = record
