"""Approval by name: who is asked, who may answer for whom, and what the summary says."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from charters.adoption import approve
from charters.models import Approval, Charter, CharterMember
from charters.models.manuscript import ManuscriptError
from charters.standing import Standing
from members.models import Membership, User
from tests import factories
from tests.cast import CastCase

Role = Membership.Role
TODAY = datetime.date(2026, 11, 24)


class ApprovalCase(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.observer = factories.membership(cls.cast.steering, role=Role.OBSERVER)
        cls.charter = factories.adopted(cls.cast.steering, by=cls.cast.karen)

    def setUp(self) -> None:
        self.enterContext(time_machine.travel("2026-11-24T12:00:00+01:00", tick=False))

    def member(self, person: User) -> CharterMember:
        return self.charter.members.get(person=person)

    def standing(self) -> Standing:
        return Standing.of(Charter.objects.select_related("group").get(pk=self.charter.pk))

    def approve(self, person: User, **changed: object) -> Approval:
        given: dict[str, object] = {"by": person, "on": TODAY, **changed}
        return approve(self.member(person), **given)  # type: ignore[arg-type]


class SummaryTests(ApprovalCase):
    def test_it_counts_those_who_decide(self) -> None:
        assert self.standing().summary == "0 af 2 har godkendt"
        self.approve(self.cast.jonas)
        assert self.standing().summary == "1 af 2 har godkendt"

    def test_six_of_seven(self) -> None:
        group = factories.group()
        people = [factories.membership(group).person for _ in range(7)]
        charter = factories.adopted(group)
        for member in charter.members.exclude(person=people[0]):
            approve(member, by=people[0], on=TODAY)
        standing = Standing.of(charter)
        assert standing.summary == "6 af 7 har godkendt"
        assert [member.person for member in standing.awaited] == [people[0]]

    def test_a_group_that_is_as_it_was_has_no_change(self) -> None:
        assert self.standing().roster_change == ""

    def test_one_who_came_and_one_who_left(self) -> None:
        new = factories.membership(self.cast.steering)
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        standing = self.standing()
        assert standing.roster_change == "1 ny, 1 udtrådt"
        assert standing.joined_since == [new]
        assert [member.person for member in standing.left_since] == [self.cast.jonas]

    def test_several_who_came(self) -> None:
        factories.membership(self.cast.steering)
        factories.membership(self.cast.steering)
        assert self.standing().roster_change == "2 nye"

    def test_someone_with_another_role_is_neither_new_nor_gone(self) -> None:
        membership = self.cast.steering.memberships.get(person=self.cast.jonas)
        membership.end(on=TODAY - datetime.timedelta(days=9))
        factories.membership(self.cast.steering, self.cast.jonas, role=Role.VICE_CHAIR, joined_on=TODAY)
        assert self.standing().roster_change == ""


class MayApproveTests(ApprovalCase):
    def asked(self, user: User | AnonymousUser) -> list[User]:
        return [member.person for member in self.standing().may_be_approved_by(user)]

    def test_a_member_approves_for_themselves(self) -> None:
        assert self.asked(self.cast.jonas) == [self.cast.jonas]

    def test_those_who_lead_and_the_secretariat_record_everyones_answers(self) -> None:
        for user in (self.cast.karen, self.cast.aase, self.cast.oejvind):
            with self.subTest(user=user):
                assert self.asked(user) == [self.cast.karen, self.cast.jonas]

    def test_nobody_else_does(self) -> None:
        outside = [self.cast.nadia, self.cast.mette, self.cast.soeren, self.observer.person, AnonymousUser()]
        for user in outside:
            with self.subTest(user=user):
                assert self.asked(user) == []

    def test_one_who_has_approved_is_not_asked_again(self) -> None:
        self.approve(self.cast.jonas)
        assert self.asked(self.cast.jonas) == []
        assert self.asked(self.cast.karen) == [self.cast.karen]

    def test_a_member_who_left_is_not_asked_but_their_answer_can_still_be_recorded(self) -> None:
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        assert self.asked(self.cast.jonas) == []
        assert self.asked(self.cast.karen) == [self.cast.karen, self.cast.jonas]

    def test_one_who_left_and_came_back_is_asked_again(self) -> None:
        self.cast.steering.memberships.get(person=self.cast.jonas).end(on=TODAY - datetime.timedelta(days=9))
        factories.membership(self.cast.steering, self.cast.jonas, joined_on=TODAY)
        assert self.asked(self.cast.jonas) == [self.cast.jonas]

    def test_an_edition_that_is_out_of_force_is_approved_by_nobody(self) -> None:
        self.charter.retire()
        assert self.asked(self.cast.karen) == []
        with pytest.raises(ManuscriptError, match="gældende"):
            self.approve(self.cast.jonas)


class ApproveTests(ApprovalCase):
    def test_it_is_recorded_with_its_day_and_who_recorded_it(self) -> None:
        approval = approve(self.member(self.cast.jonas), by=self.cast.karen, on=TODAY)
        assert (approval.given_on, approval.manner) == (TODAY, Approval.Manner.WRITTEN)
        assert approval.recorded_by == self.cast.karen

    def test_twice_is_once_and_the_first_stands(self) -> None:
        first = self.approve(self.cast.jonas, on=datetime.date(2026, 11, 1))
        assert self.approve(self.cast.jonas) == first
        assert Approval.objects.get().given_on == datetime.date(2026, 11, 1)

    def test_one_who_does_not_decide_does_not_approve(self) -> None:
        with pytest.raises(ManuscriptError, match="godkender ikke"):
            self.approve(self.observer.person)
        assert not Approval.objects.exists()

    def test_not_before_the_adoption_and_not_in_the_future(self) -> None:
        for day in (factories.LONG_AGO - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)):
            with self.subTest(day=day), pytest.raises(ManuscriptError, match="Datoen"):
                self.approve(self.cast.jonas, on=day)
        assert not Approval.objects.exists()

    def test_on_the_day_of_the_adoption_is_early_enough(self) -> None:
        assert self.approve(self.cast.jonas, on=factories.LONG_AGO).given_on == factories.LONG_AGO

    def test_the_edition_is_not_touched_by_it(self) -> None:
        before = list(Charter.objects.values())
        self.approve(self.cast.jonas)
        assert list(Charter.objects.values()) == before
