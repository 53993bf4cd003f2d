"""A list in an Excel workbook, as Excel, LibreOffice and other programs write it."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from members.package import Kind, PackageError, Parts, opened
from members.register.table import MAX_CELL, MAX_ROWS, ListError, Sheet, tidy

EXCEL = Kind(
    program="Excel",
    ending=".xlsx",
    old_ending=".xls",
    main_types=("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml"),
    main="xl/workbook.xml",
    max_inflated=48 * 1024 * 1024,
    max_markup=250_000,
    foreign=_("Filen er ikke et Excel-ark (.xlsx). Gem listen som .xlsx eller CSV, og prøv igen."),
    too_much=_("Filen har mere indhold, end en medlemsliste kan have."),
)
_MAX_CELLS = 600_000  # in a sheet, and strings in the workbook
_LAST_COLUMN = 16_384  # Excel's own
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def sheets_of(content: bytes) -> Iterator[Sheet]:
    """The sheets one sees in a workbook, in its order; each is read when it is asked for.

    Raises:
        ListError: it is no workbook, is locked, or holds more than a list of members does.
    """
    try:
        with opened(content, EXCEL) as parts:
            yield from _Workbook(parts).sheets()
    except PackageError as error:
        raise ListError(str(error)) from error


class _Workbook:
    def __init__(self, parts: Parts) -> None:
        self._parts, self._main = parts, parts.main()
        self._book = parts.xml(self._main)
        self._targets = {
            key: (kind, to) for kind, to, is_out, key in parts.relations(self._main) if not is_out
        }
        settings = next(self._book.iter("{*}workbookPr"), None)
        is_mac = settings is not None and settings.get("date1904") in ("1", "true")
        self._epoch = MAC_EPOCH if is_mac else WINDOWS_EPOCH
        self._strings = self._shared_strings()
        self._day_styles = self._styles_of_days()

    def sheets(self) -> Iterator[Sheet]:
        for one in self._book.iter("{*}sheet"):
            key = next((value for name, value in one.items() if name.endswith("}id")), "")
            kind, target = self._targets.get(key, ("", ""))
            if kind == "worksheet" and one.get("state", "visible") == "visible":
                yield self._sheet(tidy(one.get("name", "")), target)

    def _elements(self, name: str, *tags: str) -> Iterator[Any]:
        """A part's elements as they end. What has been seen is let go, so that a long part takes no room."""
        content = self._parts.content(name)
        if sum(content.count(f"<{tag}".encode()) for tag in tags) > _MAX_CELLS + MAX_ROWS:
            raise PackageError(str(EXCEL.too_much))
        reading = etree.iterparse(
            io.BytesIO(content), events=("end",), tag=[f"{{*}}{tag}" for tag in tags], encoding="utf-8",
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for _event, element in reading:
            yield element
            if element.tag.rpartition("}")[2] != "c":  # a cell is let go with its row
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _target(self, wanted: str) -> str:
        return next((to for kind, to in self._targets.values() if kind == wanted), "")

    def _shared_strings(self) -> list[str]:
        name = self._target("sharedStrings")
        return [_text_of(string) for string in self._elements(name, "si")] if name else []

    def _styles_of_days(self) -> set[int]:
        """The cell styles that show a number as a day."""
        name = self._target("styles")
        if not name:
            return set()
        styles = self._parts.xml(name)
        formats = dict(BUILTIN_FORMATS)
        formats |= {int(one.get("numFmtId")): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
        used = [int(xf.get("numFmtId", 0)) for xf in styles.iterfind("{*}cellXfs/{*}xf")]
        return {style for style, number in enumerate(used) if _is_day(formats.get(number, ""), number)}

    def _sheet(self, name: str, target: str) -> Sheet:
        sheet, merged, at = Sheet(name), list[str](), 0
        cells: dict[int, str] = {}
        for element in self._elements(target, "c", "row", "mergeCell"):
            kind = element.tag.rpartition("}")[2]
            if kind == "c":
                column = self._column(element, after=max(cells, default=0))
                if value := self._value(element):
                    cells[column] = value
                element.clear()
            elif kind == "row":
                at = int(element.get("r", at + 1))
                sheet.add(at, [cells.get(column, "") for column in range(1, max(cells, default=0) + 1)])
                cells = {}
            else:
                merged.append(element.get("ref", ""))
        _spread(sheet, merged)
        return sheet

    def _column(self, cell: Any, *, after: int) -> int:
        found = _REFERENCE.fullmatch(cell.get("r", ""))
        column = after + 1
        if found:
            column = _column_number(found[1])
        if column > _LAST_COLUMN:
            raise PackageError(str(EXCEL.too_much))
        return column

    def _value(self, cell: Any) -> str:
        """A cell's words. A formula is what it last came to; one that was never worked out stays one."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text_of(cell)
        value, formula = cell.find("{*}v"), cell.find("{*}f")
        if value is None or value.text is None:
            return tidy(f"={formula.text}") if formula is not None and formula.text else ""
        if kind == "s":
            number = int(value.text)
            return self._strings[number] if 0 <= number < len(self._strings) else ""
        if kind != "n":
            return tidy(value.text)
        return self._number(value.text, is_day=int(cell.get("s", 0)) in self._day_styles)

    def _number(self, text: str, *, is_day: bool) -> str:
        number = float(text[:40])
        if is_day:
            try:
                day = from_excel(number, self._epoch)
            except (OverflowError, ValueError):
                return tidy(text)
            if isinstance(day, datetime.datetime):
                return day.date().isoformat()
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else tidy(text)


def _is_day(code: str, number: int) -> bool:
    """Excel's own formats 27-36 and 50-58 are days in the East, and have no code of their own."""
    if 27 <= number <= 36 or 50 <= number <= 58:
        return True
    return bool(is_date_format(code)) and not is_timedelta_format(code)


def _text_of(string: Any) -> str:
    """A string's words, however many pieces they are set in; not how they are pronounced."""
    pieces, length = [], 0
    for piece in string.iter("{*}t"):
        if piece.getparent().tag.rpartition("}")[2] != "rPh" and length < 4 * MAX_CELL:
            pieces.append(piece.text or "")
            length += len(pieces[-1])
    words = tidy("".join(pieces))
    return f"'{words}" if words.startswith("=") else words  # these are words, whatever they look like


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _spread(sheet: Sheet, merged: list[str]) -> None:
    """Give every row under a cell that goes over several of them its words, as a reader sees them."""
    left = 2 * MAX_ROWS  # rows that are looked at: cells that really are merged lie beside each other
    for reference in merged:
        first, _colon, last = reference.partition(":")
        top, bottom = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if top is None or bottom is None:
            continue
        at, start = _column_number(top[1]) - 1, int(top[2])
        words = sheet.rows.get(start, [])
        if at >= len(words) or not words[at]:
            continue
        under = range(start + 1, min(int(bottom[2]), start + left) + 1)
        left -= len(under)
        for cells in filter(None, map(sheet.rows.get, under)):
            cells.extend([""] * (at + 1 - len(cells)))
            cells[at] = cells[at] or words[at]
