"""The table `produtos` behind a URL: PostgreSQL, or an SQLite file for the smallest set-up.

Here: connecting, and taking what waits in batches, each in a transaction of its own. Not here: what a category
is, and what is told about a run.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

SCHEMAS = Path(__file__).resolve().parent / "esquema"
CONNECT_WITHIN = 5  # seconds
WAIT_FOR_LOCKS = 10  # seconds
POSTGRESQL = ("postgresql", "postgres")

COUNT = "SELECT count(*) FROM produtos WHERE categoria IS NULL"
# By number, after the last one seen: a product that stays without a category is passed once only.
NEXT = "SELECT id, descricao FROM produtos WHERE categoria IS NULL AND id > ? ORDER BY id LIMIT ?"
# Whoever gave the product a category meanwhile, a person perhaps, keeps it.
WRITE = """
    UPDATE produtos SET categoria = ?, probabilidade = ?, classificado_em = ? WHERE id = ? AND categoria IS NULL
"""
ANY = "SELECT EXISTS (SELECT 1 FROM produtos)"
ADD = "INSERT INTO produtos (descricao) VALUES (?)"


class DatabaseError(Exception):
    """The database cannot be reached or does not do what it is asked; the text holds no password."""


@dataclass(frozen=True, slots=True)
class Product:
    """A product that waits for a category."""

    number: int
    description: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The category that a product gets, and how sure the model is, 0 to 1."""

    number: int
    category: str
    probability: float


class Database(Protocol):
    """What the job needs of a database."""

    def waiting(self) -> int:
        """How many products have no category."""

    def any(self) -> bool:
        """Whether there is any product at all."""

    def batch(self, after: int, size: int) -> list[Product]:
        """The next products without a category, by number; opens the transaction that `write` ends."""

    def write(self, verdicts: Sequence[Verdict]) -> None:
        """Writes the categories of a batch and ends its transaction: all of them, or, when it fails, none."""

    def create(self) -> None:
        """Makes the table where it is missing."""

    def add(self, descriptions: Sequence[str]) -> None:
        """Adds products without a category."""


class SQLite:
    """An SQLite file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def waiting(self) -> int:
        return int(self._connection.execute(COUNT).fetchone()[0])

    def any(self) -> bool:
        return bool(self._connection.execute(ANY).fetchone()[0])

    def batch(self, after: int, size: int) -> list[Product]:
        # IMMEDIATE: a second job on the same file waits here and then sees what this one has written.
        self._connection.execute("BEGIN IMMEDIATE")
        return [Product(*row) for row in self._connection.execute(NEXT, (after, size))]

    def write(self, verdicts: Sequence[Verdict]) -> None:
        self._connection.executemany(WRITE, _rows(verdicts, _now().isoformat(timespec="seconds")))
        self._connection.execute("COMMIT")

    def create(self) -> None:
        self._connection.executescript((SCHEMAS / "sqlite.sql").read_text(encoding="utf-8"))

    def add(self, descriptions: Sequence[str]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(ADD, [(text,) for text in descriptions])
        self._connection.execute("COMMIT")


class PostgreSQL:
    """A PostgreSQL database, through psycopg."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def waiting(self) -> int:
        found = self._connection.execute(COUNT).fetchone()[0]
        self._connection.rollback()  # no transaction stays open while nothing is done
        return int(found)

    def any(self) -> bool:
        found = self._connection.execute(ANY).fetchone()[0]
        self._connection.rollback()
        return bool(found)

    def batch(self, after: int, size: int) -> list[Product]:
        # Rows that another job has in hand are left to it.
        rows = self._connection.execute(f"{NEXT} FOR UPDATE SKIP LOCKED".replace("?", "%s"), (after, size))
        return [Product(*row) for row in rows.fetchall()]

    def write(self, verdicts: Sequence[Verdict]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(WRITE.replace("?", "%s"), _rows(verdicts, _now()))
        self._connection.commit()

    def create(self) -> None:
        self._connection.execute((SCHEMAS / "postgresql.sql").read_text(encoding="utf-8"))
        self._connection.commit()

    def add(self, descriptions: Sequence[str]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(ADD.replace("?", "%s"), [(text,) for text in descriptions])
        self._connection.commit()


def _now() -> datetime:
    return datetime.now(UTC)


def _rows(verdicts: Sequence[Verdict], when: object) -> list[tuple[object, ...]]:
    return [(one.category, one.probability, when, one.number) for one in verdicts]


@contextmanager
def opened(url: str, *, create: bool = False) -> Iterator[Database]:
    """The database behind `postgresql://user:password@host/name`, `sqlite:///relative.db` or `sqlite:////absolute.db`.

    What a transaction has not written when it is left stays unwritten.

    Args:
        create: an SQLite file that is missing is made instead of refused.

    Raises:
        DatabaseError: an unknown kind of URL, no connection, or a statement that failed.
    """
    kind, _, rest = url.partition("://")
    if kind == "sqlite":
        with _opened_sqlite(rest.removeprefix("/"), create=create) as database:
            yield database
    elif kind in POSTGRESQL:
        with _opened_postgresql(url) as database:
            yield database
    else:
        raise DatabaseError("o endereço do banco deve começar com postgresql:// ou sqlite:///")


@contextmanager
def _opened_sqlite(path: str, *, create: bool) -> Iterator[Database]:
    if not (create or Path(path).is_file()):
        raise DatabaseError(f"o arquivo {path} não existe")
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_FOR_LOCKS, isolation_level=None)) as connection:
            yield SQLite(connection)
    except sqlite3.Error as error:
        raise DatabaseError(f"{path}: {error}") from error


@contextmanager
def _opened_postgresql(url: str) -> Iterator[Database]:
    import psycopg  # noqa: PLC0415 - an SQLite set-up does without it

    try:
        place = urlsplit(url)
        secret, shown = place.password, f"{place.hostname or 'local'}{place.path}"
        # No `with connection`: it would commit at its end what was begun.
        with closing(
            psycopg.connect(url, connect_timeout=CONNECT_WITHIN, application_name="classificador-produtos")
        ) as connection:
            connection.execute(f"SET lock_timeout = '{WAIT_FOR_LOCKS}s'")
            connection.commit()
            yield PostgreSQL(connection)
    except (psycopg.Error, ValueError) as error:
        words = " ".join(str(error).split())
        raise DatabaseError(f"{shown}: {words.replace(secret, '…') if secret else words}") from None
