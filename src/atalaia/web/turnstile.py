"""Lets a few tries in a while be written down and only counts the rest, so that nobody can fill the store."""

import asyncio
from collections.abc import Callable


class Turnstile:
    """Counts tries by spells of time; a spell begins with its first try.

    Args:
        most: tries of one spell that are let through.
        spell: seconds that a spell lasts.
        on_rest: told at the end of a spell how many tries were not let through, unless there were none.
    """

    def __init__(self, most: int, spell: float, on_rest: Callable[[int], None]) -> None:
        self._most = most
        self._spell = spell
        self._on_rest = on_rest
        self._tries = 0

    def lets_through(self) -> bool:
        """One more try; True when it is one of the first of its spell."""
        if self._tries == 0:
            asyncio.get_running_loop().call_later(self._spell, self._end)
        self._tries += 1
        return self._tries <= self._most

    def _end(self) -> None:
        rest = self._tries - self._most
        self._tries = 0
        if rest > 0:
            self._on_rest(rest)
