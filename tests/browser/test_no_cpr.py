"""A draft that saves itself refuses a CPR number, loses no word, and goes on by itself when it is gone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from charters.models import Charter, SectionRevision
from tests.browser.conftest import PHONE, OpenPage, assert_accessible
from tests.browser.draft_page import body, edit, expect_saved, form_of, state_of, write, write_over
from tests.browser.test_meeting import meet
from tests.cast import Cast

NUMBER = "010190-4321"
TOLD = "»010190-…« ligner et CPR-nummer og kan ikke gemmes."


@pytest.fixture
def page(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    return page


def test_the_section_says_why_it_is_not_saved_and_is_when_the_number_is_taken_out(
    page: Page, charter: Charter
) -> None:
    before = body(charter, "Rolle")
    editor = write(page, "Rolle", f"Bo er formand {NUMBER}")
    expect(state_of(editor)).to_have_text("Ikke gemt: Se ved feltet, hvad der skal rettes.")
    expect(form_of(editor)).to_contain_text(TOLD)
    expect(editor).to_have_attribute("aria-invalid", "true")
    expect(editor).to_be_focused()
    assert_accessible(page)
    assert body(charter, "Rolle") == before

    page.reload()  # what was typed is kept in the browser, and still refused
    expect(form_of(editor)).to_contain_text(TOLD)
    expect(editor).to_have_text(f"Bo er formand {NUMBER}")
    assert not SectionRevision.objects.filter(body__contains=NUMBER).exists()

    editor.press("Control+End")
    for _ in NUMBER:
        page.keyboard.press("Backspace")
    expect_saved(editor)
    expect(form_of(editor)).not_to_contain_text(TOLD)
    expect(editor).to_have_attribute("aria-invalid", "false")
    assert body(charter, "Rolle") == "<p>Bo er formand</p>"


def test_a_number_taken_out_while_the_server_was_asked_is_not_waited_with(
    page: Page, charter: Charter
) -> None:
    waiting: list[Route] = []
    page.route("**/gem/", lambda route: waiting.append(route))
    with page.expect_request("**/gem/"):
        editor = write(page, "Rolle", NUMBER)
    write_over(page, "Bo er formand")
    page.wait_for_timeout(1500)  # longer than the editor waits before it saves again
    waiting[0].continue_()
    page.unroute("**/gem/")
    expect_saved(editor)
    assert body(charter, "Rolle") == "<p>Bo er formand</p>"


def test_a_number_in_a_heading_is_told_of_at_the_heading(page: Page, charter: Charter) -> None:
    editor = write(page, "Rolle", "Bo er formand")
    heading = form_of(editor).get_by_role("textbox", name="Overskrift")
    heading.fill(NUMBER)
    expect(heading).to_have_attribute("aria-invalid", "true")
    expect(form_of(editor)).to_contain_text(TOLD)
    heading.fill("Roller")
    expect_saved(editor)
    assert body(charter, "Roller") == "<p>Bo er formand</p>"


def test_the_meetings_page_refuses_it_too(open_page: OpenPage, cast: Cast, charter: Charter) -> None:
    page = open_page(cast.karen, viewport=PHONE)
    meet(page, charter, f"#{charter.sections.get(heading='Rolle').anchor}")
    editor = edit(page, "Rolle")
    write_over(page, f"Bo {NUMBER}")
    expect(form_of(editor)).to_contain_text(TOLD)
    assert not SectionRevision.objects.filter(body__contains=NUMBER).exists()
    write_over(page, "Bo er formand")
    expect_saved(editor)


def test_a_draft_from_before_leads_to_where_its_number_stands(
    open_page: OpenPage, cast: Cast, charter: Charter
) -> None:
    section = charter.sections.get(heading="Rolle")
    charter.sections.filter(pk=section.pk).update(body=f"<p>Bo {NUMBER}</p>")
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    missing = page.get_by_role("complementary", name="Det mangler")
    missing.get_by_role("link", name=re.compile("CPR-nummer")).click()
    expect(page.get_by_role("region", name="Rolle")).to_be_focused()
    expect_saved(write(page, "Rolle", "Bo er formand"))
    expect(missing).not_to_contain_text("CPR-nummer")
