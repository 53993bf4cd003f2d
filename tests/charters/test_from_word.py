"""A filled-in Word file is brought into the draft: read, seen through, chosen from, and nothing is lost."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from charters.from_word import KEEP, receive, take_over
from charters.models import Charter, SectionRevision, WordFile
from charters.models.given_up import GivenUpError
from charters.models.manuscript import MAX_SECTIONS
from charters.word_preview import Choice, Preview, preview
from members.package import MAX_FILE
from tests import factories
from tests.cast import CastCase
from tests.charters.word import forms
from tests.charters.word.test_bad_files import BAD

pytestmark = pytest.mark.no_database

ROLE = "Rolle"


class WordCase(CastCase):
    draft: Charter

    def setUp(self) -> None:
        self.draft = factories.draft(self.cast.steering, by=self.cast.karen)
        self.client.force_login(self.cast.karen)

    def url(self, name: str) -> str:
        return reverse(f"charters:{name}", args=[self.cast.steering.slug])

    def upload(self, content: bytes, name: str = "vores.docx") -> Any:
        return self.client.post(self.url("draft-from-word"), {"file": SimpleUploadedFile(name, content)})

    def seen(self) -> Preview:
        """The preview as Karen has it in front of her."""
        return self.client.get(self.url("draft-word-review")).context["preview"]  # type: ignore[no-any-return]

    def take_over(self, *numbers: int, **more: Any) -> Any:
        """Look through the file, and take some sections of it over."""
        sent = {"afsnit": numbers, "set": WordFile.objects.get(charter=self.draft).mark, **more}
        return self.client.post(self.url("draft-word-review"), sent, follow=True)

    def body(self, heading: str) -> str:
        return str(self.draft.sections.get(heading=heading).body)


def file_with(**sections: str) -> bytes:
    document = docx.Document()
    for heading, text in sections.items():
        document.add_heading(heading.replace("_", " "), level=1)
        document.add_paragraph(text)
    return forms.saved(document).getvalue()


class ReadTests(WordCase):
    def test_the_draft_downloaded_and_sent_back_differs_in_nothing(self) -> None:
        self.upload(self.client.get(self.url("draft-word")).content)
        self.assertContains(self.client.get(self.url("draft-word-review")), "Ingen forskelle.")

    def test_os2s_form_filled_in_is_read_to_its_last_section(self) -> None:
        file = receive(
            self.draft, forms.saved(forms.as_styles(forms.charters()[:1])), name="f.docx", by=self.cast.karen
        )
        seen = preview(file)
        assert seen.missing == []
        assert seen.heading == {"project_name": "OS2iot", "dated_on": "2026-11-24"}
        assert not seen.members

    def test_of_three_charters_in_a_file_the_groups_is_taken_and_the_others_are_told_of(self) -> None:
        file = receive(
            self.draft, forms.saved(forms.as_styles(forms.charters())), name="f.docx", by=self.cast.karen
        )
        seen = preview(file)
        assert "Relation til OS2s sekretariat" not in seen.missing
        assert sum("Et andet kommissorium" in one["what"] for one in seen.leftovers) == 2

    def test_a_member_whom_the_group_has_not_and_one_whom_the_file_has_not_are_told_of(self) -> None:
        document = docx.Document()
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Styregruppemedlemmer", "Ida Skovmark"
        document.add_heading(ROLE, level=1)
        document.add_paragraph("Vi afgør alt.")
        self.upload(forms.saved(document).getvalue())
        page = self.client.get(self.url("draft-word-review"))
        self.assertContains(page, "Ida Skovmark står i filen, men er ikke medlem")
        self.assertContains(page, "?q=Ida%20Skovmark")
        self.assertContains(page, "Jonas Engtoft er medlem af gruppen, men står ikke i filen.")


class BadFileTests(WordCase):
    def test_each_gets_a_message_beside_the_field(self) -> None:
        for kind in ("empty", "pdf", "old", "locked", "macros", "bomb", "no text", "long section"):
            make, said = BAD[kind]
            self.assertContains(self.upload(make()), said, status_code=422)
        self.assertContains(self.upload(b"x" * (MAX_FILE + 1)), "for stor", status_code=422)
        nothing = self.client.post(self.url("draft-from-word"))
        self.assertContains(nothing, "Vælg en fil.", status_code=422)
        assert not WordFile.objects.exists()

    def test_a_document_that_is_no_charter_is_not_taken_for_one(self) -> None:
        document = docx.Document()
        document.add_paragraph("Kære alle. Vi ses på torsdag.")
        answer = self.upload(forms.saved(document).getvalue())
        self.assertContains(answer, "Der er ikke fundet et kommissorium", status_code=422)
        assert not WordFile.objects.exists()


class TakeOverTests(WordCase):
    def test_what_is_ticked_is_saved_and_the_rest_stays(self) -> None:
        money = self.body("Økonomiske forpligtelser")
        self.upload(file_with(Rolle="Vi afgør alt.", Økonomiske_forpligtelser="Nul.", Mødeform="Vi mødes."))
        self.assertRedirects(self.take_over(0, 2), self.url("draft-detail"))
        assert self.body(ROLE) == "<p>Vi afgør alt.</p>"
        assert self.body("Økonomiske forpligtelser") == money
        assert self.body("Mødeform") == "<p>Vi mødes.</p>"
        last = self.draft.sections.get(heading=ROLE).revisions.first()
        assert last is not None
        assert last.author == self.cast.karen

    def test_the_heading_is_taken_over_where_it_is_ticked(self) -> None:
        file = receive(
            self.draft, forms.saved(forms.as_styles(forms.charters()[:1])), name="f.docx", by=self.cast.karen
        )
        chosen = Choice(facts=frozenset({"project_name", "state"}))
        take_over(file, chosen, seen=file.mark, by=self.cast.karen)
        self.draft.refresh_from_db()
        assert (self.draft.project_name, self.draft.state) == ("OS2iot", Charter.State.DRAFT)

    def test_sent_twice_it_is_saved_once(self) -> None:
        self.upload(file_with(Mødeform="Vi mødes."))
        sent = {"afsnit": [0], "set": WordFile.objects.get().mark}
        self.client.post(self.url("draft-word-review"), sent)
        before = SectionRevision.objects.count()
        again = self.client.post(self.url("draft-word-review"), sent)
        self.assertRedirects(again, self.url("draft-detail"))
        assert SectionRevision.objects.count() == before
        assert self.draft.sections.filter(heading="Mødeform").count() == 1

    def test_what_was_ticked_in_one_file_is_not_taken_from_another(self) -> None:
        before = self.body(ROLE)
        self.upload(file_with(Økonomiske_forpligtelser="Nul."))
        seen = WordFile.objects.get().mark
        self.upload(file_with(Rolle="Fra den anden."))
        self.assertContains(self.take_over(0, set=seen), "Filen er læst igen")
        assert self.body(ROLE) == before
        assert WordFile.objects.exists()

    def test_a_yes_to_nothing_is_asked_again(self) -> None:
        self.upload(file_with(Rolle="Fra Word."))
        answer = self.take_over()
        self.assertContains(answer, "Sæt flueben ved det, der skal med.", status_code=422)
        assert not answer.context["preview"].changed[0].is_ticked
        assert WordFile.objects.exists()

    def test_what_cannot_be_saved_is_said_and_the_ticks_stay(self) -> None:
        self.upload(file_with(Rolle="Fra Word.", Mødeform="Vi mødes.", Referat="Skrives."))
        for number in range(MAX_SECTIONS - self.draft.sections.count()):
            self.draft.add_section(f"Afsnit {number}")
        answer = self.take_over(0, 1)
        self.assertContains(answer, "kan højst have", status_code=422)
        assert [one.is_ticked for one in answer.context["preview"].changed] == [True, True, False]
        assert self.body(ROLE) != "<p>Fra Word.</p>"

    def test_a_section_that_the_file_has_empty_is_not_ticked_beforehand(self) -> None:
        document = docx.Document()
        document.add_heading(ROLE, level=1)
        document.add_heading("Økonomiske forpligtelser", level=1)
        document.add_paragraph("Nul.")
        self.upload(forms.saved(document).getvalue())
        page = self.client.get(self.url("draft-word-review")).content.decode()
        assert 'name="afsnit" value="0">' in page
        assert 'name="afsnit" value="1" checked>' in page

    def test_one_persons_file_is_nobody_elses(self) -> None:
        self.upload(file_with(Rolle="Fra Word."))
        self.client.force_login(self.cast.aase)
        self.assertRedirects(self.client.get(self.url("draft-word-review")), self.url("draft-detail"))
        self.client.force_login(self.cast.jonas)
        assert self.client.get(self.url("draft-word-review")).status_code == 403

    def test_a_newer_file_takes_the_place_of_the_last(self) -> None:
        self.upload(file_with(Rolle="Et."))
        self.upload(file_with(Rolle="To."))
        assert WordFile.objects.count() == 1
        self.take_over(0)
        assert self.body(ROLE) == "<p>To.</p>"
        assert not WordFile.objects.exists()

    def test_a_draft_given_up_meanwhile_is_not_written(self) -> None:
        file = receive(
            self.draft, io.BytesIO(file_with(Rolle="Fra Word.")), name="f.docx", by=self.cast.karen
        )
        self.draft.give_up(by=self.cast.karen)
        with pytest.raises(GivenUpError):
            take_over(file, Choice(frozenset({0})), seen=file.mark, by=self.cast.karen)
        assert WordFile.objects.exists()

    def test_a_file_that_nobody_came_back_to_is_forgotten_by_the_next(self) -> None:
        old = factories.word_file(factories.draft(self.cast.coordination), self.cast.mette)
        new = factories.word_file(factories.draft(self.cast.professional), self.cast.nadia)
        WordFile.objects.filter(pk=old.pk).update(read_at=timezone.now() - KEEP)
        self.upload(file_with(Rolle="Et."))
        assert not WordFile.objects.filter(pk=old.pk).exists()
        assert WordFile.objects.filter(pk=new.pk).exists()

    def test_looking_through_costs_as_many_queries_for_a_long_text_as_for_a_short_one(self) -> None:
        self.upload(file_with(Rolle="Et."))
        for size in ("short", "long"):
            if size == "long":
                for number in range(10):
                    self.draft.add_section(f"Afsnit {number}", body="xyz")
                self.upload(file_with(Rolle="Et.", **{f"Afsnit_{n}": "To." for n in range(10)}))
            with self.assertNumQueries(7):
                self.client.get(self.url("draft-word-review"))
