"""Whole texts side by side: which section is which, what became of each, and what the summary says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters.comparison import Comparison, compare
from charters.pairing import moved, pairs

pytestmark = pytest.mark.no_database


@dataclass(frozen=True)
class Passage:
    heading: str
    body: str = "<p>Det samme står her i begge tekster.</p>"
    key: str = ""
    area: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)


ROLLE, MOEDER = Passage("Rolle", key="rolle"), Passage("Møder", key="moeder")
PLIGTER = Passage(
    "Pligter", "<ul><li><p>Føre regnskab</p></li><li><p>Holde møder</p></li></ul>", "p", "economic"
)
OWN = Passage("Vores egne ord", "<p>Gruppen drøfter åbenhed ved hvert eneste møde i foråret.</p>")


def told(comparison: Comparison) -> list[tuple[str, str]]:
    return [(passage.counts_as, passage.heading) for passage in comparison.passages]


def test_equal_texts_have_no_differences() -> None:
    comparison = compare([ROLLE, OWN], [ROLLE, OWN])
    assert comparison.is_empty
    assert comparison.summary == "Ingen forskelle"


def test_a_section_that_was_written_over_is_changed_in_its_words() -> None:
    (passage,) = compare([ROLLE], [Passage("Rolle", "<p>Det samme står der i begge.</p>", "rolle")]).passages
    assert passage.kind == "changed"
    assert {piece.state for change in passage.changes for piece in change.pieces} == {
        "same",
        "added",
        "removed",
    }


def test_what_was_put_in_and_taken_out_stands_where_it_is_and_was() -> None:
    comparison = compare([ROLLE, OWN, MOEDER], [ROLLE, MOEDER, PLIGTER])
    assert told(comparison) == [
        ("", "Rolle"),
        ("removed", "Vores egne ord"),
        ("", "Møder"),
        ("added", "Pligter"),
    ]
    assert comparison.summary == "1 afsnit tilføjet, 1 afsnit fjernet, 2 forpligtelser tilføjet"


def test_a_renamed_section_is_known_by_its_key() -> None:
    (passage,) = compare([ROLLE], [Passage("Formål", ROLLE.body, "rolle")]).passages
    assert (passage.kind, passage.former_heading, passage.heading) == ("same", "Rolle", "Formål")
    assert not passage.is_untouched


def test_a_renamed_section_of_the_groups_own_is_known_by_its_words() -> None:
    (passage,) = compare([OWN], [Passage("Åbenhed", OWN.body.replace("foråret", "efteråret"))]).passages
    assert (passage.kind, passage.former_heading) == ("changed", "Vores egne ord")


def test_an_own_section_with_other_words_and_another_heading_is_another() -> None:
    comparison = compare([OWN], [Passage("Åbenhed", "<p>Referater lægges frem, og alle kan læse dem.</p>")])
    assert {passage.kind for passage in comparison.passages} == {"added", "removed"}


def test_only_the_section_that_was_moved_is_shown_as_moved() -> None:
    comparison = compare([ROLLE, MOEDER, OWN, PLIGTER], [PLIGTER, ROLLE, MOEDER, OWN])
    assert told(comparison) == [("moved", "Pligter"), ("", "Rolle"), ("", "Møder"), ("", "Vores egne ord")]
    assert comparison.summary == "1 afsnit flyttet"


def test_an_obligation_that_was_taken_out_is_counted() -> None:
    fewer = Passage("Pligter", "<ul><li><p>Føre regnskab</p></li></ul>", "p", "economic")
    assert compare([PLIGTER], [fewer]).summary == "1 afsnit ændret, 1 forpligtelse fjernet"


def test_a_point_that_moves_to_another_marked_section_is_the_same_obligation() -> None:
    first, second = Passage("A", PLIGTER.body, "a", "economic"), Passage("B", "<p>x</p>", "b")
    after = [Passage("A", "<p>x</p>", "a"), Passage("B", PLIGTER.body, "b", "economic")]
    assert compare([first, second], after).obligations.total() == 0


@given(st.permutations(range(8)))
def test_what_is_not_moved_is_in_order_and_nothing_more_could_have_stayed(places: list[int]) -> None:
    stayed = [place for place in places if place not in moved(places)]
    assert stayed == sorted(stayed)
    assert len(stayed) == max(len(row) for row in _rows(places))


def _rows(places: list[int]) -> list[list[int]]:
    """Every row in order that ends somewhere, the slow and simple way: the longest at each place."""
    rows: list[list[int]] = []
    for place in places:
        rows.append(max(([*row, place] for row in rows if row[-1] < place), key=len, default=[place]))
    return rows


PASSAGES = st.lists(
    st.builds(
        Passage,
        heading=st.sampled_from(["Rolle", "Møder", "Pligter", "Andet"]),
        body=st.sampled_from([OWN.body, ROLLE.body, "<p>Kort.</p>", ""]),
        key=st.sampled_from(["", "rolle", "moeder"]),
    ),
    max_size=6,
)


@given(PASSAGES, PASSAGES)
def test_every_section_of_both_stands_in_the_comparison_once_and_the_new_ones_in_order(
    old: list[Passage], new: list[Passage]
) -> None:
    beside = pairs(old, new)
    assert [after for _, after in beside if after is not None] == new
    assert sorted(map(repr, (before for before, _ in beside if before is not None))) == sorted(map(repr, old))
    texts = [[(p.heading, p.body) for p in passages] for passages in (old, new)]
    is_empty = compare(old, new).is_empty
    assert is_empty or old != new
    assert not is_empty or texts[0] == texts[1]
