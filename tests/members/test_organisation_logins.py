"""Signing in with an organisation's own login, against a real OpenID Connect server on this machine."""

from __future__ import annotations

import os
from typing import Any
from unittest import mock

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.urls import reverse

from members.models import User
from os2groups.sign_in import oidc_apps
from tests.members.test_sign_in import PASSWORD, SignInCase

pytestmark = pytest.mark.no_database

BEGIN = reverse("openid_connect_login", kwargs={"provider_id": "skovby-kommune"})
PAGE = reverse("mfa_index")


class OrganisationCase(SignInCase):
    server: str

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        insecure = mock.patch.dict(os.environ, AUTHLIB_INSECURE_TRANSPORT="1")
        cls.enterClassContext(insecure)  # the server's own demand for HTTPS
        running = cls.enterClassContext(oidc_provider_mock.run_server_in_thread())
        cls.server = f"http://localhost:{running.server_port}"
        provider = {"name": "Skovby Kommune", "server_url": cls.server, "client_id": "os2", "secret": "hys"}
        apps = oidc_apps([provider])
        providers = {"openid_connect": {"APPS": apps}}
        cls.enterClassContext(override_settings(OIDC_APPS=apps, SOCIALACCOUNT_PROVIDERS=providers))

    def claim(self, sub: str = "anna", **claims: Any) -> None:
        """What the organisation says of somebody."""
        said = {"email": "anna@kommune.example", "email_verified": True} | claims
        requests.put(f"{self.server}/users/{sub}", json=said, timeout=10).raise_for_status()

    def come_from(self, address: str = BEGIN, *, sub: str = "anna", **form: str) -> Any:
        """Go to the organisation, sign in there, and come back with its answer."""
        there = self.client.get(address)
        assert there["Location"].startswith(self.server), there["Location"]
        back = requests.post(
            there["Location"], data={"sub": sub} | form, allow_redirects=False, timeout=10
        ).headers["Location"]
        return self.client.get(back)


class OrganisationLoginTests(OrganisationCase):
    def test_the_page_to_sign_in_has_a_link_for_each_organisation(self) -> None:
        page = self.client.get(reverse("account_login"))
        self.assertContains(page, f'href="{BEGIN}">Log ind med Skovby Kommune</a>')
        with override_settings(OIDC_APPS=[]):
            self.assertNotContains(self.client.get(reverse("account_login")), "organisations login")

    def test_someone_in_the_register_comes_in_by_the_address_and_keeps_their_password(self) -> None:
        self.claim(email="Anna@Kommune.example")
        answer = self.come_from()
        self.assertRedirects(answer, reverse("charters:mandate"), fetch_redirect_response=False)
        self.assert_signed_in(self.anna)
        self.anna.refresh_from_db()
        assert self.anna.check_password(PASSWORD)

    def test_one_comes_back_to_the_page_one_wanted_and_to_no_other_site(self) -> None:
        self.claim()
        assert self.come_from(f"{BEGIN}?next={PAGE}")["Location"] == PAGE
        for away in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
            with self.subTest(away=away):
                self.client.logout()
                there = self.come_from(f"{BEGIN}?next={away}")["Location"]
                assert there == reverse("charters:mandate")

    def test_from_then_on_the_organisations_number_is_what_counts(self) -> None:
        self.claim()
        self.come_from()
        self.client.logout()
        self.claim(email="anna@nyt-navn.example", email_verified=False)
        self.come_from()
        self.assert_signed_in(self.anna)

    def test_a_cpr_number_that_the_organisation_tells_is_not_kept(self) -> None:
        self.claim(cpr="010190-4321", uuid="a-b-c")
        self.come_from()
        self.assert_signed_in(self.anna)
        kept = str(SocialAccount.objects.get().extra_data)
        assert "4321" not in kept
        assert "a-b-c" in kept

    def test_an_address_that_is_not_vouched_for_lets_nobody_in(self) -> None:
        for verified in (False, "false", "true", None, 1):
            with self.subTest(verified=verified):
                self.claim(email_verified=verified)
                answer = self.come_from()
                self.assertContains(answer, "har ikke bekræftet din e-mailadresse", status_code=403)
                self.assert_signed_out()
        assert not SocialAccount.objects.exists()

    def test_an_unknown_person_is_told_whom_to_ask_and_gets_into_no_register(self) -> None:
        self.claim("ny", email="ny@kommune.example")
        self.assertContains(self.come_from(sub="ny"), "Skriv til OS2s sekretariat", status_code=403)
        assert User.objects.get() == self.anna
        assert not SocialAccount.objects.exists()

    def test_the_secretariat_is_never_let_in_by_an_address_alone(self) -> None:
        self.claim()
        for field in ("is_staff", "is_superuser"):
            with self.subTest(field=field):
                User.objects.filter(pk=self.anna.pk).update(is_staff=False, is_superuser=False)
                User.objects.filter(pk=self.anna.pk).update(**{field: True})
                assert self.come_from().status_code == 403
                self.assert_signed_out()

    def test_someone_inactive_stays_out_connected_or_not(self) -> None:
        self.claim()
        self.anna.deactivate()
        assert self.come_from().status_code == 403
        self.anna.activate()
        self.come_from()
        self.assert_signed_in(self.anna)
        self.anna.deactivate()
        self.assert_signed_out()  # at once, without signing out
        self.assertRedirects(self.come_from(), reverse("account_inactive"))
        self.assert_signed_out()

    def test_whoever_turns_back_there_is_told_that_nothing_happened(self) -> None:
        answer = self.come_from(action="deny")
        self.assertContains(self.client.get(answer["Location"]), "Der er ikke sket noget.")
        self.assert_signed_out()

    def test_an_answer_nobody_asked_for_is_refused(self) -> None:
        callback = reverse("openid_connect_callback", kwargs={"provider_id": "skovby-kommune"})
        answer = self.client.get(callback, {"code": "x", "state": "y"})
        self.assertContains(answer, "Det lykkedes ikke at logge ind", status_code=401)

    def test_a_server_that_does_not_answer_gives_a_page_that_says_so(self) -> None:
        with mock.patch("requests.Session.get", side_effect=requests.ConnectionError):
            answer = self.client.get(BEGIN)
        self.assertContains(answer, "Det lykkedes ikke at logge ind", status_code=401)


class ConnectingTests(OrganisationCase):
    def connect_address(self) -> str:
        page = self.client.get(PAGE)
        [login] = page.context["logins"]
        return str(login["url"])

    def test_the_secretariat_connects_it_while_signed_in_and_may_then_use_it(self) -> None:
        User.objects.filter(pk=self.anna.pk).update(is_staff=True)
        self.claim()
        self.sign_in()
        asked = self.come_from(self.connect_address())
        self.assertRedirects(asked, reverse("account_reauthenticate"))
        self.client.post(asked["Location"], {"password": PASSWORD})
        self.assertContains(self.client.get(PAGE), "Forbundet")
        self.client.logout()
        self.come_from()
        self.assert_signed_in(self.anna)

    def connect(self) -> Any:
        """Connect, signed in, and land on one's own page; who one is has been said."""
        self.client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        self.come_from(self.connect_address())
        return self.client.get(PAGE)

    def test_it_is_connected_once_however_often_one_asks(self) -> None:
        self.claim()
        self.sign_in()
        for _ in range(2):
            self.assertContains(self.connect(), "Din organisations login er forbundet.")
        assert SocialAccount.objects.get().user == self.anna

    def test_what_is_another_persons_is_not_connected_and_that_is_said(self) -> None:
        bo = User.objects.create_user("bo@kommune.example", PASSWORD, name="Bo Ek")
        self.claim()
        self.come_from()
        self.client.logout()
        self.sign_in(bo.email)
        self.assertContains(self.connect(), "Det login hører til en anden person her.")
        assert SocialAccount.objects.get().user == self.anna

    def test_who_came_without_a_password_may_choose_one(self) -> None:
        self.anna.set_unusable_password()
        self.anna.save()
        self.claim()
        self.come_from()
        chosen = {"password1": "ny kano i regn", "password2": "ny kano i regn"}
        self.assertContains(
            self.client.post(reverse("account_set_password"), chosen, follow=True), "Adgangskoden er gemt."
        )
        self.anna.refresh_from_db()
        assert self.anna.check_password("ny kano i regn")

    def test_nobody_else_can_make_one_connect(self) -> None:
        bo = User.objects.create_user("bo@kommune.example", PASSWORD, name="Bo Ek")
        self.client.force_login(bo)
        of_bo = self.connect_address()
        self.client.force_login(self.anna)
        for address in (of_bo, f"{BEGIN}?process=connect", f"{BEGIN}?process=connect&bevis=x"):
            assert self.client.get(address).status_code == 403, address

    def test_it_can_be_removed_but_not_without_another_way_in(self) -> None:
        self.claim()
        self.come_from()
        account = SocialAccount.objects.get()
        remove = reverse("socialaccount_connections")
        self.client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        self.anna.set_unusable_password()
        self.anna.save()
        self.client.force_login(self.anna)
        self.assertContains(self.client.post(remove, {"account": account.pk}), "Vælg en adgangskode først.")
        self.anna.set_password(PASSWORD)
        self.anna.save()
        self.client.force_login(self.anna)
        self.client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        self.client.post(remove, {"account": account.pk})
        assert not SocialAccount.objects.exists()


def test_a_provider_that_lacks_something_stops_the_start() -> None:
    sound = {"name": "Skovby", "server_url": "https://login.example", "client_id": "os2", "secret": "hys"}
    assert oidc_apps([sound])[0]["provider_id"] == "skovby"
    with pytest.raises(ImproperlyConfigured, match="secret"):
        oidc_apps([{key: value for key, value in sound.items() if key != "secret"}])
    with pytest.raises(ImproperlyConfigured, match="same id"):
        oidc_apps([sound, sound])
