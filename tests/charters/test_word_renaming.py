"""Sections that the file calls something else, has as another kind of list, or in another order."""

from __future__ import annotations

import docx
import pytest

from charters import text
from tests.charters.test_from_word import ROLE, WordCase, file_with
from tests.charters.word import forms

pytestmark = pytest.mark.no_database

MONEY = "Økonomiske forpligtelser"
WORDS = "Vi betaler selv for alt, og ingen andre skal betale noget."


class RenamingTests(WordCase):
    def setUp(self) -> None:
        super().setUp()
        money = self.draft.sections.get(heading=MONEY)
        money.rewrite(heading=MONEY, body=WORDS, base=money.revision, by=self.cast.aase)
        self.before = self.draft.sections.count()

    def test_the_same_text_under_any_other_heading_is_the_section_renamed(self) -> None:
        for heading in ("Økonomi", "Økonomi og budget", "Penge"):
            with self.subTest(heading=heading):
                self.upload(file_with(**{heading: WORDS}))
                (one,) = self.seen().changed
                assert (one.has_other_text, one.is_renamed) == (False, True)
                page = self.client.get(self.url("draft-word-review"))
                self.assertContains(page, f"I filen hedder det »{heading}«.")
                self.assertContains(page, 'name="navn" value="0" checked')

    def test_the_heading_is_taken_where_it_is_ticked_and_the_text_stays(self) -> None:
        self.upload(file_with(Økonomi_og_budget=WORDS))
        self.take_over(navn=[0])
        assert self.body("Økonomi og budget") == f"<p>{WORDS}</p>"
        assert not self.draft.sections.filter(heading=MONEY).exists()
        assert self.draft.sections.count() == self.before

    def test_the_heading_stays_where_it_is_not_ticked(self) -> None:
        self.upload(file_with(Økonomi_og_budget=f"{WORDS} Også kage."))
        self.take_over(0)
        assert self.body(MONEY) == f"<p>{WORDS} Også kage.</p>"

    def test_a_heading_with_another_letter_is_shown_and_not_taken_by_itself(self) -> None:
        self.upload(file_with(Role="Vi afgør alt."))
        (one,) = self.seen().changed
        assert (one.section, one.named) == (self.draft.sections.get(heading=ROLE), "Role")
        assert (one.has_other_heading, one.is_renamed) == (True, False)

    def test_a_heading_numbered_or_in_capitals_is_no_other(self) -> None:
        self.upload(file_with(**{"4._ØKONOMISKE_FORPLIGTELSER": WORDS}))
        assert self.seen().is_same

    def test_a_list_that_is_numbered_now_is_a_change(self) -> None:
        for style, kind in (("List Bullet", "ul"), ("List Number", "ol")):
            document = docx.Document()
            document.add_heading(MONEY, level=1)
            document.add_paragraph("Vi betaler.", style=style)
            self.upload(forms.saved(document).getvalue())
            page = self.client.get(self.url("draft-word-review"))
            self.take_over(0)
            assert text.blocks(self.body(MONEY))[0].kind == kind
        self.assertContains(page, "nu et punkt med nummer")


class OrderTests(WordCase):
    def headings(self) -> list[str]:
        return list(self.draft.sections.order_by("position", "pk").values_list("heading", flat=True))

    def test_another_order_is_a_choice_and_what_the_file_has_not_stays_in_its_place(self) -> None:
        before = self.headings()
        self.upload(file_with(**{MONEY: "Nul.", ROLE: "Vi afgør alt."}))
        self.assertContains(self.client.get(self.url("draft-word-review")), "Rækkefølgen er en anden i filen")
        self.take_over(orden="1")
        swapped = {MONEY: ROLE, ROLE: MONEY}
        assert self.headings() == [swapped.get(heading, heading) for heading in before]

    def test_it_stays_where_nobody_ticked_it_and_is_not_spoken_of_where_it_is_the_drafts(self) -> None:
        before = self.headings()
        self.upload(file_with(**{MONEY: "Nul.", ROLE: "Vi afgør alt."}))
        self.take_over(0)
        assert self.headings() == before
        self.upload(file_with(**{ROLE: "Vi afgør alt.", MONEY: "Nul."}))
        self.assertNotContains(self.client.get(self.url("draft-word-review")), "Rækkefølgen")

    def test_a_new_section_comes_after_the_one_it_follows_in_the_file(self) -> None:
        before = self.headings()
        self.upload(file_with(**{"Indledning": "Kort.", ROLE: "Vi afgør alt.", "Møder": "Vi mødes."}))
        self.take_over(0, 2)
        place = before.index(ROLE) + 1
        assert self.headings() == ["Indledning", *before[:place], "Møder", *before[place:]]
