"""Lists are read as programs write them: text in any usual letters, workbooks of Excel and LibreOffice."""

from __future__ import annotations

from typing import Any

import pytest

from members.register.reading import read_list
from tests.members.register.files import HEADINGS, book, listed, row, sheet, text

pytestmark = pytest.mark.no_database

WORDS = 'Navn;E-mail;Gruppe\r\nSøren "Å" Æbelø;soeren@aeroe.example;Jura\r\n'
READ = {"n": 2, "name": 'Søren "Å" Æbelø', "email": "soeren@aeroe.example", "group": "Jura"}
IDA = text("A2", "Ida"), text("B2", "ida@odder.example")


def one(content: bytes) -> dict[str, Any]:
    (found,) = read_list(content).rows
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_is_read_in_any_letters_and_with_any_delimiter(encoding: str, delimiter: str) -> None:
    assert one(WORDS.replace(";", delimiter).encode(encoding)) == READ


def test_quotes_hold_line_breaks_and_delimiters() -> None:
    assert one(b'Navn;E-mail\n"Ida;\r\nSkov ""I"" mark";ida@odder.example\n')["name"] == 'Ida; Skov "I" mark'


def test_old_line_ends_and_excels_own_first_line_are_read() -> None:
    found = one(b"sep=;\rNavn;E-mail\rIda;ida@odder.example\r")
    assert found == {"n": 3, "name": "Ida", "email": "ida@odder.example"}


def test_headings_are_danish_or_english_in_any_order_and_case() -> None:
    danish = "TIL;fra;ROLLE;Kommune;e-mail;Efternavn;Fornavn;Arbejdsgruppe;Tlf.;Stilling"
    english = "To;from;Role;Organization;E-Mail Address;Last name;First Name;Working group;Phone;Job title"
    cells = "1.1.2027;1.1.2026;Formand;Odder;ida@odder.example;Skovmark;Ida;Jura;11;Jurist"
    found = one(f"{danish}\n{cells}".encode())
    assert found == one(f"{english}\n{cells}".encode())
    assert found["name"] == "Ida Skovmark"
    assert len(found) == 10


def test_a_title_may_stand_above_and_empty_rows_between() -> None:
    found = read_list(b"Medlemmer 2026;;\n;;\nNavn;E-mail;Noter\n;;\nIda;ida@odder.example;x\n")
    assert [row["n"] for row in found.rows] == [5]
    assert found.unread == ["kolonnen »Noter«"]


def test_what_nobody_sees_is_left_out_and_letters_of_the_world_stay() -> None:
    name = "محمد \u202eالأمين 👩‍👧 Åse\u00a0Ø"
    found = one(f"Navn;E-mail\n{name};\u200bida@odder.example".encode())
    assert found["name"] == "محمد الأمين 👩‍👧 Åse Ø"
    assert found["email"] == "ida@odder.example"


def test_a_workbook_as_libreoffice_writes_it_is_read() -> None:
    """Strings apart from the sheet, days as numbers with a format of its own, and every number formatted."""
    strings = "".join(f'<si><t xml:space="preserve">{words}</t></si>' for words in (*HEADINGS, "Ida"))
    strings += '<si><r><t>ida@</t></r><r><t>odder.example</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
    first = "".join(f'<c r="{column}1" s="0" t="s"><v>{n}</v></c>' for n, column in enumerate("ABC"))
    second = '<c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>4</v></c><c r="C2" s="1" t="n"><v>45985</v></c>'
    content = book(sheet(f'<row r="1">{first}</row>', f'<row r="2">{second}</row>'), strings=strings)
    assert one(content) == {"n": 2, "name": "Ida", "email": "ida@odder.example", "joined_on": "2025-11-24"}


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="C2" s="2"><v>45985.75</v></c>', "2025-11-24"),
        ('<c r="C2" t="d"><v>2025-11-24</v></c>', "2025-11-24"),
        ('<c r="C2" t="str"><f>A1</f><v>24.11.2025</v></c>', "24.11.2025"),
        ('<c r="C2"><f>A1+1</f></c>', "=A1+1"),
        (text("C2", "=A1"), "'=A1"),
        ('<c r="C2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="C2" s="0"><v>1.2345678E7</v></c>', "12345678"),
        ('<c r="C2" s="1"><v>-40000</v></c>', "1790-06-24"),
        ('<c r="C2" s="1"><v>99999999999</v></c>', "99999999999"),
    ],
)
def test_a_cell_is_what_one_sees_in_it(cell: str, words: str) -> None:
    assert one(listed(*IDA, cell))["joined_on"] == words


def test_days_of_old_macs_are_counted_from_1904() -> None:
    cells = "".join((*IDA, '<c r="C2" s="1"><v>44523</v></c>'))
    content = book(sheet(row(1, *HEADINGS), f'<row r="2">{cells}</row>'), is_mac=True)
    assert one(content)["joined_on"] == "2025-11-24"


def test_hidden_sheets_are_not_read_and_those_passed_by_are_told() -> None:
    other, people = sheet(row(1, "Mødeplan")), sheet(row(1, *HEADINGS), row(2, "Ida", "ida@odder.example"))
    found = read_list(book(people.replace("Ida", "Skjult"), other, people, states=["hidden"]))
    assert [row["name"] for row in found.rows] == ["Ida"]
    assert found.unread == ["arket »Ark 2«"]


def test_a_cell_over_several_rows_counts_for_each_of_them() -> None:
    people = [row(1, *HEADINGS), row(2, "ida", "i@x.example", "1.1.2026")]
    people += [row(3, "bo", "b@x.example"), row(4, "eva", "e@x.example")]
    with_day = sheet(*people)
    merged = with_day.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="C2:C3"/></mergeCells>')
    assert [found.get("joined_on") for found in read_list(book(merged)).rows] == [
        "1.1.2026",
        "1.1.2026",
        None,
    ]


def test_cells_without_an_address_stand_one_after_the_other() -> None:
    content = sheet(row(1, *HEADINGS), row(2, "Ida", "ida@odder.example"))
    for reference in ("A1", "B1", "C1", "A2", "B2"):
        content = content.replace(f' r="{reference}"', "")
    assert one(book(content))["email"] == "ida@odder.example"
