"""No word is lost: when saving fails, when one leaves, when somebody else was first."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest
from django.conf import settings
from playwright.sync_api import Dialog, Page, Route, expect

from charters.adoption import adopt
from charters.models import Charter
from tests import factories
from tests.browser.conftest import OpenPage, Watch
from tests.browser.draft_page import body, edit, expect_saved, form_of, state_of, write, write_over
from tests.browser.unsaved import all_in_the_browser, expect_nothing_kept, kept
from tests.cast import Cast

NOT_SAVED = "Ikke gemt – forsøger igen"


@pytest.fixture
def page(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    """The chair at her draft."""
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    return page


def test_leaving_never_warns_of_text_that_the_browser_keeps_and_it_comes_back(
    page: Page, charter: Charter, no_console_errors: Watch
) -> None:
    no_console_errors.expect("ERR_FAILED")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.route("**/gem/", lambda route: route.abort())
    editor = write(page, "Rolle", "Ikke sendt endnu")
    expect(state_of(editor)).to_have_text(NOT_SAVED)
    page.unroute("**/gem/")
    page.reload()
    expect(editor).to_have_text("Ikke sendt endnu")
    expect_saved(editor)
    assert asked == []
    assert body(charter, "Rolle") == "<p>Ikke sendt endnu</p>"
    expect_nothing_kept(page)


def test_leaving_with_text_that_is_neither_saved_nor_kept_warns(page: Page, no_console_errors: Watch) -> None:
    no_console_errors.expect("ERR_FAILED")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.route("**/gem/", lambda route: route.abort())
    page.evaluate("void (IDBObjectStore.prototype.put = () => { throw new Error('full') })")
    editor = write(page, "Rolle", "Ingen steder")
    expect(state_of(editor)).to_have_text(NOT_SAVED)
    page.reload()
    assert asked == ["beforeunload"]


def test_leaving_warns_of_a_standard_text_and_of_a_heading_that_are_not_saved(
    open_page: OpenPage, cast: Cast, charter: Charter, no_console_errors: Watch
) -> None:
    no_console_errors.expect("ERR_FAILED|htmx:")
    page = open_page(cast.aase)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto(factories.template(cast.steering.kind).new_version().get_absolute_url())
    page.route(
        "**/rediger/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    editor = write(page, "Rolle", "Ikke gemt")
    page.keyboard.press("Control+S")
    expect(form_of(editor).locator(".save-state")).to_contain_text("Ikke gemt.")
    page.reload()
    assert asked == ["beforeunload"]
    page.goto(f"{charter.get_absolute_url()}hoved/")
    page.get_by_label("Projektets navn").fill("OS2andet")
    page.reload()
    assert asked == ["beforeunload"] * 2
    page.get_by_label("Projektets navn").fill("OS2andet")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Kommissoriets hoved er gemt.")).to_be_visible()
    assert asked == ["beforeunload"] * 2


def test_what_is_kept_in_the_browser_cannot_be_read_there(page: Page, no_console_errors: Watch) -> None:
    no_console_errors.expect("ERR_FAILED")
    page.route("**/gem/", lambda route: route.abort())
    editor = write(page, "Rolle", "Hemmeligt udkast")
    expect(state_of(editor)).to_have_text(NOT_SAVED)
    assert len(kept(page)) == 1
    assert "os2:kept:" in all_in_the_browser(page)
    assert "Hemmeligt" not in all_in_the_browser(page)


def test_a_text_beyond_all_bounds_is_kept_and_said_to_be_too_long(
    page: Page, no_console_errors: Watch
) -> None:
    no_console_errors.expect("status of 400|status of 413")
    editor = edit(page, "Rolle")
    editor.evaluate("element => { element.firstChild.textContent = 'ord '.repeat(700_000) }")
    page.keyboard.press("Control+S")
    expect(state_of(editor)).to_contain_text("for lang", timeout=30_000)
    assert len(editor.inner_text()) > 2_000_000


@pytest.mark.parametrize("failure", ["network", "server"])
def test_a_failed_save_keeps_the_text_says_so_and_is_sent_again(
    page: Page, charter: Charter, no_console_errors: Watch, failure: str
) -> None:
    no_console_errors.expect("ERR_FAILED|status of 500")

    def fail(route: Route) -> None:
        route.abort() if failure == "network" else route.fulfill(status=500, body="<h1>Fejl</h1>")

    page.route("**/gem/", fail, times=2)
    editor = write(page, "Rolle", "Skrevet i toget")
    expect(state_of(editor)).to_have_text(NOT_SAVED)
    expect(page.get_by_role("status")).to_contain_text(f"»Rolle«: {NOT_SAVED}")
    expect(editor).to_have_text("Skrevet i toget")
    expect_saved(editor)
    expect(page.get_by_role("status")).to_contain_text("»Rolle«: Gemt")
    assert body(charter, "Rolle") == "<p>Skrevet i toget</p>"


def test_a_press_that_came_to_nothing_says_so_where_it_was_made(page: Page, no_console_errors: Watch) -> None:
    no_console_errors.expect("ERR_FAILED|htmx:")
    page.route("**/kladde/afsnit/**", lambda route: route.abort(), times=1)
    section = page.get_by_role("region", name="Rolle")
    page.get_by_role("button", name="Ned: Rolle").click()
    expect(section.get_by_role("alert")).to_have_text("Ingen forbindelse. Prøv igen, når der er forbindelse.")


def test_a_save_that_arrived_though_its_answer_did_not_is_no_conflict(
    page: Page, charter: Charter, no_console_errors: Watch
) -> None:
    no_console_errors.expect("ERR_FAILED")

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/gem/", lose_the_answer, times=1)
    editor = write(page, "Rolle", "Sendt to gange")
    expect(state_of(editor)).to_have_text(NOT_SAVED)
    page.keyboard.type(" og skrevet videre på")
    expect_saved(editor)
    assert body(charter, "Rolle") == "<p>Sendt to gange og skrevet videre på</p>"
    assert charter.sections.get(heading="Rolle").revision == 2


def test_signed_out_meanwhile_one_signs_in_elsewhere_and_it_is_saved_by_itself(
    page: Page, cast: Cast, charter: Charter, no_console_errors: Watch
) -> None:
    no_console_errors.expect("status of 401")
    editor = edit(page, "Rolle")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write_over(page, "Skrevet over to uger")
    expect(state_of(editor)).to_contain_text("Du er logget ud. Din tekst står her stadig.")
    expect(page.get_by_role("status")).to_contain_text("Du er logget ud")
    with page.context.expect_page() as opened:
        state_of(editor).get_by_role("link", name="Log ind i et nyt vindue").click()
    other = opened.value
    other.get_by_label("E-mail").fill(cast.karen.email)
    other.get_by_label("Adgangskode").fill(factories.PASSWORD)
    other.keyboard.press("Enter")
    other.wait_for_url(page.url)
    page.bring_to_front()
    expect_saved(editor)
    assert body(charter, "Rolle") == "<p>Skrevet over to uger</p>"


def test_a_writer_who_left_the_group_meanwhile_still_has_the_text(
    page: Page, cast: Cast, no_console_errors: Watch
) -> None:
    no_console_errors.expect("status of 404")
    editor = edit(page, "Rolle")
    cast.steering.memberships.get(person=cast.karen).end(on=factories.LONG_AGO)
    write_over(page, "For sent")
    expect(state_of(editor)).to_contain_text("Afsnittet kan ikke længere rettes.")
    expect(editor).to_have_text("For sent")


def test_what_was_written_when_the_charter_was_adopted_is_shown_to_be_copied(
    page: Page, cast: Cast, charter: Charter, no_console_errors: Watch, axe: Callable[[Page], None]
) -> None:
    no_console_errors.expect("status of 410")
    editor = edit(page, "Rolle")
    with mock.patch("charters.adoption.charter_pdf", return_value=factories.PDF):
        adopt(charter, by=cast.karen, on=factories.LONG_AGO)
    write_over(page, "For sent")
    expect(state_of(editor)).to_contain_text("vedtaget")
    lost = page.get_by_role("group", name="Din tekst kom ikke med")
    expect(lost).to_contain_text("For sent")
    axe(page)
    page.once("dialog", lambda dialog: dialog.accept())
    lost.get_by_role("button", name="Smid den væk").click()
    expect(lost).to_have_count(0)
    expect_nothing_kept(page)


def test_moves_made_by_two_are_shown_to_both(page: Page, charter: Charter) -> None:
    first, second, *_rest = charter.standing_sections()
    page.route("**/puls/", lambda _route: None)  # never answered: the page hears of nothing by itself
    charter.move_section(first, up=False)
    pressed = page.get_by_role("button", name=f"Ned: {first.heading}")
    pressed.click()  # the page has not seen that it moved already
    expect(page.locator(".sections > .section h2").first).to_have_text(second.heading)
    assert [s.heading for s in Charter.objects.get(pk=charter.pk).standing_sections()][1] == first.heading
    pressed.click()
    expect(page.locator(".sections > .section h2").nth(2)).to_have_text(first.heading)
    assert [s.heading for s in Charter.objects.get(pk=charter.pk).standing_sections()][2] == first.heading
