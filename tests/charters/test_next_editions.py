"""A next edition says why it is there; the day of the next review is the group's to choose."""

from __future__ import annotations

import datetime
import json

import pytest
import time_machine
from django.urls import reverse

from charters.adoption import adopt
from charters.documents.charter_pdf import charter_pdf
from charters.edition import Edition
from charters.models import Charter
from charters.models.manuscript import ManuscriptError
from tests import factories
from tests.cast import CastCase
from tests.charters.documents import reading

pytestmark = pytest.mark.no_database

WHY = "Vi har fået flere penge."
IN_TWO_YEARS = datetime.date(2028, 1, 15)


class NextCase(CastCase):
    def setUp(self) -> None:
        self.enterContext(time_machine.travel("2026-11-24T12:00:00+01:00", tick=False))
        self.first = factories.adopted(self.cast.steering, by=self.cast.karen)
        self.client.force_login(self.cast.karen)

    def url(self, name: str, *arguments: int) -> str:
        return reverse(f"charters:{name}", args=[self.cast.steering.slug, *arguments])


class HeadingTests(NextCase):
    def begin(self) -> str:
        return self.client.post(self.url("edition-next"), follow=True).content.decode()

    def test_name_and_level_come_from_the_register_and_the_chair_is_told_where_they_differ(self) -> None:
        self.cast.project.level = "level_3"
        self.cast.project.save()
        page = self.begin()
        assert "hentet fra registret" in page
        assert "I udgave 1 stod der »OS2naturkort«, Niveau 2." in page
        assert Charter.objects.drafts().get().level == "level_3"

    def test_where_they_are_the_same_nothing_is_told(self) -> None:
        assert "hentet fra registret" not in self.begin()


class ReasonTests(NextCase):
    def setUp(self) -> None:
        super().setUp()
        self.draft = self.first.next_edition(by=self.cast.karen)

    def adopt(self, reason: str = "") -> Charter:
        self.enterContext(factories.stand_in_pdf())
        adopt(self.draft, by=self.cast.karen, on=datetime.date(2026, 11, 24), reason=reason)
        return self.draft

    def test_without_a_reason_it_is_not_adopted(self) -> None:
        with pytest.raises(ManuscriptError, match="hvorfor der kommer en ny udgave"):
            self.adopt()

    def test_the_reason_is_part_of_what_is_adopted(self) -> None:
        edition = self.adopt(WHY)
        assert edition.reason == WHY
        assert json.loads(edition.document.content)["reason"] == WHY
        assert Edition.of(edition).fingerprint == edition.fingerprint

    def test_of_the_first_edition_nobody_asks(self) -> None:
        self.client.force_login(self.cast.mette)
        factories.draft(self.cast.coordination)
        url = reverse("charters:draft-adopt", args=[self.cast.coordination.slug])
        self.assertNotContains(self.client.get(url), "Hvorfor kommer der en ny udgave?")

    def test_the_form_asks_beside_the_field_and_keeps_what_was_ticked(self) -> None:
        page = self.client.get(self.url("draft-adopt"))
        self.assertContains(page, "Hvorfor kommer der en ny udgave?")
        sent = {"adopted_on": "2026-11-24", "approving": [self.cast.jonas.pk], "base": self.draft.revision}
        answer = self.client.post(self.url("draft-adopt"), sent)
        self.assertContains(answer, "Skriv i en sætning", status_code=422)
        assert answer.context["form"]["approving"].value() == [str(self.cast.jonas.pk)]

    def test_it_stands_in_the_edition_and_beside_the_earlier_ones(self) -> None:
        self.adopt(WHY)
        self.assertContains(self.client.get(self.url("edition-detail", 2)), WHY)
        self.assertNotContains(self.client.get(self.url("edition-detail", 1)), WHY)
        self.assertContains(self.client.get(self.cast.steering.get_absolute_url()), WHY)

    def test_it_is_printed(self) -> None:
        self.draft.reason = WHY
        assert WHY in " ".join(reading.words_of_pdf(charter_pdf(Edition.of(self.draft))))


class ReviewTests(NextCase):
    def choose(self, day: str) -> int:
        return self.client.post(self.url("edition-review", 1), {"review_on": day}).status_code

    def test_whoever_leads_chooses_another_day(self) -> None:
        self.assertContains(self.client.get(self.url("edition-detail", 1)), self.url("edition-review", 1))
        assert self.choose("2028-01-15") == 302
        assert Charter.objects.get().review_on == IN_TWO_YEARS
        self.assertContains(self.client.get(self.url("edition-detail", 1)), "15. januar 2028")

    def test_a_member_does_not(self) -> None:
        self.client.force_login(self.cast.jonas)
        self.assertNotContains(self.client.get(self.url("edition-detail", 1)), self.url("edition-review", 1))
        assert self.choose("2028-01-15") == 403

    def test_a_day_that_is_not_ahead_is_a_message(self) -> None:
        for day in ("2026-11-24", "2020-01-01", "i morgen", "20226-01-01"):
            assert self.choose(day) == 422, day
        answer = self.client.post(self.url("edition-review", 1), {"review_on": "2026-11-24"})
        self.assertContains(answer, "Vælg en dag, der ligger efter i dag.", status_code=422)

    def test_an_edition_that_is_superseded_is_reviewed_no_more(self) -> None:
        draft = self.first.next_edition(by=None, reason=WHY)
        with factories.stand_in_pdf():
            adopt(draft, by=self.cast.karen, on=datetime.date(2026, 11, 24))
        self.assertNotContains(self.client.get(self.url("edition-detail", 1)), self.url("edition-review", 1))
        assert self.choose("2028-01-15") == 422

    def test_a_day_that_is_near_is_told_in_lists_and_on_the_groups_page(self) -> None:
        Charter.objects.update(review_on=datetime.date(2027, 1, 10))
        self.assertContains(self.client.get(reverse("members:group-list")), "gennemgås snart")
        self.assertContains(self.client.get(self.cast.steering.get_absolute_url()), "senest 10. januar 2027")
        Charter.objects.update(review_on=datetime.date(2027, 3, 10))
        self.assertNotContains(self.client.get(reverse("members:group-list")), "gennemgås snart")
