"""Builders of what a store keeps: only the telling fields need to be given."""

from typing import Any

from atalaia.core.events import NotificationSent, StateChanged
from atalaia.core.instants import Instant
from atalaia.core.runtime import Runtime
from atalaia.ports.channels import Message
from atalaia.ports.storage import OutboxItem


def changed(
    host: str = "web", service: str = "http", *, time: float = 1000.0, output: str = ""
) -> StateChanged:
    """A service turned CRITICAL."""
    return StateChanged(
        time=Instant(time),
        host=host,
        service=service,
        state="CRITICAL",
        state_type="SOFT",
        attempt=1,
        max_attempts=3,
        previous_state="OK",
        previous_state_type="HARD",
        output=output,
    )


def told(
    host: str = "web", service: str = "http", *, contact: str = "ana", time: float = 1000.0
) -> NotificationSent:
    """A channel took a message."""
    return NotificationSent(
        time=Instant(time),
        host=host,
        service=service,
        contact=contact,
        kind="PROBLEM",
        state="CRITICAL",
        via="mail",
        number=1,
    )


def state(**fields: Any) -> Runtime:
    """What is known of an object."""
    return Runtime(has_been_checked=True, **fields)


def pending(key: str = "1", *, tries: int = 0, next_try: float = 0.0, last_error: str = "") -> OutboxItem:
    """A message on its way."""
    return OutboxItem(
        channel="mail",
        tries=tries,
        next_try=Instant(next_try),
        last_error=last_error,
        message=Message(
            key=key,
            kind="PROBLEM",
            contact="ana",
            recipient="ana@localhost",
            host="web",
            service="http",
            state="CRITICAL",
            since=Instant(990.0),
            time=Instant(1000.0),
            env={"NAGIOS_HOSTNAME": "web"},
        ),
    )
