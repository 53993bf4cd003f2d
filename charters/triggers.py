"""The database's own guard of final texts: no UPDATE, INSERT or DELETE reaches them, whoever sends it.

A follow-up is final from the moment it is written; another may always be added.

The models refuse with words; these triggers stop what passes the models by: a queryset's update and
delete, bulk writes, the SQL prompt. (SQLite's REPLACE deletes unseen unless ``recursive_triggers`` is on;
the settings turn it on.) They are installed after every ``migrate`` rather than by one
migration, because SQLite loses a table's triggers whenever a later migration rebuilds the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
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


# What no write may change once the row is final; the columns left out are those that may.
CHARTER_COLUMNS = [
    "id",
    "group_id",
    "number",
    "template_id",
    "group_name",
    "project_name",
    "level",
    "dated_on",
    "reason",
    "revision",
    "created_at",
    "created_by_id",
    "adopted_at",
    "adopted_by_id",
    "fingerprint",
    "given_up_at",
    "given_up_by_id",
]
# What changes once more while an edition is in force, and never after.
ENDING_COLUMNS = ["state", "review_on", "superseded_on", "retired_on"]
MEMBER_COLUMNS = ["id", "charter_id", "position", "person_id", "role", "organisation", "approved_on"]
TEMPLATE_COLUMNS = [
    "id",
    "kind",
    "version",
    "introduction",
    "note",
    "revision",
    "created_at",
    "published_at",
    "published_by_id",
]

# "ROW" stands for OLD or NEW.
_CHARTER = "EXISTS (SELECT 1 FROM charters_charter c WHERE c.id = ROW.charter_id AND c.state <> 'draft')"
_TEMPLATE = (
    "EXISTS (SELECT 1 FROM charters_chartertemplate t WHERE t.id = ROW.template_id AND t.state <> 'draft')"
)
_SECTION = (
    "EXISTS (SELECT 1 FROM charters_section s JOIN charters_charter c ON c.id = s.charter_id "
    "WHERE s.id = ROW.section_id AND c.state <> 'draft')"
)
# The database's own check (charter_adopted_whole) sees to the fingerprint and the dates.
_WHOLE = (
    "(NEW.fingerprint <> '' "
    "AND EXISTS (SELECT 1 FROM charters_charterdocument d WHERE d.charter_id = NEW.id) "
    "AND EXISTS (SELECT 1 FROM charters_chartermember m WHERE m.charter_id = NEW.id))"
)
_ANY_CHARTER = "EXISTS (SELECT 1 FROM charters_charter WHERE state <> 'draft')"
_ANY_TEMPLATE = "EXISTS (SELECT 1 FROM charters_chartertemplate WHERE state <> 'draft')"


def _of(row: str, final: str) -> str:
    return final.replace("ROW", row)


def _either(final: str) -> str:
    return f"({_of('OLD', final)} OR {_of('NEW', final)})"


def _parts(table: str, final: str, *, only_if: str = "", any_final: str = _ANY_CHARTER) -> list[Guard]:
    """The guards of what belongs to a final text: nothing comes, changes, goes or moves in from elsewhere."""
    changes = f"{_either(final)} AND {only_if}" if only_if else _either(final)
    return [
        Guard(table, "INSERT", _of("NEW", final)),
        Guard(table, "UPDATE", changes),
        Guard(table, "DELETE", _of("OLD", final)),
        Guard(table, "TRUNCATE", any_final),
    ]


GUARDS: list[Guard] = [
    # No edition comes into force but by an adoption, which has stored its members and its document first.
    Guard("charters_charter", "INSERT", "NEW.state <> 'draft'"),
    # One in force may be superseded or retired and be given a review date, one that has ended may nothing.
    Guard(
        "charters_charter",
        "UPDATE",
        f"OLD.state = 'draft' AND NEW.state <> 'draft' AND (NEW.state <> 'adopted' OR NOT {_WHOLE}) "
        f"OR OLD.state <> 'draft' AND (NEW.state = 'draft' OR {_differs(*CHARTER_COLUMNS)}) "
        f"OR OLD.state IN ('superseded', 'retired') AND {_differs(*ENDING_COLUMNS)}",
    ),
    Guard("charters_charter", "DELETE", "OLD.state <> 'draft'"),
    Guard("charters_charter", "TRUNCATE", _ANY_CHARTER),
    *_parts("charters_section", _CHARTER),
    *_parts("charters_sectionrevision", _SECTION),
    *_parts("charters_pointchoice", _SECTION),
    *_parts("charters_statement", _CHARTER),
    # The one change to a frozen member: the name and its salt are taken out, together and for good.
    *_parts(
        "charters_chartermember",
        _CHARTER,
        only_if=f"({_differs(*MEMBER_COLUMNS)} "
        f"OR ({_differs('name', 'salt')} AND NOT (NEW.name = '' AND NEW.salt = '')))",
    ),
    *_parts("charters_charterdocument", _CHARTER),
    Guard(
        "charters_chartertemplate",
        "UPDATE",
        f"OLD.state <> 'draft' AND (NEW.state = 'draft' OR {_differs(*TEMPLATE_COLUMNS)} "
        "OR (OLD.state = 'retired' AND NEW.state <> 'retired'))",
    ),
    Guard("charters_chartertemplate", "DELETE", "OLD.state <> 'draft'"),
    Guard("charters_chartertemplate", "TRUNCATE", _ANY_TEMPLATE),
    *_parts("charters_templatesection", _TEMPLATE, any_final=_ANY_TEMPLATE),
    # A follow-up stands as it was written, whoever wrote it; that person's own row may be anonymised.
    Guard("charters_followup", "UPDATE", "OLD.id IS NOT NULL"),
    Guard("charters_followup", "DELETE", "OLD.id IS NOT NULL"),
    Guard("charters_followup", "TRUNCATE", "EXISTS (SELECT 1 FROM charters_followup)"),
    # So does what a group answered in its yearly check.
    Guard("charters_yearlycheck", "UPDATE", "OLD.id IS NOT NULL"),
    Guard("charters_yearlycheck", "DELETE", "OLD.id IS NOT NULL"),
    Guard("charters_yearlycheck", "TRUNCATE", "EXISTS (SELECT 1 FROM charters_yearlycheck)"),
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place, all at once: no write finds a moment without them. Safe to run again."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        remove(connection)
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
    """Without the guards for a while: for emptying a test database."""
    remove(connections[using])
    try:
        yield
    finally:
        install(connections[using])


def not_in_place(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the guards that the database lacks, or has in other words than ours, or asleep."""
    there = _found_on_sqlite(connection) if connection.vendor == "sqlite" else _found(connection)
    wanted = {guard.name: "".join(_create(guard, connection.vendor)) for guard in GUARDS}
    return [name for name, words in wanted.items() if words and there.get(name) != words]


def _found_on_sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Put together from the catalogue as ``_create`` says it; of a trigger that is asleep nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, prosrc, replace(pg_get_triggerdef(t.oid), ' ON ' || nspname || '.', ' ON ') "
            "FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid JOIN pg_class c ON c.oid = tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
        return {name: _function(name, body) + words for name, body, words in cursor.fetchall()}


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"


def _create(guard: Guard, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [] if guard.event == "TRUNCATE" else [_create_on_sqlite(guard)]
    result = "OLD" if guard.event == "DELETE" else "NEW"
    each = "STATEMENT" if guard.event == "TRUNCATE" else "ROW"
    return [
        _function(
            guard.name,
            f" BEGIN IF {guard.condition} THEN "
            f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {result}; END ",
        ),
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {guard.name}()",
    ]


def _create_on_sqlite(guard: Guard) -> str:
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"WHEN {guard.condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def lift_before_migrate(using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """The receiver of ``pre_migrate``: SQLite rebuilds a table by putting another in its place.

    Meanwhile triggers of other tables name one that is not there, the rebuilding stops halfway, and its rows
    are gone. PostgreSQL changes tables where they are, and keeps its guards.
    """
    if plan and connections[using].vendor == "sqlite":
        remove(connections[using])


def install_after_migrate(using: str, **_: Any) -> None:
    """The receiver of ``post_migrate``."""
    tables = connections[using].introspection.table_names()
    if all(guard.table in tables for guard in GUARDS):
        install(connections[using])
