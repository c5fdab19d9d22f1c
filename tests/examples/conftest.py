"""One example environment for all tests that only look at it or put back what they break."""

from collections.abc import Iterator

import pytest

from support.production import Launcher


@pytest.fixture(scope="session")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    """nginx, gunicorn and the inbox, up on free ports, without Atalaia."""
    with Launcher(tmp_path_factory.mktemp("production") / "var", "--without-atalaia") as launcher:
        launcher.wait_until_up()
        yield launcher
