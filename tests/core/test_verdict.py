"""Exit codes, signals and time-outs by Nagios' table; the rows are recorded from Nagios Core itself."""

import pytest

from atalaia.core.instants import Instant
from atalaia.core.results import RawResult
from atalaia.core.states import HostState, ServiceState
from atalaia.core.verdict import complaint, judge_host, judge_service
from support.plugin_rows import ROWS, Row


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_service_gets_what_nagios_gives_it(row: Row) -> None:
    state, said = judge_service(row.raw(), host_name=f"h-{row.name}", service_description=f"s {row.name}")

    assert (state, said.output, said.long_output, said.perfdata) == row.service


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_host_gets_what_nagios_gives_it(row: Row) -> None:
    state, said = judge_host(row.raw(), host_name=f"h-{row.name}")

    assert (state, said.output, said.long_output, said.perfdata) == row.host


def _ended(**how: object) -> RawResult:
    return RawResult(started=Instant(0.0), finished=Instant(1.0), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("exit_code", "state"), [(0, HostState.UP), (1, HostState.DOWN), (2, HostState.DOWN), (3, HostState.DOWN)]
)
def test_under_aggressive_host_checking_only_exit_0_is_up(exit_code: int, state: HostState) -> None:
    verdict, _ = judge_host(_ended(exit_code=exit_code, stdout=b"x"), host_name="h", aggressive=True)

    assert verdict is state


def test_a_timed_out_service_takes_the_configured_state() -> None:
    state, said = judge_service(
        _ended(timed_out=True), host_name="h", service_description="s", timeout_state=ServiceState.UNKNOWN
    )

    assert state is ServiceState.UNKNOWN
    assert said.output == "(Service check timed out after 1.00 seconds)"


def test_a_clock_that_went_back_gives_no_negative_time() -> None:
    result = RawResult(timed_out=True, started=Instant(10.0), finished=Instant(3.0))

    _, said = judge_host(result, host_name="h")

    assert said.output == "(Host check timed out after 0.00 seconds)"


def test_a_negative_exit_code_is_out_of_bounds() -> None:
    state, said = judge_service(_ended(exit_code=-1, stdout=b"x"), host_name="h", service_description="s")

    assert state is ServiceState.CRITICAL
    assert said.output == "(Return code of -1 for service 's' on host 'h' was out of bounds)"


@pytest.mark.parametrize(
    ("how", "of_service", "of_host"),
    [
        (
            {"timed_out": True},
            "Warning: Check of service 's' on host 'h' timed out after 1.000s!",
            "Warning: Check of host 'h' timed out after 1.00 seconds",
        ),
        (
            {"signal": 9},
            "Warning:  Check of service 's' on host 'h' did not exit properly!",
            "Warning:  Check of host 'h' did not exit properly!",
        ),
        (
            {"exit_code": 126},
            "Warning: Return code of 126 for service 's' on host 'h' may indicate a non-executable plugin.",
            "Warning: Return code of 126 for host 'h' may indicate a non-executable plugin.",
        ),
        (
            {"exit_code": 127},
            "Warning: Return code of 127 for service 's' on host 'h' may indicate this plugin doesn't exist.",
            "Warning: Return code of 127 for host 'h' may indicate this plugin doesn't exist.",
        ),
        (
            {"exit_code": 4},
            "Warning: Return code of 4 for check of service 's' on host 'h' was out of bounds.",
            "Warning: Return code of 4 for check of host 'h' was out of bounds.",
        ),
        (
            {"exit_code": -1},
            "Warning: Return code of -1 for check of service 's' on host 'h' was out of bounds.",
            "Warning: Return code of -1 for check of host 'h' was out of bounds.",
        ),
        ({"exit_code": 3}, "", ""),
    ],
)
def test_nagios_complains_about_checks_that_do_not_end_as_checks_should(
    how: dict[str, object], of_service: str, of_host: str
) -> None:
    result = _ended(**how)

    assert complaint(result, host_name="h", service_description="s") == of_service
    assert complaint(result, host_name="h", service_description="") == of_host
