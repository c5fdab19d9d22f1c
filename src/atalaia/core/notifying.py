"""Is somebody told, and if not, why not: Nagios Core's filters in Nagios' order.

A decision always carries its reason, which is stored and shown. Nothing is sent here and nothing is changed:
`world.py` keeps the books.
"""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from enum import StrEnum

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.objects import Contact, Host, MainSettings, ObjectKey, Service, TimePeriod
from atalaia.core.runtime import Runtime
from atalaia.core.states import HostState, StateType
from atalaia.core.step import NotificationKind
from atalaia.core.timeperiods import contains, next_opening


class Reason(StrEnum):
    """Why somebody was told, or was not. The values are stored; a sentence for each is with the texts."""

    FIRST = "first"
    """Told: the first message about this problem."""
    INTERVAL = "interval"
    """Told again: the notification interval has passed."""
    STATE_CHANGED = "state_changed"
    """Told again: the problem is another one now."""
    VOLATILE = "volatile"
    """Told: every bad result of a volatile service is told."""
    RECOVERED = "recovered"
    """Told: the problem that was told has ended."""
    ASKED_FOR = "asked_for"
    """Told: somebody acknowledged it, or sent a message of their own."""
    FORCED = "forced"
    """Told: whoever sent it asked for all filters to be passed over."""
    BEGAN_OR_ENDED = "began_or_ended"
    """Told: a downtime or flapping began or ended, and it is to be told."""

    DISABLED_EVERYWHERE = "disabled_everywhere"
    OUTSIDE_PERIOD = "outside_period"
    DISABLED = "disabled"
    SOFT = "soft"
    ACKNOWLEDGED = "acknowledged"
    DEPENDENCY = "dependency"
    """Something that it depends on is bad; people are told about that instead."""
    OPTIONS = "options"
    NOTHING_TOLD = "nothing_told"
    FIRST_DELAY = "first_delay"
    FLAPPING = "flapping"
    IN_DOWNTIME = "in_downtime"
    HOST_IN_DOWNTIME = "host_in_downtime"
    AWAITS_DOWNTIME = "awaits_downtime"
    """A flexible downtime of it could begin at any moment."""
    HOST_AWAITS_DOWNTIME = "host_awaits_downtime"
    NO_PROBLEM = "no_problem"
    """There is nothing to acknowledge."""
    ONCE_ONLY = "once_only"
    HOST_NOT_UP = "host_not_up"
    PARENTS_NOT_UP = "parents_not_up"
    TOO_EARLY = "too_early"
    NO_CONTACTS = "no_contacts"

    CONTACT_DISABLED = "contact_disabled"
    CONTACT_OUTSIDE_PERIOD = "contact_outside_period"
    CONTACT_OPTIONS = "contact_options"
    CONTACT_IMPORTANCE = "contact_importance"
    CONTACT_HAS_NO_WAY = "contact_has_no_way"
    """The contact names neither a notification command nor a channel."""


class Decision(msgspec.Struct, frozen=True):
    """Told or not, and why."""

    told: bool
    reason: Reason
    not_before: Instant | None = None
    """For OUTSIDE_PERIOD: when the notification period opens again."""
    because_of: ObjectKey | None = None
    """For DEPENDENCY: what it depends on."""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the filters look at."""

    kind: NotificationKind
    object: Host | Service
    now_known: Runtime
    host: Host
    host_known: Runtime
    parent_states: Sequence[int]
    """Current states of the host's parents."""
    pending_downtime: bool = False
    """A flexible downtime of the object waits for a problem, and its window is open."""
    host_pending_downtime: bool = False
    failing_master: ObjectKey | None
    """Something that the object, or a service's host, depends on and because of which people are not told."""
    settings: MainSettings
    periods: dict[str, TimePeriod]
    tz: tzinfo
    program_start: Instant
    now: Instant
    forced: bool = False


_FLAPPING = frozenset(
    {NotificationKind.FLAPPINGSTART, NotificationKind.FLAPPINGSTOP, NotificationKind.FLAPPINGDISABLED}
)
_DOWNTIME = frozenset(
    {NotificationKind.DOWNTIMESTART, NotificationKind.DOWNTIMEEND, NotificationKind.DOWNTIMECANCELLED}
)


def decide(s: Situation) -> Decision:
    """The filters that hold for everybody; the first that objects decides (Nagios' order).

    Nagios also asks a service's parents, in a way that never objects; so nothing is asked here.
    """
    if s.forced:
        return Decision(True, Reason.FORCED)
    refused = _by_switches(s)
    if refused is not None:
        return refused
    if s.kind not in (NotificationKind.PROBLEM, NotificationKind.RECOVERY):
        return _about_something_else(s)
    rt = s.now_known
    if rt.state_type is StateType.SOFT:
        return Decision(False, Reason.SOFT)
    if rt.acknowledged:
        return Decision(False, Reason.ACKNOWLEDGED)
    if s.failing_master is not None and (rt.state != 0 or rt.notified_on):
        return Decision(False, Reason.DEPENDENCY, because_of=s.failing_master)
    refusal = _by_state(s) or _by_circumstance(s)
    if refusal is not None:
        return Decision(False, refusal)
    return Decision(True, _why_now(s))


def _by_switches(s: Situation) -> Decision | None:
    obj = s.object
    if not s.settings.enable_notifications:
        return Decision(False, Reason.DISABLED_EVERYWHERE)
    period = obj.notification_period
    if period is None and isinstance(obj, Service):
        period = s.host.notification_period
    if not contains(s.periods, period, s.now, s.tz):
        opening = next_opening(s.periods, period, s.now, s.tz)
        return Decision(False, Reason.OUTSIDE_PERIOD, opening)
    if not obj.notifications_enabled:
        return Decision(False, Reason.DISABLED)
    return None


def _about_something_else(s: Situation) -> Decision:
    """Acknowledgements, flapping, downtimes and messages by hand pass fewer filters."""
    rt, options = s.now_known, s.object.notification_options
    in_downtime = rt.downtime_depth > 0
    host_in_downtime = isinstance(s.object, Service) and s.host_known.downtime_depth > 0
    if s.kind is NotificationKind.ACKNOWLEDGEMENT:
        return Decision(rt.state != 0, Reason.ASKED_FOR if rt.state else Reason.NO_PROBLEM)
    if s.kind in _FLAPPING and "f" not in options:
        return Decision(False, Reason.OPTIONS)
    if s.kind in _DOWNTIME:
        if "s" not in options:
            return Decision(False, Reason.OPTIONS)
        host_in_downtime = False
    if in_downtime:
        return Decision(False, Reason.IN_DOWNTIME)
    if host_in_downtime:
        return Decision(False, Reason.HOST_IN_DOWNTIME)
    by_hand = s.kind is NotificationKind.CUSTOM
    return Decision(True, Reason.ASKED_FOR if by_hand else Reason.BEGAN_OR_ENDED)


def _by_state(s: Situation) -> Reason | None:
    rt = s.now_known
    if rt.state == 0 and not rt.notified_on:
        return Reason.NOTHING_TOLD
    if _wanted_letter(s.object, rt.state) not in s.object.notification_options:
        return Reason.OPTIONS
    delay = s.object.first_notification_delay * s.settings.interval_length
    first_problem = s.kind is NotificationKind.PROBLEM and rt.notification_number == 0 and rt.state != 0
    if first_problem and delay > 0:
        since = rt.last_hard_state_change or s.program_start
        if int(s.now) < int(since + delay):
            return Reason.FIRST_DELAY
    return None


def _by_circumstance(s: Situation) -> Reason | None:
    """What keeps people from being told for the time being.

    The time between two messages is compared in whole seconds, as in Nagios: with a check every so many minutes
    and a message every so many, a few milliseconds must not cost a message.
    """
    rt = s.now_known
    if rt.is_flapping:
        return Reason.FLAPPING
    if rt.downtime_depth > 0:
        return Reason.IN_DOWNTIME
    is_service = isinstance(s.object, Service)
    if is_service and s.host_known.downtime_depth > 0:
        return Reason.HOST_IN_DOWNTIME
    if s.pending_downtime:
        return Reason.AWAITS_DOWNTIME
    if s.host_pending_downtime:
        return Reason.HOST_AWAITS_DOWNTIME
    if rt.no_more_notifications:
        return Reason.ONCE_ONLY
    if is_service:
        if s.host_known.state != HostState.UP and s.host_known.state_type is StateType.HARD:
            return Reason.HOST_NOT_UP
        if s.parent_states and HostState.UP not in s.parent_states:
            return Reason.PARENTS_NOT_UP
    if int(s.now) < int(rt.next_notification) and not _is_volatile(s.object):
        return Reason.TOO_EARLY
    return None


def _why_now(s: Situation) -> Reason:
    rt = s.now_known
    if s.kind is NotificationKind.RECOVERY:
        return Reason.RECOVERED
    if rt.notification_number == 0:
        return Reason.FIRST
    if not rt.last_notification:
        return Reason.STATE_CHANGED
    if _is_volatile(s.object) and s.now < rt.next_notification:
        return Reason.VOLATILE
    return Reason.INTERVAL


def decide_contact(
    contact: Contact,
    kind: NotificationKind,
    obj: Host | Service,
    known: Runtime,
    importance: int,
    periods: dict[str, TimePeriod],
    tz: tzinfo,
    now: Instant,
    *,
    forced: bool = False,
) -> Reason | None:
    """Why this contact is not told, or None when nothing objects.

    Args:
        forced: whoever sent it asked for all filters to be passed over.
        importance: the object's; for a host the sum with its services' (Nagios' rule).
    """
    if forced:
        return None
    if isinstance(obj, Service):
        enabled, period = contact.service_notifications_enabled, contact.service_notification_period
        options = contact.service_notification_options
    else:
        enabled, period = contact.host_notifications_enabled, contact.host_notification_period
        options = contact.host_notification_options
    if contact.minimum_importance > importance:
        return Reason.CONTACT_IMPORTANCE
    if not enabled:
        return Reason.CONTACT_DISABLED
    if not contains(periods, period, now, tz):
        return Reason.CONTACT_OUTSIDE_PERIOD
    if kind is NotificationKind.CUSTOM:
        return None
    if kind in _FLAPPING or kind in _DOWNTIME:
        wanted = "f" if kind in _FLAPPING else "s"
        return None if wanted in options else Reason.CONTACT_OPTIONS
    if _wanted_letter(obj, known.state) not in options:
        return Reason.CONTACT_OPTIONS
    if (
        kind is NotificationKind.RECOVERY
        and isinstance(obj, Service)
        and not _share(known.notified_on, options)
    ):
        # Nagios: a contact who only wants CRITICAL is not told that a WARNING is over.
        return Reason.CONTACT_OPTIONS
    return None


def next_notification_at(
    obj: Host | Service, interval: float, settings: MainSettings, since: Instant
) -> tuple[Instant, bool]:
    """When the object may be told about again, and whether that is the last word.

    Args:
        interval: in units of `interval_length`; the object's own, or that of its escalations.
        since: when people were told.

    Returns:
        The moment, and True when nobody is to be told again: an interval of 0, unless it is volatile.
    """
    return Instant(since + interval * settings.interval_length), interval == 0 and not _is_volatile(obj)


def _wanted_letter(obj: Host | Service, state: int) -> str:
    return "r" if state == 0 else obj.state_letter(state)


def _share(left: Iterable[str], right: str) -> bool:
    return any(letter in right for letter in left)


def _is_volatile(obj: Host | Service) -> bool:
    return isinstance(obj, Service) and obj.is_volatile
