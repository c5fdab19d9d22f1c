"""What check_kafka makes of what it sees. With a real broker and consumer: tests/examples/test_streams.py."""

import argparse
import subprocess
import sys

import pytest

from atalaia.plugins.check_kafka import lag_verdict, metadata_verdict, roundtrip_verdict
from atalaia.plugins.guidelines import Range, State
from atalaia.plugins.kafka_looks import Metadata, Progress


def arguments(**options: object) -> argparse.Namespace:
    given = {"topic": "chatbot", "group": "g", "reply_topic": "sentimentos", "interval": 1.0}
    return argparse.Namespace(**{"warning": None, "critical": None, **given, **options})


def progress(committed: int, end: int, *, has_committed: bool = True) -> Progress:
    return Progress(committed=committed, end=end, has_committed=has_committed)


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (progress(10, 10), progress(10, 10), State.OK),
        (progress(0, 5), progress(0, 5), State.OK),
        (progress(0, 30), progress(0, 30), State.WARNING),
        (progress(0, 80), progress(0, 80), State.CRITICAL),
        (progress(0, 80), progress(0, 90), State.CRITICAL),
        (progress(0, 80), progress(20, 80), State.OK),
        (progress(0, 80), progress(20, 200), State.OK),
        (progress(0, 80), progress(79, 80), State.OK),
    ],
)
def test_a_group_is_well_that_is_close_or_moves(first: Progress, last: Progress, state: State) -> None:
    assert lag_verdict(first, last, arguments()).state is state


def test_a_lag_above_own_thresholds_that_moves_is_told_as_such() -> None:
    limits = {"warning": Range.parse("0"), "critical": Range.parse("0")}
    verdict = lag_verdict(progress(0, 9), progress(4, 9), arguments(**limits))

    assert (verdict.state, verdict.sentence) == (
        State.OK,
        "group g is 5 messages behind in chatbot, but moves: 4 in 1 s",
    )


def test_a_group_that_never_worked_is_told_from_one_that_stands_still() -> None:
    stuck = [
        lag_verdict(one, one, arguments()).sentence
        for one in (progress(3, 90), progress(0, 90, has_committed=False))
    ]

    assert [sentence.rpartition(" and ")[2] for sentence in stuck] == ["stands still", "has never done any"]


def test_a_broker_that_forgot_its_messages_leaves_no_lag_behind() -> None:
    assert progress(40, 0).lag == 0


def test_a_slow_broker_is_judged_by_the_thresholds() -> None:
    found = Metadata(frozenset({"chatbot"}), 1, 3.0)

    assert metadata_verdict(found, arguments(warning=Range.parse("2"))).state is State.WARNING


def test_a_missing_topic_is_critical_however_quick_the_broker_is() -> None:
    assert metadata_verdict(Metadata(frozenset({"x"}), 1, 0.1), arguments()).state is State.CRITICAL


@pytest.mark.parametrize(("seconds", "state"), [(0.1, State.OK), (2.5, State.CRITICAL), (None, State.CRITICAL)])
def test_a_way_there_and_back_is_judged_by_its_seconds(seconds: float | None, state: State) -> None:
    assert roundtrip_verdict(seconds, 8.0, arguments(critical=Range.parse("2"))).state is state


def test_without_aiokafka_it_says_what_to_install() -> None:
    program = (
        "import sys\n"
        "sys.modules['aiokafka'] = None\n"
        "sys.argv = ['check_kafka', '--bootstrap', '127.0.0.1:1', '--mode', 'metadata']\n"
        "from atalaia.plugins.check_kafka import main\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (
        3,
        "KAFKA UNKNOWN - aiokafka is not installed: pip install 'atalaia[kafka]'\n",
    )
