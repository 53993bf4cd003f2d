"""Every page there is, as those who may read it: accessible, whole on a phone, with a heading and a title.

The pages are those of the matrix, so that none can be forgotten; each form is sent empty too, and comes back
with its errors. ``make proof`` reads all as everybody, at both widths; ``make test`` as who sees the most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import Page

from tests.access.world import ROLES, Cell, people_of, table, things_of
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, assert_accessible
from tests.cast import Cast
from tests.support.proof import IS_PROOF

WIDTHS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}
PARTS = 2  # so that no tester is left alone with all of them
# The secretariat sees every page and every button. Whoever comes after another at the same width reads what
# the other could not, and what is theirs.
READERS = [("desktop", ("åse", "karen")), ("phone", ("nobody", "jonas"))]
OF_THEIR_OWN = {"charters:mandate", "charters:calendar", "members:group-detail", "members:mails"}
if IS_PROOF:
    READERS = [(width, (role,)) for width in WIDTHS for role in ROLES]
# How many main headings can be seen, the title, by how much the page is too wide, and what is too small to
# hit: a control less than 24 px high or wide (WCAG 2.5.8), its label counted in; a link in a sentence may be.
WHOLE = """() => {
  const page = document.documentElement;
  const seen = (heading) => {
    const {width, height} = heading.getBoundingClientRect();
    return heading.checkVisibility({visibilityProperty: true}) && width > 0 && height > 0;
  };
  const headings = [...document.querySelectorAll("h1")].filter(seen);
  const small = (control) => {
    const boxes = [control, ...(control.labels ?? [])].map((part) => part.getBoundingClientRect());
    return ["height", "width"].some((side) => Math.max(...boxes.map((box) => box[side])) < 24);
  };
  const controls = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
    (control) => control.checkVisibility({visibilityProperty: true}) && control.type !== "hidden"
      && getComputedStyle(control).display !== "inline");
  return {
    headings: headings.length,
    title: document.title,
    wide: page.scrollWidth - page.clientWidth,
    small: controls.filter(small).map((control) => control.outerHTML.slice(0, 200)),
  };
}"""
# A form sent with nothing in it, as by a browser that does not check what is required.
SEND_EMPTY = """() => {
  const form = Object.assign(document.createElement("form"), {method: "post", action: location.href});
  form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
  form.append(Object.assign(document.createElement("input"), {type: "hidden", name: "ingenting"}));
  document.body.append(form);
  form.submit();
}"""


@dataclass(frozen=True)
class Visit:
    """A page, and one of its readers; ``is_form``: sent empty, it comes back with errors."""

    name: str
    url: str
    role: str
    is_form: bool


def pages_of(role: str) -> list[Cell]:
    """The rows of the matrix that ``role`` reads; a private or closed group's pages are as an open one's."""
    read = [cell for cell in table() if (cell.method, cell.role, cell.answer) == ("GET", role, "200")]
    pages = [cell for cell in read if cell.is_page]
    return pages if IS_PROOF else [cell for cell in pages if not cell.thing.startswith(("lukket", "fag"))]


@pytest.fixture
def things(cast: Cast) -> dict[str, dict[str, Any]]:
    return things_of(cast)


def visits(roles: tuple[str, ...], things: dict[str, dict[str, Any]]) -> Iterator[Visit]:
    sent_back = {(c.name, c.thing, c.role) for c in table() if (c.method, c.answer) == ("POST", "422")}
    read: set[str] = set()
    for role in roles:
        cells = [cell for cell in pages_of(role) if cell.name not in read - OF_THEIR_OWN]
        for cell in cells:
            is_form = (cell.name, cell.thing, cell.role) in sent_back
            yield Visit(str(cell), reverse(cell.name, kwargs=things[cell.thing]), role, is_form)
        read |= {cell.name for cell in cells}


@pytest.mark.long(60)
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
            assert_sound(page)
            if visit.is_form and page.locator("main form[method=post]").count():
                with page.expect_navigation():
                    page.evaluate(SEND_EMPTY)
                assert page.locator(
                    "[aria-invalid=true], .error-summary, .invalid-feedback, .message"
                ).count(), "no error is told"
                assert_sound(page)
        except AssertionError as error:
            wrong.append(f"{visit.name}: {error}")
    assert not wrong, "\n".join(wrong)


def assert_sound(page: Page) -> None:
    assert_whole(page)
    assert_accessible(page)
    if page.viewport_size == DESKTOP:
        page.set_viewport_size(PHONE)
        assert_whole(page)
        page.set_viewport_size(DESKTOP)


def assert_whole(page: Page) -> None:
    """Asked in one question: a locator would bring a library of its own into every page."""
    found = page.evaluate(WHOLE)
    assert found["headings"] == 1, "not one heading"
    assert found["title"].endswith("– OS2arbejdsgrupper"), f"titled {found['title']!r}"
    assert found["wide"] <= 0, f"{found['wide']} px too wide"
    # The administration is Django's own: what is small there has the room around it, which axe sees to.
    assert not found["small"] or "/admin/" in page.url, f"too small to hit: {found['small']}"
