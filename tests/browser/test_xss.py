"""What people write is shown and never run: in a real browser, on every page, whatever is in the database.

Every column of text is filled with markup past all that would clean it on its way in, so each page must hold
by itself. A script that ran, a report of the policy and a request to elsewhere each fail the test.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.access.world import people_of, table, things_of
from tests.browser.conftest import OpenPage, Watch
from tests.browser.test_every_page import visits
from tests.cast import Cast
from tests.support.everything import hold_everything_about
from tests.support.hostile import VECTORS, fill_everything
from tests.support.proof import IS_PROOF

ASKED = ("q", "gruppe", "den", "page", "sort", "next", "type", "niveau", "organisation", "stand")
PARTS = 2
STEP = 1 if IS_PROOF else 4  # every page, or every fourth


@pytest.fixture
def things(cast: Cast) -> dict[str, dict[str, Any]]:
    made = things_of(cast)
    hold_everything_about(cast.jonas)
    took = fill_everything()
    assert sum(map(bool, took.values())) > 30, took
    return made


def assert_nothing_ran(page: Page) -> None:
    assert page.evaluate("window.ran") is None, f"a script ran at {page.url}"


@pytest.mark.long(10)
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_is_stored_runs_on_any_page(
    part: int, cast: Cast, things: dict[str, dict[str, Any]], open_page: OpenPage, no_console_errors: Watch
) -> None:
    page = open_page(people_of(cast)["åse"])  # the secretariat sees every page, and the most of it
    no_console_errors.expect("status of 404")  # what a filter that makes no sense may answer
    for number, visit in enumerate([*visits(("åse",), things)][part :: PARTS * STEP]):
        asked = dict.fromkeys(ASKED, VECTORS[number % len(VECTORS)])
        page.goto(f"{visit.url}?{urlencode(asked)}")
        assert_nothing_ran(page)


@pytest.mark.django_db
def test_files_and_data_are_never_a_page_to_a_browser(cast: Cast, things: dict[str, dict[str, Any]]) -> None:
    """JSON, Markdown, lists and Word files say what they are, and that nobody is to guess otherwise."""
    client = Client()
    client.force_login(cast.aase)
    read = {cell for cell in table() if (cell.method, cell.role, cell.answer) == ("GET", "åse", "200")}
    files = {cell for cell in read if cell.is_file}
    assert len(files) > 10
    for cell in files:
        answer = client.get(reverse(cell.name, kwargs=things[cell.thing]))
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "html" not in answer["Content-Type"], str(cell)
