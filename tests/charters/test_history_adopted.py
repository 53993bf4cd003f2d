"""The history outlives the draft: it is read by those who could read the draft, and changes nothing."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from charters.adoption import adopt
from charters.models.section import TwoTextsError
from members.models import User
from tests.charters.test_history import HistoryCase

pytestmark = pytest.mark.no_database


class AdoptedCase(HistoryCase):
    """The chair's draft, adopted while a text of Åse's in "Rolle" still waited for a choice."""

    def setUp(self) -> None:
        super().setUp()
        base = self.stored().revision
        self.save("<p>Karens ord</p>", by=self.cast.karen, minute=0, base=base)
        with pytest.raises(TwoTextsError):
            self.save("<p>Åses ord</p>", by=self.cast.aase, minute=1, base=base)
        for section in self.charter.standing_sections():
            if section.is_empty:
                section.rewrite(heading=section.heading, body="Fyldt ud", base=section.revision)
        self.old = self.charter.standing_sections()[-1]
        self.old.take_out(by=self.cast.karen)
        with mock.patch("charters.adoption.charter_pdf", return_value=b"%PDF-"):
            adopt(self.charter, by=self.cast.karen, on=timezone.localdate())
        self.charter.refresh_from_db()

    def where(self, pk: int | None = None) -> str:
        slug = self.charter.group.slug
        return reverse("charters:edition-section-history", args=[slug, 1, pk or self.section.pk])

    def revert(self, number: int = 0) -> str:
        where = {"slug": self.charter.group.slug, "pk": self.section.pk, "number": number}
        return reverse("charters:draft-section-revert", kwargs=where)


class ReadTests(AdoptedCase):
    def test_a_text_that_did_not_come_in_is_still_read_and_has_no_buttons(self) -> None:
        page = self.client.get(self.where())
        self.assertContains(page, "Åses</ins>")
        self.assertContains(page, "Kommissorium for")
        for button in ("Gendan", "Sæt tilbage til"):
            self.assertNotContains(page, button)

    def test_it_is_read_when_the_next_draft_stands_and_when_the_edition_is_replaced(self) -> None:
        following = self.charter.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        self.assertContains(self.client.get(self.where()), "Åses</ins>")
        with mock.patch("charters.adoption.charter_pdf", return_value=b"%PDF-"):
            adopt(following, by=self.cast.karen, on=timezone.localdate())
        self.assertContains(self.client.get(self.where()), "Åses</ins>")

    def test_what_was_typed_without_scripts_is_shown_when_it_comes_after_the_adoption(self) -> None:
        url = reverse("charters:draft-section-update", args=[self.charter.group.slug, self.section.pk])
        answer = self.client.post(url, {"heading": "Rolle", "body": "Et ord for sent", "base": 0})
        self.assertContains(answer, "Et ord for sent</textarea>", status_code=410)

    def test_a_section_of_another_edition_is_not_found_under_this_one(self) -> None:
        following = self.charter.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        assert self.client.get(self.where(following.standing_sections()[0].pk)).status_code == 404

    def edition_page(self, person: User | None) -> Any:
        self.client.logout()
        if person:
            self.client.force_login(person)
        return self.client.get(self.charter.get_absolute_url())

    def test_the_editions_page_links_to_it_for_members_and_the_secretariat(self) -> None:
        for person in (self.cast.karen, self.cast.jonas, self.cast.aase):
            page = self.edition_page(person)
            for section in self.charter.sections.all():
                self.assertContains(page, self.where(section.pk))
            self.assertContains(page, "Taget ud før vedtagelsen")
            self.assertContains(page, "Læs den i historikken", count=1)

    def test_the_editions_page_does_not_tell_others_of_it(self) -> None:
        for person in (None, self.cast.soeren, self.cast.mette, self.cast.nadia):
            page = self.edition_page(person)
            self.assertNotContains(page, "historik/")
            self.assertNotContains(page, "Taget ud før vedtagelsen")
            self.assertNotContains(page, "Læs den i historikken")

    def test_it_asks_as_often_as_the_history_of_a_draft(self) -> None:
        self.client.get(self.where())
        with self.assertNumQueries(7):
            self.client.get(self.where())


class StalePageTests(AdoptedCase):
    def test_the_drafts_link_leads_on_to_it(self) -> None:
        answer = self.client.get(self.address("history"))
        self.assertRedirects(answer, self.where(), fetch_redirect_response=False)
        self.assertContains(self.client.get(self.where()), "Historikken kan stadig læses.")

    def test_every_press_changes_nothing_and_says_so_with_a_way_on(self) -> None:
        presses = [self.revert(), self.address("standard"), self.address("restore")]
        for drafts in ("none", "the next one"):
            for press in presses:
                with self.subTest(press=press, drafts=drafts):
                    answer = self.client.post(press)
                    self.assertContains(answer, "et vedtaget kommissorium ligger fast", status_code=410)
                    self.assertContains(answer, self.where(), status_code=410)
                    self.assertContains(answer, self.charter.get_absolute_url(), status_code=410)
            if drafts == "none":
                self.charter.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        assert self.stored().body == "<p>Karens ord</p>"

    def test_those_who_may_not_know_of_drafts_are_told_nothing(self) -> None:
        for person in (self.cast.soeren, self.cast.mette, self.cast.nadia):
            self.client.force_login(person)
            assert self.client.post(self.revert()).status_code == 404
            assert self.client.get(self.address("history")).status_code == 404

    def test_a_section_that_never_was_is_not_found(self) -> None:
        where = {"slug": self.charter.group.slug, "pk": 10**6}
        for draft in ("none", "the next one"):
            with self.subTest(draft=draft):
                history = self.client.get(reverse("charters:draft-section-history", kwargs=where))
                save = self.client.post(reverse("charters:draft-section-save", kwargs=where), {"body": "x"})
                assert (history.status_code, save.status_code) == (404, 404)
            if draft == "none":
                self.charter.next_edition(by=self.cast.karen, reason="Nye opgaver.")

    def test_a_save_that_was_under_way_is_told_of_the_edition_its_draft_became(self) -> None:
        following = self.charter.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        with mock.patch("charters.adoption.charter_pdf", return_value=b"%PDF-"):
            adopt(following, by=self.cast.karen, on=timezone.localdate())
        answer = self.client.post(self.address("save"), {"body": "x"})
        self.charter.refresh_from_db()
        assert (answer.status_code, answer.json()["url"]) == (410, self.charter.get_absolute_url())

    def test_a_pulse_of_a_charter_that_never_was_is_not_found(self) -> None:
        self.charter.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        pulse = reverse("charters:draft-pulse", args=[self.charter.group.slug])
        sent = {"window": "00000000-0000-0000-0000-000000000001", "seen": 0}
        for unknown in ("1000000", "9" * 30, "x"):
            assert self.client.post(pulse, sent | {"charter": unknown}).status_code in (404, 422)
        assert self.client.post(pulse, sent | {"charter": self.charter.pk}).status_code == 410
