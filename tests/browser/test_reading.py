"""The draft's page for those who only read it: it shows the text as it stands while others write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from charters.models import Charter
from tests.browser.conftest import OpenPage, Watch
from tests.cast import Cast

SOON = 5_000  # milliseconds until somebody else's word is seen


@pytest.fixture(params=["", "moede/"], ids=["page", "meeting"])
def page(open_page: OpenPage, cast: Cast, charter: Charter, request: pytest.FixtureRequest) -> Page:
    """A member at the draft, or at the meeting's view of it."""
    page = open_page(cast.jonas)
    page.goto(f"{charter.get_absolute_url()}{request.param}")
    if request.param:
        page.get_by_role("button", name="Vis hele teksten").click()
    expect(page.locator("[data-presence] li")).to_have_count(1)
    return page


def test_what_others_write_and_where_they_write_is_seen(
    page: Page, open_page: OpenPage, cast: Cast, charter: Charter, axe: Callable[[Page], None]
) -> None:
    other = open_page(cast.karen)
    other.goto(charter.get_absolute_url())
    other.get_by_role("link", name="Rediger Rolle", exact=True).click()
    section = page.locator("[data-section]").filter(has_text="Rolle").first
    expect(page.locator("[data-presence]")).to_contain_text("Karen Havbirk", timeout=SOON)
    expect(section.get_by_text("Karen skriver her.")).to_be_visible(timeout=SOON)
    other.keyboard.type("Nyt fra mødet. ")
    expect(section).to_contain_text("Nyt fra mødet.", timeout=SOON + 1_000)
    axe(page)


def test_sections_that_come_go_and_move_do_so_here_too(page: Page, charter: Charter) -> None:
    first, second, *_rest, last = charter.standing_sections()
    charter.move_section(first, up=False)
    expect(page.locator("[data-section] h2").first).to_have_text(second.heading, timeout=SOON)
    last.take_out()
    expect(page.locator("[data-section]")).to_have_count(4, timeout=SOON)
    charter.add_section("Økonomi og tid", body="Vi deler udgiften.")
    expect(page.locator("[data-section] h2").last).to_have_text("Økonomi og tid", timeout=SOON)


def test_a_reader_has_no_editor_and_no_tools(page: Page) -> None:
    expect(page.get_by_role("button", name="Tag ud")).to_have_count(0)
    expect(page.get_by_role("link", name="Rediger")).to_have_count(0)
    assert not page.evaluate(
        "performance.getEntriesByType('resource').some(r => r.name.includes('prose_editor/editor'))"
    )


def test_a_reader_is_told_when_the_network_is_gone_and_when_it_is_back(
    page: Page, no_console_errors: Watch
) -> None:
    no_console_errors.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    banner = page.locator("[data-banner]")
    expect(banner).to_contain_text("Ingen forbindelse. Teksten kan være ændret, siden du fik den.")
    page.context.set_offline(False)
    expect(banner).to_be_hidden(timeout=SOON)
