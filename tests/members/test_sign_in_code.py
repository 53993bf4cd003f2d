"""Signing in with a code from a mail instead of a password."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from members.models import User
from tests.members.test_sign_in import NOON, PASSWORD, SignInCase

pytestmark = pytest.mark.no_database

ASK, GIVE = reverse("account_request_login_code"), reverse("account_confirm_login_code")


class CodeTests(SignInCase):
    def ask(self, email: str = "anna@kommune.example", query: str = "") -> Any:
        return self.client.post(ASK + query, {"email": email})

    def code(self) -> str:
        """The code in the last mail."""
        found = re.search(r"^([0-9A-Z]{3,}(?:-[0-9A-Z]+)*)$", str(mail.outbox[-1].body), re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found[1]

    def give(self, code: str) -> Any:
        return self.client.post(GIVE, {"code": code})

    def test_the_code_in_the_mail_signs_in(self) -> None:
        self.assertRedirects(self.ask("Anna@Kommune.example"), GIVE)
        assert mail.outbox[0].subject == "Din kode til OS2arbejdsgrupper"
        answer = self.give(self.code())
        self.assertRedirects(answer, reverse("charters:mandate"), fetch_redirect_response=False)
        self.assert_signed_in(self.anna)

    def test_it_goes_on_to_the_page_one_came_for(self) -> None:
        sent_on = self.ask(query="?next=/konto/min-adgang/")
        self.client.post(sent_on["Location"], {"code": self.code()})
        answer = self.client.get(sent_on["Location"])
        assert answer.status_code == 302
        self.assert_signed_in(self.anna)

    def test_whoever_has_no_login_gets_the_same_pages_and_a_mail_without_a_code(self) -> None:
        User.objects.create_user("lukket@kommune.example", PASSWORD, name="Li Holm", is_active=False)
        User.objects.create_user("uinviteret@kommune.example", name="Bo Ek")
        known = self.client.get(self.ask()["Location"])
        for email in ("ingen@kommune.example", "lukket@kommune.example", "uinviteret@kommune.example"):
            with self.subTest(email=email):
                self.client.logout()
                answer = self.client.get(self.ask(email)["Location"])
                expected = known.content.decode().replace("anna@kommune.example", email)
                assert self.without_token(answer.content.decode()) == self.without_token(expected)
                assert mail.outbox[-1].to == [email]
                assert "Der er ingen adgang" in mail.outbox[-1].body
                self.assertContains(self.give("ABC-DEF"), "Koden er ikke rigtig.")
                self.assert_signed_out()

    def without_token(self, page: str) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    def test_someone_invited_may_use_a_code_and_then_choose_a_password(self) -> None:
        bo = User.objects.create_user("bo@kommune.example", name="Bo Ek", invited_at=timezone.now())
        self.ask("bo@kommune.example")
        self.give(self.code())
        self.assert_signed_in(bo)
        self.assertRedirects(
            self.client.get(reverse("account_change_password")), reverse("account_set_password")
        )
        self.assertContains(self.client.get(reverse("mfa_index")), "Vælg en adgangskode")

    def test_three_wrong_codes_end_it_even_for_the_right_one(self) -> None:
        self.ask()
        for _ in range(3):
            self.give("ABC-DEF")
        self.assertRedirects(self.give(self.code()), ASK)
        self.assert_signed_out()

    def test_a_code_works_for_ten_minutes(self) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            self.ask()
            clock.shift(datetime.timedelta(minutes=10, seconds=1))
            self.assertRedirects(self.give(self.code()), ASK)
            self.assert_signed_out()
            self.ask()
            clock.shift(datetime.timedelta(minutes=10))
            self.give(self.code())
            self.assert_signed_in(self.anna)

    def test_only_three_codes_a_minute_are_sent_to_an_address_known_or_not(self) -> None:
        for email in ("anna@kommune.example", "ingen@kommune.example"):
            with self.subTest(email=email):
                mail.outbox.clear()
                for _ in range(3):
                    self.ask(email)
                    self.client.logout()
                self.assertContains(self.ask(email), "For mange forsøg.")
                assert len(mail.outbox) == 3

    def test_a_new_code_can_be_had_and_the_old_one_is_dead(self) -> None:
        self.ask()
        old = self.code()
        self.client.post(GIVE, {"action": "resend"})
        assert self.code() != old
        self.assertContains(self.give(old), "Koden er ikke rigtig.")
        self.give(self.code())
        self.assert_signed_in(self.anna)

    def test_a_code_is_nobodys_once_the_person_is_deactivated(self) -> None:
        self.ask()
        self.anna.deactivate()
        self.give(self.code())
        self.assert_signed_out()

    def test_an_address_that_was_corrected_gets_no_code(self) -> None:
        self.ask()
        self.give(self.code())
        self.client.logout()
        self.anna.email = "anna@ny.example"
        self.anna.save()
        self.ask("anna@kommune.example")
        assert "Der er ingen adgang" in mail.outbox[-1].body
