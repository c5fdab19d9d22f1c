"""What macros are expanded from: one moment of the monitored world, seen from one host, service or contact."""

from collections.abc import Mapping
from datetime import tzinfo

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.objects import Checkable, Contact, Host, MainSettings, Model, ObjectKey, Service
from atalaia.core.runtime import Runtime
from atalaia.core.topology import Topology


class NotificationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What only notifications have; in all other commands these macros are empty."""

    kind: str
    """PROBLEM, RECOVERY, ACKNOWLEDGEMENT …"""
    number: int = 0
    is_escalated: bool = False
    author: str = ""
    """Who acknowledged, or sent a custom notification: a name as given."""
    comment: str = ""
    recipients: tuple[str, ...] = ()
    """Names of all contacts who are told, not only of the one at hand."""


class MacroContext(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a macro may ask for.

    A service's context also names its host. `contact` and `notification` are there in notifications only.
    """

    topology: Topology
    states: Mapping[ObjectKey, Runtime]
    now: Instant
    tz: tzinfo
    program_start: Instant
    event_start: Instant = Instant(0.0)
    """When the event loop began; 0 is the same as `program_start`."""
    host: Host | None = None
    service: Service | None = None
    contact: Contact | None = None
    notification: NotificationFacts | None = None
    args: tuple[str, ...] = ()
    """$ARG1$ and so on, with their own macros already expanded."""
    clean: bool = False
    """The text goes into a command line: what comes from outside loses its dangerous signs."""
    within: tuple[str, ...] = ()
    """Notes and addresses that are being expanded: one that contains itself comes to an end."""
    memo: dict[str, dict[str, int]] = {}
    """Sums over all hosts and services, worked out when first asked for."""

    @property
    def model(self) -> Model:
        """The configuration."""
        return self.topology.model

    @property
    def settings(self) -> MainSettings:
        """The main file's settings."""
        return self.topology.model.settings

    def runtime(self, checkable: Checkable, description: str = "") -> Runtime:
        """What is known of a host or service; the initial values where nothing is."""
        return self.states.get((checkable.host_name, description)) or _NOTHING_KNOWN


_NOTHING_KNOWN = Runtime()
