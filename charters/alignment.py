"""Which block of one text is which block of another: what comparing and merging both begin with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from charters.text import Block

Pair = tuple[Block, Block] | tuple[Block, None] | tuple[None, Block]

# A block that stands as it stood weighs more than one whose words have another formatting, and that one more
# than any number of blocks that are only alike: these weigh at most 1,000 each.
_EQUAL = 3_000_000
_SAME_WORDS = 2_000_000
_ALIKE = 500
# Some 0.1 s. No section holds so many blocks; longer texts are told apart only at their beginnings and ends.
_MOST_COMPARISONS = 250_000
_WORD = re.compile(r"\w+|[^\w\s]")


def align(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    """Two texts side by side, in the order of both.

    Equal blocks stand together, then those with the same words, then those with half their words or more in
    common. What is left over at one place stands together if there is as much of it on either side and none
    of it moved: each was written anew where it stood. Everything else was taken out, ``(block, None)``, or
    put in, ``(None, block)``; at one place what was taken out comes first.
    """
    return list(_side_by_side(old, new, list(in_order(old, new, weigh=_weights))))


def in_order[T](
    old: Sequence[T], new: Sequence[T], *, weigh: Callable[[Sequence[T], Sequence[T]], list[list[int]]]
) -> Iterator[tuple[int, int]]:
    """The places in both that belong together: of all ways to pair them in order, the one of most weight.

    Args:
        weigh: what each pair of one and the other weighs; 0 where it is no pair, and most where it is equal.
    """
    head = _equal(zip(old, new, strict=False))
    tail = _equal(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    old_tail, new_tail = len(old) - tail, len(new) - tail
    yield from ((place, place) for place in range(head))
    if (old_tail - head) * (new_tail - head) <= _MOST_COMPARISONS:
        for i, j in _heaviest(weigh(old[head:old_tail], new[head:new_tail])):
            yield head + i, head + j
    yield from zip(range(old_tail, len(old)), range(new_tail, len(new)), strict=True)


def _equal(pairs: Iterator[tuple[object, object]]) -> int:
    """How many pairs are of two alike before one is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _side_by_side(
    old: Sequence[Block], new: Sequence[Block], together: Sequence[tuple[int, int]]
) -> Iterator[Pair]:
    stayed_old, stayed_new = {i for i, _ in together}, {j for _, j in together}
    moved = {block.text for i, block in enumerate(old) if i not in stayed_old}
    moved &= {block.text for j, block in enumerate(new) if j not in stayed_new}
    from_old = from_new = 0
    for at_old, at_new in [*together, (len(old), len(new))]:
        yield from _left_over(old[from_old:at_old], new[from_new:at_new], moved=moved)
        if at_old < len(old):
            yield old[at_old], new[at_new]
        from_old, from_new = at_old + 1, at_new + 1


def _left_over(old: Sequence[Block], new: Sequence[Block], *, moved: set[str]) -> Iterator[Pair]:
    if len(old) == len(new) and moved.isdisjoint(block.text for block in (*old, *new)):
        yield from zip(old, new, strict=True)
    else:
        yield from ((block, None) for block in old)
        yield from ((None, block) for block in new)


def _heaviest(weights: list[list[int]]) -> Iterator[tuple[int, int]]:
    best = [[0] * (len(weights[0]) + 1 if weights else 1)]
    for row in reversed(weights):
        best.append(_row(row, best[-1]))
    best.reverse()  # best[i][j]: the most that what begins at i and at j can weigh
    i = j = 0
    while i < len(weights) and j < len(weights[i]):
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
