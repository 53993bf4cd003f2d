"""Signing in and out, and choosing a new password."""

import datetime
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user
from django.core import mail
from django.test import TestCase, override_settings
from django.urls import reverse

from members.models import User

pytestmark = pytest.mark.no_database

PASSWORD = "gulerod kano tirsdag"
NEW_PASSWORD = "havregryn cykel lyst"
NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


class SignInCase(TestCase):
    anna: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.anna = User.objects.create_user("anna@kommune.example", PASSWORD, name="Anna Dam")

    def sign_in(self, email: str = "anna@kommune.example", password: str = PASSWORD, query: str = "") -> Any:
        return self.client.post(reverse("account_login") + query, {"login": email, "password": password})

    def ask_for_link(self, email: str = "anna@kommune.example") -> Any:
        return self.client.post(reverse("account_reset_password"), {"email": email})

    def link(self) -> str:
        """The path of the link in the last mail."""
        found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", str(mail.outbox[-1].body))
        assert found, mail.outbox[-1].body
        return found[1]

    def choose(self, link: str, password: str = NEW_PASSWORD) -> Any:
        form = self.client.get(link, follow=True)
        return self.client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})

    def assert_signed_in(self, person: User) -> None:
        assert get_user(self.client) == person

    def assert_signed_out(self) -> None:
        assert not get_user(self.client).is_authenticated


class SignInTests(SignInCase):
    def test_a_person_signs_in_and_lands_on_their_mandate(self) -> None:
        response = self.sign_in("Anna@Kommune.example")
        self.assertRedirects(response, reverse("charters:mandate"), fetch_redirect_response=False)
        self.assert_signed_in(self.anna)

    def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(self) -> None:
        wrong = self.sign_in(password="forkert")
        unknown = self.sign_in(email="ingen@kommune.example")
        self.assert_signed_out()
        for response in (wrong, unknown):
            self.assertContains(response, "E-mailadressen eller adgangskoden er ikke rigtig.")

    def test_someone_inactive_is_told_so_and_stays_out(self) -> None:
        User.objects.filter(pk=self.anna.pk).update(is_active=False)
        self.assertRedirects(self.sign_in(), reverse("account_inactive"))
        self.assert_signed_out()

    def test_a_person_without_a_password_cannot_sign_in(self) -> None:
        User.objects.create_user("bo@kommune.example", name="Bo Ek")
        assert self.sign_in("bo@kommune.example", "").status_code == 200
        self.assert_signed_out()

    def test_six_wrong_passwords_lock_the_address_even_for_the_right_one(self) -> None:
        for _ in range(5):
            self.sign_in(password="forkert")
        self.assertContains(self.sign_in(), "For mange forsøg.")
        self.assert_signed_out()

    def test_signing_in_goes_on_to_the_page_one_came_for(self) -> None:
        self.assertRedirects(
            self.sign_in(query="?next=/konto/skift-adgangskode/"), reverse("account_change_password")
        )

    @override_settings(ALLOWED_HOSTS=["testserver", "other.example"])
    def test_signing_in_never_goes_on_to_another_site(self) -> None:
        for target in ("https://evil.example/", "//evil.example", "https://other.example/", "javascript:1"):
            with self.subTest(target=target):
                response = self.sign_in(query=f"?next={target}")
                self.assertRedirects(response, reverse("charters:mandate"), fetch_redirect_response=False)
                self.client.logout()

    def test_signing_out_takes_a_press_of_the_button(self) -> None:
        self.client.force_login(self.anna)
        self.assertContains(self.client.get(reverse("account_logout")), "Log ud?")
        self.assert_signed_in(self.anna)
        response = self.client.post(reverse("account_logout"))
        self.assertRedirects(response, reverse("members:front-page"), fetch_redirect_response=False)
        self.assert_signed_out()

    def test_nobody_signs_up(self) -> None:
        form = {"email": "ny@kommune.example", "password1": PASSWORD, "password2": PASSWORD}
        for response in (
            self.client.get(reverse("account_signup")),
            self.client.post(reverse("account_signup"), form),
        ):
            self.assertContains(response, "Adgang får du af sekretariatet")
        assert User.objects.get() == self.anna


class NewPasswordTests(SignInCase):
    def test_a_forgotten_password_is_replaced_through_the_mailed_link(self) -> None:
        self.assertRedirects(
            self.ask_for_link("ANNA@kommune.example"), reverse("account_reset_password_done")
        )
        assert mail.outbox[0].to == ["anna@kommune.example"]
        response = self.choose(self.link())
        self.assertRedirects(response, reverse("charters:mandate"), fetch_redirect_response=False)
        self.assert_signed_in(self.anna)
        self.client.logout()
        self.sign_in(password=PASSWORD)
        self.assert_signed_out()
        self.sign_in(password=NEW_PASSWORD)
        self.assert_signed_in(self.anna)

    def test_whoever_cannot_have_a_link_gets_the_same_page_and_a_mail_without_one(self) -> None:
        User.objects.create_user("lukket@kommune.example", PASSWORD, name="Li Holm", is_active=False)
        User.objects.create_user("uinviteret@kommune.example", name="Bo Ek")
        known = self.client.get(self.ask_for_link()["Location"])
        for email in ("ingen@kommune.example", "lukket@kommune.example", "uinviteret@kommune.example"):
            with self.subTest(email=email):
                answer = self.client.get(self.ask_for_link(email)["Location"])
                assert answer.content == known.content
                assert mail.outbox[-1].to == [email]
                assert "Der er ingen adgang" in mail.outbox[-1].body
                assert "http" not in mail.outbox[-1].body

    def test_a_used_link_says_that_it_no_longer_works(self) -> None:
        self.ask_for_link()
        link = self.link()
        self.choose(link)
        self.client.logout()
        self.assertContains(self.client.get(link), "Linket virker ikke længere")

    def test_a_link_works_for_a_day_and_no_longer(self) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            self.ask_for_link()
            link = self.link()
            clock.shift(datetime.timedelta(hours=24))
            self.assertContains(self.client.get(link, follow=True), "Ny adgangskode igen")
            clock.shift(datetime.timedelta(seconds=1))
            self.assertContains(self.client.get(link), "Linket virker ikke længere")

    def test_a_link_dies_with_the_account_and_with_a_corrected_address(self) -> None:
        for change in ({"is_active": False}, {"email": "anna@ny.example"}):
            with self.subTest(change=change):
                self.ask_for_link()
                link = self.link()
                User.objects.filter(pk=self.anna.pk).update(**change)
                self.assertContains(self.client.get(link), "Linket virker ikke længere")
                User.objects.filter(pk=self.anna.pk).update(is_active=True, email="anna@kommune.example")

    def test_an_address_that_was_corrected_gets_no_more_links(self) -> None:
        self.ask_for_link()
        self.anna.email = "anna@ny.example"
        self.anna.save()
        self.ask_for_link("anna@kommune.example")
        assert "Der er ingen adgang" in mail.outbox[-1].body
        self.ask_for_link("anna@ny.example")
        assert "Vælg en ny adgangskode" in mail.outbox[-1].body

    def test_a_link_in_a_mail_never_follows_the_host_header(self) -> None:
        self.client.post(
            reverse("account_reset_password"),
            {"email": "anna@kommune.example"},
            headers={"host": "localhost"},
        )
        assert "http://127.0.0.1:8000/konto/" in mail.outbox[0].body
        assert "localhost" not in mail.outbox[0].body

    def test_a_poor_password_is_refused_with_its_reason(self) -> None:
        self.ask_for_link()
        self.assertContains(self.choose(self.link(), "ni tegn.."), "Noget skal rettes")
        self.assert_signed_out()

    def test_changing_the_password_takes_the_old_one(self) -> None:
        self.client.force_login(self.anna)
        form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        url = reverse("account_change_password")
        refused = self.client.post(url, form | {"oldpassword": "forkert"})
        self.assertContains(refused, "Det er ikke din nuværende adgangskode.")
        changed = self.client.post(url, form | {"oldpassword": PASSWORD})
        self.assertRedirects(changed, reverse("charters:mandate"), fetch_redirect_response=False)
        self.assert_signed_in(self.anna)
        self.anna.refresh_from_db()
        assert self.anna.check_password(NEW_PASSWORD)
