"""The secretariat asks for all charters as one zip, waits on the page, and has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from charters.bundling import collect
from charters.models import Bundle, BundleEntry
from tests import factories
from tests.browser.conftest import PHONE, OpenPage
from tests.cast import Cast


def test_a_bundle_is_followed_on_its_page_until_it_is_there(
    open_page: OpenPage, cast: Cast, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    for group in (cast.steering, cast.coordination):
        factories.adopted(group)
    page = open_page(cast.aase)
    page.goto("/grupper/")
    page.get_by_role("link", name="Hent kommissorier som zip").click()
    page.get_by_label("Type").select_option("steering")
    expect(page.get_by_text("Ét vedtaget kommissorium passer")).to_be_visible()
    page.get_by_label("Type").select_option("")
    expect(page.get_by_text("2 vedtagne kommissorier passer")).to_be_visible()
    page.get_by_role("button", name="Saml som zip").click()
    bar = page.get_by_role("progressbar", name="0 af 2 er klar")
    expect(bar).to_be_visible()
    axe(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    BundleEntry.objects.filter(position=1).update(size=1, crc32=1)
    expect(page.get_by_role("progressbar", name="1 af 2 er klar")).to_be_visible()
    page.reload()
    expect(page.get_by_role("progressbar", name="1 af 2 er klar")).to_be_visible()
    BundleEntry.objects.update(size=None, crc32=None)
    collect.call(Bundle.objects.get().pk)
    expect(page.get_by_role("status")).to_have_text("Samlingen er klar. Du kan hente zip-filen.")
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent zip").click()
    download.value.save_as(tmp_path / "samling.zip")
    assert len(ZipFile(tmp_path / "samling.zip").namelist()) == 3
