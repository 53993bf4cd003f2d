"""The two addresses that machines ask: may people be sent here, and is everything as it should be."""

from __future__ import annotations

import datetime
from typing import Any
from unittest import mock

import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from charters import sign_of_life, triggers
from charters.bundling import ask_for
from charters.models import Selection
from tests import factories
from tests.cast import CastCase
from tests.support.worker import run_worker

UNREACHABLE = mock.patch(
    "os2groups.health._ask_the_database", side_effect=OperationalError("10.1.2.3 refused")
)


def later(seconds: int) -> Any:
    return time_machine.travel(timezone.now() + datetime.timedelta(seconds=seconds), tick=False)


class BalancerTests(CastCase):
    def test_it_is_one_query_and_no_session_even_for_somebody_signed_in(self) -> None:
        self.client.force_login(self.cast.karen)
        with self.assertNumQueries(1):
            response = self.client.get("/healthz")
        assert (response.status_code, response.content) == (200, b"ok\n")
        assert not response.cookies
        assert "no-store" in response.headers["Cache-Control"]

    def test_without_a_database_nobody_is_sent_here_and_nothing_is_told(self) -> None:
        with UNREACHABLE, self.assertLogs("os2groups.health", "ERROR"):
            response = self.client.get("/healthz")
        assert (response.status_code, response.content) == (503, b"database\n")

    def test_whether_a_worker_lives_is_another_matter(self) -> None:
        assert sign_of_life.latest() is None
        assert self.client.get("/healthz").status_code == 200


class HealthTests(CastCase):
    def setUp(self) -> None:
        sign_of_life.give()

    def told(self, status: int) -> dict[str, Any]:
        response = self.client.get(reverse("health"))
        assert response.status_code == status, response.content
        assert "no-store" in response.headers["Cache-Control"]
        found: dict[str, Any] = response.json()
        assert found["ok"] == (status == 200)
        return found

    def test_all_is_well_and_said_part_by_part_in_few_queries(self) -> None:
        self.told(200)
        with self.assertNumQueries(6):
            found = self.told(200)
        assert [name for name, part in found.items() if name != "ok" and part["ok"]] == [
            "database",
            "migrations",
            "guards",
            "worker",
        ]

    def test_a_database_that_does_not_answer_is_not_well_and_its_words_stay_in_the_log(self) -> None:
        with UNREACHABLE, self.assertLogs("os2groups.health", "ERROR") as log:
            response = self.client.get(reverse("health"))
        assert response.status_code == 503
        assert response.json()["database"] == {"ok": False}
        assert b"10.1.2.3" not in response.content
        assert "10.1.2.3" in log.output[0]

    def test_a_migration_that_was_not_run_is_named_in_the_log_alone(self) -> None:
        newest = MigrationRecorder.Migration.objects.filter(app="charters").latest("name")
        MigrationRecorder.Migration.objects.filter(pk=newest.pk).delete()
        with self.assertLogs("os2groups.health", "ERROR") as log:
            found = self.told(503)
        assert found["migrations"] == {"ok": False}
        assert f"charters.{newest.name}" in log.output[0]

    def test_the_migrations_of_a_later_version_are_fine(self) -> None:
        MigrationRecorder.Migration.objects.create(app="charters", name="9999_of_the_next_version")
        self.told(200)

    def test_a_guard_that_was_taken_away_is_missed(self) -> None:
        guard = triggers.GUARDS[0]
        on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {guard.name}{on}")
        with self.assertLogs("os2groups.health", "ERROR") as log:
            found = self.told(503)
        assert found["guards"] == {"ok": False}
        assert guard.name in log.output[0]


class WorkerTests(CastCase):
    def worker(self, status: int) -> dict[str, Any]:
        response = self.client.get(reverse("health"))
        assert response.status_code == status, response.content
        found: dict[str, Any] = response.json()["worker"]
        return found

    def test_where_none_has_ever_run_it_is_not_well(self) -> None:
        assert self.worker(503) == {
            "ok": False,
            "seconds_since_sign_of_life": None,
            "oldest_task_waits_seconds": 0,
        }

    def test_a_worker_that_runs_says_so(self) -> None:
        run_worker()
        assert self.worker(200)["seconds_since_sign_of_life"] <= 1

    def test_one_that_was_silent_for_two_minutes_is_gone(self) -> None:
        with later(0):  # the clock stands still: a slow second would count as silence
            sign_of_life.give()
            two_minutes, one_more = later(120), later(121)
        with two_minutes:
            self.worker(200)
        with one_more:
            assert self.worker(503)["seconds_since_sign_of_life"] == 121

    def test_a_queue_that_stands_still_is_not_well_though_a_worker_lives(self) -> None:
        factories.adopted(self.cast.steering)
        ask_for(Selection(), by=self.cast.aase)
        for seconds, status in ((119, 200), (125, 503)):
            with later(seconds):
                sign_of_life.give()
                assert seconds - 2 <= self.worker(status)["oldest_task_waits_seconds"] <= seconds

    def test_what_is_to_be_done_later_does_not_wait(self) -> None:
        factories.adopted(self.cast.steering)
        ask_for(Selection(), by=self.cast.aase)
        run_worker()  # leaves the task that would take the work up after a worker's death
        assert self.worker(200)["oldest_task_waits_seconds"] == 0

    def test_signs_are_given_beside_the_work_until_it_is_over(self) -> None:
        with (
            mock.patch("charters.sign_of_life.give") as give,
            mock.patch("charters.sign_of_life.connections"),
        ):
            over = sign_of_life.keep_giving(every=0.001)
            while give.call_count < 3:
                assert not over.wait(0.001)
            over.set()

    def test_a_sign_that_cannot_be_given_stops_nothing(self) -> None:
        with (
            mock.patch("charters.sign_of_life.give", side_effect=OperationalError) as give,
            mock.patch("charters.sign_of_life.connections"),
            self.assertLogs("charters.sign_of_life", "WARNING"),
        ):
            over = sign_of_life.keep_giving(every=0.001)
            while give.call_count < 2:
                assert not over.wait(0.001)
            over.set()

    def test_the_worker_is_ours(self) -> None:
        with (
            mock.patch("charters.management.commands.db_worker.keep_giving") as keep_giving,
            mock.patch("django_tasks_db.management.commands.db_worker.Command.handle") as handle,
        ):
            call_command("db_worker", reload=False, verbosity=0)
        assert handle.called
        keep_giving.return_value.set.assert_called_once()
