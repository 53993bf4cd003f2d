""" "Udfyld kommissorium": the draft is made from the standard text, with what is known filled in."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from charters import text, triggers
from charters.models import Charter, CharterTemplate
from charters.models.manuscript import ManuscriptError
from members.models import WorkingGroup
from tests import factories
from tests.cast import CastCase

Kind = WorkingGroup.Kind
FIRST_MEETING = datetime.date(2026, 9, 1)


class StartTests(CastCase):
    def start(self, group: WorkingGroup) -> Charter:
        return Charter.start(group, by=self.cast.karen)

    def test_the_draft_has_the_published_text_of_the_groups_type(self) -> None:
        for group in (self.cast.steering, self.cast.coordination, self.cast.professional):
            with self.subTest(kind=group.kind):
                charter = self.start(group)
                template = CharterTemplate.objects.published().get(kind=group.kind)
                assert charter.template == template
                copied = [(s.heading, s.body, s.topic, s.area, s.source) for s in charter.standing_sections()]
                source = [(s.heading, s.body, s.topic, s.area, s) for s in template.standing_sections()]
                assert copied == source

    def test_the_heading_fields_are_filled_in_from_the_project(self) -> None:
        charter = self.start(self.cast.steering)
        assert charter.project_name == "OS2naturkort"
        assert charter.level == "level_2"
        assert charter.group_name == "Styregruppen for OS2naturkort"
        assert (charter.number, charter.state, charter.created_by) == (1, "draft", self.cast.karen)

    def test_a_group_without_a_project_has_no_project_or_level(self) -> None:
        charter = self.start(self.cast.professional)
        assert (charter.project_name, charter.level) == ("", "")

    def test_the_date_is_that_of_the_first_meeting(self) -> None:
        self.cast.steering.first_meeting_on = FIRST_MEETING
        assert self.start(self.cast.steering).dated_on == FIRST_MEETING

    @time_machine.travel("2026-11-24T23:30:00+00:00", tick=False)
    def test_without_a_first_meeting_the_date_is_today_in_denmark(self) -> None:
        assert self.start(self.cast.steering).dated_on == datetime.date(2026, 11, 25)

    def test_each_section_begins_its_history_with_the_standard_wording(self) -> None:
        for section in self.start(self.cast.steering).standing_sections():
            revision = section.revisions.get()
            assert (revision.body, revision.author) == (section.body, self.cast.karen)

    def test_starting_twice_gives_the_same_draft(self) -> None:
        first = self.start(self.cast.steering)
        assert Charter.start(self.cast.steering, by=self.cast.jonas) == first
        assert first.sections.count() == 5

    def test_a_closed_group_gets_no_draft(self) -> None:
        self.cast.steering.close()
        with pytest.raises(ManuscriptError, match="nedlagt"):
            self.start(self.cast.steering)
        assert not Charter.objects.exists()

    def test_a_group_with_an_adopted_charter_gets_no_new_start(self) -> None:
        factories.adopted(self.cast.steering)
        with pytest.raises(ManuscriptError, match="allerede"):
            self.start(self.cast.steering)

    def test_without_a_standard_text_there_is_nothing_to_start_from(self) -> None:
        with triggers.lifted():
            CharterTemplate.objects.of_kind(Kind.STEERING).delete()
        with pytest.raises(ManuscriptError, match="standardtekst"):
            self.start(self.cast.steering)

    def test_an_unpublished_text_is_not_what_a_draft_is_made_from(self) -> None:
        draft = CharterTemplate.objects.published().get(kind=Kind.STEERING).new_version()
        assert self.start(self.cast.steering).template != draft


class NextEditionTests(CastCase):
    def setUp(self) -> None:
        self.first = factories.adopted(self.cast.steering)

    def test_it_begins_with_the_text_of_the_edition_in_force(self) -> None:
        second = self.first.next_edition(by=self.cast.karen, reason="Nyt niveau")
        assert (second.number, second.is_draft, second.reason) == (2, True, "Nyt niveau")
        texts = [[(s.heading, s.body) for s in c.standing_sections()] for c in (self.first, second)]
        assert texts[0] == texts[1]
        assert [s.source_id for s in second.standing_sections()] == [
            s.source_id for s in self.first.standing_sections()
        ]

    def test_the_heading_is_the_projects_as_it_is_now(self) -> None:
        self.cast.project.level = "level_3"
        self.cast.project.save()
        self.cast.steering.refresh_from_db()
        self.first.refresh_from_db()
        assert self.first.next_edition(by=None, reason="Nye opgaver.").level == "level_3"
        assert self.first.level == "level_2"

    def test_writing_it_leaves_the_edition_in_force_as_it_was(self) -> None:
        second = self.first.next_edition(by=None, reason="Nye opgaver.")
        section = second.standing_sections()[0]
        section.rewrite(heading="Formål", body="Noget andet.", base=section.revision)
        assert text.plain(self.first.standing_sections()[0].body) != "Noget andet."

    def test_beginning_twice_gives_the_same_draft(self) -> None:
        assert self.first.next_edition(by=None, reason="Nye opgaver.") == self.first.next_edition(
            by=None, reason="Nye opgaver."
        )

    def test_a_closed_group_gets_none(self) -> None:
        self.cast.steering.close()
        self.first.refresh_from_db()
        with pytest.raises(ManuscriptError, match="nedlagt"):
            self.first.next_edition(by=None, reason="Nye opgaver.")

    def test_a_retired_edition_is_out_of_force_and_another_can_be_started(self) -> None:
        self.first.retire()
        assert self.first.state == Charter.State.RETIRED
        assert self.first.retired_on is not None
        assert Charter.start(self.cast.steering, by=None).number == 2

    def test_a_draft_is_not_retired(self) -> None:
        second = self.first.next_edition(by=None, reason="Nye opgaver.")
        second.retire()
        assert second.is_draft
