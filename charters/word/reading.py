"""From a Word file to the charters in it.

People write a charter's headings as Word's headings, as bold lines, as points with a colon, or as plain
lines. The form in which the standard text's headings stand is the form in which a group's own are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

from django.utils import translation
from django.utils.translation import gettext as _

from charters.documents.word_package import ORIGIN
from charters.edition import draft_mark
from charters.word.charter import Builder, WordCharter
from charters.word.document import Document
from charters.word.forms import Forms
from charters.word.labels import (
    Headings,
    field_of,
    is_charter_title,
    is_kind_word,
    speaks_of_charter,
    speaks_of_group,
)
from charters.word.lines import Line
from charters.word.package import WordError, opened
from charters.word.rows import Field, flat
from charters.word.styles import TITLE

_NEAR = 4  # how many lines below the name of a charter its first header field stands


def read_word(file: IO[bytes], *, headings: Iterable[str] = (), name: str = "") -> list[WordCharter]:
    """The charters in a Word file, at least one; what stands beside the text is left to the first.

    Args:
        file: the .docx, opened.
        headings: those that a charter may have beside the standard texts' own.
        name: of the group, which a title may say.

    Raises:
        WordError: it cannot be read, with the reason in words for the user.
    """
    known = Headings.with_standard(headings)
    try:
        document = Document(opened(file))
        found = list(flat(document.entries(), known))
    except RecursionError as error:
        raise WordError(_("Filen kan ikke læses som et Word-dokument (.docx).")) from error
    if not found and not document.leftovers:
        raise WordError(_("Filen har ingen tekst."))
    charters = _Reader(found, known, name=name).charters()
    for charter in charters:
        charter.origin = document.package.properties.get(ORIGIN, "")
    charters[0].leftovers += document.leftovers
    return charters


class _Reader:
    """Goes through the lines of a file once, and knows in which charter it is."""

    def __init__(self, entries: Sequence[Line | Field], headings: Headings, *, name: str = "") -> None:
        self._entries = entries
        self._headings = headings
        self._name = name
        self._forms = Forms([entry for entry in entries if isinstance(entry, Line)], headings)
        self._now = Builder()
        self._charters: list[WordCharter] = []
        with translation.override("da"):
            self._draft_mark = draft_mark()

    def charters(self) -> list[WordCharter]:
        for place, entry in enumerate(self._entries):
            if isinstance(entry, Field):
                self._field(entry, place)
            elif not (self._now.is_in_head and entry.text == self._draft_mark):
                self._line(entry, place)
        return [*self._charters, self._now.finished()]

    def _line(self, line: Line, place: int) -> None:
        following = self._entries[place + 1] if place + 1 < len(self._entries) else None
        if self._begins_charter(line, place):
            if not self._now.is_in_head or self._now.has_begun:
                self._begin()
            self._now.title(line.text)
        elif found := self._forms.found_in(
            line, following if isinstance(following, Line) else None, used=self._now.used
        ):
            self._now.open_section(found)
        elif field := self._field_in(line, place):
            self._field(field, place)
        else:
            self._now.line(line)

    def _begin(self) -> None:
        self._charters.append(self._now.finished())
        self._now = Builder()

    def _begins_charter(self, line: Line, place: int) -> bool:
        """Whether a line is the title of a charter: the first, or another after it."""
        if line.as_written or line.kind != "p":
            return False
        if line.level == TITLE or (not self._now.has_begun and self._is_above_the_head(line, place)):
            return True
        if not (is_kind_word(line.text) or (is_charter_title(line.text) and len(line.text) < 200)):
            return False
        if not self._now.has_begun and (line.level or line.stands_out or is_kind_word(line.text)):
            return True
        is_above = line.level is not None and line.level < self._forms.level
        return is_above or self._fields_follow(place)

    def _is_above_the_head(self, line: Line, place: int) -> bool:
        """Whether a line before all else is a title by what it says: of a charter, or of whose it is."""
        if self._headings.has(line.text):
            return False
        if speaks_of_charter(line.text):
            return bool(line.level) or line.stands_out or place == 0 or self._fields_follow(place)
        if line.level and self._fields_follow(place, within=1):
            return True
        return speaks_of_group(line.text, name=self._name) and self._fields_follow(place)

    def _field(self, field: Field, place: int) -> None:
        if not self._now.is_in_head and field.name in self._now.fields and self._fields_follow(place):
            self._begin()
        self._now.open_field(field)

    def _fields_follow(self, place: int, *, within: int = _NEAR) -> bool:
        near = self._entries[place + 1 : place + 1 + within]
        return any(isinstance(entry, Field) or _label(entry) for entry in near)

    def _field_in(self, line: Line, place: int) -> Field | None:
        """A header field that stands as a line with a colon: in the head, or where another charter begins."""
        field = _label(line)
        begins = field and field.name in self._now.fields and self._fields_follow(place)
        return field if field and (self._now.is_in_head or begins) else None


def _label(line: Line) -> Field | None:
    head, colon, _rest = line.text.partition(":")
    if line.as_written or line.level is not None or not (colon or line.stands_out):
        return None
    name = field_of(head)
    rest = line.after(len(head) + 1)
    return Field(name, head.strip(), (rest,) if rest.runs else ()) if name else None
