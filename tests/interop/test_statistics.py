"""Checks and commands per 1, 5 and 15 minutes."""

import time

import pytest

from atalaia.core.events import AnyFact, CommandSeen, LogLine, PassiveResultTaken
from atalaia.core.instants import Instant
from atalaia.interop.statistics import CheckStatistics, Counter


class Monotonic:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_what_just_happened_is_in_all_three() -> None:
    clock = Monotonic()
    counter = Counter(clock)
    for _ in range(7):
        counter.add()

    assert counter.totals() == (7, 7, 7)


def test_a_minute_leaves_the_totals_as_it_gets_too_old() -> None:
    clock = Monotonic()
    counter = Counter(clock)
    for _ in range(60):
        counter.add()

    clock.at += 90
    assert counter.totals() == (30, 60, 60)  # half of that minute is still within the last one
    clock.at += 30
    assert counter.totals() == (0, 60, 60)
    clock.at += 60 * 3
    assert counter.totals() == (0, 60, 60)
    clock.at += 30
    assert counter.totals() == (0, 30, 60)
    clock.at += 60 * 10
    assert counter.totals() == (0, 0, 30)
    clock.at += 60
    assert counter.totals() == (0, 0, 0)


def test_after_a_long_silence_nothing_old_is_left() -> None:
    clock = Monotonic()
    counter = Counter(clock)
    counter.add()
    clock.at += 1e6
    counter.add()

    assert counter.totals() == (1, 1, 1)


def test_every_kind_has_its_own_counter() -> None:
    statistics = CheckStatistics(Monotonic())
    now = Instant(0.0)
    facts: list[AnyFact] = [
        PassiveResultTaken(time=now, host="h", state=0, output="", checked_before=True),
        PassiveResultTaken(time=now, host="h", service="s", state=0, output="", checked_before=True),
        CommandSeen(time=now, command="X", arguments="", brings_result=True),
        LogLine(time=now, text="x"),
    ]

    statistics.publish(facts)
    statistics.check_begun(("h", ""))
    statistics.check_begun(("h", "s"))
    statistics.check_begun(("h", "s"))

    assert [
        one.totals()[0]
        for one in (
            statistics.passive_hosts,
            statistics.passive_services,
            statistics.commands,
            statistics.active_hosts,
            statistics.active_services,
        )
    ] == [1, 1, 1, 1, 2]


@pytest.mark.slow
def test_a_check_costs_less_than_a_microsecond() -> None:
    statistics = CheckStatistics(time.monotonic)
    best = 1.0
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(10_000):
            statistics.check_begun(("h", "s"))
        best = min(best, (time.perf_counter() - began) / 10_000)

    print(f"{best * 1e9:.0f} ns per check")
    assert best < 5e-6
