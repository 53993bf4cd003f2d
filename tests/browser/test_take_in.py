"""OS2 improves the standard text; a group that had changed its own takes it in and chooses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from charters.models import Charter, CharterTemplate
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.draft_page import body, expect_saved, write
from tests.cast import Cast

ROLE, MONEY = "Rolle", "Økonomiske forpligtelser"


def publish(cast: Cast) -> None:
    new = CharterTemplate.objects.published().of_kind("steering").get().new_version()
    role = new.sections.get(heading=ROLE)
    role.rewrite(heading=ROLE, body="Styregruppen er OS2s.", base=role.revision)
    new.add_section("Åbenhed", body="<p>Referater er åbne.</p>")
    new.publish(by=cast.aase, note="Mere åbenhed.")


@pytest.mark.long(10)
def test_a_group_with_two_changes_of_its_own_takes_in_a_new_version(
    open_page: OpenPage, cast: Cast, charter: Charter, axe: Callable[[Page], None]
) -> None:
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    role = page.locator("[data-section]").filter(has=page.get_by_role("heading", name=ROLE, exact=True))
    expect(role.locator("[data-origin]")).to_have_text("Standardtekst")
    expect_saved(write(page, ROLE, "Styregruppen er vores egen."))
    page.get_by_role("button", name="Færdig").click()
    expect(role.locator("[data-origin]")).to_have_text("Tilpasset")
    expect_saved(write(page, MONEY, "Vi betaler selv."))
    publish(cast)
    page.goto(charter.get_absolute_url())
    page.get_by_role("link", name="Se ændringerne, og tag dem ind").click()
    expect(page.get_by_role("heading", name="I vælger")).to_be_visible()
    page.get_by_text(ROLE, exact=True).click()
    expect(page.locator("details[open] ins").first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Tag ændringerne ind").click()
    expect(page.get_by_role("heading", name="Åbenhed", exact=True)).to_be_visible()
    expect(page.get_by_role("complementary", name="Det mangler")).to_contain_text(f"OS2s ordlyd i »{ROLE}«")
    axe(page)
    page.set_viewport_size(PHONE)
    role.get_by_role("link", name="Vælg ordlyd").click()  # the two texts come to where the section stands
    expect(role.get_by_role("button", name="Behold vores")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Brug OS2s").click()
    expect(role).to_contain_text("Styregruppen er OS2s.")
    expect(role.get_by_text("OS2 har også ændret dette sted.")).to_be_hidden()
    expect(role.locator("[data-origin]")).to_have_text("Standardtekst")
    assert body(charter, MONEY) == "<p>Vi betaler selv.</p>"
