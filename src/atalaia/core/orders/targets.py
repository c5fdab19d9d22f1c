"""Which objects a command is about: one, all services of a host, members of a group, all beyond a host."""

from collections.abc import Callable, Iterator

from atalaia.core.objects import Contact, Host, Service
from atalaia.core.orders.reading import Hand

Target = Callable[[Hand], list[Host | Service]]


def one_host(hand: Hand) -> list[Host | Service]:
    """The named host."""
    return [hand.host()]


def one_service(hand: Hand) -> list[Host | Service]:
    """The named service."""
    return [hand.service()]


def services_of_host(hand: Hand) -> list[Host | Service]:
    """All services of the named host."""
    return list(hand.world.topology.services_of[hand.host().host_name])


def hosts_of_host_group(hand: Hand) -> list[Host | Service]:
    """The members of the named host group."""
    hosts = hand.world.model.hosts
    return [hosts[name] for name in hand.host_group().members]


def services_of_host_group(hand: Hand) -> list[Host | Service]:
    """All services of the members of the named host group."""
    services_of = hand.world.topology.services_of
    return [service for name in hand.host_group().members for service in services_of[name]]


def hosts_of_service_group(hand: Hand) -> list[Host | Service]:
    """Each host that has a member of the named service group."""
    hosts = hand.world.model.hosts
    names = dict.fromkeys(host for host, _ in hand.service_group().members)
    return [hosts[name] for name in names]


def services_of_service_group(hand: Hand) -> list[Host | Service]:
    """The members of the named service group."""
    services = hand.world.model.services
    return [services[key] for key in hand.service_group().members]


def beyond_host(hand: Hand) -> list[Host | Service]:
    """All hosts below the named one and their services; not the host itself."""
    found: list[Host | Service] = []
    for host in descendants(hand, hand.host()):
        found.append(host)
        found.extend(hand.world.topology.services_of[host.host_name])
    return found


def host_and_children(hand: Hand) -> list[Host | Service]:
    """The named host and all hosts below it, without services."""
    host = hand.host()
    return [host, *descendants(hand, host)]


def descendants(hand: Hand, host: Host) -> Iterator[Host]:
    """All hosts below a host, the deepest first; one that is reached twice is told twice, as in Nagios."""
    hosts = hand.world.model.hosts
    for name in hand.world.topology.children_of[host.host_name]:
        child = hosts[name]
        yield from descendants(hand, child)
        yield child


def one_contact(hand: Hand) -> list[Contact]:
    """The named contact."""
    return [hand.contact()]


def contacts_of_group(hand: Hand) -> list[Contact]:
    """The members of the named contact group."""
    contacts = hand.world.model.contacts
    return [contacts[name] for name in hand.contact_group().members]
