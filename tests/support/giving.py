"""Giving orders on the command line to a server with a fake inside, and what it was told."""

import json
from typing import Any

import pytest

from atalaia.ports.control import CommentView, DowntimeView
from support.asking import Command, parse, run_over
from support.fake_control import FakeControl, a_comment, a_downtime

TOKEN = "a token that is long enough"


class LeavingControl(FakeControl):
    """A fake that keeps what commands leave, as far as the command line asks for it afterwards."""

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        self.to_leave: list[CommentView | DowntimeView] = []
        """Appears with the next command."""

    async def command(self, text: str, *, source: str = "api", user: str = "") -> None:
        await super().command(text, source=source, user=user)
        for one in self.to_leave:
            if isinstance(one, CommentView):
                self.all_comments.append(one)
            else:
                self.all_downtimes.append(one)
        self.to_leave = []


class Orders:
    """A command of the command line, run with the right token."""

    def __init__(self, capsys: pytest.CaptureFixture[str], control: FakeControl | None = None) -> None:
        self.control = control or LeavingControl()
        self._capsys = capsys

    async def run(self, command: Command, *argv: str) -> int:
        """Runs it; what it printed is in `out` and `err`."""
        status = await run_over(self.control, parse(command, argv), token=TOKEN)
        self.out, self.err = self._capsys.readouterr()
        return status

    @property
    def commands(self) -> list[str]:
        """What the server was told, oldest first."""
        return self.control.commands

    @property
    def json(self) -> Any:
        """What was printed, for programs."""
        return json.loads(self.out)


__all__ = ["TOKEN", "LeavingControl", "Orders", "a_comment", "a_downtime"]
