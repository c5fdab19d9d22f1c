"""What is there after a kill, on a full disk and on a read-only one: real processes and file systems."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest

from atalaia.ports.storage import Batch, EventFilter, StorageError
from atalaia.storage.sqlite import SqliteStore
from support.facts import changed, state
from support.ordinary_user import ordinary_user, reachable_folder

ALL = EventFilter()
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

WRITER = """
import sys
from pathlib import Path
from support.facts import changed, pending, state
from atalaia.ports.storage import Batch
from atalaia.storage.sqlite import SqliteStore

store = SqliteStore(Path(sys.argv[1]))
start = int(sys.argv[2])
for number in range(start, start + 100_000):
    text = str(number) * 50
    stored = store.write(Batch(
        states={("web", str(number % 7)): state(attempt=number, output=text)},
        events=[changed(time=float(number), output=text)],
        outbox=[pending(str(number))],
        sent=[str(number - 3)],
    ))
    print(stored[0].id, number, flush=True)
"""

LIMITED = """
import resource, sys
from pathlib import Path
from support.facts import changed
from atalaia.ports.storage import Batch, EventFilter, StorageError
from atalaia.storage.sqlite import SqliteStore

store = SqliteStore(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
written = 0
try:
    while True:
        store.write(Batch(events=[changed(output="x" * 5000) for _ in range(10)]))
        written += 10
except StorageError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
again = store.write(Batch(events=[changed()]))
print(written + 1 == again[0].id == len(store.events_after(0, 10_000, EventFilter())))
store.close()
"""


def write_until_killed(path: Path, start: int, seconds: float) -> list[tuple[int, int]]:
    """Lets a process write and kills it; returns what it had confirmed, as (event number, its number)."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(start)],
        stdout=subprocess.PIPE,
        env=ENVIRONMENT,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    rest = process.stdout.read()
    process.stdout.close()
    process.wait()
    lines = (first + rest).splitlines(keepends=True)
    pairs = (line.split() for line in lines if line.endswith("\n"))
    return [(int(number), int(name)) for number, name in pairs]


@pytest.mark.slow
def test_whatever_was_confirmed_before_a_kill_is_there_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "atalaia.db"
    chance = random.Random(7)  # only spreads the kills over the transaction's phases
    confirmed: dict[int, float] = {}
    for turn in range(8):
        confirmed.update(write_until_killed(path, turn * 100_000, chance.uniform(0.02, 0.25)))
        with closing(sqlite3.connect(path)) as check:
            assert check.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        store = SqliteStore(path)
        events = {stored.id: stored.event for stored in store.events_after(0, 1_000_000, ALL)}
        memory = store.load()
        store.close()
        newest = max(int(event.time) for event in events.values())

        assert len(confirmed) > turn
        found = {number: float(events[number].time) for number in confirmed}
        assert found == confirmed
        # State, event and outbox are of the same moment: that of the newest event, confirmed or not.
        assert max(known.attempt for known in memory.states.values()) == newest
        assert str(newest) in {item.message.key for item in memory.outbox}


@pytest.mark.slow
def test_a_file_size_limit_is_a_storage_error_and_the_store_goes_on_afterwards(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "atalaia.db")],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
    )
    sentence, consistent = done.stdout.splitlines() or [done.stderr, ""]

    assert "atalaia.db: the disk" in sentence
    assert consistent == "True"


def mount(folder: Path, *options: str) -> None:
    """Puts a small file system over a folder, where that is allowed."""
    program = shutil.which("mount")
    command = [program or "mount", "-t", "tmpfs", *options, "tmpfs", str(folder)]
    if program is None or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a file system")


def write_for_ever(store: SqliteStore, batch: Batch) -> NoReturn:
    while True:
        store.write(batch)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount(folder, "-o", "size=1m")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_a_sentence_and_nothing_is_lost_once_there_is_space(small_disk: Path) -> None:
    store = SqliteStore(small_disk / "atalaia.db")
    store.write(Batch(states={("web", ""): state(attempt=2)}))
    (small_disk / "filler").write_bytes(b"x" * 300_000)
    batch = Batch(events=[changed(output="x" * 5000) for _ in range(100)])
    with pytest.raises(StorageError, match=r"atalaia\.db: the disk is full\. Free some space on it"):
        write_for_ever(store, batch)
    before = len(store.events_after(0, 1000, ALL))
    (small_disk / "filler").unlink()
    small = store.write(Batch(events=[changed()]))
    states = store.load().states
    store.close()

    assert small[0].id == before + 1
    assert states == {("web", ""): state(attempt=2)}


def test_a_disk_that_turns_read_only_is_a_sentence(small_disk: Path) -> None:
    path = small_disk / "atalaia.db"
    SqliteStore(path).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    with pytest.raises(StorageError, match=r"Read-only file system|read-only"):
        SqliteStore(path)


def test_a_file_that_only_others_may_write_is_a_sentence() -> None:
    with reachable_folder() as folder:
        path = folder / "atalaia.db"
        SqliteStore(path).close()
        path.chmod(0o444)

        with ordinary_user(), pytest.raises(StorageError, match=r"Permission denied|readonly|read-only"):
            SqliteStore(path)
