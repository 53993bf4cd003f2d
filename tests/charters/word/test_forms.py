"""The form that OS2 hands out is read whole, however it was filled in: every sentence is counted."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from charters import text
from charters.word import WordCharter, read_word
from tests.charters.word import forms

pytestmark = pytest.mark.no_database

KINDS = ["steering", "coordination", "professional"]
SECTIONS = [5, 5, 6]
POINTS = [5, 16, 0]


def sentences(words: str) -> Counter[str]:
    """Each sentence, point or heading, with how often it stands; without bullets, numbers and labels."""
    found = re.split(r"[\n:]|(?<=\.)\s", words)
    return Counter(key for part in found if (key := part.strip(" •-.():|").casefold()))


def said_in(charter: WordCharter) -> str:
    sections = [f"{section.heading}\n{text.plain(section.body)}" for section in charter.sections]
    return "\n".join([*charter.titles, *sections, *(leftover.words for leftover in charter.leftovers)])


@pytest.mark.parametrize("form", forms.FORMS)
def test_three_charters_in_one_file_are_read_to_the_last_sentence(form: str) -> None:
    found = read_word(forms.saved(forms.FORMS[form](forms.charters())))
    assert [charter.kind for charter in found] == KINDS
    assert [len(charter.sections) for charter in found] == SECTIONS
    written = sentences("\n".join(line for charter in forms.charters() for line in charter))
    fields = sentences("\n".join(forms.FILLED.values()))
    labels = {key for key in written if "medlemmer" in key} | {"projektets navn", "produktniveau", "dato"}
    read = sentences("\n".join(re.sub(r"(?m)^\d+\. ", "", said_in(charter)) for charter in found))
    assert {key: count for key, count in written.items() if key not in labels and key not in fields} == dict(
        read
    )
    assert sum(read.values()) == 60
    for charter in found:
        assert charter.facts.said == {"project_name": "OS2iot", "level": "level_2", "dated_on": "2026-11-24"}
        assert [(m.name, m.organisation) for m in charter.members] == [
            ("Karen Havbirk", "Odder Kommune"),
            ("Jonas Engtoft", "Ærø Kommune"),
        ]
        assert charter.leftovers == []


@pytest.mark.parametrize("form", forms.FORMS)
@pytest.mark.parametrize("number", range(3))
def test_one_charter_alone_has_its_sections_and_its_points(form: str, number: int) -> None:
    (charter,) = read_word(forms.saved(forms.FORMS[form]([forms.charters()[number]])))
    assert (charter.kind, len(charter.sections)) == (KINDS[number], SECTIONS[number])
    points = [block for section in charter.sections for block in text.blocks(section.body) if block.is_point]
    assert len(points) == POINTS[number]
    assert {block.depth for block in points} <= {1}


def test_the_page_as_it_is_pasted_has_its_introduction_shown_and_nothing_filled_in() -> None:
    lines = [line for line in forms.SEED.splitlines() if line.strip()]
    found = read_word(forms.saved(forms.as_typed([lines])))
    assert [charter.kind for charter in found] == KINDS
    assert "I er velkommen til at redigere i teksten." in [leftover.words for leftover in found[0].leftovers]
    assert not any(charter.facts.said or charter.members for charter in found)
