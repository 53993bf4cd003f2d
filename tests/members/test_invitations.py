"""A person in the register is invited, chooses a password, and is in."""

import datetime
import smtplib
from unittest import mock

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from members.invitations import InvitationError, invite
from members.models import User
from tests.members.test_sign_in import NEW_PASSWORD, NOON, PASSWORD, SignInCase


class InvitationTests(SignInCase):
    bo: User

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.bo = User.objects.create_user("bo@kommune.example", name="Bo Ek")

    def test_an_invited_person_chooses_a_password_and_is_in(self) -> None:
        with time_machine.travel(NOON, tick=False):
            invite(self.bo, by=self.anna)
            self.bo.refresh_from_db()
            assert self.bo.invited_at == NOON
            assert mail.outbox[0].to == ["bo@kommune.example"]
            assert "Hej Bo" in mail.outbox[0].body
            assert "Anna Dam har givet dig adgang" in mail.outbox[0].body
            response = self.choose(self.link())
        self.assertRedirects(response, reverse("charters:mandate"), fetch_redirect_response=False)
        self.bo.refresh_from_db()
        assert self.bo.has_login
        assert self.bo.check_password(NEW_PASSWORD)

    def test_an_invitation_works_for_seven_days_and_once(self) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            invite(self.bo, by=self.anna)
            link = self.link()
            clock.shift(datetime.timedelta(days=7))
            self.assertContains(self.client.get(link, follow=True), "Ny adgangskode igen")
            clock.shift(datetime.timedelta(seconds=1))
            self.assertContains(self.client.get(link), "Linket virker ikke længere")
        with time_machine.travel(NOON, tick=False):
            self.choose(link)
            self.client.logout()
            self.assertContains(self.client.get(link), "Linket virker ikke længere")

    def test_whoever_let_the_invitation_lie_gets_a_new_link_with_glemt_adgangskode(self) -> None:
        invite(self.bo, by=self.anna)
        with time_machine.travel(NOON + datetime.timedelta(days=60), tick=False):
            self.ask_for_link("bo@kommune.example")
            assert "7 dage" in mail.outbox[-1].body
            self.choose(self.link())
            self.bo.refresh_from_db()
            assert self.bo.has_login

    def test_names_reach_the_mail_as_they_are_written(self) -> None:
        self.anna.name = "Anna »Ø« D'Amico & Søn"
        invite(self.bo, by=self.anna)
        assert "Anna »Ø« D'Amico & Søn" in mail.outbox[0].body

    def test_someone_with_a_login_is_not_invited(self) -> None:
        with pytest.raises(InvitationError, match="Anna Dam har allerede en adgang"):
            invite(self.anna, by=self.anna)
        assert mail.outbox == []

    def test_someone_inactive_is_not_invited(self) -> None:
        lukket = User.objects.create_user("li@kommune.example", PASSWORD, name="Li Holm", is_active=False)
        with pytest.raises(InvitationError, match="Li Holm er ikke aktiv"):
            invite(lukket, by=self.anna)
        assert mail.outbox == []

    def test_a_form_sent_twice_mails_once_and_a_later_one_mails_again(self) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            invite(User.objects.get(pk=self.bo.pk), by=self.anna)
            for again in (
                User.objects.get(pk=self.bo.pk),
                self.bo,
            ):  # after, and at the same moment as, the first
                with pytest.raises(InvitationError, match="for et øjeblik siden"):
                    invite(again, by=self.anna)
            assert len(mail.outbox) == 1
            clock.shift(datetime.timedelta(minutes=1))
            invite(User.objects.get(pk=self.bo.pk), by=self.anna)
            assert len(mail.outbox) == 2

    def test_a_mail_that_cannot_be_sent_is_not_noted_as_sent(self) -> None:
        failing = mock.patch("members.invitations.send_mail", side_effect=smtplib.SMTPServerDisconnected)
        with failing, pytest.raises(InvitationError, match="Prøv igen"):
            invite(self.bo, by=self.anna)
        self.bo.refresh_from_db()
        assert self.bo.invited_at is None
        invite(self.bo, by=self.anna)
        assert len(mail.outbox) == 1
