"""Bringing a database to the schema that this program knows, in one transaction."""

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from atalaia.ports.storage import StorageError
from atalaia.storage.schema import HEAD

_MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up_to_date(connection: Connection, path: Path) -> None:
    """Creates or migrates the tables; does nothing when they are as expected.

    Raises:
        StorageError: the database was written by a newer program, or is not one of Atalaia's.
    """
    found = _revision(connection, path)
    if found != HEAD:
        _upgrade(connection, found, path)


def _revision(connection: Connection, path: Path) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if tables:
        raise StorageError(
            f"{path}: this SQLite database belongs to another program (it has a table {tables[0]!r}). Choose "
            "another data folder."
        )
    return None


def _upgrade(connection: Connection, found: str | None, path: Path) -> None:
    # Alembic takes longer to import than the rest of the start; it is needed once per schema change.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StorageError(
            f"{path}: written by a newer version of Atalaia (schema {found}, this one knows {HEAD}). Start "
            "that version again, or restore a backup from before the upgrade."
        )
    command.upgrade(config, "head")
