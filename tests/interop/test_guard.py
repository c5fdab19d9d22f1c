"""Who else works on the same files, and our own lock file."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from atalaia.interop.guard import LockFile, other_monitor
from support.builders import a_host, a_model
from support.interop_world import InteropWorld


@contextmanager
def another_process(code: str = "") -> Iterator[int]:
    """A process that lives for the length of the block, after it has done something."""
    program = f"{code}\nprint('ready', flush=True)\nimport time\ntime.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        try:
            yield process.pid
        finally:
            process.kill()


@pytest.mark.parametrize("text", ["", "nonsense", "0", "-1", "99999999", "99999999999999999999999"])
def test_a_lock_file_without_a_living_process_is_nobodys(tmp_path: Path, text: str) -> None:
    lock = tmp_path / "nagios.pid"
    lock.write_text(text)

    assert other_monitor(str(lock), "") == ""


def test_without_any_file_nobody_is_there(tmp_path: Path) -> None:
    assert other_monitor(str(tmp_path / "nagios.pid"), str(tmp_path / "nagios.cmd")) == ""
    assert other_monitor("", "") == ""


def test_a_living_process_in_the_lock_file_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "nagios.pid"
    with another_process() as pid:
        lock.write_text(f"{pid}\n")

        found = other_monitor(str(lock), "")

        assert str(pid) in found
        assert str(lock) in found
    assert other_monitor(str(lock), "") == ""


def test_our_own_number_is_not_another_one(tmp_path: Path) -> None:
    lock = tmp_path / "nagios.pid"
    lock.write_text(str(os.getpid()))

    assert other_monitor(str(lock), "") == ""


def test_a_number_that_was_given_out_again_is_nobodys(tmp_path: Path) -> None:
    lock = tmp_path / "nagios.pid"
    with another_process() as pid:
        lock.write_text(f"{pid}\n")
        long_ago = time.time() - 3600
        os.utime(lock, (long_ago, long_ago))

        assert other_monitor(str(lock), "") == ""


def test_a_lock_file_that_is_held_is_somebodys_whatever_it_says(tmp_path: Path) -> None:
    lock = tmp_path / "nagios.pid"
    hold = f"import fcntl\nheld = open({str(lock)!r}, 'w')\nfcntl.lockf(held, fcntl.LOCK_EX)"
    with another_process(hold):
        assert str(lock) in other_monitor(str(lock), "")


def test_a_reader_of_the_command_file_is_another_monitor(tmp_path: Path) -> None:
    pipe = tmp_path / "nagios.cmd"
    os.mkfifo(pipe)
    assert other_monitor("", str(pipe)) == ""

    with another_process(f"import os\nos.open({str(pipe)!r}, os.O_RDWR)"):
        assert str(pipe) in other_monitor("", str(pipe))


def test_an_ordinary_file_as_command_file_has_no_reader(tmp_path: Path) -> None:
    (tmp_path / "nagios.cmd").write_text("x")

    assert other_monitor("", str(tmp_path / "nagios.cmd")) == ""


# --- our own ----------------------------------------------------------------------------------------------


def a_lock(path: Path) -> LockFile:
    return LockFile(InteropWorld(a_model(a_host(), lock_file=str(path))).around)


def test_our_lock_file_holds_our_number_and_is_removed_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "nagios.pid"
    lock = a_lock(path)

    lock.look_after()
    assert path.read_text() == f"{os.getpid()}\n"
    lock.release()

    assert not path.exists()


def test_another_process_sees_that_it_is_held(tmp_path: Path) -> None:
    path = tmp_path / "nagios.pid"
    lock = a_lock(path)
    lock.look_after()
    code = (
        "import fcntl, sys\n"
        f"try:\n fcntl.lockf(open({str(path)!r}, 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "except BlockingIOError:\n sys.exit(7)\n"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 7
    lock.release()


def test_a_lock_file_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    for path in (tmp_path / "nowhere" / "nagios.pid", tmp_path, tmp_path / "link"):
        lock = a_lock(path)
        lock.look_after()
        lock.release()
    assert not (tmp_path / "victim").exists()


def test_a_lock_file_that_became_somebody_elses_stays(tmp_path: Path) -> None:
    path = tmp_path / "nagios.pid"
    lock = a_lock(path)
    lock.look_after()
    path.unlink()
    path.write_text("1\n")

    lock.release()

    assert path.read_text() == "1\n"


def test_a_stale_lock_file_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "nagios.pid"
    path.write_text("99999999 and more text than a number\n")
    lock = a_lock(path)

    lock.look_after()

    assert path.read_text() == f"{os.getpid()}\n"
    lock.release()
