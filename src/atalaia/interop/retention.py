"""Taking over what a Nagios left in its retention.dat: for the very first start, when nothing is stored yet.

What Nagios does not write down is worked out as Nagios works it out (when people are told next), or is the best
guess that its file allows (who was told of a problem: the object's own contacts).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Any

import msgspec

from atalaia.core.changes import (
    CUSTOM_VARIABLE,
    HOST_PART_BITS,
    OBJECT_BITS,
    SERVICE_PART_BITS,
    key_of,
)
from atalaia.core.escalations import Escalations
from atalaia.core.instants import NEVER, Instant
from atalaia.core.notifying import next_notification_at
from atalaia.core.objects import Contact, Host, Model, ObjectKey, Service
from atalaia.core.plugin_output import decode, unescaped
from atalaia.core.records import PROGRAM, Change, ChangeKey, Comment, CommentKind, ContactRuntime, Downtime
from atalaia.core.runtime import HISTORY_LENGTH, NO_HISTORY, Acknowledgement, Runtime
from atalaia.core.states import CheckType, HostState, ServiceState, StateType
from atalaia.core.step import Ids
from atalaia.core.topology import Topology
from atalaia.interop.retention_blocks import Block, Problems, blocks


class Imported(msgspec.Struct, kw_only=True):
    """What a retention.dat holds, as the server keeps it."""

    states: dict[ObjectKey, Runtime] = {}
    comments: list[Comment] = []
    downtimes: list[Downtime] = []
    changes: dict[ChangeKey, Change] = {}
    contacts: dict[str, ContactRuntime] = {}
    ids: Ids
    written: Instant = NEVER
    """When the file was written: when Nagios ended, or saved last."""
    unknown: int = 0
    """Blocks about objects that the configuration does not have; they are left out."""
    problems: list[str] = []
    """What could not be read, with its lines."""

    def summary(self) -> str:
        """How much it is, in words."""
        kinds = Counter("services" if key[1] else "hosts" for key in self.states)
        parts = [
            f"{kinds['hosts']} hosts",
            f"{kinds['services']} services",
            f"{sum(one.acknowledged for one in self.states.values())} acknowledgements",
            f"{len(self.downtimes)} downtimes",
            f"{len(self.comments)} comments",
            f"{len(self.changes)} changed objects",
        ]
        left_out = f"; {self.unknown} blocks about objects that do not exist any more" if self.unknown else ""
        return ", ".join(parts) + left_out


def read_retention_file(path: Path, model: Model, tz: tzinfo) -> Imported:
    """The content of a retention.dat.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return read_retention((decode(line) for line in file), model, tz)


def read_retention(lines: Iterable[str], model: Model, tz: tzinfo) -> Imported:
    """The content of a retention.dat for a configuration; never raises for what stands in it.

    Args:
        lines: of the file.
        model: the configuration.
        tz: the zone in which time periods are meant.
    """
    return _Reader(model, tz).read(lines)


class _Reader:
    def __init__(self, model: Model, tz: tzinfo) -> None:
        self._model = model
        self._topology = Topology(model)
        self._escalations = Escalations(self._topology, tz)
        self._problems = Problems()
        self._found = Imported(ids=Ids())

    def read(self, lines: Iterable[str]) -> Imported:
        take = {
            "info": self._info,
            "program": self._program,
            "host": self._host,
            "service": self._service,
            "contact": self._contact,
            "hostcomment": self._comment,
            "servicecomment": self._comment,
            "hostdowntime": self._downtime,
            "servicedowntime": self._downtime,
        }
        for block in blocks(lines, self._problems):
            take[block.kind](block)
        found = self._found
        found.problems = self._problems.sentences()
        _go_on_from(found)
        return found

    # --- the server ---------------------------------------------------------------------------------------

    def _info(self, block: Block) -> None:
        self._found.written = block.instant("created")

    def _program(self, block: Block) -> None:
        ids = self._found.ids
        for name in ("comment", "downtime", "event", "problem", "notification"):
            setattr(ids, name, max(1, block.number(f"next_{name}_id", 1)))
        host_bits = block.number("modified_host_attributes")
        service_bits = block.number("modified_service_attributes")
        fields: dict[str, Any] = {}
        for field, name in _PROGRAM_FIELDS.items():
            bits = HOST_PART_BITS.get(field, 0) & host_bits | SERVICE_PART_BITS.get(field, 0) & service_bits
            if bits and name in block.fields:
                fields[field] = block.flag(name)
        for field, bits in (
            ("global_host_event_handler", host_bits & HOST_PART_BITS["global_host_event_handler"]),
            ("global_service_event_handler", service_bits & SERVICE_PART_BITS["global_service_event_handler"]),
        ):
            if bits and self._knows_command(block, field):
                fields[field] = block.text(field)
        self._changed(PROGRAM, Change(host_bits=host_bits, service_bits=service_bits, fields=fields))

    # --- objects ------------------------------------------------------------------------------------------

    def _host(self, block: Block) -> None:
        host = self._model.hosts.get(block.text("host_name"))
        if host is None:
            self._found.unknown += 1
            return
        state = block.within("current_state", max(HostState))
        known = self._known(block, host, state, max(HostState))
        known.last_time_in = (
            block.instant("last_time_up"),
            block.instant("last_time_down"),
            block.instant("last_time_unreachable"),
            0.0,
        )
        known.notified_on = _letters(block, (("d", "down"), ("u", "unreachable")))
        self._complete(host, known)
        self._object_changes(block, host)

    def _service(self, block: Block) -> None:
        key = (block.text("host_name"), block.text("service_description"))
        service = self._model.services.get(key)
        if service is None:
            self._found.unknown += 1
            return
        state = block.within("current_state", max(ServiceState))
        known = self._known(block, service, state, max(ServiceState))
        known.last_time_in = (
            block.instant("last_time_ok"),
            block.instant("last_time_warning"),
            block.instant("last_time_critical"),
            block.instant("last_time_unknown"),
        )
        known.notified_on = _letters(block, (("w", "warning"), ("c", "critical"), ("u", "unknown")))
        self._complete(service, known)
        self._object_changes(block, service)

    @staticmethod
    def _known(block: Block, one: Host | Service, state: int, most: int) -> Runtime:
        changed = block.instant("last_state_change")
        checked = block.flag("has_been_checked")
        state_type = StateType(block.within("state_type", 1, 1))
        return Runtime(
            state=state,
            state_type=state_type if checked else StateType.HARD,
            attempt=min(max(1, block.number("current_attempt", 1)), max(1, one.max_check_attempts)),
            last_state=block.within("last_state", most, state),
            last_hard_state=block.within("last_hard_state", most, state),
            has_been_checked=checked,
            output=block.text("plugin_output"),
            long_output=unescaped(block.text("long_plugin_output")),
            perfdata=block.text("performance_data"),
            check_type=CheckType(block.within("check_type", 1)),
            latency=block.decimal("check_latency"),
            execution_time=block.decimal("check_execution_time"),
            last_check=block.instant("last_check"),
            next_check=block.instant("next_check"),
            last_state_change=changed,
            last_hard_state_change=block.instant("last_hard_state_change") or changed,
            problem_since=changed if state else NEVER,
            current_event_id=block.number("current_event_id"),
            last_event_id=block.number("last_event_id"),
            current_problem_id=block.number("current_problem_id"),
            last_problem_id=block.number("last_problem_id"),
            notification_number=max(0, block.number("current_notification_number")),
            notification_id=block.number("current_notification_id"),
            last_notification=block.instant("last_notification"),
            acknowledged=block.flag("problem_has_been_acknowledged"),
            acknowledgement=_acknowledgement(block),
            is_flapping=block.flag("is_flapping"),
            percent_state_change=block.decimal("percent_state_change"),
            state_history=_history(block),
            flapping_comment=block.number("flapping_comment_id"),
            recovery_after_flapping=block.flag("check_flapping_recovery_notification"),
        )

    def _complete(self, one: Host | Service, known: Runtime) -> None:
        """What Nagios does not write down."""
        if known.state and known.last_notification:
            since = known.last_notification
            interval = self._escalations.interval(one, known, since)
            known.next_notification, known.no_more_notifications = next_notification_at(
                one, interval, self._model.settings, since
            )
        if known.notified_on:
            known.told = tuple(person.contact_name for person in self._topology.contacts_of(one))
        self._found.states[one.key] = known

    # --- contacts -----------------------------------------------------------------------------------------

    def _contact(self, block: Block) -> None:
        contact = self._model.contacts.get(block.text("contact_name"))
        if contact is None:
            self._found.unknown += 1
            return
        if contact.retain_status_information:
            known = ContactRuntime(
                last_host_notification=block.instant("last_host_notification"),
                last_service_notification=block.instant("last_service_notification"),
            )
            if known != _NEVER_TOLD:
                self._found.contacts[contact.contact_name] = known
        host_bits = block.number("modified_host_attributes")
        service_bits = block.number("modified_service_attributes")
        fields: dict[str, Any] = {}
        for field, bits in _CONTACT_BITS.items():
            wanted = bits & (host_bits if field.startswith("host") else service_bits)
            if wanted and field in block.fields:
                if not field.endswith("_period"):
                    fields[field] = block.flag(field)
                elif self._knows_period(block, field):
                    fields[field] = block.text(field)
        bits = self._custom(block, contact, block.number("modified_attributes"), fields)
        change = Change(bits=bits, host_bits=host_bits, service_bits=service_bits, fields=fields)
        self._changed(key_of(contact), change)

    # --- what people left ---------------------------------------------------------------------------------

    def _comment(self, block: Block) -> None:
        key = self._place(block)
        number = block.number("comment_id")
        if key is None or not number:
            return
        kind = block.within("entry_type", max(CommentKind), CommentKind.USER) or CommentKind.USER
        self._found.comments.append(
            Comment(
                id=number,
                host=key[0],
                service=key[1],
                kind=CommentKind(kind),
                entry_time=block.instant("entry_time"),
                author=block.text("author"),
                text=block.text("comment_data"),
                persistent=block.flag("persistent"),
                external=block.flag("source"),
                expires=block.instant("expire_time") if block.flag("expires") else NEVER,
            )
        )

    def _downtime(self, block: Block) -> None:
        key = self._place(block)
        number = block.number("downtime_id")
        if key is None or not number:
            return
        self._found.downtimes.append(
            Downtime(
                id=number,
                host=key[0],
                service=key[1],
                entry_time=block.instant("entry_time"),
                start=block.instant("start_time"),
                end=block.instant("end_time"),
                fixed=block.flag("fixed"),
                duration=float(max(0, block.number("duration"))),
                triggered_by=max(0, block.number("triggered_by")),
                author=block.text("author"),
                text=block.text("comment"),
                comment_id=block.number("comment_id"),
                in_effect=block.flag("is_in_effect"),
                flexible_start=block.instant("flex_downtime_start"),
                start_told=block.flag("start_notification_sent"),
            )
        )

    def _place(self, block: Block) -> ObjectKey | None:
        key = (block.text("host_name"), block.text("service_description"))
        if key in self._topology.checkables:
            return key
        self._found.unknown += 1
        return None

    # --- changed settings ---------------------------------------------------------------------------------

    def _object_changes(self, block: Block, one: Host | Service) -> None:
        bits = block.number("modified_attributes")
        fields: dict[str, Any] = {}
        for field, bit in OBJECT_BITS.items():
            name = _name_of(field, block)
            if not bits & bit or field == "custom" or name not in block.fields:
                continue
            value = self._setting(field, name, block)
            if value is None:
                bits &= ~bit  # as Nagios does: what it names does not exist any more
            else:
                fields[field] = value
        bits = self._custom(block, one, bits, fields)
        self._changed(key_of(one), Change(bits=bits, fields=fields))

    def _setting(self, field: str, name: str, block: Block) -> Any:
        if field in {"check_command", "event_handler"}:
            return block.text(name) if self._knows_command(block, name) else None
        if field.endswith("_period"):
            return block.text(name) if self._knows_period(block, name) else None
        if field.endswith("_interval"):
            number = block.decimal(name)
            return number if number >= 0 else None
        if field == "max_check_attempts":
            return block.number(name) if block.number(name) >= 1 else None
        return block.flag(name)

    def _custom(self, block: Block, one: Host | Service | Contact, bits: int, fields: dict[str, Any]) -> int:
        """Custom variables that were changed; returns the bits, without theirs when there is none."""
        if bits & CUSTOM_VARIABLE:
            changed = dict(_changed_variables(block, one.custom))
            if changed:
                fields["custom"] = changed
                return bits
        return bits & ~CUSTOM_VARIABLE

    def _knows_command(self, block: Block, name: str) -> bool:
        command = block.text(name).partition("!")[0]
        if command in self._model.commands:
            return True
        block.wrong(name, f"there is no command {command!r} any more")
        return False

    def _knows_period(self, block: Block, name: str) -> bool:
        if block.text(name) in self._model.timeperiods:
            return True
        block.wrong(name, f"there is no time period {block.text(name)!r} any more")
        return False

    def _changed(self, key: ChangeKey, change: Change) -> None:
        if change != _UNCHANGED:
            self._found.changes[key] = change


_UNCHANGED = Change()
_NEVER_TOLD = ContactRuntime()

_PROGRAM_FIELDS: Mapping[str, str] = {
    "enable_notifications": "enable_notifications",
    "execute_service_checks": "active_service_checks_enabled",
    "accept_passive_service_checks": "passive_service_checks_enabled",
    "execute_host_checks": "active_host_checks_enabled",
    "accept_passive_host_checks": "passive_host_checks_enabled",
    "enable_event_handlers": "enable_event_handlers",
    "obsess_over_services": "obsess_over_services",
    "obsess_over_hosts": "obsess_over_hosts",
    "check_service_freshness": "check_service_freshness",
    "check_host_freshness": "check_host_freshness",
    "enable_flap_detection": "enable_flap_detection",
    "process_performance_data": "process_performance_data",
}
"""Setting to its name in the file."""

_CONTACT_BITS: Mapping[str, int] = {
    "host_notifications_enabled": HOST_PART_BITS["host_notifications_enabled"],
    "service_notifications_enabled": SERVICE_PART_BITS["service_notifications_enabled"],
    "host_notification_period": HOST_PART_BITS["host_notification_period"],
    "service_notification_period": SERVICE_PART_BITS["service_notification_period"],
}

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "process_perf_data": ("process_performance_data",),
    "obsess": ("obsess", "obsess_over_service", "obsess_over_host"),
    "max_check_attempts": ("max_attempts",),
}
"""Setting to the names that files of various versions have for it, where it is another one."""


def _name_of(field: str, block: Block) -> str:
    names = _OTHER_NAMES.get(field, (field,))
    return next((name for name in names if name in block.fields), names[0])


def _letters(block: Block, words: Iterable[tuple[str, str]]) -> str:
    return "".join(letter for letter, word in words if block.flag(f"notified_on_{word}"))


def _acknowledgement(block: Block) -> Acknowledgement:
    """Its kind; Nagios leaves the number behind when an acknowledgement is taken back."""
    if not block.flag("problem_has_been_acknowledged"):
        return Acknowledgement.NONE
    kind = block.within("acknowledgement_type", max(Acknowledgement)) or Acknowledgement.NORMAL
    return Acknowledgement(kind)


def _history(block: Block) -> str:
    text = block.text("state_history")
    if not text:
        return NO_HISTORY
    digits = text.replace(",", "")
    if len(digits) == HISTORY_LENGTH and set(digits) <= set("0123"):
        return digits
    block.wrong("state_history", f"these are not {HISTORY_LENGTH} states")
    return NO_HISTORY


def _changed_variables(block: Block, custom: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in custom:
        modified, semicolon, value = block.text(f"_{name}").partition(";")
        if semicolon and modified == "1":
            yield name, value


def _go_on_from(found: Imported) -> None:
    """No number is used twice, whatever the file says comes next."""
    ids = found.ids
    ids.comment = max([ids.comment, *(one.id + 1 for one in found.comments)])
    ids.downtime = max([ids.downtime, *(one.id + 1 for one in found.downtimes)])
    for known in found.states.values():
        ids.event = max(ids.event, known.current_event_id + 1, known.last_event_id + 1)
        ids.problem = max(ids.problem, known.current_problem_id + 1, known.last_problem_id + 1)
        ids.notification = max(ids.notification, known.notification_id + 1)
