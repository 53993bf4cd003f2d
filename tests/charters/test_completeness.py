"""What stops an adoption, and what only warns: each with its yes and its no."""

from __future__ import annotations

import datetime

import pytest

from charters.completeness import HEADING_ANCHOR, MEMBERS_ANCHOR, TEXT_ANCHOR, Finding, Review
from charters.models import Charter
from members.models import Membership, Organisation, Project
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

Role, Level = Membership.Role, Project.Level


class ReviewCase(CastCase):
    def setUp(self) -> None:
        self.charter = Charter.start(self.cast.steering, by=self.cast.karen)

    def unfilled(self, charter: Charter | None = None, **given: datetime.date) -> list[Finding]:
        return Review.of(charter or self.charter).unfilled(**given)

    def warnings(self, charter: Charter | None = None) -> list[str]:
        return [finding.message for finding in Review.of(charter or self.charter).warnings()]

    def set_heading(self, **changed: object) -> None:
        Charter.objects.filter(pk=self.charter.pk).update(**changed)
        self.charter.refresh_from_db()


class UnfilledTests(ReviewCase):
    def test_a_fresh_draft_of_a_styregruppe_lacks_nothing(self) -> None:
        assert self.unfilled() == []

    def test_the_projects_name_must_be_there(self) -> None:
        for name in ("", "xyz", "OS2 XYZ"):
            with self.subTest(name=name):
                self.set_heading(project_name=name)
                assert self.unfilled() == [Finding("Projektets navn mangler.", HEADING_ANCHOR)]

    def test_the_level_must_be_there(self) -> None:
        self.set_heading(level="")
        assert self.unfilled() == [Finding("Produktniveau mangler.", HEADING_ANCHOR)]

    def test_a_date_must_be_there_or_be_given_with_the_adoption(self) -> None:
        self.set_heading(dated_on=None)
        assert self.unfilled() == [Finding("Dato mangler.", HEADING_ANCHOR)]
        assert self.unfilled(dated_on=factories.LONG_AGO) == []

    def test_there_must_be_a_member(self) -> None:
        for membership in self.cast.steering.roster():
            membership.end()
        assert self.unfilled() == [Finding("Gruppen har ingen medlemmer.", MEMBERS_ANCHOR)]

    def test_there_must_be_a_section(self) -> None:
        for section in self.charter.standing_sections():
            section.take_out()
        assert self.unfilled() == [Finding("Kommissoriet har ingen afsnit.", TEXT_ANCHOR)]

    def test_an_empty_section_is_named_and_linked(self) -> None:
        section = self.charter.standing_sections()[1]
        section.rewrite(heading="Rolle", body="<p> </p>", base=section.revision)
        assert self.unfilled() == [
            Finding("»Rolle« har ingen tekst. Skriv noget, eller tag afsnittet ud.", section.anchor)
        ]

    def test_an_empty_section_that_was_taken_out_is_not_missed(self) -> None:
        section = self.charter.standing_sections()[1]
        section.rewrite(heading="Rolle", body="", base=section.revision)
        section.take_out()
        assert self.unfilled() == []

    def test_the_standard_texts_own_placeholder_must_be_replaced(self) -> None:
        section = self.charter.standing_sections()[0]
        for heading, body in [("Formål", "Vi mødes xyz"), ("Formål: XYZ", "Tekst")]:
            with self.subTest(heading=heading, body=body):
                section.rewrite(heading=heading, body=body, base=section.revision)
                message = f"Der står stadig »xyz« i »{heading}«."
                assert self.unfilled() == [Finding(message, section.anchor)]

    def test_a_word_with_the_placeholder_inside_it_is_a_word(self) -> None:
        section = self.charter.standing_sections()[0]
        section.rewrite(heading="Formål", body="Systemet xyzzy", base=section.revision)
        assert self.unfilled() == []

    def test_a_faggruppe_fills_in_its_arbejdsgrundlag_but_needs_no_project(self) -> None:
        charter = Charter.start(self.cast.professional, by=self.cast.nadia)
        last = charter.standing_sections()[-1]
        assert self.unfilled(charter) == [
            Finding("»Arbejdsgrundlaget« skal udfyldes af gruppen.", last.anchor)
        ]
        last.rewrite(heading=last.heading, body="Vi deler viden.", base=last.revision)
        assert self.unfilled(charter) == []


class WarningTests(ReviewCase):
    def test_a_draft_as_the_standard_text_wants_it_has_no_warnings(self) -> None:
        assert self.warnings() == []

    def test_secretariat_staff_in_a_styregruppe_are_named(self) -> None:
        factories.membership(self.cast.steering, self.cast.aase)
        assert len(self.warnings()) == 1
        assert "Åse Kildevang er ansat i OS2s sekretariat" in self.warnings()[0]

    def test_secretariat_staff_in_a_faggruppe_are_welcome(self) -> None:
        factories.membership(self.cast.professional, self.cast.aase)
        assert self.warnings(Charter.start(self.cast.professional, by=None)) == []

    def test_a_supplier_who_decides_in_a_styregruppe_is_named(self) -> None:
        factories.membership(self.cast.steering, self.cast.tobias)
        assert "Tobias Klitholm kommer fra en leverandør" in self.warnings()[0]

    def test_a_supplier_who_does_not_decide_or_sits_in_a_koordinationsgruppe_is_fine(self) -> None:
        factories.membership(self.cast.steering, self.cast.tobias, role=Role.SUPPLIER)
        assert self.warnings() == []
        assert self.warnings(Charter.start(self.cast.coordination, by=None)) == []

    def test_a_group_in_which_nobody_decides_is_told_so(self) -> None:
        for membership in self.cast.steering.roster():
            membership.end()
        factories.membership(self.cast.steering, role=Role.OBSERVER)
        assert len(self.warnings()) == 1
        assert "Ingen i gruppen kan godkende" in self.warnings()[0]

    def test_another_level_than_the_projects_is_pointed_out(self) -> None:
        self.set_heading(level=Level.LEVEL_3)
        assert self.warnings() == ["Produktniveauet i kommissoriet er et andet end projektets (Niveau 2)."]

    def test_a_koordinationsgruppe_from_niveau_2_without_a_styregruppe_is_warned(self) -> None:
        for level, expected in [(Level.LEVEL_1, 0), (Level.LEVEL_2, 1), (Level.LEVEL_3, 1)]:
            with self.subTest(level=level):
                group = factories.group("coordination", project=factories.project(level=level))
                factories.membership(group, role=Role.FACILITATOR)
                assert len(self.warnings(Charter.start(group, by=None))) == expected

    def test_a_koordinationsgruppe_beside_a_styregruppe_is_not(self) -> None:
        assert self.warnings(Charter.start(self.cast.coordination, by=None)) == []

    def test_a_closed_styregruppe_does_not_count(self) -> None:
        self.cast.steering.close()
        assert len(self.warnings(Charter.start(self.cast.coordination, by=None))) == 1

    def test_a_standard_section_that_was_taken_out_shows_as_a_deviation(self) -> None:
        section = self.charter.standing_sections()[1]
        section.take_out()
        assert self.warnings() == ["Standardtekstens afsnit »Rolle« er taget ud."]
        section.put_back()
        assert self.warnings() == []

    def test_a_section_of_ones_own_that_was_taken_out_does_not(self) -> None:
        self.charter.add_section("Mødekultur", body="Vi møder til tiden.").take_out()
        assert self.warnings() == []

    def test_a_member_without_an_organisation_is_no_cause_for_warning(self) -> None:
        factories.membership(self.cast.steering, factories.user("Per Egelund-Dam"))
        assert self.warnings() == []

    def test_only_todays_members_are_looked_at(self) -> None:
        os2 = Organisation.objects.get(kind=Organisation.Kind.SECRETARIAT)
        gone = factories.membership(self.cast.steering, factories.user(organisation=os2))
        gone.end()
        assert self.warnings() == []
