"""What every answer says to browsers: keep nothing private, run nothing foreign, show it in no frame."""

from __future__ import annotations

from django.test import override_settings
from django.urls import reverse

from tests import factories
from tests.cast import CastCase


class HeaderTests(CastCase):
    def test_nothing_that_somebody_saw_signed_in_is_kept(self) -> None:
        factories.adopted(self.cast.steering)
        pdf = reverse("charters:edition-pdf", args=[self.cast.steering.slug, 1])
        self.client.force_login(self.cast.aase)
        for url in (reverse("members:person-list"), reverse("charters:mandate"), pdf, "/findes-ikke/"):
            with self.subTest(url=url):
                assert "no-store" in self.client.get(url)["Cache-Control"]

    def test_a_public_page_may_be_kept_by_a_visitor(self) -> None:
        for url in (reverse("members:front-page"), self.cast.steering.get_absolute_url()):
            with self.subTest(url=url):
                assert "no-store" not in self.client.get(url).get("Cache-Control", "")

    def test_no_page_runs_anything_but_our_own_or_stands_in_a_frame(self) -> None:
        for url in ("/", "/findes-ikke/", reverse("account_login")):
            with self.subTest(url=url):
                response = self.client.get(url)
                policy = response["Content-Security-Policy"]
                assert "unsafe" not in policy
                assert "frame-ancestors 'none'" in policy
                assert response["X-Frame-Options"] == "DENY"
                assert response["X-Content-Type-Options"] == "nosniff"
                assert response["Referrer-Policy"] == "same-origin"

    @override_settings(SECURE_SSL_REDIRECT=True)
    def test_all_but_the_health_check_is_sent_to_https(self) -> None:
        assert self.client.get("/").status_code == 301
        assert self.client.get(reverse("healthz")).status_code == 200
        assert self.client.get(reverse("health")).status_code != 301
