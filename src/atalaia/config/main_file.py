"""The main file: `name=value` lines to settings, and which object files to read.

Here: the main file itself. Not here: resource files (resource_file), objects (parser).
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from atalaia.config import effects, values
from atalaia.config.main_directives import LOAD_CONTROL_KEYS, MAIN_DIRECTIVES, MainDirective, MainKind
from atalaia.config.problems import Place, Problems, did_you_mean
from atalaia.config.resource_file import read_resource_file
from atalaia.config.source import BLANKS, continues, join_continued, read_source
from atalaia.core.objects import MainSettings

DEFAULT_ILLEGAL_OUTPUT = "`~$&|'\"<>"
"""What macros are cleaned of when a folder without a main file is read (the value of Nagios' sample file)."""


@dataclass(slots=True)
class ObjectSource:
    """A file or folder with objects."""

    path: str
    is_folder: bool
    place: Place


@dataclass(slots=True)
class MainFile:
    """What a main file says."""

    path: str
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    sources: list[ObjectSource] = field(default_factory=list)
    user_macros: dict[int, str] = field(default_factory=dict)
    without_effect: list[tuple[str, Place]] = field(default_factory=list)

    @property
    def allow_empty(self) -> bool:
        """Tell whether a service may name host groups that come to nothing."""
        return bool(self.values.get("allow_empty_hostgroup_assignment", True))

    @property
    def warn_empty(self) -> bool:
        """Tell whether that is worth a warning: only where the main file does not speak of it (Nagios)."""
        return "allow_empty_hostgroup_assignment" not in self.values

    def settings(self) -> MainSettings:
        """Return what the engine acts upon."""
        known = set(MainSettings.__struct_fields__)
        chosen = {name: value for name, value in self.values.items() if name in known}
        for name in ("host_down_disable_service_checks",):
            if name in chosen:
                chosen[name] = bool(chosen[name])
        return MainSettings(main_file=self.path, user_macros=self.user_macros, **chosen)


def read_main_file(path: str, problems: Problems) -> MainFile:
    """Return what the main file at `path` says; what is wrong with it is noted."""
    main = MainFile(path)
    source = read_source(path, problems)
    if source is None:
        return main
    lines = enumerate(source.lines, 1)
    for number, line in lines:
        text = (join_continued(line, lines)[0] if continues(line) else line).strip(BLANKS)
        if text and not text.startswith("#"):
            _Line(main, text, Place(path, number), problems).read()
    if "log_file" not in main.values:
        problems.error(Place(path), "the main file lacks `log_file=`; Nagios wants one")
    if "illegal_macro_output_chars" not in main.values:
        problems.warning(
            Place(path),
            f"`illegal_macro_output_chars` is not set: output of plugins goes into command lines as it is; "
            f"write illegal_macro_output_chars={DEFAULT_ILLEGAL_OUTPUT}",
        )
    return main


class _Line:
    """One line of a main file."""

    def __init__(self, main: MainFile, text: str, place: Place, problems: Problems) -> None:
        self._main = main
        self._text = text
        self._place = place
        self._problems = problems

    def read(self) -> None:
        written, equals, value = self._text.partition("=")
        name, value = written.strip(BLANKS), value.strip(BLANKS)
        if not equals or not name or not value:
            self._malformed(name, equals)
            return
        directive = MAIN_DIRECTIVES.get(name)
        if directive is None or (directive.glued and written != name):
            self._unknown(name, directive, value)
            return
        if directive.replaced_by:
            self._problems.warning(self._place, f"`{name}` is an old name; write `{directive.replaced_by}`")
        made = self._value(directive, name, value)
        if made is None:
            return
        self._main.values[directive.name] = made
        self._main.places[directive.name] = self._place
        if effects.lacks_effect(directive.name, made):
            self._main.without_effect.append((directive.name, self._place))

    def _malformed(self, name: str, equals: str) -> None:
        if self._text.startswith(";"):
            message = "`;` does not start a comment in the main file; use `#`"
        elif name.startswith("define"):
            message = "objects do not belong into the main file; name their file with cfg_file="
        elif not equals:
            message = f"`{self._text[:60]}` is not a `name=value` line"
        elif not name:
            message = "the name before `=` is missing"
        else:
            message = f"`{name}=` has no value; give one or remove the line"
        self._problems.error(self._place, message)

    def _unknown(self, name: str, directive: MainDirective | None, value: str) -> None:
        if directive is not None:
            self._problems.error(self._place, f"write `{name}={value}` without a blank before `=` (Nagios)")
            return
        if name.startswith("x"):
            self._legacy(name, value)
            return
        if name.startswith(";"):
            self._problems.error(self._place, "`;` does not start a comment in the main file; use `#`")
            return
        self._problems.error(
            self._place, f"unknown directive `{name}`{did_you_mean(name, MAIN_DIRECTIVES)}", same=("main", name)
        )

    def _legacy(self, name: str, value: str) -> None:
        if name in {"xodtemplate_config_file", "xodtemplate_config_dir"}:
            self._add_source(value, is_folder=name.endswith("dir"))
            new = "cfg_dir" if name.endswith("dir") else "cfg_file"
            self._problems.warning(self._place, f"`{name}` is an old name; write `{new}`")
        else:
            self._problems.warning(self._place, f"`{name}` is ignored, like every name that starts with x")

    def _add_source(self, value: str, *, is_folder: bool) -> None:
        path = self._absolute(value)
        if is_folder and len(path) > 1:
            path = path.removesuffix("/")
        self._main.sources.append(ObjectSource(path, is_folder, self._place))

    def _absolute(self, value: str) -> str:
        return value if value.startswith("/") else str(Path(self._main.path).parent / value)

    def _value(self, directive: MainDirective, name: str, text: str) -> Any:
        """Return the value, None when the line is dealt with or refused."""
        kind = directive.kind
        if directive.longest and len(text.encode()) > directive.longest:
            self._problems.error(self._place, f"`{name}` is longer than {directive.longest} characters")
            return None
        if kind in _NUMBERS:
            return self._number(directive, name, text)
        if kind is MainKind.STRICT_SWITCH:
            if text in {"0", "1"}:
                return text == "1"
            hint = "; a comment needs a line of its own" if "#" in text or ";" in text else ""
            self._problems.error(self._place, f"`{name}` must be 0 or 1, not `{text}`{hint}")
            return None
        if kind in {MainKind.CHOICE, MainKind.DELAY}:
            return self._choice(directive, name, text)
        if kind in {MainKind.PATH, MainKind.FOLDER}:
            return self._path(directive, name, text)
        return self._special(directive, name, text)

    def _special(self, directive: MainDirective, name: str, text: str) -> Any:
        kind = directive.kind
        if kind is MainKind.OBJECTS:
            # blanks after the equals sign are part of the path (Nagios reads these lines on their own)
            path = self._text.partition("=")[2]
            self._add_source(path, is_folder=name == "cfg_dir")
            return None
        if kind is MainKind.RESOURCE:
            path = self._absolute(text)
            self._main.user_macros.update(read_resource_file(path, self._problems, self._place))
            return path
        if kind is MainKind.OBSOLETE:
            self._problems.warning(
                self._place,
                f"`{name}` has no effect in Nagios 4 and is ignored; remove the line{directive.note}",
            )
            return None
        if kind is MainKind.LOAD_CONTROL:
            return self._load_control(text)
        if kind is MainKind.COMMAND:
            return values.parse_command_call(text)
        if directive.name == "website_url":
            return text.removesuffix("/")
        if directive.name == "date_format" and text not in {"us", "euro", "iso8601", "strict-iso8601"}:
            known = "us, euro, iso8601, strict-iso8601"
            self._problems.warning(self._place, f"`{text}` is none of {known}; us is used")
            return "us"
        return text

    def _number(self, directive: MainDirective, name: str, text: str) -> Any:
        kind = directive.kind
        if kind is MainKind.DECIMAL:
            read = values.read_float(text)
        elif kind is MainKind.UNSIGNED:
            read = values.read_unsigned(text)
        else:
            read = values.read_int(text)
        number = read.value
        if not values.is_finite(number) or not _within(directive, number):
            self._problems.error(self._place, f"`{name}` must be {_limits(directive)}, not `{text}`")
            return None
        value: Any = number > 0 if kind is MainKind.SWITCH else number
        value = int(value) if kind in {MainKind.INTEGER, MainKind.UNSIGNED} else value
        if not read.whole:
            self._problems.warning(
                self._place,
                f"`{text}` is not a number; Nagios reads `{name}` as {int(value)} here, and so do we",
            )
        return value

    def _choice(self, directive: MainDirective, name: str, text: str) -> Any:
        if directive.kind is MainKind.DELAY:
            number = values.read_float(text).value
            if text in {"n", "d", "s"} or (values.is_finite(number) and number > 0):
                return text
            wanted = "n, d, s or a number of seconds"
            self._problems.error(self._place, f"`{name}` must be {wanted}, not `{text}`")
        elif text in directive.choices:
            return _TIMEOUT_STATES[text] if directive.name == "service_check_timeout_state" else text
        else:
            known = ", ".join(directive.choices)
            self._problems.error(self._place, f"`{name}` must be one of {known}, not `{text}`")
        return None

    def _path(self, directive: MainDirective, name: str, text: str) -> str:
        path = self._absolute(text)
        if directive.kind is MainKind.FOLDER:
            path = path.removesuffix("/") or "/"
            if not _is_folder(path):
                self._problems.warning(
                    self._place, f"`{name}`: there is no folder `{path}`; Nagios would not start, Atalaia does"
                )
        return path

    def _load_control(self, text: str) -> str:
        for part in filter(None, text.split(";")):
            key = part.partition("=")[0].strip()
            if key not in LOAD_CONTROL_KEYS:
                self._problems.error(
                    self._place, f"`loadctl_options` knows no `{key}`{did_you_mean(key, LOAD_CONTROL_KEYS)}"
                )
        return text


_NUMBERS = frozenset({MainKind.SWITCH, MainKind.INTEGER, MainKind.UNSIGNED, MainKind.DECIMAL})
_TIMEOUT_STATES = {"o": 0, "w": 1, "c": 2, "u": 3}


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _within(directive: MainDirective, number: float) -> bool:
    return not (
        (directive.lowest is not None and number < directive.lowest)
        or (directive.highest is not None and number > directive.highest)
        or (directive.above is not None and number <= directive.above)
        or (directive.below is not None and number >= directive.below)
    )


def _limits(directive: MainDirective) -> str:
    parts: list[str] = []
    if directive.lowest is not None:
        parts.append(f"at least {directive.lowest:g}")
    if directive.above is not None:
        parts.append(f"above {directive.above:g}")
    if directive.highest is not None:
        parts.append(f"at most {directive.highest:g}")
    if directive.below is not None:
        parts.append(f"below {directive.below:g}")
    return " and ".join(parts) or "a number of finite size"
