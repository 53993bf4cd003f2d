"""The server is killed and started again while somebody types on: every word arrives, and none twice."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Timer

import pytest
from playwright.sync_api import Page

from charters.models import Charter
from tests.browser.conftest import OpenPage, Watch, sign_in
from tests.browser.draft_page import body, state_of
from tests.browser.unsaved import (
    NOT_SAVED,
    assert_once_each,
    at_end,
    expect_nothing_kept,
    expect_saved_at_last,
    type_words,
)
from tests.cast import Cast
from tests.support.restartable import Restartable


@pytest.fixture
def server(no_console_errors: Watch) -> Iterator[Restartable]:
    server = Restartable()
    no_console_errors.origin = server.url
    no_console_errors.expect("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def page(open_page: OpenPage, server: Restartable, cast: Cast, charter: Charter) -> Page:
    """The chair at her draft, on a server that can be killed."""
    page = open_page(base_url=server.url)
    sign_in(page, cast.karen, server.url)
    page.goto(charter.get_absolute_url())
    return page


def test_a_server_that_is_killed_and_started_again_while_one_types_loses_and_doubles_no_word(
    page: Page, server: Restartable, charter: Charter
) -> None:
    editor = at_end(page, "Rolle")
    killed, started = Timer(1.3, server.kill), Timer(4.3, server.start, kwargs={"wait": False})
    killed.start()
    started.start()
    typed: list[str] = []
    said = set()
    while not started.finished.is_set() or len(typed) % 8:
        more = [f"{len(typed) + at}genstart" for at in range(4)]
        type_words(page, more)
        typed += more
        page.wait_for_timeout(1000 if len(typed) % 8 else 100)  # long enough to save, now and then
        said.add(state_of(editor).inner_text())
    expect_saved_at_last(editor)
    assert NOT_SAVED in said
    assert_once_each(body(charter, "Rolle"), typed)
    expect_nothing_kept(page)
