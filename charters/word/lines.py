"""A Word document as lines in reading order: headings, paragraphs, points, and tables of such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from charters.blocks import MAX_DEPTH, Block, Kind, Run, runs_after, safe_link, tidy, without_unseen
from charters.plain_text import typed_mark
from charters.word.styles import ListMark, Look

# Put before a paragraph of ours that would be taken for something else, and seen by nobody.
AS_WRITTEN = "\N{WORD JOINER}"
_TAB, _SPACE = 720, 100  # how far each moves a typed point in, in twentieths of a point
_NEAR = 60
_MARKS = " \t\n\xa0:.,)(•·-–0123456789"  # which need not be bold where the words are
_WORDS_OWN_BULLET = re.compile(r"[o§]\t\s*(?=\S)")  # what Word's bullets are when pasted as text


@dataclass(frozen=True)
class Line:
    """A paragraph or a point."""

    runs: tuple[Run, ...]
    kind: Kind = "p"
    depth: int = 0
    level: int | None = None  # as a heading; 0 is a title
    stands_out: bool = False  # bold, underlined or in capitals throughout, as a heading may be
    as_written: bool = False
    style: str = ""
    is_row: bool = False  # of a table
    is_typed: bool = False  # its bullet or number was typed

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def block(self) -> Block:
        return Block(self.kind, self.depth, self.runs)

    def after(self, count: int) -> Line:
        """The line without its first characters."""
        return replace(self, runs=tidy(runs_after(self.runs, count)), stands_out=False)


@dataclass(frozen=True)
class Table:
    """Rows of cells, each of some lines."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph as Word has it; its text may hold tabs and line breaks."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""
    underlined: bool = False


@dataclass
class _Level:
    mark: ListMark | None  # none for a point that was typed
    indent: int
    number: int = 0

    def holds(self, other: _Level) -> bool:
        """Whether another point stands inside this one."""
        if self.mark and other.mark and self.mark.level != other.mark.level:
            return self.mark.level < other.mark.level
        if self.mark and other.mark and self.mark.list_id == other.mark.list_id:
            return False
        return self.indent + _NEAR < other.indent

    def goes_on_at(self, indent: int) -> bool:
        """Whether a paragraph that far in is this point's; of a typed one only the mark's place is known."""
        return self.indent - _NEAR <= indent if self.mark else self.indent + _NEAR < indent


@dataclass
class Liner:
    """Makes lines of paragraphs, one after the other, and knows inside which points they stand."""

    _levels: list[_Level] = field(default_factory=list)

    def lines(self, pieces: Sequence[Piece], look: Look) -> Iterator[Line]:
        """The lines of one paragraph: each line break begins another."""
        if look.level is not None:
            joined = [replace(piece, text=piece.text.replace("\n", " ")) for piece in pieces]
            yield from self._line(joined, look)
            return
        mark = look.mark
        for piece in _broken(pieces):
            line = list(self._line(piece, replace(look, mark=mark)))
            yield from line
            if line and look.mark:
                mark = None  # the point's further lines are paragraphs of it

    def _line(self, pieces: Sequence[Piece], look: Look) -> Iterator[Line]:
        raw = "".join(piece.text for piece in pieces)
        as_written = raw.startswith(AS_WRITTEN)
        words = without_unseen(raw)
        blank = words[: len(words) - len(words.lstrip())]
        line = Line(
            tidy(_run(piece) for piece in pieces),
            level=look.level,
            stands_out=_stands_out(pieces),
            as_written=as_written,
            style=look.style,
        )
        if not line.runs:
            return
        if look.level is not None:
            self._levels.clear()
            yield line
        else:
            yield self._placed(line, words.lstrip(), look, indent=look.indent + _width(blank))

    def _placed(self, line: Line, words: str, look: Look, *, indent: int) -> Line:
        """The line as a point, or as a paragraph of one, or of none."""
        if look.mark:
            kind: Kind = "ol" if look.mark.is_numbered else "ul"
            return replace(line, kind=kind, depth=self._enter(_Level(look.mark, indent)))
        if not line.as_written and (typed := self._typed(words, indent)):
            kind, length, number = typed
            rest = line.after(length)
            if rest.runs:
                depth = self._enter(_Level(None, indent, number))
                return replace(rest, kind=kind, depth=depth, stands_out=line.stands_out, is_typed=True)
        while self._levels and not (indent > 0 and self._levels[-1].goes_on_at(indent)):
            self._levels.pop()
        return replace(line, depth=min(len(self._levels), MAX_DEPTH))

    def _typed(self, words: str, indent: int) -> tuple[Kind, int, int] | None:
        last = next((level for level in reversed(self._levels) if level.indent <= indent + _NEAR), None)
        own = _WORDS_OWN_BULLET.match(words)
        found: tuple[Kind, int, int] | None
        found = ("ul", own.end(), 0) if own else typed_mark(words, after=last.number if last else 0)
        if found is None:
            return None
        kind, length, number = found
        return kind, len(re.sub(r"\s+", " ", words[:length])), number

    def _enter(self, level: _Level) -> int:
        while self._levels and not self._levels[-1].holds(level):
            self._levels.pop()
        self._levels.append(level)
        return min(len(self._levels), MAX_DEPTH)


def _broken(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        line.append(replace(piece, text=first))
        for words in rest:
            yield line
            line = [replace(piece, text=words)]
    yield line


def _run(piece: Piece) -> Run:
    words = re.sub(r"\s+", " ", without_unseen(piece.text))
    return Run(words, piece.strong, piece.em, safe_link(piece.href))


def _width(blank: str) -> int:
    return sum(_TAB if character == "\t" else _SPACE for character in blank)


def _stands_out(pieces: Sequence[Piece]) -> bool:
    said = [piece for piece in pieces if without_unseen(piece.text).strip(_MARKS)]
    if not said:
        return False
    words = "".join(piece.text for piece in said)
    shouts = words.isupper() and sum(letter.isalpha() for letter in words) > 3
    return shouts or all(p.strong for p in said) or all(p.underlined and not p.href for p in said)
