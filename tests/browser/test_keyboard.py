"""The whole story by keyboard alone: on a desktop, at 200 % zoom, and on a phone's width.

Without motion: a page that glides to where the focus is has not arrived when a test looks.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Locator, Page, ViewportSize, expect

from charters.standard_texts import load_standard_texts
from members.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, OpenPage
from tests.browser.keyboard import Keyboard
from tests.cast import Cast
from tests.support.proof import IS_PROOF

# At 200 % a window of 1280 px has room for 640, each of them twice as large.
WINDOWS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "zoom": {"viewport": ViewportSize(width=640, height=450), "device_scale_factor": 2},
    "narrow": {"viewport": ViewportSize(width=360, height=740)},
}
LIST = "navn,e-mail,organisation,rolle,gruppe\nLone Bækhus,lone@odder.example,{organisation},Medlem,{group}\n"


@pytest.fixture(params=WINDOWS if IS_PROOF else ["zoom"])  # which is narrow, and low: the hardest
def window(request: pytest.FixtureRequest) -> dict[str, Any]:
    return WINDOWS[request.param]


@pytest.mark.long(30)
def test_a_chair_fills_in_meets_adopts_and_follows_up(
    open_page: OpenPage, window: dict[str, Any], cast: Cast
) -> None:
    with transaction.atomic():
        load_standard_texts()
    page = open_page(**window, reduced_motion="reduce")
    hands = Keyboard(page)
    sign_in(hands, cast.karen)
    hands.press(page.get_by_role("button", name=re.compile("^Udfyld kommissorium")))
    write_in_a_section(hands)
    hold_the_meeting(hands)
    adopt(hands)
    follow_up(hands)


@pytest.mark.long(30)
def test_the_secretariat_looks_over_everything_and_brings_a_list_in(
    open_page: OpenPage, window: dict[str, Any], cast: Cast
) -> None:
    page = open_page(**window, reduced_motion="reduce")  # where one is, not on the way there
    hands = Keyboard(page)
    sign_in(hands, cast.aase)
    hands.menu("Overblik")
    hands.write(page.get_by_label("Projekt, gruppe eller person"), "naturkort")
    page.keyboard.press("Enter")
    expect(main(page).get_by_role("link", name="OS2naturkort").first).to_be_visible()
    assert_fits(page)
    hands.menu("Personer")
    hands.press(main(page).get_by_role("link", name="Hent en liste ind"))
    with page.expect_file_chooser() as chosen:
        hands.press(page.get_by_label("Liste"), "Enter")
    rows = LIST.format(organisation=cast.karen.organisation, group=cast.steering.slug)
    chosen.value.set_files({"name": "nye.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    hands.press(page.get_by_role("button", name="Læs listen"))
    expect(page.get_by_role("heading", name="Se listen igennem")).to_be_visible()
    assert_fits(page)
    hands.press(page.get_by_role("button", name=re.compile("^Hent")).last)
    expect(page.get_by_text(re.compile("hentet ind")).first).to_be_visible()
    assert User.objects.filter(email="lone@odder.example").exists()


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def assert_fits(page: Page) -> None:
    """Nothing is to be scrolled sideways for."""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def sign_in(hands: Keyboard, user: User) -> None:
    page = hands.page
    page.goto("/")
    hands.press(main(page).get_by_role("link", name="Log ind"))
    hands.write(page.get_by_label("E-mail"), user.email)
    hands.write(page.get_by_label("Adgangskode"), factories.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mit mandat")).to_be_visible()
    assert_fits(page)


def write_in_a_section(hands: Keyboard) -> None:
    """Into the editor, and out of it again: it is no trap."""
    page = hands.page
    expect(page.locator("[data-presence] li")).to_have_count(1)  # the page's scripts are there
    hands.press(page.get_by_role("link", name="Rediger Rolle"))
    expect(page.get_by_role("textbox", name="Tekst i afsnittet »Rolle«")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Vi mødes fire gange om året.")
    assert_fits(page)
    hands.press(page.get_by_role("button", name="Færdig"))
    expect(page.get_by_role("article")).to_contain_text("Vi mødes fire gange om året.")


def hold_the_meeting(hands: Keyboard) -> None:
    page = hands.page
    hands.press(page.get_by_role("link", name="Mødevisning"))
    hands.press(page.get_by_role("checkbox", name=re.compile("Karen Havbirk")), "Space")
    expect(page.get_by_role("checkbox", name=re.compile("Karen Havbirk"))).to_be_checked()
    onward = page.get_by_role("button", name="Næste")
    while onward.is_enabled() and onward.is_visible():
        hands.press(onward)
        assert_fits(page)
    hands.press(page.get_by_role("link", name="Vedtag kommissoriet"))


def adopt(hands: Keyboard) -> None:
    page = hands.page
    tick = page.get_by_label(re.compile("Karen Havbirk"))
    if not tick.is_checked():
        hands.press(tick, "Space")
    assert_fits(page)
    hands.press(page.get_by_role("button", name="Vedtag kommissoriet"))
    expect(page.get_by_text("Kommissoriet er vedtaget.")).to_be_visible()


def follow_up(hands: Keyboard) -> None:
    page = hands.page
    hands.menu("Mit mandat")
    expect(page.get_by_role("heading", name="Mit mandat")).to_be_visible()
    hands.press(main(page).get_by_role("link", name=re.compile("^Vores forpligtelser")).first)
    expect(page.get_by_role("heading", name="Vores forpligtelser")).to_be_visible()
    assert_fits(page)
    hands.press(main(page).get_by_role("link", name=re.compile("^Følg op")).first)
    hands.press(page.get_by_label("I gang"), "Space")
    hands.write(page.get_by_label("Bemærkning"), "Drøftet på mødet.")
    assert_fits(page)
    hands.press(page.get_by_role("button", name="Gem"))
    expect(page.get_by_role("status").first).to_contain_text("Opfølgningen er gemt.")
    expect(main(page)).to_contain_text("Drøftet på mødet.")
