"""Two people, or two windows, at one draft: nobody is disturbed, and all that was typed is stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from charters.models import Charter, Section
from charters.models.section import SectionRevision
from charters.text import plain
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.draft_page import (
    body,
    edit,
    expect_saved,
    finish,
    form_of,
    state_of,
    write,
    write_over,
)
from tests.cast import Cast

POINTS = "Forpligtelser i forhold til udvikling"
SOON = 8_000  # milliseconds in which others' changes must have come, on a busy machine too


@pytest.fixture
def karen(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    return at_the_draft(open_page(cast.karen), charter)


@pytest.fixture
def aase(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    return at_the_draft(open_page(cast.aase), charter)


def at_the_draft(page: Page, charter: Charter) -> Page:
    page.goto(charter.get_absolute_url())
    expect(page.locator("[data-presence]")).to_contain_text("(dig)")
    return page


def at_point(page: Page, number: int) -> Locator:
    """The editor of the section with points, with the cursor at the end of one of them."""
    editor = edit(page, POINTS)
    put_cursor(editor, number)
    return editor


def put_cursor(editor: Locator, number: int) -> None:
    editor.locator("li").nth(number - 1).click()
    editor.page.keyboard.press("End")


def section(page: Page, heading: str) -> Locator:
    return page.get_by_role("region", name=heading, exact=True)


def words_of(charter: Charter) -> str:
    """Every text that was ever saved."""
    return " ".join(SectionRevision.objects.filter(section__charter=charter).values_list("body", flat=True))


def conflict_at(page: Page) -> Locator:
    return page.locator("[data-conflict]")


# --- Side by side ------------------------------------------------------------------------------------


def test_two_in_different_sections_never_disturb_one_another(
    karen: Page, aase: Page, charter: Charter
) -> None:
    mine = write(karen, "Rolle", "Karens rolle")
    theirs = write(aase, "Økonomiske forpligtelser", "Åses penge")
    expect(section(karen, "Økonomiske forpligtelser")).to_contain_text("Åses penge", timeout=SOON)
    expect(mine).to_be_focused()
    karen.keyboard.type(" og mere")
    expect_saved(mine)
    expect(theirs).to_be_focused()
    expect(mine).to_have_text("Karens rolle og mere")
    expect(theirs).to_have_text("Åses penge")
    assert body(charter, "Rolle") == "<p>Karens rolle og mere</p>"
    assert body(charter, "Økonomiske forpligtelser") == "<p>Åses penge</p>"


def test_anothers_point_comes_into_the_open_editor_and_the_cursor_stays(
    karen: Page, aase: Page, charter: Charter
) -> None:
    mine = at_point(karen, 4)
    karen.keyboard.press("Control+ArrowLeft")
    karen.keyboard.press("Control+ArrowLeft")
    at_point(aase, 1)
    aase.keyboard.type(" Inden sommer.\nEt nyt punkt før de andre.")
    expect(mine).to_contain_text("Et nyt punkt før de andre.", timeout=SOON)
    expect(mine.locator("li").first).to_have_text("Godkende projektbeskrivelse. Inden sommer.")
    expect(mine).to_be_focused()
    karen.keyboard.type("høje ")
    expect_saved(mine)
    text = plain(body(charter, POINTS))
    assert "- Stille krav til høje kvalitet." in text
    assert "- Godkende projektbeskrivelse. Inden sommer.\n- Et nyt punkt før de andre.\n" in text


def test_typing_goes_on_across_what_another_writes_in_the_same_section(
    karen: Page, aase: Page, charter: Charter
) -> None:
    mine, theirs = at_point(karen, 4), at_point(aase, 1)
    for word in range(12):
        karen.keyboard.type(f" k{word}", delay=60)
        aase.keyboard.type(f" å{word}", delay=60)
        if word % 4 == 3:
            karen.wait_for_timeout(1200)
    expect_saved(mine)
    expect_saved(theirs)
    typed = {name: "".join(f" {name}{word}" for word in range(12)) for name in "kå"}
    points = plain(body(charter, POINTS)).splitlines()
    assert points[0] == f"- Godkende projektbeskrivelse.{typed['å']}"
    assert points[3] == f"- Stille krav til kvalitet.{typed['k']}"
    for editor in (mine, theirs):
        expect(editor.locator("li").first).to_contain_text("å11", timeout=SOON)
        expect(editor.locator("li").nth(3)).to_contain_text("k11", timeout=SOON)


def test_undo_takes_back_ones_own_words_and_never_anothers(karen: Page, aase: Page, charter: Charter) -> None:
    mine = at_point(karen, 4)
    karen.keyboard.type(" Mit.")
    expect_saved(mine)
    at_point(aase, 1)
    aase.keyboard.type(" Hendes.")
    expect(mine).to_contain_text("Hendes.", timeout=SOON)
    karen.keyboard.press("Control+Z")
    expect(mine).not_to_contain_text("Mit.")
    karen.keyboard.press("Control+Z")
    expect_saved(mine)
    assert "Hendes." in body(charter, POINTS)
    assert "Mit." not in body(charter, POINTS)
    assert "Mit." in words_of(charter)


def test_an_empty_point_and_a_space_being_written_at_are_left_alone(
    karen: Page, aase: Page, charter: Charter
) -> None:
    mine = at_point(karen, 5)
    karen.keyboard.type(" Nu ")
    expect_saved(mine)
    at_point(aase, 1)
    aase.keyboard.type(" Hendes.")
    expect(mine).to_contain_text("Hendes.", timeout=SOON)
    karen.keyboard.type("her\n")
    expect_saved(mine)
    aase.keyboard.type(" Og mere.")
    expect(mine).to_contain_text("Og mere.", timeout=SOON)
    expect(mine.locator("li")).to_have_count(6)
    karen.keyboard.type("Sidst")
    expect_saved(mine)
    text = plain(body(charter, POINTS))
    assert "gevinstrealisering. Nu her\n- Sidst" in text
    assert "Hendes. Og mere." in text


def test_a_paragraph_begun_in_the_middle_of_a_list_is_left_alone(
    karen: Page, aase: Page, charter: Charter
) -> None:
    mine = at_point(karen, 2)
    karen.keyboard.press("Enter")
    karen.keyboard.press("Enter")
    at_point(aase, 5)
    aase.keyboard.type(" Hendes.")
    expect(mine).to_contain_text("Hendes.", timeout=SOON)
    karen.keyboard.type("Og derudover:")
    expect_saved(mine)
    lines = plain(body(charter, POINTS)).splitlines()
    assert lines[2] == "Og derudover:"
    assert lines[-1].endswith("Hendes.")


def test_anothers_heading_comes_in_while_one_writes_the_text(
    karen: Page, aase: Page, charter: Charter
) -> None:
    mine = write(karen, "Rolle", "Karens tekst")
    expect_saved(mine)
    theirs = edit(aase, "Rolle")
    form_of(theirs).get_by_role("textbox", name="Overskrift").fill("Rolle og ansvar")
    expect(form_of(mine).get_by_role("textbox", name="Overskrift")).to_have_value(
        "Rolle og ansvar", timeout=SOON
    )
    expect(mine).to_be_focused()
    assert body(charter, "Rolle og ansvar") == "<p>Karens tekst</p>"


def test_what_another_writes_above_moves_nothing_that_is_being_read(karen: Page, aase: Page) -> None:
    karen.set_viewport_size({"width": 1280, "height": 500})
    mine = at_point(karen, 5)
    place = "() => document.getSelection().getRangeAt(0).getBoundingClientRect().top"
    karen.wait_for_timeout(300)
    before = karen.evaluate(place)
    write(aase, "Rolle", "Linje\n" * 8)
    expect(section(karen, "Rolle")).to_contain_text("Linje", timeout=SOON)
    expect(mine).to_be_focused()
    assert abs(karen.evaluate(place) - before) <= 2


# --- Two texts ---------------------------------------------------------------------------------------


@pytest.fixture
def clash(karen: Page, aase: Page, charter: Charter) -> Locator:
    """Karen's editor: she wrote in the first point when Åse had just done the same, and in another."""
    mine = edit(karen, POINTS)
    karen.route("**/puls/", lambda route: route.abort())  # she has not heard of it yet
    theirs = at_point(aase, 1)
    aase.keyboard.type(" Åses ord.")
    put_cursor(theirs, 4)
    aase.keyboard.type(" Åses krav.")
    expect_saved(theirs)
    put_cursor(mine, 1)
    karen.keyboard.type(" Karens ord.")
    expect(conflict_at(karen)).to_be_visible()
    karen.unroute("**/puls/")
    return mine


@pytest.fixture
def no_fuss(no_console_errors: object) -> None:
    no_console_errors.expect("ERR_FAILED")  # type: ignore[attr-defined]


@pytest.mark.usefixtures("no_fuss")
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_two_texts_are_shown_side_by_side_and_neither_is_dropped(
    clash: Locator, charter: Charter, axe: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page = clash.page
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    panel = conflict_at(page)
    expect(panel).to_contain_text("Åse Kildevang skrev samtidig noget andet her")
    expect(panel).to_contain_text("Karens ord.")
    expect(panel).to_contain_text("Åses ord.")
    expect(clash.locator("li").first).to_have_text("Godkende projektbeskrivelse. Karens ord.")
    expect(clash.locator("li").nth(3)).to_contain_text("Åses krav.")
    expect(clash).to_be_focused()
    expect(state_of(clash)).to_contain_text("Der er to tekster. Vælg ovenfor, hvilken der skal stå.")
    expect(page.get_by_role("status")).to_contain_text("Der er to tekster.")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    form_of(clash).get_by_role("button", name="Gå til de to tekster").click()
    expect(panel).to_be_focused()
    assert "Åses ord." in body(charter, POINTS)
    assert "Karens ord." in words_of(charter)


@pytest.mark.usefixtures("no_fuss")
def test_choosing_ones_own_text_keeps_what_was_no_conflict_of_anothers(
    clash: Locator, charter: Charter
) -> None:
    conflict_at(clash.page).get_by_role("button", name="Brug min tekst").click()
    expect_saved(clash)
    expect(clash).to_be_focused()
    expect(conflict_at(clash.page)).to_have_count(0)
    points = plain(body(charter, POINTS)).splitlines()
    assert points[0] == "- Godkende projektbeskrivelse. Karens ord."
    assert points[3] == "- Stille krav til kvalitet. Åses krav."
    assert "Åses ord." in words_of(charter)


@pytest.mark.usefixtures("no_fuss")
def test_choosing_the_others_text_keeps_ones_own_in_the_history(
    clash: Locator, aase: Page, charter: Charter
) -> None:
    clash.page.keyboard.type(" Og lidt mere.")
    conflict_at(clash.page).get_by_role("button", name="Brug den anden tekst").click()
    expect_saved(clash)
    expect(clash.locator("li").first).to_have_text("Godkende projektbeskrivelse. Åses ord.")
    assert plain(body(charter, POINTS)).splitlines()[0] == "- Godkende projektbeskrivelse. Åses ord."
    assert "Karens ord. Og lidt mere." in words_of(charter)


@pytest.mark.usefixtures("no_fuss")
def test_two_texts_that_are_no_longer_two_are_asked_about_no_more(
    clash: Locator, aase: Page, charter: Charter
) -> None:
    theirs = aase.get_by_role("textbox", name=f"Tekst i afsnittet »{POINTS}«")
    put_cursor(theirs, 1)
    for _ in " Åses ord.":
        aase.keyboard.press("Backspace")
    expect_saved(theirs)
    clash.page.keyboard.type(" Og mere.")
    conflict_at(clash.page).get_by_role("button", name="Brug den anden tekst").click()
    expect_saved(clash)
    expect(conflict_at(clash.page)).to_have_count(0)
    expect(clash).to_be_focused()
    clash.page.keyboard.type(" Og videre.")
    expect_saved(clash)
    points = plain(body(charter, POINTS)).splitlines()
    assert points[0] == "- Godkende projektbeskrivelse. Karens ord. Og mere. Og videre."


@pytest.mark.usefixtures("no_fuss")
def test_two_texts_are_written_together_by_hand(clash: Locator, aase: Page, charter: Charter) -> None:
    page = clash.page
    page.keyboard.type(" Åses ord.")
    page.wait_for_timeout(1500)
    assert "Karens" not in body(charter, POINTS)  # nothing is saved before she says so
    conflict_at(page).get_by_role("button", name="Gem det, der står i feltet, som den samlede tekst").click()
    expect_saved(clash)
    both = "Godkende projektbeskrivelse. Karens ord. Åses ord."
    expect(aase.locator(".editor-text li").first).to_have_text(both, timeout=SOON)
    points = plain(body(charter, POINTS)).splitlines()
    assert points[0] == f"- {both}"
    assert points[3].endswith("Åses krav.")


@pytest.mark.usefixtures("no_fuss")
def test_a_conflict_that_was_left_open_comes_back_after_a_reload(clash: Locator, charter: Charter) -> None:
    clash.page.keyboard.type(" Endnu et.")
    clash.page.wait_for_timeout(1000)  # until it is kept
    clash.page.reload()
    expect(conflict_at(clash.page)).to_be_visible()
    expect(clash.locator("li").first).to_have_text("Godkende projektbeskrivelse. Karens ord. Endnu et.")
    assert "Karens ord. Endnu et." in words_of(charter)


# --- Two windows of one person -------------------------------------------------------------------------


def test_two_windows_of_one_person_write_one_text(karen: Page, charter: Charter) -> None:
    second = karen.context.new_page()
    second.goto(karen.url)
    first = at_point(karen, 1)
    karen.keyboard.type(" Fra det ene.")
    other = at_point(second, 4)
    second.keyboard.type(" Fra det andet.")
    expect_saved(first)
    expect_saved(other)
    expect(section(karen, POINTS)).to_contain_text("Du skriver også her i et andet vindue.", timeout=SOON)
    expect(first).to_contain_text("Fra det andet.", timeout=SOON)
    text = body(charter, POINTS)
    assert all(words in text for words in ("Fra det ene.", "Fra det andet."))


def test_a_window_that_slept_while_another_wrote_puts_nothing_back(karen: Page, charter: Charter) -> None:
    stale = karen.context.new_page()
    stale.goto(karen.url)
    stale.route("**/puls/", lambda route: route.fulfill(status=204))
    editor = at_point(karen, 1)
    karen.keyboard.type(" Nyt.")
    expect_saved(editor)
    old = at_point(stale, 4)
    stale.keyboard.type(" Fra den gamle.")
    expect_saved(old)
    expect(old.locator("li").first).to_have_text("Godkende projektbeskrivelse. Nyt.")
    text = body(charter, POINTS)
    assert all(words in text for words in ("Nyt.", "Fra den gamle."))


# --- Who is here, and what they do to the sections -----------------------------------------------------


def test_others_are_seen_where_they_write_and_gone_when_they_leave(
    karen: Page, aase: Page, axe: Callable[[Page], None]
) -> None:
    here = karen.locator("[data-presence]")
    expect(here).to_contain_text("Åse Kildevang", timeout=SOON)
    edit(aase, "Rolle")
    expect(section(karen, "Rolle")).to_contain_text("Åse skriver her.", timeout=SOON)
    expect(karen.get_by_role("status")).to_have_text("")
    axe(karen)
    finish(aase, "Rolle")
    expect(section(karen, "Rolle")).not_to_contain_text("skriver her", timeout=SOON)
    aase.close()
    expect(here).not_to_contain_text("Åse Kildevang", timeout=SOON)


def test_sections_that_another_moves_adds_and_takes_out_follow(
    karen: Page, aase: Page, charter: Charter
) -> None:
    mine = write(karen, "Rolle", "Karens rolle")
    aase.get_by_role("button", name="Ned: Overordnet formål med styregruppen").click()
    headings = karen.locator(".sections > .section:not(.section-open) h2")
    expect(karen.locator(".sections > .section").first).to_have_class("section section-open", timeout=SOON)
    aase.get_by_role("button", name="Tag ud: Økonomiske forpligtelser").click()
    expect(section(karen, "Økonomiske forpligtelser")).to_have_count(0, timeout=SOON)
    expect(karen.get_by_role("button", name="Sæt ind igen: Økonomiske forpligtelser")).to_be_visible()
    aase.get_by_role("button", name="Sæt ind igen: Økonomiske forpligtelser").click()
    expect(headings).to_have_text(
        [
            "Overordnet formål med styregruppen",
            POINTS,
            "Økonomiske forpligtelser",
            "Relation til OS2s sekretariat",
        ],
        timeout=SOON,
    )
    expect(mine).to_be_focused()
    expect_saved(mine)
    karen.get_by_role("button", name=f"Ned: {POINTS}").click()
    expect(headings.nth(1)).to_have_text("Økonomiske forpligtelser")
    assert body(charter, "Rolle") == "<p>Karens rolle</p>"


def test_a_section_taken_out_while_one_writes_is_put_back_with_what_was_written(
    karen: Page, aase: Page, charter: Charter, axe: Callable[[Page], None]
) -> None:
    mine = write(karen, "Rolle", "Karens rolle")
    expect_saved(mine)
    aase.get_by_role("button", name="Tag ud: Rolle").click()
    told = "Afsnittet er taget ud af en anden, mens du skrev. Din tekst står her endnu."
    expect(form_of(mine).get_by_text(told)).to_be_visible(timeout=SOON)
    expect(karen.get_by_role("status")).to_contain_text(told)
    karen.keyboard.type(" skrevet videre på")
    expect(conflict_at(karen)).to_be_visible()
    axe(karen)
    conflict_at(karen).get_by_role("button", name="Brug min tekst").click()
    expect_saved(mine)
    saved = Section.objects.get(charter=charter, heading="Rolle")
    assert (saved.body, saved.is_removed) == ("<p>Karens rolle skrevet videre på</p>", False)
    expect(karen.get_by_text(told).and_(karen.locator(".message"))).to_be_hidden()
    expect(section(aase, "Rolle")).to_contain_text("skrevet videre på", timeout=SOON)


def test_finishing_a_section_that_was_taken_out_leaves_it_out(
    karen: Page, aase: Page, charter: Charter
) -> None:
    edit(karen, "Rolle")
    aase.get_by_role("button", name="Tag ud: Rolle").click()
    expect(karen.locator(".section-form .message")).to_be_visible(timeout=SOON)
    karen.get_by_role("button", name="Færdig").click()
    expect(section(karen, "Rolle")).to_have_count(0)
    assert charter.sections.get(heading="Rolle").is_removed


def test_a_section_that_stays_taken_out_leaves_the_page_and_its_text_in_the_history(
    karen: Page, charter: Charter
) -> None:
    mine = edit(karen, "Rolle")
    charter.sections.get(heading="Rolle").take_out()
    write_over(karen, "Skrevet forgæves")
    conflict_at(karen).get_by_role("button", name="Lad afsnittet være taget ud").click()
    expect(mine).to_have_count(0)
    expect(karen.get_by_role("button", name="Sæt ind igen: Rolle")).to_be_visible(timeout=SOON)
    assert charter.sections.get(heading="Rolle").is_removed
    assert "Skrevet forgæves" in words_of(charter)
