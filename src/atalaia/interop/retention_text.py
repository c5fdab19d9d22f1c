"""The text of Nagios' retention.dat: what a Nagios that is started next takes over."""

from collections.abc import Iterator

from atalaia.core.instants import Instant
from atalaia.core.objects import Checkable, Contact, Host, Service
from atalaia.core.records import PROGRAM, Change, Comment, ContactRuntime, Downtime
from atalaia.core.runtime import Runtime
from atalaia.core.states import ServiceState
from atalaia.core.world import World
from atalaia.interop.blocks import Changed, custom, flat, long_text, raw, version

HEAD = """\
# What was known when the server ended, written by Atalaia for Nagios.
# Changes made here are lost.
"""

_OK, _WARNING, _CRITICAL, _UNKNOWN = ServiceState


def retention_texts(world: World, now: Instant, own_version: str) -> Iterator[str]:
    """All blocks. The states are those of the first call, however long the rest takes."""
    states = dict(world.states)
    checkables = list(world.topology.checkables.values())
    contacts = list(world.model.contacts.values())
    comments, downtimes = list(world.comments), list(world.downtimes.book)
    changed, settings = Changed(world), world.settings
    yield HEAD
    yield _info(now, own_version)
    yield _program(world)
    for one in checkables:
        known = states.get(one.key)
        if known is None:
            continue
        change = changed.of(one)
        if isinstance(one, Service):
            yield service_block(one, known, change, settings.retained_service_attribute_mask)
        else:
            yield host_block(one, known, change, settings.retained_host_attribute_mask)
    for contact in contacts:
        yield _contact(world, contact, changed.of(contact))
    for comment in comments:
        yield _comment(comment)
    for downtime in downtimes:
        yield _downtime(downtime)


def _info(now: Instant, own_version: str) -> str:
    return (
        f"info {{\ncreated={int(now)}\nversion={version(own_version)}\nlast_update_check=0\n"
        "update_available=0\nupdate_uid=0\nlast_version=\nnew_version=\n}\n"
    )


def _program(world: World) -> str:
    settings, ids, change = world.settings, world.ids, world.changes.of(PROGRAM)
    host_bits = change.host_bits & ~settings.retained_process_host_attribute_mask
    service_bits = change.service_bits & ~settings.retained_process_service_attribute_mask
    return (
        f"program {{\nmodified_host_attributes={host_bits}\nmodified_service_attributes={service_bits}\n"
        f"enable_notifications={settings.enable_notifications:d}\n"
        f"active_service_checks_enabled={settings.execute_service_checks:d}\n"
        f"passive_service_checks_enabled={settings.accept_passive_service_checks:d}\n"
        f"active_host_checks_enabled={settings.execute_host_checks:d}\n"
        f"passive_host_checks_enabled={settings.accept_passive_host_checks:d}\n"
        f"enable_event_handlers={settings.enable_event_handlers:d}\n"
        f"obsess_over_services={settings.obsess_over_services:d}\n"
        f"obsess_over_hosts={settings.obsess_over_hosts:d}\n"
        f"check_service_freshness={settings.check_service_freshness:d}\n"
        f"check_host_freshness={settings.check_host_freshness:d}\n"
        f"enable_flap_detection={settings.enable_flap_detection:d}\n"
        f"process_performance_data={settings.process_performance_data:d}\n"
        f"global_host_event_handler={raw(settings.global_host_event_handler)}\n"
        f"global_service_event_handler={raw(settings.global_service_event_handler)}\n"
        f"next_comment_id={ids.comment}\nnext_downtime_id={ids.downtime}\nnext_event_id={ids.event}\n"
        f"next_problem_id={ids.problem}\nnext_notification_id={ids.notification}\n}}\n"
    )


def _what_is_asked(one: Checkable) -> str:
    """What Nagios keeps of an object's own settings, apart from switches and numbers."""
    return (
        f"check_command={raw(one.check_command)}\ncheck_period={one.check_period or ''}\n"
        f"notification_period={one.notification_period or ''}\nevent_handler={raw(one.event_handler)}\n"
        f"event_handler_period={one.event_handler_period or ''}\n"
    )


def _how_it_stands(known: Runtime) -> str:
    return (
        f"has_been_checked={known.has_been_checked:d}\ncheck_execution_time={known.execution_time:.3f}\n"
        f"check_latency={known.latency:.3f}\ncheck_type={known.check_type:d}\n"
        f"current_state={known.state:d}\nlast_state={known.last_state:d}\n"
        f"last_hard_state={known.last_hard_state:d}\nlast_event_id={known.last_event_id}\n"
        f"current_event_id={known.current_event_id}\ncurrent_problem_id={known.current_problem_id}\n"
        f"last_problem_id={known.last_problem_id}\n"
    )


def _said(known: Runtime) -> str:
    return (
        f"plugin_output={flat(known.output)}\nlong_plugin_output={long_text(known)}\n"
        f"performance_data={flat(known.perfdata)}\nlast_check={int(known.last_check)}\n"
        f"next_check={int(known.next_check)}\ncheck_options=0\n"
    )


def _counted(one: Checkable, known: Runtime) -> str:
    return (
        f"current_attempt={known.attempt}\nmax_attempts={one.max_check_attempts}\n"
        f"check_interval={one.check_interval:f}\nretry_interval={one.retry_interval:f}\n"
        f"state_type={known.state_type:d}\nlast_state_change={int(known.last_state_change)}\n"
        f"last_hard_state_change={int(known.last_hard_state_change)}\n"
    )


def _flapping(known: Runtime) -> str:
    return (
        f"is_flapping={known.is_flapping:d}\npercent_state_change={known.percent_state_change:.2f}\n"
        f"check_flapping_recovery_notification={known.recovery_after_flapping:d}\n"
        f"flapping_comment_id={known.flapping_comment}\nstate_history={','.join(known.state_history)}\n"
    )


def host_block(host: Host, known: Runtime, change: Change, mask: int) -> str:
    """One ``host`` block; `mask` takes away bits that are not to be kept."""
    up, down, unreachable, _ = known.last_time_in
    return (
        f"host {{\nhost_name={host.host_name}\nmodified_attributes={change.bits & ~mask}\n"
        f"{_what_is_asked(host)}{_how_it_stands(known)}{_said(known)}{_counted(host, known)}"
        f"last_time_up={int(up)}\nlast_time_down={int(down)}\nlast_time_unreachable={int(unreachable)}\n"
        f"notified_on_down={'d' in known.notified_on:d}\n"
        f"notified_on_unreachable={'u' in known.notified_on:d}\n"
        f"last_notification={int(known.last_notification)}\n"
        f"current_notification_number={known.notification_number}\n"
        f"current_notification_id={known.notification_id}\n"
        f"notifications_enabled={host.notifications_enabled:d}\n"
        f"problem_has_been_acknowledged={known.acknowledged:d}\n"
        f"acknowledgement_type={known.acknowledgement:d}\n"
        f"active_checks_enabled={host.active_checks_enabled:d}\n"
        f"passive_checks_enabled={host.passive_checks_enabled:d}\n"
        f"event_handler_enabled={host.event_handler_enabled:d}\n"
        f"flap_detection_enabled={host.flap_detection_enabled:d}\n"
        f"process_performance_data={host.process_perf_data:d}\nobsess={host.obsess:d}\n"
        f"{_flapping(known)}{custom(host, change, '')}}}\n"
    )


def service_block(service: Service, known: Runtime, change: Change, mask: int) -> str:
    """One ``service`` block; `mask` takes away bits that are not to be kept."""
    seen = known.last_time_in
    return (
        f"service {{\nhost_name={service.host_name}\nservice_description={service.service_description}\n"
        f"modified_attributes={change.bits & ~mask}\n"
        f"{_what_is_asked(service)}{_how_it_stands(known)}{_counted(service, known)}"
        f"last_time_ok={int(seen[_OK])}\nlast_time_warning={int(seen[_WARNING])}\n"
        f"last_time_unknown={int(seen[_UNKNOWN])}\nlast_time_critical={int(seen[_CRITICAL])}\n"
        f"{_said(known)}notified_on_unknown={'u' in known.notified_on:d}\n"
        f"notified_on_warning={'w' in known.notified_on:d}\n"
        f"notified_on_critical={'c' in known.notified_on:d}\n"
        f"current_notification_number={known.notification_number}\n"
        f"current_notification_id={known.notification_id}\n"
        f"last_notification={int(known.last_notification)}\n"
        f"notifications_enabled={service.notifications_enabled:d}\n"
        f"active_checks_enabled={service.active_checks_enabled:d}\n"
        f"passive_checks_enabled={service.passive_checks_enabled:d}\n"
        f"event_handler_enabled={service.event_handler_enabled:d}\n"
        f"problem_has_been_acknowledged={known.acknowledged:d}\n"
        f"acknowledgement_type={known.acknowledgement:d}\n"
        f"flap_detection_enabled={service.flap_detection_enabled:d}\n"
        f"process_performance_data={service.process_perf_data:d}\nobsess={service.obsess:d}\n"
        f"{_flapping(known)}{custom(service, change, '')}}}\n"
    )


def _contact(world: World, contact: Contact, change: Change) -> str:
    settings = world.settings
    known = world.contacts.get(contact.contact_name) or ContactRuntime()
    host_bits = change.host_bits & ~settings.retained_contact_host_attribute_mask
    service_bits = change.service_bits & ~settings.retained_contact_service_attribute_mask
    return (
        f"contact {{\ncontact_name={contact.contact_name}\nmodified_attributes={change.bits}\n"
        f"modified_host_attributes={host_bits}\nmodified_service_attributes={service_bits}\n"
        f"host_notification_period={contact.host_notification_period or ''}\n"
        f"service_notification_period={contact.service_notification_period or ''}\n"
        f"last_host_notification={int(known.last_host_notification)}\n"
        f"last_service_notification={int(known.last_service_notification)}\n"
        f"host_notifications_enabled={contact.host_notifications_enabled:d}\n"
        f"service_notifications_enabled={contact.service_notifications_enabled:d}\n"
        f"{custom(contact, change, '')}}}\n"
    )


def _place(kind: str, one: Comment | Downtime) -> str:
    service = f"service_description={one.service}\n" if one.service else ""
    return f"{'service' if one.service else 'host'}{kind} {{\nhost_name={one.host}\n{service}"


def _comment(one: Comment) -> str:
    return (
        f"{_place('comment', one)}entry_type={one.kind:d}\ncomment_id={one.id}\nsource={one.external:d}\n"
        f"persistent={one.persistent:d}\nentry_time={int(one.entry_time)}\nexpires={bool(one.expires):d}\n"
        f"expire_time={int(one.expires)}\nauthor={flat(one.author)}\ncomment_data={flat(one.text)}\n}}\n"
    )


def _downtime(one: Downtime) -> str:
    return (
        f"{_place('downtime', one)}comment_id={one.comment_id}\ndowntime_id={one.id}\n"
        f"entry_time={int(one.entry_time)}\nstart_time={int(one.start)}\n"
        f"flex_downtime_start={int(one.flexible_start)}\nend_time={int(one.end)}\n"
        f"triggered_by={one.triggered_by}\nfixed={one.fixed:d}\nduration={int(one.duration)}\n"
        f"is_in_effect={one.in_effect:d}\nstart_notification_sent={one.start_told:d}\n"
        f"author={flat(one.author)}\ncomment={flat(one.text)}\n}}\n"
    )
