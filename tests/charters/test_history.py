"""What became of a section: told by sittings, word by word, and anything can be had again."""

from __future__ import annotations

import datetime
from typing import Any
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from charters.history import PAGE_SIZE, History
from charters.models import Section
from charters.models.manuscript import ManuscriptError
from charters.models.section import TwoTextsError
from members.models import User
from tests import factories
from tests.charters.test_sections import SectionCase

NOON = datetime.datetime(2026, 11, 24, 11, 0, tzinfo=datetime.UTC)  # 12.00 in Denmark


class HistoryCase(SectionCase):
    """Saves in the section "Rolle", each at its own minute of one day."""

    def save(self, body: str, *, by: User, minute: int, base: int | None = None, **fields: Any) -> Section:
        section = self.stored()
        sent = {"heading": "Rolle", "body": body, "base": section.revision if base is None else base} | fields
        with mock.patch("django.utils.timezone.now", return_value=NOON + datetime.timedelta(minutes=minute)):
            section.rewrite(**sent, by=by)
        return section

    def told(self, **options: Any) -> list[str]:
        return [entry.last.wording.body for entry in History.of(self.stored(), **options).entries]


class SittingTests(HistoryCase):
    def test_saves_of_one_person_right_after_each_other_are_one_line(self) -> None:
        for minute, words in enumerate(["Et", "Et to", "Et to tre"]):
            self.save(words, by=self.cast.karen, minute=minute)
        newest = History.of(self.stored()).entries[0]
        assert (newest.author, newest.last.wording.body) == (self.cast.karen, "<p>Et to tre</p>")
        assert (newest.began_at, newest.last.saved_at) == (NOON, NOON + datetime.timedelta(minutes=2))
        assert len(self.told()) == 2  # with the one it began with

    def test_a_pause_and_another_person_begin_a_new_one(self) -> None:
        self.save("Et", by=self.cast.karen, minute=0)
        self.save("Et to", by=self.cast.karen, minute=30)
        self.save("Et to tre", by=self.cast.aase, minute=31)
        assert self.told()[:3] == ["<p>Et to tre</p>", "<p>Et to</p>", "<p>Et</p>"]

    def test_every_single_save_can_be_seen(self) -> None:
        for minute, words in enumerate(["Et", "Et to", "Et to tre"]):
            self.save(words, by=self.cast.karen, minute=minute)
        assert len(self.told(every_save=True)) == 4

    def test_a_sitting_that_came_to_nothing_is_not_told_of(self) -> None:
        before = self.stored().body
        self.save("Et forsøg", by=self.cast.karen, minute=0)
        self.save(before, by=self.cast.karen, minute=1)
        assert len(self.told()) == 1

    def test_what_was_merged_is_told_once_and_what_was_not_until_it_is_in_the_text(self) -> None:
        self.save("<p>Et</p><p>To</p>", by=self.cast.karen, minute=0)
        base = self.stored().revision
        self.save("<p>Et Åse</p><p>To</p>", by=self.cast.aase, minute=20, base=base)
        self.save("<p>Et</p><p>To Karen</p>", by=self.cast.karen, minute=21, base=base)
        assert [entry.last.aside for entry in History.of(self.stored()).entries] == [""] * 4
        with pytest.raises(TwoTextsError):
            self.save("<p>Et Karen</p><p>To</p>", by=self.cast.karen, minute=40, base=base)
        assert History.of(self.stored()).entries[0].last.aside == "conflict"
        self.save("<p>Et Karen</p><p>To</p><p>Et Åse</p>", by=self.cast.karen, minute=41)
        assert self.stored().revisions.filter(aside="settled").count() == 1
        assert [entry.last.aside for entry in History.of(self.stored()).entries] == [""] * 5

    def test_a_long_history_has_pages_that_go_on_where_the_last_ended(self) -> None:
        section = self.stored()
        section.revisions.all().delete()
        section.revisions.bulk_create(
            section.revisions.model(section=section, number=n, heading="Rolle", body=f"<p>Nr. {n}</p>")
            for n in range(PAGE_SIZE + 20)
        )
        first = History.of(section, every_save=True)
        second = History.of(section, every_save=True, before=first.older_than)
        numbers = [entry.last.number for entry in [*first.entries, *second.entries]]
        assert numbers == list(reversed(range(PAGE_SIZE + 20)))
        before = first.entries[-1].before
        assert before is not None
        assert before.body == f"<p>Nr. {first.entries[-1].last.number - 1}</p>"
        assert second.older_than is None


class ActTests(HistoryCase):
    def test_taking_out_and_putting_back_are_told_with_who_did_it(self) -> None:
        self.stored().take_out(by=self.cast.karen)
        self.stored().put_back(by=self.cast.aase)
        entries = History.of(self.stored()).entries
        assert [(e.last.act, e.author) for e in entries[:2]] == [
            ("put_back", self.cast.aase),
            ("taken_out", self.cast.karen),
        ]

    def test_what_another_wrote_just_before_is_not_told_as_taken_out_by_who_took_the_section_out(
        self,
    ) -> None:
        opened = self.stored()
        self.save("Åses ord", by=self.cast.aase, minute=0)
        opened.take_out(by=self.cast.karen)
        taken_out = self.stored().revisions.get(act="taken_out")
        assert taken_out.body == "<p>Åses ord</p>"

    def test_an_old_text_is_had_again_and_what_came_after_is_not_forgotten(self) -> None:
        first = self.stored().body
        self.save("Noget andet", by=self.cast.karen, minute=0)
        self.stored().restore(self.stored().revisions.get(number=0), by=self.cast.aase)
        assert self.stored().body == first
        newest = History.of(self.stored()).entries[0]
        assert (newest.last.act, newest.author) == ("restored", self.cast.aase)
        assert "<p>Noget andet</p>" in self.told()

    def test_restoring_a_section_that_was_taken_out_puts_it_back(self) -> None:
        self.stored().take_out(by=self.cast.karen)
        self.stored().restore(self.stored().revisions.get(number=0), by=self.cast.karen)
        assert not self.stored().is_removed

    def test_the_standard_text_is_had_again_section_by_section(self) -> None:
        assert self.section.source is not None
        self.save("Noget andet", by=self.cast.karen, minute=0, heading="Vores rolle")
        self.stored().restore_standard(by=self.cast.karen)
        assert self.stored().wording == self.section.source.wording

    def test_a_section_of_the_groups_own_has_no_standard_text(self) -> None:
        own = self.charter.add_section("Vores eget")
        with pytest.raises(ManuscriptError):
            own.restore_standard(by=self.cast.karen)


class PageTests(HistoryCase):
    def page(self, **query: Any) -> Any:
        return self.client.get(self.address("history"), query)

    def test_says_who_and_when_and_marks_the_words(self) -> None:
        self.save("<p>Gruppen mødes hver måned</p>", by=self.cast.aase, minute=0)
        self.save("<p>Gruppen mødes hvert kvartal</p>", by=self.cast.karen, minute=63)
        page = self.page()
        self.assertContains(page, "Karen Havbirk,")
        self.assertContains(page, "24. november 2026 kl.")
        self.assertContains(page, "13.03")
        self.assertContains(page, "kvartal</ins>")
        self.assertContains(page, "måned</del>")

    def test_a_press_on_gendan_brings_a_text_back(self) -> None:
        first = self.stored().body
        self.save("Noget andet", by=self.cast.karen, minute=0)
        where = {"slug": self.charter.group.slug, "pk": self.section.pk, "number": 0}
        answer = self.client.post(reverse("charters:draft-section-revert", kwargs=where))
        self.assertRedirects(answer, f"{self.charter.get_absolute_url()}#{self.section.anchor}")
        assert self.stored().body == first

    def test_a_press_puts_the_standard_text_back(self) -> None:
        self.save("Noget andet", by=self.cast.karen, minute=0)
        self.assertContains(self.page(), "Sæt tilbage til standardteksten")
        self.client.post(self.address("standard"))
        assert self.section.source is not None
        assert self.stored().wording == self.section.source.wording
        self.assertContains(self.page(), "svarer ord for ord til standardteksten")

    def test_a_member_reads_it_without_buttons(self) -> None:
        self.save("Noget andet", by=self.cast.karen, minute=0)
        self.client.force_login(self.cast.jonas)
        page = self.page()
        self.assertContains(page, "Noget andet")
        self.assertNotContains(page, "Gendan")
        self.assertNotContains(page, "Sæt tilbage")

    def test_one_that_was_taken_out_says_so_and_can_be_put_back_here(self) -> None:
        self.stored().take_out(by=self.cast.karen)
        self.assertContains(self.page(), "Afsnittet er taget ud af teksten.")
        self.assertContains(self.page(), "Sæt ind igen")

    def test_what_cannot_be_a_number_is_not_found(self) -> None:
        for asked in ("x", "-1", "9" * 30, "²"):
            assert self.page(foer=asked).status_code == 404

    def test_the_number_of_queries_does_not_grow(self) -> None:
        self.page()
        for _ in range(2):
            with self.assertNumQueries(9):
                self.page()
            for minute in range(12):
                self.save(f"Tekst {minute}", by=factories.user(), minute=20 * minute)

    def test_a_closed_groups_history_is_read_and_not_changed(self) -> None:
        self.save("Noget andet", by=self.cast.karen, minute=0)
        self.cast.steering.close(on=timezone.localdate())
        self.client.force_login(self.cast.aase)
        self.assertNotContains(self.page(), "Gendan denne tekst")
        answer = self.client.post(self.address("standard"), follow=True)
        self.assertContains(answer, "Gruppen er nedlagt")
        assert self.stored().body == "<p>Noget andet</p>"
