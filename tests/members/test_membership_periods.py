"""When somebody is in a group: never twice on one day, and not after the group has closed."""

from __future__ import annotations

import datetime
from unittest import mock

from django.utils import timezone
from django.utils.formats import date_format

from members.forms.memberships import NewMembershipForm
from members.models import Membership, WorkingGroup
from tests import factories
from tests.members.test_memberships import MembershipCase


class PeriodTests(MembershipCase):
    def test_whoever_leaves_on_a_day_to_come_is_in_until_then_and_may_be_back_from_that_day(self) -> None:
        leaves = timezone.localdate() + datetime.timedelta(days=30)
        self.membership(self.cast.jonas).end(on=leaves)
        where = self.url("create", self.cast.jonas.pk)
        self.assertNotContains(self.client.get(self.url("search"), {"q": "jonas"}), where)
        response = self.client.post(where, self.data())
        said = response.context["form"].errors["joined_on"]
        assert said == [
            f"Personen er medlem af gruppen fra 15. januar 2025 til {date_format(leaves)}. "
            "Perioderne må ikke overlappe."
        ]
        assert [m.person for m in self.cast.steering.roster()] == [self.cast.karen, self.cast.jonas]
        self.assertRedirects(self.client.post(where, self.data(joined_on=leaves.isoformat())), self.home)
        assert [m.person for m in self.cast.steering.roster(on=leaves)] == [self.cast.karen, self.cast.jonas]

    def test_whoever_is_on_the_way_in_is_shown_as_such_and_added_once(self) -> None:
        comes = timezone.localdate() + datetime.timedelta(days=30)
        factories.membership(self.cast.steering, self.cast.ida, joined_on=comes)
        where = self.url("create", self.cast.ida.pk)
        self.assertNotContains(self.client.get(self.url("search"), {"q": "skovmark"}), where)
        assert self.client.post(where, self.data()).status_code == 422
        assert self.cast.steering.memberships.filter(person=self.cast.ida).count() == 1

    def test_a_beginning_that_was_taken_back_is_no_membership(self) -> None:
        comes = timezone.localdate() + datetime.timedelta(days=30)
        factories.membership(self.cast.steering, self.cast.ida, joined_on=comes).end(on=comes)
        page = self.client.get(self.url("search"), {"q": "skovmark"})
        self.assertContains(page, self.url("create", self.cast.ida.pk))
        self.assertNotContains(self.client.get(self.home), "På vej ind")
        self.assertRedirects(self.client.post(self.url("create", self.cast.ida.pk), self.data()), self.home)

    def test_a_period_that_somebody_else_has_just_taken_is_said_beside_its_date(self) -> None:
        save = NewMembershipForm.save

        def beaten_to_it(form: NewMembershipForm) -> Membership:
            self.cast.steering.add(self.cast.ida).end(on=factories.days_ahead(5))
            return save(form)

        with mock.patch.object(NewMembershipForm, "save", beaten_to_it):
            response = self.client.post(self.url("create", self.cast.ida.pk), self.data(role="observer"))
        self.assertContains(response, '<option value="observer" selected>', status_code=422)
        assert "må ikke overlappe" in response.context["form"].errors["joined_on"][0]

    def test_reopening_an_old_membership_beside_an_open_one_is_refused(self) -> None:
        factories.membership(self.cast.steering, self.cast.soeren, joined_on=timezone.localdate())
        old = self.cast.steering.memberships.get(person=self.cast.soeren, left_on__isnull=False)
        data = {"role": "member", "joined_on": old.joined_on.isoformat(), "left_on": ""}
        response = self.client.post(self.url("update", old.pk), data)
        assert response.context["form"].errors == {"person": ["Personen er allerede medlem af gruppen."]}

    def test_a_period_moved_into_another_of_the_same_person_is_said_beside_its_date(self) -> None:
        old = self.cast.steering.memberships.get(person=self.cast.soeren)
        before = old.joined_on - datetime.timedelta(days=30)
        old.joined_on = before
        old.save()
        factories.membership(self.cast.steering, self.cast.soeren, joined_on=datetime.date(2026, 3, 1))
        data = {"role": "member", "joined_on": before.isoformat(), "left_on": "2026-03-02"}
        said = ["Personen er medlem af gruppen fra 1. marts 2026. Perioderne må ikke overlappe."]
        for page in ("update", "end"):
            response = self.client.post(self.url(page, old.pk), data)
            assert response.status_code == 422
            assert response.context["form"].errors == {"left_on": said}
        for page in ("update", "end"):
            response = self.client.post(self.url(page, old.pk), data | {"left_on": "2026-03-01"})
            self.assertRedirects(response, self.home)


class ClosingTests(MembershipCase):
    def test_a_closed_group_takes_nobody_in(self) -> None:
        self.cast.steering.close()
        for person, answer in ((self.cast.karen, 403), (self.cast.aase, 404)):
            self.client.force_login(person)
            for page in (self.url("search"), self.url("person"), self.url("create", self.cast.ida.pk)):
                assert self.client.get(page).status_code == answer, (person, page)
                assert self.client.post(page, self.data()).status_code in (answer, 405), (person, page)
        assert not self.cast.steering.memberships.filter(person=self.cast.ida).exists()

    def test_a_group_that_is_closed_while_the_form_is_filled_in_says_so(self) -> None:
        is_valid = NewMembershipForm.is_valid

        def closed_meanwhile(form: NewMembershipForm) -> bool:
            answer = is_valid(form)
            WorkingGroup.objects.get(pk=self.cast.steering.pk).close()
            return answer

        with mock.patch.object(NewMembershipForm, "is_valid", closed_meanwhile):
            response = self.client.post(self.url("create", self.cast.ida.pk), self.data())
        self.assertContains(response, "kan ikke få nye medlemmer", status_code=422)
        assert not self.cast.steering.memberships.filter(person=self.cast.ida).exists()


class ClosedGroupTests(MembershipCase):
    def setUp(self) -> None:
        super().setUp()
        self.cast.steering.close()
        self.old = self.cast.steering.memberships.get(person=self.cast.soeren)
        self.reopened = {"role": "member", "joined_on": self.old.joined_on.isoformat(), "left_on": ""}

    def test_its_leaders_change_no_membership(self) -> None:
        jonas = self.membership(self.cast.jonas)
        for page, data in (
            (self.url("update", self.old.pk), self.reopened),
            (self.url("update", jonas.pk), self.reopened | {"role": "chair"}),
            (self.url("end", jonas.pk), {"left_on": timezone.localdate().isoformat()}),
        ):
            assert self.client.post(page, data).status_code == 403, page
        self.old.refresh_from_db()
        jonas.refresh_from_db()
        assert (self.old.left_on, jonas.role, jonas.left_on) == (factories.LONG_AGO, "member", None)
        page = self.client.get(self.home)
        for nothing in (self.url("update", jonas.pk), self.url("search"), "Ret gruppen"):
            self.assertNotContains(page, nothing)

    def test_the_secretariat_corrects_what_was_wrongly_written(self) -> None:
        self.client.force_login(self.cast.aase)
        data = self.reopened | {"left_on": "2025-06-01"}
        self.assertRedirects(self.client.post(self.url("update", self.old.pk), data), self.home)
        self.old.refresh_from_db()
        assert self.old.left_on == datetime.date(2025, 6, 1)
