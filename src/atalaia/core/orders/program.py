"""Commands about the server as a whole: stop, restart, save, read commands from a file."""

from collections.abc import Callable, Iterator
from functools import partial

from atalaia.core.agenda import Appointment, Topic
from atalaia.core.effects import Wish, WishKind
from atalaia.core.orders.reading import Hand

Carry = Callable[[Hand], None]


def commands() -> Iterator[tuple[str, Carry]]:
    """Every command of this family with what carries it out."""
    for last in ("PROCESS", "PROGRAM"):
        yield f"SHUTDOWN_{last}", partial(_at, Topic.SHUT_DOWN)
        yield f"RESTART_{last}", partial(_at, Topic.RESTART)
    yield "SAVE_STATE_INFORMATION", partial(_wish, WishKind.SAVE_STATE)
    yield "READ_STATE_INFORMATION", partial(_wish, WishKind.READ_STATE)
    yield "PROCESS_FILE", _process_file


def _at(topic: Topic, hand: Hand) -> None:
    at = hand.instant("time") if hand.has_more() else hand.now
    hand.world.agenda.put(Appointment(max(hand.now, at), topic))


def _wish(kind: WishKind, hand: Hand) -> None:
    hand.effects.wishes.append(Wish(kind=kind))


def _process_file(hand: Hand) -> None:
    path = hand.text("file_name")
    delete = hand.flag("delete")
    hand.effects.wishes.append(Wish(kind=WishKind.PROCESS_FILE, path=path, delete=delete))
