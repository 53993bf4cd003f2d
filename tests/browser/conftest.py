"""A real Chromium on a real server, and what every page in it must hold: no error, no request to elsewhere.

Chromium is looked for in ``CHROMIUM``, on the path (first the one without windows, which costs a third less),
and among Playwright's own. Where there is none the tests
are skipped, except with ``CI=true``: there they fail.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from charters.models import Charter
from members.models import User
from tests import factories
from tests.cast import Cast

# Playwright runs an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent
DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)
PATIENCE = 60_000  # milliseconds a page may take to do what a test waits for, beside three other tests
expect.set_options(timeout=PATIENCE)
SILENT = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What was found to be right is not told: telling it costs as much as finding it. Nor is anything fetched
# beforehand: that is for sound and film.
AXE_OPTIONS = {"runOnly": AXE_RULES, "reporter": "no-passes", "preload": False}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


def find_chromium(chromium: BrowserType) -> str | None:
    """The browser to drive, or None when this machine has none."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, names), chromium.executable_path]
    return next((path for path in candidates if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_chromium(playwright.chromium)
        if path is None:
            missing = "No Chromium for the browser tests: install chromium-headless-shell, or set CHROMIUM."
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
        with_browser = playwright.chromium.launch(executable_path=path, args=SILENT)
        yield with_browser
        with_browser.close()


@dataclass
class Watch:
    """What went wrong in the pages of a test; a test that provokes an error says which one."""

    origin: str
    problems: list[str] = field(default_factory=list)
    # "It must be corrected" and "somebody was first" are answers, which Chromium calls errors all the same.
    expected: list[str] = field(default_factory=lambda: ["the server responded with a status of (409|422)"])

    def expect(self, pattern: str) -> None:
        """An error whose text matches ``pattern`` is part of the test."""
        self.expected.append(pattern)

    def over(self, context: BrowserContext) -> None:
        """Note every error in a context, and every request that leaves our own server."""
        context.on("console", self._note_error)
        context.on("weberror", lambda error: self._note(str(error.error)))
        context.on("request", lambda request: self._same_origin(request.url))

    def unexpected(self) -> list[str]:
        return [p for p in self.problems if not any(re.search(pattern, p) for pattern in self.expected)]

    def _same_origin(self, url: str) -> None:
        if not url.startswith((self.origin, "data:", "blob:", "about:")):
            self._note(f"A request left the server: {url}")

    def _note_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(message.text)

    def _note(self, problem: str) -> None:
        self.problems.append(problem)


@pytest.fixture(autouse=True)
def no_console_errors(live_server: LiveServer) -> Iterator[Watch]:
    """Any error in the console (a broken script, the content policy) fails the test."""
    watch = Watch(live_server.url)
    yield watch
    assert watch.unexpected() == []


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    with transaction.atomic():  # one write to disk, not a hundred
        return Cast.create()


@pytest.fixture
def charter(cast: Cast) -> Charter:
    """The draft of the steering group that Karen chairs."""
    return factories.draft(cast.steering, by=cast.karen)


OpenPage = Callable[..., Page]


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def open_page(
    browser: Browser, live_server: LiveServer, no_console_errors: Watch, request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """Open a page in a context of its own; ``user`` is signed in. Addresses are the server's own paths."""
    contexts: list[BrowserContext] = []

    def open_page(user: User | None = None, **options: Any) -> Page:
        options = {"viewport": DESKTOP, "locale": "da-DK", "base_url": live_server.url} | options
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        no_console_errors.over(context)
        page = context.new_page()
        if user is not None:
            sign_in(page, user, live_server.url)
        return page

    yield open_page
    for context in contexts:
        if request.node.stash.get(FAILED, False):
            for page in context.pages:
                print(f"{page.url}\n{page.locator('body').inner_text()}")  # noqa: T201 - for the report
        context.close()


def sign_in(page: Page, user: User, server: str) -> None:
    """Give the page's browser a session of ``user``; the form itself has tests of its own."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server}])


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A desktop, signed out."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A phone 360 px wide, signed out."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)


def assert_accessible(page: Page) -> None:
    """No violation that axe can see, on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    results = AxeResults(page.evaluate("options => axe.run(options)", AXE_OPTIONS))
    assert results.violations_count == 0, results.generate_report()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    return assert_accessible
