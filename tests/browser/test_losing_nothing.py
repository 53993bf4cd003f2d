"""No word is lost: when saving fails, when one leaves, when somebody else was first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Dialog, Page, Route, expect

from charters.models import Charter
from tests import factories
from tests.browser.conftest import OpenPage, Watch
from tests.browser.draft_page import body, edit, form_of, write
from tests.cast import Cast

NOT_SAVED = "Ikke gemt. Din tekst står her stadig. Prøv igen."


@pytest.fixture
def page(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    """The chair at her draft."""
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    return page


def test_cancel_asks_only_when_there_is_something_to_lose(page: Page, charter: Charter) -> None:
    before = body(charter, "Rolle")
    edit(page, "Rolle")
    page.get_by_role("link", name="Annullér").click()
    expect(page.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    editor = write(page, "Rolle", "Kun et forsøg")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Annullér").click()
    expect(editor).to_have_text("Kun et forsøg")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Annullér").click()
    expect(page.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    assert asked == ["Din tekst er ikke gemt. Vil du kassere den?"]
    assert body(charter, "Rolle") == before


def test_leaving_with_unsaved_text_warns_and_without_does_not(page: Page) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    edit(page, "Rolle")
    page.reload()
    assert asked == []
    write(page, "Rolle", "Ikke gemt endnu")
    page.reload()
    assert asked == ["beforeunload"]


def test_a_text_beyond_all_bounds_is_kept_and_said_to_be_too_long(
    page: Page, no_console_errors: Watch
) -> None:
    no_console_errors.expect("status of 400|Error Code 400|htmx:")
    editor = edit(page, "Rolle")
    editor.evaluate("element => { element.firstChild.textContent = 'ord '.repeat(700_000) }")
    page.get_by_role("button", name="Gem afsnit").click()
    expect(form_of(editor).get_by_role("alert")).to_contain_text("for lang")
    assert len(editor.inner_text()) > 2_000_000


@pytest.mark.parametrize("failure", ["network", "server"])
def test_a_failed_save_keeps_the_text_says_so_and_can_be_sent_again(
    page: Page, charter: Charter, no_console_errors: Watch, failure: str
) -> None:
    no_console_errors.expect("ERR_FAILED|status of 500|Error Code 500|htmx:")
    editor = write(page, "Rolle", "Skrevet i toget")

    def fail(route: Route) -> None:
        route.abort() if failure == "network" else route.fulfill(status=500, body="<h1>Fejl</h1>")

    page.route("**/rediger/", fail, times=1)
    page.keyboard.press("Control+S")
    expect(form_of(editor).get_by_role("alert")).to_have_text(NOT_SAVED)
    expect(editor).to_have_text("Skrevet i toget")
    page.get_by_role("button", name="Gem afsnit").click()
    expect(page.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    assert body(charter, "Rolle") == "<p>Skrevet i toget</p>"


def test_a_press_that_came_to_nothing_says_so_where_it_was_made(page: Page, no_console_errors: Watch) -> None:
    no_console_errors.expect("ERR_FAILED|htmx:")
    page.route("**/kladde/afsnit/**", lambda route: route.abort(), times=2)
    section = page.get_by_role("region", name="Rolle")
    page.get_by_role("button", name="Ned: Rolle").click()
    expect(section.get_by_role("alert")).to_have_text("Det lykkedes ikke. Prøv igen, eller genindlæs siden.")
    page.get_by_role("link", name="Rediger Rolle").click()
    expect(section.get_by_role("alert")).to_have_count(1)
    edit(page, "Rolle")


def test_a_save_that_arrived_though_its_answer_did_not_is_no_conflict(
    page: Page, charter: Charter, no_console_errors: Watch
) -> None:
    no_console_errors.expect("ERR_FAILED|htmx:")
    editor = write(page, "Rolle", "Sendt to gange")

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/rediger/", lose_the_answer, times=1)
    page.keyboard.press("Control+S")
    expect(form_of(editor).get_by_role("alert")).to_have_text(NOT_SAVED)
    page.keyboard.press("Control+S")
    expect(page.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    assert charter.sections.get(heading="Rolle").revision == 1


def test_signed_out_meanwhile_one_signs_in_elsewhere_and_saves(
    page: Page, cast: Cast, charter: Charter
) -> None:
    editor = write(page, "Rolle", "Skrevet over to uger")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.keyboard.press("Control+S")
    expect(form_of(editor).get_by_role("alert")).to_contain_text(
        "Du er logget ud. Din tekst står her stadig."
    )
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("E-mail").fill(cast.karen.email)
    other.get_by_label("Adgangskode").fill(factories.PASSWORD)
    other.keyboard.press("Enter")
    other.wait_for_url(page.url)
    page.bring_to_front()
    page.get_by_role("button", name="Gem afsnit").click()
    expect(page.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    assert body(charter, "Rolle") == "<p>Skrevet over to uger</p>"


def test_a_writer_who_left_the_group_meanwhile_still_has_the_text(
    page: Page, cast: Cast, no_console_errors: Watch
) -> None:
    no_console_errors.expect("404|htmx:")
    editor = write(page, "Rolle", "For sent")
    cast.steering.memberships.get(person=cast.karen).end(on=factories.LONG_AGO)
    page.keyboard.press("Control+S")
    expect(form_of(editor).get_by_role("alert")).to_contain_text("Afsnittet kan ikke længere rettes.")
    expect(editor).to_have_text("For sent")


def test_two_who_write_the_same_section_see_both_texts_and_lose_none(
    page: Page, open_page: OpenPage, cast: Cast, charter: Charter, axe: Callable[[Page], None]
) -> None:
    other = open_page(cast.aase)
    other.goto(charter.get_absolute_url())
    mine = write(page, "Rolle", "Karens tekst")
    write(other, "Rolle", "Åses tekst")
    other.keyboard.press("Control+S")
    expect(other.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    page.keyboard.press("Control+S")
    conflict = page.get_by_role("alert").filter(has_text="Teksten er ændret i mellemtiden")
    expect(conflict).to_be_focused()
    expect(conflict).to_contain_text("Åses tekst")
    expect(mine).to_have_text("Karens tekst")
    axe(page)
    mine.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Åses og Karens tekst")
    page.keyboard.press("Control+S")
    expect(page.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    assert body(charter, "Rolle") == "<p>Åses og Karens tekst</p>"


def test_a_section_taken_out_meanwhile_is_put_back_with_what_was_written(
    page: Page, charter: Charter, no_console_errors: Watch
) -> None:
    no_console_errors.expect("status of 409|Error Code 409|htmx:")
    write(page, "Rolle", "Skrevet imens")
    charter.sections.get(heading="Rolle").take_out()
    page.keyboard.press("Control+S")
    told = page.get_by_role("alert").filter(has_text="Afsnittet er taget ud af en anden, mens du skrev.")
    expect(told).to_be_focused()
    expect(page.get_by_role("textbox", name="Tekst i afsnittet »Rolle«")).to_have_text("Skrevet imens")
    page.get_by_role("button", name="Sæt afsnittet ind igen, og gem").click()
    expect(page.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    saved = charter.sections.get(heading="Rolle")
    assert (saved.body, saved.is_removed) == ("<p>Skrevet imens</p>", False)


def test_moves_made_by_two_are_shown_to_both(page: Page, charter: Charter) -> None:
    first, second, *_rest = charter.standing_sections()
    charter.move_section(first, up=False)
    pressed = page.get_by_role("button", name=f"Ned: {first.heading}")
    pressed.click()  # the page has not seen that it moved already
    expect(page.locator(".sections > .section h2").first).to_have_text(second.heading)
    assert [s.heading for s in Charter.objects.get(pk=charter.pk).standing_sections()][1] == first.heading
    pressed.click()
    expect(page.locator(".sections > .section h2").nth(2)).to_have_text(first.heading)
    assert [s.heading for s in Charter.objects.get(pk=charter.pk).standing_sections()][2] == first.heading
