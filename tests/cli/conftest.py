"""English, no settings from outside, and a token in the environment."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from support.giving import TOKEN, Orders


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Orders]:
    """Runs orders as ana, with the right token in the environment; the server's own log is kept away."""
    for name in ("ATALAIA_SERVER", "ATALAIA_TOKEN_FILE", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("LOGNAME", "ana")
    monkeypatch.setenv("ATALAIA_TOKEN", TOKEN)
    with capture_logs():
        yield Orders(capsys)
