"""What comes with a request beside its address: cookies, headers, and bodies of any kind."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.hostile import corpus
from tests.hostile.asking import FORM, HostileCase, some

COOKIES = ["sessionid", "csrftoken", "messages", "django_language", "__Host-sessionid"]
WITH_COOKIES = [("GET", "/"), ("GET", "/mit-mandat/"), ("GET", "/grupper/"), ("POST", "/konto/log-ind/")]
WITH_HEADERS = [
    ("nobody", "/konto/log-ind/"),
    ("nobody", "/nye-kommissorier.atom"),
    ("nobody", "/grupper/?q=x"),
    ("karen", "/grupper/styregruppen-for-os2naturkort/kommissorium/"),
    ("åse", "/personer/"),
]


@pytest.mark.long(15)
class RequestTests(HostileCase):
    def test_no_body_is_an_error_of_ours(self) -> None:
        cells = [cell for cell in self.cells("POST") if cell.answer not in ("login", "403", "404")]
        cases = [(cell, what) for cell in cells for what in corpus.REQUESTS]
        for cell, what in some(cases, one_in=8):
            kind, body = corpus.REQUESTS[what]
            self.asked_in_vain(f"{cell} {what}", cell.role, "POST", self.url(cell), body, content_type=kind)
        assert len(cells) > 50, "the matrix was not read"
        assert not self.wrong, "\n".join(self.wrong)

    def test_no_cookie_is_an_error_of_ours(self) -> None:
        self.clients["stranger"] = Client(raise_request_exception=False)
        for name in COOKIES:
            for what, value in corpus.COOKIES.items():
                for method, url in WITH_COOKIES:
                    sent = {"HTTP_COOKIE": f"{name}={value}", "content_type": FORM}
                    self.asked_in_vain(f"{name} {what} {url}", "stranger", method, url, "login=a", **sent)
        assert not self.wrong, "\n".join(self.wrong)

    def test_no_header_is_an_error_of_ours(self) -> None:
        texts = {**corpus.TEXTS, **corpus.COOKIES, **corpus.DAYS}
        cases = [(h, what, *where) for h in corpus.HEADERS for what in texts for where in WITH_HEADERS]
        for header, what, role, url in some(cases, one_in=32):
            value = texts[what].encode("utf-8", "surrogatepass").decode("latin-1")  # as a server hands it on
            self.asked_in_vain(f"{header} {what} {url}", role, "GET", url, **{header: value})
        assert not self.wrong, "\n".join(self.wrong)
