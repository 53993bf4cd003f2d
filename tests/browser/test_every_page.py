"""Every page there is, as those who may read it: accessible, whole on a phone, with a heading and a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import Page

from tests.access.world import Cell, people_of, table, things_of
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, assert_accessible
from tests.cast import Cast

NO_PAGES = {"health", "healthz", "charters:newest-charters", "charters:calendar-feed"}
NO_PAGE = re.compile(r"-(pdf|word|json|markdown|text|csv|excel|zip)$")  # files
WIDTHS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}
# The secretariat sees every page and every button, at both widths; a visitor and a member see less of them.
PARTS = 3  # so that no tester is left alone with all of them
READERS = [
    ("desktop", ("åse",)),
    ("phone", ("nobody", "jonas")),
]
# How many main headings can be seen, the title, and by how much the page is too wide.
WHOLE = """() => {
  const page = document.documentElement;
  const seen = (heading) => {
    const {width, height} = heading.getBoundingClientRect();
    return heading.checkVisibility({visibilityProperty: true}) && width > 0 && height > 0;
  };
  const headings = [...document.querySelectorAll("h1")].filter(seen);
  return [headings.length, document.title, page.scrollWidth - page.clientWidth];
}"""


@dataclass(frozen=True)
class Visit:
    """A page, and whoever of a few readers sees the most of it."""

    name: str
    url: str
    role: str


def pages_of(role: str) -> list[Cell]:
    """The rows of the matrix that ``role`` reads; a closed group's pages are as an open one's."""
    read = [cell for cell in table() if (cell.method, cell.role, cell.answer) == ("GET", role, "200")]
    pages = [cell for cell in read if cell.name not in NO_PAGES and not NO_PAGE.search(cell.name)]
    return [cell for cell in pages if not cell.thing.startswith("lukket")]


@pytest.fixture
def things(cast: Cast) -> dict[str, dict[str, Any]]:
    return things_of(cast)


def visits(roles: tuple[str, ...], things: dict[str, dict[str, Any]]) -> Iterator[Visit]:
    for role in roles:
        for cell in pages_of(role):
            yield Visit(f"{cell.name} ({cell.thing})", reverse(cell.name, kwargs=things[cell.thing]), role)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("width", "roles"), READERS)
def test_every_page_is_sound(
    width: str,
    roles: tuple[str, ...],
    part: int,
    cast: Cast,
    things: dict[str, dict[str, Any]],
    open_page: OpenPage,
) -> None:
    people: dict[str, Any] = {"nobody": None, **people_of(cast)}
    pages: dict[str, Page] = {role: open_page(people[role], **WIDTHS[width]) for role in roles}
    for page in pages.values():
        page.add_init_script(AXE_SCRIPT)  # sent once, not with each page
    wrong = []
    for visit in [*visits(roles, things)][part::PARTS]:
        page = pages[visit.role]
        page.goto(visit.url)
        try:
            assert_whole(page)
            assert_accessible(page)
            if visit.role == "åse":
                page.set_viewport_size(PHONE)
                assert_whole(page)
                page.set_viewport_size(DESKTOP)
        except AssertionError as error:
            wrong.append(f"{visit.name} as {visit.role}: {error}")
    assert not wrong, "\n".join(wrong)


def assert_whole(page: Page) -> None:
    """Asked in one question: a locator would bring a library of its own into every page."""
    headings, title, wide = page.evaluate(WHOLE)
    assert headings == 1, "not one heading"
    assert title.endswith("– OS2arbejdsgrupper"), f"titled {title!r}"
    assert wide <= 0, f"{wide} px too wide"
