""" "Vores forpligtelser" and the page of one obligation, as those who belong to the group read them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from charters import triggers
from charters.models import Obligation, Statement
from members.models import User, WorkingGroup
from tests import factories
from tests.cast import CastCase
from tests.charters.documents.reading import findings, pages

pytestmark = pytest.mark.no_database


def day(days: int) -> datetime.date:
    return datetime.date(2026, 3, 10) + datetime.timedelta(days=days)


@time_machine.travel("2026-03-10T12:00:00+01:00", tick=False)
class ObligationPageCase(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        factories.adopted(cls.cast.steering)
        cls.obligations = list(cls.cast.steering.obligations.order_by("position"))

    def url(self, group: WorkingGroup | None = None) -> str:
        return reverse("charters:obligation-list", args=[(group or self.cast.steering).slug])

    def page(self, user: User, url: str = "") -> Any:
        self.client.force_login(user)
        return self.client.get(url or self.url())

    def change(self, number: int, **fields: Any) -> Obligation:
        obligation = self.obligations[number]
        Obligation.objects.filter(pk=obligation.pk).update(**fields)
        obligation.refresh_from_db()
        return obligation


class ListTests(ObligationPageCase):
    def sections(self, user: User) -> list[tuple[str, list[Obligation]]]:
        agenda = self.page(user).context["agenda"]
        return [(str(urgency.label), those) for urgency, those in agenda.sections]

    def test_the_overdue_come_first_then_those_due_soon_then_those_without_anyone(self) -> None:
        first, second, third, fourth, fifth, sixth = self.obligations
        for obligation in self.obligations:
            Obligation.objects.filter(pk=obligation.pk).update(responsible=self.cast.karen)
        self.change(5, next_on=day(-1))
        self.change(3, next_on=day(-9))
        self.change(2, next_on=day(30))
        self.change(1, next_on=day(31), responsible=self.cast.soeren)
        factories.follow_up(self.change(4, responsible=None), status="met")
        assert self.sections(self.cast.jonas) == [
            ("Overskredet", [fourth, sixth]),
            ("Opfølgning inden for en måned", [third]),
            ("Uden ansvarlig", [second]),
            ("De øvrige", [first, fifth]),
        ]
        self.assertContains(self.page(self.cast.jonas), "6 forpligtelser, 2 overskredet")

    def test_beside_each_stands_how_it_stood_last_and_who_is_responsible(self) -> None:
        self.change(0, responsible=self.cast.jonas, next_on=day(60), every=12)
        factories.follow_up(self.obligations[0], note="Den gamle.", made_on=day(-40))
        factories.follow_up(
            self.obligations[0],
            status="deviates",
            note="Der er ingen penge.",
            made_on=day(-4),
            made_by=self.cast.karen,
        )
        page = self.page(self.cast.jonas)
        for words in (
            "Afviger",
            "Der er ingen penge.",
            "6. marts 2026, Karen Havbirk",
            "Jonas Engtoft",
            "9. maj 2026",
            "hvert år",
        ):
            self.assertContains(page, words)
        self.assertNotContains(page, "Den gamle.")

    def test_where_the_responsible_has_left_it_says_so(self) -> None:
        self.change(0, responsible=self.cast.soeren)
        self.assertContains(self.page(self.cast.karen), "(Søren Lyngdal er ikke længere med)")

    def test_each_is_offered_what_they_may_do(self) -> None:
        def offered(user: User) -> tuple[int, int]:
            page = self.page(user).content.decode()
            return page.count(">Følg op</a>"), page.count(">Ansvarlig og datoer</a>")

        self.change(0, responsible=self.cast.jonas)
        assert offered(self.cast.karen) == (6, 6)
        assert offered(self.cast.jonas) == (1, 0)
        assert offered(self.cast.aase) == (6, 6)

    def test_a_faggruppe_says_so_in_the_words_of_its_standard_text(self) -> None:
        factories.adopted(self.cast.professional)
        page = self.page(self.cast.nadia, self.url(self.cast.professional))
        self.assertContains(page, "Ingen direkte forpligtelser.")
        self.assertNotContains(page, "?pdf")

    def test_before_the_charter_is_adopted_it_says_when_they_come(self) -> None:
        page = self.page(self.cast.mette, self.url(self.cast.coordination))
        self.assertContains(page, "Gruppens forpligtelser står her, når kommissoriet er vedtaget.")

    def test_those_of_a_closed_group_are_still_read(self) -> None:
        factories.follow_up(self.obligations[0])
        self.cast.steering.close()
        page = self.page(self.cast.karen)
        self.assertContains(page, "Gruppen er nedlagt og har ingen forpligtelser længere.")
        self.assertContains(page, self.obligations[0].wording)
        self.assertContains(page, "ophørt sammen med udgave 1")
        self.assertNotContains(page, ">Følg op</a>")
        self.assertContains(self.page(self.cast.karen, self.obligations[0].get_absolute_url()), "I gang")

    def test_as_a_pdf_it_says_the_same_to_eye_and_ear(self) -> None:
        self.change(0, next_on=day(-1), responsible=self.cast.jonas)
        factories.follow_up(self.obligations[0], note="Vi er i gang.", made_by=self.cast.karen)
        answer = self.page(self.cast.jonas, f"{self.url()}?pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert findings(answer.content) == []
        words = " ".join(" ".join(pages(answer.content)).split())
        for said in (
            "Vores forpligtelser",
            "Som det så ud den 10. marts 2026",
            "6 forpligtelser, 1 overskredet",
            "Godkende projektbeskrivelse.",
            "I gang: Vi er i gang.",
            "Jonas Engtoft",
            "9. marts 2026",
            "Uden ansvarlig (5)",
        ):
            assert said in words

    def test_it_costs_as_many_queries_for_many_as_for_one(self) -> None:
        edition = self.obligations[0].introduced_in

        def more(count: int) -> None:
            for number in range(count):
                obligation = self.cast.steering.obligations.create(
                    area="development",
                    wording=f"Punkt {number}",
                    introduced_in=edition,
                    responsible=self.cast.jonas,
                    retired_in=edition if number % 2 else None,
                )
                factories.follow_up(obligation, made_by=factories.user())

        readers = {self.cast.jonas: 6, self.cast.karen: 6, self.cast.aase: 7}
        with triggers.lifted():
            Statement.objects.all().delete()
        Obligation.objects.all().delete()
        for count in (1, 11):
            more(count)
            for user, number in readers.items():
                self.page(user)  # what a process asks once and remembers is not counted
                with self.subTest(user=user, count=count), self.assertNumQueries(number):
                    self.client.get(self.url())


class DetailTests(ObligationPageCase):
    def test_every_follow_up_stands_there_newest_first(self) -> None:
        for days, note in ((-9, "Først."), (-1, "Sidst."), (-5, "Imens.")):
            factories.follow_up(self.obligations[0], note=note, made_on=day(days))
        page = self.page(self.cast.jonas, self.obligations[0].get_absolute_url()).content.decode()
        assert page.index("Sidst.") < page.index("Imens.") < page.index("Først.")

    def test_it_tells_where_the_words_came_from_and_how_they_changed(self) -> None:
        first = self.obligations[0].introduced_in
        untold = self.cast.steering.obligations.create(
            area="development", wording="Fra før.", introduced_in=first
        )
        page = self.page(self.cast.jonas, untold.get_absolute_url())
        self.assertContains(page, "Udgave 1 (15. januar 2025)")
        section = first.next_edition(by=None, reason="Nye opgaver.").sections.get(key="udvikling")
        body = section.body.replace("Godkende projektbeskrivelse", "Godkende hele projektbeskrivelse")
        section.rewrite(heading=section.heading, body=body, base=section.revision)
        factories.adopted(self.cast.steering)
        page = self.page(self.cast.jonas, self.obligations[0].get_absolute_url())
        self.assertContains(page, f"/kommissorium/1/#{first.sections.get(key='udvikling').anchor}")
        self.assertContains(page, "»Forpligtelser i forhold til udvikling«: indført")
        self.assertContains(page, "»Forpligtelser i forhold til udvikling«: i andre ord")
        self.assertContains(page, "Godkende projektbeskrivelse.")
        self.assertContains(page, "Godkende hele projektbeskrivelse.")

    def test_one_that_is_retired_stays_readable_with_its_history(self) -> None:
        draft = self.obligations[0].introduced_in.next_edition(by=None, reason="Nye opgaver.")
        draft.sections.get(key="udvikling").take_out()
        factories.follow_up(self.obligations[0], note="Vi nåede langt.")
        factories.adopted(self.cast.steering)
        self.assertContains(self.page(self.cast.jonas), "udgået med udgave 2")
        page = self.page(self.cast.jonas, self.obligations[0].get_absolute_url())
        self.assertContains(page, "udgået med udgave 2")
        self.assertContains(page, "Vi nåede langt.")
        self.assertNotContains(page, ">Følg op</a>")

    def test_another_groups_is_not_found_under_this_one(self) -> None:
        factories.adopted(self.cast.coordination)
        other = self.cast.coordination.obligations.first()
        url = reverse("charters:obligation-detail", args=[self.cast.steering.slug, other.pk])
        assert self.page(self.cast.aase, url).status_code == 404

    def test_it_costs_as_many_queries_for_many_lines_as_for_one(self) -> None:
        url = self.obligations[0].get_absolute_url()
        factories.follow_up(self.obligations[0])
        self.page(self.cast.karen, url)
        with self.assertNumQueries(7):
            self.client.get(url)
        for _number in range(11):
            factories.follow_up(self.obligations[0], made_by=factories.user())
        with self.assertNumQueries(7):
            self.client.get(url)


class WayTests(ObligationPageCase):
    def test_the_groups_page_leads_its_members_there_and_says_how_many_are_overdue(self) -> None:
        self.change(0, next_on=day(-1))
        page = self.page(self.cast.jonas, self.cast.steering.get_absolute_url())
        self.assertContains(page, self.url())
        self.assertContains(page, "1 overskredet")
        for outsider in (self.cast.mette, None):
            self.client.logout()
            if outsider:
                self.client.force_login(outsider)
            answer = self.client.get(self.cast.steering.get_absolute_url())
            self.assertNotContains(answer, self.url())

    def test_the_secretariats_list_of_what_is_to_be_mended_leads_to_where_another_is_chosen(self) -> None:
        duty = self.change(0, responsible=self.cast.soeren)
        page = self.page(self.cast.aase, reverse("charters:mending-list"))
        self.assertContains(page, reverse("charters:obligation-update", args=[duty.group.slug, duty.pk]))
