"""What the server keeps, as people see it: hosts, services, comments, downtimes, switches. Snapshots."""

from collections.abc import Mapping
from typing import Any

import msgspec

from atalaia.core.changes import HOST_PART_BITS, OBJECT_BITS, SERVICE_PART_BITS, key_of
from atalaia.core.flapping import thresholds
from atalaia.core.instants import NEVER, Instant
from atalaia.core.objects import Host, Service
from atalaia.core.records import PROGRAM, Change, Comment, Downtime
from atalaia.core.runtime import Runtime
from atalaia.core.world import World
from atalaia.ports.control import CommentView, DowntimeView, HostView, ProgramView, ServiceView

PENDING = "PENDING"

_SWITCHES = tuple(name for name in ProgramView.__struct_fields__ if name != "changed")


def state_of(checkable: Host | Service, known: Runtime) -> str:
    """The state's name; PENDING until the first result."""
    return checkable.state_name(known.state) if known.has_been_checked else PENDING


def host_view(world: World, host: Host) -> HostView:
    """A host as it is now."""
    return HostView(
        name=host.host_name,
        alias=host.alias,
        display_name=host.display_name,
        address=host.address,
        parents=host.parents,
        groups=host.hostgroups,
        notification_period=host.notification_period or "",
        **_common(world, host, world.states[host.key]),
    )


def service_view(world: World, service: Service) -> ServiceView:
    """A service as it is now."""
    host = world.model.hosts[service.host_name]
    host_known = world.states[host.key]
    return ServiceView(
        host=service.host_name,
        description=service.service_description,
        display_name=service.display_name,
        host_state=state_of(host, host_known),
        host_in_downtime=host_known.downtime_depth > 0,
        groups=service.servicegroups,
        notification_period=service.notification_period or host.notification_period or "",
        **_common(world, service, world.states[service.key]),
    )


def comment_view(comment: Comment) -> CommentView:
    """A comment as people see it."""
    return CommentView(
        id=comment.id,
        host=comment.host,
        service=comment.service,
        kind=comment.kind.name.lower(),
        time=comment.entry_time,
        author=comment.author,
        text=comment.text,
        persistent=comment.persistent,
        expires=comment.expires,
    )


def downtime_view(downtime: Downtime) -> DowntimeView:
    """A downtime as people see it."""
    until = downtime.end
    if not downtime.fixed:
        begun = downtime.in_effect and downtime.flexible_start
        until = Instant(downtime.flexible_start + downtime.duration) if begun else NEVER
    return DowntimeView(
        id=downtime.id,
        host=downtime.host,
        service=downtime.service,
        time=downtime.entry_time,
        start=downtime.start,
        end=downtime.end,
        fixed=downtime.fixed,
        duration=downtime.duration,
        triggered_by=downtime.triggered_by,
        in_effect=downtime.in_effect,
        until=until,
        author=downtime.author,
        comment=downtime.text,
    )


def program_view(world: World) -> ProgramView:
    """The server's switches, and which of them were changed while running."""
    settings = world.settings
    change = world.changes.of(PROGRAM)
    bits = {name: HOST_PART_BITS.get(name, 0) | SERVICE_PART_BITS.get(name, 0) for name in _SWITCHES}
    known = change.host_bits | change.service_bits
    changed = [
        name
        for name in _SWITCHES
        if name in change.fields and bits[name] & known and change.fields[name] == getattr(settings, name)
    ]
    return ProgramView(**{name: getattr(settings, name) for name in _SWITCHES}, changed=tuple(changed))


def modified_attributes(world: World, checkable: Host | Service) -> tuple[str, ...]:
    """Names of the settings that were changed while running and are in force: Nagios' modified attributes."""
    change = world.changes.of(key_of(checkable))
    if not change.bits:
        return ()
    return tuple(
        name for name, bit in OBJECT_BITS.items() if change.bits & bit and _is_in_force(checkable, change, name)
    )


def _is_in_force(checkable: Host | Service, change: Change, name: str) -> bool:
    """A bit may be there without a change, and a change that was not kept over a restart without force."""
    wanted = change.fields.get(name, msgspec.UNSET)
    if wanted is msgspec.UNSET:
        return True
    value = getattr(checkable, name)
    if isinstance(wanted, Mapping):
        return all(value.get(key) == text for key, text in wanted.items())
    return bool(value == wanted)


def _common(world: World, checkable: Host | Service, known: Runtime) -> dict[str, Any]:
    pending = world.queue.get(checkable.key)
    unit = world.settings.interval_length
    return {
        "state": state_of(checkable, known),
        "state_type": known.state_type.name,
        "attempt": known.attempt,
        "max_attempts": checkable.max_check_attempts,
        "output": known.output,
        "long_output": known.long_output,
        "perfdata": known.perfdata,
        "last_check": known.last_check,
        "next_check": pending.at if pending else NEVER,
        "last_state_change": known.last_state_change,
        "last_hard_state_change": known.last_hard_state_change,
        "acknowledged": known.acknowledged,
        "acknowledgement": known.acknowledgement.name.lower(),
        "acknowledged_until": known.acknowledged_until,
        "in_downtime": known.downtime_depth > 0,
        "downtime_depth": known.downtime_depth,
        "flapping": known.is_flapping,
        "percent_state_change": round(known.percent_state_change, 2),
        "flap_thresholds": thresholds(checkable, world.settings),
        "notifications_enabled": checkable.notifications_enabled,
        "active_checks_enabled": checkable.active_checks_enabled,
        "passive_checks_enabled": checkable.passive_checks_enabled,
        "event_handler_enabled": checkable.event_handler_enabled,
        "flap_detection_enabled": checkable.flap_detection_enabled,
        "obsess": checkable.obsess,
        "process_perf_data": checkable.process_perf_data,
        "check_interval": checkable.check_interval * unit,
        "retry_interval": checkable.retry_interval * unit,
        "check_period": checkable.check_period or "",
        "modified_attributes": modified_attributes(world, checkable),
        "latency": known.latency,
        "execution_time": known.execution_time,
        "notification_number": known.notification_number,
        "last_notification": known.last_notification,
        "next_notification": known.next_notification,
        "check_command": checkable.check_command.name if checkable.check_command else "",
        "contacts": tuple(one.contact_name for one in world.topology.contacts_of(checkable)),
        "notes": checkable.notes or "",
        "notes_url": checkable.notes_url or "",
        "action_url": checkable.action_url or "",
    }
