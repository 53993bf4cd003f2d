"""Text without formatting: a line a paragraph, "- " or "1. " before a point, two spaces a level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from charters.blocks import MAX_DEPTH, Block, Kind, Run, tidy, without_unseen

_BULLET = re.compile(r"(?:[-*–]\s+|[•·▪◦‣●■\uf0b7]\s*)(?=\S)")
# The mark of a point that was never written; as a word of its own it says nothing.
_ONLY_A_BULLET = re.compile(r"\s*[•·▪◦‣●■\uf0b7]")
# "1. november" is a date; it must not lose its number.
_NUMBER = re.compile(
    r"(\d{1,3})[.)]\s+(?=\S)(?!(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\b)", re.IGNORECASE
)


def write(blocks: Iterable[Block]) -> str:
    """The blocks as lines; ``read`` gives them back, without their formatting."""
    lines = []
    for block, number in numbered(blocks):
        mark = "" if not block.is_point else f"{number}. " if number else "- "
        lines.append("  " * (block.depth - block.is_point) + mark + block.text)
    return "\n".join(lines)


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, int]]:
    """Each block with its number in its list; 0 where it has none."""
    numbers: list[int] = []  # how far the numbered list at each level has come
    for block in blocks:
        del numbers[block.depth :]
        if block.is_point:
            numbers.extend([0] * (block.depth - len(numbers)))
            numbers[-1] = numbers[-1] + 1 if block.kind == "ol" else 0
        yield block, numbers[-1] if block.kind == "ol" else 0


def typed_mark(words: str, *, after: int = 0) -> tuple[Kind, int, int] | None:
    """What somebody typed to make a line a point: which kind, how long the mark is, and the number in it.

    Args:
        words: the line, without the space before it.
        after: the number of the point before, in the same list; "7. " goes on from 6, or is no mark at all.
    """
    if bullet := _BULLET.match(words):
        return "ul", bullet.end(), 0
    if (found := _NUMBER.match(words)) and int(found[1]) in (1, after + 1):
        return "ol", found.end(), int(found[1])
    return None


def read(text: str) -> list[Block]:
    """The blocks of lines that somebody typed."""
    lines = _Lines()
    for line in text.expandtabs(4).splitlines():
        words = without_unseen(line).rstrip()
        if words.strip() and not _ONLY_A_BULLET.fullmatch(words):
            lines.add(words.lstrip(), indent=len(words) - len(words.lstrip()))
    return lines.blocks


@dataclass(slots=True)
class _Level:
    indent: int
    number: int = 0


@dataclass(slots=True)
class _Lines:
    """Lines on their way to becoming blocks."""

    blocks: list[Block] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=list)

    def add(self, words: str, *, indent: int) -> None:
        while self._levels and indent < self._levels[-1].indent:
            self._levels.pop()
        continues = bool(self._levels) and indent == self._levels[-1].indent
        number = self._levels[-1].number if continues else 0
        if mark := typed_mark(words, after=number):
            kind, length, number = mark
            self._point(kind, words[length:], indent=indent, number=number)
        else:
            if continues:
                self._levels.pop()
            self._append("p", len(self._levels), words)

    def _point(self, kind: Kind, words: str, *, indent: int, number: int) -> None:
        if not self._levels or indent > self._levels[-1].indent:
            self._levels.append(_Level(indent))
        self._levels[-1].number = number
        self._append(kind, len(self._levels), words)

    def _append(self, kind: Kind, depth: int, words: str) -> None:
        runs = tidy([Run(re.sub(r"\s+", " ", words))])
        self.blocks.append(Block(kind, min(depth, MAX_DEPTH), runs))
