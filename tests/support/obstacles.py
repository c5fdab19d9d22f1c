"""What may hold a recovery back from a contact: the promise in plain words, without the code under test."""

from collections.abc import Iterator

from atalaia.core.dependencies import Question
from atalaia.core.instants import Instant
from atalaia.core.objects import Contact, Host, ObjectKey, Service
from atalaia.core.states import StateType
from atalaia.core.timeperiods import contains
from atalaia.core.world import World


def obstacles(world: World, key: ObjectKey, contact_name: str, now: Instant) -> list[str]:
    """Why this contact cannot be told now that the object is well again; empty when nothing objects."""
    checkable = world.topology.checkables[key]
    contact = world.model.contacts.get(contact_name)
    found = list(_of_object(world, checkable, now))
    found += ["the contact is gone"] if contact is None else _of_contact(world, checkable, contact, now)
    return found


def _of_object(world: World, checkable: Host | Service, now: Instant) -> Iterator[str]:
    known, host = world.states[checkable.key], world.model.hosts[checkable.host_name]
    host_known = world.states[host.key]
    if not world.settings.enable_notifications:
        yield "notifications are off everywhere"
    if not checkable.notifications_enabled:
        yield "notifications are off for the object"
    period = checkable.notification_period
    if period is None and isinstance(checkable, Service):
        period = host.notification_period
    if not contains(world.model.timeperiods, period, now, world.tz):
        yield "the object's period is closed"
    if "r" not in checkable.notification_options:
        yield "the object tells no recoveries"
    if known.is_flapping:
        yield "it flaps"
    yield from _of_neighbours(world, {checkable.key, host.key}, now)
    if isinstance(checkable, Service):
        if host_known.state != 0 and host_known.state_type is StateType.HARD:
            yield "its host is down"
        if host.parents and all(world.states[(name, "")].state != 0 for name in host.parents):
            yield "no parent of its host is up"


def _of_neighbours(world: World, keys: set[ObjectKey], now: Instant) -> Iterator[str]:
    """Downtimes, and what depends on others: the object's own and its host's."""
    for key in keys:
        for downtime in world.downtimes.book.of(key):
            if downtime.in_effect:
                yield "it is in downtime"
            elif not (downtime.fixed or downtime.triggered_by) and downtime.start <= now <= downtime.end:
                yield "a flexible downtime may begin"
        if world.dependencies.failing(key, Question.NOTIFICATION, now) is not None:
            yield "something that it depends on is bad"


def _of_contact(world: World, checkable: Host | Service, contact: Contact, now: Instant) -> list[str]:
    if isinstance(checkable, Service):
        enabled, period = contact.service_notifications_enabled, contact.service_notification_period
        options, ways = contact.service_notification_options, contact.service_notification_commands
        importance = checkable.importance
    else:
        enabled, period = contact.host_notifications_enabled, contact.host_notification_period
        options, ways = contact.host_notification_options, contact.host_notification_commands
        services = world.topology.services_of[checkable.host_name]
        importance = checkable.importance + sum(one.importance for one in services)
    reasons = {
        "the contact is switched off": not enabled,
        "the contact's period is closed": not contains(world.model.timeperiods, period, now, world.tz),
        "the contact wants no recoveries": "r" not in options,
        "it is not important enough": contact.minimum_importance > importance,
        "the contact has no way": not ways and not contact.custom.get("CHANNEL"),
    }
    return [reason for reason, holds in reasons.items() if holds]
