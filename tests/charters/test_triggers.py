"""The triggers are there after ``migrate``, come back when lifted, and know every column."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import TestCase

from charters import triggers
from charters.models import Charter, CharterMember, CharterTemplate
from tests import factories


def installed() -> set[str]:
    """The names of the triggers that the database has."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'members_search%'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def expected() -> set[str]:
    on_sqlite = connection.vendor == "sqlite"
    return {guard.name for guard in triggers.GUARDS if not (on_sqlite and guard.event == "TRUNCATE")}


class TriggerTests(TestCase):
    def test_migrate_puts_every_guard_in_place(self) -> None:
        assert installed() == expected()

    def test_migrating_again_keeps_them(self) -> None:
        triggers.remove(connection)
        assert installed() == set()
        call_command("migrate", verbosity=0)
        assert installed() == expected()

    def test_installing_twice_is_installing_once(self) -> None:
        triggers.install(connection)
        assert installed() == expected()

    def test_an_installation_that_fails_halfway_leaves_the_former_guards(self) -> None:
        broken = [*triggers.GUARDS[:3], triggers.Guard("charters_charter", "INSERT", "IKKE SQL")]
        with (
            mock.patch.object(triggers, "GUARDS", broken),
            pytest.raises(DatabaseError),
            transaction.atomic(),
        ):
            triggers.install(connection)
        assert installed() == expected()

    def test_while_lifted_everything_can_be_written_and_afterwards_nothing(self) -> None:
        charter = factories.adopted()
        rows = Charter.objects.filter(pk=charter.pk)
        with triggers.lifted():
            rows.update(reason="Genskabt")
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(reason="Nej")
        charter.refresh_from_db()
        assert charter.reason == "Genskabt"

    def test_they_come_back_when_the_work_under_them_fails(self) -> None:
        with pytest.raises(ZeroDivisionError), triggers.lifted():
            1 / 0  # noqa: B018
        assert installed() == expected()

    def test_while_sqlite_rebuilds_tables_they_are_away_and_postgresql_keeps_them(self) -> None:
        triggers.lift_before_migrate(connection.alias, plan=[])
        assert installed() == expected()
        triggers.lift_before_migrate(connection.alias, plan=["a migration"])
        assert installed() == (set() if connection.vendor == "sqlite" else expected())

    def test_every_column_is_either_guarded_or_known_to_change(self) -> None:
        """A column that is added later must be put on one side or the other."""
        tables = [
            (Charter, triggers.CHARTER_COLUMNS, {*triggers.ENDING_COLUMNS}),
            (CharterMember, triggers.MEMBER_COLUMNS, {"name", "salt"}),
            (CharterTemplate, triggers.TEMPLATE_COLUMNS, {"state"}),
        ]
        for model, guarded, changing in tables:
            with self.subTest(model=model.__name__):
                columns = {field.column for field in model._meta.concrete_fields}
                assert set(guarded) | changing == columns
                assert not set(guarded) & changing
