"""Watchers of a `Player` that keep the promise about recoveries: one problem, one recovery, for each person."""

import re
from collections import defaultdict

from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.states import StateType
from atalaia.core.step import NotificationKind
from atalaia.core.telling import Recoveries
from support.histories import Command, Happening, Moment, Player, Result, Wait
from support.obstacles import obstacles
from support.setups import Setup

_DELAY = re.compile(r"DELAY_(?:HOST|SVC)_NOTIFICATION;(?P<names>.+);(?P<until>\d+)$")

PATIENCE = 180.0
"""Seconds beyond an object's interval after which a recovery that nothing holds back must have been told."""


class OneRecovery:
    """Fails at the first moment at which somebody hears one recovery too many, or waits for one in vain."""

    def __init__(self) -> None:
        self.told: set[tuple[ObjectKey, str]] = set()
        """Who was told of a problem and not yet of its end."""
        self._heard: dict[ObjectKey, set[str]] = defaultdict(set)
        """Who heard of a recovery since the last message about a problem, to anybody."""
        self._free_since: dict[tuple[ObjectKey, str], Instant] = {}
        self._delayed: dict[ObjectKey, float] = {}

    def __call__(self, player: Player, moment: Moment) -> None:
        """Looks at one step."""
        self._note_delays(moment)
        self._hear(player, moment)
        known = player.world.topology.checkables
        self.told = {(key, name) for key, name in self.told if key in known}
        for pair in sorted(self.told):
            self._look(pair, player, moment)

    def _note_delays(self, moment: Moment) -> None:
        found = _DELAY.match(moment.order)
        if found is not None and moment.refusal is None:
            host, _, service = found["names"].partition(";")
            self._delayed[(host, service)] = float(found["until"])

    def _hear(self, player: Player, moment: Moment) -> None:
        for contact, key, kind in dict.fromkeys(
            (telling.contact, telling.key, telling.kind) for telling in moment.effects.tellings
        ):
            if kind is NotificationKind.PROBLEM:
                self.told.add((key, contact))
                self._heard[key].clear()
            elif kind is NotificationKind.RECOVERY:
                assert contact not in self._heard[key], f"{contact} heard twice that {key} is well"
                self._heard[key].add(contact)
                heard = (key, contact) in self.told
                if player.recoveries is Recoveries.TOLD:
                    assert heard, f"{contact} heard of the end of a problem of {key} that he was not told of"
                self.told.discard((key, contact))

    def _look(self, pair: tuple[ObjectKey, str], player: Player, moment: Moment) -> None:
        key, contact = pair
        known = player.world.states[key]
        over = known.state == 0 and known.state_type is StateType.HARD
        held = obstacles(player.world, key, contact, player.now)
        if not over or held or player.now < self._delayed.get(key, 0.0) or moment.restarted:
            self._free_since.pop(pair, None)
            return
        since = self._free_since.setdefault(pair, player.now)
        confirmed = moment.before is not None and moment.before.state_type is StateType.HARD
        good_result = moment.key == key and confirmed  # after a soft state the next good result tells
        assert not good_result, f"{contact} was not told that {key} is well, with this good result"
        interval = player.world.topology.checkables[key].check_interval * player.world.settings.interval_length
        waited = player.now - max(since, known.last_check)
        assert waited <= interval + PATIENCE, f"{contact} waits for {waited} s to hear that {key} is well"


def peace(setup: Setup) -> list[Happening]:
    """Everything is switched on, every downtime ends, and all is well for some hours."""
    history: list[Happening] = [
        Command("ENABLE_NOTIFICATIONS"),
        Command("START_ACCEPTING_PASSIVE_SVC_CHECKS"),
        *(Command(f"DEL_DOWNTIME_BY_HOST_NAME;{name}") for name in setup.hosts),
        *(Command(f"ENABLE_CONTACT_SVC_NOTIFICATIONS;{name}") for name in ("ana", "bob", "eva")),
        *(Command(f"ENABLE_CONTACT_HOST_NOTIFICATIONS;{name}") for name in ("ana", "bob", "eva")),
    ]
    for host, service in setup.keys:
        what = f"SVC_NOTIFICATIONS;{host};{service}" if service else f"HOST_NOTIFICATIONS;{host}"
        history.append(Command(f"ENABLE_{what}"))
    for _ in range(24):
        history += [Result(key, 0) for key in setup.keys]
        history.append(Wait(600.0))
    return history
