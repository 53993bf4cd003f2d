"""Lists for a spreadsheet, as the Danish ones open them without being asked anything."""

from __future__ import annotations

import csv
import datetime
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet begins a formula with; the wide ones as Japanese editions of Excel read them (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LONGEST_CELL = 32_767  # characters; Excel's own limit
_MEASURED = 200  # rows whose cells say how wide the columns are
_WIDEST, _PADDING = 60, 2  # characters
_IN_MEMORY = 1_000_000  # bytes; a larger file lies on disk while it is sent


def csv_of(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    """A list as CSV: semicolons and a mark of UTF-8, which Danish Excel opens as it is."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    words = "" if value is None else str(value)
    return f"'{words}" if _looks_like_a_formula(words) else words


def _looks_like_a_formula(words: str) -> bool:
    return words.startswith(_FORMULA) or words.lstrip().startswith(_FORMULA)


def excel_of(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """A list as an Excel workbook of one sheet, however long, in little memory.

    Numbers and days are such; everything else is words, and words are never a formula.

    Returns:
        The file, to be read from its beginning; it is gone when it is closed.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    coming = iter(rows)
    first = list(islice(coming, _MEASURED))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths([columns, *first]), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_excel_cell(sheet, heading, font=Font(bold=True)) for heading in columns])
    for row in chain(first, coming):
        sheet.append([_excel_cell(sheet, value) for value in row])
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _widths(rows: Sequence[Sequence[Any]]) -> Iterator[int]:
    for column in zip(*rows, strict=True):
        yield min(max(len(str(value)) for value in column if value is not None), _WIDEST) + _PADDING


def _excel_cell(sheet: Any, value: Any, *, font: Font | None = None) -> Any:
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if not isinstance(value, int | float | datetime.date | None):
        value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_LONGEST_CELL]
    made = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        made.data_type = "s"  # openpyxl takes what begins with = for a formula, and "#N/A" for an error
        made.quotePrefix = _looks_like_a_formula(value)  # so that it stays words when somebody edits it
    elif isinstance(value, datetime.date):
        made.number_format = "dd-mm-yyyy hh:mm" if isinstance(value, datetime.datetime) else "dd-mm-yyyy"
    if font:
        made.font = font
    return made
