"""Commands that switch something on or off, for one object, many, or the whole program."""

from collections.abc import Callable, Iterator
from functools import partial

from atalaia.core import schedule
from atalaia.core.objects import Contact, Host, Service
from atalaia.core.orders import targets
from atalaia.core.orders.reading import Hand
from atalaia.core.orders.targets import Target

Carry = Callable[[Hand], None]

_ENABLE = (("ENABLE", True), ("DISABLE", False))
_START = (("START", True), ("STOP", False))

_OBJECT_SWITCHES: tuple[tuple[str, str, Target], ...] = (
    ("HOST_NOTIFICATIONS", "notifications_enabled", targets.one_host),
    ("SVC_NOTIFICATIONS", "notifications_enabled", targets.one_service),
    ("HOST_SVC_NOTIFICATIONS", "notifications_enabled", targets.services_of_host),
    ("HOSTGROUP_HOST_NOTIFICATIONS", "notifications_enabled", targets.hosts_of_host_group),
    ("HOSTGROUP_SVC_NOTIFICATIONS", "notifications_enabled", targets.services_of_host_group),
    ("SERVICEGROUP_HOST_NOTIFICATIONS", "notifications_enabled", targets.hosts_of_service_group),
    ("SERVICEGROUP_SVC_NOTIFICATIONS", "notifications_enabled", targets.services_of_service_group),
    ("ALL_NOTIFICATIONS_BEYOND_HOST", "notifications_enabled", targets.beyond_host),
    ("HOST_AND_CHILD_NOTIFICATIONS", "notifications_enabled", targets.host_and_children),
    ("HOST_CHECK", "active_checks_enabled", targets.one_host),
    ("SVC_CHECK", "active_checks_enabled", targets.one_service),
    ("HOST_SVC_CHECKS", "active_checks_enabled", targets.services_of_host),
    ("HOSTGROUP_HOST_CHECKS", "active_checks_enabled", targets.hosts_of_host_group),
    ("HOSTGROUP_SVC_CHECKS", "active_checks_enabled", targets.services_of_host_group),
    ("SERVICEGROUP_HOST_CHECKS", "active_checks_enabled", targets.hosts_of_service_group),
    ("SERVICEGROUP_SVC_CHECKS", "active_checks_enabled", targets.services_of_service_group),
    ("PASSIVE_HOST_CHECKS", "passive_checks_enabled", targets.one_host),
    ("PASSIVE_SVC_CHECKS", "passive_checks_enabled", targets.one_service),
    ("HOSTGROUP_PASSIVE_HOST_CHECKS", "passive_checks_enabled", targets.hosts_of_host_group),
    ("HOSTGROUP_PASSIVE_SVC_CHECKS", "passive_checks_enabled", targets.services_of_host_group),
    ("SERVICEGROUP_PASSIVE_HOST_CHECKS", "passive_checks_enabled", targets.hosts_of_service_group),
    ("SERVICEGROUP_PASSIVE_SVC_CHECKS", "passive_checks_enabled", targets.services_of_service_group),
    ("HOST_EVENT_HANDLER", "event_handler_enabled", targets.one_host),
    ("SVC_EVENT_HANDLER", "event_handler_enabled", targets.one_service),
    ("HOST_FLAP_DETECTION", "flap_detection_enabled", targets.one_host),
    ("SVC_FLAP_DETECTION", "flap_detection_enabled", targets.one_service),
)

_OBSESSING: tuple[tuple[str, str, Target], ...] = (
    ("OBSESSING_OVER_HOST", "obsess", targets.one_host),
    ("OBSESSING_OVER_SVC", "obsess", targets.one_service),
)

_CONTACT_SWITCHES: tuple[tuple[str, str, Callable[[Hand], list[Contact]]], ...] = (
    ("CONTACT_HOST_NOTIFICATIONS", "host_notifications_enabled", targets.one_contact),
    ("CONTACT_SVC_NOTIFICATIONS", "service_notifications_enabled", targets.one_contact),
    ("CONTACTGROUP_HOST_NOTIFICATIONS", "host_notifications_enabled", targets.contacts_of_group),
    ("CONTACTGROUP_SVC_NOTIFICATIONS", "service_notifications_enabled", targets.contacts_of_group),
)

_PROGRAM_ENABLES: tuple[tuple[str, str], ...] = (
    ("NOTIFICATIONS", "enable_notifications"),
    ("EVENT_HANDLERS", "enable_event_handlers"),
    ("FLAP_DETECTION", "enable_flap_detection"),
    ("PERFORMANCE_DATA", "process_performance_data"),
    ("SERVICE_FRESHNESS_CHECKS", "check_service_freshness"),
    ("HOST_FRESHNESS_CHECKS", "check_host_freshness"),
)

_PROGRAM_STARTS: tuple[tuple[str, str], ...] = (
    ("EXECUTING_HOST_CHECKS", "execute_host_checks"),
    ("EXECUTING_SVC_CHECKS", "execute_service_checks"),
    ("ACCEPTING_PASSIVE_HOST_CHECKS", "accept_passive_host_checks"),
    ("ACCEPTING_PASSIVE_SVC_CHECKS", "accept_passive_service_checks"),
    ("OBSESSING_OVER_HOST_CHECKS", "obsess_over_hosts"),
    ("OBSESSING_OVER_SVC_CHECKS", "obsess_over_services"),
)


def commands() -> Iterator[tuple[str, Carry]]:
    """Every command of this family with what carries it out."""
    for words, table in ((_ENABLE, _OBJECT_SWITCHES), (_START, _OBSESSING)):
        for word, on in words:
            for name, field, target in table:
                yield f"{word}_{name}", partial(_switch_objects, target, field, on)
    for word, on in _ENABLE:
        for name, field, contacts in _CONTACT_SWITCHES:
            yield f"{word}_{name}", partial(_switch_contacts, contacts, field, on)
    for words, settings in ((_ENABLE, _PROGRAM_ENABLES), (_START, _PROGRAM_STARTS)):
        for word, on in words:
            for name, field in settings:
                yield f"{word}_{name}", partial(_switch_program, field, on)
    yield "ENTER_ACTIVE_MODE", partial(_switch_program, "enable_notifications", True)
    yield "ENTER_STANDBY_MODE", partial(_switch_program, "enable_notifications", False)


def _switch_objects(target: Target, field: str, on: bool, hand: Hand) -> None:  # noqa: FBT001 - bound in a table
    """Sets a switch of every object concerned; one that stands so already is left alone (Nagios' rule)."""
    world = hand.world
    for found in target(hand):
        obj = world.topology.checkables[found.key]  # it may have been reached before, by another way
        if getattr(obj, field) == on:
            continue
        world.changes.set(world.topology, obj, field, on, hand.now, hand.effects)
        changed = world.topology.checkables[obj.key]
        if field == "active_checks_enabled":
            _checks_switched(hand, changed, on=on)
        elif field == "flap_detection_enabled":
            _flapping_switched(hand, changed, on=on)


def _checks_switched(hand: Hand, changed: Host | Service, *, on: bool) -> None:
    planner = hand.world.planner
    pending = planner.queue.get(changed.key)
    if on and schedule.is_scheduled(changed):
        window = schedule.check_window(changed, hand.world.states[changed.key], hand.world.settings)
        planner.plan(changed, hand.now, window)
    elif not on and pending is not None and not pending.forced:
        planner.queue.remove(changed.key)


def _flapping_switched(hand: Hand, changed: Host | Service, *, on: bool) -> None:
    if on:
        hand.world.flapping.look(changed, hand.now, hand.effects, record=False)
    else:
        hand.world.flapping.switched_off(changed, hand.now, hand.effects)


def _switch_contacts(
    target: Callable[[Hand], list[Contact]],
    field: str,
    on: bool,  # noqa: FBT001 - bound in a table
    hand: Hand,
) -> None:
    for contact in target(hand):
        if getattr(contact, field) != on:
            hand.world.changes.set(hand.world.topology, contact, field, on, hand.now, hand.effects)


def _switch_program(field: str, on: bool, hand: Hand) -> None:  # noqa: FBT001 - bound in a table
    world = hand.world
    if getattr(world.settings, field) == on:
        return
    world.changes.set(world.topology, None, field, on, hand.now, hand.effects)
    if field == "enable_flap_detection":
        for checkable in world.topology.checkables.values():
            _flapping_switched(hand, checkable, on=on)
