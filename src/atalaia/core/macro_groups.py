"""Macros of contacts, and of the groups of hosts, services and contacts."""

from collections.abc import Callable

from atalaia.core.macro_context import MacroContext
from atalaia.core.macro_hosts import groups_of
from atalaia.core.objects import Contact, ContactGroup, HostGroup, ServiceGroup

ContactValue = Callable[[Contact], str | None]
"""None is no value at all: empty for one contact, left out of a list of many."""

ContactGroupValue = Callable[[ContactGroup], str]
HostGroupValue = Callable[[MacroContext, HostGroup], str]
ServiceGroupValue = Callable[[MacroContext, ServiceGroup], str]

CONTACT_ADDRESSES = 6
"""address1 to address6, asked for by $CONTACTADDRESS1$ to $CONTACTADDRESS6$."""

CONTACT_MACROS: dict[str, ContactValue] = {
    "CONTACTNAME": lambda contact: contact.contact_name,
    "CONTACTALIAS": lambda contact: contact.alias,
    "CONTACTEMAIL": lambda contact: contact.email,
    "CONTACTPAGER": lambda contact: contact.pager,
    "CONTACTGROUPNAMES": lambda contact: ",".join(groups_of(contact.contact_groups)) or None,
}

CONTACT_GROUP_MACROS: dict[str, ContactGroupValue] = {
    "CONTACTGROUPNAME": lambda group: group.contactgroup_name,
    "CONTACTGROUPALIAS": lambda group: group.alias,
    "CONTACTGROUPMEMBERS": lambda group: ",".join(group.members),
}

HOST_GROUP_MACROS: dict[str, HostGroupValue] = {
    "HOSTGROUPNAME": lambda _, group: group.hostgroup_name,
    "HOSTGROUPALIAS": lambda _, group: group.alias,
    "HOSTGROUPMEMBERS": lambda _, group: ",".join(group.members),
    "HOSTGROUPMEMBERADDRESSES": lambda context, group: ",".join(
        context.model.hosts[name].address for name in group.members
    ),
}

SERVICE_GROUP_MACROS: dict[str, ServiceGroupValue] = {
    "SERVICEGROUPNAME": lambda _, group: group.servicegroup_name,
    "SERVICEGROUPALIAS": lambda _, group: group.alias,
    "SERVICEGROUPMEMBERS": lambda _, group: ",".join(
        f"{host},{description}" for host, description in group.members
    ),
}


def first_host_group(context: MacroContext) -> HostGroup | None:
    """The group that Nagios takes for a host's own: the last by name."""
    if context.host is None or not context.host.hostgroups:
        return None
    return context.model.host_groups[max(context.host.hostgroups)]


def first_service_group(context: MacroContext) -> ServiceGroup | None:
    """The same for the service at hand."""
    if context.service is None or not context.service.servicegroups:
        return None
    return context.model.service_groups[max(context.service.servicegroups)]


def first_contact_group(context: MacroContext) -> ContactGroup | None:
    """The same for the contact at hand."""
    if context.contact is None or not context.contact.contact_groups:
        return None
    return context.model.contact_groups[max(context.contact.contact_groups)]
