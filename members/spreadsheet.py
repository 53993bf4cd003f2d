"""Lists for a spreadsheet, as the Danish ones open them without being asked anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

# What a spreadsheet begins a formula with; the wide ones as Japanese editions of Excel read them (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


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
    return f"'{words}" if words.startswith(_FORMULA) or words.lstrip().startswith(_FORMULA) else words
