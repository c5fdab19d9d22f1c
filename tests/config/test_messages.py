"""What a person reads about mistakes: where, what, and what to write instead."""

from pathlib import Path

import pytest

from atalaia.config import effects
from atalaia.config.load import load
from support.config_cases import CASES

BASE = (CASES / "base.cfg").read_text()


def messages(tmp_path: Path, objects: str, main: str = "") -> list[str]:
    """Return the errors and warnings of a configuration, as `file:line: severity: message`."""
    (tmp_path / "base.cfg").write_text(BASE)
    (tmp_path / "a.cfg").write_text(objects)
    path = tmp_path / "nagios.cfg"
    path.write_text(f"log_file=x\nillegal_macro_output_chars=x\ncfg_file=base.cfg\ncfg_file=a.cfg\n{main}\n")
    found = [str(problem) for problem in load(path).problems.sorted()]
    return [text.replace(f"{tmp_path}/", "") for text in found]


def test_an_unknown_directive_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    found = messages(tmp_path, "define host {\n  host_name x\n  use machine\n  addressx 127.0.0.1\n}\n")

    assert found == ["a.cfg:4: error: unknown directive `addressx` in host - did you mean `address`?"]


def test_the_line_counts_comments_and_continued_lines(tmp_path: Path) -> None:
    text = "# one\ndefine host { ; two\n # three\n host_name x\n\n alias a \\\n  b\n use machine\n nope 1\n}"

    assert messages(tmp_path, text) == [
        "a.cfg:9: error: unknown directive `nope` in host (an own variable starts with an underscore)"
    ]


def test_a_missing_template_is_one_problem_however_many_use_it(tmp_path: Path) -> None:
    text = "".join(f"define host {{\n host_name x{n}\n use machinee\n}}\n" for n in range(100))

    assert messages(tmp_path, text) == [
        (
            "a.cfg:3: error: there is no host template `machinee` - did you mean `machine`?"
            " (also a.cfg:7 and 98 more)"
        )
    ]


def test_a_damaged_object_can_still_be_named_by_others(tmp_path: Path) -> None:
    text = (
        "define host {\n host_name x\n use machine\n nope 1\n}\n"
        "define service {\n host_name x\n service_description s\n use thing\n}\n"
    )

    assert [line.partition(" error")[0] for line in messages(tmp_path, text)] == ["a.cfg:4:"]


def test_all_mistakes_of_a_run_are_told_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    text = (
        "define service {\n host_name nope\n service_description s\n use thing\n check_command chk\n}\n"
        "define hots {\n}\n"
        "define host {\n host_name x\n use machine\n max_check_attempts 0\n}\n"
    )

    assert [line.partition(" error")[0] for line in messages(tmp_path, text, "nope=1")] == [
        "a.cfg:2:",
        "a.cfg:7:",
        "a.cfg:12:",
        "nagios.cfg:5:",
    ]


def test_a_service_says_which_command_it_lacks(tmp_path: Path) -> None:
    text = "define service {\n host_name h1\n service_description s\n use thing\n check_command chk!1\n}\n"

    assert messages(tmp_path, text) == [
        "a.cfg:5: error: command `chk` is not defined anywhere - did you mean `check`?"
    ]


def test_a_missing_directive_is_told_at_the_definition(tmp_path: Path) -> None:
    text = "\ndefine host {\n  host_name x\n  contacts ann\n}\n"

    assert messages(tmp_path, text) == ["a.cfg:2: error: host `x` lacks `max_check_attempts`"]


def test_a_circle_is_written_out(tmp_path: Path) -> None:
    text = "".join(
        f"define host {{\n host_name {a}\n use machine\n parents {b}\n}}\n"
        for a, b in (("x", "y"), ("y", "z"), ("z", "x"))
    )

    assert messages(tmp_path, text) == [
        "a.cfg:4: error: hosts are parents of each other in a circle: x -> y -> z -> x"
    ]


def test_an_include_that_leads_back_is_told(tmp_path: Path) -> None:
    found = messages(tmp_path, f"include_file={tmp_path}/a.cfg\n")

    assert found == ["a.cfg:1: error: `a.cfg` includes itself"]


def test_a_folder_named_as_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    found = messages(tmp_path, "", "cfg_file=folder")

    assert found == ["nagios.cfg:5: error: `folder` is a folder, a file is wanted; use cfg_dir for a folder"]


def test_a_file_named_as_folder_is_told(tmp_path: Path) -> None:
    assert messages(tmp_path, "", "cfg_dir=base.cfg") == [
        "nagios.cfg:5: error: cannot read folder `base.cfg`: Not a directory"
    ]


def test_a_folder_that_leads_back_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "back").symlink_to(tmp_path / "deep")

    found = messages(tmp_path, "", "cfg_dir=deep")

    assert found == ["nagios.cfg:5: error: folder `deep/back` leads back to itself through a symbolic link"]


@pytest.mark.parametrize("line", ["$USER1$", "$USER1$s3cret", "s3cret", "$USER999$=s3cret", "s3cret=s3cret"])
def test_a_secret_is_never_shown(tmp_path: Path, line: str) -> None:
    (tmp_path / "res.cfg").write_text(f"$USER2$=s3cret\n{line}\n")

    found = messages(tmp_path, "", "resource_file=res.cfg")

    assert len(found) == 1
    assert found[0].startswith("res.cfg:2: ")
    assert "s3cret" not in found[0].replace("`s3cret` is ignored", "")


def test_a_yes_that_means_no_is_told(tmp_path: Path) -> None:
    text = "define host {\n host_name x\n use machine\n active_checks_enabled yes\n}\n"

    assert messages(tmp_path, text) == [
        "a.cfg:4: warning: `yes` is not a number; Nagios reads `active_checks_enabled` as 0 here, and so do we"
    ]


def test_the_loser_of_two_services_is_told(tmp_path: Path) -> None:
    service = "define service {\n host_name h1\n service_description s\n use thing\n}\n"

    assert messages(tmp_path, service * 2) == [
        "a.cfg:1: warning: service `s` on host `h1` is defined twice; the one at a.cfg:6 counts"
    ]


def test_what_has_no_effect_is_one_warning_that_says_where_to_read_on(tmp_path: Path) -> None:
    (found,) = warnings_of(
        tmp_path, "broker_module=/x.so", "check_for_updates=0", "nagios_user=nagios", "broker_module=/y.so"
    )

    assert found.startswith("without effect: broker_module (nagios.cfg:4), nagios_user (nagios.cfg:6); see ")
    assert found.endswith(f'{effects.PAGE}, "{effects.SECTION}"')


def test_what_asks_for_nothing_and_what_works_is_no_warning(tmp_path: Path) -> None:
    assert (
        warnings_of(
            tmp_path,
            "debug_level=0",
            "debug_file=/var/log/nagios4/nagios.debug",
            "check_workers=0",
            "event_broker_options=0",
            "obsess_over_hosts=1",
            "status_file=/var/lib/nagios4/status.dat",
            "command_file=/var/lib/nagios4/rw/nagios.cmd",
            "process_performance_data=1",
            "use_large_installation_tweaks=1",
        )
        == []
    )


def warnings_of(folder: Path, *lines: str) -> list[str]:
    """Return the warnings about a main file with these lines."""
    always = ("log_file=x", "illegal_macro_output_chars=x", "cfg_file=a.cfg")
    (folder / "nagios.cfg").write_text("".join(f"{line}\n" for line in (*always, *lines)))
    (folder / "a.cfg").write_text(BASE)
    return [problem.message for problem in load(folder / "nagios.cfg").problems.warnings()]


@pytest.mark.parametrize(
    ("interval", "complaint"),
    [
        ("inf", "`check_interval inf` is not a number of finite size"),
        ("1e12", "`check_interval 1e12` is too large; at most 100000000"),
    ],
)
def test_an_interval_that_no_calendar_reaches_is_an_error(
    tmp_path: Path, interval: str, complaint: str
) -> None:
    found = messages(tmp_path, f"define host {{\n host_name x\n use machine\n check_interval {interval}\n}}\n")

    assert found == [f"a.cfg:4: error: {complaint}"]
