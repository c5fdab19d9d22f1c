"""The measure of flapping: Nagios' weighted percentage and its two thresholds."""

from typing import Any

import pytest

from atalaia.core.flapping import flaps, percent_change, thresholds, with_state
from atalaia.core.runtime import HISTORY_LENGTH, NO_HISTORY
from support.builders import a_host, a_model, a_service


def test_a_history_holds_21_states_and_forgets_the_oldest() -> None:
    history = "1" + "0" * 20

    history = with_state(history, 2)

    assert history == "0" * 20 + "2"
    assert len(history) == HISTORY_LENGTH


@pytest.mark.parametrize(
    ("history", "percent"),
    [
        (NO_HISTORY, 0.0),
        ("2" * 21, 0.0),
        ("01" * 10 + "0", 100.0),
        ("1" + "0" * 20, 3.75),  # the oldest change weighs 0.75
        ("0" * 20 + "1", 6.25),  # the newest 1.25
        ("0" * 15 + "121212", 35.53),  # as observed on Nagios
        ("0" * 20 + "2", 6.25),  # how far apart two states are does not matter
    ],
)
def test_newer_changes_weigh_more(history: str, percent: float) -> None:
    assert round(percent_change(history), 2) == percent


@pytest.mark.parametrize(
    ("percent", "verdict"),
    [(0.0, False), (20.0, False), (20.1, None), (29.9, None), (30.0, True), (99.0, True)],
)
def test_between_the_thresholds_everything_stays_as_it_was(percent: float, verdict: bool | None) -> None:
    assert flaps(percent, 20.0, 30.0) is verdict


PROGRAM = {
    "low_service_flap_threshold": 1.0,
    "high_service_flap_threshold": 2.0,
    "low_host_flap_threshold": 3.0,
    "high_host_flap_threshold": 4.0,
}
OWN: dict[str, Any] = {"low_flap_threshold": 11.0, "high_flap_threshold": 12.0}


def test_an_object_without_thresholds_takes_those_of_the_program_for_its_kind() -> None:
    settings = a_model(**PROGRAM).settings

    assert thresholds(a_service(), settings) == (1.0, 2.0)
    assert thresholds(a_host(), settings) == (3.0, 4.0)


def test_an_objects_own_thresholds_come_first_each_for_itself() -> None:
    settings = a_model(**PROGRAM).settings

    assert thresholds(a_service(**OWN), settings) == (11.0, 12.0)
    assert thresholds(a_host(**OWN), settings) == (11.0, 12.0)
    assert thresholds(a_service(high_flap_threshold=50.0), settings) == (1.0, 50.0)
