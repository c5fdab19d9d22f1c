"""What is believed of the containers of one engine, and what a new event or a listing changes about it. Pure.

The rules here make a stream of events trustworthy:
 * An event is told once, however often it arrives, also when a listing had shown its effect before it came. *
An event that is older than what is known already does not turn the picture back; it is handed on, marked late.
* What a listing shows and no event told becomes an event of our own, with the container's own record of when.
 Times that are compared with each other come from one clock: events among themselves by the engine's, the age
of a run by ours.
"""

from collections import OrderedDict, deque
from collections.abc import Collection, Sequence
from math import inf

from msgspec import structs

from atalaia.containers.reading import ending_signal
from atalaia.core.instants import Instant
from atalaia.ports.containers import (
    Action,
    ContainerEvent,
    ContainerState,
    ContainerSummary,
    Health,
    RunState,
)

RECONCILED = "reconciled"
"""How the raw word of an event of our own begins."""
KEYS_KEPT = 16384
"""Events remembered to recognise them again. A thousand containers that are stopped at once tell five
thousand."""
TOMBS_KEPT = 4096
_SOON_AFTER = 2.0
"""Seconds that an engine may take to tell of what the container's own record dates earlier."""
_SAME_MOMENT = 1.0
"""Seconds between the container's record of a start or an end and the event that told of it."""
_OUT_OF_ORDER = 30.0
"""Seconds. An event that seems to be older still comes from an engine whose clock was set back: it is news."""

_RUN, _HEALTH, _NAME, _MEMORY = "run", "health", "name", "memory"
_ASPECTS = {
    Action.CREATED: _RUN,
    Action.STARTED: _RUN,
    Action.DIED: _RUN,
    Action.PAUSED: _RUN,
    Action.UNPAUSED: _RUN,
    Action.DESTROYED: _RUN,
    Action.HEALTH: _HEALTH,
    Action.OOM: _MEMORY,
    Action.RENAMED: _NAME,
}
"""What an action is news about. Only news about the same is compared for its age."""
_STATE_AFTER = {
    Action.CREATED: RunState.CREATED,
    Action.STARTED: RunState.RUNNING,
    Action.DIED: RunState.EXITED,
    Action.PAUSED: RunState.PAUSED,
    Action.UNPAUSED: RunState.RUNNING,
    Action.DESTROYED: RunState.REMOVING,
    Action.HEALTH: RunState.RUNNING,
}
"""What a container is in after an action, also one that was not known before."""


class _Repair:
    """A synthetic event whose real one may still come, told with an instant between the two given ones."""

    __slots__ = ("action", "detail", "first", "last", "poorer")

    def __init__(self, event: ContainerEvent, first: float, last: float) -> None:
        self.action = event.action
        self.detail = _detail(event)
        self.first = first
        self.last = last
        self.poorer = event.action is Action.DIED and event.exit_code is None
        """The real one would tell more."""

    def is_met_by(self, event: ContainerEvent) -> bool:
        return (
            self.action is event.action
            and self.detail == _detail(event)
            and self.first <= event.time <= self.last
        )


class _Entry:
    """One container."""

    __slots__ = ("began", "changed_by", "repairs", "summary", "told", "turn")

    def __init__(self, summary: ContainerSummary, turn: int, changed_by: float) -> None:
        self.summary = summary
        self.turn = turn
        """Number of the last event about it."""
        self.changed_by = changed_by
        """By our monotonic clock: it has been running, or not running, at least since then."""
        self.began = Instant(0.0)
        """By the engine's clock: since when it has; 0 when that is not known."""
        self.told: dict[str, int] = {}
        """The newest instant in nanoseconds of what was told, by aspect."""
        self.repairs: list[_Repair] = []


class Suspect:
    """A container about which a listing and the picture disagree."""

    __slots__ = ("again", "id", "turn")

    def __init__(self, identity: str, turn: int, *, again: bool = False) -> None:
        self.id = identity
        self.turn = turn
        self.again = again
        """It is in the same state as before, but has been through others meanwhile."""


class Picture:
    """The containers of one engine as they are believed to be."""

    def __init__(self) -> None:
        self.doubles = 0
        self.late = 0
        self.turn = 0
        self._entries: dict[str, _Entry] = {}
        self._keys: set[int] = set()
        self._key_order: deque[int] = deque()
        self._tombs: OrderedDict[str, _Entry] = OrderedDict()
        """Containers that are gone: events about them may still come."""

    def __len__(self) -> int:
        return len(self._entries)

    def summaries(self) -> list[ContainerSummary]:
        """All of them."""
        return [entry.summary for entry in self._entries.values()]

    def begin_with(self, known: Collection[ContainerSummary], now: Instant, monotonic: float) -> None:
        """Takes over the picture of a former run."""
        for one in known:
            self._entries[one.id] = _Entry(one, 0, monotonic - max(0.0, now - one.seen))

    # --- events -----------------------------------------------------------------------------------------

    def take(self, event: ContainerEvent, monotonic: float) -> ContainerEvent | None:
        """What to hand on of an event that the engine told; None for one that was told before."""
        key = hash(event.key)
        if key in self._keys:
            self.doubles += 1
            return None
        self._remember(key)
        entry = self._entries.get(event.id) or self._tombs.get(event.id)
        if entry is not None and not event.name:
            event = structs.replace(event, name=entry.summary.name)
        if entry is not None and (repair := next((r for r in entry.repairs if r.is_met_by(event)), None)):
            entry.repairs.remove(repair)
            if not repair.poorer:
                self.doubles += 1
                return None
            event = structs.replace(event, late=True)
        aspect = _ASPECTS.get(event.action)
        if event.late or event.id in self._tombs:
            late = True
        else:
            behind = entry.told.get(aspect, 0) - event.nano if entry is not None and aspect else 0
            late = 0 < behind < _OUT_OF_ORDER * 1e9
        if late:
            self.late += 1
            return structs.replace(event, late=True)
        self._apply(event, monotonic)
        return event

    def _remember(self, key: int) -> None:
        self._keys.add(key)
        self._key_order.append(key)
        if len(self._key_order) > KEYS_KEPT:
            self._keys.discard(self._key_order.popleft())

    def _apply(self, event: ContainerEvent, monotonic: float) -> None:
        self.turn += 1
        entry = self._entries.get(event.id)
        if entry is None:
            state = _STATE_AFTER.get(event.action)
            if state is None:
                return
            entry = self._entries[event.id] = _Entry(_first_sight(event, state), self.turn, monotonic)
        entry.turn = self.turn
        aspect = _ASPECTS.get(event.action)
        if aspect is None:
            return
        if not event.synthetic:
            # What nobody dated is met by the next event of its kind, unless something else comes first.
            entry.repairs = [one for one in entry.repairs if one.last != inf or _ASPECTS[one.action] != aspect]
        if dated := not event.synthetic or event.time != event.received:
            entry.told[aspect] = event.nano
        if event.action is Action.DESTROYED:
            self._bury(event.id)
            return
        if event.action in (Action.STARTED, Action.DIED, Action.CREATED):
            entry.changed_by = monotonic
            entry.began = event.time if dated else Instant(0.0)
        before, entry.summary = entry.summary, _changed(entry.summary, event)
        if event.action is Action.STARTED:
            # What was told out of order is about the run that only now is told to have begun.
            if entry.told.get(_MEMORY, 0) < event.nano:
                entry.told.pop(_MEMORY, None)
            if entry.told.get(_HEALTH, 0) > event.nano:
                entry.summary = structs.replace(entry.summary, health=before.health)

    def _bury(self, identity: str) -> None:
        self._tombs[identity] = self._entries.pop(identity)
        if len(self._tombs) > TOMBS_KEPT:
            self._tombs.popitem(last=False)

    # --- listings ---------------------------------------------------------------------------------------

    def suspects(self, listing: Sequence[ContainerSummary], turn: int, asked: float) -> list[Suspect]:
        """The containers about which a listing says something else.

        Args:
            listing: all containers.
            turn: `turn` when the listing was asked for: about what was told later, it may be wrong.
            asked: when it was asked for, by our monotonic clock.
        """
        found = []
        listed = set()
        for one in listing:
            listed.add(one.id)
            entry = self._entries.get(one.id)
            if entry is None:
                if one.id not in self._tombs:
                    found.append(Suspect(one.id, turn))
            elif entry.turn <= turn:
                again = _again(entry, one, asked)
                if again or _differs(entry.summary, one):
                    found.append(Suspect(one.id, turn, again=again))
        gone = [
            Suspect(identity, turn)
            for identity, entry in self._entries.items()
            if identity not in listed and entry.turn <= turn
        ]
        # First what is gone: its successor has the same name.
        return gone + found

    def still_suspect(self, suspect: Suspect) -> bool:
        """Whether nothing was told about it since."""
        entry = self._entries.get(suspect.id)
        return suspect.id not in self._tombs if entry is None else entry.turn <= suspect.turn

    def adopt(self, listing: Sequence[ContainerSummary], turn: int, monotonic: float, *, first: bool) -> None:
        """Takes over without an event what a listing says beside state and health (addresses, labels); of the
        first listing everything."""
        for one in listing:
            entry = self._entries.get(one.id)
            if entry is None:
                if first and one.id not in self._tombs:
                    self._entries[one.id] = _Entry(one, 0, monotonic)
            elif entry.turn <= turn:
                health = one.health if one.health is not None else entry.summary.health
                exit_code = one.exit_code if one.exit_code is not None else entry.summary.exit_code
                entry.summary = structs.replace(one, health=health, exit_code=exit_code)

    def repair(
        self, suspect: Suspect, state: ContainerState | None, now: Instant, monotonic: float
    ) -> list[ContainerEvent]:
        """The events that should have been told, by an inspection; None where there is no such container.

        They are applied to the picture.
        """
        entry = self._entries.get(suspect.id)
        if state is None:
            events = [] if entry is None else _last_words(entry.summary, now)
        elif entry is None:
            events = [_at(Action.CREATED, state, state.created, now), *_run_so_far(state, now)]
        else:
            again = suspect.again and not self._is_same_run(entry, state, monotonic)
            judged = entry.told.get(_HEALTH, 0) > state.started * 1e9
            events = _missed(entry.summary, state, now, again=again, judged=judged)
            if _MEMORY in entry.told:  # in this run
                events = [one for one in events if one[0].action is not Action.OOM]
        for event, first, last in events:
            self._apply(event, monotonic)
            known = self._entries.get(event.id) or self._tombs[event.id]
            known.repairs.append(_Repair(event, first, last))
        if state is not None and state.id in self._entries:
            self._entries[state.id].summary = _as_summary(state)
        return [event for event, _, _ in events]

    @staticmethod
    def _is_same_run(entry: _Entry, state: ContainerState, monotonic: float) -> bool:
        """Whether a run, or an end, that seems too young is the known one after all.

        Listings tell ages, and an age is wrong when the engine's clock is set.
        """
        began = state.started if state.state.lives else state.finished
        if entry.began:
            same = abs(began - entry.began) <= _SAME_MOMENT
        else:
            same = state.state.lives and not state.finished
        if same:
            entry.changed_by = monotonic
            entry.began = began
        return same


# --- one container --------------------------------------------------------------------------------------------

_Told = tuple[ContainerEvent, float, float]
"""A synthetic event, and between which instants its real one may be dated."""


def _detail(event: ContainerEvent) -> str:
    if event.action is Action.HEALTH:
        return str(event.health)
    return event.name if event.action is Action.RENAMED else ""


def _first_sight(event: ContainerEvent, state: RunState) -> ContainerSummary:
    """What an event says about a container that was not known; the next listing says more."""
    return ContainerSummary(id=event.id, name=event.name, image=event.image, state=state, seen=event.received)


def _changed(summary: ContainerSummary, event: ContainerEvent) -> ContainerSummary:
    match event.action:
        case Action.HEALTH:
            return structs.replace(summary, health=event.health, seen=event.received)
        case Action.RENAMED:
            return structs.replace(summary, name=event.name, seen=event.received)
        case Action.DIED:
            return structs.replace(
                summary, state=RunState.EXITED, exit_code=event.exit_code, seen=event.received
            )
        case Action.STARTED:
            # Health checks begin anew, and the engine does not tell that.
            return structs.replace(
                summary, state=RunState.RUNNING, health=None, exit_code=None, seen=event.received
            )
    return structs.replace(summary, state=_STATE_AFTER.get(event.action, summary.state), seen=event.received)


def _again(entry: _Entry, listed: ContainerSummary, asked: float) -> bool:
    """Whether it runs, or has ended, for a shorter time than we know of."""
    if listed.state.lives != entry.summary.state.lives:
        return False
    age = listed.running_for_at_most if listed.state.lives else listed.ended_at_most_ago
    return age is not None and age < asked - entry.changed_by - 0.5


def _differs(known: ContainerSummary, told: ContainerSummary) -> bool:
    return (
        known.state.lives != told.state.lives
        or (told.state.lives and known.state is not told.state)
        or (known.state is RunState.CREATED and told.state is RunState.EXITED)
        or known.name != told.name
        or _healths_differ(known, told)
    )


def _healths_differ(known: ContainerSummary, told: ContainerSummary) -> bool:
    """Only a verdict is news: that checks have begun anew is not told by engines either."""
    return (
        told.state is RunState.RUNNING
        and told.health in (Health.HEALTHY, Health.UNHEALTHY)
        and told.health is not known.health
    )


def _at(
    action: Action,
    summary: ContainerSummary,
    time: Instant,
    now: Instant,
    *,
    window: tuple[float, float] | None = None,
    exit_code: int | None = None,
    health: Health | None = None,
    old_name: str = "",
) -> _Told:
    """A synthetic event that the container's own record dates, or else (time 0) the moment of looking."""
    dated = time or now
    event = ContainerEvent(
        time=dated,
        nano=int(dated * 1e9),
        received=now,
        action=action,
        raw=f"{RECONCILED}: {action}",
        id=summary.id,
        name=summary.name,
        image=summary.image,
        exit_code=exit_code,
        signal=ending_signal(exit_code),
        health=health,
        old_name=old_name,
        synthetic=True,
    )
    first, last = window or ((time - 1.0, time + _SOON_AFTER) if time else (0.0, inf))
    return event, first, last


def _died(state: ContainerState, now: Instant) -> list[_Told]:
    events = [_at(Action.DIED, state, state.finished, now, exit_code=state.exit_code)]
    if state.oom_killed:
        events.insert(0, _at(Action.OOM, state, state.finished, now))
    return events


def _run_so_far(state: ContainerState, now: Instant) -> list[_Told]:
    """From its creation to now, as far as it can be known: its last run."""
    events: list[_Told] = []
    if state.started:
        events.append(_at(Action.STARTED, state, state.started, now))
    if state.state is RunState.PAUSED:
        events.append(_at(Action.PAUSED, state, Instant(0.0), now))
    if state.started and not state.state.lives:
        events += _died(state, now)
    return [*events, *_new_health(None, state, now)]


def _missed(
    known: ContainerSummary, state: ContainerState, now: Instant, *, again: bool, judged: bool
) -> list[_Told]:
    """What must have happened between the two.

    Args:
        known: before.
        state: now.
        now: when that was read.
        again: it runs, or has ended, once more.
        judged: its health was told in the run that goes on.
    """
    events: list[_Told] = []
    if known.name != state.name:
        events.append(_at(Action.RENAMED, state, Instant(0.0), now, old_name=known.name))
    lived, lives = known.state.lives, state.state.lives
    fresh = lives and (again or not lived)
    if lived and lives and again:
        # How the run before this one ended is not recorded, only when.
        ended = state.finished if 0 < state.finished <= state.started else Instant(0.0)
        events.append(_at(Action.DIED, state, ended, now))
    if fresh or (not lived and not lives and state.started and (again or known.state is RunState.CREATED)):
        events.append(_at(Action.STARTED, state, state.started, now))
        lived = True
    if lived and not lives:
        events += _died(state, now)
    was_paused = known.state is RunState.PAUSED and not fresh
    if lives and was_paused is not (state.state is RunState.PAUSED):
        events.append(_at(Action.UNPAUSED if was_paused else Action.PAUSED, state, Instant(0.0), now))
    return [*events, *_new_health(None if fresh and not judged else known, state, now)]


def _new_health(known: ContainerSummary | None, state: ContainerState, now: Instant) -> list[_Told]:
    told = state.state is RunState.RUNNING and state.health in (Health.HEALTHY, Health.UNHEALTHY)
    if not told or (known is not None and known.health is state.health):
        return []
    window = (0.0, inf)  # of its checks only the last few are recorded
    return [_at(Action.HEALTH, state, state.health_checked, now, window=window, health=state.health)]


def _last_words(known: ContainerSummary, now: Instant) -> list[_Told]:
    """Of a container that is gone: how it ended went with it."""
    destroyed = _at(Action.DESTROYED, known, Instant(0.0), now)
    return [_at(Action.DIED, known, Instant(0.0), now), destroyed] if known.state.lives else [destroyed]


def _as_summary(state: ContainerState) -> ContainerSummary:
    return ContainerSummary(**{name: getattr(state, name) for name in ContainerSummary.__struct_fields__})
