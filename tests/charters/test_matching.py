"""Putting some together with others: the most weight of all wholes, and always the same whole."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters import matching
from charters.matching import Edge, matched

pytestmark = pytest.mark.no_database

EDGES = st.tuples(st.integers(0, 3), st.integers(0, 3))
WEIGHTS = st.dictionaries(
    EDGES, st.integers(1, 4), max_size=9
)  # few weights, so that wholes often weigh the same


def is_whole(edges: tuple[Edge, ...]) -> bool:
    return len({one for one, _ in edges}) == len({other for _, other in edges}) == len(edges)


def heaviest(weights: dict[Edge, int]) -> int:
    """By trying every whole there is."""
    wholes = (edges for size in range(5) for edges in combinations(weights, size) if is_whole(edges))
    return max(sum(weights[edge] for edge in edges) for edges in wholes)


@given(WEIGHTS)
def test_no_other_whole_weighs_more(weights: dict[Edge, int]) -> None:
    found = matched(weights)
    assert is_whole(tuple(found.items()))
    assert sum(weights[edge] for edge in found.items()) == heaviest(weights)


@given(WEIGHTS)
def test_a_pair_that_is_found_can_be_taken_for_granted(weights: dict[Edge, int]) -> None:
    """What is said to be as it was found leaves the rest as it was found."""
    found = matched(weights)
    for one, other in found.items():
        rest = {edge: weights[edge] for edge in weights if edge[0] != one and edge[1] != other}
        assert matched(rest) | {one: other} == found


def test_what_is_likest_gives_way_where_both_can_have_a_place() -> None:
    assert matched({(0, 0): 90, (0, 1): 80, (1, 0): 70}) == {0: 1, 1: 0}


def test_of_two_that_weigh_the_same_the_earlier_is_taken() -> None:
    assert matched({(1, 0): 5, (0, 0): 5}) == {1: 0}


def test_where_there_are_too_many_the_likest_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_MOST_EDGES", 2)
    assert matched({(0, 0): 90, (0, 1): 80, (1, 0): 70}) == {0: 0}
