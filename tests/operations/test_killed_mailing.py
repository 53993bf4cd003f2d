"""What mails reminders is killed in the middle of one: nobody is forgotten, and nobody else hears twice."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from django.db.models import F
from django.test import TransactionTestCase

from charters.models import Reminder
from charters.models.reminder import LEASE
from members.models import Membership
from tests import factories
from tests.support.post_office import PostOffice, post_office
from tests.support.restartable import ROOT, of_the_tests

PATIENCE = 60  # seconds


@pytest.mark.long(30)
class KilledMailingTests(TransactionTestCase):
    def setUp(self) -> None:
        group = factories.group("professional", established_on=factories.LONG_AGO)
        seats = [factories.membership(group, role=Membership.Role.FACILITATOR) for _ in range(3)]
        self.everyone = {seat.person.email for seat in seats}

    def start(self, office: PostOffice) -> subprocess.Popen[str]:
        on_it = {"EMAIL_URL": office.url, "SITE_URL": "https://arbejdsgrupper.os2.example"}
        command = [sys.executable, "manage.py", "send_reminders"]
        return subprocess.Popen(
            command, cwd=ROOT, env=of_the_tests() | on_it, stdout=subprocess.PIPE, text=True
        )

    def run_to_its_end(self, office: PostOffice) -> str:
        with self.start(office) as process:
            said, _nothing = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, said
        return said

    def test_whoever_was_being_mailed_is_mailed_again_and_nobody_else(self) -> None:
        with post_office() as office:
            office.held_from = 2
            with self.start(office) as process:
                assert office.is_holding.wait(PATIENCE)
                process.kill()
            in_the_middle = office.to[1]
            assert Counter(Reminder.objects.values_list("state", flat=True)) == {"sent": 1, "claimed": 1}

            office.held_from = None
            assert "1 mail(s) sendt" in self.run_to_its_end(office)  # the third: the other is perhaps alive
            assert sorted(office.to) == sorted(self.everyone)

            Reminder.objects.update(claimed_at=F("claimed_at") - 2 * LEASE)
            assert "1 mail(s) sendt" in self.run_to_its_end(office)
            assert Counter(office.to) == dict.fromkeys(self.everyone, 1) | {in_the_middle: 2}

            assert "0 mail(s) sendt" in self.run_to_its_end(office)
