"""Collecting editions: what goes in, what comes out, and what a killed worker leaves."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from itertools import count
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from charters import bundling
from charters.adoption import adopt
from charters.bundling import ask_for, collect, try_again, zip_of
from charters.models import Bundle, Charter, CharterDocument, Selection
from charters.models.bundle import KEPT_FOR, LEASE
from members.models import Project, WorkingGroup
from tests import factories
from tests.cast import CastCase
from tests.support.worker import run_worker

Kind = WorkingGroup.Kind
_page = count(1)


def adopted(group: WorkingGroup) -> Charter:
    """An edition whose document is like no other's."""
    pdf = mock.patch("charters.adoption.charter_pdf", return_value=f"%PDF-1.7 {next(_page)}".encode())
    with pdf:
        return factories.adopted(group, real_pdf=True)


def later(seconds: float) -> Any:
    return time_machine.travel(timezone.now() + datetime.timedelta(seconds=seconds), tick=False)


def unpacked(bundle: Bundle) -> dict[str, bytes]:
    size, pieces = zip_of(Bundle.objects.get(pk=bundle.pk))
    sent = b"".join(pieces)
    assert len(sent) == size
    with zipfile.ZipFile(io.BytesIO(sent)) as read:
        assert read.testzip() is None
        return {name: read.read(name) for name in read.namelist()}


class BundleCase(CastCase):
    """The cast's three groups with an edition each, and two more of another project."""

    editions: list[Charter]
    other: Project

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cast = cls.cast
        cls.other = factories.project("=OS2regneark", level=Project.Level.LEVEL_3)
        groups = [cast.steering, cast.coordination, cast.professional]
        groups += [factories.group(kind, project=cls.other) for kind in (Kind.STEERING, Kind.COORDINATION)]
        for group in groups[3:]:
            factories.membership(group)
        cls.editions = [adopted(group) for group in groups]

    def ask(self, **chosen: Any) -> Bundle:
        return ask_for(Selection(**chosen), by=self.cast.aase)

    def stored(self) -> list[bytes]:
        return [bytes(pdf) for pdf in CharterDocument.objects.order_by("pk").values_list("pdf", flat=True)]


class ChoosingTests(BundleCase):
    def chosen(self, **chosen: Any) -> set[WorkingGroup]:
        return {entry.charter.group for entry in self.ask(**chosen).entries.select_related("charter__group")}

    def test_project_type_and_level_narrow_together(self) -> None:
        first, second, law, third, fourth = (edition.group for edition in self.editions)
        assert self.chosen() == {first, second, law, third, fourth}
        assert self.chosen(project=self.other) == {third, fourth}
        assert self.chosen(kind=Kind.STEERING) == {first, third}
        assert self.chosen(level=Project.Level.LEVEL_2) == {first, second}
        assert self.chosen(project=self.other, kind=Kind.STEERING) == {third}

    def test_only_the_edition_in_force_is_collected(self) -> None:
        steering = self.editions[0]
        following = steering.next_edition(by=None, reason="Nyt")
        assert self.chosen(kind=Kind.STEERING) == {steering.group, self.editions[3].group}
        Bundle.objects.all().delete()
        with factories.stand_in_pdf():
            adopt(following, by=self.cast.karen, on=timezone.localdate(), reason="Nyt")
        self.editions[3].retire()
        assert [e.charter for e in self.ask(kind=Kind.STEERING).entries.all()] == [following]

    def test_nothing_to_collect_is_said_and_nothing_is_kept(self) -> None:
        with pytest.raises(ValidationError, match="Ingen vedtagne"):
            self.ask(project=self.other, kind=Kind.PROFESSIONAL)
        assert not Bundle.objects.exists()
        assert not DBTaskResult.objects.exists()


class CollectingTests(BundleCase):
    def test_the_worker_collects_what_was_ordered_and_every_file_is_the_stored_one(self) -> None:
        bundle = self.ask()
        run_worker()
        bundle.refresh_from_db()
        assert bundle.is_done
        assert bundle.done() == bundle.total == 5
        files = unpacked(bundle)
        assert sorted(files.keys()) == sorted(
            ["oversigt.csv", *bundle.entries.values_list("name", flat=True)]
        )
        assert [files[e.name] for e in bundle.entries.order_by("charter__document__pk")] == self.stored()
        assert "OS2naturkort/Styregruppe - Styregruppen for OS2naturkort, udgave 1.pdf" in files
        assert "Uden projekt/Faggruppe - Open source-jura, udgave 1.pdf" in files

    def test_nothing_is_printed_again(self) -> None:
        self.ask()
        with mock.patch("charters.documents.renderer.Renderer.print") as printed:
            run_worker()
        printed.assert_not_called()

    def test_the_overview_says_what_each_file_is_and_holds_no_formula(self) -> None:
        bundle = self.ask()
        run_worker()
        overview = unpacked(bundle)["oversigt.csv"].decode("utf-8")
        assert overview.startswith("\ufeffprojekt;niveau;gruppe;")
        rows = {row["gruppe"]: row for row in csv.DictReader(io.StringIO(overview[1:]), delimiter=";")}
        steering, law = rows["Styregruppen for OS2naturkort"], rows["Open source-jura"]
        edition = self.editions[0]
        assert steering == {
            "projekt": "OS2naturkort",
            "niveau": "Niveau 2",
            "gruppe": "Styregruppen for OS2naturkort",
            "type": "styregruppe",
            "udgave": "1",
            "vedtaget": edition.dated_on.isoformat() if edition.dated_on else "",
            "gennemgang": edition.review_on.isoformat() if edition.review_on else "",
            "medlemmer ved vedtagelsen": "2",
            "offentlig": "ja",
            "fil": "OS2naturkort/Styregruppe - Styregruppen for OS2naturkort, udgave 1.pdf",
            "fingeraftryk": edition.fingerprint,
        }
        assert (law["projekt"], law["niveau"], law["offentlig"]) == ("", "", "nej")
        assert rows["Styregruppen for =OS2regneark"]["projekt"] == "'=OS2regneark"

    def test_a_damaged_document_fails_the_bundle_by_name_and_goes_into_no_zip(self) -> None:
        bundle = self.ask(kind=Kind.PROFESSIONAL)
        with mock.patch("charters.bundling.hashlib.sha256") as digest:
            digest.return_value.hexdigest.return_value = "somebody else's"
            run_worker()
        bundle.refresh_from_db()
        assert bundle.is_failed
        assert "Open source-jura" in bundle.error
        assert not bundle.done()

    def test_whatever_goes_wrong_is_said_plainly_and_can_be_tried_again(self) -> None:
        bundle = self.ask()
        with mock.patch("charters.bundling.overview_of", side_effect=RuntimeError("disk")):
            run_worker()
        bundle.refresh_from_db()
        assert (bundle.state, bundle.error) == (
            "failed",
            "Der gik noget galt, mens kommissorierne blev samlet.",
        )
        assert try_again(bundle) == bundle
        run_worker()
        bundle.refresh_from_db()
        assert (bundle.state, bundle.error) == ("done", "")

    def test_a_bundle_of_many_is_read_a_few_at_a_time(self) -> None:
        bundle = self.ask()
        with (
            mock.patch.object(bundling, "AT_A_TIME", 2),
            mock.patch.object(bundling, "_measure", wraps=bundling._measure) as measured,
        ):
            run_worker()
        assert [len(call.args[0]) for call in measured.call_args_list] == [2, 2, 1]
        assert len(unpacked(bundle)) == 6

    def test_a_bundle_costs_as_many_questions_for_many_editions_as_for_few(self) -> None:
        with self.assertNumQueries(21):
            collect.call(self.ask(kind=Kind.PROFESSIONAL).pk)
        with self.assertNumQueries(21):
            collect.call(self.ask().pk)


class KilledTests(BundleCase):
    """A worker dies in the middle, and says goodbye to nobody."""

    def setUp(self) -> None:
        self.patch = mock.patch.object(bundling, "AT_A_TIME", 2)
        self.patch.start()
        self.addCleanup(self.patch.stop)
        self.bundle = self.ask()

    def die_after(self, batches: int) -> None:
        measure, left = bundling._measure, iter(range(batches))

        def dying(entries: Any) -> None:
            if next(left, None) is None:
                raise SystemExit
            measure(entries)

        with mock.patch.object(bundling, "_measure", dying):
            run_worker()
        self.bundle.refresh_from_db()

    def test_what_was_done_stays_and_the_next_worker_does_the_rest_by_itself(self) -> None:
        self.die_after(1)
        assert (self.bundle.state, self.bundle.done()) == ("running", 2)
        done = list(self.bundle.entries.ready().values_list("pk", "size", "crc32"))
        with (
            later(LEASE.total_seconds() + 1),
            mock.patch.object(bundling, "_measure", wraps=bundling._measure) as measured,
        ):
            run_worker()
        read = [entry.pk for call in measured.call_args_list for entry in call.args[0]]
        assert set(read).isdisjoint(pk for pk, *_ in done)
        self.bundle.refresh_from_db()
        assert self.bundle.is_done
        files = unpacked(self.bundle)
        assert sorted(files[name] for name in files if name.endswith(".pdf")) == sorted(self.stored())

    def test_whoever_finds_it_held_looks_again_when_the_lease_runs_out(self) -> None:
        """Not a whole lease later: a worker may have died right after it was last heard of."""
        self.bundle.take()
        with later(LEASE.total_seconds() - 5):
            DBTaskResult.objects.all().delete()
            collect.call(self.bundle.pk)
        with later(LEASE.total_seconds() + 2):
            run_worker()
        self.bundle.refresh_from_db()
        assert self.bundle.is_done

    def test_it_is_taken_up_after_every_death(self) -> None:
        for number in range(1, 4):
            with later(number * (LEASE.total_seconds() + 1)):
                self.die_after(1 if number < 3 else 0)
        with later(5 * LEASE.total_seconds()):
            run_worker()
        self.bundle.refresh_from_db()
        assert self.bundle.is_done
        assert len(unpacked(self.bundle)) == 6

    def test_a_database_that_is_gone_for_a_while_fails_nothing_and_is_no_fault_of_the_bundle(self) -> None:
        with mock.patch.object(bundling, "_measure", side_effect=OperationalError("server closed")):
            run_worker()
        self.bundle.refresh_from_db()
        assert (self.bundle.state, self.bundle.error) == ("running", "")
        with later(LEASE.total_seconds() + 1):
            run_worker()
        self.bundle.refresh_from_db()
        assert self.bundle.is_done

    def test_a_worker_that_is_only_slow_is_left_alone_until_its_lease_runs_out(self) -> None:
        run = self.bundle.take()
        assert run is not None
        collect.call(self.bundle.pk)
        assert self.bundle.done() == 0
        assert self.bundle.take() is None
        with later(LEASE.total_seconds() + 1):
            assert self.bundle.take() is not None
            assert not self.bundle.hold(run), "the slow one finds out that it is not its any more"
            assert not self.bundle.finish(run, overview="")

    def test_one_that_was_taken_over_writes_nothing_more(self) -> None:
        measure = bundling._measure

        def taken_over(entries: Any) -> None:
            measure(entries)
            Bundle.objects.update(run="0" * 32)

        with mock.patch.object(bundling, "_measure", taken_over):
            run_worker()
        self.bundle.refresh_from_db()
        assert (self.bundle.state, self.bundle.done()) == ("running", 0)

    def test_a_bundle_that_was_deleted_meanwhile_is_no_fault(self) -> None:
        self.bundle.delete()
        run_worker()
        assert not DBTaskResult.objects.failed().exists()

    def test_one_that_stands_still_can_be_tried_again_and_one_that_goes_on_cannot(self) -> None:
        self.die_after(1)
        queued = DBTaskResult.objects.count()
        assert try_again(self.bundle) == self.bundle
        assert DBTaskResult.objects.count() == queued
        with later(121):
            try_again(self.bundle)
            try_again(self.bundle)
            assert DBTaskResult.objects.count() == queued + 2
            self.bundle.refresh_from_db()
            assert (self.bundle.state, self.bundle.done()) == ("waiting", 2)


class OnceTests(BundleCase):
    def test_the_same_person_has_one_of_a_kind_under_way(self) -> None:
        first = self.ask(kind=Kind.STEERING)
        assert self.ask(kind=Kind.STEERING) == first
        assert self.ask() != first
        assert ask_for(Selection(kind=Kind.STEERING), by=self.cast.oejvind) != first
        run_worker()
        assert self.ask(kind=Kind.STEERING) != first

    def test_the_database_holds_to_it(self) -> None:
        with mock.patch.object(Bundle, "twin", side_effect=[None, Bundle(pk=7)]):
            self.ask()
            assert self.ask().pk == 7
        with pytest.raises(IntegrityError), transaction.atomic():
            Bundle.objects.create(owner=self.cast.aase, total=1)

    def test_one_that_failed_gives_way_to_an_equal_one_under_way(self) -> None:
        failed = self.ask()
        Bundle.objects.update(state=Bundle.State.FAILED)
        failed.refresh_from_db()
        newer = self.ask()
        assert try_again(failed) == newer
        failed.refresh_from_db()
        assert failed.is_failed


class PruningTests(BundleCase):
    def test_a_week_old_bundle_goes_and_a_younger_one_stays(self) -> None:
        old = self.ask()
        collect.call(old.pk)
        with later(KEPT_FOR.total_seconds() - 60):
            young = self.ask()
        with later(KEPT_FOR.total_seconds() + 60):
            assert list(Bundle.objects.of(self.cast.aase)) == [young]
            for deleted in (1, 0):
                out = io.StringIO()
                call_command("prune_bundles", stdout=out)
                assert f"{deleted} samling" in out.getvalue()
        assert list(Bundle.objects.all()) == [young]
        assert Charter.objects.count() == 5

    def test_what_a_killed_worker_left_in_the_queue_goes_with_time(self) -> None:
        self.ask()
        DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())
        for wait, left in ((0, 2), (KEPT_FOR.total_seconds() + 60, 0)):
            with later(wait):
                call_command("prune_bundles", stdout=io.StringIO())
            assert DBTaskResult.objects.count() == left

    def test_the_worker_prunes_too(self) -> None:
        old = self.ask()
        with later(KEPT_FOR.total_seconds() + 60):
            self.ask(kind=Kind.STEERING)
            run_worker()
        assert not Bundle.objects.filter(pk=old.pk).exists()


class ConstraintTests(BundleCase):
    def test_every_rule_of_the_database_is_held(self) -> None:
        bundle = self.ask()
        first, second, *_ = bundle.entries.all()
        for broken in (
            {"charter": second.charter},
            {"name": second.name},
            {"position": second.position},
            {"size": 1},
        ):
            with self.subTest(broken), pytest.raises(IntegrityError), transaction.atomic():
                bundle.entries.filter(pk=first.pk).update(**broken)
        with pytest.raises(IntegrityError), transaction.atomic():
            Bundle.objects.update(state="halvvejs")
        bundle.full_clean()
        first.full_clean()
