"""One line a request, with an id that the answer, the page of an error and the register's log have too."""

from __future__ import annotations

import logging
import re
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from members.models import LogEntry
from members.opting_out import opt_out_token
from os2groups.request_log import RequestId
from os2groups.secret_addresses import SecretAddresses
from tests import factories
from tests.cast import CastCase

LOGGER = "os2groups.requests"


class LogCase(CastCase):
    def lines_of(self, url: str, client: Client | None = None, **options: Any) -> tuple[list[str], Any]:
        """What is written of a request, as the handler of the settings writes it; and the answer."""
        handler = settings.LOGGING["handlers"]["console"]
        assert handler["filters"] == ["secret", "request"]
        line = logging.Formatter(settings.LOGGING["formatters"]["line"]["format"], style="{")
        lines: list[str] = []

        class Kept(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                lines.append(line.format(record))

        kept = Kept()
        for each in (SecretAddresses(), RequestId()):
            kept.addFilter(each)
        logger = logging.getLogger()
        before = logger.level
        logger.addHandler(kept)
        logger.setLevel("INFO")
        try:
            answer = (client or self.client).get(url, **options)
        finally:
            logger.removeHandler(kept)
            logger.setLevel(before)
        return [said for said in lines if LOGGER in said or "Error" in said], answer


class LineTests(LogCase):
    def test_it_says_what_was_asked_what_came_of_it_and_how_long_it_took_under_the_answers_id(self) -> None:
        (line,), answer = self.lines_of("/grupper/")
        request_id = answer.headers["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{16}", request_id)
        assert re.search(rf"INFO {LOGGER} {request_id}: GET /grupper/ 200 \d+ms person=-$", line)

    def test_a_person_is_told_of_by_key_and_never_by_name(self) -> None:
        self.client.force_login(self.cast.karen)
        (line,), _ = self.lines_of(reverse("charters:mandate"))
        assert line.endswith(f"person={self.cast.karen.pk}")
        assert "Karen" not in line

    def test_to_tell_who_it_is_costs_no_query(self) -> None:
        self.client.force_login(self.cast.karen)
        with self.assertNumQueries(1):
            self.lines_of("/healthz")

    def test_what_was_searched_for_is_left_out(self) -> None:
        (line,), _ = self.lines_of("/grupper/?q=Havbirk")
        assert "Havbirk" not in line

    def test_whatever_is_in_the_address_it_is_one_line(self) -> None:
        (line,), _ = self.lines_of("/findes%0A2026-01-01 INFO alt er vel/")
        assert "\n" not in line
        assert "%0A2026" in line

    def test_no_key_is_written(self) -> None:
        calendar = factories.calendar_address(self.cast.karen)
        stop = opt_out_token(self.cast.karen)
        keys = {
            reverse("charters:calendar-feed", args=[calendar.token]): calendar.token,
            reverse("members:opt-out", args=[stop]): stop,
            "/konto/adgangskode/1a-c8k2-0f3e5a7b9d/": "0f3e5a7b9d",
        }
        for url, key in keys.items():
            with self.subTest(url=url):
                (line,), _ = self.lines_of(url)
                assert key not in line
                assert "…" in line or "%E2%80%A6" in line

    def test_each_request_has_an_id_of_its_own_whatever_it_brings_along(self) -> None:
        brought = {"X-Request-ID": "a-line-of-somebody-else"}
        ids = {self.client.get("/", headers=brought).headers["X-Request-ID"] for _ in range(3)}
        assert len(ids) == 3
        assert brought["X-Request-ID"] not in ids

    def test_what_machines_ask_every_few_seconds_is_told_of_when_it_fails_only(self) -> None:
        assert self.lines_of("/healthz")[0] == []
        assert self.lines_of("/static/css/os2.css")[0] == []
        with mock.patch("os2groups.health._ask_the_database", side_effect=OperationalError):
            lines, _ = self.lines_of("/healthz")
        assert "/healthz 503" in lines[-1]


class EntryTests(LogCase):
    def test_what_a_request_changes_stands_in_the_registers_log_under_its_id(self) -> None:
        self.client.force_login(self.cast.aase)
        answer = self.client.post(
            reverse("members:organisation-create"), {"name": "Skovby Kommune", "kind": "municipality"}
        )
        assert answer.status_code == 302
        entry = LogEntry.objects.newest_first()[0]
        assert (entry.object_repr, entry.cid) == ("Skovby Kommune", answer.headers["X-Request-ID"])


class ErrorTests(LogCase):
    def setUp(self) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.cast.karen)

    def failing_with(self, error: Exception) -> tuple[list[str], Any]:
        with mock.patch("members.views.groups.WorkingGroup.objects.visible_to", side_effect=error):
            return self.lines_of("/grupper/")

    def test_the_page_of_an_error_gives_the_id_that_the_log_has(self) -> None:
        lines, page = self.failing_with(RuntimeError("secret words"))
        request_id = page.headers["X-Request-ID"]
        assert page.status_code == 500
        self.assertContains(page, "Noget gik galt hos os", status_code=500)
        self.assertContains(page, f"<code>{request_id}</code>", status_code=500)
        self.assertNotContains(page, "secret words", status_code=500)
        assert [request_id in line for line in lines] == [True, True]
        assert "secret words" in lines[0]

    def test_a_database_that_is_gone_is_a_503_that_says_to_try_again(self) -> None:
        lines, page = self.failing_with(OperationalError("connection refused"))
        self.assertContains(page, "Siden kan ikke bruges lige nu", status_code=503)
        self.assertContains(page, page.headers["X-Request-ID"], status_code=503)
        self.assertNotContains(page, "refused", status_code=503)
        assert page.headers["Retry-After"] == "30"
        assert "GET /grupper/ 503" in lines[-1]

    def test_no_error_is_kept_by_anyone(self) -> None:
        _, page = self.failing_with(RuntimeError())
        assert "no-store" in page.headers["Cache-Control"]
