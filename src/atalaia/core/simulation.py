"""A scripted day in virtual time: results and commands go in, the log comes out, through the very same core.

A scenario is text, one line per happening::

    SECONDS<TAB>service<TAB>host<TAB>description<TAB>exit code<TAB>output
    SECONDS<TAB>host<TAB>host<TAB>exit code<TAB>output
    SECONDS<TAB>command<TAB>an external command without its timestamp

No plugin is run: a check that the engine itself would start has no result unless the scenario brings one.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo

import msgspec

from atalaia.core.effects import Effects, WishKind
from atalaia.core.events import AnyFact, LogLine
from atalaia.core.instants import Instant
from atalaia.core.nagios_log import state_line
from atalaia.core.objects import Model, ObjectKey, Service
from atalaia.core.orders import Order, carry_out
from atalaia.core.plugin_output import unescaped
from atalaia.core.results import CheckResult, RawResult
from atalaia.core.telling import Recoveries
from atalaia.core.verdict import complaint, judge_host, judge_service
from atalaia.core.world import NOTHING_REMEMBERED, World

_KINDS = {"service": 4, "host": 3, "command": 1}
"""Fields behind each kind; the last one may hold tabs."""

_MAY_LACK_OUTPUT = ("service", "host")


_EXIT_CODE = re.compile(r"[ \t]*-?[0-9]{1,9}[ \t]*")

SOURCE = "simulation"
"""Where its commands come from."""


class ScenarioError(ValueError):
    """A line that cannot be read; the sentence names its number."""


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a scenario."""

    at: float
    """Seconds after the start."""
    kind: str
    fields: tuple[str, ...]
    line: int = 0


def read_scenario(lines: Iterable[str]) -> Iterator[Happening]:
    """The happenings of a scenario, in the order of the lines; empty lines and ``#`` comments are passed over.

    Raises:
        ScenarioError: a line that cannot be read.
    """
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if text.strip() and not text.lstrip().startswith("#"):
            yield _happening(text, number)


def _happening(text: str, number: int) -> Happening:
    seconds, _, rest = text.partition("\t")
    kind, _, rest = rest.partition("\t")
    kind = kind.strip()
    if kind not in _KINDS:
        known = ", ".join(_KINDS)
        raise ScenarioError(
            f"line {number}: the kind must be one of {known}, not {kind!r} (fields end at tabs)"
        )
    try:
        at = float(seconds)
    except ValueError:
        raise ScenarioError(f"line {number}: {seconds!r} is no number of seconds") from None
    if not 0 <= at < float("inf"):
        raise ScenarioError(f"line {number}: a scenario begins at second 0, not at {seconds}")
    fields = rest.split("\t", _KINDS[kind] - 1)
    if kind in _MAY_LACK_OUTPUT and len(fields) == _KINDS[kind] - 1:
        fields.append("")
    if len(fields) < _KINDS[kind] or not fields[0]:
        raise ScenarioError(f"line {number}: {kind} needs {_KINDS[kind]} fields behind it, divided by tabs")
    if kind != "command" and not _EXIT_CODE.fullmatch(fields[-2]):
        raise ScenarioError(f"line {number}: {fields[-2]!r} is no exit code")
    return Happening(at=at, kind=kind, fields=tuple(fields), line=number)


ReadFile = Callable[[str], Iterable[str] | None]


class Simulation:
    """Plays happenings on a World.

    Args:
        model: the configuration.
        start: the instant of second 0.
        tz: the zone in which time periods are meant.
        recoveries: see `World`.
        read_file: the lines of a file that PROCESS_FILE names; None when it cannot be read.
    """

    def __init__(
        self,
        model: Model,
        *,
        start: Instant,
        tz: tzinfo,
        recoveries: Recoveries = Recoveries.COMPLETE,
        read_file: ReadFile = lambda _path: None,
    ) -> None:
        self._start = start
        self._read_file = read_file
        self._deleted: set[str] = set()
        """Files that a command had deleted: they are left where they are and not read again."""
        self.world = World(model, tz=tz, program_start=start, recoveries=recoveries)
        self.stopped = False
        """A command ended the program."""

    def play(self, scenario: Iterable[Happening], until: float | None = None) -> Iterator[AnyFact]:
        """Everything that happens, in order, as it happens.

        Args:
            scenario: in order of time; a line that lies before the one above it happens at that one's moment.
            until: seconds after the start at which it ends; the last line when None.
        """
        effects = Effects()
        self.world.start(NOTHING_REMEMBERED, self._start, effects)
        yield from effects.events
        yield from self._initial_states()
        now = self._start
        for happening in scenario:
            if until is not None and happening.at > until:
                break
            at = Instant(self._start + happening.at)
            if at > now:  # what several lines of one moment lead to happens after the last of them
                yield from self._pass_time(at)
                now = at
            if not self.stopped:
                effects = Effects()
                self._happen(happening, now, effects)
                yield from effects.events
        yield from self._pass_time(now if until is None else Instant(self._start + until))

    def _initial_states(self) -> Iterator[AnyFact]:
        if not self.world.settings.log_initial_states:
            return
        for key, checkable in self.world.topology.checkables.items():
            text = state_line("INITIAL", checkable, self.world.states[key])
            yield LogLine(time=self._start, text=text)

    def _pass_time(self, now: Instant) -> Iterator[AnyFact]:
        """Everything that is due by now, each at its own moment. A check that is due finds nobody to run it."""
        world = self.world
        while not self.stopped and (due := world.next_due()) is not None and due <= now:
            effects = Effects()
            world.keep_appointments(due, effects)
            while (request := world.take_due(due, effects)) is not None:
                world.planner.executing.pop(request.key, None)
            self.stopped = any(wish.kind is WishKind.SHUT_DOWN for wish in effects.wishes)
            yield from effects.events

    def _happen(self, happening: Happening, now: Instant, effects: Effects) -> None:
        if happening.kind == "command":
            self._command(Order(text=happening.fields[0], entry_time=now, source=SOURCE), now, effects)
            return
        *names, code, output = happening.fields
        key = (names[0], names[1] if happening.kind == "service" else "")
        if key not in self.world.topology.checkables:
            what = f"service {key[1]!r} on host {key[0]!r}" if key[1] else f"host {key[0]!r}"
            raise ScenarioError(f"line {happening.line}: there is no {what} in the configuration")
        self.world.apply(key, self._result(key, int(code), output, now, effects), now, effects)

    def _command(self, order: Order, now: Instant, effects: Effects) -> None:
        wishes = len(effects.wishes)
        carry_out(self.world, order, now, effects)
        for wish in effects.wishes[wishes:]:
            self.stopped = self.stopped or wish.kind is WishKind.SHUT_DOWN
            if wish.kind is WishKind.PROCESS_FILE:
                lines = None if wish.path in self._deleted else self._read_file(wish.path)
                if wish.delete:
                    self._deleted.add(wish.path)
                if lines is None:
                    text = f"Error: Cannot open file '{wish.path}' to process external commands!"
                    effects.events.append(LogLine(time=now, text=text))
                for line in lines or ():
                    self._line_of_file(line, now, effects)

    def _line_of_file(self, line: str, now: Instant, effects: Effects) -> None:
        """A line of a file with commands, timestamp in front; one that names the file again comes to an end."""
        stamp, closed, text = line.strip().removeprefix("[").partition("] ")
        if closed and stamp.isdecimal() and not text.upper().startswith("PROCESS_FILE"):
            order = Order(text=text, entry_time=Instant(float(stamp)), source=SOURCE, from_file=True)
            self._command(order, now, effects)

    def _result(self, key: ObjectKey, code: int, output: str, now: Instant, effects: Effects) -> CheckResult:
        settings = self.world.settings
        raw = RawResult(
            exit_code=code, stdout=unescaped(output).encode(errors="surrogateescape"), started=now, finished=now
        )
        if warning := complaint(raw, host_name=key[0], service_description=key[1]):
            effects.events.append(LogLine(time=now, text=warning))
        if isinstance(self.world.topology.checkables[key], Service):
            state: int
            state, said = judge_service(raw, host_name=key[0], service_description=key[1])
        else:
            state, said = judge_host(raw, host_name=key[0], aggressive=settings.use_aggressive_host_checking)
        return CheckResult(
            state=state,
            output=said.output,
            long_output=said.long_output,
            perfdata=said.perfdata,
            started=now,
            finished=now,
        )
