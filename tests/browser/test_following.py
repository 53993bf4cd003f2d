"""In a meeting: an obligation is followed up in its row, and the page stays where it is."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import PHONE, OpenPage
from tests.cast import Cast


def test_an_obligation_is_followed_up_in_two_clicks_in_its_row(
    open_page: OpenPage, cast: Cast, axe: Callable[[Page], None]
) -> None:
    factories.adopted(cast.steering)
    first, second = cast.steering.obligations.order_by("position")[:2]
    page = open_page(cast.karen)
    page.goto(reverse("charters:obligation-list", args=[cast.steering.slug]))
    row, other = page.locator(f"#{first.anchor}"), page.locator(f"#{second.anchor}")
    other.get_by_role("link", name="Følg op").click()
    other.get_by_label("Bemærkning").fill("Ikke sendt endnu.")
    row.get_by_role("link", name="Følg op").click()
    axe(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    row.get_by_label("Afviger").check()
    row.get_by_role("button", name="Gem").click()
    expect(row.get_by_text("skal I forklare hvorfor (følg-eller-forklar)").first).to_be_visible()
    row.get_by_label("I gang").check()
    row.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status")).to_contain_text("Opfølgningen er gemt.")
    expect(row).to_contain_text("I gang")
    expect(row.get_by_role("link", name="Følg op")).to_be_focused()
    expect(other.get_by_label("Bemærkning")).to_have_value("Ikke sendt endnu.")
    other.get_by_role("link", name="Annullér").click()
    expect(other.get_by_role("button", name="Gem")).to_have_count(0)
    assert [line.status for line in first.follow_ups.all()] == ["under_way"]
