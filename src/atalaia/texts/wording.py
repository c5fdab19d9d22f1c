"""Saying a message, a number of things, a moment, a duration or a state in one language.

The messages themselves stand where they are used, in English; their translations stand in the catalogues.
"""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import cache, cached_property

from atalaia.core.instants import NEVER, Instant
from atalaia.texts.catalogue import Catalogue, read_catalogue
from atalaia.texts.languages import LANGUAGES, find_language


def to_say(message: str) -> str:
    """Marks a message that is kept in a table and said later, so that the catalogue tests see it."""
    return message


_STATES = {
    "OK": to_say("OK"),
    "WARNING": to_say("WARNING"),
    "CRITICAL": to_say("CRITICAL"),
    "UNKNOWN": to_say("UNKNOWN"),
    "UP": to_say("UP"),
    "DOWN": to_say("DOWN"),
    "UNREACHABLE": to_say("UNREACHABLE"),
    "PENDING": to_say("PENDING"),
}

_DAY_MS, _HOUR_MS, _MINUTE_MS, _SECOND_MS = 86_400_000, 3_600_000, 60_000, 1_000


class Texts:
    """Everything that one language can say. Get one from `texts`; cheap until something is said."""

    def __init__(self, language: str) -> None:
        self.language = language
        """One of `LANGUAGES`."""

    @property
    def tag(self) -> str:
        """The language as HTML and mail headers name it (``pt-BR``)."""
        return self.language.replace("_", "-")

    def say(self, message: str, /, **values: object) -> str:
        """`message` in this language with its ``{name}`` places filled in.

        `message` is ours, written in the source; what comes from outside is passed as a value, and a value is
        put in as it is, never interpreted. Without a translation the English message is used.
        """
        return self._translated(message).format_map(values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The form of the message that fits the number `n`, which the message may use as ``{n}``."""
        catalogue = self._catalogue
        if catalogue is None or one not in catalogue.plurals:
            message = one if n == 1 else many
        else:
            message = catalogue.plurals[one][catalogue.form(abs(n))]
        return message.format_map({"n": n, **values})

    def instant(self, when: Instant, tz: tzinfo | None = None, *, zone: bool = False) -> str:
        """Date and time with seconds, as readers of the language write them; "never" for Nagios' zero.

        Args:
            when: the moment.
            tz: the reader's time zone; None is the server's.
            zone: append the zone's name, for readers who may be elsewhere.
        """
        if when == NEVER:
            return self.say("never")
        try:
            moment = datetime.fromtimestamp(when, UTC).astimezone(tz)
        except (ValueError, OverflowError, OSError):  # nobody's calendar reaches that far: say the number
            return f"{when:.0f}"
        written = _date_writer()(moment, self.language)
        return f"{written} ({_zone_name(moment)})" if zone else written

    def span(self, start: Instant, end: Instant, tz: tzinfo | None = None) -> str:
        """From one moment to another, to the minute; the date is said once when both are of the same day.

        Args:
            start: the first moment.
            end: the last.
            tz: the reader's time zone; None is the server's.
        """
        try:
            first, last = (datetime.fromtimestamp(when, UTC).astimezone(tz) for when in (start, end))
        except (ValueError, OverflowError, OSError):
            return f"{start:.0f} – {end:.0f}"
        first_date, first_time = _date_parts(first, self.language)
        last_date, last_time = _date_parts(last, self.language)
        if first.date() == last.date():
            return f"{first_date}, {first_time} – {last_time}"
        return f"{first_date}, {first_time} – {last_date}, {last_time}"

    def duration(self, seconds: float) -> str:
        """A length of time in its two most telling units: ``2 d 4 h``, ``3 min 20 s``, ``4.2 s``, ``80 ms``.

        The unit symbols are the international ones, the same in all our languages. Cut, not rounded up.
        """
        ms = round(seconds * 1000)
        if ms < 0:
            return "-" + self.duration(-seconds)
        if ms < _SECOND_MS:
            return f"{ms} ms" if ms else "0 s"
        if ms < 10 * _SECOND_MS:
            whole, tenth = ms // _SECOND_MS, ms % _SECOND_MS // 100
            return f"{whole}{self._decimal_mark}{tenth} s" if tenth else f"{whole} s"
        for large, large_name, small, small_name in (
            (_DAY_MS, "d", _HOUR_MS, "h"),
            (_HOUR_MS, "h", _MINUTE_MS, "min"),
            (_MINUTE_MS, "min", _SECOND_MS, "s"),
        ):
            if ms >= large:
                rest = ms % large // small
                return f"{ms // large} {large_name}" + (f" {rest} {small_name}" if rest else "")
        return f"{ms // _SECOND_MS} s"

    def percent(self, value: float) -> str:
        """A percentage with one decimal: ``23.7%``, ``23,7%``."""
        return f"{value:.1f}%".replace(".", self._decimal_mark)

    def ago(self, seconds: float) -> str:
        """How long ago something was (``3 min 20 s ago``); with negative `seconds`, how far ahead it is."""
        if -1 < seconds < 1:
            return self.say("just now")
        if seconds < 0:
            return self.say("in {duration}", duration=self.duration(-seconds))
        return self.say("{duration} ago", duration=self.duration(seconds))

    def state(self, name: str) -> str:
        """A state for people. English keeps Nagios' own words; any other name is returned unchanged."""
        return self._translated(_STATES[name]) if name in _STATES else name

    def _translated(self, message: str) -> str:
        catalogue = self._catalogue
        return message if catalogue is None else catalogue.messages.get(message, message)

    @cached_property
    def _catalogue(self) -> Catalogue | None:
        return None if self.language == LANGUAGES[0] else read_catalogue(self.language)

    @property
    def _decimal_mark(self) -> str:
        return "." if self.language == "en" else ","


def _zone_name(moment: datetime) -> str:
    """A zone's short name; many zones have only a number for one, which alone would say little."""
    name = moment.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name


@cache
def _texts(language: str) -> Texts:
    return Texts(language)


def texts(language: str) -> Texts:
    """The texts of a language named as people and systems name it (``pt_BR``, ``pt-BR``, ``pt_BR.UTF-8``,
    ``pt``); English when we do not have it."""
    return _texts(find_language(language) or LANGUAGES[0])


def preload() -> None:
    """Reads all catalogues and calendars now, so that a server's event loop never waits for their files."""
    for language in LANGUAGES:
        known = texts(language)
        known.say("never")
        known.instant(Instant(1.0), UTC)


@cache
def _date_writer() -> Callable[[datetime, str], str]:
    from babel.dates import format_datetime  # noqa: PLC0415 - see catalogue.py: babel is not cheap to import

    def write(moment: datetime, language: str) -> str:
        # Typographic narrow blanks ("3:04 PM") are beyond many terminals and mail readers.
        return format_datetime(moment, "medium", locale=language).replace("\u202f", " ").replace("\xa0", " ")

    return write


def _date_parts(moment: datetime, language: str) -> tuple[str, str]:
    """Date, and time to the minute."""
    from babel.dates import format_date, format_time  # noqa: PLC0415 - see catalogue.py

    date = format_date(moment, "medium", locale=language)
    time = format_time(moment, "short", locale=language)
    return date, time.replace("\u202f", " ").replace("\xa0", " ")
