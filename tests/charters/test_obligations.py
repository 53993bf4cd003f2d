"""From the points of an adopted charter to the obligations that the group follows up."""

from __future__ import annotations

import datetime

from charters.models import Charter, Obligation
from charters.obligations.stated import stated
from members.models import WorkingGroup
from tests import factories
from tests.cast import CastCase

DEVELOPMENT = [
    "Godkende projektbeskrivelse.",
    "Skabe gode rammer for projektet.",
    "Sikre at væsentlige interessenter bliver hørt og/eller bidrager.",
    "Stille krav til kvalitet.",
    "Løbende opfølgning på business case og gevinstrealisering.",
]
ECONOMIC = "Styregruppens forpligtelser er at godkende budget og sikre ressourcer."


class ObligationTests(CastCase):
    def in_force(self, group: WorkingGroup) -> list[tuple[str, str]]:
        found = group.obligations.in_force().order_by("position")
        return list(found.values_list("area", "wording"))

    def next_edition(self, body: str) -> Charter:
        """Adopt another edition with this text under "Forpligtelser i forhold til udvikling"."""
        draft = self.cast.steering.charters.adopted().get().next_edition(by=None, reason="Nye opgaver.")
        section = draft.sections.get(key="udvikling")
        section.rewrite(heading=section.heading, body=body, base=section.revision)
        return factories.adopted(self.cast.steering)

    def test_a_draft_has_none(self) -> None:
        Charter.start(self.cast.steering, by=None)
        assert self.in_force(self.cast.steering) == []

    def test_adoption_takes_on_each_point_and_a_marked_paragraph_as_one(self) -> None:
        charter = factories.adopted(self.cast.steering)
        assert self.in_force(self.cast.steering) == [
            *[("development", wording) for wording in DEVELOPMENT],
            ("economic", ECONOMIC),
        ]
        assert {o.introduced_in for o in self.cast.steering.obligations.all()} == {charter}

    def test_a_faggruppe_takes_on_none(self) -> None:
        factories.adopted(self.cast.professional)
        assert not Obligation.objects.exists()

    def test_one_that_stands_in_the_next_edition_lives_on_with_its_history(self) -> None:
        factories.adopted(self.cast.steering)
        kept = self.cast.steering.obligations.get(wording=DEVELOPMENT[3])
        kept.follow_ups.create(status="met", made_by=self.cast.karen, made_on=datetime.date(2026, 1, 2))
        second = self.next_edition(f"<ul><li>{DEVELOPMENT[3]}</li><li>Måle effekten.</li></ul>")
        assert self.in_force(self.cast.steering) == [
            ("development", DEVELOPMENT[3]),
            ("development", "Måle effekten."),
            ("economic", ECONOMIC),
        ]
        kept.refresh_from_db()
        assert (kept.position, kept.follow_ups.count()) == (1, 1)
        assert kept.introduced_in != second
        assert self.cast.steering.obligations.get(wording="Måle effekten.").introduced_in == second

    def test_one_that_is_gone_from_the_next_edition_is_retired_in_it(self) -> None:
        factories.adopted(self.cast.steering)
        second = self.next_edition("<ul><li>Måle effekten.</li></ul>")
        retired = self.cast.steering.obligations.filter(retired_in=second)
        assert sorted(retired.values_list("wording", flat=True)) == sorted(DEVELOPMENT)

    def test_one_that_comes_back_later_begins_anew(self) -> None:
        factories.adopted(self.cast.steering)
        self.next_edition("<ul><li>Måle effekten.</li></ul>")
        third = self.next_edition(f"<ul><li>{DEVELOPMENT[0]}</li></ul>")
        same = self.cast.steering.obligations.filter(wording=DEVELOPMENT[0])
        assert same.count() == 2
        assert same.in_force().get().introduced_in == third

    def test_a_point_that_is_stated_twice_is_one_obligation(self) -> None:
        factories.adopted(self.cast.steering)
        self.next_edition("<ul><li>Måle effekten.</li><li>Måle effekten.</li></ul>")
        assert self.in_force(self.cast.steering).count(("development", "Måle effekten.")) == 1
        self.next_edition("<p>Ingen.</p>")
        assert ("development", "Måle effekten.") not in self.in_force(self.cast.steering)

    def test_a_point_with_points_under_it_is_one_obligation_in_their_words(self) -> None:
        charter = Charter.start(self.cast.steering, by=None)
        section = charter.sections.get(key="udvikling")
        body = "<ul><li>Sikre drift<ul><li>hver nat</li></ul></li><li>Sikre penge</li></ul>"
        section.rewrite(heading=section.heading, body=body, base=section.revision)
        development = [
            point.wording for point in stated(charter.standing_sections()) if point.area == "development"
        ]
        assert len(development) == 2
        assert development[0].startswith("Sikre drift")

    def test_a_section_that_was_taken_out_obliges_nobody(self) -> None:
        charter = Charter.start(self.cast.steering, by=None)
        charter.sections.get(key="udvikling").take_out()
        assert [point.area for point in stated(charter.standing_sections())] == ["economic"]
