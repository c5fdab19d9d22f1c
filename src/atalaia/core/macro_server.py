"""Macros that belong to no object: the server's files, date and time, time periods, the notification."""

import re
from collections.abc import Callable
from datetime import datetime

from atalaia.core.instants import Instant
from atalaia.core.macro_context import MacroContext, NotificationFacts
from atalaia.core.objects import Contact, MainSettings
from atalaia.core.timeperiods import calendar_for

FileValue = Callable[[MainSettings], str]

FILE_MACROS: dict[str, FileValue] = {
    "ADMINEMAIL": lambda settings: settings.admin_email,
    "ADMINPAGER": lambda settings: settings.admin_pager,
    "MAINCONFIGFILE": lambda settings: settings.main_file,
    "RESOURCEFILE": lambda settings: settings.resource_file,
    "STATUSDATAFILE": lambda settings: settings.status_file,
    "RETENTIONDATAFILE": lambda settings: settings.state_retention_file,
    "OBJECTCACHEFILE": lambda settings: settings.object_cache_file,
    "TEMPFILE": lambda settings: settings.temp_file,
    "TEMPPATH": lambda settings: settings.temp_path,
    "LOGFILE": lambda settings: settings.log_file,
    "COMMANDFILE": lambda settings: settings.command_file,
    "HOSTPERFDATAFILE": lambda settings: settings.host_perfdata_file,
    "SERVICEPERFDATAFILE": lambda settings: settings.service_perfdata_file,
}

# Names of days and months are English whatever the server's locale is.
_WEEK_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _long_date_time(now: datetime, _: str) -> str:
    day = f"{_WEEK_DAYS[now.weekday()]} {_MONTHS[now.month - 1]} {now.day}"
    return f"{day} {now:%H:%M:%S} {now.tzname() or ''} {now.year}"


def _short_date_time(now: datetime, date_format: str) -> str:
    between = "T" if date_format == "strict-iso8601" else " "
    return f"{_date(now, date_format)}{between}{now:%H:%M:%S}"


def _date(now: datetime, date_format: str) -> str:
    year, month, day = f"{now.year:04}", f"{now.month:02}", f"{now.day:02}"
    if date_format == "euro":
        return f"{day}-{month}-{year}"
    if date_format in {"iso8601", "strict-iso8601"}:
        return f"{year}-{month}-{day}"
    return f"{month}-{day}-{year}"


_DATE_MACROS: dict[str, Callable[[datetime, str], str]] = {
    "LONGDATETIME": _long_date_time,
    "SHORTDATETIME": _short_date_time,
    "DATE": _date,
    "TIME": lambda now, _: f"{now:%H:%M:%S}",
}


def _date_macro(write: Callable[[datetime, str], str]) -> Callable[[MacroContext], str]:
    return lambda context: write(
        datetime.fromtimestamp(int(context.now), context.tz), context.settings.date_format
    )


TIME_MACROS: dict[str, Callable[[MacroContext], str]] = {
    **{name: _date_macro(write) for name, write in _DATE_MACROS.items()},
    "TIMET": lambda context: str(int(context.now)),
    "PROCESSSTARTTIME": lambda context: str(int(context.program_start)),
    "EVENTSTARTTIME": lambda context: str(int(context.event_start or context.program_start)),
}

PERIOD_MACROS = ("ISVALIDTIME", "NEXTVALIDTIME")

_C_NUMBER = re.compile(
    r"[ \t\n\v\f\r]*\+?(?:0[xX](?P<hex>[0-9a-fA-F]++)|0(?P<octal>[0-7]++)|(?P<decimal>[1-9][0-9]*+))"
)
_LAST_SECOND = 1 << 37
"""In the year 6325; calendars end soon after."""


def period_macro(context: MacroContext, macro: str, period: str | None, moment: str | None) -> str | None:
    """Whether a time period is open at a moment, or when it opens next (0: not in sight); by default, now.

    As Nagios reads it, the moment may also be octal (with a leading 0) or hexadecimal, and a text that is no
    number is 0. A moment that has passed counts as now in the search for the next opening.
    """
    if period is None or period not in context.model.timeperiods:
        return None
    second = int(context.now) if moment is None else _c_number(moment)
    if not 0 <= second < _LAST_SECOND:
        return "0"
    calendar = calendar_for(context.model.timeperiods, context.tz)
    is_open = calendar.contains(period, Instant(float(second)))
    if macro == "ISVALIDTIME":
        return str(int(is_open))
    opening = int(calendar.next_opening(period, Instant(float(max(second, int(context.now))))))
    return "0" if opening == second and not is_open else str(opening)


def _c_number(text: str) -> int:
    match = _C_NUMBER.match(text)
    if match is None:
        return 0
    base = {"hex": 16, "octal": 8, "decimal": 10}[match.lastgroup or "decimal"]
    digits = match[match.lastgroup or "decimal"]
    return int(digits, base) if len(digits) < 19 else _LAST_SECOND


def _author(context: MacroContext, facts: NotificationFacts) -> Contact | None:
    """The contact that the author is, by name or by alias."""
    contacts = context.model.contacts
    if facts.author in contacts:
        return contacts[facts.author]
    return next(
        (contact for contact in contacts.values() if facts.author and contact.alias == facts.author), None
    )


def _author_name(context: MacroContext, facts: NotificationFacts) -> str:
    author = _author(context, facts)
    return author.contact_name if author else ""


def _author_alias(context: MacroContext, facts: NotificationFacts) -> str:
    author = _author(context, facts)
    return author.alias if author else ""


NotificationValue = Callable[[MacroContext, NotificationFacts], str]

NOTIFICATION_MACROS: dict[str, NotificationValue] = {
    "NOTIFICATIONTYPE": lambda _, facts: facts.kind,
    "NOTIFICATIONNUMBER": lambda _, facts: str(facts.number),
    "NOTIFICATIONISESCALATED": lambda _, facts: str(int(facts.is_escalated)),
    "NOTIFICATIONRECIPIENTS": lambda _, facts: ",".join(facts.recipients),
    "NOTIFICATIONAUTHOR": lambda _, facts: facts.author,
    "NOTIFICATIONAUTHORNAME": _author_name,
    "NOTIFICATIONAUTHORALIAS": _author_alias,
    "NOTIFICATIONCOMMENT": lambda _, facts: facts.comment,
}
"""Empty in all other commands."""

ACKNOWLEDGEMENT_MACROS: dict[str, NotificationValue] = {
    "ACKAUTHOR": NOTIFICATION_MACROS["NOTIFICATIONAUTHOR"],
    "ACKAUTHORNAME": NOTIFICATION_MACROS["NOTIFICATIONAUTHORNAME"],
    "ACKAUTHORALIAS": NOTIFICATION_MACROS["NOTIFICATIONAUTHORALIAS"],
    "ACKCOMMENT": NOTIFICATION_MACROS["NOTIFICATIONCOMMENT"],
}
"""With HOST or SERVICE in front: the old names, filled only when an acknowledgement is told."""


def notification_macro(context: MacroContext, value: NotificationValue) -> str:
    """The value in a notification, empty elsewhere."""
    return value(context, context.notification) if context.notification else ""


def acknowledgement_macro(context: MacroContext, value: NotificationValue) -> str:
    """The value when an acknowledgement is told, empty otherwise."""
    facts = context.notification
    return value(context, facts) if facts and facts.kind == "ACKNOWLEDGEMENT" else ""
