"""A group follows its obligations up: who may, what is written, and what it does to the next date."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from charters import triggers
from charters.models import FollowUp, Obligation
from charters.models.follow_up import WrittenError
from members.models import User
from tests import factories
from tests.cast import CastCase

TODAY = datetime.date(2026, 3, 10)


@time_machine.travel("2026-03-10T12:00:00+01:00", tick=False)
class FollowingCase(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        factories.adopted(cls.cast.steering)
        cls.obligation = cls.cast.steering.obligations.order_by("position")[0]

    def url(self, name: str, obligation: Obligation | None = None) -> str:
        return reverse(
            f"charters:obligation-{name}", args=[self.cast.steering.slug, (obligation or self.obligation).pk]
        )

    def send(self, user: User, *, htmx: bool = False, **fields: Any) -> Any:
        self.client.force_login(user)
        sent = {"status": "under_way", "note": "Vi er i gang.", "made_on": "2026-03-10", **fields}
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(self.url("follow-up"), sent, headers=headers)

    def plan(self, user: User, **fields: Any) -> Any:
        self.client.force_login(user)
        return self.client.post(self.url("update"), {"responsible": "", "next_on": "", "every": "", **fields})

    def make_responsible(self, person: User, **fields: Any) -> None:
        Obligation.objects.filter(pk=self.obligation.pk).update(responsible=person, **fields)
        self.obligation.refresh_from_db()


class FollowUpTests(FollowingCase):
    def test_the_chair_writes_how_it_stands_and_comes_back_to_the_row(self) -> None:
        answer = self.send(self.cast.karen)
        home = reverse("charters:obligation-list", args=[self.cast.steering.slug])
        self.assertRedirects(answer, f"{home}#{self.obligation.anchor}")
        line = self.obligation.follow_ups.get()
        assert (line.status, line.note, line.made_on) == ("under_way", "Vi er i gang.", TODAY)
        assert line.made_by == self.cast.karen

    def test_a_member_may_only_where_they_are_responsible(self) -> None:
        assert self.send(self.cast.jonas).status_code == 403
        self.make_responsible(self.cast.jonas)
        assert self.send(self.cast.jonas).status_code == 302

    def test_a_responsible_who_has_left_may_not(self) -> None:
        self.make_responsible(self.cast.soeren)
        assert self.send(self.cast.soeren).status_code == 403
        assert not self.obligation.follow_ups.exists()

    def test_a_deviation_without_an_explanation_is_asked_for_one_beside_the_field(self) -> None:
        answer = self.send(self.cast.karen, status="deviates", note="  ")
        assert answer.status_code == 422
        explain = "Når I afviger, skal I forklare hvorfor (følg-eller-forklar)."
        self.assertFormError(answer.context["form"], "note", explain)
        assert self.send(self.cast.karen, status="deviates", note="Der er ingen penge.").status_code == 302

    def test_a_day_that_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(self) -> None:
        for day, said in (
            ("2026-03-11", "Datoen kan ikke ligge i fremtiden."),
            (
                "2025-01-14",
                "Datoen kan ikke ligge før den 15. januar 2025, da forpligtelsen blev vedtaget.",
            ),
        ):
            answer = self.send(self.cast.karen, made_on=day)
            self.assertFormError(answer.context["form"], "made_on", said)
            self.assertContains(answer, "Vi er i gang.", status_code=422)

    def test_the_same_form_sent_twice_is_one_line(self) -> None:
        key = str(uuid.uuid4())
        first, second = (self.send(self.cast.karen, submission=key) for _ in range(2))
        assert first.url == second.url
        assert self.obligation.follow_ups.count() == 1

    def test_one_that_is_retired_or_of_a_closed_group_is_read_only(self) -> None:
        Obligation.objects.filter(pk=self.obligation.pk).update(retired_in=self.obligation.introduced_in)
        self.client.force_login(self.cast.karen)
        answer = self.client.get(self.url("follow-up"), follow=True)
        self.assertContains(answer, "Forpligtelsen er udgået.")
        self.send(self.cast.karen)
        self.cast.steering.close()
        self.send(self.cast.aase)
        self.plan(self.cast.aase, next_on="2026-04-01")
        self.obligation.refresh_from_db()
        assert not self.obligation.follow_ups.exists()
        assert self.obligation.next_on is None

    def test_in_the_row_htmx_gets_the_row_or_the_form_with_its_errors(self) -> None:
        refused = self.send(self.cast.karen, htmx=True, status="deviates", note="")
        assert refused.status_code == 422
        assert refused["HX-Retarget"] == f"#{self.obligation.anchor}-form"
        self.assertContains(refused, "skal I forklare hvorfor", status_code=422)
        saved = self.send(self.cast.karen, htmx=True)
        self.assertContains(saved, f'id="{self.obligation.anchor}"')
        self.assertContains(saved, "Opfølgningen er gemt.")
        self.assertNotContains(saved, "<h1")
        back = self.client.get(self.url("detail"), headers={"HX-Request": "true"})
        self.assertContains(back, f'id="{self.obligation.anchor}"')


class NextDateTests(FollowingCase):
    def next_on(self) -> datetime.date | None:
        self.obligation.refresh_from_db()
        return self.obligation.next_on

    def test_a_recurring_one_comes_back_by_itself(self) -> None:
        self.make_responsible(self.cast.jonas, next_on=datetime.date(2026, 3, 1), every=12)
        self.send(self.cast.jonas, status="met")
        assert self.next_on() == datetime.date(2027, 3, 1)

    def test_one_that_is_met_once_and_for_all_is_not_asked_about_again(self) -> None:
        self.make_responsible(self.cast.karen, next_on=datetime.date(2026, 3, 1))
        self.client.force_login(self.cast.karen)
        proposed = self.client.get(self.url("follow-up")).context["form"]["next_on"].initial
        assert proposed == datetime.date(2026, 5, 10)
        self.send(self.cast.karen, status="met", next_on=proposed.isoformat())
        assert self.next_on() is None

    def test_those_who_lead_choose_another_day_and_others_do_not(self) -> None:
        self.make_responsible(self.cast.jonas, next_on=datetime.date(2026, 3, 1), every=3)
        self.send(self.cast.jonas, next_on="2026-04-20")
        assert self.next_on() == datetime.date(2026, 6, 1)
        self.send(self.cast.karen, next_on="2026-04-20")
        assert self.next_on() == datetime.date(2026, 4, 20)

    def test_a_day_that_has_passed_cannot_be_the_next(self) -> None:
        answer = self.send(self.cast.karen, next_on="2026-03-09")
        self.assertFormError(answer.context["form"], "next_on", "Vælg en dag, der ikke er passeret.")


class PlanTests(FollowingCase):
    def test_those_who_lead_choose_a_responsible_a_day_and_a_rhythm(self) -> None:
        self.plan(self.cast.karen, responsible=self.cast.jonas.pk, next_on="2026-06-01", every="3")
        self.obligation.refresh_from_db()
        assert self.obligation.responsible == self.cast.jonas
        assert (self.obligation.next_on, self.obligation.every) == (datetime.date(2026, 6, 1), 3)

    def test_the_responsible_is_in_the_group_today(self) -> None:
        for person in (self.cast.soeren, self.cast.mette):
            answer = self.plan(self.cast.karen, responsible=person.pk)
            assert "responsible" in answer.context["form"].errors
            assert answer.status_code == 422

    def test_a_responsible_member_does_not_choose(self) -> None:
        self.make_responsible(self.cast.jonas)
        assert self.plan(self.cast.jonas, next_on="2026-06-01").status_code == 403

    def test_one_that_comes_back_gets_its_first_date_by_itself(self) -> None:
        self.plan(self.cast.karen, every="6")
        self.obligation.refresh_from_db()
        assert self.obligation.next_on == datetime.date(2026, 9, 10)

    def test_a_day_that_has_passed_stays_and_is_not_chosen(self) -> None:
        self.make_responsible(self.cast.karen, next_on=datetime.date(2026, 3, 1))
        assert self.plan(self.cast.karen, next_on="2026-03-01").status_code == 302
        answer = self.plan(self.cast.karen, next_on="2026-03-02")
        self.assertFormError(answer.context["form"], "next_on", "Vælg en dag, der ikke er passeret.")

    def test_a_rhythm_is_suggested_where_the_words_ask_for_one_and_nothing_is_set(self) -> None:
        self.client.force_login(self.cast.karen)
        running = self.cast.steering.obligations.get(wording__startswith="Løbende")
        page = self.client.get(self.url("update", running))
        self.assertContains(page, "Forslag ud fra ordlyden: hvert kvartal.")
        assert page.context["form"]["every"].value() is None
        self.assertNotContains(self.client.get(self.url("update")), "Forslag ud fra ordlyden")


class WrittenTests(FollowingCase):
    def test_a_follow_up_is_neither_changed_nor_deleted(self) -> None:
        line = factories.follow_up(self.obligation)
        line.note = "Noget andet."
        for write in (line.save, line.delete):
            with pytest.raises(WrittenError, match="Skriv en ny linje"):
                write()

    def test_the_database_refuses_it_too(self) -> None:
        rows = FollowUp.objects.filter(pk=factories.follow_up(self.obligation).pk)
        for write in (
            lambda: rows.update(note="Nej"),
            lambda: rows.update(made_by=self.cast.aase),
            rows.delete,
            lambda: rows._raw_delete(rows.db),
        ):
            with pytest.raises((IntegrityError, WrittenError)) as caught, transaction.atomic():
                write()
            assert triggers.MESSAGE in str(caught.value)

    def test_a_correction_is_a_new_line(self) -> None:
        factories.follow_up(self.obligation, status="met")
        self.send(self.cast.karen, note="Vi var for hurtige.")
        assert [line.status for line in self.obligation.follow_ups.all()] == ["under_way", "met"]
