"""One folder, one server."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from atalaia.ports.storage import StorageError
from atalaia.storage.data_folder import DataFolder


def holder(path: Path) -> "subprocess.Popen[str]":
    """Another process that has the folder; it says so before this returns."""
    code = (
        "import sys, time; from pathlib import Path; from atalaia.storage.data_folder import DataFolder\n"
        f"folder = DataFolder.open(Path({str(path)!r})); print('open', flush=True); time.sleep(600)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    process.stdout.close()
    return process


def can_be_opened(path: Path) -> bool:
    """Tries for a while: a new child lets go of our descriptors a moment after it has started."""
    for _ in range(200):
        try:
            DataFolder.open(path).close()
        except StorageError:
            time.sleep(0.01)
        else:
            return True
    return False


def test_a_missing_folder_is_created_for_its_owner_only(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "var" / "atalaia")
    folder.close()

    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert folder.database == tmp_path / "var" / "atalaia" / "atalaia.db"


def test_the_mode_of_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    DataFolder.open(tmp_path).close()

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750


def test_the_lock_file_names_the_process(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path)
    text = (tmp_path / "atalaia.lock").read_text()
    folder.close()

    assert text == f"{os.getpid()}\n"


def test_a_second_server_is_told_who_has_the_folder(tmp_path: Path) -> None:
    process = holder(tmp_path)
    with pytest.raises(StorageError) as caught:
        DataFolder.open(tmp_path)
    process.kill()
    process.wait()

    assert str(caught.value) == (
        f"The data folder {tmp_path} is in use by process {process.pid}. Stop that server first, or choose "
        "another folder."
    )


def test_the_lock_vanishes_with_a_killed_process(tmp_path: Path) -> None:
    process = holder(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    folder = DataFolder.open(tmp_path)
    folder.close()

    assert (tmp_path / "atalaia.lock").read_text() == f"{os.getpid()}\n"


def test_a_child_of_the_server_does_not_keep_the_lock(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path)
    child = os.posix_spawn("/bin/sleep", ["sleep", "600"], {})  # hands on whatever may be inherited
    folder.close()
    try:
        assert can_be_opened(tmp_path)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_closed_folder_can_be_opened_again_and_closed_twice(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path)
    folder.close()
    folder.close()
    DataFolder.open(tmp_path).close()

    assert (tmp_path / "atalaia.lock").exists()


@pytest.mark.parametrize("below", ["", "data"])
def test_a_file_in_the_folders_place_is_refused(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StorageError, match=r"it is not a folder, or lies below a file\. Choose another one"):
        DataFolder.open(tmp_path / "file" / below)


def test_a_folder_that_cannot_be_created_is_refused() -> None:
    with pytest.raises(StorageError, match=r"/proc/atalaia cannot be created: .*Create it, owned by"):
        DataFolder.open(Path("/proc/atalaia"))


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(StorageError, match=r"/proc/self cannot be written: .*Give it to the server's user"):
        DataFolder.open(Path("/proc/self"))
