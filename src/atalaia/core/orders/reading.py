"""The fields of an external command, read by Nagios' rules, and the objects that they name.

A field ends at the next semicolon, empty ones in the middle count, and the end of the text is a missing field.
Everything that is wrong is refused here, before anything is changed.
"""

import re
from typing import TYPE_CHECKING

import msgspec

from atalaia.core.effects import Effects
from atalaia.core.instants import LATEST, Instant
from atalaia.core.objects import Contact, ContactGroup, Host, HostGroup, Service, ServiceGroup

if TYPE_CHECKING:
    from atalaia.core.world import World

_NUMBER = re.compile(r"\s*([+-]?)0*(\d+)")

_MOST_DIGITS = 18
"""Behind leading zeros; Python takes very long for very many."""

LARGEST = 1_000_000_000
"""The largest number that a command takes where no moment is meant. Thirty years of seconds fit, and every
moment that is reckoned from it stays within the calendar."""


class RefusedError(ValueError):
    """The command changes nothing; the sentence says why.

    Attributes:
        fault: ``malformed`` (no command at all), ``unknown``, ``failed``, ``pointless`` (nothing to do, which
            Nagios passes over in silence) or ``unauthorised``.
    """

    def __init__(self, reason: str, fault: str = "failed") -> None:
        super().__init__(reason)
        self.fault = fault


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """An external command as it came."""

    text: str
    """Without its timestamp: ``NAME;argument;argument``."""
    entry_time: Instant
    """Its timestamp: when it was given."""
    source: str = "file"
    """``file``, ``api`` or ``simulation``."""
    user: str = ""
    """Who sent it, where that is known."""
    from_file: bool = False
    """It stood in a file that PROCESS_FILE named."""


class Hand:
    """What a command has to work with: the world, the moment, and its own fields, taken one by one."""

    def __init__(
        self, world: "World", name: str, arguments: str, order: Order, now: Instant, effects: Effects
    ) -> None:
        self.world = world
        self.name = name
        self.order = order
        self.now = now
        self.effects = effects
        self._rest = arguments

    @property
    def entry_time(self) -> Instant:
        """When the command was given."""
        return self.order.entry_time

    # --- fields -------------------------------------------------------------------------------------------

    def has_more(self) -> bool:
        """Something is left to read."""
        return bool(self._rest)

    def optional(self) -> str | None:
        """The next field; None at the end."""
        if not self._rest:
            return None
        field, _, self._rest = self._rest.partition(";")
        return field

    def text(self, what: str) -> str:
        """The next field, which must be there.

        Args:
            what: its name in the documentation of the command.
        """
        field = self.optional()
        if field is None:
            raise RefusedError(f"{self.name} lacks its field {what}")
        return field

    def rest(self, what: str) -> str:
        """Everything up to the end, semicolons included."""
        if not self._rest:
            raise RefusedError(f"{self.name} lacks its field {what}")
        field, self._rest = self._rest, ""
        return field

    def optional_rest(self) -> str | None:
        """Everything up to the end, semicolons included; None when nothing is left."""
        field, self._rest = self._rest, ""
        return field or None

    def number(self, what: str) -> int:
        """The next field as a whole number. As in C a fraction or text behind it is cut off and nothing is 0;
        text that is no number at all is refused."""
        return as_number(self.text(what), what, self.name)

    def flag(self, what: str) -> bool:
        """The next field as a switch: any number above 0 is on."""
        return self.number(what) > 0

    def instant(self, what: str) -> Instant:
        """The next field as epoch seconds; what lies before 1970 is 0."""
        return Instant(float(max(0, as_seconds(self.text(what), what, self.name))))

    # --- objects ------------------------------------------------------------------------------------------

    def host(self) -> Host:
        """The host that the next field names."""
        return self.host_named(self.text("host_name"))

    def host_named(self, name: str) -> Host:
        """A host by its name."""
        host = self.world.model.hosts.get(name)
        if host is None:
            raise RefusedError(f"there is no host {name!r}")
        return host

    def service(self) -> Service:
        """The service that the next two fields name."""
        host = self.text("host_name")
        description = self.text("service_description")
        service = self.world.model.services.get((host, description))
        if service is None:
            self.host_named(host)
            raise RefusedError(f"there is no service {description!r} on host {host!r}")
        return service

    def contact(self) -> Contact:
        """The contact that the next field names."""
        name = self.text("contact_name")
        contact = self.world.model.contacts.get(name)
        if contact is None:
            raise RefusedError(f"there is no contact {name!r}")
        return contact

    def host_group(self) -> HostGroup:
        """The host group that the next field names."""
        name = self.text("hostgroup_name")
        group = self.world.model.host_groups.get(name)
        if group is None:
            raise RefusedError(f"there is no host group {name!r}")
        return group

    def service_group(self) -> ServiceGroup:
        """The service group that the next field names."""
        name = self.text("servicegroup_name")
        group = self.world.model.service_groups.get(name)
        if group is None:
            raise RefusedError(f"there is no service group {name!r}")
        return group

    def contact_group(self) -> ContactGroup:
        """The contact group that the next field names."""
        name = self.text("contactgroup_name")
        group = self.world.model.contact_groups.get(name)
        if group is None:
            raise RefusedError(f"there is no contact group {name!r}")
        return group

    def period(self) -> str:
        """The name of a time period: everything up to the end."""
        name = self.rest("timeperiod_name")
        if name not in self.world.model.timeperiods:
            raise RefusedError(f"there is no time period {name!r}")
        return name


def as_number(field: str, what: str, command: str) -> int:
    """A field as a whole number; empty is 0."""
    number = _number(field, what, command)
    if abs(number) > LARGEST:
        raise RefusedError(f"{command}: {what} is out of range: at most {LARGEST}")
    return number


def as_seconds(field: str, what: str, command: str) -> int:
    """A field as epoch seconds; empty is 0."""
    number = _number(field, what, command)
    if number > LATEST:
        raise RefusedError(
            f"{command}: {what} lies after the year 9999; it is meant in seconds, not milliseconds"
        )
    return number


def _number(field: str, what: str, command: str) -> int:
    if not field.strip():
        return 0
    found = _NUMBER.match(field)
    if found is None:
        raise RefusedError(f"{command}: {what} must be a number, not {field!r}")
    sign, digits = found.groups()
    return int(sign + digits) if len(digits) <= _MOST_DIGITS else int(sign + "9" * _MOST_DIGITS)
