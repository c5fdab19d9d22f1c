"""One moment of the world in `macro_world`, seen from its service http, its host web1, or from nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from atalaia.core.instants import Instant
from atalaia.core.macros import MacroContext, NotificationFacts
from atalaia.core.objects import Model, ObjectKey
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType, StateType
from atalaia.core.topology import Topology
from support.macro_world import model

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NOW = Instant(datetime(2031, 2, 3, 4, 5, 6, tzinfo=SAO_PAULO).timestamp() + 0.75)
KEY = ("web1", "http port")

HTTP = Runtime(
    state=2,
    state_type=StateType.SOFT,
    attempt=1,
    last_state=1,
    has_been_checked=True,
    output="no 'answer' `x` $(y)",
    long_output="line\\one\nline two",
    perfdata="time=1s;2",
    check_type=CheckType.PASSIVE,
    latency=0.12345,
    execution_time=1.5,
    last_check=Instant(NOW - 10.0),
    last_state_change=Instant(NOW - 93_784.0),
    percent_state_change=12.345,
    notification_number=3,
    downtime_depth=1,
)
WEB1 = Runtime(state=1, has_been_checked=True, output="down", perfdata="rta=1")


def a_context(
    of: str = "service",
    known: Mapping[ObjectKey, Runtime] | None = None,
    of_model: Model | None = None,
    **fields: Any,
) -> MacroContext:
    """A context of web1's http service (or of the host alone, or of nothing)."""
    world = of_model or model()
    given: dict[str, Any] = {
        "topology": Topology(world),
        "states": {KEY: HTTP, ("web1", ""): WEB1} if known is None else known,
        "now": NOW,
        "tz": SAO_PAULO,
        "program_start": Instant(1_900_000_000.5),
        "host": world.hosts["web1"] if of in {"service", "host"} else None,
        "service": world.services[KEY] if of == "service" else None,
    }
    return MacroContext(**(given | fields))


def told(of: str = "service", **facts: Any) -> MacroContext:
    """The same in a notification to ana."""
    defaults: dict[str, Any] = {"kind": "PROBLEM", "number": 2, "recipients": ("ana", "bob")}
    return a_context(of, contact=model().contacts["ana"], notification=NotificationFacts(**(defaults | facts)))
