"""What the tests of writing do on the page of a draft."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from charters.models import Charter

SAVED = re.compile(r"^Gemt \d\d\.\d\d$")


def edit(page: Page, heading: str) -> Locator:
    """Open a section; its editor has the focus."""
    page.get_by_role("link", name=f"Rediger {heading}", exact=True).click()
    editor = page.get_by_role("textbox", name=f"Tekst i afsnittet »{heading}«")
    expect(editor).to_be_focused()
    return editor


def write(page: Page, heading: str, text: str) -> Locator:
    """Open a section and write ``text`` in it, in place of what it held."""
    editor = edit(page, heading)
    write_over(page, text)
    return editor


def write_over(page: Page, text: str) -> None:
    """Write in place of what the editor with the focus holds."""
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def form_of(editor: Locator) -> Locator:
    return editor.page.locator(".section-open").filter(has=editor)


def state_of(editor: Locator) -> Locator:
    """The line that says how it stands with what is written in a section."""
    return form_of(editor).locator(".section-state")


def expect_saved(editor: Locator) -> None:
    expect(state_of(editor)).to_have_text(SAVED)


def finish(page: Page, heading: str) -> None:
    """Press "Færdig" in the only section that is open; it is saved and closed."""
    page.get_by_role("button", name="Færdig").click()
    expect(page.get_by_role("link", name=f"Rediger {heading}", exact=True)).to_be_focused()


def body(charter: Charter, heading: str) -> str:
    return str(charter.sections.get(heading=heading).body)
