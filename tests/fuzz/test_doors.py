"""Nothing that comes in at a door of the server breaks it: valid inputs of every kind, spoiled a little.

`tools/fuzz` does the same for as long as it is told to.
"""

import pytest

from support.fuzz_list import all_targets
from support.fuzz_targets import Target
from support.mutations import fuzz
from support.profiles import FACTOR, PATIENCE

pytestmark = pytest.mark.timeout(PATIENCE)

SECONDS = 60.0 * FACTOR
INPUTS = {
    "command_text": 500,
    "command_lines": 500,
    "spool_file": 300,
    "plugin_output": 3000,
    "command_line": 2000,
    "scenario": 500,
    "configuration": 500,
    "main_file": 400,
    "stored_record": 3000,
}
"""How many each gets in `make check`."""


@pytest.mark.parametrize("target", all_targets(), ids=lambda target: target.name)
def test_a_door_withstands_inputs_that_are_a_little_wrong(target: Target) -> None:
    failures: list[tuple[bytes, Exception]] = []

    fuzz(
        target,
        SECONDS,
        seed=7 if FACTOR == 1 else 0,
        failed=lambda data, error: failures.append((data, error)),
        most=round(INPUTS[target.name] * FACTOR),
    )

    if failures:
        shortest, error = min(failures, key=lambda one: len(one[0]))
        raise AssertionError(f"{len(failures)} failures; the shortest: {shortest!r}") from error
