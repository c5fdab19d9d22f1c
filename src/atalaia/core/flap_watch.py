"""Flap detection at work: histories, the beginning and the end of flapping, and who hears of it."""

from atalaia.core.comments import INTERNAL_AUTHOR, Comments, Deleted
from atalaia.core.effects import Effects
from atalaia.core.events import FlappingChanged
from atalaia.core.flapping import flaps, percent_change, thresholds, with_state
from atalaia.core.instants import Instant
from atalaia.core.objects import Host, ObjectKey, Service
from atalaia.core.records import CommentKind
from atalaia.core.runtime import NO_HISTORY, Runtime
from atalaia.core.states import StateType
from atalaia.core.step import NotificationKind
from atalaia.core.telling import RECOVERY, Occasion, Teller
from atalaia.core.topology import Topology


class FlapWatch:
    """Keeps the flapping part of every Runtime."""

    def __init__(
        self, topology: Topology, states: dict[ObjectKey, Runtime], comments: Comments, teller: Teller
    ) -> None:
        self._topology = topology
        self._states = states
        self._comments = comments
        self._teller = teller

    def look(self, obj: Host | Service, now: Instant, effects: Effects, *, record: bool = True) -> None:
        """Looks whether an object flaps, after a result (`record`) or after detection was switched on.

        Of services only HARD states and recoveries count. The percentage is kept up to date also where
        detection is off. A host is looked at with its own results and with those of its services.
        """
        known = self._states[obj.key]
        is_service = isinstance(obj, Service)
        if is_service and known.state_type is StateType.SOFT and known.state != 0:
            return
        history = known.state_history
        if record and obj.state_letter(known.state) in obj.flap_detection_options:
            history = with_state(history, known.state)
        percent = percent_change(history)
        if history != known.state_history or percent != known.percent_state_change:
            known = effects.own(self._states, obj.key)
            known.state_history = history
            known.percent_state_change = percent
        settings = self._topology.model.settings
        low, high = thresholds(obj, settings)
        if not (settings.enable_flap_detection and obj.flap_detection_enabled):
            if known.is_flapping:
                self._stop(obj, "undetected", percent, low, now, effects)
            return
        verdict = flaps(percent, low, high)
        if verdict is True and not known.is_flapping:
            self._start(obj, percent, high, now, effects)
        elif verdict is False and known.is_flapping:
            self._stop(obj, "stopped", percent, low, now, effects)

    def switched_off(self, obj: Host | Service, now: Instant, effects: Effects) -> None:
        """Detection was switched off, for the object or everywhere."""
        known = self._states[obj.key]
        if known.is_flapping:
            self._stop(obj, "disabled", known.percent_state_change, 0.0, now, effects)

    def clear(self, obj: Host | Service, now: Instant, effects: Effects) -> None:
        """Somebody says that the object does not flap: its history is forgotten."""
        settings = self._topology.model.settings
        if not (settings.enable_flap_detection and obj.flap_detection_enabled):
            return
        known = effects.own(self._states, obj.key)
        if known.is_flapping:
            low, _ = thresholds(obj, settings)
            self._stop(obj, "cleared", known.percent_state_change, low, now, effects)
        known.state_history = NO_HISTORY
        known.percent_state_change = 0.0

    def _start(
        self, obj: Host | Service, percent: float, threshold: float, now: Instant, effects: Effects
    ) -> None:
        known = effects.own(self._states, obj.key)
        self._say(obj, "started", percent, threshold, now, effects)
        if not known.flapping_comment:
            known.flapping_comment = self._comments.add(
                obj.key,
                CommentKind.FLAPPING,
                author=INTERNAL_AUTHOR,
                text=_comment_text(obj, percent, threshold),
                now=now,
                effects=effects,
            ).id
        known.is_flapping = True
        known.recovery_after_flapping = known.notification_number > 0
        self._teller.tell(obj, Occasion(kind=NotificationKind.FLAPPINGSTART), now, effects)

    def _stop(
        self, obj: Host | Service, what: str, percent: float, threshold: float, now: Instant, effects: Effects
    ) -> None:
        known = effects.own(self._states, obj.key)
        self._say(obj, what, percent, threshold, now, effects)
        self._drop_comment(known, now, effects)
        # After a clearing by hand Nagios holds the recovery back until the next good result.
        known.is_flapping = what == "cleared"
        if what != "undetected":
            kind = NotificationKind.FLAPPINGDISABLED if what == "disabled" else NotificationKind.FLAPPINGSTOP
            self._teller.tell(obj, Occasion(kind=kind), now, effects)
            if known.recovery_after_flapping and known.state == 0:
                self._teller.tell(obj, RECOVERY, now, effects)
        known.is_flapping = False
        known.recovery_after_flapping = False

    def _drop_comment(self, known: Runtime, now: Instant, effects: Effects) -> None:
        if known.flapping_comment:
            self._comments.delete(known.flapping_comment, now, effects, Deleted.REASON_ENDED)
            known.flapping_comment = 0

    @staticmethod
    def _say(
        obj: Host | Service, what: str, percent: float, threshold: float, now: Instant, effects: Effects
    ) -> None:
        effects.events.append(
            FlappingChanged(
                time=now,
                host=obj.host_name,
                service=obj.key[1],
                what=what,
                percent=round(percent, 2),
                threshold=threshold,
            )
        )


def _comment_text(obj: Host | Service, percent: float, threshold: float) -> str:
    """Nagios' own sentence: tools show it."""
    what, sign = ("service", ">=") if isinstance(obj, Service) else ("host", ">")
    return (
        f"Notifications for this {what} are being suppressed because it was detected as having been flapping "
        f"between different states ({percent:2.1f}% change {sign} {threshold:2.1f}% threshold).  When the "
        f"{what} state stabilizes and the flapping stops, notifications will be re-enabled."
    )
