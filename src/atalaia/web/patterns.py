"""The page of every element in every state, for whoever changes the looks. Invented data only."""

import msgspec

from atalaia.core import events
from atalaia.core.instants import NEVER, Instant
from atalaia.ports.control import HostView, ServiceView
from atalaia.ports.storage import StoredEvent
from atalaia.texts import Texts
from atalaia.web import pattern_samples
from atalaia.web.detail import Reading, readings
from atalaia.web.history import Line, lines
from atalaia.web.overview import Notice, Verdict
from atalaia.web.people import Act, LeftRow, acts, comment_row, downtime_row
from atalaia.web.present import TONES, Mark, Moment, Row, host_row, mark, moment, service_row
from atalaia.web.selection import HOST_STATES, SERVICE_STATES


class Patterns(msgspec.Struct, frozen=True, kw_only=True):
    """All that the pattern page shows."""

    title: str
    icon: str
    produced: Moment
    marks: tuple[Mark, ...]
    verdicts: tuple[Verdict, ...]
    notices: tuple[Notice, ...]
    rows: tuple[Row, ...]
    readings: tuple[Reading, ...]
    downtimes: tuple[LeftRow, ...]
    comments: tuple[LeftRow, ...]
    acts: tuple[Act, ...]
    lines: tuple[Line, ...]


def patterns(say: Texts, now: Instant) -> Patterns:
    """Every element in every state."""
    return Patterns(
        title="Patterns – Atalaia",
        icon="emblem.svg",
        produced=moment(say, now, now),
        marks=tuple(mark(say, state) for state in (*HOST_STATES, *SERVICE_STATES)),
        verdicts=tuple(
            Verdict(tone=tone, text=f"A verdict in {tone}", remark="12 services on 3 hosts") for tone in TONES
        ),
        notices=tuple(
            Notice(kind=kind, text=f"A notice about {kind}", detail="with a detail,\non two lines")
            for kind in ("alarm", "configuration", "blind-hosts", "silent", "changed")
        ),
        rows=_rows(say, now),
        readings=readings("time=0.204s;1;2;0;10 'free space'=12%;20:;10: load1=0.4 broken=U"),
        downtimes=tuple(downtime_row(say, one, now) for one in pattern_samples.downtimes(now)),
        comments=tuple(comment_row(say, one, now) for one in pattern_samples.comments(now)),
        acts=(
            *acts(say, _service("CRITICAL", now), ("farol", "lâmpada")),
            *acts(say, _service("CRITICAL", now, acknowledged=True), ("farol", "lâmpada"))[:1],
        ),
        lines=lines(say, [StoredEvent(n, event) for n, event in enumerate(_every_event(now), 1)], now),
    )


def _rows(say: Texts, now: Instant) -> tuple[Row, ...]:
    hosts = [host_row(say, _host(state, now), now) for state in HOST_STATES]
    services = [
        service_row(say, _service(state, now, state_type=state_type), now)
        for state in SERVICE_STATES
        for state_type in (("HARD",) if state in ("OK", "PENDING") else ("HARD", "SOFT"))
    ]
    special = [
        service_row(say, _service("CRITICAL", now, **remark), now)
        for remark in (
            {"acknowledged": True},
            {"acknowledged": True, "acknowledged_until": Instant(now + 3600)},
            {"in_downtime": True},
            {"host_in_downtime": True},
            {"flapping": True},
            {"flapping": True, "percent_state_change": 34.2, "flap_thresholds": (20.0, 30.0)},
            {"host_state": "DOWN"},
            {"notifications_enabled": False},
            {"active_checks_enabled": False},
            {
                "output": "a_very_long_word_without_any_blank_" * 6,
                "description": "descrição que não acaba mais " * 4,
            },
        )
    ]
    return (*hosts, *services, *special)


def _checkable(state: str, now: Instant, remarks: dict[str, object]) -> dict[str, object]:
    soft = remarks.get("state_type") == "SOFT"
    return {
        "state": state,
        "state_type": "HARD",
        "attempt": 2 if soft else 3,
        "max_attempts": 3,
        "output": f"{state}: what the plugin said",
        "long_output": "",
        "perfdata": "",
        "last_check": Instant(now - 30),
        "next_check": Instant(now + 30),
        "last_state_change": Instant(now - 4000) if state != "PENDING" else NEVER,
        "last_hard_state_change": Instant(now - 4000),
        "acknowledged": False,
        "in_downtime": False,
        "flapping": False,
        "notifications_enabled": True,
        "active_checks_enabled": True,
        "latency": 0.01,
        "execution_time": 0.2,
        "notification_number": 1,
        "last_notification": Instant(now - 3900),
        "next_notification": NEVER,
        "check_command": "check_http",
        "contacts": ("ana",),
        "groups": (),
        **remarks,
    }


def _host(state: str, now: Instant) -> HostView:
    fields = _checkable(state, now, {})
    return msgspec.convert(
        fields
        | {"name": "farol", "alias": "farol", "display_name": "farol", "address": "127.0.0.1", "parents": ()},
        HostView,
    )


def _service(state: str, now: Instant, **remarks: object) -> ServiceView:
    own = {"host": "farol", "description": "lâmpada", "display_name": "", "host_state": "UP"}
    return msgspec.convert(own | _checkable(state, now, remarks), ServiceView)


def _every_event(now: Instant) -> tuple[events.AnyEvent, ...]:
    return (
        *_object_events(now),
        *_message_events(now),
        *pattern_samples.events_of_people(now),
        *_server_events(now),
    )


def _object_events(now: Instant) -> tuple[events.AnyEvent, ...]:
    host, service = "farol", "lâmpada"
    return (
        events.StateChanged(
            time=now,
            host=host,
            service=service,
            state="CRITICAL",
            state_type="HARD",
            attempt=3,
            max_attempts=3,
            previous_state="OK",
            previous_state_type="HARD",
            output="what the plugin said",
        ),
        events.EventHandlerRan(
            time=now,
            host=host,
            service=service,
            command="restart",
            state="CRITICAL",
            state_type="SOFT",
            attempt=2,
            is_global=False,
            exit_code=1,
            output="no such unit",
            seconds=0.4,
        ),
    )


def _message_events(now: Instant) -> tuple[events.AnyEvent, ...]:
    host, service, contact, via = "farol", "lâmpada", "ana", "mail"
    return (
        events.NotificationQueued(
            time=now,
            host=host,
            contact=contact,
            kind="PROBLEM",
            state="DOWN",
            via=via,
            number=1,
            reason="first",
        ),
        events.NotificationSent(
            time=now, host=host, contact=contact, kind="RECOVERY", state="UP", via=via, number=1, delay=0.12
        ),
        events.NotificationFailed(
            time=now,
            host=host,
            contact=contact,
            kind="PROBLEM",
            state="DOWN",
            via=via,
            number=1,
            tries=2,
            error="connection refused",
            next_try=Instant(now + 60),
        ),
        events.NotificationSuppressed(
            time=now, host=host, service=service, kind="PROBLEM", state="CRITICAL", reason="in_downtime"
        ),
    )


def _server_events(now: Instant) -> tuple[events.AnyEvent, ...]:
    return (
        events.ServerStarted(
            time=now, version="1.0", pid=1, config="nagios.cfg", hosts=3, services=12, unclean=True
        ),
        events.ServerStopped(time=now, version="1.0", pid=1, reason="SIGTERM"),
        events.ConfigurationLoaded(time=now, config="nagios.cfg", added=2, changed=1, removed=0),
        events.ConfigurationRejected(time=now, config="nagios.cfg", errors=("hosts.cfg:3: no such template",)),
        events.EngineAlarm(time=now, what="late", detail="4.2 s"),
    )
