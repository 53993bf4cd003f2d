"""The second factor: setting it up, signing in with it, losing it, and requiring it of the secretariat."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib import admin
from django.contrib.auth import get_user
from django.contrib.messages import get_messages
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from members.models import User
from tests.members.test_sign_in import NOON, PASSWORD, SignInCase

pytestmark = pytest.mark.no_database

SET_UP, PAGE = reverse("mfa_activate_totp"), reverse("mfa_index")
CODES = reverse("mfa_view_recovery_codes")


def code_for(secret: str) -> str:
    """What the app on the phone would show at this moment."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


class SecondFactorCase(SignInCase):
    clock: Any

    def setUp(self) -> None:
        travel = time_machine.travel(NOON, tick=False)
        self.clock = travel.start()
        self.addCleanup(travel.stop)

    def confirm(self, password: str = PASSWORD) -> Any:
        return self.client.post(reverse("account_reauthenticate"), {"password": password})

    def set_up(self) -> tuple[str, list[str]]:
        """Sign in, set the second factor up and sign out; answers its secret and the recovery codes."""
        self.sign_in()
        self.confirm()
        secret = self.secret_on(self.client.get(SET_UP))
        self.assertRedirects(
            self.client.post(SET_UP, {"code": code_for(secret)}), CODES, fetch_redirect_response=False
        )
        codes = re.findall(r"<li>(\d{8})</li>", self.client.get(CODES).content.decode())
        self.client.logout()
        self.clock.shift(datetime.timedelta(seconds=30))  # a code of the app works once
        return secret, codes

    def secret_on(self, page: Any) -> str:
        found = re.search(r'class="secret">([A-Z2-7]+)<', page.content.decode())
        assert found, page.content.decode()
        return found[1]

    def give(self, code: str) -> Any:
        return self.client.post(reverse("mfa_authenticate"), {"code": code})


class SecondFactorTests(SecondFactorCase):
    def test_setting_it_up_asks_for_the_password_again(self) -> None:
        self.sign_in()
        self.assertRedirects(self.client.get(SET_UP), f"{reverse('account_reauthenticate')}?next={SET_UP}")
        self.assertContains(self.confirm("forkert"), "Adgangskoden er ikke rigtig.")
        assert self.client.get(SET_UP).status_code == 302
        self.confirm()
        self.assertContains(self.client.get(SET_UP), "data:image/svg+xml;base64,")

    def test_it_is_said_when_it_is_set_up(self) -> None:
        self.sign_in()
        self.confirm()
        code = code_for(self.secret_on(self.client.get(SET_UP)))
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.client.post(SET_UP, {"code": code})
        said = [str(message).strip() for message in get_messages(answer.wsgi_request)]
        assert said == ["Totrinslogin er slået til."]

    def test_a_wrong_code_sets_nothing_up(self) -> None:
        self.sign_in()
        self.confirm()
        self.assertContains(self.client.post(SET_UP, {"code": "000000"}), "Koden er ikke rigtig.")
        assert not Authenticator.objects.exists()

    def test_with_it_a_password_alone_is_not_enough(self) -> None:
        secret, _codes = self.set_up()
        self.assertRedirects(self.sign_in(), reverse("mfa_authenticate"))
        self.assert_signed_out()
        self.assertContains(self.give("000000"), "Koden er ikke rigtig.")
        self.assert_signed_out()
        self.assertRedirects(
            self.give(code_for(secret)), reverse("charters:mandate"), fetch_redirect_response=False
        )
        self.assert_signed_in(self.anna)

    def test_neither_a_new_password_nor_a_code_by_mail_goes_round_it(self) -> None:
        self.set_up()
        self.ask_for_link()
        self.assertRedirects(self.choose(self.link()), reverse("mfa_authenticate"))
        self.assert_signed_out()
        self.client.logout()
        self.client.post(reverse("account_request_login_code"), {"email": self.anna.email})
        code = re.findall(r"^\S{6,}$", str(mail.outbox[-1].body), re.MULTILINE)[0]
        answer = self.client.post(reverse("account_confirm_login_code"), {"code": code})
        self.assertRedirects(answer, reverse("mfa_authenticate"))
        self.assert_signed_out()

    def test_a_code_of_the_app_works_once(self) -> None:
        secret, _codes = self.set_up()
        for _ in range(2):
            self.sign_in()
            self.give(code_for(secret))
            signed_in = get_user(self.client).is_authenticated
            self.client.logout()
        assert not signed_in

    def test_a_recovery_code_stands_in_for_the_app_once(self) -> None:
        _secret, codes = self.set_up()
        assert len(codes) == 10
        self.sign_in()
        self.give(codes[3])
        self.assert_signed_in(self.anna)
        self.client.logout()
        self.sign_in()
        self.give(codes[3])
        self.assert_signed_out()

    def test_recovery_codes_are_shown_once_and_can_be_saved_as_a_file(self) -> None:
        self.sign_in()
        self.confirm()
        secret = self.secret_on(self.client.get(SET_UP))
        first = self.client.post(SET_UP, {"code": code_for(secret)}, follow=True)
        self.assertContains(first, 'download="gendannelseskoder.txt"')
        code = re.findall(r"<li>(\d{8})</li>", first.content.decode())[0]
        self.assertNotContains(self.client.get(CODES), code)
        self.assertContains(self.client.get(PAGE), "10 ubrugte koder")

    def test_new_recovery_codes_are_asked_about_and_take_the_old_ones_place(self) -> None:
        secret, codes = self.set_up()
        self.sign_in()
        self.give(code_for(secret))
        self.clock.shift(datetime.timedelta(minutes=30))  # so that who it is must be said again
        new = reverse("mfa_generate_recovery_codes")
        again = reverse("mfa_reauthenticate")
        self.assertContains(self.client.get(again), "Bekræft, at det er dig")
        assert self.client.post(again, {"code": code_for(secret)}).status_code == 302
        self.assertContains(self.client.get(new), "De koder, du har nu, holder op med at virke.")
        self.client.post(new)
        self.client.logout()
        self.sign_in()
        self.give(codes[0])
        self.assert_signed_out()

    def test_guessing_locks_even_for_the_right_code(self) -> None:
        secret, _codes = self.set_up()
        self.sign_in()
        for _ in range(5):
            self.give("000000")
        self.assertContains(self.give(code_for(secret)), "For mange forsøg.")
        self.assert_signed_out()

    def test_passkeys_and_the_password_asked_for_again_are_not_to_be_guessed_at(self) -> None:
        key = reverse("mfa_login_webauthn")
        tried = [self.client.post(key, {"credential": "{}"}).status_code for _ in range(11)]
        assert tried == [302] * 10 + [429]
        self.sign_in()
        tried = [self.confirm("forkert").status_code for _ in range(11)]
        assert tried == [200] * 10 + [429]

    def test_someone_deactivated_between_the_two_steps_stays_out(self) -> None:
        secret, _codes = self.set_up()
        self.sign_in()
        self.anna.deactivate()
        self.give(code_for(secret))
        self.assert_signed_out()

    def test_it_can_be_taken_off_again_by_whoever_has_it(self) -> None:
        secret, _codes = self.set_up()
        self.sign_in()
        self.give(code_for(secret))
        off = reverse("mfa_deactivate_totp")
        assert self.client.post(off).status_code == 302
        assert Authenticator.objects.exists()  # the password was not asked for again
        self.confirm()
        self.assertContains(self.client.get(off), "Slå totrinslogin fra?")
        self.assertContains(self.client.post(off, follow=True), "Totrinslogin er slået fra.")
        assert not Authenticator.objects.exists()

    def test_nobody_reads_a_secret_in_the_administration(self) -> None:
        assert Authenticator not in admin.site._registry


class RequiredTests(SecondFactorCase):
    def setUp(self) -> None:
        super().setUp()
        User.objects.filter(pk=self.anna.pk).update(is_staff=True)

    def test_it_is_not_asked_of_the_secretariat_unless_the_setting_says_so(self) -> None:
        self.sign_in()
        assert self.client.get(PAGE).status_code == 200

    @override_settings(REQUIRE_SECOND_FACTOR_FOR_STAFF=True)
    def test_staff_are_led_to_set_it_up_before_anything_else(self) -> None:
        self.sign_in()
        for page in (PAGE, reverse("charters:mandate"), reverse("admin:index"), "/findes-ikke/"):
            for answer in (self.client.get(page), self.client.post(page)):
                self.assertRedirects(answer, f"{SET_UP}?skal=ja", fetch_redirect_response=False)
        assert self.client.get(reverse("healthz")).status_code == 200
        self.confirm()
        page = self.client.get(f"{SET_UP}?skal=ja")
        self.assertContains(page, "I sekretariatet skal alle have totrinslogin.")
        self.client.post(SET_UP, {"code": code_for(self.secret_on(page))})
        assert self.client.get(PAGE).status_code == 200

    @override_settings(REQUIRE_SECOND_FACTOR_FOR_STAFF=True)
    def test_staff_can_leave_without_it(self) -> None:
        self.sign_in()
        self.client.post(reverse("account_logout"))
        self.assert_signed_out()

    @override_settings(REQUIRE_SECOND_FACTOR_FOR_STAFF=True)
    def test_it_is_asked_of_nobody_else(self) -> None:
        User.objects.filter(pk=self.anna.pk).update(is_staff=False)
        self.sign_in()
        assert self.client.get(PAGE).status_code == 200
        self.client.logout()
        assert self.client.get(reverse("members:front-page")).status_code == 200
