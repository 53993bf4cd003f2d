"""The editor itself: buttons, keys, lists, links, pasting; and that a screen reader is told what it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from charters.models import Charter
from charters.text import plain
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, Watch
from tests.browser.draft_page import edit, expect_saved
from tests.cast import Cast


def word_point(level: int, mark: str, html: str) -> str:
    """A point as Word copies it."""
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>"
        f"<![if !supportLists]><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt Times'>&nbsp; "
        f"</span></span><![endif]>{html}</p>"
    )


WORD = (
    "<html><head><style>p {color: red}</style></head><body><!--StartFragment-->"
    "<p class=MsoNormal style='margin-left:0cm'><span style='color:red'>Gruppen skal:</span></p>"
    + word_point(1, "·", "Godkende\n<b>budget</b>")
    + word_point(2, "o", "hvert år")
    + word_point(1, "·", "Følge op")
    + "<!--EndFragment--></body></html>"
)

PASTE = """(target, data) => {
  const transfer = new DataTransfer();
  for (const [type, text] of Object.entries(data)) transfer.setData(type, text);
  const options = {clipboardData: transfer, bubbles: true, cancelable: true};
  target.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def page(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    """The chair at her draft, with the section "Rolle" open and its text selected and deleted."""
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    edit(page, "Rolle")
    return page


def write_afresh(page: Page, text: str = "") -> None:
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def saved(page: Page, charter: Charter, heading: str = "Rolle") -> str:
    page.keyboard.press("Control+S")
    expect_saved(page.get_by_role("textbox", name=f"Tekst i afsnittet »{heading}«"))
    return str(charter.sections.get(heading=heading).body)


def test_buttons_have_danish_names_and_the_editor_says_what_it_is(page: Page) -> None:
    toolbar = page.get_by_role("toolbar", name="Formatering: Tekst i afsnittet »Rolle«")
    names = [found.get_attribute("aria-label") for found in toolbar.get_by_role("button").all()]
    assert names == [
        "Fed", "Kursiv", "Link", "Punkter", "Numre", "Ryk punktet ud", "Ryk punktet ind", "Fortryd", "Gentag",
    ]  # fmt: skip
    assert button(page, "Fed").get_attribute("title") == "Fed (Ctrl+B)"
    editor = page.get_by_role("textbox", name="Tekst i afsnittet »Rolle«")
    expect(editor).to_have_attribute("lang", "da")
    expect(editor).to_have_attribute("spellcheck", "true")
    expect(editor).to_have_accessible_description(re.compile("Escape og derefter Tab forlader feltet"))


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_axe_finds_nothing_with_an_editor_and_its_dialog_open(
    page: Page, axe: Callable[[Page], None], viewport: ViewportSize
) -> None:
    page.set_viewport_size(viewport)
    axe(page)
    page.keyboard.press("Control+K")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_buttons_are_big_enough_for_a_finger(open_page: OpenPage, cast: Cast, charter: Charter) -> None:
    phone = open_page(cast.karen, viewport=PHONE, has_touch=True, is_mobile=True)
    phone.goto(charter.get_absolute_url())
    phone.get_by_role("link", name="Rediger Rolle").tap()
    for found in phone.get_by_role("toolbar").get_by_role("button").all():
        size = found.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44


def test_bold_and_italics_by_button_and_by_key(page: Page, charter: Charter) -> None:
    write_afresh(page)
    button(page, "Fed").click()
    expect(button(page, "Fed")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("Alle")
    page.keyboard.press("Control+B")
    page.keyboard.type(" er ")
    page.keyboard.press("Control+I")
    page.keyboard.type("med")
    assert saved(page, charter) == "<p><strong>Alle</strong> er <em>med</em></p>"


def test_toolbar_is_one_stop_and_the_arrows_move_in_it(page: Page) -> None:
    write_afresh(page, "Alle")
    page.keyboard.press("Control+A")
    page.keyboard.press("Shift+Tab")
    expect(button(page, "Fed")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(button(page, "Kursiv")).to_be_focused()
    expect(button(page, "Kursiv")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("End")
    expect(button(page, "Gentag")).to_be_focused()


def test_points_are_typed_nested_and_left_by_keyboard(page: Page, charter: Charter) -> None:
    write_afresh(page, "- Godkende budget\n")
    page.keyboard.press("Tab")
    page.keyboard.type("- hvert år\n")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Følge op\n\nOg så tekst.")
    assert plain(saved(page, charter)) == "- Godkende budget\n  - hvert år\n- Følge op\nOg så tekst."


def test_numbers_by_button_and_indenting_by_button(page: Page, charter: Charter) -> None:
    write_afresh(page)
    button(page, "Numre").click()
    page.keyboard.type("Først\nSå")
    button(page, "Ryk punktet ind").click()
    expect(button(page, "Ryk punktet ind")).to_have_attribute("aria-disabled", "true")
    assert plain(saved(page, charter)) == "1. Først\n  1. Så"


def test_escape_and_tab_leave_the_editor_from_inside_a_list(page: Page) -> None:
    write_afresh(page, "- Godkende budget\nFølge op")
    editor = page.locator(".editor-text")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Færdig")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("toolbar").locator(":focus")).to_have_count(1)
    expect(editor.locator("ul ul")).to_have_count(0)
    editor.focus()
    page.keyboard.press("Tab")
    expect(editor).to_be_focused()
    expect(editor.locator("ul ul")).to_have_count(1)


def test_undo_and_redo_by_button(page: Page) -> None:
    editor = page.locator(".editor-text")
    before = editor.inner_text()
    expect(button(page, "Fortryd")).to_have_attribute("aria-disabled", "true")
    write_afresh(page)
    button(page, "Fortryd").click()
    expect(editor).to_have_text(before)
    button(page, "Gentag").click()
    expect(editor).to_have_text("")


def test_a_link_on_selected_words_by_the_keyboard_alone(page: Page, charter: Charter) -> None:
    write_afresh(page, "OS2")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+K")
    dialog = page.get_by_role("dialog", name="Link")
    expect(dialog.get_by_label("Adresse")).to_be_focused()
    page.keyboard.type("ikke en adresse\n")
    expect(dialog.get_by_role("alert")).to_have_text(
        "Skriv adressen på en hjemmeside eller en mailadresse, for eksempel os2.eu."
    )
    dialog.get_by_label("Adresse").fill("os2.eu/governance")
    page.keyboard.press("Enter")
    expect(page.locator(".editor-text")).to_be_focused()
    assert saved(page, charter) == '<p><a href="https://os2.eu/governance">OS2</a></p>'


def test_a_link_of_new_words_is_set_and_taken_away(page: Page, charter: Charter) -> None:
    write_afresh(page, "Skriv til ")
    button(page, "Link").click()
    dialog = page.get_by_role("dialog", name="Link")
    dialog.get_by_label("Tekst").fill("sekretariatet")
    dialog.get_by_label("Adresse").fill("os2@example.org")
    dialog.get_by_role("button", name="Indsæt link").click()
    page.keyboard.type(" i dag")
    link = page.locator(".editor-text a")
    expect(link).to_have_attribute("href", "mailto:os2@example.org")
    expect(link).to_have_text("sekretariatet")
    page.keyboard.press("ArrowLeft")
    link.click()
    button(page, "Link").click()
    dialog.get_by_role("button", name="Fjern link").click()
    assert saved(page, charter) == "<p>Skriv til sekretariatet i dag</p>"


def test_paste_from_word_gives_real_points_without_styling(page: Page, charter: Charter) -> None:
    write_afresh(page)
    page.locator(".editor-text").evaluate(PASTE, {"text/html": WORD, "text/plain": "Gruppen skal:"})
    expect(page.locator(".editor-text ul ul li")).to_have_text("hvert år")
    body = saved(page, charter)
    assert plain(body) == "Gruppen skal:\n- Godkende budget\n  - hvert år\n- Følge op"
    assert "<strong>budget</strong>" in body


def test_paste_from_google_keeps_its_bold_and_no_more(page: Page, charter: Charter) -> None:
    copied = (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span '
        'style="font-weight:400">Alle </span><span style="font-weight:700;font-style:normal">skal</span></p>'
        '<p dir="ltr"><span style="font-style:italic">være med</span></p></b>'
    )
    write_afresh(page)
    page.locator(".editor-text").evaluate(PASTE, {"text/html": copied, "text/plain": "Alle skal"})
    expect(page.locator(".editor-text p")).to_have_count(2)
    assert saved(page, charter) == "<p>Alle <strong>skal</strong></p><p><em>være med</em></p>"


def test_paste_of_plain_lines_with_dashes_gives_points_among_the_others(page: Page, charter: Charter) -> None:
    write_afresh(page, "- Først\n")
    page.locator(".editor-text").evaluate(PASTE, {"text/plain": "- Så\n  - derunder\n• Sidst"})
    expect(page.locator(".editor-text li")).to_have_count(4)
    assert plain(saved(page, charter)) == "- Først\n- Så\n  - derunder\n- Sidst"


def test_paste_without_network_loses_no_word(page: Page, charter: Charter, no_console_errors: Watch) -> None:
    no_console_errors.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    write_afresh(page)
    page.route("**/tekst/indsaet/", lambda route: route.abort())
    page.locator(".editor-text").evaluate(PASTE, {"text/html": WORD, "text/plain": "Gruppen skal:"})
    expect(page.locator(".editor-text")).to_contain_text("Følge op")
    body = saved(page, charter)
    assert all(word in body for word in ("Gruppen skal:", "budget", "hvert år", "Følge op"))
    assert "color" not in body


def test_what_is_typed_while_a_paste_is_under_way_is_kept_and_saved_with_it(
    page: Page, charter: Charter
) -> None:
    write_afresh(page, "Før. ")
    held: list[Route] = []
    page.route("**/tekst/indsaet/", lambda route: held.append(route))
    page.locator(".editor-text").evaluate(PASTE, {"text/html": "<p>Indsat.</p>", "text/plain": "Indsat."})
    page.keyboard.type("Efter.")
    page.keyboard.press("Control+S")
    page.wait_for_function("document.querySelector('[data-waiting]')")
    assert "Efter." not in charter.sections.get(heading="Rolle").body
    held[0].continue_()
    expect_saved(page.locator(".editor-text"))
    body = charter.sections.get(heading="Rolle").body
    assert all(word in body for word in ("Før.", "Indsat.", "Efter."))


@pytest.mark.parametrize("network", ["there", "gone"])
def test_lines_pasted_into_a_list_become_points_of_it(
    page: Page, charter: Charter, no_console_errors: Watch, network: str
) -> None:
    no_console_errors.expect("ERR_FAILED")
    write_afresh(page, "- Først\n")
    if network == "gone":
        page.route("**/tekst/indsaet/", lambda route: route.abort())
    page.locator(".editor-text").evaluate(PASTE, {"text/plain": "Så\nDerefter\nSidst"})
    expect(page.locator(".editor-text li")).to_have_count(4)
    assert plain(saved(page, charter)) == "- Først\n- Så\n- Derefter\n- Sidst"


def test_backspace_in_an_empty_point_leaves_the_list_from_any_depth(page: Page, charter: Charter) -> None:
    write_afresh(page, "- Først\n")
    page.keyboard.press("Tab")
    page.keyboard.type("Så\n")
    page.keyboard.press("Tab")
    page.keyboard.press("Backspace")
    page.keyboard.type("Tekst under listen")
    assert plain(saved(page, charter)) == "- Først\n  - Så\nTekst under listen"


def test_backspace_in_an_empty_point_inside_another_goes_to_the_line_before_where_points_follow(
    page: Page, charter: Charter
) -> None:
    write_afresh(page, "- Først\nSidst")
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Backspace")
    page.keyboard.type(" og fremmest")
    assert plain(saved(page, charter)) == "- Først og fremmest\n- Sidst"


def test_backspace_in_an_empty_point_between_others_makes_a_paragraph_there(
    page: Page, charter: Charter
) -> None:
    write_afresh(page, "- Først\n\n- Sidst")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    page.keyboard.type("Imellem")
    assert "Imellem" in plain(saved(page, charter)).splitlines()
