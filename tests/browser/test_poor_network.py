"""The network comes and goes, the server too, and every word that was typed is in the database, once."""

from __future__ import annotations

import time
from typing import Any
from unittest import mock

import pytest
from playwright.sync_api import Page, Route, expect

from charters.models import Charter, Section
from tests.browser.conftest import OpenPage, Watch
from tests.browser.draft_page import body, state_of
from tests.browser.unsaved import (
    NOT_SAVED,
    OFFLINE,
    assert_once_each,
    at_end,
    at_point,
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
    no_console_errors.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of (500|502)")


@pytest.fixture
def page(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    """The chair at her draft."""
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    return page


# --- Offline, and back ----------------------------------------------------------------------------------


def test_offline_one_writes_on_in_two_sections_while_another_writes_in_one_of_them(
    page: Page, open_page: OpenPage, cast: Cast, charter: Charter
) -> None:
    banner = page.locator("[data-banner]")
    first = at_point(page, 2)
    type_words(page, words("før", 2))
    page.context.set_offline(True)
    type_words(page, words("uden", 3))
    expect(banner).to_contain_text(OFFLINE)
    expect(state_of(first)).to_have_text(NOT_SAVED)
    second = at_end(page, "Rolle")
    type_words(page, words("rolle", 3))
    expect(state_of(second)).to_have_text(NOT_SAVED)

    jonas = open_page(cast.aase)
    jonas.goto(charter.get_absolute_url())
    theirs = at_point(jonas, 4)
    type_words(jonas, words("hendes", 2))
    expect_saved_at_last(theirs)

    page.context.set_offline(False)
    expect_saved_at_last(first)
    expect_saved_at_last(second)
    expect(banner).to_be_hidden()
    expect(page.get_by_role("status")).to_contain_text("Der er forbindelse igen.")
    expect(first.locator("li").nth(3)).to_contain_text("hendes2x")
    assert_once_each(points(charter)[1], words("før", 2) + words("uden", 3))
    assert_once_each(points(charter)[3], words("hendes", 2))
    assert_once_each(body(charter, "Rolle"), words("rolle", 3))
    expect_nothing_kept(page)


def test_two_windows_of_one_person_offline_in_the_same_section_both_come_back(
    page: Page, charter: Charter
) -> None:
    second = page.context.new_page()
    second.goto(page.url)
    one, other = at_point(page, 1), at_point(second, 4)
    page.context.set_offline(True)
    page.bring_to_front()
    type_words(page, words("ene", 3))
    expect(state_of(one)).to_have_text(NOT_SAVED)
    second.bring_to_front()
    type_words(second, words("anden", 3))
    expect(state_of(other)).to_have_text(NOT_SAVED)
    page.context.set_offline(False)
    expect_saved_at_last(one)
    expect_saved_at_last(other)
    expect(one.locator("li").nth(3)).to_contain_text("anden3x")
    expect(other.locator("li").first).to_contain_text("ene3x")
    assert_once_each(points(charter)[0], words("ene", 3))
    assert_once_each(points(charter)[3], words("anden", 3))


# --- The server fails ------------------------------------------------------------------------------------


def test_answers_that_are_lost_while_one_types_on_double_no_word(page: Page, charter: Charter) -> None:
    lost = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/gem/", lose_the_answer, times=3)
    editor = at_end(page, "Rolle")
    typed = words("tabt", 15)
    for at in range(0, len(typed), 3):
        type_words(page, typed[at : at + 3])
        page.wait_for_timeout(200 if at % 2 else 1000)  # some pauses are long enough to save, some not
    expect_saved_at_last(editor)
    assert lost == [200, 200, 200]
    assert_once_each(body(charter, "Rolle"), typed)


def test_a_slow_server_doubles_no_word(page: Page, charter: Charter) -> None:
    rewrite = Section.rewrite

    def slowly(section: Section, **fields: Any) -> Any:
        saved = rewrite(section, **fields)
        time.sleep(3)
        return saved

    typed = words("langsom", 12)
    with mock.patch.object(Section, "rewrite", slowly):
        editor = at_end(page, "Rolle")
        type_words(page, typed[:4])
        expect(state_of(editor)).to_have_text("Gemmer …")
        page.wait_for_timeout(1200)
        type_words(page, typed[4:])
    expect_saved_at_last(editor)
    assert_once_each(body(charter, "Rolle"), typed)


@pytest.mark.parametrize("status", [500, 502])
def test_a_server_that_answers_with_an_error_is_asked_again(
    page: Page, charter: Charter, status: int
) -> None:
    page.route(
        "**/gem/",
        lambda route: route.fulfill(status=status, content_type="text/html", body="<h1>Fejl</h1>"),
        times=2,
    )
    editor = at_end(page, "Rolle")
    typed = words("fejl", 9)
    type_words(page, typed[:3])
    expect(state_of(editor)).to_have_text(NOT_SAVED)
    type_words(page, typed[3:6])
    assert kept(page) != []
    page.wait_for_timeout(1000)
    type_words(page, typed[6:])
    expect_saved_at_last(editor)
    assert_once_each(body(charter, "Rolle"), typed)
    expect_nothing_kept(page)
