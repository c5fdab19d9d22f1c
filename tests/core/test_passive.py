"""Results from outside: read as Nagios reads them, or refused with a sentence that helps."""

import pytest

from atalaia.core.passive import PassiveResult, RefusedError, read_command
from atalaia.core.states import CheckType
from support.builders import START, a_host, a_model, a_service

MODEL = a_model(
    a_host("web", address="10.0.0.1"), a_service("job"), a_service("deaf", passive_checks_enabled=False)
)


def read(text: str) -> PassiveResult:
    return read_command(text, MODEL, START)


def test_a_services_result_brings_state_text_and_performance_data() -> None:
    brought = read("PROCESS_SERVICE_CHECK_RESULT;web;job;1;late; again|seconds=9s\\nmore\\\\n")

    assert brought.key == ("web", "job")
    result = brought.result
    assert (result.state, result.output, result.perfdata) == (1, "late: again", "seconds=9s")
    assert result.long_output == "more\\n"
    assert result.check_type is CheckType.PASSIVE


def test_a_hosts_result_may_name_the_host_by_its_address() -> None:
    brought = read("process_host_check_result;10.0.0.1;2;gone")

    assert (brought.key, brought.result.state, brought.result.output) == (("web", ""), 2, "gone")


def test_a_state_out_of_bounds_of_a_service_is_unknown() -> None:
    assert read("PROCESS_SERVICE_CHECK_RESULT;web;job;7;what").result.state == 3


def test_an_output_is_not_needed() -> None:
    assert read("PROCESS_SERVICE_CHECK_RESULT;web;job;2").result.output.startswith("(No output")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("NONSENSE;x", "NONSENSE is not understood"),
        ("PROCESS_SERVICE_CHECK_RESULT;web;job", "needs host;service;state;output"),
        ("PROCESS_HOST_CHECK_RESULT;web", "needs host;state;output"),
        ("PROCESS_SERVICE_CHECK_RESULT;nowhere;job;0;x", "no host 'nowhere'"),
        ("PROCESS_SERVICE_CHECK_RESULT;web;nothing;0;x", "no service 'nothing'"),
        ("PROCESS_SERVICE_CHECK_RESULT;web;job;bad;x", "'bad' is no state"),
        ("PROCESS_HOST_CHECK_RESULT;web;3;x", "no state of a host"),
        ("PROCESS_SERVICE_CHECK_RESULT;web;deaf;0;x", "passive_checks_enabled"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        read(text)


@pytest.mark.parametrize(
    ("setting", "command"),
    [
        ("accept_passive_service_checks", "PROCESS_SERVICE_CHECK_RESULT;web;job;0;x"),
        ("accept_passive_host_checks", "PROCESS_HOST_CHECK_RESULT;web;0;x"),
    ],
)
def test_a_server_that_takes_no_results_says_so(setting: str, command: str) -> None:
    model = a_model(a_host("web"), a_service("job"), **{setting: False})

    with pytest.raises(RefusedError, match=setting):
        read_command(command, model, START)
