"""The state of every object, told by the stored events alone (and the configuration, which is no event)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from atalaia.core.events import (
    Acknowledged,
    AcknowledgementEnded,
    AnyFact,
    CommentAdded,
    CommentDeleted,
    DowntimeEnded,
    DowntimeScheduled,
    DowntimeStarted,
    FlappingChanged,
    SettingChanged,
    StateChanged,
)
from atalaia.core.objects import Host, ObjectKey, Service
from atalaia.core.world import World


class Told(msgspec.Struct, kw_only=True):
    """What is known of one object."""

    state: str
    state_type: str = "HARD"
    attempt: int = 1
    acknowledged: bool = False
    flapping: bool = False
    comments: set[int] = set()
    downtimes: dict[int, bool] = {}
    """Number of each downtime to whether it is in effect."""

    @property
    def depth(self) -> int:
        """How many downtimes are in effect."""
        return sum(self.downtimes.values())


class Replay:
    """Follows the events. Nothing but `configured` and `take` tells it anything."""

    def __init__(self) -> None:
        self.objects: dict[ObjectKey, Told] = {}
        self._limits: dict[ObjectKey, int] = defaultdict(int)

    def configured(self, checkables: Mapping[ObjectKey, Host | Service]) -> None:
        """A configuration came into force: what objects there are, how they begin, how often each is tried."""
        for key in self.objects.keys() - checkables.keys():
            del self.objects[key]
        for key, one in checkables.items():
            most = self._limits[key] = one.max_check_attempts
            told = self.objects.get(key)
            if told is None:
                begins_bad = one.initial_state != 0
                self.objects[key] = Told(
                    state=one.state_name(one.initial_state), attempt=most if begins_bad else 1
                )
            elif told.state_type == "HARD" and told.state not in ("OK", "UP") and told.attempt > 1:
                told.attempt = most
            else:
                told.attempt = min(told.attempt, most)

    def take(self, events: Iterable[AnyFact]) -> None:
        """Goes on with these events."""
        for event in events:
            told = self.objects.get((event.host, event.service))
            if told is not None:
                self._one(told, event)

    def _one(self, told: Told, event: AnyFact) -> None:
        match event:
            case StateChanged():
                well = event.state in ("OK", "UP")
                told.state = event.state
                told.state_type = "HARD" if well else event.state_type  # a recovery settles
                told.attempt = 1 if well else event.attempt
            case SettingChanged() if event.setting == "max_check_attempts":
                if told.state_type == "HARD" and told.state not in ("OK", "UP") and told.attempt > 1:
                    told.attempt = int(event.value)
            case Acknowledged():
                told.acknowledged = True
            case AcknowledgementEnded():
                told.acknowledged = False
            case FlappingChanged():
                told.flapping = event.what == "started"
            case CommentAdded():
                told.comments.add(event.comment_id)
            case CommentDeleted():
                told.comments.discard(event.comment_id)
            case DowntimeScheduled():
                told.downtimes[event.downtime_id] = False
            case DowntimeStarted():
                told.downtimes[event.downtime_id] = True
            case DowntimeEnded():
                told.downtimes.pop(event.downtime_id, None)
            case _:
                pass


def told_by(world: World) -> dict[ObjectKey, Told]:
    """The same, as the World knows it."""
    return {
        key: Told(
            state=world.topology.checkables[key].state_name(known.state),
            state_type=known.state_type.name,
            attempt=known.attempt,
            acknowledged=known.acknowledged,
            flapping=known.is_flapping,
            comments={one.id for one in world.comments.of(key)},
            downtimes={one.id: one.in_effect for one in world.downtimes.book.of(key)},
        )
        for key, known in world.states.items()
    }
