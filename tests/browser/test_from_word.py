"""A draft goes to Word, somebody fills it in there, and it comes back through the page."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from playwright.sync_api import FilePayload, Page, expect

from charters.documents.charter_word import WORD_TYPE
from charters.models import Charter
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.draft_page import body
from tests.cast import Cast


def filled_in() -> FilePayload:
    document = docx.Document()
    document.add_paragraph("Kære alle. Her er vores.")
    document.add_heading("Rolle", level=1)
    document.add_paragraph("Vi afgør alt.")
    document.add_heading("Økonomi", level=1)
    document.add_paragraph("Vi betaler selv.")
    document.add_heading("Ø" * 200, level=1)
    file = io.BytesIO()
    document.save(file)
    return FilePayload(name="vores.docx", mimeType=WORD_TYPE, buffer=file.getvalue())


def test_a_file_from_word_is_seen_through_and_brought_in(
    open_page: OpenPage, cast: Cast, charter: Charter, axe: Callable[[Page], None]
) -> None:
    money = body(charter, "Økonomiske forpligtelser")
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    page.get_by_role("link", name="Hent ind fra Word").click()
    page.get_by_label("Word-fil").set_input_files(filled_in())
    page.get_by_role("button", name="Læs filen").click()
    expect(page.get_by_role("heading", name="Se »vores.docx« igennem")).to_be_visible()
    axe(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_label("Tag med: Økonomiske forpligtelser").uncheck()
    page.get_by_label("Tilføj som nyt afsnit: Tekst før det første afsnit").check()
    page.get_by_label("Overskrift på det nye afsnit").fill("Indledning")
    page.get_by_role("button", name="Hent ind i udkastet").click()
    expect(page.get_by_role("heading", name="Ø" * 200)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.get_by_role("heading", name="Indledning", exact=True)).to_be_visible()
    assert body(charter, "Rolle") == "<p>Vi afgør alt.</p>"
    assert body(charter, "Økonomiske forpligtelser") == money
