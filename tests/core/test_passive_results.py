"""Results from outside: read as Nagios reads them, or refused with a sentence that helps."""

import pytest

from atalaia.core.effects import Effects
from atalaia.core.events import LogLine
from atalaia.core.runtime import Runtime
from atalaia.core.states import CheckType
from support.builders import START, Story, a_host, a_model, a_service

MODEL = a_model(
    a_host("web", address="10.0.0.1"), a_service("job"), a_service("deaf", passive_checks_enabled=False)
)
JOB = ("web", "job")


def brought(text: str, key: tuple[str, str] = JOB) -> Runtime:
    """What is known of an object after a command."""
    story = Story(MODEL).at(1)
    story.order(text)
    assert story.refusal is None
    return story.world.states[key]


def refused(text: str, **settings: object) -> str:
    story = Story(a_model(*MODEL.hosts.values(), *MODEL.services.values(), **settings)).at(1)
    before = dict(story.world.states)
    effects: Effects = story.order(text)
    assert story.refusal is not None
    assert story.world.states == before
    assert effects.changed == {}
    return str(story.refusal)


def test_a_services_result_brings_state_text_and_performance_data() -> None:
    known = brought("PROCESS_SERVICE_CHECK_RESULT;web;job;1;late; again|seconds=9s\\nmore\\\\n")

    assert (known.state, known.output, known.perfdata) == (1, "late: again", "seconds=9s")
    assert known.long_output == "more\\n"
    assert known.check_type is CheckType.PASSIVE


def test_a_hosts_result_may_name_the_host_by_its_address() -> None:
    known = brought("process_host_check_result;10.0.0.1;2;gone", ("web", ""))

    assert (known.state, known.output) == (2, "gone")


def test_a_state_out_of_bounds_of_a_service_is_unknown() -> None:
    assert brought("PROCESS_SERVICE_CHECK_RESULT;web;job;7;what").state == 3


def test_an_output_is_not_needed() -> None:
    assert brought("PROCESS_SERVICE_CHECK_RESULT;web;job;2").output.startswith("(No output")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("NONSENSE;x", "no command 'NONSENSE'"),
        ("PROCESS_SERVICE_CHECK_RESULT;web;job", "lacks its field return_code"),
        ("PROCESS_HOST_CHECK_RESULT;web", "lacks its field status_code"),
        ("PROCESS_SERVICE_CHECK_RESULT;nowhere;job;0;x", "no host 'nowhere'"),
        ("PROCESS_SERVICE_CHECK_RESULT;web;nothing;0;x", "no service 'nothing'"),
        ("PROCESS_SERVICE_CHECK_RESULT;web;job;bad;x", "must be a number, not 'bad'"),
        ("PROCESS_HOST_CHECK_RESULT;web;3;x", "no state of a host"),
        ("PROCESS_SERVICE_CHECK_RESULT;web;deaf;0;x", "passive_checks_enabled"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert reason in refused(text)


@pytest.mark.parametrize(
    ("setting", "command"),
    [
        ("accept_passive_service_checks", "PROCESS_SERVICE_CHECK_RESULT;web;job;0;x"),
        ("accept_passive_service_checks", "PROCESS_HOST_CHECK_RESULT;web;0;x"),
        ("accept_passive_host_checks", "PROCESS_HOST_CHECK_RESULT;web;0;x"),
    ],
)
def test_a_server_that_takes_no_results_says_so(setting: str, command: str) -> None:
    assert setting in refused(command, **{setting: False})


def test_nagios_own_warning_names_the_missing_host() -> None:
    story = Story(MODEL).at(1)

    story.order("PROCESS_SERVICE_CHECK_RESULT;nowhere;job;0;x")

    (line,) = [event.text for event in story.effects.events if isinstance(event, LogLine)]
    assert line == (
        "Warning:  Passive check result was received for service 'job' on host 'nowhere', but the host could "
        "not be found!"
    )
    assert story.now > START
