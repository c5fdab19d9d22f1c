"""How a property is tried: a random setup, a random history, and somebody who watches every step."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from atalaia.core.telling import Recoveries
from support.histories import Moment, Player
from support.random_histories import ALL, histories
from support.random_setups import setups
from support.text_store import TextStore

Watcher = Callable[[Player, Moment], None]


def watched(
    data: st.DataObject,
    *watchers: Watcher,
    about: Sequence[str] = ALL,
    restarts: bool = True,
    reloads: bool = True,
    recoveries: Recoveries = Recoveries.COMPLETE,
    flappy: bool = False,
) -> Player:
    """A history is played; each watcher sees every step of it."""
    setup = data.draw(setups(flappy=flappy), "setup")
    history = data.draw(histories(setup, about=about, restarts=restarts, reloads=reloads), "history")
    checks = data.draw(st.booleans(), "checks follow their schedule")
    player = Player(setup, TextStore(), recoveries=recoveries, checks=checks)
    player.watchers += watchers
    return player.play(history)
