"""SQLite's errors as sentences that say what happened to what and what to do about it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from atalaia.ports.storage import StorageError

_RESTORE = "Restore it from a backup, or move it away: the server then starts with an empty memory."

_LOCKED = "another process keeps it locked. Find out who has it open (`fuser -v` names it) and end that."

_SENTENCES = {
    sqlite3.SQLITE_FULL: "the disk is full. Free some space on it.",
    sqlite3.SQLITE_READONLY: (
        "it cannot be written. Check its permissions, its folder's, and that the file system is not mounted "
        "read-only."
    ),
    sqlite3.SQLITE_PERM: "access is refused. Check its permissions and its folder's.",
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened. Check that its folder exists and may be written by the server's user."
    ),
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_CORRUPT: f"it is damaged. {_RESTORE}",
    sqlite3.SQLITE_NOTADB: f"it is not an SQLite database. {_RESTORE}",
    sqlite3.SQLITE_IOERR: (
        "the disk reports an error or refuses more data. Check the disk, its free space and the server's file "
        "size limit."
    ),
}
"""By SQLite's primary result code."""


def sentence(path: Path, error: Exception) -> str:
    """What to tell about an error that concerns the database at `path`."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        return (
            f"{path}: {cause.strerror}. Check that its folder exists and may be written by the server's user."
        )
    code = getattr(cause, "sqlite_errorcode", 0) or 0
    known = _SENTENCES.get(code & 0xFF)  # the upper bits only refine
    if known is None:
        return f"{path}: {cause}."
    return f"{path}: {known} (SQLite says: {cause})"


@contextmanager
def as_storage_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite and SQLAlchemy raise within into StorageErrors about the database at `path`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StorageError(sentence(path, error)) from error
