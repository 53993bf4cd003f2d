"""A file that somebody sent, read as a list of members: who, where, in what role, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from members.register import text_file, workbook
from members.register.headings import Heading, heading_of
from members.register.table import MAX_ROWS, ListError, Sheet

_ZIP, _OLD = b"PK", b"\xd0\xcf\x11\xe0"


@dataclass
class MemberList:
    """What stands in a list.

    Attributes:
        rows: the fields of each row, and its number in the file as ``n``; all words as they stand.
        names_groups: whether it says of which group each row is.
        unread: the headings and sheets that were passed by.
    """

    rows: list[dict[str, Any]]
    names_groups: bool
    unread: list[str] = field(default_factory=list)


def read_list(content: bytes) -> MemberList:
    """The list in a file, whatever the file is called.

    Raises:
        ListError: it is no list of members, or more than one can be; in words for the user.
    """
    if not content.strip(b"\0\r\n\t ;,\xef\xbb\xbf\xff\xfe"):
        raise ListError(_("Filen er tom."))
    sheet, heading, others = _listed(_sheets(content))
    rows = [
        row | {"n": number}
        for number, cells in sorted(sheet.rows.items())
        if number > heading.row and (row := _row(cells, heading.columns))
    ]
    if not rows:
        raise ListError(_("Filen har overskrifter, men ingen rækker under dem."))
    if len(rows) > MAX_ROWS:
        raise ListError(
            _("Filen har mere end 10.000 rækker. Del den i flere filer, og hent dem ind en ad gangen.")
        )
    unread = [_("kolonnen »%(name)s«") % {"name": name} for name in heading.others]
    unread += [_("arket »%(name)s«") % {"name": name} for name in others]
    return MemberList(rows, heading.names_groups, unread[:20])


def _sheets(content: bytes) -> Iterator[Sheet]:
    if content.startswith((_ZIP, _OLD)):
        yield from workbook.sheets_of(content)
    elif content.startswith(b"%PDF"):
        raise ListError(_("Filen er en PDF og ikke en liste. Gem listen som .xlsx eller CSV, og prøv igen."))
    else:
        yield text_file.sheet_of(content)


def _listed(sheets: Iterator[Sheet]) -> tuple[Sheet, Heading, list[str]]:
    """The first sheet with headings we know, and the names of the sheets that were passed by for it."""
    found: tuple[Sheet, Heading] | None = None
    others: list[str] = []
    first: list[str] = []
    for sheet in sheets:
        heading = heading_of(sheet) if found is None and sheet.rows else None
        if heading is not None:
            found = sheet, heading
        elif sheet.rows:
            others.append(sheet.name)
            first = first or next(sheet.first(1))[1]
    if found is None:
        raise ListError(_without_headings(first))
    return *found, others


def _without_headings(first: list[str]) -> str:
    if not first:
        return _("Filen er tom.")
    return _(
        "Der er ikke fundet en række med overskrifter. Den skal mindst have »E-mail« og »Navn« eller "
        "»Gruppe«. Den første række i filen er: %(words)s"
    ) % {"words": ", ".join(word[:40] for word in first[:8] if word)}


def _row(cells: list[str], columns: dict[str, int]) -> dict[str, Any]:
    row = {
        name: cells[position]
        for name, position in columns.items()
        if position < len(cells) and cells[position]
    }
    parts = [row.pop(part, "") for part in ("first_name", "last_name")]
    if any(parts) and not row.get("name"):
        row["name"] = " ".join(filter(None, parts))
    return row
