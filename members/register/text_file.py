"""A list as text: CSV as Danish and English programs write it, and Excel's "Unicode text"."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from members.register.headings import FIRST_ROWS, known
from members.register.table import ListError, Sheet, tidy

_DELIMITERS = ";,\t"
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def sheet_of(content: bytes) -> Sheet:
    """The rows of a text file.

    Raises:
        ListError: it is no text, its quotation marks do not match, or it is too long.
    """
    text = _decoded(content)
    if text.lstrip().startswith("<"):
        raise ListError(_("Filen er en webside og ikke en liste. Gem den som .xlsx eller CSV, og prøv igen."))
    sheet, number = Sheet(), 0
    try:
        for number, cells in enumerate(_records(text, _delimiter(text)), start=1):
            sheet.add(number, [tidy(cell) for cell in cells])
    except csv.Error as error:
        raise ListError(
            _("Anførselstegnene går ikke op efter række %(number)s. Ret dem, og prøv igen.")
            % {"number": number}
        ) from error
    return sheet


def _decoded(content: bytes) -> str:
    """The text; a file says seldom in which letters it is written."""
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            return _as_text(content.removeprefix(mark), encoding)
    beginning = content[:400]
    for at, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if beginning[at::2].count(0) > len(beginning) // 4:
            return _as_text(content, encoding)
    try:
        return _as_text(content, "utf-8")
    except ListError:
        return _as_text(content, "cp1252")


def _as_text(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ListError(
            _("Filens tegn kan ikke læses. Gem den som .xlsx eller »CSV UTF-8«, og prøv igen.")
        ) from error
    if "\0" in text:
        raise ListError(_("Filen er ikke en liste. Gem den som .xlsx eller CSV, og prøv igen."))
    return text


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _delimiter(text: str) -> str:
    """The one that parts the most headings we know."""

    def found(delimiter: str) -> int:
        best = 0
        try:
            for _number, cells in zip(range(FIRST_ROWS), _records(text, delimiter), strict=False):
                best = max(best, len(known([tidy(cell) for cell in cells])))
        except csv.Error:
            pass  # said of the one that is chosen
        return best

    return max(_DELIMITERS, key=found)
