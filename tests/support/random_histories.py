"""Strategies for histories: what people, plugins and operators may do to an installation, in any order."""

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from atalaia.core.objects import ObjectKey
from support.histories import Command, Happening, Reload, Restart, Result, Wait
from support.setups import Setup

_FIELD = re.compile(r"<(\w+)>")

_FIELDS: dict[str, tuple[str, ...]] = {
    "flag": ("1", "0"),
    "sticky": ("1", "2"),
    "trigger": ("0", "0", "1", "2"),
    "id": ("1", "2", "3", "4", "5"),
    "start": ("@+0", "@-600", "@+60", "@+600"),
    "end": ("@+600", "@+60", "@+3600", "@+10800"),
    "later": ("@+60", "@+600", "@+3600", "@-60"),
    "length": ("300", "60", "3600"),
    "options": ("0", "1", "2", "3", "4", "5", "6", "7"),
    "number": ("0", "1", "2", "5"),
    "attempts": ("1", "2", "3", "5"),
    "interval": ("5", "1", "0"),
    "period": ("always", "even", "odd", "never"),
    "bits": ("0", "1", "16", "4097", "262143"),
    "on": ("ENABLE", "DISABLE"),
    "state": ("0", "1", "2", "3"),
    "contact": ("ana", "bob", "eva"),
    "cmode": ("MODATTR", "MODHATTR", "MODSATTR"),
}

COMMANDS: dict[str, tuple[str, ...]] = {
    "acknowledge": (
        "ACKNOWLEDGE_<X>_PROBLEM;<x>;<sticky>;<flag>;<flag>;ana;mine",
        "ACKNOWLEDGE_<X>_PROBLEM_EXPIRE;<x>;<sticky>;<flag>;<flag>;<later>;ana;mine for a while",
        "REMOVE_<X>_ACKNOWLEDGEMENT;<x>",
    ),
    "downtime": (
        "SCHEDULE_<X>_DOWNTIME;<x>;<start>;<end>;1;<trigger>;0;ana;work",
        "SCHEDULE_<X>_DOWNTIME;<x>;<start>;<end>;0;<trigger>;<length>;ana;maybe work",
        "SCHEDULE_HOST_SVC_DOWNTIME;<h>;<start>;<end>;<flag>;<trigger>;<length>;ana;work",
        "SCHEDULE_AND_PROPAGATE_HOST_DOWNTIME;<h>;<start>;<end>;<flag>;<trigger>;<length>;ana;work",
        "SCHEDULE_AND_PROPAGATE_TRIGGERED_HOST_DOWNTIME;<h>;<start>;<end>;<flag>;<trigger>;<length>;ana;work",
        "SCHEDULE_HOSTGROUP_SVC_DOWNTIME;all;<start>;<end>;<flag>;<trigger>;<length>;ana;work",
        "DEL_<X>_DOWNTIME;<id>",
        "DEL_DOWNTIME_BY_HOST_NAME;<h>",
        "DEL_DOWNTIME_BY_START_TIME_COMMENT;;work",
    ),
    "comment": (
        "ADD_<X>_COMMENT;<x>;<flag>;ana;looked at it",
        "DEL_<X>_COMMENT;<id>",
        "DEL_ALL_<X>_COMMENTS;<x>",
    ),
    "switch": (
        "<on>_<X>_NOTIFICATIONS;<x>",
        "<on>_<X>_FLAP_DETECTION;<x>",
        "<on>_<X>_CHECK;<x>",
        "<on>_PASSIVE_<X>_CHECKS;<x>",
        "<on>_NOTIFICATIONS",
        "<on>_FLAP_DETECTION",
        "<on>_HOST_AND_CHILD_NOTIFICATIONS;<h>",
    ),
    "people": (
        "<on>_CONTACT_SVC_NOTIFICATIONS;<contact>",
        "<on>_CONTACT_HOST_NOTIFICATIONS;<contact>",
        "CHANGE_CONTACT_<X>_NOTIFICATION_TIMEPERIOD;<contact>;<period>",
    ),
    "notify": (
        "SEND_CUSTOM_<X>_NOTIFICATION;<x>;<options>;ana;hear me",
        "DELAY_<X>_NOTIFICATION;<x>;<later>",
    ),
    "number": ("SET_<X>_NOTIFICATION_NUMBER;<x>;<number>",),
    "adapt": (
        "CHANGE_MAX_<X>_CHECK_ATTEMPTS;<x>;<attempts>",
        "CHANGE_NORMAL_<X>_CHECK_INTERVAL;<x>;<interval>",
        "CHANGE_<X>_NOTIFICATION_TIMEPERIOD;<x>;<period>",
        "CHANGE_<X>_CHECK_TIMEPERIOD;<x>;<period>",
        "CHANGE_CUSTOM_<X>_VAR;<x>;LEVEL;<number>",
        "CLEAR_<X>_FLAPPING_STATE;<x>",
        "CLEAR_<X>_FLAPPING_STATE;<x>",
    ),
    "bits": ("CHANGE_<X>_MODATTR;<x>;<bits>", "CHANGE_CONTACT_<cmode>;<contact>;<bits>"),
    "result": (
        "PROCESS_SERVICE_CHECK_RESULT;<s>;<state>;from outside",
        "PROCESS_HOST_CHECK_RESULT;<h>;<state>;from outside",
        "SCHEDULE_FORCED_<X>_CHECK;<x>;<later>",
    ),
}
"""Commands by what they are about. ``<X>`` is HOST or SVC and ``<x>`` an object of that kind."""

ALL = tuple(COMMANDS)

WAITS = (60.0, 1.0, 300.0, 900.0, 3600.0, 7200.0)


def _keys(setup: Setup) -> st.SearchStrategy[ObjectKey]:
    """Any object; one of them again and again, so that much happens to it."""
    return st.sampled_from((next(iter(setup.services)),) * 4 + setup.keys)


@st.composite
def commands(draw: st.DrawFn, setup: Setup, about: Sequence[str] = ALL) -> Command:
    """An external command that an installation could get."""
    template = draw(st.sampled_from(COMMANDS[draw(st.sampled_from(about))]))
    host, service = draw(_keys(setup))
    if not service and "<s>" in template:
        host, service = draw(st.sampled_from(tuple(setup.services)))
    known = {
        "X": "SVC" if service else "HOST",
        "x": f"{host};{service}" if service else host,
        "h": host,
        "s": f"{host};{service}",
    }
    return Command(
        _FIELD.sub(
            lambda found: known[found[1]] if found[1] in known else draw(st.sampled_from(_FIELDS[found[1]])),
            template,
        )
    )


@st.composite
def results(draw: st.DrawFn, setup: Setup) -> Result:
    """A result, or a row of them."""
    host, service = draw(_keys(setup))
    passive = draw(st.integers(0, 5)) == 5
    worst = 3 if service else 1 + passive
    return Result(
        (host, service),
        draw(st.sampled_from((0, 0, worst, 1, min(2, worst)))),
        output=draw(st.sampled_from(("said", "else"))),
        passive=passive,
        times=draw(st.sampled_from((1, 1, 2, 3, 4, 8, 21))),
        alternate=draw(st.integers(0, 3)) == 3,
    )


@st.composite
def _happenings(
    draw: st.DrawFn, setup: Setup, about: Sequence[str], restarts: bool, reloads: bool
) -> Happening:
    dice = draw(st.integers(0, 19))
    if dice < 8:
        return draw(results(setup))
    if dice < 11:
        return Wait(draw(st.sampled_from(WAITS)))
    if dice == 18 and restarts:
        return Restart(draw(st.sampled_from((0.0, 60.0, 3600.0))), orderly=draw(st.booleans()))
    if dice == 19 and reloads:
        gone = draw(st.sampled_from((None, *tuple(setup.services)[1:])))
        return Reload(gone, draw(st.sampled_from((0, 1, 5))))
    return draw(commands(setup, about))


def histories(
    setup: Setup,
    *,
    about: Sequence[str] = ALL,
    restarts: bool = True,
    reloads: bool = True,
    longest: int = 40,
) -> st.SearchStrategy[list[Happening]]:
    """Anything that may happen to an installation."""
    one = _happenings(setup, about, restarts, reloads)
    return st.integers(3, longest).flatmap(lambda length: st.lists(one, min_size=length, max_size=length))
