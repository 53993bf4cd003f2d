"""How obligations are asked for: in force, overdue, due, without anyone, and with how they stood last."""

from __future__ import annotations

import datetime

import time_machine

from charters.models import FollowUp, Obligation
from tests import factories
from tests.cast import CastCase

TODAY = datetime.date(2026, 3, 10)


def day(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)


@time_machine.travel("2026-03-10T12:00:00+01:00", tick=False)
class ObligationQueryTests(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        factories.adopted(cls.cast.steering)
        every = list(cls.cast.steering.obligations.order_by("position"))
        cls.overdue, cls.due, cls.later, cls.undated, cls.retired, *_ = every
        for obligation, days in ((cls.overdue, -1), (cls.due, 0), (cls.later, 1), (cls.retired, -9)):
            obligation.next_on = day(days)
            obligation.save()
        cls.retired.retired_in = cls.retired.introduced_in
        cls.retired.save()

    def test_the_day_itself_is_due_and_not_overdue(self) -> None:
        assert list(Obligation.objects.overdue()) == [self.overdue]
        assert set(Obligation.objects.overdue(on=day(1))) == {self.overdue, self.due}
        assert set(Obligation.objects.due_by(TODAY)) == {self.overdue, self.due}
        assert set(Obligation.objects.due_by(day(1))) == {self.overdue, self.due, self.later}

    def test_one_that_is_retired_asks_nothing(self) -> None:
        assert self.retired not in Obligation.objects.in_force()
        assert list(Obligation.objects.retired()) == [self.retired]

    def test_one_whose_responsible_has_left_is_without_anyone(self) -> None:
        for obligation, person in ((self.overdue, self.cast.jonas), (self.due, self.cast.soeren)):
            obligation.responsible = person
            obligation.save()
        unmanned = Obligation.objects.unmanned()
        assert self.overdue not in unmanned
        assert self.due in unmanned
        assert self.undated in unmanned
        assert self.retired not in unmanned
        assert list(Obligation.objects.of_responsible(self.cast.jonas.pk)) == [self.overdue]
        assert not Obligation.objects.of_responsible(self.cast.soeren.pk)
        told = {o: (o.responsible, o.is_manned) for o in Obligation.objects.with_responsible()}
        assert told[self.overdue] == (self.cast.jonas, True)
        assert told[self.due] == (self.cast.soeren, False)

    def test_the_last_follow_up_is_of_the_latest_day_and_written_last(self) -> None:
        factories.follow_up(self.due, status="met", made_on=day(-3))
        factories.follow_up(self.due, status="not_begun", made_on=day(-9))
        last = factories.follow_up(self.due, status="under_way", made_on=day(-3))
        factories.follow_up(self.later, status="met", made_on=day(-1))
        with self.assertNumQueries(2):
            found = {o: o.last_follow_up for o in Obligation.objects.with_last_follow_up()}
        assert found[self.due] == last
        assert found[self.overdue] is None
        with_status = Obligation.objects.with_last_follow_up().filter(last_status=FollowUp.Status.MET)
        assert list(with_status) == [self.later]
