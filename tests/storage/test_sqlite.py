"""The file itself: its mode, its schema, its troubles, and readers beside the writer."""

import logging
import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from atalaia.core.runtime import Runtime
from atalaia.ports.storage import Batch, EventFilter, StorageError
from atalaia.storage import schema
from atalaia.storage.sqlite import SqliteStore
from support.facts import changed, pending, state, told

Sql = Callable[..., list[Any]]
ALL = EventFilter()
WEB = ("web", "http")


# --- the file -----------------------------------------------------------------------------------------------


def test_only_the_owner_may_read_the_file_and_its_side_files(path: Path, store: SqliteStore) -> None:
    store.write(Batch(outbox=[pending()]))
    modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}

    assert modes == {"atalaia.db": 0o600, "atalaia.db-wal": 0o600, "atalaia.db-shm": 0o600}


def test_commits_are_confirmed_by_the_disk(store: SqliteStore) -> None:
    assert store._writer.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    assert store._writer.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    store._writer.rollback()


def test_closing_leaves_one_file(path: Path, store: SqliteStore) -> None:
    store.write(Batch(events=[changed()]))
    store.close()

    assert [entry.name for entry in path.parent.iterdir()] == ["atalaia.db"]


def test_the_file_can_be_copied_by_sqlite_while_the_store_is_open(
    path: Path, tmp_path: Path, store: SqliteStore
) -> None:
    store.write(Batch(states={WEB: state(attempt=3)}, events=[changed()]))
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    copied = SqliteStore(copy)
    memory = copied.load()
    copied.close()

    assert memory.states == {WEB: state(attempt=3)}


def test_odd_characters_in_the_path_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "dados 100%?mode=ro#é" / "atalaia.db"
    path.parent.mkdir()
    SqliteStore(path).close()

    assert path.stat().st_size > 0


# --- the schema ---------------------------------------------------------------------------------------------


def test_an_empty_file_gets_the_newest_schema(path: Path, sql: Sql) -> None:
    path.touch()
    SqliteStore(path).close()

    assert sql("SELECT version_num FROM alembic_version") == [(schema.HEAD,)]


def test_opening_again_changes_nothing(path: Path, sql: Sql) -> None:
    SqliteStore(path).close()
    before = sql("SELECT sql FROM sqlite_master ORDER BY name")
    SqliteStore(path).close()

    assert sql("SELECT sql FROM sqlite_master ORDER BY name") == before


def test_the_migrations_lead_to_the_schema_that_the_code_describes(path: Path, store: SqliteStore) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    engine.dispose()

    assert differences == []


def test_event_numbers_are_never_reused(path: Path, store: SqliteStore, sql: Sql) -> None:
    store.write(Batch(events=[changed(), changed()]))
    sql("DELETE FROM event")

    assert [stored.id for stored in store.write(Batch(events=[changed()]))] == [3]


def test_migrating_says_nothing_in_the_log(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        SqliteStore(path).close()

    assert caplog.records == []


def test_a_database_of_a_newer_version_is_refused(path: Path, sql: Sql) -> None:
    SqliteStore(path).close()
    sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StorageError, match=r"atalaia\.db: written by a newer version of Atalaia \(schema 9999"):
        SqliteStore(path)


def test_a_database_of_another_program_is_refused_and_left_alone(path: Path, sql: Sql) -> None:
    sql("CREATE TABLE recipes (name)")

    with pytest.raises(StorageError, match="belongs to another program"):
        SqliteStore(path)
    assert sql("SELECT name FROM sqlite_master") == [("recipes",)]


@pytest.mark.parametrize(
    ("index", "query"),
    [
        ("event_by_object", "SELECT data FROM event WHERE host='h' AND service='s' ORDER BY id DESC LIMIT 5"),
        ("event_by_type", "SELECT data FROM event WHERE type='t' ORDER BY id DESC LIMIT 5"),
        ("event_by_time", "SELECT id FROM event WHERE time < 5"),
        ("PRIMARY KEY", "SELECT data FROM event WHERE id > 7 ORDER BY id LIMIT 5"),
    ],
)
def test_the_usual_questions_use_an_index_and_need_no_sorting(
    store: SqliteStore, sql: Sql, index: str, query: str
) -> None:
    plan = " ".join(row[3] for row in sql(f"EXPLAIN QUERY PLAN {query}"))

    assert index in plan
    assert "TEMP B-TREE" not in plan


# --- records of other versions ------------------------------------------------------------------------------


def test_fields_of_a_newer_version_are_ignored(store: SqliteStore, sql: Sql) -> None:
    store.write(Batch(states={WEB: state(attempt=2)}, events=[changed()], outbox=[pending()]))
    for table in ("object_state", "event", "outbox"):
        sql(f"UPDATE {table} SET data = json_set(data, '$.from_the_future', json('{{\"a\": 1}}'))")
    memory = store.load()

    assert memory.states == {WEB: state(attempt=2)}
    assert memory.outbox == [pending()]
    assert store.events_after(0, 1, ALL)[0].event == changed()


def test_fields_that_an_older_version_did_not_know_take_their_defaults(store: SqliteStore, sql: Sql) -> None:
    store.write(Batch(states={WEB: state(attempt=2, output="x")}))
    sql("UPDATE object_state SET data = '{\"attempt\": 2}'")

    assert store.load().states == {WEB: Runtime(attempt=2)}


def test_a_field_that_cannot_be_read_costs_only_itself(store: SqliteStore, sql: Sql) -> None:
    store.write(Batch(states={WEB: state(attempt=2, latency=float("nan"))}))
    sql("UPDATE object_state SET data = json_set(data, '$.state_type', 'FIRM')")

    assert store.load().states == {WEB: state(attempt=2)}


def test_a_state_that_cannot_be_read_at_all_starts_anew(store: SqliteStore, sql: Sql) -> None:
    store.write(Batch(states={WEB: state(attempt=2)}))
    sql("UPDATE object_state SET data = '{'")

    assert store.load().states == {WEB: Runtime()}


def test_events_of_unknown_types_are_left_out_without_ending_a_page(store: SqliteStore, sql: Sql) -> None:
    store.write(Batch(events=[changed() for _ in range(6)]))
    sql("UPDATE event SET data = json_set(data, '$.type', 'moon_eclipsed') WHERE id IN (1, 2, 3, 5)")

    assert [stored.id for stored in store.events_after(0, 2, ALL)] == [4, 6]
    assert [stored.id for stored in store.last_events(2, ALL)] == [6, 4]


def test_a_message_that_cannot_be_read_is_left_out_and_stays_stored(store: SqliteStore, sql: Sql) -> None:
    store.write(Batch(outbox=[pending("1"), pending("2")]))
    sql("UPDATE outbox SET data = '{}' WHERE key = '1'")

    assert [item.message.key for item in store.load().outbox] == ["2"]
    assert sql("SELECT count(*) FROM outbox") == [(2,)]


def test_text_with_half_characters_is_mended_and_not_refused(store: SqliteStore) -> None:
    broken = b"x\xe9".decode("utf-8", "surrogateescape")
    store.write(
        Batch(states={(broken, ""): state(output=broken)}, events=[changed(host=broken, output=broken)])
    )
    (known,) = store.load().states.items()

    assert (known[0], known[1].output) == (("x?", ""), "x?")
    assert [stored.event.host for stored in store.events_after(0, 9, ALL)] == ["x?"]


# --- columns for people -------------------------------------------------------------------------------------


def test_the_columns_say_the_same_as_the_record(store: SqliteStore, sql: Sql) -> None:
    store.write(Batch(states={WEB: state(state=2, attempt=3, current_problem_id=7)}, events=[told(time=5.5)]))

    assert sql("SELECT host, service, state, state_type, attempt, problem FROM object_state") == [
        ("web", "http", 2, "HARD", 3, 7)
    ]
    assert sql("SELECT id, time, type, host, service FROM event") == [
        (1, 5.5, "notification_sent", "web", "http")
    ]


# --- troubles -----------------------------------------------------------------------------------------------


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"this is a letter to my aunt " * 100)

    with pytest.raises(StorageError, match=r"is not an SQLite database\. Restore it from a backup"):
        SqliteStore(path)


def test_a_damaged_page_is_reported_as_damage(path: Path) -> None:
    store = SqliteStore(path)
    store.write(Batch(states={(f"host{number}", ""): state(output="x" * 500) for number in range(200)}))
    store.close()
    content = bytearray(path.read_bytes())
    content[3 * 4096 :] = os.urandom(len(content) - 3 * 4096)
    path.write_bytes(content)

    with pytest.raises(StorageError, match=r"it is damaged\. Restore it from a backup"):
        SqliteStore(path).load()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"nowhere/atalaia\.db: No such file or directory\. Check that"):
        SqliteStore(tmp_path / "nowhere" / "atalaia.db")


def test_a_lock_that_somebody_else_keeps_is_reported_and_the_batch_can_be_written_again(
    path: Path, store: SqliteStore
) -> None:
    store._writer.exec_driver_sql("PRAGMA busy_timeout = 10")
    store._writer.rollback()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="another process keeps it locked"):
            store.write(Batch(events=[changed()]))
        other.execute("ROLLBACK")

    assert [stored.id for stored in store.write(Batch(events=[changed()]))] == [1]


def test_a_batch_that_fails_half_way_leaves_nothing(store: SqliteStore, sql: Sql) -> None:
    # The trigger stands for any error in the middle of the transaction.
    sql("CREATE TRIGGER refuse BEFORE INSERT ON event WHEN NEW.host = 'bad' BEGIN SELECT raise(ABORT, ''); END")
    with pytest.raises(StorageError):
        store.write(
            Batch(
                states={WEB: state()}, outbox=[pending()], values={"a": "b"}, events=[changed(), changed("bad")]
            )
        )
    memory = store.load()

    assert (memory.states, memory.outbox, memory.values) == ({}, [], {})
    assert [stored.id for stored in store.write(Batch(events=[changed()]))] == [1]


# --- threads ------------------------------------------------------------------------------------------------


def test_readers_in_other_threads_see_whole_batches_only(store: SqliteStore) -> None:
    stop = threading.Event()
    uneven: list[int] = []

    def read() -> None:
        while not stop.is_set():
            memory = store.load()
            attempts = {known.attempt for known in memory.states.values()}
            if attempts != {int(attempt) for attempt in memory.values.values()}:
                uneven.append(len(attempts))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for attempt in range(50):
        states = {(f"h{number}", ""): state(attempt=attempt) for number in range(50)}
        store.write(Batch(states=states, values={"attempt": str(attempt)}))
    stop.set()
    for reader in readers:
        reader.join()

    assert uneven == []


def test_several_writers_get_numbers_of_their_own(store: SqliteStore) -> None:
    seen: list[int] = []

    def write() -> None:
        for _ in range(20):
            seen.extend(stored.id for stored in store.write(Batch(events=[changed(), changed()])))

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert sorted(seen) == list(range(1, 161))


def test_two_stores_on_one_file_take_turns(path: Path, store: SqliteStore) -> None:
    # The lock of the data folder keeps a second server out; a tool that writes must still do no harm.
    other = SqliteStore(path)
    seen: list[int] = []

    def write(into: SqliteStore) -> None:
        for _ in range(100):
            seen.extend(stored.id for stored in into.write(Batch(events=[changed()])))

    second = threading.Thread(target=write, args=(other,))
    second.start()
    write(store)
    second.join()
    other.close()

    assert sorted(seen) == list(range(1, 201))
