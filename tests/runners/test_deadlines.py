"""Many deadlines on one timer, in virtual time."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from atalaia.runners.deadlines import Deadlines
from support.virtual_time import VirtualTimeLoop


class Recorder:
    """Deadlines on a virtual loop, and when each of them passed."""

    def __init__(self) -> None:
        self.loop = VirtualTimeLoop()
        self.seen: list[tuple[float, int]] = []
        self.deadlines = Deadlines(self.loop, lambda key: self.seen.append((round(self.loop.time(), 6), key)))

    def at(self, when: float, action: Callable[[], object]) -> None:
        self.loop.call_at(when, action)

    def run(self, until: float) -> list[tuple[float, int]]:
        self.loop.run_until_complete(asyncio.sleep(until))
        return self.seen


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    recorder.deadlines.close()
    recorder.loop.close()


def test_keys_come_up_at_their_deadlines(recorder: Recorder) -> None:
    for key, seconds in enumerate((5.0, 1.0, 3.0)):
        recorder.deadlines.add(key, seconds)

    assert recorder.run(10) == [(1.0, 1), (3.0, 2), (5.0, 0)]


def test_a_forgotten_key_does_not_come_up(recorder: Recorder) -> None:
    recorder.deadlines.add(1, 1.0)
    recorder.deadlines.add(2, 2.0)
    recorder.deadlines.forget(1)

    assert recorder.run(10) == [(2.0, 2)]


def test_a_key_that_is_set_again_comes_up_once_at_the_new_deadline(recorder: Recorder) -> None:
    recorder.deadlines.add(1, 1.0)
    recorder.deadlines.add(1, 4.0)

    assert recorder.run(10) == [(4.0, 1)]


def test_keys_of_the_same_instant_come_up_together(recorder: Recorder) -> None:
    recorder.deadlines.add(1, 2.0)
    recorder.deadlines.add(2, 2.0)

    assert recorder.run(10) == [(2.0, 1), (2.0, 2)]


def test_a_key_may_be_added_while_the_loop_runs(recorder: Recorder) -> None:
    recorder.deadlines.add(1, 5.0)
    recorder.at(1.0, lambda: recorder.deadlines.add(2, 1.0))

    assert recorder.run(10) == [(2.0, 2), (5.0, 1)]


def test_dead_entries_do_not_pile_up(recorder: Recorder) -> None:
    for key in range(10_000):
        recorder.deadlines.add(key, 60.0)
        recorder.deadlines.forget(key)

    assert (len(recorder.deadlines), recorder.deadlines.entries < 100) == (0, True)


def test_nothing_comes_up_after_close(recorder: Recorder) -> None:
    recorder.deadlines.add(1, 1.0)
    recorder.at(0.5, recorder.deadlines.close)

    assert recorder.run(10) == []
