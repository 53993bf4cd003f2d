"""A list as somebody keeps it, read to rows of words, whatever program wrote it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from members.package import PackageError

MAX_ROWS = 10_000
MAX_COLUMNS = 100
MAX_CELL = 300  # characters that are kept; every field of the register holds fewer, and says so itself

# Seen by nobody, and the reason why two addresses that look alike are two.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class ListError(PackageError):
    """A file that cannot be read as a list of members; the text is written for the user."""


@dataclass
class Sheet:
    """One sheet, or the whole of a text file: its rows by the number that its own program shows."""

    name: str = ""
    rows: dict[int, list[str]] = field(default_factory=dict)

    def add(self, number: int, cells: list[str]) -> None:
        """Keep a row, if there is anything in it.

        Raises:
            ListError: there are more rows or columns than a list of members has.
        """
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        if len(cells) > MAX_COLUMNS:
            raise ListError(
                _("Filen har mere end %(most)s kolonner. Er det den rigtige fil?") % {"most": MAX_COLUMNS}
            )
        if len(self.rows) > MAX_ROWS:  # the headings are a row too
            raise ListError(
                _("Filen har mere end 10.000 rækker. Del den i flere filer, og hent dem ind en ad gangen.")
            )
        self.rows[number] = cells

    def first(self, count: int) -> Iterator[tuple[int, list[str]]]:
        for number in sorted(self.rows)[:count]:
            yield number, self.rows[number]


def tidy(text: str) -> str:
    """A cell's words on one line, without what nobody sees."""
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub("", text[: 4 * MAX_CELL]).split()))[:MAX_CELL]
