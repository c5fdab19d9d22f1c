"""When people are left alone, and that they can learn why."""

from collections import defaultdict
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.core.effects import Effects
from atalaia.core.events import NotificationQueued, NotificationSuppressed
from atalaia.core.instants import Instant
from atalaia.core.notifying import Reason
from atalaia.core.objects import Host, ObjectKey, Service
from atalaia.core.states import StateType
from atalaia.core.step import NotificationKind
from atalaia.core.telling import Occasion, Teller
from support.histories import Moment, Player
from support.profiles import PATIENCE, examples
from support.replay import Replay
from support.watched import watched

pytestmark = pytest.mark.timeout(PATIENCE)

ABOUT_STATE = ("PROBLEM", "RECOVERY")

WHY_TOLD = frozenset(
    {
        Reason.FIRST,
        Reason.INTERVAL,
        Reason.STATE_CHANGED,
        Reason.VOLATILE,
        Reason.RECOVERED,
        Reason.ASKED_FOR,
        Reason.FORCED,
        Reason.BEGAN_OR_ENDED,
    }
)
WHY_NOT_TOLD = frozenset(Reason) - WHY_TOLD


@given(st.data())
@examples(60)
def test_nobody_is_told_of_an_unconfirmed_state(data: st.DataObject) -> None:
    def look(_: Player, moment: Moment) -> None:
        for telling in moment.effects.tellings:
            assert telling.kind not in ABOUT_STATE or telling.seen.state_type is StateType.HARD, telling

    watched(data, look)


@given(st.data())
@examples(120)
def test_nobody_is_told_while_it_is_in_downtime_acknowledged_or_flapping(data: st.DataObject) -> None:
    """Neither of a problem nor of its end; for a service its host's downtime counts, too."""
    replay = Replay()

    def look(player: Player, moment: Moment) -> None:
        if moment.restarted or moment.reloaded or not replay.objects:
            replay.configured(player.world.topology.checkables)
        for event in moment.events:
            if isinstance(event, NotificationQueued) and event.kind in ABOUT_STATE:
                told, host = replay.objects[(event.host, event.service)], replay.objects[(event.host, "")]
                assert not told.depth, event
                assert not host.depth, event
                assert not told.acknowledged, event
                assert not told.flapping, event
            replay.take([event])

    watched(data, look)


@given(st.data())
@examples(60)
def test_nobody_is_told_whose_notifications_or_those_of_the_object_are_switched_off(
    data: st.DataObject,
) -> None:
    def look(player: Player, moment: Moment) -> None:
        model = player.world.model
        for telling in moment.effects.tellings:
            if telling.kind not in ABOUT_STATE:
                continue
            checkable, contact = player.world.topology.checkables[telling.key], model.contacts[telling.contact]
            assert model.settings.enable_notifications
            assert checkable.notifications_enabled, telling.key
            of_service = isinstance(checkable, Service)
            on = contact.service_notifications_enabled if of_service else contact.host_notifications_enabled
            assert on, telling.contact

    watched(data, look)


@given(st.data())
@examples(60)
def test_every_message_and_every_silence_has_a_reason_that_is_known(data: st.DataObject) -> None:
    def look(_: Player, moment: Moment) -> None:
        for event in moment.events:
            if isinstance(event, NotificationQueued):
                assert event.reason in WHY_TOLD, event
            elif isinstance(event, NotificationSuppressed):
                assert event.reason in WHY_NOT_TOLD, event

    watched(data, look)


class _Explanations:
    """What the events say about silences, beside what the Teller was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[ObjectKey, str, Reason | None, dict[str, Reason]]] = []
        """Object, state, the reason for everybody, and those for single contacts."""
        self._general: dict[ObjectKey, tuple[str, str]] = {}
        self._of_contacts: dict[ObjectKey, set[tuple[str, str, str]]] = defaultdict(set)

    def tell(
        self, teller: Teller, obj: Host | Service, occasion: Occasion, now: Instant, effects: Effects
    ) -> bool:
        """Stands in for `Teller.tell` and notes what was decided."""
        known = teller._states[obj.key]
        decision = teller.judge(obj, occasion, now)
        before = len(effects.tellings)
        result = self.original(teller, obj, occasion, now, effects)
        hard_problem = known.state != 0 and known.state_type is StateType.HARD
        if occasion.kind is NotificationKind.PROBLEM and hard_problem and len(effects.tellings) == before:
            refused: dict[str, Reason] = {}
            if decision.told:
                known.notification_number += 1  # as the Teller had it when it asked
                contacts, _ = teller._escalations.contacts(obj, known, now, broadcast=False)
                known.notification_number -= 1
                for contact in contacts:
                    reason = teller._refusal(contact, obj, known, occasion, now)
                    refused[contact.contact_name] = reason or Reason.NO_CONTACTS
            general = (None if refused else Reason.NO_CONTACTS) if decision.told else decision.reason
            self.asked.append((obj.key, obj.state_name(known.state), general, refused))
        return result

    original = staticmethod(Teller.tell)

    def look(self, _: Player, moment: Moment) -> None:
        """Every silence of this step must be explained by the events so far."""
        for event in moment.events:
            key = (event.host, event.service)
            if isinstance(event, NotificationQueued) and event.kind == "PROBLEM":
                self._general.pop(key, None)
                self._of_contacts.pop(key, None)
            elif isinstance(event, NotificationSuppressed) and event.kind == "PROBLEM":
                if event.contact:
                    self._of_contacts[key].add((event.contact, event.reason, event.state))
                else:
                    self._general[key] = (event.reason, event.state)
        asked, self.asked = {one[0]: one for one in self.asked}, []
        for key, state, general, refused in asked.values():
            if general is not None:
                assert self._general.get(key) == (general, state), (key, general, self._general.get(key))
            for contact, reason in refused.items():
                assert (contact, reason, state) in self._of_contacts[key], (key, contact, reason)


@given(st.data())
@examples(120)
def test_whenever_a_confirmed_problem_is_not_told_the_events_say_why(data: st.DataObject) -> None:
    explanations = _Explanations()

    def tell(teller: Teller, *args: object) -> bool:
        return explanations.tell(teller, *args)  # type: ignore[arg-type]

    with patch.object(Teller, "tell", tell):
        watched(data, explanations.look)
