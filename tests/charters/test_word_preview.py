"""Between a Word file and the yes to it: what others write meanwhile, and what has no place in the draft."""

from __future__ import annotations

import docx
import pytest

from charters.from_word import receive
from charters.word_preview import preview
from tests import factories
from tests.charters.test_from_word import ROLE, WordCase, file_with
from tests.charters.word import forms

pytestmark = pytest.mark.no_database


class MeanwhileTests(WordCase):
    def test_what_somebody_writes_meanwhile_is_not_lost(self) -> None:
        self.upload(file_with(Rolle="Fra Word."))
        role = self.draft.sections.get(heading=ROLE)
        role.rewrite(heading=ROLE, body="Fra Jonas.", base=role.revision, by=self.cast.jonas)
        self.assertContains(self.take_over(0), "»Rolle« er rettet eller taget ud imens.")
        assert self.body(ROLE) == "<p>Fra Jonas.</p>"
        assert role.revisions.filter(body="<p>Fra Word.</p>").exists()

    def test_what_somebody_writes_in_another_point_meanwhile_stands_beside_it(self) -> None:
        role = self.draft.sections.get(heading=ROLE)
        role.rewrite(heading=ROLE, body="<p>Et.</p><p>To.</p><p>Tre.</p>", base=role.revision)
        document = docx.Document()
        document.add_heading(ROLE, level=1)
        for words in ("Et.", "To.", "Tre fra Word."):
            document.add_paragraph(words)
        self.upload(forms.saved(document).getvalue())
        role.rewrite(heading=ROLE, body="<p>Et fra Jonas.</p><p>To.</p><p>Tre.</p>", base=role.revision)
        (suggested,) = self.seen().changed
        assert (suggested.is_moved, suggested.is_contested) == (True, False)
        assert suggested.outcome.body == "<p>Et fra Jonas.</p><p>To.</p><p>Tre fra Word.</p>"
        self.take_over(0)
        assert self.body(ROLE) == suggested.outcome.body

    def test_the_same_words_written_meanwhile_are_told_of_before_the_yes(self) -> None:
        self.upload(file_with(Rolle="Fra Word."))
        role = self.draft.sections.get(heading=ROLE)
        assert not self.seen().changed[0].is_moved
        role.rewrite(heading=ROLE, body="Fra Jonas.", base=role.revision, by=self.cast.jonas)
        assert self.seen().changed[0].is_contested
        page = self.client.get(self.url("draft-word-review"))
        self.assertContains(page, "En anden har rettet det samme sted")

    def test_a_section_taken_out_meanwhile_stays_out_and_the_text_is_in_its_history(self) -> None:
        self.upload(file_with(Rolle="Fra Word."))
        role = self.draft.sections.get(heading=ROLE)
        role.take_out(by=self.cast.jonas)
        page = self.client.get(self.url("draft-word-review"))
        self.assertContains(page, "Afsnittet er taget ud af udkastet")
        self.assertContains(self.take_over(0), "»Rolle« er rettet eller taget ud")
        role.refresh_from_db()
        assert role.is_removed
        assert role.revisions.filter(body="<p>Fra Word.</p>").exists()


class PassageTests(WordCase):
    """What has no place in the draft is shown, and added where somebody says so."""

    def setUp(self) -> None:
        super().setUp()
        document = docx.Document()
        document.add_paragraph("Kære alle.")
        document.add_paragraph("Her er vores.")
        document.add_heading(ROLE, level=1)
        document.add_paragraph("Vi afgør alt.")
        self.upload(forms.saved(document).getvalue())

    def test_it_is_left_out_unless_it_is_ticked(self) -> None:
        (passage,) = self.seen().passages
        assert (passage.words, passage.is_ticked) == ("Kære alle.\nHer er vores.", False)
        before = self.draft.sections.count()
        self.take_over(0)
        assert self.draft.sections.count() == before

    def test_it_is_added_under_the_heading_that_it_was_given(self) -> None:
        self.take_over(tekst=[0], **{"overskrift-0": " Indledning "})
        assert self.body("Indledning") == "<p>Kære alle.</p><p>Her er vores.</p>"
        self.draft.refresh_from_db()
        assert self.draft.sections.get(heading="Indledning").last_writer == self.cast.karen

    def test_without_a_heading_it_has_the_one_it_stood_under(self) -> None:
        self.take_over(tekst=[0], **{"overskrift-0": " "})
        assert self.draft.sections.filter(heading="Tekst før det første afsnit").exists()

    def test_what_stands_beside_another_charter_in_the_file_is_shown_too(self) -> None:
        document = forms.as_styles(forms.charters())
        document.sections[0].footer.paragraphs[0].text = "Behandlet i udvalget."
        file = receive(
            factories.draft(self.cast.coordination), forms.saved(document), name="f.docx", by=self.cast.mette
        )
        assert "Behandlet i udvalget." in [one.words for one in preview(file).passages]


class UnsureTests(WordCase):
    """A heading that is only much like one of the draft's."""

    def setUp(self) -> None:
        super().setUp()
        self.upload(file_with(Økonomi="Vi betaler selv."))

    def test_is_taken_for_that_one_and_the_files_own_is_shown(self) -> None:
        self.assertContains(self.client.get(self.url("draft-word-review")), "I filen hedder det »Økonomi«.")
        self.take_over(0)
        assert self.body("Økonomiske forpligtelser") == "<p>Vi betaler selv.</p>"

    def test_is_added_beside_it_where_somebody_says_that_it_is_another(self) -> None:
        before = self.body("Økonomiske forpligtelser")
        self.take_over(0, nyt=[0])
        assert self.body("Økonomi") == "<p>Vi betaler selv.</p>"
        assert self.body("Økonomiske forpligtelser") == before
