"""What follows from a step: facts to store and things to do once they are stored."""

import msgspec

from atalaia.core.events import AnyEvent
from atalaia.core.objects import CommandCall, ObjectKey
from atalaia.core.runtime import Runtime
from atalaia.core.step import NotificationKind


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One contact is told by one way."""

    key: ObjectKey
    contact: str
    kind: NotificationKind
    call: CommandCall | None
    """The notification command; None for a built-in channel."""
    channel: str
    """``command``, or the built-in channel that the contact asks for."""
    seen: Runtime
    """The object as it was when this was decided."""
    number: int
    recipients: tuple[str, ...]
    """All contacts told by this notification ($NOTIFICATIONRECIPIENTS$)."""
    problem_id: int
    """The problem that this is about, also for its recovery."""
    problem_since: float
    """When the problem began: its first bad result, confirmed or not."""
    author: str = ""
    comment: str = ""


class HandlerCall(msgspec.Struct, frozen=True, kw_only=True):
    """One event handler runs."""

    key: ObjectKey
    call: CommandCall
    is_global: bool
    seen: Runtime
    """The object as it was when the event happened."""


class Effects(msgspec.Struct, kw_only=True):
    """Collected over one or several steps; the engine stores `events` and `changed` first, then acts."""

    events: list[AnyEvent] = []
    changed: dict[ObjectKey, Runtime] = {}
    tellings: list[Telling] = []
    handlers: list[HandlerCall] = []
