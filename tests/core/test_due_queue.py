"""The due queue: one pending check per object, the earlier request wins, forced beats unforced."""

from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.due_queue import DueQueue
from atalaia.core.instants import Instant

WEB = ("web", "")
HTTP = ("web", "http")


def test_checks_come_out_in_the_order_of_their_due_times() -> None:
    queue = DueQueue()
    queue.put(HTTP, Instant(5.0))
    queue.put(WEB, Instant(3.0))

    popped = [due.key for _ in range(2) if (due := queue.pop(Instant(9.0)))]

    assert popped == [WEB, HTTP]
    assert len(queue) == 0


def test_nothing_comes_out_before_it_is_due() -> None:
    queue = DueQueue()
    queue.put(WEB, Instant(3.0))

    assert queue.pop(Instant(2.9)) is None
    assert queue.next_at() == 3.0


def test_an_earlier_request_takes_the_place_of_a_later_one() -> None:
    queue = DueQueue()
    queue.put(WEB, Instant(9.0))

    assert queue.request(WEB, Instant(4.0))
    assert not queue.request(WEB, Instant(6.0))
    assert queue.next_at() == 4.0
    assert len(queue) == 1


def test_a_forced_request_beats_an_earlier_one_and_only_an_earlier_forced_one_beats_it() -> None:
    queue = DueQueue()
    queue.put(WEB, Instant(4.0))

    assert queue.request(WEB, Instant(8.0), forced=True)
    assert not queue.request(WEB, Instant(1.0))
    assert queue.request(WEB, Instant(7.0), forced=True)
    assert queue.next_at() == 7.0


def test_a_removed_check_does_not_come_out() -> None:
    queue = DueQueue()
    queue.put(WEB, Instant(1.0))
    queue.remove(WEB)

    assert queue.pop(Instant(5.0)) is None
    assert queue.next_at() is None


def test_all_due_times_move_with_the_clock() -> None:
    queue = DueQueue()
    queue.put(WEB, Instant(10.0))
    queue.put(HTTP, Instant(20.0))

    queue.shift(-5.0)

    assert queue.next_at() == 5.0
    due = queue.get(HTTP)
    assert due is not None
    assert due.at == 15.0


def test_it_counts_what_is_due_and_neither_what_was_replaced_nor_what_is_ahead() -> None:
    queue = DueQueue()
    queue.put(WEB, Instant(1.0))
    queue.put(WEB, Instant(2.0))
    queue.put(HTTP, Instant(3.0))

    assert [queue.count_due(Instant(at)) for at in (1.0, 2.0, 3.0)] == [0, 1, 2]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 100))), st.integers(0, 100))
def test_it_counts_and_orders_like_a_plain_dictionary(puts: list[tuple[int, int]], now: int) -> None:
    queue = DueQueue()
    pending: dict[tuple[str, str], float] = {}
    for name, at in puts:
        queue.put((str(name), ""), Instant(float(at)))
        pending[(str(name), "")] = float(at)

    assert queue.count_due(Instant(float(now))) == sum(at <= now for at in pending.values())
    popped = []
    while due := queue.pop(Instant(1000.0)):
        popped.append(due.at)
    assert popped == sorted(pending.values())


def test_a_queue_that_is_replaced_over_and_over_does_not_grow() -> None:
    queue = DueQueue()

    for second in range(10_000):
        queue.put(WEB, Instant(float(second)))

    assert len(queue._heap) < 200
