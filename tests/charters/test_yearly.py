"""The yearly check: when it is due, what yes and no lead to, and that it stands as it was answered."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from charters.mandate import mandates_of
from charters.models import YearlyCheck
from charters.models.yearly_check import AnsweredError
from members.models import User
from tests import factories
from tests.cast import CastCase

YES = {"members_right": "ja", "obligations_right": "ja", "charter_right": "ja"}
SOON, YEAR_ON = "2026-01-14T12:00:00+01:00", "2026-01-15T12:00:00+01:00"


@time_machine.travel(YEAR_ON, tick=False)
class YearlyCase(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.charter = factories.adopted(cls.cast.steering)  # on 15 January 2025
        cls.url = reverse("charters:yearly-check", args=[cls.cast.steering.slug])

    def answer(self, user: User | None = None, **changed: str) -> Any:
        self.client.force_login(user or self.cast.karen)
        return self.client.post(self.url, YES | changed, follow=True)

    def awaits(self, user: User) -> bool:
        return self.url in [thing.url for mandate in mandates_of(user) for thing in mandate.awaiting()]


class DueTests(YearlyCase):
    def test_it_awaits_those_who_lead_a_year_after_the_adoption(self) -> None:
        assert self.awaits(self.cast.karen)
        assert not self.awaits(self.cast.jonas)
        with time_machine.travel(SOON, tick=False):
            assert not self.awaits(self.cast.karen)

    def test_it_awaits_them_again_a_year_after_the_last_one(self) -> None:
        self.answer()
        assert not self.awaits(self.cast.karen)
        for day, due in (("2027-01-14", False), ("2027-01-15", True)):
            with time_machine.travel(f"{day}T12:00:00+01:00", tick=False):
                assert self.awaits(self.cast.karen) == due


class AnswerTests(YearlyCase):
    def test_it_is_filled_in_beforehand_with_members_obligations_and_charter(self) -> None:
        factories.follow_up(self.cast.steering.obligations.all()[0], status="met")
        self.client.force_login(self.cast.karen)
        page = self.client.get(self.url).content.decode()
        for words in ("Jonas Engtoft", "Godkende projektbeskrivelse", "Opfyldt", "15. januar 2026"):
            assert words in page, words

    def test_three_times_yes_is_logged_and_moves_the_review_a_year_on(self) -> None:
        page = self.answer()
        (made,) = YearlyCheck.objects.all()
        assert (made.group, made.made_by) == (self.cast.steering, self.cast.karen)
        assert (made.made_on, made.is_all_right) == (datetime.date(2026, 1, 15), True)
        self.charter.refresh_from_db()
        assert self.charter.review_on == datetime.date(2027, 1, 15)
        self.assertContains(page, "Sidst tjekket den 15. januar 2026 af Karen Havbirk.")

    def test_a_review_that_is_far_off_stays_where_it_is(self) -> None:
        self.charter.review_next(on=datetime.date(2026, 9, 1))
        self.answer()
        self.charter.refresh_from_db()
        assert self.charter.review_on == datetime.date(2026, 9, 1)

    def test_each_no_is_logged_and_leads_to_the_place_that_mends_it(self) -> None:
        home = self.cast.steering.get_absolute_url()
        places = {
            "members_right": f"{home}#medlemmer",
            "obligations_right": reverse("charters:obligation-list", args=[self.cast.steering.slug]),
            "charter_right": f"{home}#kommissorium",
        }
        for question, place in places.items():
            with self.subTest(question=question):
                page = self.answer(**{question: "nej"})
                self.assertContains(page, f'href="{place}"')
                assert not getattr(YearlyCheck.objects.latest("pk"), question)
        self.assertNotContains(self.answer(), f'href="{home}#medlemmer"')

    def test_a_charter_that_no_longer_holds_keeps_its_day(self) -> None:
        self.answer(charter_right="nej")
        self.charter.refresh_from_db()
        assert self.charter.review_on == datetime.date(2026, 1, 15)

    def test_a_question_left_open_is_said_beside_it_and_the_other_answers_stay(self) -> None:
        page = self.answer(charter_right="")
        assert page.status_code == 422
        self.assertContains(page, "Svar ja eller nej.", status_code=422)
        assert page.context["form"]["members_right"].value() == "ja"
        assert not YearlyCheck.objects.exists()

    def test_the_same_answers_are_stored_once_a_day(self) -> None:
        self.answer()
        assert self.answer(self.cast.aase).status_code == 422
        assert YearlyCheck.objects.count() == 1

    def test_one_may_go_back_to_an_earlier_answer_the_same_day(self) -> None:
        for answer in ("ja", "nej", "ja"):
            self.answer(members_right=answer)
        assert YearlyCheck.objects.count() == 3
        assert self.cast.steering.yearly_checks.order_by("-pk")[0].is_all_right

    def test_only_what_did_not_fit_is_listed_to_be_mended(self) -> None:
        page = self.answer(members_right="nej", obligations_right="nej")
        self.assertContains(page, "Ret medlemmerne")
        self.assertContains(page, "Følg op, og vælg ansvarlige")
        self.assertNotContains(page, "Begynd en ny udgave</a>")

    def test_a_member_reads_when_it_was_made_and_is_not_asked(self) -> None:
        factories.yearly_check(self.cast.steering, made_by=self.cast.karen)
        self.client.force_login(self.cast.jonas)
        page = self.client.get(self.url)
        self.assertContains(page, "Sidst tjekket den 15. januar 2026 af Karen Havbirk.")
        self.assertNotContains(page, "Gem svarene")

    def test_without_a_charter_or_in_a_closed_group_there_is_nothing_to_check(self) -> None:
        self.charter.retire()
        self.assertContains(
            self.answer(), "Tjekket begynder et år efter, at gruppens kommissorium er vedtaget."
        )
        self.cast.steering.close()
        self.assertContains(self.answer(self.cast.aase), "Gruppen er nedlagt og skal ikke tjekkes.")
        assert not YearlyCheck.objects.exists()

    def test_it_stands_as_it_was_answered(self) -> None:
        made = factories.yearly_check(self.cast.steering)
        for change in (made.save, made.delete):
            with pytest.raises(AnsweredError):
                change()
        rows = YearlyCheck.objects.filter(pk=made.pk)
        for past in (lambda: rows.update(charter_right=False), lambda: rows._raw_delete("default")):
            with pytest.raises(IntegrityError), transaction.atomic():
                past()

    def test_it_costs_as_many_queries_for_many_members_as_for_one(self) -> None:
        self.client.force_login(self.cast.karen)
        with self.assertNumQueries(9):
            self.client.get(self.url)
        for _number in range(10):
            factories.membership(self.cast.steering)
        with self.assertNumQueries(9):
            self.client.get(self.url)
