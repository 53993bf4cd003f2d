"""What a Word file says that is not brought in: it is said beside the field, at the top or in its list."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from charters.from_word import receive
from charters.models import WordFile
from charters.word_preview import Preview, preview
from tests import factories
from tests.charters.test_from_word import ROLE, WordCase
from tests.charters.word import forms

pytestmark = pytest.mark.no_database


def file_of(*head: str, title: str = "") -> bytes:
    document = docx.Document()
    for line in filter(None, (title, *head)):
        document.add_paragraph(line)
    document.add_heading(ROLE, level=1)
    document.add_paragraph("Vi afgør alt.")
    return forms.saved(document).getvalue()


class HeadTests(WordCase):
    def test_what_cannot_be_read_is_said_beside_the_field_and_is_no_section(self) -> None:
        for line, said in (
            ("Produktniveau: Niveau 9", "»Niveau 9« kan ikke læses som et produktniveau"),
            ("Dato: 31. februar 2027", "»31. februar 2027« kan ikke læses som en dato"),
            ("Dato: ultimo 2026", "»ultimo 2026« kan ikke læses som en dato"),
            ("Dato: 24. november 9999", "»24. november 9999« kan ikke læses som en dato"),
            ("Projektets navn: " + "N" * 161, "kan ikke læses som et navn"),
        ):
            with self.subTest(line=line):
                self.upload(file_of(line))
                self.assertContains(self.client.get(self.url("draft-word-review")), said)
                assert (self.seen().passages, self.seen().heading) == ([], {})

    def test_what_is_read_in_part_is_offered_and_the_rest_is_said(self) -> None:
        self.upload(file_of("Dato: 24. november 2026, hvis styregruppen er enig"))
        assert self.seen().heading == {"dated_on": "2026-11-24"}
        page = self.client.get(self.url("draft-word-review"))
        self.assertContains(page, "Kun »24. november 2026« kan læses.")

    def test_an_emptied_field_is_said_where_the_draft_has_something(self) -> None:
        emptied = "Feltet er ikke udfyldt i filen."
        self.upload(file_of("Projektets navn:"))
        self.assertContains(self.client.get(self.url("draft-word-review")), emptied)
        self.draft.rewrite_heading(project_name="")
        self.assertNotContains(self.client.get(self.url("draft-word-review")), emptied)

    def test_the_reason_for_a_new_edition_is_a_choice_where_there_is_a_former_one(self) -> None:
        line = "Hvorfor en ny udgave: Projektet er vokset."
        self.upload(file_of(line))
        assert self.seen().heading == {}
        self.assertContains(self.client.get(self.url("draft-word-review")), "Udkastet har ikke det felt.")
        following = factories.adopted(self.cast.coordination).next_edition(by=self.cast.aase)
        file = receive(following, io.BytesIO(file_of(line)), name="f.docx", by=self.cast.aase)
        (fact,) = preview(file).facts
        assert (fact.words, fact.is_ticked) == ("Projektet er vokset.", False)


class OthersTests(WordCase):
    def others(self, content: bytes) -> list[str]:
        self.upload(content)
        return self.seen().others

    def test_a_file_that_names_another_group_project_or_type_is_pointed_out_and_not_stopped(self) -> None:
        for content, said in (
            (
                file_of(title="Kommissorium for styregruppen for OS2fritidspas"),
                "styregruppen for OS2fritidspas",
            ),
            (file_of("Projektets navn: OS2fritidspas"), "OS2fritidspas"),
            (file_of("Dato: 3. maj 2027", title="KOMMISSORIUM, OS2FRITIDSPAS"), "OS2FRITIDSPAS"),
            (file_of("Koordinationsgruppemedlemmer: Karen Havbirk"), "Koordinationsgruppemedlemmer"),
            (file_of(title="Kommissorium for koordinationsgruppen"), "koordinationsgruppen"),
        ):
            with self.subTest(said=said):
                (words,) = self.others(content)
                assert words.endswith(said)
                page = self.client.get(self.url("draft-word-review"))
                self.assertContains(page, "ser ud til at være en anden gruppes kommissorium")
                assert page.context["preview"].changed[0].is_ticked

    def test_a_file_that_names_the_group_its_project_or_nobody_is_not(self) -> None:
        project = self.draft.project_name
        for content in (
            file_of(title=f"Kommissorium for {self.cast.steering.name}"),
            file_of(f"Projektets navn: {project}", title=f"KOMMISSORIUM, {project.upper()}"),
            file_of("Styregruppemedlemmer: Karen Havbirk", title="Kommissorium, udkast 24. november 2026"),
            file_of("Dato: 3. maj 2027", title="Kommissorium, foreløbigt"),
            file_of(),
        ):
            assert self.others(content) == []

    def test_a_title_is_shown_unless_it_only_says_whose_charter_it_is(self) -> None:
        read_as = "Læst som filens titel:"
        self.upload(file_of("Dato: 3. maj 2027", title="Styregruppen udfylder dette på første møde"))
        page = self.client.get(self.url("draft-word-review"))
        self.assertContains(page, f"{read_as} »Styregruppen udfylder dette på første møde«")
        for title in ("KOMMISSORIUM", "Styregruppe", f"Kommissorium for {self.cast.steering.name}"):
            self.upload(file_of(title=title))
            self.assertNotContains(self.client.get(self.url("draft-word-review")), read_as)


class ListsTests(WordCase):
    def seen_with(self, document: Any) -> Preview:
        self.upload(forms.saved(document).getvalue())
        return self.seen()

    def test_what_was_written_anew_is_not_among_what_was_left_out(self) -> None:
        document = docx.Document()
        document.add_heading(ROLE, level=1)
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Møde", "Mandag"
        seen = self.seen_with(document)
        assert [one["what"] for one in seen.rewritten] == ["Tabel, der er skrevet om til linjer"]
        assert seen.leftovers == []
        page = self.client.get(self.url("draft-word-review"))
        self.assertContains(page, "Med, men i en anden form")
        self.assertNotContains(page, "Kopiér det over selv")

    def test_what_was_left_out_is_to_be_copied(self) -> None:
        document = docx.Document()
        document.add_heading(ROLE, level=1)
        document.add_paragraph("Vi afgør alt. ").add_run("Næsten.").font.strike = True
        seen = self.seen_with(document)
        assert ([one["what"] for one in seen.leftovers], seen.rewritten) == (["Overstreget tekst"], [])
        self.assertContains(self.client.get(self.url("draft-word-review")), "Kopiér det over selv")


class MembersTests(WordCase):
    def test_a_name_spelt_otherwise_is_told_of_and_so_is_who_may_be_meant(self) -> None:
        self.upload(file_of("Styregruppemedlemmer: Karen Havbirck, J. Engtoft, Karen Havbirk"))
        page = self.client.get(self.url("draft-word-review"))
        self.assertContains(page, "I filen står Karen Havbirck. Det er læst som Karen Havbirk")
        self.assertContains(page, "J. Engtoft står i filen, men er ikke medlem af gruppen. Måske menes Jonas")
        self.assertNotContains(page, "I filen står Karen Havbirk.")

    def test_a_heading_that_is_too_long_for_a_passage_is_asked_for_again(self) -> None:
        self.upload(file_of(title="Kære alle."))
        answer = self.take_over(tekst=[0], **{"overskrift-0": "x" * 201})
        self.assertContains(answer, "højst være på 200 tegn", status_code=422)
        assert WordFile.objects.exists()
