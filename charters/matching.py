"""Which of some belong to which of others, when several could: the best whole, and always the same one."""

from __future__ import annotations

from collections.abc import Mapping

Edge = tuple[int, int]  # the places of one and of another

_MOST_EDGES = 2_500  # some 0.5 s; where more pairs could be, the likest belong together first


def matched(weights: Mapping[Edge, int]) -> dict[int, int]:
    """Put each of some together with at most one of the others, so that all pairs together weigh the most.

    Args:
        weights: what each pair that could be weighs, more than 0. Of two wholes that weigh the same, the one
            is taken that has the earlier pair.

    Returns:
        The place of the other, by that of the one.
    """
    if len(weights) > _MOST_EDGES:
        return _likest_first(weights)
    # Each pair has a bit of its own behind its weight, the earlier the higher: no two wholes weigh the same.
    bits = len(weights)
    exact = {edge: (weights[edge] << bits) | 1 << (bits - 1 - place) for place, edge in enumerate(weights)}
    taken: dict[int, int] = {}
    while path := _best_path(exact, taken):
        taken.update((other, one) for one, other in path)
    return {one: other for other, one in taken.items()}


def _likest_first(weights: Mapping[Edge, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    taken = set()
    for one, other in sorted(weights, key=lambda edge: -weights[edge]):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def _best_path(weights: Mapping[Edge, int], taken: Mapping[int, int]) -> list[Edge]:
    """The pairs to make instead of those made so far, with one more, that gain the most; none if none gains.

    A path from one that is free: it takes another, whose own takes another again, until one was free.
    """
    busy = set(taken.values())
    gain = {one: 0 for one, _ in weights if one not in busy}
    reached: dict[int, int] = {}
    came_from: dict[int, int] = {}
    moves = True
    while moves:
        moves = False
        for (one, other), weight in weights.items():
            if one not in gain or taken.get(other) == one:
                continue
            reaches = gain[one] + weight
            if other not in reached or reaches > reached[other]:
                reached[other], came_from[other], moves = reaches, one, True
                if other in taken:
                    gain[taken[other]] = reaches - weights[taken[other], other]
    ends = [other for other in reached if other not in taken and reached[other] > 0]
    if not ends:
        return []
    return _traced(max(ends, key=lambda other: reached[other]), came_from, taken)


def _traced(end: int, came_from: Mapping[int, int], taken: Mapping[int, int]) -> list[Edge]:
    of_one = {one: other for other, one in taken.items()}
    path = [(came_from[end], end)]
    while (one := path[-1][0]) in of_one:
        path.append((came_from[of_one[one]], of_one[one]))
    return path
