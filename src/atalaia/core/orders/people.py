"""Commands by which people speak: comments, acknowledgements, downtimes, messages by hand."""

from collections.abc import Callable, Iterator
from functools import partial

from atalaia.core.acknowledging import Taking
from atalaia.core.downtimes import Plan
from atalaia.core.instants import NEVER
from atalaia.core.objects import Host, Service
from atalaia.core.orders import targets
from atalaia.core.orders.reading import Hand, RefusedError, as_seconds
from atalaia.core.orders.targets import Target
from atalaia.core.records import CommentKind, Downtime
from atalaia.core.runtime import Acknowledgement
from atalaia.core.step import NotificationKind
from atalaia.core.telling import Occasion

Carry = Callable[[Hand], None]

_BROADCAST, _FORCED, _INCREMENT = 1, 2, 4
"""Bits of the options of a message by hand."""


def commands() -> Iterator[tuple[str, Carry]]:
    """Every command of this family with what carries it out."""
    for short, one in (("HOST", targets.one_host), ("SVC", targets.one_service)):
        yield f"ADD_{short}_COMMENT", partial(_add_comment, one)
        yield f"DEL_{short}_COMMENT", partial(_delete_comment, short == "SVC")
        yield f"DEL_ALL_{short}_COMMENTS", partial(_delete_comments, one)
        yield f"ACKNOWLEDGE_{short}_PROBLEM", partial(_acknowledge, one, False)
        yield f"ACKNOWLEDGE_{short}_PROBLEM_EXPIRE", partial(_acknowledge, one, True)
        yield f"REMOVE_{short}_ACKNOWLEDGEMENT", partial(_remove_acknowledgement, one)
        yield f"SEND_CUSTOM_{short}_NOTIFICATION", partial(_message_by_hand, one)
        yield f"DEL_{short}_DOWNTIME", partial(_delete_downtime, short == "SVC")
    for name, many in (
        ("HOST", targets.one_host),
        ("SVC", targets.one_service),
        ("HOST_SVC", targets.services_of_host),
        ("HOSTGROUP_HOST", targets.hosts_of_host_group),
        ("HOSTGROUP_SVC", targets.services_of_host_group),
        ("SERVICEGROUP_HOST", targets.hosts_of_service_group),
        ("SERVICEGROUP_SVC", targets.services_of_service_group),
    ):
        yield f"SCHEDULE_{name}_DOWNTIME", partial(_schedule_downtimes, many)
    yield "SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME", partial(_propagate_downtime, False)
    yield "SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME", partial(_propagate_downtime, True)
    yield "DEL_DOWNTIME_BY_HOST_NAME", _delete_downtimes_of_host
    yield "DEL_DOWNTIME_BY_HOSTGROUP_NAME", _delete_downtimes_of_group
    yield "DEL_DOWNTIME_BY_START_TIME_COMMENT", _delete_downtimes_by_start


# --- comments ---------------------------------------------------------------------------------------------


def _add_comment(target: Target, hand: Hand) -> None:
    (obj,) = target(hand)
    persistent = hand.flag("persistent")
    author, text = hand.text("author"), hand.rest("comment")
    hand.world.comments.add(
        obj.key,
        CommentKind.USER,
        author=author,
        text=text,
        now=hand.now,
        effects=hand.effects,
        persistent=persistent,
        external=True,
        entry_time=hand.entry_time,
    )


def _delete_comment(of_service: bool, hand: Hand) -> None:  # noqa: FBT001 - bound in a table
    number = hand.number("comment_id")
    comment = hand.world.comments.get(number)
    if comment is None or bool(comment.service) != of_service:
        fault = "pointless" if number else "failed"
        raise RefusedError(f"there is no comment {number} on a {'service' if of_service else 'host'}", fault)
    known = hand.world.states[comment.key]
    if known.flapping_comment == number:
        hand.effects.own(hand.world.states, comment.key).flapping_comment = 0
    hand.world.comments.delete(number, hand.now, hand.effects)


def _delete_comments(target: Target, hand: Hand) -> None:
    (obj,) = target(hand)
    hand.world.comments.delete_all(obj.key, hand.now, hand.effects)


# --- acknowledgements -------------------------------------------------------------------------------------


def _acknowledge(target: Target, expires: bool, hand: Hand) -> None:  # noqa: FBT001 - bound in a table
    (obj,) = target(hand)
    sticky = hand.number("sticky") == Acknowledgement.STICKY
    notify, persistent = hand.flag("notify"), hand.flag("persistent")
    until = hand.instant("end_time") if expires else NEVER
    if expires and 0 < until <= hand.now:
        raise RefusedError("the acknowledgement would end before it begins: end_time lies in the past")
    taking = Taking(
        author=hand.text("author"),
        comment=hand.rest("comment"),
        sticky=sticky,
        notify=notify,
        persistent=persistent,
        expires=until,
    )
    if not hand.world.acknowledging.acknowledge(obj, taking, hand.now, hand.effects):
        raise RefusedError(f"{_name(obj)} has no problem to acknowledge", "pointless")


def _remove_acknowledgement(target: Target, hand: Hand) -> None:
    (obj,) = target(hand)
    hand.world.acknowledging.remove(obj, hand.now, hand.effects)


# --- downtimes --------------------------------------------------------------------------------------------


def _plan(hand: Hand) -> Plan:
    start, end = hand.instant("start_time"), hand.instant("end_time")
    fixed = hand.flag("fixed")
    triggered_by = hand.number("trigger_id")
    duration = float(hand.number("duration"))
    author, comment = hand.text("author"), hand.text("comment")
    if not fixed and duration <= 0:
        raise RefusedError("a flexible downtime needs a duration in seconds")
    if triggered_by and hand.world.downtimes.book.get(triggered_by) is None:
        raise RefusedError(f"there is no downtime {triggered_by} that could trigger this one", "pointless")
    if start >= end:
        raise RefusedError("the downtime would end before it starts", "pointless")
    if end <= hand.now:
        raise RefusedError("the downtime would have ended already", "pointless")
    return Plan(
        start=start,
        end=end,
        fixed=fixed,
        triggered_by=max(0, triggered_by),
        duration=duration,
        author=author,
        comment=comment,
        entry_time=hand.entry_time,
    )


def _schedule(hand: Hand, obj: Host | Service, plan: Plan) -> Downtime:
    return hand.world.downtimes.schedule(obj.key, plan, hand.now, hand.effects)


def _schedule_downtimes(target: Target, hand: Hand) -> None:
    found = target(hand)
    plan = _plan(hand)
    for obj in found:
        _schedule(hand, obj, plan)


def _propagate_downtime(triggered: bool, hand: Hand) -> None:  # noqa: FBT001 - bound in a table
    """The host, and every host below it: each on its own, or all triggered by the first."""
    host = hand.host()
    plan = _plan(hand)
    first = _schedule(hand, host, plan)
    master = first.id if triggered else 0
    for child in targets.descendants(hand, host):
        _schedule(
            hand,
            child,
            Plan(
                start=plan.start,
                end=plan.end,
                fixed=plan.fixed,
                triggered_by=master,
                duration=plan.duration,
                author=plan.author,
                comment=plan.comment,
                entry_time=plan.entry_time,
            ),
        )


def _delete_downtime(of_service: bool, hand: Hand) -> None:  # noqa: FBT001 - bound in a table
    number = hand.number("downtime_id")
    downtime = hand.world.downtimes.book.get(number)
    if downtime is None or bool(downtime.service) != of_service:
        raise RefusedError(
            f"there is no downtime {number} of a {'service' if of_service else 'host'}", "pointless"
        )
    hand.world.downtimes.cancel(number, hand.now, hand.effects)


def _delete_downtimes_of_host(hand: Hand) -> None:
    host = hand.text("host_name")
    service, start, comment = hand.optional(), hand.optional(), hand.optional()
    _delete_matching(hand, [host], service or "", _start(start, hand), comment or "")


def _delete_downtimes_of_group(hand: Hand) -> None:
    members = hand.host_group().members
    host, service = hand.optional(), hand.optional()
    start, comment = hand.optional(), hand.optional()
    hosts = [name for name in members if not host or name == host]
    _delete_matching(hand, hosts, service or "", _start(start, hand), comment or "")


def _delete_downtimes_by_start(hand: Hand) -> None:
    start, comment = _start(hand.optional(), hand), hand.optional_rest() or ""
    if not start and not comment:
        raise RefusedError(f"{hand.name} needs a start time or a comment")
    _delete_matching(hand, None, "", start, comment)


def _start(field: str | None, hand: Hand) -> int:
    return as_seconds(field or "", "start_time", hand.name)


def _delete_matching(hand: Hand, hosts: list[str] | None, service: str, start: int, comment: str) -> None:
    """Cancels every downtime that fits; an empty condition fits all."""
    book = hand.world.downtimes.book
    found = [
        one
        for one in book
        if (hosts is None or one.host in hosts)
        and (not service or one.service == service)
        and (not start or int(one.start) == start)
        and (not comment or one.text == comment)
    ]
    if not found:
        raise RefusedError("no downtime fits")
    for one in reversed(found):
        hand.world.downtimes.cancel(one.id, hand.now, hand.effects)


# --- messages by hand -------------------------------------------------------------------------------------


def _message_by_hand(target: Target, hand: Hand) -> None:
    (obj,) = target(hand)
    options = hand.number("options")
    author, comment = hand.optional(), hand.optional()
    if author is None or comment is None:
        raise RefusedError(f"{hand.name} needs an author and a comment", "pointless")
    hand.effects.own(hand.world.states, obj.key)
    occasion = Occasion(
        kind=NotificationKind.CUSTOM,
        author=author,
        comment=comment,
        broadcast=bool(options & _BROADCAST),
        forced=bool(options & _FORCED),
        counts=bool(options & _INCREMENT),
    )
    hand.world.teller.tell(obj, occasion, hand.now, hand.effects)


def _name(obj: Host | Service) -> str:
    return f"service {obj.key[1]!r} on host {obj.host_name!r}" if obj.key[1] else f"host {obj.host_name!r}"
