"""The index over what can be found: FTS5 on SQLite, GIN on PostgreSQL.

Made after every ``migrate`` rather than by one migration, because SQLite loses a table's triggers whenever a
later migration rebuilds the table. The triggers keep FTS5 in step with each write, whoever sends it;
PostgreSQL's index follows by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from members.models import SearchEntry
from members.models.search_entry import FTS_TABLE, VECTOR
from members.search.index import rebuild

_TABLE = SearchEntry._meta.db_table
_INDEX = f"{_TABLE}_words"
_REMOVE = f"INSERT INTO {FTS_TABLE}({FTS_TABLE}, rowid, words) VALUES ('delete', OLD.id, OLD.words);"  # noqa: S608
_ADD = f"INSERT INTO {FTS_TABLE}(rowid, words) VALUES (NEW.id, NEW.words);"  # noqa: S608
_REFILL = f"INSERT INTO {FTS_TABLE}({FTS_TABLE}) VALUES ('rebuild')"  # noqa: S608
_TRIGGERS = {"INSERT": _ADD, "UPDATE": _REMOVE + _ADD, "DELETE": _REMOVE}
# The lengths of beginnings that are looked up at once: two to five letters, and the one that says "form".
_BEGINNINGS = "3 4 5 6"


def install(connection: BaseDatabaseWrapper) -> None:
    """Make what is not there yet; safe to run again."""
    make = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in make(connection):
            cursor.execute(statement)


def _on_postgresql(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        if _INDEX in connection.introspection.get_constraints(cursor, _TABLE):
            return []  # altering the table would wait for whoever writes
    return [
        # Out of the rows, which are read for who may know of them; and found at once, not after a vacuum.
        f"ALTER TABLE {_TABLE} SET (toast_tuple_target = 128)",
        f"CREATE INDEX IF NOT EXISTS {_INDEX} ON {_TABLE} USING gin ({VECTOR}) WITH (fastupdate = off)",
    ]


def _on_sqlite(connection: BaseDatabaseWrapper) -> list[str]:
    statements = []
    if FTS_TABLE not in connection.introspection.table_names():
        statements = [
            f"CREATE VIRTUAL TABLE {FTS_TABLE} USING fts5(words, content='{_TABLE}', content_rowid='id', "
            f"tokenize='ascii', prefix='{_BEGINNINGS}')",
            _REFILL,
        ]
    for event, then in _TRIGGERS.items():
        name = f"{FTS_TABLE}_{event.lower()}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {event} ON {_TABLE} BEGIN {then} END",
        ]
    return statements


def install_after_migrate(using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """The receiver of ``post_migrate``; a register that was there before the index is put into it."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if _TABLE not in tables:
        if FTS_TABLE in tables:  # SQLite leaves it where it is when it goes back past its table
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE {FTS_TABLE}")
        return
    install(connection)
    if plan and connection.vendor == "sqlite":  # another table may have been put in the place of the rows
        with connection.cursor() as cursor:
            cursor.execute(_REFILL)
    if plan and using == DEFAULT_DB_ALIAS and _is_whole(connection) and not SearchEntry.objects.exists():
        rebuild()


def _is_whole(connection: BaseDatabaseWrapper) -> bool:
    """Whether every table is as the models say, not on its way there or back."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
