"""What the tests of a bad network do: they type words that are easy to count, and look for each of them."""

from __future__ import annotations

from collections import Counter

from playwright.sync_api import Locator, Page, expect

from charters.models import Charter
from charters.models.section import SectionRevision
from charters.text import plain
from tests.browser.draft_page import SAVED, body, edit, state_of

POINTS = "Forpligtelser i forhold til udvikling"
MONEY = "Økonomiske forpligtelser"
NOT_SAVED = "Ikke gemt – forsøger igen"
AGAIN = 20_000  # milliseconds in which the page must have tried again, on a busy machine too
OFFLINE = "Ingen forbindelse. Skriv videre"


def words(name: str, number: int) -> list[str]:
    """Words that stand nowhere else, none of which is part of another."""
    return [f"{name}{at}x" for at in range(1, number + 1)]


def type_words(page: Page, typed: list[str], *, delay: float = 10) -> None:
    """Type them at the hand's own speed, each behind the last."""
    for word in typed:
        page.keyboard.type(f" {word}", delay=delay)


def at_end(page: Page, heading: str) -> Locator:
    """Open a section, with the cursor behind all it says."""
    editor = edit(page, heading)
    page.keyboard.press("Control+End")
    return editor


def at_point(page: Page, number: int) -> Locator:
    """Open the section with points, with the cursor at the end of one of them."""
    editor = edit(page, POINTS)
    editor.locator("li").nth(number - 1).click()
    page.keyboard.press("End")
    return editor


def expect_saved_at_last(editor: Locator) -> None:
    """The page waits longer after each failure; all that is left is saved at the next success."""
    expect(state_of(editor)).to_have_text(SAVED, timeout=AGAIN)


def points(charter: Charter) -> list[str]:
    return plain(body(charter, POINTS)).splitlines()


def assert_once_each(text: str, typed: list[str]) -> None:
    """Every word stands in the text, once, and in the order in which it was typed."""
    expected = set(typed)
    found = [word for word in plain(text).split() if word in expected]
    assert {word: n for word, n in Counter(found).items() if n > 1} == {}
    assert found == typed


def ever_saved(charter: Charter) -> str:
    """Every text that was ever saved, in force or not."""
    return " ".join(SectionRevision.objects.filter(section__charter=charter).values_list("body", flat=True))


def kept(page: Page) -> list[str]:
    """The names of the texts that the browser keeps for want of a server."""
    return sorted(_shelf(page))


def expect_nothing_kept(page: Page) -> None:
    """All that was kept is saved, and forgotten."""
    for _ in range(AGAIN // 200):
        if not kept(page):
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"Still kept: {kept(page)}")


def all_in_the_browser(page: Page) -> str:
    """Everything the next person at the machine could read there."""
    stored = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, document.title])")
    return f"{stored} {_shelf(page)}"


def _shelf(page: Page) -> dict[str, str]:
    texts: dict[str, str] = page.evaluate(
        """async () => {
            const shelf = await import("writing/shelf");
            const texts = {};
            for (const name of await shelf.names()) texts[name] = await shelf.take(name);
            return texts;
        }"""
    )
    return texts
