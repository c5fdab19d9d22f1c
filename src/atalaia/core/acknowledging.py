"""Acknowledgements: somebody takes care of a problem, and for how long that holds."""

import msgspec

from atalaia.core.agenda import Agenda, Appointment, Topic
from atalaia.core.comments import Comments
from atalaia.core.effects import Effects
from atalaia.core.events import Acknowledged, AcknowledgementEnded
from atalaia.core.instants import NEVER, Instant
from atalaia.core.objects import Host, ObjectKey, Service
from atalaia.core.records import CommentKind
from atalaia.core.runtime import Acknowledgement, Runtime
from atalaia.core.step import NotificationKind
from atalaia.core.telling import Occasion, Teller


class Taking(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody takes a problem over."""

    author: str
    comment: str
    sticky: bool = False
    """Until the recovery; otherwise until the state changes."""
    notify: bool = True
    """Others are told of it."""
    persistent: bool = False
    """The comment stays when the acknowledgement ends."""
    expires: Instant = NEVER
    """When it ends by itself; 0 is never. Nagios knows no such end."""


class Acknowledging:
    """Keeps the acknowledgement part of every Runtime."""

    def __init__(
        self, states: dict[ObjectKey, Runtime], comments: Comments, agenda: Agenda, teller: Teller
    ) -> None:
        self._states = states
        self._comments = comments
        self._agenda = agenda
        self._teller = teller

    def acknowledge(self, obj: Host | Service, taking: Taking, now: Instant, effects: Effects) -> bool:
        """Takes a problem over; False when there is none (as in Nagios nothing happens then)."""
        if self._states[obj.key].state == 0:
            return False
        known = effects.own(self._states, obj.key)
        effects.events.append(
            Acknowledged(
                time=now,
                host=obj.host_name,
                service=obj.key[1],
                state=obj.state_name(known.state),
                author=taking.author,
                comment=taking.comment,
                sticky=taking.sticky,
                persistent=taking.persistent,
                told=taking.notify,
                expires=taking.expires,
            )
        )
        if taking.notify:
            occasion = Occasion(
                kind=NotificationKind.ACKNOWLEDGEMENT, author=taking.author, comment=taking.comment
            )
            self._teller.tell(obj, occasion, now, effects)
        known.acknowledged = True
        known.acknowledgement = Acknowledgement.STICKY if taking.sticky else Acknowledgement.NORMAL
        known.acknowledged_until = taking.expires
        comment = self._comments.add(
            obj.key,
            CommentKind.ACKNOWLEDGEMENT,
            author=taking.author,
            text=taking.comment,
            now=now,
            effects=effects,
            persistent=taking.persistent,
            expires=taking.expires if not taking.persistent else NEVER,
        )
        if taking.expires:
            self._agenda.put(Appointment(taking.expires, Topic.ACKNOWLEDGEMENT_END, key=obj.key))
        if comment.expires:
            self._agenda.put(Appointment(comment.expires, Topic.COMMENT_END, comment.id))
        return True

    def remove(self, obj: Host | Service, now: Instant, effects: Effects) -> None:
        """Somebody gives the problem back."""
        if self._states[obj.key].acknowledged:
            self._end(obj.key, "removed", now, effects)
        self._comments.delete_acknowledgement(obj.key, now, effects)

    def state_changed(self, obj: Host | Service, now: Instant, effects: Effects, *, soft: bool) -> None:
        """The state, or its confirmation, changed: what Nagios' two kinds of acknowledgement outlive.

        Args:
            soft: it is a change of the state itself, not only its confirmation.
        """
        known = self._states[obj.key]
        match known.acknowledgement:
            case Acknowledgement.NORMAL if soft:
                self._end(obj.key, "recovered" if known.state == 0 else "state_changed", now, effects)
            case Acknowledgement.STICKY if known.state == 0:
                self._end(obj.key, "recovered", now, effects)

    def expire(self, key: ObjectKey, now: Instant, effects: Effects) -> None:
        """The time of an acknowledgement is over, unless it was given anew or is gone."""
        known = self._states.get(key)
        if known is not None and known.acknowledged and 0 < known.acknowledged_until <= now:
            self._end(key, "expired", now, effects)

    def restore(self) -> None:
        """Puts the ends of remembered acknowledgements into the agenda."""
        for key, known in self._states.items():
            if known.acknowledged and known.acknowledged_until:
                self._agenda.put(Appointment(known.acknowledged_until, Topic.ACKNOWLEDGEMENT_END, key=key))

    def _end(self, key: ObjectKey, reason: str, now: Instant, effects: Effects) -> None:
        known = effects.own(self._states, key)
        known.acknowledged = False
        known.acknowledgement = Acknowledgement.NONE
        known.acknowledged_until = NEVER
        self._comments.delete_acknowledgement(key, now, effects)
        effects.events.append(AcknowledgementEnded(time=now, host=key[0], service=key[1], reason=reason))
