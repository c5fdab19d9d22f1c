"""What the parser hands over: raw definitions as written, with their places.

Here: the values between parsing and resolving. Not here: how they are read or resolved.
"""

from dataclasses import dataclass, field
from typing import Any

from atalaia.config.directives import ObjectType
from atalaia.config.problems import Place

Pair = tuple[str, Any]
"""A canonical directive name and its value, as one line says it."""


class Definition:
    """One `define` block: what is written in it, nothing added.

    Attributes:
        kind: the object type.
        file: the file it stands in.
        line: the line of its `define`.
        own: canonical directive name to value; None is an explicit `null`.
        custom: custom variables in upper case, without underscore; None is an unset one.
        use: the text of the `use` directive.
        template: the text of the `name` directive.
        register: whether it is meant to become an object.
        damaged: an error was found inside; what follows from that is not reported again.
    """

    __slots__ = ("body", "custom", "damaged", "file", "kind", "line", "own", "register", "template", "use")

    def __init__(self, kind: ObjectType, file: str, line: int, body: list[Pair]) -> None:
        self.kind = kind
        self.file = file
        self.line = line
        self.body = body
        self.own: dict[str, Any] = {}
        self.custom: dict[str, str | None] | None = None
        self.use: str | None = None
        self.template: str | None = None
        self.register = True
        self.damaged = False

    @property
    def place(self) -> Place:
        """Where the definition starts."""
        return Place(self.file, self.line)

    def place_of(self, *directives: str) -> Place:
        """Return the line of the first of `directives` that is written here, else the definition's own."""
        for wanted in directives:
            for offset in range(len(self.body) - 1, -1, -1):
                if self.body[offset][0] == wanted:
                    return Place(self.file, self.line + 1 + offset)
        return self.place

    @property
    def key(self) -> str | None:
        """Return the object's own name, None when it has none (or its type has no names)."""
        name = self.own.get(self.kind.key) if self.kind.key else None
        return name if isinstance(name, str) else None

    def __repr__(self) -> str:
        """Return the place and the type, for people."""
        return f"<{self.kind.name} at {self.place}>"


@dataclass(slots=True)
class TypeFacts:
    """What was seen in the definitions of one type, so that later passes can skip what never occurs."""

    additive: set[str] = field(default_factory=set)
    """Directives with a value that starts with `+`."""
    forcing: dict[int, object] = field(default_factory=dict)
    """The check commands that were written with a leading `!`, by identity."""


@dataclass(slots=True)
class Definitions:
    """All definitions of a configuration in the order of reading, by type, and the names they carry."""

    by_type: dict[str, list[Definition]]
    names: dict[str, dict[str, Definition]]
    """Type to object name to definition; services and nameless objects have none."""
    templates: dict[str, dict[str, Definition]]
    """Type to template name to definition."""
    facts: dict[str, TypeFacts]

    def newest_first(self, kind: str) -> list[Definition]:
        """Return the definitions of a type, last one first: the order in which Nagios walks its lists."""
        return self.by_type[kind][::-1]
