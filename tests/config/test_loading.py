"""Any path, any bytes: a verdict comes back, never an exception; and the form of the text does not matter."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atalaia.config.load import Loaded, load
from atalaia.config.source import decode
from support.big_config import write_big_config
from support.config_cases import CASES, all_cases, ask_atalaia, read_case
from support.ordinary_user import ordinary_user, reachable_folder

BASE = (CASES / "base.cfg").read_text()
MAIN = "log_file=x\nillegal_macro_output_chars=x\ncfg_file=a.cfg\n"

anything = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def load_bytes(folder: Path, content: bytes, main: bytes = MAIN.encode()) -> Loaded:
    (folder / "nagios.cfg").write_bytes(main)
    (folder / "a.cfg").write_bytes(content)
    return load(folder / "nagios.cfg")


def test_a_main_file_is_read(tmp_path: Path) -> None:
    loaded = load_bytes(tmp_path, BASE.encode())

    assert loaded.ok
    assert loaded.model is not None
    assert list(loaded.model.hosts) == ["h1", "h2", "h3"]
    assert loaded.counts["services"] == 1


def test_a_folder_is_read_as_object_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "objects.cfg").write_text(BASE)
    (tmp_path / "notes.txt").write_text("nonsense")

    loaded = load(tmp_path)

    assert loaded.ok
    assert loaded.counts["hosts"] == 3


def test_a_folder_with_a_main_file_is_read_by_it(tmp_path: Path) -> None:
    (tmp_path / "nagios.cfg").write_text(MAIN)
    (tmp_path / "a.cfg").write_text(BASE)
    (tmp_path / "not-named.cfg").write_text("nonsense")

    assert load(tmp_path).ok


def test_an_empty_folder_has_nothing_to_watch(tmp_path: Path) -> None:
    loaded = load(tmp_path)

    assert not loaded.ok
    assert {problem.line for problem in loaded.problems.errors()} == {0}


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    loaded = load(tmp_path / "nope.cfg")

    assert not loaded.ok
    assert "cannot read" in loaded.problems.errors()[0].message


def test_an_unreadable_file_is_an_error() -> None:
    with reachable_folder() as folder:
        (folder / "nagios.cfg").write_text(MAIN)
        (folder / "a.cfg").write_text(BASE)
        with ordinary_user():
            readable = load(folder / "nagios.cfg")
        (folder / "a.cfg").chmod(0)

        with ordinary_user():
            loaded = load(folder / "nagios.cfg")

    assert readable.ok
    assert [one.message for one in loaded.problems.errors() if "Permission denied" in one.message]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    loaded = load(tmp_path / "pipe")

    assert "not a regular file" in loaded.problems.errors()[0].message


def test_the_garbage_collector_is_on_again_afterwards(tmp_path: Path) -> None:
    load(tmp_path)

    assert gc.isenabled()


def test_latin_1_is_read_when_a_file_is_not_utf_8(tmp_path: Path) -> None:
    loaded = load_bytes(tmp_path, BASE.replace("host_name  h3", "host_name  São").encode("latin-1"))

    assert [problem.message for problem in loaded.problems.errors()] == ["host `h3` is not defined anywhere"]
    assert decode("São".encode("latin-1")) == "São" == decode("São".encode())


@anything
@given(content=st.binary(max_size=400))
def test_no_bytes_crash_the_reader(tmp_path: Path, content: bytes) -> None:
    assert isinstance(load_bytes(tmp_path, content).ok, bool)
    assert isinstance(load_bytes(tmp_path, b"", content).ok, bool)


LANGUAGE = """
define host service timeperiod { } * !h2 , + null members hostgroup_name all service_description \\ ; # -5 use
machine host_name h1 contacts monday 00:00-24:00 parents include_file= name register 0 day 1 - 3 / 2
"""
WORDS = st.sampled_from([*LANGUAGE.split(), "\n", "\n", "\n", " ", "register 0", "day 1 - 3 / 2"])


@anything
@given(words=st.lists(WORDS, max_size=60))
def test_no_words_of_the_language_crash_the_reader(tmp_path: Path, words: list[str]) -> None:
    assert isinstance(load_bytes(tmp_path, (BASE + " ".join(words)).encode()).ok, bool)


@anything
@given(cut=st.integers(min_value=0, max_value=len(BASE)))
def test_no_truncation_crashes_the_reader(tmp_path: Path, cut: int) -> None:
    assert isinstance(load_bytes(tmp_path, BASE[:cut].encode()).ok, bool)


@pytest.mark.parametrize("chain", [2_000], ids=["2000 deep"])
def test_long_chains_do_not_exhaust_the_stack(tmp_path: Path, chain: int) -> None:
    templates = "".join(
        f"define host {{\n name t{n}\n use t{n - 1}\n register 0\n}}\n" for n in range(1, chain)
    )
    groups = "".join(
        f"define hostgroup {{\n hostgroup_name g{n}\n hostgroup_members g{n - 1}\n}}\n" for n in range(1, chain)
    )
    parents = "".join(
        f"define host {{\n host_name p{n}\n use machine\n parents p{n - 1}\n}}\n" for n in range(1, chain)
    )
    ends = (
        "define host {\n name t0\n use machine\n register 0\n}\n"
        "define hostgroup {\n hostgroup_name g0\n members h1\n}\n"
        "define host {\n host_name p0\n use machine\n}\n"
        f"define host {{\n host_name x\n use t{chain - 1}\n}}\n"
    )

    loaded = load_bytes(tmp_path, (BASE + templates + groups + parents + ends).encode())

    assert loaded.problems.errors() == []
    assert loaded.model is not None
    assert loaded.model.host_groups[f"g{chain - 1}"].members == ("h1",)
    assert loaded.model.hosts["x"].max_check_attempts == 3


@pytest.mark.parametrize("kind", ["use", "hostgroup_members", "parents"])
def test_long_circles_do_not_exhaust_the_stack(tmp_path: Path, kind: str) -> None:
    objects = {
        "use": "define host {{\n name c{a}\n use c{b}\n register 0\n}}\n",
        "hostgroup_members": "define hostgroup {{\n hostgroup_name c{a}\n hostgroup_members c{b}\n}}\n",
        "parents": "define host {{\n host_name c{a}\n use machine\n parents c{b}\n}}\n",
    }
    text = "".join(objects[kind].format(a=n, b=(n + 1) % 1_000) for n in range(1_000))

    loaded = load_bytes(tmp_path, (BASE + text).encode())

    assert any("circle" in problem.message for problem in loaded.problems.sorted())


CLEAN = [
    path for path in all_cases() if path.stem.startswith(("template-", "group-", "implied-", "timeperiod-"))
]


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_carriage_returns_change_nothing(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    plain = ask_atalaia(case.write(tmp_path / "plain"))
    case.files = {name: content.replace(b"\n", b"\r\n") for name, content in case.files.items()}

    assert ask_atalaia(case.write(tmp_path / "crlf")) == plain


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_splitting_a_file_changes_nothing(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    whole = ask_atalaia(case.write(tmp_path / "whole"))
    pieces: dict[str, bytes] = {}
    for name, content in case.files.items():
        for number, piece in enumerate(content.split(b"\ndefine ")):
            pieces[f"{name}-{number}.cfg"] = piece + b"\n" if not number else b"define " + piece + b"\n"
    case.files = pieces

    assert ask_atalaia(case.write(tmp_path / "split")) == whole


def test_plain_definitions_in_number_are_all_there(tmp_path: Path) -> None:
    loaded = load(write_big_config(tmp_path, hosts=50, services_per_host=10))

    assert loaded.ok
    assert (loaded.counts["hosts"], loaded.counts["services"]) == (50, 500)
