"""A charter that goes to Word and comes back says what it said."""

from __future__ import annotations

import dataclasses
import datetime
import io
import tomllib

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charters import text
from charters.blocks import MAX_DEPTH, Block, Run
from charters.documents.charter_word import charter_word
from charters.edition import Edition, EditionMember, EditionSection
from charters.kinds import KINDS
from charters.standard_texts import HERE
from charters.word import WordCharter, read_word
from members.models import Membership, WorkingGroup

pytestmark = pytest.mark.no_database

DAY = datetime.date(2026, 11, 24)
# Words that a reader of forms may take for a heading, a header field, a point or the end of a charter.
TRICKY = [
    "Rolle", "Rolle: Styregruppen", "ROLLE", "Dato: 3. maj 2027", "Styregrupper", "Faggruppe", "- plan",
    "1. plan", "2) plan", "– plan", "* plan", "Udkast. Ikke vedtaget.", "Ikke udfyldt", "Projektets navn: x",
    "Kommissorium for plan", "a:b", "o", "plan, budget", "1. maj", "Grundregler", "Niveau 2", "§ 2", "*",
    "Godkendelser ved vedtagelsen", "Økonomi ", "formand ", " plan og budget", "<b>&\"'", "budget", "plan",
]  # fmt: skip
ANY_WORD = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), max_size=12)
WORDS = st.sampled_from(TRICKY) | ANY_WORD
LINKS = st.sampled_from(["", "", "", "https://os2.eu/a?b=1&c=d#e", "https://os2.eu/æ/{}\\x", "mailto:a@b.dk"])
RUNS = st.lists(st.builds(Run, WORDS, st.booleans(), st.booleans(), LINKS), min_size=1, max_size=3).map(tuple)
BLOCKS = st.builds(Block, st.sampled_from(["p", "ul", "ul", "ol"]), st.integers(0, MAX_DEPTH), RUNS)
BODIES = st.lists(BLOCKS, max_size=8).map(lambda blocks: text.clean(text.to_html(blocks)))
HEADINGS = st.sampled_from(
    ["Rolle", "Møder", "Styregrupper", "Dato", "1. Økonomi", "Aftaler:", "Kommissorium for os"]
)
SECTIONS = st.lists(st.tuples(HEADINGS, BODIES), min_size=1, max_size=5)


def edition(sections: list[tuple[str, str]], *, is_draft: bool = False, kind: str = "steering") -> Edition:
    return Edition(
        kind=kind,
        group_name="Styregruppen for OS2iot",
        number=2,
        is_draft=is_draft,
        template_version=1,
        project_name="OS2iot",
        level="level_2",
        dated_on=DAY,
        members_label=str(KINDS[kind].members_label),
        members=(
            EditionMember("Karen Havbirk", Membership.Role.CHAIR, "Odder Kommune", 1, approved_on=DAY),
            EditionMember("Jonas Engtoft", Membership.Role.MEMBER, "", 2),
        ),
        sections=tuple(EditionSection(f"s{n}", h, b, f"afsnit-{n}") for n, (h, b) in enumerate(sections)),
    )


def sent_and_read(sent: Edition) -> WordCharter:
    (found,) = read_word(io.BytesIO(charter_word(sent, address="https://os2.example/grupper/iot/")))
    return found


def said_by(found: WordCharter) -> list[tuple[str, str]]:
    return [(section.heading, section.body) for section in found.sections]


@pytest.mark.long(10)
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(SECTIONS, st.booleans())
def test_any_charter_comes_back_from_word_with_the_same_blocks(
    sections: list[tuple[str, str]], is_draft: bool
) -> None:
    found = sent_and_read(edition(sections, is_draft=is_draft))
    assert said_by(found) == sections
    assert found.facts.said == {"project_name": "OS2iot", "level": "level_2", "dated_on": DAY.isoformat()}
    assert (found.facts.unread, found.facts.empty) == ({}, [])
    assert [(m.name, m.role, m.organisation) for m in found.members] == [
        ("Karen Havbirk", "formand", "Odder Kommune"),
        ("Jonas Engtoft", "medlem", ""),
    ]


@pytest.mark.parametrize("kind", WorkingGroup.Kind.values)
def test_the_standard_texts_come_back_whole_and_leave_nothing_over(kind: str) -> None:
    content = tomllib.loads((HERE / KINDS[kind].standard_text).read_text(encoding="utf-8"))
    sections = [(section["heading"], text.clean(section["body"])) for section in content["sections"]]
    found = sent_and_read(edition(sections, is_draft=True, kind=kind))
    assert said_by(found) == sections
    assert found.leftovers == []


def test_what_stands_below_an_adopted_charter_and_on_its_pages_is_known_and_is_no_section() -> None:
    found = sent_and_read(edition([("Rolle", "<p>a</p>")]))
    assert (len(found.sections), found.leftovers) == (1, [])


def test_what_was_written_in_our_own_table_or_on_our_own_pages_is_shown() -> None:
    document = docx.Document(io.BytesIO(charter_word(edition([("Rolle", "<p>a</p>")]))))
    document.tables[1].rows[1].cells[2].text = "Karen H., 3. december"
    document.sections[0].footer.paragraphs[1].text = "Behandlet i udvalget."
    document.paragraphs[0].text = "Kommissorium for os"
    file = io.BytesIO()
    document.save(file)
    (found,) = read_word(io.BytesIO(file.getvalue()))
    assert [(one.what, one.words) for one in found.leftovers] == [
        ("Godkendelser ved vedtagelsen", "Karen Havbirk | Formand, Odder Kommune | Karen H., 3. december"),
        ("Sidefod", "Behandlet i udvalget."),
    ]


def test_the_reason_for_a_new_edition_is_in_the_head_and_comes_back() -> None:
    sent = dataclasses.replace(edition([("Rolle", "<p>a</p>")]), reason="Projektet er vokset.")
    document = docx.Document(io.BytesIO(charter_word(sent)))
    assert [cell.text for cell in document.tables[0].rows[-1].cells] == [
        "Hvorfor en ny udgave", "Projektet er vokset.",
    ]  # fmt: skip
    assert sent_and_read(sent).facts.said["reason"] == "Projektet er vokset."


def test_equal_editions_are_equal_files() -> None:
    one = edition([("Rolle", "<ol><li><p>a</p></li></ol>")])
    assert charter_word(one) == charter_word(dataclasses.replace(one))
    assert charter_word(one) != charter_word(dataclasses.replace(one, number=3))


class TestFile:
    """As another reader has it: python-docx."""

    def opened(self, **changes: object) -> docx.document.Document:
        body = "<ol><li><p>a</p></li></ol><p>x</p><ol><li><p>b</p><ul><li><p>c</p></li></ul></li></ol>"
        sent = dataclasses.replace(edition([("Rolle", body)]), **changes)  # type: ignore[arg-type]
        return docx.Document(io.BytesIO(charter_word(sent, address="https://os2.example/grupper/iot/")))

    def test_has_real_headings_lists_and_a_language(self) -> None:
        found = self.opened()
        styles = [(p.style.name, p.text) for p in found.paragraphs if p.style]
        assert styles[:4] == [
            ("Title", "Kommissorium for styregruppen for OS2iot"),
            ("Heading 1", "Rolle"),
            ("List Number", "a"),
            ("Body Text", "x"),
        ]
        lists = found.element.xpath("//w:numId/@w:val")
        assert len(set(lists)) == 3  # two numbered ones that each begin at 1, and the bullets
        restarts = found.part.numbering_part.element.xpath("//w:startOverride/@w:val")
        assert restarts == ["1", "1"]
        assert found.styles.element.xpath("//w:rPrDefault//w:lang/@w:val") == ["da-DK"]
        assert (found.core_properties.language, found.core_properties.author) == (
            "da-DK",
            "Styregruppen for OS2iot",
        )

    def test_tables_say_which_cells_are_their_heads(self) -> None:
        head, approvals = self.opened().tables
        assert [row.cells[0].text for row in head.rows] == [
            "Projektets navn", "Styregruppemedlemmer", "Produktniveau", "Dato",
        ]  # fmt: skip
        assert head._tbl.xpath(".//w:tblLook/@w:firstColumn") == ["1"]
        assert approvals._tbl.xpath(".//w:tblLook/@w:firstRow") == ["1"]
        assert len(approvals._tbl.xpath(".//w:tblHeader")) == 1

    def test_every_page_says_which_edition_it_is_of(self) -> None:
        adopted, draft = (self.opened(is_draft=is_draft).sections[0] for is_draft in (False, True))
        words = "\n".join(p.text for p in adopted.footer.paragraphs)
        assert "Udgave 2, vedtaget 24. november 2026. Fingeraftryk: " in words
        assert "https://os2.example/grupper/iot/" in words
        assert "Udkast" not in words + adopted.header.paragraphs[0].text
        assert "PAGE" in str(adopted.footer._element.xpath("string(.)"))
        assert draft.header.paragraphs[0].text == "OS2arbejdsgrupper\tUdkast"
        assert draft.footer.paragraphs[1].text == "Udkast. Ikke vedtaget."
