"""How often one is mailed: chosen when signed in, or stopped by the link in a mail and nothing else."""

from __future__ import annotations

import logging

from django.test import Client
from django.urls import reverse

from members.models import User
from members.opting_out import opt_out_token
from os2groups.secret_addresses import SecretAddresses
from tests.cast import CastCase

Rhythm = User.MailRhythm


class ChoosingTests(CastCase):
    def rhythm(self) -> str:
        return User.objects.get(pk=self.cast.karen.pk).mail_rhythm

    def test_a_mail_a_month_unless_one_says_otherwise(self) -> None:
        self.client.force_login(self.cast.karen)
        url = reverse("members:mails")
        assert self.client.get(url).context["form"]["mail_rhythm"].value() == Rhythm.MONTHLY
        for rhythm in (Rhythm.WEEKLY, Rhythm.NEVER):
            self.client.post(url, {"mail_rhythm": rhythm})
            assert self.rhythm() == rhythm
        assert self.client.post(url, {"mail_rhythm": "hourly"}).status_code == 422
        assert self.rhythm() == Rhythm.NEVER

    def test_the_link_shows_a_button_and_stops_nothing_by_being_opened(self) -> None:
        page = self.client.get(reverse("members:opt-out", args=[opt_out_token(self.cast.karen)]))
        self.assertContains(page, "Stop mails")
        self.assertNotContains(page, "Karen")
        assert self.rhythm() == Rhythm.MONTHLY

    def test_a_mail_program_stops_them_without_cookies_or_token_and_more_than_once(self) -> None:
        client = Client(enforce_csrf_checks=True)
        url = reverse("members:opt-out", args=[opt_out_token(self.cast.karen)])
        for _time in range(2):
            page = client.post(url, {"List-Unsubscribe": "One-Click"})
            self.assertContains(page, "Du får ikke flere mails")
            assert self.rhythm() == Rhythm.NEVER
        assert User.objects.get(pk=self.cast.jonas.pk).mail_rhythm == Rhythm.MONTHLY

    def test_a_token_that_was_changed_or_made_up_is_not_known(self) -> None:
        token = opt_out_token(self.cast.karen)
        pk, _colon, signature = token.partition(":")
        for wrong in (f"{self.cast.jonas.pk}:{signature}", pk, f"{token}x", "vrøvl"):
            with self.subTest(token=wrong):
                assert self.client.post(reverse("members:opt-out", args=[wrong])).status_code == 404
        assert not User.objects.filter(mail_rhythm=Rhythm.NEVER).exists()

    def test_the_link_is_left_out_of_the_log(self) -> None:
        url = reverse("members:opt-out", args=[opt_out_token(self.cast.karen)])
        record = logging.LogRecord("x", logging.INFO, "", 1, "Not found: %s", (url,), None)
        SecretAddresses().filter(record)
        assert record.getMessage() == "Not found: /mails/stop/…/"
