"""What every answer says to browsers: keep nothing private, run nothing foreign, show it in no frame.

The matrix looks for the same on every page that it asks for; here are the answers that it does not get.
"""

from __future__ import annotations

from typing import Any
from unittest import mock

from django.contrib.staticfiles import finders
from django.test import Client, SimpleTestCase, override_settings
from django.urls import reverse

from tests import factories
from tests.access.world import headers_lacking
from tests.cast import CastCase
from tests.support.production import PRODUCTION, manage


class HeaderTests(CastCase):
    def assert_guarded(self, response: Any, *statuses: int) -> None:
        assert response.status_code in statuses
        assert headers_lacking(response) == []

    def test_nothing_that_somebody_saw_signed_in_is_kept(self) -> None:
        factories.adopted(self.cast.steering)
        pdf = reverse("charters:edition-pdf", args=[self.cast.steering.slug, 1])
        self.client.force_login(self.cast.aase)
        for url in (reverse("members:person-list"), reverse("charters:mandate"), pdf, "/findes-ikke/"):
            with self.subTest(url=url):
                answer = self.client.get(url)
                self.assert_guarded(answer, 200, 404)
                assert "no-store" in answer["Cache-Control"]

    def test_a_public_page_may_be_kept_by_a_visitor(self) -> None:
        for url in (reverse("members:front-page"), self.cast.steering.get_absolute_url()):
            with self.subTest(url=url):
                assert "no-store" not in self.client.get(url).get("Cache-Control", "")

    def test_a_page_that_is_not_there_and_one_that_is_not_used_so(self) -> None:
        self.assert_guarded(self.client.get("/findes-ikke/"), 404)
        self.assert_guarded(self.client.delete("/"), 405)

    def test_a_foreign_host_is_refused_before_and_after_https_is_asked_for(self) -> None:
        for https in (False, True):
            with override_settings(SECURE_SSL_REDIRECT=https):
                answer = Client().get("/", headers={"host": "evil.example"})
                self.assert_guarded(answer, 400)
                assert b"evil.example" not in answer.content

    def test_a_form_without_its_token_and_one_that_is_too_large(self) -> None:
        client = Client(enforce_csrf_checks=True)
        self.assert_guarded(client.post(reverse("account_login"), {}), 403)
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10):
            too_large = self.client.post(reverse("account_login"), {"login": "a" * 100})
        self.assert_guarded(too_large, 400, 413)

    def test_too_many_tries(self) -> None:
        form = {"email": "ingen@kommune.example"}
        for _ in range(30):
            answer = self.client.post(reverse("account_reset_password"), form)
        self.assert_guarded(answer, 429)

    def test_a_fault_of_ours(self) -> None:
        self.client.raise_request_exception = False
        with mock.patch("members.views.site.render", side_effect=RuntimeError("hemmelig")):
            answer = self.client.get("/")
        self.assert_guarded(answer, 500)
        assert b"hemmelig" not in answer.content

    def test_the_way_to_https_and_the_way_to_sign_in(self) -> None:
        self.assert_guarded(self.client.get(reverse("charters:mandate")), 302)
        with override_settings(SECURE_SSL_REDIRECT=True):
            self.assert_guarded(Client().get("/"), 301)

    def test_a_style_sheet_and_one_that_is_not_there(self) -> None:
        assert finders.find("css/os2.css")
        self.assert_guarded(self.client.get("/static/css/os2.css"), 200)
        self.assert_guarded(self.client.get("/static/css/findes-ikke.css"), 404)

    @override_settings(SECURE_SSL_REDIRECT=True)
    def test_all_but_the_health_check_is_sent_to_https(self) -> None:
        assert self.client.get("/").status_code == 301
        assert self.client.get(reverse("healthz")).status_code == 200
        assert self.client.get(reverse("health")).status_code != 301

    @override_settings(SECURE_HSTS_SECONDS=31_536_000)
    def test_over_https_browsers_are_told_to_stay_with_it_on_errors_too(self) -> None:
        client = Client()
        for url, host in (("/", "testserver"), ("/findes-ikke/", "testserver"), ("/", "evil.example")):
            answer = client.get(url, secure=True, headers={"host": host})
            assert "max-age=31536000" in answer["Strict-Transport-Security"]


class CookieTests(SimpleTestCase):
    def test_in_production_cookies_are_bound_to_the_host_and_to_https(self) -> None:
        names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"]
        names += ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"]
        names += [
            "SESSION_COOKIE_DOMAIN",
            "CSRF_COOKIE_DOMAIN",
            "SESSION_COOKIE_PATH",
            "SESSION_COOKIE_SAMESITE",
        ]
        asked = f"from django.conf import settings as s; print(*(getattr(s, name) for name in {names}))"
        said = manage("shell", "--no-imports", "-c", asked, **PRODUCTION).stdout.split()
        assert said == ["__Host-sessionid", "__Host-csrftoken", *["True"] * 3, "None", "None", "/", "Lax"]
