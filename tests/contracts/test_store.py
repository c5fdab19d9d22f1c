"""What every store promises: the one on disk and the one that forgets."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.states import CheckType, StateType
from atalaia.ports.storage import Batch, EventFilter, Store
from atalaia.storage.memory import MemoryStore
from atalaia.storage.sqlite import SqliteStore
from support.facts import changed, pending, state, told

ALL = EventFilter()
WEB: ObjectKey = ("web", "http")

Reopen = Callable[[Store], Store]


@pytest.fixture(params=["sqlite", "memory"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reopen]:
    """Closes a store and opens the same memory again, as the next run of the server would."""
    opened: list[Store] = []

    def again(store: Store) -> Store:
        store.close()
        next_one = store if isinstance(store, MemoryStore) else SqliteStore(tmp_path / "atalaia.db")
        opened.append(next_one)
        return next_one

    opened.append(MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "atalaia.db"))
    yield again
    opened[-1].close()


@pytest.fixture
def store(reopen: Reopen, request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    kind = request.node.callspec.params["reopen"]
    return reopen(MemoryStore() if kind == "memory" else SqliteStore(tmp_path / "atalaia.db"))


def numbers(store: Store, wanted: EventFilter = ALL, after: int = 0, limit: int = 1000) -> list[int]:
    return [stored.id for stored in store.events_after(after, limit, wanted)]


# --- states -------------------------------------------------------------------------------------------------


def test_a_new_store_remembers_nothing(store: Store) -> None:
    memory = store.load()

    assert (memory.states, memory.outbox, memory.values) == ({}, [], {})
    assert numbers(store) == []


def test_a_state_comes_back_with_all_its_fields(store: Store, reopen: Reopen) -> None:
    kept = state(
        state=2,
        state_type=StateType.SOFT,
        attempt=2,
        output="CRITICAL: não há ✗",
        long_output="line 1\nline 2",
        perfdata="time=1s;2;3",
        check_type=CheckType.PASSIVE,
        last_check=Instant(1000.25),
        last_time_in=(1.0, 2.0, 3.0, 4.5),
        told=("ana", "rui"),
        acknowledged=True,
        percent_state_change=12.5,
    )
    store.write(Batch(states={WEB: kept}))

    assert reopen(store).load().states == {WEB: kept}


def test_a_later_state_replaces_the_one_before(store: Store) -> None:
    store.write(Batch(states={WEB: state(attempt=1)}))
    store.write(Batch(states={WEB: state(attempt=2)}))

    assert store.load().states == {WEB: state(attempt=2)}


def test_a_host_and_its_services_are_told_apart(store: Store) -> None:
    store.write(Batch(states={("web", ""): state(state=1), WEB: state(state=2)}))

    assert {key: known.state for key, known in store.load().states.items()} == {("web", ""): 1, WEB: 2}


def test_names_differ_by_case_and_accent(store: Store) -> None:
    keys = [("Web", "http"), ("web", "http"), ("wéb", "http"), ("web", "http ")]
    store.write(Batch(states={key: state(attempt=number) for number, key in enumerate(keys)}))

    assert [store.load().states[key].attempt for key in keys] == [0, 1, 2, 3]


def test_a_stored_state_is_not_changed_by_what_happens_to_the_value(store: Store) -> None:
    live = state(attempt=1)
    store.write(Batch(states={WEB: live}))
    live.attempt = 2

    assert store.load().states[WEB].attempt == 1


def test_a_loaded_state_does_not_change_the_store(store: Store) -> None:
    store.write(Batch(states={WEB: state(attempt=1)}))
    store.load().states[WEB].attempt = 2

    assert store.load().states[WEB].attempt == 1


def test_a_forgotten_object_loses_its_state_and_keeps_its_events(store: Store) -> None:
    store.write(Batch(states={WEB: state(), ("db", ""): state()}, events=[changed()]))
    store.write(Batch(forget=[WEB]))

    assert list(store.load().states) == [("db", "")]
    assert numbers(store) == [1]


def test_what_is_written_and_forgotten_in_one_batch_is_forgotten(store: Store) -> None:
    store.write(Batch(states={WEB: state()}, forget=[WEB]))

    assert store.load().states == {}


def test_forgetting_what_is_not_known_does_no_harm(store: Store) -> None:
    store.write(Batch(forget=[WEB], sent=["nothing"]))

    assert store.load().states == {}


def test_ten_thousand_states_fit_into_one_batch(store: Store) -> None:
    store.write(Batch(states={(f"host{number}", "http"): state(attempt=number) for number in range(10_000)}))
    states = store.load().states

    assert (len(states), states["host9999", "http"].attempt) == (10_000, 9999)


# --- events -------------------------------------------------------------------------------------------------


def test_writing_returns_the_events_with_growing_numbers(store: Store) -> None:
    first = store.write(Batch(events=[changed(), told()]))
    second = store.write(Batch(events=[changed(time=5.0)]))

    assert [stored.id for stored in (*first, *second)] == [1, 2, 3]
    assert [stored.event for stored in first] == [changed(), told()]


def test_numbers_go_on_after_a_restart(store: Store, reopen: Reopen) -> None:
    store.write(Batch(events=[changed(), changed()]))
    again = reopen(store)

    assert [stored.id for stored in again.write(Batch(events=[changed()]))] == [3]


def test_events_come_back_oldest_first_by_number_and_not_by_time(store: Store) -> None:
    store.write(Batch(events=[changed(time=2000.0), changed(time=1000.0)]))

    assert [stored.event.time for stored in store.events_after(0, 10, ALL)] == [2000.0, 1000.0]


def test_an_event_comes_back_whole(store: Store, reopen: Reopen) -> None:
    fact = changed(output="não há ; | espaço\nfim")
    store.write(Batch(events=[fact]))

    assert reopen(store).events_after(0, 1, ALL)[0].event == fact


def test_a_reader_goes_on_after_the_number_that_it_has_seen(store: Store) -> None:
    store.write(Batch(events=[changed() for _ in range(5)]))

    assert numbers(store, after=2, limit=2) == [3, 4]
    assert numbers(store, after=5) == []
    assert numbers(store, after=99) == []


def test_the_newest_events_come_newest_first(store: Store) -> None:
    store.write(Batch(events=[changed() for _ in range(5)]))

    assert [stored.id for stored in store.last_events(2, ALL)] == [5, 4]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_reader_that_wants_nothing_gets_nothing(store: Store, limit: int) -> None:
    store.write(Batch(events=[changed()]))

    assert list(store.events_after(0, limit, ALL)) == []
    assert list(store.last_events(limit, ALL)) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (EventFilter(), [1, 2, 3, 4]),
        (EventFilter(host="web"), [1, 2, 3]),
        (EventFilter(host="web", service="http"), [1, 3]),
        (EventFilter(host="web", service=""), [2]),
        (EventFilter(service="http"), [1, 3, 4]),
        (EventFilter(types=("notification_sent",)), [3]),
        (EventFilter(types=("notification_sent", "state_changed"), host="web"), [1, 2, 3]),
        (EventFilter(types=()), []),
        (EventFilter(host="nobody"), []),
    ],
)
def test_a_filter_selects(store: Store, wanted: EventFilter, expected: list[int]) -> None:
    store.write(Batch(events=[changed(), changed(service=""), told(), changed(host="db")]))

    assert numbers(store, wanted) == expected
    assert [stored.id for stored in store.last_events(10, wanted)] == expected[::-1]


# --- outbox and values --------------------------------------------------------------------------------------


def test_pending_messages_come_back_in_the_order_they_were_written(store: Store, reopen: Reopen) -> None:
    items = [pending("z"), pending("a"), pending("m")]
    store.write(Batch(outbox=items))

    assert reopen(store).load().outbox == items


def test_a_failed_try_is_remembered_and_keeps_the_messages_place(store: Store, reopen: Reopen) -> None:
    store.write(Batch(outbox=[pending("1"), pending("2")]))
    later = pending("1", tries=3, next_try=1234.5, last_error="refused: ção")
    store.write(Batch(outbox=[later]))

    assert reopen(store).load().outbox == [later, pending("2")]


def test_a_sent_message_leaves_the_outbox(store: Store) -> None:
    store.write(Batch(outbox=[pending("1"), pending("2")]))
    store.write(Batch(sent=["1"], events=[told()]))

    assert [item.message.key for item in store.load().outbox] == ["2"]


def test_a_message_that_is_queued_and_sent_in_one_batch_is_sent(store: Store) -> None:
    store.write(Batch(outbox=[pending("1")], sent=["1"]))

    assert store.load().outbox == []


def test_values_are_replaced_by_name(store: Store, reopen: Reopen) -> None:
    store.write(Batch(values={"clean": "no", "next id": "7"}))
    store.write(Batch(values={"clean": "yes"}))

    assert reopen(store).load().values == {"clean": "yes", "next id": "7"}


def test_an_empty_batch_is_no_work(store: Store) -> None:
    assert list(store.write(Batch())) == []
