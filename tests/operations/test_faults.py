"""The database is full, or gone and back: a plain page in Danish, nothing half-written, and work goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.urls import reverse
from django.utils import timezone

from charters.models import Approval, Charter, CharterDocument, CharterMember, Section
from tests import factories
from tests.support.database import Server
from tests.support.databases import libpq, manage, on_postgres, program
from tests.support.proof import IS_PROOF
from tests.support.restartable import ROOT, Restartable

SORRY = "Siden kan ikke bruges lige nu"


@contextmanager
def full_disk() -> Iterator[None]:
    """While it lasts, the SQLite file cannot grow by a page."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.skipif(on_postgres(), reason="SQLite tells a connection how much room there is")
class FullDiskTests(TransactionTestCase):
    def setUp(self) -> None:
        self.karen = factories.user("Karen Havbirk")
        group = factories.group()
        factories.membership(group, self.karen, role="chair")
        self.draft = factories.draft(group, by=self.karen)
        for section in self.draft.standing_sections():
            if section.must_be_filled and section.is_empty:
                section.rewrite(heading=section.heading, body="Vi deler.", base=section.revision)
        self.draft.refresh_from_db()
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.karen)

    def adopt(self) -> int:
        def large(edition: object, **places: object) -> bytes:
            return factories.stand_in(edition) + b"%" * 200_000  # type: ignore[arg-type]

        form = {
            "adopted_on": timezone.localdate().isoformat(),
            "base": self.draft.revision,
            "approving": [self.karen.pk],
        }
        with mock.patch("charters.adoption.charter_pdf", large):
            answer = self.client.post(reverse("charters:draft-adopt", args=[self.draft.group.slug]), form)
        if answer.status_code == 503:
            self.assertContains(answer, SORRY, status_code=503)
            self.assertContains(answer, answer.headers["X-Request-ID"], status_code=503)
            self.assertNotContains(answer, "Traceback", status_code=503)
        return answer.status_code

    def test_an_adoption_that_finds_no_room_leaves_the_draft_and_is_done_when_there_is(self) -> None:
        with full_disk():
            assert self.adopt() == 503
            assert (
                self.client.get(reverse("charters:draft-detail", args=[self.draft.group.slug])).status_code
                == 200
            )
        stored = Charter.objects.get(pk=self.draft.pk)
        assert (stored.state, stored.fingerprint, stored.revision) == ("draft", "", self.draft.revision)
        for model in (CharterMember, CharterDocument, Approval):
            assert not model._base_manager.exists()
        assert not stored.group.obligations.exists()
        assert self.adopt() == 302
        assert Charter.objects.get(pk=self.draft.pk).state == "adopted"

    def test_a_save_that_finds_no_room_changes_nothing_and_is_done_when_there_is(self) -> None:
        section = self.draft.standing_sections()[0]
        url = reverse("charters:draft-section-save", args=[self.draft.group.slug, section.pk])
        body = f"<p>{'ord ' * 4_000}til sidst</p>"
        form = {"heading": section.heading, "body": body, "base": section.revision, "key": uuid.uuid4()}
        with full_disk():
            assert self.client.post(url, form).status_code == 503
        stored = Section.objects.get(pk=section.pk)
        assert (stored.body, stored.revision) == (section.body, section.revision)
        assert stored.revisions.count() == 1
        assert self.client.post(url, form).status_code == 200  # as the page does by itself
        assert Section.objects.get(pk=section.pk).body == body


def ask(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_for(what: Callable[[], bool], *, seconds: float = 60) -> None:
    latest = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < latest, "it did not come"
        time.sleep(0.2)


class Site:
    """A PostgreSQL of its own, with the site and a worker on it."""

    def __init__(self, folder: Path) -> None:
        self.postgres = Server(folder)
        address = self.postgres.start().rpartition("/")[0]
        self.url = f"{address}/postgres"
        manage("migrate", url=self.url)
        self.environment = os.environ | {"DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        self.web = Restartable(environment=self.environment)
        self.web.start()
        self.start_worker()

    def start_worker(self) -> None:
        """As whatever keeps it running would."""
        self.worker = subprocess.Popen(
            [sys.executable, "manage.py", "db_worker", "--verbosity=0"], cwd=ROOT, env=self.environment
        )

    def shell(self, code: str) -> str:
        return manage("shell", "--no-imports", "-c", code, url=self.url).stdout.strip()

    def row(self, sql: str) -> str:
        """What the database says itself, without the site."""
        command = [program("psql"), libpq(self.url), "-Atc", sql]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    def stop(self) -> None:
        self.web.kill()
        self.worker.kill()
        self.worker.wait()
        self.postgres.stop()


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    running = Site(folder)
    try:
        yield running
    finally:
        running.stop()


ORDERED = "from tests import factories; print(factories.bundle(factories.user()).pk)"


@pytest.mark.long(40)
@pytest.mark.skipif(not on_postgres(), reason="SQLite has no server to stop")
def test_postgresql_is_stopped_and_back_and_everything_goes_on_by_itself() -> None:
    with tempfile.TemporaryDirectory(prefix="os2groups-test-") as folder, site(Path(folder)) as running:
        pages = f"{running.web.url}/grupper/"
        assert ask(pages)[0] == 200
        running.postgres.stop()
        began = time.monotonic()
        status, page = ask(pages)
        assert status == 503
        assert SORRY in page
        assert "<code>" in page
        assert "Traceback" not in page
        assert ask(f"{running.web.url}/healthz") == (503, "database\n")
        assert time.monotonic() - began < 45
        time.sleep(3)  # the worker looks for work each second
        running.postgres.start()
        wait_for(lambda: ask(pages)[0] == 200)
        assert ask(f"{running.web.url}/healthz")[0] == 200
        assert running.worker.poll() is None
        bundle = running.shell(ORDERED)
        done = f"SELECT state FROM charters_bundle WHERE id = {bundle}"
        wait_for(lambda: running.row(done) == "done")
        assert "Alt er, som det skal være" in manage("verify", url=running.url).stdout


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    folder = tempfile.mkdtemp(prefix="os2groups-test-")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield Path(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        Path(folder).rmdir()


def fill(folder: Path, *, but_for: int) -> Path:
    """A file that takes all the room there is but for so many bytes."""
    file = folder / "filler"
    free = os.statvfs(folder)
    with file.open("wb") as filler:
        for _ in range((free.f_bavail * free.f_frsize - but_for) // 1_000_000):
            filler.write(b"0" * 1_000_000)
    return file


@pytest.mark.skipif(
    not IS_PROOF or not on_postgres() or os.geteuid() != 0, reason="mounts a small disk: make proof"
)
def test_the_disk_of_postgresql_is_full_and_has_room_again_and_nothing_answered_is_lost() -> None:
    with small_disk("600m") as folder, site(folder) as running:
        manage("load_standard_texts", url=running.url)
        filler = fill(folder, but_for=3_000_000)
        command = [sys.executable, "-m", "tests.operations.adopting"]
        writer = subprocess.run(
            command,
            cwd=ROOT,
            env=running.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        answered = {int(pk) for pk in writer.stdout.split()}
        assert writer.returncode != 0
        assert "Error" in writer.stderr  # no room, or the server gave up for want of it
        status, page = ask(f"{running.web.url}/grupper/")
        assert status == 200 or (status == 503 and SORRY in page)
        filler.unlink()
        if running.postgres.process and running.postgres.process.poll() is not None:
            running.postgres.start()  # as whatever keeps it running would
        wait_for(lambda: ask(f"{running.web.url}/grupper/")[0] == 200)
        stored = running.row("SELECT id FROM charters_charter WHERE state <> 'draft'").split()
        assert answered <= set(map(int, stored))
        assert "Alt er, som det skal være" in manage("verify", url=running.url).stdout
        assert running.shell("from tests import factories; print(factories.adopted().pk)")


@pytest.mark.skipif(not IS_PROOF or not on_postgres(), reason="waits for a lease to run out: make proof")
def test_a_worker_that_is_killed_in_the_middle_of_a_zip_leaves_it_to_the_next() -> None:
    with tempfile.TemporaryDirectory(prefix="os2groups-test-") as folder, site(Path(folder)) as running:
        running.shell("from tests.bench.whole import fill; fill(10_000)")
        bundle = running.shell(ORDERED)
        done = f"SELECT count(*) FROM charters_bundleentry WHERE size IS NOT NULL AND bundle_id = {bundle}"
        wait_for(lambda: running.row(done) not in ("", "0"))
        running.worker.kill()
        running.worker.wait()
        state = f"SELECT state FROM charters_bundle WHERE id = {bundle}"
        assert running.row(state) == "running"
        running.start_worker()
        wait_for(lambda: running.row(state) == "done", seconds=120)
        assert running.row(done) == running.row(f"SELECT total FROM charters_bundle WHERE id = {bundle}")
