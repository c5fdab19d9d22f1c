"""Which object a macro means: the one at hand, one that it names, or all of a group that it names.

On demand, a macro names its object: ``HOSTSTATE:web1``, ``SERVICESTATE:web1:HTTP`` (``SERVICESTATE::HTTP`` is
on the host at hand), ``CONTACTEMAIL:ana``; or a group and what to put between the values of its members:
``HOSTADDRESS:web-servers:,``. Each function here takes how to get the value and the two parts behind the
macro's name (None where left out), and makes the function that resolves the macro.
"""

from collections.abc import Iterable

from atalaia.core.macro_context import MacroContext
from atalaia.core.macro_groups import (
    ContactGroupValue,
    ContactValue,
    HostGroupValue,
    ServiceGroupValue,
    first_contact_group,
    first_host_group,
    first_service_group,
)
from atalaia.core.macro_hosts import HostValue
from atalaia.core.macro_services import ServiceValue
from atalaia.core.macro_text import Resolve


def _joined(values: Iterable[str | None], between: str | None) -> str:
    return (between or "").join(value for value in values if value is not None)


def of_host(value: HostValue, first: str | None, second: str | None, *, unknown: str | None = None) -> Resolve:
    """A host's macro: of the host at hand, of a named one, or of all in a group."""

    def at_hand(context: MacroContext) -> str | None:
        return None if context.host is None else value(context, context.host) or ""

    def named(context: MacroContext) -> str | None:
        host = context.model.hosts.get(first or "")
        return unknown if host is None else value(context, host) or ""

    def of_group(context: MacroContext) -> str | None:
        group = context.model.host_groups.get(first or "")
        if group is None:
            return None
        return _joined((value(context, context.model.hosts[name]) for name in group.members), second)

    if second is not None:
        return of_group
    return at_hand if first is None else named


def of_service(
    value: ServiceValue, first: str | None, second: str | None, *, unknown: str | None = None
) -> Resolve:
    """A service's macro: of the service at hand, of a named one, or of all in a group."""

    def at_hand(context: MacroContext) -> str | None:
        return None if context.service is None else value(context, context.service) or ""

    def on_the_host_at_hand(context: MacroContext) -> str | None:
        if context.host is None:
            return None
        service = context.model.services.get((context.host.host_name, second or ""))
        # Nagios leaves nothing of an unknown service here, unlike everywhere else.
        return "" if service is None else value(context, service) or ""

    def named(context: MacroContext) -> str | None:
        service = context.model.services.get((first or "", second or ""))
        if service is not None:
            return value(context, service) or ""
        group = context.model.service_groups.get(first or "")
        if group is None:
            return unknown
        return _joined((value(context, context.model.services[key]) for key in group.members), second)

    if first is None:
        return at_hand
    if not first:
        return on_the_host_at_hand
    return named if second is not None else _nothing


def of_contact(value: ContactValue, first: str | None, second: str | None) -> Resolve:
    """A contact's macro: of the contact at hand, of a named one, or of all in a group."""

    def at_hand(context: MacroContext) -> str | None:
        return None if context.contact is None else value(context.contact) or ""

    def named(context: MacroContext) -> str | None:
        contact = context.model.contacts.get(first or "")
        return None if contact is None else value(contact) or ""

    def of_group(context: MacroContext) -> str | None:
        group = context.model.contact_groups.get(first or "")
        if group is None:
            return None
        return _joined((value(context.model.contacts[name]) for name in group.members), second)

    if second is not None:
        return of_group
    return at_hand if first is None else named


def _nothing(_: MacroContext) -> None:
    return None


def of_host_group(value: HostGroupValue, first: str | None, _: str | None) -> Resolve:
    """A host group's macro: of the first group of the host at hand, or of a named one."""

    def resolve(context: MacroContext) -> str | None:
        group = first_host_group(context) if first is None else context.model.host_groups.get(first)
        return None if group is None else value(context, group)

    return resolve


def of_service_group(value: ServiceGroupValue, first: str | None, _: str | None) -> Resolve:
    """A service group's macro: of the first group of the service at hand, or of a named one."""

    def resolve(context: MacroContext) -> str | None:
        group = first_service_group(context) if first is None else context.model.service_groups.get(first)
        return None if group is None else value(context, group)

    return resolve


def of_contact_group(value: ContactGroupValue, first: str | None, _: str | None) -> Resolve:
    """A contact group's macro: of the first group of the contact at hand, or of a named one."""

    def resolve(context: MacroContext) -> str | None:
        group = first_contact_group(context) if first is None else context.model.contact_groups.get(first)
        return None if group is None else value(group)

    return resolve
