"""Invented downtimes, comments and events of people, in every state, for the pattern page."""

from atalaia.core import events
from atalaia.core.instants import Instant
from atalaia.ports.control import CommentView, DowntimeView

HOST, SERVICE = "farol", "lâmpada"


def downtimes(now: Instant) -> tuple[DowntimeView, ...]:
    """Fixed and flexible, planned, waiting, in effect, and triggered by another."""
    later = Instant(now + 7200)

    def one(number: int, **fields: object) -> DowntimeView:
        shared: dict[str, object] = {
            "id": number,
            "host": HOST,
            "service": SERVICE,
            "time": now,
            "start": now,
            "end": later,
            "author": "ana",
            "comment": "lâmpada nova",
        }
        return DowntimeView(**(shared | fields))  # type: ignore[arg-type]

    flexible: dict[str, object] = {"fixed": False, "duration": 1800.0}
    return (
        one(1, in_effect=True, until=later),
        one(2, start=Instant(now + 3600), until=later, service=""),
        one(3, **flexible),
        one(4, **flexible, start=Instant(now + 3600)),
        one(5, **flexible, in_effect=True, until=Instant(now + 900)),
        one(6, triggered_by=1, comment="<b>" + "a_word_without_any_blank_" * 6),
    )


def comments(now: Instant) -> tuple[CommentView, ...]:
    """One of each kind."""
    said = {
        "user": ("ana", "a person wrote this"),
        "acknowledgement": ("rui", "estou vendo"),
        "flapping": ("(Nagios Process)", "notifications are suppressed"),
        "downtime": ("(Nagios Process)", "scheduled for fixed downtime"),
    }
    return tuple(
        CommentView(
            id=number,
            host=HOST,
            service=SERVICE if number % 2 else "",
            kind=kind,
            time=Instant(now - 600),
            author=author,
            text=text,
            persistent=kind == "user",
            expires=Instant(now + 3600) if kind == "acknowledgement" else Instant(0.0),
        )
        for number, (kind, (author, text)) in enumerate(said.items(), 1)
    )


def events_of_people(now: Instant) -> tuple[events.AnyEvent, ...]:
    """One of each type."""
    return (*_acknowledgements(now), *_downtimes(now), *_settings_and_commands(now))


def _acknowledgements(now: Instant) -> tuple[events.AnyEvent, ...]:
    return (
        events.Acknowledged(
            time=now,
            host=HOST,
            service=SERVICE,
            state="CRITICAL",
            author="ana",
            comment="estou vendo",
            sticky=True,
            persistent=False,
            told=False,
            expires=Instant(now + 3600),
        ),
        events.AcknowledgementEnded(time=now, host=HOST, service=SERVICE, reason="expired"),
        events.CommentAdded(
            time=now, host=HOST, service=SERVICE, comment_id=1, kind="user", author="ana", text="a remark"
        ),
        events.CommentDeleted(
            time=now, host=HOST, service=SERVICE, comment_id=1, kind="user", reason="by_person"
        ),
        events.FlappingChanged(time=now, host=HOST, what="started", percent=34.2, threshold=30.0),
        events.FlappingChanged(time=now, host=HOST, what="stopped", percent=18.1, threshold=20.0),
    )


def _downtimes(now: Instant) -> tuple[events.AnyEvent, ...]:
    return (
        events.DowntimeScheduled(
            time=now,
            host=HOST,
            downtime_id=3,
            author="ana",
            comment="lâmpada nova",
            start=now,
            end=Instant(now + 7200),
            fixed=False,
            duration=1800.0,
            triggered_by=1,
        ),
        events.DowntimeStarted(
            time=now,
            host=HOST,
            downtime_id=3,
            author="ana",
            comment="lâmpada nova",
            until=Instant(now + 1800),
            entered=False,
        ),
        events.DowntimeEnded(time=now, host=HOST, downtime_id=3, reason="ended", left=True),
    )


def _settings_and_commands(now: Instant) -> tuple[events.AnyEvent, ...]:
    command, arguments = "DISABLE_SVC_CHECK", f"{HOST};{SERVICE}"
    return (
        events.SettingChanged(
            time=now,
            host=HOST,
            service=SERVICE,
            kind="service",
            name="",
            setting="active_checks_enabled",
            value="0",
        ),
        events.CommandReceived(time=now, command=command, arguments=arguments, source="api"),
        events.CommandRefused(
            time=now,
            command=command,
            arguments=arguments,
            source="file",
            reason="there is no host 'farol'",
            fault="failed",
        ),
        events.CheckOrphaned(
            time=now, host=HOST, service=SERVICE, last_check=Instant(now - 900), next_check=now
        ),
        events.ResultStale(time=now, host=HOST, service=SERVICE, age=30.0, threshold=300.0),
        events.EventHandlerStarted(
            time=now,
            host=HOST,
            service=SERVICE,
            command="restart",
            state="CRITICAL",
            state_type="SOFT",
            attempt=2,
            is_global=False,
        ),
    )
