"""A charter as a Word file has it, and how it is put together line by line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from charters import text
from charters.blocks import Block, Run
from charters.word import heading_fields, own
from charters.word.document import Leftover
from charters.word.forms import Found
from charters.word.heading_fields import Facts, WordMember
from charters.word.labels import MAX_HEADING, key_of, kind_of, unfilled
from charters.word.lines import Line
from charters.word.package import WordError
from charters.word.rows import Field

MAX_SECTIONS = 100


@dataclass(frozen=True)
class WordSection:
    heading: str
    body: str
    key: str = ""  # no file has one; a section is known by its heading, or by its words


@dataclass
class WordCharter:
    """A charter as a Word file has it; what has no place in a charter stands in ``leftovers``."""

    titles: list[str] = field(default_factory=list)
    kind: str = ""
    members_label: str = ""
    origin: str = ""  # which draft of ours the file was made from, as it says itself
    facts: Facts = field(default_factory=Facts)
    members: list[WordMember] = field(default_factory=list)
    sections: list[WordSection] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it was recognised."""
        return not (self.sections or self.members or self.facts.said)

    def leave(self, what: str, words: str, *, is_text: bool = False, is_kept: bool = False) -> None:
        if words.strip():
            self.leftovers.append(Leftover(what, words, is_text, is_kept))


@dataclass
class _Open:
    """A section that is being read."""

    heading: str
    blocks: list[Block] = field(default_factory=list)
    has_rows: bool = False  # of a table
    shift: int = (
        0  # where the heading was a point itself: how much further out its points stand than in the file
    )


class Builder:
    """Puts one charter together from what is recognised in the file, in order."""

    def __init__(self) -> None:
        self.charter = WordCharter()
        self.used: set[str] = set()  # headings, as keys
        self.fields: set[str] = set()
        self._section: _Open | None = None
        self._field: Field | None = None

    @property
    def is_in_head(self) -> bool:
        return self._section is None

    @property
    def has_begun(self) -> bool:
        return bool(self.fields or self._field or self._section)

    def title(self, words: str) -> None:
        self.close_field()
        self.charter.titles.append(words)
        self.charter.kind = self.charter.kind or kind_of(words)

    def open_field(self, found: Field) -> None:
        """A header field; the lines after it belong to it where they name members, or nothing did yet."""
        self.close_field()
        self.charter.kind = self.charter.kind or kind_of(found.label)
        self._field = found

    def open_section(self, found: Found) -> None:
        self.close_field()
        self._close_section()
        if len(self.charter.sections) >= MAX_SECTIONS:
            raise WordError(_("Filen har flere afsnit, end et kommissorium kan have."))
        self.charter.kind = self.charter.kind or kind_of(found.heading)
        self.used.add(key_of(found.heading))
        heading, more = _bounded(found.heading)
        self._section = _Open(heading, shift=int(found.is_point))
        if more:
            self.charter.leave(
                _("Lang overskrift, hvis slutning nu er afsnittets første tekst"), heading, is_kept=True
            )
            self._section.blocks.append(Block("p", 0, (Run(more),)))
        if found.rest and found.rest.runs:
            self._section.blocks.append(Block("p", 0, found.rest.runs))

    def line(self, line: Line) -> None:
        """Words that are no heading: of the open section, of the open header field, or in no place at all."""
        if self._section:
            self._add(self._section, line)
        elif self._field and self._belongs(self._field, line):
            self._field = replace(self._field, lines=(*self._field.lines, line))
        else:
            self.close_field()
            self.charter.leave(_("Tekst før det første afsnit"), line.text, is_text=True)

    def finished(self) -> WordCharter:
        self.close_field()
        self._close_section()
        return self.charter

    @staticmethod
    def _belongs(open_field: Field, line: Line) -> bool:
        if open_field.name == "members":
            return len(line.text) <= 200 and not line.text.endswith(".")
        return not open_field.lines

    @staticmethod
    def _add(section: _Open, line: Line) -> None:
        if not section.blocks and line.text == unfilled() and not line.as_written:
            return
        block = line.block
        section.has_rows |= line.is_row
        if line.level is not None:  # a heading below those of the sections
            block = replace(block, runs=tuple(replace(run, strong=True) for run in block.runs))
        if section.shift and block.is_point and block.depth == 1:
            section.shift = 0
        least = int(block.is_point)
        section.blocks.append(replace(block, depth=max(least, block.depth - section.shift)))

    def _close_section(self) -> None:
        if self._section is None:
            return
        section, self._section = self._section, None
        if own.is_approvals(section.heading):
            rows = (block.text for block in section.blocks if not own.is_approval(block.text))
            self.charter.leave(section.heading, "\n".join(rows))
            return
        if section.has_rows:
            self.charter.leave(_("Tabel, der er skrevet om til linjer"), section.heading, is_kept=True)
        try:
            body = text.clean(text.to_html(section.blocks)) if section.blocks else ""
        except ValidationError as error:
            raise WordError(f"»{section.heading[:80]}«: {error.messages[0]}") from error
        self.charter.sections.append(WordSection(section.heading, body))

    def close_field(self) -> None:
        found, self._field = self._field, None
        if found is None:
            return
        lines = [line.text for line in found.lines]
        words = ", ".join(lines)
        if found.name in self.fields:
            self.charter.leave(found.label, words)
        elif found.name != "members":
            self.charter.facts.take(found.name, lines)
        else:
            self.charter.members_label = found.label
            self.charter.members = heading_fields.members_of(lines)
            not_read = (line for line in lines if len(line) > heading_fields.LONGEST_LINE)
            is_nobody = heading_fields.is_filled(words) and not self.charter.members
            self.charter.leave(found.label, words if is_nobody else "\n".join(not_read))
        self.fields.add(found.name)


def _bounded(heading: str) -> tuple[str, str]:
    """As much of a heading as one can be, up to a whole word, and the rest."""
    if len(heading) <= MAX_HEADING:
        return heading, ""
    end = heading.rfind(" ", 0, MAX_HEADING + 1)
    end = end if end > 0 else MAX_HEADING
    return heading[:end].rstrip(), heading[end:].lstrip()
