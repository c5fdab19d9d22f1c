"""Every check of `targets` withstands what hypothesis makes of its seeds and words.

`test_doors` spoils inputs with a fixed generator, `tools/fuzz` does so for as long as it is told to.
"""

from collections.abc import Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fuzz.driver import Run
from fuzz.targets import MANY, TARGETS, features, grown, in_time
from support.fuzz_targets import Target
from support.profiles import PATIENCE, examples

pytestmark = pytest.mark.timeout(PATIENCE)

EXAMPLES = {
    "configuration": 30,
    "main_file": 30,
    "config_tree": 60,
    "spool_text": 40,
    "judge": 60,
    "command_stream": 60,
}
"""How many each gets in `make check`; the others, which are quick, a hundred."""

DIGITS = b"9" * 400

FOUND: tuple[tuple[str, str, bytes], ...] = (
    ("a number too large for a time", "order", b"SCHEDULE_HOST_CHECK;web;" + DIGITS),
    ("a number of more digits than Python reads", "order", b"DEL_HOST_COMMENT;" + b"9" * 5000),
    (
        "a duration too large for a number of seconds",
        "order",
        b"SCHEDULE_HOST_DOWNTIME;web;1;2;0;0;" + DIGITS + b";a;b",
    ),
    ("an interval too large", "order", b"CHANGE_RETRY_HOST_CHECK_INTERVAL;web;" + DIGITS),
    ("a moment of the program too large", "order", b"SHUTDOWN_PROGRAM;" + DIGITS),
    (
        "a downtime in milliseconds, after the year 9999",
        "order",
        b"SCHEDULE_HOST_DOWNTIME;web;1800000000000;1800000600000;1;0;0;ana;work",
    ),
    ("a time in retention.dat too large", "retention", b"info {\ncreated=" + DIGITS + b"\n}\n"),
    (
        "a downtime in retention.dat after the year 9999",
        "retention",
        b"hostdowntime {\nhost_name=web\ndowntime_id=1\nstart_time=1800000000000\nend_time=1800000600000\n}\n",
    ),
    (
        "a comment in retention.dat with a number that the database does not take",
        "retention",
        b"hostcomment {\nhost_name=web\ncomment_id=99999999999999999999\n}\n",
    ),
    (
        "a duration in retention.dat too large",
        "retention",
        b"hostdowntime {\nhost_name=web\ndowntime_id=1\nduration=" + DIGITS + b"\n}\n",
    ),
    (
        "a spooled result from after the year 9999",
        "spool_file",
        b"host_name=web\nservice_description=http\nstart_time=18000000000000.5\noutput=x\n",
    ),
    ("a spool file of many continued lines", "spool_text", b"abcdefg\\\n" * 80_000),
    ("a scenario that is not UTF-8", "played_scenario", b"0\thost\tweb\t1\tgr\xfcn\n"),
    ("an exit code with a control character behind it", "played_scenario", b"0\thost\tweb\t1\x1d\tdown\n"),
    ("a stored record nested too deeply", "stored_json", b'{"x":' * 3000),
    ("a stored event nested too deeply", "stored_json", b'{"type":"state_changed","x":' + b"[" * 3000),
    ("a carriage return in a line of the log", "log_line", b"a\rFORGED"),
    ("a zero byte in a line of the log", "log_line", b"a\0b"),
)
"""What once broke a target: a name, the target, and the input."""

Edit = tuple[int, int, bytes]
"""Where, how much goes, and what comes instead."""


def spoiled(seed: bytes, edits: Sequence[Edit]) -> bytes:
    """A seed with some places changed."""
    text = bytearray(seed)
    for at, length, instead in edits:
        place = at % (len(text) + 1)
        text[place : place + length] = instead
    return bytes(text)


def inputs(target: Target) -> st.SearchStrategy[bytes]:
    """Seeds with changes, words in any order, and nothing that makes sense."""
    words = st.sampled_from(target.words) if target.words else st.just(b"")
    pieces = st.one_of(words, st.binary(max_size=8))
    edits = st.lists(st.tuples(st.integers(0, 4000), st.sampled_from((0, 1, 8, 40)), pieces), max_size=6)
    return st.one_of(
        st.builds(spoiled, st.sampled_from(target.seeds), edits),
        st.lists(pieces, max_size=12).map(b"".join),
        st.binary(max_size=64),
    )


@pytest.mark.parametrize(("target", "data"), [found[1:] for found in FOUND], ids=[found[0] for found in FOUND])
def test_what_once_broke_a_target_does_so_no_more(target: str, data: bytes) -> None:
    TARGETS[target].check(data)


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_target_withstands_its_seeds_and_what_chance_makes_of_them(target: Target) -> None:
    for seed in target.seeds[:: max(1, len(target.seeds) // 50)]:
        target.check(seed)

    @settings(examples(EXAMPLES.get(target.name, 100)), phases=(Phase.generate,))
    @given(inputs(target))
    def withstands(data: bytes) -> None:
        target.check(data)

    withstands()


# --- the fuzzer itself --------------------------------------------------------------------------------------


def a_target(check: object) -> Target:
    return Target(name="toy", check=check, seeds=(b"seed",), words=(b"word",))  # type: ignore[arg-type]


def test_the_fuzzer_finds_what_breaks_a_check_and_goes_on() -> None:
    def breaks_on_a_word(data: bytes) -> None:
        assert b"word" not in data

    failures: list[bytes] = []

    run = Run(a_target(breaks_on_a_word)).feed(0.2, 1, lambda data, _: failures.append(data))

    assert failures
    assert run.count > len(failures)
    assert run.rate() > 0


def test_the_fuzzer_breaks_off_what_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(_data: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr("fuzz.driver.HANG", 0.05)

    error = Run(a_target(hangs)).once(b"x")

    assert error is not None
    assert "does not end" in str(error)


def test_the_fuzzer_remembers_its_slowest_input() -> None:
    run = Run(a_target(lambda data: sum(range(len(data) ** 2 * 100_000))))

    for data in (b"a", b"aaaaaaaa", b"aa"):
        run.once(data)

    assert run.slowest_input == b"aaaaaaaa"


def test_what_stands_behind_the_word_for_many_is_repeated() -> None:
    assert grown(b"head") == b"head"
    assert grown(b"head" + MANY + b"ab").startswith(b"headabab")
    assert len(grown(MANY + b"ab")) > 100_000


def test_a_block_that_takes_too_long_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.targets.LONGEST", -1.0)

    with pytest.raises(AssertionError, match="it took"), in_time():
        features()
