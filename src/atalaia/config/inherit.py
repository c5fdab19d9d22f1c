"""Templates: what a definition says together with what it uses.

Here: `use`, `+`, `null`, custom variables, the forcing check command. Not here: what hosts hand down to
services (expand_services) and other rules that need names of other objects.

The sum of the templates behind one `use` text is worked out once and shared by all definitions with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atalaia.config.definitions import Definition, Definitions
from atalaia.config.directives import ObjectType
from atalaia.config.problems import Problems, did_you_mean
from atalaia.config.timeperiod_parse import EXCEPTION, RawException

_NO_TEXTS: Mapping[str, str | None] = {}
_DEEPEST_CIRCLE = 100
_SHORT_CHAIN = 20


class Resolved:
    """A definition with its templates applied. `name in resolved` tells that a directive is set, if to null."""

    __slots__ = ("base", "custom", "damaged", "definition", "own")

    def __init__(
        self,
        definition: Definition,
        own: dict[str, Any],
        base: dict[str, Any],
        custom: Mapping[str, str | None],
        *,
        damaged: bool,
    ) -> None:
        self.definition = definition
        self.own = own
        self.base = base
        self.custom = custom
        self.damaged = damaged

    def get(self, name: str) -> Any:
        """Return the value of a directive, None when it is not set or null."""
        own = self.own
        return own[name] if name in own else self.base.get(name)

    def text(self, name: str) -> str | None:
        """Return the text of a list or name, without a left-over leading `+`."""
        value: str | None = self.get(name)
        return value[1:] if value is not None and value[:1] == "+" else value

    def __contains__(self, name: str) -> bool:
        """Tell whether the directive is set, here or in a template."""
        return name in self.own or name in self.base

    def merged(self) -> dict[str, Any]:
        """Return all set directives."""
        return {**self.base, **self.own} if self.base else self.own

    @property
    def key(self) -> str | None:
        """Return the object's own name; a name that only a template has does not make an object (Nagios)."""
        return self.definition.key


@dataclass(slots=True)
class _Sum:
    """What a list of templates says together."""

    values: dict[str, Any]
    custom: dict[str, str | None]
    sources: list[Resolved]
    forced: tuple[Any] | None
    damaged: bool


_EMPTY = _Sum({}, {}, [], None, damaged=False)


class Resolver:
    """Applies the templates of one configuration."""

    def __init__(self, definitions: Definitions, problems: Problems) -> None:
        self._definitions = definitions
        self._problems = problems
        self._templates: dict[int, Resolved] = {}
        self._sums: dict[tuple[str, str], _Sum] = {}
        self._open: set[int] = set()
        self._preparing = False

    def all(self, kind: str) -> list[Resolved]:
        """Return all definitions of a type resolved, in the order of reading."""
        newest_first = [self.resolve(definition) for definition in self._definitions.newest_first(kind)]
        return newest_first[::-1]

    def resolve(self, definition: Definition) -> Resolved:
        """Return `definition` with its templates applied.

        As in Nagios, templates that use each other in a circle just end there. The circle is reported as a
        warning, since what comes out depends on the order of the files.
        """
        if definition.template is not None:
            known = self._templates.get(id(definition))
            if known is not None:
                return known
        if definition.use is None and not definition.custom:
            resolved = Resolved(definition, definition.own, {}, _NO_TEXTS, damaged=definition.damaged)
        else:
            resolved = self._combine(definition, self._sum(definition))
        if definition.template is not None and id(definition) not in self._open:
            self._templates[id(definition)] = resolved
        return resolved

    def _sum(self, definition: Definition) -> _Sum:
        if definition.use is None:
            return _EMPTY
        kind = definition.kind.name
        found = self._sums.get((kind, definition.use))
        if found is not None:
            return found
        self._prepare(definition)
        mark = id(definition)
        self._open.add(mark)
        sources: list[Resolved] = []
        missing = looped = False
        for name in definition.use.split(","):
            template = self._definitions.templates[kind].get(name)
            if template is None:
                overlooked = len(self._open) > 1 or self._preparing
                missing = missing or not overlooked
                self._missing(definition, name, overlooked=overlooked)
                if overlooked:
                    break
            elif id(template) in self._open or len(self._open) > _DEEPEST_CIRCLE:
                looped = True
                self._loop(definition, name)
                sources.append(self._unfinished(template))
            else:
                sources.append(self.resolve(template))
        self._open.discard(mark)
        total = self._add_up(definition.kind, sources, damaged=missing)
        if not looped and not missing and not self._open:
            self._sums[kind, definition.use] = total
        return total

    def _prepare(self, definition: Definition) -> None:
        """Resolve the templates of templates from the innermost outwards, so that no chain is too long."""
        if self._open or self._preparing:
            return
        order = self._innermost_first(definition)
        if len(order) <= _SHORT_CHAIN:  # resolved by recursion, circles included, exactly as Nagios does
            return
        self._preparing = True
        for template in order:
            self.resolve(template)
        self._preparing = False

    def _innermost_first(self, definition: Definition) -> list[Definition]:
        templates = self._definitions.templates[definition.kind.name]
        seen = {id(definition)}
        order: list[Definition] = []
        path = [(definition, iter((definition.use or "").split(",")))]
        while path:
            current, names = path[-1]
            for name in names:
                template = templates.get(name)
                if template is None or id(template) in seen or id(template) in self._templates:
                    continue
                seen.add(id(template))
                path.append((template, iter((template.use or "").split(","))))
                break
            else:
                path.pop()
                if path:
                    order.append(current)
        return order

    def _unfinished(self, template: Definition) -> Resolved:
        custom = template.custom or _NO_TEXTS
        return Resolved(template, template.own, {}, custom, damaged=template.damaged)

    def _missing(self, definition: Definition, name: str, *, overlooked: bool) -> None:
        """Note a template that does not exist.

        Nagios overlooks it in a template that it resolves for the sake of another object, and leaves out the
        templates after it.
        """
        kind = definition.kind.name
        known = self._definitions.templates[kind]
        stripped = name.strip()
        if stripped != name and stripped in known:
            hint = "; leave out the blanks around the comma of `use` (Nagios takes them as part of the name)"
        elif not name:
            hint = "; `use` names nothing between two commas"
        elif name in self._definitions.names.get(kind, {}):
            hint = f"; the {kind} of that name lacks a line `name {name}`"
        else:
            hint = did_you_mean(stripped, known)
        if overlooked:
            hint += "; Nagios overlooks this here and goes on without it, and so do we"
        note = self._problems.warning if overlooked else self._problems.error
        note(
            definition.place_of("use"),
            f"there is no {kind} template `{name}`{hint}",
            same=("template", kind, name),
        )

    def _loop(self, definition: Definition, name: str) -> None:
        self._problems.warning(
            definition.place_of("use"),
            f"{definition.kind.name} templates use each other in a circle by way of `{name}`; "
            "the chain ends here (Nagios)",
            same=("template loop", definition.kind.name),
        )

    def _add_up(self, kind: ObjectType, sources: list[Resolved], *, damaged: bool) -> _Sum:
        values: dict[str, Any] = {}
        custom: dict[str, str | None] = {}
        forced: tuple[Any] | None = None
        additive = self._definitions.facts[kind.name].additive
        forcing = self._definitions.facts[kind.name].forcing
        for source in sources:
            damaged = damaged or source.damaged
            said = source.merged()
            for name in additive & values.keys() & said.keys():
                values[name] = _extend(values[name], said[name])
            values = {**said, **values}
            for name in reversed(list(source.custom)):
                custom.setdefault(name, source.custom[name])
            if id(source.definition.own.get("check_command")) in forcing:
                forced = (source.get("check_command"),)
        _keep_exceptions(values, {}, sources)
        return _Sum(values, custom, sources, forced, damaged)

    def _combine(self, definition: Definition, base: _Sum) -> Resolved:
        own = definition.own
        custom: Mapping[str, str | None] = definition.custom or _NO_TEXTS
        if base.custom:
            mine = definition.custom or {}
            custom = {**mine, **{name: value for name, value in base.custom.items() if name not in mine}}
        changed: dict[str, Any] = {}
        for name in self._definitions.facts[definition.kind.name].additive:
            value = own.get(name)
            if value is not None and value[:1] == "+":
                for source in base.sources:
                    if name in source:
                        value = _extend(value, source.get(name))
                changed[name] = value
        if base.forced is not None:
            changed["check_command"] = base.forced[0]
        if definition.kind.name == "timeperiod" and base.sources:
            _keep_exceptions(changed, own, base.sources)
        if changed:
            own = {**own, **changed}
        return Resolved(definition, own, base.values, custom, damaged=definition.damaged or base.damaged)


def _extend(value: Any, inherited: Any) -> Any:
    """Add what a template says before an additive value; a value without `+` is complete."""
    if value is None or inherited is None or value[:1] != "+":
        return value
    return f"{inherited},{value[1:]}"


def _keep_exceptions(into: dict[str, Any], own: dict[str, Any], sources: list[Resolved]) -> None:
    """Date exceptions are united: a template's come after the own ones unless the dates are equal."""
    mine: list[RawException] = list(own.get(EXCEPTION, ()))
    if not mine and not any(EXCEPTION in source for source in sources):
        return
    dates = {_dates(exception) for exception in mine}
    for source in sources:
        # Nagios puts them in front of one another, kind by kind, which turns their order around
        for exception in reversed(source.get(EXCEPTION) or ()):
            if _dates(exception) not in dates:
                dates.add(_dates(exception))
                mine.append(exception)
    into[EXCEPTION] = mine


def _dates(exception: RawException) -> tuple[object, ...]:
    spec = exception.dates
    return (
        spec.kind, spec.start_year, spec.start_month, spec.start_day, spec.start_week_day,
        spec.start_week_day_offset, spec.end_year, spec.end_month, spec.end_day, spec.end_week_day,
        spec.end_week_day_offset, spec.skip_interval,
    )  # fmt: skip
