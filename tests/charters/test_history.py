"""What became of a section: told by sittings, word by word, and anything can be had again."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import Any
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from charters.history import PAGE_SIZE, SAVES_SHOWN, Entry, History
from charters.models import Section, SectionRevision
from charters.models.manuscript import ManuscriptError
from charters.models.section import TwoTextsError
from members.models import User
from tests import factories
from tests.charters.test_sections import SectionCase

pytestmark = pytest.mark.no_database

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
    def newest(self) -> Entry:
        return History.of(self.stored()).entries[0]

    def take_turns(self) -> None:
        for minute, words in enumerate(["Et", "Et to", "Et to tre"]):
            self.save(words, by=(self.cast.karen, self.cast.aase)[minute % 2], minute=minute)

    def test_saves_of_one_person_right_after_each_other_are_one_line(self) -> None:
        for minute, words in enumerate(["Et", "Et to", "Et to tre"]):
            self.save(words, by=self.cast.karen, minute=minute)
        newest = self.newest()
        assert (newest.by, newest.last.wording.body) == ("Karen Havbirk", "<p>Et to tre</p>")
        assert (newest.began_at, newest.ended_at) == (NOON, NOON + datetime.timedelta(minutes=2))
        assert len(self.told()) == 2  # with the one it began with

    def test_two_who_take_turns_are_one_line_that_names_both_and_tells_all_they_changed(self) -> None:
        began_with = self.stored().wording
        self.take_turns()
        newest = self.newest()
        assert newest.by == "Karen Havbirk og Åse Kildevang"
        assert (newest.before, newest.last.wording.body) == (began_with, "<p>Et to tre</p>")
        assert len(self.told()) == 2

    def test_three_are_named_with_a_comma_and_an_og(self) -> None:
        for minute, person in enumerate((self.cast.jonas, self.cast.karen, self.cast.aase)):
            self.save(f"Tekst {minute}", by=person, minute=minute)
        assert self.newest().by == "Jonas Engtoft, Karen Havbirk og Åse Kildevang"

    def test_a_line_unfolds_to_each_save_with_who_and_when(self) -> None:
        self.take_turns()
        saves = [(save.by, save.saved_at) for save in self.newest().single_saves]
        assert saves == [
            (name, NOON + datetime.timedelta(minutes=minute))
            for name, minute in (("Karen Havbirk", 2), ("Åse Kildevang", 1), ("Karen Havbirk", 0))
        ]

    def test_a_single_save_has_nothing_to_unfold(self) -> None:
        self.save("Et", by=self.cast.karen, minute=0)
        assert self.newest().single_saves == []

    def test_a_pause_begins_a_new_one_and_ten_minutes_are_none(self) -> None:
        self.save("Et", by=self.cast.karen, minute=0)
        self.save("Et to", by=self.cast.karen, minute=10)
        self.save("Et to tre", by=self.cast.aase, minute=21)
        assert self.told()[:2] == ["<p>Et to tre</p>", "<p>Et to</p>"]
        assert len(self.told()) == 3

    def test_every_single_save_can_be_seen(self) -> None:
        self.take_turns()
        assert len(self.told(every_save=True)) == 4

    def test_a_sitting_that_came_to_nothing_is_told_of_for_the_words_in_it(self) -> None:
        before = self.stored().body
        self.save("Et forsøg", by=self.cast.karen, minute=0)
        self.save(before, by=self.cast.aase, minute=1)
        assert self.newest().came_to_nothing
        assert len(self.newest().single_saves) == 2

    def test_what_was_merged_is_folded_into_the_sitting(self) -> None:
        self.save("<p>Et</p><p>To</p>", by=self.cast.karen, minute=0)
        base = self.stored().revision
        self.save("<p>Et Åse</p><p>To</p>", by=self.cast.aase, minute=20, base=base)
        self.save("<p>Et</p><p>To Karen</p>", by=self.cast.karen, minute=21, base=base)
        assert [save.aside for save in self.newest().single_saves] == ["", "merged", ""]
        assert [entry.last.aside for entry in History.of(self.stored()).entries] == [""] * 3

    def test_a_text_that_did_not_come_in_stands_on_its_own_and_parts_no_sitting(self) -> None:
        self.save("<p>Et</p>", by=self.cast.karen, minute=0)
        base = self.stored().revision
        self.save("<p>Et Åse</p>", by=self.cast.aase, minute=1, base=base)
        with pytest.raises(TwoTextsError):
            self.save("<p>Et Karen</p>", by=self.cast.karen, minute=2, base=base)
        self.save("<p>Et Åse mere</p>", by=self.cast.aase, minute=3)
        sitting, conflict, _beginning = History.of(self.stored()).entries
        assert (conflict.by, conflict.last.aside) == ("Karen Havbirk", "conflict")
        assert conflict.before is not None
        assert conflict.before.body == "<p>Et Åse</p>"
        assert (sitting.by, len(sitting.single_saves)) == ("Karen Havbirk og Åse Kildevang", 3)

    def test_a_text_that_somebody_has_chosen_about_still_stands_on_its_own(self) -> None:
        self.save("<p>Et</p>", by=self.cast.karen, minute=0)
        base = self.stored().revision
        self.save("<p>Et Åse</p>", by=self.cast.aase, minute=1, base=base)
        with pytest.raises(TwoTextsError):
            self.save("<p>Et Karen</p>", by=self.cast.karen, minute=2, base=base)
        self.save("<p>Et Åse og Karen</p>", by=self.cast.karen, minute=3)
        assert [entry.last.aside for entry in History.of(self.stored()).entries] == ["", "settled", ""]


class PagingTests(HistoryCase):
    def fill(self, *, sittings: int, saves: int = 1, by: User | None = None) -> Section:
        """A history of some sittings, half an hour between them, each of some saves."""
        section = self.stored()
        section.revisions.all().delete()
        revisions = [
            SectionRevision(section=section, number=n, heading="Rolle", body=f"<p>Nr. {n}</p>", author=by)
            for n in range(sittings * saves)
        ]
        section.revisions.bulk_create(revisions)
        for revision in revisions:  # bulk_create gives each the time it is now
            sitting, save = divmod(revision.number, saves)
            revision.saved_at = NOON + datetime.timedelta(minutes=30 * sitting, seconds=5 * save)
        section.revisions.bulk_update(revisions, ["saved_at"])
        return section

    def test_a_page_holds_whole_sittings_and_the_next_goes_on_where_it_ended(self) -> None:
        section = self.fill(sittings=PAGE_SIZE + 5, saves=3)
        first = History.of(section)
        second = History.of(section, before=first.older_than)
        assert (len(first.entries), second.older_than) == (PAGE_SIZE, None)
        entries = [*first.entries, *second.entries]
        told = [save.number for entry in entries for save in entry.saves]
        assert told == list(reversed(range(3 * (PAGE_SIZE + 5))))
        for entry, older in pairwise(entries):
            assert entry.before == older.last.wording

    def test_pages_of_single_saves_go_on_alike(self) -> None:
        section = self.fill(sittings=1, saves=PAGE_SIZE + 20)
        first = History.of(section, every_save=True)
        second = History.of(section, every_save=True, before=first.older_than)
        numbers = [entry.last.number for entry in [*first.entries, *second.entries]]
        assert numbers == list(reversed(range(PAGE_SIZE + 20)))
        before = first.entries[-1].before
        assert before is not None
        assert before.body == f"<p>Nr. {first.entries[-1].last.number - 1}</p>"

    def test_a_long_sitting_shows_its_newest_saves_and_leads_to_the_others(self) -> None:
        section = self.fill(sittings=1, saves=SAVES_SHOWN + 10)
        newest = History.of(section).entries[0]
        assert len(newest.single_saves) == SAVES_SHOWN
        page = self.client.get(self.address("history"))
        self.assertContains(page, f"?alle&amp;foer={newest.single_saves[-1].number}")
        assert newest.single_saves[-1].number == newest.older_saves_than


class ActTests(HistoryCase):
    def test_taking_out_and_putting_back_are_told_with_who_did_it(self) -> None:
        self.stored().take_out(by=self.cast.karen)
        self.stored().put_back(by=self.cast.aase)
        entries = History.of(self.stored()).entries
        assert [(e.last.act, e.by) for e in entries[:2]] == [
            ("put_back", "Åse Kildevang"),
            ("taken_out", "Karen Havbirk"),
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
        assert (newest.last.act, newest.by) == ("restored", "Åse Kildevang")
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

    def test_each_save_of_a_sitting_has_its_own_gendan(self) -> None:
        self.save("Et", by=self.cast.aase, minute=0)
        self.save("Et to", by=self.cast.karen, minute=1)
        page = self.page()
        self.assertContains(page, "Åse Kildevang og Karen Havbirk,")
        where = {"slug": self.charter.group.slug, "pk": self.section.pk, "number": 1}
        gendan = reverse("charters:draft-section-revert", kwargs=where)
        self.assertContains(page, f'formaction="{gendan}"')
        self.client.post(gendan)
        assert self.stored().body == "<p>Et</p>"

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
            with self.assertNumQueries(7):
                self.page()
            for minute in range(24):  # twelve sittings of two
                self.save(f"Tekst {minute}", by=factories.user(), minute=20 * (minute // 2) + minute)

    def test_a_closed_groups_history_is_read_and_not_changed(self) -> None:
        self.save("Noget andet", by=self.cast.karen, minute=0)
        self.cast.steering.close(on=timezone.localdate())
        self.client.force_login(self.cast.aase)
        self.assertNotContains(self.page(), "Gendan denne tekst")
        answer = self.client.post(self.address("standard"), follow=True)
        self.assertContains(answer, "Gruppen er nedlagt")
        assert self.stored().body == "<p>Noget andet</p>"
