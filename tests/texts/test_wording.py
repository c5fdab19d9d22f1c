"""What is said: messages, numbers, moments, durations and states."""

import subprocess
import sys
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

import pytest

from atalaia.core.instants import NEVER, Instant
from atalaia.texts import LANGUAGES, texts, to_say

SUNDAY_NIGHT = Instant(1785380645.5)
SAO_PAULO = ZoneInfo("America/Sao_Paulo")


def test_a_message_is_said_in_portuguese() -> None:
    assert texts("pt_BR").say("{duration} ago", duration="3 s") == "há 3 s"


def test_a_message_without_translation_is_said_in_english() -> None:
    unknown = "nobody {verb} this"

    assert texts("pt_BR").say(unknown, verb="translated") == "nobody translated this"


def test_a_value_is_never_interpreted() -> None:
    assert texts("en").say("in {duration}", duration="{0.__class__} {x} %s") == "in {0.__class__} {x} %s"


def test_a_value_may_be_called_message() -> None:
    said = to_say("in {duration}")

    assert texts("en").say(said, message="x", self="y", duration="1 s") == "in 1 s"


@pytest.mark.parametrize(("n", "said"), [(0, "0 cats"), (1, "1 cat"), (2, "2 cats"), (-1, "-1 cats")])
def test_english_counts(n: int, said: str) -> None:
    one, many = "{n} cat", "{n} cats"

    assert texts("en").plural(one, many, n) == said


@pytest.mark.parametrize(
    ("seconds", "en", "pt_br"),
    [
        (0, "0 s", "0 s"),
        (0.0004, "0 s", "0 s"),
        (-0.0004, "0 s", "0 s"),
        (0.0799999, "80 ms", "80 ms"),
        (0.9999, "1 s", "1 s"),
        (3, "3 s", "3 s"),
        (3.26, "3.2 s", "3,2 s"),
        (9.999, "9.9 s", "9,9 s"),
        (10.7, "10 s", "10 s"),
        (59.99, "59 s", "59 s"),
        (60, "1 min", "1 min"),
        (200, "3 min 20 s", "3 min 20 s"),
        (3_600, "1 h", "1 h"),
        (3_659, "1 h", "1 h"),
        (7_380, "2 h 3 min", "2 h 3 min"),
        (187_200, "2 d 4 h", "2 d 4 h"),
        (40_000_000, "462 d 23 h", "462 d 23 h"),
        (-200, "-3 min 20 s", "-3 min 20 s"),
    ],
)
def test_a_duration_is_said_in_its_two_most_telling_units(seconds: float, en: str, pt_br: str) -> None:
    assert (texts("en").duration(seconds), texts("pt_BR").duration(seconds)) == (en, pt_br)


@pytest.mark.parametrize(
    ("seconds", "en", "pt_br"),
    [
        (0.4, "just now", "agora mesmo"),
        (-0.4, "just now", "agora mesmo"),
        (200, "3 min 20 s ago", "há 3 min 20 s"),
        (-90, "in 1 min 30 s", "em 1 min 30 s"),
    ],
)
def test_how_long_ago_something_was(seconds: float, en: str, pt_br: str) -> None:
    assert (texts("en").ago(seconds), texts("pt_BR").ago(seconds)) == (en, pt_br)


def test_an_english_reader_sees_an_english_moment() -> None:
    assert texts("en").instant(SUNDAY_NIGHT, SAO_PAULO) == "Jul 30, 2026, 12:04:05 AM"


def test_a_brazilian_reader_sees_a_brazilian_moment() -> None:
    assert texts("pt_BR").instant(SUNDAY_NIGHT, SAO_PAULO) == "30 de jul. de 2026 00:04:05"


@pytest.mark.parametrize(("zone", "name"), [(UTC, "03:04:05 (UTC)"), (SAO_PAULO, "00:04:05 (UTC-03)")])
def test_a_moment_can_name_its_time_zone(zone: tzinfo, name: str) -> None:
    assert texts("pt_BR").instant(SUNDAY_NIGHT, zone, zone=True) == f"30 de jul. de 2026 {name}"


@pytest.mark.parametrize(("language", "said"), [("en", "never"), ("pt_BR", "nunca")])
def test_nagios_zero_is_never(language: str, said: str) -> None:
    assert texts(language).instant(NEVER) == said


def test_a_moment_beyond_all_calendars_is_said_as_its_number() -> None:
    assert texts("en").instant(Instant(1e17), UTC) == "100000000000000000"


@pytest.mark.parametrize(
    ("hours", "en", "pt_br"),
    [
        (2, "Jul 30, 2026, 12:04 AM – 2:04 AM", "30 de jul. de 2026, 00:04 – 02:04"),
        (
            24,
            "Jul 30, 2026, 12:04 AM – Jul 31, 2026, 12:04 AM",
            "30 de jul. de 2026, 00:04 – 31 de jul. de 2026, 00:04",
        ),
    ],
)
def test_a_span_says_the_date_once_when_it_is_one_day(hours: int, en: str, pt_br: str) -> None:
    end = Instant(SUNDAY_NIGHT + hours * 3600)

    assert texts("en").span(SUNDAY_NIGHT, end, SAO_PAULO) == en
    assert texts("pt_BR").span(SUNDAY_NIGHT, end, SAO_PAULO) == pt_br


def test_a_span_beyond_all_calendars_is_said_as_its_numbers() -> None:
    assert texts("en").span(Instant(0.0), Instant(1e17), UTC) == "0 – 100000000000000000"


def test_a_percentage_has_one_decimal_and_the_mark_of_the_language() -> None:
    assert (texts("en").percent(23.72), texts("pt_BR").percent(23.72)) == ("23.7%", "23,7%")


@pytest.mark.parametrize(
    "name", ["OK", "WARNING", "CRITICAL", "UNKNOWN", "UP", "DOWN", "UNREACHABLE", "PENDING"]
)
def test_english_keeps_nagios_words_for_states(name: str) -> None:
    assert texts("en").state(name) == name


def test_each_state_has_its_own_portuguese_word() -> None:
    names = ("OK", "WARNING", "CRITICAL", "UNKNOWN", "UP", "DOWN", "UNREACHABLE", "PENDING")

    said = [texts("pt_BR").state(name) for name in names]

    assert said == [
        "OK",
        "ATENÇÃO",
        "CRÍTICO",
        "DESCONHECIDO",
        "NO AR",
        "FORA DO AR",
        "INACESSÍVEL",
        "PENDENTE",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_state_is_left_alone(language: str) -> None:
    assert texts(language).state("HARD") == "HARD"


def test_speaking_english_does_not_load_babel() -> None:
    program = (
        "import sys; from atalaia.texts import texts; t = texts('en'); "
        "t.say('never'); t.duration(3); t.state('OK'); print('babel' in sys.modules)"
    )

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "False"
