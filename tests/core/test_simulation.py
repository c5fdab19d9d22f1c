"""Simulation: a scripted day in virtual time. How a scenario is read, and how it is played."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

import pytest

from atalaia.core.events import AnyFact, CommandReceived, LogLine
from atalaia.core.nagios_log import log_lines
from atalaia.core.objects import Model
from atalaia.core.simulation import Happening, ReadFile, ScenarioError, Simulation, read_scenario
from atalaia.core.telling import Recoveries
from support.builders import START, a_contact, a_host, a_model, a_service, an_escalation

FAILS = "0\tservice\tweb\thttp\t2\tboom"


def simulation(model: Model, **fields: Any) -> Simulation:
    return Simulation(model, start=START, tz=UTC, **fields)


def played(
    *lines: str, model: Model | None = None, until: float | None = None, read_file: ReadFile | None = None
) -> list[AnyFact]:
    given: dict[str, Any] = {"read_file": read_file} if read_file else {}
    the_model = model or a_model(a_service(max_check_attempts=1))
    return list(simulation(the_model, **given).play(read_scenario(lines), until))


def log(facts: Iterable[AnyFact], model: Model | None = None) -> list[str]:
    settings = (model or a_model()).settings
    return [f"[{fact.time - START:.0f}] {line}" for fact in facts for line in log_lines(fact, settings)]


# --- reading ------------------------------------------------------------------------------------------------


def test_the_three_kinds_of_lines_are_read() -> None:
    lines = [
        "0\tservice\tweb\thttp\t2\tboom\ttab\n",
        "1.5\thost\tweb\t1\tgone\r\n",
        "2\tcommand\tDISABLE_NOTIFICATIONS;a\tb\n",
    ]

    assert list(read_scenario(lines)) == [
        Happening(at=0.0, kind="service", fields=("web", "http", "2", "boom\ttab"), line=1),
        Happening(at=1.5, kind="host", fields=("web", "1", "gone"), line=2),
        Happening(at=2.0, kind="command", fields=("DISABLE_NOTIFICATIONS;a\tb",), line=3),
    ]


def test_empty_lines_and_comments_are_passed_over_but_counted() -> None:
    (happening,) = read_scenario(["", "  \t", "# a comment", "  # another", FAILS])

    assert happening.line == 5


@pytest.mark.parametrize("line", ["0\tservice\tweb\thttp\t2", "0\thost\tweb\t1"])
def test_the_output_may_be_left_out(line: str) -> None:
    (happening,) = read_scenario([line])

    assert happening.fields[-1] == ""


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("nonsense", "line 1: the kind must be one of service, host, command, not '' (fields end at tabs)"),
        ("0 host web 1", "line 1: the kind must be one of service, host, command, not '' (fields end at tabs)"),
        (
            "0\tdog\tweb",
            "line 1: the kind must be one of service, host, command, not 'dog' (fields end at tabs)",
        ),
        ("soon\thost\tweb\t1\tx", "line 1: 'soon' is no number of seconds"),
        ("-1\thost\tweb\t1\tx", "line 1: a scenario begins at second 0, not at -1"),
        ("inf\thost\tweb\t1\tx", "line 1: a scenario begins at second 0, not at inf"),
        ("nan\thost\tweb\t1\tx", "line 1: a scenario begins at second 0, not at nan"),
        ("0\thost\tweb", "line 1: host needs 3 fields behind it, divided by tabs"),
        ("0\tservice\tweb\thttp", "line 1: service needs 4 fields behind it, divided by tabs"),
        ("0\tcommand\t", "line 1: command needs 1 fields behind it, divided by tabs"),
        ("0\thost\tweb\tbad\tx", "line 1: 'bad' is no exit code"),
        ("0\thost\tweb\t--3\tx", "line 1: '--3' is no exit code"),
        ("0\thost\tweb\t²\tx", "line 1: '²' is no exit code"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(line: str, complaint: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        list(read_scenario([line]))

    assert str(caught.value) == complaint


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("0\thost\tnowhere\t1\tx", "host 'nowhere'"),
        ("0\tservice\tweb\tnothing\t1\tx", "service 'nothing' on host 'web'"),
    ],
)
def test_an_object_that_is_not_there_is_named(line: str, what: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        played("# first", line)

    assert str(caught.value) == f"line 2: there is no {what} in the configuration"


# --- results ------------------------------------------------------------------------------------------------


def test_results_lead_to_what_they_would_lead_to() -> None:
    assert log(played(FAILS, "10\tservice\tweb\thttp\t0\tfine")) == [
        "[0] SERVICE NOTIFICATION: ana;web;http;CRITICAL;tell-service;boom",
        "[0] SERVICE ALERT: web;http;CRITICAL;HARD;1;boom",
        "[10] SERVICE NOTIFICATION: ana;web;http;OK;tell-service;fine",
        "[10] SERVICE ALERT: web;http;OK;HARD;1;fine",
    ]


@pytest.mark.parametrize(("aggressive", "alerts"), [(False, 0), (True, 1)])
def test_exit_codes_of_hosts_are_judged_as_those_of_plugins(aggressive: bool, alerts: int) -> None:
    model = a_model(a_host(), use_aggressive_host_checking=aggressive)

    assert len([line for line in log(played("0\thost\tweb\t1\tx", model=model)) if "ALERT" in line]) == alerts


def test_outputs_may_hold_escaped_lines_and_performance_data() -> None:
    model = a_model(a_service())
    story = simulation(model)

    list(story.play(read_scenario(["0\tservice\tweb\thttp\t0\tfine|x=1\\nmore"])))

    known = story.world.states[("web", "http")]
    assert (known.output, known.perfdata, known.long_output) == ("fine", "x=1", "more")


def test_an_odd_exit_code_is_complained_about_as_nagios_does() -> None:
    lines = log(played("0\tservice\tweb\thttp\t126\tx", "1\thost\tweb\t-3\tx"))

    assert (
        "[0] Warning: Return code of 126 for service 'http' on host 'web' may indicate a non-executable plugin."
        in lines
    )
    assert "[1] Warning: Return code of -3 for check of host 'web' was out of bounds." in lines


def test_who_hears_of_a_recovery_can_be_chosen() -> None:
    model = a_model(
        a_service(max_check_attempts=1, notification_interval=10.0),
        a_contact("ana"),
        a_contact("bia"),
        an_escalation(2),
    )
    lines = [FAILS, FAILS.replace("0", "10", 1), "20\tservice\tweb\thttp\t0\tfine"]

    told = {
        mode: sorted(
            line.split(";")[0].rpartition(" ")[2]
            for line in log(simulation(model, recoveries=mode).play(read_scenario(lines)))
            if line.startswith("[20] SERVICE NOTIFICATION")
        )
        for mode in Recoveries
    }

    assert told == {
        Recoveries.COMPLETE: ["ana", "bia"],
        Recoveries.NAGIOS: ["ana"],
        Recoveries.TOLD: ["ana", "bia"],
    }


# --- time ---------------------------------------------------------------------------------------------------


def test_a_line_that_lies_before_the_one_above_it_happens_at_its_moment() -> None:
    facts = played("10\thost\tweb\t2\tx", "5\tservice\tweb\thttp\t2\tx")

    assert {fact.time - START for fact in facts} == {10.0}


def test_what_is_planned_happens_at_its_own_moment_between_the_lines() -> None:
    plan = f"SCHEDULE_HOST_DOWNTIME;web;{START + 10:.0f};{START + 20:.0f};1;0;0;ana;work"

    lines = log(played(f"0\tcommand\t{plan}", "100\tcommand\tDISABLE_NOTIFICATIONS"))

    alerts = [line for line in lines if "DOWNTIME ALERT" in line]
    assert alerts == [
        "[10] HOST DOWNTIME ALERT: web;STARTED; Host has entered a period of scheduled downtime",
        "[20] HOST DOWNTIME ALERT: web;STOPPED; Host has exited from a period of scheduled downtime",
    ]


def test_it_goes_on_until_the_second_that_was_asked_for() -> None:
    plan = f"0\tcommand\tSCHEDULE_HOST_DOWNTIME;web;{START + 10:.0f};{START + 20:.0f};1;0;0;ana;work"

    assert len([line for line in log(played(plan)) if "DOWNTIME ALERT" in line]) == 0
    assert len([line for line in log(played(plan, until=15)) if "DOWNTIME ALERT" in line]) == 1
    assert len([line for line in log(played(plan, until=25)) if "DOWNTIME ALERT" in line]) == 2


def test_lines_behind_that_second_do_not_happen() -> None:
    assert log(played("10\thost\tweb\t2\tx", until=5)) == []


def test_checks_that_the_server_would_begin_find_nobody_to_run_them() -> None:
    model = a_model(a_service(check_interval=10.0))
    story = simulation(model)

    list(story.play([], until=100))

    assert dict(story.world.executing) == {}
    assert story.world.states[("web", "http")].has_been_checked is False


def test_initial_states_are_logged_where_the_main_file_says_so() -> None:
    model = a_model(a_service(), log_initial_states=True)

    assert log(played(model=model)) == [
        "[0] INITIAL HOST STATE: web;UP;HARD;1;",
        "[0] INITIAL SERVICE STATE: web;http;OK;HARD;1;(null)",
    ]


# --- commands -----------------------------------------------------------------------------------------------


def test_commands_come_from_the_simulation() -> None:
    (received,) = [
        one for one in played("0\tcommand\tDISABLE_NOTIFICATIONS") if isinstance(one, CommandReceived)
    ]

    assert received.source == "simulation"


def test_after_the_program_was_shut_down_nothing_happens() -> None:
    lines = log(played("5\tcommand\tSHUTDOWN_PROGRAM", "10\thost\tweb\t2\tx", until=100))

    assert lines == ["[5] EXTERNAL COMMAND: SHUTDOWN_PROGRAM;"]


def test_it_may_be_shut_down_later() -> None:
    lines = log(
        played(f"0\tcommand\tSHUTDOWN_PROGRAM;{START + 15:.0f}", "10\thost\tweb\t2\tx", "20\thost\tweb\t0\tx")
    )

    assert [line for line in lines if "HOST ALERT" in line] == ["[10] HOST ALERT: web;DOWN;HARD;1;x"]


def files(**contents: list[str]) -> ReadFile:
    return contents.get


def commands(facts: list[AnyFact]) -> list[str]:
    return [one.command for one in facts if isinstance(one, CommandReceived)]


def test_a_file_with_commands_is_carried_out_line_by_line() -> None:
    facts = played(
        "5\tcommand\tPROCESS_FILE;orders;0",
        read_file=files(orders=["[1] DISABLE_NOTIFICATIONS\n", "[2] enable_notifications\n", "[3] NONSENSE"]),
    )

    assert commands(facts) == ["PROCESS_FILE", "DISABLE_NOTIFICATIONS", "enable_notifications"]
    assert log(facts)[-1] == "[5] Warning: Unrecognized external command -> NONSENSE;"


def test_lines_without_a_timestamp_and_files_in_files_are_passed_over() -> None:
    facts = played(
        "5\tcommand\tPROCESS_FILE;orders;0",
        read_file=files(
            orders=[
                "DISABLE_NOTIFICATIONS",
                "[soon] DISABLE_NOTIFICATIONS",
                "[²] DISABLE_NOTIFICATIONS",
                "[1] process_file;orders;0",
                "",
            ]
        ),
    )

    assert commands(facts) == ["PROCESS_FILE"]


def test_a_file_that_cannot_be_read_is_complained_about() -> None:
    (line,) = [one for one in played("5\tcommand\tPROCESS_FILE;orders;0") if isinstance(one, LogLine)]

    assert line.text == "Error: Cannot open file 'orders' to process external commands!"


@pytest.mark.parametrize(("delete", "times"), [("0", 2), ("1", 1)])
def test_a_file_that_was_to_be_deleted_is_not_read_again(delete: str, times: int) -> None:
    facts = played(
        f"5\tcommand\tPROCESS_FILE;orders;{delete}",
        "6\tcommand\tPROCESS_FILE;orders;0",
        read_file=files(orders=["[1] SAVE_STATE_INFORMATION"]),
    )

    assert commands(facts).count("SAVE_STATE_INFORMATION") == times


def test_a_command_in_a_file_may_shut_the_program_down() -> None:
    facts = played(
        "5\tcommand\tPROCESS_FILE;orders;0",
        "10\thost\tweb\t2\tx",
        read_file=files(orders=["[1] SHUTDOWN_PROGRAM"]),
    )

    assert not [line for line in log(facts) if "ALERT" in line]
