"""All external commands, and how one is carried out: read, checked, done, or refused with the reason."""

from collections.abc import Callable, Mapping

from atalaia.core.effects import Effects
from atalaia.core.events import CommandReceived, CommandRefused, CommandSeen
from atalaia.core.instants import Instant
from atalaia.core.orders import adaptive, people, program, results, switches
from atalaia.core.orders.reading import Hand, Order, RefusedError
from atalaia.core.world import World

Carry = Callable[[Hand], None]

COMMANDS: Mapping[str, Carry] = {
    name: carry
    for family in (switches, people, results, adaptive, program)
    for name, carry in family.commands()
}
"""Name to what carries the command out."""

RESULT_COMMANDS = frozenset({results.SERVICE_RESULT, results.HOST_RESULT})
"""Commands that come in great numbers: the log hears of them, the store does not."""


def carry_out(world: World, order: Order, now: Instant, effects: Effects) -> RefusedError | None:
    """Carries out one external command.

    Args:
        world: is changed, unless the command is refused.
        order: the command.
        now: when it came.
        effects: what follows from it is added here, the refusal included.

    Returns:
        None, or why the command changed nothing.
    """
    text = order.text.strip("\r\n \t")
    written, _, arguments = text.partition(";")
    name = written.upper()
    if not name or "\0" in text:
        refusal = RefusedError("a command holds no zero byte" if name else "the command is empty", "malformed")
        _refused(order, written, arguments, refusal, now, effects)
        return refusal
    carry = COMMANDS.get(name)
    if carry is None and not name.startswith("_"):
        refusal = RefusedError(f"there is no command {written!r}", "unknown")
        _refused(order, written, arguments, refusal, now, effects)
        return refusal
    _received(order, written, arguments, now, effects)
    if carry is None:
        return None  # a name that begins with _ is somebody's own; it is written down, and that is all
    try:
        carry(Hand(world, name, arguments, order, now, effects))
    except RefusedError as refusal:
        _withdraw(effects)
        _refused(order, written, arguments, refusal, now, effects)
        return refusal
    return None


def _received(order: Order, name: str, arguments: str, now: Instant, effects: Effects) -> None:
    brings_result = name.upper() in RESULT_COMMANDS
    effects.events.append(CommandSeen(time=now, command=name, arguments=arguments, brings_result=brings_result))
    if not brings_result:
        effects.events.append(
            CommandReceived(time=now, command=name, arguments=arguments, source=order.source, user=order.user)
        )


def _withdraw(effects: Effects) -> None:
    """A refused command is stored as refused, not as received too."""
    for place in range(len(effects.events) - 1, -1, -1):
        if isinstance(effects.events[place], CommandReceived):
            del effects.events[place]
            return


def _refused(
    order: Order, name: str, arguments: str, refusal: RefusedError, now: Instant, effects: Effects
) -> None:
    effects.events.append(
        CommandRefused(
            time=now,
            command=name,
            arguments=arguments,
            source=order.source,
            user=order.user,
            reason=str(refusal),
            fault=refusal.fault,
            line="" if order.from_file else f"[{int(order.entry_time)}] {order.text.strip()}",
        )
    )
