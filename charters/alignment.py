"""Which block of one text is which block of another: what comparing and merging both begin with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from charters.text import Block

Pair = tuple[Block | None, Block | None]

# A block that stands as it stood weighs more than one whose words have another formatting, and that one more
# than any number of blocks that are only alike: these weigh at most 1,000 each.
_EQUAL = 3_000_000
_SAME_WORDS = 2_000_000
_ALIKE = 500
# Some 0.1 s. No section holds so many blocks; what does is told apart only at its beginning and end.
_MOST_COMPARISONS = 250_000
_WORD = re.compile(r"\w+|[^\w\s]")


def align(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    """Two texts side by side, in the order of both.

    Equal blocks stand together, then those with the same words, then those with half their words or more in
    common. What is left over at one place stands together if there is as much of it on either side: each was
    written anew where it stood. Everything else was taken out, ``(block, None)``, or put in,
    ``(None, block)``; at one place what was taken out comes first.
    """
    head = _common(zip(old, new, strict=False))
    tail = _common(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    middle = _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    same = [(block, block) for block in old]
    return [*same[:head], *middle, *same[len(old) - tail :]]


def _common(pairs: Iterator[tuple[Block, Block]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _middle(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    """The pairs of two texts that differ at both ends: what belongs together, and the rest between."""
    from_old = from_new = 0
    for at_old, at_new in [*_together(old, new), (len(old), len(new))]:
        yield from _left_over(old[from_old:at_old], new[from_new:at_new])
        if at_old < len(old):
            yield old[at_old], new[at_new]
        from_old, from_new = at_old + 1, at_new + 1


def _left_over(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
    else:
        yield from ((block, None) for block in old)
        yield from ((None, block) for block in new)


def _together(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The places that belong together: of all ways to pair in order, the one of greatest weight."""
    if len(old) * len(new) > _MOST_COMPARISONS:
        return
    weights = _weights(old, new)
    best = [[0] * (len(new) + 1)]  # best[-1 - i][j]: the most that old[i:] and new[j:] can weigh
    for row in reversed(weights):
        best.append(_row(row, best[-1]))
    best.reverse()
    i = j = 0
    while i < len(old) and j < len(new):
        if weights[i][j] and best[i][j] == best[i + 1][j + 1] + weights[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _row(weights: list[int], below: list[int]) -> list[int]:
    row = [0] * len(below)
    most = 0
    for j in range(len(weights) - 1, -1, -1):
        if below[j] > most:
            most = below[j]
        if weights[j] and below[j + 1] + weights[j] > most:
            most = below[j + 1] + weights[j]
        row[j] = most
    return row


def _weights(old: Sequence[Block], new: Sequence[Block]) -> list[list[int]]:
    """What each pair weighs; 0 where it is no pair.

    Each word is a bit, and its second time in a block another, so that two blocks are compared at one stroke.
    """
    bits: dict[tuple[str, int], int] = {}
    old_words = [_as_bits(block, bits) for block in old]
    new_words = [_as_bits(block, bits) for block in new]
    likenesses = (
        [2_000 * (mine & words).bit_count() // (count + size) for words, size in new_words]
        for mine, count in old_words
    )
    return [
        [
            0 if likeness < _ALIKE else likeness if likeness < 1_000 else _weight(block, other)
            for likeness, other in zip(row, new, strict=True)
        ]
        for block, row in zip(old, likenesses, strict=True)
    ]


def _weight(block: Block, other: Block) -> int:
    """The weight of two blocks whose words are the same, in whatever order."""
    if block == other:
        return _EQUAL
    return _SAME_WORDS if block.text == other.text else 1_000


def _as_bits(block: Block, bits: dict[tuple[str, int], int]) -> tuple[int, int]:
    counted = Counter(_WORD.findall(block.text.casefold()))
    words = [(word, time) for word, times in counted.items() for time in range(times)]
    return sum(bits.setdefault(word, 1 << len(bits)) for word in words), len(words) or 1
