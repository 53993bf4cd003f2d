"""Nobody learns at the door who is in the register: the same answer for the same work, whoever it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import User
from tests import factories
from tests.members.test_sign_in import PASSWORD, SignInCase

pytestmark = pytest.mark.no_database

LOGIN, RESET, CODE = (
    reverse(name) for name in ("account_login", "account_reset_password", "account_request_login_code")
)
UNKNOWN = "ingen@kommune.example"
# A nonce, the length of the address that one wrote oneself, and what every answer has of its own.
DIFFERING = {"Content-Security-Policy", "Content-Length", "Expires", "X-Request-ID", "X-Request-Id"}
CLOSE = 3  # queries: noting about whom a wrong password was is one, with its savepoint


class EnumerationTests(SignInCase):
    """Anna signs in; the others are in the register too, each in another way."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.anna = User.objects.get()
        factories.user("Li Holm", email="lukket@kommune.example", is_active=False)
        factories.user("Bo Ek", email="uinviteret@kommune.example", login=False)
        factories.user("Eva Lund", email="inviteret@kommune.example", login=False, invited_at=timezone.now())
        factories.user("Åse Dam", email="ansat@os2.example", is_staff=True)

    def at_the_door(self, url: str, form: Callable[[str], dict[str, str]], email: str) -> dict[str, Any]:
        """All that whoever asks about ``email`` can see of the answer, and what it cost."""
        cache.clear()
        mail.outbox.clear()
        client, hashes = Client(), mock.Mock(wraps=MD5PasswordHasher().encode)
        client.get(url)
        with (
            mock.patch.object(MD5PasswordHasher, "encode", hashes),
            CaptureQueriesContext(connection) as asked,
        ):
            answer = client.post(url, form(email))
        page = client.get(answer["Location"]) if answer.status_code == 302 else answer
        body = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page.content.decode())
        return {
            "seen": (answer.status_code, answer.get("Location"), body.replace(email, "…")),
            "headers": {name: value for name, value in page.items() if name not in DIFFERING},
            "cookies": sorted(client.cookies),
            "hashes": hashes.call_count,
            "mails": [message.to for message in mail.outbox] == [[email]] * len(mail.outbox)
            and len(mail.outbox),
            "queries": len(asked),
        }

    def assert_all_the_same(self, url: str, form: Callable[[str], dict[str, str]]) -> None:
        unknown = self.at_the_door(url, form, UNKNOWN)
        few = unknown.pop("queries")
        for person in User.objects.all():
            with self.subTest(person.email):
                known = self.at_the_door(url, form, person.email)
                queries = known.pop("queries")
                assert known == unknown
                assert abs(queries - few) <= CLOSE

    def test_a_wrong_password(self) -> None:
        self.assert_all_the_same(LOGIN, lambda email: {"login": email, "password": "forkert"})

    def test_a_forgotten_password(self) -> None:
        self.assert_all_the_same(RESET, lambda email: {"email": email})

    def test_a_code_by_mail(self) -> None:
        self.assert_all_the_same(CODE, lambda email: {"email": email})

    def test_a_link_that_was_made_up(self) -> None:
        """The number in it is a person's, or nobody's."""
        pages = set()
        for uid in ("1", "zz", *(f"{person.pk:x}" for person in User.objects.all())):
            page = self.client.get(
                reverse("account_reset_password_from_key", args=[uid, "c0ffee-0123456789"])
            )
            pages.add((page.status_code, re.sub(r'nonce="[^"]+"', "", page.content.decode())))
        assert len(pages) == 1


class LockOutTests(SignInCase):
    def test_twenty_tries_lock_the_door_with_a_plain_page_known_or_not(self) -> None:
        for email in (self.anna.email, UNKNOWN):
            with self.subTest(email=email):
                cache.clear()
                for _ in range(20):
                    answer = self.sign_in(email, "forkert")
                self.assertContains(answer, "For mange forsøg.", status_code=answer.status_code)
                assert answer.status_code in {200, 429}
                self.sign_in(email)
                self.assert_signed_out()

    def test_one_machine_that_tries_many_addresses_is_locked_out_too(self) -> None:
        for number in range(20):
            self.sign_in(f"nr{number}@kommune.example", "forkert")
        self.sign_in()
        self.assert_signed_out()

    def test_codes_and_links_are_not_sent_without_end(self) -> None:
        for url, most in ((CODE, 20), (RESET, 20)):
            with self.subTest(url=url):
                cache.clear()
                mail.outbox.clear()
                for number in range(40):
                    answer = Client().post(url, {"email": f"nr{number}@kommune.example"})
                assert len(mail.outbox) <= most
                assert "For mange forsøg" in answer.content.decode()


class NextTests(SignInCase):
    """``next`` leads to a page of this site, or nowhere."""

    def test_no_page_of_sign_in_leads_away(self) -> None:
        self.client.force_login(self.anna)
        away = (
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "\thttps://e.x",
        )
        forms = {
            LOGIN: {"login": self.anna.email, "password": PASSWORD},
            reverse("account_reauthenticate"): {"password": PASSWORD},
            reverse("account_logout"): {},
            CODE: {"email": self.anna.email},
        }
        for url, form in forms.items():
            for target in away:
                with self.subTest(url=url, target=target):
                    cache.clear()
                    client = Client()
                    if url not in (LOGIN, CODE):
                        client.force_login(self.anna)
                    page = client.get(url, {"next": target})
                    assert not re.search(r'(href|action)="[^"?]*evil\.example', page.content.decode())
                    sent = (
                        client.post(f"{url}?next={target}", form),
                        client.post(url, form | {"next": target}),
                    )
                    for answer in sent:
                        assert re.match(r"/(?![/\\])", answer.get("Location", "/")), answer["Location"]

    def test_the_code_page_leads_to_ones_own_page_and_not_away(self) -> None:
        for target, there in (("/konto/min-adgang/", True), ("//evil.example/", False)):
            with self.subTest(target=target):
                cache.clear()
                client = Client()
                asked = client.post(f"{CODE}?next={target}", {"email": self.anna.email})
                found = re.search(r"^([0-9A-Z]{3,}(?:-[0-9A-Z]+)*)$", str(mail.outbox[-1].body), re.MULTILINE)
                assert found
                given = client.post(asked["Location"], {"code": found[1]})
                assert (given["Location"] == target) == there
                assert given["Location"].startswith("/")
                assert not given["Location"].startswith("//")
