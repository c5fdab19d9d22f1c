"""Escalations: who is told instead of an object's own contacts, and how often (Nagios' rules)."""

from collections.abc import Iterable
from datetime import tzinfo

from atalaia.core.instants import Instant
from atalaia.core.objects import Contact, Escalation, Host, Service, TimePeriod
from atalaia.core.runtime import Runtime
from atalaia.core.timeperiods import contains
from atalaia.core.topology import Topology


class Escalations:
    """Asks a model's escalations."""

    def __init__(self, topology: Topology, tz: tzinfo) -> None:
        self._topology = topology
        self._tz = tz

    def valid(self, obj: Host | Service, known: Runtime, now: Instant) -> list[Escalation]:
        """The escalations that hold for the message with the object's current number, in their order.

        A recovery is counted one lower than the last message of the problem: that is what Nagios 4.5 does. So
        those who were told last are not always among them; see `telling.Recoveries`.
        """
        number = known.notification_number - 1 if known.state == 0 else known.notification_number
        letter = obj.state_letter(known.state)
        if known.state == 0:
            letter = "r"
        periods = self._topology.model.timeperiods
        return [
            one
            for one in self._topology.escalations_of(obj.key)
            if _covers(one, number, letter) and self._is_open(one, periods, now)
        ]

    def interval(self, obj: Host | Service, known: Runtime, now: Instant) -> float:
        """Units until the next message: the smallest interval of the valid escalations, else the object's."""
        intervals = [one.notification_interval for one in self.valid(obj, known, now)]
        return min((one for one in intervals if one >= 0), default=obj.notification_interval)

    def contacts(
        self, obj: Host | Service, known: Runtime, now: Instant, *, broadcast: bool
    ) -> tuple[list[Contact], bool]:
        """Everybody who comes into question, each once, in the order in which Nagios tells them.

        Args:
            broadcast: the contacts of all escalations and the object's own.

        Returns:
            The contacts, and whether they come from an escalation.
        """
        valid = self.valid(obj, known, now)
        if not valid and not broadcast:
            return list(self._topology.contacts_of(obj)), False
        sources: list[Escalation | Host | Service] = list(reversed(valid))
        if broadcast:
            sources = [*reversed(self._topology.escalations_of(obj.key)), obj]
        lists = (reversed(self._topology.contacts_of(source)) for source in sources)
        return _each_once(contact for contacts in lists for contact in contacts), bool(valid)

    def _is_open(self, escalation: Escalation, periods: dict[str, TimePeriod], now: Instant) -> bool:
        return contains(periods, escalation.escalation_period, now, self._tz)


def _covers(escalation: Escalation, number: int, letter: str) -> bool:
    if escalation.first_notification > number:
        return False
    if escalation.last_notification != 0 and escalation.last_notification < number:
        return False
    return letter in escalation.escalation_options


def _each_once(contacts: Iterable[Contact]) -> list[Contact]:
    """Each contact once; the last one that came in is the first to be told, as in Nagios."""
    found = {contact.contact_name: contact for contact in contacts}
    return list(reversed(found.values()))
