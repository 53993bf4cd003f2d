"""The meeting view in a browser: step by step by keys, writing in place, who is there, and adopting."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from charters.models import Attendance, Charter
from members.models import User
from tests import factories
from tests.browser.conftest import PHONE, OpenPage, Watch
from tests.browser.draft_page import body, edit
from tests.cast import Cast

PROJECTOR = ViewportSize(width=1920, height=1080)
ARRIVES = 12_000  # milliseconds until others' changes must be here; the page asks every five seconds


def meet(page: Page, charter: Charter, at: str = "") -> None:
    page.goto(f"{reverse('charters:draft-meeting', args=[charter.group.slug])}{at}")
    expect(where(page)).not_to_be_empty()


def where(page: Page) -> Locator:
    return page.locator("[data-part=where]")


def headings(charter: Charter) -> list[str]:
    return [section.heading for section in charter.standing_sections()]


def expect_step(page: Page, title: str) -> None:
    """It is the only one that is shown, and has the focus."""
    heading = page.get_by_role("heading", level=2, name=title, exact=True)
    expect(heading).to_be_focused()
    expect(page.locator(".meeting-step:visible, #tekst > section[id^=afsnit-]:visible")).to_have_count(1)


@pytest.fixture
def meeting(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    """The chair's page of it."""
    page = open_page(cast.karen)
    meet(page, charter)
    return page


def test_keys_lead_through_all_steps_and_back(meeting: Page, charter: Charter) -> None:
    names = headings(charter)
    expect(where(meeting)).to_have_text("Hoved")
    meeting.keyboard.press("ArrowRight")
    expect_step(meeting, names[0])
    said = f"Afsnit 1 af {len(names)}: {names[0]}"
    expect(where(meeting)).to_have_text(said)
    expect(meeting.locator("#moede-siger")).to_have_text(said)
    meeting.keyboard.press("End")
    expect_step(meeting, "Til slut")
    meeting.keyboard.press("ArrowLeft")
    expect_step(meeting, names[-1])
    meeting.keyboard.press("Home")
    expect_step(meeting, "Hoved")
    meeting.keyboard.press("PageUp")  # there is nothing before it
    expect_step(meeting, "Hoved")


def test_space_and_page_down_read_a_long_step_to_its_end_first(meeting: Page, charter: Charter) -> None:
    long = charter.standing_sections()[0]
    long.rewrite(heading=long.heading, body="<p>Linje</p>" * 40, base=long.revision, by=charter.created_by)
    meet(meeting, charter, f"#{long.anchor}")
    meeting.reload()
    for key in ("Space", "PageDown"):
        meeting.keyboard.press(key)
        expect(where(meeting)).to_contain_text(long.heading)
    for _ in range(20):
        meeting.keyboard.press("PageDown")
    expect(where(meeting)).not_to_contain_text(long.heading)
    meet(meeting, charter, f"#{charter.standing_sections()[1].anchor}")
    meeting.reload()
    meeting.keyboard.press("Shift+Space")
    expect_step(meeting, long.heading)


def test_a_reload_stays_at_the_step_and_links_lead_to_others(meeting: Page, charter: Charter) -> None:
    third = charter.standing_sections()[2]
    meeting.get_by_role("navigation", name="Mødets trin").get_by_role("link", name=third.heading).click()
    expect_step(meeting, third.heading)
    expect(meeting).to_have_url(re.compile(f"#{third.anchor}$"))
    meeting.reload()
    expect(where(meeting)).to_contain_text(third.heading)
    expect(meeting.locator(f"#{third.anchor}")).to_be_visible()
    current = meeting.locator(".meeting-steps [aria-current=step]")
    expect(current).to_have_text(third.heading)


def test_the_whole_text_is_shown_on_demand_and_for_the_session(meeting: Page, charter: Charter) -> None:
    meeting.get_by_role("button", name="Vis hele teksten").click()
    for name in [*headings(charter), "Hoved", "Til slut"]:
        expect(meeting.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()
    meeting.reload()
    one = meeting.get_by_role("button", name="Et afsnit ad gangen")
    expect(one).to_be_visible()
    meeting.keyboard.press("ArrowRight")
    expect(meeting.get_by_role("heading", name=headings(charter)[0], exact=True)).to_be_in_viewport()
    one.click()
    expect(meeting.locator("#slut")).to_be_hidden()


def test_a_section_is_written_where_it_stands_and_keys_are_text_there(
    meeting: Page, charter: Charter
) -> None:
    name = headings(charter)[0]
    meeting.keyboard.press("ArrowRight")
    meeting.keyboard.press("e")
    editor = meeting.get_by_role("textbox", name=f"Tekst i afsnittet »{name}«")
    expect(editor).to_be_focused()
    meeting.keyboard.press("Control+A")
    meeting.keyboard.type("Vi ses e f ? her")
    for key in ("ArrowLeft", "Home", "PageDown", "End", "Space", "ArrowRight"):
        meeting.keyboard.press(key)
    expect(where(meeting)).to_contain_text(name)
    expect(meeting.locator(".section-state")).to_contain_text("Gemt")
    assert "Vi ses e f ? her" in body(charter, name)
    editor.press("Control+End")
    meeting.keyboard.type("\nLinje" * 12)
    assert_in_reach(meeting)
    meeting.get_by_role("button", name="Næste").click()
    expect(where(meeting)).to_contain_text(headings(charter)[1])
    expect(meeting.locator(".meeting-steps").get_by_role("link", name=name)).to_contain_text("skrives")


def test_keys_that_press_a_button_or_tick_a_box_do_that(meeting: Page, cast: Cast, charter: Charter) -> None:
    box = meeting.get_by_role("checkbox", name="Jonas Engtoft")
    box.press("Space")
    expect(box).to_be_checked()
    expect(where(meeting)).to_have_text("Hoved")
    meeting.get_by_role("button", name="Næste").press("Space")
    expect_step(meeting, headings(charter)[0])


def test_the_keys_are_told_of_and_letters_can_be_turned_off(meeting: Page) -> None:
    meeting.keyboard.press("?")
    dialog = meeting.get_by_role("dialog", name="Taster")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").uncheck()
    meeting.keyboard.press("Escape")
    meeting.reload()
    meeting.keyboard.press("?")
    expect(dialog).to_be_hidden()
    meeting.get_by_role("button", name="Taster").click()
    expect(dialog.get_by_role("checkbox")).not_to_be_checked()


def test_full_screen_comes_and_goes(meeting: Page) -> None:
    meeting.keyboard.press("f")
    meeting.get_by_role("button", name="Forlad fuld skærm").click()
    expect(meeting.get_by_role("button", name="Fuld skærm", exact=True)).to_be_visible()


def test_steps_follow_what_others_do_with_the_sections(meeting: Page, cast: Cast, charter: Charter) -> None:
    first, second, *_rest = charter.standing_sections()
    meeting.keyboard.press("ArrowRight")
    meeting.keyboard.press("ArrowRight")
    total = len(charter.standing_sections())
    expect(where(meeting)).to_have_text(f"Afsnit 2 af {total}: {second.heading}")
    charter.add_section("Afløsning", body="xyz", by=cast.jonas)
    charter.move_section(second, up=True)
    expect(where(meeting)).to_have_text(f"Afsnit 1 af {total + 1}: {second.heading}", timeout=ARRIVES)
    expect(meeting.locator(f"#{second.anchor}")).to_be_visible()
    steps = meeting.locator(".meeting-steps")
    expect(steps.get_by_role("link", name="Afløsning")).to_contain_text("mangler")
    second.refresh_from_db()
    second.take_out()
    expect(where(meeting)).to_have_text(f"Afsnit 1 af {total}: {first.heading}", timeout=ARRIVES)
    meeting.keyboard.press("ArrowRight")
    expect(where(meeting)).to_contain_text("Afsnit 2")


def test_a_section_that_is_added_here_is_the_step_one_is_at(meeting: Page, charter: Charter) -> None:
    meeting.keyboard.press("End")
    meeting.keyboard.press("ArrowLeft")
    meeting.get_by_role("link", name="Tilføj afsnit").click()
    meeting.get_by_role("textbox", name="Overskrift").fill("Årets mål")
    meeting.get_by_role("button", name="Tilføj afsnit").click()
    expect(where(meeting)).to_contain_text("Årets mål")
    expect(meeting.get_by_role("textbox", name="Tekst i afsnittet »Årets mål«")).to_be_focused()


def test_a_tick_is_saved_at_once_and_seen_by_all(
    meeting: Page, open_page: OpenPage, cast: Cast, charter: Charter
) -> None:
    jonas = open_page(cast.jonas)
    meet(jonas, charter)
    expect(jonas.locator("#moede-antal")).to_have_text("0 af 2")
    meeting.get_by_role("checkbox", name="Jonas Engtoft").check()
    meeting.get_by_role("checkbox", name="Karen Havbirk").check()
    expect(meeting.locator("#moede-antal")).to_have_text("2 af 2")
    assert Attendance.people_at(charter) == {cast.karen.pk, cast.jonas.pk}
    expect(jonas.locator("#moede-antal")).to_have_text("2 af 2", timeout=ARRIVES)
    expect(jonas.locator("#moede-liste")).to_contain_text("til stede")
    meeting.get_by_role("checkbox", name="Jonas Engtoft").uncheck()
    expect(jonas.locator("#moede-antal")).to_have_text("1 af 2", timeout=ARRIVES)


def test_a_tick_that_cannot_be_saved_says_so_and_falls_back(
    meeting: Page, cast: Cast, charter: Charter, no_console_errors: Watch
) -> None:
    no_console_errors.expect("Failed to load resource")
    box = meeting.get_by_role("checkbox", name="Jonas Engtoft")
    meeting.route("**/til-stede/", lambda route: route.abort())
    box.click()
    alert = meeting.locator("[data-part=refused]")
    expect(alert).to_have_text("Fluebenet blev ikke gemt. Prøv igen.")
    expect(box).not_to_be_checked()
    meeting.unroute("**/til-stede/")
    box.check()
    expect(meeting.locator("#moede-antal")).to_have_text("1 af 2")
    expect(alert).to_be_empty()
    assert Attendance.people_at(charter) == {cast.jonas.pk}


def test_ticks_set_quickly_on_a_slow_network_all_stand(meeting: Page, cast: Cast, charter: Charter) -> None:
    def slowly(route: Route) -> None:
        meeting.wait_for_timeout(400)
        route.continue_()

    meeting.route("**/til-stede/", slowly)
    names = ("Karen Havbirk", "Jonas Engtoft")
    for name in names:
        meeting.get_by_role("checkbox", name=name).click()
    expect(meeting.locator("#moede-antal")).to_have_text("2 af 2")
    for name in names:
        expect(meeting.get_by_role("checkbox", name=name)).to_be_checked()
    assert Attendance.people_at(charter) == {cast.karen.pk, cast.jonas.pk}


def test_a_member_who_was_missing_is_added_without_leaving_the_page(
    meeting: Page, cast: Cast, charter: Charter
) -> None:
    edit_first = headings(charter)[0]
    meeting.keyboard.press("ArrowRight")
    edit(meeting, edit_first)
    meeting.get_by_role("navigation", name="Mødets trin").get_by_role("link", name="Hoved").click()
    meeting.get_by_role("link", name="Tilføj medlem").click()
    dialog = meeting.get_by_role("dialog", name="Tilføj medlem")
    expect(dialog.get_by_label("Navn")).to_be_focused()
    dialog.get_by_label("Navn").fill("Vibeke Strand")
    dialog.get_by_label("E-mail").fill("vibeke@")
    dialog.get_by_role("button", name="Tilføj medlem").click()
    expect(dialog.locator("#error_1_medlem_email")).to_be_visible()
    expect(dialog.get_by_label("Navn")).to_have_value("Vibeke Strand")
    meeting.keyboard.press("Escape")
    meeting.get_by_role("link", name="Tilføj medlem").click()
    expect(dialog.get_by_label("Navn")).to_have_value("Vibeke Strand")  # what was typed is there
    dialog.get_by_label("E-mail").fill("vibeke@odder.example")
    dialog.get_by_label("Organisation").select_option(label="Odder Kommune")
    dialog.get_by_role("button", name="Tilføj medlem").click()
    expect(dialog).to_be_hidden()
    expect(meeting.get_by_role("checkbox", name="Vibeke Strand")).to_be_checked()
    expect(meeting.locator("#moede-antal")).to_have_text("1 af 3")
    expect(meeting.locator(".section-open")).to_have_count(1)


def test_those_who_are_there_approve_when_the_meeting_adopts(
    meeting: Page, cast: Cast, charter: Charter
) -> None:
    meeting.get_by_role("checkbox", name="Karen Havbirk").check()
    meeting.keyboard.press("End")
    expect(meeting.locator("#moede-til-stede")).to_contain_text("Karen Havbirk")
    meeting.get_by_role("link", name="Vedtag kommissoriet").click()
    expect(meeting.get_by_role("checkbox", name="Karen Havbirk")).to_be_checked()
    expect(meeting.get_by_role("checkbox", name="Jonas Engtoft")).not_to_be_checked()
    meeting.get_by_role("button", name="Vedtag kommissoriet").click()
    charter.refresh_from_db()
    expect(meeting).to_have_url(re.compile(re.escape(charter.get_absolute_url())))
    assert [m.person for m in charter.members.exclude(approved_on=None)] == [cast.karen]


def test_a_reader_has_the_text_as_it_stands_and_no_controls(
    open_page: OpenPage, cast: Cast, charter: Charter
) -> None:
    page = open_page(cast.jonas)
    meet(page, charter)
    page.keyboard.press("ArrowRight")
    section = charter.standing_sections()[0]
    for control in ("Rediger", "Tilføj afsnit", "Tag ud", "Tilføj medlem", "Vedtag kommissoriet"):
        expect(page.get_by_text(control, exact=True)).to_have_count(0)
    section.rewrite(heading=section.heading, body="Nyt fra en anden.", base=section.revision, by=cast.karen)
    expect(page.get_by_text("Nyt fra en anden.")).to_be_visible(timeout=ARRIVES)
    expect(where(page)).to_contain_text(section.heading)


def test_without_javascript_the_whole_text_is_there_and_ticks_are_saved_by_a_button(
    open_page: OpenPage, cast: Cast, charter: Charter
) -> None:
    page = open_page(cast.karen, java_script_enabled=False)
    page.goto(reverse("charters:draft-meeting", args=[charter.group.slug]))
    for name in headings(charter):
        expect(page.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()
    page.get_by_role("checkbox", name="Jonas Engtoft").check()
    page.get_by_role("button", name="Gem, hvem der er til stede").click()
    expect(page.get_by_role("checkbox", name="Jonas Engtoft")).to_be_checked()
    page.get_by_role("link", name="Tilføj medlem").click()
    page.get_by_label("Navn").fill("Vibeke Strand")
    page.get_by_label("E-mail").fill("vibeke@odder.example")
    page.get_by_role("button", name="Tilføj medlem").click()
    expect(page.get_by_role("checkbox", name="Vibeke Strand")).to_be_checked()


@pytest.mark.parametrize("viewport", [PROJECTOR, PHONE], ids=["projector", "phone"])
def test_each_step_and_each_way_of_showing_them_is_accessible(
    open_page: OpenPage,
    cast: Cast,
    charter: Charter,
    axe: Callable[[Page], None],
    viewport: ViewportSize,
) -> None:
    factories.attendance(charter, cast.jonas)
    charter.add_section("Økonomi", body="xyz")
    page = open_page(cast.karen, viewport=viewport)
    meet(page, charter)
    for key in ("Home", "ArrowRight", "End", "?"):
        page.keyboard.press(key)
        assert_fits(page)
        axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Vis hele teksten").click()
    assert_fits(page)
    axe(page)


def test_the_form_for_a_member_is_accessible_with_its_errors(
    meeting: Page, axe: Callable[[Page], None]
) -> None:
    meeting.get_by_role("link", name="Tilføj medlem").click()
    dialog = meeting.get_by_role("dialog", name="Tilføj medlem")
    dialog.get_by_role("button", name="Tilføj medlem").click()
    expect(dialog.get_by_text("Noget skal rettes")).to_be_visible()
    axe(meeting)


def assert_in_reach(page: Page) -> None:
    """What is pressed while a section is written stands whole above the meeting's own foot, in the window."""
    done = page.get_by_role("button", name="Færdig").bounding_box()
    foot = page.locator(".meeting-foot").bounding_box()
    assert done
    assert foot
    assert done["y"] + done["height"] <= foot["y"]
    assert page.viewport_size
    assert foot["y"] + foot["height"] <= page.viewport_size["height"]


def assert_fits(page: Page) -> None:
    wide: Any = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_who_loses_the_right_to_write_is_told_when_ticking(
    meeting: Page, cast: Cast, charter: Charter, no_console_errors: Watch
) -> None:
    no_console_errors.expect("status of (403|404)")
    chair: User = cast.karen
    charter.group.memberships.filter(person=chair).update(role="member")
    from_chair = charter.group.memberships.get(person=chair)
    from_chair.save()
    meeting.get_by_role("checkbox", name="Jonas Engtoft").click()
    expect(meeting.locator("[data-part=refused]")).to_contain_text("Genindlæs siden")
    expect(meeting.get_by_role("checkbox", name="Jonas Engtoft", checked=True)).to_have_count(0)


def test_what_is_done_with_a_section_leaves_the_meeting_where_it_is(meeting: Page, charter: Charter) -> None:
    last = charter.standing_sections()[-1]
    meet(meeting, charter, f"#{last.anchor}")
    meeting.reload()
    meeting.get_by_role("button", name=f"Op: {last.heading}").click()
    expect(where(meeting)).to_contain_text(f"Afsnit {len(headings(charter)) - 1} af")
    meeting.get_by_role("button", name=f"Tag ud: {last.heading}").click()
    expect(where(meeting)).to_have_text("Afsnittet er taget ud")
    meeting.reload()
    meeting.keyboard.press("End")
    meeting.keyboard.press("ArrowLeft")
    meeting.get_by_role("button", name=f"Sæt ind igen: {last.heading}").click()
    expect(where(meeting)).to_contain_text(last.heading)
    expect(meeting).to_have_url(re.compile(rf"/moede/#{last.anchor}$"))
