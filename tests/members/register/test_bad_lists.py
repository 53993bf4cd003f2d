"""What is no list of members is refused with a reason, in bounded time and memory."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import pytest

from members.register.reading import read_list
from members.register.table import ListError
from tests.members.register.files import HEADINGS, book, book_parts, listed, packed, row, sheet, text

pytestmark = pytest.mark.no_database

SECONDS, BYTES = 20, 250 * 1024 * 1024  # far above what was measured, far below what would hurt
GOOD = sheet(row(1, *HEADINGS), row(2, "Ida", "ida@odder.example"))
LOCKED = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def without(name: str) -> bytes:
    return packed({key: content for key, content in book_parts(GOOD).items() if key != name})


def changed(name: str, content: bytes) -> bytes:
    return packed(book_parts(GOOD) | {name: content})


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    return changed("xl/sharedStrings.xml", f"<!DOCTYPE x [{entities}]><sst>&a8;</sst>".encode())


def outside() -> bytes:
    beginning = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hosts">]>'
    return changed("xl/worksheets/sheet1.xml", (beginning + GOOD.replace("Ida", "&x;")).encode())


def many_cells() -> bytes:
    return book(f"<worksheet><sheetData><row>{'<c/>' * 700_000}</row></sheetData></worksheet>")


def many_rows() -> bytes:
    rows = "".join(row(n, "a", "b@c.example") for n in range(2, 10_003))
    return book(sheet(row(1, *HEADINGS), rows))


def wide(count: int) -> bytes:
    return ("E-mail;Navn;" + ";".join(f"k{n}" for n in range(count)) + "\nb@c.example;a").encode()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "tom"),
    "only a mark": (lambda: b"\xef\xbb\xbf\r\n", "tom"),
    "only delimiters": (lambda: b";;;\n;;;\n", "tom"),
    "empty sheet": (lambda: book(sheet()), "tom"),
    "only headings": (lambda: b"Navn;E-mail\n", "ingen rækker"),
    "no headings": (lambda: b"Ida;ida@odder.example\n", "overskrifter.*Ida"),
    "one heading": (lambda: b"E-mail\nida@odder.example\n", "overskrifter"),
    "headings twice": (lambda: b"Navn;E-mail;Mail\na;b@c.example;d@e.example", "To kolonner"),
    "pdf": (lambda: b"%PDF-1.7 ...", "PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(80), "ikke en liste|kan ikke læses"),
    "web page": (lambda: b"<html><table><tr><td>Navn</td></tr></table></html>", "webside"),
    "old excel": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), r"gammelt Excel-format \(.xls\)"),
    "locked": (lambda: LOCKED, "adgangskode"),
    "libreoffice's own": (
        lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "ikke et Excel-ark",
    ),
    "apple's own": (lambda: packed({"Index/Document.iwa": b"x"}), "ikke et Excel-ark"),
    "word": (
        lambda: changed("[Content_Types].xml", b"<Types>wordprocessingml.document.main+xml</Types>"),
        "ikke et Excel-ark",
    ),
    "macros": (lambda: changed("xl/vbaProject.bin", b"x"), "makroer"),
    "torn": (lambda: book(GOOD)[:600], "beskadiget"),
    "no sheet": (lambda: without("xl/worksheets/sheet1.xml"), "ikke et Excel-ark"),
    "no xml": (lambda: changed("xl/worksheets/sheet1.xml", b"<worksheet><row>"), "kan ikke læses"),
    "no number": (lambda: listed('<c r="A2"><v>tolv</v></c>'), "beskadiget"),
    "bomb": (lambda: changed("xl/sharedStrings.xml", b" " * (64 * 1024 * 1024)), "mere indhold"),
    "laughs": (laughs, "ikke et Excel-ark"),
    "outside": (outside, "ikke et Excel-ark"),
    "many cells": (many_cells, "mere indhold"),
    "many strings": (lambda: changed("xl/sharedStrings.xml", b"<si/>" * 700_000), "mere indhold"),
    "far column": (lambda: listed('<c r="ZZZ2"><v>1</v></c>'), "mere indhold"),
    "many rows": (many_rows, "10.000 rækker"),
    "many lines": (lambda: b"Navn;E-mail\n" + b"a;b@c.example\n" * 700_000, "10.000 rækker"),
    "300 columns": (lambda: wide(298), "100 kolonner"),
    "huge cell": (lambda: b"Navn;E-mail\n" + b"a" * (9 * 1024 * 1024) + b";b@c.example", "Anførselstegnene"),
    "huge cell in a workbook": (lambda: listed(text("A2", "a" * (11 * 1024 * 1024))), "kan ikke læses"),
    "wrong quotes": (lambda: b'Navn;E-mail\n"Ida" Skov;b@c.example\n"x;y', "Anførselstegnene"),
    "quote never closed": (lambda: b'Navn;E-mail\nIda;"b@c.example\nBo;c@d.example\n', "Anførselstegnene"),
    "nul bytes": (lambda: b"Navn;E-mail\nI\0da;b@c.example\n" * 9, "ikke en liste"),
    "no letters at all": (lambda: b"Navn;E-mail\nS\x81ren;b@c.example\n", "tegn kan ikke læses"),
    "too large": (lambda: b"PK\x03\x04" + bytes(11 * 1024 * 1024), "10 MB"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_bad_file_is_refused_with_a_reason_in_bounded_time_and_memory(kind: str) -> None:
    make, reason = BAD[kind]
    content = make()
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(ListError, match=reason):
            read_list(content)
        grown = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < SECONDS
    assert grown < BYTES


def test_the_workbook_these_are_made_of_is_read() -> None:
    (found,) = read_list(book(GOOD)).rows
    assert found == {"n": 2, "name": "Ida", "email": "ida@odder.example"}


def test_a_workbook_that_points_elsewhere_is_read_without_going_there() -> None:
    elsewhere = (
        b'<Relationship Id="x" TargetMode="External" Target="http://127.0.0.1:9/x" Type="a/externalLink"/>'
    )
    parts = book_parts(GOOD)
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", elsewhere + b"</Relationships>")
    assert len(read_list(packed(parts)).rows) == 1
