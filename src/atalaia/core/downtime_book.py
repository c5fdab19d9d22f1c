"""All downtimes, by number and by object. Only kept here; what follows from them is in `downtimes.py`."""

from collections.abc import Iterator

from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.records import Downtime


class DowntimeBook:
    """Planned and running downtimes."""

    def __init__(self) -> None:
        self._by_id: dict[int, Downtime] = {}
        self._by_key: dict[ObjectKey, dict[int, Downtime]] = {}

    def __iter__(self) -> Iterator[Downtime]:
        return iter(sorted(self._by_id.values(), key=lambda one: (one.start, one.id)))

    def get(self, number: int) -> Downtime | None:
        """The downtime with this number."""
        return self._by_id.get(number)

    def of(self, key: ObjectKey) -> list[Downtime]:
        """An object's downtimes, earliest start first (the order in which Nagios goes through them)."""
        return sorted(self._by_key.get(key, {}).values(), key=lambda one: (one.start, one.id))

    def triggered_by(self, number: int) -> list[Downtime]:
        """The downtimes that follow this one."""
        return [one for one in self if one.triggered_by == number]

    def put(self, downtime: Downtime) -> None:
        """Adds one, or puts it in the place of the one with its number."""
        self._by_id[downtime.id] = downtime
        self._by_key.setdefault(downtime.key, {})[downtime.id] = downtime

    def remove(self, number: int) -> None:
        """Takes one out."""
        downtime = self._by_id.pop(number)
        of_object = self._by_key[downtime.key]
        del of_object[number]
        if not of_object:
            del self._by_key[downtime.key]

    def is_pending(self, key: ObjectKey, now: Instant) -> bool:
        """A flexible downtime of the object waits for a problem, and its window is open now."""
        return key in self._by_key and any(
            not (one.fixed or one.in_effect or one.triggered_by) and one.start <= now <= one.end
            for one in self._by_key[key].values()
        )
