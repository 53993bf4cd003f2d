"""A group as it was on a day: who was in it and as what, the charter that held, and what is told to whom."""

from __future__ import annotations

import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from members.models import Membership, WorkingGroup
from tests import factories
from tests.cast import CastCase

THEN = datetime.date(2025, 3, 1)


class RosterDayTests(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        """On 1 March 2025 Ida, who left in the summer, was in it; Nadia came in the autumn."""
        super().setUpTestData()
        cls.group = cls.cast.steering
        ida = factories.membership(cls.group, cls.cast.ida, role=Membership.Role.VICE_CHAIR)
        ida.end(on=datetime.date(2025, 7, 1))
        factories.membership(cls.group, cls.cast.nadia, joined_on=datetime.date(2025, 10, 1))

    group: WorkingGroup

    def page(self, den: object = THEN, group: WorkingGroup | None = None) -> HttpResponse:
        url = reverse("members:group-roster", args=[(group or self.group).slug])
        return self.client.get(url, {"den": den} if den else {})

    def names(self, den: object = THEN) -> list[str]:
        return [membership.person.name for membership in self.page(den).context["shown"]]

    def test_those_of_the_day_are_shown_with_their_roles_and_nobody_else(self) -> None:
        self.client.force_login(self.cast.jonas)
        assert self.names() == ["Karen Havbirk", "Ida Skovmark", "Jonas Engtoft"]
        assert self.names("2025-07-01") == ["Karen Havbirk", "Jonas Engtoft"]
        assert self.names("2025-10-01") == ["Karen Havbirk", "Jonas Engtoft", "Nadia Elmark"]
        page = self.page()
        self.assertContains(page, "<h1>Styregruppen for OS2naturkort den 1. marts 2025</h1>")
        self.assertContains(page, "Næstformand")

    def test_a_person_is_shown_in_the_role_and_for_the_organisation_of_that_day(self) -> None:
        then = self.group.memberships.get(person=self.cast.jonas)
        then.end(on=datetime.date(2025, 9, 1))
        now = factories.organisation("Fanø Kommune")
        later = datetime.date(2025, 9, 1)
        self.group.add(self.cast.jonas, role=Membership.Role.OBSERVER, organisation=now, joined_on=later)
        shown = {m.person: (m.role, m.organisation.name) for m in self.page().context["shown"]}
        assert shown[self.cast.jonas] == ("member", "Ærø Kommune")
        shown = {m.person: (m.role, m.organisation.name) for m in self.page(later).context["shown"]}
        assert shown[self.cast.jonas] == ("observer", "Fanø Kommune")

    def test_who_has_left_since_is_named_to_those_who_belong_and_counted_to_others(self) -> None:
        for person, named in ((None, False), (self.cast.mette, False), (self.cast.jonas, True)):
            self.client.logout()
            if person:
                self.client.force_login(person)
            page = self.page()
            self.assertContains(page, 'Medlemmer <span class="count">(3)</span>')
            assert ("Ida Skovmark" in page.content.decode()) is named, person
            assert ("Én, som er udtrådt siden" in page.content.decode()) is not named, person

    def test_addresses_are_for_those_who_see_them_today_and_of_those_who_are_still_there(self) -> None:
        self.assertNotContains(self.page(), "@")
        self.client.force_login(self.cast.jonas)
        page = self.page()
        self.assertContains(page, "karen@odder.example")
        self.assertNotContains(page, "ida@odder.example")

    def test_unasked_it_is_today_and_for_a_closed_group_its_last_day(self) -> None:
        assert self.page(None).context["day"] == timezone.localdate()
        closed = factories.group(closed_on=THEN)
        assert self.page(None, closed).context["day"] == THEN
        assert self.page("2025-03-02", closed).status_code == 422

    def test_a_day_that_makes_no_sense_is_told_beside_the_field(self) -> None:
        self.group.established_on = datetime.date(2025, 1, 10)
        self.group.save()
        for den, message in (
            ("i går", "Indtast en gyldig dato."),
            (factories.days_ahead(1), "Datoen kan ikke ligge i fremtiden."),
            ("2025-01-09", "Gruppen blev først nedsat den 10. januar 2025."),
            ("0202-03-01", "Datoen kan ikke ligge før 24. april 2012, da OS2 blev stiftet."),
        ):
            page = self.page(den)
            assert page.status_code == 422
            assert page.context["form"].errors == {"den": [message]}, den
            self.assertNotContains(page, "Karen Havbirk", status_code=422)
        assert self.page("2025-01-10").status_code == 200

    def test_the_groups_page_leads_there(self) -> None:
        way = reverse("members:group-roster", args=[self.group.slug])
        self.assertContains(self.client.get(self.group.get_absolute_url()), f'href="{way}"')


class CharterOfTheDayTests(CastCase):
    def said(self, day: datetime.date) -> str:
        url = reverse("members:group-roster", args=[self.cast.steering.slug])
        return self.client.get(url, {"den": day}).content.decode()

    def test_the_edition_in_force_that_day_is_named_and_no_other(self) -> None:
        first = factories.adopted(self.cast.steering, on=THEN)
        day = datetime.timedelta(days=1)
        assert "intet vedtaget kommissorium den dag" in self.said(THEN - day)
        assert "udgave 1, vedtaget den 1. marts 2025" in self.said(THEN)
        later = datetime.date(2025, 9, 1)
        with factories.stand_in_pdf():
            second = first.next_edition(by=self.cast.karen, reason="Et nyt år.")
            factories.adopt(second, by=self.cast.karen, on=later)
        assert "udgave 1," in self.said(later - day)
        assert "udgave 2," in self.said(later)
        assert "udgave 1," not in self.said(later)
        self.cast.steering.close(on=datetime.date(2025, 12, 1))
        assert "udgave 2," in self.said(datetime.date(2025, 11, 30))
        assert "intet vedtaget kommissorium den dag" in self.said(datetime.date(2025, 12, 1))


class RosterDayQueryTests(CastCase):
    def test_the_page_asks_as_much_for_two_members_as_for_many(self) -> None:
        factories.adopted(self.cast.steering)
        self.client.force_login(self.cast.karen)
        url = reverse("members:group-roster", args=[self.cast.steering.slug])
        for count in (0, 10):
            for _number in range(count):
                factories.membership(self.cast.steering)
            with self.assertNumQueries(7):
                self.client.get(url)
