"""Small installations as plain values: what is special about each object, and nothing else.

A `Setup` prints as the code that makes it, so that the smallest example of a failed property can be pasted
into a test. Everything that it does not mention is what `builders.py` gives.
"""

from typing import Any

import msgspec

from atalaia.core.objects import (
    Contact,
    ContactGroup,
    Escalation,
    Host,
    HostDependency,
    HostGroup,
    Model,
    ObjectKey,
    Service,
    ServiceDependency,
    ServiceGroup,
    TimePeriod,
    TimeRange,
)
from support.builders import a_contact, a_host, a_model, a_service

MINUTE = 60
DAY = 86400
HOUR = 3600

PERIODS = {
    "even": tuple(TimeRange(hour * HOUR, hour * HOUR + HOUR - 1) for hour in range(0, 24, 2)),
    "odd": tuple(TimeRange(hour * HOUR, hour * HOUR + HOUR - 1) for hour in range(1, 24, 2)),
    "never": (),
    "always": (TimeRange(0, DAY),),
}
"""Time periods that every setup has; the same on each day of the week."""


class Setup(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """An installation: fields that differ from the builders', by name of the object."""

    hosts: dict[str, dict[str, Any]]
    services: dict[ObjectKey, dict[str, Any]]
    contacts: dict[str, dict[str, Any]] = {}
    """`ana`, `bob` and `eva` are always there; here is what is special about them."""
    settings: dict[str, Any] = {}
    host_dependencies: tuple[HostDependency, ...] = ()
    service_dependencies: tuple[ServiceDependency, ...] = ()
    host_escalations: tuple[Escalation, ...] = ()
    service_escalations: tuple[Escalation, ...] = ()

    def __hash__(self) -> int:
        return hash(repr(self))

    @property
    def keys(self) -> tuple[ObjectKey, ...]:
        """Every object that can be checked: hosts, then services."""
        return (*((name, "") for name in self.hosts), *self.services)

    def model(self) -> Model:
        """The configuration, resolved."""
        objects: list[Host | Service | Contact | TimePeriod] = [
            *(_host(name, fields) for name, fields in self.hosts.items()),
            *(_service(key, fields) for key, fields in self.services.items()),
            *(a_contact(name, **self.contacts.get(name, {})) for name in ("ana", "bob", "eva")),
            *(
                TimePeriod(timeperiod_name=name, alias=name, weekdays=(day,) * 7)
                for name, day in PERIODS.items()
            ),
        ]
        given = {"interval_length": MINUTE, "enable_flap_detection": True, "log_service_retries": True}
        model = a_model(*objects, **(given | {"log_host_retries": True} | self.settings))
        return msgspec.structs.replace(
            model,
            contact_groups={
                "team": ContactGroup(contactgroup_name="team", alias="team", members=("ana", "eva"))
            },
            host_groups={"all": HostGroup(hostgroup_name="all", alias="all", members=tuple(self.hosts))},
            service_groups={
                "some": ServiceGroup(servicegroup_name="some", alias="some", members=tuple(self.services))
            },
            host_dependencies=self.host_dependencies,
            service_dependencies=self.service_dependencies,
            host_escalations=self.host_escalations,
            service_escalations=self.service_escalations,
        )


def _host(name: str, fields: dict[str, Any]) -> Host:
    given = {
        "check_interval": 5.0,
        "retry_interval": 1.0,
        "max_check_attempts": 2,
        "flap_detection_options": "odu",
        "notification_interval": 30.0,
        "contacts": ("ana", "bob"),
    }
    return a_host(name, **(given | fields))


def _service(key: ObjectKey, fields: dict[str, Any]) -> Service:
    host, description = key
    given = {
        "check_interval": 5.0,
        "retry_interval": 1.0,
        "flap_detection_options": "owcu",
        "notification_interval": 30.0,
        "contacts": ("ana", "bob"),
    }
    return a_service(description, host, **(given | fields))
