"""Running a command of the command line against a server with a fake inside, over a real connection."""

import argparse
import asyncio
from typing import Protocol

from atalaia.web.app import WebSettings, create_app
from atalaia.web.server import WebServer
from support.fake_control import FakeControl


class Command(Protocol):
    """A module of the command line."""

    def add_parser(self, subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]", /) -> None: ...


def parse(command: Command, argv: tuple[str, ...]) -> argparse.Namespace:
    """The command's arguments as the program would read them."""
    parser = argparse.ArgumentParser(prog="atalaia")
    command.add_parser(parser.add_subparsers())
    return parser.parse_args(argv)


async def run_over(control: FakeControl, args: argparse.Namespace, *, token: str = "") -> int:
    """Runs the command while a server with the fake answers; the server's address is filled in.

    Args:
        control: what the server has inside.
        args: the command.
        token: what the server wants to see before it takes a command; empty: it takes none.
    """
    server = WebServer(create_app(control, settings=WebSettings(token=token)), port=0)
    await server.start()
    try:
        args.server = server.address
        status = await asyncio.to_thread(args.run, args)
    finally:
        await server.stop()
    return int(status)
