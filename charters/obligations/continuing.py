"""Which points of a new text are obligations that a group has already. The rules know no database."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Protocol

from charters.likeness import likeness, words
from charters.matching import Edge, matched

# Of a thousand words: "Godkende budget" is not "Godkende projektbeskrivelse", but "Skabe gode rammer for
# projektet" is "Skabe gode rammer for alle projekter".
CLOSE = 600
# Some 0.5 s. No charter has so many points; of longer texts only what is said in the same words lives on.
_MOST_COMPARISONS = 250_000


class Worded(Protocol):
    """A point that states an obligation, or an obligation that a group has."""

    @property
    def area(self) -> str: ...
    @property
    def wording(self) -> str: ...


def continued(
    points: Sequence[Worded], standing: Sequence[Worded], *, chosen: Mapping[int, int | None] | None = None
) -> dict[int, int]:
    """Which obligation each point continues. A point that is not told of is new.

    What somebody chose comes first. Then the same words, however they are spaced: in the same area, and then
    in any. Then words that are close, three of five the same, in the same area: of all ways to pair them the
    one whose pairs are alike the most.

    Args:
        points: in order.
        standing: the obligations that the group has; each is continued by one point at most.
        chosen: by the place of a point, that of the obligation it was said to continue; None where it was
            said to be new. Where two were said to continue one, the first does.

    Returns:
        The place of the obligation, by that of the point.
    """
    found: dict[int, int] = {}
    settled = set()
    for place, at in (chosen or {}).items():
        if at is None or at not in found.values():
            settled.add(place)
            found |= {} if at is None else {place: at}
    for name in (_area_and_words, _words):
        found |= _same(name, points, standing, found, settled)
    taken = set(found.values())
    left = [place for place in range(len(points)) if place not in found and place not in settled]
    free = [at for at in range(len(standing)) if at not in taken]
    return found | _close(points, standing, left, free)


def followed(chosen: Iterable[str], *, before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """Where what was said of points belongs, now that their section says something else.

    Args:
        chosen: the words of the points of which something was said, of some that are gone too.
        before: the points that the section had.
        after: those it has now.

    Returns:
        The words it has now, by those it was said of, where they are others: of the points that came, the
        one whose words are close.
    """
    gone = [_Bare(wording) for wording in chosen if wording not in after]
    known = {*before, *chosen}
    come = [_Bare(wording) for wording in after if wording not in known]
    pairs = _close(gone, come, range(len(gone)), range(len(come)))
    return {gone[place].wording: come[at].wording for place, at in pairs.items()}


class _Bare:
    """Words alone."""

    area = ""

    def __init__(self, wording: str) -> None:
        self.wording = wording


def _area_and_words(one: Worded) -> Hashable:
    return one.area, _words(one)


def _words(one: Worded) -> Hashable:
    return " ".join(one.wording.split())


def _same(
    name: Callable[[Worded], Hashable],
    points: Sequence[Worded],
    standing: Sequence[Worded],
    found: Mapping[int, int],
    settled: set[int],
) -> dict[int, int]:
    """Of those not found yet, the first of each name in one and in the other."""
    taken = set(found.values())
    free: dict[Hashable, list[int]] = {}
    for at, obligation in enumerate(standing):
        if at not in taken:
            free.setdefault(name(obligation), []).append(at)
    return {
        place: free[name(point)].pop(0)
        for place, point in enumerate(points)
        if place not in found and place not in settled and free.get(name(point))
    }


def _close(
    points: Sequence[Worded], standing: Sequence[Worded], left: Sequence[int], free: Sequence[int]
) -> dict[int, int]:
    """Pair those that are left by how alike they are; of equals, those that stand where they stood."""
    if len(left) * len(free) > _MOST_COMPARISONS:
        return {}
    mine = {place: words(points[place].wording) for place in left}
    others = {at: words(standing[at].wording) for at in free}
    alike: dict[Edge, int] = {
        (place, at): likeness(mine[place], others[at])
        for place in left
        for at in free
        if points[place].area == standing[at].area
    }
    close = [edge for edge in alike if alike[edge] >= CLOSE]
    close.sort(key=lambda edge: (abs(edge[0] - edge[1]), edge))
    return matched({edge: alike[edge] for edge in close})
