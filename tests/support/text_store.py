"""A store that keeps the very texts that the database would hold, in dictionaries: quick, and as forgetful."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from atalaia.core.events import AnyEvent
from atalaia.core.objects import ObjectKey
from atalaia.core.records import Change, ChangeKey, Comment, ContactRuntime, Downtime
from atalaia.ports.storage import Batch, Memory, OutboxItem
from atalaia.storage.records import event_from, message_from, runtime_from, to_json

_Key = TypeVar("_Key")


class TextStore:
    """As much of `atalaia.ports.storage.Store` as a history needs."""

    def __init__(self) -> None:
        self._states: dict[ObjectKey, str] = {}
        self._comments: dict[int, str] = {}
        self._downtimes: dict[int, str] = {}
        self._changes: dict[ChangeKey, str] = {}
        self._contacts: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._outbox: dict[str, tuple[str, str]] = {}
        self._events: list[str] = []

    def write(self, batch: Batch) -> None:
        """Keeps a batch, as text."""
        _merge(self._states, batch.states)
        for key in batch.forget:
            self._states.pop(key, None)
        _merge(self._comments, batch.comments)
        _merge(self._downtimes, batch.downtimes)
        _merge(self._changes, batch.changes)
        _merge(self._contacts, batch.contacts)
        self._values.update(batch.values)
        for item in batch.outbox:
            self._outbox[item.message.key] = (item.channel, to_json(item.message))
        self._events += [to_json(event) for event in batch.events]

    def load(self) -> Memory:
        """Everything, read back from its text."""
        outbox = []
        for key, (channel, text) in self._outbox.items():
            message = message_from(text, key)
            if message is not None:
                outbox.append(OutboxItem(channel=channel, message=message))
        return Memory(
            states={key: runtime_from(text, *key) for key, text in self._states.items()},
            outbox=outbox,
            values=dict(self._values),
            comments=[msgspec.json.decode(text, type=Comment) for text in self._comments.values()],
            downtimes=[msgspec.json.decode(text, type=Downtime) for text in self._downtimes.values()],
            changes={key: msgspec.json.decode(text, type=Change) for key, text in self._changes.items()},
            contacts={
                name: msgspec.json.decode(text, type=ContactRuntime) for name, text in self._contacts.items()
            },
        )

    def events(self) -> list[AnyEvent]:
        """Every stored event, oldest first, read back from its text."""
        return [event for at, text in enumerate(self._events) if (event := event_from(text, at)) is not None]


def _merge(kept: dict[_Key, str], news: Mapping[_Key, msgspec.Struct | None]) -> None:
    for key, record in news.items():
        if record is None:
            kept.pop(key, None)
        else:
            kept[key] = to_json(record)
