"""The common ground of status.dat and retention.dat: texts on one line, numbers as Nagios writes them."""

from collections.abc import Mapping

from atalaia.core.changes import key_of
from atalaia.core.objects import CommandCall, Contact, Host, Service
from atalaia.core.plugin_output import escaped
from atalaia.core.records import Change, ChangeKey
from atalaia.core.runtime import Runtime
from atalaia.core.world import World

FORMAT_VERSION = "4.5.12"
"""Version of Nagios whose files these are; tools that choose by version read it first."""


def version(own: str) -> str:
    """The version line's value: first the format, then who wrote it."""
    return f"{FORMAT_VERSION}-atalaia-{own}"


def flat(text: str) -> str:
    """A text that has to stand on one line."""
    return text.replace("\n", "\\n") if "\n" in text else text


def long_text(known: Runtime) -> str:
    """Long output as Nagios keeps it."""
    return escaped(known.long_output) if known.long_output else ""


def raw(call: CommandCall | None) -> str:
    """A command as it was configured; empty when there is none."""
    return "" if call is None else call.raw or call.name


class Changed:
    """What was changed while running, asked for very often: most things never were."""

    def __init__(self, world: World) -> None:
        self._changes: Mapping[ChangeKey, Change] = world.changes.all()

    def of(self, thing: Host | Service | Contact) -> Change:
        """The changes of one object."""
        return self._changes.get(key_of(thing), _NOTHING) if self._changes else _NOTHING


_NOTHING = Change()


def custom(thing: Host | Service | Contact, change: Change, indent: str) -> str:
    """The lines of custom variables: whether it was changed, and the value."""
    if not thing.custom:
        return ""
    changed = change.fields.get("custom", {})
    return "".join(
        f"{indent}_{name}={int(name in changed)};{flat(value)}\n" for name, value in thing.custom.items()
    )
