"""A client for the application around a fake server, without a socket."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from starlette.testclient import TestClient

from atalaia.web.app import WebSettings, create_app
from support.fake_control import FakeControl
from support.visiting import Visit


@pytest.fixture
def client_of() -> Iterator[Visit]:
    """Makes a client of an application over a fake server."""
    with ExitStack() as stack:

        def client_of(control: FakeControl, settings: WebSettings | None = None) -> TestClient:
            app = create_app(control, settings=settings or WebSettings())
            return stack.enter_context(TestClient(app, base_url="http://127.0.0.1:8420"))

        yield client_of
