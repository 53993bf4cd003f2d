"""No CPR number gets into a charter, by whatever way it is written; one from before can be taken out."""

from __future__ import annotations

import uuid
from typing import Any

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from charters.adoption import adopt
from charters.completeness import Review
from charters.from_word import take_over
from charters.models import Charter, CharterTemplate, FollowUp, Section, SectionRevision, WordFile
from charters.models.manuscript import CprError, ManuscriptError
from charters.obligations.following import follow_up
from charters.word_preview import Choice
from tests import factories
from tests.charters.test_sections import SectionCase
from tests.charters.test_take_in import TakeInCase
from tests.charters.test_templates_pages import TemplateCase
from tests.charters.word import forms
from tests.support.writer import Writer

pytestmark = pytest.mark.no_database

NUMBER = "010190-4321"
TOLD = "»010190-…« ligner et CPR-nummer"
SPLIT = "<p>Bo, <strong>0101</strong>90-4321, er formand.</p>"
CLEAN = "<p>Bo er formand.</p>"


def assert_told(answer: Any, *, status: int = 422) -> None:
    """The page says what looks like one; it repeats the number only where it was typed."""
    page = answer.content.decode()
    assert answer.status_code == status, page
    assert TOLD in page


class SavingTests(SectionCase):
    def setUp(self) -> None:
        super().setUp()
        self.writer = Writer(self.client, self.stored())

    def test_a_section_that_saves_itself_is_told_why_not_and_saved_when_the_number_is_gone(self) -> None:
        before = self.stored().body
        answer = self.writer.save(SPLIT)
        assert self.writer.statuses == [422]
        assert TOLD in answer["errors"]["body"][0]
        assert "4321" not in str(answer)
        assert self.stored().body == before
        assert not SectionRevision.objects.filter(body__contains="4321").exists()
        self.writer.save(CLEAN)
        assert self.stored().body == CLEAN

    def test_a_heading_is_refused_beside_its_field(self) -> None:
        answer = self.writer.save(CLEAN, heading=f"Om {NUMBER}")
        assert list(answer["errors"]) == ["heading"]
        assert "Rolle" in self.stored().heading

    def test_the_rule_stands_below_the_page(self) -> None:
        with pytest.raises(ValidationError) as refused:
            self.stored().rewrite(heading=NUMBER, body=SPLIT, base=0, by=self.cast.karen)
        assert set(refused.value.message_dict) == {"heading", "body"}
        with pytest.raises(ValidationError):
            self.charter.add_section("Nyt", body=SPLIT)
        with pytest.raises(ValidationError):
            self.charter.add_section(NUMBER)
        with pytest.raises(ValidationError):
            self.charter.rewrite_heading(project_name=NUMBER)
        assert not Section.objects.filter(body__contains="4321").exists()

    def test_pages_without_javascript_refuse_it_and_keep_what_was_typed(self) -> None:
        answer = self.write(body=f"- Bo, {NUMBER}")
        assert_told(answer)
        self.assertContains(answer, f"Bo, {NUMBER}", status_code=422)
        assert_told(self.write(heading=NUMBER))
        assert_told(self.write(htmx=True, body=SPLIT))
        new = {"heading": "Nyt", "body": SPLIT, "submission": str(uuid.uuid4())}
        assert_told(self.client.post(self.address("create"), new))
        assert_told(self.client.post(self.address("create"), {**new, "heading": NUMBER, "body": ""}))
        assert not Section.objects.filter(heading="Nyt").exists()

    def test_the_heading_fields_refuse_it(self) -> None:
        url = reverse("charters:draft-update", args=[self.charter.group.slug])
        assert_told(self.client.post(url, {"project_name": NUMBER, "level": "level_2", "dated_on": ""}))

    def test_what_is_pasted_comes_into_the_editor_and_is_refused_where_it_is_saved(self) -> None:
        pasted = self.client.post(reverse("charters:paste"), {"text": SPLIT}).json()["html"]
        assert "4321" in pasted
        self.writer.save(pasted)
        assert self.writer.statuses == [422]

    def test_no_log_tells_the_number(self) -> None:
        with self.assertLogs("django", level="DEBUG") as logs:
            self.writer.save(SPLIT)
            self.write(body=SPLIT)
        assert "010190" not in "".join(logs.output)


class FromBeforeTests(SectionCase):
    """The section "Rolle" was written before numbers were refused."""

    def setUp(self) -> None:
        super().setUp()
        Section.objects.filter(pk=self.section.pk).update(body=SPLIT)
        self.section.revisions.update(body=SPLIT)
        self.writer = Writer(self.client, self.stored())

    def findings(self) -> list[str]:
        return [finding.message for finding in Review.of(Charter.objects.get(pk=self.charter.pk)).unfilled()]

    def test_the_draft_says_so_where_what_is_missing_stands_until_it_is_taken_out(self) -> None:
        assert any(f"»Rolle«: {TOLD}" in message for message in self.findings())
        self.assertContains(self.client.get(self.charter.get_absolute_url()), TOLD)
        answer = self.writer.save(CLEAN)
        assert self.writer.statuses == [200]
        assert TOLD not in answer["review"]
        assert not any(TOLD in message for message in self.findings())

    def test_it_cannot_be_kept_by_writing_beside_it(self) -> None:
        self.writer.save(f"{SPLIT}<p>Mere.</p>")
        assert self.writer.statuses == [422]

    def test_another_who_writes_elsewhere_in_the_draft_is_not_stopped(self) -> None:
        other = self.charter.sections.exclude(pk=self.section.pk)[0]
        writer = Writer(self.client, other)
        writer.save(CLEAN)
        assert writer.statuses == [200]
        self.stored().take_out(by=self.cast.karen)
        assert self.findings() == []
        self.stored().put_back(by=self.cast.karen)
        assert self.findings() != []

    def test_a_draft_with_one_is_not_adopted(self) -> None:
        with pytest.raises(ManuscriptError), factories.stand_in_pdf():
            adopt(self.charter, by=self.cast.karen, on=factories.LONG_AGO)
        self.writer.save(CLEAN)
        with factories.stand_in_pdf():
            adopt(self.charter, by=self.cast.karen, on=factories.LONG_AGO)
        assert self.charter.is_frozen

    def test_its_history_does_not_bring_it_back(self) -> None:
        first = self.section.revisions.get()
        self.writer.save(CLEAN)
        address = reverse(
            "charters:draft-section-revert", args=[self.charter.group.slug, self.section.pk, first.number]
        )
        answer = self.client.post(address, follow=True)
        self.assertContains(answer, f"»Rolle«: {TOLD}")
        assert self.stored().body == CLEAN

    def test_a_link_from_before_is_refused_where_lines_are_typed_around_it(self) -> None:
        linked = '<p>Se <a href="https://os2.example/0101904321">her</a></p>'
        Section.objects.filter(pk=self.section.pk).update(body=linked)
        answer = self.write(body="Se her", base=self.stored().revision)
        self.assertContains(answer, "Et link i teksten", status_code=422)

    def test_a_member_named_by_one_is_told_of(self) -> None:
        self.cast.jonas.name = f"Jonas {NUMBER}"
        self.cast.jonas.save()
        assert any(message.startswith(f"»Jonas 010190-…«: {TOLD}") for message in self.findings())


class AdoptingTests(SectionCase):
    def test_the_reason_for_a_next_edition_has_none(self) -> None:
        first = factories.adopted(self.cast.coordination)
        draft = first.next_edition(by=None)
        self.client.force_login(self.cast.mette)
        address = reverse("charters:draft-adopt", args=[self.cast.coordination.slug])
        sent = {"adopted_on": "2026-01-15", "base": draft.revision, "reason": f"Bo er {NUMBER}"}
        assert_told(self.client.post(address, sent))
        with pytest.raises(ManuscriptError, match="010190-…"):
            adopt(draft, by=self.cast.mette, on=factories.LONG_AGO, reason=NUMBER)
        assert Charter.objects.get(pk=draft.pk).is_draft

    def test_a_follow_up_has_none(self) -> None:
        obligation = factories.adopted(self.cast.coordination).group.obligations.all()[0]
        self.client.force_login(self.cast.mette)
        address = reverse("charters:obligation-follow-up", args=[self.cast.coordination.slug, obligation.pk])
        sent = {"status": "under_way", "note": f"Spørg {NUMBER}", "made_on": "2026-01-15"}
        assert_told(self.client.post(address, sent))
        with pytest.raises(ValidationError):
            follow_up(obligation, FollowUp(status="under_way", note=NUMBER, made_by=self.cast.mette))
        assert not FollowUp.objects.exists()


class StandardTextTests(TemplateCase):
    def test_the_secretariat_is_refused_too(self) -> None:
        draft = self.begin()
        section = draft.sections.all()[0]
        address = reverse("charters:template-section-update", args=["steering", section.pk])
        sent = {"heading": section.heading, "body": "Tekst", "base": section.revision}
        for field in ("heading", "body", "prompt"):
            assert_told(self.client.post(address, sent | {field: NUMBER}))
        assert_told(self.client.post(self.url("introduction"), {"introduction": SPLIT}))
        assert_told(self.client.post(self.url("publish"), {"note": NUMBER}))
        self.client.post(address, sent)
        assert draft.sections.get(pk=section.pk).body == "<p>Tekst</p>"

    def test_the_rule_stands_below_the_page(self) -> None:
        draft = self.begin()
        section = draft.sections.all()[0]
        for wording in ({"heading": NUMBER, "body": ""}, {"heading": "Ny", "body": SPLIT}):
            with pytest.raises(ValidationError):
                section.rewrite(**wording, base=section.revision)
        with pytest.raises(ValidationError):
            section.rewrite(heading="Ny", body="", base=section.revision, prompt=NUMBER)
        with pytest.raises(ValidationError):
            draft.introduce(SPLIT)
        with pytest.raises(ValidationError):
            draft.publish(by=None, note=NUMBER)

    def test_a_text_from_before_is_not_published_with_one(self) -> None:
        draft = self.begin()
        CharterTemplate.objects.filter(pk=draft.pk).update(introduction=SPLIT)
        answer = self.client.post(self.url("publish"), {"note": "Nyt."})
        self.assertContains(answer, f"»Indledning«: {TOLD}", status_code=422)
        self.client.post(self.url("introduction"), {"introduction": CLEAN})
        self.client.post(self.url("publish"), {"note": "Nyt."})
        assert CharterTemplate.objects.get(pk=draft.pk).state == "published"


class TakingInTests(TakeInCase):
    def test_a_newer_text_is_taken_in_beside_a_number_from_before(self) -> None:
        own = self.section("Økonomiske forpligtelser")
        Section.objects.filter(pk=own.pk).update(body=SPLIT)
        self.publish()
        self.client.force_login(self.cast.karen)
        self.client.post(self.url("charter-take-in"), {"version": "2"})
        assert self.section("Åbenhed").body == "<p>Referater er åbne.</p>"
        unfilled = Review.of(Charter.objects.drafts().get(group=self.cast.steering)).unfilled()
        assert any(TOLD in finding.message for finding in unfilled)

    def test_the_standard_texts_own_words_from_before_are_not_said_again(self) -> None:
        section = self.section("Rolle")
        assert section.source
        section.source.body = SPLIT  # published texts do not change: this stands for one from before
        with pytest.raises(CprError, match="»Rolle«"):
            section.restore_standard(by=self.cast.karen)
        assert self.section("Rolle").body == "<p>Styregruppen er vores egen.</p>"


class WordTests(SectionCase):
    def upload(self, *lines: str, name: str = "vores.docx") -> Any:
        document = docx.Document()
        document.add_heading("Rolle", level=1)
        for line in lines:
            document.add_paragraph(line)
        content = forms.saved(document).getvalue()
        url = reverse("charters:draft-from-word", args=[self.charter.group.slug])
        return self.client.post(url, {"file": SimpleUploadedFile(name, content)})

    def test_a_file_with_one_is_refused_and_nothing_of_it_waits(self) -> None:
        assert_told(self.upload("Vi leder.", f"Bo har nummer {NUMBER}."))
        assert_told(self.upload("Vi leder.", name=f"Bo {NUMBER}.docx"))
        assert not WordFile.objects.exists()
        assert self.upload("Vi leder.").status_code == 302
        assert WordFile.objects.exists()

    def test_one_that_its_formatting_splits_is_found(self) -> None:
        document = docx.Document()
        document.add_heading("Rolle", level=1)
        paragraph = document.add_paragraph("Nummer 0101")
        paragraph.add_run("90\u20114321").bold = True
        content = forms.saved(document).getvalue()
        url = reverse("charters:draft-from-word", args=[self.charter.group.slug])
        assert_told(self.client.post(url, {"file": SimpleUploadedFile("vores.docx", content)}))

    def test_a_file_from_before_is_not_taken_over(self) -> None:
        before = self.stored().body
        self.upload("Vi leder.")
        file = WordFile.objects.get()
        file.content["sections"][0]["body"] = SPLIT
        file.save()
        file.refresh_from_db()
        with pytest.raises(ManuscriptError, match="010190-…"):
            take_over(file, Choice(frozenset({0})), seen=file.mark, by=self.cast.karen)
        assert self.stored().body == before

    def test_a_heading_given_to_a_passage_is_refused(self) -> None:
        self.upload("Vi leder.")
        file = WordFile.objects.get()
        file.content["leftovers"] = [
            {"what": "Fodnote", "words": "Noget.", "is_text": True, "is_kept": False}
        ]
        file.save()
        file.refresh_from_db()
        review = reverse("charters:draft-word-review", args=[self.charter.group.slug])
        sent = {"tekst": "0", "overskrift-0": NUMBER, "set": file.mark}
        assert_told(self.client.post(review, sent))
        assert not Section.objects.filter(heading=NUMBER).exists()
