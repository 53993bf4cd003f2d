"""The database itself: its tables are this version's and whole, and the guards of frozen text stand."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from charters import triggers
from charters.verifying.fault import Fault


def missing_migrations(using: str = DEFAULT_DB_ALIAS) -> list[Fault]:
    """The steps that the database is behind this version; until they are taken nothing else can be asked."""
    executor = MigrationExecutor(connections[using])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    what = _("Migreringen mangler. Kør migrate.")
    return [Fault(f"{migration.app_label}.{migration.name}", what) for migration, _back in plan]


def faults(using: str = DEFAULT_DB_ALIAS) -> Iterator[Fault]:
    """What is wrong with the database, whatever stands in it."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        yield from _of_sqlite(connection)
    for name in triggers.not_in_place(connection):
        yield Fault(name, _("Værnet om de endelige tekster mangler eller er et andet. Kør migrate."))


def _of_sqlite(connection: BaseDatabaseWrapper) -> Iterator[Fault]:
    """PostgreSQL keeps its own constraints; a file may have been written by anybody."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(100)")
        for (what,) in cursor.fetchall():
            if what != "ok":
                yield Fault(_("Databasen"), what)
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _key in cursor.fetchall():
            what = _("Række %(row)s peger på noget i %(parent)s, der ikke er der.")
            yield Fault(table, what % {"row": row, "parent": parent})
