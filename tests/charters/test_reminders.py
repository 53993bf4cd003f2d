"""The mails about what awaits people: who gets one, what it says, and that it comes once."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from charters.models import Charter, Reminder
from charters.models.reminder import LEASE
from charters.reminders.awaited import everyone
from members.models import Membership, User
from tests import factories
from tests.cast import CastCase

Rhythm = User.MailRhythm
MOMENT = "2025-03-12T07:00:00+01:00"  # a Wednesday
SITE = "https://arbejdsgrupper.os2.example"


def run(**options: Any) -> str:
    out = StringIO()
    call_command("send_reminders", stdout=out, **options)
    return out.getvalue()


@override_settings(SITE_URL=SITE)
@time_machine.travel(MOMENT, tick=False)
class ReminderCase(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        with time_machine.travel(MOMENT, tick=False):
            cls.charter = factories.adopted(cls.cast.steering)  # Karen and Jonas have not approved it

    def mailed(self) -> list[str]:
        return sorted(address for message in mail.outbox for address in message.to)

    def body(self, user: User) -> str:
        return next(str(message.body) for message in mail.outbox if message.to == [user.email])

    def settle(self) -> None:
        """Nothing awaits anybody any more."""
        for member in self.charter.members.all():
            factories.approval(member)


class WhoTests(ReminderCase):
    def test_those_whom_something_awaits_are_mailed_and_no_others(self) -> None:
        run()
        assert self.mailed() == ["jonas@aeroe.example", "karen@odder.example"]

    def test_where_nothing_awaits_nobody_hears_anything(self) -> None:
        self.settle()
        assert run() == "0 mail(s) sendt.\n"
        assert mail.outbox == []

    def test_nobody_is_mailed_who_said_never_cannot_sign_in_or_was_deactivated(self) -> None:
        without = factories.user(login=False)
        factories.membership(self.cast.steering, without, role=Membership.Role.CHAIR)
        self.cast.karen.stop_mails()
        self.cast.jonas.deactivate()
        run()
        assert mail.outbox == []

    def test_one_who_signs_in_by_their_organisations_login_is_mailed(self) -> None:
        person = factories.user(login=False, last_login=timezone.now())
        factories.membership(self.cast.coordination, person, role=Membership.Role.FACILITATOR)
        self.cast.coordination.established_on = factories.LONG_AGO
        self.cast.coordination.save()
        run()
        assert person.email in self.mailed()

    def test_a_group_that_was_closed_awaits_nothing(self) -> None:
        self.cast.steering.close()
        run()
        assert mail.outbox == []

    def test_a_charter_is_asked_for_once_the_first_meeting_was_held(self) -> None:
        group = self.cast.coordination
        group.first_meeting_on = datetime.date(2025, 3, 13)
        group.save()
        run()
        assert self.cast.mette.email not in self.mailed()
        with time_machine.travel("2025-03-13T07:00:00+01:00", tick=False):
            run()
        assert self.mailed().count(self.cast.mette.email) == 1
        assert self.cast.tobias.email not in self.mailed()
        assert f"{SITE}{group.get_absolute_url()}#kommissorium" in self.body(self.cast.mette)

    def test_so_is_a_draft_that_the_first_meeting_did_not_adopt(self) -> None:
        group = self.cast.coordination
        group.first_meeting_on = datetime.date(2025, 3, 13)
        group.save()
        Charter.start(group, by=None)
        run()
        assert self.cast.mette.email not in self.mailed()
        with time_machine.travel("2025-03-13T07:00:00+01:00", tick=False):
            run()
        assert "Udkastet er ikke vedtaget endnu." in self.body(self.cast.mette)
        assert self.cast.tobias.email not in self.mailed()

    def test_the_draft_of_a_next_edition_is_no_reason_to_write(self) -> None:
        self.settle()
        self.charter.next_edition(by=None, reason="Nye opgaver.")
        run()
        assert mail.outbox == []


class WhatTests(ReminderCase):
    def test_it_says_all_that_awaits_by_group_with_whole_links(self) -> None:
        self.settle()
        obligation = self.cast.steering.obligations.all()[0]
        obligation.responsible, obligation.next_on = self.cast.jonas, datetime.date(2025, 3, 1)
        obligation.save()
        run()
        lines = self.body(self.cast.jonas).splitlines()
        at = lines.index(self.cast.steering.name)
        assert lines[at + 1 : at + 3] == [
            "- Du er ansvarlig for 1 forpligtelse, hvor opfølgningen er overskredet.",
            f"  {SITE}/grupper/{self.cast.steering.slug}/forpligtelser/",
        ]
        assert "- Opfølgningen på 1 forpligtelse er overskredet." in self.body(self.cast.karen)

    def test_a_review_a_newer_text_and_a_yearly_check_are_told_of_to_those_who_lead(self) -> None:
        self.settle()
        factories.template("steering").new_version().publish(by=self.cast.aase)
        with time_machine.travel("2026-01-20T07:00:00+01:00", tick=False):
            run()
        assert self.mailed() == [self.cast.karen.email]
        body = self.body(self.cast.karen)
        for words in ("skal gennemgås", "har forbedret standardteksten", "Det er tid til det årlige tjek"):
            assert words in body, words

    def test_it_is_plain_text_with_a_subject_that_says_what_it_is(self) -> None:
        run()
        message = mail.outbox[0]
        assert message.subject == "OS2arbejdsgrupper: 1 ting venter på dig"
        assert message.message().get_content_type() == "text/plain"

    def test_the_headers_by_which_a_mail_program_opts_out_are_whole_on_the_wire(self) -> None:
        run()
        sent = next(message for message in mail.outbox if message.to == [self.cast.karen.email])
        wire = sent.message().as_bytes().decode()
        link = str(sent.extra_headers["List-Unsubscribe"])
        assert link.startswith(f"<{SITE}/mails/stop/")
        assert f"\nList-Unsubscribe: {link}\n" in wire
        assert "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n" in wire
        assert link.strip("<>") in self.body(self.cast.karen)
        self.client.post(link.strip("<>").removeprefix(SITE), {"List-Unsubscribe": "One-Click"})
        self.cast.karen.refresh_from_db()
        assert self.cast.karen.mail_rhythm == Rhythm.NEVER


class OnceTests(ReminderCase):
    def test_a_second_run_in_the_month_mails_nobody_and_one_in_the_next_does(self) -> None:
        run()
        assert run() == "0 mail(s) sendt.\n"
        with time_machine.travel("2025-04-01T07:00:00+02:00", tick=False):
            assert run() == "2 mail(s) sendt.\n"

    def test_whoever_chose_weekly_is_mailed_again_on_monday(self) -> None:
        User.objects.filter(pk=self.cast.jonas.pk).update(mail_rhythm=Rhythm.WEEKLY)
        run()
        for day, said in (("16", "0 mail(s) sendt.\n"), ("17", "1 mail(s) sendt.\n")):
            with time_machine.travel(f"2025-03-{day}T07:00:00+01:00", tick=False):
                assert run() == said
        assert self.mailed().count(self.cast.jonas.email) == 2

    def test_what_another_process_has_is_left_to_it_and_taken_up_once_when_it_died(self) -> None:
        moment = datetime.datetime.fromisoformat(MOMENT)
        taken = Reminder.claim(self.cast.jonas, period_start=datetime.date(2025, 3, 1))
        assert taken is not None
        run()
        assert self.cast.jonas.email not in self.mailed()
        with time_machine.travel(moment + LEASE * 2, tick=False):
            again = Reminder.claim(self.cast.jonas, period_start=datetime.date(2025, 3, 1))
            assert again is not None
            taken.succeed()  # the first was only slow: the row is no longer its own
            again.refresh_from_db()
            assert again.state == Reminder.State.CLAIMED
        with time_machine.travel(moment + LEASE * 4, tick=False):
            with pytest.raises(CommandError, match="døde to gange"):
                run()
            assert self.cast.jonas.email not in self.mailed()

    def test_a_dry_run_says_whom_it_would_mail_and_does_nothing(self) -> None:
        said = run(dry_run=True).splitlines()
        assert sorted(said) == ["jonas@aeroe.example: 1", "karen@odder.example: 1"]
        assert (mail.outbox, Reminder.objects.count()) == ([], 0)

    def test_rows_of_more_than_a_year_ago_are_forgotten(self) -> None:
        factories.reminder(self.cast.ida, period_start=datetime.date(2024, 3, 1))
        factories.reminder(self.cast.ida, period_start=datetime.date(2024, 4, 1))
        run()
        kept = Reminder.objects.filter(person=self.cast.ida).values_list("period_start", flat=True)
        assert list(kept) == [datetime.date(2024, 4, 1)]


class FailureTests(ReminderCase):
    def refusing(self, *addresses: str) -> Any:
        really = EmailBackend.send_messages

        def send(backend: EmailBackend, messages: Any) -> Any:
            if messages[0].to[0] in addresses:
                raise ConnectionRefusedError("nede")
            return really(backend, messages)

        return mock.patch.object(EmailBackend, "send_messages", send)

    def test_what_cannot_be_sent_is_told_of_kept_and_sent_by_the_next_run(self) -> None:
        with self.refusing(self.cast.karen.email), pytest.raises(CommandError, match="1 mail"):
            run()
        assert self.mailed() == [self.cast.jonas.email]
        failed = Reminder.objects.get(person=self.cast.karen)
        assert (failed.state, failed.error) == (Reminder.State.FAILED, "nede")
        assert run() == "1 mail(s) sendt.\n"
        assert self.mailed() == [self.cast.jonas.email, self.cast.karen.email]

    def test_a_mail_server_that_is_down_ends_the_run_and_leaves_the_rest_untouched(self) -> None:
        for _number in range(6):
            factories.membership(self.cast.steering, role=Membership.Role.CHAIR)
        self.settle()
        self.charter.review_next(on=datetime.date(2025, 3, 20))
        addresses = User.objects.values_list("email", flat=True)
        with self.refusing(*addresses), pytest.raises(CommandError, match="Kørslen er stoppet"):
            run()
        assert Reminder.objects.count() == 5
        assert run() == "7 mail(s) sendt.\n"

    def test_without_an_address_of_the_site_it_refuses_in_plain_words(self) -> None:
        for address in ("", "https://.os2.example", "https://*"):
            with (
                self.subTest(address=address),
                override_settings(SITE_URL=address),
                pytest.raises(CommandError, match="SITE_URL mangler"),
            ):
                run()
        assert mail.outbox == []


class QueryTests(ReminderCase):
    def test_reading_what_awaits_many_costs_as_many_queries_as_for_one(self) -> None:
        self.cast.jonas.stop_mails()
        with self.assertNumQueries(9):
            assert len(list(everyone())) == 1
        for _number in range(10):
            factories.membership(self.cast.steering, role=Membership.Role.CHAIR)
            factories.membership(factories.group("professional"), role=Membership.Role.FACILITATOR)
        self.charter.review_next(on=datetime.date(2025, 3, 20))
        with self.assertNumQueries(9):
            assert len(list(everyone())) >= 11
