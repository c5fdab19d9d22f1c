"""Macros that count hosts and services."""

from typing import Any

import pytest
from msgspec.structs import replace

from atalaia.core.macros import MacroContext, expand
from atalaia.core.runtime import Runtime
from support.macro_contexts import KEY, a_context
from support.macro_world import model

_SUMS = (
    "$TOTALHOSTSUP$ $TOTALHOSTSDOWN$ $TOTALHOSTSUNREACHABLE$ $TOTALHOSTPROBLEMS$ / $TOTALHOSTSDOWNUNHANDLED$"
    " $TOTALHOSTSUNREACHABLEUNHANDLED$ $TOTALHOSTPROBLEMSUNHANDLED$ | $TOTALSERVICESOK$ $TOTALSERVICESWARNING$"
    " $TOTALSERVICESCRITICAL$ $TOTALSERVICESUNKNOWN$ $TOTALSERVICEPROBLEMS$ / $TOTALSERVICESWARNINGUNHANDLED$"
    " $TOTALSERVICESCRITICALUNHANDLED$ $TOTALSERVICESUNKNOWNUNHANDLED$ $TOTALSERVICEPROBLEMSUNHANDLED$"
)


def _sums(context: MacroContext) -> str:
    return expand(_SUMS, context, clean=False)


def test_what_was_never_checked_is_not_counted() -> None:
    assert _sums(a_context(known={})) == "0 0 0 0 / 0 0 0 | 0 0 0 0 0 / 0 0 0 0"


def test_good_ones_and_problems_are_counted() -> None:
    known = {
        ("web1", ""): Runtime(has_been_checked=True),
        ("web2", ""): Runtime(state=2, has_been_checked=True),
        KEY: Runtime(state=1, has_been_checked=True),
        ("web1", "ssh"): Runtime(state=3, has_been_checked=True),
        ("web2", "disk"): Runtime(has_been_checked=True),
    }

    assert _sums(a_context(known=known)) == "1 0 1 1 / 1 0 1 | 1 1 0 1 2 / 1 0 1 2"


@pytest.mark.parametrize(
    "handled", [{"acknowledged": True}, {"downtime_depth": 1}], ids=["acknowledged", "in downtime"]
)
def test_a_problem_that_somebody_takes_care_of_is_handled(handled: dict[str, Any]) -> None:
    bad = Runtime(state=2, has_been_checked=True, **handled)

    assert _sums(a_context(known={("web1", ""): Runtime(state=1, **handled), KEY: bad})) == (
        "0 1 0 1 / 0 0 0 | 0 0 1 0 1 / 0 0 0 0"
    )


def test_a_problem_that_is_not_checked_is_handled() -> None:
    world = model()
    unchecked = replace(world.services[KEY], active_checks_enabled=False)
    world = replace(world, services={**world.services, KEY: unchecked})

    assert _sums(a_context(known={KEY: Runtime(state=2)}, of_model=world)).endswith("| 0 0 1 0 1 / 0 0 0 0")


def test_a_service_whose_host_is_down_is_handled() -> None:
    known = {("web1", ""): Runtime(state=1), KEY: Runtime(state=2)}

    assert _sums(a_context(known=known)) == "0 1 0 1 / 1 0 1 | 0 0 1 0 1 / 0 0 0 0"


def test_a_contact_sees_the_sums_of_its_own_objects() -> None:
    known = {("web2", ""): Runtime(state=1), ("web2", "disk"): Runtime(state=2)}
    contacts = model().contacts

    assert _sums(a_context(known=known, contact=contacts["ana"])) == "0 1 0 1 / 1 0 1 | 0 0 0 0 0 / 0 0 0 0"
    assert _sums(a_context(known=known, contact=contacts["bob"])) == "0 0 0 0 / 0 0 0 | 0 0 1 0 1 / 0 0 0 0"
