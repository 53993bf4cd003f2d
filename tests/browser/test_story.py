"""The story the product must tell, played in a browser from an empty register to a public PDF."""

from __future__ import annotations

import io
import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from charters.models import Charter
from charters.standard_texts import load_standard_texts
from members import access
from members.models import Organisation, User
from tests import factories
from tests.browser.conftest import OpenPage, assert_accessible

pytestmark = pytest.mark.story

MEMBERS = [
    ("Karen Havbirk", "karen@odder.example", "Odder Kommune", "Formand"),
    ("Jonas Engtoft", "jonas@aeroe.example", "Ærø Kommune", "Medlem"),
    ("Lone Bækhus", "lone@favrskov.example", "Favrskov Kommune", "Medlem"),
    ("Per Egelund-Dam", "per@soenderborg.example", "Sønderborg Kommune", "Medlem"),
]
PASSWORD = "havregryn cykel lyst"


@pytest.fixture
def secretary(transactional_db: None) -> User:
    """An empty register: the standard texts, the municipalities of the story, and one secretary."""
    load_standard_texts()
    for _name, _email, organisation, _role in MEMBERS:
        factories.organisation(organisation)
    os2 = factories.organisation("OS2s sekretariat", kind=Organisation.Kind.SECRETARIAT)
    aase = factories.user("Åse Kildevang", email="aase@os2.example", organisation=os2, is_staff=True)
    aase.groups.add(access.secretariat())
    return aase


@pytest.mark.long(30)
def test_from_an_empty_register_to_an_adopted_charter(open_page: OpenPage, secretary: User) -> None:
    office = open_page()
    sign_in_with_the_form(office, secretary.email, factories.PASSWORD)
    create_project_and_group(office)
    for member in MEMBERS:
        add_member(office, *member)
    expect(
        office.get_by_role("row", name=re.compile("Karen Havbirk.*Formand.*Odder Kommune"))
    ).to_be_visible()
    invite(office, "Karen Havbirk")

    chair = open_page()
    accept_the_invitation(chair)
    fill_in_and_adopt(chair)
    sign_out(chair)
    read_in_public(chair)


def sign_in_with_the_form(page: Page, email: str, password: str) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Log ind").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Adgangskode").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log ind", exact=True).click()
    expect(page.get_by_role("heading", name="Mit mandat")).to_be_visible()


def create_project_and_group(page: Page) -> None:
    page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Projekter").click()
    page.get_by_role("link", name="Opret projekt").click()
    page.get_by_label("Navn").fill("OS2naturkort")
    page.get_by_label("Produktniveau").select_option("Niveau 2")
    page.get_by_role("button", name="Opret projektet").click()
    expect(page.get_by_role("heading", name="OS2naturkort", level=1)).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Opret gruppe")).first.click()
    page.get_by_label("Type").select_option("Styregruppe")
    page.get_by_role("button", name="Opret gruppen").click()
    expect(page.get_by_role("heading", name="Styregruppen for OS2naturkort", level=1)).to_be_visible()


def add_member(page: Page, name: str, email: str, organisation: str, role: str) -> None:
    """The person is not in the register yet: look, create, and give them their role."""
    page.get_by_role("link", name="Tilføj medlem").click()
    page.get_by_role("main").get_by_role("searchbox").fill(name)
    page.get_by_role("main").get_by_role("button", name="Søg").click()
    page.get_by_role("link", name="Opret personen").click()
    expect(page.get_by_label("Navn")).to_have_value(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Organisation").select_option(organisation)
    page.get_by_role("main").get_by_role("button").last.click()
    page.get_by_label("Rolle").select_option(role)
    page.get_by_role("button", name="Tilføj til gruppen").click()
    expect(page.get_by_role("rowheader", name=name)).to_be_visible()


def invite(page: Page, name: str) -> None:
    page.get_by_role("rowheader", name=name).get_by_role("link").click()
    page.get_by_role("button", name=re.compile("Invit")).click()
    expect(page.get_by_role("status")).to_contain_text("Invitationen er sendt")


def accept_the_invitation(page: Page) -> None:
    link = re.search(r"http://[^/\s]+(/konto/\S+)", str(mail.outbox[-1].body))
    assert link
    page.goto(link[1])
    page.get_by_role("textbox", name=re.compile("Ny adgangskode(?! igen)")).fill(PASSWORD)
    page.get_by_label("Ny adgangskode igen").fill(PASSWORD)
    page.get_by_role("button", name="Gem adgangskoden").click()
    expect(page.get_by_role("heading", name="Mit mandat")).to_be_visible()
    expect(page.get_by_text("Gruppen har intet kommissorium endnu.")).to_be_visible()


def fill_in_and_adopt(page: Page) -> None:
    page.get_by_role("button", name="Udfyld kommissorium").click()
    document = page.get_by_role("article")
    for filled_in in ("OS2naturkort", "Karen Havbirk", "Niveau 2", "højest besluttende myndighed"):
        expect(document).to_contain_text(filled_in)
    expect(page.get_by_role("heading", name="Alt er udfyldt")).to_be_visible()
    expect(page.locator("[data-presence] li")).to_have_count(1)  # the page's scripts are there
    page.get_by_role("link", name="Rediger Rolle").click()
    editor = page.get_by_role("textbox", name="Tekst i afsnittet »Rolle«")
    editor.press("Control+End")
    editor.press_sequentially(" Vi mødes fire gange om året.")
    page.get_by_role("button", name="Færdig").click()
    expect(document).to_contain_text("Vi mødes fire gange om året.")
    page.get_by_role("link", name="Vedtag").click()
    for name in ("Karen Havbirk", "Jonas Engtoft", "Lone Bækhus"):
        page.get_by_label(re.compile(name)).check()
    page.get_by_role("button", name="Vedtag kommissoriet").click()
    expect(page.get_by_text("Kommissoriet er vedtaget.")).to_be_visible()
    expect(page.get_by_role("heading", name="3 af 4 har godkendt")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="Log ud").first.click()
    expect(page.get_by_text("Du er logget ud.")).to_be_visible()


def read_in_public(page: Page) -> None:
    page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Grupper").click()
    page.get_by_role("link", name="Styregruppen for OS2naturkort").click()
    page.get_by_role("link", name="Læs kommissoriet").click()
    expect(page).to_have_url(re.compile("/grupper/styregruppen-for-os2naturkort/kommissorium/$"))
    expect(page.get_by_role("article")).to_contain_text("Vi mødes fire gange om året.")
    assert "@" not in page.get_by_role("main").inner_text()
    assert_accessible(page)
    address = page.get_by_role("link", name="Hent PDF").get_attribute("href") or ""
    pdf = page.request.get(address)
    assert pdf.headers["content-type"] == "application/pdf"
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf.body())).pages)
    assert "Vi mødes fire gange om året." in " ".join(text.split())
    charter = Charter.objects.adopted().get()
    assert bytes(charter.document.pdf) == pdf.body()
    assert charter.short_fingerprint in text
