"""Visiting the web application without a socket."""

from collections.abc import Callable

from starlette.testclient import TestClient

Visit = Callable[..., TestClient]
"""Makes a client of an application over a fake server (and settings, where they matter)."""
