"""What no server had is in the browser, for the one who wrote it: after a crash, a sign-out, an adoption."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError
from pytest_django.live_server_helper import LiveServer

from charters.adoption import adopt
from charters.models import Charter
from members.models import Membership
from tests import factories
from tests.browser.conftest import SILENT, OpenPage, Watch, find_chromium, sign_in
from tests.browser.draft_page import body, state_of
from tests.browser.unsaved import (
    NOT_SAVED,
    POINTS,
    all_in_the_browser,
    assert_once_each,
    at_end,
    at_point,
    ever_saved,
    expect_nothing_kept,
    expect_saved_at_last,
    kept,
    points,
    type_words,
    words,
)
from tests.cast import Cast


@pytest.fixture(autouse=True)
def no_fuss(no_console_errors: Watch) -> None:
    no_console_errors.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of (401|410)")


@pytest.fixture
def page(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    """The chair at her draft."""
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    return page


def close(page: Page) -> None:
    page.close()


def close_as_people_do(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def crash(page: Page) -> None:
    with suppress(PlaywrightError):
        page.goto("chrome://crash")
    page.close()


def write_offline(page: Page, typed: list[str]) -> None:
    """Write at the end of "Rolle" without network, until it says so."""
    editor = at_end(page, "Rolle")
    page.context.set_offline(True)
    type_words(page, typed)
    expect(state_of(editor)).to_have_text(NOT_SAVED)


# --- The window is gone ---------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [close, close_as_people_do, crash])
def test_a_window_that_is_gone_while_offline_leaves_its_text_to_the_next(
    page: Page, charter: Charter, end: Callable[[Page], None]
) -> None:
    context, typed = page.context, words("uden", 4)
    write_offline(page, typed[:3])
    type_words(page, typed[3:])
    page.wait_for_timeout(1000)  # until it is kept
    end(page)
    context.set_offline(False)
    again = context.new_page()
    again.goto(charter.get_absolute_url())
    editor = again.get_by_role("textbox", name="Tekst i afsnittet »Rolle«")
    expect(editor).to_contain_text("uden4x")
    expect(again.get_by_role("status")).to_contain_text("Tekst, der ikke var gemt, er hentet frem")
    expect_saved_at_last(editor)
    assert_once_each(body(charter, "Rolle"), typed)
    expect_nothing_kept(again)


@pytest.mark.parametrize("first_is", ["gone", "loaded again"])
def test_two_windows_that_wrote_in_one_section_leave_both_their_texts(
    page: Page, charter: Charter, first_is: str
) -> None:
    context = page.context
    second = context.new_page()
    second.goto(page.url)
    at_point(page, 1)
    at_point(second, 4)
    context.set_offline(True)
    for window, name in ((page, "ene"), (second, "anden")):
        window.bring_to_front()
        type_words(window, words(name, 2))
        expect(window.locator(".section-open .section-state")).to_have_text(NOT_SAVED)
    second.close()
    context.set_offline(False)
    again = page
    if first_is == "gone":
        page.close()
        again = context.new_page()
    again.goto(charter.get_absolute_url())
    editor = again.get_by_role("textbox", name=f"Tekst i afsnittet »{POINTS}«")
    expect(editor).to_contain_text("ene2x")
    expect(editor).to_contain_text("anden2x")
    expect_saved_at_last(editor)
    assert_once_each(points(charter)[0], words("ene", 2))
    assert_once_each(points(charter)[3], words("anden", 2))
    expect_nothing_kept(again)


def test_a_browser_that_is_killed_while_offline_leaves_its_text_to_the_next(
    browser: Browser,
    live_server: LiveServer,
    no_console_errors: Watch,
    tmp_path: Path,
    cast: Cast,
    charter: Charter,
) -> None:
    def start() -> Page:
        context = browser.browser_type.launch_persistent_context(
            tmp_path,
            executable_path=find_chromium(browser.browser_type),
            args=SILENT,
            base_url=live_server.url,
        )
        no_console_errors.over(context)
        sign_in(context.pages[0], cast.karen, live_server.url)
        context.pages[0].goto(charter.get_absolute_url())
        return context.pages[0]

    page, typed = start(), words("uden", 3)
    write_offline(page, typed)
    page.wait_for_timeout(1000)  # until it is kept
    with suppress(PlaywrightError):
        page.context.new_cdp_session(page).send("Browser.crash")
    page = start()
    expect_saved_at_last(page.get_by_role("textbox", name="Tekst i afsnittet »Rolle«"))
    assert_once_each(body(charter, "Rolle"), typed)
    page.context.close()


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("after", [0, 150, 350])
def test_leaving_in_the_middle_of_a_word_and_going_back_loses_none(
    page: Page, cast: Cast, charter: Charter, online: bool, after: int
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    at_end(page, "Rolle")
    page.context.set_offline(not online)
    typed = words("væk", 5)
    type_words(page, typed)
    page.wait_for_timeout(after)
    with suppress(PlaywrightError):
        page.goto(cast.steering.get_absolute_url())
    page.context.set_offline(False)
    page.go_back()
    expect(page.locator("#tekst")).to_contain_text(typed[-1])
    expect_nothing_kept(page)
    expect(page.locator("[data-conflict]")).to_have_count(0)
    assert_once_each(body(charter, "Rolle"), typed)


# --- Signed out -----------------------------------------------------------------------------------------


def test_signed_out_one_writes_on_and_it_is_saved_when_one_is_back(
    page: Page, cast: Cast, charter: Charter, live_server: LiveServer
) -> None:
    editor = at_end(page, "Rolle")
    typed = words("ud", 6)
    type_words(page, typed[:2])
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    type_words(page, typed[2:4])
    expect(state_of(editor)).to_contain_text("Du er logget ud. Din tekst står her stadig.")
    expect(state_of(editor).get_by_role("link", name="Log ind i et nyt vindue")).to_be_visible()
    type_words(page, typed[4:])
    sign_in(page, cast.karen, live_server.url)
    other = page.context.new_page()
    other.goto(cast.steering.get_absolute_url())
    page.bring_to_front()
    expect_saved_at_last(editor)
    expect(page.locator("[data-banner]")).to_be_hidden()
    assert_once_each(body(charter, "Rolle"), typed)


def test_somebody_else_who_signs_in_in_the_browser_sees_nothing_and_saves_nothing(
    page: Page, cast: Cast, charter: Charter, live_server: LiveServer
) -> None:
    context, typed = page.context, words("privat", 4)
    editor = at_end(page, "Rolle")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    type_words(page, typed[:2])
    expect(state_of(editor)).to_contain_text("Du er logget ud")
    sign_in(page, cast.aase, live_server.url)
    type_words(page, typed[2:])
    expect(state_of(editor)).to_contain_text("En anden er logget ind i denne browser")
    page.goto(page.url)  # the one who signed in goes on in the same window
    expect(page.locator("[data-presence]")).to_contain_text("Åse Kildevang (dig)")
    expect(page.get_by_role("textbox", name="Tekst i afsnittet »Rolle«")).to_have_count(0)
    assert "privat" not in page.content()
    assert len(kept(page)) == 1
    assert "privat" not in all_in_the_browser(page)
    assert "privat" not in ever_saved(charter)

    sign_in(page, cast.karen, live_server.url)
    page.goto(page.url)
    expect_saved_at_last(page.get_by_role("textbox", name="Tekst i afsnittet »Rolle«"))
    assert_once_each(body(charter, "Rolle"), typed)
    expect_nothing_kept(page)


# --- Taken out meanwhile --------------------------------------------------------------------------------


def test_taken_out_while_the_window_was_closed_the_text_is_in_the_history(
    page: Page, cast: Cast, charter: Charter, no_console_errors: Watch
) -> None:
    no_console_errors.expect("status of 409")
    typed = words("udenfor", 4)
    write_offline(page, typed)
    context, address = page.context, page.url
    page.close()
    charter.sections.get(heading="Rolle").take_out(by=cast.aase)
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    lost = again.get_by_role("group", name="Din tekst kom ikke med")
    expect(lost).to_contain_text("er gemt i afsnittets historik")
    expect(lost).to_contain_text(typed[-1])
    assert typed[-1] in ever_saved(charter)


# --- Adopted meanwhile ----------------------------------------------------------------------------------


def adopt_it(charter: Charter, cast: Cast) -> None:
    with mock.patch("charters.adoption.charter_pdf", return_value=factories.PDF):
        adopt(charter, by=cast.karen, on=factories.LONG_AGO)


def assert_it_can_be_copied(page: Page, typed: list[str]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lost = page.get_by_role("group", name="Din tekst kom ikke med")
    expect(lost).to_contain_text(typed[-1])
    lost.get_by_role("button", name="Kopiér teksten").click()
    expect(page.locator("#skrivestatus")).to_contain_text("Teksten er kopieret.")
    assert_once_each(page.evaluate("navigator.clipboard.readText()"), typed)


def test_adopted_while_one_wrote_offline_the_text_is_shown_to_be_copied(
    page: Page, cast: Cast, charter: Charter
) -> None:
    typed = words("forgæves", 4)
    write_offline(page, typed)
    adopt_it(charter, cast)
    page.context.set_offline(False)
    expect(page.locator("[data-banner]")).to_contain_text("vedtaget")
    assert_it_can_be_copied(page, typed)
    assert "forgæves" not in ever_saved(charter)


def test_adopted_while_the_window_was_closed_the_text_is_shown_to_be_copied(
    page: Page, cast: Cast, charter: Charter, axe: Callable[[Page], None]
) -> None:
    typed = words("forgæves", 4)
    write_offline(page, typed)
    context, address = page.context, page.url
    page.close()
    adopt_it(charter, cast)
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    assert_it_can_be_copied(again, typed)
    axe(again)
    assert "forgæves" not in ever_saved(charter)


def test_who_may_only_read_now_is_shown_what_they_had_written(
    page: Page, cast: Cast, charter: Charter, axe: Callable[[Page], None]
) -> None:
    typed = words("forgæves", 4)
    write_offline(page, typed)
    context, address = page.context, page.url
    page.close()
    membership = cast.steering.memberships.get(person=cast.karen)
    membership.role = Membership.Role.MEMBER
    membership.save()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    assert_it_can_be_copied(again, typed)
    axe(again)
