"""On SQLite, which lets one write at a time, writers take turns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError, connection, transaction
from django.test import TransactionTestCase

from members.models import Organisation
from os2groups.sqlite import base
from tests import factories
from tests.support.at_once import at_once


class TurnTests(TransactionTestCase):
    def setUp(self) -> None:
        if connection.vendor != "sqlite":
            self.skipTest("PostgreSQL lets many write at a time")

    @contextmanager
    def somebody_writing(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield other

    def waits_itself(self) -> int:
        with connection.cursor() as cursor:
            return int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])

    def test_whoever_comes_while_another_writes_goes_on_when_they_are_through(self) -> None:
        with self.somebody_writing() as other:
            pauses: list[Any] = []

            def look_again(seconds: float) -> None:
                pauses.append(seconds)
                if len(pauses) == 3:
                    other.execute("COMMIT")

            with mock.patch.object(base.time, "sleep", look_again), transaction.atomic():
                factories.organisation("Odder Kommune")
        assert len(pauses) == 3
        assert Organisation.objects.filter(name="Odder Kommune").exists()

    def test_who_waits_too_long_is_told_and_nothing_is_written(self) -> None:
        impatient = {**connection.settings_dict["OPTIONS"], "timeout": 0.05}
        with (
            self.somebody_writing(),
            mock.patch.dict(connection.settings_dict, OPTIONS=impatient),
            pytest.raises(OperationalError, match="locked"),
            transaction.atomic(),
        ):
            factories.organisation("Odder Kommune")
        assert not Organisation.objects.exists()
        with transaction.atomic():  # and the next time it is their turn
            factories.organisation("Odder Kommune")

    def test_a_write_that_is_a_transaction_by_itself_is_waited_for_by_sqlite(self) -> None:
        as_set = connection.settings_dict["OPTIONS"]["timeout"] * 1000
        with transaction.atomic():
            assert self.waits_itself() == as_set
        assert self.waits_itself() == as_set

    def test_an_error_of_another_kind_is_not_waited_for(self) -> None:
        with (
            mock.patch.object(base.time, "sleep", side_effect=AssertionError("it waited")),
            transaction.atomic(),
            pytest.raises(OperationalError, match="within a transaction"),
        ):
            connection._start_transaction_under_autocommit()

    def test_many_who_write_at_once_all_do(self) -> None:
        def write(name: str) -> None:
            with transaction.atomic():
                factories.organisation(name)

        assert at_once([partial(write, f"Kommune {n}") for n in range(8)]) == [None] * 8
        assert Organisation.objects.count() == 8
