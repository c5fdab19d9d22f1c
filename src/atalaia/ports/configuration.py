"""Reading the configuration again, as the engine sees it."""

from collections.abc import Callable

import msgspec

from atalaia.core.objects import Model


class LoadOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of reading a configuration; `model` is None when it has errors."""

    model: Model | None
    errors: tuple[str, ...] = ()
    """One line each: ``file:line: error: message``."""
    warnings: tuple[str, ...] = ()


LoadConfiguration = Callable[[], LoadOutcome]
"""Reads the configuration from its files; blocks, so it is called in a thread."""
