"""Which block of a text is which block of another."""

from __future__ import annotations

import pytest

from charters.alignment import align
from charters.text import Block, Run

pytestmark = pytest.mark.no_database


def point(words: str, depth: int = 1) -> Block:
    return Block("ul", depth, (Run(words),))


def paragraph(words: str) -> Block:
    return Block("p", 0, (Run(words),))


BUDGET = point("Godkende budget og regnskab")
PLAN = point("Følge op på handleplanen hvert kvartal")
CHAIR = point("Vælge en formand for gruppen")


def test_equal_blocks_stand_together_around_what_was_put_in_and_taken_out() -> None:
    assert align([BUDGET, PLAN], [CHAIR, BUDGET]) == [(None, CHAIR), (BUDGET, BUDGET), (PLAN, None)]


def test_a_text_and_nothing_have_nothing_in_common() -> None:
    assert align([], []) == []
    assert align([BUDGET], []) == [(BUDGET, None)]
    assert align([], [BUDGET]) == [(None, BUDGET)]


def test_a_point_that_was_changed_a_little_is_the_same_point() -> None:
    changed = point("Godkende budget, regnskab og årsrapport")
    assert align([BUDGET, PLAN], [CHAIR, changed, PLAN]) == [(None, CHAIR), (BUDGET, changed), (PLAN, PLAN)]


def test_points_pair_where_they_are_most_alike() -> None:
    longer = point("Godkende budget og regnskab for året")
    assert align([BUDGET], [point("Godkende budget og mål"), longer]) == [
        (None, point("Godkende budget og mål")),
        (BUDGET, longer),
    ]


def test_a_point_written_anew_where_it_stood_is_the_same_point_and_two_points_for_one_are_not() -> None:
    assert align([BUDGET, PLAN], [CHAIR, PLAN]) == [(BUDGET, CHAIR), (PLAN, PLAN)]
    assert align([BUDGET], [PLAN, CHAIR]) == [(BUDGET, None), (None, PLAN), (None, CHAIR)]


def test_as_many_points_written_anew_as_stood_there_pair_in_order() -> None:
    new = [point("Mødes hver måned"), point("Skrive referat")]
    assert align([BUDGET, PLAN, CHAIR], [*new, CHAIR]) == [(BUDGET, new[0]), (PLAN, new[1]), (CHAIR, CHAIR)]


def test_a_point_that_was_only_indented_numbered_or_made_bold_pairs_with_itself() -> None:
    indented = point(BUDGET.text, 2)
    numbered = Block("ol", 1, PLAN.runs)
    bold = Block("ul", 1, (Run(CHAIR.text, strong=True),))
    new = [paragraph("Gruppen skal"), indented, numbered, bold]
    assert align([BUDGET, PLAN, CHAIR], new) == [
        (None, new[0]),
        (BUDGET, indented),
        (PLAN, numbered),
        (CHAIR, bold),
    ]


def test_a_point_that_was_moved_is_taken_out_and_put_in() -> None:
    assert align([BUDGET, PLAN, CHAIR], [PLAN, CHAIR, BUDGET]) == [
        (BUDGET, None),
        (PLAN, PLAN),
        (CHAIR, CHAIR),
        (None, BUDGET),
    ]


def test_what_stands_where_a_moved_point_stood_is_not_that_point() -> None:
    new = point("Orientere pressen om arbejdet")
    assert align([BUDGET, PLAN, CHAIR], [CHAIR, BUDGET, PLAN, new]) == [
        (None, CHAIR),
        (BUDGET, BUDGET),
        (PLAN, PLAN),
        (CHAIR, None),
        (None, new),
    ]


def test_a_word_said_twice_counts_twice() -> None:
    assert align([point("og og og og")], [point("og i på til"), point("og og og i")]) == [
        (None, point("og i på til")),
        (point("og og og og"), point("og og og i")),
    ]


def test_more_blocks_than_a_section_holds_are_told_apart_at_both_ends_only() -> None:
    many = [point(f"punkt {number}") for number in range(1_000)]
    pairs = align([BUDGET, *many, PLAN], [BUDGET, *reversed(many), CHAIR, PLAN])
    assert (pairs[0], pairs[-1]) == ((BUDGET, BUDGET), (PLAN, PLAN))
    assert [old for old, _ in pairs if old] == [BUDGET, *many, PLAN]
    assert [new for _, new in pairs if new] == [BUDGET, *reversed(many), CHAIR, PLAN]
