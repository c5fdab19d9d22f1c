"""Every case of `cases/` comes out as Nagios recorded it; `record.py` renews the recordings."""

from pathlib import Path

import pytest

from support.config_cases import CASES, all_cases, ask_atalaia, read_case, recorded


@pytest.mark.parametrize("path", all_cases(), ids=lambda path: path.stem)
def test_a_case_comes_out_as_in_nagios(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    ok, objects = recorded(path.stem)
    base = recorded("base")[1]

    outcome = ask_atalaia(case.write(tmp_path / "case"))

    assert outcome.ok == ok
    assert outcome.beyond({} if case.alone else base) == objects


def test_every_case_has_a_recording_and_says_what_it_shows() -> None:
    assert [path.stem for path in all_cases() if not path.with_suffix(".json").exists()] == []
    assert [path.stem for path in all_cases() if not path.read_text().startswith("# ")] == []


def test_no_recording_is_left_over() -> None:
    names = {path.stem for path in all_cases()} | {"base"}

    assert [path.stem for path in CASES.glob("*.json") if path.stem not in names] == []
