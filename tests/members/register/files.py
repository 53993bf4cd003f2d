"""Workbooks as the programs write them, made by hand: what is in them is known to the last byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

# As LibreOffice writes them: its own number for what is no format, and its own code for a day.
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="General"/>
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellXfs count="3"><xf numFmtId="164"/>
<xf numFmtId="165"/><xf numFmtId="14"/></cellXfs></styleSheet>"""

HEADINGS = ["Navn", "E-mail", "Fra"]


def text(reference: str, words: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def row(number: int, *words: str) -> str:
    cells = (text(f"{chr(65 + at)}{number}", word) for at, word in enumerate(words) if word)
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet(*rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def book_parts(
    *sheets: str, states: Sequence[str] = (), is_mac: bool = False, strings: str = ""
) -> dict[str, bytes]:
    """The parts of a workbook of these sheets."""
    numbers = range(1, len(sheets) + 1)
    shown = [*states, *["visible"] * len(sheets)]
    listed = "".join(
        f'<sheet name="Ark {n}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, state in zip(numbers, shown, strict=False)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    relations += f'<Relationship Id="s" Type="{REL}/styles" Target="styles.xml"/>'
    relations += f'<Relationship Id="t" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/xl/workbook.xml" '
        f'ContentType="{SHEET_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><workbookPr '
        f'date1904="{"true" if is_mac else "false"}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": content for n, content in zip(numbers, sheets, strict=True)}
    return {name: content.encode() for name, content in parts.items()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(*sheets: str, states: Sequence[str] = (), is_mac: bool = False, strings: str = "") -> bytes:
    return packed(book_parts(*sheets, states=states, is_mac=is_mac, strings=strings))


def listed(*cells: str, after: str = "") -> bytes:
    """A workbook of the headings, and one row of cells."""
    return book(sheet(row(1, *HEADINGS), f'<row r="2">{"".join(cells)}</row>', after=after))
