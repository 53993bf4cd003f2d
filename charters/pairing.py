"""Which section of one text is which section of another: what comparing and taking in both begin with."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Protocol

from charters import text
from charters.likeness import likeness, words

_ALIKE = 500  # of a thousand words, in a section that has neither the key nor the heading of another
_FEW_WORDS = 5  # too few to know a section by


class Passage(Protocol):
    """A section of any text: of a charter, an edition or a standard text."""

    @property
    def key(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def body(self) -> str: ...


type Pair[A, B] = tuple[A, B] | tuple[A, None] | tuple[None, B]


def pairs[A: Passage, B: Passage](old: Sequence[A], new: Sequence[B]) -> list[Pair[A, B]]:
    """Two texts' sections side by side, in the order of the new one.

    A section is known by its key, one without by its heading, and one that was renamed by its words. What was
    taken out stands after the section that it stood after.
    """
    found = _matched(old, new)
    beside: dict[int, list[Pair[A, B]]] = {-1: []}  # by the place in the new text
    of_new = {j: i for i, j in found.items()}
    for j, after in enumerate(new):
        beside[j] = [(old[of_new[j]], after) if j in of_new else (None, after)]
    last = -1
    for i, before in enumerate(old):
        last = found.get(i, last)
        if i not in found:
            beside[last].append((before, None))
    return [pair for place in sorted(beside) for pair in beside[place]]


def moved(places: Sequence[int]) -> set[int]:
    """Of some places in an old order, read in the new one: those that must move, as few as can be."""
    tails: list[int] = []  # the smallest end of an unmoved row of each length
    rows: list[list[int]] = []
    for place in places:
        at = bisect_left(tails, place)
        row = [*(rows[at - 1] if at else []), place]
        tails[at:] = [place, *tails[at + 1 :]]
        rows[at:] = [row, *rows[at + 1 :]]
    return set(places) - set(rows[-1] if rows else [])


def _matched(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """The place in the new text of each place in the old one that has one."""
    found: dict[int, int] = {}
    for by in (_key, _heading):
        found |= _matched_by(by, old, new, found)
    return found | matched_by_words(old, new, found)


def matched_by_words(
    old: Sequence[Passage], new: Sequence[Passage], found: Mapping[int, int] | None = None
) -> dict[int, int]:
    """Of the places in two texts that are not found yet, those whose words are alike."""
    known = dict(found or {})
    alike: dict[int, int] = {}
    for shared, i, j in sorted(_likenesses(old, new, known), key=lambda one: (-one[0], *one[1:])):
        if shared >= _ALIKE and i not in alike and j not in alike.values():
            alike[i] = j
    return alike


def _matched_by(
    name: Callable[[Passage], Hashable],
    old: Sequence[Passage],
    new: Sequence[Passage],
    found: dict[int, int],
) -> dict[int, int]:
    """Of those not found yet, the first of each name in one and in the other."""
    taken = set(found.values())
    free: dict[Hashable, list[int]] = {}
    for j, passage in enumerate(new):
        if j not in taken and name(passage):
            free.setdefault(name(passage), []).append(j)
    return {
        i: free[name(passage)].pop(0)
        for i, passage in enumerate(old)
        if i not in found and free.get(name(passage))
    }


def _key(passage: Passage) -> str:
    return passage.key


def _heading(passage: Passage) -> str:
    return passage.heading.strip().casefold()


def _likenesses(
    old: Sequence[Passage], new: Sequence[Passage], found: Mapping[int, int]
) -> Iterator[tuple[int, int, int]]:
    """How much two sections that nothing else tells of have in common."""
    taken = set(found.values())
    others = {j: _words(passage) for j, passage in enumerate(new) if j not in taken}
    for i, passage in enumerate(old):
        if i in found or (mine := _words(passage)).total() < _FEW_WORDS:
            continue
        for j, other in others.items():
            if other.total() >= _FEW_WORDS and not (passage.key and new[j].key):
                yield likeness(mine, other), i, j


def _words(passage: Passage) -> Counter[str]:
    return words(text.plain(passage.body))
