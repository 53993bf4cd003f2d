"""What Word puts in and around a text is read, or named as what could not be brought along."""

from __future__ import annotations

import io

import pytest

from charters.word import WordCharter, read_word
from tests.charters.word.test_bad_files import document, packed, parts

pytestmark = pytest.mark.no_database

HEAD = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Rolle</w:t></w:r></w:p>'


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def linked(address: str, words: str) -> str:
    """A link as a field: what Word is to do, and what it shows."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    instruction = f'<w:r><w:instrText>HYPERLINK "{address}" </w:instrText></w:r>'
    return begin + instruction + separate + run(words) + end


def read(body: str) -> WordCharter:
    (charter,) = read_word(io.BytesIO(document(HEAD + body)))
    return charter


def body_of(charter: WordCharter) -> str:
    (section,) = charter.sections
    return section.body


def left(charter: WordCharter) -> list[tuple[str, str]]:
    return [(leftover.what, leftover.words) for leftover in charter.leftovers]


def test_tracked_insertions_are_in_and_deletions_are_shown_as_out() -> None:
    found = read(
        paragraph(
            run("Vi ")
            + f"<w:ins>{run('ikke ')}</w:ins><w:del><w:r><w:delText>altid</w:delText></w:r></w:del>"
            + run("mødes.")
        )
    )
    assert body_of(found) == "<p>Vi ikke mødes.</p>"
    assert left(found) == [("Slettet tekst (sporede ændringer)", "altid")]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    found = read(paragraph(run("Vi "), "<w:rPr><w:del/></w:rPr>") + paragraph(run("mødes.")))
    assert body_of(found) == "<p>Vi mødes.</p>"


def test_text_boxes_and_pictures_are_named_once_though_word_has_two_ways_to_show_them() -> None:
    box = f"<w:pict><w:txbxContent>{paragraph(run('Husk kage'))}</w:txbxContent></w:pict>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ways = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent {mc}>{ways}</mc:AlternateContent>"
    picture = '<w:drawing><a xmlns="a"><docPr name="logo.png"/><blip/></a></w:drawing>'
    found = read(paragraph(f"<w:r>{both}</w:r>") + paragraph(f"<w:r>{picture}</w:r>{run('Slut')}"))
    assert body_of(found) == "<p>Slut</p>"
    assert left(found) == [("Tekstboks", "Husk kage"), ("Billede", "logo.png")]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("footnotes", "Fodnote"),
        ("endnotes", "Slutnote"),
        ("comments", "Kommentar"),
        ("header", "Sidehoved"),
        ("footer", "Sidefod"),
    ],
)
def test_what_stands_beside_the_text_is_shown(kind: str, what: str) -> None:
    name = "word/_rels/document.xml.rels"
    relation = f'<Relationship Id="x1" Type="http://x/{kind}" Target="beside.xml"/></Relationships>'
    item = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}.get(kind)
    said = paragraph(run("Spørg sekretariatet"))
    main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    beside = f"<w:x {main}>{f'<w:{item}>{said}</w:{item}>' if item else said}</w:x>"
    content = packed(
        **{
            name: parts()[name].replace(b"</Relationships>", relation.encode()),
            "word/beside.xml": beside.encode(),
        }
    )
    (charter,) = read_word(io.BytesIO(content))
    assert left(charter) == [(what, "Spørg sekretariatet")]


def test_fields_show_what_they_last_showed_and_links_keep_their_address() -> None:
    found = read(paragraph(linked("https://os2.eu/", "OS2") + run(" her")))
    assert body_of(found) == '<p><a href="https://os2.eu/">OS2</a> her</p>'


def test_hidden_text_and_unsafe_links_are_shown_beside() -> None:
    found = read(paragraph(run("skjult", "<w:vanish/>") + linked("file://c/x", "fil")))
    assert body_of(found) == "<p>fil</p>"
    assert left(found) == [
        ("Skjult tekst", "skjult"),
        ("Et link, som ikke kan stå i et kommissorium", "file://c/x"),
    ]


@pytest.mark.parametrize(
    ("struck", "is_out"),
    [("<w:strike/>", True), ("<w:dstrike/>", True), ('<w:strike w:val="0"/>', False), ("<w:i/>", False)],
)
def test_words_that_are_struck_through_are_out_and_shown(struck: str, is_out: bool) -> None:
    found = read(paragraph(run("Vi ") + run("ikke ", struck) + run("mødes.")))
    assert ("ikke" not in body_of(found)) == is_out
    assert left(found) == ([("Overstreget tekst", "ikke")] if is_out else [])


def test_a_table_becomes_lines_and_a_form_in_a_table_becomes_sections() -> None:
    def table(*rows: tuple[str, ...]) -> str:
        cells = ("".join(f"<w:tc>{paragraph(run(words))}</w:tc>" for words in row) for row in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"

    found = read(table(("Møde", "Dag"), ("1", "Mandag")) + table(("Økonomiske forpligtelser", "Ingen.")))
    assert [(section.heading, section.body) for section in found.sections] == [
        ("Rolle", "<p>Møde | Dag</p><p>1 | Mandag</p>"),
        ("Økonomiske forpligtelser", "<p>Ingen.</p>"),
    ]
    assert left(found) == [("Tabel, der er skrevet om til linjer", "Rolle")]


def test_lines_broken_by_hand_are_points_where_they_begin_as_such() -> None:
    words = "Vi skal:</w:t><w:br/><w:t>• mødes</w:t><w:br/><w:t>2) spise</w:t><w:br/><w:t>- gå"
    assert body_of(read(paragraph(run(words)))) == (
        "<p>Vi skal:</p><ul><li><p>mødes</p></li></ul><p>2) spise</p><ul><li><p>gå</p></li></ul>"
    )


def test_formatting_is_words_own_or_its_styles_and_can_be_taken_off() -> None:
    words = run("a ", "<w:b/>") + run("b ", '<w:b w:val="0"/>') + run("c", '<w:rStyle w:val="Strong"/><w:i/>')
    assert body_of(read(paragraph(words))) == "<p><strong>a </strong>b <strong><em>c</em></strong></p>"


def test_without_any_heading_all_text_is_shown_as_left_over() -> None:
    (charter,) = read_word(io.BytesIO(document(paragraph(run("Bare en besked.")))))
    assert charter.sections == []
    assert left(charter) == [("Tekst før det første afsnit", "Bare en besked.")]
