"""Object files to raw definitions with their places: one tight pass over the lines.

Here: blocks, include statements, names that are given twice. Not here: single lines (lines), templates.

Speed: most lines of a large configuration occur many times. A line is understood once per object type and
then found again in a dictionary by its text; a definition's dictionary is made from the found pairs in one
call. Positions cost nothing: the n-th entry of a block is the n-th line after its `define`.
"""

from collections.abc import Iterator
from typing import Any

from atalaia.config.definitions import Definition, Definitions, Pair, TypeFacts
from atalaia.config.directives import OBJECT_TYPES, Kind, ObjectType
from atalaia.config.lines import NOTHING, LineReader, OptionPair
from atalaia.config.problems import Place, Problems, did_you_mean
from atalaia.config.source import (
    BLANKS,
    SourceText,
    continues,
    join_continued,
    object_files,
    read_source,
    strip_comment,
)
from atalaia.config.timeperiod_parse import EXCEPTION

_CLOSE: Pair = ("}", None)
_CACHED_LINES = 200_000
_NAMED = ("timeperiod", "command", "contact", "contactgroup", "host", "hostgroup", "servicegroup")


class ObjectParser:
    """Reads object files one after the other into one `Definitions`."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._facts = {name: TypeFacts() for name in OBJECT_TYPES}
        self._readers = {
            name: LineReader(kind, self._facts[name], problems) for name, kind in OBJECT_TYPES.items()
        }
        self._caches: dict[str, dict[str, Pair]] = {name: {} for name in OBJECT_TYPES}
        self._including: list[str] = []
        self.files: list[str] = []
        self.definitions = Definitions(
            by_type={name: [] for name in OBJECT_TYPES},
            names={name: {} for name in _NAMED},
            templates={name: {} for name in OBJECT_TYPES},
            facts=self._facts,
        )

    def read_folder(self, folder: str, asked_by: Place | None = None) -> None:
        """Read all object files under `folder`."""
        for path in object_files(folder, self._problems, asked_by):
            self.read_file(path, asked_by)

    def read_file(self, path: str, asked_by: Place | None = None) -> None:
        """Read one object file and what it includes."""
        if path in self._including:
            self._problems.error(asked_by or Place(path), f"`{path}` includes itself")
            return
        source = read_source(path, self._problems, asked_by)
        if source is None:
            return
        self.files.append(path)
        self._including.append(path)
        self._read_lines(source)
        self._including.pop()

    def _read_lines(self, source: SourceText) -> None:
        lines = enumerate(source.lines, 1)
        path, stray = source.path, False
        for number, line in lines:
            text = strip_comment(join_continued(line, lines)[0] if continues(line) else line).strip(BLANKS)
            if not text or text.startswith("#"):
                continue
            if text.startswith("define"):
                stray = False
                opening: tuple[str, int] | None = (text, number)
                while opening is not None:
                    opening = self._read_block(source, lines, *opening)
            elif text.startswith(("include_file=", "include_dir")):
                self._include(text, Place(path, number))
            else:
                if not stray:
                    self._problems.error(Place(path, number), _stray(text, number))
                stray = True  # the lines after it are stray for the same reason

    def _include(self, text: str, place: Place) -> None:
        what, _, path = text.partition("=")
        if not path:
            self._problems.warning(place, f"`{text}` names nothing and is ignored")
        elif what == "include_file":
            self.read_file(path, place)
        else:
            self.read_folder(path, place)

    def _read_block(
        self, source: SourceText, lines: Iterator[tuple[int, str]], opening: str, start: int
    ) -> tuple[str, int] | None:
        """Read one block; return the next opening when that stands where the end of this one should."""
        kind = self._opened(opening, Place(source.path, start))
        body: list[Pair] = []
        definition = Definition(kind or OBJECT_TYPES["command"], source.path, start, body)
        cache = self._caches[kind.name] if kind else {}
        find, append = cache.get, body.append
        again: tuple[str, int] | None = None
        for number, line in lines:
            pair = find(line)
            if pair is None:
                pair, again = self._slow_line(kind, definition, line, number, lines, cache)
            if pair is _CLOSE:
                break
            append(pair)
        else:
            hint = _closed_too_early(opening)
            self._problems.error(
                Place(source.path, start), f"the definition is not closed: a line with `}}` is missing{hint}"
            )
            definition.damaged = True
        if kind is not None:
            self._finish(definition)
        return again

    def _opened(self, opening: str, place: Place) -> ObjectType | None:
        rest = opening[len("define") :].lstrip(" \t")
        name = rest
        for position, character in enumerate(rest):
            if character in " \t{":
                name = rest[:position]
                break
        after = rest[len(name) :].lstrip(" \t")
        if after not in {"", "{"} and not after.endswith("}"):
            lost = after.removeprefix("{").strip()
            self._problems.warning(place, f"`{lost}` after `define {name}` is dropped; use a line of its own")
        kind = OBJECT_TYPES.get(name)
        if kind is None:
            wrong = f"unknown object type `{name}`" if name else "`define` needs an object type"
            self._problems.error(place, wrong + did_you_mean(name, OBJECT_TYPES))
        elif name in {"hostextinfo", "serviceextinfo"}:
            self._problems.warning(
                place,
                f"{name} is deprecated; write its directives into the {name.removesuffix('extinfo')}",
                same=("extinfo", name),
            )
        return kind

    def _slow_line(
        self,
        kind: ObjectType | None,
        definition: Definition,
        line: str,
        number: int,
        lines: Iterator[tuple[int, str]],
        cache: dict[str, Pair],
    ) -> tuple[Pair, tuple[str, int] | None]:
        """Understand a line that was not met before; the second value is an opening that ends the block."""
        whole, taken = join_continued(line, lines) if continues(line) else (line, 0)
        text = strip_comment(whole).strip(BLANKS)
        place = Place(definition.file, number)
        again: tuple[str, int] | None = None
        sound = True
        if not text or text.startswith("#"):
            pair = NOTHING
        elif text == "}":
            pair = _CLOSE
        elif text.startswith("define"):
            opened = f"the definition at line {definition.line} is open"
            self._problems.error(place, f"a line with `}}` is missing: {opened}")
            definition.damaged = True
            return _CLOSE, (text, number)
        elif kind is None:
            return NOTHING, None
        else:
            pair, sound = self._readers[kind.name].read(text, place)
        if not sound:
            definition.damaged = True
            if text.startswith("}"):  # meant as the end: what follows is not part of this definition
                return _CLOSE, None
        elif not taken:
            if len(cache) >= _CACHED_LINES:
                cache.clear()
            cache[line] = pair
        if taken and pair is not _CLOSE:
            definition.body.append(pair)
            definition.body.extend([NOTHING] * (taken - 1))
            pair = NOTHING
        return pair, again

    def _finish(self, definition: Definition) -> None:
        kind, body = definition.kind, definition.body
        own: dict[str, Any] = dict(body)
        own.pop("", None)
        if len(own) + body.count(NOTHING) != len(body) or EXCEPTION in own:
            own = self._assemble(definition)
        use = own.pop("use", None)
        name = own.pop("name", None)
        definition.use = use
        definition.template = name
        definition.register = own.pop("register", True)
        if kind.custom:
            mine = self._readers[kind.name].custom_seen & own.keys()
            if mine:
                definition.custom = {key[1:]: own.pop(key) for key in list(own) if key in mine}
        definition.own = own
        self.definitions.by_type[kind.name].append(definition)
        if name is not None:
            self._remember(self.definitions.templates[kind.name], name, definition, "name")
        if kind.key:
            key = own.get(kind.key)
            if key is not None:
                self._remember(self.definitions.names[kind.name], key, definition, kind.key)
            elif name is None and definition.register and not definition.damaged:
                self._problems.error(definition.place, _nameless(definition))
                definition.damaged = True

    def _remember(
        self, known: dict[str, Definition], name: str, definition: Definition, directive: str
    ) -> None:
        first = known.setdefault(name, definition)
        if first is not definition:
            what = f"template `{name}`" if directive == "name" else f"`{name}`"
            self._problems.error(
                definition.place_of(directive),
                f"{definition.kind.name} {what} is defined twice: first at {first.place}; remove or rename one",
            )
            definition.damaged = True

    def _assemble(self, definition: Definition) -> dict[str, Any]:
        """Put a body together whose directives repeat: the last wins, except lists that Nagios adds up."""
        kind, own = definition.kind, dict[str, Any]()
        exceptions: list[object] = []
        for pair in definition.body:
            key, value = pair
            if not key:
                continue
            if key == EXCEPTION:
                exceptions.append(value)
            elif key not in own:
                own[key] = value
            else:
                self._repeat(definition, kind, own, pair)
        if exceptions:
            own[EXCEPTION] = exceptions
        return own

    def _repeat(self, definition: Definition, kind: ObjectType, own: dict[str, Any], pair: Pair) -> None:
        key, value = pair
        directive = kind.directives.get(key)
        place = definition.place_of(key)
        before = own[key]
        if directive is None:
            if key.startswith("_"):
                self._problems.warning(place, f"`{key}` is given twice; the first value counts (Nagios)")
            else:
                own[key] = value
        elif directive.kind in {Kind.KEY, Kind.TEMPLATE_NAME}:
            self._problems.error(place, f"`{key}` is given twice in one {kind.name}")
            definition.damaged = True
        elif directive.kind is Kind.MEMBERS:
            if value is not None:
                own[key] = value if before is None else f"{before},{value}"
        elif isinstance(pair, OptionPair) and directive.kind is not Kind.FRESH_OPTIONS:
            assert directive.options is not None
            own[key] = directive.options.parse(pair.text, str(before))[0]
        elif value is not None:
            own[key] = value
            if value != before and directive.kind is not Kind.REGISTER:
                self._problems.warning(place, f"`{key}` is given more than once; the last value counts")


def _closed_too_early(opening: str) -> str:
    return "; the one on the line of `define` does not count" if opening.endswith("}") else ""


def _stray(text: str, number: int) -> str:
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    if number == 1 and text.startswith(("\ufeff", "\xef\xbb\xbf")):
        return "the file starts with a byte order mark; save it as UTF-8 without one"
    if not shown.isprintable():
        return "this is not a Nagios object file (binary data?)"
    if text.startswith("$USER"):
        return "a $USERn$ line belongs into a resource file (resource_file= in the main file)"
    if "=" in text:
        return f"`{shown.partition('=')[0]}=` is not a statement of object files{_main_hint(text)}"
    hint = did_you_mean(shown.split()[0], ["define"]) if shown.split() else ""
    return f"`{shown}` stands outside of any `define TYPE {{` … `}}`{hint}"


def _main_hint(text: str) -> str:
    name = text.partition("=")[0].strip()
    if name in {"cfg_file", "cfg_dir"}:
        return f"; write include_{name.removeprefix('cfg_')}= here"
    return " (it belongs into the main file?)"


def _nameless(definition: Definition) -> str:
    kind = definition.kind
    if kind.key in definition.own:
        return f"{kind.name} has an empty name"
    return f"{kind.name} has neither `{kind.key}` nor `name`; give it a name, or `register 0`"
