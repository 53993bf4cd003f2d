"""Writing a draft in place, and the next standard text: open, save, add, move, take out, put back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from charters.models import Charter
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, Watch
from tests.browser.draft_page import body, expect_saved, finish, form_of, write, write_over
from tests.cast import Cast


@pytest.fixture
def page(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    """The chair at her draft."""
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    return page


def headings(page: Page) -> list[str]:
    return page.locator(".sections > .section h2").all_inner_texts()


def test_what_is_typed_is_saved_by_itself_and_says_what_is_still_missing(
    page: Page, charter: Charter
) -> None:
    missing = page.get_by_role("complementary", name="Det mangler")
    expect(missing).to_contain_text("Alt er udfyldt")
    editor = write(page, "Rolle", "Gruppen xyz")
    expect(form_of(editor)).to_contain_text("Gemmer …")
    assert "xyz" not in body(charter, "Rolle")
    expect_saved(editor)
    assert body(charter, "Rolle") == "<p>Gruppen xyz</p>"
    expect(missing).to_contain_text("Der står stadig »xyz« i »Rolle«.")
    expect(editor).to_be_focused()
    finish(page, "Rolle")
    expect(page.get_by_role("region", name="Rolle")).to_contain_text("Gruppen xyz")
    missing.get_by_role("link", name="Der står stadig »xyz« i »Rolle«.").click()
    expect(page.get_by_role("region", name="Rolle")).to_be_focused()


def test_finishing_at_once_saves_what_was_typed_a_moment_ago(page: Page, charter: Charter) -> None:
    write(page, "Rolle", "Skrevet og lukket")
    finish(page, "Rolle")
    assert body(charter, "Rolle") == "<p>Skrevet og lukket</p>"


def test_adopting_right_after_the_last_word_adopts_that_word_too(page: Page, charter: Charter) -> None:
    write(page, "Rolle", "Det sidste ord")
    page.get_by_role("link", name="Vedtag").click()
    page.get_by_role("button", name="Vedtag kommissoriet").click()
    expect(page.get_by_text("Kommissoriet er vedtaget.")).to_be_visible()
    assert body(charter, "Rolle") == "<p>Det sidste ord</p>"


def test_a_link_leads_on_though_the_last_word_cannot_be_saved(
    page: Page, no_console_errors: Watch, charter: Charter
) -> None:
    no_console_errors.expect("Failed to load resource")
    page.route("**/gem/", lambda route: route.abort())
    write(page, "Rolle", "Det sidste ord")
    page.get_by_role("link", name="Vedtag").click()
    expect(page.get_by_role("heading", name="Vedtag kommissoriet")).to_be_visible()
    page.unroute("**/gem/")
    page.go_back()  # left unsaved it is kept in the browser, or was sent while leaving
    expect(page.get_by_role("region", name="Rolle")).to_contain_text("Det sidste ord")


def test_opening_and_finishing_without_a_word_saves_nothing(page: Page, charter: Charter) -> None:
    before = charter.sections.get(heading="Rolle")
    page.get_by_role("link", name="Rediger Rolle").click()
    finish(page, "Rolle")
    after = charter.sections.get(heading="Rolle")
    assert (after.body, after.revision) == (before.body, before.revision)


@pytest.mark.long(10)
def test_keys_pressed_at_once_after_opening_are_never_lost(page: Page, charter: Charter) -> None:
    for n in range(30):
        page.get_by_role("link", name="Rediger Rolle", exact=True).press("Enter")
        page.keyboard.type(f"n{n}x ")
        finish(page, "Rolle")
    words = body(charter, "Rolle").removeprefix("<p>").split()[:30]
    assert words == [f"n{n}x" for n in reversed(range(30))]


def test_typing_without_a_pause_is_saved_all_the_same(page: Page, charter: Charter) -> None:
    editor = write(page, "Rolle", "")
    page.wait_for_timeout(1500)
    with page.expect_response("**/gem/") as answer:
        editor.press_sequentially("Vi bliver bare ved. " * 2, delay=160)
    assert answer.value.ok
    expect_saved(editor)
    assert body(charter, "Rolle") == f"<p>{'Vi bliver bare ved. ' * 2}".rstrip() + "</p>"


def test_a_screen_reader_is_not_told_of_each_save(page: Page) -> None:
    editor = write(page, "Rolle", "Ro")
    expect_saved(editor)
    page.keyboard.type(" og mere ro")
    expect_saved(editor)
    page.wait_for_timeout(1000)
    expect(page.get_by_role("status")).to_have_text("")
    expect(form_of(editor).locator("[role=alert], [aria-live], [role=status]")).to_have_count(0)


def test_several_sections_are_open_at_once_and_each_is_saved_by_itself(page: Page, charter: Charter) -> None:
    role = write(page, "Rolle", "Ny rolle")
    money = write(page, "Økonomiske forpligtelser", "Nye penge")
    page.keyboard.press("Control+S")
    expect_saved(role)
    expect_saved(money)
    form_of(role).get_by_role("textbox", name="Overskrift").fill("Rolle og mandat")
    page.keyboard.press("Enter")
    expect(role).to_be_focused()
    expect_saved(role)
    form_of(role).get_by_role("button", name="Færdig").click()
    expect(page.get_by_role("heading", name="Rolle og mandat")).to_be_visible()
    expect(money).to_be_visible()
    assert body(charter, "Rolle og mandat") == "<p>Ny rolle</p>"
    assert body(charter, "Økonomiske forpligtelser") == "<p>Nye penge</p>"


def test_a_section_without_a_heading_is_not_saved_and_says_so_at_the_field(
    page: Page, charter: Charter
) -> None:
    editor = write(page, "Rolle", "Tekst uden overskrift")
    heading = form_of(editor).get_by_role("textbox", name="Overskrift")
    heading.fill("")
    expect(form_of(editor)).to_contain_text("Ikke gemt: Se ved feltet, hvad der skal rettes.")
    expect(heading).to_have_attribute("aria-invalid", "true")
    expect(heading).to_have_accessible_description("Dette felt er påkrævet.")
    expect(page.get_by_role("status")).to_contain_text("hvad der skal rettes")
    heading.fill("Rolle og ansvar")
    expect_saved(editor)
    expect(heading).to_have_attribute("aria-invalid", "false")
    assert body(charter, "Rolle og ansvar") == "<p>Tekst uden overskrift</p>"


def test_a_section_is_added_in_place_once_it_has_a_heading(page: Page, charter: Charter) -> None:
    page.get_by_role("link", name="Tilføj afsnit").dblclick()
    expect(page.get_by_role("textbox", name="Overskrift")).to_be_focused()
    expect(page.get_by_role("textbox", name="Overskrift")).to_have_count(1)
    page.get_by_role("button", name="Tilføj afsnit").click()
    expect(page.get_by_role("alert").filter(has_text="Noget skal rettes")).to_be_focused()
    page.get_by_role("textbox", name="Overskrift").fill("Møder")
    page.keyboard.press("Control+S")
    editor = page.get_by_role("textbox", name="Tekst i afsnittet »Møder«")
    expect(editor).to_be_focused()
    page.keyboard.type("Vi mødes hver måned.")
    expect_saved(editor)
    assert headings(page)[-1] == "Møder"
    assert body(charter, "Møder") == "<p>Vi mødes hver måned.</p>"


def test_sections_move_by_keyboard_and_focus_follows(page: Page, charter: Charter) -> None:
    before = headings(page)
    writing = write(page, "Rolle", "Skrives imens")
    down = page.get_by_role("button", name=f"Ned: {before[0]}")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(f"»{before[0]}« er nu afsnit 2 af 5.")
    expect(down).to_be_focused()
    for n in (3, 4, 5):
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text(f"afsnit {n} af 5")
    expect(down).to_be_disabled()
    expect(page.get_by_role("button", name=f"Op: {before[0]}")).to_be_focused()
    expect(writing).to_have_text("Skrives imens")
    order = [section.heading for section in charter.standing_sections()]
    assert order == [*before[1:], before[0]]


def test_a_section_is_taken_out_and_put_back_by_keyboard(page: Page, charter: Charter) -> None:
    page.get_by_role("button", name="Tag ud: Rolle").focus()
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="Sæt ind igen: Rolle")
    expect(back).to_be_focused()
    warned = page.get_by_role("complementary", name="Det mangler")
    expect(warned).to_contain_text("Standardtekstens afsnit »Rolle« er taget ud.")
    assert charter.sections.get(heading="Rolle").is_removed
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    expect(warned).not_to_contain_text("taget ud")
    assert not charter.sections.get(heading="Rolle").is_removed


def test_without_javascript_a_section_is_plain_lines_on_a_page_of_its_own(
    open_page: OpenPage, cast: Cast, charter: Charter
) -> None:
    page = open_page(cast.karen, java_script_enabled=False)
    page.goto(charter.get_absolute_url())
    heading = "Forpligtelser i forhold til udvikling"
    page.get_by_role("link", name=f"Rediger {heading}").click()
    field = page.get_by_label("Tekst", exact=True)
    assert field.input_value().startswith("- Godkende projektbeskrivelse.\n- ")
    field.fill(field.input_value() + "\n  - hvert år")
    page.get_by_role("button", name="Gem afsnit").click()
    expect(page.get_by_role("region", name="Forpligtelser i forhold til udvikling")).to_contain_text(
        "hvert år"
    )
    expect(page.locator("section ul ul li")).to_have_text("hvert år")


def test_the_secretariat_writes_the_next_standard_text_in_the_same_editor(
    open_page: OpenPage, cast: Cast, axe: Callable[[Page], None]
) -> None:
    template = factories.template(cast.professional.kind).new_version()
    page = open_page(cast.aase)
    page.goto(template.get_absolute_url())
    editor = write(page, "Rolle", "Faggruppen rådgiver.")
    form = form_of(editor)
    form.get_by_label("Emne på »Mit mandat«").select_option(label="Hvad afgør gruppen?")
    form.get_by_label("Vejledning").fill("Skriv, hvem I rådgiver.")
    axe(page)
    page.keyboard.press("Control+S")
    expect(page.get_by_role("link", name="Rediger Rolle")).to_be_focused()
    section = template.sections.get(heading="Rolle")
    assert (section.body, section.topic) == ("<p>Faggruppen rådgiver.</p>", "decides")
    page.get_by_role("link", name="Ret indledningen").click()
    page.locator(".editor-text[aria-label=Indledning]").click()  # not the textarea it is made of
    write_over(page, "Velkommen.")
    page.keyboard.press("Control+S")
    expect(page.get_by_text("Indledningen er gemt.")).to_be_visible()
    template.refresh_from_db()
    assert template.introduction == "<p>Velkommen.</p>"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_axe_finds_nothing_on_a_draft_with_things_missing(
    open_page: OpenPage, cast: Cast, axe: Callable[[Page], None], viewport: ViewportSize
) -> None:
    charter = factories.draft(cast.professional, by=cast.nadia)
    page = open_page(cast.nadia, viewport=viewport)
    page.goto(charter.get_absolute_url())
    expect(page.get_by_role("complementary", name="Det mangler")).to_contain_text("mangler")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.get_by_role("link", name="Vedtag").click()
    expect(page.get_by_role("heading", name="Vedtag kommissoriet")).to_be_visible()
    axe(page)
