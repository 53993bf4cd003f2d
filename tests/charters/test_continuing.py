"""Which points continue which obligations: by choice, by the same words, and by words that are close."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charters.likeness import likeness, words
from charters.obligations import continuing
from charters.obligations.continuing import CLOSE, continued, followed

pytestmark = pytest.mark.no_database


@dataclass(frozen=True)
class Said:
    wording: str
    area: str = "development"


Chosen = dict[int, int | None]

# Few words, so that many are the same or close.
WORDINGS = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=4).map(" ".join)
SAID = st.builds(Said, WORDINGS, st.sampled_from(["development", "development", "economic"]))
TEXTS = st.lists(SAID, max_size=5, unique=True)
CHOICES = st.dictionaries(st.integers(0, 4), st.none() | st.integers(0, 4), max_size=3)


def chosen_of(
    points: list[Said], standing: list[Said], choices: dict[int, int | None]
) -> dict[int, int | None]:
    """The choices that speak of what there is."""
    return {
        place: at
        for place, at in choices.items()
        if place < len(points) and (at is None or at < len(standing))
    }


@given(TEXTS, TEXTS, CHOICES)
def test_each_is_continued_once_or_retired_and_each_point_continues_one_or_is_new(
    points: list[Said], standing: list[Said], choices: dict[int, int | None]
) -> None:
    found = continued(points, standing, chosen=chosen_of(points, standing, choices))
    assert set(found) <= set(range(len(points)))
    assert set(found.values()) <= set(range(len(standing)))
    assert len(set(found.values())) == len(found)


@given(TEXTS, TEXTS, CHOICES)
def test_a_choice_always_wins(
    points: list[Said], standing: list[Said], choices: dict[int, int | None]
) -> None:
    chosen = chosen_of(points, standing, choices)
    found = continued(points, standing, chosen=chosen)
    given_away: set[int] = set()
    for place, at in chosen.items():
        if at is None:
            assert place not in found
        elif at not in given_away:
            assert found[place] == at
            given_away.add(at)


@given(TEXTS, TEXTS)
def test_the_same_words_are_never_given_up_for_close_ones(points: list[Said], standing: list[Said]) -> None:
    found = continued(points, standing)
    for place, point in enumerate(points):
        if point in standing:
            assert standing[found[place]] == point


@given(TEXTS, TEXTS)
def test_what_lives_on_is_close_and_nothing_close_is_left(points: list[Said], standing: list[Said]) -> None:
    found = continued(points, standing)

    def is_close(point: Said, obligation: Said) -> bool:
        alike = likeness(words(point.wording), words(obligation.wording))
        return point.area == obligation.area and alike >= CLOSE

    for place, at in found.items():
        assert is_close(points[place], standing[at]) or points[place].wording == standing[at].wording
    left = [point for place, point in enumerate(points) if place not in found]
    free = [obligation for at, obligation in enumerate(standing) if at not in found.values()]
    assert not any(is_close(point, obligation) for point in left for obligation in free)


@given(TEXTS, TEXTS)
def test_to_say_what_is_reckoned_changes_nothing(points: list[Said], standing: list[Said]) -> None:
    found = continued(points, standing)
    assert (
        continued(points, standing, chosen={place: found.get(place) for place in range(len(points))}) == found
    )
    for place, at in found.items():
        assert continued(points, standing, chosen={place: at}) == found


def one(point: str, standing: str) -> bool:
    return continued([Said(point)], [Said(standing)]) == {0: 0}


def test_spaces_and_case_do_not_matter_and_neither_does_a_word_or_two() -> None:
    assert one("Godkende   projektbeskrivelse.", "Godkende projektbeskrivelse.")
    assert one("godkende projektbeskrivelse", "Godkende projektbeskrivelse.")
    assert one("Skabe gode rammer for alle projekter.", "Skabe gode rammer for projektet.")


def test_points_that_only_begin_alike_are_others() -> None:
    assert not one("Godkende budget.", "Godkende projektbeskrivelse.")


def test_words_without_words_are_like_nothing() -> None:
    assert not one("–", "…")


def test_close_words_in_another_area_are_another_obligation_but_the_same_words_are_not() -> None:
    economic = [Said("Godkende budget og regnskab", "economic")]
    assert continued([Said("Godkende budget og regnskab")], economic) == {0: 0}
    assert continued([Said("Godkende budget og plan")], economic) == {}
    assert continued([Said("Godkende budget og plan")], economic, chosen={0: 0}) == {0: 0}


def test_a_text_too_long_to_compare_keeps_what_it_says_in_the_same_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(continuing, "_MOST_COMPARISONS", 3)
    points = [Said("Stille krav til kvalitet"), Said("Skabe gode rammer for os"), Said("Måle effekten ofte")]
    standing = [
        Said("Skabe gode rammer for alle"),
        Said("Måle effekten tit"),
        Said("Stille krav til kvalitet"),
    ]
    assert continued(points, standing) == {0: 2}


OLD = "Stille krav til kvalitet"


def test_what_was_said_of_a_point_follows_its_words() -> None:
    new = "Stille høje krav til kvalitet"
    assert followed([OLD], before=[OLD, "Andet"], after=["Andet", new]) == {OLD: new}


def test_but_not_to_a_point_that_was_there_before_nor_to_one_that_is_another() -> None:
    beside = "Stille krav til kvalitet og pris"
    assert followed([OLD], before=[OLD, beside], after=[beside]) == {}
    assert followed([OLD], before=[OLD], after=["Måle effekten"]) == {}


def test_nor_away_from_a_point_that_stands() -> None:
    assert followed([OLD], before=[OLD], after=[OLD, "Stille krav til kvalitet og pris"]) == {}


def test_it_follows_when_the_point_comes_back_in_other_words() -> None:
    """Somebody empties a line, and what is saved meanwhile has no such point; then they write it anew."""
    assert followed([OLD], before=[], after=["Stille krav til god kvalitet"]) == {
        OLD: "Stille krav til god kvalitet"
    }
