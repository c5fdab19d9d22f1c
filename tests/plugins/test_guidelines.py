"""What all plugins of ours have in common: thresholds, performance data, output, options, the time limit."""

import argparse

import pytest

from atalaia.plugins.guidelines import Figure, Range, State, Verdict, judge, output
from support.streams import plugin


@pytest.mark.parametrize(
    ("text", "alerts", "fine"),
    [
        ("10", [-0.1, 10.1], [0, 5, 10]),
        ("10:", [9.9, -1], [10, 1e9]),
        ("~:10", [10.1], [-1e9, 0, 10]),
        ("10:20", [9.9, 20.1], [10, 15, 20]),
        ("@10:20", [10, 15, 20], [9.9, 20.1]),
        (":10", [-1, 11], [0, 10]),
        ("-5:-1", [-6, 0], [-5, -3, -1]),
        ("@0:0", [0], [-1, 1]),
        ("0.5", [0.51], [0.5]),
    ],
)
def test_a_range_alerts_as_the_guidelines_say(text: str, alerts: list[float], fine: list[float]) -> None:
    threshold = Range.parse(text)

    assert [value for value in alerts if not threshold.alerts(value)] == []
    assert [value for value in fine if threshold.alerts(value)] == []


@pytest.mark.parametrize("text", ["", ":", "@", "a", "20:10", "1:2:3", "10:~", "1.2.3"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"range|float"):
        Range.parse(text)


@pytest.mark.parametrize(("value", "state"), [(5, State.OK), (15, State.WARNING), (25, State.CRITICAL)])
def test_the_critical_threshold_goes_first(value: float, state: State) -> None:
    assert judge(value, Range.parse("10"), Range.parse("20")) is state


def test_performance_data_has_the_notation_of_the_guidelines() -> None:
    figure = Figure("time", 0.25, "s", Range.parse("1"), Range.parse("@2:3"), 0)

    assert str(figure) == "time=0.25s;1;@2:3;0"


def test_a_label_with_a_blank_or_a_quote_is_quoted() -> None:
    assert str(Figure("it's here", 1)) == "'it''s here'=1"


def test_the_first_line_holds_state_text_and_performance_data() -> None:
    verdict = Verdict(State.WARNING, "slow", (Figure("a", 1), Figure("b", 2)), ("more",))

    assert output("THING", verdict) == "THING WARNING - slow | a=1 b=2"


def test_details_follow_with_v() -> None:
    assert output("THING", Verdict(State.OK, "fine", (), ("one", "two")), 1) == "THING OK - fine\none\ntwo"


def test_what_a_server_said_cannot_pass_for_performance_data_or_a_second_line() -> None:
    assert output("THING", Verdict(State.OK, "a | b=1\nc")) == "THING OK - a / b=1 c"


@pytest.mark.parametrize("name", ["check_kafka", "check_zookeeper", "check_prediction"])
def test_help_and_version_are_unknown_as_with_the_monitoring_plugins(name: str) -> None:
    told, version = plugin(name, "--help"), plugin(name, "-V")

    assert [told.returncode, version.returncode] == [3, 3]
    assert all(option in told.stdout for option in ("-w", "-c", "-t", "-v", "-V"))
    assert version.stdout.startswith(f"{name} (Atalaia ")


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("check_zookeeper", [], "the following arguments are required: -H/--hostname"),
        ("check_zookeeper", ["-H", "x", "-w", "2:1"], "the start of the range lies above its end"),
        ("check_zookeeper", ["-H", "x", "-t", "0"], "is no positive number of seconds"),
        ("check_kafka", ["--bootstrap", "x:1", "--mode", "lag", "--topic", "t"], "--mode lag needs --group"),
        ("check_kafka", ["--bootstrap", "x:1", "--mode", "roundtrip", "--topic", "t"], "needs --reply-topic"),
        (
            "check_prediction",
            ["--url", "ftp://x/", "--text", "a", "--expect", "b"],
            "is no http or https address",
        ),
    ],
)
def test_wrong_arguments_are_unknown_and_named_on_the_first_line(
    name: str, arguments: list[str], told: str
) -> None:
    done = plugin(name, *arguments)

    assert done.returncode == 3
    assert done.stdout.startswith(f"{name} UNKNOWN - ")
    assert told in done.stdout.splitlines()[0]


def test_an_argument_error_names_the_value() -> None:
    from atalaia.plugins.guidelines import as_range

    with pytest.raises(argparse.ArgumentTypeError, match="'x' is no range"):
        as_range("x")
