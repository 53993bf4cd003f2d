"""The database's own guard of final texts: no UPDATE, INSERT or DELETE reaches them, whoever sends it.

The models refuse with words; these triggers stop what passes the models by: a queryset's update and
delete, bulk writes, the SQL prompt. They are installed after every ``migrate`` rather than by one
migration, because SQLite loses a table's triggers whenever a later migration rebuilds the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "frozen text"


@dataclass(frozen=True)
class Guard:
    """One trigger: ``event`` on ``table`` is refused when ``condition`` holds of OLD and NEW."""

    table: str
    event: str
    condition: str

    @property
    def name(self) -> str:
        return f"frozen_{self.table}_{self.event.lower()}"


def _differs(*columns: str) -> str:
    """A condition that any of the columns changes; IS DISTINCT FROM is spoken by both databases."""
    return "(" + " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns) + ")"


_CHARTER_COLUMNS = ["id", "group_id", "number", "template_id", "group_name", "project_name", "level", "dated_on", "reason", "revision", "created_at", "created_by_id", "adopted_at", "adopted_by_id", "fingerprint"]
_TEMPLATE_COLUMNS = ["id", "kind", "version", "introduction", "note", "revision", "created_at", "published_at", "published_by_id"]
_MEMBER_COLUMNS = ["id", "charter_id", "position", "person_id", "role", "organisation", "approved_on"]


def _charter_final(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM charters_charter c WHERE c.id = {row}.charter_id AND c.state <> 'draft')"


def _template_final(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM charters_chartertemplate t "
        f"WHERE t.id = {row}.template_id AND t.state <> 'draft')"
    )


def _section_final(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM charters_section s JOIN charters_charter c ON c.id = s.charter_id "
        f"WHERE s.id = {row}.section_id AND c.state <> 'draft')"
    )


def _all_writes(table: str, final: Any) -> list[Guard]:
    return [
        Guard(table, "INSERT", final("NEW")),
        Guard(table, "UPDATE", f"({final('OLD')} OR {final('NEW')})"),
        Guard(table, "DELETE", final("OLD")),
    ]


GUARDS: list[Guard] = [
    # A frozen edition may be superseded or retired and be given a review date; nothing else.
    Guard(
        "charters_charter",
        "UPDATE",
        f"OLD.state <> 'draft' AND (NEW.state = 'draft' OR {_differs(*_CHARTER_COLUMNS)} "
        "OR (OLD.state <> 'adopted' AND NEW.state = 'adopted'))",
    ),
    Guard("charters_charter", "DELETE", "OLD.state <> 'draft'"),
    *_all_writes("charters_section", _charter_final),
    *_all_writes("charters_sectionrevision", _section_final),
    Guard("charters_chartermember", "INSERT", _charter_final("NEW")),
    # The one change to a frozen member: the name and its salt are taken out, together and for good.
    Guard(
        "charters_chartermember",
        "UPDATE",
        f"{_charter_final('OLD')} AND ({_differs(*_MEMBER_COLUMNS)} "
        f"OR ({_differs('name', 'salt')} AND NOT (NEW.name = '' AND NEW.salt = '')))",
    ),
    Guard("charters_chartermember", "DELETE", _charter_final("OLD")),
    *_all_writes("charters_charterdocument", _charter_final),
    Guard(
        "charters_chartertemplate",
        "UPDATE",
        f"OLD.state <> 'draft' AND (NEW.state = 'draft' OR {_differs(*_TEMPLATE_COLUMNS)} "
        "OR (OLD.state = 'retired' AND NEW.state <> 'retired'))",
    ),
    Guard("charters_chartertemplate", "DELETE", "OLD.state <> 'draft'"),
    *_all_writes("charters_templatesection", _template_final),
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place; safe to run again."""
    remove(connection)
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for statement in _create(guard, connection.vendor):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away."""
    with connection.cursor() as cursor:
        for guard in GUARDS:
            on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")


@contextmanager
def lifted(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Without the guards for a while: for restoring a backup and for emptying a test database."""
    remove(connections[using])
    try:
        yield
    finally:
        install(connections[using])


def _create(guard: Guard, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
            f"WHEN {guard.condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        ]
    result = "OLD" if guard.event == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {guard.condition} THEN "
        f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {result}; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]


def install_after_migrate(using: str, **_: Any) -> None:
    """The receiver of ``post_migrate``."""
    tables = connections[using].introspection.table_names()
    if all(guard.table in tables for guard in GUARDS):
        install(connections[using])
