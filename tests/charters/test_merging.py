"""Two people's changes to one text become one text, and what cannot is shown to them both."""

from __future__ import annotations

import pytest

from charters import text
from charters.merging import Clash, Merged, merge, merge_line
from charters.text import Block, Run

pytestmark = pytest.mark.no_database


def point(words: str, depth: int = 1) -> Block:
    return Block("ul", depth, (Run(words),))


def paragraph(words: str, depth: int = 0) -> Block:
    return Block("p", depth, (Run(words),))


INTRO = paragraph("Styregruppen skal:")
BUDGET = point("Godkende budget og regnskab")
PLAN = point("Følge op på handleplanen hvert kvartal")
CHAIR = point("Vælge en formand for gruppen")
BASE = (INTRO, BUDGET, PLAN, CHAIR)

MY_BUDGET = point("Godkende budget, regnskab og årsrapport")
THEIR_BUDGET = point("Godkende budget og regnskab inden jul")
THEIR_PLAN = point("Følge op på handleplanen hver måned")


def test_changes_to_two_neighbouring_points_both_stand() -> None:
    merged = merge(BASE, mine=(INTRO, MY_BUDGET, PLAN, CHAIR), theirs=(INTRO, BUDGET, THEIR_PLAN, CHAIR))
    assert merged == Merged((INTRO, MY_BUDGET, THEIR_PLAN, CHAIR))


def test_two_neighbouring_points_written_all_anew_both_stand() -> None:
    mine, theirs = point("Mødes hver måned"), point("Skrive referat")
    merged = merge(BASE, mine=(INTRO, mine, PLAN, CHAIR), theirs=(INTRO, BUDGET, theirs, CHAIR))
    assert merged == Merged((INTRO, mine, theirs, CHAIR))


def test_the_same_point_changed_in_two_ways_is_a_clash_and_the_rest_stands() -> None:
    merged = merge(
        BASE, mine=(INTRO, MY_BUDGET, PLAN, CHAIR), theirs=(INTRO, THEIR_BUDGET, THEIR_PLAN, CHAIR)
    )
    assert merged.parts == (INTRO, Clash(BUDGET, (MY_BUDGET,), (THEIR_BUDGET,)), THEIR_PLAN, CHAIR)
    assert not merged.is_clean
    assert merged.with_mine == (INTRO, MY_BUDGET, THEIR_PLAN, CHAIR)
    assert merged.with_theirs == (INTRO, THEIR_BUDGET, THEIR_PLAN, CHAIR)


def test_the_same_point_changed_alike_stands_once() -> None:
    both = (INTRO, MY_BUDGET, PLAN, CHAIR)
    assert merge(BASE, mine=both, theirs=both) == Merged(both)


def test_a_point_that_one_takes_out_and_the_other_changes_is_a_clash() -> None:
    merged = merge(BASE, mine=(INTRO, PLAN, CHAIR), theirs=(INTRO, THEIR_BUDGET, PLAN, CHAIR))
    assert merged.parts == (INTRO, Clash(BUDGET, (), (THEIR_BUDGET,)), PLAN, CHAIR)
    assert merged.with_mine == (INTRO, PLAN, CHAIR)


def test_a_point_that_one_takes_out_and_the_other_leaves_alone_is_gone() -> None:
    merged = merge(BASE, mine=(INTRO, PLAN, CHAIR), theirs=(INTRO, BUDGET, THEIR_PLAN, CHAIR))
    assert merged == Merged((INTRO, THEIR_PLAN, CHAIR))


def test_points_that_both_add_last_both_stand_the_first_saved_first() -> None:
    mine, theirs = point("Skrive referat"), point("Mødes hver måned")
    assert merge(BASE, mine=(*BASE, mine), theirs=(*BASE, theirs)) == Merged((*BASE, theirs, mine))


def test_points_that_several_add_stay_together_each_persons_own() -> None:
    mine, theirs = (point("a"), point("b")), (point("c"), point("d"))
    assert merge(BASE, mine=(*BASE, *mine), theirs=(*BASE, *theirs)) == Merged((*BASE, *theirs, *mine))


def test_a_point_that_both_add_at_one_place_stands_once_among_what_each_added() -> None:
    both, mine, theirs = point("Skrive referat"), point("Mødes hver måned"), point("Holde pressen orienteret")
    merged = merge(BASE, mine=(*BASE, mine, both), theirs=(*BASE, both, theirs))
    assert merged == Merged((*BASE, mine, both, theirs))


def test_two_points_that_both_add_in_different_order_stand_once_each() -> None:
    one, other = point("Skrive referat"), point("Mødes hver måned")
    merged = merge(BASE, mine=(*BASE, one, other), theirs=(*BASE, other, one))
    assert sorted(block.text for block in merged.with_mine[len(BASE) :]) == sorted([one.text, other.text])


def test_a_point_that_was_sent_while_it_was_typed_and_sent_again_stands_twice() -> None:
    begun, done = point("Gruppen skal m"), point("Gruppen skal mødes")
    assert merge(BASE, mine=(*BASE, done), theirs=(*BASE, begun)) == Merged((*BASE, begun, done))


def test_a_point_put_in_stands_beside_the_point_it_was_put_in_beside() -> None:
    mine, theirs = point("Skrive referat"), point("Mødes hver måned")
    merged = merge(
        BASE, mine=(INTRO, MY_BUDGET, mine, PLAN, CHAIR), theirs=(INTRO, BUDGET, PLAN, theirs, CHAIR)
    )
    assert merged == Merged((INTRO, MY_BUDGET, mine, PLAN, theirs, CHAIR))


def test_two_who_indent_different_points_and_the_same_point_agree() -> None:
    mine = (INTRO, BUDGET, point(PLAN.text, 2), CHAIR)
    theirs = (INTRO, BUDGET, point(PLAN.text, 2), point(CHAIR.text, 2))
    assert merge(BASE, mine=mine, theirs=theirs) == Merged(theirs)


def test_a_point_that_one_indents_and_the_other_rewrites_is_a_clash() -> None:
    indented = point(PLAN.text, 2)
    merged = merge(BASE, mine=(INTRO, BUDGET, indented, CHAIR), theirs=(INTRO, BUDGET, THEIR_PLAN, CHAIR))
    assert merged.parts == (INTRO, BUDGET, Clash(PLAN, (indented,), (THEIR_PLAN,)), CHAIR)


def test_a_list_that_one_numbers_keeps_the_point_that_the_other_adds() -> None:
    numbered = tuple(Block("ol", 1, block.runs) for block in (BUDGET, PLAN, CHAIR))
    merged = merge(BASE, mine=(INTRO, *numbered), theirs=(*BASE, point("Skrive referat")))
    assert merged == Merged((INTRO, *numbered, point("Skrive referat")))


def test_a_point_and_its_further_paragraph_may_be_changed_by_one_each() -> None:
    base = (BUDGET, paragraph("Det sker på mødet i december.", 1), PLAN)
    theirs = paragraph("Det sker på mødet i november.", 1)
    merged = merge(base, mine=(MY_BUDGET, *base[1:]), theirs=(BUDGET, theirs, PLAN))
    assert merged == Merged((MY_BUDGET, theirs, PLAN))


def test_a_word_made_bold_by_one_and_a_link_made_by_the_other_is_a_clash() -> None:
    bold = Block("ul", 1, (Run("Godkende "), Run("budget", strong=True), Run(" og regnskab")))
    linked = Block("ul", 1, (Run("Godkende "), Run("budget", href="https://os2.eu"), Run(" og regnskab")))
    merged = merge([BUDGET], mine=[bold], theirs=[linked])
    assert merged.parts == (Clash(BUDGET, (bold,), (linked,)),)


def test_points_that_lose_the_point_they_stood_under_come_out_together() -> None:
    base = (BUDGET, PLAN)
    theirs = (BUDGET, PLAN, point("a", 2), point("b", 2))
    merged = merge(base, mine=(BUDGET,), theirs=theirs)
    assert merged.is_clean
    written = text.blocks(text.to_html(merged.with_mine))
    assert [(block.text, block.depth) for block in written] == [(BUDGET.text, 1), ("a", 2), ("b", 2)]


def test_a_point_that_stood_twice_is_not_lost_when_each_takes_out_the_other_one() -> None:
    merged = merge([PLAN, BUDGET, PLAN], mine=[PLAN, BUDGET], theirs=[BUDGET, PLAN])
    assert merged.parts == (Clash(PLAN, (PLAN,), ()), BUDGET, Clash(PLAN, (), (PLAN,)))
    assert (merged.with_mine, merged.with_theirs) == ((PLAN, BUDGET), (BUDGET, PLAN))


def test_an_empty_section_that_both_fill_holds_what_both_wrote() -> None:
    assert merge([], mine=[BUDGET], theirs=[PLAN]) == Merged((PLAN, BUDGET))


def test_a_section_that_one_empties_and_the_other_adds_to_holds_what_was_added() -> None:
    assert merge(BASE, mine=[], theirs=(*BASE, point("Skrive referat"))) == Merged((point("Skrive referat"),))


def test_a_heading_follows_the_one_who_changed_it() -> None:
    assert merge_line("Opgaver", mine="Opgaver", theirs="Vores opgaver") == "Vores opgaver"
    assert merge_line("Opgaver", mine="Vores opgaver", theirs="Opgaver") == "Vores opgaver"
    assert merge_line("Opgaver", mine="Ansvar", theirs="Ansvar") == "Ansvar"
    assert merge_line("Opgaver", mine="Opgaver", theirs="Opgaver") == "Opgaver"


def test_a_heading_that_two_change_differently_is_a_clash() -> None:
    assert merge_line("Opgaver", mine="Ansvar", theirs="Mandat") is None
