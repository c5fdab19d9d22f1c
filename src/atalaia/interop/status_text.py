"""The text of Nagios' status.dat: every field of every block, in Nagios' order."""

from collections.abc import Iterator

import msgspec

from atalaia.core.objects import Checkable, Contact, Host, ObjectKey, Service
from atalaia.core.records import PROGRAM, Change, Comment, ContactRuntime, Downtime
from atalaia.core.runtime import Runtime
from atalaia.core.states import ServiceState
from atalaia.core.world import World
from atalaia.interop.blocks import Changed, custom, flat, long_text, raw, version
from atalaia.interop.statistics import CheckStatistics

HEAD = """\
# Status of everything, written by Atalaia for programs that read Nagios' status.dat.
# Changes made here are lost.

"""

_OK, _WARNING, _CRITICAL, _UNKNOWN = ServiceState

_FORCED = 1
"""Bit of check_options: the check ignores periods and switches."""


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """What the status file says about the server itself."""

    version: str
    pid: int
    now: float
    last_rotation: float
    """When the log was rotated last; 0 is never."""


def status_texts(world: World, program: Program, statistics: CheckStatistics) -> Iterator[str]:
    """All blocks. The states are those of the first call, however long the rest takes."""
    states = dict(world.states)
    checkables = list(world.topology.checkables.values())
    contacts = list(world.model.contacts.values())
    comments, downtimes = list(world.comments), list(world.downtimes.book)
    changed, now = Changed(world), int(program.now)
    yield HEAD
    yield _info(program)
    yield _program(world, program, statistics)
    for one in checkables:
        known = states.get(one.key)
        if known is not None:
            render = service_block if isinstance(one, Service) else host_block
            yield render(one, known, changed.of(one), _options(world, one.key), now)  # type: ignore[arg-type]
    for contact in contacts:
        yield contact_block(contact, world.contacts.get(contact.contact_name), changed.of(contact))
    for comment in comments:
        yield _comment(comment)
    for downtime in downtimes:
        yield _downtime(downtime)


def _options(world: World, key: ObjectKey) -> int:
    pending = world.queue.get(key)
    return _FORCED if pending is not None and pending.forced else 0


def _info(program: Program) -> str:
    return (
        f"info {{\n\tcreated={int(program.now)}\n\tversion={version(program.version)}\n\tlast_update_check=0\n"
        "\tupdate_available=0\n\tlast_version=\n\tnew_version=\n\t}\n\n"
    )


def _program(world: World, program: Program, statistics: CheckStatistics) -> str:
    settings, ids, change = world.settings, world.ids, world.changes.of(PROGRAM)
    hosts, services = statistics.active_hosts.totals(), statistics.active_services.totals()
    nothing = (0, 0, 0)
    rows: list[tuple[str, object]] = [
        ("modified_host_attributes", change.host_bits),
        ("modified_service_attributes", change.service_bits),
        ("nagios_pid", program.pid),
        ("daemon_mode", 0),
        ("program_start", int(world.program_start)),
        ("last_log_rotation", int(program.last_rotation)),
        ("enable_notifications", settings.enable_notifications),
        ("active_service_checks_enabled", settings.execute_service_checks),
        ("passive_service_checks_enabled", settings.accept_passive_service_checks),
        ("active_host_checks_enabled", settings.execute_host_checks),
        ("passive_host_checks_enabled", settings.accept_passive_host_checks),
        ("enable_event_handlers", settings.enable_event_handlers),
        ("obsess_over_services", settings.obsess_over_services),
        ("obsess_over_hosts", settings.obsess_over_hosts),
        ("check_service_freshness", settings.check_service_freshness),
        ("check_host_freshness", settings.check_host_freshness),
        ("enable_flap_detection", settings.enable_flap_detection),
        ("process_performance_data", settings.process_performance_data),
        ("global_host_event_handler", raw(settings.global_host_event_handler)),
        ("global_service_event_handler", raw(settings.global_service_event_handler)),
        ("next_comment_id", ids.comment),
        ("next_downtime_id", ids.downtime),
        ("next_event_id", ids.event),
        ("next_problem_id", ids.problem),
        ("next_notification_id", ids.notification),
        ("active_scheduled_host_check_stats", hosts),
        ("active_ondemand_host_check_stats", nothing),
        ("passive_host_check_stats", statistics.passive_hosts.totals()),
        ("active_scheduled_service_check_stats", services),
        ("active_ondemand_service_check_stats", nothing),
        ("passive_service_check_stats", statistics.passive_services.totals()),
        ("cached_host_check_stats", nothing),
        ("cached_service_check_stats", nothing),
        ("external_command_stats", statistics.commands.totals()),
        ("parallel_host_check_stats", hosts),
        ("serial_host_check_stats", nothing),
    ]
    return "programstatus {\n" + "".join(f"\t{name}={_value(value)}\n" for name, value in rows) + "\t}\n\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _is_scheduled(one: Checkable, known: Runtime) -> int:
    """Regular checks are planned for it."""
    return int(one.active_checks_enabled and (one.check_interval > 0 or bool(known.next_check)))


def host_block(host: Host, known: Runtime, change: Change, options: int, now: int) -> str:
    """One ``hoststatus`` block."""
    up, down, unreachable, _ = known.last_time_in
    return (
        f"hoststatus {{\n\thost_name={host.host_name}\n\tmodified_attributes={change.bits}\n"
        f"\tcheck_command={raw(host.check_command)}\n\tcheck_period={host.check_period or ''}\n"
        f"\tnotification_period={host.notification_period or ''}\n\timportance={host.importance}\n"
        f"\tcheck_interval={host.check_interval:f}\n\tretry_interval={host.retry_interval:f}\n"
        f"\tevent_handler={raw(host.event_handler)}\n\tevent_handler_period={host.event_handler_period or ''}\n"
        f"\thas_been_checked={known.has_been_checked:d}\n\tshould_be_scheduled={_is_scheduled(host, known)}\n"
        f"\tcheck_execution_time={known.execution_time:.3f}\n\tcheck_latency={known.latency:.3f}\n"
        f"\tcheck_type={known.check_type:d}\n\tcurrent_state={known.state:d}\n"
        f"\tlast_hard_state={known.last_hard_state:d}\n\tlast_event_id={known.last_event_id}\n"
        f"\tcurrent_event_id={known.current_event_id}\n\tcurrent_problem_id={known.current_problem_id}\n"
        f"\tlast_problem_id={known.last_problem_id}\n\tplugin_output={flat(known.output)}\n"
        f"\tlong_plugin_output={long_text(known)}\n\tperformance_data={flat(known.perfdata)}\n"
        f"\tlast_check={int(known.last_check)}\n\tnext_check={int(known.next_check)}\n"
        f"\tcheck_options={options}\n\tcurrent_attempt={known.attempt}\n"
        f"\tmax_attempts={host.max_check_attempts}\n\tstate_type={known.state_type:d}\n"
        f"\tlast_state_change={int(known.last_state_change)}\n"
        f"\tlast_hard_state_change={int(known.last_hard_state_change)}\n\tlast_time_up={int(up)}\n"
        f"\tlast_time_down={int(down)}\n\tlast_time_unreachable={int(unreachable)}\n"
        f"\tlast_notification={int(known.last_notification)}\n"
        f"\tnext_notification={int(known.next_notification)}\n"
        f"\tno_more_notifications={known.no_more_notifications:d}\n"
        f"\tcurrent_notification_number={known.notification_number}\n"
        f"\tcurrent_notification_id={known.notification_id}\n"
        f"\tnotifications_enabled={host.notifications_enabled:d}\n"
        f"\tproblem_has_been_acknowledged={known.acknowledged:d}\n"
        f"\tacknowledgement_type={known.acknowledgement:d}\n"
        f"\tactive_checks_enabled={host.active_checks_enabled:d}\n"
        f"\tpassive_checks_enabled={host.passive_checks_enabled:d}\n"
        f"\tevent_handler_enabled={host.event_handler_enabled:d}\n"
        f"\tflap_detection_enabled={host.flap_detection_enabled:d}\n"
        f"\tprocess_performance_data={host.process_perf_data:d}\n\tobsess={host.obsess:d}\n"
        f"\tlast_update={now}\n\tis_flapping={known.is_flapping:d}\n"
        f"\tpercent_state_change={known.percent_state_change:.2f}\n"
        f"\tscheduled_downtime_depth={known.downtime_depth}\n{custom(host, change, _TAB)}\t}}\n\n"
    )


def service_block(service: Service, known: Runtime, change: Change, options: int, now: int) -> str:
    """One ``servicestatus`` block."""
    seen = known.last_time_in
    return (
        f"servicestatus {{\n\thost_name={service.host_name}\n"
        f"\tservice_description={service.service_description}\n\tmodified_attributes={change.bits}\n"
        f"\tcheck_command={raw(service.check_command)}\n\tcheck_period={service.check_period or ''}\n"
        f"\tnotification_period={service.notification_period or ''}\n\timportance={service.importance}\n"
        f"\tcheck_interval={service.check_interval:f}\n\tretry_interval={service.retry_interval:f}\n"
        f"\tevent_handler={raw(service.event_handler)}\n"
        f"\tevent_handler_period={service.event_handler_period or ''}\n"
        f"\thas_been_checked={known.has_been_checked:d}\n"
        f"\tshould_be_scheduled={_is_scheduled(service, known)}\n"
        f"\tcheck_execution_time={known.execution_time:.3f}\n\tcheck_latency={known.latency:.3f}\n"
        f"\tcheck_type={known.check_type:d}\n\tcurrent_state={known.state:d}\n"
        f"\tlast_hard_state={known.last_hard_state:d}\n\tlast_event_id={known.last_event_id}\n"
        f"\tcurrent_event_id={known.current_event_id}\n\tcurrent_problem_id={known.current_problem_id}\n"
        f"\tlast_problem_id={known.last_problem_id}\n\tcurrent_attempt={known.attempt}\n"
        f"\tmax_attempts={service.max_check_attempts}\n\tstate_type={known.state_type:d}\n"
        f"\tlast_state_change={int(known.last_state_change)}\n"
        f"\tlast_hard_state_change={int(known.last_hard_state_change)}\n\tlast_time_ok={int(seen[_OK])}\n"
        f"\tlast_time_warning={int(seen[_WARNING])}\n\tlast_time_unknown={int(seen[_UNKNOWN])}\n"
        f"\tlast_time_critical={int(seen[_CRITICAL])}\n\tplugin_output={flat(known.output)}\n"
        f"\tlong_plugin_output={long_text(known)}\n\tperformance_data={flat(known.perfdata)}\n"
        f"\tlast_check={int(known.last_check)}\n\tnext_check={int(known.next_check)}\n"
        f"\tcheck_options={options}\n\tcurrent_notification_number={known.notification_number}\n"
        f"\tcurrent_notification_id={known.notification_id}\n"
        f"\tlast_notification={int(known.last_notification)}\n"
        f"\tnext_notification={int(known.next_notification)}\n"
        f"\tno_more_notifications={known.no_more_notifications:d}\n"
        f"\tnotifications_enabled={service.notifications_enabled:d}\n"
        f"\tactive_checks_enabled={service.active_checks_enabled:d}\n"
        f"\tpassive_checks_enabled={service.passive_checks_enabled:d}\n"
        f"\tevent_handler_enabled={service.event_handler_enabled:d}\n"
        f"\tproblem_has_been_acknowledged={known.acknowledged:d}\n"
        f"\tacknowledgement_type={known.acknowledgement:d}\n"
        f"\tflap_detection_enabled={service.flap_detection_enabled:d}\n"
        f"\tprocess_performance_data={service.process_perf_data:d}\n\tobsess={service.obsess:d}\n"
        f"\tlast_update={now}\n\tis_flapping={known.is_flapping:d}\n"
        f"\tpercent_state_change={known.percent_state_change:.2f}\n"
        f"\tscheduled_downtime_depth={known.downtime_depth}\n{custom(service, change, _TAB)}\t}}\n\n"
    )


_TAB = "\t"


def contact_block(contact: Contact, known: ContactRuntime | None, change: Change) -> str:
    """One ``contactstatus`` block."""
    known = known or _NEVER_TOLD
    return (
        f"contactstatus {{\n\tcontact_name={contact.contact_name}\n\tmodified_attributes={change.bits}\n"
        f"\tmodified_host_attributes={change.host_bits}\n\tmodified_service_attributes={change.service_bits}\n"
        f"\thost_notification_period={contact.host_notification_period or ''}\n"
        f"\tservice_notification_period={contact.service_notification_period or ''}\n"
        f"\tlast_host_notification={int(known.last_host_notification)}\n"
        f"\tlast_service_notification={int(known.last_service_notification)}\n"
        f"\thost_notifications_enabled={contact.host_notifications_enabled:d}\n"
        f"\tservice_notifications_enabled={contact.service_notifications_enabled:d}\n"
        f"{custom(contact, change, _TAB)}\t}}\n\n"
    )


_NEVER_TOLD = ContactRuntime()


def _place(kind: str, one: Comment | Downtime) -> str:
    what = f"service{kind} {{" if one.service else f"host{kind} {{"
    service = f"\tservice_description={one.service}\n" if one.service else ""
    return f"{what}\n\thost_name={one.host}\n{service}"


def _comment(one: Comment) -> str:
    return (
        f"{_place('comment', one)}\tentry_type={one.kind:d}\n\tcomment_id={one.id}\n"
        f"\tsource={one.external:d}\n\tpersistent={one.persistent:d}\n\tentry_time={int(one.entry_time)}\n"
        f"\texpires={bool(one.expires):d}\n\texpire_time={int(one.expires)}\n\tauthor={flat(one.author)}\n"
        f"\tcomment_data={flat(one.text)}\n\t}}\n\n"
    )


def _downtime(one: Downtime) -> str:
    return (
        f"{_place('downtime', one)}\tdowntime_id={one.id}\n\tcomment_id={one.comment_id}\n"
        f"\tentry_time={int(one.entry_time)}\n\tstart_time={int(one.start)}\n"
        f"\tflex_downtime_start={int(one.flexible_start)}\n\tend_time={int(one.end)}\n"
        f"\ttriggered_by={one.triggered_by}\n\tfixed={one.fixed:d}\n\tduration={int(one.duration)}\n"
        f"\tis_in_effect={one.in_effect:d}\n\tstart_notification_sent={one.start_told:d}\n"
        f"\tauthor={flat(one.author)}\n\tcomment={flat(one.text)}\n\t}}\n\n"
    )
