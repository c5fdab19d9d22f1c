"""Settings that people change while the server runs (Nagios' adaptive monitoring) and what of them lasts.

A changed object takes the place of the configured one in the topology, so that no rule needs to know whether a
value was configured or changed. Nagios' modified-attribute bits say which changes outlive a restart.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from atalaia.core.effects import Effects
from atalaia.core.events import SettingChanged
from atalaia.core.instants import Instant
from atalaia.core.objects import CommandCall, Contact, Host, MainSettings, Model, Service
from atalaia.core.records import PROGRAM, Change, ChangeKey
from atalaia.core.topology import Topology

NOTIFICATIONS = 1
ACTIVE_CHECKS = 2
PASSIVE_CHECKS = 4
EVENT_HANDLER = 8
FLAP_DETECTION = 16
PERFORMANCE_DATA = 64
OBSESSING = 128
EVENT_HANDLER_COMMAND = 256
CHECK_COMMAND = 512
CHECK_INTERVAL = 1024
RETRY_INTERVAL = 2048
MAX_ATTEMPTS = 4096
FRESHNESS = 8192
CHECK_PERIOD = 16384
CUSTOM_VARIABLE = 32768
NOTIFICATION_PERIOD = 65536
EVENT_HANDLER_PERIOD = 131072

OBJECT_BITS: Mapping[str, int] = {
    "notifications_enabled": NOTIFICATIONS,
    "active_checks_enabled": ACTIVE_CHECKS,
    "passive_checks_enabled": PASSIVE_CHECKS,
    "event_handler_enabled": EVENT_HANDLER,
    "flap_detection_enabled": FLAP_DETECTION,
    "process_perf_data": PERFORMANCE_DATA,
    "obsess": OBSESSING,
    "event_handler": EVENT_HANDLER_COMMAND,
    "check_command": CHECK_COMMAND,
    "check_interval": CHECK_INTERVAL,
    "retry_interval": RETRY_INTERVAL,
    "max_check_attempts": MAX_ATTEMPTS,
    "check_period": CHECK_PERIOD,
    "custom": CUSTOM_VARIABLE,
    "notification_period": NOTIFICATION_PERIOD,
    "event_handler_period": EVENT_HANDLER_PERIOD,
}
"""Field of a host or service to the bit that says that it was changed (Nagios' modified attributes)."""

HOST_PART_BITS: Mapping[str, int] = {
    "host_notifications_enabled": NOTIFICATIONS,
    "host_notification_period": NOTIFICATION_PERIOD,
    "enable_notifications": NOTIFICATIONS,
    "execute_host_checks": ACTIVE_CHECKS,
    "accept_passive_host_checks": PASSIVE_CHECKS,
    "enable_event_handlers": EVENT_HANDLER,
    "enable_flap_detection": FLAP_DETECTION,
    "process_performance_data": PERFORMANCE_DATA,
    "obsess_over_hosts": OBSESSING,
    "check_host_freshness": FRESHNESS,
    "global_host_event_handler": EVENT_HANDLER_COMMAND,
}
"""Field of a contact or of the program to its bit among those about hosts."""

SERVICE_PART_BITS: Mapping[str, int] = {
    "service_notifications_enabled": NOTIFICATIONS,
    "service_notification_period": NOTIFICATION_PERIOD,
    "enable_notifications": NOTIFICATIONS,
    "execute_service_checks": ACTIVE_CHECKS,
    "accept_passive_service_checks": PASSIVE_CHECKS,
    "enable_event_handlers": EVENT_HANDLER,
    "enable_flap_detection": FLAP_DETECTION,
    "process_performance_data": PERFORMANCE_DATA,
    "obsess_over_services": OBSESSING,
    "check_service_freshness": FRESHNESS,
    "global_service_event_handler": EVENT_HANDLER_COMMAND,
}
"""Field of a contact or of the program to its bit among those about services."""

_Changeable = TypeVar("_Changeable", bound=Host | Service | Contact | MainSettings)

_COMMANDS = frozenset(
    {"check_command", "event_handler", "global_host_event_handler", "global_service_event_handler"}
)


def key_of(changed: Host | Service | Contact) -> ChangeKey:
    """Under which name an object's changes are kept."""
    if isinstance(changed, Contact):
        return ("contact", changed.contact_name, "")
    kind = "service" if isinstance(changed, Service) else "host"
    return (kind, *changed.key)


class Changes:
    """All changes in force."""

    def __init__(self) -> None:
        self._changes: dict[ChangeKey, Change] = {}

    def of(self, key: ChangeKey) -> Change:
        """What was changed of one thing."""
        return self._changes.get(key, Change())

    def all(self) -> dict[ChangeKey, Change]:
        """Everything that was changed."""
        return dict(self._changes)

    def restore(self, remembered: Mapping[ChangeKey, Change]) -> None:
        """Takes over what was stored."""
        self._changes.update(remembered)

    def forget(self, key: ChangeKey, effects: Effects) -> None:
        """Drops the changes of something that exists no longer."""
        if self._changes.pop(key, None) is not None:
            effects.changes[key] = None

    def apply_to(self, topology: Topology) -> None:
        """Puts every change that lasts into a freshly read configuration."""
        model = topology.model
        program = self._changes.get(PROGRAM)
        if program is not None and model.settings.use_retained_program_state:
            lasting = _lasting(PROGRAM, program, model.settings)
            topology.put_settings(_with(model.settings, _possible(lasting, None, model)))
        for key, change in self._changes.items():
            found = _find(model, key)
            if found is not None and found.retain_nonstatus_information:
                lasting = _lasting(key, change, model.settings)
                topology.put(_with(found, _possible(lasting, found, model)))

    def set(
        self,
        topology: Topology,
        changed: Host | Service | Contact | None,
        field: str,
        value: Any,
        now: Instant,
        effects: Effects,
    ) -> None:
        """Changes one setting of an object, or of the program when `changed` is None."""
        key = PROGRAM if changed is None else key_of(changed)
        before = self.of(key)
        fields = dict(before.fields)
        if field == "custom":
            fields["custom"] = {**before.fields.get("custom", {}), **value}
        else:
            fields[field] = value
        self._keep(
            key,
            Change(
                bits=before.bits | (_own_bit(key, field)),
                host_bits=before.host_bits | (HOST_PART_BITS.get(field, 0) if _has_parts(key) else 0),
                service_bits=before.service_bits | (SERVICE_PART_BITS.get(field, 0) if _has_parts(key) else 0),
                fields=fields,
            ),
            effects,
        )
        if changed is None:
            topology.put_settings(_with(topology.model.settings, {field: value}))
        else:
            topology.put(_with(changed, {field: value}))
        effects.events.append(
            SettingChanged(
                time=now,
                host=key[1] if key[0] in ("host", "service") else "",
                service=key[2],
                kind=key[0],
                name=key[1] if key[0] == "contact" else "",
                setting=field,
                value=_shown(value),
            )
        )

    def set_bits(self, key: ChangeKey, effects: Effects, **bits: int) -> None:
        """Overwrites which changes last (`bits`, `host_bits`, `service_bits`); what is in force stays so."""
        self._keep(key, msgspec.structs.replace(self.of(key), **bits), effects)

    def _keep(self, key: ChangeKey, change: Change, effects: Effects) -> None:
        self._changes[key] = change
        effects.changes[key] = change


def _own_bit(key: ChangeKey, field: str) -> int:
    return 0 if _has_parts(key) and field != "custom" else OBJECT_BITS.get(field, 0)


def _has_parts(key: ChangeKey) -> bool:
    return key[0] in ("contact", "program")


def _find(model: Model, key: ChangeKey) -> Host | Service | Contact | None:
    kind, name, service = key
    match kind:
        case "host":
            return model.hosts.get(name)
        case "service":
            return model.services.get((name, service))
        case "contact":
            return model.contacts.get(name)
        case _:
            return None


def _lasting(key: ChangeKey, change: Change, settings: MainSettings) -> dict[str, Any]:
    """The changed fields that outlive a restart: their bit is set and no mask takes it away."""
    kind = key[0]
    if kind == "host":
        return _allowed(change.fields, OBJECT_BITS, change.bits & ~settings.retained_host_attribute_mask)
    if kind == "service":
        return _allowed(change.fields, OBJECT_BITS, change.bits & ~settings.retained_service_attribute_mask)
    if kind == "contact":
        host_mask = settings.retained_contact_host_attribute_mask
        service_mask = settings.retained_contact_service_attribute_mask
        own = _allowed(change.fields, {"custom": CUSTOM_VARIABLE}, change.bits)
    else:
        host_mask = settings.retained_process_host_attribute_mask
        service_mask = settings.retained_process_service_attribute_mask
        own = {}
    return (
        own
        | _allowed(change.fields, HOST_PART_BITS, change.host_bits & ~host_mask)
        | _allowed(change.fields, SERVICE_PART_BITS, change.service_bits & ~service_mask)
    )


def _allowed(fields: Mapping[str, Any], table: Mapping[str, int], bits: int) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if table.get(name, 0) & bits}


def _possible(
    fields: Mapping[str, Any], changed: Host | Service | Contact | None, model: Model
) -> dict[str, Any]:
    """The fields that still make sense: a new configuration may lack a period, a command or a variable."""
    found = {
        name: value
        for name, value in fields.items()
        if (not name.endswith("_period") or value in model.timeperiods)
        and (name not in _COMMANDS or not value or str(value).partition("!")[0] in model.commands)
    }
    if "custom" in found and changed is not None:
        found["custom"] = {name: text for name, text in found["custom"].items() if name in changed.custom}
    return found


def _with(changed: _Changeable, fields: Mapping[str, Any]) -> _Changeable:
    """The object with plain values put into its fields."""
    values = dict(fields)
    if "custom" in values and not isinstance(changed, MainSettings):
        values["custom"] = {**changed.custom, **values["custom"]}
    for name in _COMMANDS & values.keys():
        values[name] = _call(values[name])
    return msgspec.structs.replace(changed, **values)


def _call(text: str | None) -> CommandCall | None:
    if not text:
        return None
    name, *args = text.split("!")
    return CommandCall(name=name, args=tuple(args), raw=text)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={text}" for name, text in value.items())
    return str(value)
