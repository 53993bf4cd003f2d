"""A passkey, with Chromium's own virtual key: made, and used instead of a password."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, assert_accessible
from tests.cast import Cast

PASSWORD = "gulerod kano tirsdag"


def plug_in_a_key(page: Page) -> str:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return str(made["authenticatorId"])


def test_a_passkey_is_made_and_then_stands_in_for_the_password(cast: Cast, open_page: OpenPage) -> None:
    cast.karen.set_password(PASSWORD)
    cast.karen.save()
    page = open_page()
    plug_in_a_key(page)
    page.goto("/konto/log-ind/?next=/konto/noegler/tilfoej/")
    page.get_by_label("E-mail").fill(cast.karen.email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.get_by_label("Adgangskode").fill(PASSWORD)  # asked again, before anything is changed
    page.get_by_role("button", name="Fortsæt").click()
    assert_accessible(page)
    page.get_by_role("button", name="Lav adgangsnøglen").click()
    expect(page.get_by_role("heading", name="Gendannelseskoder")).to_be_visible()
    assert_accessible(page)
    page.goto("/konto/min-adgang/")
    expect(page.get_by_text("fjern Min adgangsnøgle")).to_be_visible()
    page.get_by_role("button", name="Log ud").first.click()
    page.goto("/konto/log-ind/?next=//evil.example/")  # it leads nowhere: nothing is asked for elsewhere
    page.get_by_role("button", name="Log ind med en adgangsnøgle").click()
    expect(page.get_by_text("Karen Havbirk").first).to_be_visible()

    page.goto("/konto/bekraeft/noegle/?next=/konto/noegler/")  # it also says who one is before a change
    assert_accessible(page)
    page.get_by_role("button", name="Brug en adgangsnøgle").click()
    expect(page.get_by_role("heading", name="Adgangsnøgler")).to_be_visible()
    page.goto("/konto/min-adgang/")
    page.get_by_role("link", name="fjern Min adgangsnøgle").click()
    assert_accessible(page)
    page.get_by_role("button", name="Fjern adgangsnøglen").click()
    expect(page.get_by_text("Adgangsnøglen er fjernet.")).to_be_visible()
