"""What is to happen at a given moment besides checks: a heap of appointments.

Pure data structure; it knows neither clock nor meaning. An appointment whose reason has gone meanwhile is not
taken out: whoever keeps it looks whether it still applies.
"""

from enum import Enum, auto
from heapq import heapify, heappop, heappush

import msgspec

from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey


class Topic(Enum):
    """What an appointment is about."""

    DOWNTIME_START = auto()
    DOWNTIME_END = auto()
    DOWNTIME_EXPIRY = auto()
    """A flexible downtime's window is over: if it never began, it goes."""
    ACKNOWLEDGEMENT_END = auto()
    COMMENT_END = auto()
    SERVICE_FRESHNESS = auto()
    HOST_FRESHNESS = auto()
    ORPHANS = auto()
    OWED_RECOVERIES = auto()
    SHUT_DOWN = auto()
    RESTART = auto()


_MOVES_WITH_CLOCK = frozenset(
    {Topic.SERVICE_FRESHNESS, Topic.HOST_FRESHNESS, Topic.ORPHANS, Topic.OWED_RECOVERIES}
)
"""Appointments that are so many seconds after another; the rest are at an hour that somebody named."""


class Appointment(msgspec.Struct, frozen=True):
    """One entry."""

    at: Instant
    topic: Topic
    number: int = 0
    """Of the downtime or comment that it is about."""
    key: ObjectKey | None = None
    """The object that it is about."""


class Agenda:
    """Appointments in order of time; equal times keep the order of arrival."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Appointment]] = []
        self._arrivals = 0

    def put(self, appointment: Appointment) -> None:
        """Adds an appointment."""
        self._arrivals += 1
        heappush(self._heap, (appointment.at, self._arrivals, appointment))

    def next_at(self) -> Instant | None:
        """The earliest; None when nothing is planned."""
        return Instant(self._heap[0][0]) if self._heap else None

    def pop(self, now: Instant) -> Appointment | None:
        """Takes the earliest that is due at `now`; None when none is."""
        if not self._heap or self._heap[0][0] > now:
            return None
        return heappop(self._heap)[2]

    def drop(self, topics: frozenset[Topic]) -> None:
        """Takes out every appointment about these."""
        self._heap = [entry for entry in self._heap if entry[2].topic not in topics]
        heapify(self._heap)

    def shift(self, seconds: float) -> None:
        """Moves what counts from another moment, after the clock jumped."""
        moved = [
            (at + seconds, arrival, msgspec.structs.replace(one, at=Instant(one.at + seconds)))
            if one.topic in _MOVES_WITH_CLOCK
            else (at, arrival, one)
            for at, arrival, one in self._heap
        ]
        heapify(moved)
        self._heap = moved
