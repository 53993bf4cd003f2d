"""What becomes of a group's text when OS2 improves the standard text: no word of either is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charters import text
from charters.take_in_plan import Step, plan
from charters.wording import Wording

pytestmark = pytest.mark.no_database

EXAMPLES = settings(max_examples=200)


@dataclass(frozen=True, eq=False)
class Part:
    """A section of a standard text."""

    key: str
    heading: str
    body: str

    @property
    def wording(self) -> Wording:
        return Wording(self.heading, self.body)


@dataclass(frozen=True, eq=False)
class Own(Part):
    source: Part | None = None
    is_removed: bool = False
    offer: Wording | None = None


def html(*points: str) -> str:
    return text.clean("".join(f"<p>{point}</p>" for point in points))


def part(key: str, *points: str, heading: str = "") -> Part:
    return Part(key, heading or key.capitalize(), html(*points))


def own(source: Part, *points: str, removed: bool = False) -> Own:
    return Own(source.key, source.heading, html(*points), source, removed)


def fates(steps: list[Step[Own, Part]]) -> list[tuple[str, str]]:
    return [(step.heading, step.fate) for step in steps]


def points(wording: Wording | None) -> list[str]:
    return [block.text for block in wording.blocks] if wording else []


def test_what_only_os2_changed_is_taken_in() -> None:
    old, new = part("rolle", "En", "To"), part("rolle", "En", "Tre")
    (step,) = plan([old], own=[own(old, "En", "To")], standard=[new])
    assert (step.fate, points(step.wording), step.offer) == ("taken", ["En", "Tre"], None)


def test_what_only_the_group_changed_stays() -> None:
    old, new = part("rolle", "En"), part("rolle", "En")
    (step,) = plan([old], own=[own(old, "Vores")], standard=[new])
    assert (step.fate, points(step.wording), step.offer) == ("kept", ["Vores"], None)


def test_changes_to_different_blocks_are_merged_without_a_question() -> None:
    old, new = part("rolle", "En", "To"), part("rolle", "En", "To fra OS2")
    (step,) = plan([old], own=[own(old, "En fra os", "To")], standard=[new])
    assert (step.fate, points(step.wording), step.offer) == ("merged", ["En fra os", "To fra OS2"], None)


def test_where_both_changed_one_block_the_groups_stands_and_os2s_is_offered() -> None:
    old, new = part("rolle", "En", "To"), part("rolle", "En fra OS2", "To", "Tre fra OS2")
    (step,) = plan([old], own=[own(old, "En fra os", "To")], standard=[new])
    assert step.fate == "choose"
    assert points(step.wording) == ["En fra os", "To", "Tre fra OS2"]
    assert points(step.offer) == ["En fra OS2", "To", "Tre fra OS2"]


def test_a_new_section_comes_after_what_it_comes_after_at_os2s() -> None:
    a, b = part("a", "En"), part("b", "To")
    steps = plan([a, b], own=[own(b, "To"), own(a, "En")], standard=[a, part("ny", "Nyt"), b])
    assert fates(steps) == [("B", "same"), ("A", "same"), ("Ny", "new")]


def test_what_os2_took_out_goes_unless_the_group_had_written_in_it() -> None:
    a, b = part("a", "En"), part("b", "To")
    steps = plan([a, b], own=[own(a, "En"), own(b, "Vores")], standard=[])
    assert fates(steps) == [("A", "gone"), ("B", "own")]


def test_what_the_group_took_out_stays_out() -> None:
    a, b = part("a", "En"), part("b", "To")
    steps = plan([a, b], own=[own(a, "En", removed=True)], standard=[part("a", "Nyt"), part("b", "Nyt")])
    assert [step.fate for step in steps] == ["left_out", "left_out"]
    assert points(steps[0].wording) == ["Nyt"]  # what it says if it is put back


def test_a_section_of_the_groups_own_stays_and_meets_os2s_of_the_same_name() -> None:
    mine = Own("", "Mødeform", html("Vi mødes"), None)
    (step,) = plan([], own=[mine], standard=[part("x", "Mød jer", heading="Mødeform")])
    assert (step.fate, points(step.wording), points(step.offer)) == ("choose", ["Vi mødes"], ["Mød jer"])
    (step,) = plan([], own=[mine], standard=[])
    assert step.fate == "own"


POINTS = st.lists(st.sampled_from(["Et", "To", "Tre", "Fire", "Fem", "Seks"]), max_size=5, unique=True)
TEXTS = st.lists(st.tuples(POINTS, POINTS, POINTS, st.booleans(), st.booleans()), max_size=5)


@EXAMPLES
@given(TEXTS)
def test_every_block_that_somebody_added_is_in_the_text_or_in_what_is_offered(
    sections: list[tuple[list[str], list[str], list[str], bool, bool]],
) -> None:
    base, mine, standard = [], [], []
    for number, (was, ours, theirs, out, at_os2) in enumerate(sections):
        base.append(part(f"s{number}", *was))
        mine.append(own(base[-1], *(f"{word} os" if word not in was else word for word in ours), removed=out))
        if at_os2:
            standard.append(
                part(f"s{number}", *(f"{word} OS2" if word not in was else word for word in theirs))
            )
    steps = plan(base, own=mine, standard=standard)
    shown = Counter(
        point
        for step in steps
        for point in {*points(step.wording), *points(step.offer)}
        if step.fate != "gone"
    )
    for section in mine:
        kept = next((step for step in steps if step.own is section), None)
        added = [point for point in points(section.wording) if point.endswith(" os")]
        if not section.is_removed:
            assert kept is not None
        assert kept is None or all(shown[point] for point in added)
    for section_of_os2 in standard:
        step = next(step for step in steps if step.standard is section_of_os2)
        if step.fate != "left_out":
            said = {*points(step.wording), *points(step.offer)}
            assert {point for point in points(section_of_os2.wording) if point.endswith(" OS2")} <= said


@EXAMPLES
@given(TEXTS)
def test_an_unchanged_standard_text_changes_nothing(
    sections: list[tuple[list[str], list[str], list[str], bool, bool]],
) -> None:
    base = [part(f"s{number}", *was) for number, (was, *_) in enumerate(sections)]
    mine = [own(base[number], *ours) for number, (_, ours, *_) in enumerate(sections)]
    for step in plan(base, own=mine, standard=[replace(section) for section in base]):
        assert step.own is not None
        assert (step.wording, step.offer) == (step.own.wording, None)


@EXAMPLES
@given(TEXTS)
def test_a_group_without_changes_of_its_own_gets_just_the_new_text(
    sections: list[tuple[list[str], list[str], list[str], bool, bool]],
) -> None:
    base = [part(f"s{number}", *was) for number, (was, *_) in enumerate(sections)]
    standard = [part(f"s{number}", *new) for number, (_, _, new, _, stays) in enumerate(sections) if stays]
    mine = [own(section, *points(section.wording)) for section in base]
    steps = [step for step in plan(base, own=mine, standard=standard) if step.fate != "gone"]
    assert [step.wording for step in steps] == [section.wording for section in standard]
    assert all(step.offer is None for step in steps)


@EXAMPLES
@given(TEXTS)
def test_equal_changes_are_one(
    sections: list[tuple[list[str], list[str], list[str], bool, bool]],
) -> None:
    base = [part(f"s{number}", *was) for number, (was, *_) in enumerate(sections)]
    standard = [part(f"s{number}", *new) for number, (_, _, new, *_) in enumerate(sections)]
    mine = [own(base[number], *new) for number, (_, _, new, *_) in enumerate(sections)]
    for step in plan(base, own=mine, standard=standard):
        assert step.standard is not None
        assert (step.wording, step.offer) == (step.standard.wording, None)


def test_what_waits_from_last_time_is_offered_with_the_newest_words() -> None:
    old, new = part("rolle", "En fra OS2", "To"), part("rolle", "En fra OS2", "To igen fra OS2")
    waiting = Own("rolle", "Rolle", html("En fra os", "To"), old, offer=old.wording)
    (step,) = plan([old], own=[waiting], standard=[new])
    assert step.fate == "choose"
    assert points(step.wording) == ["En fra os", "To igen fra OS2"]
    assert points(step.offer) == ["En fra OS2", "To igen fra OS2"]


def test_what_waits_is_forgotten_when_os2_comes_round_to_the_groups_words() -> None:
    old, new = part("rolle", "En fra OS2"), part("rolle", "En fra os")
    waiting = Own("rolle", "Rolle", html("En fra os"), old, offer=old.wording)
    (step,) = plan([old], own=[waiting], standard=[new])
    assert (step.fate, step.offer) == ("same", None)


THREE = st.lists(st.tuples(POINTS, POINTS, POINTS), min_size=1, max_size=4)


def said(was: list[str], now: list[str], by: str) -> list[str]:
    """What somebody made of some points: those that were not there before are their own."""
    return [point if point in was else f"{point} {by}" for point in now]


@EXAMPLES
@given(THREE)
def test_what_nobody_took_out_stands_and_what_stands_is_somebodys(
    sections: list[tuple[list[str], list[str], list[str]]],
) -> None:
    for was, ours, theirs in sections:
        old, new = part("a", *was), part("a", *said(was, theirs, "OS2"))
        (step,) = plan([old], own=[own(old, *said(was, ours, "os"))], standard=[new])
        stands, offered = {*points(step.wording)}, {*points(step.offer)}
        assert {point for point in was if point in ours and point in theirs} <= stands
        assert stands | offered <= {*was, *points(new.wording), *said(was, ours, "os")}


@EXAMPLES
@given(THREE, POINTS)
def test_whatever_is_chosen_after_two_versions_no_word_of_the_groups_or_of_os2s_was_passed_over(
    sections: list[tuple[list[str], list[str], list[str]]], latest: list[str]
) -> None:
    for was, ours, theirs in sections:
        first, second = part("a", *was), part("a", *said(was, theirs, "OS2"))
        (step,) = plan([first], own=[own(first, *said(was, ours, "os"))], standard=[second])
        third = part("a", *points(second.wording), *(f"{point} igen" for point in latest))
        waiting = Own("a", "A", step.wording.body, second, offer=step.offer)
        (again,) = plan([second], own=[waiting], standard=[third])
        shown = {*points(again.wording), *points(again.offer)}
        assert {point for point in points(step.wording) if point.endswith(" os")} <= shown
        assert {point for point in points(third.wording) if point.endswith(" igen")} <= shown
        assert {point for point in points(step.offer) if point.endswith(" OS2")} <= shown
