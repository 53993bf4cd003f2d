"""Several machines that send reminders at the same moment, on both databases."""

from __future__ import annotations

import datetime

from django.core import mail
from django.core.management import call_command
from django.test import TransactionTestCase
from django.utils import timezone

from charters.models import Reminder
from charters.models.reminder import LEASE
from members.models import Membership
from tests import factories
from tests.support.at_once import at_once

DAY = datetime.date(2026, 3, 1)


class ReminderRaceTests(TransactionTestCase):
    def test_several_runs_at_once_mail_each_person_once(self) -> None:
        group = factories.group("professional", established_on=factories.LONG_AGO)
        for _number in range(3):
            factories.membership(group, role=Membership.Role.FACILITATOR)
        assert at_once([lambda: call_command("send_reminders", verbosity=0)] * 4) == [None] * 4
        addresses = [address for message in mail.outbox for address in message.to]
        assert len(addresses) == len(set(addresses)) == 3

    def test_of_several_who_take_up_what_a_dead_process_had_one_gets_it(self) -> None:
        person = factories.user()
        factories.reminder(person, period_start=DAY, claimed_at=timezone.now() - LEASE * 2)
        taken = at_once([lambda: Reminder.claim(person, period_start=DAY)] * 4)
        assert sorted(type(one).__name__ for one in taken) == ["NoneType"] * 3 + ["Reminder"]
