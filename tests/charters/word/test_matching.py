"""What a Word file would make of a draft: each section to its place, each member to the register."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from charters.word import WordCharter, WordMember, WordSection
from charters.word.heading_fields import date_of, level_of, members_of
from charters.word.matching import match

pytestmark = pytest.mark.no_database


@dataclass(frozen=True)
class Place:
    heading: str
    prompt: str = ""
    body: str = ""
    key: str = ""


@dataclass(frozen=True)
class Someone:
    name: str


DRAFT = [
    Place("Overordnet formål med styregruppen"),
    Place("Rolle"),
    Place("Forpligtelser i forhold til udvikling"),
    Place("Økonomiske forpligtelser"),
    Place("Relation til OS2s sekretariat"),
    Place("Arbejdsgrundlaget", prompt="her udfyldes med den specifikke faggruppes formål og opgaver"),
]


def placed(heading: str, body: str = "<p>a</p>") -> tuple[str, bool]:
    """The draft's heading that a heading of the file finds, and whether surely; "" for a new section."""
    word = WordCharter(sections=[WordSection(heading, body)])
    (proposed,) = match(word, DRAFT, []).sections
    return (proposed.section.heading if proposed.section else "", proposed.is_sure)


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("Rolle", "Rolle"),
        ("2. ROLLE:", "Rolle"),
        ("Overordnet formaal med styregruppen", "Overordnet formål med styregruppen"),
        ("Forpligtelser i forhold til udvikling :", "Forpligtelser i forhold til udvikling"),
        ("Relation til OS2's sekretariat", "Relation til OS2s sekretariat"),
        ("IV) Økonomiske forpligtelser", "Økonomiske forpligtelser"),
    ],
)
def test_heading_with_a_slip_a_number_or_capitals_finds_its_place(heading: str, place: str) -> None:
    assert placed(heading) == (place, True)


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("Formål", "Overordnet formål med styregruppen"),
        ("Økonomi", "Økonomiske forpligtelser"),
        ("Relation til sekretariatet", "Relation til OS2s sekretariat"),
        ("Forpligtelser", ""),  # two have them
        ("Møder og referat", ""),
        ("Ingen økonomiske forpligtelser i år", "Økonomiske forpligtelser"),
    ],
)
def test_short_heading_finds_the_one_place_it_may_be_short_for_and_says_so(heading: str, place: str) -> None:
    assert placed(heading) == (place, not place)


WORDS = "<p>Vi afgør alt om budget og plan i fællesskab.</p>"


@pytest.mark.parametrize(
    ("heading", "body", "is_known"),
    [
        ("Økonomi og budget", WORDS, True),
        ("Mandat og rolle", WORDS, True),
        ("Økonomi og budget", "<p>Noget helt andet, som ingen har skrevet før.</p>", False),
        ("Møder", "<p>Vi afgør alt.</p>", False),  # too few words to know it by
    ],
)
def test_a_section_under_another_heading_is_known_by_its_words(
    heading: str, body: str, is_known: bool
) -> None:
    place = Place("Det afgør vi", body=WORDS)
    (found,) = match(WordCharter(sections=[WordSection(heading, body)]), [place], []).sections
    assert (found.section == place, found.is_renamed, found.is_sure) == (is_known, is_known, not is_known)
    assert found.named == heading


def test_own_sections_stay_where_they_stand_and_standard_ones_left_out_are_listed() -> None:
    names = ["Rolle", "Møder", "Rolle", "Arbejdsgrundlaget"]
    found = match(WordCharter(sections=[WordSection(name, "<p>a</p>") for name in names]), DRAFT, [])
    assert [proposed.heading for proposed in found.sections] == names
    assert [proposed.section for proposed in found.sections] == [DRAFT[1], None, None, DRAFT[5]]
    assert found.missing == (DRAFT[0], *DRAFT[2:5])


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ("<p>(her udfyldes med den specifikke faggruppes formål og opgaver).</p>", ""),
        ("<p>xyz</p>", ""),
        ("<p>Vi samler viden.</p>", "<p>Vi samler viden.</p>"),
    ],
)
def test_what_was_to_be_filled_in_and_was_not_is_no_text(said: str, body: str) -> None:
    (proposed,) = match(WordCharter(sections=[WordSection("Arbejdsgrundlaget", said)]), DRAFT, []).sections
    assert proposed.body == body


def test_members_are_found_in_the_group_then_in_the_register_or_not_at_all() -> None:
    karen, jonas, ole, other_ole = map(Someone, ["Karen Havbirk", "Jonas Engtoft", "Ole Juul", "Ole Juul"])
    names = ["karen Havbirk", "Jonas Mads Engtoft", "Ole Juul", "Bo Hansen", "Karin Havbirk"]
    word = WordCharter(members=[WordMember(name) for name in names])
    found = match(word, [], [karen], others=[jonas, ole, other_ole])
    assert [member.people for member in found.members] == [
        (karen,),
        (jonas,),
        (ole, other_ole),
        (),
        (karen,),
    ]
    assert [member.is_sure for member in found.members] == [True, True, True, True, False]
    assert match(WordCharter(members=[WordMember("Bo Hansen")]), [], [karen]).absent == (karen,)


def test_a_name_that_nobody_has_is_shown_with_the_member_that_may_be_meant() -> None:
    karen, jonas = map(Someone, ["Karen Havbirk", "Jonas Engtoft"])
    word = WordCharter(members=[WordMember("Jonas Engtoft"), WordMember("K. Havbirk"), WordMember("Bo Ås")])
    found = match(word, [], [karen, jonas])
    assert [member.nearest for member in found.members] == [None, karen, None]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("24. november 2026", "2026-11-24"),
        ("den 24. nov. 2026", "2026-11-24"),
        ("24/11-2026", "2026-11-24"),
        ("24.11.26", "2026-11-24"),
        ("24-11-2026", "2026-11-24"),
        ("2026-11-24", "2026-11-24"),
        ("1. maj 2027", "2027-05-01"),
        ("31. februar 2027", "None"),
        ("24. november 9999", "None"),
        ("xyz", "None"),
        ("efter sommer", "None"),
    ],
)
def test_dates_are_read_as_danes_write_them(words: str, day: str) -> None:
    assert str(date_of(words)) == day


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Niveau 2", "level_2"),
        ("2", "level_2"),
        ("N3", "level_3"),
        ("niveau 1 (afprøves)", "level_1"),
        ("Sandkasse", "sandbox"),
        ("4", ""),
        ("xyz", ""),
        ("12", ""),
    ],
)
def test_levels_are_read(words: str, level: str) -> None:
    assert level_of(words) == level


@pytest.mark.parametrize(
    ("line", "members"),
    [
        (
            "Karen Havbirk (Odder Kommune), Bo Ås (Ærø Kommune)",
            "Karen Havbirk/Odder Kommune Bo Ås/Ærø Kommune",
        ),
        ("Karen Havbirk, Odder Kommune; Bo Ås, Ærø Kommune", "Karen Havbirk/Odder Kommune Bo Ås/Ærø Kommune"),
        ("Karen Havbirk, Bo Ås og Mia Holm", "Karen Havbirk/ Bo Ås/ Mia Holm/"),
        ("Karen Havbirk – Odder Kommune", "Karen Havbirk/Odder Kommune"),
        ("Formand: Karen Havbirk (Odder)", "Karen Havbirk/Odder"),
        ("Karen Havbirk, formand, Odder Kommune", "Karen Havbirk/Odder Kommune"),
        ("Karen Havbirk | Odder Kommune", "Karen Havbirk/Odder Kommune"),
        ("Navn | Organisation", ""),
        ("xyz", ""),
    ],
)
def test_members_are_read_with_their_organisations(line: str, members: str) -> None:
    assert " ".join(f"{member.name}/{member.organisation}" for member in members_of([line])) == members
