"""The tables of what people leave behind: comments, downtimes, changed settings, contacts."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec
import structlog
from sqlalchemy import Connection, Table, bindparam, delete, insert, select

from atalaia.core.records import Change, Comment, ContactRuntime, Downtime
from atalaia.ports.storage import Batch
from atalaia.storage import schema
from atalaia.storage.records import storable, to_json

log = structlog.get_logger(__name__)

_Record = TypeVar("_Record", bound=msgspec.Struct)


def read_people(connection: Connection) -> dict[str, Any]:
    """The part of `Memory` that these tables hold, by field name."""
    columns = schema.change.c
    rows = connection.execute(select(columns.kind, columns.name, columns.service, columns.data)).all()
    changes = {
        (kind, name, service): change
        for kind, name, service, data in rows
        if (change := _decoded(Change, data, f"change of {kind} {name} {service}")) is not None
    }
    contact = schema.contact_state.c
    contacts = {
        name: found
        for name, data in connection.execute(select(contact.name, contact.data))
        if (found := _decoded(ContactRuntime, data, f"contact {name}")) is not None
    }
    return {
        "comments": list(_numbered(connection, schema.comment, Comment)),
        "downtimes": list(_numbered(connection, schema.downtime, Downtime)),
        "changes": changes,
        "contacts": contacts,
    }


def write_people(connection: Connection, batch: Batch) -> None:
    """Writes that part of a batch."""
    _write(connection, schema.comment, batch.comments, _numbered_row)
    _write(connection, schema.downtime, batch.downtimes, _numbered_row)
    _write(
        connection,
        schema.change,
        batch.changes,
        lambda key, _: dict(zip(("kind", "name", "service"), map(storable, key), strict=True)),
    )
    _write(connection, schema.contact_state, batch.contacts, lambda name, _: {"name": storable(name)})


def _numbered_row(number: int, record: Comment | Downtime | None) -> dict[str, object]:
    if record is None:
        return {"id": number}
    return {"id": number, "host": storable(record.host), "service": storable(record.service)}


def _write(
    connection: Connection,
    table: Table,
    records: Mapping[Any, msgspec.Struct | None],
    row: Callable[[Any, Any], dict[str, object]],
) -> None:
    """Replaces each record by its newest value: first out with the old, then in with the new."""
    if not records:
        return
    keys = [column.name for column in table.primary_key]
    gone = [row(key, record) for key, record in records.items()]
    old = [{f"old_{name}": one[name] for name in keys} for one in gone]
    connection.execute(delete(table).where(*(table.c[name] == bindparam(f"old_{name}") for name in keys)), old)
    new = [row(key, one) | {"data": to_json(one)} for key, one in records.items() if one is not None]
    if new:
        connection.execute(insert(table), new)


def _numbered(connection: Connection, table: Table, kind: type[_Record]) -> Iterator[_Record]:
    for number, data in connection.execute(select(table.c.id, table.c.data).order_by(table.c.id)):
        record = _decoded(kind, data, f"{table.name} {number}")
        if record is not None:
            yield record


def _decoded(kind: type[_Record], data: str, what: str) -> _Record | None:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        log.warning("a stored record is unreadable and left out", record=what, error=str(error))
        return None
