"""A message to tell somebody, with only the telling fields named in a test."""

from typing import Any

from atalaia.core.instants import Instant
from atalaia.ports.channels import Message

BROKE = Instant(1785380645.0)
"""2026-07-30 03:04:05 UTC"""


def a_message(**changes: Any) -> Message:
    """A first message about a broken API; `key` follows from the rest unless it is given."""
    fields: dict[str, Any] = {
        "kind": "PROBLEM",
        "contact": "plantao",
        "recipient": "plantao@example.com",
        "host": "my-custom-nginx-container",
        "service": "api",
        "state": "CRITICAL",
        "previous_state": "OK",
        "output": "HTTP CRITICAL: HTTP/1.1 502 Bad Gateway",
        "since": BROKE,
        "time": Instant(BROKE + 20),
        "attempt": 3,
        "max_attempts": 3,
        "number": 1,
        "command": "notify-service-by-mail",
        "command_line": "/usr/bin/tell somebody",
    } | changes
    thread = f"{fields['host']};{fields['service']};77"
    fields.setdefault("thread", thread)
    fields.setdefault("key", f"{thread};{fields['kind']};{fields['number']};{fields['contact']}")
    return Message(**fields)
