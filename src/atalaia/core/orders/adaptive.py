"""Commands that change a setting of one object while the server runs, or its notification books."""

from collections.abc import Callable, Iterator
from functools import partial

from atalaia.core import schedule
from atalaia.core.changes import key_of
from atalaia.core.objects import Contact, Host, Service
from atalaia.core.orders import targets
from atalaia.core.orders.reading import Hand, RefusedError
from atalaia.core.orders.targets import Target
from atalaia.core.records import CommentKind
from atalaia.core.states import StateType

Carry = Callable[[Hand], None]


def commands() -> Iterator[tuple[str, Carry]]:
    """Every command of this family with what carries it out."""
    for short, one in (("HOST", targets.one_host), ("SVC", targets.one_service)):
        yield f"CHANGE_NORMAL_{short}_CHECK_INTERVAL", partial(_change_number, one, "check_interval")
        yield f"CHANGE_RETRY_{short}_CHECK_INTERVAL", partial(_change_number, one, "retry_interval")
        yield f"CHANGE_MAX_{short}_CHECK_ATTEMPTS", partial(_change_number, one, "max_check_attempts")
        yield f"CHANGE_{short}_CHECK_TIMEPERIOD", partial(_change_period, one, "check_period")
        yield f"CHANGE_{short}_NOTIFICATION_TIMEPERIOD", partial(_change_period, one, "notification_period")
        yield f"CHANGE_{short}_EVENT_HANDLER_TIMEPERIOD", partial(_change_period, one, "event_handler_period")
        yield f"CHANGE_CUSTOM_{short}_VAR", partial(_change_variable, one)
        yield f"CHANGE_{short}_MODATTR", partial(_change_bits, one)
        yield f"CHANGE_{short}_CHECK_COMMAND", _refuse_command
        yield f"CHANGE_{short}_EVENT_HANDLER", _refuse_command
        yield f"CHANGE_GLOBAL_{short}_EVENT_HANDLER", _refuse_command
        yield f"SET_{short}_NOTIFICATION_NUMBER", partial(_set_number, one)
        yield f"DELAY_{short}_NOTIFICATION", partial(_delay, one)
        yield f"CLEAR_{short}_FLAPPING_STATE", partial(_clear_flapping, one)
    for short, field in (("HOST", "host_notification_period"), ("SVC", "service_notification_period")):
        yield f"CHANGE_CONTACT_{short}_NOTIFICATION_TIMEPERIOD", partial(_change_contact_period, field)
    yield "CHANGE_CUSTOM_CONTACT_VAR", _change_contact_variable
    for name, bits in (("MODATTR", "bits"), ("MODHATTR", "host_bits"), ("MODSATTR", "service_bits")):
        yield f"CHANGE_CONTACT_{name}", partial(_change_contact_bits, bits)


def _set(hand: Hand, obj: Host | Service | Contact, field: str, value: object) -> None:
    hand.world.changes.set(hand.world.topology, obj, field, value, hand.now, hand.effects)


def _change_number(target: Target, field: str, hand: Hand) -> None:
    (obj,) = target(hand)
    value = hand.number("value")
    if value < 0 or (value == 0 and field == "max_check_attempts"):
        raise RefusedError(f"{field} cannot be {value}")
    before = obj.check_interval
    _set(hand, obj, field, value if field == "max_check_attempts" else float(value))
    changed = hand.world.topology.checkables[obj.key]
    known = hand.world.states[obj.key]
    if field == "max_check_attempts":
        hard_problem = known.state != 0 and known.state_type is StateType.HARD
        if hard_problem and known.attempt > 1:
            hand.effects.own(hand.world.states, obj.key).attempt = value
    elif field == "check_interval" and before == 0 and schedule.is_scheduled(changed):
        window = schedule.check_window(changed, known, hand.world.settings)
        hand.world.planner.plan(changed, hand.now, window)


def _change_period(target: Target, field: str, hand: Hand) -> None:
    (obj,) = target(hand)
    _set(hand, obj, field, hand.period())


def _change_contact_period(field: str, hand: Hand) -> None:
    contact = hand.contact()
    _set(hand, contact, field, hand.period())


def _variable(hand: Hand, custom: dict[str, str]) -> dict[str, str]:
    name, value = hand.text("varname").upper(), hand.text("varvalue")
    name = name.removeprefix("_") if name not in custom else name
    if name not in custom:
        raise RefusedError(f"it has no custom variable _{name}", "pointless")
    return {name: value}


def _change_variable(target: Target, hand: Hand) -> None:
    (obj,) = target(hand)
    _set(hand, obj, "custom", _variable(hand, obj.custom))


def _change_contact_variable(hand: Hand) -> None:
    contact = hand.contact()
    _set(hand, contact, "custom", _variable(hand, contact.custom))


def _bits(hand: Hand) -> int:
    value = hand.number("value")
    if value < 0:
        raise RefusedError("modified attributes cannot be negative")
    return value


def _change_bits(target: Target, hand: Hand) -> None:
    (obj,) = target(hand)
    hand.world.changes.set_bits(key_of(obj), hand.effects, bits=_bits(hand))


def _change_contact_bits(which: str, hand: Hand) -> None:
    contact = hand.contact()
    hand.world.changes.set_bits(key_of(contact), hand.effects, **{which: _bits(hand)})


def _refuse_command(hand: Hand) -> None:
    raise RefusedError(
        f"{hand.name} is switched off, as in Nagios since 4.0.5: it would let anybody who can write a command "
        "choose which program is run"
    )


def _set_number(target: Target, hand: Hand) -> None:
    (obj,) = target(hand)
    if not hand.has_more():
        raise RefusedError(f"{hand.name} lacks its field number", "pointless")
    number = hand.number("number")
    hand.effects.own(hand.world.states, obj.key).notification_number = max(0, number)


def _delay(target: Target, hand: Hand) -> None:
    (obj,) = target(hand)
    until = hand.instant("notification_time")
    author, comment = hand.optional(), hand.optional()
    known = hand.effects.own(hand.world.states, obj.key)
    known.next_notification = known.delayed_until = until
    if author is not None and comment is not None:
        hand.world.comments.add(
            obj.key,
            CommentKind.USER,
            author=author,
            text=comment,
            now=hand.now,
            effects=hand.effects,
            external=True,
        )


def _clear_flapping(target: Target, hand: Hand) -> None:
    (obj,) = target(hand)
    hand.world.flapping.clear(obj, hand.now, hand.effects)
