"""The form that OS2 hands out, as Word files in the ways people fill it in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.document import Document

_PUBLISHED = Path(__file__).parent.parent.joinpath("kommissorier.txt").read_text(encoding="utf-8")
# On the page, the next charter's name runs on from the last one's text; in no file does it.
SEED = _PUBLISHED.replace("i gruppen.Koordinationsgrupper", "i gruppen.\n\nKoordinationsgrupper")
NAMES = ("Styregrupper", "Koordinationsgrupper", "Faggrupper")
FILLED = {
    "Projektets navn": "OS2iot",
    "medlemmer": "Karen Havbirk (Odder Kommune), Jonas Engtoft (Ærø Kommune)",
    "Produktniveau": "Niveau 2",
    "Dato": "24. november 2026",
}


def charters() -> list[list[str]]:
    """The lines of the three charters, the header fields filled in."""
    found: list[list[str]] = []
    for line in filled().splitlines():
        if line.strip() in NAMES:
            found.append([])
        if found and line.strip():
            found[-1].append(line.rstrip())
    return found


def filled() -> str:
    lines = []
    for line in SEED.splitlines():
        label = next(
            (label for label in FILLED if label.lower() in line.lower() and line.endswith("xyz")), ""
        )
        lines.append(line.replace("xyz", FILLED[label]) if label else line)
    return "\n".join(lines)


def saved(document: Document) -> io.BytesIO:
    file = io.BytesIO()
    document.save(file)
    return io.BytesIO(file.getvalue())


def as_typed(charters: list[list[str]]) -> Document:
    """Nothing but lines, as when the page is pasted as text: "•" before a point, and space for its level."""
    document = docx.Document()
    for line in (line for charter in charters for line in charter):
        document.add_paragraph(line)
    return document


def as_dashes(charters: list[list[str]]) -> Document:
    """Headings as bold lines, points as lines with a dash."""
    document = docx.Document()
    for line in (line for charter in charters for line in charter):
        if line.strip() in NAMES:
            document.add_paragraph().add_run(line.upper()).bold = True
        elif heading := _heading(line):
            document.add_paragraph().add_run(heading[0]).bold = True
            if heading[1]:
                document.add_paragraph(heading[1])
        else:
            document.add_paragraph(re.sub(r"^ *• ", "- ", line))
    return document


def as_styles(charters: list[list[str]]) -> Document:
    """Word's own headings and lists, and the header fields in a table."""
    document = docx.Document()
    for charter in charters:
        document.add_heading(charter[0], level=1)
        fields = [line.split(": ") for line in charter[1:] if not line.startswith(" ")]
        table = document.add_table(rows=0, cols=2)
        for label, value in fields:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, value
        for number, line in enumerate(line for line in charter if line.startswith(" ")):
            if heading := _heading(line):
                document.add_heading(f"{number}. {heading[0]}", level=2)
                if heading[1]:
                    document.add_paragraph(heading[1])
            else:
                document.add_paragraph(line.strip("• "), style="List Bullet")
    return document


def as_lists(charters: list[list[str]]) -> Document:
    """As it is pasted from the page: a list in a list, each outer point with its heading in bold."""
    document = docx.Document()
    for line in (line for charter in charters for line in charter):
        if not line.startswith(" "):
            document.add_paragraph(line)
        elif heading := _heading(line):
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run(heading[0]).bold = True
            paragraph.add_run(f": {heading[1]}" if heading[1] else "")
        else:
            document.add_paragraph(line.strip("• "), style="List Bullet 2")
    return document


def _heading(line: str) -> tuple[str, str] | None:
    """The heading and the words after it, of an outermost point."""
    if not re.match(r" • ", line):
        return None
    heading, _colon, rest = line[3:].partition(":")
    return heading.strip(), rest.strip()


FORMS: dict[str, Callable[[list[list[str]]], Any]] = {
    "typed": as_typed,
    "dashes": as_dashes,
    "styles": as_styles,
    "lists": as_lists,
}
