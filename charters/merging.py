"""Two people's changes to one text, put together: all that both wrote stands, or is shown as a clash.

The rules are about blocks, not stretches of them: changes to two neighbouring points never meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from charters.alignment import align
from charters.text import Block


@dataclass(frozen=True, slots=True)
class Clash:
    """A block that the two left in different states; whoever took it out has none."""

    base: Block
    mine: tuple[Block, ...]
    theirs: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A text made of two people's changes, with a clash where somebody has to choose.

    A block stands as its writer placed it, also where that is too deep for what it now stands under:
    ``to_html`` levels the lists.
    """

    parts: tuple[Block | Clash, ...]

    @property
    def is_clean(self) -> bool:
        return not any(isinstance(part, Clash) for part in self.parts)

    @property
    def with_mine(self) -> tuple[Block, ...]:
        """The text if every clash is settled my way."""
        return tuple(block for mine, _ in self._sides() for block in mine)

    @property
    def with_theirs(self) -> tuple[Block, ...]:
        """The text if every clash is settled their way."""
        return tuple(block for _, theirs in self._sides() for block in theirs)

    def _sides(self) -> Iterator[tuple[tuple[Block, ...], tuple[Block, ...]]]:
        for part in self.parts:
            yield (part.mine, part.theirs) if isinstance(part, Clash) else ((part,), (part,))


def merge(base: Sequence[Block], *, mine: Sequence[Block], theirs: Sequence[Block]) -> Merged:
    """What two people made of one text, as one.

    A block that one of them changed or took out, and the other left alone, follows the one; where both did
    something to it, and not the same, it is a clash. What either put in stands, once if both put it in at the
    same place.
    """
    my_edit, their_edit = _Edit.of(base, mine), _Edit.of(base, theirs)
    merged = _merged(base, my_edit, their_edit, held=())
    # A point that stood twice, and of which each took out another, would be gone though both still have it.
    held = set(base).intersection(mine, theirs).difference(merged.with_mine, merged.with_theirs)
    return _merged(base, my_edit, their_edit, held=held) if held else merged


def merge_line(base: str, *, mine: str, theirs: str) -> str | None:
    """What two people made of a heading; None when each wrote another."""
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else None


@dataclass(slots=True)
class _Edit:
    """What one person made of a text: of each block another or nothing, and what was put in before each."""

    fates: list[Block | None] = field(default_factory=list)
    put_in: list[list[Block]] = field(default_factory=lambda: [[]])  # the last are those at the end

    @classmethod
    def of(cls, base: Sequence[Block], text: Sequence[Block]) -> _Edit:
        edit = cls()
        for old, new in align(base, text):
            if old is not None:
                edit.fates.append(new)
                edit.put_in.append([])
            elif new is not None:
                edit.put_in[-1].append(new)
        return edit


def _merged(base: Sequence[Block], mine: _Edit, theirs: _Edit, *, held: Collection[Block]) -> Merged:
    parts: list[Block | Clash] = []
    for place, block in enumerate(base):
        parts += _both(mine.put_in[place], theirs.put_in[place])
        parts += _settled(block, mine.fates[place], theirs.fates[place], is_held=block in held)
    parts += _both(mine.put_in[-1], theirs.put_in[-1])
    return Merged(tuple(parts))


def _settled(
    base: Block, mine: Block | None, theirs: Block | None, *, is_held: bool
) -> tuple[Block | Clash, ...]:
    """What becomes of one block; one that must be held is never given up for the other's sake."""
    if mine == theirs or (theirs == base and not is_held):
        return _some(mine)
    if mine == base and not is_held:
        return _some(theirs)
    return (Clash(base, _some(mine), _some(theirs)),)


def _some(block: Block | None) -> tuple[Block, ...]:
    return () if block is None else (block,)


def _both(mine: Sequence[Block], theirs: Sequence[Block]) -> Iterator[Block]:
    """What two people put in at one place, theirs first; what both put in stands once, in whatever order."""
    pairs = align(theirs, mine)
    also_theirs = Counter(block for block, other in pairs if block != other)
    waiting: list[Block] = []  # mine, until they have had their say
    for their_block, my_block in pairs:
        if their_block == my_block:
            yield from waiting
            waiting.clear()
        if their_block is not None:
            yield their_block
        if my_block is None or my_block == their_block:
            continue
        if also_theirs[my_block]:
            also_theirs[my_block] -= 1
        else:
            waiting.append(my_block)
    yield from waiting
