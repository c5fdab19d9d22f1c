"""The agenda: what is to happen at a given moment, in order, and what moves with a clock that jumps."""

import pytest

from atalaia.core.agenda import Agenda, Appointment, Topic
from atalaia.core.instants import Instant


def at(seconds: float, topic: Topic = Topic.ORPHANS, number: int = 0) -> Appointment:
    return Appointment(Instant(seconds), topic, number)


def agenda(*appointments: Appointment) -> Agenda:
    made = Agenda()
    for one in appointments:
        made.put(one)
    return made


def popped(made: Agenda, now: float) -> list[Appointment]:
    found = []
    while (one := made.pop(Instant(now))) is not None:
        found.append(one)
    return found


def test_an_empty_agenda_has_nothing_due() -> None:
    assert agenda().next_at() is None
    assert agenda().pop(Instant(5.0)) is None


def test_appointments_come_out_in_the_order_of_time_when_they_are_due() -> None:
    made = agenda(at(9), at(3), at(5))

    assert made.next_at() == 3.0
    assert popped(made, 8) == [at(3), at(5)]
    assert made.next_at() == 9.0


def test_equal_times_keep_the_order_of_arrival() -> None:
    made = agenda(at(3, number=2), at(3, number=1), at(3, number=3))

    assert [one.number for one in popped(made, 3)] == [2, 1, 3]


def test_all_about_a_topic_can_be_dropped() -> None:
    made = agenda(at(1), at(2, Topic.COMMENT_END), at(3), at(4, Topic.RESTART))

    made.drop(frozenset({Topic.ORPHANS, Topic.RESTART}))

    assert popped(made, 9) == [at(2, Topic.COMMENT_END)]


@pytest.mark.parametrize(
    ("topic", "moves"),
    [
        (Topic.DOWNTIME_START, False),
        (Topic.DOWNTIME_END, False),
        (Topic.DOWNTIME_EXPIRY, False),
        (Topic.ACKNOWLEDGEMENT_END, False),
        (Topic.COMMENT_END, False),
        (Topic.SHUT_DOWN, False),
        (Topic.RESTART, False),
        (Topic.SERVICE_FRESHNESS, True),
        (Topic.HOST_FRESHNESS, True),
        (Topic.ORPHANS, True),
        (Topic.OWED_RECOVERIES, True),
    ],
)
def test_rounds_move_with_a_clock_that_jumps_and_hours_that_people_named_do_not(
    topic: Topic, moves: bool
) -> None:
    made = agenda(at(100, topic))

    made.shift(-40)

    assert popped(made, 1000) == [at(60 if moves else 100, topic)]


def test_the_order_is_right_after_a_jump() -> None:
    made = agenda(at(100, Topic.COMMENT_END), at(110))

    made.shift(-50)

    assert [one.at for one in popped(made, 200)] == [60.0, 100.0]
