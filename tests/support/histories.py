"""Histories: what can happen to an installation, as plain values, and a player that lets it happen.

The player stands where the engine stands: it feeds the World, hands every effect to the real pipeline and
stores what the pipeline gives to the recorder, so that a restart begins with what was really stored.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC
from typing import Protocol

import msgspec

from atalaia.core.effects import Effects
from atalaia.core.events import UNSTORED, AnyFact, ConfigurationLoaded, ServerStarted, ServerStopped
from atalaia.core.instants import Instant
from atalaia.core.objects import Model, ObjectKey
from atalaia.core.orders import Order, RefusedError, carry_out
from atalaia.core.results import CheckResult
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType
from atalaia.core.step import Ids
from atalaia.core.telling import Recoveries
from atalaia.core.world import World
from atalaia.engine.composer import Composer, Links
from atalaia.engine.handlers import HandlerRun
from atalaia.engine.pipeline import IDS, Pipeline
from atalaia.engine.server import CLEAN, STOPPED, remembered
from atalaia.ports.runner import Job
from atalaia.ports.storage import Batch, Memory, OutboxItem
from support.builders import START
from support.setups import Setup

_MOMENT = re.compile(r"@([+-]\d+)")


class Result(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """Results of one object: `times` of them, a minute apart; with `alternate` every second one is good.

    The last one is also what checks of its own find from then on.
    """

    key: ObjectKey
    state: int
    output: str = "said"
    passive: bool = False
    times: int = 1
    alternate: bool = False


class Command(msgspec.Struct, frozen=True):
    """An external command; ``@+60`` and ``@-60`` in it stand for the epoch a minute after and before it."""

    text: str


class Wait(msgspec.Struct, frozen=True):
    """Time passes, and what is planned happens at its moment."""

    seconds: float


class Restart(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """The server ends, in order or by a crash, and comes back after so many seconds."""

    away: float = 0.0
    orderly: bool = True


class Reload(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """The configuration is read again: without one object, with other attempts, or as it always was."""

    without: ObjectKey | None = None
    attempts: int = 0


Happening = Result | Command | Wait | Restart | Reload


class Moment(msgspec.Struct, kw_only=True):
    """One step of the World, as watchers see it."""

    effects: Effects
    events: list[AnyFact] = []
    """Those of the effects, and the server's own."""
    key: ObjectKey | None = None
    """Whose result it was."""
    result: CheckResult | None = None
    before: Runtime | None = None
    order: str = ""
    refusal: RefusedError | None = None
    restarted: bool = False
    reloaded: bool = False


class Keeping(Protocol):
    """As much of a store as a history needs."""

    def write(self, batch: Batch) -> object:
        """Stores a batch."""
        ...

    def load(self) -> Memory:
        """Everything that was stored."""
        ...


class _Recorder:
    """Gives each step to the store as the real recorder does, without waiting for others."""

    def __init__(self, store: Keeping) -> None:
        self._store = store
        self._values: dict[str, str] = {}
        self.outbox: list[OutboxItem] = []

    def value(self, name: str, value: str) -> None:
        self._values[name] = value

    def add(self, effects: Effects, outbox: list[OutboxItem], then: Callable[[], None] | None) -> None:
        self.outbox += outbox
        values, self._values = self._values, {}
        self._store.write(
            Batch(
                states=dict(effects.changed),
                events=[event for event in effects.events if not isinstance(event, UNSTORED)],
                outbox=outbox,
                comments=effects.comments,
                downtimes=effects.downtimes,
                changes=effects.changes,
                contacts=dict(effects.contacts),
                values=values,
            )
        )
        if then is not None:
            then()


class _Deaf:
    """Stands in for those who act on what was decided."""

    def put(self, items: list[OutboxItem]) -> None:
        """Takes messages."""

    def start(self, run: HandlerRun) -> None:
        """Takes a handler."""

    def start_silent(self, job: Job) -> None:
        """Takes a job."""


class _Clock:
    """The player's moment, for the parts that it drives."""

    def __init__(self, player: "Player") -> None:
        self._player = player

    def now(self) -> Instant:
        return self._player.now

    def monotonic(self) -> float:
        return self._player.now


def timed(text: str, now: Instant) -> str:
    """A command with its moments as epoch seconds."""
    return _MOMENT.sub(lambda found: str(int(now) + int(found[1])), text)


class Player:
    """An installation over time.

    Args:
        setup: the installation.
        store: what survives a restart.
        recoveries: who hears of them.
        checks: the World's own schedule is kept: an object that is due is checked, and its check finds what its
            last `Result` brought.
        model: a configuration in the place of the setup's.
    """

    def __init__(
        self,
        setup: Setup,
        store: Keeping,
        *,
        recoveries: Recoveries = Recoveries.TOLD,
        checks: bool = False,
        model: Model | None = None,
    ) -> None:
        self.now = START
        self.setup = setup
        self.model = model or setup.model()
        self.store = store
        self.recoveries = recoveries
        self.checks = checks
        self.truth: dict[ObjectKey, int] = {}
        self.facts: list[AnyFact] = []
        self.watchers: list[Callable[[Player, Moment], None]] = []
        self._begin(restarted=False)

    def play(self, history: Iterable[Happening]) -> "Player":
        """Lets everything happen, in order."""
        for happening in history:
            match happening:
                case Result():
                    self._results(happening)
                case Command():
                    self._command(happening)
                case Wait():
                    self.pass_time(happening.seconds)
                case Restart():
                    self._restart(happening)
                case Reload():
                    self._reload(happening)
        return self

    def pass_time(self, seconds: float) -> None:
        """Goes through everything that is planned within so many seconds, each at its own moment."""
        until = Instant(self.now + seconds)
        while (due := self._next_due()) is not None and due <= until:
            self.now = max(self.now, due)
            self._keep_appointments()
            self._own_checks()
        self.now = until

    # --- what happens -------------------------------------------------------------------------------------

    def _results(self, happening: Result) -> None:
        key = happening.key
        for turn in range(happening.times):
            if turn:
                self.pass_time(60.0)
            good = happening.alternate and turn % 2 == 1
            self.truth[key] = 0 if good else happening.state
            self.apply(key, self.truth[key], happening.output, passive=happening.passive)
        self._keep_appointments()

    def apply(self, key: ObjectKey, state: int, output: str = "said", *, passive: bool = False) -> None:
        """One result, at this moment."""
        effects = Effects()
        before = self.world.states.get(key)
        result = CheckResult(
            state=state,
            output=output,
            started=self.now,
            finished=self.now,
            check_type=CheckType.PASSIVE if passive else CheckType.ACTIVE,
            scheduled=not passive,
        )
        self.world.apply(key, result, self.now, effects)
        self._done(Moment(effects=effects, key=key, result=result, before=before))

    def _command(self, happening: Command) -> None:
        text = timed(happening.text, self.now)
        effects = Effects()
        order = Order(text=text, entry_time=self.now, source="api")
        refusal = carry_out(self.world, order, self.now, effects)
        self._done(Moment(effects=effects, order=text, refusal=refusal))
        self._keep_appointments()

    def _restart(self, happening: Restart) -> None:
        if happening.orderly:
            stopped = ServerStopped(time=self.now, version="test", pid=1)
            self.store.write(Batch(events=[stopped], values={CLEAN: "1", STOPPED: str(self.now)}))
        self.now = Instant(self.now + happening.away)
        self._begin(restarted=True)

    def _begin(self, *, restarted: bool) -> None:
        """What `engine.server.Server` does when it starts."""
        memory = self.store.load()
        ids = msgspec.json.decode(memory.values[IDS], type=Ids) if IDS in memory.values else Ids()
        self.world = World(self.model, tz=UTC, program_start=self.now, ids=ids, recoveries=self.recoveries)
        clock, deaf = _Clock(self), _Deaf()
        self.recorder = _Recorder(self.store)
        self._pipeline = Pipeline(
            self.world,
            Composer(self.world, Links(base="http://127.0.0.1:8420"), clock),
            self.recorder,  # type: ignore[arg-type]
            deaf,  # type: ignore[arg-type]
            deaf,  # type: ignore[arg-type]
            clock,
        )
        known = self.world.topology.checkables
        gone = [key for key in memory.states if key not in known]
        self.store.write(Batch(forget=gone, values={CLEAN: ""}))
        effects = Effects()
        self.world.start(remembered(memory), self.now, effects)
        started = ServerStarted(
            time=self.now,
            version="test",
            pid=1,
            config="",
            hosts=len(self.model.hosts),
            services=len(self.model.services),
            unclean=bool(memory.states) and not memory.values.get(CLEAN),
        )
        self._done(Moment(effects=effects, restarted=restarted), first=started)
        self._keep_appointments()

    def _reload(self, happening: Reload) -> None:
        self.model = changed_model(self.setup.model(), happening)
        effects = Effects()
        gone = self.world.replace(self.model, self.now, effects)
        self.store.write(Batch(forget=gone))
        loaded = ConfigurationLoaded(time=self.now, config="", added=0, changed=0, removed=len(gone))
        self._done(Moment(effects=effects, reloaded=True), last=loaded)

    # --- the engine's part --------------------------------------------------------------------------------

    def _next_due(self) -> Instant | None:
        return self.world.next_due() if self.checks else self.world.agenda.next_at()

    def _keep_appointments(self) -> None:
        due = self.world.agenda.next_at()
        if due is None or due > self.now:
            return
        effects = Effects()
        self.world.keep_appointments(self.now, effects)
        self._done(Moment(effects=effects))

    def _own_checks(self) -> None:
        if not self.checks:
            return
        effects = Effects()
        due: list[ObjectKey] = []
        while (request := self.world.take_due(self.now, effects)) is not None:
            due.append(request.key)
        self._done(Moment(effects=effects))
        for key in due:
            self.apply(key, self.truth.get(key, 0))

    def commit(self, effects: Effects) -> None:
        """Stores what follows from a step."""
        self._pipeline.commit(effects)

    def _done(
        self, moment: Moment, *, first: ServerStarted | None = None, last: ConfigurationLoaded | None = None
    ) -> None:
        """Stores a step; the server's own facts come before or after it."""
        moment.events = [*filter(None, (first,)), *moment.effects.events, *filter(None, (last,))]
        self.facts += moment.events
        if first is not None:
            self.recorder.add(Effects(events=[first]), [], None)
        self.commit(moment.effects)
        if last is not None:
            self.recorder.add(Effects(events=[last]), [], None)
        for watcher in self.watchers:
            watcher(self, moment)


def changed_model(model: Model, reload: Reload) -> Model:
    """The configuration after somebody edited it."""
    hosts, services = dict(model.hosts), dict(model.services)
    if reload.without is not None and reload.without[1]:
        services.pop(reload.without, None)
    if reload.attempts:
        hosts = {
            name: msgspec.structs.replace(one, max_check_attempts=reload.attempts)
            for name, one in hosts.items()
        }
        services = {
            key: msgspec.structs.replace(one, max_check_attempts=reload.attempts)
            for key, one in services.items()
        }
    left = tuple(
        one
        for one in model.service_dependencies
        if (one.host_name, one.service_description) in services
        and (one.dependent_host_name, one.dependent_service_description) in services
    )
    groups = {
        name: msgspec.structs.replace(one, members=tuple(key for key in one.members if key in services))
        for name, one in model.service_groups.items()
    }
    escalations = tuple(
        one for one in model.service_escalations if (one.host_name, one.service_description) in services
    )
    services = {
        key: msgspec.structs.replace(one, parents=tuple(name for name in one.parents if name in services))
        for key, one in services.items()
    }
    return msgspec.structs.replace(
        model,
        hosts=hosts,
        services=services,
        service_groups=groups,
        service_dependencies=left,
        service_escalations=escalations,
    )
