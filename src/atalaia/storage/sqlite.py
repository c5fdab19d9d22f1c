"""The server's memory in one SQLite file.

Durability: write-ahead log with ``synchronous=FULL``. `write` returns after the disk has confirmed, so what
was announced survives a power cut and not only the end of the process; see docs/reference/data-folder.md.

Threads: every method may be called from any thread. `write` uses one connection of its own and one caller at
a time; readers take connections from a pool and never wait for the writer, nor it for them.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Select,
    Table,
    bindparam,
    create_engine,
    delete,
    event,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert as upsert_into
from sqlalchemy.dialects.sqlite.dml import Insert

from atalaia.core.events import type_name
from atalaia.core.objects import ObjectKey
from atalaia.core.runtime import Runtime
from atalaia.core.states import StateType
from atalaia.ports.storage import Batch, EventFilter, Memory, OutboxItem, StoredEvent
from atalaia.storage import schema
from atalaia.storage.migrate import bring_up_to_date
from atalaia.storage.people import read_people, write_people
from atalaia.storage.records import event_from, message_from, runtime_from, storable, to_json
from atalaia.storage.troubles import as_storage_errors

_BUSY_SECONDS = 5.0
"""How long to wait for somebody else's lock, e.g. an administrator's shell."""

_WRITER = "atalaia_writer"

_STATE_TYPE = {state_type: state_type.name for state_type in StateType}


def _replacing(table: Table) -> Insert:
    """INSERT that replaces the row with the same key, keeping its place."""
    statement = upsert_into(table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={
            column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key
        },
    )


_PUT_STATE = _replacing(schema.object_state)
_PUT_MESSAGE = _replacing(schema.outbox)
_PUT_VALUE = _replacing(schema.value)
_PUT_EVENT = insert(schema.event)
_DROP_STATE = delete(schema.object_state).where(
    schema.object_state.c.host == bindparam("gone_host"),
    schema.object_state.c.service == bindparam("gone_service"),
)
_DROP_MESSAGE = delete(schema.outbox).where(schema.outbox.c.key == bindparam("gone_key"))
_LAST_NUMBER = text("SELECT seq FROM sqlite_sequence WHERE name = 'event'")


class SqliteStore:
    """Implements `atalaia.ports.storage.Store`.

    Args:
        path: the database; created, for its owner only, when it is missing.
        power_loss_safe: False trades the last commits before a power cut for faster writes. Nothing is lost
            to a killed process either way.

    Raises:
        StorageError: it cannot be opened, is damaged, or was written by a newer version.
    """

    def __init__(self, path: Path, *, power_loss_safe: bool = True) -> None:
        self._path = path
        self._lock = threading.Lock()
        with as_storage_errors(path):
            # SQLite gives its side files (-wal, -shm) the same mode.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            self._engine = _engine(path, power_loss_safe=power_loss_safe)
            try:
                self._writer = self._engine.connect().execution_options(**{_WRITER: True})
                with self._writer.begin():
                    bring_up_to_date(self._writer, path)
            except BaseException:
                self._engine.dispose()
                raise

    def load(self) -> Memory:
        """Everything that is needed to go on where the last run stopped: one consistent moment.

        Raises:
            StorageError: it cannot be read.
        """
        with as_storage_errors(self._path), self._engine.begin() as connection:
            return Memory(
                states=dict(_states(connection)),
                outbox=list(_outbox(connection)),
                values={row.name: row.value for row in connection.execute(select(schema.value))},
                **read_people(connection),
            )

    def write(self, batch: Batch) -> Sequence[StoredEvent]:
        """Stores the batch durably and returns its events with their numbers.

        What is both written and dropped in one batch is dropped. A batch that failed can be written again.

        Raises:
            StorageError: nothing of the batch was stored.
        """
        with self._lock, as_storage_errors(self._path), self._writer.begin():
            _write_states(self._writer, batch)
            _write_outbox(self._writer, batch)
            write_people(self._writer, batch)
            if batch.values:
                values = [{"name": name, "value": storable(text)} for name, text in batch.values.items()]
                self._writer.execute(_PUT_VALUE, values)
            return _write_events(self._writer, batch) if batch.events else []

    def events_after(self, after: int, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        """Events with a larger number than `after`, oldest first.

        Raises:
            StorageError: they cannot be read.
        """
        number = schema.event.c.id
        query = _wanted(wanted).where(number > bindparam("last")).order_by(number)
        return self._events(query, after, limit)

    def last_events(self, limit: int, wanted: EventFilter) -> Sequence[StoredEvent]:
        """The newest events, newest first.

        Raises:
            StorageError: they cannot be read.
        """
        number = schema.event.c.id
        query = _wanted(wanted).where(number < bindparam("last")).order_by(number.desc())
        return self._events(query, 2**63 - 1, limit)

    def close(self) -> None:
        """Lets go of the file. The last one out moves the write-ahead log into the database."""
        with self._lock, as_storage_errors(self._path):
            self._writer.close()
            self._engine.dispose()

    def _events(self, query: Select[Any], last: int, limit: int) -> list[StoredEvent]:
        """Asks again while unreadable events were left out, so that a short page means the end."""
        found: list[StoredEvent] = []
        with as_storage_errors(self._path), self._engine.connect() as connection:
            while (missing := limit - len(found)) > 0:
                rows = connection.execute(query.limit(missing), {"last": last}).all()
                for number, data in rows:
                    fact = event_from(data, number)
                    if fact is not None:
                        found.append(StoredEvent(id=number, event=fact))
                if len(rows) < missing:
                    break
                last = rows[-1][0]
        return found


def _engine(path: Path, *, power_loss_safe: bool) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
    )

    def configure(connection: sqlite3.Connection, _: object) -> None:
        # The driver begins transactions late and never for reads; `begin` below does it instead.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")  # kept in the file; where it is set already, a glance
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA synchronous = {'FULL' if power_loss_safe else 'NORMAL'}")

    def begin(connection: Connection) -> None:
        # A writer that begins as a reader could find its snapshot outdated and fail at its first write.
        writes = connection.get_execution_options().get(_WRITER, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", configure)
    event.listen(engine, "begin", begin)
    return engine


def _states(connection: Connection) -> Iterator[tuple[ObjectKey, Runtime]]:
    columns = schema.object_state.c
    for host, service, data in connection.execute(select(columns.host, columns.service, columns.data)):
        yield (host, service), runtime_from(data, host, service)


def _outbox(connection: Connection) -> Iterator[OutboxItem]:
    """In the order in which the messages were first written."""
    for row in connection.execute(select(schema.outbox).order_by(text("rowid"))):
        message = message_from(row.data, row.key)
        if message is not None:
            yield OutboxItem(
                channel=row.channel,
                message=message,
                tries=row.tries,
                next_try=row.next_try,
                last_error=row.last_error,
            )


def _write_states(connection: Connection, batch: Batch) -> None:
    if batch.states:
        rows = [
            {
                "host": storable(host),
                "service": storable(service),
                "state": state.state,
                "state_type": _STATE_TYPE[state.state_type],
                "attempt": state.attempt,
                "last_check": state.last_check,
                "problem": state.current_problem_id,
                "data": to_json(state),
            }
            for (host, service), state in batch.states.items()
        ]
        connection.execute(_PUT_STATE, rows)
    if batch.forget:
        gone = [{"gone_host": storable(host), "gone_service": storable(name)} for host, name in batch.forget]
        connection.execute(_DROP_STATE, gone)


def _write_outbox(connection: Connection, batch: Batch) -> None:
    if batch.outbox:
        rows = [
            {
                "key": storable(item.message.key),
                "channel": storable(item.channel),
                "created": item.message.time,
                "next_try": item.next_try,
                "tries": item.tries,
                "last_error": storable(item.last_error),
                "data": to_json(item.message),
            }
            for item in batch.outbox
        ]
        connection.execute(_PUT_MESSAGE, rows)
    if batch.sent:
        connection.execute(_DROP_MESSAGE, [{"gone_key": storable(key)} for key in batch.sent])


def _write_events(connection: Connection, batch: Batch) -> list[StoredEvent]:
    """Numbers the events itself: the transaction keeps every other writer out, and one statement does all."""
    first = (connection.execute(_LAST_NUMBER).scalar() or 0) + 1
    rows = [
        {
            "id": number,
            "time": fact.time,
            "type": type_name(fact),
            "host": storable(fact.host),
            "service": storable(fact.service),
            "data": to_json(fact),
        }
        for number, fact in enumerate(batch.events, start=first)
    ]
    connection.execute(_PUT_EVENT, rows)
    return [StoredEvent(id=number, event=fact) for number, fact in enumerate(batch.events, start=first)]


def _wanted(wanted: EventFilter) -> Select[Any]:
    columns = schema.event.c
    query = select(columns.id, columns.data)
    if wanted.host is not None:
        query = query.where(columns.host == wanted.host)
    if wanted.service is not None:
        query = query.where(columns.service == wanted.service)
    if wanted.types is not None:
        query = query.where(columns.type.in_(wanted.types))
    return query
