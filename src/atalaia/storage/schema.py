"""The tables. The newest migration and this description must agree; a test compares them.

The columns are what a person wants to see in an SQLite shell and what queries need; the whole value is in
`data` as JSON, so that a new field needs no migration.
"""

from sqlalchemy import Column, Float, Index, Integer, MetaData, Table, Text

HEAD = "0002"
"""The migration that this program expects to find last."""

metadata = MetaData()

object_state = Table(
    "object_state",
    metadata,
    Column("host", Text, primary_key=True),
    Column("service", Text, primary_key=True),  # empty for the host itself
    Column("state", Integer, nullable=False),
    Column("state_type", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("last_check", Float, nullable=False),
    Column("problem", Integer, nullable=False),  # number of the current problem, 0 for none
    Column("data", Text, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("time", Float, nullable=False),
    Column("type", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("data", Text, nullable=False),
    # SQLite keeps the row number at the end of every index: each of these is in order of `id`, too.
    Index("event_by_object", "host", "service"),
    Index("event_by_type", "type"),
    Index("event_by_time", "time"),
    sqlite_autoincrement=True,  # a number is not reused, even when the newest events were deleted
)

outbox = Table(
    "outbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("created", Float, nullable=False),
    Column("next_try", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("data", Text, nullable=False),
)

value = Table(
    "value",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

comment = Table(
    "comment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("host", Text, nullable=False),
    Column("service", Text, nullable=False),  # empty for the host itself
    Column("data", Text, nullable=False),
)

downtime = Table(
    "downtime",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("host", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("data", Text, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("kind", Text, primary_key=True),  # host, service, contact, program
    Column("name", Text, primary_key=True),
    Column("service", Text, primary_key=True),
    Column("data", Text, nullable=False),
)

contact_state = Table(
    "contact_state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("data", Text, nullable=False),
)
