"""Tables as lines: a head with labels and values, a form with headings, or rows of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from charters.blocks import Run
from charters.word.labels import Headings, field_of
from charters.word.lines import Line, Table

Cell = tuple[Line, ...]


@dataclass(frozen=True)
class Field:
    """A header field: which, how it is called, and what stands in it."""

    name: str
    label: str
    lines: tuple[Line, ...]


def flat(entries: Iterable[Line | Table], headings: Headings) -> Iterator[Line | Field]:
    """The same entries, with each table as lines and header fields."""
    for entry in entries:
        if isinstance(entry, Line):
            yield entry
        else:
            for row in entry.rows:
                yield from _row([cell for cell in row if cell], headings)


def _row(cells: Sequence[Cell], headings: Headings) -> Iterator[Line | Field]:
    if len(cells) < 2:
        yield from (line for cell in cells for line in cell)
        return
    label, rest = words_of(cells[0]), tuple(line for cell in cells[1:] for line in cell)
    if name := field_of(label):
        yield Field(name, label.rstrip(" :"), rest)
    elif headings.has(label):
        yield replace(cells[0][0], runs=(Run(label, strong=True),), stands_out=True)
        yield from rest
    else:
        yield Line((Run(" | ".join(words_of(cell) for cell in cells)),), is_row=True)


def words_of(cell: Iterable[Line]) -> str:
    return " ".join(line.text for line in cell)
