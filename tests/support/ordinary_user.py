"""What root may do and others may not: for tests of files that cannot be read or written."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

NOBODY = 65534


@contextlib.contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder that an ordinary user reaches; pytest's own is closed to all but the one who runs the tests."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextlib.contextmanager
def ordinary_user() -> Iterator[None]:
    """For the length of the block, root has no more rights to files than anybody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
