"""Several people in the register at the same moment, on both databases."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.test import TransactionTestCase
from django.utils import timezone

from members.models import Membership, WorkingGroup
from tests import factories
from tests.cast import Cast
from tests.support.at_once import at_once


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
