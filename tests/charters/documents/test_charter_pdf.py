"""The PDF of a charter: it says what its page says, to eyes and to screen readers, the same each time."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import io
import sys
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfWriter

from charters import text
from charters.documents.charter_pdf import CSS, Places, charter_html, charter_pdf, evidence
from charters.documents.renderer import Renderer
from charters.edition import Edition, EditionMember, EditionSection
from charters.models import Charter
from members.models import Membership
from tests import factories
from tests.cast import CastCase
from tests.charters.documents import reading

pytestmark = pytest.mark.no_database  # an edition's words are the same on both
DAY = datetime.date(2026, 11, 24)


def member(name: str, **fields: Any) -> EditionMember:
    fields = {"role": Membership.Role.MEMBER, "organisation": "Odder Kommune", "person_id": None} | fields
    return EditionMember(name=name, **fields)


def section(number: int, body: str) -> EditionSection:
    return EditionSection(f"s{number}", f"Afsnit nummer {number}", text.clean(body), f"afsnit-{number}")


class DocumentCase(CastCase):
    """The three standard texts, adopted, and one of them as a draft."""

    adopted: list[Charter]
    draft: Charter

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        groups = [cls.cast.steering, cls.cast.coordination, cls.cast.professional]
        cls.adopted = [factories.adopted(group, on=DAY, real_pdf=True) for group in groups]
        cls.draft = factories.draft()

    def edition(self, **changes: Any) -> Edition:
        return dataclasses.replace(Edition.of(self.adopted[0]), **changes)


class ContentTests(DocumentCase):
    def test_says_the_same_words_as_its_page(self) -> None:
        self.client.force_login(self.cast.aase)
        for charter in self.adopted:
            with self.subTest(kind=charter.template.kind):
                response = self.client.get(charter.get_absolute_url())
                written = reading.words_of_page(response.content.decode())
                printed = reading.words_of_pdf(bytes(charter.document.pdf))
                assert len(written) > 80
                assert reading.unhyphenated(printed, written=written) == written

    def test_another_word_on_the_page_would_be_noticed(self) -> None:
        printed = reading.words_of_pdf(bytes(self.adopted[0].document.pdf))
        assert reading.unhyphenated(printed, written=[*printed, "mere"]) != [*printed, "mere"]

    def test_stored_document_is_that_of_the_edition(self) -> None:
        for charter in self.adopted:
            assert charter_pdf(Edition.of(charter)) == bytes(charter.document.pdf)

    def test_every_page_names_the_edition_its_date_and_fingerprint(self) -> None:
        charter = self.adopted[1]
        edition = dataclasses.replace(
            Edition.of(charter), sections=tuple(section(n, "Ord. " * 600) for n in range(3))
        )
        sheets = reading.pages(charter_pdf(edition))
        assert len(sheets) > 1
        for number, sheet in enumerate(sheets, start=1):
            margins = reading.margin_lines(sheet)
            assert f"Side {number} af {len(sheets)}" in margins
            assert edition.title in margins
            assert (
                f"Udgave 1, vedtaget 24. november 2026. Fingeraftryk: {edition.short_fingerprint}" in margins
            )

    def test_approvals_stand_as_they_were_and_the_others_can_sign(self) -> None:
        members = (
            member("Karen Havbirk", role=Membership.Role.CHAIR, approved_on=DAY),
            member("Jonas Engtoft"),
            member("Tobias Klitholm", role=Membership.Role.SUPPLIER),
        )
        words = " ".join(reading.words_of_pdf(charter_pdf(self.edition(members=members))))
        assert "Karen Havbirk Formand, Odder Kommune Godkendt på mødet 24. november 2026" in words
        assert "Jonas Engtoft Medlem, Odder Kommune Dato og underskrift" in words
        assert words.count("Dato og underskrift") == 1
        assert words.count("Tobias Klitholm") == 1

    def test_without_anybody_who_decides_there_is_no_list_of_approvals(self) -> None:
        only_supplier = (member("Tobias Klitholm", role=Membership.Role.SUPPLIER),)
        words = " ".join(reading.words_of_pdf(charter_pdf(self.edition(members=only_supplier))))
        assert "Godkendelser" not in words

    def test_removed_name_is_said_to_be_removed(self) -> None:
        words = " ".join(reading.words_of_pdf(charter_pdf(self.edition(members=(member(""),)))))
        assert "Navn fjernet, medlem, Odder Kommune" in words

    def test_faggruppe_without_project_has_no_empty_fields(self) -> None:
        words = " ".join(reading.words_of_pdf(bytes(self.adopted[2].document.pdf)))
        assert "Medlemmer i faggruppen Nadia Elmark, tovholder, Ærø Kommune Dato 24. november" in words
        for label in ("Projektets navn", "Produktniveau"):
            assert label not in words
            assert label in " ".join(reading.words_of_pdf(bytes(self.adopted[0].document.pdf)))

    def test_is_danish_whatever_the_readers_language(self) -> None:
        with translation.override("en"):
            assert "24. november 2026" in charter_html(self.edition())


class DraftTests(DocumentCase):
    def test_every_page_of_a_draft_is_marked(self) -> None:
        edition = dataclasses.replace(
            Edition.of(self.draft), sections=tuple(section(n, "Ord. " * 900) for n in range(3))
        )
        sheets = reading.pages(charter_pdf(edition))
        assert len(sheets) >= 3
        for sheet in sheets:
            margins = reading.margin_lines(sheet)
            assert "OS2arbejdsgrupper Udkast" in margins
            assert "Udkast. Ikke vedtaget." in margins

    def test_draft_has_no_fingerprint_and_nothing_to_sign(self) -> None:
        draft = " ".join(reading.pages(charter_pdf(Edition.of(self.draft))))
        adopted = " ".join(reading.pages(bytes(self.adopted[0].document.pdf)))
        for words in ("Fingeraftryk", "Godkendelser", "underskrift"):
            assert words not in draft
            assert words in adopted
        assert "Udkast" not in adopted

    def test_heading_that_is_not_filled_in_says_so(self) -> None:
        empty = dataclasses.replace(
            Edition.of(self.draft), project_name="", level="", dated_on=None, members=()
        )
        pdf = charter_pdf(empty)
        words = " ".join(reading.words_of_pdf(pdf))
        assert words.count("Ikke udfyldt") == 3
        assert "Ingen medlemmer endnu" in words
        assert reading.findings(pdf) == []


class AccessibleTests(DocumentCase):
    def test_passes_pdf_ua(self) -> None:
        for charter in self.adopted:
            assert reading.findings(bytes(charter.document.pdf)) == [], charter
        assert reading.findings(charter_pdf(Edition.of(self.draft))) == []

    def test_adopted_it_is_kept_for_good_and_carries_what_its_fingerprint_is_of(self) -> None:
        for charter in self.adopted:
            pdf = bytes(charter.document.pdf)
            assert reading.findings(pdf, archive=True) == [], charter
            (content,) = reading.reader(pdf).attachments["kommissorium.json"]
            assert content.decode() == charter.document.content
            assert hashlib.sha256(content).hexdigest() == charter.fingerprint
            catalog: Any = reading.reader(pdf).trailer["/Root"]
            (file,) = [one.get_object() for one in catalog["/AF"]]
            assert (file["/AFRelationship"], file["/UF"]) == ("/Source", "kommissorium.json")
            assert file["/EF"]["/F"].get_object()["/Subtype"] == "/application/json"
            assert charter.short_fingerprint.encode() in pdf  # for whoever checks one that was changed

    def test_the_paper_says_where_the_edition_stands_and_where_it_is_checked(self) -> None:
        charter = self.adopted[0]
        places = Places.of(charter, "https://grupper.example{}".format)
        pdf = charter_pdf(Edition.of(charter), places=places)
        words = "".join(reading.pages(pdf)).replace("\n", "")
        assert f"https://grupper.example{charter.get_absolute_url()}" in words
        assert "https://grupper.example/kontroller/" in words
        assert reading.findings(pdf) == reading.findings(pdf, archive=True) == []

    def test_a_draft_is_no_evidence(self) -> None:
        pdf = charter_pdf(Edition.of(self.draft))
        assert not reading.reader(pdf).attachments
        assert reading.findings(pdf, archive=True) != []

    def test_checker_finds_what_is_wrong(self) -> None:
        untagged = PdfWriter(clone_from=reading.reader(bytes(self.adopted[0].document.pdf)))
        del untagged.root_object["/StructTreeRoot"]
        written = io.BytesIO()
        untagged.write(written)
        assert reading.findings(written.getvalue()) != []

    def test_has_title_language_and_bookmarks(self) -> None:
        edition = self.edition()
        document = reading.reader(charter_pdf(edition))
        catalog: Any = document.trailer["/Root"]
        outline: Any = document.outline
        assert (document.metadata.title if document.metadata else "") == edition.title
        assert catalog["/Lang"] == "da"
        assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
        headings = [*(section.heading for section in edition.sections), "Godkendelser ved vedtagelsen"]
        assert [outline[0].title, *(item.title for item in outline[1])] == [edition.title, *headings]

    def test_headers_of_tables_say_what_they_head(self) -> None:
        headers = reading.tags(bytes(self.adopted[0].document.pdf), "/TH")
        scopes = [str(header["/A"]["/Scope"]) for header in headers]
        assert scopes == ["/Row"] * 4 + ["/Column"] * 3

    def test_lists_are_lists_and_nest_within_their_point(self) -> None:
        nested = "<ul><li>Et<ul><li>To</li></ul></li><li>Tre</li></ul>"
        pdf = charter_pdf(self.edition(members=(), sections=(section(1, nested),)))
        outer, inner = reading.tags(pdf, "/L")
        items = reading.tags(pdf, "/LI")
        assert reading.kinds(outer) == ["/LI", "/LI"]
        assert [reading.kinds(item) for item in items] == [["/Lbl", "/LBody"]] * 3
        assert reading.kinds(items[0]["/K"][1].get_object()) == ["/P", "/L"]
        assert reading.kinds(inner) == ["/LI"]

    def test_only_open_sans_is_in_the_file(self) -> None:
        nested = (
            "<ul><li>Et <em>to</em><ul><li>Tre <strong>fire</strong></li></ul></li></ul><ol><li>Fem</li></ol>"
        )
        sheets: Any = reading.reader(charter_pdf(self.edition(sections=(section(1, nested),)))).pages
        fonts = {
            str(font.get_object()["/BaseFont"])
            for sheet in sheets
            for font in sheet["/Resources"]["/Font"].values()
        }
        assert len(fonts) > 2
        assert [name for name in fonts if "+Open-Sans" not in name] == []

    def test_characters_no_font_has_do_not_break_it(self) -> None:
        hostile = "Åse 🎉 李小龍 \U0010fffd <script>alert(1)</script> " + "Langt" * 40
        pdf = charter_pdf(self.edition(members=(member(hostile[:200]),), group_name="Gruppe " * 22))
        assert reading.findings(pdf) == []
        words = " ".join(reading.words_of_pdf(pdf))
        assert "Åse" in words
        assert "<script>alert(1)</script>" in words


class PagesTests(DocumentCase):
    def test_a_word_longer_than_the_line_is_broken(self) -> None:
        word = "Ø" * 200
        heading = dataclasses.replace(section(1, "<p>a</p>"), heading=word)
        (sheet, *_more) = reading.pages(charter_pdf(self.edition(sections=(heading,))))
        lines = [line for line in reading.content_lines(sheet) if line.startswith("Ø")]
        assert "".join(lines) == word
        assert len(lines) > 1

    def test_nobody_signs_alone_on_a_last_page(self) -> None:
        lengths = set()
        for count in range(17, 21):  # around what one page holds
            members = tuple(member(f"Navn{number}") for number in range(count))
            sheets = reading.pages(charter_pdf(self.edition(members=members)))
            lengths.add(len(sheets))
            assert sheets[-1].count("Dato og underskrift") != 1, f"{count} members"
        assert len(lengths) > 1

    def test_no_heading_stands_alone_at_the_foot_of_a_page(self) -> None:
        headings = [f"Afsnit nummer {number}" for number in range(6)]
        for filling in range(30, 130, 20):
            sections = tuple(section(number, "Ord til linjen. " * filling) for number in range(6))
            for sheet in reading.pages(charter_pdf(self.edition(sections=sections))):
                assert reading.content_lines(sheet)[-1] not in headings


class SameBytesTests(DocumentCase):
    def test_equal_input_gives_equal_bytes_in_any_process(self) -> None:
        edition = Edition.of(self.adopted[1])
        html, more = charter_html(edition), {"css": CSS, "enclosed": evidence(edition)}
        first, second = Renderer(), Renderer()
        self.addCleanup(first.stop)
        self.addCleanup(second.stop)
        second.print(charter_html(Edition.of(self.draft)), css=CSS)
        printed = {first.print(html, **more), second.print(html, **more), second.print(html, **more)}
        assert first.pid != second.pid
        assert printed == {bytes(self.adopted[1].document.pdf)}

    def test_does_not_know_what_time_it_is(self) -> None:
        metadata = reading.reader(charter_pdf(self.edition())).metadata
        assert metadata is not None
        assert "/CreationDate" not in (metadata or {})
        assert "/ModDate" not in (metadata or {})

    def test_web_process_never_imports_the_typesetter(self) -> None:
        charter_pdf(self.edition())
        assert "weasyprint" not in sys.modules
