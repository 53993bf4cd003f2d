"""The secretariat chooses, waits and downloads."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from unittest import mock

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from charters.bundling import collect
from charters.models import Bundle
from members.models import WorkingGroup
from tests import factories
from tests.charters.test_bundling import BundleCase, later
from tests.support.worker import run_worker

pytestmark = pytest.mark.no_database

CREATE = "/samlinger/"


class PageCase(BundleCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)

    def post(self, **form: str) -> HttpResponse:
        return self.client.post(CREATE, {"project": "", "kind": "", "level": "", **form})

    def ordered(self, **form: str) -> Bundle:
        return Bundle.objects.get(pk=self.post(**form)["Location"].split("/")[-2])

    def page(self, bundle: Bundle, *, htmx: bool = False) -> HttpResponse:
        headers: Any = {"HX-Request": "true"} if htmx else {}
        return self.client.get(bundle.get_absolute_url(), headers=headers)


class ChoosingPageTests(PageCase):
    def test_the_page_tells_how_many_match_what_was_chosen(self) -> None:
        self.assertContains(self.client.get(CREATE), "<strong>5</strong> vedtagne kommissorier passer")
        self.assertContains(self.client.get(CREATE, {"kind": "professional"}), "<strong>Ét</strong> vedtaget")
        both = {"project": self.other.slug, "level": "level_3"}
        self.assertContains(self.client.get(CREATE, both), "<strong>2</strong>")

    def test_nothing_to_collect_has_no_button(self) -> None:
        page = self.client.get(CREATE, {"level": "sandbox"})
        self.assertContains(page, "Ingen vedtagne kommissorier passer")
        self.assertNotContains(page, "Saml som zip")

    def test_what_makes_no_sense_narrows_nothing_and_is_said(self) -> None:
        page = self.client.get(CREATE, {"kind": "bestyrelse", "project": "findes-ikke"})
        self.assertContains(page, "<strong>5</strong>")
        self.assertContains(page, "invalid-feedback")

    def test_what_makes_no_sense_is_not_ordered(self) -> None:
        assert self.post(kind="bestyrelse").status_code == 422
        answer = self.post(level="sandbox")
        self.assertContains(answer, "Ingen vedtagne kommissorier passer", status_code=422)
        assert not Bundle.objects.exists()

    def test_one_orders_what_one_was_shown_the_number_of(self) -> None:
        page = self.client.get(CREATE, {"kind": "steering", "project": self.other.slug})
        self.assertContains(page, f'<input type="hidden" name="project" value="{self.other.slug}"')
        self.assertContains(page, '<input type="hidden" name="kind" value="steering"')
        bundle = self.ordered(kind="steering", project=self.other.slug)
        assert (bundle.owner, bundle.project, bundle.kind, bundle.level) == (
            self.cast.aase,
            self.other,
            "steering",
            "",
        )

    def test_an_order_sent_twice_is_one_bundle(self) -> None:
        key = "6f1c9a0e-7f0b-4a6e-9d6a-000000000001"
        first = self.post(submission=key)
        assert self.post(submission=key)["Location"] == first["Location"]
        assert self.post()["Location"] == first["Location"], "an equal one is under way"
        assert Bundle.objects.count() == 1
        run_worker()
        assert self.post(submission=key)["Location"] == first["Location"], "a late repetition orders nothing"
        assert self.post()["Location"] != first["Location"]

    def test_the_list_of_groups_leads_here_with_its_choice_for_the_secretariat_only(self) -> None:
        groups = reverse("members:group-list") + "?kind=steering"
        link = f"{CREATE}?kind=steering&amp;level="
        self.assertContains(self.client.get(groups), link)
        self.client.force_login(self.cast.karen)
        self.assertNotContains(self.client.get(groups), CREATE)

    def test_one_sees_ones_own_bundles_for_a_week(self) -> None:
        mine = self.ordered(kind="steering")
        theirs = factories.bundle(self.cast.oejvind)
        page = self.client.get(CREATE)
        self.assertContains(page, mine.get_absolute_url())
        self.assertNotContains(page, theirs.get_absolute_url())
        with later(8 * 24 * 60 * 60):
            self.client.force_login(self.cast.aase)
            self.assertNotContains(self.client.get(CREATE), mine.get_absolute_url())
            assert self.page(mine).status_code == 404


class ProgressPageTests(PageCase):
    def test_a_bundle_under_way_tells_how_far_it_is_and_asks_again_by_itself(self) -> None:
        bundle = self.ordered()
        entry = bundle.entries.all()[0]
        bundle.entries.filter(pk=entry.pk).update(size=1, crc32=1)
        page = self.page(bundle)
        self.assertContains(
            page, '<progress class="how-far" max="5" value="1" aria-labelledby="fremgang-navn">'
        )
        self.assertContains(page, "1 af 5 er klar")
        self.assertContains(page, f'hx-get="{bundle.get_absolute_url()}" hx-trigger="every 2s"')
        part = self.page(bundle, htmx=True)
        self.assertContains(part, "1 af 5 er klar")
        self.assertNotContains(part, "<html")

    def test_a_finished_bundle_has_its_download_and_asks_no_more(self) -> None:
        bundle = self.ordered()
        run_worker()
        page = self.page(bundle)
        self.assertContains(page, reverse("charters:bundle-zip", args=[bundle.pk]))
        self.assertNotContains(page, "hx-trigger")
        self.assertContains(self.page(bundle, htmx=True), "Du kan hente zip-filen", status_code=286)

    def test_a_failed_bundle_says_why_and_can_be_tried_again_twice_over(self) -> None:
        bundle = self.ordered()
        with mock.patch("charters.bundling.overview_of", side_effect=RuntimeError):
            run_worker()
        self.assertContains(self.page(bundle), "Der gik noget galt, mens kommissorierne blev samlet.")
        self.assertContains(self.page(bundle, htmx=True), "mislykkedes", status_code=286)
        again = reverse("charters:bundle-retry", args=[bundle.pk])
        queued = DBTaskResult.objects.count()
        for _ in range(2):
            self.assertRedirects(self.client.post(again), bundle.get_absolute_url())
        assert DBTaskResult.objects.count() == queued + 2, "one for now and one in case of a death"
        run_worker()
        self.assertContains(self.page(bundle), "Hent zip")

    def test_where_no_worker_runs_the_page_says_so_after_a_while(self) -> None:
        bundle = self.ordered()
        self.assertNotContains(self.page(bundle), "db_worker")
        with later(121):
            self.assertContains(self.page(bundle), "db_worker")
            self.assertContains(self.page(bundle), "Prøv igen")


class DownloadTests(PageCase):
    def url(self, bundle: Bundle) -> str:
        return reverse("charters:bundle-zip", args=[bundle.pk])

    def test_the_download_is_a_zip_of_known_length_that_is_sent_in_pieces(self) -> None:
        bundle = self.ordered()
        run_worker()
        answer = self.client.get(self.url(bundle))
        assert answer.streaming
        assert answer["Content-Type"] == "application/zip"
        assert answer["Content-Disposition"].startswith('attachment; filename="kommissorier-2')
        sent = answer.getvalue()
        assert len(sent) == int(answer["Content-Length"])
        assert len(zipfile.ZipFile(io.BytesIO(sent)).namelist()) == 6

    def test_there_is_no_download_before_it_is_done(self) -> None:
        assert self.client.get(self.url(self.ordered())).status_code == 404

    def test_a_colleagues_bundle_is_as_if_it_were_not_there(self) -> None:
        bundle = self.ordered()
        run_worker()
        self.client.force_login(self.cast.oejvind)
        assert self.client.get(self.url(bundle)).status_code == 404
        assert self.page(bundle).status_code == 404

    def test_whoever_has_left_the_secretariat_downloads_nothing(self) -> None:
        bundle = self.ordered()
        run_worker()
        self.cast.aase.groups.clear()
        assert self.client.get(self.url(bundle)).status_code == 403


class QueryTests(PageCase):
    """As many questions for one row as for many."""

    def bundles(self, number: int) -> None:
        for _ in range(number):
            collect.call(factories.bundle(self.cast.aase, project=self.other).pk)

    def test_the_page_of_choices(self) -> None:
        for more in (1, 8):
            self.bundles(more)
            with self.assertNumQueries(7):
                self.client.get(CREATE)

    def test_the_page_of_a_bundle_and_its_download(self) -> None:
        one = factories.bundle(self.cast.aase, kind=WorkingGroup.Kind.PROFESSIONAL)
        many = factories.bundle(self.cast.aase)
        for bundle in (one, many):
            with self.assertNumQueries(6):
                self.page(bundle, htmx=True)
            collect.call(bundle.pk)
            with self.assertNumQueries(7):
                self.page(bundle)
            with self.assertNumQueries(8):
                self.client.get(reverse("charters:bundle-zip", args=[bundle.pk])).getvalue()
