"""What the API sends: the shapes of its answers and how they become JSON. No HTTP here.

Hosts, services and the status are sent as the Control port gives them; this file holds the rest.
"""

from typing import Generic, TypeVar

import msgspec

from atalaia.core.events import Event
from atalaia.ports.control import CommentView, DowntimeView, Explanation, HostView, Reason, ServiceView
from atalaia.ports.storage import StoredEvent

Item = TypeVar("Item")


class Listed(msgspec.Struct, Generic[Item], frozen=True, kw_only=True):
    """One page of a list: `total` counts what the filters let through, not what is on this page."""

    items: list[Item]
    total: int
    limit: int
    offset: int


class OneHost(HostView, frozen=True, kw_only=True):
    """A host that was asked for by name: with what people left on it."""

    comments: tuple[CommentView, ...] = ()
    downtimes: tuple[DowntimeView, ...] = ()


class OneService(ServiceView, frozen=True, kw_only=True):
    """The same of a service."""

    comments: tuple[CommentView, ...] = ()
    downtimes: tuple[DowntimeView, ...] = ()


class EventsListed(msgspec.Struct, frozen=True, kw_only=True):
    """One page of events, oldest first."""

    items: list[msgspec.Raw]
    """Each event with its `id`, flat."""
    limit: int
    last: int
    """Ask for what comes `after` this number to go on."""
    more: bool
    """More events are stored already."""


class ExplanationSent(msgspec.Struct, frozen=True, kw_only=True):
    """An explanation whose events look like those of the event list."""

    host: str
    service: str
    reasons: tuple[Reason, ...]
    events: list[msgspec.Raw]


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request was not answered."""

    error: str
    fault: str = ""
    """Of a command, what kind of refusal it is: ``malformed``, ``unknown``, ``failed``, ``pointless`` (there is
    nothing to do) or ``unauthorised``."""


def encode(value: object) -> bytes:
    """Any of the shapes as JSON."""
    return msgspec.json.encode(value)


def encode_event(stored: StoredEvent) -> bytes:
    """One event as a flat JSON object that begins with its number."""
    event: Event = stored.event
    return b'{"id":%d,%s' % (stored.id, msgspec.json.encode(event)[1:])


def raw_event(stored: StoredEvent) -> msgspec.Raw:
    """The same as a part of a larger answer."""
    return msgspec.Raw(encode_event(stored))


def explanation_sent(explanation: Explanation) -> ExplanationSent:
    """An explanation as the API sends it."""
    return ExplanationSent(
        host=explanation.host,
        service=explanation.service,
        reasons=explanation.reasons,
        events=[raw_event(stored) for stored in explanation.events],
    )
