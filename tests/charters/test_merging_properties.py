"""Whatever two people do to one text, nothing that was written is lost: tried on thousands of edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from charters import text
from charters.alignment import align
from charters.merging import Clash, Merged, merge
from charters.text import Block, Run

pytestmark = pytest.mark.no_database

Text = tuple[Block, ...]
Edit = tuple[str, int, int, Block]

# Few words, so that what is written by chance is often written twice.
WORDS = st.sampled_from(["budget", "plan", "formand", "plan og budget", "plan og formand", "budget, plan"])
RUNS = st.builds(lambda words, strong: (Run(words, strong),), WORDS, st.sampled_from([False, False, True]))
BLOCKS = st.builds(Block, st.sampled_from(["p", "ul", "ul", "ol"]), st.integers(0, 3), RUNS)
PLACES = st.integers(0, 8)
EDITS = st.tuples(st.sampled_from(["insert", "change", "delete", "move", "indent"]), PLACES, PLACES, BLOCKS)


def canonical(blocks: Sequence[Block]) -> Text:
    """The blocks as a stored body has them."""
    return text.blocks(text.to_html(blocks))


def edited(base: Text, edits: list[Edit]) -> Text:
    found = list(base)
    for what, somewhere, other, block in edits:
        place = somewhere % (len(found) + 1 if what == "insert" or not found else len(found))
        if what == "insert" or not found:
            found.insert(place, block)
        elif what == "change":
            found[place] = Block(found[place].kind, found[place].depth, block.runs)
        elif what == "indent":
            found[place] = Block(found[place].kind, block.depth, found[place].runs)
        else:
            taken = found.pop(place)
            if what == "move":
                found.insert(other, taken)
    return canonical(found)


TEXTS = st.integers(0, 8).flatmap(lambda size: st.lists(BLOCKS, min_size=size, max_size=size)).map(canonical)
BY_ONE = st.integers(1, 4).flatmap(lambda size: st.lists(EDITS, min_size=size, max_size=size))


@st.composite
def meetings(draw: st.DrawFn) -> tuple[Text, Text, Text]:
    """A text, and what each of two people made of it."""
    base = draw(TEXTS)
    return base, edited(base, draw(BY_ONE)), edited(base, draw(BY_ONE))


def of_words(*texts: str) -> tuple[Text, ...]:
    return tuple(tuple(Block("ul", 1, (Run(word),)) for word in words.split()) for words in texts)


EACH_TAKES_OUT_ANOTHER = of_words("plan budget plan", "plan budget", "budget plan")
BOTH_ADD_IN_ANOTHER_ORDER = of_words("", "plan budget", "budget plan")


def shown(merged: Merged) -> set[Block]:
    return {*merged.with_mine, *merged.with_theirs}


def swapped(part: Clash) -> Clash:
    return Clash(part.base, mine=part.theirs, theirs=part.mine)


@settings(max_examples=800)
@given(meetings())
@example(EACH_TAKES_OUT_ANOTHER)
def test_every_block_that_somebody_wrote_or_both_kept_is_in_the_text_or_in_a_clash(
    meeting: tuple[Text, Text, Text],
) -> None:
    base, mine, theirs = meeting
    merged = merge(base, mine=mine, theirs=theirs)
    assert {*mine, *theirs} - {*base} <= shown(merged)
    assert {*mine} & {*theirs} <= shown(merged)
    assert {*mine} - {*base} <= {*merged.with_mine}
    assert {*theirs} - {*base} <= {*merged.with_theirs}


@settings(max_examples=400)
@given(meetings())
def test_nothing_is_shown_that_neither_has_and_a_clash_shows_two_different_states(
    meeting: tuple[Text, Text, Text],
) -> None:
    base, mine, theirs = meeting
    merged = merge(base, mine=mine, theirs=theirs)
    assert shown(merged) <= {*mine, *theirs}
    for part in merged.parts:
        if isinstance(part, Clash):
            assert part.mine != part.theirs
            assert part.base in base
            assert {*part.mine} <= {*mine}
            assert {*part.theirs} <= {*theirs}


@settings(max_examples=600)
@given(meetings())
@example(BOTH_ADD_IN_ANOTHER_ORDER)
def test_merging_is_the_same_from_either_side_up_to_order(meeting: tuple[Text, Text, Text]) -> None:
    base, mine, theirs = meeting
    one, other = merge(base, mine=mine, theirs=theirs), merge(base, mine=theirs, theirs=mine)
    assert one.is_clean == other.is_clean
    assert Counter(part for part in one.parts if isinstance(part, Block)) == Counter(
        part for part in other.parts if isinstance(part, Block)
    )
    assert [swapped(part) for part in one.parts if isinstance(part, Clash)] == [
        part for part in other.parts if isinstance(part, Clash)
    ]


@settings(max_examples=400)
@given(meetings())
def test_equal_edits_are_one_and_an_unchanged_side_changes_nothing(meeting: tuple[Text, Text, Text]) -> None:
    base, mine, theirs = meeting
    assert merge(base, mine=mine, theirs=mine) == Merged(mine)
    assert merge(base, mine=base, theirs=theirs) == Merged(theirs)
    assert merge(base, mine=mine, theirs=base) == Merged(mine)
    assert merge(base, mine=base, theirs=base) == Merged(base)


@settings(max_examples=400)
@given(meetings())
def test_what_was_merged_is_written_as_a_body_with_every_word_in_its_place(
    meeting: tuple[Text, Text, Text],
) -> None:
    base, mine, theirs = meeting
    merged = merge(base, mine=mine, theirs=theirs)
    for found in (merged.with_mine, merged.with_theirs):
        body = text.to_html(found)
        assert [(block.kind, block.runs) for block in text.blocks(body)] == [
            (block.kind, block.runs) for block in found
        ]
        assert text.clean(body) == body
        assert text.to_html(text.blocks(body)) == body


@given(st.lists(st.builds(Block, st.sampled_from(["p", "ul", "ol"]), st.integers(0, 8), RUNS), max_size=12))
def test_blocks_of_any_depths_are_written_with_siblings_beside_each_other(blocks: list[Block]) -> None:
    blocks = [Block(b.kind, max(b.depth, 1) if b.is_point else b.depth, b.runs) for b in blocks]
    written = canonical(blocks)
    assert [(block.kind, block.runs) for block in written] == [(block.kind, block.runs) for block in blocks]
    for one, other, new_one, new_other in zip(blocks, blocks[1:], written, written[1:], strict=False):
        if one.is_point and other.is_point:
            assert (other.depth > one.depth) == (new_other.depth > new_one.depth)


@given(meetings())
def test_two_texts_side_by_side_are_both_whole_and_in_order(meeting: tuple[Text, Text, Text]) -> None:
    _base, old, new = meeting
    pairs = align(old, new)
    assert tuple(block for block, _ in pairs if block) == old
    assert tuple(block for _, block in pairs if block) == new
    assert (None, None) not in pairs
