"""A draft that was downloaded, and written in before the file came back: nobody's words are undone."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.urls import reverse

from charters.models import Section
from tests import factories
from tests.charters.test_from_word import ROLE, WordCase
from tests.charters.word import forms

pytestmark = pytest.mark.no_database

MONEY = "Økonomiske forpligtelser"
OLDER = "Udkastet er rettet, siden filen blev hentet."


class OriginTests(WordCase):
    def setUp(self) -> None:
        super().setUp()
        self.write(ROLE, "<p>Et.</p><p>To.</p><p>Tre.</p>")
        self.file = self.client.get(self.url("draft-word")).content

    def write(self, heading: str, body: str, *, to: str = "") -> None:
        section = self.section(heading)
        section.rewrite(heading=to or heading, body=body, base=section.revision, by=self.cast.aase)

    def section(self, heading: str) -> Section:
        found: Section = self.draft.sections.get(heading=heading)
        return found

    def send(self, change: Callable[[Any], None] = lambda document: None) -> Any:
        """Karen's copy comes back with something changed, and she looks it through."""
        document = docx.Document(io.BytesIO(self.file))
        change(document)
        self.upload(forms.saved(document).getvalue())
        return self.seen()

    @staticmethod
    def written(old: str, new: str) -> Callable[[Any], None]:
        def change(document: Any) -> None:
            (paragraph,) = [one for one in document.paragraphs if one.text == old]
            paragraph.text = new

        return change

    def test_what_was_written_meanwhile_is_no_change_of_the_files(self) -> None:
        self.write(ROLE, "<p>Et fra Åse.</p><p>To.</p><p>Tre.</p>")
        seen = self.send()
        assert (seen.is_older, seen.is_same, seen.changed) == (True, True, [])
        self.assertContains(self.client.get(self.url("draft-word-review")), OLDER)

    def test_without_such_writing_nothing_is_said_of_it(self) -> None:
        assert not self.send(self.written("To.", "To fra Karen.")).is_older
        self.assertNotContains(self.client.get(self.url("draft-word-review")), OLDER)

    def test_what_both_wrote_in_one_section_stands_together(self) -> None:
        self.write(ROLE, "<p>Et fra Åse.</p><p>To.</p><p>Tre.</p>")
        (one,) = self.send(self.written("Tre.", "Tre fra Karen.")).changed
        assert one.outcome.body == "<p>Et fra Åse.</p><p>To.</p><p>Tre fra Karen.</p>"
        self.take_over(one.number)
        assert self.body(ROLE) == one.outcome.body

    def test_the_same_words_changed_by_both_are_a_choice_of_the_drafts(self) -> None:
        self.write(ROLE, "<p>Et.</p><p>To fra Åse.</p><p>Tre.</p>")
        (one,) = self.send(self.written("To.", "To fra Karen.")).changed
        assert one.is_contested
        answer = self.take_over(one.number)
        history = reverse(
            "charters:draft-section-history", args=[self.cast.steering.slug, self.section(ROLE).pk]
        )
        self.assertContains(answer, f'<a href="{history}">afsnittets historik</a>')
        assert self.body(ROLE) == "<p>Et.</p><p>To fra Åse.</p><p>Tre.</p>"

    def test_a_section_renamed_in_the_draft_is_known_by_what_it_was_called(self) -> None:
        self.write(ROLE, "<p>Et.</p><p>To.</p><p>Tre.</p>", to="Mandat")
        assert self.send().is_same

    def test_a_section_taken_out_of_the_draft_is_no_new_one(self) -> None:
        self.section(ROLE).take_out(by=self.cast.aase)
        assert self.send().is_same
        (one,) = self.send(self.written("To.", "To fra Karen.")).changed
        assert (one.section, one.is_removed) == (self.section(ROLE), True)

    def test_a_section_put_back_before_the_download_stands_in_it(self) -> None:
        self.section(ROLE).take_out(by=self.cast.aase)
        self.section(ROLE).put_back(by=self.cast.aase)
        self.file = self.client.get(self.url("draft-word")).content
        self.write(ROLE, "<p>Åse.</p>")
        assert self.send().is_same

    def test_a_section_added_to_the_draft_meanwhile_stays(self) -> None:
        self.draft.add_section("Møder", body="Vi mødes.")
        seen = self.send()
        assert (seen.is_same, seen.missing) == (True, ["Møder"])

    def test_the_head_written_in_the_draft_only_is_no_change_and_in_the_file_is_one(self) -> None:
        self.draft.rewrite_heading(project_name="OS2iot 2", level="level_3")
        assert self.send().heading == {}
        seen = self.send(lambda document: _write(document, row=2, words="Niveau 1"))
        assert seen.heading == {"level": "level_1"}

    def test_a_field_filled_in_the_draft_only_is_not_said_to_stand_empty(self) -> None:
        self.draft.rewrite_heading(project_name="")
        self.file = self.client.get(self.url("draft-word")).content
        self.draft.rewrite_heading(project_name="OS2iot")
        assert self.send().remarks == []

    def test_a_section_empty_in_the_file_as_it_was_then_empties_nothing(self) -> None:
        self.write(ROLE, "")
        self.file = self.client.get(self.url("draft-word")).content
        self.write(ROLE, "<p>Åse.</p>")
        assert self.send().is_same

    def test_a_file_of_another_draft_is_read_beside_the_text_as_it_stands(self) -> None:
        other = factories.draft(self.cast.coordination)
        self.client.force_login(self.cast.aase)
        self.file = self.client.get(reverse("charters:draft-word", args=[other.group.slug])).content
        self.client.force_login(self.cast.karen)
        assert not self.send().is_older

    def test_the_order_is_not_put_back_by_an_older_file(self) -> None:
        role = self.section(ROLE)
        assert self.send().in_file_order == []
        self.draft.move_section(role, up=True)
        seen = self.send()
        assert (seen.in_file_order != [], seen.is_reordered) == (True, False)


def _write(document: Any, *, row: int, words: str) -> None:
    document.tables[0].rows[row].cells[1].text = words
