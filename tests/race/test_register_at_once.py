"""Several people in the register at the same moment, on both databases."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any
from unittest import mock

from django.core.exceptions import ValidationError
from django.test import TransactionTestCase
from django.utils import timezone

from members import access
from members.models import Membership, User, WorkingGroup, WorkingGroupUserGrant
from members.register.plan import Choices, Plan
from members.register.writing import PlanChangedError, bring_in, planned
from tests import factories
from tests.cast import Cast
from tests.support.at_once import TIMEOUT, at_once


class RegisterRaceCase(TransactionTestCase):
    def setUp(self) -> None:
        self.cast = Cast.create()


class MembershipTests(RegisterRaceCase):
    def add(self, **fields: Any) -> Membership:
        return WorkingGroup.objects.get(pk=self.cast.steering.pk).add(self.cast.ida, **fields)

    def test_of_several_who_add_the_same_person_at_once_one_does(self) -> None:
        answers = at_once([self.add] * 4)
        assert sum(isinstance(answer, Membership) for answer in answers) == 1
        assert sum(isinstance(answer, ValidationError) for answer in answers) == 3
        assert self.cast.steering.memberships.filter(person=self.cast.ida).count() == 1

    def test_periods_written_at_once_do_not_overlap(self) -> None:
        """No constraint sees this: both have an end, and each was sound when its form was checked."""
        soeren = self.cast.steering.memberships.get(person=self.cast.soeren)
        again = factories.membership(self.cast.steering, self.cast.soeren, joined_on=factories.days_ahead(9))
        again.end(on=factories.days_ahead(10))
        later = Membership.objects.get(pk=again.pk)
        later.joined_on = timezone.localdate()
        answers = at_once(
            [
                partial(soeren.end, on=factories.days_ahead(5)),
                partial(self.cast.steering.keep, later, update_fields=["joined_on"]),
            ]
        )
        assert sum(isinstance(answer, ValidationError) for answer in answers) == 1
        first, second = self.cast.steering.memberships.filter(person=self.cast.soeren)
        assert not first.overlaps(second)


class ListTests(RegisterRaceCase):
    def test_of_several_who_say_yes_to_a_list_at_once_one_writes_it(self) -> None:
        group = self.cast.steering
        row = {"n": 2, "email": "bo@kommune.example", "name": "Bo Ek", "group": group.name}
        file = factories.register_file(self.cast.aase, rows={"rows": [row], "group": "", "unread": []})
        seen = planned(file, Choices()).mark
        say_yes = partial(bring_in, file, Choices(), seen=seen, skip_refused=False, by=self.cast.aase)
        answers = at_once([say_yes] * 4)
        assert sum(isinstance(answer, Plan) for answer in answers) == 1
        assert answers.count(None) == 3
        assert group.memberships.filter(person__email="bo@kommune.example").count() == 1

    def test_a_list_and_somebody_who_adds_the_same_person_take_turns(self) -> None:
        group = self.cast.steering
        row = {"n": 2, "email": self.cast.ida.email, "group": group.name}
        file = factories.register_file(self.cast.aase, rows={"rows": [row], "group": "", "unread": []})
        seen = planned(file, Choices()).mark
        answers = at_once(
            [
                partial(bring_in, file, Choices(), seen=seen, skip_refused=False, by=self.cast.aase),
                partial(WorkingGroup.objects.get(pk=group.pk).add, self.cast.ida),
            ]
        )
        brought, added = map(type, answers)
        assert (brought, added) in {(Plan, ValidationError), (PlanChangedError, Membership)}, answers
        assert group.memberships.filter(person=self.cast.ida).count() == 1


class SyncTests(RegisterRaceCase):
    def test_a_membership_that_ends_while_rights_are_put_right_gives_none_back(self) -> None:
        """The nightly command has read the memberships, and not yet the grants, when Karen leaves."""
        membership = self.cast.steering.memberships.get(person=self.cast.karen)
        read, ended = threading.Event(), threading.Event()
        due = access._due

        def slowly(group: WorkingGroup) -> set[tuple[int, str]]:
            found = due(group)
            if group == self.cast.steering and not read.is_set():
                read.set()
                ended.wait(0.5)  # for nothing, where she must wait for us
            return found

        def leave() -> None:
            assert read.wait(TIMEOUT)
            membership.end()
            ended.set()

        with mock.patch("members.access._due", slowly):
            assert at_once([access.sync, leave]) == [0, None]
        assert not WorkingGroupUserGrant.objects.filter(user=self.cast.karen).exists()
        assert not access.can(
            User.objects.get(pk=self.cast.karen.pk), access.EDIT_CHARTER, self.cast.steering
        )
