"""What is believed, in the order in which one hears of it. No engine, no clock: instants are made up here.

The last test makes up whole histories, with events that are lost, doubled, late, and listings in between.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from atalaia.containers.picture import Picture, Suspect
from atalaia.containers.reading import read_event, read_listing, read_state
from atalaia.core.instants import Instant
from atalaia.ports.containers import (
    Action,
    ContainerEvent,
    ContainerState,
    ContainerSummary,
    Health,
    RunState,
)
from support.fake_containers import Book, Container, Document, as_json

T = 1_700_000_000.0


def told(action: Action, at: float, *, name: str = "web", identity: str = "c1", **more: Any) -> ContainerEvent:
    """An event that the engine tells `at` seconds after T."""
    return ContainerEvent(
        time=Instant(T + at),
        nano=int((T + at) * 1e9),
        received=Instant(T + at + 0.001),
        action=action,
        raw=str(action),
        id=identity,
        name=name,
        **more,
    )


def summary(state: RunState = RunState.RUNNING, **more: Any) -> ContainerSummary:
    facts: dict[str, Any] = {"id": "c1", "name": "web", "state": state, "seen": Instant(T)}
    return ContainerSummary(**(facts | more))


def state(run: RunState = RunState.RUNNING, **more: Any) -> ContainerState:
    facts: dict[str, Any] = {"id": "c1", "name": "web", "state": run, "seen": Instant(T)}
    facts["started"] = Instant(T)
    return ContainerState(**(facts | more))


def picture_of(*containers: ContainerSummary) -> Picture:
    picture = Picture()
    picture.adopt(containers, 0, 0.0, first=True)
    return picture


def seen(picture: Picture) -> ContainerSummary:
    (one,) = picture.summaries()
    return one


def repaired(picture: Picture, found: ContainerState | None, *, again: bool = False) -> list[ContainerEvent]:
    """The events that an inspection 100 seconds after T brings."""
    return picture.repair(Suspect("c1", picture.turn, again=again), found, Instant(T + 100), 100.0)


# --- events ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "after"),
    [
        (Action.STARTED, RunState.RUNNING),
        (Action.DIED, RunState.EXITED),
        (Action.PAUSED, RunState.PAUSED),
        (Action.UNPAUSED, RunState.RUNNING),
        (Action.KILLED, RunState.RUNNING),
        (Action.OOM, RunState.RUNNING),
    ],
)
def test_what_an_event_changes(action: Action, after: RunState) -> None:
    picture = picture_of(summary())
    picture.take(told(action, 1), 1.0)

    assert seen(picture).state is after


def test_a_start_begins_health_anew() -> None:
    picture = picture_of(summary(health=Health.UNHEALTHY))
    picture.take(told(Action.DIED, 1), 1.0)
    picture.take(told(Action.STARTED, 2), 2.0)

    assert seen(picture).health is None


def test_the_same_event_is_told_once() -> None:
    picture = picture_of(summary())

    assert picture.take(told(Action.DIED, 1), 1.0) is not None
    assert picture.take(told(Action.DIED, 1), 1.0) is None
    assert picture.doubles == 1


def test_an_older_event_is_late_and_changes_nothing() -> None:
    picture = picture_of(summary())
    picture.take(told(Action.STARTED, 2), 2.0)
    late = picture.take(told(Action.DIED, 1), 2.0)

    assert late is not None
    assert late.late
    assert seen(picture).state is RunState.RUNNING


def test_news_about_something_else_is_not_late() -> None:
    picture = picture_of(summary())
    picture.take(told(Action.HEALTH, 5, health=Health.UNHEALTHY), 5.0)
    died = picture.take(told(Action.DIED, 4), 5.0)

    assert died is not None
    assert not died.late


def test_an_engine_whose_clock_was_set_back_is_still_believed() -> None:
    picture = picture_of(summary())
    picture.take(told(Action.STARTED, 3600), 1.0)
    died = picture.take(told(Action.DIED, 10), 2.0)
    started = picture.take(told(Action.STARTED, 11), 3.0)

    assert died is not None
    assert started is not None
    assert not died.late
    assert not started.late
    assert seen(picture).state is RunState.RUNNING


def test_an_event_without_a_name_gets_the_one_that_is_known() -> None:
    picture = picture_of(summary())
    joined = picture.take(told(Action.NETWORK_CONNECTED, 1, name="", network="shop"), 1.0)

    assert joined is not None
    assert joined.name == "web"


def test_what_is_heard_of_one_that_is_gone_is_late_and_does_not_bring_it_back() -> None:
    picture = picture_of(summary())
    picture.take(told(Action.DESTROYED, 2), 2.0)
    died = picture.take(told(Action.DIED, 1, name=""), 2.0)

    assert died is not None
    assert (died.late, died.name) == (True, "web")
    assert len(picture) == 0


# --- listings -------------------------------------------------------------------------------------------------


def test_a_listing_knows_nothing_of_what_was_told_after_it_was_asked_for() -> None:
    picture = picture_of(summary())
    turn = picture.turn
    picture.take(told(Action.DIED, 1), 1.0)

    assert picture.suspects([summary()], turn, 0.5) == []
    assert picture.suspects([], turn, 0.5) == []
    picture.adopt([summary()], turn, 1.0, first=False)
    assert seen(picture).state is RunState.EXITED


def test_an_event_clears_a_suspicion() -> None:
    picture = picture_of(summary())
    (suspect,) = picture.suspects([summary(RunState.EXITED)], picture.turn, 1.0)
    assert picture.still_suspect(suspect)
    picture.take(told(Action.DIED, 1), 1.0)

    assert not picture.still_suspect(suspect)


@pytest.mark.parametrize(
    "listed",
    [
        summary(RunState.RUNNING, health=Health.STARTING),
        summary(RunState.RUNNING, health=Health.NONE),
        summary(RunState.RUNNING, health=None),
        summary(RunState.RUNNING, running_for_at_most=60.0),
    ],
)
def test_what_is_no_news_is_not_suspect(listed: ContainerSummary) -> None:
    picture = picture_of(summary(health=Health.HEALTHY))

    assert picture.suspects([listed], picture.turn, 30.0) == []


@pytest.mark.parametrize(
    "listed", [summary(RunState.RESTARTING), summary(RunState.DEAD), summary(RunState.REMOVING)]
)
def test_kinds_of_not_running_are_taken_over_quietly(listed: ContainerSummary) -> None:
    picture = picture_of(summary(RunState.EXITED))

    assert picture.suspects([listed], picture.turn, 1.0) == []
    picture.adopt([listed], picture.turn, 1.0, first=False)
    assert seen(picture).state is listed.state


def test_one_that_is_gone_comes_before_its_successor() -> None:
    picture = picture_of(summary())
    suspects = picture.suspects([summary(id="c2")], picture.turn, 1.0)

    assert [one.id for one in suspects] == ["c1", "c2"]


def test_an_age_that_is_too_young_is_suspect() -> None:
    picture = picture_of(summary())  # running at least since 0.0
    (suspect,) = picture.suspects([summary(running_for_at_most=3.0)], picture.turn, 10.0)

    assert suspect.again


# --- repairs --------------------------------------------------------------------------------------------------


def test_a_missed_death_is_dated_by_its_record() -> None:
    picture = picture_of(summary())
    (died,) = repaired(picture, state(RunState.EXITED, finished=Instant(T + 7), exit_code=143))

    assert (died.action, died.time, died.exit_code, died.signal) == (Action.DIED, T + 7, 143, 15)
    assert died.synthetic
    assert seen(picture).state is RunState.EXITED


def test_its_real_event_is_then_a_double() -> None:
    picture = picture_of(summary())
    repaired(picture, state(RunState.EXITED, finished=Instant(T + 7), exit_code=1))

    assert picture.take(told(Action.DIED, 7.05, exit_code=1), 101.0) is None


def test_another_death_is_not() -> None:
    picture = picture_of(summary())
    repaired(picture, state(RunState.EXITED, finished=Instant(T + 7), exit_code=1))
    picture.take(told(Action.STARTED, 200), 101.0)

    assert picture.take(told(Action.DIED, 201, exit_code=1), 102.0) is not None


def test_what_nobody_dated_is_met_by_the_next_of_its_kind() -> None:
    picture = picture_of(summary())
    (paused,) = repaired(picture, state(RunState.PAUSED))

    assert paused.time == paused.received
    assert picture.take(told(Action.PAUSED, 50), 101.0) is None
    assert picture.take(told(Action.UNPAUSED, 110), 110.0) is not None
    assert picture.take(told(Action.PAUSED, 120), 120.0) is not None


def test_but_not_after_something_else_came_first() -> None:
    picture = picture_of(summary())
    repaired(picture, state(RunState.PAUSED))
    picture.take(told(Action.UNPAUSED, 110), 110.0)

    assert picture.take(told(Action.PAUSED, 120), 120.0) is not None


def test_an_exit_code_that_was_lost_with_its_container_is_told_late() -> None:
    picture = picture_of(summary())
    died, destroyed = repaired(picture, None)
    assert (died.action, died.exit_code, destroyed.action) == (Action.DIED, None, Action.DESTROYED)
    real = picture.take(told(Action.DIED, 99, exit_code=3), 101.0)

    assert real is not None
    assert (real.exit_code, real.late) == (3, True)
    assert picture.take(told(Action.DESTROYED, 99.1), 101.0) is None


def test_a_missed_restart_is_an_end_and_a_start() -> None:
    picture = picture_of(summary())
    found = state(started=Instant(T + 8), finished=Instant(T + 7))

    assert [(one.action, one.time) for one in repaired(picture, found, again=True)] == [
        (Action.DIED, T + 7),
        (Action.STARTED, T + 8),
    ]


def test_an_age_that_is_wrong_because_a_clock_was_set_is_no_restart() -> None:
    picture = picture_of(summary())
    never_ended = state(started=Instant(T - 500))
    assert repaired(picture, never_ended, again=True) == []
    # From now on the run is known by its start, and by our clock it is young.
    assert picture.suspects([summary(running_for_at_most=3.0)], picture.turn, 101.0) == []
    ended_once = state(started=Instant(T - 500), finished=Instant(T - 600))
    assert repaired(picture, ended_once, again=True) == []


def test_a_missed_run_from_start_to_end() -> None:
    picture = picture_of(summary(RunState.CREATED))
    found = state(RunState.EXITED, finished=Instant(T + 7), exit_code=0)

    assert [one.action for one in repaired(picture, found)] == [Action.STARTED, Action.DIED]


def test_one_that_is_new_is_told_from_its_creation() -> None:
    picture = picture_of()
    found = state(created=Instant(T - 1), health=Health.HEALTHY, health_checked=Instant(T + 5))

    assert [(one.action, one.time) for one in repaired(picture, found)] == [
        (Action.CREATED, T - 1),
        (Action.STARTED, T),
        (Action.HEALTH, T + 5),
    ]


def test_a_name_and_a_verdict_that_were_missed() -> None:
    picture = picture_of(summary(health=Health.HEALTHY))
    renamed, sick = repaired(
        picture, state(name="shop", health=Health.UNHEALTHY, health_checked=Instant(T + 5))
    )

    assert (renamed.action, renamed.name, renamed.old_name) == (Action.RENAMED, "shop", "web")
    assert (sick.action, sick.health) == (Action.HEALTH, Health.UNHEALTHY)


def test_one_that_came_and_went_between_listing_and_look_is_nobody() -> None:
    picture = picture_of()

    assert repaired(picture, None) == []
    picture.adopt([summary()], picture.turn, 1.0, first=False)
    assert len(picture) == 0


# --- made-up histories ----------------------------------------------------------------------------------------


class History:
    """An engine that does things at random, and tells of them badly."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.all: list[ContainerEvent] = []
        """What happened, in order."""
        self.heard: list[ContainerEvent] = []
        """What the picture handed on."""
        self.picture = Picture()
        self.book = Book(self._tell)
        self._on_the_way: list[Document] = []
        self._monotonic = 0.0
        for number in range(4):
            self.book.start(self.book.create(f"c{number}", {}))
        self._on_the_way.clear()
        self.all.clear()
        self.picture.adopt(self._listing(), 0, 0.0, first=True)

    def _tell(self, event: Document) -> None:
        known = read_event(as_json(event), Instant(T))
        if known is not None:
            self.all.append(known)
        self._on_the_way.append(event)

    def _listing(self) -> list[ContainerSummary]:
        return read_listing(as_json(self.book.listing({})), Instant(T), tells_health=True)

    def act(self) -> None:
        """Something happens to somebody."""
        chosen = self.chance.choice([*self.book.by_id.values()]) if self.book.by_id else None
        if chosen is None or (len(self.book.by_id) < 6 and self.chance.random() < 0.15):
            auto = {"AutoRemove": self.chance.random() < 0.5}
            chosen = self.book.create(f"n{len(self.all)}", {"HostConfig": auto})
        self._do(chosen)

    def _do(self, one: Container) -> None:
        if not one.running:
            if self.chance.random() < 0.2:
                self.book.remove(one)
            else:
                self.book.start(one)
        elif one.state["Paused"]:
            self.book.pause(one, paused=False)
        else:
            deed = self.chance.choice(["die", "oom", "pause", "rename", "health", "restart"])
            match deed:
                case "die":
                    self.book.die(one, self.chance.randrange(256))
                case "oom":
                    self.book.oom(one)
                case "pause":
                    self.book.pause(one, paused=True)
                case "rename":
                    self.book.rename(one, f"r{len(self.all)}")
                case "health":
                    self.book.health(one, self.chance.choice(["healthy", "unhealthy"]))
                case "restart":
                    self.book.restart(one)

    def deliver(self) -> None:
        """What is on the way arrives: some of it not, some twice, some in another order."""
        arriving, self._on_the_way = self._on_the_way, []
        if self.chance.random() < 0.3:
            self.chance.shuffle(arriving)
        for event in arriving:
            copies = self.chance.choices([0, 1, 2], [1, 6, 1])[0]
            known = read_event(as_json(event), Instant(T))
            for _ in range(copies if known else 0):
                assert known is not None
                if (news := self.picture.take(known, self._monotonic)) is not None:
                    self.heard.append(news)

    def reconcile(self, *, in_between: bool) -> None:
        """A listing, things that happen meanwhile, and a close look at what is suspect."""
        asked, turn = self._monotonic, self.picture.turn
        listing = self._listing()
        if in_between:
            self.act()
            if self.chance.random() < 0.5:
                self.deliver()
        for suspect in self.picture.suspects(listing, turn, asked):
            if not self.picture.still_suspect(suspect):
                continue
            found = self.book.by_id.get(suspect.id)
            inspected = (
                None if found is None else read_state(json.loads(as_json(found.inspected())), Instant(T))
            )
            self.heard += self.picture.repair(suspect, inspected, Instant(T), self._monotonic)
        self.picture.adopt(listing, turn, self._monotonic, first=False)


@pytest.mark.parametrize("seed", range(150))
def test_after_the_next_listing_the_picture_is_right_and_nothing_was_told_twice(seed: int) -> None:
    history = History(seed)
    for _ in range(25):
        history.act()
        if history.chance.random() < 0.7:
            history.deliver()
        if history.chance.random() < 0.15:
            history.reconcile(in_between=True)
    history.deliver()
    history.reconcile(in_between=False)

    believed = {(one.id, one.name, one.state) for one in history.picture.summaries()}
    assert believed == {
        (one.id, one.name, RunState(one.state["Status"])) for one in history.book.by_id.values()
    }
    real = [event for event in history.heard if not event.synthetic]
    assert len({event.key for event in real}) == len(real)
    assert {event.key for event in real} <= {event.key for event in history.all}
    news = counted(event for event in history.heard if not event.late)
    happened = counted(history.all)
    assert {who: count for who, count in news.items() if count > happened[who]} == {}


NOT_DATED = (Action.RENAMED, Action.PAUSED, Action.UNPAUSED)
"""Containers keep no record of when these happened: of several that were missed only the last one is known, and
those that come afterwards cannot all be told from new ones."""


def counted(events: Iterable[ContainerEvent]) -> Counter[tuple[str, str]]:
    """How often what happened to whom."""
    return Counter((event.id, str(event.action)) for event in events if event.action not in NOT_DATED)
