"""Adopting while others write: who does so just now, and what changed since the page was opened."""

from __future__ import annotations

import datetime
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from charters.models import Charter, Section
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database


@time_machine.travel("2026-11-24 12:00", tick=False)
class AdoptingCase(CastCase):
    charter: Charter

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.charter = factories.draft(cls.cast.steering, by=cls.cast.karen)

    def setUp(self) -> None:
        self.client.force_login(self.cast.karen)
        self.address = reverse("charters:draft-adopt", args=[self.cast.steering.slug])

    def section(self) -> Section:
        first: Section = self.charter.standing_sections()[0]
        return first

    def form(self) -> Any:
        return self.client.get(self.address).context["form"]

    def adopt(self, form: Any, **also: object) -> Any:
        """Press the button of a page that was opened earlier."""
        carried = {name: form[name].value() for name in ("adopted_on", "base", "roster", "read")}
        with mock.patch("charters.adoption.charter_pdf", return_value=factories.PDF):
            return self.client.post(self.address, {**carried, **also})


class WritersTests(AdoptingCase):
    def test_who_writes_and_where_is_said(self) -> None:
        factories.presence(self.charter, self.cast.jonas, section=self.section())
        page = self.client.get(self.address)
        self.assertContains(page, "Jonas Engtoft skriver lige nu i")
        self.assertContains(page, f"#{self.section().anchor}")

    def test_two_windows_of_one_person_are_said_once(self) -> None:
        for _ in range(2):
            factories.presence(self.charter, self.cast.jonas, section=self.section())
        self.assertContains(self.client.get(self.address), "skriver lige nu", count=1)

    def test_readers_oneself_and_those_who_fell_silent_are_not_said_to_write(self) -> None:
        factories.presence(self.charter, self.cast.jonas)
        factories.presence(self.charter, self.cast.karen, section=self.section())
        earlier = timezone.now() - datetime.timedelta(minutes=1)
        factories.presence(self.charter, self.cast.mette, section=self.section(), seen_at=earlier)
        self.assertNotContains(self.client.get(self.address), "skriver lige nu")


class SinceTests(AdoptingCase):
    def test_a_changed_section_is_shown_word_by_word_and_the_next_press_adopts_it(self) -> None:
        opened, section = self.form(), self.section()
        heading = section.heading
        section.rewrite(heading="Nyt formål", body="Noget ganske andet.", base=section.revision)
        answer = self.adopt(opened, approving=[self.cast.jonas.pk])
        self.assertContains(answer, "Det er ændret, siden du åbnede siden", status_code=422)
        self.assertContains(answer, f"#{section.anchor}", status_code=422)
        self.assertContains(answer, f"Overskriften var »{heading}«.", status_code=422)
        self.assertContains(answer, "<ins>", status_code=422)
        shown = answer.context["form"]
        assert shown["approving"].value() == [str(self.cast.jonas.pk)]
        assert self.adopt(shown, approving=shown["approving"].value()).status_code == 302
        assert Charter.objects.adopted().exists()

    def test_sections_that_came_and_went_and_changed_places_are_told_and_so_is_the_heading(self) -> None:
        gone = self.charter.add_section("Afløsning", body="Ud.")
        opened = self.form()
        gone.take_out()
        self.charter.add_section("Samarbejde", body="Ind.")
        self.charter.move_section(self.section(), up=False)
        self.charter.rewrite_heading(dated_on=datetime.date(2026, 11, 20))
        answer = self.adopt(opened)
        for told in ("Afsnittet er taget ud.", "Afsnittet er kommet til.", "anden rækkefølge", "er ændret."):
            self.assertContains(answer, told, status_code=422)

    def test_a_change_that_left_the_text_as_it_was_is_said_to_be_none(self) -> None:
        opened, section = self.form(), self.section()
        section.take_out()
        section.put_back()
        answer = self.adopt(opened)
        self.assertContains(answer, "Teksten står, som da du åbnede siden.", status_code=422)
        assert self.adopt(answer.context["form"]).status_code == 302

    def test_a_page_that_carries_something_else_is_refused_without_details(self) -> None:
        opened, section = self.form(), self.section()
        section.rewrite(heading="Formål", body="Andet.", base=section.revision)
        for carried in ("", "noget andet", "0123456789ab;1.1;1"):
            answer = self.adopt(opened, read=carried)
            self.assertContains(answer, "Udkastet blev ændret", status_code=422)
            self.assertNotContains(answer, "siden du åbnede siden", status_code=422)


class NobodyTickedTests(AdoptingCase):
    def test_what_a_tick_means_is_said_and_none_is_warned_of_but_not_refused(self) -> None:
        page = self.client.get(self.address)
        self.assertContains(page, "Et flueben betyder")
        self.assertContains(page, "Ingen har fået flueben.")
        assert self.adopt(page.context["form"]).status_code == 302
