"""What stands above the head is the charter's title, however it is written; numbers typed before headings."""

from __future__ import annotations

import docx
import pytest

from charters.word import WordCharter, read_word
from tests.charters.word import forms

pytestmark = pytest.mark.no_database

NAME = "Styregruppen for OS2iot"
HEAD = ["Projektets navn: OS2iot", "Styregruppemedlemmer: Karen Havbirk", "Produktniveau: Niveau 2"]
TITLES = [
    "KOMMISSORIUM",
    "Kommissorium – styregruppe OS2iot",
    "Kommissorium, OS2iot",
    "Styregruppe for OS2iot - kommissorium",
    "Styregruppen for OS2iot",
]


def read(title: str, *, look: str, after: list[str]) -> WordCharter:
    document = docx.Document()
    match look:
        case "heading":
            document.add_heading(title, level=1)
        case "bold":
            document.add_paragraph().add_run(title).bold = True
        case _:
            document.add_paragraph(title)
    for line in after:
        document.add_paragraph(line)
    document.add_heading("Rolle", level=1)
    document.add_paragraph("Vi afgør alt.")
    (found,) = read_word(forms.saved(document), name=NAME)
    return found


@pytest.mark.parametrize("look", ["heading", "bold", "plain"])
@pytest.mark.parametrize("title", TITLES)
def test_title_is_no_section_and_the_head_below_it_is_read(title: str, look: str) -> None:
    found = read(title, look=look, after=HEAD)
    assert (found.titles, [section.heading for section in found.sections]) == ([title], ["Rolle"])
    assert found.facts.said == {"project_name": "OS2iot", "level": "level_2"}
    assert [member.name for member in found.members] == ["Karen Havbirk"]
    assert found.leftovers == []


def test_any_heading_right_above_the_head_is_a_title_and_one_above_text_a_section() -> None:
    assert read("OS2iot 2027", look="heading", after=HEAD).titles == ["OS2iot 2027"]
    found = read("Vores opgaver", look="heading", after=["Vi mødes.", *HEAD])
    assert (found.titles, found.sections[0].heading) == ([], "Vores opgaver")


def test_a_sentence_that_speaks_of_the_charter_is_shown_and_is_no_title() -> None:
    found = read("Her er vores kommissorium, som vi vedtog det.", look="plain", after=HEAD)
    assert found.titles == []
    assert [one.words for one in found.leftovers] == ["Her er vores kommissorium, som vi vedtog det."]


@pytest.mark.parametrize("mark", ["1. ", "1) "])
@pytest.mark.parametrize(
    "first", ["OVERORDNET FORMÅL MED STYREGRUPPEN", "Overordnet formål med styregruppen"]
)
def test_first_heading_is_known_though_its_number_was_typed(first: str, mark: str) -> None:
    document = docx.Document()
    for line in (f"{mark}{first}", "Formålet er godt.", "2. ROLLE", "Vi afgør alt."):
        document.add_paragraph(line)
    document.add_paragraph("Også dette.", style="List Bullet")
    (found,) = read_word(forms.saved(document))
    assert [(section.heading, section.body) for section in found.sections] == [
        (first, "<p>Formålet er godt.</p>"),
        ("2. ROLLE", "<p>Vi afgør alt.</p><ul><li><p>Også dette.</p></li></ul>"),
    ]


def test_a_number_typed_before_other_words_makes_a_point() -> None:
    (found,) = read_word(forms.saved(forms.as_typed([["Rolle", "1. Vi mødes.", "2. Vi spiser."]])))
    assert found.sections[0].body == "<ol><li><p>Vi mødes.</p></li><li><p>Vi spiser.</p></li></ol>"


def test_a_line_too_long_to_look_for_members_in_is_shown() -> None:
    words = "Karen Havbirk, " * 150
    document = docx.Document()
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Styregruppemedlemmer", f"{words}\nJonas Engtoft"
    document.add_heading("Rolle", level=1)
    (found,) = read_word(forms.saved(document))
    assert [member.name for member in found.members] == ["Jonas Engtoft"]
    assert [one.words for one in found.leftovers] == [words.strip()]


def test_the_end_of_a_heading_that_is_too_long_is_the_first_paragraph_and_told_of() -> None:
    document = docx.Document()
    words = "Rolle og meget mere " * 15
    document.add_heading(words, level=1)
    document.add_paragraph("Vi afgør alt.")
    (found,) = read_word(forms.saved(document))
    (section,) = found.sections
    assert len(section.heading) <= 200
    assert section.body.endswith("mere</p><p>Vi afgør alt.</p>")
    assert f"{section.heading} {section.body[3:]}".startswith(words.strip())
    assert [(one.words, one.is_kept) for one in found.leftovers] == [(section.heading, True)]
