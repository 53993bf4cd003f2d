"""What the tests of writing do on the page of a draft."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from charters.models import Charter


def edit(page: Page, heading: str) -> Locator:
    page.get_by_role("link", name=f"Rediger {heading}", exact=True).click()
    editor = page.get_by_role("textbox", name=f"Tekst i afsnittet »{heading}«")
    expect(editor).to_be_focused()
    return editor


def write(page: Page, heading: str, text: str) -> Locator:
    """Open a section and write ``text`` in it, in place of what it held."""
    editor = edit(page, heading)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    return editor


def form_of(editor: Locator) -> Locator:
    return editor.page.locator(".section-open").filter(has=editor)


def body(charter: Charter, heading: str) -> str:
    return str(charter.sections.get(heading=heading).body)
