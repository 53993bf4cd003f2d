"""A charter on its page: the sheet itself, with what belongs to a draft or to a reader who may write."""

from __future__ import annotations

import datetime
from unittest import mock

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from charters.adoption import adopt
from charters.completeness import HEADING_ANCHOR, MEMBERS_ANCHOR
from charters.documents.renderer import DocumentError, Renderer
from charters.models import Charter
from members.models import WorkingGroup
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

DAY = datetime.date(2026, 11, 24)
QUERIES = 8
PUBLIC_QUERIES = 4


class DocumentPageCase(CastCase):
    draft: Charter
    adopted: Charter

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.draft = factories.draft(cls.cast.steering)
        cls.adopted = factories.adopted(cls.cast.coordination, on=DAY)

    def page_of(self, charter: Charter) -> str:
        return self.client.get(charter.get_absolute_url()).content.decode()


class HeadingTests(DocumentPageCase):
    def test_places_that_findings_point_to_are_there(self) -> None:
        for person in (self.cast.karen, self.cast.jonas):
            self.client.force_login(person)
            page = self.page_of(self.draft)
            for anchor in (HEADING_ANCHOR, MEMBERS_ANCHOR):
                assert page.count(f'id="{anchor}"') == 1

    def test_who_writes_is_led_to_the_heading_and_to_the_group(self) -> None:
        self.client.force_login(self.cast.karen)
        page = self.page_of(self.draft)
        assert f'href="{reverse("charters:draft-update", args=[self.cast.steering.slug])}"' in page
        assert "Medlemmerne hentes fra gruppen" in page

    def test_who_only_reads_is_not(self) -> None:
        self.client.force_login(self.cast.jonas)
        page = self.page_of(self.draft)
        assert reverse("charters:draft-update", args=[self.cast.steering.slug]) not in page
        assert "Medlemmerne hentes fra gruppen" not in page

    def test_draft_says_that_it_is_one_and_an_edition_does_not(self) -> None:
        for person in (self.cast.karen, self.cast.jonas):
            self.client.force_login(person)
            assert "Udkast. Ikke vedtaget." in self.page_of(self.draft)
        assert "Ikke vedtaget" not in self.page_of(self.adopted)


class QueriesTests(DocumentPageCase):
    def test_as_many_queries_with_many_members_and_approvals_as_with_one(self) -> None:
        group = factories.group()
        first = factories.membership(group)
        alone = factories.adopted(group, on=DAY)
        crowd = factories.group()
        people = [factories.membership(crowd).person for _ in range(12)]
        crowded = factories.draft(crowd)
        adopt(crowded, by=people[0], on=DAY, approving=[person.pk for person in people[:6]])
        ContentType.objects.get_for_model(WorkingGroup)  # asked for once in the life of a process
        for reader, charter in ((first.person, alone), (people[-1], crowded)):
            self.client.force_login(reader)
            url = charter.get_absolute_url()
            with self.assertNumQueries(QUERIES):
                page = self.client.get(url).content.decode()
            assert "Godkendelser ved vedtagelsen" in page

    def test_reading_without_signing_in_takes_fewer(self) -> None:
        url = self.adopted.get_absolute_url()
        with self.assertNumQueries(PUBLIC_QUERIES):
            self.client.get(url)


class DraftPdfTests(DocumentPageCase):
    def test_member_gets_the_draft_on_paper(self) -> None:
        self.client.force_login(self.cast.jonas)
        response = self.client.get(reverse("charters:draft-pdf", args=[self.cast.steering.slug]))
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")

    def test_failing_printer_is_answered_in_words(self) -> None:
        self.client.force_login(self.cast.jonas)
        address = reverse("charters:draft-pdf", args=[self.cast.steering.slug])
        with mock.patch.object(Renderer, "print", side_effect=DocumentError("PDF'en kunne ikke laves.")):
            response = self.client.get(address, follow=True)
        assert response.redirect_chain[0][0] == self.draft.get_absolute_url()
        self.assertContains(response, "PDF&#x27;en kunne ikke laves.")
