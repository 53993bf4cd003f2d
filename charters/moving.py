"""Everything in one database copied into another, of the same engine or not, to the letter and the byte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import environ
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.db.models.sql import InsertQuery
from django.utils.translation import gettext as _

from charters import triggers
from charters.verifying.fault import in_parts
from members.models import User

SOURCE = "source"


class MoveError(Exception):
    """Nothing was copied; its text says why."""


def copy_from(url: str) -> Iterator[tuple[str, int]]:
    """Fill this database, which has the tables and nobody in it, with all that another has.

    The other is read as it was at one moment, and not changed. All is copied or nothing. Rows keep their
    keys; what each says is not asked about, for it was when it was written.

    Args:
        url: the other's, as DATABASE_URL has it.

    Yields:
        Each table and how many rows it has now.

    Raises:
        MoveError: somebody is in this database already, the other is of another version, or fewer rows came
            than there are.
    """
    _connect(url)
    target = connections[DEFAULT_DB_ALIAS]
    if User.objects.exists():
        raise MoveError(_("Databasen er ikke tom. Der kopieres kun til en tom database."))
    if _version(SOURCE) != _version(DEFAULT_DB_ALIAS):
        raise MoveError(_("De to databaser er ikke lige nye. Kør migrate på den, der kopieres fra."))
    with transaction.atomic(using=SOURCE), transaction.atomic():
        if connections[SOURCE].vendor == "postgresql":
            with connections[SOURCE].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with triggers.lifted():
            _empty()
            for model in _models():
                yield model._meta.db_table, _copy(model)
            target.check_constraints()
        with target.cursor() as cursor:
            for statement in target.ops.sequence_reset_sql(no_style(), _models()):
                cursor.execute(statement)
    ContentType.objects.clear_cache()


def _connect(url: str) -> None:
    """Make the other database known. Reading it takes no lock of SQLite's that a writer would wait for."""
    settings = connections[DEFAULT_DB_ALIAS].settings_dict | environ.Env.db_url_config(url)
    settings["OPTIONS"] = {"transaction_mode": "DEFERRED"} if "sqlite" in settings["ENGINE"] else {}
    connections.databases[SOURCE] = settings


def _version(using: str) -> set[tuple[str, str]]:
    return set(MigrationRecorder(connections[using]).applied_migrations())


def _models() -> list[type[Model]]:
    """Every table that is somebody's model, ours or not."""
    there = set(connections[DEFAULT_DB_ALIAS].introspection.table_names())
    models = apps.get_models(include_auto_created=True)
    return [m for m in models if m._meta.managed and not m._meta.proxy and m._meta.db_table in there]


def _empty() -> None:
    """Take away what ``migrate`` puts there: kinds of content and permissions, by other keys."""
    target = connections[DEFAULT_DB_ALIAS]
    tables = [model._meta.db_table for model in _models()]
    with target.cursor() as cursor:
        for statement in target.ops.sql_flush(no_style(), tables):
            cursor.execute(statement)


def _copy(model: type[Model]) -> int:
    """One table: each row as it is read, past whatever a model does when it is saved."""
    target = connections[DEFAULT_DB_ALIAS]
    fields: list[Any] = [field for field in model._meta.local_concrete_fields if not field.generated]
    rows = model._base_manager.using(SOURCE).order_by("pk")
    for part in in_parts(rows):
        size = max(target.ops.bulk_batch_size(fields, part), 1)
        for start in range(0, len(part), size):
            query = InsertQuery(model)
            query.insert_values(fields, part[start : start + size], raw=True)
            query.get_compiler(using=DEFAULT_DB_ALIAS).execute_sql()
    came, there = model._base_manager.count(), rows.count()
    if came != there:
        raise MoveError(f"{model._meta.db_table}: {came} / {there}")
    return came
