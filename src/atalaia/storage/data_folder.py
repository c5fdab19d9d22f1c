"""The folder that a server keeps its memory in, and the lock that keeps a second server out of it."""

import fcntl
import os
from pathlib import Path

from atalaia.ports.storage import StorageError

DATABASE = "atalaia.db"
LOCK = "atalaia.lock"


class DataFolder:
    """A data folder that belongs to this process until it is closed or the process ends, however it ends."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def open(cls, path: Path) -> "DataFolder":
        """Creates the folder where it is missing (only for its owner to read) and locks it.

        Raises:
            StorageError: it cannot be used; the sentence says why and what to do.
        """
        path = path.absolute()
        _ensure_folder(path)
        return cls(path, _locked(path / LOCK, path))

    @property
    def database(self) -> Path:
        """Where the database is, or will be."""
        return self.path / DATABASE

    def close(self) -> None:
        """Lets the next server in. The lock file stays: removing it would let two servers in at once."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _ensure_folder(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise StorageError(
            f"{path} cannot be the data folder: it is not a folder, or lies below a file. Choose another one."
        ) from error
    except OSError as error:
        raise StorageError(
            f"The data folder {path} cannot be created: {error.strerror}. Create it, owned by the server's "
            "user, or choose another one."
        ) from error


def _locked(path: Path, folder: Path) -> int:
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(
            f"The data folder {folder} cannot be written: {error.strerror}. Give it to the server's user, or "
            "choose another one."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    except BlockingIOError as error:
        owner = os.pread(lock, 32, 0).decode(errors="replace").strip() or "unknown"
        os.close(lock)
        raise StorageError(
            f"The data folder {folder} is in use by process {owner}. Stop that server first, or choose another "
            "folder."
        ) from error
    except OSError as error:
        os.close(lock)
        raise StorageError(
            f"The data folder {folder} cannot be locked: {error.strerror}. Free some space, or choose a "
            "folder on a local disk."
        ) from error
    return lock
