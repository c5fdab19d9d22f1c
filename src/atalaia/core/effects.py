"""What follows from a step: facts to store and things to do once they are stored."""

from copy import copy
from enum import StrEnum

import msgspec

from atalaia.core.events import AnyFact
from atalaia.core.objects import CommandCall, ObjectKey
from atalaia.core.records import Change, ChangeKey, Comment, ContactRuntime, Downtime
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
    escalated: bool = False
    """The contacts come from an escalation."""
    place: int = 0
    """Which of the contact's ways this is: two may be one command with other arguments."""
    author: str = ""
    comment: str = ""


class HandlerCall(msgspec.Struct, frozen=True, kw_only=True):
    """One event handler runs."""

    key: ObjectKey
    call: CommandCall
    is_global: bool
    seen: Runtime
    """The object as it was when the event happened."""


class ResultReport(msgspec.Struct, frozen=True, kw_only=True):
    """A processed result that others want to hear of: obsessive commands, or the performance data of it."""

    key: ObjectKey
    seen: Runtime
    """The object right after the result."""
    obsess: bool
    perfdata: bool


class WishKind(StrEnum):
    """What the core asks of the server as a whole."""

    SHUT_DOWN = "shut_down"
    RESTART = "restart"
    """Read the configuration again."""
    SAVE_STATE = "save_state"
    READ_STATE = "read_state"
    PROCESS_FILE = "process_file"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Something that only the server can do."""

    kind: WishKind
    path: str = ""
    """PROCESS_FILE: the file with commands."""
    delete: bool = False
    """PROCESS_FILE: delete it afterwards."""


class Effects(msgspec.Struct, kw_only=True):
    """Collected over one or several steps; the engine stores `events` and `changed` first, then acts."""

    events: list[AnyFact] = []
    changed: dict[ObjectKey, Runtime] = {}
    comments: dict[int, Comment | None] = {}
    """New and deleted (None) comments."""
    downtimes: dict[int, Downtime | None] = {}
    """New, changed and ended (None) downtimes."""
    changes: dict[ChangeKey, Change | None] = {}
    """Settings changed while running."""
    contacts: dict[str, ContactRuntime] = {}
    tellings: list[Telling] = []
    handlers: list[HandlerCall] = []
    reports: list[ResultReport] = []
    wishes: list[Wish] = []

    @property
    def is_empty(self) -> bool:
        """Nothing is to be stored, told or done."""
        return not (
            self.changed
            or self.events
            or self.comments
            or self.downtimes
            or self.changes
            or self.contacts
            or self.tellings
            or self.handlers
            or self.reports
            or self.wishes
        )

    def own(self, states: dict[ObjectKey, Runtime], key: ObjectKey) -> Runtime:
        """The object's runtime, ready to be changed: a copy made once for this collection, so that whoever
        holds the former value keeps it unchanged."""
        known = states[key]
        if self.changed.get(key) is known:
            return known
        after = copy(known)
        states[key] = self.changed[key] = after
        return after
